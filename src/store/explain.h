/* SPDX-License-Identifier: Apache-2.0 */
/* Everything the store holds of one person's cover and payments, for explaining it. */
#ifndef CANBAO_STORE_EXPLAIN_H
#define CANBAO_STORE_EXPLAIN_H

#include "base/arena.h"
#include "base/day.h"
#include "store/db.h"

#define EXPLAIN_ROWS_MAX 200 /* of each kind; older ones are left out */

struct explain_enrolment {
	struct str policy, route, category, fund, payer;
	int64_t standard_fen, personal_fen, subsidy_fen,
		payment; /* payment 0: nothing was left to pay */
	day_t benefit_from, benefit_to, enrolled_on;
	int benefit_year;
	bool online, active;
};
struct explain_payment {
	int64_t id, fen, paid_at, receipt; /* receipt 0: none yet */
	struct str channel, serial, state, reason, receipt_series;
};
/* Of the benefit years from eight before `year` to the one after it. */
MUST_USE int explain_enrolments(struct db *db, struct arena *a, int64_t county, int64_t person,
	int year, struct explain_enrolment **ret_items, size_t *ret_n);
MUST_USE int explain_payments(struct db *db, struct arena *a, int64_t county, int64_t person,
	struct explain_payment **ret_items, size_t *ret_n);

struct explain_change {
	int64_t at; /* seconds since 1970-01-01 UTC */
	struct str actor, field, was, became;
};
/* Newest first. */
MUST_USE int explain_changes(struct db *db, struct arena *a, int64_t county, int64_t person,
	struct explain_change **ret_items, size_t *ret_n);

struct explain_member {
	int64_t person;
	struct str name, relation;
	day_t birth, died_on;
	bool enrolled;
};
MUST_USE int explain_household(struct db *db, struct arena *a, int64_t county, int64_t village,
	struct str household, int benefit_year, struct explain_member **ret_items, size_t *ret_n);

#endif
