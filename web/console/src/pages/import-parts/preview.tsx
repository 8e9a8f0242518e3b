// SPDX-License-Identifier: Apache-2.0
// 预览 what was understood of the file, before anything is taken in.
import { Button, Checkbox, Form, InputNumber } from 'antd';
import { useRef, useState } from 'react';
import { call } from '../../api/client';
import type { ImportKind, Operations, Preview } from '../../api/contract';
import { useCall, useSeason } from '../../api/hooks';
import { DayInput, namedOptions } from '../../components/fields';
import { useDraft, useFieldErrors } from '../../components/form';
import { Mark, Read, Sheet } from '../../components/page';
import { Select } from '../../components/select';
import { ProblemView } from '../../components/problem-view';
import { useTongue } from '../../i18n';
import { KeyRing } from '../../lib/keys';
import { DEPARTMENTS, IMPORT_KINDS } from '../../lib/names';
import { useMe } from '../../session';
import { CAN_BE_FULL, CERTIFIERS, WITH_DATE, WITH_DEPARTMENT } from './kinds';

interface Props {
	upload: number;
	kind: ImportKind;
	kinds: ImportKind[];
	onKind: (kind: ImportKind) => void;
	onBegun: (job: number) => void;
	onAway: () => void;
}

export function PreviewStep({ upload, kind, kinds, onKind, onBegun, onAway }: Props) {
	const { t, lang } = useTongue();
	const preview = useCall('upload_preview', { path: { id: upload }, query: { kind } }, { staleTime: Infinity });
	return (
		<div className="stack">
			<Sheet title={t('第二步：核对', 'Step two: check')} end={<button type="button" className="linkish" onClick={onAway}>{t('换一个文件', 'Another file')}</button>} flush>
				<div className="bar">
					<label>
						{t('这是什么名单', 'What list is this')}
						<Select aria-label={t('这是什么名单', 'What list is this')} value={kind} onChange={onKind} options={namedOptions(IMPORT_KINDS, lang, kinds)} style={{ width: 190 }} />
					</label>
				</div>
				<Read query={preview}>{(data) => <Understood preview={data} />}</Read>
			</Sheet>
			{preview.data && preview.data.missing.length === 0 && (
				<Sheet title={t('第三步：说明并导入', 'Step three: import')}>
					<Options key={kind} upload={upload} kind={kind} onBegun={onBegun} />
				</Sheet>
			)}
		</div>
	);
}

function Understood({ preview }: { preview: Preview }) {
	const { t, pick } = useTongue();
	const used = preview.columns.filter((c) => c.meaning !== null).length;
	return (
		<>
			<div className="in" style={{ padding: '12px 18px' }}>
				<p>
					<b>{preview.name}</b>{' '}
					<span className="soft">
						{preview.encoding}
						{preview.header_row !== null && t(` · 表头在第 ${preview.header_row} 行`, ` · heading in row ${preview.header_row}`)}
						{t(` · 用到 ${used} 列，忽略 ${preview.columns.length - used} 列`, ` · ${used} columns used, ${preview.columns.length - used} ignored`)}
					</span>
				</p>
				{preview.repeated && <p className="note warn" style={{ marginTop: 10 }}>{t('这个文件以前导入过（内容一字不差），再导入会被拒绝。', 'These very bytes were taken in before; they will be refused.')}</p>}
				{preview.missing.length > 0 && (
					<div className="problem" role="alert" style={{ marginTop: 10, marginBottom: 0 }}>
						<strong>{t('缺少必须有的列：', 'Required columns are missing: ')}{preview.missing.join(t('、', ', '))}</strong>
						<p>{t('请在文件里补上这些列再上传，或者在上面换成正确的名单种类。', 'Add them to the file and upload it again, or choose the right kind of list above.')}</p>
					</div>
				)}
				{preview.problems.length > 0 && (
					<ul className="note warn" style={{ marginTop: 10 }}>
						{preview.problems.map((p) => (
							<li key={p.zh}>{pick(p.zh, p.en)}</li>
						))}
					</ul>
				)}
			</div>
			<div className="table-wrap" tabIndex={0} role="region" aria-label={t('前几行', 'First rows')}>
				<table className="ledger">
					<caption className="off">{t('前几行', 'First rows')}</caption>
					<thead>
						<tr>
							{preview.columns.map((c, i) => (
								<th key={i} scope="col">
									<span style={{ display: 'grid', gap: 2, justifyItems: 'start' }}>
										{c.header || t('（空）', '(blank)')}
										{c.meaning ? <Mark tone="good">{c.meaning}</Mark> : <Mark tone="calm">{t('忽略', 'ignored')}</Mark>}
									</span>
								</th>
							))}
						</tr>
					</thead>
					<tbody>
						{preview.rows.map((row, i) => (
							<tr key={i}>
								{preview.columns.map((c, j) => (
									<td key={j} className={c.meaning ? undefined : 'soft'}>
										{row[j]}
									</td>
								))}
							</tr>
						))}
					</tbody>
				</table>
			</div>
		</>
	);
}

