// SPDX-License-Identifier: Apache-2.0
// Written by scripts/types.mjs from openapi.yaml; not by hand.

export interface Problem {
	type: string;
	title: string;
	status: number;
	code: "bad_request" | "login" | "wrong_login" | "signature" | "visit" | "forbidden" | "csrf" | "second_factor" | "must_change" | "own_work" | "not_found" | "method" | "conflict" | "key_reused" | "state" | "too_large" | "media" | "invalid" | "rate" | "internal" | "busy";
	zh: string;
	en: string;
	detail?: string;
	request_id: string;
	errors?: Array<{ field: string; zh: string; en: string }>;
}

export type ImportKind = "divisions" | "residents" | "categories" | "students" | "targets" | "coverage" | "circumstances" | "payments";

export interface Season {
	county: string;
	county_name: string;
	policy: string;
	label: string;
	benefit_from: string;
	benefit_to: string;
	pay_from: string;
	pay_to: string;
	phase: "before" | "open" | "after";
	today: string;
	demo: boolean;
	personal_fen: number;
	payments_open: boolean;
	channels: Array<{ code: string; name: string; online: boolean; open: boolean }>;
	policies: Array<{ code: string; label: string }>;
	oidc?: boolean;
}

export interface Quote {
	place: number;
	state: "renew" | "first" | "enrolled" | "funded" | "refused" | "new";
	name: string;
	number: string;
	standard_fen: number | null;
	subsidy_fen: number | null;
	payable_fen: number | null;
	payer: "self" | "fund" | "institution" | null;
	category: string | null;
	route: string | null;
	benefit_from: string | null;
	benefit_to: string | null;
	bill: string | null;
	reason: string | null;
	reason_zh: string | null;
	reason_en: string | null;
	todo_zh: string | null;
	todo_en: string | null;
	cites: Array<Cite>;
	benefits_soon: boolean;
}

export interface Cite {
	clause: string;
	text: string | null;
}

export interface Visit {
	policy: string;
	today: string;
	people: Array<Quote>;
	household: Array<{ member: number; name: string; relation: string | null; enrolled: boolean }>;
}

export interface Why {
	place: number;
	steps: Array<{ zh: string; en: string; fen: number | null; clause: string | null }>;
	cites: Array<Cite>;
}

export interface Enrolment {
	policy: string;
	benefit_year: number;
	route: string;
	category: string | null;
	standard_fen: number;
	personal_fen: number;
	subsidy_fen: number;
	benefit_from: string;
	benefit_to: string;
	enrolled_on: string;
	online: boolean;
	active: boolean;
}

export interface CoverChange {
	number: string;
	name: string;
	enrolment: Enrolment;
	at: string;
}

export interface ResidentRecord {
	enrolments: Array<Enrolment>;
	payments: Array<{ at: string; fen: number; channel: string; state: "posted" | "suspense"; reason_zh: string | null; reason_en: string | null; receipt: string | null; order: string | null }>;
	registrations: Array<RegistrationState>;
	tickets: Array<TicketState>;
}

export interface ResidentLook {
	at: string;
	office_zh: string;
	office_en: string;
	what: "record" | "unmask" | "evidence" | "quote" | "list";
	reason: string | null;
}

export interface Order {
	number: string;
	state: "open" | "paid" | "closed";
	policy: string;
	channel: string;
	channel_name: string;
	total_fen: number;
	made_at: string;
	expires_at: string;
	paid_at: string | null;
	pay_url: string | null;
	lines: Array<{ name: string; fen: number; outcome: "posted" | "suspended" | null; benefit_from: string | null; receipt: string | null; reason_zh: string | null; reason_en: string | null }>;
}

export interface RegistrationState {
	code: string;
	kind: "newborn" | "new";
	state: "asked" | "accepted" | "declined";
	name: string;
	asked_at: string;
	decided_at: string | null;
	reason: string | null;
	hint_zh?: string | null;
	hint_en?: string | null;
}

