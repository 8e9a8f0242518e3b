// SPDX-License-Identifier: Apache-2.0
// Who of a visit pays now, and how much together.

import type { Channel, Quote, Season } from '../types';

/** Something is due, from the resident's own pocket. */
export function payable(q: Quote): boolean {
	return (q.state === 'renew' || q.state === 'first') && q.payer === 'self' && q.payable_fen !== null && q.payable_fen > 0;
}

export interface Basket {
	people: Quote[];
	places: number[];
	total_fen: number;
}

/** `left` holds the places somebody took out; whoever can pay is in unless taken out. */
export function basketOf(people: Quote[], left: ReadonlyArray<number>): Basket {
	const chosen = people.filter((q) => payable(q) && left.indexOf(q.place) < 0);

	return {
		people: chosen,
		places: chosen.map((q) => q.place),
		total_fen: chosen.reduce((sum, q) => sum + (q.payable_fen as number), 0),
	};
}

export function onlineChannels(season: Season): Channel[] {
	return season.channels.filter((c) => c.online && c.open);
}

export function counters(season: Season): Channel[] {
	return season.channels.filter((c) => !c.online && c.open);
}

export function toggled(left: ReadonlyArray<number>, place: number): number[] {
	return left.indexOf(place) < 0 ? left.concat(place) : left.filter((p) => p !== place);
}
