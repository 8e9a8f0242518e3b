/* SPDX-License-Identifier: Apache-2.0 */
/* What a resident's quote (查询应缴) asks beside the dossier. */
#ifndef CANBAO_STORE_QUOTE_H
#define CANBAO_STORE_QUOTE_H

#include "base/arena.h"
#include "base/day.h"
#include "store/db.h"
#include "store/vault.h"

/* Who holds this document: 1 with id and name, 0, or a fault.  One look-up, whatever it finds. */
MUST_USE int quote_by_token(struct db *db, struct arena *a, int64_t county,
	const unsigned char token[TOKEN_BYTES], int64_t *ret_person, struct str *ret_name);

struct quote_person {
	struct str name, doc_seal, household; /* household: {NULL,0} when none */
	int64_t village, town;
	bool registered;
	unsigned char token[TOKEN_BYTES];
};
MUST_USE int quote_person(struct db *db, struct arena *a, int64_t county, int64_t person,
	struct quote_person *ret_person);

struct quote_enrolment {
	int benefit_year;
	struct str policy, route, category, payer;
	int64_t standard_fen, personal_fen, subsidy_fen;
	int64_t payment; /* 0: nothing was left to pay */
	day_t benefit_from, benefit_to;
};
/* Active enrolments of `year` and the year before; 1 in ret_now.payment …  *ret_has_now and
 * *ret_has_before tell which are there. */
MUST_USE int quote_enrolment(struct db *db, struct arena *a, int64_t county, int year,
	int64_t person, struct quote_enrolment *ret_now, bool *ret_has_now, bool *ret_has_before);

#endif