export interface TicketState {
	code: string;
	kind: string;
	state: "open" | "answered" | "closed";
	opened_at: string;
	due_at: string;
	text: string;
	answer: string | null;
	answered_at: string | null;
}

export interface Session {
	login: string;
	name: string;
	role: string;
	role_zh: string;
	role_en: string;
	division: string | null;
	division_name: string | null;
	department: string | null;
	unit: string | null;
	permissions: Array<string>;
	strong: boolean;
	totp: boolean;
	must_change: boolean;
	csrf: string;
	idle_seconds: number;
	absolute_until: string;
}

export interface Desk {
	today: string;
	cards: Array<{ code: string; zh: string; en: string; count: number; late: boolean; link: string }>;
	progress: { planned: number | null; enrolled: number; today: number; rate: number | null; rank: number | null; of: number | null } | null;
}

export interface PersonLine {
	id: number;
	name: string;
	number: string;
	sex: number;
	birth: string;
	town: string | null;
	village: string | null;
	household: string | null;
	registered: boolean;
	resident: boolean;
	died_on: string | null;
	state: "enrolled" | "open" | "refused" | "none";
}

export interface Person {
	id: number;
	name: string;
	number: string;
	document: string;
	sex: number;
	birth: string;
	nation: string | null;
	phone: string | null;
	town: string | null;
	village: string | null;
	household: string | null;
	relation: string | null;
	registered: boolean;
	resident: boolean;
	died_on: string | null;
	student: { level: string; local: boolean } | null;
	ruling: { decision: "enrol" | "refuse"; reason: string | null; reason_zh: string | null; reason_en: string | null; route: string | null; category: string | null; standard_fen: number | null; subsidy_fen: number | null; payable_fen: number | null; payer: string | null; fund: string | null; benefit_from: string | null; benefit_to: string | null; cites: Array<Cite>; steps: Array<{ zh: string; en: string; fen: number | null; clause: string | null }> };
	categories: Array<{ code: string; name: string; subsidy_fen: number | null; certified: string; ended: string | null; department: string; applies: boolean }>;
	coverages: Array<{ scheme: string; since: string; ended: string | null; months: number | null }>;
	circumstances: Array<{ kind: string; happened: string }>;
	bill: { number: string; state: string; payable_fen: number } | null;
	payments: Array<Payment>;
	enrolments: Array<Enrolment>;
	changes: Array<{ at: string; actor: string; field: string; was: string | null; became: string | null }>;
	members: Array<{ id: number; name: string; relation: string | null; birth: string; died: boolean; enrolled: boolean }>;
	other_cover: number;
}

export interface LookPage {
	items: Array<{ at: string; actor: string; office: string; what: string; reason: string | null }>;
	next: string | null;
}

export interface EvidenceLine {
	id: number;
	kind: string;
	media: string;
	bytes: number;
	at: string;
}

export interface Registration {
	id: number;
	kind: "newborn" | "new";
	state: "asked" | "accepted" | "declined";
	name: string;
	number: string;
	sex: number;
	birth: string;
	town: string | null;
	village: string | null;
	registered: boolean;
	in_register: boolean;
	guardian: string | null;
	asked_at: string;
	decided_at: string | null;
	decided_by: string | null;
	reason: string | null;
	person: number | null;
	evidence: Array<EvidenceLine>;
}

export interface Ticket {
	id: number;
	kind: string;
	state: "open" | "answered" | "closed";
	text: string;
	town: string | null;
	person: number | null;
	person_name: string | null;
	phone: string | null;
	opened_at: string;
	due_at: string;
	late: boolean;
	answer: string | null;
	answered_at: string | null;
	answered_by: string | null;
}

export interface Payment {
	id: number;
	channel: string;
	channel_name: string;
	serial: string;
	person: number | null;
	name: string | null;
	fen: number;
	paid_at: string;
	state: "posted" | "suspense";
	reason: string | null;
	reason_zh: string | null;
	reason_en: string | null;
	receipt: string | null;
}

