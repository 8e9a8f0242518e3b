// SPDX-License-Identifier: Apache-2.0
// Filters live in the address, so that a list can be sent to a colleague and the back button
// works.  Only what these kinds allow gets in or out: an address is written to logs and histories,
// so no name, number or free text may ever stand there.
import { isDay } from './day';

export type FilterKind =
	| { kind: 'choice'; values: readonly string[] }
	| { kind: 'day' }
	| { kind: 'division' }
	| { kind: 'code' }
	| { kind: 'flag' };
export type FilterSpec = Record<string, FilterKind>;
export type FilterValues<S extends FilterSpec> = { [K in keyof S]?: string };

export function allowed(kind: FilterKind, value: string): boolean {
	switch (kind.kind) {
	case 'choice':
		return kind.values.includes(value);
	case 'day':
		return isDay(value);
	case 'division':
		return /^[0-9]{12}$/.test(value);
	case 'code':
		// Stable codes and log-ins; eight digits running could be a phone or a document.
		return /^[a-z][a-z0-9._-]{0,39}$/.test(value) && !/[0-9]{8}/.test(value);
	case 'flag':
		return value === '1';
	}
}

export function readFilters<S extends FilterSpec>(spec: S, params: URLSearchParams): FilterValues<S> {
	const values: FilterValues<S> = {};
	for (const name of Object.keys(spec) as Array<keyof S & string>) {
		const value = params.get(name);
		if (value !== null && allowed(spec[name]!, value)) values[name] = value;
	}
	return values;
}

/** The parameters with some filters changed; others stay; empty ones leave the address. */
export function writeFilters<S extends FilterSpec>(
	spec: S,
	params: URLSearchParams,
	patch: { [K in keyof S]?: string | null | undefined },
): URLSearchParams {
	const next = new URLSearchParams(params);
	for (const name of Object.keys(patch) as Array<keyof S & string>) {
		const value = patch[name];
		if (!spec[name]) continue;
		if (value && allowed(spec[name]!, value)) next.set(name, value);
		else next.delete(name);
	}
	return next;
}
