// SPDX-License-Identifier: Apache-2.0
// One table for all lists: real <table> markup, sortable headings, columns that can be hidden (and
// stay so), arrow keys from row to row, cards instead of columns on a phone.
import { Button, Checkbox, Popover } from 'antd';
import { useMemo, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useT } from '../i18n';
import { useNarrow, useRemembered } from '../lib/hooks';

export interface Column<T> {
	key: string;
	title: string;
	render: (row: T) => ReactNode;
	/** What to sort by; without it the column cannot be sorted. */
	by?: (row: T) => string | number | null;
	right?: boolean;
	/** Hidden until somebody asks for it. */
	spare?: boolean;
	/** May not be hidden. */
	fixed?: boolean;
	/** On a phone: the card's headline, its mark on the right, or left out. */
	card?: 'title' | 'end' | 'none';
}

interface Sort {
	key: string;
	down: boolean;
}

/** The column the service itself has sorted by: its heading turns the whole list, not the rows loaded. */
export interface Served extends Sort {
	turn: () => void;
}

interface Props<T> {
	/** Names the remembered columns. */
	name: string;
	caption: string;
	columns: Column<T>[];
	rows: T[];
	rowKey: (row: T) => string | number;
	/** Not all rows are here: say what a sort covers. */
	partial?: boolean;
	empty: ReactNode;
	foot?: ReactNode;
	total?: Record<string, ReactNode>;
	chosen?: (row: T) => boolean;
	tools?: ReactNode;
	served?: Served;
	/** A wide table even on a phone. */
	noCards?: boolean;
}

export function sorted<T>(rows: T[], by: (row: T) => string | number | null, down: boolean): T[] {
	const compare = (a: T, b: T) => {
		const x = by(a);
		const y = by(b);
		// What is not known stands last, whichever way.
		if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
		const order = typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y), 'zh-CN');
		return down ? -order : order;
	};
	return [...rows].sort(compare);
}

/** Up and down go from row to row, as in a spreadsheet. */
function walk(e: KeyboardEvent<HTMLElement>) {
	if (e.key !== 'ArrowDown' && e.key !== 'ArrowUp') return;
	const row = (e.target as HTMLElement).closest('tr, li');
	if (!row || (e.target as HTMLElement).closest('input, select, textarea')) return;
	const next = e.key === 'ArrowDown' ? row.nextElementSibling : row.previousElementSibling;
	const goal = next?.querySelector<HTMLElement>('a[href], button:not([disabled])');
	if (!goal) return;
	e.preventDefault();
	goal.focus();
}

export function Table<T>(props: Props<T>) {
	const { name, columns, rows, empty, foot, partial, tools, noCards, served } = props;
	const t = useT();
	const narrow = useNarrow() && !noCards;
	const spare = useMemo(() => columns.filter((c) => c.spare).map((c) => c.key), [columns]);
	const [hidden, setHidden] = useRemembered<string[]>(`columns.${name}`, spare);
	const [sort, setSort] = useState<Sort | null>(null);
	const shown = columns.filter((c) => c.fixed || !hidden.includes(c.key));
	const by = sort && columns.find((c) => c.key === sort.key)?.by;
	const ordered = useMemo(() => (sort && by ? sorted(rows, by, sort.down) : rows), [rows, sort, by]);
	const turnLoaded = (key: string) => setSort(sort?.key !== key ? { key, down: false } : sort.down ? null : { key, down: true });
	const turn = (key: string) => {
		if (key !== served?.key) return turnLoaded(key);
		// Back from another column the list is in its order already.
		if (sort) setSort(null);
		else served.turn();
	};

	return (
		<>
			{rows.length === 0 ? empty : narrow ? <Cards {...props} columns={shown} rows={ordered} /> : <Grid {...props} columns={shown} rows={ordered} sort={sort ?? served ?? null} onSort={turn} />}
			{(tools || rows.length > 0) && (
				<div className="foot no-print">
					{foot}
					{sort && partial && <span>{t('排序只涉及已载入的行', 'sorted within the rows loaded so far')}</span>}
					<span className="end">
						{tools}
						{rows.length > 0 && <Choice columns={columns} hidden={hidden} onChange={setHidden} />}
					</span>
				</div>
			)}
		</>
	);
}

