/* SPDX-License-Identifier: Apache-2.0 */
/* What a season writes of each person: bill, refusal, enrolment, and the counts that add up to
 * progress.  Money is whole fen, days are day_t. */
#ifndef CANBAO_STORE_SEASON_H
#define CANBAO_STORE_SEASON_H

#include "base/arena.h"
#include "base/day.h"
#include "store/db.h"
#include "store/vault.h"

struct bill {
	struct str policy;
	int64_t person;
	const char *state;                              /* open, paid, funded, withdrawn */
	struct str route, category, payer, fund, cites; /* category, fund: {NULL,0} when none */
	int64_t standard_fen, subsidy_fen, payable_fen; /* standard = subsidy + payable */
	day_t assessed_on;
	int64_t version; /* from 1 */
};
/* Bills of persons who have none under this policy. */
MUST_USE int bill_add_all(
	struct db *db, int64_t county, int64_t audit, const struct bill *bills, size_t n);
/* Write one bill over the one that stands, which goes to the history first. */
MUST_USE int bill_replace(struct db *db, int64_t county, int64_t audit, const struct bill *b);
/* The bill no longer stands: its person may not enrol any more. */
MUST_USE int bill_withdraw(
	struct db *db, int64_t county, int64_t audit, struct str policy, int64_t person);
/* Mark the bills of these persons paid. */
MUST_USE int bill_settle(struct db *db, int64_t county, int64_t audit, struct str policy,
	const int64_t *persons, size_t n);

struct refusal_row {
	struct str policy;
	int64_t person;
	struct str reason, cites;
	day_t assessed_on;
};
MUST_USE int refusal_add_all(
	struct db *db, int64_t county, int64_t audit, const struct refusal_row *rows, size_t n);
MUST_USE int refusal_put(struct db *db, int64_t county, int64_t audit, const struct refusal_row *r);
MUST_USE int refusal_drop(struct db *db, int64_t county, struct str policy, int64_t person);

struct enrolment {
	int64_t person;
	const unsigned char *token; /* of the document: for the question that crosses counties */
	int benefit_year;
	struct str policy, route, category, fund, payer; /* category, fund: {NULL,0} when none */
	int64_t town, village;
	int64_t standard_fen, personal_fen, subsidy_fen; /* standard = personal + subsidy */
	day_t benefit_from, benefit_to, enrolled_on;
	bool online;
	int64_t payment; /* 0: nothing was left to pay */
};
/* Write active enrolments and the mark that crosses counties.  FAULT_CONFLICT when one of them is
 * enrolled already, here or anywhere. */
MUST_USE int enrolment_add_all(
	struct db *db, int64_t county, int64_t audit, const struct enrolment *rows, size_t n);

/* Counts of one village and day, added to what stands. */
struct tally {
	day_t day;
	int64_t village, town;
	int64_t enrolled, online, funded, personal_fen, subsidy_fen;
};
MUST_USE int tally_add(
	struct db *db, int64_t county, struct str policy, int slot, const struct tally *t);

/* Adding up many enrolments before they are written, one row a village, town and day. */
struct tally_sum {
	struct arena *arena;
	struct tally *items;
	size_t n, cap;
	size_t *slots; /* open addressing into items, index + 1 */
	size_t n_slots;
};
void tally_sum_init(struct tally_sum *s, struct arena *a);
MUST_USE int tally_sum_add(struct tally_sum *s, const struct enrolment *e);
MUST_USE int tally_sum_write(
	struct tally_sum *s, struct db *db, int64_t county, struct str policy, int slot);

struct assess_run {
	int64_t id;
	struct str policy;
	unsigned char digest[32]; /* of the pack's files */
	day_t assessed_on;
	int64_t people, billed, funded, refused, changed;
};
MUST_USE int assess_run_add(
	struct db *db, int64_t county, int64_t audit, const struct assess_run *r);

#endif
