// SPDX-License-Identifier: Apache-2.0
// One job: how far, what came of it, and what to do with the rows that came back.
import { Button, Popconfirm } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, download } from '../api/client';
import type { Job } from '../api/contract';
import { keyOf } from '../api/hooks';
import { useTongue } from '../i18n';
import { isOver, useJob } from '../lib/job';
import { count, yuan } from '../lib/money';
import { COUNTS, JOB_STATES, named } from '../lib/names';
import { Mark, Read, toneOf } from './page';
import { ProblemView } from './problem-view';

export function JobView({ id }: { id: number }) {
	const job = useJob(id);
	return <Read query={job}>{(data) => <One job={data} />}</Read>;
}

function One({ job }: { job: Job }) {
	const { t, lang } = useTongue();
	const per = job.total > 0 ? Math.min(100, Math.floor((job.done * 100) / job.total)) : null;
	return (
		<div className="job">
			<div className="job-head">
				<b>{job.title}</b>
				<Mark tone={toneOf(job.state)}>{named(JOB_STATES, job.state, lang)}</Mark>
				{!isOver(job) && job.mine && <Stop id={job.id} />}
			</div>
			{!isOver(job) && (
				<>
					<div className="gauge" role="progressbar" aria-label={t('进度', 'Progress')} aria-valuenow={per ?? undefined} aria-valuemin={0} aria-valuemax={100}>
						<span style={{ width: `${per ?? 3}%` }} />
					</div>
					<p className="soft num">
						{job.state === 'queued' ? t('前面还有任务，排到就开始；可以离开本页。', 'Others come first; you can leave this page.') : job.total > 0 ? `${count(job.done)} / ${count(job.total)}${per === null ? '' : ` · ${per}%`}` : count(job.done)}
					</p>
				</>
			)}
			<div role="status">
				{job.message && <p className={job.state === 'failed' ? 'note warn' : 'note'} style={{ whiteSpace: 'pre-wrap' }}>{job.message}</p>}
				{job.state === 'cancelled' && <p className="note warn">{t('已停止。停止前已经写入的行保留在库里。', 'Stopped. What went in before stays in.')}</p>}
				{job.result && <Counts result={job.result} />}
			</div>
			{isOver(job) && job.errors && <Returned job={job} />}
		</div>
	);
}

function Counts({ result }: { result: NonNullable<Job['result']> }) {
	const { t, lang } = useTongue();
	const shown = Object.entries(result).filter(([name, v]) => name !== 'file' && v !== false && (v !== 0 || name === 'rejected'));
	return (
		<dl className="counts">
			{shown.map(([name, v]) => (
				<div key={name} className={name === 'rejected' && Number(v) > 0 ? 'bad' : undefined}>
					<dt>{named(COUNTS, name, lang)}</dt>
					<dd className="num">{v === true ? t('是', 'yes') : /fen/.test(name) ? yuan(v as number) : count(v as number)}</dd>
				</div>
			))}
		</dl>
	);
}

function Returned({ job }: { job: Job }) {
	const { t } = useTongue();
	const [error, setError] = useState<unknown>(null);
	const [busy, setBusy] = useState(false);
	const rejected = typeof job.result?.rejected === 'number' ? job.result.rejected : null;
	const fetchFile = async () => {
		setBusy(true);
		setError(null);
		try {
			await download('job_errors', { path: { id: job.id } }, `${job.id}.退回`);
		} catch (e) {
			setError(e);
		} finally {
			setBusy(false);
		}
	};
	return (
		<div className="returned">
			<h2>{rejected ? t(`退回 ${count(rejected)} 行：改好再导入`, `${count(rejected)} rows came back: mend and import again`) : t('有退回的行', 'Rows came back')}</h2>
			{job.mine ? (
				<>
					<ol>
						<li>{t('下载退回文件。里面只有没导入的行，列和您原来的文件一样，最后一列写着原因。', 'Download the file: only the rows that did not go in, in your own columns, with the reason in the last one.')}</li>
						<li>{t('就在这个文件里改；最后一列的原因不用删。标着“已导入，请核对”的行已经进库，不用改。', 'Mend them in that file; leave the last column. Rows marked as taken in are in already.')}</li>
						<li>{t('把改好的文件再拖到本页导入。已经进库的行不会重复。', 'Drop the mended file here again. Nothing is counted twice.')}</li>
					</ol>
					<ProblemView error={error} />
					<Button type="primary" loading={busy} onClick={() => void fetchFile()}>
						{t('下载退回文件', 'Download the returned rows')}
					</Button>
				</>
			) : (
				<p>{t('退回文件含个人信息，只有送件人本人能下载。', 'The file holds personal data: only who sent the list can fetch it.')}</p>
			)}
		</div>
	);
}

export function Stop({ id }: { id: number }) {
	const { t } = useTongue();
	const client = useQueryClient();
	const [error, setError] = useState<unknown>(null);
	const stop = async () => {
		try {
			client.setQueryData(keyOf('job_read', { path: { id } }), await call('job_cancel', { path: { id } }));
			void client.invalidateQueries({ queryKey: ['jobs'] });
		} catch (e) {
			setError(e);
		}
	};
	return (
		<>
			<Popconfirm title={t('停止这个任务？', 'Stop this job?')} description={t('已经写入的保留，其余不再处理。', 'What went in stays; the rest is not done.')} okText={t('停止', 'Stop')} cancelText={t('继续做', 'Go on')} onConfirm={() => void stop()}>
				<Button size="small">{t('停止', 'Stop')}</Button>
			</Popconfirm>
			<ProblemView error={error} />
		</>
	);
}
