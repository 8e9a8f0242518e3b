/* SPDX-License-Identifier: Apache-2.0 */
/* Who may do what: one table of roles, one of permissions with the roles that hold them.  An
 * account has one role.  The HTTP door asks `role_may` before it calls a handler; the tests run
 * every route as every role against the same table. */
#ifndef CANBAO_ACTS_ROLES_H
#define CANBAO_ACTS_ROLES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* How far an account of a role sees. */
enum role_reach {
	REACH_COUNTY,     /* the whole county */
	REACH_DIVISION,   /* one town or village: persons counted there */
	REACH_DEPARTMENT, /* persons on the lists its department certified or entered */
	REACH_SCHOOL,     /* students of one school */
	REACH_CHANNEL,    /* payments of one channel */
	REACH_NOBODY      /* no business data at all */
};

/* X(NAME, stable code, Chinese, English, reach, department code or "") */
#define ROLES(X) \
	X(VILLAGE_AGENT, "village_agent", "村级代办员", "village agent", DIVISION, "") \
	X(TOWN_OFFICE, "town_office", "乡镇医保办", "town office", DIVISION, "") \
	X(SCHOOL, "school", "学校", "school", SCHOOL, "") \
	X(INSURANCE, "insurance", "医保局", "medical insurance bureau", COUNTY, "") \
	X(TAX, "tax", "税务局", "tax bureau", COUNTY, "") \
	X(FINANCE, "finance", "财政局", "finance bureau", COUNTY, "") \
	X(CIVIL_AFFAIRS, "civil_affairs", "民政局", "civil affairs", DEPARTMENT, "civil_affairs") \
	X(RURAL, "rural_revitalisation", "乡村振兴局", "rural revitalisation", DEPARTMENT, \
		"rural_revitalisation") \
	X(DISABLED, "disabled_federation", "残联", "disabled persons' federation", DEPARTMENT, \
		"disabled_federation") \
	X(VETERANS, "veterans", "退役军人局", "veterans' bureau", DEPARTMENT, "veterans") \
	X(HEALTH, "health", "卫健委", "health department", DEPARTMENT, "health") \
	X(EDUCATION, "education", "教育局", "education bureau", COUNTY, "") \
	X(PUBLIC_SECURITY, "public_security", "公安局", "public security", COUNTY, "") \
	X(BANK, "bank", "银行、国库", "bank and treasury", CHANNEL, "") \
	X(SUPERVISION, "supervision", "督查室", "supervision office", COUNTY, "") \
	X(AUDITOR, "auditor", "审计", "auditor", COUNTY, "") \
	X(SYSTEM_ADMIN, "system_admin", "系统管理员", "system administrator", NOBODY, "") \
	X(SECURITY_ADMIN, "security_admin", "安全管理员", "security administrator", NOBODY, "") \
	X(AUDIT_ADMIN, "audit_admin", "审计管理员", "audit administrator", NOBODY, "") \
	X(CHANNEL, "channel", "缴费渠道系统", "payment channel's system", CHANNEL, "") \
	X(PLATFORM, "platform", "医保平台系统", "insurance platform's system", COUNTY, "")

enum role {
#define X(name, code, zh, en, reach, department) ROLE_##name,
	ROLES(X)
#undef X
		ROLE_COUNT
};

#define R(name) (1u << ROLE_##name)
#define R_LOCAL (R(VILLAGE_AGENT) | R(TOWN_OFFICE))
#define R_CERTIFIERS (R(CIVIL_AFFAIRS) | R(RURAL) | R(DISABLED) | R(VETERANS) | R(HEALTH))
#define R_BUREAUS (R(INSURANCE) | R(TAX) | R(FINANCE))
#define R_WATCH (R(SUPERVISION) | R(AUDITOR))
#define R_BUSINESS \
	(R_LOCAL | R(SCHOOL) | R_BUREAUS | R_CERTIFIERS | R(EDUCATION) | R(PUBLIC_SECURITY) | \
		R(BANK) | R_WATCH)
#define R_ADMINS (R(SYSTEM_ADMIN) | R(SECURITY_ADMIN) | R(AUDIT_ADMIN))
#define R_PEOPLE (R_BUSINESS & ~(R(BANK)))

/* X(NAME, stable code, Chinese, English, roles, second factor needed).  Nobody but an account or a
 * client of these roles; routes for everybody use MAY_ANYBODY, residents MAY_VISITOR. */
