// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { bigYuan, count, parseYuan, rate, share, yuan } from '../src/lib/money';
import { addDays, age, daysBetween, isDay, moment } from '../src/lib/day';

describe('money', () => {
	it('is exact to the fen, however large', () => {
		expect(yuan(38000)).toBe('380.00');
		expect(yuan(7)).toBe('0.07');
		expect(yuan(0)).toBe('0.00');
		expect(yuan(-25000)).toBe('−250.00');
		expect(yuan(1_000_000_000_000)).toBe('10,000,000,000.00');
		expect(yuan(null)).toBe('—');
	});
	it('reads what people write and nothing else', () => {
		const good: Array<[string, number]> = [['350', 35000], ['350.5', 35050], ['87.50', 8750], ['1,090.00', 109000], ['￥70元', 7000], ['0.29', 29], ['1.1', 110], ['10000000000', 1_000_000_000_000]];
		for (const [text, fen] of good) expect(parseYuan(text), text).toBe(fen);
		for (const text of ['', '-1', '1.234', '1,09', '12,34.00', '1e3', '３５０', 'abc', '10000000000.01', '99999999999999']) expect(parseYuan(text), text).toBeNull();
	});
	it('goes there and back for every fen of a thousand yuan', () => {
		for (let fen = 0; fen <= 100_000; fen += 7) expect(parseYuan(yuan(fen))).toBe(fen);
	});
	it('shortens headlines only', () => {
		expect(bigYuan(746_028_500)).toEqual({ figure: '746.03', tenThousands: true });
		expect(bigYuan(38_000)).toEqual({ figure: '380.00', tenThousands: false });
	});
});

describe('rates and counts', () => {
	it('come in hundredths of a per cent', () => {
		expect(rate(9512)).toBe('95.12%');
		expect(rate(5)).toBe('0.05%');
		expect(rate(10000)).toBe('100.00%');
		expect(rate(null)).toBe('—');
		expect(count(1_090_000)).toBe('1,090,000');
	});
	it('say a hundred per cent only when nobody is missing', () => {
		expect(share(29_999, 30_000)).toBe(9999);
		expect(share(999_999, 1_000_000)).toBe(9999);
		expect(share(30_000, 30_000)).toBe(10000);
		expect(share(1, 0)).toBeNull();
	});
});

describe('days', () => {
	it('exist or do not', () => {
		expect(isDay('2024-02-29')).toBe(true);
		expect(isDay('2023-02-29')).toBe(false);
		expect(isDay('2023-13-01')).toBe(false);
		expect(isDay('20230101')).toBe(false);
	});
	it('are counted without clocks', () => {
		expect(daysBetween('2023-12-01', '2023-12-31')).toBe(30);
		expect(addDays('2023-12-31', 1)).toBe('2024-01-01');
		expect(age('2000-12-02', '2023-12-01')).toBe(22);
		expect(age('2000-12-01', '2023-12-01')).toBe(23);
	});
	it('show an instant as the office wrote it, wherever the browser is', () => {
		expect(moment('2023-12-01T00:03:22+08:00')).toBe('2023-12-01 00:03');
		expect(moment(null)).toBe('—');
	});
});
