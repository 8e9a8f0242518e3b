// SPDX-License-Identifier: Apache-2.0
// The frame around every page, and which page is shown.

import { day } from './base/day';
import { setElder, setLang, t, useShared } from './store';
import { Mark, Icon } from './ui/icon';
import { Head, Link, ReadAloud } from './ui/parts';
import { Home } from './pages/home';
import { People } from './pages/people';
import { OrderPage } from './pages/order';
import { Register } from './pages/register';
import { Progress, RegistrationPage, TicketPage } from './pages/progress';
import { TicketForm } from './pages/ticket';
import { RecordPage } from './pages/record';

function Page() {
	const { place } = useShared();

	switch (place.page) {
	case 'home': return <Home />;
	case 'people': return <People />;
	case 'order': return <OrderPage number={place.arg} key={place.arg} />;
	case 'register': return <Register kind={place.arg} />;
	case 'registration': return <RegistrationPage code={place.arg} />;
	case 'progress': return <Progress />;
	case 'ticket': return <TicketForm />;
	case 'ticket_state': return <TicketPage code={place.arg} />;
	case 'record': return <RecordPage />;
	default: return (
		<div class="page page-form">
			<Head title={t('lost.title')}><p class="lead">{t('lost.say')}</p></Head>
			<Link to="/" class="button button-main">{t('back.home')}</Link>
		</div>
	);
	}
}

export function App() {
	const { lang, elder, place, season } = useShared();
	const on = (pages: string[]) => pages.indexOf(place.page) >= 0;
	// One thing a page: the older people's mode has the other pages below.
	const menu = (
		<nav class="menu" aria-label={t('menu')}>
			<ul>
				<li><Link to="/" current={on(['home', 'people', 'order'])}>{t('menu.pay')}</Link></li>
				<li><Link to="/record" current={on(['record'])}>{t('menu.record')}</Link></li>
				<li><Link to="/progress" current={on(['progress', 'registration', 'ticket_state'])}>{t('menu.progress')}</Link></li>
				<li><Link to="/ticket" current={on(['ticket'])}>{t('menu.ticket')}</Link></li>
			</ul>
		</nav>
	);

	return (
		<div class="frame">
			<a class="skip" href="#main" onClick={(e) => {
				const main = document.getElementById('main');

				e.preventDefault();
				if (main) {
					main.focus();
				}
			}}>{t('skip')}</a>
			<header class="top">
				<div class="top-in">
					<Link to="/" class="brand"><Mark /><span class="brand-text"><strong>{t('site')}</strong>
						{season && <span class="brand-county" lang={lang === 'en' ? 'zh-CN' : undefined}>{season.county_name}</span>}</span></Link>
					<div class="top-tools">
						<button type="button" class="tool" aria-pressed={elder} onClick={() => setElder(!elder)}>{t(elder ? 'elder.off' : 'elder')}</button>
						<button type="button" class="tool" lang={lang === 'zh' ? 'en' : 'zh-CN'} aria-label={t('lang.label')}
							onClick={() => setLang(lang === 'zh' ? 'en' : 'zh')}>{t('lang')}</button>
					</div>
				</div>
			</header>
			{season && season.demo && (
				<aside class="demo" aria-label={t('demo.label')}><p class="demo-in"><Icon name="info" />{t('demo')} <span class="demo-day">{t('demo.day', { day: day(season.today, lang) })}</span></p></aside>
			)}
			{!elder && menu}
			{elder && <div class="read-bar"><ReadAloud key={`${place.page}${place.step}`} /></div>}
			<main id="main" tabIndex={-1}><Page /></main>
			{elder && menu}
			<footer class="foot">
				<div class="foot-in">
					<p>{t('foot.help')}</p>
					<p>{t('foot.privacy')}</p>
				</div>
			</footer>
		</div>
	);
}
