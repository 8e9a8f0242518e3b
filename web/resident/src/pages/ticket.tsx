// SPDX-License-Identifier: Apache-2.0
// Something is wrong with my data (数据障碍, LB-54).

import { useState } from 'preact/hooks';
import { api } from '../api';
import { clean } from '../base/idcard';
import { fieldErrors, go, reporting, t, useShared, visitOver } from '../store';
import { TICKET_KINDS, type TicketKind } from '../types';
import { Busy, Choice, described, Failure, FieldFrame, focusFirstWrong, Head, Select, type Step, Steps, TextField } from '../ui/parts';
import { phoneOk, usePlaces } from './register';

export function TicketForm() {
	const { visit } = useShared();
	const [draft, set] = useState(reporting.value);
	const [bad, setBad] = useState<Record<string, string>>({});
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const among = (p: string) => p === 'none' || (visit !== null && visit.people.some((q) => String(q.place) === p));
	const person = !visit ? 'none' : among(draft.person) ? draft.person : visit.people.length === 1 ? '0' : '';
	const places = usePlaces('');

	const change = (part: Partial<typeof draft>) => {
		set(reporting.set(part));
		setBad(Object.keys(part).reduce((rest, k) => Object.assign(rest, { [k]: '' }), Object.assign({}, bad)));
	};
	const note = (found: Record<string, string>) => {
		setBad((old) => Object.assign({}, old, found));
		return Object.keys(found).every((k) => !found[k]);
	};
	const send = async () => {
		const d = reporting.value;
		const phone = clean(d.phone);

		setBusy(true);
		setError(null);
		try {
			const state = await api.ticketOpen(Object.assign(
				{ kind: d.kind as TicketKind, text: d.text.trim() },
				phone ? { phone } : {},
				person !== 'none' && person !== '' ? { person: Number(person) } : d.town ? { division: d.town } : {},
			));
			reporting.clear();
			go(`/ticket/${state.code}`);
		} catch (e) {
			setBusy(false);
			if (!visitOver(e)) {
				setError(e);
				setBad(fieldErrors(e));
				focusFirstWrong();
			}
		}
	};
	const steps: Step[] = [{ id: 'kind', title: t('ticket.kind'),
		check: () => note({ kind: draft.kind ? '' : t('reg.choose') }), body: (
			<Choice id="ticket-kind" label={t('ticket.kind')} bare value={draft.kind} error={bad.kind} change={(v) => change({ kind: v as TicketKind })}
				options={TICKET_KINDS.map((k) => ({ value: k, label: t(`ticket.kind.${k}`) }))} />
		) }];
	if (visit) {
		steps.push({ id: 'person', title: t('ticket.person'), check: () => note({ person: person ? '' : t('reg.choose') }), body: (
			<Choice id="ticket-person" label={t('ticket.person')} bare value={person} error={bad.person} change={(v) => change({ person: v })}
				options={visit.people.map((q) => ({ value: String(q.place), label: q.name, note: q.number }))
					.concat({ value: 'none', label: t('ticket.person.none'), note: '' })} />
		) });
	}
	if (person === 'none') {
		steps.push({ id: 'town', title: `${t('ticket.town')}${t('optional')}`, body: (
			<>
				{places.error != null && <Failure error={places.error} retry={places.retry} />}
				<Select id="ticket-town" label={t('reg.town')} bare value={draft.town} error={bad.division} change={(v) => change({ town: v })}
					options={places.towns.map((d) => ({ value: d.code, label: d.name }))} />
			</>
		) });
	}
	steps.push({ id: 'text', title: t('ticket.text'), check: () => note({ text: draft.text.trim().length >= 2 ? '' : t('ticket.text.short') }), body: (
		<FieldFrame id="ticket-text" bare label={t('ticket.text')} hint={t('ticket.text.hint')} error={bad.text}>
			<textarea id="ticket-text" class="input" rows={5} maxLength={1000} value={draft.text} aria-describedby={described('ticket-text', 'x')}
				aria-invalid={bad.text ? 'true' : undefined} onInput={(e) => change({ text: e.currentTarget.value })} />
		</FieldFrame>
	) });
	steps.push({ id: 'phone', title: `${t('ticket.phone')}${t('optional')}`, check: () => note({ phone: phoneOk(draft.phone) ? '' : t('reg.phone.bad') }), body: (
		<TextField id="ticket-phone" label={t('ticket.phone')} hint={t('ticket.phone.hint')} bare value={draft.phone} error={bad.phone}
			change={(v) => change({ phone: v })} more={{ type: 'tel', inputMode: 'tel', maxLength: 20 }} />
	) });
	return (
		<div class="page page-form">
			<Head title={t('ticket.title')}><p class="lead">{t('ticket.lead')}</p></Head>
			<Steps steps={steps} submit={() => void send()} last={(
				<div class="send">
					{error != null && <Failure error={error} />}
					<Busy submit busy={busy} text={t('ticket.send')} busyText={t('ticket.sending')} class="button button-main button-wide" />
				</div>
			)} />
		</div>
	);
}
