// SPDX-License-Identifier: Apache-2.0
// Document numbers as people type them.  The check digit is GB 11643 (ISO 7064 MOD 11-2).

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10X98765432';

/** Full-width forms, spaces, dashes and a small x as the office writes the number. */
export function clean(typed: string): string {
	let out = '';

	for (const ch of typed) {
		const code = ch.charCodeAt(0);
		const half = code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : ch;

		if (/[\s\u200b\u00a0\u3000\-·.\u2010-\u2015]/.test(half)) {
			continue;
		}
		out += half;
	}
	return out.toUpperCase();
}

/** A name as the register has it: the dot of 阿依古丽·买买提 in any of the ways a phone types it. */
export function cleanName(typed: string): string {
	return typed.normalize('NFKC').replace(/\s+/g, ' ').trim()
		.replace(/([\u3400-\u9fff]) ?[\u00b7\u2022\u2027\u2219\u22c5\u30fb\u0387.\u3002] ?(?=[\u3400-\u9fff])/g, '$1\u00b7');
}

export function checkDigit(first17: string): string {
	let sum = 0;

	for (let i = 0; i < 17; i++) {
		sum += WEIGHTS[i] * (first17.charCodeAt(i) - 48);
	}
	return CHECKS[sum % 11];
}

/** `empty` and `short` are not errors while somebody still types. */
export type Verdict = 'empty' | 'short' | 'good' | 'other' | 'old' | 'long' | 'letters' | 'date' | 'check';

function realDate(eight: string): boolean {
	const y = Number(eight.slice(0, 4)), m = Number(eight.slice(4, 6)), d = Number(eight.slice(6, 8));
	const leap = (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
	const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

	return y >= 1870 && y <= 2199 && m >= 1 && m <= 12 && d >= 1 && d <= days[m - 1];
}

/** What can be said about a number.  Papers other than the identity card (they hold letters, or are
 *  shorter) are `other`: only the office can tell. */
export function judge(typed: string): Verdict {
	const n = clean(typed);

	if (n === '') {
		return 'empty';
	}
	if (/[^0-9A-Z()]/.test(n)) {
		return 'letters';
	}
	if (/[^0-9X]/.test(n)) {
		return n.length < 5 ? 'short' : 'other';
	}
	if (/X./.test(n)) {
		return 'letters';
	}
	if (n.length === 15 && !n.endsWith('X')) {
		return 'old';
	}
	if (n.length < 18) {
		return 'short';
	}
	if (n.length > 18) {
		return 'long';
	}
	if (!realDate(n.slice(6, 14))) {
		return 'date';
	}
	return checkDigit(n.slice(0, 17)) === n[17] ? 'good' : 'check';
}

/** Errors that stay errors however much more is typed. */
export function isWrong(v: Verdict): boolean {
	return v === 'letters' || v === 'long' || v === 'date' || v === 'check';
}

/** May it be sent?  A short number may be another paper's (some have eight digits). */
export function maySend(typed: string): boolean {
	const v = judge(typed);

	return v === 'good' || v === 'other' || (v === 'short' && clean(typed).length >= 5 && clean(typed).length <= 12);
}

/** 620721 19900615 004X: as people read it out. */
export function grouped(typed: string): string {
	const n = clean(typed);

	return n.length <= 6 ? n : [n.slice(0, 6), n.slice(6, 14), n.slice(14)].filter(Boolean).join(' ');
}

export function birthOf(typed: string): string | null {
	const n = clean(typed);

	return judge(n) === 'good' ? `${n.slice(6, 10)}-${n.slice(10, 12)}-${n.slice(12, 14)}` : null;
}

/** 1 man, 2 woman; null when the number does not tell. */
export function sexOf(typed: string): 1 | 2 | null {
	const n = clean(typed);

	return judge(n) === 'good' ? (Number(n[16]) % 2 === 1 ? 1 : 2) : null;
}
