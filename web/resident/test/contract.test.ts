// SPDX-License-Identifier: Apache-2.0
// The page, its stand-in for the server, and openapi.yaml say the same: enumerations, paths, and every answer.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
	EVIDENCE_KINDS, LOOK_KINDS, ORDER_STATES, QUOTE_STATES, REGISTRATION_KINDS, REGISTRATION_STATES, TICKET_KINDS, TICKET_STATES,
} from '../src/types';
import { Mock } from '../mock/server';
import { PEOPLE } from '../mock/people';

interface Schema {
	$ref?: string;
	type?: string | string[];
	enum?: unknown[];
	required?: string[];
	properties?: Record<string, Schema>;
	items?: Schema;
}
interface Operation {
	tags: string[];
	'x-idempotent'?: boolean;
	parameters?: { name?: string; schema?: Schema }[];
	requestBody?: { content: Record<string, { schema: Schema }> };
	responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}

const spec = parse(readFileSync(new URL('../../../openapi.yaml', import.meta.url), 'utf8'));
const schemas = spec.components.schemas as Record<string, Schema>;
const paths = spec.paths as Record<string, Record<string, Operation>>;

function resolve(s: Schema): Schema {
	return s.$ref ? schemas[s.$ref.split('/').pop() as string] : s;
}

/** Everything wrong with a value, as far as this page relies on it. */
function faults(value: unknown, schema: Schema, at: string): string[] {
	const s = resolve(schema);
	const types = s.type ? ([] as string[]).concat(s.type) : [];
	const kind = value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;

	if (types.length && types.indexOf(kind) < 0) {
		return [`${at} is ${kind}, not ${types}`];
	}
	if (s.enum && s.enum.indexOf(value) < 0) {
		return [`${at} is ${String(value)}, not one of ${s.enum}`];
	}
	if (kind === 'array') {
		return (value as unknown[]).flatMap((v, i) => faults(v, s.items as Schema, `${at}[${i}]`));
	}
	if (kind === 'object' && s.properties) {
		const o = value as Record<string, unknown>;
		return (s.required || []).filter((k) => !(k in o)).map((k) => `${at}.${k} is missing`)
			.concat(Object.keys(o).flatMap((k) => (s.properties as Record<string, Schema>)[k]
				? faults(o[k], (s.properties as Record<string, Schema>)[k], `${at}.${k}`) : [`${at}.${k} is unknown`]));
	}
	return [];
}

const property = (schema: string, ...names: string[]) => names.reduce((s, n) => {
	const r = resolve(s);
	return n === '[]' ? (r.items as Schema) : (r.properties as Record<string, Schema>)[n];
}, schemas[schema]);
const operation = (method: string, path: string) => paths[path][method];
const asked = (method: string, path: string) =>
	(operation(method, path).requestBody as { content: Record<string, { schema: Schema }> }).content['application/json'].schema;

