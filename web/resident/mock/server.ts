// SPDX-License-Identifier: Apache-2.0
// The resident's part of openapi.yaml as a small stand-in, for `vite` and `vite preview` only; never built.
// One visitor at a time, everything in memory.  /mock/pay?order=…&how=paid|partly|waits|close plays the channel.
// A name that begins with 慢 answers late; 断 breaks the connection; 忙 answers 503.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Plugin } from 'vite';
import type { Order, Quote, RegistrationState, Season, TicketState, Visit } from '../src/types';
import { FALLBACK, maskName, maskNumber, PEOPLE, type Someone } from './people';

type Json = Record<string, unknown>;
interface Reply {
	status: number;
	body?: unknown;
	type?: string;
	headers?: Record<string, string>;
}

const SEASON: Season = {
	county: '620721', county_name: '肃南裕固族自治县', policy: 'sunan-2024', label: '2023年度居民参保缴费（享受2024年待遇）',
	benefit_from: '2024-01-01', benefit_to: '2024-12-31', pay_from: '2023-09-10', pay_to: '2023-12-31', phase: 'open',
	today: '2023-10-08', demo: true, personal_fen: 38000, payments_open: true,
	channels: [
		{ code: 'abc_counter', name: '农业银行网点柜台', online: false, open: true },
		{ code: 'rcu_counter', name: '农信社网点柜台', online: false, open: true },
		{ code: 'abc_app', name: '农业银行手机APP', online: true, open: true },
		{ code: 'gansu_tax', name: '甘肃税务社保缴费微信小程序', online: true, open: true },
		{ code: 'alipay', name: '支付宝市民中心社保缴费', online: true, open: true },
		{ code: 'rcu_app', name: '农信社手机APP', online: true, open: false },
	],
	policies: [{ code: 'sunan-2024', label: '2023年度居民参保缴费（享受2024年待遇）' }],
};

export class Mock {
	season: Season = JSON.parse(JSON.stringify(SEASON));
	people: Someone[] = JSON.parse(JSON.stringify(PEOPLE));
	visit: { typed: string; who: Someone | null; number: string }[] | null = null;
	orders = new Map<string, Order & { people: Someone[] }>();
	keys = new Map<string, { content: string; reply: Reply }>();
	registrations = new Map<string, RegistrationState>();
	tickets = new Map<string, TicketState>();
	/** Bytes of the last upload. */
	paper = 0;
	private count = 0;

	problem(status: number, code: string, zh: string, en: string, errors?: unknown[]): Reply {
		return { status, type: 'application/problem+json', body: {
			type: 'about:blank', title: en, status, code, zh, en, request_id: '0123456789abcdef', ...(errors ? { errors } : {}) } };
	}

	private quote(at: number): Quote {
		const v = (this.visit || [])[at];
		const base = { ...FALLBACK, place: at, name: v.typed, number: maskNumber(v.number) };

		return v.who ? { ...base, ...v.who.quote } : { ...base,
			todo_zh: '请核对姓名和证件号码；没有参加过的，请先登记。', todo_en: 'Check name and number; if never insured here, register first.' };
	}

	private answerVisit(): Reply {
		if (!this.visit) {
			return this.problem(401, 'visit', '请先输入姓名和证件号码', 'enter name and document number first');
		}
		const first = this.visit[0].who;
		const inside = this.visit.map((v) => v.number);
		const body: Visit = {
			policy: this.season.policy, today: this.season.today, people: this.visit.map((_v, i) => this.quote(i)),
			household: first ? this.people.map((p, i) => ({ p, i })).filter(({ p }) => p.household === first.household && inside.indexOf(p.number) < 0)
				.map(({ p, i }) => ({ member: i + 1, name: maskName(p.name), relation: p.relation, enrolled: p.quote.state === 'enrolled' })) : [],
		};
		return { status: 200, body };
	}

	private find(name: string, number: string): Someone | null {
		return this.people.find((p) => p.name === name && p.number === number) || null;
	}

