// SPDX-License-Identifier: Apache-2.0
// My record: enrolments, payments, money that waits, registrations, tickets, and who looked.

import { useEffect, useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { api } from '../api';
import { instant } from '../base/day';
import { yuan } from '../base/money';
import { pick } from '../i18n';
import { loadVisit, t, useShared, visitOver } from '../store';
import type { RecordPayment, ResidentLook, ResidentRecord } from '../types';
import { Icon, type IconName } from '../ui/icon';
import { Choice, Days, Failure, Head, Link, Loading, Money, Zh } from '../ui/parts';
import { ticketKind } from './progress';

function Part(p: { id: string; icon: IconName; title: string; lead?: string; none: string; items: ComponentChildren[] }) {
	return (
		<section class="card" aria-labelledby={p.id}>
			<h2 id={p.id} class="with-icon"><Icon name={p.icon} />{p.title}</h2>
			{p.lead && p.items.length > 0 && <p class="soft">{p.lead}</p>}
			{p.items.length > 0 ? <ul class="lines">{p.items}</ul> : <p class="soft">{p.none}</p>}
		</section>
	);
}

function Payment({ p }: { p: RecordPayment }) {
	const { lang } = useShared();
	const reason = pick(lang, p.reason_zh, p.reason_en);

	return (
		<li class="line">
			<div class="line-top"><strong><Money fen={p.fen} /></strong>
				<span class={p.state === 'posted' ? 'tag tag-good' : 'tag tag-warn'}>{t(`record.${p.state}`)}</span></div>
			<p class="soft">{instant(p.at, lang)} · <Zh>{p.channel}</Zh></p>
			{p.receipt && <p class="soft">{t('order.receipt.no')} {p.receipt}</p>}
			{reason && <p class="reason-line">{reason}</p>}
			{p.order && <Link to={`/order/${p.order}`} class="more">{t('record.order')}<Icon name="right" /></Link>}
		</li>
	);
}

function Body({ person }: { person: number }) {
	const { lang } = useShared();
	const [record, set] = useState<ResidentRecord | null>(null);
	const [looks, setLooks] = useState<ResidentLook[] | null>(null);
	const [error, setError] = useState<unknown>(null);
	const load = () => {
		setError(null);
		Promise.all([api.record(person), api.looks(person)]).then(([r, l]) => {
			set(r);
			setLooks(l.items);
		}, (e) => visitOver(e) || setError(e));
	};

	useEffect(load, [person]);
	if (error != null) {
		return <Failure error={error} retry={load} />;
	}
	if (!record || !looks) {
		return <Loading />;
	}
	const waiting = record.payments.filter((p) => p.state === 'suspense');
	const posted = record.payments.filter((p) => p.state === 'posted');
	return (
		<div class="steps">
			{waiting.length > 0 && (
				<Part id="waiting" icon="warn" title={t('record.waiting')} lead={t('record.waiting.say')} none=""
					items={waiting.map((p, i) => <Payment p={p} key={i} />)} />
			)}
			<Part id="enrolments" icon="ring_tick" title={t('record.enrolments')} none={t('record.enrolments.none')}
				items={record.enrolments.map((e, i) => (
					<li class="line" key={i}>
						<div class="line-top"><strong>{t('record.year', { year: e.benefit_year })}</strong>
							<span class={e.active ? 'tag tag-good' : 'tag'}>{t(e.active ? 'record.active' : 'record.inactive')}</span></div>
						<p><Days from={e.benefit_from} to={e.benefit_to} /></p>
						<p class="soft">{t('record.paid', { yuan: yuan(e.personal_fen) })}
							{e.subsidy_fen > 0 && <> · {t('record.helped', { yuan: yuan(e.subsidy_fen) })}</>}
							{e.category && <> · <Zh>{e.category}</Zh></>}{e.online && <> · {t('record.online')}</>}</p>
					</li>
				))} />
			<Part id="payments" icon="ring_yuan" title={t('record.payments')} none={t('record.payments.none')}
				items={posted.map((p, i) => <Payment p={p} key={i} />)} />
			{record.registrations.length > 0 && (
				<Part id="registrations" icon="note" title={t('record.registrations')} none={t('record.registrations.none')}
					items={record.registrations.map((r) => (
						<li class="line" key={r.code}>
							<div class="line-top"><strong>{r.name}</strong><span class="tag">{t(`reg.state.${r.state}`)}</span></div>
							<p class="soft">{t(r.kind === 'newborn' ? 'reg.newborn' : 'reg.new')} · {instant(r.asked_at, lang)}</p>
							<Link to={`/register/${r.code}`} class="more">{t('menu.progress')}<Icon name="right" /></Link>
						</li>
					))} />
			)}
			<Part id="tickets" icon="pen" title={t('record.tickets')} none={t('record.tickets.none')}
				items={record.tickets.map((x) => (
					<li class="line" key={x.code}>
						<div class="line-top"><strong>{ticketKind(x.kind)}</strong><span class="tag">{t(`ticket.state.${x.state}`)}</span></div>
						<p class="soft">{instant(x.opened_at, lang)}</p>
						<Link to={`/ticket/${x.code}`} class="more">{t('menu.progress')}<Icon name="right" /></Link>
					</li>
				))} />
			<Part id="looks" icon="eye" title={t('record.looks')} lead={t('record.looks.say')} none={t('record.looks.none')}
				items={looks.map((l, i) => (
					<li class="line" key={i}>
						<p><strong>{pick(lang, l.office_zh, l.office_en)}</strong> {t(`look.${l.what}`)}</p>
						<p class="soft">{instant(l.at, lang)}{l.reason && <> · <Zh>{t('look.reason', { reason: l.reason })}</Zh></>}</p>
					</li>
				))} />
		</div>
	);
}

export function RecordPage() {
	const { visit, visitPending } = useShared();
	const [person, setPerson] = useState('0');
	const [error, setError] = useState<unknown>(null);
	const load = () => {
		setError(null);
		loadVisit().catch(setError);
	};

	if (!visit) {
		return (
			<div class="page page-form">
				<Head title={t('record.title')} />
				{error != null ? <Failure error={error} retry={load} /> : visitPending ? <Loading /> : (
					<section class="card"><p>{t('record.need')}</p><Link to="/" class="button button-main">{t('record.go')}</Link></section>
				)}
			</div>
		);
	}
	const known = visit.people.filter((q) => q.state !== 'new');
	const at = known.some((q) => String(q.place) === person) ? person : known.length > 0 ? String(known[0].place) : '0';
	return (
		<div class="page page-form">
			<Head title={t('record.title')} />
			{known.length > 1 && (
				<Choice id="record-who" label={t('record.who')} value={at} row change={setPerson}
					options={known.map((q) => ({ value: String(q.place), label: q.name }))} />
			)}
			<Body person={Number(at)} key={at} />
		</div>
	);
}
