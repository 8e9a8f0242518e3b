// SPDX-License-Identifier: Apache-2.0
// A report as the service made it: its own columns, in either language, with its sum.
import type { ReactNode } from 'react';
import type { Report } from '../api/contract';
import { useTongue } from '../i18n';
import { count, NONE, rate, yuan } from '../lib/money';
import { Table, type Column } from './table';

type Cell = string | number | null;
type Row = { at: number; cells: Cell[]; code: string | null };

export function cellText(type: Report['columns'][number]['type'], cell: Cell | undefined): string {
	if (cell === null || cell === undefined || cell === '') return NONE;
	if (typeof cell === 'string') return cell;
	if (type === 'rate') return rate(cell);
	if (type === 'fen') return yuan(cell);
	return count(cell);
}

export function columnAt(report: Report, ...keys: string[]): number {
	return report.columns.findIndex((c) => keys.includes(c.key));
}

/** The column that names the row: a town, a village, a category. */
export function nameColumn(report: Report): number {
	const at = columnAt(report, 'village', 'town', 'category', 'name');
	return at >= 0 ? at : Math.max(0, report.columns.findIndex((c) => c.type === 'text'));
}

export function numberAt(row: Cell[], column: number): number | null {
	const v = column < 0 ? null : row[column];
	return typeof v === 'number' ? v : null;
}

const SPARE = ['base', 'extended', 'funded'];

interface Props {
	report: Report;
	name: string;
	empty: ReactNode;
	link?: (text: string, row: Row) => ReactNode;
	tools?: ReactNode;
}

export function ReportTable({ report, name, empty, link, tools }: Props) {
	const { lang } = useTongue();
	const naming = nameColumn(report);
	const columns: Column<Row>[] = report.columns.map((c, i) => ({
		key: c.key,
		title: c[lang],
		right: c.type !== 'text' && c.key !== 'rank',
		fixed: i === naming,
		spare: SPARE.includes(c.key),
		card: i === naming ? 'title' : c.key === 'rate' ? 'end' : undefined,
		by: (row) => row.cells[i] ?? null,
		render: (row) => {
			const text = cellText(c.type, row.cells[i]);
			return i === naming && link ? link(text, row) : text;
		},
	}));
	const rows = report.rows.map((cells, at) => ({ at, cells, code: report.codes?.[at] ?? null }));
	const total = report.total ? Object.fromEntries(report.columns.map((c, i) => [c.key, report.total![i] === null ? '' : cellText(c.type, report.total![i])])) : undefined;
	return <Table name={`report.${name}`} caption={lang === 'zh' ? report.title_zh : report.title_en} columns={columns} rows={rows} rowKey={(r) => r.at} total={total} empty={empty} tools={tools} />;
}
