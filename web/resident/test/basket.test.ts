// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { basketOf, counters, onlineChannels, payable, toggled } from '../src/base/basket';
import { QUOTE_STATES, type Quote, type Season } from '../src/types';

function quote(place: number, part: Partial<Quote>): Quote {
	return { place, state: 'renew', name: '甲', number: '****', standard_fen: 38000, subsidy_fen: 0, payable_fen: 38000, payer: 'self',
		category: null, route: null, benefit_from: null, benefit_to: null, bill: null, reason: null, reason_zh: null, reason_en: null,
		todo_zh: null, todo_en: null, cites: [], benefits_soon: false, ...part };
}

describe('the basket (LB-26: one payment for the family)', () => {
	const family = [
		quote(0, { payable_fen: 13000, subsidy_fen: 25000 }),
		quote(1, { state: 'first', payable_fen: 28000, subsidy_fen: 10000 }),
		quote(2, { state: 'funded', payable_fen: 0, payer: 'fund' }),
		quote(3, { state: 'enrolled', payable_fen: 38000 }),
		quote(4, { state: 'refused', payable_fen: null, payer: null }),
		quote(5, { state: 'new', payable_fen: null, payer: null }),
		quote(6, { payer: 'institution' }),
		quote(7, {}),
	];

	it('takes only who owes something out of the own pocket', () => {
		expect(basketOf(family, []).places).toEqual([0, 1, 7]);
		expect(basketOf(family, []).total_fen).toBe(13000 + 28000 + 38000);
		for (const state of QUOTE_STATES) {
			expect(payable(quote(0, { state }))).toBe(state === 'renew' || state === 'first');
		}
		expect(payable(quote(0, { payable_fen: 0 }))).toBe(false);
	});

	it('leaves out who was taken out, and takes back in', () => {
		let left = toggled([], 1);

		expect(basketOf(family, left).places).toEqual([0, 7]);
		expect(basketOf(family, left).total_fen).toBe(51000);
		left = toggled(left, 1);
		expect(basketOf(family, left).places).toEqual([0, 1, 7]);
	});

	it('keeps the places of the visit, which the order names', () => {
		expect(basketOf(family.slice(5), []).places).toEqual([7]);
	});

	it('offers channels that are online and open', () => {
		const season = { channels: [
			{ code: 'a', name: 'a', online: true, open: true }, { code: 'b', name: 'b', online: true, open: false },
			{ code: 'c', name: 'c', online: false, open: true }, { code: 'd', name: 'd', online: false, open: false },
		] } as Season;

		expect(onlineChannels(season).map((c) => c.code)).toEqual(['a']);
		expect(counters(season).map((c) => c.code)).toEqual(['c']);
	});
});
