// SPDX-License-Identifier: Apache-2.0
// Names of the roles, as in acts/roles.h; who may see the accounts gets them from the service.
import type { Pair } from '../i18n';

const p = (zh: string, en: string): Pair => ({ zh, en });

export const ROLES: Record<string, Pair> = {
	village_agent: p('村级代办员', 'village agent'),
	town_office: p('乡镇医保办', 'town office'),
	school: p('学校', 'school'),
	insurance: p('医保局', 'medical insurance bureau'),
	tax: p('税务局', 'tax bureau'),
	finance: p('财政局', 'finance bureau'),
	civil_affairs: p('民政局', 'civil affairs'),
	rural_revitalisation: p('乡村振兴局', 'rural revitalisation'),
	disabled_federation: p('残联', "disabled persons' federation"),
	veterans: p('退役军人局', "veterans' bureau"),
	health: p('卫健委', 'health department'),
	education: p('教育局', 'education bureau'),
	public_security: p('公安局', 'public security'),
	bank: p('银行、国库', 'bank and treasury'),
	supervision: p('督查室', 'supervision office'),
	auditor: p('审计', 'auditor'),
	system_admin: p('系统管理员', 'system administrator'),
	security_admin: p('安全管理员', 'security administrator'),
	audit_admin: p('审计管理员', 'audit administrator'),
	channel: p('缴费渠道系统', "payment channel's system"),
	platform: p('医保平台系统', "insurance platform's system"),
	visitor: p('居民本人', 'the resident'),
};