	private order(body: Json): Reply {
		const places = body.people as number[];
		const total = places.reduce((sum, i) => sum + (this.quote(i).payable_fen || 0), 0);
		const channel = this.season.channels.find((c) => c.code === body.channel && c.online && c.open);

		if (!channel) {
			return this.problem(422, 'invalid', '填写有误，请看各项说明', 'some fields are wrong',
				[{ field: 'channel', zh: '这个渠道现在不能用', en: 'this channel is not open' }]);
		}
		if (total !== body.total_fen) {
			return this.problem(409, 'conflict', '金额有变化', 'the amount has changed');
		}
		const number = `f76e182d2fd3c02db121ae595b8b${String(++this.count).padStart(4, '0')}`;
		const o = { number, state: 'open' as const, policy: this.season.policy, channel: channel.code, channel_name: channel.name,
			total_fen: total, made_at: '2023-10-08T10:12:30+08:00', expires_at: '2023-10-08T10:42:30+08:00', paid_at: null,
			pay_url: `/mock/pay?order=${number}&how=paid`,
			lines: places.map((i) => ({ name: maskName((this.visit || [])[i].typed), fen: this.quote(i).payable_fen || 0, outcome: null,
				benefit_from: null, receipt: null, reason_zh: null, reason_en: null })),
			people: places.map((i) => (this.visit || [])[i].who as Someone) };
		this.orders.set(number, o);
		return { status: 201, body: this.shown(o) };
	}

	private shown(o: Order & { people?: Someone[] }): Order {
		const copy = { ...o };

		delete copy.people;
		return copy;
	}

	pay(number: string, how: string): void {
		const o = this.orders.get(number);

		if (!o || o.state !== 'open') {
			return;
		}
		if (how === 'close') {
			Object.assign(o, { state: 'closed', pay_url: null });
			return;
		}
		Object.assign(o, { state: 'paid', paid_at: '2023-10-08T10:15:02+08:00', pay_url: null });
		o.lines.forEach((l, i) => {
			if (how === 'waits' || (how === 'partly' && i === o.lines.length - 1)) {
				Object.assign(l, { outcome: 'suspended', reason_zh: '这个人今天已经由别的渠道缴过费。', reason_en: 'Already paid today by another channel.' });
			} else {
				Object.assign(l, { outcome: 'posted', benefit_from: '2024-01-01', receipt: `62072124${String(1000 + i)}` });
				Object.assign(o.people[i].quote, { state: 'enrolled', payable_fen: 0 });
			}
		});
	}

	handle(method: string, path: string, query: URLSearchParams, body: Json, key: string | undefined, language: string): Reply {
		if (key) {
			const seen = this.keys.get(key);
			const content = JSON.stringify(body);
			if (seen) {
				return seen.content === content ? seen.reply : this.problem(409, 'key_reused', '同一个幂等键用于了不同的内容', 'the key was used with other content');
			}
			const reply = this.act(method, path, query, body, language);
			if (reply.status < 500) {
				this.keys.set(key, { content, reply });
			}
			return reply;
		}
		return this.act(method, path, query, body, language);
	}

	private act(method: string, path: string, query: URLSearchParams, body: Json, _language: string): Reply {
		const missing = this.problem(404, 'not_found', '没有找到', 'not found');
		const route = `${method} ${path.replace('/api/v1', '')}`;
		const parts = path.split('/');
		const place = Number(query.get('person') || 0);

		switch (route) {
		case 'GET /season': return { status: 200, body: this.season };
		case 'POST /resident/visits':
			this.visit = [{ typed: String(body.name), who: this.find(String(body.name), String(body.number)), number: String(body.number) }];
			return this.answerVisit();
		case 'GET /resident/visit': return this.answerVisit();
		case 'DELETE /resident/visit': this.visit = null; return { status: 204 };
		case 'POST /resident/visit/people': return this.add(body);
		case 'GET /resident/why': return this.why(place);
		case 'GET /resident/record': return this.record(place);
		case 'GET /resident/looks': return { status: 200, body: { items: [
			{ at: '2023-10-07T15:02:11+08:00', office_zh: '大河乡便民服务中心', office_en: 'Town office of Dahe', what: 'record', reason: null },
			{ at: '2023-09-28T09:40:00+08:00', office_zh: '县医疗保障局', office_en: 'County medical security bureau', what: 'unmask', reason: '核对低保名单' },
		] } };
		case 'POST /resident/orders': return this.visit ? this.order(body) : this.answerVisit();
		case 'POST /resident/evidence': return { status: 201, body: { code: `E${++this.count}x7f3a9` } };
		case 'POST /resident/registrations': {
			const code = `82d65895110829ca810840ce6ef8${String(++this.count).padStart(4, '0')}`;
			const r: RegistrationState = { code, kind: body.kind as 'new', state: 'asked', name: maskName(String(body.name)),
				asked_at: '2023-10-08T10:20:00+08:00', decided_at: null, reason: null };
			this.registrations.set(code, r);
			return { status: 201, body: r };
		}
		case 'POST /resident/tickets': {
			const code = `eac319400db59092f820e5a6e02f${String(++this.count).padStart(4, '0')}`;
			const x: TicketState = { code, kind: String(body.kind), state: 'open', opened_at: '2023-10-08T10:25:00+08:00',
				due_at: '2023-10-13', text: String(body.text), answer: null, answered_at: null };
			this.tickets.set(code, x);
			return { status: 201, body: x };
		}
		case 'GET /resident/divisions': {
			const town = query.get('town');
			return { status: 200, body: { items: town
				? ['西岔河村', '东岭村', '大滩村'].map((name, i) => ({ code: town.slice(0, 9) + `20${i}`, name }))
				: ['皇城镇', '马蹄乡', '康乐镇', '大河乡', '红湾寺镇'].map((name, i) => ({ code: `62072110${i}000`, name })) } };
		}
		}
		if (method === 'GET' && parts[4] === 'orders') {
			const o = this.orders.get(parts[5]);
			if (!o) {
				return missing;
			}
			if (parts[6] === 'qr.svg') {
				return { status: 200, type: 'image/svg+xml', body: qr(o.number) };
			}
			if (parts[6] === 'receipt.pdf') {
				return { status: 200, type: 'application/pdf', body: '%PDF-1.4\n%mock\n' };
			}
			return { status: 200, body: this.shown(o) };
		}
		if (method === 'GET' && parts[4] === 'registrations') {
			return this.registrations.has(parts[5]) ? { status: 200, body: this.registrations.get(parts[5]) } : missing;
		}
		if (method === 'GET' && parts[4] === 'tickets') {
			return this.tickets.has(parts[5]) ? { status: 200, body: this.tickets.get(parts[5]) } : missing;
		}
		return missing;
	}

