// SPDX-License-Identifier: Apache-2.0
// Registration of a newborn by the guardian, or of somebody not yet in the register (LB-07, LB-26, SQ-17).

import { useEffect, useState } from 'preact/hooks';
import { api } from '../api';
import { birthOf, clean, cleanName, sexOf } from '../base/idcard';
import { day } from '../base/day';
import { fieldErrors, go, registering, t, useShared, visitOver } from '../store';
import type { Division, EvidenceKind, RegistrationKind } from '../types';
import { Icon, type IconName } from '../ui/icon';
import { NumberField, numberError } from '../ui/number_field';
import { Papers } from '../ui/papers';
import {
	Busy, Choice, Facts, Failure, focusFirstWrong, Head, Link, Note, Select, type Step, Steps, TextField, Zh,
} from '../ui/parts';

const PAPERS: Record<RegistrationKind, EvidenceKind[]> = {
	newborn: ['household_book', 'birth_certificate', 'residence_permit', 'other'],
	new: ['identity', 'household_book', 'residence_permit', 'termination', 'discharge', 'other'],
};

export function phoneOk(typed: string): boolean {
	const n = clean(typed);

	return n === '' || /^\+?[0-9]{7,15}$/.test(n);
}

/** 2024-1-31, 2024.1.31, 2024年1月31日 or 20240131 → 2024-01-31; null when it is no day. */
export function readDay(typed: string): string | null {
	const text = typed.normalize('NFKC').trim();
	const m = /^(\d{4})(\d{2})(\d{2})$/.exec(text) || /^(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})\D?$/.exec(text);

	if (!m) {
		return null;
	}
	const iso = `${m[1]}-${`0${m[2]}`.slice(-2)}-${`0${m[3]}`.slice(-2)}`;
	const d = new Date(`${iso}T00:00:00Z`);
	return Number.isNaN(d.getTime()) || d.toISOString().slice(0, 10) !== iso ? null : iso;
}

export function usePlaces(town: string): { towns: Division[]; villages: Division[]; error: unknown; retry: () => void } {
	const [towns, setTowns] = useState<Division[]>([]);
	const [villages, setVillages] = useState<{ of: string; items: Division[] }>({ of: '', items: [] });
	const [error, setError] = useState<unknown>(null);
	const [turn, setTurn] = useState(0);

	useEffect(() => {
		setError(null);
		api.divisions().then((d) => setTowns(d.items), setError);
	}, [turn]);
	useEffect(() => {
		if (town) {
			api.divisions(town).then((d) => setVillages({ of: town, items: d.items }), setError);
		}
	}, [town, turn]);
	return { towns, villages: villages.of === town ? villages.items : [], error, retry: () => setTurn(turn + 1) };
}

function KindChooser() {
	const kinds: [string, IconName, string, string][] = [
		['/register/newborn', 'baby', t('reg.kind.newborn'), t('reg.kind.newborn.note')],
		['/register/new', 'person', t('reg.kind.new'), t('reg.kind.new.note')],
	];

	return (
		<div class="page page-form">
			<Head title={t('reg.title')} />
			<nav class="doors" aria-label={t('reg.kind')}>
				<ul>
					{kinds.map(([to, icon, text, note]) => (
						<li key={to}><Link to={to} class="door"><span class="door-icon"><Icon name={icon} /></span>
							<span class="door-text">{text}<span class="door-note">{note}</span></span><Icon name="right" /></Link></li>
					))}
				</ul>
			</nav>
		</div>
	);
}

