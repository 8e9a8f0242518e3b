/* SPDX-License-Identifier: Apache-2.0 */
/* 数据障碍 a resident says that something is wrong with their data (LB-54): who looks after it, by
 * when, and what became of it. */
#ifndef CANBAO_ACTS_OPEN_TICKET_H
#define CANBAO_ACTS_OPEN_TICKET_H

#include "acts/env.h"
#include "store/ticket.h"

#define TICKET_WORKING_DAYS 2

/* X(NAME, stable code, Chinese, English) */
#define TICKET_KINDS(X) \
	X(WRONG_NAME, "wrong_name", "姓名不对", "wrong name") \
	X(WRONG_NUMBER, "wrong_number", "证件号码不对", "wrong number") \
	X(WRONG_CATEGORY, "wrong_category", "身份类别不对", "wrong category") \
	X(WRONG_AMOUNT, "wrong_amount", "金额不对", "wrong amount") \
	X(PAID_NOT_SHOWN, "paid_not_shown", "缴了费没显示", "paid, not shown") \
	X(NOT_FOUND, "not_found", "查不到我", "not found") \
	X(OTHER, "other", "其他", "other")
bool ticket_kind_known(struct str kind);

/* The same time of day, so many working days later.  Saturdays and Sundays are not working days;
 * public holidays are not known here, so over them it is due early rather than late. */
int64_t ticket_due(int64_t opened_at, int working_days);

struct ticket_ask {
	struct str code; /* unguessable, made by the door */
	struct str kind, words;
	struct str phone; /* {NULL,0}: none */
	int64_t person;   /* 0: none; its town looks after the ticket */
	int64_t division; /* town or village, when there is no person; 0: the county */
};
/* FAULT_FORMAT: an unknown kind or division. */
MUST_USE int open_ticket(const struct env *env, const struct ticket_ask *q, struct arena *a,
	struct ticket_state *ret_state, struct err *err);
/* 1, 0 when there is none. */
MUST_USE int read_ticket(
	const struct env *env, struct str code, struct arena *a, struct ticket_state *ret_state);

#endif
