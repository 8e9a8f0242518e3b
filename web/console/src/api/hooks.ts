// SPDX-License-Identifier: Apache-2.0
import { useInfiniteQuery, useQuery, type QueryKey, type UseQueryOptions } from '@tanstack/react-query';
import { call, type Answer, type Args, type OperationId } from './client';
import type { Operations, Session } from './contract';
import { Problem } from './problem';

type Rest<K extends OperationId> = Omit<Args<K>, 'signal' | 'key'>;
type Options<K extends OperationId> = Omit<UseQueryOptions<Answer<K>, Error>, 'queryKey' | 'queryFn'>;

export function keyOf(id: OperationId, args: unknown = {}): QueryKey {
	return [id, args];
}

/** Read something and keep it fresh. */
export function useCall<K extends OperationId>(id: K, args: Rest<K>, options: Options<K> = {}) {
	return useQuery<Answer<K>, Error>({
		queryKey: keyOf(id, args),
		queryFn: ({ signal }) => (call as (id: K, args: unknown) => Promise<Answer<K>>)(id, { ...args, signal }),
		...options,
	});
}

type Paged = {
	[K in OperationId]: Operations[K]['answer'] extends { items: unknown[]; next: string | null } ? K : never;
}[OperationId];
export type ItemOf<K extends Paged> = Operations[K]['answer'] extends { items: Array<infer T> } ? T : never;

export const PAGE_ROWS = 50;

/** A list page by page: each page begins where the one before ended, whatever was added since. */
export function usePages<K extends Paged>(id: K, args: Rest<K>, enabled = true) {
	const query = useInfiniteQuery({
		queryKey: keyOf(id, args),
		enabled,
		initialPageParam: null as string | null,
		queryFn: ({ pageParam, signal }) => {
			const loose = args as { path?: object; query?: object };
			const page = { limit: PAGE_ROWS, ...(loose.query ?? {}), ...(pageParam ? { cursor: pageParam } : {}) };
			return (call as (id: K, args: unknown) => Promise<{ items: ItemOf<K>[]; next: string | null }>)(id, {
				...loose,
				query: page,
				signal,
			});
		},
		getNextPageParam: (last) => last.next,
	});
	return { ...query, rows: query.data?.pages.flatMap((p) => p.items) };
}

/** Who is logged in; null: nobody. */
export function useSession() {
	return useQuery<Session | null, Error>({
		queryKey: ['session'],
		staleTime: Infinity,
		queryFn: async ({ signal }) => {
			try {
				return await call('session_read', { signal });
			} catch (e) {
				if (e instanceof Problem && e.status === 401) return null;
				throw e;
			}
		},
	});
}

export function useSeason() {
	return useCall('season', {}, { staleTime: 60_000 });
}
