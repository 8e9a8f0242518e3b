// SPDX-License-Identifier: Apache-2.0
// The frame of every page: the county and season on top, the menu of what this account may do.
import { useQueryClient } from '@tanstack/react-query';
import { Drawer, Dropdown } from 'antd';
import { Suspense, useEffect, useRef, useState, type ReactNode } from 'react';
import { Link, Navigate, NavLink, Outlet, useLocation, useNavigate } from 'react-router-dom';
import { call } from './api/client';
import { useSeason } from './api/hooks';
import { Fetched } from './components/fetched';
import { Empty, Page, Waiting } from './components/page';
import { ProblemView } from './components/problem-view';
import { TongueButton } from './components/tongue-button';
import { useTongue } from './i18n';
import { daysBetween } from './lib/day';
import { useIdleEnd } from './lib/idle';
import { named, PHASES } from './lib/names';
import { GROUPS, PAGES } from './pages';
import seal from './seal.svg';
import { useMe, useWho } from './session';

/** Only for who is logged in; others log in and come back to where they wanted to go. */
export function Gate({ children, bare }: { children: ReactNode; bare?: boolean }) {
	const { session, loading, failed, ended } = useWho();
	const location = useLocation();
	if (loading) return <Waiting rows={3} />;
	if (failed)
		return (
			<main style={{ padding: 24 }}>
				<ProblemView error={failed} />
			</main>
		);
	if (!session) return <Navigate to="/login" replace state={{ from: location.pathname + location.search, ended }} />;
	if (session.must_change && location.pathname !== '/password')
		return <Navigate to="/password" replace state={{ from: location.pathname + location.search }} />;
	return bare ? <Suspense fallback={<Waiting />}>{children}</Suspense> : children;
}

export function Guarded({ permission, children }: { permission: string | readonly string[]; children: ReactNode }) {
	const { may } = useWho();
	const { t } = useTongue();
	if (may(permission)) return children;
	return (
		<Page title={t('没有这项权限', 'Not permitted')}>
			<div className="sheet">
				<Empty title={t('您的账号不能打开这一页', 'Your account may not open this page')}>
					{t(
						'菜单里列出的是您能办的事。确需办理的，请由系统管理员申请、安全管理员授权。',
						'The menu lists what you can do. If your work needs this, the system administrator applies for it and the security administrator grants it.',
					)}
				</Empty>
			</div>
		</Page>
	);
}

function Menu({ onGo }: { onGo?: () => void }) {
	const { may } = useWho();
	const { t, of } = useTongue();
	const open = PAGES.filter((p) => p.menu && may(p.permission));
	return (
		<nav className="nav" aria-label={t('主菜单', 'Main menu')}>
			{(Object.keys(GROUPS) as Array<keyof typeof GROUPS>).map((group) => {
				const pages = open.filter((p) => p.menu!.group === group);
				if (pages.length === 0) return null;
				return (
					<section key={group}>
						{GROUPS[group].zh && <h2>{of(GROUPS[group])}</h2>}
						<ul>
							{pages.map((p) => (
								<li key={p.path}>
									<NavLink to={p.path} end={p.path === '/'} onClick={onGo}>
										{of(p.menu)}
									</NavLink>
								</li>
							))}
						</ul>
					</section>
				);
			})}
		</nav>
	);
}

function SeasonLine() {
	const { t, lang } = useTongue();
	const season = useSeason().data;
	if (!season) return <span className="season" />;
	const left = daysBetween(season.today, season.pay_to);
	return (
		<span className="season">
			{season.label} · {named(PHASES, season.phase, lang)}
			{season.phase === 'open' && (
				<>
					{t('，还剩 ', ', ')}
					<b className="num">{left}</b>
					{t(' 天', ' days left')}
				</>
			)}
			{season.demo && <span className="demo">{t('演示数据', 'demonstration')}</span>}
		</span>
	);
}

