// SPDX-License-Identifier: Apache-2.0
// What each state of a person and of an order means on the page: one place, tested for every state.

import type { Order, Quote, QuoteState } from '../types';
import { payable } from './basket';

export type Tone = 'due' | 'good' | 'stop' | 'ask';
export type Way = 'why' | 'register' | 'ticket' | 'record' | 'retype';

export interface QuoteView {
	tone: Tone;
	/** Keys of the dictionary: q.<state>, q.<state>.say */
	title: `q.${QuoteState}`;
	say: `q.${QuoteState}.say`;
	pays: boolean;
	ways: Way[];
}

const TONES: Record<QuoteState, Tone> = {
	renew: 'due', first: 'due', enrolled: 'good', funded: 'good', refused: 'stop', new: 'ask',
};
const WAYS: Record<QuoteState, Way[]> = {
	renew: ['why', 'ticket'],
	first: ['why', 'ticket'],
	enrolled: ['why', 'record'],
	funded: ['why', 'ticket'],
	refused: ['why', 'ticket'],
	new: ['retype', 'register', 'ticket'],
};

export function quoteView(q: Quote): QuoteView {
	return {
		tone: TONES[q.state],
		title: `q.${q.state}` as QuoteView['title'],
		say: `q.${q.state}.say` as QuoteView['say'],
		pays: payable(q),
		ways: WAYS[q.state],
	};
}

/** open: to be paid.  paid: all lines are covered.  partly: some of the money waits.  waits: all of it does.
 *  closed: nothing came in time. */
export type OrderView = 'open' | 'paid' | 'partly' | 'waits' | 'closed';

export function orderView(o: Order): OrderView {
	if (o.state !== 'paid') {
		return o.state;
	}
	const waiting = o.lines.filter((l) => l.outcome === 'suspended').length;

	return waiting === 0 ? 'paid' : waiting === o.lines.length ? 'waits' : 'partly';
}
