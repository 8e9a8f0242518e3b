// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { mayRepeat, MemoryShelf, RetryKeys, uuid } from '../src/base/retry_key';
import { Draft, mayHoldNumber } from '../src/base/drafts';
import { fitted, SIDE_MAX } from '../src/base/image';

describe('a repeated tap never pays twice', () => {
	const order = JSON.stringify({ people: [0], channel: 'alipay', total_fen: 13000 });

	it('keeps the key until the answer, also over a reload', () => {
		const shelf = new MemoryShelf();
		const first = new RetryKeys(shelf).keyFor('order', order);

		expect(new RetryKeys(shelf).keyFor('order', order)).toBe(first);
		const keys = new RetryKeys(shelf);
		keys.answered('order');
		expect(keys.keyFor('order', order)).not.toBe(first);
	});

	it('takes another key for other content', () => {
		const keys = new RetryKeys(new MemoryShelf());

		expect(keys.keyFor('order', order)).not.toBe(keys.keyFor('order', order.replace('13000', '28000')));
	});

	it('tells an answer from silence', () => {
		expect([0, 429, 500, 502, 503, 504].every(mayRepeat)).toBe(true);
		expect([200, 201, 401, 403, 404, 409, 413, 415, 422].some(mayRepeat)).toBe(false);
	});

	it('makes random UUIDs', () => {
		const seen = new Set(Array.from({ length: 200 }, () => uuid()));

		expect(seen.size).toBe(200);
		for (const u of seen) {
			expect(u).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
		}
	});
});

describe('what is typed', () => {
	const fresh = () => ({ kind: '', number: '', text: '', town: '' });
	const held = (shelf: MemoryShelf) => shelf.getItem('draft.d') || '';

	it('outlives a reload where it is harmless; document numbers are never stored', () => {
		const shelf = new MemoryShelf();
		const d = new Draft('d', fresh, ['kind', 'text', 'town'], shelf);

		d.set({ kind: 'other', number: '11010519491231002X', text: '金额不对', town: '620721100000' });
		expect(held(shelf)).not.toContain('110105');
		expect(d.value.number).toBe('11010519491231002X');
		const again = new Draft('d', fresh, ['kind', 'text', 'town'], shelf);
		expect(again.value).toEqual({ kind: 'other', number: '', text: '金额不对', town: '620721100000' });
	});

	it('does not store free words that may hold a number', () => {
		const shelf = new MemoryShelf();
		const d = new Draft('d', fresh, ['text'], shelf);

		for (const text of ['我的号码 110105 19491231 002X', '电话１３９００００００００', '卡 6222-0000-0000']) {
			d.set({ text });
			expect(mayHoldNumber(text), text).toBe(true);
			expect(held(shelf), text).toBe('{}');
			expect(d.value.text).toBe(text);
		}
	});

	it('begins again after it was sent', () => {
		const shelf = new MemoryShelf();
		const d = new Draft('d', fresh, ['kind'], shelf);

		d.set({ kind: 'other' });
		d.clear();
		expect(d.value.kind).toBe('');
		expect(shelf.getItem('draft.d')).toBeNull();
	});

	it('survives a broken store', () => {
		const shelf = new MemoryShelf();

		shelf.setItem('draft.d', '{broken');
		expect(new Draft('d', fresh, ['kind'], shelf).value).toEqual(fresh());
	});
});

describe('photographs', () => {
	it('shrink to the longest side and never grow', () => {
		expect(fitted(4000, 3000)).toEqual({ width: SIDE_MAX, height: 1500 });
		expect(fitted(3000, 4000)).toEqual({ width: 1500, height: SIDE_MAX });
		expect(fitted(800, 600)).toEqual({ width: 800, height: 600 });
		expect(fitted(100000, 1)).toEqual({ width: SIDE_MAX, height: 1 });
	});
});
