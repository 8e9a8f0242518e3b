/* SPDX-License-Identifier: Apache-2.0 */
/* 工作台 what waits for somebody, what is late, how their area stands.  Counts only, by index or at
 * most a minute old: a desk is what everybody opens first. */
#ifndef CANBAO_ACTS_READ_DESK_H
#define CANBAO_ACTS_READ_DESK_H

#include "acts/env.h"
#include "acts/roles.h"

/* X(NAME, stable code, Chinese, English, path of the console) */
#define DESK_CARDS(X) \
	X(REGISTRATIONS, "registrations", "待审核的参保登记", "registrations to decide", \
		"/registrations") \
	X(TICKETS, "tickets", "待处理的数据障碍", "data obstacles to answer", "/tickets") \
	X(SUSPENSE, "suspense", "待查款项", "payments in suspense", "/money?tab=suspense") \
	X(EXPORTS, "exports", "待批准的导出", "exports to approve", "/exports") \
	X(ACCOUNTS, "accounts", "待授权的账号", "accounts to grant", "/accounts?state=asked") \
	X(JOBS, "jobs", "失败的后台任务（七天内）", "jobs that failed within a week", "/work") \
	X(LISTS, "lists", "名单一个月没有更新", "lists not renewed for a month", "/imports") \
	X(SPECIAL, "special", "还没有参保的困难群众", "special groups without cover", "/missing")

enum desk_card_kind {
#define X(name, code, zh, en, link) DESK_##name,
	DESK_CARDS(X)
#undef X
		DESK_CARD_COUNT
};

struct desk_card {
	enum desk_card_kind kind;
	const char *code, *zh, *en, *link;
	int64_t count;
	bool late;
};

struct desk_progress {
	bool known;
	int64_t planned, rate, rank, of; /* REPORT_NONE: not known */
	int64_t enrolled, today;
};

struct desk {
	struct desk_card cards[DESK_CARD_COUNT];
	size_t n;
	struct desk_progress progress;
};

/* Cards of who may act on them, with `account` for what one may not approve oneself. */
MUST_USE int read_desk(const struct env *env, const struct policy *policy, enum role role,
	int64_t account, struct arena *a, struct desk *ret_desk, struct err *err);

#endif
