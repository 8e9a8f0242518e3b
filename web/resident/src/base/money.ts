// SPDX-License-Identifier: Apache-2.0
// Money is whole fen; shown by integer arithmetic, never by a fraction.

/** 13000 → "130.00". */
export function yuan(fen: number): string {
	if (!Number.isSafeInteger(fen)) {
		throw new RangeError('fen must be a whole number');
	}
	const abs = Math.abs(fen);
	const cents = abs % 100;
	const whole = (abs - cents) / 100;

	return `${fen < 0 ? '-' : ''}${whole}.${cents < 10 ? '0' : ''}${cents}`;
}

/** As a person says it: 130元, 130元5角, 130元5角2分. */
export function said(fen: number): string {
	const abs = Math.abs(fen);
	const cents = abs % 100;
	const jiao = (cents - (cents % 10)) / 10;
	const rest = cents % 10;

	return `${fen < 0 ? '负' : ''}${(abs - cents) / 100}元${jiao ? `${jiao}角` : rest ? '零' : ''}${rest ? `${rest}分` : ''}`;
}
