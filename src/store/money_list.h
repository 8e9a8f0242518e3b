/* SPDX-License-Identifier: Apache-2.0 */
/* Bills and payments as lists, a page at a time, within somebody's scope.
 *
 * A page costs what it shows: each filter has its own way in (an index).  Where none fits, a page
 * of payments looks at so many ids and no more; then it is short, and says where to go on. */
#ifndef CANBAO_STORE_MONEY_LIST_H
#define CANBAO_STORE_MONEY_LIST_H

#include "base/arena.h"
#include "store/explain.h"
#include "store/scope.h"

#define PAYMENT_WINDOW 4096   /* ids looked at by one statement */
#define PAYMENT_IDS_MAX 65536 /* … and for one page */

/* Open suspense by its reason; texts live in `a`. */
struct waiting_sum {
	struct str reason;
	int64_t payments, fen;
};
MUST_USE int waiting_by_reason(struct db *db, struct arena *a, const struct scope_bind *scope,
	struct str policy, struct waiting_sum **ret_items, size_t *ret_n);

struct payment_line {
	struct explain_payment pay;
	int64_t person;  /* 0: nobody is known */
	struct str name; /* on record; {NULL,0} then */
};
struct payment_filter {
	struct str policy;
	struct str state;    /* "posted", "suspense"; {NULL,0}: any */
	struct str channel;  /* {NULL,0}: any */
	int64_t from, until; /* instants; until is the first one after */
	int64_t division;    /* town or village; 0: any */
	bool village;        /* the division is a village */
	bool rising;         /* oldest first; else newest first */
};
/* Payments by id behind `from` (0: from the start), at most `max`.  *ret_next: go on behind this
 * id; 0 at the end.  Also when the page is not full. */
MUST_USE int payment_page(struct db *db, struct arena *a, const struct scope_bind *scope,
	const struct payment_filter *f, int64_t from, size_t max, struct payment_line **ret_items,
	size_t *ret_n, int64_t *ret_next);

struct bill_line {
	int64_t person;
	struct str name, village;                       /* village {NULL,0}: unknown */
	struct str state, route, category, payer, fund; /* category, fund {NULL,0}: none */
	int64_t standard_fen, subsidy_fen, payable_fen;
	day_t assessed_on;
};
struct bill_filter {
	struct str policy;
	struct str state, category; /* {NULL,0}: any */
	int64_t division;           /* town or village; 0: any */
	bool village;
	bool falling; /* the last person first */
};
/* Bills by person behind `after` (0: from the start), at most `max`. */
MUST_USE int bill_page(struct db *db, struct arena *a, const struct scope_bind *scope,
	const struct bill_filter *f, int64_t after, size_t max, struct bill_line **ret_items,
	size_t *ret_n);

#endif
