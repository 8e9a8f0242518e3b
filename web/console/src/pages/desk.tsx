// SPDX-License-Identifier: Apache-2.0
// 工作台 the desk: what waits for me, what is late, how my area stands.
import { Link } from 'react-router-dom';
import type { Desk as DeskData } from '../api/contract';
import { useCall, useSeason } from '../api/hooks';
import { Empty, Page, Read, Sheet } from '../components/page';
import { useTongue } from '../i18n';
import { daysBetween } from '../lib/day';
import { useRenewal } from '../lib/idle';
import { count, rate } from '../lib/money';
import { PAGES } from '.';
import { useMe, useWho } from '../session';

/** Where a card leads: to what waits, not to the whole list. */
const WAITING: Record<string, string> = {
	registrations: '/registrations?state=asked',
	tickets: '/tickets?state=open',
	exports: '/exports?state=asked',
	jobs: '/jobs?state=failed',
	special: '/missing?special=1',
};

/** Cards name paths of the console, with or without its base. */
export function deskLink(code: string, link: string): string {
	if (WAITING[code]) return WAITING[code]!;
	const path = link.replace(/^\/console(?=\/|$)/, '');
	return path.startsWith('/') ? path : `/${path}`;
}

export default function Desk() {
	const { t, pick } = useTongue();
	const me = useMe();
	const desk = useCall('desk', {}, { refetchInterval: useRenewal(60_000) });
	const place = me.division_name ?? me.unit;
	return (
		<Page title={t(`${me.name}，您好`, `Good day, ${me.name}`)} lead={[pick(me.role_zh, me.role_en), place, desk.data?.today].filter(Boolean).join(' · ')}>
			<SecondFactorHint />
			<Read query={desk}>
				{(data) => (
					<div className="cols wide-left">
						<div className="stack">
							<Cards cards={data.cards} />
							<Shortcuts />
						</div>
						{data.progress && <Standing progress={data.progress} own={me.division !== null} />}
					</div>
				)}
			</Read>
		</Page>
	);
}

function SecondFactorHint() {
	const { t } = useTongue();
	const me = useMe();
	const { may } = useWho();
	const needs = may(['take_payment', 'import_payments', 'export', 'approve_export', 'ask_account', 'grant_account']);
	if (me.totp || !needs) return null;
	return (
		<p className="note warn" style={{ marginBottom: 16 }}>
			{t('您的工作需要动态验证码，账号还没有绑定验证器。', 'Your work needs one-time codes, and your account has no authenticator yet.')}{' '}
			<Link to="/totp">{t('现在绑定', 'Set it up')}</Link>
		</p>
	);
}

function Cards({ cards }: { cards: DeskData['cards'] }) {
	const { t, of } = useTongue();
	const urgency = (c: DeskData['cards'][number]) => (c.count === 0 ? 0 : c.late ? 2 : 1);
	const order = [...cards].sort((a, b) => urgency(b) - urgency(a));
	return (
		<Sheet title={t('待办', 'What waits')} flush>
			{order.length === 0 ? (
				<Empty title={t('没有待办', 'Nothing waits')}>{t('有新的登记、工单、导出申请或退回文件时会列在这里。', 'Registrations, tickets, exports and returned files will be listed here.')}</Empty>
			) : (
				<ul className="todo">
					{order.map((card) => (
						<li key={card.code} className={card.count === 0 ? 'zero' : card.late ? 'late' : undefined}>
							<Link to={deskLink(card.code, card.link)}>
								<span className="figure num">{count(card.count)}</span>
								<span className="what">
									{of(card)}
									{card.late && card.count > 0 && <em>{t('有逾期', 'late')}</em>}
								</span>
								<span className="go" aria-hidden="true">
									→
								</span>
							</Link>
						</li>
					))}
				</ul>
			)}
		</Sheet>
	);
}

function Standing({ progress, own }: { progress: NonNullable<DeskData['progress']>; own: boolean }) {
	const { t } = useTongue();
	const { may } = useWho();
	const season = useSeason().data;
	const left = season && season.phase === 'open' ? daysBetween(season.today, season.pay_to) : null;
	const missing = progress.planned === null ? null : Math.max(0, progress.planned - progress.enrolled);
	return (
		<Sheet title={own ? t('本辖区进度', 'How my area stands') : t('全县进度', 'How the county stands')} end={may('read_reports') && <Link to="/progress">{t('看排名', 'Ranking')}</Link>}>
			{progress.rate === null ? (
				// A village has no target of its own.
				<p className="standing num">
					{count(progress.enrolled)} <small>{t('人已参保', 'enrolled')}</small>
				</p>
			) : (
				<>
					<p className="standing num">{rate(progress.rate)}</p>
					<div className="gauge" role="img" aria-label={t(`参保率 ${rate(progress.rate)}`, `rate ${rate(progress.rate)}`)}>
						<span style={{ width: `${Math.min(100, progress.rate / 100)}%` }} />
					</div>
				</>
			)}
			<dl className="facts" style={{ marginTop: 14 }}>
				{missing !== null && (
					<>
						<dt>{t('目标', 'Target')}</dt>
						<dd className="num">{count(progress.planned)}</dd>
						<dt>{t('已参保', 'Enrolled')}</dt>
						<dd className="num">{count(progress.enrolled)}</dd>
						<dt>{t('还差', 'To go')}</dt>
						<dd className="num">
							{count(missing)}
							{left !== null && left > 0 && missing > 0 && <span className="soft"> · {t(`平均每天 ${count(Math.ceil(missing / left))} 人`, `${count(Math.ceil(missing / left))} a day`)}</span>}
						</dd>
					</>
				)}
				<dt>{t('今日新增', 'Today')}</dt>
				<dd className="num">{count(progress.today)}</dd>
				{progress.rank !== null && (
					<>
						<dt>{t('名次', 'Rank')}</dt>
						<dd className="num">{t(`第 ${progress.rank} 名，共 ${progress.of ?? '—'} 个`, `${progress.rank} of ${progress.of ?? '—'}`)}</dd>
					</>
				)}
			</dl>
		</Sheet>
	);
}

const SHORTCUTS = ['/people', '/missing', '/imports', '/money', '/policy', '/accounts', '/trail', '/system'];

function Shortcuts() {
	const { t, of } = useTongue();
	const { may } = useWho();
	const pages = PAGES.filter((p) => SHORTCUTS.includes(p.path) && may(p.permission));
	return (
		<Sheet title={t('常用', 'Often used')}>
			<ul className="shortcuts">
				{pages.map((p) => (
					<li key={p.path}>
						<Link to={p.path}>{of(p.menu)}</Link>
					</li>
				))}
			</ul>
		</Sheet>
	);
}
