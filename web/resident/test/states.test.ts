// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { orderView, quoteView } from '../src/base/views';
import { FIRST_MS, LAST_MS, nextDelay, Poller, type Clock } from '../src/base/poll';
import { plainAddress, readPlace } from '../src/router';
import { QUOTE_STATES, type Order, type OrderLine, type Quote } from '../src/types';
import { zh } from '../src/i18n/zh';

function order(state: Order['state'], outcomes: OrderLine['outcome'][]): Order {
	return { number: 'N', state, policy: 'p', channel: 'c', channel_name: 'C', total_fen: 1, made_at: '', expires_at: '', paid_at: null, pay_url: null,
		lines: outcomes.map((outcome) => ({ name: '甲', fen: 1, outcome, benefit_from: null, receipt: null, reason_zh: null, reason_en: null })) };
}

describe('what an order says', () => {
	it('tells suspended money honestly', () => {
		expect(orderView(order('open', [null]))).toBe('open');
		expect(orderView(order('closed', [null]))).toBe('closed');
		expect(orderView(order('paid', ['posted', 'posted']))).toBe('paid');
		expect(orderView(order('paid', ['posted', 'suspended']))).toBe('partly');
		expect(orderView(order('paid', ['suspended', 'suspended']))).toBe('waits');
	});
});

describe('what a person’s state says (LB-26)', () => {
	it('has words, a tone and a way on for every state', () => {
		for (const state of QUOTE_STATES) {
			const v = quoteView({ state, payer: 'self', payable_fen: 1 } as Quote);
			expect(zh[v.title], state).toBeTruthy();
			expect(zh[v.say], state).toBeTruthy();
			expect(v.ways.length, state).toBeGreaterThan(0);
			expect(v.pays, state).toBe(state === 'renew' || state === 'first');
		}
		expect(quoteView({ state: 'new' } as Quote).ways).toContain('register');
		expect(quoteView({ state: 'refused' } as Quote).ways).toContain('ticket');
	});
});

/** Time by hand. */
class Hand implements Clock {
	time = 0;
	due: { at: number; fn: () => void; id: number }[] = [];
	private id = 0;

	now(): number {
		return this.time;
	}
	later(fn: () => void, ms: number): number {
		this.due.push({ at: this.time + ms, fn, id: ++this.id });
		return this.id;
	}
	cancel(id: number): void {
		this.due = this.due.filter((d) => d.id !== id);
	}
	async go(ms: number): Promise<void> {
		const end = this.time + ms;
		for (;;) {
			const next = this.due.filter((d) => d.at <= end).sort((a, b) => a.at - b.at)[0];
			if (!next) {
				break;
			}
			this.cancel(next.id);
			this.time = next.at;
			next.fn();
			for (let i = 0; i < 8; i++) {
				await Promise.resolve();
			}
		}
		this.time = end;
	}
}

describe('asking whether it is paid', () => {
	it('begins at 2 s and slows to 10 s', () => {
		expect(nextDelay(0)).toBe(FIRST_MS);
		for (let i = 0; i < 30; i++) {
			expect(nextDelay(i + 1)).toBeGreaterThanOrEqual(nextDelay(i));
			expect(nextDelay(i)).toBeLessThanOrEqual(LAST_MS);
		}
		expect(nextDelay(30)).toBe(LAST_MS);
	});

	it('stops at the answer', async () => {
		const clock = new Hand();
		let asked = 0;
		const p = new Poller(async () => ++asked === 3, 600000, clock);

		p.start();
		await clock.go(120000);
		expect(asked).toBe(3);
		expect(p.state).toBe('over');
		p.hide(false);
		await clock.go(120000);
		expect(asked).toBe(3);
	});

	it('stops when its term runs out, and begins again when somebody looks', async () => {
		const clock = new Hand();
		let asked = 0;
		const p = new Poller(async () => {
			asked++;
			return false;
		}, 60000, clock);

		p.start();
		await clock.go(300000);
		expect(p.state).toBe('over');
		const then = asked;
		expect(then).toBeGreaterThan(5);
		expect(then).toBeLessThan(20);
		p.hide(false);
		await clock.go(5000);
		expect(asked).toBeGreaterThan(then);
	});

	it('is quiet while the page is hidden', async () => {
		const clock = new Hand();
		let asked = 0;
		const p = new Poller(async () => {
			asked++;
			return false;
		}, 600000, clock);

		p.start();
		await clock.go(2500);
		expect(asked).toBe(1);
		p.hide(true);
		await clock.go(60000);
		expect(asked).toBe(1);
		expect(p.state).toBe('paused');
		p.hide(false);
		await clock.go(1);
		expect(asked).toBe(2);
	});

	it('outlives a broken network', async () => {
		const clock = new Hand();
		let asked = 0;
		const p = new Poller(async () => {
			if (++asked < 4) {
				throw new Error('offline');
			}
			return true;
		}, 600000, clock);

		p.start();
		await clock.go(60000);
		expect(asked).toBe(4);
		expect(p.state).toBe('over');
	});

	it('says nothing after it was stopped', async () => {
		const clock = new Hand();
		let asked = 0;
		const p = new Poller(async () => ++asked > 99, 600000, clock);

		p.start();
		p.stop();
		p.hide(false);
		await clock.go(60000);
		expect(asked).toBe(0);
	});
});

describe('addresses', () => {
	it('opens an order again', () => {
		expect(readPlace('/order/CB2023', '')).toEqual({ page: 'order', arg: 'CB2023', step: 0 });
		expect(plainAddress('#/order/CB2023')).toBe('/order/CB2023');
		expect(plainAddress('#3')).toBeNull();
		expect(plainAddress('#//elsewhere')).toBeNull();
	});

	it('knows its pages, steps and nothing else', () => {
		expect(readPlace('/', '').page).toBe('home');
		expect(readPlace('/people', '#3')).toEqual({ page: 'people', arg: '', step: 2 });
		expect(readPlace('/register/newborn', '').page).toBe('register');
		expect(readPlace('/register/R7K2-M9XW', '').page).toBe('registration');
		expect(readPlace('/ticket/T4P8', '').page).toBe('ticket_state');
		for (const path of ['/order', '/order/a/b', '/order/a%2Fb', '/nowhere', '/people/1', '/record/2']) {
			expect(readPlace(path, '').page, path).toBe('lost');
		}
	});
});
