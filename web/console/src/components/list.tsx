// SPDX-License-Identifier: Apache-2.0
// A list that comes page by page, in a table with its states.
import type { ReactNode } from 'react';
import { Read } from './page';
import { MoreRows, Table, type Column, type Served } from './table';

interface Pages<T> {
	rows: T[] | undefined;
	error: Error | null;
	isPending: boolean;
	refetch: () => unknown;
	hasNextPage: boolean;
	isFetchingNextPage: boolean;
	fetchNextPage: () => unknown;
}

interface Props<T> {
	name: string;
	caption: string;
	pages: Pages<T>;
	columns: Column<T>[];
	rowKey: (row: T) => string | number;
	empty: ReactNode;
	tools?: ReactNode;
	chosen?: (row: T) => boolean;
	served?: Served;
}

export function PagedTable<T>({ pages, ...table }: Props<T>) {
	return (
		<Read query={{ ...pages, data: pages.rows }} rows={8}>
			{(rows) => <Table {...table} rows={rows} partial={pages.hasNextPage} foot={<MoreRows pages={{ ...pages, rows }} />} />}
		</Read>
	);
}
