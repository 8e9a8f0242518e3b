// SPDX-License-Identifier: Apache-2.0
// How far a registration or a ticket is, by the code its maker keeps.

import { useEffect, useState } from 'preact/hooks';
import { api, ApiError } from '../api';
import { clean } from '../base/idcard';
import { day, instant } from '../base/day';
import { go, t, useShared } from '../store';
import type { RegistrationState, TicketKind, TicketState } from '../types';
import { Icon, type IconName } from '../ui/icon';
import { Busy, Facts, Failure, focusFirstWrong, Head, Link, Loading, Steps, TextField, Zh } from '../ui/parts';

function useAnswer<T>(load: () => Promise<T>, code: string) {
	const [got, set] = useState<T | null>(null);
	const [error, setError] = useState<unknown>(null);
	const again = () => {
		setError(null);
		load().then(set, setError);
	};

	useEffect(() => {
		set(null);
		again();
	}, [code]);
	return { got, error, again };
}

function CopyButton({ text }: { text: string }) {
	const [done, set] = useState(false);
	const copy = () => {
		const clip = navigator.clipboard;

		if (clip && clip.writeText) {
			clip.writeText(text).then(() => set(true), () => set(fallbackCopy(text)));
		} else {
			set(fallbackCopy(text));
		}
	};

	return (
		<p aria-live="polite">
			<button type="button" class="button button-small" onClick={copy}>{t(done ? 'copied' : 'copy')}</button>
		</p>
	);
}

/** Old browsers, and pages without https. */
function fallbackCopy(text: string): boolean {
	const area = document.createElement('textarea');
	let ok = false;

	area.value = text;
	area.setAttribute('readonly', '');
	area.className = 'unseen';
	document.body.appendChild(area);
	area.select();
	try {
		ok = document.execCommand('copy');
	} catch (e) {
		ok = false;
	}
	document.body.removeChild(area);
	return ok;
}

function Code({ label, code }: { label: string; code: string }) {
	return (
		<div class="keep">
			<p class="keep-label">{label}</p>
			{/* In fours, to be written down; what is copied has no gaps. */}
			<p class="keep-code">{(code.match(/.{1,4}/g) || []).map((four, i) => <span class="four" key={i}>{four}</span>)}</p>
			<p class="soft">{t('reg.keep')}</p>
			<CopyButton text={code} />
		</div>
	);
}

function Trouble({ title, error, again }: { title: string; error: unknown; again: () => void }) {
	const missing = error instanceof ApiError && error.status === 404;

	return (
		<div class="page page-form">
			<Head title={title} />
			{error == null ? <Loading /> : missing ? <Failure error={new ApiError('problem', 404, 'not_found', t('err.missing'), t('err.missing'))} />
				: <Failure error={error} retry={again} />}
			{missing && <Link to="/progress" class="button">{t('progress.title')}</Link>}
		</div>
	);
}

const REG: Record<RegistrationState['state'], [string, IconName]> = {
	asked: ['ask', 'clock'], accepted: ['good', 'ring_tick'], declined: ['stop', 'ring_stop'],
};
const TICKET: Record<TicketState['state'], [string, IconName]> = {
	open: ['ask', 'clock'], answered: ['good', 'ring_tick'], closed: ['good', 'ring_tick'],
};

export function RegistrationPage({ code }: { code: string }) {
	const { lang } = useShared();
	const { got, error, again } = useAnswer(() => api.registration(code), code);

	if (!got) {
		return <Trouble title={t('reg.title')} error={error} again={again} />;
	}
	const [tone, icon] = REG[got.state];
	return (
		<div class="page page-form">
			<Head title={t(got.state === 'asked' ? 'reg.done' : 'reg.title')} />
			<section class={`card result result-${tone}`}>
				<Icon name={icon} big />
				<h2>{t(`reg.state.${got.state}`)}</h2>
				<p class="result-say">{t(`reg.state.${got.state}.say`)}</p>
				{got.reason && <div class="reason"><p><strong>{t('reg.reason')}</strong><Zh>{got.reason}</Zh></p></div>}
				{got.state === 'accepted' && <Link to="/" class="button button-main button-wide">{t('basket.go')}</Link>}
				{got.state === 'declined' && <Link to={`/register/${got.kind}`} class="button button-main button-wide">{t('reg.again')}</Link>}
			</section>
			<section class="card">
				<Code label={t('reg.code')} code={got.code} />
				<Facts rows={[
					[t('reg.kind'), t(got.kind === 'newborn' ? 'reg.newborn' : 'reg.new')],
					[t('reg.name'), got.name],
					[t('reg.asked'), instant(got.asked_at, lang)],
					got.decided_at ? [t('reg.decided'), instant(got.decided_at, lang)] : null,
				]} />
			</section>
		</div>
	);
}

