// SPDX-License-Identifier: Apache-2.0
// The building stones of all pages.

import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { day } from '../base/day';
import { yuan } from '../base/money';
import { canSpeak, hush, speak } from '../base/speech';
import { go, goStep, sayError, shared, t, useShared } from '../store';
import { Icon, type IconName } from './icon';

export function Link(p: { to: string; class?: string; children: ComponentChildren; current?: boolean; label?: string }) {
	return (
		<a href={p.to} class={p.class} aria-current={p.current ? 'page' : undefined} aria-label={p.label} onClick={(e) => {
			if (!e.ctrlKey && !e.metaKey && !e.shiftKey && e.button === 0) {
				e.preventDefault();
				go(p.to);
			}
		}}>{p.children}</a>
	);
}

/** An amount, exact, with its unit. */
export function Money({ fen, big }: { fen: number; big?: boolean }) {
	return <span class={big ? 'money money-big' : 'money'}>{yuan(fen).replace('-', '\u2212')}<span class="unit"> {t('yuan')}</span></span>;
}

/** From one day to another; a day is never broken. */
export function Days({ from, to }: { from: string; to?: string | null }) {
	return <><span class="nobr">{day(from, shared.lang)}</span>{to && <> {t('to')} <span class="nobr">{day(to, shared.lang)}</span></>}</>;
}

/** Words that come from the notice or the register, in Chinese whatever the page speaks. */
export function Zh({ children }: { children: ComponentChildren }) {
	return shared.lang === 'zh' ? <>{children}</> : <span lang="zh-CN">{children}</span>;
}

export type NoteTone = 'info' | 'good' | 'warn' | 'bad';
const NOTE_ICONS: Record<NoteTone, IconName> = { info: 'info', good: 'ring_tick', warn: 'warn', bad: 'ring_stop' };

export function Note(p: { tone: NoteTone; live?: boolean; children: ComponentChildren }) {
	return (
		<div class={`note note-${p.tone}`} role={p.live ? (p.tone === 'bad' ? 'alert' : 'status') : undefined}>
			<Icon name={NOTE_ICONS[p.tone]} />
			<div class="note-text">{p.children}</div>
		</div>
	);
}

/** A failure with the way on. */
export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
	return (
		<Note tone="bad" live>
			<p>{sayError(error)}</p>
			{retry && <button type="button" class="button button-small" onClick={retry}>{t('retry')}</button>}
		</Note>
	);
}

export function Loading({ text }: { text?: string }) {
	return (
		<div class="loading" role="status">
			<span class="loading-bar" aria-hidden="true" />
			<p>{text || t('loading')}</p>
		</div>
	);
}

/** The head of every page; takes the focus when one arrives, so that a screen reader begins here. */
export function Head(p: { title: string; children?: ComponentChildren }) {
	const at = useRef<HTMLHeadingElement>(null);
	const { notice } = useShared();

	useEffect(() => {
		document.title = `${p.title} · ${t('site')}`;
	}, [p.title, shared.lang]);
	useEffect(() => {
		arriveAt(at.current);
	}, []);
	return (
		<header class="head">
			<h1 tabIndex={-1} ref={at}>{p.title}</h1>
			{p.children}
			{notice && <Note tone="warn" live>{notice}</Note>}
		</header>
	);
}

let first = true;
/** Move the focus to a heading, but leave it alone when the page has just been loaded. */
export function arriveAt(heading: HTMLElement | null): void {
	if (heading && !first) {
		window.scrollTo(0, 0);
		heading.focus({ preventScroll: true });
	}
	first = false;
}

export function ReadAloud() {
	const [on, set] = useState(false);
	const { lang } = useShared();

	useEffect(() => hush, []);
	if (!canSpeak()) {
		return null;
	}
	const press = () => {
		if (on) {
			hush();
			set(false);
			return;
		}
		const main = document.getElementById('main');
		const copy = main ? (main.cloneNode(true) as HTMLElement) : null;
		if (copy) {
			copy.querySelectorAll('[data-mute],svg,select,input,textarea,.step-buttons').forEach((e) => e.remove());
			copy.querySelectorAll('p,h1,h2,h3,li,dt,dd,label,legend,button,div').forEach((e) => e.append('\n'));
			set(true);
			speak(copy.textContent || '', lang, () => set(false));
		}
	};
	return (
		<button type="button" class="button button-read" data-mute onClick={press} aria-pressed={on}>
			<Icon name={on ? 'quiet' : 'sound'} />{on ? t('read.stop') : t('read')}
		</button>
	);
}

