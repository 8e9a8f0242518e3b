/* SPDX-License-Identifier: Apache-2.0 */
/* 一人一裁定 what the notice says of one person on one day, with its clauses in words and the steps
 * from the standard to what is left to pay.  The counter, the resident's page and the command
 * line ask here. */
#ifndef CANBAO_ACTS_PERSON_RULING_H
#define CANBAO_ACTS_PERSON_RULING_H

#include "acts/env.h"
#include "acts/person_facts.h"

/* Facts of a dossier on `on` (never before birth), with the town's extended window, and the ruling
 * that follows.  In a transaction. */
MUST_USE int person_rule(struct db *db, struct arena *a, int64_t county, const struct pack *p,
	const struct dossier *d, day_t on, struct person_facts *ret_facts,
	struct ruling *ret_ruling);

/* A clause or reading with its content in our words. */
struct cited {
	struct str clause; /* "二(三)2", "J4" */
	struct str text;   /* {NULL,0} when the pack was loaded without its ledger */
};
/* All that a ruling stands on, each once.  Texts are the pack's or in `a`. */
MUST_USE int ruling_cited(const struct pack *p, const struct ruling *r, struct arena *a,
	struct cited **ret_items, size_t *ret_n);
/* The first clause (or reading) of a basis; {NULL,0} for PACK_NONE. */
struct str basis_clause(const struct pack *p, uint16_t basis);

/* One step of "why this amount". */
struct ruling_step {
	struct str zh, en;
	int64_t fen;       /* STEP_NO_MONEY: the step is about no amount */
	struct str clause; /* {NULL,0}: none */
};
#define STEP_NO_MONEY INT64_MIN
#define RULING_STEPS_MAX (HOLDINGS_MAX + 8)
/* Standard, every category held and whether it counts (就高不重复), subsidy and its fund, what is
 * left, from when one is covered; or why not. */
MUST_USE int ruling_steps(const struct pack *p, const struct person_facts *f,
	const struct ruling *r, struct arena *a, struct ruling_step **ret_items, size_t *ret_n);

#endif