function Form({ kind }: { kind: RegistrationKind }) {
	const { visit, lang, elder } = useShared();
	const [draft, set] = useState(registering.value);
	const [bad, setBad] = useState<Record<string, string>>({});
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const [uploading, setUploading] = useState(0);
	const newborn = kind === 'newborn';
	const places = usePlaces(newborn ? '' : draft.town);

	useEffect(() => {
		if (draft.kind !== kind) {
			registering.clear();
			set(registering.set({ kind }));
		}
	}, [kind]);
	const change = (part: Partial<typeof draft>) => {
		set(registering.set(part));
		setBad(Object.keys(part).reduce((rest, k) => Object.assign(rest, { [k]: '' }), Object.assign({}, bad)));
	};
	const changeNumber = (number: string) => {
		const birth = birthOf(number), sex = sexOf(number);
		const more: Partial<typeof draft> = {};

		if (birth) {
			more.birth = birth;
		}
		if (sex) {
			more.sex = sex;
		}
		change(Object.assign({ number }, more));
	};
	const note = (found: Record<string, string>) => {
		setBad((old) => Object.assign({}, old, found));
		return Object.keys(found).every((k) => !found[k]);
	};
	const need = (what: string) => t('err.need', { what });
	const whoOk = () => {
		const d = registering.value;
		const iso = readDay(d.birth);
		const told = birthOf(d.number);

		return note({
			name: d.name.trim() ? '' : need(t('reg.name')),
			number: numberError(d.number, t('reg.number')),
			sex: d.sex ? '' : need(t('reg.sex')),
			birth: !iso ? t('reg.birth.bad') : told && told !== iso ? t('reg.birth.differs') : '',
		});
	};
	const whereOk = () => {
		const d = registering.value;

		return note({
			town: d.town ? '' : need(t('reg.town')),
			village: d.village ? '' : need(t('reg.village')),
			registered: d.registered ? '' : need(t('reg.registered')),
		});
	};
	const phoneFine = () => note({ phone: phoneOk(registering.value.phone) ? '' : t('reg.phone.bad') });
	const papersOk = () => note({
		papers: uploading > 0 ? t('paper.wait') : registering.value.papers.length > 0 ? '' : t('paper.need'),
	});
	const send = async () => {
		const d = registering.value;

		setBusy(true);
		setError(null);
		try {
			const phone = clean(d.phone);
			const state = await api.register(Object.assign(
				{ kind, name: cleanName(d.name), number: clean(d.number), sex: d.sex, birth: readDay(d.birth) || d.birth,
					evidence: d.papers.map((p) => p.code) },
				newborn ? {} : { division: d.village, registered: d.registered === 'yes' },
				phone ? { phone } : {},
			));
			registering.clear();
			go(`/register/${state.code}`);
		} catch (e) {
			setBusy(false);
			if (!visitOver(e)) {
				const f = fieldErrors(e);
				setError(e);
				setBad(Object.assign({}, f, f.division ? { village: f.division } : {}, f.evidence ? { papers: f.evidence } : {}));
				focusFirstWrong();
			}
		}
	};
	if (newborn && !visit) {
		return (
			<div class="page page-form">
				<Head title={t('reg.newborn')} />
				<section class="card">
					<p>{t('reg.newborn.say')}</p>
					<Link to="/" class="button button-main">{t('reg.newborn.go')}</Link>
				</section>
			</div>
		);
	}
	const steps: Step[] = [{ id: 'who', title: t('reg.who'), check: whoOk, body: (
		<>
			{newborn && visit && <Note tone="info">{t('reg.guardian', { name: visit.people[0].name })}</Note>}
			<TextField id="reg-name" label={t(newborn ? 'reg.name.newborn' : 'reg.name')} hint={newborn ? t('reg.name.newborn.hint') : t('home.name.hint')}
				value={draft.name} error={bad.name} change={(v) => change({ name: v })} more={{ maxLength: 50, lang: 'zh-CN' }} />
			<NumberField id="reg-number" label={t('reg.number')} value={draft.number} error={bad.number} change={changeNumber} />
			<TextField id="reg-birth" label={t('reg.birth')} hint={t('reg.birth.hint')} value={draft.birth} error={bad.birth}
				good={readDay(draft.birth) ? day(readDay(draft.birth) as string, lang) : ''}
				change={(v) => change({ birth: v })} more={{ inputMode: 'text', maxLength: 14 }} />
			<Choice id="reg-sex" label={t('reg.sex')} value={draft.sex ? String(draft.sex) : ''} error={bad.sex} row
				change={(v) => change({ sex: Number(v) })} options={[{ value: '1', label: t('reg.sex.1') }, { value: '2', label: t('reg.sex.2') }]} />
		</>
	) }];
	if (!newborn) {
		steps.push({ id: 'where', title: t('reg.where'), check: whereOk, body: (
			<>
				{places.error != null && <Failure error={places.error} retry={places.retry} />}
				<Select id="reg-town" label={t('reg.town')} value={draft.town} error={bad.town} change={(v) => change({ town: v, village: '' })}
					options={places.towns.map((d) => ({ value: d.code, label: d.name }))} />
				<Select id="reg-village" label={t('reg.village')} value={draft.village} error={bad.village} change={(v) => change({ village: v })}
					options={places.villages.map((d) => ({ value: d.code, label: d.name }))} />
				<Choice id="reg-registered" label={t('reg.registered')} value={draft.registered} error={bad.registered} row
					change={(v) => change({ registered: v as 'yes' | 'no' })} options={[{ value: 'yes', label: t('yes') }, { value: 'no', label: t('no') }]} />
			</>
		) });
	}
	steps.push({ id: 'papers', title: t('reg.papers'), check: papersOk, body: (
		<>
			<p class="soft">{t(newborn ? 'reg.papers.newborn' : 'reg.papers.new')}</p>
			<Papers kinds={PAPERS[kind]} error={bad.papers || ''} busy={setUploading} />
		</>
	) });
	steps.push({ id: 'phone', title: `${t('reg.phone')}${t('optional')}`, check: phoneFine, body: (
		<TextField id="reg-phone" label={t('reg.phone')} hint={t('reg.phone.hint')} bare value={draft.phone} error={bad.phone}
			change={(v) => change({ phone: v })} more={{ type: 'tel', inputMode: 'tel', maxLength: 20 }} />
	) });
	if (elder) {
		const village = places.villages.find((d) => d.code === draft.village);
		const iso = readDay(draft.birth);
		steps.push({ id: 'check', title: t('reg.check'), body: (
			<Facts rows={[
				[t('reg.name'), draft.name],
				[t('reg.number'), clean(draft.number)],
				[t('reg.birth'), iso ? day(iso, lang) : ''],
				draft.sex ? [t('reg.sex'), t(draft.sex === 1 ? 'reg.sex.1' : 'reg.sex.2')] : null,
				village ? [t('reg.village'), <Zh>{village.name}</Zh>] : null,
			]} />
		) });
	}
	return (
		<div class="page page-form">
			<Head title={t(newborn ? 'reg.newborn' : 'reg.new')} />
			<Steps steps={steps} submit={() => void send()} last={(
				<div class="send">
					{error != null && <Failure error={error} />}
					<Busy submit busy={busy} text={t('reg.send')} busyText={t('reg.sending')} class="button button-main button-wide" />
				</div>
			)} />
		</div>
	);
}

export function Register({ kind }: { kind: string }) {
	return kind === 'newborn' || kind === 'new' ? <Form kind={kind} key={kind} /> : <KindChooser />;
}
