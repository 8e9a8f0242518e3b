// SPDX-License-Identifier: Apache-2.0
// The people of a visit, what each owes and why, the family, and the basket.

import { useEffect, useState } from 'preact/hooks';
import { api, ApiError } from '../api';
import { basketOf, counters, onlineChannels, payable, toggled } from '../base/basket';
import { clean, cleanName } from '../base/idcard';
import { day, daysIn } from '../base/day';
import { yuan } from '../base/money';
import { quoteView, type Tone } from '../base/views';
import { pick } from '../i18n';
import {
	family, fieldErrors, go, keepVisit, leave, loadVisit, paying, reporting, shelf, t, useShared, visitOver,
} from '../store';
import type { Cite, Member, Quote, Visit, Why } from '../types';
import { Icon, type IconName } from '../ui/icon';
import { NumberField, numberError } from '../ui/number_field';
import {
	Busy, Choice, Days, Facts, Failure, focusFirstWrong, Head, Link, Loading, Money, Note, type Step, Steps, TextField, Zh,
} from '../ui/parts';

const PEOPLE_MAX = 8;
const TONE_ICONS: Record<Tone, IconName> = { due: 'ring_yuan', good: 'ring_tick', stop: 'ring_stop', ask: 'ring_ask' };

/** J1, J2 … are the numbered readings of the pack, where the notice is silent. */
function Clause({ of }: { of: string }) {
	return <span class="clause">{t(/^J\d/.test(of) ? 'clause.reading' : 'clause', { clause: of })}</span>;
}

export function Clauses({ cites }: { cites: Cite[] }) {
	return (
		<ul class="clauses">
			{cites.map((c) => (
				<li key={c.clause}><Clause of={c.clause} />{c.text && <Zh>{c.text}</Zh>}</li>
			))}
		</ul>
	);
}

function WhyPanel({ place, amount }: { place: number; amount: boolean }) {
	const { lang } = useShared();
	const [why, set] = useState<Why | null>(null);
	const [error, setError] = useState<unknown>(null);
	const load = () => {
		setError(null);
		api.why(place).then(set, (e) => visitOver(e) || setError(e));
	};

	useEffect(load, [place]);
	if (error != null) {
		return <Failure error={error} retry={load} />;
	}
	if (!why) {
		return <Loading text={t('wait')} />;
	}
	return (
		<div class="why">
			<h4>{t(amount ? 'why.title' : 'why.title.other')}</h4>
			<ol class="why-steps">
				{why.steps.map((s, i) => (
					<li key={i}>
						<span class="why-say">{daysIn(pick(lang, s.zh, s.en), lang)}{s.clause && <Clause of={s.clause} />}</span>
						{s.fen !== null && <Money fen={s.fen} />}
					</li>
				))}
			</ol>
			{why.cites.some((c) => c.text) && <h4>{t('why.clauses')}</h4>}
			<Clauses cites={why.cites.filter((c) => c.text)} />
		</div>
	);
}

function Amount({ q }: { q: Quote }) {
	if (q.payable_fen === null || q.state === 'refused' || q.state === 'new' || q.state === 'enrolled') {
		return null;
	}
	return (
		<div class="amount">
			<p class="amount-main"><span class="amount-label">{t(q.state === 'funded' ? 'q.zero' : 'q.pay')}</span><Money fen={q.state === 'funded' ? 0 : q.payable_fen} big /></p>
			{q.standard_fen !== null && (
				<p class="amount-parts">
					{t('q.standard')} {yuan(q.standard_fen)} {t('yuan')}
					{q.subsidy_fen ? <> − {t('q.subsidy')} {yuan(q.subsidy_fen)} {t('yuan')}</> : null}
				</p>
			)}
		</div>
	);
}

function Ways({ q }: { q: Quote }) {
	const [open, set] = useState(false);
	const view = quoteView(q);
	const id = `why-${q.place}`;
	const amount = view.pays || q.state === 'funded';

	return (
		<div class="ways">
				{view.ways.map((w) => {
					switch (w) {
					case 'why': return (
						<div key={w}>
							<button type="button" class="way way-strong" aria-expanded={open} aria-controls={id} onClick={() => set(!open)}>
								<span>{t(amount ? 'q.why' : 'q.why.other')}</span><Icon name={open ? 'up' : 'down'} />
							</button>
							<div id={id}>{open && <WhyPanel place={q.place} amount={amount} />}</div>
						</div>
					);
					case 'record': return <Link key={w} class="way" to="/record"><span>{t('q.record')}</span><Icon name="right" /></Link>;
					case 'register': return <Link key={w} class="way way-strong" to="/register"><span>{t('q.register')}</span><Icon name="right" /></Link>;
					case 'retype': return <Link key={w} class="way" to="/"><span>{t('q.retype')}</span><Icon name="right" /></Link>;
					default: return (
						<button type="button" key={w} class="way" onClick={() => {
							reporting.set({ person: String(q.place), kind: q.state === 'new' ? 'not_found' : reporting.value.kind });
							go('/ticket');
						}}><span>{t('q.ticket')}</span><Icon name="right" /></button>
					);
					}
				})}
		</div>
	);
}

