// SPDX-License-Identifier: Apache-2.0
// The door to the server: every call ends in an answer or an ApiError that says what the resident can do.

import type {
	Division, EvidenceKind, FieldProblem, Order, Problem, RegistrationKind, RegistrationState, ResidentLook,
	ResidentRecord, Season, TicketKind, TicketState, Visit, Why,
} from './types';
import { mayRepeat, MemoryShelf, RetryKeys } from './base/retry_key';
import { sessionShelf } from './base/drafts';

const PATIENCE_MS = 20000;
const UPLOAD_PATIENCE_MS = 180000;

export type Trouble = 'offline' | 'slow' | 'problem';

export class ApiError extends Error {
	constructor(
		readonly trouble: Trouble,
		readonly status = 0,
		readonly code = '',
		readonly zh = '',
		readonly en = '',
		readonly fields: FieldProblem[] = [],
		readonly requestId = '',
	) {
		super(code || trouble);
		// Built for es2017 classes; still, some old engines lose the prototype of Error's children.
		Object.setPrototypeOf(this, ApiError.prototype);
	}
}

function fromProblem(status: number, p: Partial<Problem> | null): ApiError {
	if (!p || typeof p.code !== 'string') {
		return new ApiError('problem', status, status >= 500 ? 'internal' : 'bad_request');
	}
	// `detail` speaks of this very case, both languages with a slash between.
	const pair = p.detail ? p.detail.split(' / ') : [];
	return new ApiError('problem', status, p.code, pair[0] || p.zh || '', pair[1] || (pair[0] ? '' : p.en) || p.en || '',
		p.errors || [], p.request_id || '');
}

let english = false;
export function speakEnglish(yes: boolean): void {
	english = yes;
}

function headers(changes: boolean): Record<string, string> {
	const h: Record<string, string> = {
		'Accept': 'application/json, application/problem+json',
		'Accept-Language': english ? 'en' : 'zh-CN',
	};

	if (changes) {
		h['X-Canbao'] = '1';
	}
	return h;
}

function lost(): ApiError {
	return new ApiError(typeof navigator !== 'undefined' && navigator.onLine === false ? 'offline' : 'slow');
}

async function call<T>(method: string, path: string, body?: unknown, key?: string): Promise<T> {
	const h = headers(method !== 'GET');
	const stop = typeof AbortController === 'function' ? new AbortController() : null;
	let timer = 0;
	const late = new Promise<never>((_ok, no) => {
		timer = window.setTimeout(() => {
			no(new ApiError('slow'));
			if (stop) {
				stop.abort();
			}
		}, PATIENCE_MS);
	});

	if (body !== undefined) {
		h['Content-Type'] = 'application/json';
	}
	if (key) {
		h['Idempotency-Key'] = key;
	}
	const go = async (): Promise<T> => {
		const res = await fetch(path, {
			method,
			headers: h,
			credentials: 'same-origin',
			cache: 'no-store',
			body: body === undefined ? undefined : JSON.stringify(body),
			signal: stop ? stop.signal : undefined,
		});
		if (res.status === 204) {
			return undefined as unknown as T;
		}
		const text = await res.text();
		let parsed: unknown = null;
		try {
			parsed = JSON.parse(text);
		} catch (e) {
			if (res.ok) {
				throw new ApiError('problem', 502, 'internal');
			}
		}
		if (!res.ok) {
			throw fromProblem(res.status, parsed as Partial<Problem> | null);
		}
		return parsed as T;
	};
	try {
		return await Promise.race([go(), late]);
	} catch (e) {
		throw e instanceof ApiError ? e : lost();
	} finally {
		window.clearTimeout(timer);
	}
}

// An order holds no personal data: its key may outlive a reload.  The others' keys live in memory.
const orderKeys = new RetryKeys(sessionShelf());
const formKeys = new RetryKeys(new MemoryShelf());

