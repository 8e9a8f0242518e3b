// SPDX-License-Identifier: Apache-2.0
// What was typed and not sent yet, kept for this browser tab: a session that ends in the middle of
// a long form must not cost the clerk the form.  Document numbers, phones, passwords and codes are
// never kept; a draft is its author's and dies with the tab.

const PREFIX = 'canbao.draft.';
const NEVER = /pass|number|phone|code$|^old$|^new$|secret/i;

export type Draft = Record<string, unknown>;

export function keepable(values: Draft): Draft {
	return Object.fromEntries(
		Object.entries(values).filter(([name, v]) => !NEVER.test(name) && v !== undefined && v !== null && v !== ''),
	);
}

export function draftRead(owner: string, form: string): Draft {
	try {
		const text = sessionStorage.getItem(`${PREFIX}${owner}.${form}`);
		return text ? (JSON.parse(text) as Draft) : {};
	} catch {
		return {};
	}
}

export function draftKeep(owner: string, form: string, values: Draft): void {
	const kept = keepable(values);
	try {
		if (Object.keys(kept).length === 0) sessionStorage.removeItem(`${PREFIX}${owner}.${form}`);
		else sessionStorage.setItem(`${PREFIX}${owner}.${form}`, JSON.stringify(kept));
	} catch {
		// A browser without room or with storage forbidden: the form works, it is just not kept.
	}
}

export function draftDrop(owner: string, form: string): void {
	try {
		sessionStorage.removeItem(`${PREFIX}${owner}.${form}`);
	} catch {
		/* as above */
	}
}

/** Another person logs in at this tab: nothing of the one before may be left. */
export function draftsOfOthers(owner: string): void {
	try {
		for (const key of Object.keys(sessionStorage))
			if (key.startsWith(PREFIX) && !key.startsWith(`${PREFIX}${owner}.`)) sessionStorage.removeItem(key);
	} catch {
		/* as above */
	}
}