function Mine() {
	const me = useMe();
	const { t, pick } = useTongue();
	const navigate = useNavigate();
	const client = useQueryClient();
	const leave = async () => {
		try {
			await call('session_close');
		} finally {
			client.clear();
			client.setQueryData(['session'], null);
			navigate('/login', { state: null });
		}
	};
	const place = me.division_name ?? me.unit;
	return (
		<Dropdown
			trigger={['click']}
			menu={{
				items: [
					{
						key: 'who',
						disabled: true,
						label: (
							<span style={{ color: 'var(--ink-2)' }}>
								{pick(me.role_zh, me.role_en)}
								{place && ` · ${place}`}
								<br />
								{t('登录名', 'log-in')} {me.login}
							</span>
						),
					},
					{ type: 'divider' },
					{ key: 'password', label: t('修改密码', 'Change password'), onClick: () => navigate('/password') },
					{ key: 'totp', label: me.totp ? t('更换验证器', 'Replace authenticator') : t('绑定验证器', 'Set up authenticator'), onClick: () => navigate('/totp') },
					{ type: 'divider' },
					{ key: 'leave', label: t('退出登录', 'Log out'), onClick: () => void leave() },
				],
			}}
		>
			<button type="button" className="flat" aria-haspopup="menu">
				{me.name} ▾
			</button>
		</Dropdown>
	);
}

const WARN_SECONDS = 120;

/** 会话快到期: asked in time, so that nothing that was typed is in danger. */
function IdleWarning() {
	const { t } = useTongue();
	const me = useMe();
	const client = useQueryClient();
	const left = useIdleEnd(me.idle_seconds, WARN_SECONDS);
	if (left === null) return null;
	return (
		<div className="idle" role="alert">
			{left > 0 ? t('您有一阵没有操作，两分钟内将自动退出登录。', 'You have been away for a while: within two minutes you will be logged out.') : t('登录可能已过期。', 'Your session may have ended.')}
			<button type="button" className="linkish" onClick={() => void client.refetchQueries({ queryKey: ['session'] })}>
				{t('我还在', 'I am here')}
			</button>
		</div>
	);
}

export function Shell() {
	const { t } = useTongue();
	const season = useSeason();
	const [open, setOpen] = useState(false);
	const location = useLocation();
	const main = useRef<HTMLElement>(null);
	const first = useRef(true);
	// A new page begins at its top, for the eye and for the keyboard.
	useEffect(() => {
		if (first.current) {
			first.current = false;
			return;
		}
		window.scrollTo(0, 0);
		main.current?.focus({ preventScroll: true });
	}, [location.pathname]);
	return (
		<div className="frame">
			<a className="skip" href="#main" onClick={(e) => { e.preventDefault(); main.current?.focus(); }}>
				{t('跳到正文', 'Skip to the content')}
			</a>
			<header className="top">
				<button type="button" className="flat burger" aria-label={t('打开菜单', 'Open the menu')} onClick={() => setOpen(true)}>
					<svg width="20" height="20" viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="2" aria-hidden="true">
						<path d="M2 5h16M2 10h16M2 15h16" />
					</svg>
				</button>
				<Link to="/" className="brand">
					<img src={seal} alt="" />
					{t('参保', 'canbao')}
					<small>{season.data?.county_name}</small>
				</Link>
				<SeasonLine />
				<span className="grow" />
				<TongueButton className="flat" />
				<Mine />
			</header>
			<div className="side">
				<div className="side-inner">
					<Menu />
				</div>
			</div>
			<Drawer open={open} onClose={() => setOpen(false)} placement="left" width={270} title={season.data?.county_name} styles={{ body: { padding: '4px 0', background: 'var(--paper-2)' } }}>
				<Menu onGo={() => setOpen(false)} />
			</Drawer>
			<IdleWarning />
			<main className="main" id="main" tabIndex={-1} ref={main}>
				<Fetched key={location.pathname}>
					<Suspense fallback={<Waiting />}>
						<Outlet />
					</Suspense>
				</Fetched>
			</main>
		</div>
	);
}

