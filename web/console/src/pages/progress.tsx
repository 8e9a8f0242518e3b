// SPDX-License-Identifier: Apache-2.0
// 进度排名 how the season stands: county → town → village → the people who are missing.
import { Button } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import { Link, useNavigate } from 'react-router-dom';
import { download } from '../api/client';
import type { Operations, Report } from '../api/contract';
import { useCall, useSeason } from '../api/hooks';
import type { ChartOption } from '../components/chart';
import { Day, Town } from '../components/fields';
import { Empty, Page, Read, Waiting } from '../components/page';
import { ProblemView } from '../components/problem-view';
import { columnAt, nameColumn, numberAt, ReportTable } from '../components/report-table';
import { Tabs } from '../components/tabs';
import { useTongue } from '../i18n';
import type { FilterSpec } from '../lib/filters';
import { useFilters } from '../lib/hooks';
import { count, rate, yuan } from '../lib/money';
import { useWho } from '../session';
import { barsOption, curveOption } from './progress-parts/options';

const Chart = lazy(() => import('../components/chart'));

const SPEC = {
	on: { kind: 'day' },
	town: { kind: 'division' },
	assessment: { kind: 'flag' },
	show: { kind: 'choice', values: ['ranking', 'curve', 'special'] },
} satisfies FilterSpec;

export default function Progress() {
	const { t } = useTongue();
	const { may } = useWho();
	const season = useSeason().data;
	const { values, set } = useFilters(SPEC);
	const show = values.show ?? 'ranking';
	return (
		<Page
			title={t('进度排名', 'Progress and ranking')}
			lead={t('点乡镇看各村，点村看未参保的人。', 'A town opens its villages, a village the people who are missing.')}
			acts={
				<Link to="/screen">
					<Button tabIndex={-1}>{t('大屏', 'Large screen')}</Button>
				</Link>
			}
		>
			<div className="sheet">
				<div className="bar no-print">
					<Day label={t('截至', 'As of')} value={values.on ?? season?.today} onChange={(on) => set({ on })} min={season?.pay_from} max={season?.today} />
					<Town value={values.town} onChange={(town) => set({ town })} />
				</div>
				<Tabs
					label={t('看什么', 'View')}
					active={show}
					onChange={(key) => set({ show: key === 'ranking' ? null : key })}
					items={[
						{ key: 'ranking', label: values.town ? t('各村排名', 'Villages') : t('乡镇排名', 'Towns'), children: <Ranking on={values.on} town={values.town} onTown={(town) => set({ town })} /> },
						{ key: 'curve', label: t('每日进度', 'Day by day'), children: <Curve on={values.on} town={values.town} /> },
						...(may('read_missing') || may('read_people') ? [{ key: 'special', label: t('困难群众', 'Special groups'), children: <Special on={values.on} town={values.town} /> }] : []),
					]}
				/>
			</div>
		</Page>
	);
}

type Which = Operations['report_read']['path']['report'];
interface Scope {
	on?: string;
	town?: string;
}

function Files({ report, scope }: { report: Which; scope: Scope }) {
	const { t } = useTongue();
	const [error, setError] = useState<unknown>(null);
	const fetchAs = async (format: 'csv' | 'xlsx') => {
		setError(null);
		try {
			await download('report_read', { path: { report }, query: { ...scope, format } }, `${report}.${format}`);
		} catch (e) {
			setError(e);
		}
	};
	return (
		<>
			<ProblemView error={error} />
			<Button size="small" onClick={() => void fetchAs('xlsx')}>
				{t('存为 XLSX', 'XLSX')}
			</Button>
			<Button size="small" onClick={() => void fetchAs('csv')}>
				{t('存为 CSV', 'CSV')}
			</Button>
		</>
	);
}

function Figures({ report }: { report: Report }) {
	const { t } = useTongue();
	if (!report.total) return null;
	const sum = (...keys: string[]) => numberAt(report.total!, columnAt(report, ...keys));
	const figures: Array<[string, string]> = [
		[t('参保率', 'Rate'), rate(sum('rate'))],
		[t('参保人数', 'Enrolled'), count(sum('enrolled'))],
		[t('目标', 'Target'), count(sum('target'))],
		[t('当日新增', 'That day'), count(sum('today'))],
		[t('线上占比', 'Online'), rate(sum('online_share'))],
		[t('个人缴费（元）', 'Personal (yuan)'), yuan(sum('personal_fen'))],
	];
	return (
		<dl className="figures">
			{figures.map(([name, text]) => (
				<div key={name}>
					<dt>{name}</dt>
					<dd className="num">{text}</dd>
				</div>
			))}
		</dl>
	);
}