export interface PaymentTaken {
	payment: number;
	outcome: "posted" | "suspended" | "repeated";
	reason: string | null;
	reason_zh: string | null;
	reason_en: string | null;
	expected_fen: number | null;
	benefit_from: string | null;
	receipt: string | null;
}

export interface Bill {
	number: string;
	person: number;
	name: string;
	village: string | null;
	state: "open" | "paid" | "funded" | "withdrawn";
	route: string;
	category: string | null;
	standard_fen: number;
	subsidy_fen: number;
	payable_fen: number;
	payer: string;
	fund: string | null;
	assessed_on: string;
}

export interface Report {
	name: string;
	title_zh: string;
	title_en: string;
	on: string;
	columns: Array<{ key: string; zh: string; en: string; type: "text" | "count" | "rate" | "fen" }>;
	rows: Array<Array<string | number | null>>;
	codes?: Array<string | null>;
	total: Array<string | number | null> | null;
}

export interface Missing {
	person: number;
	name: string;
	number: string;
	sex: number;
	birth: string;
	household: string | null;
	payable_fen: number | null;
	category: string | null;
	refusal: string | null;
}

export interface Division {
	code: string;
	name: string;
	level: "county" | "town" | "village";
	parent: string | null;
	officer: string | null;
	people: number | null;
	grid: Array<{ duty: string; name: string; phone: string | null }>;
}

export interface Policy {
	code: string;
	label: string;
	region: string;
	benefit_from: string;
	benefit_to: string;
	personal_fen: number;
	fiscal_fen: number;
	categories: Array<{ code: string; name: string; subsidy_fen: number; payable_fen: number; fund: string | null; cites: Array<string> }>;
	routes: Array<{ code: string; name: string; pay_from: string | null; pay_to: string | null; cites: Array<string> }>;
	readings: Array<{ number: string; text: string; author: string; state: string }>;
	clauses: Array<{ clause: string; text: string; figures: Array<string>; cited_by: Array<string>; notice: string | null }>;
	uncited: Array<string>;
}

export interface TryResult {
	on: string;
	people: number;
	before: TrySum;
	after: TrySum;
	pays_more: number;
	pays_less: number;
	falls_out: number;
	comes_in: number;
	by_fund: Array<{ fund: string; before_fen: number; after_fen: number }>;
}

export interface TrySum {
	personal_fen: number;
	subsidy_fen: number;
	eligible: number;
}

export interface Preview {
	upload: number;
	name: string;
	bytes: number;
	encoding: string;
	kind: string | null;
	guessed: boolean;
	header_row: number | null;
	columns: Array<{ header: string; meaning: string | null }>;
	missing: Array<string>;
	rows: Array<Array<string>>;
	problems: Array<{ zh: string; en: string }>;
	repeated: boolean;
}

export interface ImportFile {
	id: number;
	kind: string;
	name: string;
	state: "complete" | "open" | "stopped";
	department: string | null;
	as_of: string;
	rows: number;
	accepted: number;
	unchanged: number;
	rejected: number;
	actor: string;
	at: string;
}

export interface Job {
	id: number;
	kind: "import" | "assess" | "export";
	state: "queued" | "running" | "done" | "failed" | "cancelled";
	title: string;
	done: number;
	total: number;
	made_at: string;
	started_at: string | null;
	ended_at: string | null;
	message: string | null;
	result: Record<string, number | boolean> | null;
	errors: boolean;
	mine: boolean;
}

export interface Export {
	id: number;
	list: string;
	format: string;
	purpose: string;
	whole: boolean;
	state: "asked" | "approved" | "declined" | "ready" | "failed";
	asked_by: string;
	asked_at: string;
	decided_by: string | null;
	decided_at: string | null;
	reason: string | null;
	rows: number | null;
	mine: boolean;
	may_decide: boolean;
}