export function ticketKind(kind: string): string {
	return t(`ticket.kind.${kind as TicketKind}`) || kind;
}

export function TicketPage({ code }: { code: string }) {
	const { lang } = useShared();
	const { got, error, again } = useAnswer(() => api.ticket(code), code);

	if (!got) {
		return <Trouble title={t('ticket.title')} error={error} again={again} />;
	}
	const [tone, icon] = TICKET[got.state];
	return (
		<div class="page page-form">
			<Head title={t(got.state === 'open' ? 'ticket.done' : 'ticket.title')} />
			<section class={`card result result-${tone}`}>
				<Icon name={icon} big />
				<h2>{t(`ticket.state.${got.state}`)}</h2>
				<p class="result-say">{t(`ticket.state.${got.state}.say`)}</p>
				{got.answer && <div class="todo"><p><strong>{t('ticket.answer')}</strong><Zh>{got.answer}</Zh></p></div>}
			</section>
			<section class="card">
				<Code label={t('ticket.code')} code={got.code} />
				<Facts rows={[
					[t('ticket.kind'), ticketKind(got.kind)],
					[t('ticket.yours'), got.text],
					[t('ticket.opened'), instant(got.opened_at, lang)],
					got.state === 'open' ? [t('ticket.due'), day(got.due_at, lang)] : null,
					got.answered_at ? [t('ticket.answered'), instant(got.answered_at, lang)] : null,
				]} />
			</section>
		</div>
	);
}

/** One code, two kinds of paper: whichever knows it. */
async function whichKnows(code: string): Promise<string> {
	try {
		await api.registration(code);
		return `/register/${code}`;
	} catch (e) {
		if (!(e instanceof ApiError) || e.status !== 404) {
			throw e;
		}
	}
	await api.ticket(code);
	return `/ticket/${code}`;
}

let typed = '';

export function Progress() {
	const [code, set] = useState(typed);
	const [bad, setBad] = useState('');
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const tidy = () => clean(typed).replace(/[^0-9A-Z_]/g, '');
	const send = async () => {
		setBusy(true);
		setError(null);
		try {
			const to = await whichKnows(typed.normalize('NFKC').replace(/\s/g, ''));
			typed = '';
			go(to);
		} catch (e) {
			setBusy(false);
			if (e instanceof ApiError && e.status === 404) {
				setBad(t('err.missing'));
				focusFirstWrong();
			} else {
				setError(e);
			}
		}
	};

	return (
		<div class="page page-form">
			<Head title={t('progress.title')}><p class="lead">{t('progress.lead')}</p></Head>
			<Steps submit={() => void send()} steps={[{ id: 'code', title: t('progress.code'), bare: false, check: () => {
				const ok = tidy() !== '';
				setBad(ok ? '' : t('progress.code.need'));
				return ok;
			}, body: (
				<TextField id="code" bare label={t('progress.code')} value={code} error={bad} change={(v) => {
					typed = v;
					set(v);
					setBad('');
				}} more={{ class: 'input input-number', maxLength: 64, autocapitalize: 'characters' }} />
			) }]} last={(
				<div class="send">
					{error != null && <Failure error={error} retry={() => void send()} />}
					<Busy submit busy={busy} text={t('progress.find')} busyText={t('home.finding')} class="button button-main button-wide" icon="search" />
				</div>
			)} />
		</div>
	);
}