type Ask = Operations['import_ask']['body'];
type Typed = Pick<Ask, 'department' | 'as_of' | 'full' | 'confirm_ended' | 'channel'>;
const NAMES = ['department', 'as_of', 'full', 'confirm_ended', 'channel'] as const;

function Options({ upload, kind, onBegun }: { upload: number; kind: ImportKind; onBegun: (job: number) => void }) {
	const { t, lang } = useTongue();
	const me = useMe();
	const season = useSeason().data;
	const keys = useRef(new KeyRing());
	const [form] = Form.useForm<Typed>();
	const draft = useDraft<Typed>(`import.${kind}`);
	const place = useFieldErrors(form, NAMES);
	const [error, setError] = useState<unknown>(null);
	const [busy, setBusy] = useState(false);
	const full = Form.useWatch('full', form);
	const send = async (v: Typed) => {
		const given = Object.fromEntries(Object.entries(v).filter(([, x]) => x !== undefined && x !== null && x !== ''));
		const body: Ask = { upload, kind, ...given };
		setBusy(true);
		setError(null);
		try {
			const job = await call('import_ask', { body, key: keys.current.keyFor(body) });
			keys.current.done();
			draft.drop();
			onBegun(job.id);
		} catch (e) {
			setError(e);
			place(e);
			setBusy(false);
		}
	};
	const initial = { as_of: season?.today, department: me.department ?? undefined, channel: kind === 'payments' ? (me.unit ?? undefined) : undefined, ...draft.initial };
	return (
		<Form form={form} layout="vertical" requiredMark={false} initialValues={initial} onValuesChange={draft.keep} onFinish={(v) => void send(v)} style={{ maxWidth: 460 }}>
			<ProblemView error={error} without={NAMES} />
			{WITH_DEPARTMENT.includes(kind) && (
				<Form.Item name="department" label={t('哪个部门的名单', 'Whose list')} rules={[{ required: true, message: t('请选部门', 'Choose') }]}>
					<Select options={namedOptions(DEPARTMENTS, lang, me.department ? [me.department] : CERTIFIERS)} disabled={me.department !== null} />
				</Form.Item>
			)}
			{WITH_DATE.includes(kind) && (
				<Form.Item name="as_of" label={t('名单截至哪一天', 'As of')} extra={t('名单反映的是哪一天的情况；不是导入的日子。', 'The day the list speaks of, not the day of the import.')} rules={[{ required: true, message: t('请选日期', 'Choose a day') }]}>
					<DayInput max={season?.today} />
				</Form.Item>
			)}
			{kind === 'payments' && (
				<Form.Item name="channel" label={t('哪个渠道的明细', 'Channel')} rules={[{ required: true, message: t('请选渠道', 'Choose') }]}>
					<Select options={(season?.channels ?? []).map((c) => ({ value: c.code, label: c.name }))} disabled={me.unit !== null && (season?.channels ?? []).some((c) => c.code === me.unit)} />
				</Form.Item>
			)}
			{CAN_BE_FULL.includes(kind) && (
				<Form.Item name="full" valuePropName="checked" extra={t('勾上后，不在这份名单上的人会从该部门名单移出。有一行退回就不移出任何人。', 'Then whoever is not on it is taken off. A single bad row keeps everybody on.')}>
					<Checkbox>{t('这是全量名单', 'This is the complete list')}</Checkbox>
				</Form.Item>
			)}
			{CAN_BE_FULL.includes(kind) && full && (
				<Form.Item name="confirm_ended" label={t('核对过的移出人数（可不填）', 'People taken off, as checked (optional)')} extra={t('移出人数异常多时导入会停下并说出人数；核对无误后填这个数再导入。', 'When unusually many would go, the import stops and says how many; enter that number once you have checked it.')}>
					<InputNumber min={0} max={100000000} precision={0} style={{ width: 160 }} />
				</Form.Item>
			)}
			<Button type="primary" htmlType="submit" size="large" loading={busy}>
				{t('开始导入', 'Import')}
			</Button>
		</Form>
	);
}
