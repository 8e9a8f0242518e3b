// SPDX-License-Identifier: Apache-2.0
// Days and instants come as text in China time and are shown as they are: no Date, no zone of the phone.

import type { Lang } from '../i18n';

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September',
	'October', 'November', 'December'];

/** 2024-01-01 → 2024年1月1日, or 1 January 2024.  Anything else is given back. */
export function day(text: string, lang: Lang): string {
	const m = /^(\d{4})-(\d{2})-(\d{2})/.exec(text);

	if (!m) {
		return text;
	}
	const d = Number(m[3]), mon = Number(m[2]);
	return lang === 'zh' ? `${Number(m[1])}年${mon}月${d}日` : `${d} ${MONTHS[mon - 1] || mon} ${Number(m[1])}`;
}

/** Days inside a sentence. */
export function daysIn(text: string, lang: Lang): string {
	return text.replace(/\b\d{4}-\d{2}-\d{2}\b/g, (d) => day(d, lang));
}

/** An RFC 3339 instant to the minute: 2023年10月8日 15:30. */
export function instant(text: string, lang: Lang): string {
	const m = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})/.exec(text);

	return m ? `${day(m[1], lang)}${lang === 'zh' ? ' ' : ', '}${m[2]}` : day(text, lang);
}

/** Seconds between two instants; 0 when they cannot be read. */
export function secondsBetween(from: string, to: string): number {
	const n = (Date.parse(to) - Date.parse(from)) / 1000;

	return Number.isFinite(n) && n > 0 ? n : 0;
}