describe('the page’s words of the API', () => {
	it('are the contract’s', () => {
		expect([...QUOTE_STATES].sort()).toEqual([...(property('Quote', 'state').enum as string[])].sort());
		expect([...ORDER_STATES].sort()).toEqual([...(property('Order', 'state').enum as string[])].sort());
		expect([...REGISTRATION_KINDS].sort()).toEqual([...(property('RegistrationState', 'kind').enum as string[])].sort());
		expect([...REGISTRATION_STATES].sort()).toEqual([...(property('RegistrationState', 'state').enum as string[])].sort());
		expect([...TICKET_STATES].sort()).toEqual([...(property('TicketState', 'state').enum as string[])].sort());
		expect([...LOOK_KINDS].sort()).toEqual([...(property('ResidentLook', 'what').enum as string[])].sort());
		const ticket = (asked('post', '/api/v1/resident/tickets').properties as Record<string, Schema>).kind.enum as string[];
		expect([...TICKET_KINDS].sort()).toEqual([...ticket].sort());
		const evidence = operation('post', '/api/v1/resident/evidence').parameters as { schema: Schema }[];
		expect([...EVIDENCE_KINDS].sort()).toEqual([...(evidence[0].schema.enum as string[])].sort());
	});

	it('carry an Idempotency-Key exactly where the contract takes one', () => {
		const api = readFileSync(new URL('../src/api.ts', import.meta.url), 'utf8');
		const once = [...api.matchAll(/callOnce<\w+>\(\w+, '\w+', `\$\{R\}(\/\w+)`/g)].map((m) => `/api/v1/resident${m[1]}`).sort();
		const marked = Object.keys(paths).filter((p) => p.startsWith('/api/v1/resident/') && paths[p].post && paths[p].post['x-idempotent']).sort();

		expect(once).toEqual(marked);
	});
});

describe('the stand-in', () => {
	const mock = new Mock();
	const call = (method: string, path: string, template: string, body: Record<string, unknown> = {}) => {
		const url = new URL(path, 'http://localhost');
		const reply = mock.handle(method, url.pathname, url.searchParams, body, undefined, 'zh-CN');
		const says = operation(method.toLowerCase(), template).responses[String(reply.status)];

		expect(says, `${method} ${path} → ${reply.status}`).toBeTruthy();
		if (says.content && says.content['application/json']) {
			expect(faults(reply.body, says.content['application/json'].schema, template)).toEqual([]);
		} else if (reply.status >= 400) {
			expect(faults(reply.body, schemas.Problem, template)).toEqual([]);
		}
		return reply;
	};
	const R = '/api/v1/resident';

	it('answers as the contract says, for everybody in it', () => {
		call('GET', '/api/v1/season', '/api/v1/season');
		call('GET', `${R}/visit`, `${R}/visit`);
		for (const p of PEOPLE) {
			call('POST', `${R}/visits`, `${R}/visits`, { policy: 'sunan-2024', name: p.name, number: p.number });
			call('GET', `${R}/visit`, `${R}/visit`);
			call('GET', `${R}/why?person=0`, `${R}/why`);
			call('GET', `${R}/record?person=0`, `${R}/record`);
			call('GET', `${R}/looks?person=0`, `${R}/looks`);
		}
		call('POST', `${R}/visits`, `${R}/visits`, { policy: 'sunan-2024', name: '无此人', number: '11010519491231002X' });
		call('GET', `${R}/divisions`, `${R}/divisions`);
		call('POST', `${R}/registrations`, `${R}/registrations`, { kind: 'new', name: '甲' });
		call('POST', `${R}/tickets`, `${R}/tickets`, { kind: 'other', text: '测试' });
	});

	it('makes an order, lets it be paid, and gives the same answer to the same key', () => {
		call('POST', `${R}/visits`, `${R}/visits`, { policy: 'sunan-2024', name: PEOPLE[0].name, number: PEOPLE[0].number });
		call('POST', `${R}/visit/people`, `${R}/visit/people`, { member: 2, tail: PEOPLE[1].number.slice(-4) });
		expect(call('POST', `${R}/visit/people`, `${R}/visit/people`, { member: 3, tail: '0000' }).status).toBe(422);
		expect(call('POST', `${R}/orders`, `${R}/orders`, { people: [0, 1], channel: 'alipay', total_fen: 1 }).status).toBe(409);
		const body = { people: [0, 1], channel: 'alipay', total_fen: 26000 };
		const first = mock.handle('POST', `${R}/orders`, new URLSearchParams(), body, 'k1', 'zh');
		const again = mock.handle('POST', `${R}/orders`, new URLSearchParams(), body, 'k1', 'zh');
		expect(again).toEqual(first);
		expect(mock.orders.size).toBe(1);
		const number = (first.body as { number: string }).number;
		call('GET', `${R}/orders/${number}`, `${R}/orders/{number}`);
		mock.pay(number, 'partly');
		const paid = call('GET', `${R}/orders/${number}`, `${R}/orders/{number}`).body as { lines: { outcome: string }[] };
		expect(paid.lines.map((l) => l.outcome)).toEqual(['posted', 'suspended']);
	});
});
