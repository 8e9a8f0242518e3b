// SPDX-License-Identifier: Apache-2.0
// A search for a person, kept in memory only: names and numbers must not stay on an office's
// computer after the tab is closed.

export interface Search {
	number?: string;
	name?: string;
	division?: string;
}

/** One box for both: what holds a digit is a number, however it was spaced or copied. */
export function whatIs(typed: string): Search {
	const text = typed.normalize('NFKC').trim();
	if (/[0-9]/.test(text)) return { number: text.replace(/[\s-]/g, '').toUpperCase() };
	return { name: text.replace(/\s+/g, ' ') };
}

class Asked {
	private login = '';
	private search: Search | null = null;

	of(login: string): Search | null {
		return this.login === login ? this.search : null;
	}

	keep(login: string, search: Search): void {
		this.login = login;
		this.search = search;
	}
}

export const asked = new Asked();
