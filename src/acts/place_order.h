/* SPDX-License-Identifier: Apache-2.0 */
/* 下单 one payment for the people of a visit: every price is asked again, at this moment, and must
 * add up to what the page showed. */
#ifndef CANBAO_ACTS_PLACE_ORDER_H
#define CANBAO_ACTS_PLACE_ORDER_H

#include "acts/env.h"
#include "store/order.h"

#define ORDER_OPEN_SECONDS \
	1800 /* after that it cannot be paid from the page; money is still taken */

/* An order with what became of it. */
struct order_view {
	struct order order;
	const struct order_line *lines;
	size_t n;
	struct str channel_name;
	bool open; /* may be paid now */
};

struct place_order {
	struct str number;  /* unguessable, made by the door: 1..ORDER_NUMBER_MAX characters */
	struct str channel; /* code; online and open today */
	const int64_t *persons;
	size_t n; /* 1..ORDER_LINES_MAX, all different */
	int64_t total_fen;
};

/* FAULT_FORMAT: no such channel, or it cannot be paid by now; FAULT_CONFLICT: somebody has nothing
 * to pay, or the amount is another now.  Both with `err`.  A person may be in several orders;
 * whoever is paid for twice has the second payment in suspense. */
MUST_USE int place_order(const struct env *env, const struct policy *policy,
	const struct place_order *q, struct arena *a, struct order_view *ret_view, struct err *err);

/* 1 and the order, 0 when there is none.  Texts live in `a`. */
MUST_USE int read_order(const struct env *env, const struct policy *policy, struct str number,
	struct arena *a, struct order_view *ret_view);
/* The same inside a transaction. */
MUST_USE int read_order_in(struct db *db, struct arena *a, const struct env *env,
	const struct policy *policy, struct str number, struct order_view *ret_view);

#endif