async function callOnce<T>(keys: RetryKeys, what: string, path: string, body: unknown): Promise<T> {
	const key = keys.keyFor(what, JSON.stringify(body));

	try {
		const answer = await call<T>('POST', path, body, key);
		keys.answered(what);
		return answer;
	} catch (e) {
		if (!mayRepeat((e as ApiError).status)) {
			keys.answered(what);
		}
		throw e;
	}
}

const R = '/api/v1/resident';
const at = encodeURIComponent;

export interface RegistrationAsk {
	kind: RegistrationKind;
	name: string;
	number: string;
	sex: number;
	birth: string;
	division?: string;
	registered?: boolean;
	phone?: string;
	evidence: string[];
}

export interface TicketAsk {
	kind: TicketKind;
	text: string;
	phone?: string;
	person?: number;
	division?: string;
}

export const api = {
	season: () => call<Season>('GET', '/api/v1/season'),
	visitOpen: (policy: string, name: string, number: string) => call<Visit>('POST', `${R}/visits`, { policy, name, number }),
	visit: () => call<Visit>('GET', `${R}/visit`),
	visitClose: () => call<void>('DELETE', `${R}/visit`),
	addByNumber: (name: string, number: string) => call<Visit>('POST', `${R}/visit/people`, { name, number }),
	addMember: (member: number, tail: string) => call<Visit>('POST', `${R}/visit/people`, { member, tail }),
	why: (person: number) => call<Why>('GET', `${R}/why?person=${person}`),
	record: (person: number) => call<ResidentRecord>('GET', `${R}/record?person=${person}`),
	looks: (person: number) => call<{ items: ResidentLook[] }>('GET', `${R}/looks?person=${person}`),
	orderMake: (people: number[], channel: string, total_fen: number) =>
		callOnce<Order>(orderKeys, 'order', `${R}/orders`, { people, channel, total_fen }),
	order: (number: string) => call<Order>('GET', `${R}/orders/${at(number)}`),
	orderQr: (number: string) => `${R}/orders/${at(number)}/qr.svg`,
	orderReceipt: (number: string) => `${R}/orders/${at(number)}/receipt.pdf`,
	register: (ask: RegistrationAsk) => callOnce<RegistrationState>(formKeys, 'registration', `${R}/registrations`, ask),
	registration: (code: string) => call<RegistrationState>('GET', `${R}/registrations/${at(code)}`),
	ticketOpen: (ask: TicketAsk) => callOnce<TicketState>(formKeys, 'ticket', `${R}/tickets`, ask),
	ticket: (code: string) => call<TicketState>('GET', `${R}/tickets/${at(code)}`),
	divisions: (town?: string) =>
		call<{ items: Division[] }>('GET', `${R}/divisions${town ? `?town=${at(town)}` : ''}`),
};

/** Upload with progress; fetch cannot tell how far it is. */
export function sendPaper(kind: EvidenceKind, file: Blob, progress: (percent: number) => void): Promise<string> {
	return new Promise((ok, no) => {
		const x = new XMLHttpRequest();

		x.open('POST', `${R}/evidence?kind=${at(kind)}`);
		x.timeout = UPLOAD_PATIENCE_MS;
		const h = headers(true);
		for (const name of Object.keys(h)) {
			x.setRequestHeader(name, h[name]);
		}
		x.setRequestHeader('Content-Type', file.type);
		x.upload.onprogress = (e) => {
			if (e.lengthComputable && e.total > 0) {
				progress(Math.floor((e.loaded * 100) / e.total));
			}
		};
		x.onload = () => {
			let parsed: { code?: string } | null = null;
			try {
				parsed = JSON.parse(x.responseText);
			} catch (e) {
				parsed = null;
			}
			if (x.status === 201 && parsed && typeof parsed.code === 'string') {
				ok(parsed.code);
			} else {
				no(fromProblem(x.status, parsed as Partial<Problem> | null));
			}
		};
		x.onerror = () => no(lost());
		x.ontimeout = () => no(new ApiError('slow'));
		x.send(file);
	});
}
