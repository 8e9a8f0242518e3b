// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { said, yuan } from '../src/base/money';
import { day, daysIn, instant, secondsBetween } from '../src/base/day';
import { spoken } from '../src/base/speech';

describe('money', () => {
	it('is exact to the fen', () => {
		expect(yuan(13000)).toBe('130.00');
		expect(yuan(0)).toBe('0.00');
		expect(yuan(5)).toBe('0.05');
		expect(yuan(-25050)).toBe('-250.50');
		// A float would show 90071992547409.90 or round.
		expect(yuan(9007199254740991)).toBe('90071992547409.91');
		for (let fen = 0; fen < 20000; fen++) {
			const text = yuan(fen);
			expect(Number(text.replace('.', ''))).toBe(fen);
		}
	});

	it('refuses what is no whole fen', () => {
		expect(() => yuan(0.5)).toThrow();
		expect(() => yuan(NaN)).toThrow();
	});

	it('is said as people say it', () => {
		expect(said(13000)).toBe('130元');
		expect(said(13050)).toBe('130元5角');
		expect(said(13052)).toBe('130元5角2分');
		expect(said(13002)).toBe('130元零2分');
	});
});

describe('days', () => {
	it('are shown as they came, whatever the zone of the phone', () => {
		expect(day('2024-01-01', 'zh')).toBe('2024年1月1日');
		expect(day('2024-01-01', 'en')).toBe('1 January 2024');
		expect(instant('2023-10-08T23:59:59+08:00', 'zh')).toBe('2023年10月8日 23:59');
		expect(instant('2023-10-08', 'zh')).toBe('2023年10月8日');
		expect(daysIn('集中缴费：2024-01-01 至 2024-12-31 享受待遇', 'zh')).toBe('集中缴费：2024年1月1日 至 2024年12月31日 享受待遇');
		expect(day('soon', 'zh')).toBe('soon');
	});

	it('measures an order’s own length', () => {
		expect(secondsBetween('2023-10-08T10:00:00+08:00', '2023-10-08T10:30:00+08:00')).toBe(1800);
		expect(secondsBetween('x', '2023-10-08T10:30:00+08:00')).toBe(0);
		expect(secondsBetween('2023-10-08T10:30:00+08:00', '2023-10-08T10:00:00+08:00')).toBe(0);
	});
});

describe('reading aloud', () => {
	it('says amounts as money and leaves masked numbers out', () => {
		const heard = spoken('应缴\n130.50 元\n资助 \u2212250.00 元\n620721********0023\n安**', 'zh');

		expect(heard).toContain('130元5角');
		expect(heard).toContain('减250元');
		expect(heard).not.toContain('*');
		expect(heard).not.toContain('0023');
	});
});
