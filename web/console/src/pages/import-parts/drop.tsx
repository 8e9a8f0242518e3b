// SPDX-License-Identifier: Apache-2.0
import { useRef, useState, type DragEvent } from 'react';
import { Button } from 'antd';
import { call } from '../../api/client';
import type { ImportKind, Preview } from '../../api/contract';
import { ProblemView } from '../../components/problem-view';
import { Sheet } from '../../components/page';
import { useTongue } from '../../i18n';
import { IMPORT_KINDS, named } from '../../lib/names';

interface Props {
	kinds: ImportKind[];
	small: boolean;
	onPreview: (preview: Preview, kind: ImportKind) => void;
}

export function Drop({ kinds, small, onPreview }: Props) {
	const { t, lang } = useTongue();
	const input = useRef<HTMLInputElement>(null);
	const [over, setOver] = useState(false);
	const [busy, setBusy] = useState<string | null>(null);
	const [error, setError] = useState<unknown>(null);
	const give = async (file: File | undefined) => {
		if (!file) return;
		setBusy(file.name);
		setError(null);
		try {
			const only = kinds.length === 1 ? kinds[0] : undefined;
			// The service looks at the content; what the browser believes about it is not sent.
			const body = new Blob([file], { type: 'application/octet-stream' });
			const preview = await call('upload', { query: { name: file.name.slice(-200), ...(only ? { kind: only } : {}) }, body });
			const guess = preview.kind as ImportKind | null;
			onPreview(preview, guess && kinds.includes(guess) ? guess : kinds[0]!);
		} catch (e) {
			setError(e);
		} finally {
			setBusy(null);
			if (input.current) input.current.value = '';
		}
	};
	const drop = (e: DragEvent) => {
		e.preventDefault();
		setOver(false);
		void give(e.dataTransfer.files[0]);
	};
	return (
		<Sheet title={small ? undefined : t('第一步：给文件', 'Step one: the file')}>
			<ProblemView error={error} />
			<div className={over ? 'drop over' : 'drop'} onDragOver={(e) => { e.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={drop}>
				<p>
					<b>{busy ? t(`正在读 ${busy} …`, `Reading ${busy} …`) : t('把 XLSX 或 CSV 文件拖到这里', 'Drop an XLSX or CSV file here')}</b>
				</p>
				<Button loading={busy !== null} onClick={() => input.current?.click()}>
					{t('选择文件', 'Choose a file')}
				</Button>
				<input ref={input} type="file" hidden tabIndex={-1} aria-label={t('文件', 'File')} accept=".csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" onChange={(e) => void give(e.target.files?.[0])} />
				<p className="soft small">
					{t('您可以导入：', 'You may import: ')}
					{kinds.map((k) => named(IMPORT_KINDS, k, lang)).join(t('、', ', '))}
					<br />
					{t('表头可以在前 20 行里任意一行，列的顺序不限，多余的列会忽略。这一步只看不导入。', 'The heading may stand in any of the first 20 rows, columns in any order; others are ignored. Nothing is taken in yet.')}
				</p>
			</div>
		</Sheet>
	);
}
