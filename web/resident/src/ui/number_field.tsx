// SPDX-License-Identifier: Apache-2.0
// The document number: any way of typing or pasting it is taken; what is wrong is said at once, but only
// when more typing cannot put it right.

import { useState } from 'preact/hooks';
import { clean, grouped, isWrong, judge, maySend, type Verdict } from '../base/idcard';
import type { Key } from '../i18n';
import { t } from '../store';
import { TextField } from './parts';

const SAY: Partial<Record<Verdict, Key>> = {
	short: 'id.short', long: 'id.long', letters: 'id.letters', date: 'id.date', check: 'id.check', old: 'id.old',
};

export function numberError(typed: string, label: string): string {
	const v = judge(typed);

	if (v === 'empty') {
		return t('err.need', { what: label });
	}
	if (maySend(typed)) {
		return '';
	}
	const n = clean(typed).length;
	return t(SAY[v] || 'id.letters', { n: v === 'long' ? n - 18 : n });
}

export function NumberField(p: {
	id: string; label: string; value: string; change: (v: string) => void; error?: string; hint?: string; may?: boolean;
}) {
	const [left, setLeft] = useState(false);
	const v = judge(p.value);
	const early = isWrong(v) || (left && v === 'old');
	const good = v === 'good' ? t('id.good', { number: grouped(p.value) })
		: v === 'other' && left ? t('id.other')
		: v === 'short' && clean(p.value).length >= 6 ? t('id.typed', { number: grouped(p.value) }) : '';

	return (
		<TextField id={p.id} label={p.label} value={p.value} change={p.change} hint={p.hint} may={p.may}
			error={p.error || (early ? numberError(p.value, p.label) : '')} good={good}
			more={{ autocapitalize: 'characters', inputMode: 'text', maxLength: 60, onBlur: () => setLeft(true), class: 'input input-number' }} />
	);
}
