// SPDX-License-Identifier: Apache-2.0
// The types are what openapi.yaml says: names of fields, which may be absent, and the operations.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
// @ts-expect-error plain JavaScript
import { contract, render } from '../scripts/types.mjs';
import { operations } from '../src/api/contract';
import { PAGES } from '../src/pages';
import { remedy } from '../src/api/problem';
import * as names from '../src/lib/names';

const document = contract();
const schemas = document.components.schemas as Record<string, { enum?: string[]; properties?: Record<string, { enum?: string[] }> }>;

describe('the contract', () => {
	it('is the one the types were written from (npm run types)', () => {
		expect(readFileSync(new URL('../src/api/contract.ts', import.meta.url), 'utf8')).toBe(render(document));
	});
	it('marks what needs an Idempotency-Key', () => {
		const marked = Object.entries(operations).filter(([, o]) => o.idempotent).map(([id]) => id);
		expect(marked.sort()).toEqual(['assess_ask', 'import_ask', 'payment_take']);
	});
	it('has a permission for every page, and the page asks for that very one', () => {
		const known = new Set(Object.values(operations).map((o) => o.may as string));
		for (const page of PAGES)
			for (const permission of [page.permission].flat())
				expect(known.has(permission) || permission.startsWith('import_'), `${page.path} ${permission}`).toBe(true);
	});
});

describe('words for codes', () => {
	const of = (schema: string, field: string) => schemas[schema]!.properties![field]!.enum!;
	const covered: Array<[string, string[], Record<string, unknown>]> = [
		['PersonLine.state', of('PersonLine', 'state'), names.PERSON_STATES],
		['Bill.state', of('Bill', 'state'), names.BILL_STATES],
		['Payment.state', of('Payment', 'state'), names.PAYMENT_STATES],
		['Job.state', of('Job', 'state'), names.JOB_STATES],
		['Job.kind', of('Job', 'kind'), names.JOB_KINDS],
		['Registration.state', of('Registration', 'state'), names.REGISTRATION_STATES],
		['Registration.kind', of('Registration', 'kind'), names.REGISTRATION_KINDS],
		['Ticket.state', of('Ticket', 'state'), names.TICKET_STATES],
		['Export.state', of('Export', 'state'), names.EXPORT_STATES],
		['Account.state', of('Account', 'state'), names.ACCOUNT_STATES],
		['Role.reach', of('Role', 'reach'), names.REACHES],
		['Season.phase', of('Season', 'phase'), names.PHASES],
		['ResidentLook.what', of('ResidentLook', 'what'), names.LOOKS],
		['ImportKind', schemas.ImportKind!.enum!, names.IMPORT_KINDS],
	];
	it.each(covered)('%s', (_, codes, table) => {
		for (const code of codes) expect(table, code).toHaveProperty(code);
	});
	it('tell what to do about every problem that is shown', () => {
		const silent = new Set(['login', 'signature', 'visit', 'must_change', 'method']);
		for (const code of of('Problem', 'code')) if (!silent.has(code)) expect(remedy(code as never), code).not.toBeNull();
	});
});
