// SPDX-License-Identifier: Apache-2.0
// A service of made-up answers for `npm run dev` and `npm run preview` without CANBAO.  It keeps a
// little state (session, second factor, one running job), so that every door of the client can be
// tried: log in as any role of acts/roles.h with the password "demo"; the code is 123456.
import { readFileSync } from 'node:fs';
import { contract } from '../scripts/types.mjs';
import * as data from './data.mjs';

const document = contract();
const rolesHeader = readFileSync(new URL('../../../src/acts/roles.h', import.meta.url), 'utf8');

/** Roles and permissions as the service has them, read from its own table. */
function tables() {
	const roles = [...rolesHeader.matchAll(/X\((\w+), "(\w+)", "([^"]+)", "([^"]+)", (\w+),/g)].map(([, id, code, zh, en, reach]) => ({ id, code, zh, en, reach: reach.toLowerCase() }));
	const groups = {};
	const flat = rolesHeader.replace(/\\\n\s*/g, ' ');
	for (const [, name, text] of flat.matchAll(/#define (R_\w+)\s+(\(.+\))/g)) groups[name] = text;
	const all = Object.fromEntries(roles.map((r, i) => [r.id, 1 << i]));
	const value = (text) => {
		let s = text;
		for (let i = 0; i < 5; i++) s = s.replace(/\b(R_\w+)\b/g, (m) => groups[m] ?? m);
		s = s.replace(/R\((\w+)\)/g, (_, n) => String(all[n]));
		return Function(`return (${s})`)();
	};
	const permissions = [...flat.matchAll(/X\((\w+), "(\w+)", "([^"]+)", "([^"]+)",\s*([^"]+?),\s*(true|false)\)/g)].map(([, , code, zh, en, mask, strong]) => ({ code, zh, en, strong: strong === 'true', mask: value(mask) }));
	return { roles, permissions, all };
}

const T = tables();
const may = (role) => T.permissions.filter((p) => p.mask & T.all[role.id]).map((p) => p.code);
let session = null;
let totp = true;
let strong = false;
let job = null;
let requests = 0;

class No extends Error {
	constructor(status, code, zh, en, more = {}) {
		super(code);
		this.status = status;
		this.body = { type: `/problems/${code}`, title: en, status, code, zh, en, ...more };
	}
}

const page = (make, n) => ({ query }) => {
	const from = Number(query.get('cursor') ?? 0);
	const limit = Number(query.get('limit') ?? 50);
	let items = Array.from({ length: n }, (_, i) => make(i));
	for (const key of ['state', 'kind', 'channel', 'category']) if (query.get(key)) items = items.filter((x) => x[key] === query.get(key));
	return { items: items.slice(from, from + limit), next: from + limit < items.length ? String(from + limit) : null };
};

function sessionOf(role) {
	const local = role.reach === 'reach_division';
	return {
		login: role.code, name: '赵敏', role: role.code, role_zh: role.zh, role_en: role.en, division: local ? (role.code === 'village_agent' ? '620721100001' : data.TOWNS[0][0]) : null, division_name: local ? (role.code === 'village_agent' ? '隆畅村' : data.TOWNS[0][1]) : null,
		department: null, unit: null, permissions: may(role), strong, totp, must_change: false, csrf: 'mock', idle_seconds: 1800, absolute_until: '2023-12-01T20:00:00+08:00',
	};
}

function jobState() {
	if (!job) return null;
	const seconds = (Date.now() - job.began) / 1000;
	const total = 2431;
	const done = job.cancelled ? job.done : Math.min(total, Math.round(seconds * 700));
	job.done = done;
	const state = job.cancelled ? 'cancelled' : done >= total ? 'done' : 'running';
	return {
		id: 501, kind: job.kind, state, title: job.title, done, total, made_at: '2023-12-01T10:00:00+08:00', started_at: '2023-12-01T10:00:01+08:00', ended_at: state === 'running' ? null : '2023-12-01T10:00:05+08:00', message: null,
		result: state === 'done' ? (job.kind === 'assess' ? { people: 29500, billed: 3111, funded: 212, refused: 410, unchanged: 25000, payable_fen: 98000000 } : { rows: 2431, added: 2390, changed: 10, unchanged: 12, rejected: 19, skipped: 1 }) : null, errors: state === 'done' && job.kind === 'import', mine: true,
	};
}

const oldJob = (i) => ({ id: 500 - i, kind: ['import', 'assess', 'export'][i % 3], state: ['done', 'failed', 'done', 'cancelled'][i % 4], title: ['导入 困难群众名单 民政低保名单202311.xlsx', '核定 2023-11-20', '导出 未参保台账'][i % 3], done: 100, total: 100, made_at: '2023-11-28T10:00:00+08:00', started_at: '2023-11-28T10:00:00+08:00', ended_at: '2023-11-28T10:01:00+08:00', message: i % 4 === 1 ? '第 3 行缺少“身份类别”列' : null, result: i % 4 ? null : { rows: 2431, added: 2400, rejected: 19 }, errors: i % 3 === 0, mine: true });

const preview = (name, kind) => ({
	upload: 7, name, bytes: 182_331, encoding: 'GB18030', kind: kind ?? 'categories', guessed: !kind, header_row: 2, columns: [{ header: '序号', meaning: null }, { header: '姓名', meaning: '姓名' }, { header: '身份证号', meaning: '证件号码' }, { header: '救助类别', meaning: '身份类别' }, { header: '审批时间', meaning: '纳入资助时间' }, { header: '备注', meaning: null }],
	missing: kind === 'students' ? ['学段'] : [], rows: [1, 2, 3, 4, 5].map((i) => [String(i), data.line(i).name, data.line(i).number, '农村三类低保', '2023-06-01', '']), problems: [], repeated: false,
});

const exportOf = (i) => ({ id: 20 + i, list: ['missing', 'special', 'bills'][i % 3], format: i % 2 ? 'csv' : 'xlsx', purpose: '村级核实未参保原因，入户动员', whole: i % 3 === 1, state: ['asked', 'ready', 'declined', 'approved', 'asked'][i % 5], asked_by: i % 2 ? 'hwc.town' : 'me', asked_at: '2023-11-29T10:00:00+08:00', decided_by: i % 5 === 0 || i % 5 === 4 ? null : 'ins.zhao', decided_at: i % 5 === 0 ? null : '2023-11-29T11:00:00+08:00', reason: i % 5 === 2 ? '请缩小到本村' : null, rows: i % 5 === 1 ? 1831 : null, mine: i % 2 === 0, may_decide: i % 2 === 1 });

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAIAAAA2iEnWAAAAFklEQVQI12O4cuXKf4b/DAwM/xkYGAAtbgV7QpHe0gAAAABJRU5ErkJggg==', 'base64');

const cardsOf = (permissions) => [
	['tickets', '数据障碍待答复', 'tickets to answer', 6, true, '/console/tickets?state=open', 'answer_tickets'], ['registrations', '参保登记待审核', 'registrations to decide', 5, false, '/console/registrations?state=asked', 'decide_registration'], ['exports', '导出申请待批准', 'exports to approve', 2, false, '/console/exports?state=asked', 'approve_export'],
	['suspense', '待查款', 'payments in suspense', 18, false, '/console/money?tab=suspense', 'read_money'], ['missing', '未参保人数', 'people missing', 4731, false, '/console/missing', 'read_missing'], ['jobs', '未成的任务', 'failed jobs', 0, false, '/console/jobs?state=failed', 'read_jobs'], ['accounts', '待授权账号', 'accounts to grant', 1, false, '/console/accounts?state=asked', 'grant_account'],
].filter((c) => permissions.includes(c[6])).map(([code, zh, en, count, late, link]) => ({ code, zh, en, count, late, link }));

const HANDLERS = {
	season: () => data.season,
	session_open: ({ body }) => {
		const role = T.roles.find((r) => r.code === body.login);
		if (!role || body.password !== 'demo') throw new No(401, 'wrong_login', '账号、密码或验证码不对，或账号已锁定', 'account, password or code is wrong, or the account is locked');
		strong = body.code === '123456';
		session = role;
		return sessionOf(role);
	},
	session_read: () => sessionOf(session),
	session_close: () => void (session = null),
	session_strong: ({ body }) => {
		if (body.code !== '123456') throw new No(401, 'wrong_login', '账号、密码或验证码不对，或账号已锁定', 'account, password or code is wrong, or the account is locked');
		strong = true;
	},
	password_change: ({ body }) => {
		if (body.new.length < 12) throw new No(422, 'invalid', '填写有误，请看各项说明', 'some fields are wrong', { errors: [{ field: 'new', zh: '密码至少 12 个字符', en: 'at least 12 characters' }] });
	},
	totp_begin: () => ({ secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', uri: 'otpauth://totp/canbao:demo?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=canbao' }),
	totp_confirm: () => void (totp = true),
	desk: () => ({ today: data.season.today, cards: cardsOf(may(session)), progress: session.reach === 'reach_nobody' ? null : { planned: 29500, enrolled: 24785, today: 318, rate: 8402, rank: session.reach === 'reach_division' ? 3 : null, of: session.reach === 'reach_division' ? 8 : null } }),
	people_search: ({ body }) => {
		const items = body.number ? (body.number.length < 15 ? [] : [data.line(2)]) : Array.from({ length: 60 }, (_, i) => data.line(i + 1)).filter((p) => p.name.startsWith(body.name));
		return { items: items.slice(0, 50), more: items.length > 50 };
	},
	person_read: ({ id }) => {
		if (id > 9000) throw new No(404, 'not_found', '没有找到', 'not found');
		return data.person(id);
	},
	person_unmask: ({ id }) => ({ number: `62072119900615${1000 + id}`, phone: '13800000000' }),
	person_looks: page((i) => ({ at: '2023-11-30T10:00:00+08:00', actor: i % 2 ? 'hwc.town' : 'ins.zhao', office: i % 2 ? 'town_office' : 'insurance', what: ['record', 'unmask', 'evidence'][i % 3], reason: i % 3 === 1 ? '电话核实参保情况' : null }), 63),
	person_evidence: () => ({ items: data.registration(0).evidence }),
	evidence_read: () => PNG,
	registrations: page(data.registration, 9), registration_decide: ({ id, body }) => ({ ...data.registration(id - 70), state: body.accept ? 'accepted' : 'declined' }),
	tickets: page(data.ticket, 9), ticket_answer: ({ id, body }) => ({ ...data.ticket(id - 30), state: body.close ? 'closed' : 'answered' }),
	payments: page(data.payment, 260), bills: page(data.bill, 140),
	payment_take: () => ({ payment: 1, outcome: 'posted', reason: null, reason_zh: null, reason_en: null, expected_fen: 13000, benefit_from: '2024-01-01', receipt: '620721-2024-100321' }),
	report_read: ({ path, query }) => data.report(path.report, query.get('on'), query.get('town')),
	missing: page(data.missing, 41), progress_days: ({ query }) => ({ items: data.days(query.get('on')) }), divisions: ({ query }) => ({ items: data.divisions(query.get('parent')) }), grid_put: () => undefined,
	policies: () => ({ items: [{ code: 'sunan-2024', label: '2024年度城乡居民基本医疗保险', region: '620721', current: true }, { code: 'lingbi-2023', label: '2023年度', region: '341323', current: false }] }), policy_read: () => data.policy(),
	policy_try: ({ body }) => ({ on: body.on, people: 29500, before: { personal_fen: 812340000, subsidy_fen: 213000000, eligible: 28911 }, after: { personal_fen: 861200000, subsidy_fen: 213000000, eligible: 28911 }, pays_more: 26880, pays_less: 0, falls_out: 0, comes_in: 0, by_fund: [{ fund: 'medical_aid', before_fen: 201000000, after_fen: 211000000 }, { fund: 'health_department', before_fen: 12000000, after_fen: 12000000 }] }),
	upload: ({ query }) => preview(query.get('name'), query.get('kind')), upload_preview: ({ query }) => preview('民政低保名单.xlsx', query.get('kind')),
	imports: page(data.importFile, 23),
	import_ask: ({ body }) => {
		job = { kind: 'import', began: Date.now(), title: `导入 ${body.kind}` };
		return jobState();
	},
	assess_ask: ({ body }) => {
		job = { kind: 'assess', began: Date.now(), title: `核定 ${body.on}` };
		return jobState();
	},
	jobs: (r) => {
		const all = page(oldJob, 30)(r);
		const now = jobState();
		return now && !r.query.get('state') ? { ...all, items: [now, ...all.items] } : all;
	},
	job_read: ({ id }) => (id === 501 && job ? jobState() : oldJob(500 - id)), job_errors: () => Buffer.from('\ufeff姓名,证件号码,退回原因\n'),
	job_cancel: () => {
		job.cancelled = true;
		return jobState();
	},
	exports: page(exportOf, 7), export_ask: () => exportOf(0), export_decide: ({ id }) => ({ ...exportOf(id - 20), state: 'approved' }), export_file: () => Buffer.from('\ufeff村,姓名\n'),
	roles: () => ({ roles: T.roles.map((r) => ({ code: r.code, zh: r.zh, en: r.en, reach: r.reach.replace('reach_', ''), permissions: may(r), client: ['channel', 'platform'].includes(r.code) })), permissions: T.permissions.map(({ code, zh, en, strong: s }) => ({ code, zh, en, strong: s })) }),
	accounts: page(data.account, 12), account_ask: ({ body }) => ({ account: { ...data.account(1), ...body, state: 'asked' }, password: 'kuai-shan-7421-liu' }), account_grant: ({ id }) => ({ ...data.account(id - 10), state: 'active' }), account_reset: () => ({ password: 'hai-mu-1180-feng' }), account_close: ({ id }) => ({ ...data.account(id - 10), state: 'closed' }),
	account_move: ({ id, body }) => ({ ...data.account(id - 10), ...body }), clients: () => ({ items: [{ id: 'wechat', name: '微信缴费渠道', role: 'channel', unit: 'gansu_tax', state: 'active' }, { id: 'platform', name: '医保信息平台', role: 'platform', unit: null, state: 'active' }] }), client_add: ({ body }) => ({ id: body.id, key: '0'.repeat(64) }), client_rotate: ({ path }) => ({ id: path.code, key: 'a1'.repeat(32) }), client_close: () => undefined,
	trail: page(data.trail, 120), system_read: () => ({ version: '0.3.0', started_at: '2023-12-01T08:00:00+08:00', engine: 'sqlite', county: '620721', schema: 3, policies: 2, workers: 8, queue: 0, retries: 3, demo: true }),
};

const ROUTES = Object.entries(document.paths).flatMap(([path, item]) =>
	['get', 'post', 'put', 'delete'].filter((m) => item[m]).map((m) => ({ method: m.toUpperCase(), pattern: new RegExp(`^${path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`), id: item[m].operationId, may: item[m]['x-permission'] })),
);

async function read(req) {
	const parts = [];
	for await (const part of req) parts.push(part);
	const text = Buffer.concat(parts);
	return (req.headers['content-type'] ?? '').includes('json') ? JSON.parse(text.toString() || '{}') : text;
}

function check(route, req) {
	if (route.may === 'anybody') return;
	if (!session) throw new No(401, 'login', '请先登录', 'please log in');
	if (req.method !== 'GET' && req.headers['x-csrf-token'] !== 'mock') throw new No(403, 'csrf', '页面已过期，请刷新后重试', 'the page is out of date; reload it');
	const permission = T.permissions.find((p) => p.code === route.may);
	if (!may(session).includes(route.may)) throw new No(403, 'forbidden', '您的账号没有这项权限', 'your account may not do this');
	if (permission?.strong && !strong && req.method !== 'GET') throw new No(403, 'second_factor', '请先输入动态验证码', 'enter your one-time code first');
}

function events(res) {
	res.writeHead(200, { 'Content-Type': 'text/event-stream' });
	const timer = setInterval(() => {
		const now = jobState() ?? oldJob(1);
		res.write(`event: progress\ndata: ${JSON.stringify(now)}\n\n`);
		if (now.state !== 'running') {
			clearInterval(timer);
			res.end();
		}
	}, 300);
	res.on('close', () => clearInterval(timer));
}

async function answer(req, res) {
	const url = new URL(req.url, 'http://mock');
	const route = ROUTES.find((r) => r.method === req.method && r.pattern.test(url.pathname));
	const body = await read(req);
	if (!route) throw new No(404, 'not_found', '没有找到', 'not found');
	check(route, req);
	if (route.id === 'job_events') return events(res);
	const path = route.pattern.exec(url.pathname).groups ?? {};
	const out = HANDLERS[route.id]?.({ body, path, id: Number(path.id), query: url.searchParams });
	if (out === undefined) return res.writeHead(204).end();
	if (Buffer.isBuffer(out)) return res.writeHead(200, { 'Content-Type': route.id === 'evidence_read' ? 'image/png' : 'text/csv', 'Content-Disposition': 'attachment; filename="file.csv"' }).end(out);
	res.writeHead(200, { 'Content-Type': 'application/json' });
	res.end(JSON.stringify(out));
}

function serve(req, res, next) {
	if (!req.url.startsWith('/api/')) return next();
	answer(req, res).catch((e) => {
		if (!(e instanceof No)) console.error(e);
		const no = e instanceof No ? e : new No(500, 'internal', '系统出错，已记录；请稍后再试', 'an error of the system; try later');
		res.writeHead(no.status, { 'Content-Type': 'application/problem+json' });
		res.end(JSON.stringify({ ...no.body, request_id: `mock-${++requests}` }));
	});
}

export function mock() {
	return { name: 'mock', configureServer: (s) => void s.middlewares.use(serve), configurePreviewServer: (s) => void s.middlewares.use(serve) };
}