// ---- fields ----

type Input = Omit<JSX.InputHTMLAttributes<HTMLInputElement>, 'onInput' | 'value' | 'label' | 'size'>;

interface FieldProps {
	id: string;
	label: ComponentChildren;
	hint?: string;
	/** What is wrong now; shown and said. */
	error?: string;
	/** Something reassuring below the field. */
	good?: string;
	value: string;
	change: (value: string) => void;
	may?: boolean;
	/** The heading above says it already: the label is for screen readers only. */
	bare?: boolean;
}

export function FieldFrame(p: Omit<FieldProps, 'value' | 'change'> & { children: ComponentChildren }) {
	return (
		<div class={p.error ? 'field field-bad' : 'field'}>
			<label for={p.id} class={p.bare ? 'unseen' : undefined}>{p.label}{p.may && <span class="may">{t('optional')}</span>}</label>
			{p.hint && <p class="hint" id={`${p.id}-hint`}>{p.hint}</p>}
			{p.children}
			<div id={`${p.id}-say`} aria-live="polite">
				{p.error ? <p class="error"><Icon name="ring_stop" /><span>{p.error}</span></p>
					: p.good ? <p class="fine"><Icon name="ring_tick" /><span>{p.good}</span></p> : null}
			</div>
		</div>
	);
}

export function described(id: string, hint?: string): string {
	return hint ? `${id}-hint ${id}-say` : `${id}-say`;
}

export function TextField(p: FieldProps & { more?: Input }) {
	return (
		<FieldFrame {...p}>
			<input id={p.id} name={p.id} type="text" class="input" value={p.value} autocomplete="off" spellcheck={false}
				aria-describedby={described(p.id, p.hint)} aria-invalid={p.error ? 'true' : undefined}
				onInput={(e) => p.change(e.currentTarget.value)} {...(p.more as object)} />
		</FieldFrame>
	);
}

export interface Option {
	value: string;
	label: ComponentChildren;
	note?: string;
}

/** Radio buttons as large rows. */
export function Choice(p: {
	id: string; label: string; options: Option[]; value: string; change: (v: string) => void; error?: string; bare?: boolean;
	row?: boolean;
}) {
	return (
		<fieldset class={`choice${p.error ? ' field-bad' : ''}${p.row ? ' choice-row' : ''}`} id={p.id}
			aria-describedby={`${p.id}-say`}>
			<legend class={p.bare ? 'unseen' : ''}>{p.label}</legend>
			<div class="choice-options">
				{p.options.map((o) => (
					<label class={o.value === p.value ? 'option option-on' : 'option'} key={o.value}>
						<input type="radio" name={p.id} value={o.value} checked={o.value === p.value}
							aria-describedby={p.error ? `${p.id}-say` : undefined} onChange={() => p.change(o.value)} />
						<span class="option-text">{o.label}{o.note && <span class="option-note">{o.note}</span>}</span>
					</label>
				))}
			</div>
			<div id={`${p.id}-say`} aria-live="polite">
				{p.error && <p class="error"><Icon name="ring_stop" /><span>{p.error}</span></p>}
			</div>
		</fieldset>
	);
}

export function Select(p: FieldProps & { options: { value: string; label: string }[] }) {
	return (
		<FieldFrame {...p}>
			<select id={p.id} name={p.id} class="input" value={p.value} aria-describedby={described(p.id, p.hint)}
				aria-invalid={p.error ? 'true' : undefined} onChange={(e) => p.change(e.currentTarget.value)}>
				<option value="">{t('reg.choose')}</option>
				{p.options.map((o) => <option value={o.value} key={o.value} lang="zh-CN">{o.label}</option>)}
			</select>
		</FieldFrame>
	);
}

