// SPDX-License-Identifier: Apache-2.0
// What was typed and is not sent yet.  Everything lives in memory across pages and errors; only fields named
// harmless outlive a reload, in sessionStorage (gone with the tab).  Document numbers and phones are never stored.

import { MemoryShelf, type Shelf } from './retry_key';

/** sessionStorage, or memory where it is forbidden. */
export function sessionShelf(): Shelf {
	try {
		const s = window.sessionStorage;

		s.setItem('probe', '1');
		s.removeItem('probe');
		return s;
	} catch (e) {
		return new MemoryShelf();
	}
}

/** Could this free text hold a document number or a phone?  Then it stays in memory only. */
export function mayHoldNumber(text: string): boolean {
	return /(?:\d[\s-]?){7,}/.test(text.normalize('NFKC'));
}

export class Draft<T extends object> {
	value: T;

	constructor(
		private readonly name: string,
		private readonly fresh: () => T,
		private readonly harmless: ReadonlyArray<keyof T>,
		private readonly shelf: Shelf,
	) {
		this.value = Object.assign(fresh(), this.stored());
	}

	set(change: Partial<T>): T {
		this.value = Object.assign({}, this.value, change);
		const keep: Partial<T> = {};
		for (const k of this.harmless) {
			const v = this.value[k];
			if (!(typeof v === 'string' && mayHoldNumber(v) && !/^[0-9-]{10}$|^[0-9]{12}$/.test(v))) {
				keep[k] = v;
			}
		}
		try {
			this.shelf.setItem(`draft.${this.name}`, JSON.stringify(keep));
		} catch (e) {
			// A full or forbidden store only costs the draft after a reload.
		}
		return this.value;
	}

	clear(): void {
		this.value = this.fresh();
		this.shelf.removeItem(`draft.${this.name}`);
	}

	private stored(): Partial<T> {
		try {
			return JSON.parse(this.shelf.getItem(`draft.${this.name}`) || '{}') as Partial<T>;
		} catch (e) {
			return {};
		}
	}
}