function Grid<T>({ caption, columns, rows, rowKey, sort, onSort, total, chosen }: Props<T> & { sort: Sort | null; onSort: (key: string) => void }) {
	return (
		// A region that scrolls must be reachable by keyboard.
		<div className="table-wrap" tabIndex={0} role="region" aria-label={caption} onKeyDown={walk}>
			<table className="ledger">
				<caption className="off">{caption}</caption>
				<thead>
					<tr>
						{columns.map((c) => (
							<Heading key={c.key} column={c} sort={sort} onSort={onSort} />
						))}
					</tr>
				</thead>
				<tbody>
					{rows.map((row) => (
						<tr key={rowKey(row)} className={chosen?.(row) ? 'chosen' : undefined}>
							{columns.map((c) => (
								<td key={c.key} className={c.right ? 'right' : undefined}>
									{c.render(row)}
								</td>
							))}
						</tr>
					))}
				</tbody>
				{total && (
					<tfoot>
						<tr>
							{columns.map((c) => (
								<td key={c.key} className={c.right ? 'right' : undefined}>
									{total[c.key]}
								</td>
							))}
						</tr>
					</tfoot>
				)}
			</table>
		</div>
	);
}

function Heading<T>({ column, sort, onSort }: { column: Column<T>; sort: Sort | null; onSort: (key: string) => void }) {
	const mine = sort?.key === column.key ? sort : null;
	const order = mine ? (mine.down ? 'descending' : 'ascending') : undefined;
	return (
		<th scope="col" className={column.right ? 'right' : undefined} aria-sort={order}>
			{column.by || mine ? (
				<button type="button" onClick={() => onSort(column.key)}>
					{column.title}
					<span className="sort" aria-hidden="true">
						{mine ? (mine.down ? '▼' : '▲') : '↕'}
					</span>
				</button>
			) : (
				<span>{column.title}</span>
			)}
		</th>
	);
}

function Cards<T>({ caption, columns, rows, rowKey, chosen }: Props<T>) {
	const title = columns.find((c) => c.card === 'title') ?? columns[0]!;
	const end = columns.find((c) => c.card === 'end');
	const rest = columns.filter((c) => c !== title && c !== end && c.card !== 'none');
	return (
		<ul className="cards" aria-label={caption} onKeyDown={walk}>
			{rows.map((row) => (
				<li key={rowKey(row)} className={chosen?.(row) ? 'chosen' : undefined}>
					<div className="title">
						<span>{title.render(row)}</span>
						{end && <span>{end.render(row)}</span>}
					</div>
					<dl>
						{rest.map((c) => (
							<div key={c.key} style={{ display: 'contents' }}>
								<dt>{c.title}</dt>
								<dd>{c.render(row)}</dd>
							</div>
						))}
					</dl>
				</li>
			))}
		</ul>
	);
}

function Choice<T>({ columns, hidden, onChange }: { columns: Column<T>[]; hidden: string[]; onChange: (hidden: string[]) => void }) {
	const t = useT();
	const list = (
		<div style={{ display: 'grid', gap: 6, minWidth: 140 }}>
			{columns.map((c) => (
				<Checkbox
					key={c.key}
					disabled={c.fixed}
					checked={c.fixed || !hidden.includes(c.key)}
					onChange={(e) => onChange(e.target.checked ? hidden.filter((h) => h !== c.key) : [...hidden, c.key])}
				>
					{c.title}
				</Checkbox>
			))}
		</div>
	);
	return (
		<Popover trigger="click" content={list} placement="topRight" title={t('显示哪些列', 'Columns')}>
			<Button size="small">{t('选择列', 'Columns')}</Button>
		</Popover>
	);
}

interface PagesFoot {
	rows: unknown[];
	hasNextPage: boolean;
	isFetchingNextPage: boolean;
	fetchNextPage: () => unknown;
}

/** How much of the list is here, and the way to more. */
export function MoreRows({ pages }: { pages: PagesFoot }) {
	const t = useT();
	const n = pages.rows.length;
	if (n === 0) return null;
	return (
		<>
			<span role="status">
				{pages.hasNextPage ? t(`已载入 ${n} 行，后面还有`, `${n} rows loaded, there are more`) : t(`共 ${n} 行`, `${n} rows in all`)}
			</span>
			{pages.hasNextPage && (
				<Button size="small" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
					{t('继续载入', 'Load more')}
				</Button>
			)}
		</>
	);
}
