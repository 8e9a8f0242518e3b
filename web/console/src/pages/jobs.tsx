// SPDX-License-Identifier: Apache-2.0
// 任务 background jobs.
import { useSearchParams } from 'react-router-dom';
import type { Job } from '../api/contract';
import { usePages } from '../api/hooks';
import { Choose, namedOptions } from '../components/fields';
import { JobView } from '../components/job-view';
import { PagedTable } from '../components/list';
import { Empty, Mark, Page, toneOf } from '../components/page';
import { Split } from '../components/split';
import { useTongue } from '../i18n';
import { moment } from '../lib/day';
import type { FilterSpec } from '../lib/filters';
import { useFilters, useOrder } from '../lib/hooks';
import { JOB_KINDS, JOB_STATES, named } from '../lib/names';

const SPEC = { state: { kind: 'choice', values: ['queued', 'running', 'done', 'failed', 'cancelled'] } } satisfies FilterSpec;

function progressOf(job: Job): string {
	return job.total > 0 ? `${Math.min(100, Math.floor((job.done * 100) / job.total))}%` : '';
}

export default function Jobs() {
	const { t, lang } = useTongue();
	const { values, set } = useFilters(SPEC);
	const [params, setParams] = useSearchParams();
	const { sort, served } = useOrder('made', 'time', true);
	const pages = usePages('jobs', { query: { state: values.state as Job['state'] | undefined, sort } });
	const id = params.get('id');
	const open = id && /^[1-9][0-9]{0,14}$/.test(id) ? Number(id) : null;
	const show = (next: number | null) =>
		setParams(
			(now) => {
				const p = new URLSearchParams(now);
				if (next) p.set('id', String(next));
				else p.delete('id');
				return p;
			},
			{ replace: true },
		);
	const list = (
		<>
			<div className="bar">
				<Choose label={t('状态', 'State')} value={values.state} onChange={(state) => set({ state })} options={namedOptions(JOB_STATES, lang)} />
			</div>
			<PagedTable
				name="jobs"
				caption={t('后台任务', 'Jobs')}
				pages={pages}
				served={served}
				rowKey={(j) => j.id}
				chosen={(j) => j.id === open}
				columns={[
					{ key: 'title', title: t('任务', 'Job'), fixed: true, card: 'title', render: (j) => <button type="button" className="linkish" style={{ textAlign: 'left' }} onClick={() => show(j.id)}>{j.title}</button> },
					{ key: 'kind', title: t('种类', 'Kind'), by: (j) => j.kind, render: (j) => named(JOB_KINDS, j.kind, lang) },
					{ key: 'state', title: t('状态', 'State'), card: 'end', by: (j) => j.state, render: (j) => <Mark tone={toneOf(j.state)}>{named(JOB_STATES, j.state, lang)} {j.state === 'running' && progressOf(j)}</Mark> },
					{ key: 'made', title: t('提交', 'Asked'), by: (j) => j.made_at, render: (j) => <span className="num">{moment(j.made_at)}</span> },
					{ key: 'ended', title: t('结束', 'Ended'), spare: true, render: (j) => <span className="num">{moment(j.ended_at)}</span> },
				]}
				empty={<Empty title={t('没有任务', 'No jobs')}>{values.state ? t('这个状态下没有。', 'None in this state.') : t('导入、核定和导出都在后台做，会列在这里；关掉网页也会继续。', 'Imports, assessments and exports run in the background and are listed here; they go on when you close the page.')}</Empty>}
			/>
		</>
	);
	return (
		<Page title={t('任务', 'Jobs')} lead={t('服务重启后，没做完的会接着做。', 'After a restart of the service what was not finished goes on.')}>
			<Split list={list} title={t('任务详情', 'The job')} detail={open && <JobView key={open} id={open} />} onClose={() => show(null)} />
		</Page>
	);
}
