// SPDX-License-Identifier: Apache-2.0
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { readFilters, writeFilters, type FilterSpec, type FilterValues } from './filters';

/** The filters of this page, in its address. */
export function useFilters<S extends FilterSpec>(spec: S) {
	const [params, setParams] = useSearchParams();
	const text = params.toString();
	const values = useMemo<FilterValues<S>>(() => readFilters(spec, params), [spec, text]);
	const set = useCallback(
		(patch: { [K in keyof S]?: string | null | undefined }) =>
			setParams((now) => writeFilters(spec, now, patch), { replace: true }),
		[spec, setParams],
	);
	return { values, set, any: Object.keys(values).length > 0 };
}

/** The order of a list that the service sorts by one column, in the address like a filter: `sort` for
 *  the query, `served` for the table. */
export function useOrder<W extends string>(column: string, other: W, down: boolean) {
	const spec = useMemo(() => ({ sort: { kind: 'choice', values: [other] } }) satisfies FilterSpec, [other]);
	const { values, set } = useFilters(spec);
	const turned = values.sort === other;
	return { sort: turned ? other : undefined, served: { key: column, down: down !== turned, turn: () => set({ sort: turned ? null : other }) } };
}

export function useMedia(query: string): boolean {
	const [yes, setYes] = useState(() => window.matchMedia(query).matches);
	useEffect(() => {
		const list = window.matchMedia(query);
		const see = () => setYes(list.matches);
		see();
		list.addEventListener('change', see);
		return () => list.removeEventListener('change', see);
	}, [query]);
	return yes;
}

export function useNarrow(): boolean {
	return useMedia('(max-width: 640px)');
}

/** A small choice remembered on this computer, like which columns to show.  Never data. */
export function useRemembered<T>(name: string, initial: T): [T, (value: T) => void] {
	const key = `canbao.${name}`;
	const [value, setValue] = useState<T>(() => {
		try {
			const text = localStorage.getItem(key);
			return text ? (JSON.parse(text) as T) : initial;
		} catch {
			return initial;
		}
	});
	const keep = useCallback(
		(next: T) => {
			setValue(next);
			try {
				localStorage.setItem(key, JSON.stringify(next));
			} catch {
				/* not remembered */
			}
		},
		[key],
	);
	return [value, keep];
}