#define PERMISSIONS(X) \
	X(OWN_ACCOUNT, "own_account", "自己的账号", "one's own account", R_BUSINESS | R_ADMINS, \
		false) \
	X(READ_DESK, "read_desk", "工作台", "one's desk", R_BUSINESS | R_ADMINS, false) \
	X(READ_PEOPLE, "read_people", "查询居民", "look up residents", R_PEOPLE, false) \
	X(UNMASK, "unmask", "查看完整号码", "see whole numbers", \
		R_LOCAL | R(SCHOOL) | R(INSURANCE) | R(TAX) | R_CERTIFIERS | R(PUBLIC_SECURITY), \
		false) \
	X(READ_MONEY, "read_money", "应缴单和缴费", "bills and payments", \
		R_LOCAL | R(SCHOOL) | R_BUREAUS | R(BANK) | R_WATCH, false) \
	X(TAKE_PAYMENT, "take_payment", "代收缴费", "take a payment", \
		R_LOCAL | R(SCHOOL) | R(TAX), true) \
	X(IMPORT_REGISTER, "import_register", "导入区划、居民", "import divisions and residents", \
		R(INSURANCE) | R(PUBLIC_SECURITY) | R(TOWN_OFFICE), false) \
	X(IMPORT_CATEGORIES, "import_categories", "导入困难群众名单", "import category lists", \
		R(INSURANCE) | R_CERTIFIERS | R(TOWN_OFFICE), false) \
	X(IMPORT_STUDENTS, "import_students", "导入学生名册", "import students", \
		R(INSURANCE) | R(EDUCATION) | R(SCHOOL), false) \
	X(IMPORT_FACTS, "import_facts", "导入职工参保、特殊情形", \
		"import cover and circumstances", R(INSURANCE) | R(TOWN_OFFICE), false) \
	X(IMPORT_TARGETS, "import_targets", "导入目标任务", "import targets", R(INSURANCE), false) \
	X(IMPORT_PAYMENTS, "import_payments", "导入缴费明细", "import payments", R(TAX) | R(BANK), \
		true) \
	X(ASSESS, "assess", "核定", "assess", R(INSURANCE), false) \
	X(READ_JOBS, "read_jobs", "后台任务", "background jobs", R_BUSINESS | R(SYSTEM_ADMIN), \
		false) \
	X(READ_REPORTS, "read_reports", "进度和排名", "progress and ranking", R_BUSINESS, false) \
	X(READ_MISSING, "read_missing", "未参保台账", "who is missing", \
		R_PEOPLE & ~(R(PUBLIC_SECURITY) | R(FINANCE)), false) \
	X(EXPORT, "export", "申请导出", "ask for an export", R_BUSINESS, true) \
	X(APPROVE_EXPORT, "approve_export", "批准导出", "approve an export", \
		R(TOWN_OFFICE) | R(INSURANCE) | R(TAX) | R(FINANCE), true) \
	X(READ_POLICY, "read_policy", "政策包", "policy packs", R_BUSINESS, false) \
	X(READ_DIVISIONS, "read_divisions", "区划和网格", "divisions and grid", R_BUSINESS, false) \
	X(MANAGE_GRID, "manage_grid", "网格员", "grid staff", \
		R(TOWN_OFFICE) | R(INSURANCE) | R(TAX), false) \
	X(ANSWER_TICKETS, "answer_tickets", "数据障碍处理", "answer tickets", \
		R_LOCAL | R(INSURANCE) | R(TAX), false) \
	X(DECIDE_REGISTRATION, "decide_registration", "审核参保登记", "decide registrations", \
		R(TOWN_OFFICE) | R(INSURANCE), false) \
	X(READ_EVIDENCE, "read_evidence", "查看佐证材料", "see evidence", \
		R(TOWN_OFFICE) | R(INSURANCE) | R(AUDITOR), false) \
	X(READ_TRAIL, "read_trail", "操作日志", "the audit trail", \
		R(AUDIT_ADMIN) | R(AUDITOR) | R(SUPERVISION), false) \
	X(READ_ACCOUNTS, "read_accounts", "查看账号", "see accounts", R_ADMINS, false) \
	X(ASK_ACCOUNT, "ask_account", "开户、停用", "open and close accounts", R(SYSTEM_ADMIN), \
		true) \
	X(GRANT_ACCOUNT, "grant_account", "授权、重置", "grant roles, reset", R(SECURITY_ADMIN), \
		true) \
	X(MANAGE_CLIENTS, "manage_clients", "接口系统和密钥", "API clients and keys", \
		R(SYSTEM_ADMIN), true) \
	X(READ_SYSTEM, "read_system", "运行状况", "how the system runs", R(SYSTEM_ADMIN), false) \
	X(NOTIFY_PAYMENT, "notify_payment", "渠道通知", "a channel's notification", R(CHANNEL), \
		false) \
	X(READ_COVER, "read_cover", "查询参保状态", "ask for cover", R(PLATFORM), false)

enum permission {
#define X(name, code, zh, en, roles, strong) MAY_##name,
	PERMISSIONS(X)
#undef X
		PERMISSION_COUNT,
	MAY_ANYBODY, /* the open internet */
	MAY_VISITOR  /* a resident who showed name and number in this visit */
};

const char *role_code(enum role r);
const char *role_zh(enum role r);
const char *role_en(enum role r);
enum role_reach role_reach(enum role r);
/* Department code of a REACH_DEPARTMENT role, "" for the others. */
const char *role_department(enum role r);
/* False when there is no such role. */
bool role_parse(struct str code, enum role *ret_role);
/* API clients only: never a role of a person. */
bool role_is_client(enum role r);
/* One of the three that exclude each other: no staff number may hold two of them. */
bool role_is_admin(enum role r);

const char *permission_code(enum permission p);
const char *permission_zh(enum permission p);
const char *permission_en(enum permission p);
/* Needs the second factor, shown in this session not long ago. */
bool permission_strong(enum permission p);
/* Also false for MAY_ANYBODY and MAY_VISITOR, which are not held by roles. */
bool role_may(enum role r, enum permission p);

#endif
