/* SPDX-License-Identifier: Apache-2.0 */
/* Reading the books for the auditor.  Shares nothing with the code that writes them. */
#ifndef CANBAO_STORE_BOOKS_H
#define CANBAO_STORE_BOOKS_H

#include "base/arena.h"
#include "store/db.h"

/* Something that does not agree. */
struct books_finding {
	struct str kind; /* payment, posting, account, enrolment, bill, receipt, tally, … or a
			    series */
	int64_t id;      /* of that kind; a person's id for bills and enrolments */
	int64_t expected, found;
};

/* Ask one of the books_* questions (not books_prices); at most `limit` findings.  Strings live in
 * `a`. */
MUST_USE int books_ask(struct db *db, struct arena *a, enum sql_id question, int64_t county,
	size_t limit, struct books_finding **ret_items, size_t *ret_n);

/* A combination of price that occurs among the bills. */
struct books_price {
	struct str policy, category, route; /* category empty: none */
	int64_t standard_fen, subsidy_fen, bills, first_person;
};
MUST_USE int books_prices(struct db *db, struct arena *a, int64_t county, size_t limit,
	struct books_price **ret_items, size_t *ret_n);

#endif