export function Busy(p: {
	busy: boolean; text: string; busyText: string; class?: string; onClick?: () => void; submit?: boolean; icon?: IconName;
}) {
	return (
		<button type={p.submit ? 'submit' : 'button'} class={p.class || 'button button-main'} aria-disabled={p.busy ? 'true' : undefined}
			onClick={(e) => {
				if (p.busy) {
					e.preventDefault();
				} else if (p.onClick) {
					p.onClick();
				}
			}}>
			{p.icon && !p.busy && <Icon name={p.icon} />}
			{p.busy && <span class="spin" aria-hidden="true" />}
			{p.busy ? p.busyText : p.text}
		</button>
	);
}

/** Put the focus on the first field that is wrong. */
export function focusFirstWrong(): void {
	window.setTimeout(() => {
		const el = document.querySelector<HTMLElement>('#main [aria-invalid="true"], #main .choice.field-bad input, #main .field-bad button');

		if (el) {
			el.focus();
		}
	}, 0);
}

// ---- steps: all on one page, or, in the older people's mode, one thing a page ----

export interface Step {
	id: string;
	title: string;
	body: ComponentChildren;
	/** May one go on?  Shows what is wrong itself. */
	check?: () => boolean;
	/** Replaces the "next" words. */
	next?: string;
	/** No frame around it on the one-page face. */
	bare?: boolean;
}

export function Steps({ steps, last, submit }: { steps: Step[]; last: ComponentChildren; submit?: () => void }) {
	const { elder, place } = useShared();
	const heading = useRef<HTMLHeadingElement>(null);
	const at = Math.min(place.step, steps.length - 1);
	const was = useRef(steps[at].id);

	// A step may also give way to another at the same place, as when somebody was added.
	useEffect(() => {
		if (elder && was.current !== steps[at].id) {
			was.current = steps[at].id;
			arriveAt(heading.current);
		}
	}, [steps[at].id, elder]);
	const next = () => {
		const s = steps[at];

		if (s.check && !s.check()) {
			focusFirstWrong();
		} else {
			goStep(at + 1);
		}
	};
	// Every step is checked before the last button counts: an address may lead past one.
	const send = () => {
		for (let i = 0; i < steps.length; i++) {
			const s = steps[i];

			if (s.check && !s.check()) {
				if (elder && i !== at) {
					goStep(i);
				}
				focusFirstWrong();
				return;
			}
		}
		if (submit) {
			submit();
		}
	};
	const frame = (cls: string, inner: ComponentChildren, act: () => void) => submit ? (
		<form class={cls} noValidate autocomplete="off" onSubmit={(e) => {
			e.preventDefault();
			act();
		}}>{inner}</form>
	) : <div class={cls}>{inner}</div>;
	if (!elder) {
		return frame('steps', (
			<>
				{steps.map((s) => s.bare ? <div key={s.id}>{s.body}</div> : (
					<section class="card" key={s.id} aria-labelledby={`${s.id}-title`}>
						<h2 id={`${s.id}-title`}>{s.title}</h2>
						{s.body}
					</section>
				))}
				{last}
			</>
		), send);
	}
	const s = steps[at];
	const end = at === steps.length - 1;
	return frame('steps', (
		<section class="card step" key={s.id} aria-labelledby={`${s.id}-title`}>
			{steps.length > 1 && <p class="step-count">{t('step', { n: at + 1, of: steps.length })}</p>}
			<h2 id={`${s.id}-title`} ref={heading} tabIndex={-1}>{s.title}</h2>
			{s.body}
			{end && last}
			<div class="step-buttons">
				{!end && (
					<button type={submit ? 'submit' : 'button'} class="button button-main"
						onClick={submit ? undefined : next}>{s.next || t('next')}</button>
				)}
				{at > 0 && <button type="button" class="button" onClick={() => goStep(at - 1)}>{t('prev')}</button>}
			</div>
		</section>
	), end ? send : next);
}

/** Facts as a list of name and value. */
export function Facts({ rows }: { rows: ([string, ComponentChildren] | null | false | undefined)[] }) {
	return (
		<dl class="facts">
			{rows.map((r) => r && <div key={r[0]}><dt>{r[0]}</dt><dd>{r[1]}</dd></div>)}
		</dl>
	);
}
