// SPDX-License-Identifier: Apache-2.0
// Money is whole fen (分) everywhere; yuan exist only as text on the screen.  No floating point:
// 0.1 + 0.2 must not decide what a resident owes.

export const NONE = '—';
const MAX_FEN = 1_000_000_000_000;

function grouped(digits: string): string {
	return digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** 38000 → "380.00"; null → "—". */
export function yuan(fen: number | null | undefined): string {
	if (fen === null || fen === undefined) return NONE;
	const sign = fen < 0 ? '−' : '';
	const digits = String(Math.abs(fen)).padStart(3, '0');
	return `${sign}${grouped(digits.slice(0, -2))}.${digits.slice(-2)}`;
}

/** 12345600 fen → "12.35 万元" for headlines; the tables beside them keep every fen. */
export function bigYuan(fen: number): { figure: string; tenThousands: boolean } {
	const yuans = Math.trunc(fen / 100);
	if (yuans < 100_000) return { figure: yuan(fen), tenThousands: false };
	const hundredths = Math.round(yuans / 100);
	const digits = String(hundredths).padStart(3, '0');
	return { figure: `${grouped(digits.slice(0, -2))}.${digits.slice(-2)}`, tenThousands: true };
}

/** "350", "350.5", "1,090.00", "￥87.50", "70元" → fen; null for anything else, as base/money.h. */
export function parseYuan(text: string): number | null {
	const m = /^[¥￥]?\s*(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?\s*元?$/.exec(text.trim());
	if (!m) return null;
	const whole = m[1]!.replace(/,/g, '').replace(/^0+(?=\d)/, '');
	if (whole.length > 11) return null;
	const fen = Number(whole) * 100 + Number((m[2] ?? '').padEnd(2, '0'));
	return fen <= MAX_FEN ? fen : null;
}

/** 9512 hundredths of a per cent → "95.12%". */
export function rate(hundredths: number | null | undefined): string {
	if (hundredths === null || hundredths === undefined) return NONE;
	const sign = hundredths < 0 ? '−' : '';
	const digits = String(Math.abs(hundredths)).padStart(3, '0');
	return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}%`;
}

/** 29500 → "29,500". */
export function count(n: number | null | undefined): string {
	if (n === null || n === undefined) return NONE;
	return (n < 0 ? '−' : '') + grouped(String(Math.abs(n)));
}

/** part of whole in hundredths of a per cent; 100% only when nothing is missing (report_rate). */
export function share(part: number, whole: number): number | null {
	if (whole <= 0) return null;
	const r = Math.round((part * 10000) / whole);
	return r >= 10000 && part < whole ? 9999 : r;
}
