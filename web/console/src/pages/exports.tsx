// SPDX-License-Identifier: Apache-2.0
// 导出 exports: what I asked for, and what waits for my approval.  Nobody approves their own.
import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { call, download } from '../api/client';
import type { Export } from '../api/contract';
import { usePages } from '../api/hooks';
import { Choose, namedOptions } from '../components/fields';
import { PagedTable } from '../components/list';
import { Empty, Mark, Page, toneOf } from '../components/page';
import { ProblemView } from '../components/problem-view';
import { useTongue } from '../i18n';
import { moment } from '../lib/day';
import type { FilterSpec } from '../lib/filters';
import { useFilters, useOrder } from '../lib/hooks';
import { count, NONE } from '../lib/money';
import { EXPORT_LISTS, EXPORT_STATES, named } from '../lib/names';
import { useToast } from '../toast';

const SPEC = { state: { kind: 'choice', values: ['asked', 'approved', 'declined', 'ready', 'failed'] } } satisfies FilterSpec;

export default function Exports() {
	const { t, lang } = useTongue();
	const { values, set } = useFilters(SPEC);
	const { sort, served } = useOrder('asked', 'time', true);
	const pages = usePages('exports', { query: { state: values.state as Export['state'] | undefined, sort } });
	const [declining, setDeclining] = useState<Export | null>(null);
	const [error, setError] = useState<unknown>(null);
	const client = useQueryClient();
	const toast = useToast();
	const again = () => void client.invalidateQueries({ queryKey: ['exports'] });
	const act = async (what: () => Promise<unknown>, done?: string) => {
		setError(null);
		try {
			await what();
			if (done) toast(done);
			again();
		} catch (e) {
			setError(e);
		}
	};
	const acts = (x: Export) => {
		if (x.state === 'asked' && x.may_decide && !x.mine)
			return (
				<span style={{ display: 'inline-flex', gap: 6 }}>
					<Button size="small" type="primary" onClick={() => void act(() => call('export_decide', { path: { id: x.id }, body: { approve: true } }), t('已批准，文件生成中', 'Approved; the file is being made'))}>
						{t('批准', 'Approve')}
					</Button>
					<Button size="small" onClick={() => setDeclining(x)}>
						{t('不批准', 'Decline')}
					</Button>
				</span>
			);
		if (x.state === 'ready' && x.mine)
			return (
				<Button size="small" type="primary" onClick={() => void act(() => download('export_file', { path: { id: x.id } }, `${named(EXPORT_LISTS, x.list, lang)}.${x.format}`))}>
					{t('下载', 'Download')}
				</Button>
			);
		return x.reason ? <span className="soft">{x.reason}</span> : NONE;
	};
	return (
		<Page title={t('导出', 'Exports')} lead={t('含个人信息的名单，一人申请、另一人批准，文件带水印，每次下载都记录。在各名单的下方申请。', 'Lists with personal data: one asks, another approves, the file is watermarked, each download recorded. Ask below each list.')}>
			<ProblemView error={error} />
			<div className="sheet">
				<div className="bar">
					<Choose label={t('状态', 'State')} value={values.state} onChange={(state) => set({ state })} options={namedOptions(EXPORT_STATES, lang)} width={170} />
					<Button onClick={again}>{t('刷新', 'Refresh')}</Button>
				</div>
				<PagedTable
					name="exports"
					caption={t('导出申请', 'Exports')}
					pages={pages}
					served={served}
					rowKey={(x) => x.id}
					columns={[
						{ key: 'list', title: t('名单', 'List'), fixed: true, card: 'title', by: (x) => x.list, render: (x) => <>{named(EXPORT_LISTS, x.list, lang)} {x.whole && <Mark tone="bad">{t('完整号码', 'whole numbers')}</Mark>}</> },
						{ key: 'format', title: t('格式', 'Format'), card: 'none', render: (x) => x.format.toUpperCase() },
						{ key: 'purpose', title: t('用途', 'Purpose'), render: (x) => x.purpose },
						{ key: 'asked', title: t('申请', 'Asked by'), render: (x) => <>{x.mine ? t('我', 'me') : x.asked_by} <span className="num soft">{moment(x.asked_at)}</span></> },
						{ key: 'decided', title: t('批准', 'Decided by'), render: (x) => (x.decided_by ? <>{x.decided_by} <span className="num soft">{moment(x.decided_at)}</span></> : NONE) },
						{ key: 'rows', title: t('行数', 'Rows'), right: true, card: 'none', render: (x) => count(x.rows) },
						{ key: 'state', title: t('状态', 'State'), card: 'end', render: (x) => <Mark tone={toneOf(x.state)}>{named(EXPORT_STATES, x.state, lang)}</Mark> },
						{ key: 'act', title: t('办理', 'Do'), fixed: true, render: acts },
					]}
					empty={<Empty title={t('没有导出申请', 'No exports')}>{values.state ? t('这个状态下没有。', 'None in this state.') : t('需要带走名单时，在“收款”“未参保台账”的表格下方点“申请导出”。', 'Below the lists of Money and Missing there is “Ask for an export”.')}</Empty>}
				/>
			</div>
			<Modal open={declining !== null} title={t('不批准这次导出', 'Decline this export')} footer={null} destroyOnHidden onCancel={() => setDeclining(null)} width={440}>
				<Form
					layout="vertical"
					requiredMark={false}
					onFinish={({ reason }: { reason: string }) => {
						const id = declining!.id;
						setDeclining(null);
						void act(() => call('export_decide', { path: { id }, body: { approve: false, reason } }), t('已退回申请人', 'Declined'));
					}}
				>
					<Form.Item name="reason" label={t('原因（申请人会看到）', 'Reason (the asker reads it)')} rules={[{ required: true, whitespace: true, min: 2, max: 200, message: t('请写明原因', 'Say why') }]}>
						<Input.TextArea rows={2} maxLength={200} showCount autoFocus />
					</Form.Item>
					<Button danger type="primary" htmlType="submit">
						{t('不批准', 'Decline')}
					</Button>
				</Form>
			</Modal>
		</Page>
	);
}
