/* SPDX-License-Identifier: Apache-2.0 */
/* Bills and payments as lists, a page at a time, within somebody's scope.
 *
 * A page costs what it shows: each filter has its own way in (an index), and a payment list that
 * would have to look at too many payments to fill a page ends early and says where to go on. */
#ifndef CANBAO_STORE_MONEY_LIST_H
#define CANBAO_STORE_MONEY_LIST_H

#include "base/arena.h"
#include "store/explain.h"
#include "store/scope.h"

/* Open suspense by its reason; texts live in `a`. */
struct waiting_sum {
	struct str reason;
	int64_t payments, fen;
};
MUST_USE int waiting_by_reason(struct db *db, struct arena *a, const struct scope_bind *scope,
	struct str policy, struct waiting_sum **ret_items, size_t *ret_n);

#endif
