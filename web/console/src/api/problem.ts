// SPDX-License-Identifier: Apache-2.0
// A "no" of the service, or no answer at all, as one error that a page can show.
import type { Problem as ProblemBody } from './contract';

export type ProblemCode = ProblemBody['code'];

export interface FieldError {
	field: string;
	zh: string;
	en: string;
}

export class Problem extends Error {
	readonly status: number;
	readonly code: ProblemCode | 'offline' | 'unreadable';
	readonly zh: string;
	readonly en: string;
	readonly detail: string | null;
	readonly requestId: string | null;
	readonly fields: FieldError[];

	constructor(status: number, code: Problem['code'], zh: string, en: string, more: Partial<ProblemBody> = {}) {
		super(`${status} ${code}`);
		this.status = status;
		this.code = code;
		this.zh = zh;
		this.en = en;
		this.detail = more.detail ?? null;
		this.requestId = more.request_id ?? null;
		this.fields = Array.isArray(more.errors) ? more.errors : [];
	}

	say(lang: 'zh' | 'en'): string {
		return this[lang];
	}
}

export function offline(): Problem {
	return new Problem(0, 'offline', '连不上服务', 'the service cannot be reached');
}

/** Whatever came with a status that is no success, made into a Problem. */
export function problemOf(status: number, body: unknown): Problem {
	if (body && typeof body === 'object' && 'code' in body && 'zh' in body) {
		const p = body as ProblemBody;
		return new Problem(status, p.code, p.zh, p.en, p);
	}
	return new Problem(
		status,
		'unreadable',
		`服务的回答读不懂（${status}）`,
		`the service's answer cannot be read (${status})`,
	);
}

/** What the person in front of the screen can do about it. */
export function remedy(code: Problem['code']): { zh: string; en: string } | null {
	return REMEDIES[code] ?? null;
}

const REMEDIES: Partial<Record<Problem['code'], { zh: string; en: string }>> = {
	offline: {
		zh: '请检查网络后再试；已填写的内容还在本页。',
		en: 'Check the network and try again; what you typed is still here.',
	},
	unreadable: { zh: '请刷新页面后再试；仍不行请报系统管理员。', en: 'Reload the page; if it stays, tell the system administrator.' },
	bad_request: { zh: '请刷新页面后再试；仍不行请把请求号报系统管理员。', en: 'Reload the page; if it stays, give the request id to the system administrator.' },
	wrong_login: {
		zh: '请核对后重新输入。连续输错会锁定一段时间；忘记密码请找安全管理员重置。',
		en: 'Check and enter them again. Several wrong tries lock the account for a while; the security administrator resets a forgotten password.',
	},
	forbidden: {
		zh: '确需办理的，请向本单位负责人说明，由系统管理员申请、安全管理员授权。',
		en: 'If your work needs it, ask your office: the system administrator applies, the security administrator grants.',
	},
	csrf: { zh: '请刷新页面后再试。', en: 'Reload the page and try again.' },
	second_factor: { zh: '请在弹出的窗口里输入动态验证码后重试。', en: 'Enter the one-time code in the window and try again.' },
	own_work: { zh: '请由另一位有权限的同事办理。', en: 'A colleague with this permission has to do it.' },
	not_found: {
		zh: '可能已被处理、链接有误，或不在您的管辖范围内。',
		en: 'It may have been dealt with, the link may be wrong, or it lies outside your area.',
	},
	conflict: { zh: '请刷新后核对现有记录，再决定是否继续。', en: 'Reload, compare with the stored record, then decide.' },
	key_reused: { zh: '请刷新页面，核对是否已经办成，再重新提交。', en: 'Reload, see whether it was done already, then submit again.' },
	state: { zh: '可能同事刚刚处理过。请刷新后再看。', en: 'A colleague may have just dealt with it. Reload.' },
	too_large: { zh: '请分成较小的文件，或去掉多余的工作表和图片后再传。', en: 'Split the file, or remove extra sheets and pictures.' },
	media: { zh: '名册请用 XLSX 或 CSV。', en: 'Use XLSX or CSV for lists.' },
	invalid: { zh: '请按标红各项的说明改正。', en: 'Correct the fields marked below.' },
	rate: { zh: '等一分钟再试；不是您本人在操作的，请报安全管理员。', en: 'Wait a minute; if this was not you, tell the security administrator.' },
	internal: { zh: '请稍后再试；仍不行请把请求号报系统管理员。', en: 'Try later; if it stays, give the request id to the system administrator.' },
	busy: { zh: '请等半分钟再试；已填写的内容还在。', en: 'Try again in half a minute; what you typed is kept.' },
};
