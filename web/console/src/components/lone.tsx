// SPDX-License-Identifier: Apache-2.0
// The page before the desk: the season on the left, for everybody to see, and one form.
import { Suspense, type ReactNode } from 'react';
import { useSeason } from '../api/hooks';
import { useTongue } from '../i18n';
import { daysBetween } from '../lib/day';
import { yuan } from '../lib/money';
import { named, PHASES } from '../lib/names';
import { Waiting } from './page';
import { TongueButton } from './tongue-button';

export function Lone({ children }: { children: ReactNode }) {
	return (
		<div className="lone">
			<SeasonSide />
			<main id="main">
				<div className="tongues">
					<TongueButton className="linkish" />
				</div>
				<div className="box">
					<Suspense fallback={<Waiting />}>{children}</Suspense>
				</div>
				<span style={{ marginBottom: 'auto' }} />
			</main>
		</div>
	);
}

function SeasonSide() {
	const { t, lang } = useTongue();
	const season = useSeason().data;
	return (
		<aside>
			<h1>
				{season?.county_name}
				<br />
				{t('居民医保参保缴费', 'Enrolment and contributions')}
			</h1>
			<div className="rule" />
			{season && (
				<dl>
					<dt>{t('年度', 'Year')}</dt>
					<dd>{season.label}</dd>
					<dt>{t('个人缴费', 'Contribution')}</dt>
					<dd>{t(`每人 ${yuan(season.personal_fen)} 元`, `${yuan(season.personal_fen)} yuan a person`)}</dd>
					<dt>{t('集中缴费', 'Collection')}</dt>
					<dd className="num">
						{season.pay_from} {t('至', 'to')} {season.pay_to}
					</dd>
					<dt>{t('现在', 'Now')}</dt>
					<dd>
						{season.today} · {named(PHASES, season.phase, lang)}
						{season.phase === 'open' &&
							t(`，还剩 ${daysBetween(season.today, season.pay_to)} 天`, `, ${daysBetween(season.today, season.pay_to)} days left`)}
					</dd>
				</dl>
			)}
			<p className="foot-note">
				{season?.demo && (
					<>
						{t('演示系统：居民均为虚构。', 'A demonstration: all residents are made up.')}
						<br />
					</>
				)}
				{t('经办人员入口。居民查询和缴费请到首页。', 'For offices. Residents look up and pay on the front page.')}{' '}
				<a href="/">
					{t('居民首页', 'Front page')}
				</a>
			</p>
		</aside>
	);
}
