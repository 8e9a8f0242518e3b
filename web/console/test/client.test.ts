// SPDX-License-Identifier: Apache-2.0
// What the client does about a "no": each door, once, and the same request again.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { call, pathOf, queryOf, setCsrf, setDoors } from '../src/api/client';
import { Problem, problemOf } from '../src/api/problem';
import { KeyRing } from '../src/lib/keys';
import { keepable } from '../src/lib/draft';

interface Sent {
	method: string;
	url: string;
	headers: Record<string, string>;
	body: unknown;
}

let sent: Sent[];
let answers: Array<() => Response | Promise<Response>>;
const doors = { login: vi.fn(), mustChange: vi.fn(), askCode: vi.fn<() => Promise<boolean>>() };

const ok = (body: unknown) => () => new Response(JSON.stringify(body), { status: 200 });
const no = (status: number, code: string, more: object = {}) => () =>
	new Response(JSON.stringify({ type: '', title: code, status, code, zh: '不行', en: 'no', request_id: 'r-1', ...more }), { status });

beforeEach(() => {
	sent = [];
	answers = [];
	doors.login.mockReset();
	doors.mustChange.mockReset();
	doors.askCode.mockReset();
	setDoors(doors);
	setCsrf('token-1');
	vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
		sent.push({ url, method: init.method!, headers: init.headers as Record<string, string>, body: init.body });
		return answers.shift()!();
	});
});
afterEach(() => vi.unstubAllGlobals());

describe('a request', () => {
	it('carries the CSRF token when it changes something, and only then', async () => {
		answers = [ok({ items: [] }), ok({ items: [], more: false })];
		await call('policies');
		await call('people_search', { body: { name: '王' } });
		expect(sent[0]!.headers).not.toHaveProperty('X-CSRF-Token');
		expect(sent[1]!.headers['X-CSRF-Token']).toBe('token-1');
	});
	it('keeps names and numbers out of the address', async () => {
		answers = [ok({ items: [], more: false })];
		await call('people_search', { body: { number: '62072119900615004X' } });
		expect(sent[0]!.url).toBe('/api/v1/people/search');
		expect(sent[0]!.method).toBe('POST');
	});
	it('carries its Idempotency-Key', async () => {
		answers = [ok({ id: 1 })];
		await call('assess_ask', { body: { on: '2023-12-01' }, key: 'k1' });
		expect(sent[0]!.headers['Idempotency-Key']).toBe('k1');
	});
	it('escapes what goes into a path and leaves empty filters out', () => {
		expect(pathOf('/a/{code}/b', { code: 'x/../y' })).toBe('/a/x%2F..%2Fy/b');
		expect(queryOf({ state: undefined, from: '', to: '2023-12-01' })).toBe('?to=2023-12-01');
	});
});

describe('a closed door', () => {
	it('second factor: asks for the code and sends the same request with the same key', async () => {
		doors.askCode.mockResolvedValue(true);
		answers = [no(403, 'second_factor'), ok({ payment: 1 })];
		const body = { person: 1, channel: 'c', serial: 's', amount_fen: 100 };
		await expect(call('payment_take', { body, key: 'k' })).resolves.toEqual({ payment: 1 });
		expect(sent).toHaveLength(2);
		expect(sent[1]).toEqual(sent[0]);
	});
	it('second factor not given: the refusal stands', async () => {
		doors.askCode.mockResolvedValue(false);
		answers = [no(403, 'second_factor')];
		await expect(call('exports', { query: {} })).rejects.toMatchObject({ code: 'second_factor' });
		expect(sent).toHaveLength(1);
	});
	it('is not knocked at twice', async () => {
		doors.askCode.mockResolvedValue(true);
		answers = [no(403, 'second_factor'), no(403, 'second_factor')];
		await expect(call('exports', { query: {} })).rejects.toMatchObject({ code: 'second_factor' });
		expect(doors.askCode).toHaveBeenCalledTimes(1);
	});
	it('stale page: fetches a new token and sends it again', async () => {
		answers = [no(403, 'csrf'), ok({ csrf: 'token-2' }), ok({ items: [], more: false })];
		await call('people_search', { body: { name: '王' } });
		expect(sent[2]!.headers['X-CSRF-Token']).toBe('token-2');
	});
	it('session over: to the log-in page', async () => {
		answers = [no(401, 'login')];
		await expect(call('desk')).rejects.toBeInstanceOf(Problem);
		expect(doors.login).toHaveBeenCalledTimes(1);
	});
	it('wrong password is no lost session', async () => {
		answers = [no(401, 'wrong_login')];
		await expect(call('session_open', { body: { login: 'a', password: 'b' } })).rejects.toMatchObject({ code: 'wrong_login' });
		expect(doors.login).not.toHaveBeenCalled();
	});
	it('first password: to the page that changes it', async () => {
		answers = [no(403, 'must_change')];
		await expect(call('desk')).rejects.toBeInstanceOf(Problem);
		expect(doors.mustChange).toHaveBeenCalledTimes(1);
	});
	it('no network: says so, in both languages', async () => {
		answers = [() => Promise.reject(new TypeError('failed'))];
		await expect(call('desk')).rejects.toMatchObject({ code: 'offline', zh: '连不上服务' });
	});
});

describe('a problem', () => {
	it('keeps detail, request id and field errors', () => {
		const p = problemOf(422, { code: 'invalid', zh: '填写有误', en: 'wrong', detail: 'd', request_id: 'r', errors: [{ field: 'reason', zh: '太短', en: 'short' }] });
		expect(p).toMatchObject({ status: 422, code: 'invalid', detail: 'd', requestId: 'r', fields: [{ field: 'reason', zh: '太短', en: 'short' }] });
		expect([p.say('zh'), p.say('en')]).toEqual(['填写有误', 'wrong']);
	});
	it('is made of whatever a proxy answers', () => {
		expect(problemOf(502, null).code).toBe('unreadable');
		expect(problemOf(502, '<html>').say('en')).toContain('502');
	});
});

describe('what is kept', () => {
	it('the same content has the same key, other content or a new one after success another', () => {
		const keys = new KeyRing();
		const a = keys.keyFor({ n: 1 });
		expect(keys.keyFor({ n: 1 })).toBe(a);
		const b = keys.keyFor({ n: 2 });
		expect(b).not.toBe(a);
		keys.done();
		expect(keys.keyFor({ n: 2 })).not.toBe(b);
		expect(a).toMatch(/^[0-9a-f]{32}$/);
	});
	it('drafts never hold numbers, phones, passwords or codes', () => {
		const typed = { reason: '电话核实', number: '1', phone: '2', password: '3', old: '4', new: '5', code: '6', empty: '' };
		expect(keepable(typed)).toEqual({ reason: '电话核实' });
	});
});