function PersonCard({ q, left, toggle }: { q: Quote; left: number[]; toggle: (place: number) => void }) {
	const { lang } = useShared();
	const view = quoteView(q);
	const todo = pick(lang, q.todo_zh, q.todo_en);
	const reason = pick(lang, q.reason_zh, q.reason_en);
	const title = `person-${q.place}`;
	// Something is to be done elsewhere than on this page.
	const away = !view.pays && view.tone !== 'good';

	return (
		<article class={`card person person-${view.tone}`} aria-labelledby={title}>
			<div class="person-top">
				<div>
					<h3 id={title}>{q.name}</h3>
					<p class="person-number">{q.number}</p>
				</div>
				<p class={`badge badge-${view.tone}`}><Icon name={TONE_ICONS[view.tone]} />{t(view.title)}</p>
			</div>
			<Amount q={q} />
			<p class="person-say">{q.payer === 'institution' && q.state !== 'enrolled' ? t('q.institution') : t(view.say)}</p>
			{todo && view.pays && <p class="soft">{todo}</p>}
			{reason && (
				<div class="reason">
					<p><strong>{t('q.reason')}</strong>{reason}</p>
					{q.cites.length > 0 && <Clauses cites={q.cites} />}
				</div>
			)}
			{todo && away && <div class="todo"><p><strong>{t('q.todo')}</strong>{todo}</p></div>}
			{q.benefits_soon && q.benefit_from && view.pays && <Note tone="warn">{t('q.soon', { day: day(q.benefit_from, lang) })}</Note>}
			{q.state !== 'refused' && (
				<Facts rows={[
					q.benefit_from ? [t('q.benefit'), <Days from={q.benefit_from} to={q.benefit_to} />] : null,
					q.category ? [t('q.category'), <Zh>{q.category}</Zh>] : null,
					q.route && view.pays ? [t('q.route'), <Zh>{q.route}</Zh>] : null,
				]} />
			)}
			{view.pays && (
				<label class={left.indexOf(q.place) < 0 ? 'option option-on take' : 'option take'}>
					<input type="checkbox" checked={left.indexOf(q.place) < 0} aria-label={t('q.in.of', { name: q.name })}
						onChange={() => toggle(q.place)} />
					<span class="option-text">{t('q.in')}</span>
					<Money fen={q.payable_fen as number} />
				</label>
			)}
			<Ways q={q} />
		</article>
	);
}

/** Runs a request that answers with the visit; keeps what was typed when it fails. */
function useAdding(done: (v: Visit) => void) {
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const run = async (ask: () => Promise<Visit>) => {
		setBusy(true);
		setError(null);
		try {
			done(await ask());
		} catch (e) {
			if (!visitOver(e)) {
				setError(e);
			}
		}
		setBusy(false);
	};

	return { busy, error, run };
}

function MemberRow({ m, said, full }: { m: Member; said: (text: string) => void; full: boolean }) {
	const [open, set] = useState(false);
	const [tail, setTail] = useState('');
	const [bad, setBad] = useState('');
	const { busy, error, run } = useAdding((v) => {
		keepVisit(v);
		said(t('family.added', { name: m.name }));
	});
	const send = (e: Event) => {
		const four = clean(tail);

		e.preventDefault();
		if (!/^[0-9]{3}[0-9X]$/.test(four)) {
			setBad(t('family.tail.bad'));
			focusFirstWrong();
		} else if (!busy) {
			void run(() => api.addMember(m.member, four));
		}
	};

	return (
		<li class="member">
			<div class="member-top">
				<p class="member-name"><strong>{m.name}</strong>{m.relation && <span class="tag"><Zh>{m.relation}</Zh></span>}</p>
				{m.enrolled ? <span class="tag tag-good"><Icon name="tick" />{t('family.enrolled')}</span>
					: full ? null : (
						<button type="button" class="button button-small" aria-expanded={open} onClick={() => set(!open)}>
							<Icon name={open ? 'cross' : 'plus'} />{open ? t('close') : t('family.add')}
						</button>
					)}
			</div>
			{open && !m.enrolled && (
				<form class="inline-form" noValidate onSubmit={send}>
					<TextField id={`tail-${m.member}`} label={t('family.tail', { name: m.name })} hint={t('family.tail.hint')} value={tail}
						error={bad} change={(v) => {
							setTail(v);
							setBad('');
						}} more={{ class: 'input input-number input-tail', inputMode: 'text', maxLength: 12, autocapitalize: 'characters' }} />
					{error != null && <Failure error={error} />}
					<Busy submit busy={busy} text={t('family.ok')} busyText={t('wait')} class="button button-main" />
				</form>
			)}
		</li>
	);
}