export interface Role {
	code: string;
	zh: string;
	en: string;
	reach: "county" | "division" | "department" | "school" | "channel" | "nobody";
	permissions: Array<string>;
	client: boolean;
}

export interface Permission {
	code: string;
	zh: string;
	en: string;
	strong: boolean;
}

export interface Account {
	id: number;
	login: string;
	name: string;
	staff_no: string;
	role: string;
	division: string | null;
	division_name: string | null;
	unit: string | null;
	state: "asked" | "active" | "closed";
	totp: boolean;
	must_change: boolean;
	locked: boolean;
	asked_by: string | null;
}

export interface ApiClient {
	id: string;
	name: string;
	role: string;
	unit: string | null;
	state: "active" | "closed";
}

export interface ApiClientKey {
	id: string;
	key: string;
}

export interface TrailLine {
	id: number;
	at: string;
	actor: string;
	on_behalf: string | null;
	act: string;
	subject: string | null;
	reason: string | null;
	detail: Record<string, unknown> | null;
}

export interface System {
	version: string;
	started_at: string;
	engine: "sqlite" | "postgresql";
	county: string;
	schema: number;
	policies: number;
	workers: number;
	queue: number;
	retries: number;
	demo: boolean;
}

export interface Operations {
	season: {
		answer: Season;
	};
	resident_divisions: {
		query: { town?: string };
		answer: { items: Array<{ code: string; name: string }> };
	};
	session_open: {
		body: { login: string; password: string; code?: string };
		answer: Session;
	};
	session_read: {
		answer: Session;
	};
	session_close: {
		answer: null;
	};
	password_change: {
		body: { old: string; new: string };
		answer: null;
	};
	totp_begin: {
		body: { password: string };
		answer: { secret: string; uri: string };
	};
	totp_confirm: {
		body: { code: string };
		answer: null;
	};
	session_strong: {
		body: { code: string };
		answer: null;
	};
	oidc_login: {
		answer: null;
	};
	oidc_callback: {
		query: { code?: string; state?: string; error?: string; iss?: string; session_state?: string };
		answer: null;
	};
	desk: {
		answer: Desk;
	};
	people_search: {
		body: { number?: string; name?: string; division?: string };
		answer: { items: Array<PersonLine>; more: boolean };
	};
	person_read: {
		path: { id: number };
		answer: Person;
	};
	person_unmask: {
		path: { id: number };
		body: { reason: string };
		answer: { number: string; phone: string | null };
	};
	person_looks: {
		path: { id: number };
		query: { limit?: number; cursor?: string };
		answer: LookPage;
	};
	person_evidence: {
		path: { id: number };
		answer: { items: Array<EvidenceLine> };
	};
	evidence_read: {
		path: { id: number };
		answer: Blob;
	};
	registrations: {
		query: { state?: "asked" | "accepted" | "declined"; limit?: number; cursor?: string };
		answer: { items: Array<Registration>; next: string | null };
	};
	registration_decide: {
		path: { id: number };
		body: { accept: boolean; reason?: string };
		answer: Registration;
	};
	tickets: {
		query: { state?: "open" | "answered" | "closed"; limit?: number; cursor?: string };
		answer: { items: Array<Ticket>; next: string | null };
	};
	ticket_answer: {
		path: { id: number };
		body: { answer: string; close: boolean };
		answer: Ticket;
	};
	payments: {
		query: { state?: "posted" | "suspense"; channel?: string; from?: string; to?: string; division?: string; sort?: "-time" | "time"; limit?: number; cursor?: string };
		answer: { items: Array<Payment>; next: string | null };
	};
	payment_take: {
		body: { person: number; channel: string; serial: string; amount_fen: number };
		answer: PaymentTaken;
	};
	bills: {
		query: { state?: "open" | "paid" | "funded" | "withdrawn"; category?: string; division?: string; sort?: "number" | "-number"; limit?: number; cursor?: string };
		answer: { items: Array<Bill>; next: string | null };
	};
	report_read: {
		path: { report: "progress" | "ranking" | "villages" | "special" | "suspense" };
		query: { on?: string; town?: string; assessment?: boolean; format?: "json" | "csv" | "xlsx" };
		answer: Report;
	};
	missing: {
		query: { division: string; special?: boolean; limit?: number; cursor?: string };
		answer: { items: Array<Missing>; next: string | null };
	};
	progress_days: {
		query: { on?: string; town?: string };
		answer: { items: Array<{ day: string; enrolled: number; online: number; funded: number; personal_fen: number; subsidy_fen: number }> };
	};
	divisions: {
		query: { parent?: string; format?: "json" | "csv" | "xlsx" };
		answer: { items: Array<Division> };
	};
	grid_put: {
		path: { id: number };
		body: { duty: "tax" | "insurance" | "collector"; name: string; phone?: string };
		answer: null;
	};
	policies: {
		answer: { items: Array<{ code: string; label: string; region: string; current: boolean }> };
	};
	policy_read: {
		path: { code: string };
		answer: Policy;
	};
	policy_try: {
		path: { code: string };
		body: { on: string; personal_fen?: number; subsidies?: Array<{ category: string; subsidy_fen: number }> };
		answer: TryResult;
	};
	upload: {
		query: { name: string; kind?: ImportKind };
		body: Blob;
		answer: Preview;
	};
	upload_preview: {
		path: { id: number };
		query: { kind: ImportKind };
		answer: Preview;
	};
	imports: {
		query: { kind?: ImportKind; sort?: "-time" | "time"; limit?: number; cursor?: string; format?: "json" | "csv" | "xlsx" };
		answer: { items: Array<ImportFile>; next: string | null };
	};
	import_ask: {
		body: { upload: number; kind: ImportKind; department?: string; as_of?: string; full?: boolean; confirm_ended?: number; channel?: string };
		answer: Job;
	};
	assess_ask: {
		body: { on: string };
		answer: Job;
	};
	jobs: {
		query: { state?: "queued" | "running" | "done" | "failed" | "cancelled"; sort?: "-time" | "time"; limit?: number; cursor?: string };
		answer: { items: Array<Job>; next: string | null };
	};
	job_read: {
		path: { id: number };
		answer: Job;
	};
	job_events: {
		path: { id: number };
		answer: Blob;
	};
	job_cancel: {
		path: { id: number };
		answer: Job;
	};
	job_errors: {
		path: { id: number };
		answer: Blob;
	};
	exports: {
		query: { state?: "asked" | "approved" | "declined" | "ready" | "failed"; sort?: "-time" | "time"; limit?: number; cursor?: string };
		answer: { items: Array<Export>; next: string | null };
	};
	export_ask: {
		body: { list: "missing" | "special" | "suspense" | "bills" | "payments"; format: "csv" | "xlsx"; purpose: string; whole?: boolean; division?: string; on?: string };
		answer: Export;
	};
	export_decide: {
		path: { id: number };
		body: { approve: boolean; reason?: string };
		answer: Export;
	};
	export_file: {
		path: { id: number };
		answer: Blob;
	};
	roles: {
		answer: { roles: Array<Role>; permissions: Array<Permission> };
	};
	accounts: {
		query: { state?: "asked" | "active" | "closed"; role?: string; sort?: "login" | "-login"; limit?: number; cursor?: string; format?: "json" | "csv" | "xlsx" };
		answer: { items: Array<Account>; next: string | null };
	};
	account_ask: {
		body: { login: string; name: string; staff_no: string; role: string; division?: string; unit?: string; subject?: string };
		answer: { account: Account; password: string };
	};
	account_grant: {
		path: { id: number };
		answer: Account;
	};
	account_reset: {
		path: { id: number };
		body: { drop_totp: boolean };
		answer: { password: string };
	};
	account_move: {
		path: { id: number };
		body: { role: string; division?: string; unit?: string };
		answer: Account;
	};
	account_close: {
		path: { id: number };
		body: { reason: string };
		answer: Account;
	};
	clients: {
		answer: { items: Array<ApiClient> };
	};
	client_add: {
		body: { id: string; name: string; role: "channel" | "platform"; unit?: string };
		answer: ApiClientKey;
	};
	client_rotate: {
		path: { code: string };
		answer: ApiClientKey;
	};
	client_close: {
		path: { code: string };
		answer: null;
	};
	trail: {
		query: { act?: string; actor?: string; from?: string; to?: string; sort?: "-time" | "time"; limit?: number; cursor?: string; format?: "json" | "csv" | "xlsx" };
		answer: { items: Array<TrailLine>; next: string | null };
	};
	system_read: {
		answer: System;
	};
}