	private add(body: Json): Reply {
		if (!this.visit) {
			return this.answerVisit();
		}
		if (body.member) {
			const who = this.people[Number(body.member) - 1];
			if (!who || who.number.slice(-4) !== String(body.tail)) {
				return this.problem(422, 'invalid', '填写有误，请看各项说明', 'some fields are wrong',
					[{ field: 'tail', zh: '后 4 位不对，请核对', en: 'these are not the last four' }]);
			}
			this.visit.push({ typed: who.name, who, number: who.number });
		} else {
			if (this.visit.some((v) => v.number === body.number)) {
				return this.problem(409, 'conflict', '这个人已经在里面了', 'already in this visit');
			}
			this.visit.push({ typed: String(body.name), who: this.find(String(body.name), String(body.number)), number: String(body.number) });
		}
		return this.answerVisit();
	}

	private why(place: number): Reply {
		const q = this.visit && this.visit[place] ? this.quote(place) : null;

		if (!q || q.state === 'new') {
			return this.problem(404, 'not_found', '没有找到', 'not found');
		}
		if (q.state === 'refused') {
			return { status: 200, body: { place, cites: q.cites, steps: [{ zh: q.reason_zh, en: q.reason_en, fen: null, clause: '二(一)' }] } };
		}
		return { status: 200, body: { place, steps: [
			{ zh: '个人缴费标准', en: 'Personal contribution', fen: q.standard_fen, clause: '二(二)' },
			...(q.subsidy_fen ? [{ zh: `${q.category}，按规定资助`, en: 'Subsidy of this category', fen: -q.subsidy_fen, clause: '二(三)2' }] : []),
			{ zh: '本人应缴', en: 'To pay', fen: q.payable_fen, clause: '二(四)' },
		], cites: [
			{ clause: '二(二)', text: '居民医保个人缴费标准为每人每年 380 元' },
			{ clause: '二(三)2', text: '农村三、四类低保每人资助 250 元，由医疗救助资金支付' },
		] } };
	}

	private record(place: number): Reply {
		const v = this.visit && this.visit[place];

		if (!v || !v.who) {
			return this.problem(404, 'not_found', '没有找到', 'not found');
		}
		return { status: 200, body: {
			enrolments: [{ policy: 'sunan-2023', benefit_year: 2023, route: '集中缴费', category: '农村三类低保', standard_fen: 35000, personal_fen: 13000,
				subsidy_fen: 22000, benefit_from: '2023-01-01', benefit_to: '2023-12-31', enrolled_on: '2022-11-02', online: true, active: true }],
			payments: [
				{ at: '2022-11-02T09:31:00+08:00', fen: 13000, channel: '农业银行手机APP', state: 'posted', reason_zh: null, reason_en: null, receipt: '620721230117', order: null },
				{ at: '2023-10-07T18:20:00+08:00', fen: 13000, channel: '支付宝市民中心社保缴费', state: 'suspense', reason_zh: '这个人今天已经由别的渠道缴过费。',
					reason_en: 'Already paid today by another channel.', receipt: null, order: null },
			],
			registrations: [...this.registrations.values()], tickets: [...this.tickets.values()],
		} };
	}
}

