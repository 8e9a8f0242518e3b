// SPDX-License-Identifier: Apache-2.0
// A made-up family for developing the page without a server.  Nobody here exists.
import type { Quote } from '../src/types';
import { checkDigit } from '../src/base/idcard';

export interface Someone {
	name: string;
	number: string;
	relation: string | null;
	household: string;
	quote: Partial<Quote> & { state: Quote['state'] };
}

function number(first17: string): string {
	return first17 + checkDigit(first17);
}

const YEAR = { benefit_from: '2024-01-01', benefit_to: '2024-12-31', standard_fen: 38000, payer: 'self' as const, route: '集中缴费' };

export const PEOPLE: Someone[] = [
	{ name: '安雪梅', number: number('62072119820412002'), relation: '户主', household: 'H1',
		quote: { ...YEAR, state: 'renew', payable_fen: 13000, subsidy_fen: 25000, category: '农村三类低保', bill: 'B1' } },
	{ name: '安志远', number: number('62072119790823003'), relation: '配偶', household: 'H1',
		quote: { ...YEAR, state: 'renew', payable_fen: 13000, subsidy_fen: 25000, category: '农村三类低保', bill: 'B2' } },
	{ name: '安小禾', number: number('62072120140305001'), relation: '子女', household: 'H1',
		quote: { ...YEAR, state: 'first', payable_fen: 28000, subsidy_fen: 10000, category: '已脱贫人口', bill: 'B3' } },
	{ name: '安秀兰', number: number('62072119520117004'), relation: '父母', household: 'H1',
		quote: { ...YEAR, state: 'funded', payable_fen: 0, subsidy_fen: 38000, payer: 'fund', category: '特困人员' } },
	{ name: '安长青', number: number('62072119500501005'), relation: '父母', household: 'H1',
		quote: { ...YEAR, state: 'enrolled', payable_fen: 0, subsidy_fen: 0 } },
	{ name: '贺铁山', number: number('62072119680909001'), relation: '户主', household: 'H2',
		quote: { state: 'refused', reason: 'employee_cover', reason_zh: '正在参加职工医保，不能同时参加居民医保。',
			reason_en: 'Covered by the employees’ insurance at present; both at once is not possible.',
			todo_zh: '如果已经离职，请先到原单位所在地的医保窗口办理停保，再来查询。',
			todo_en: 'If the employment has ended, have that cover ended first, then look up again.',
			cites: [{ clause: '二(一)', text: '职工医保参保人不参加居民医保' }] } },
	{ name: '白云飞', number: number('62072119950703001'), relation: '户主', household: 'H3',
		quote: { ...YEAR, state: 'first', payable_fen: 38000, subsidy_fen: 0, route: '集中缴费期后缴费', benefit_from: '2024-04-01', benefits_soon: true, bill: 'B9' } },
];

export const FALLBACK: Quote = {
	place: 0, state: 'new', name: '', number: '', standard_fen: null, subsidy_fen: null, payable_fen: null, payer: null,
	category: null, route: null, benefit_from: null, benefit_to: null, bill: null, reason: null, reason_zh: null,
	reason_en: null, todo_zh: null, todo_en: null, cites: [], benefits_soon: false,
};

export function maskNumber(n: string): string {
	return n.length < 8 ? '****' : n.slice(0, 6) + '*'.repeat(n.length - 10) + n.slice(-4);
}

export function maskName(n: string): string {
	return n.length < 2 ? '*' : n[0] + '*'.repeat(n.length - 1);
}
