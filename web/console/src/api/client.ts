// SPDX-License-Identifier: Apache-2.0
// The one way to the service.  A call goes on where a "no" can be answered: a stale page fetches a
// new CSRF token, a missing second factor asks for the code, and the same request is sent again.
import { operations, type Operations, type Session } from './contract';
import { offline, Problem, problemOf } from './problem';

export type OperationId = keyof Operations;
type Part<O, P extends string> = P extends keyof O ? { [K in P]: O[P] } : { [K in P]?: undefined };
type OptionalQuery<O> = 'query' extends keyof O
	? object extends O['query']
		? { query?: O['query'] }
		: { query: O['query'] }
	: { query?: undefined };
export type Args<K extends OperationId> = Part<Operations[K], 'path'> &
	OptionalQuery<Operations[K]> &
	Part<Operations[K], 'body'> & { signal?: AbortSignal; key?: string };
export type Answer<K extends OperationId> = Operations[K]['answer'];

/** What the frame does when a request meets a closed door. */
export interface Doors {
	/** The session is over. */
	login(): void;
	/** The password must be changed first. */
	mustChange(): void;
	/** Ask for the one-time code; true once the service took it. */
	askCode(): Promise<boolean>;
}

let doors: Doors = { login() {}, mustChange() {}, askCode: () => Promise.resolve(false) };
let csrf = '';

let lastAnswer = Date.now();

/** When the service last heard from us: its idle clock began anew then. */
export function lastCall(): number {
	return lastAnswer;
}

export function setDoors(d: Doors): void {
	doors = d;
}

export function setCsrf(token: string): void {
	csrf = token;
}

export function pathOf(template: string, values: Record<string, string | number> = {}): string {
	return template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name])));
}

export function queryOf(values: Record<string, unknown> = {}): string {
	const params = new URLSearchParams();
	for (const [name, value] of Object.entries(values))
		if (value !== undefined && value !== null && value !== '') params.set(name, String(value));
	const text = params.toString();
	return text ? `?${text}` : '';
}

interface Loose {
	path?: Record<string, string | number>;
	query?: Record<string, unknown>;
	body?: unknown;
	signal?: AbortSignal;
	key?: string;
}

export function addressOf(id: OperationId, args: Loose = {}): string {
	return pathOf(operations[id].path, args.path) + queryOf(args.query);
}

async function once(id: OperationId, args: Loose): Promise<Response> {
	const { method } = operations[id];
	const headers: Record<string, string> = { Accept: 'application/json, application/problem+json, */*;q=0.5' };
	let body: BodyInit | undefined;
	if (args.body instanceof Blob) {
		body = args.body;
		headers['Content-Type'] = args.body.type || 'application/octet-stream';
	} else if (args.body !== undefined) {
		body = JSON.stringify(args.body);
		headers['Content-Type'] = 'application/json';
	}
	// Logging in has no token yet: that this page asks, and no other site's form, the second header says.
	if (method !== 'GET') headers['X-Canbao'] = '1';
	if (method !== 'GET' && csrf) headers['X-CSRF-Token'] = csrf;
	if (args.key) headers['Idempotency-Key'] = args.key;
	try {
		const response = await fetch(addressOf(id, args), { method, headers, body, signal: args.signal, credentials: 'same-origin' });
		if (id !== 'season') lastAnswer = Date.now();
		return response;
	} catch (e) {
		if (e instanceof DOMException && e.name === 'AbortError') throw e;
		throw offline();
	}
}

async function refused(response: Response): Promise<Problem> {
	let body: unknown = null;
	try {
		body = await response.json();
	} catch {
		/* not JSON: problemOf says so */
	}
	return problemOf(response.status, body);
}

async function freshToken(): Promise<boolean> {
	const response = await once('session_read', {});
	if (!response.ok) return false;
	csrf = ((await response.json()) as Session).csrf;
	return true;
}

/** Can the same request succeed now?  Each door is tried once. */
async function opened(problem: Problem, tried: Set<string>): Promise<boolean> {
	if (tried.has(problem.code)) return false;
	tried.add(problem.code);
	if (problem.code === 'csrf') return freshToken();
	if (problem.code === 'second_factor') return doors.askCode();
	return false;
}

async function send(id: OperationId, args: Loose): Promise<Response> {
	const tried = new Set<string>();
	for (;;) {
		const response = await once(id, args);
		if (response.ok) return response;
		const problem = await refused(response);
		if (await opened(problem, tried)) continue;
		if (problem.code === 'login') doors.login();
		if (problem.code === 'must_change') doors.mustChange();
		throw problem;
	}
}

type Rest<K extends OperationId> = object extends Args<K> ? [args?: Args<K>] : [args: Args<K>];

export async function call<K extends OperationId>(id: K, ...rest: Rest<K>): Promise<Answer<K>> {
	const response = await send(id, (rest[0] ?? {}) as Loose);
	if (response.status === 204) return null as Answer<K>;
	try {
		return (await response.json()) as Answer<K>;
	} catch {
		throw problemOf(response.status, null);
	}
}

function nameIn(disposition: string | null): string | null {
	const star = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '');
	if (star) return decodeURIComponent(star[1]!);
	return /filename="?([^";]+)"?/i.exec(disposition ?? '')?.[1] ?? null;
}

/** Fetch a file and hand it to the browser; through the same doors, so that a "no" is shown here
 *  and not as a page of JSON. */
export async function download<K extends OperationId>(id: K, args: Args<K>, name: string): Promise<void> {
	const response = await send(id, args as Loose);
	const blob = await response.blob();
	const url = URL.createObjectURL(blob);
	const a = document.createElement('a');
	a.href = url;
	a.download = nameIn(response.headers.get('Content-Disposition')) ?? name;
	document.body.append(a);
	a.click();
	a.remove();
	setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
