// SPDX-License-Identifier: Apache-2.0
// The start (LB-26): the year, a name, a document number.

import { useState } from 'preact/hooks';
import { api } from '../api';
import { clean, cleanName } from '../base/idcard';
import { day } from '../base/day';
import {
	fieldErrors, go, keepVisit, loadSeason, lookup, needSeason, paying, shelf, t, useShared,
} from '../store';
import { Icon, type IconName } from '../ui/icon';
import { NumberField, numberError } from '../ui/number_field';
import {
	Busy, Choice, Days, Facts, Failure, focusFirstWrong, Head, Link, Loading, Money, Note, type Step, Steps, TextField, Zh,
} from '../ui/parts';
import type { Season } from '../types';

function PhaseNote({ season }: { season: Season }) {
	const { lang } = useShared();

	if (season.phase === 'before') {
		return <Note tone="info">{t('home.before', { day: day(season.pay_from, lang) })}</Note>;
	}
	if (season.phase === 'after') {
		return <Note tone="warn">{t('home.after', { day: day(season.pay_to, lang) })}</Note>;
	}
	return season.payments_open ? null : <Note tone="warn">{t('home.shut')}</Note>;
}

/** The season may still be on its way: names can be typed meanwhile. */
function LookUp({ season }: { season: Season | null }) {
	const [draft, set] = useState(lookup.value);
	const [tried, setTried] = useState<Record<string, string>>({});
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const { elder } = useShared();
	const policies = season ? season.policies : [];
	const policyOf = (s: Season) => s.policies.some((p) => p.code === lookup.value.policy) ? lookup.value.policy : s.policy;

	const change = (part: Partial<typeof draft>) => {
		set(lookup.set(part));
		setTried(Object.keys(part).reduce((rest, k) => Object.assign(rest, { [k]: '' }), Object.assign({}, tried)));
	};
	const wrong = (field: string, text: string) => {
		setTried((old) => Object.assign({}, old, { [field]: text }));
		return !text;
	};
	const nameOk = () => wrong('name', lookup.value.name.trim() ? '' : t('err.need', { what: t('home.name') }));
	const numberOk = () => wrong('number', numberError(lookup.value.number, t('home.number')));
	const send = async () => {
		setBusy(true);
		setError(null);
		try {
			const visit = await api.visitOpen(policyOf(await needSeason()), cleanName(lookup.value.name), clean(lookup.value.number));
			paying.clear();
			keepVisit(visit);
			go('/people');
		} catch (e) {
			setBusy(false);
			setError(e);
			setTried(fieldErrors(e));
			focusFirstWrong();
		}
	};
	const steps: Step[] = [];
	if (season && policies.length > 1) {
		steps.push({ id: 'year', title: t('home.year'), bare: true, body: (
			<Choice id="policy" label={t('home.year')} bare={elder} value={policyOf(season)} change={(v) => change({ policy: v })}
				options={policies.map((p) => ({ value: p.code, label: <Zh>{p.label}</Zh> }))} />
		) });
	}
	steps.push({ id: 'who', title: t('home.ask.name'), bare: true, check: nameOk, body: (
		<TextField id="name" label={t('home.name')} hint={t('home.name.hint')} value={draft.name} error={tried.name}
			change={(v) => change({ name: v })} more={{ maxLength: 50, lang: 'zh-CN' }} />
	) });
	steps.push({ id: 'doc', title: t('home.ask.number'), bare: true, check: numberOk, body: (
		<NumberField id="number" label={t('home.number')} hint={t('home.number.hint')} value={draft.number} error={tried.number}
			change={(v) => change({ number: v })} />
	) });
	return (
		<div class="lookup">
			<Steps steps={steps} submit={() => void send()} last={(
				<div class="send">
					{error != null && <Failure error={error} />}
					<Busy submit busy={busy} text={t('home.find')} busyText={t('home.finding')} icon="search" class="button button-main button-wide" />
				</div>
			)} />
		</div>
	);
}

function Doors() {
	const doors: [string, IconName, string, string][] = [
		['/register/newborn', 'baby', t('home.newborn'), t('home.newborn.note')],
		['/register/new', 'person', t('home.new'), t('home.new.note')],
		['/progress', 'clock', t('home.progress'), t('home.progress.note')],
		['/ticket', 'pen', t('home.ticket'), t('home.ticket.note')],
	];

	return (
		<nav class="doors" aria-labelledby="doors-title">
			<h2 id="doors-title">{t('home.more')}</h2>
			<ul>
				{doors.map(([to, icon, text, note]) => (
					<li key={to}>
						<Link to={to} class="door">
							<span class="door-icon"><Icon name={icon} /></span>
							<span class="door-text">{text}<span class="door-note">{note}</span></span>
							<Icon name="right" />
						</Link>
					</li>
				))}
			</ul>
		</nav>
	);
}

export function Home() {
	const { season, seasonError, visit, elder, place } = useShared();
	const order = shelf.getItem('order');
	const begun = elder && place.step > 0;

	return (
		<div class="home">
			<div class="home-main">
				<Head title={t('home.title')}>{!begun && <p class="lead">{t('home.lead')}</p>}</Head>
				{!begun && season && <PhaseNote season={season} />}
				{!begun && visit && <p class="resume"><Link to="/people" class="button button-small"><Icon name="left" />{t('home.resume')}</Link></p>}
				{!begun && order && (
					<Note tone="info"><p>{t('home.order')}</p><Link to={`/order/${order}`} class="button button-small">{t('home.order.go')}</Link></Note>
				)}
				{season || !(elder || seasonError) ? (
					<div class={elder ? '' : 'card card-look'}>
						{!elder && !(season && season.policies.length > 1) && (
							<p class="year"><span>{t('home.year.one')}</span><strong>{season ? <Zh>{season.label}</Zh> : t('wait')}</strong></p>
						)}
						<LookUp season={season} />
					</div>
				) : seasonError ? <Failure error={seasonError} retry={loadSeason} /> : <Loading />}
			</div>
			{!begun && (
				<div class="home-side">
					{season && !elder && (
						<section class="card card-plain" aria-labelledby="facts-title">
							<h2 id="facts-title">{t('home.facts')}</h2>
							<Facts rows={[
								[t('home.fact.price'), <><Money fen={season.personal_fen} /><span class="under">{t('home.fact.price.note')}</span></>],
								[t('home.fact.window'), <Days from={season.pay_from} to={season.pay_to} />],
								[t('home.fact.benefit'), <Days from={season.benefit_from} to={season.benefit_to} />],
							]} />
						</section>
					)}
					<Doors />
				</div>
			)}
		</div>
	);
}