function OtherPerson({ said }: { said: (text: string) => void }) {
	const [open, set] = useState(family.value.name !== '' || family.value.number !== '');
	const [draft, setDraft] = useState(family.value);
	const [bad, setBad] = useState<Record<string, string>>({});
	const { busy, error, run } = useAdding((v) => {
		said(t('family.added', { name: family.value.name.trim() }));
		family.clear();
		setDraft(family.value);
		set(false);
		keepVisit(v);
	});
	const change = (part: Partial<typeof draft>) => {
		setDraft(Object.assign({}, family.set(part)));
		setBad({});
	};
	const send = (e: Event) => {
		const wrong = {
			name: draft.name.trim() ? '' : t('err.need', { what: t('home.name') }),
			number: numberError(draft.number, t('home.number')),
		};

		e.preventDefault();
		setBad(wrong);
		if (wrong.name || wrong.number) {
			focusFirstWrong();
		} else if (!busy) {
			void run(() => api.addByNumber(cleanName(draft.name), clean(draft.number)));
		}
	};
	const asked = fieldErrors(error);

	return (
		<div class="other">
			<button type="button" class="way" aria-expanded={open} onClick={() => set(!open)}>
				<span>{t('family.other')}<span class="door-note">{t('family.other.note')}</span></span><Icon name={open ? 'cross' : 'plus'} />
			</button>
			{open && (
				<form class="inline-form" noValidate autocomplete="off" onSubmit={send}>
					<TextField id="family-name" label={t('home.name')} value={draft.name} error={bad.name || asked.name}
						change={(v) => change({ name: v })} more={{ maxLength: 50, lang: 'zh-CN' }} />
					<NumberField id="family-number" label={t('home.number')} value={draft.number} error={bad.number || asked.number}
						change={(v) => change({ number: v })} />
					{error != null && <Failure error={error} />}
					<Busy submit busy={busy} text={t('family.find')} busyText={t('home.finding')} class="button button-main" />
				</form>
			)}
		</div>
	);
}

function Family({ visit }: { visit: Visit }) {
	const [said, say] = useState('');
	const full = visit.people.length >= PEOPLE_MAX;

	return (
		<div class="family">
			<p class="soft">{t('family.lead')}</p>
			<div aria-live="polite">{said && <p class="fine"><Icon name="ring_tick" /><span>{said}</span></p>}</div>
			{full && <Note tone="info">{t('family.full')}</Note>}
			{visit.household.length > 0 && (
				<>
					<h3 class="family-book"><Icon name="people" />{t('family.book')}</h3>
					<ul class="members">{visit.household.map((m) => <MemberRow m={m} key={m.member} said={say} full={full} />)}</ul>
				</>
			)}
			{!full && <OtherPerson said={say} />}
		</div>
	);
}

