/* SPDX-License-Identifier: Apache-2.0 */
/* 应缴单和缴费名单 bills and payments within env->scope, a page at a time. */
#ifndef CANBAO_ACTS_LIST_MONEY_H
#define CANBAO_ACTS_LIST_MONEY_H

#include "acts/env.h"
#include "store/money_list.h"

/* As payment_page and bill_page (store/money_list.h); `village` of the filter is found out here.
 * Texts live in `a`. */
MUST_USE int list_payments(const struct env *env, const struct payment_filter *f, int64_t from,
	size_t max, struct arena *a, struct payment_line **ret_items, size_t *ret_n,
	int64_t *ret_next);
MUST_USE int list_bills(const struct env *env, const struct bill_filter *f, int64_t after,
	size_t max, struct arena *a, struct bill_line **ret_items, size_t *ret_n);

#endif