export const operations = {
	season: { method: 'GET', path: '/api/v1/season', may: 'anybody', idempotent: false },
	resident_divisions: { method: 'GET', path: '/api/v1/resident/divisions', may: 'anybody', idempotent: false },
	session_open: { method: 'POST', path: '/api/v1/sessions', may: 'anybody', idempotent: false },
	session_read: { method: 'GET', path: '/api/v1/session', may: 'own_account', idempotent: false },
	session_close: { method: 'DELETE', path: '/api/v1/session', may: 'own_account', idempotent: false },
	password_change: { method: 'POST', path: '/api/v1/session/password', may: 'own_account', idempotent: false },
	totp_begin: { method: 'POST', path: '/api/v1/session/totp', may: 'own_account', idempotent: false },
	totp_confirm: { method: 'PUT', path: '/api/v1/session/totp', may: 'own_account', idempotent: false },
	session_strong: { method: 'POST', path: '/api/v1/session/strong', may: 'own_account', idempotent: false },
	oidc_login: { method: 'GET', path: '/api/v1/oidc/login', may: 'anybody', idempotent: false },
	oidc_callback: { method: 'GET', path: '/api/v1/oidc/callback', may: 'anybody', idempotent: false },
	desk: { method: 'GET', path: '/api/v1/desk', may: 'read_desk', idempotent: false },
	people_search: { method: 'POST', path: '/api/v1/people/search', may: 'read_people', idempotent: false },
	person_read: { method: 'GET', path: '/api/v1/people/{id}', may: 'read_people', idempotent: false },
	person_unmask: { method: 'POST', path: '/api/v1/people/{id}/unmask', may: 'unmask', idempotent: false },
	person_looks: { method: 'GET', path: '/api/v1/people/{id}/looks', may: 'read_people', idempotent: false },
	person_evidence: { method: 'GET', path: '/api/v1/people/{id}/evidence', may: 'read_evidence', idempotent: false },
	evidence_read: { method: 'GET', path: '/api/v1/evidence/{id}', may: 'read_evidence', idempotent: false },
	registrations: { method: 'GET', path: '/api/v1/registrations', may: 'decide_registration', idempotent: false },
	registration_decide: { method: 'POST', path: '/api/v1/registrations/{id}/decision', may: 'decide_registration', idempotent: false },
	tickets: { method: 'GET', path: '/api/v1/tickets', may: 'answer_tickets', idempotent: false },
	ticket_answer: { method: 'POST', path: '/api/v1/tickets/{id}/answer', may: 'answer_tickets', idempotent: false },
	payments: { method: 'GET', path: '/api/v1/payments', may: 'read_money', idempotent: false },
	payment_take: { method: 'POST', path: '/api/v1/payments', may: 'take_payment', idempotent: true },
	bills: { method: 'GET', path: '/api/v1/bills', may: 'read_money', idempotent: false },
	report_read: { method: 'GET', path: '/api/v1/reports/{report}', may: 'read_reports', idempotent: false },
	missing: { method: 'GET', path: '/api/v1/missing', may: 'read_missing', idempotent: false },
	progress_days: { method: 'GET', path: '/api/v1/progress/days', may: 'read_reports', idempotent: false },
	divisions: { method: 'GET', path: '/api/v1/divisions', may: 'read_divisions', idempotent: false },
	grid_put: { method: 'PUT', path: '/api/v1/divisions/{id}/grid', may: 'manage_grid', idempotent: false },
	policies: { method: 'GET', path: '/api/v1/policies', may: 'read_policy', idempotent: false },
	policy_read: { method: 'GET', path: '/api/v1/policies/{code}', may: 'read_policy', idempotent: false },
	policy_try: { method: 'POST', path: '/api/v1/policies/{code}/try', may: 'read_policy', idempotent: false },
	upload: { method: 'POST', path: '/api/v1/uploads', may: 'read_jobs', idempotent: false },
	upload_preview: { method: 'GET', path: '/api/v1/uploads/{id}/preview', may: 'read_jobs', idempotent: false },
	imports: { method: 'GET', path: '/api/v1/imports', may: 'read_jobs', idempotent: false },
	import_ask: { method: 'POST', path: '/api/v1/imports', may: 'read_jobs', idempotent: true },
	assess_ask: { method: 'POST', path: '/api/v1/assessments', may: 'assess', idempotent: true },
	jobs: { method: 'GET', path: '/api/v1/jobs', may: 'read_jobs', idempotent: false },
	job_read: { method: 'GET', path: '/api/v1/jobs/{id}', may: 'read_jobs', idempotent: false },
	job_events: { method: 'GET', path: '/api/v1/jobs/{id}/events', may: 'read_jobs', idempotent: false },
	job_cancel: { method: 'POST', path: '/api/v1/jobs/{id}/cancel', may: 'read_jobs', idempotent: false },
	job_errors: { method: 'GET', path: '/api/v1/jobs/{id}/errors', may: 'read_jobs', idempotent: false },
	exports: { method: 'GET', path: '/api/v1/exports', may: 'export', idempotent: false },
	export_ask: { method: 'POST', path: '/api/v1/exports', may: 'export', idempotent: false },
	export_decide: { method: 'POST', path: '/api/v1/exports/{id}/decision', may: 'approve_export', idempotent: false },
	export_file: { method: 'GET', path: '/api/v1/exports/{id}/file', may: 'export', idempotent: false },
	roles: { method: 'GET', path: '/api/v1/roles', may: 'read_accounts', idempotent: false },
	accounts: { method: 'GET', path: '/api/v1/accounts', may: 'read_accounts', idempotent: false },
	account_ask: { method: 'POST', path: '/api/v1/accounts', may: 'ask_account', idempotent: false },
	account_grant: { method: 'POST', path: '/api/v1/accounts/{id}/grant', may: 'grant_account', idempotent: false },
	account_reset: { method: 'POST', path: '/api/v1/accounts/{id}/reset', may: 'grant_account', idempotent: false },
	account_move: { method: 'PUT', path: '/api/v1/accounts/{id}/role', may: 'grant_account', idempotent: false },
	account_close: { method: 'POST', path: '/api/v1/accounts/{id}/close', may: 'ask_account', idempotent: false },
	clients: { method: 'GET', path: '/api/v1/api-clients', may: 'manage_clients', idempotent: false },
	client_add: { method: 'POST', path: '/api/v1/api-clients', may: 'manage_clients', idempotent: false },
	client_rotate: { method: 'POST', path: '/api/v1/api-clients/{code}/rotate', may: 'manage_clients', idempotent: false },
	client_close: { method: 'POST', path: '/api/v1/api-clients/{code}/close', may: 'manage_clients', idempotent: false },
	trail: { method: 'GET', path: '/api/v1/audit-trail', may: 'read_trail', idempotent: false },
	system_read: { method: 'GET', path: '/api/v1/system', may: 'read_system', idempotent: false },
} as const;