export function People() {
	const { visit, visitPending, season, lang, elder } = useShared();
	const [pay, setPay] = useState(paying.value);
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const [loadError, setLoadError] = useState<unknown>(null);
	const [channelBad, setChannelBad] = useState('');
	const load = () => {
		setLoadError(null);
		loadVisit().catch(setLoadError);
	};

	useEffect(() => {
		if (!visit && !visitPending) {
			load();
		}
	}, []);
	useEffect(() => {
		if (!visit && !visitPending && loadError === null && shelf.getItem('visit') !== '1') {
			go('/');
		}
	}, [visit, visitPending, loadError]);
	if (!visit || !season) {
		return (
			<div class="page">
				<Head title={t('people.title')} />
				{loadError != null ? <Failure error={loadError} retry={load} /> : <Loading />}
			</div>
		);
	}
	const basket = basketOf(visit.people, pay.left);
	const online = onlineChannels(season);
	const offline = counters(season);
	const channel = online.length === 1 ? online[0].code : online.some((c) => c.code === pay.channel) ? pay.channel : '';
	const anyPayable = visit.people.some(payable);
	const change = (part: Partial<typeof pay>) => {
		setPay(paying.set(part));
		setChannelBad('');
	};
	const channelOk = () => {
		setChannelBad(channel ? '' : t('pay.choose'));
		return channel !== '';
	};
	const send = async () => {
		if (basket.places.length === 0 || !channelOk()) {
			focusFirstWrong();
			return;
		}
		setBusy(true);
		setError(null);
		try {
			const order = await api.orderMake(basket.places, channel, basket.total_fen);
			shelf.setItem('order', order.number);
			go(`/order/${order.number}`);
		} catch (e) {
			setBusy(false);
			if (visitOver(e)) {
				return;
			}
			setError(e);
			if (e instanceof ApiError && (e.status === 409 || e.status === 422)) {
				loadVisit().catch(() => undefined);
			}
		}
	};
	const cards = visit.people.map((q) => (
		<PersonCard q={q} key={`${q.place}-${q.number}`} left={pay.left} toggle={(p) => change({ left: toggled(pay.left, p) })} />
	));
	const shop = (
		<section class="card basket" aria-labelledby="basket-title">
			<h2 id="basket-title">{t('basket.title')}</h2>
			{basket.people.length > 0 ? (
				<ul class="basket-lines">
					{basket.people.map((q) => <li key={q.place}><span>{q.name}</span><Money fen={q.payable_fen as number} /></li>)}
				</ul>
			) : <p class="soft">{t(anyPayable ? 'basket.empty' : 'basket.nothing')}</p>}
			<p class="basket-total" aria-live="polite"><span>{t('basket.total', { n: basket.people.length })}</span><Money fen={basket.total_fen} big /></p>
			{error != null && (
				<>
					<Failure error={error} />
					{error instanceof ApiError && error.status === 409 && <Note tone="info">{t('basket.changed')}</Note>}
				</>
			)}
			{basket.people.length > 0 && online.length > 0 && (
				<Busy busy={busy} text={t('basket.go')} busyText={t('basket.going')} onClick={() => void send()} class="button button-main button-wide" />
			)}
		</section>
	);
	const ways = (
		<>
			{online.length > 0 ? (
				<Choice id="channel" label={t('pay.title')} bare value={channel} change={(v) => change({ channel: v })} error={channelBad}
					options={online.map((c) => ({ value: c.code, label: <Zh>{c.name}</Zh> }))} />
			) : <Note tone="warn">{t('pay.none')}</Note>}
			{offline.length > 0 && <p class="soft">{t('pay.counter')}<Zh>{offline.map((c) => c.name).join(t('pay.counter.sep'))}</Zh></p>}
		</>
	);
	const steps: Step[] = [];
	if (elder) {
		visit.people.forEach((q, i) => steps.push({ id: `who-${q.place}`, title: visit.people.length > 1 ? t('people.step.of', { name: q.name }) : t('people.step'), body: cards[i] }));
	} else {
		steps.push({ id: 'who', title: t('people.step'), bare: true, body: <div class="persons"><h2 class="unseen">{t('people.step')}</h2>{cards}</div> });
	}
	steps.push({ id: 'family', title: t('family.title'), body: <Family visit={visit} />, next: anyPayable ? t('family.none') : undefined });
	if (anyPayable && elder) {
		steps.push({ id: 'way', title: t('pay.title'), body: ways, check: online.length > 0 ? channelOk : undefined });
		steps.push({ id: 'check', title: t('basket.check'), body: shop });
	}
	const exit = (
		<div class="exit">
			<button type="button" class="button" onClick={() => void leave()}><Icon name="out" />{t('people.exit')}</button>
			<p class="soft">{t('people.exit.note')}</p>
		</div>
	);
	return (
		<div class={anyPayable && !elder ? 'page page-two' : 'page'}>
			<Head title={t('people.title')}><p class="soft">{t('people.on', { day: day(visit.today, lang) })}</p></Head>
			<div class="two-main"><Steps steps={steps} last={elder ? exit : null} /></div>
			{!elder && anyPayable && (
				<div class="two-side">
					<section class="card" aria-labelledby="way-title"><h2 id="way-title">{t('pay.title')}</h2>{ways}</section>
					{shop}
				</div>
			)}
			{!elder && <div class="two-foot">{exit}</div>}
		</div>
	);
}