function Ranking({ on, town, onTown }: Scope & { onTown: (code: string) => void }) {
	const { t } = useTongue();
	const { may } = useWho();
	const navigate = useNavigate();
	const which: Which = town ? 'villages' : 'ranking';
	const query = useCall('report_read', { path: { report: which }, query: { ...(on ? { on } : {}), ...(town ? { town } : {}) } });
	return (
		<Read query={query}>
			{(answer) => {
				const report = answer;
				const naming = nameColumn(report);
				const open = (code: string | null | undefined) => {
					if (!code) return;
					if (!town) onTown(code);
					else if (may('read_missing')) navigate(`/missing?village=${code}&town=${town}`);
				};
				return (
					<>
						<Figures report={report} />
						{report.rows.length > 0 && (
							<div className="chart-box">
								<Suspense fallback={<Waiting rows={3} />}>
									<Chart
										option={barsOption(report, naming, columnAt(report, 'rate'), t('参保率', 'Rate'))}
										height={Math.max(120, report.rows.length * 28 + 30)}
										label={t('各地参保率，数字见下表', 'Rates; the figures are in the table below')}
										onPick={(i) => open(report.codes?.[i])}
									/>
								</Suspense>
							</div>
						)}
						<ReportTable
							report={report}
							name={which}
							link={(text, row) =>
								row.code && (!town || may('read_missing')) ? (
									<button type="button" className="linkish" onClick={() => open(row.code)}>
										{text}
									</button>
								) : (
									text
								)
							}
							tools={<Files report={which} scope={{ ...(on ? { on } : {}), ...(town ? { town } : {}) }} />}
							empty={<Empty title={t('还没有进度', 'Nothing yet')}>{t('目标任务和名册导入后才有排名。', 'There is a ranking once targets and register are in.')}</Empty>}
						/>
					</>
				);
			}}
		</Read>
	);
}

function Curve({ on, town }: Scope) {
	const { t } = useTongue();
	const query = useCall('progress_days', { query: { ...(on ? { on } : {}), ...(town ? { town } : {}) } });
	return (
		<Read query={query}>
			{({ items }) =>
				items.length === 0 ? (
					<Empty title={t('还没有人参保', 'Nobody yet')}>{t('集中缴费开始后这里会有每天的人数和金额。', 'Once collection begins, people and money of each day appear here.')}</Empty>
				) : (
					<Days items={items} />
				)
			}
		</Read>
	);
}

function Days({ items }: { items: Operations['progress_days']['answer']['items'] }) {
	const { t } = useTongue();
	const option = useMemo<ChartOption>(() => curveOption(items, { counter: t('线下', 'at counters'), online: t('线上', 'online'), funded: t('全额资助', 'fully funded'), sum: t('累计', 'in all') }), [items, t]);
	const columns = [
		{ key: 'day', title: t('日期', 'Day') }, { key: 'enrolled', title: t('参保', 'Enrolled') }, { key: 'online', title: t('线上', 'Online') }, { key: 'funded', title: t('全额资助', 'Funded') },
	];
	return (
		<>
			<div className="chart-box">
				<Suspense fallback={<Waiting rows={3} />}>
					<Chart option={option} height={340} label={t('每日参保人数和累计，数字见下表', 'Enrolled each day and in all; the figures are below')} />
				</Suspense>
			</div>
			<details className="figures-below">
				<summary>{t('看每天的数字', 'The figures of each day')}</summary>
				<div className="table-wrap" tabIndex={0} role="region" aria-label={t('每日数字', 'Figures')}>
					<table className="ledger">
						<thead>
							<tr>
								{columns.map((c, i) => (
									<th key={c.key} scope="col" className={i ? 'right' : undefined}>
										<span>{c.title}</span>
									</th>
								))}
								<th scope="col" className="right"><span>{t('个人缴费（元）', 'Personal')}</span></th>
								<th scope="col" className="right"><span>{t('资助（元）', 'Subsidy')}</span></th>
							</tr>
						</thead>
						<tbody>
							{[...items].reverse().map((d) => (
								<tr key={d.day}>
									<td className="num">{d.day}</td>
									<td className="right">{count(d.enrolled)}</td>
									<td className="right">{count(d.online)}</td>
									<td className="right">{count(d.funded)}</td>
									<td className="right">{yuan(d.personal_fen)}</td>
									<td className="right">{yuan(d.subsidy_fen)}</td>
								</tr>
							))}
						</tbody>
					</table>
				</div>
			</details>
		</>
	);
}

function Special({ on, town }: Scope) {
	const { t } = useTongue();
	const query = useCall('report_read', { path: { report: 'special' }, query: { ...(on ? { on } : {}), ...(town ? { town } : {}) } });
	return (
		<Read query={query}>
			{(report) => (
				<ReportTable
					report={report}
					name="special"
					tools={<Files report="special" scope={{ ...(on ? { on } : {}), ...(town ? { town } : {}) }} />}
					empty={<Empty title={t('没有困难群众名单', 'No category lists')}>{t('民政、乡村振兴等部门的名单导入后会在这里分类统计。', 'Once the departments’ lists are in, they are counted here by category.')}</Empty>}
				/>
			)}
		</Read>
	);
}

