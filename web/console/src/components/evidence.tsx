// SPDX-License-Identifier: Apache-2.0
// 佐证材料 the viewer of papers: pictures here, with zoom and turning.  A PDF from outside is never
// run by this page's site: it is saved and read outside.
import { Button } from 'antd';
import { useState } from 'react';
import { addressOf, download } from '../api/client';
import type { EvidenceLine } from '../api/contract';
import { useTongue } from '../i18n';
import { moment } from '../lib/day';
import { EVIDENCE_KINDS, named } from '../lib/names';
import { ProblemView } from './problem-view';

function size(bytes: number): string {
	return bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KiB` : `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}

export function Evidence({ items }: { items: EvidenceLine[] }) {
	const { t, lang } = useTongue();
	const [at, setAt] = useState(0);
	const item = items[Math.min(at, items.length - 1)];
	if (!item) return <p className="soft">{t('没有上传材料。', 'No paper was uploaded.')}</p>;
	return (
		<div>
			<div className="papers" role="group" aria-label={t('材料', 'Papers')}>
				{items.map((one, i) => (
					<button key={one.id} type="button" aria-pressed={one === item} onClick={() => setAt(i)}>
						{named(EVIDENCE_KINDS, one.kind, lang)}
					</button>
				))}
			</div>
			<Paper key={item.id} item={item} name={named(EVIDENCE_KINDS, item.kind, lang)} />
			<p className="small soft">
				{named(EVIDENCE_KINDS, item.kind, lang)} · {moment(item.at)} · {size(item.bytes)} · {t('查看会留下记录', 'looking is recorded')}
			</p>
		</div>
	);
}

function Pdf({ id }: { id: number }) {
	const { t } = useTongue();
	const [error, setError] = useState<unknown>(null);
	const save = async () => {
		setError(null);
		try {
			await download('evidence_read', { path: { id } }, `evidence-${id}.pdf`);
		} catch (e) {
			setError(e);
		}
	};
	return (
		<div className="paper pdf">
			<div>
				<ProblemView error={error} />
				<p style={{ marginBottom: 10 }}>{t('这份材料是 PDF，保存后用阅读器打开；看完请从电脑上删除。', 'This paper is a PDF: save it, read it, and delete it from this computer.')}</p>
				<Button onClick={() => void save()}>{t('保存 PDF', 'Save the PDF')}</Button>
			</div>
		</div>
	);
}

function Paper({ item, name }: { item: EvidenceLine; name: string }) {
	const { t } = useTongue();
	const [zoom, setZoom] = useState(1);
	const [turn, setTurn] = useState(0);
	const [failed, setFailed] = useState(false);
	const src = addressOf('evidence_read', { path: { id: item.id } });
	if (item.media === 'application/pdf') return <Pdf id={item.id} />;
	return (
		<>
			<div className="paper" tabIndex={0} role="region" aria-label={name}>
				{failed ? (
					<p className="soft" style={{ padding: 24 }}>
						{t('图片打不开：可能无权查看，或登录已过期。请刷新后再试。', 'The picture cannot be shown: no permission, or the session has ended. Reload.')}
					</p>
				) : (
					<img src={src} alt={name} onError={() => setFailed(true)} style={{ width: `${zoom * 100}%`, transform: `rotate(${turn}deg)` }} />
				)}
			</div>
			<div className="paper-tools">
				<Button size="small" onClick={() => setZoom((z) => Math.min(4, z + 0.5))}>
					{t('放大', 'Larger')}
				</Button>
				<Button size="small" onClick={() => setZoom((z) => Math.max(1, z - 0.5))} disabled={zoom <= 1}>
					{t('缩小', 'Smaller')}
				</Button>
				<Button size="small" onClick={() => setTurn((r) => (r + 90) % 360)}>
					{t('旋转', 'Turn')}
				</Button>
				<Button size="small" href={src} target="_blank" rel="noopener">
					{t('新标签页打开', 'In a new tab')}
				</Button>
			</div>
		</>
	);
}
