// SPDX-License-Identifier: Apache-2.0
// The answers of the API as openapi.yaml has them (tag resident); test/contract.test.ts compares.

export interface FieldProblem {
	field: string;
	zh: string;
	en: string;
}

export interface Problem {
	status: number;
	code: string;
	zh: string;
	en: string;
	detail?: string;
	request_id: string;
	errors?: FieldProblem[];
}

export interface Channel {
	code: string;
	name: string;
	online: boolean;
	open: boolean;
}

export interface Season {
	county: string;
	county_name: string;
	policy: string;
	label: string;
	benefit_from: string;
	benefit_to: string;
	pay_from: string;
	pay_to: string;
	phase: 'before' | 'open' | 'after';
	today: string;
	demo: boolean;
	personal_fen: number;
	payments_open: boolean;
	channels: Channel[];
	policies: { code: string; label: string }[];
}

export interface Cite {
	clause: string;
	text: string | null;
}

export const QUOTE_STATES = ['renew', 'first', 'enrolled', 'funded', 'refused', 'new'] as const;
export type QuoteState = (typeof QUOTE_STATES)[number];

export interface Quote {
	place: number;
	state: QuoteState;
	name: string;
	number: string;
	standard_fen: number | null;
	subsidy_fen: number | null;
	payable_fen: number | null;
	payer: 'self' | 'fund' | 'institution' | null;
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
	cites: Cite[];
	benefits_soon: boolean;
}

export interface Member {
	member: number;
	name: string;
	relation: string | null;
	enrolled: boolean;
}

export interface Visit {
	policy: string;
	today: string;
	people: Quote[];
	household: Member[];
}

export interface WhyStep {
	zh: string;
	en: string;
	fen: number | null;
	clause: string | null;
}

export interface Why {
	place: number;
	steps: WhyStep[];
	cites: Cite[];
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

export interface RecordPayment {
	at: string;
	fen: number;
	channel: string;
	state: 'posted' | 'suspense';
	reason_zh: string | null;
	reason_en: string | null;
	receipt: string | null;
	order: string | null;
}

export const REGISTRATION_KINDS = ['newborn', 'new'] as const;
export type RegistrationKind = (typeof REGISTRATION_KINDS)[number];
export const REGISTRATION_STATES = ['asked', 'accepted', 'declined'] as const;

export interface RegistrationState {
	code: string;
	kind: RegistrationKind;
	state: (typeof REGISTRATION_STATES)[number];
	name: string;
	asked_at: string;
	decided_at: string | null;
	reason: string | null;
}

export const TICKET_KINDS = [
	'wrong_name', 'wrong_number', 'wrong_category', 'wrong_amount', 'paid_not_shown', 'not_found', 'other',
] as const;
export type TicketKind = (typeof TICKET_KINDS)[number];
export const TICKET_STATES = ['open', 'answered', 'closed'] as const;

export interface TicketState {
	code: string;
	kind: string;
	state: (typeof TICKET_STATES)[number];
	opened_at: string;
	due_at: string;
	text: string;
	answer: string | null;
	answered_at: string | null;
}

export interface ResidentRecord {
	enrolments: Enrolment[];
	payments: RecordPayment[];
	registrations: RegistrationState[];
	tickets: TicketState[];
}

export const LOOK_KINDS = ['record', 'unmask', 'evidence', 'quote', 'list'] as const;

export interface ResidentLook {
	at: string;
	office_zh: string;
	office_en: string;
	what: (typeof LOOK_KINDS)[number];
	reason: string | null;
}

export interface OrderLine {
	name: string;
	fen: number;
	outcome: 'posted' | 'suspended' | null;
	benefit_from: string | null;
	receipt: string | null;
	reason_zh: string | null;
	reason_en: string | null;
}

export const ORDER_STATES = ['open', 'paid', 'closed'] as const;

export interface Order {
	number: string;
	state: (typeof ORDER_STATES)[number];
	policy: string;
	channel: string;
	channel_name: string;
	total_fen: number;
	made_at: string;
	expires_at: string;
	paid_at: string | null;
	pay_url: string | null;
	lines: OrderLine[];
}

export const EVIDENCE_KINDS = [
	'birth_certificate', 'household_book', 'identity', 'residence_permit', 'termination', 'discharge', 'other',
] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

export interface Division {
	code: string;
	name: string;
}
