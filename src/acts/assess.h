/* SPDX-License-Identifier: Apache-2.0 */
/* Assessing (核定): what everybody owes on a day.  A bill for who owes, an enrolment by the bureau
 * for who is fully subsidised (SN-10), a reasoned refusal for the rest; run again it changes only
 * what changed. */
#ifndef CANBAO_ACTS_ASSESS_H
#define CANBAO_ACTS_ASSESS_H

#include "acts/env.h"

#define ASSESS_CHANGES_KEPT 200

/* One person whose bill changed. */
struct assess_change {
	int64_t person;
	int64_t was_fen, now_fen; /* payable; -1: no bill stood, or none stands now */
	char was_category[40], now_category[40];
	char reason[32]; /* refusal, when none stands now */
};

struct assess_report {
	int64_t people;
	int64_t enrolled;  /* enrolled already; left alone */
	int64_t billed;    /* new bills */
	int64_t funded;    /* newly enrolled by the bureau */
	int64_t refused;   /* new refusals */
	int64_t changed;   /* bills that became other bills, refusals that became bills and so on */
	int64_t withdrawn; /* bills that no longer stand */
	int64_t unchanged;
	int64_t deceased;
	int64_t lapsed; /* bills unpaid when the window closed; they stand as they are */
	int64_t payable_fen,
		subsidy_fen; /* of all bills that stand after this run, enrolled people included */
	struct assess_change changes[ASSESS_CHANGES_KEPT]; /* the first so many */
	size_t n_changes;
	enum parts_word stopped; /* by parts: PARTS_GO when everybody is assessed */
	struct err err;
};

/* Assess everybody of the county as if they paid on `on`, which must lie on or after the first day
 * of the policy's window.  In one act; with env->parts in short ones by person id, which go on
 * where they stopped (docs/adr/005): `changes` are then those since the last start. */
MUST_USE int assess(
	const struct env *env, const struct policy *policy, day_t on, struct assess_report *ret);

#endif
