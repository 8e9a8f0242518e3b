/* SPDX-License-Identifier: Apache-2.0 */
/* 账号 accounts: opened by one administrator, granted by another, closed, reset.
 *
 * The system administrator opens (asks) and closes, the security administrator grants, resets and
 * changes roles; nobody touches their own, and a human being (staff number) never grants what the
 * same one asked for.  The three administrator roles exclude each other by staff number.  Every
 * change is in the trail. */
#ifndef CANBAO_ACTS_ACCOUNTS_H
#define CANBAO_ACTS_ACCOUNTS_H

#include "acts/password.h"
#include "acts/session.h"
#include "store/account.h"

/* X(NAME, Chinese, English): why an act on an account was not done. */
#define ACCOUNT_RULINGS(X) \
	X(DONE, "", "") \
	X(MISSING, "没有这个账号", "there is no such account") \
	X(STATE, "账号现在的状态不允许这样做", "the account's state does not allow that") \
	X(OWN_WORK, "不能办理自己的账号，也不能批准自己提出的", \
		"nobody handles their own account or approves what they asked for") \
	X(LOGIN, "账号名须为 3 到 32 个小写字母、数字、点、横线或下划线，以字母开头", \
		"a login is 3 to 32 of a-z, 0-9, dot, dash and underscore, a letter first") \
	X(TAKEN, "这个账号名已被使用", "this login is taken") \
	X(NAME, "姓名须为 1 到 50 个字", "a name has 1 to 50 characters") \
	X(STAFF, "工号须为 1 到 32 个字符", "a staff number has 1 to 32 characters") \
	X(ROLE, "没有这个角色，或不是人员的角色", "no such role, or not one of a person") \
	X(ADMINS, "系统、安全、审计三类管理员不能由同一人兼任", \
		"one person cannot hold two of the three administrator roles") \
	X(LAST, "至少要保留一名在用的系统管理员和安全管理员", \
		"the last active system or security administrator stays") \
	X(DIVISION, "乡镇医保办须选乡镇，村级代办员须选村，其他角色不填区划", \
		"a town office names its town, a village agent its village, others no division") \
	X(UNIT, "学校、银行须写明学校或渠道代码，其他角色不填", \
		"a school or a bank names its school or channel code, others none") \
	X(SUBJECT, "这个统一身份认证标识已属于另一个账号", \
		"this identity at the provider belongs to another account")

enum account_ruling {
#define X(name, zh, en) ACCOUNT_##name##_RULING,
	ACCOUNT_RULINGS(X)
#undef X
};
const char *account_ruling_zh(enum account_ruling r);
const char *account_ruling_en(enum account_ruling r);

struct account_place {
	enum role role;
	int64_t division; /* of a town or village role; 0: none */
	struct str unit;  /* of a school or bank; {NULL,0}: none */
};

struct account_new {
	struct str login, name, staff_no;
	struct account_place place;
	struct str subject; /* at the identity provider; {NULL,0}: none */
};

/* A first password, shown once. */
struct account_first {
	int64_t id;
	char password[PASSWORD_FIRST];
};

/* All of them return an enum account_ruling (ACCOUNT_DONE_RULING: done) or a fault; `who` acts. */

/* Open an account: it works once somebody else granted it. */
MUST_USE int account_ask(const struct env *env, const struct who *who, const struct account_new *n,
	struct account_first *ret_first);
MUST_USE int account_grant(const struct env *env, const struct who *who, int64_t id);
/* A new first password; a lock is lifted; the second factor goes when `drop_totp`.  Its sessions
 * end. */
MUST_USE int account_reset(const struct env *env, const struct who *who, int64_t id, bool drop_totp,
	struct account_first *ret_first);
/* Another role or area.  Its sessions end. */
MUST_USE int account_move(const struct env *env, const struct who *who, int64_t id,
	const struct account_place *place);
/* env->reason says why.  Its sessions end. */
MUST_USE int account_close(const struct env *env, const struct who *who, int64_t id);

/* The operator at the command line brings in the first administrators (system, security, audit):
 * active at once, with a first password to be changed. ACCOUNT_ROLE_RULING for other roles. */
MUST_USE int account_operator_add(
	const struct env *env, const struct account_new *n, struct account_first *ret_first);
/* And lets one back in who lost password and second factor. */
MUST_USE int account_operator_reset(
	const struct env *env, struct str login, struct account_first *ret_first);

/* Accounts for a demonstration: one a role of a person, and a second town office and village agent
 * in another town; all with the password and the second factor below, which everybody may know.
 * Only in a store that has no other account: ACCOUNT_STATE_RULING.  Logins that are there stay as
 * they are. A server refuses to serve them unless its settings say that it is a demonstration. */
#define ACCOUNT_DEMO_PASSWORD "Canbao-Demo-1"
#define ACCOUNT_DEMO_SECRET "canbao-demo-20-bytes" /* the 20 bytes themselves */
struct account_demo {
	struct str channel;         /* for the bank's account: a channel's code */
	struct account_line *items; /* result: all of them, by login */
	size_t n;
};
MUST_USE int account_demo(const struct env *env, struct arena *a, struct account_demo *d);
/* How many demonstration accounts are open. */
MUST_USE int account_demo_count(struct store *st, int64_t county, int64_t *ret_count);

/* An account as lists show it. */
struct account_line {
	struct account account;
	struct str division_name, asked_by; /* {NULL,0}: none; asked_by: a login */
	bool locked;
};
MUST_USE int account_list(const struct env *env, const struct account_filter *f, struct arena *a,
	struct account_line **ret_items, size_t *ret_n);
/* 1, or 0 when there is none. */
MUST_USE int account_read(
	const struct env *env, int64_t id, struct arena *a, struct account_line *ret_line);

#endif
