// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { readFilters, writeFilters, type FilterSpec } from '../src/lib/filters';
import { sorted } from '../src/components/table';
import { whatIs } from '../src/lib/person-search';

const SPEC = {
	state: { kind: 'choice', values: ['open', 'paid'] },
	from: { kind: 'day' },
	division: { kind: 'division' },
	channel: { kind: 'code' },
	special: { kind: 'flag' },
} satisfies FilterSpec;

describe('filters and the address', () => {
	it('go there and back', () => {
		const values = { state: 'paid', from: '2023-12-01', division: '620721100001', channel: 'abc_counter', special: '1' };
		expect(readFilters(SPEC, writeFilters(SPEC, new URLSearchParams(), values))).toEqual(values);
	});
	it('leave the other parameters of the page alone and take empty ones out', () => {
		const next = writeFilters(SPEC, new URLSearchParams('tab=bills&state=open'), { state: null, from: '2023-12-01' });
		expect(next.toString()).toBe('tab=bills&from=2023-12-01');
	});
	it('take nothing that does not fit from a tampered address', () => {
		const params = new URLSearchParams({ state: "open'--", from: '2023-02-30', division: '12', channel: '<script>', special: 'true' });
		expect(readFilters(SPEC, params)).toEqual({});
	});
	it('never let a name, number or phone into an address', () => {
		for (const text of ['王建国', '620721199006150042', 'x62072119900615004x', 'a13800000000'])
			expect(writeFilters(SPEC, new URLSearchParams(), { channel: text, state: text, division: text }).toString(), text).toBe('');
	});
});

describe('the one box of the search', () => {
	it('knows a number however it was written', () => {
		expect(whatIs(' 620721 19900615 004x ')).toEqual({ number: '62072119900615004X' });
		expect(whatIs('６２０７２１１９９００６１５００４Ｘ')).toEqual({ number: '62072119900615004X' });
		expect(whatIs('  王 建国 ')).toEqual({ name: '王 建国' });
	});
});

describe('sorting what is loaded', () => {
	it('puts what is not known last, whichever way', () => {
		const rows = [{ n: 2 }, { n: null }, { n: 10 }];
		expect(sorted(rows, (r) => r.n, false).map((r) => r.n)).toEqual([2, 10, null]);
		expect(sorted(rows, (r) => r.n, true).map((r) => r.n)).toEqual([10, 2, null]);
	});
});
