// SPDX-License-Identifier: Apache-2.0
// 大屏 for a wall: a few big figures, the ranking, the curve; new every quarter of a minute.
import { lazy, Suspense, useEffect, useMemo, useState, type CSSProperties } from 'react';
import { Link } from 'react-router-dom';
import { useCall, useSeason } from '../api/hooks';
import type { ChartOption } from '../components/chart';
import { ProblemView } from '../components/problem-view';
import { columnAt, nameColumn, numberAt } from '../components/report-table';
import { useTongue } from '../i18n';
import { daysBetween } from '../lib/day';
import { bigYuan, count, rate } from '../lib/money';
import './screen.css';
import { wallCurve } from './progress-parts/wall';

const Chart = lazy(() => import('../components/chart'));
const EVERY = 15_000;

export default function Screen() {
	const { t } = useTongue();
	const season = useSeason().data;
	const ranking = useCall('report_read', { path: { report: 'ranking' }, query: {} }, { refetchInterval: EVERY, refetchIntervalInBackground: true });
	const days = useCall('progress_days', { query: {} }, { refetchInterval: EVERY, refetchIntervalInBackground: true });
	useEffect(() => {
		document.title = t('参保进度大屏', 'Progress on the wall');
	}, [t]);
	const report = ranking.data;
	const sum = (key: string) => (report?.total ? numberAt(report.total, columnAt(report, key)) : null);
	const personal = sum('personal_fen');
	const money = personal === null ? null : bigYuan(personal);
	const enrolled = sum('enrolled');
	const target = sum('target');
	const left = season && season.phase === 'open' ? daysBetween(season.today, season.pay_to) : null;
	const option = useMemo<ChartOption | null>(() => (days.data ? wallCurve(days.data.items, { day: t('当日参保', 'each day'), sum: t('累计', 'in all') }) : null), [days.data, t]);
	return (
		<div className="wall">
			<header>
				<h1>
					{season?.county_name} <span>{season?.label}</span>
				</h1>
				<Clock />
				<WallButtons />
			</header>
			<main id="main">
				<ProblemView error={ranking.error ?? days.error} />
				<section className="wall-figures" aria-label={t('全县', 'The county')}>
					<div className="main-figure">
						<p className="big">{rate(sum('rate'))}</p>
						<p>{t('参保率', 'Rate')}</p>
						<div className="wall-gauge">
							<span style={{ width: `${Math.min(100, (sum('rate') ?? 0) / 100)}%` }} />
						</div>
					</div>
					<Figure name={t('已参保', 'Enrolled')} text={count(enrolled)} unit={t('人', '')} />
					<Figure name={t('距目标还差', 'To go')} text={enrolled !== null && target !== null ? count(Math.max(0, target - enrolled)) : '—'} unit={t('人', '')} />
					<Figure name={t('今日新增', 'Today')} text={count(sum('today'))} unit={t('人', '')} strong />
					<Figure name={t('线上占比', 'Online')} text={rate(sum('online_share'))} />
					<Figure name={t('个人缴费', 'Personal')} text={money?.figure ?? '—'} unit={money?.tenThousands ? t('万元', '×10,000 yuan') : t('元', 'yuan')} />
					<Figure name={season?.phase === 'open' ? t('集中缴费还剩', 'Days left') : t('集中缴费', 'Collection')} text={left !== null ? count(left) : season?.phase === 'before' ? t('未开始', 'not begun') : t('已结束', 'over')} unit={left !== null ? t('天', '') : ''} />
				</section>
				<section className={(report?.rows.length ?? 0) > 12 ? 'wall-ranking many' : 'wall-ranking'} aria-label={t('乡镇排名', 'Ranking')}>
					<h2>
						{t('乡镇排名', 'Ranking')} <small>{t('黄：95% 以上　红：比全县低 2 个百分点以上', 'yellow: 95% and more · red: over 2 points below the county')}</small>
					</h2>
					<ol style={{ '--towns': report?.rows.length ?? 0 } as CSSProperties}>
						{report?.rows.map((row, i) => {
							const r = numberAt(row, columnAt(report, 'rate'));
							return (
								<li key={i}>
									<span className="rank">{numberAt(row, columnAt(report, 'rank')) ?? i + 1}</span>
									<span className="name">{String(row[nameColumn(report)] ?? '')}</span>
									<span className="track">
										<span style={{ width: `${Math.min(100, (r ?? 0) / 100)}%` }} className={r !== null && r >= 9500 ? 'full' : r !== null && r < (sum('rate') ?? 0) - 200 ? 'low' : undefined} />
									</span>
									<b>{rate(r)}</b>
									<span className="today">+{count(numberAt(row, columnAt(report, 'today')))}</span>
								</li>
							);
						})}
					</ol>
				</section>
				<section className="wall-curve" aria-label={t('每日参保', 'Day by day')}>
					<h2>{t('每日参保', 'Day by day')}</h2>
					<div className="curve-box">
						<Suspense fallback={null}>{option && <Chart option={option} height="100%" label={t('每日参保人数和累计', 'Enrolled each day and in all')} />}</Suspense>
					</div>
				</section>
			</main>
		</div>
	);
}

function Figure({ name, text, unit, strong }: { name: string; text: string; unit?: string; strong?: boolean }) {
	return (
		<div className={strong ? 'figure strong' : 'figure'}>
			<p>{name}</p>
			<p className="value">
				{text}
				{unit && <small>{unit}</small>}
			</p>
		</div>
	);
}

function Clock() {
	const { t } = useTongue();
	const season = useSeason().data;
	const [now, setNow] = useState(() => new Date());
	useEffect(() => {
		const timer = setInterval(() => setNow(new Date()), 1000);
		return () => clearInterval(timer);
	}, []);
	const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone: 'Asia/Shanghai' }).format(now);
	return (
		<p className="clock">
			{season?.today} <b>{time}</b> <span>{t('每 15 秒更新', 'new every 15 s')}</span>
		</p>
	);
}

function WallButtons() {
	const { t } = useTongue();
	const [full, setFull] = useState(false);
	useEffect(() => {
		const see = () => setFull(document.fullscreenElement !== null);
		document.addEventListener('fullscreenchange', see);
		return () => document.removeEventListener('fullscreenchange', see);
	}, []);
	if (full) return null;
	return (
		<p className="wall-buttons">
			<button type="button" onClick={() => void document.documentElement.requestFullscreen?.()}>
				{t('全屏', 'Full screen')}
			</button>
			<Link to="/progress">{t('退出', 'Leave')}</Link>
		</p>
	);
}
