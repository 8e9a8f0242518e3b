// SPDX-License-Identifier: Apache-2.0
import { afterEach, describe, expect, it, vi } from 'vitest';

vi.stubGlobal('window', globalThis);
const { api, ApiError } = await import('../src/api');

interface Sent {
	path: string;
	method: string;
	headers: Record<string, string>;
	body: string | undefined;
}

/** A server that answers one after the other; an Error breaks the line. */
function answers(...replies: (Error | { status: number; body?: unknown; text?: string })[]): Sent[] {
	const sent: Sent[] = [];

	vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
		const reply = replies[Math.min(sent.length, replies.length - 1)];

		sent.push({ path, method: init.method as string, headers: init.headers as Record<string, string>, body: init.body as string });
		if (reply instanceof Error) {
			throw reply;
		}
		return new Response(reply.status === 204 ? null : reply.text || JSON.stringify(reply.body), { status: reply.status });
	});
	return sent;
}

const problem = (status: number, code: string, more: object = {}) =>
	({ status, body: { type: 'about:blank', title: 't', status, code, zh: '中', en: 'e', request_id: 'r', ...more } });
const failure = (p: Promise<unknown>) => p.then(() => null, (e) => e as InstanceType<typeof ApiError>);

afterEach(() => vi.useRealTimers());

describe('what is sent', () => {
	it('marks every change with X-Canbao and nothing else', async () => {
		const sent = answers({ status: 200, body: {} });

		await api.visitOpen('p', '甲', '1');
		await api.addMember(1, '002X');
		await api.visitClose();
		await api.season();
		expect(sent.map((s) => s.headers['X-Canbao'])).toEqual(['1', '1', '1', undefined]);
		expect(sent.every((s) => s.path.startsWith('/api/v1/'))).toBe(true);
	});

	it('has no name and no number in an address', async () => {
		const sent = answers({ status: 200, body: {} });

		await api.visitOpen('p', '测试甲', '11010519491231002X');
		await api.addByNumber('测试甲', '11010519491231002X');
		for (const s of sent) {
			expect(decodeURIComponent(s.path)).not.toMatch(/测试甲|110105/);
		}
	});

	it('pays once: the same key after silence, another after an answer', async () => {
		const sent = answers(new TypeError('network'), { status: 503, body: {} }, { status: 201, body: { number: 'N' } }, { status: 201, body: { number: 'M' } });

		await failure(api.orderMake([0], 'c', 100));
		await failure(api.orderMake([0], 'c', 100));
		await api.orderMake([0], 'c', 100);
		await api.orderMake([0], 'c', 100);
		const keys = sent.map((s) => s.headers['Idempotency-Key']);
		expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
		expect(keys[1]).toBe(keys[0]);
		expect(keys[2]).toBe(keys[0]);
		expect(keys[3]).not.toBe(keys[0]);
	});

	it('takes another key after a refusal', async () => {
		const sent = answers(problem(409, 'conflict'), { status: 201, body: {} });

		await failure(api.orderMake([0], 'c', 100));
		await api.orderMake([0], 'c', 100);
		expect(sent[1].headers['Idempotency-Key']).not.toBe(sent[0].headers['Idempotency-Key']);
	});
});

describe('what comes back', () => {
	it('is a problem in both languages, its own sentence first', async () => {
		answers(problem(409, 'conflict', { detail: '已经登记过 / registered already', errors: [{ field: 'name', zh: '甲', en: 'a' }] }));
		const e = await failure(api.season());

		expect(e).toBeInstanceOf(ApiError);
		expect([e?.trouble, e?.status, e?.code, e?.zh, e?.en]).toEqual(['problem', 409, 'conflict', '已经登记过', 'registered already']);
		expect(e?.fields).toHaveLength(1);
	});

	it('is a problem too when it is no JSON at all', async () => {
		answers({ status: 502, text: '<html>bad gateway</html>' });
		expect((await failure(api.season()))?.status).toBe(502);
		answers({ status: 200, text: '<html>a hotel’s log-in page</html>' });
		expect((await failure(api.season()))?.status).toBe(502);
	});

	it('is silence after 20 seconds', async () => {
		vi.useFakeTimers();
		vi.stubGlobal('fetch', () => new Promise(() => undefined));
		const waiting = failure(api.season());

		await vi.advanceTimersByTimeAsync(20001);
		expect((await waiting)?.trouble).toBe('slow');
	});
});