/** Not a real code: a pattern of that look. */
function qr(seed: string): string {
	let x = 7, cells = '';
	for (let r = 0; r < 29; r++) {
		for (let c = 0; c < 29; c++) {
			x = (x * 1103515245 + 12345 + seed.charCodeAt((r + c) % seed.length)) % 2147483648;
			const corner = (r < 7 && c < 7) || (r < 7 && c > 21) || (r > 21 && c < 7);
			const rr = r > 21 ? r - 22 : r, cc = c > 21 ? c - 22 : c;
			const ring = rr === 0 || rr === 6 || cc === 0 || cc === 6 || (rr > 1 && rr < 5 && cc > 1 && cc < 5);
			if (corner ? ring : (x >> 8) % 2) {
				cells += `M${c} ${r}h1v1h-1z`;
			}
		}
	}
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 29 29" shape-rendering="crispEdges"><path d="${cells}"/></svg>`;
}

function read(req: IncomingMessage): Promise<Buffer> {
	return new Promise((ok) => {
		const parts: Buffer[] = [];

		req.on('data', (d) => parts.push(d as Buffer));
		req.on('end', () => ok(Buffer.concat(parts)));
	});
}

export function middleware(mock: Mock) {
	return async (req: IncomingMessage, res: ServerResponse, next: () => void): Promise<void> => {
		const url = new URL(req.url || '/', 'http://localhost');

		if (url.pathname === '/mock/pay') {
			mock.pay(url.searchParams.get('order') || '', url.searchParams.get('how') || 'paid');
			res.writeHead(302, { Location: `/order/${url.searchParams.get('order')}` }).end();
			return;
		}
		if (url.pathname === '/mock/paper') {
			res.end(String(mock.paper));
			return;
		}
		if (url.pathname === '/mock/reset') {
			Object.assign(mock, new Mock());
			Object.assign(mock.season, Object.fromEntries(url.searchParams));
			mock.season.demo = url.searchParams.get('demo') !== 'no';
			if (url.searchParams.get('two')) {
				mock.season.policies.push({ code: 'sunan-2023', label: '2022年度居民参保缴费（享受2023年待遇）' });
			}
			res.writeHead(204).end();
			return;
		}
		if (url.pathname.indexOf('/api/') !== 0) {
			next();
			return;
		}
		const raw = await read(req);
		let body: Json = {};
		if ((req.headers['content-type'] || '').indexOf('json') >= 0 && raw.length > 0) {
			body = JSON.parse(raw.toString('utf8')) as Json;
		}
		if (url.pathname.endsWith('/evidence')) {
			mock.paper = raw.length;
		}
		const name = String(body.name || '');
		let reply: Reply;
		if (req.method !== 'GET' && req.headers['x-canbao'] !== '1') {
			reply = mock.problem(403, 'csrf', '页面已过期，请刷新后重试', 'the page is out of date; reload it');
		} else if (name[0] === '断') {
			req.socket.destroy();
			return;
		} else if (name[0] === '忙') {
			reply = mock.problem(503, 'busy', '系统繁忙，请稍后再试', 'the system is busy; try later');
		} else {
			await new Promise((ok) => setTimeout(ok, name[0] === '慢' ? 4000 : 30));
			reply = mock.handle(req.method || 'GET', url.pathname, url.searchParams, body, req.headers['idempotency-key'] as string | undefined,
				String(req.headers['accept-language'] || ''));
		}
		res.writeHead(reply.status, { 'Content-Type': reply.type || 'application/json', 'Cache-Control': 'no-store' });
		res.end(reply.body === undefined ? undefined : typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body));
	};
}

export function mockApi(): Plugin {
	const mock = new Mock();

	return {
		name: 'canbao-mock',
		configureServer(server) {
			server.middlewares.use((req, res, next) => void middleware(mock)(req, res, next));
		},
		configurePreviewServer(server) {
			server.middlewares.use((req, res, next) => void middleware(mock)(req, res, next));
		},
	};
}
