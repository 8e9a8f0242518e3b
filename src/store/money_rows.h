/* SPDX-License-Identifier: Apache-2.0 */
/* Rows that move money: payments as channels reported them, postings, receipts, suspense.  Append
 * only. */
#ifndef CANBAO_STORE_MONEY_ROWS_H
#define CANBAO_STORE_MONEY_ROWS_H

#include "base/day.h"
#include "base/money.h"
#include "store/db.h"

struct payment {
	int64_t id;
	struct str channel, serial; /* unique together */
	int64_t file, line;         /* 0: not from a file */
	struct str
		payer_ref; /* token of the document, or the bill number, as the channel gave it */
	int64_t person;    /* 0: unknown */
	struct str policy;
	struct money amount; /* > 0 */
	int64_t paid_at;     /* seconds since 1970-01-01 UTC */
	bool suspense;
};
MUST_USE int payment_add_all(
	struct db *db, int64_t county, int64_t audit, const struct payment *rows, size_t n);

struct suspense {
	int64_t payment;
	const char *reason; /* stable code, acts/take_payment.h */
	struct money amount;
};
MUST_USE int suspense_add_all(
	struct db *db, int64_t county, int64_t audit, const struct suspense *rows, size_t n);

/* One row moves `amount` from the credited to the debited account: it balances by itself. */
struct posting {
	int64_t id;
	day_t day;
	const char *event;
	const char *debit, *credit;       /* accounts of rules/posting.h */
	struct str debit_key, credit_key; /* sub-ledgers: channel, policy */
	struct money amount;              /* > 0 */
	int64_t payment, person;          /* 0: none */
};
MUST_USE int posting_add_all(
	struct db *db, int64_t county, int64_t audit, const struct posting *rows, size_t n);

struct receipt {
	const char *series;
	int64_t number; /* continuous in its series */
	const char *kind;
	int64_t payment;
	struct money amount;
};
MUST_USE int receipt_add_all(struct db *db, int64_t county, const struct receipt *rows, size_t n);

#endif
