/* SPDX-License-Identifier: Apache-2.0 */
/* The work of an assessment, step by step.  Private to assess.c, assess_parts.c and assess_step.c.
 */
#ifndef CANBAO_ACTS_ASSESS_STEP_H
#define CANBAO_ACTS_ASSESS_STEP_H

#include "acts/assess.h"
#include "acts/person_facts.h"
#include "store/place.h"
#include "store/season.h"

#define ASSESS_STEP 32768 /* persons a step, at most */

struct assess_work {
	const struct env *env;
	const struct policy *policy;
	day_t on;
	struct assess_report *report;
	struct db *db;
	struct arena round; /* of one step */
	int64_t audit;
	struct target *targets;
	size_t n_targets;
	struct tally_sum tallies;
	struct person_facts facts;
	/* What one step judged. */
	unsigned char *verdicts; /* enum verdict */
	struct ruling *rulings;
	struct dossier **funded; /* whom the bureau would enrol */
	/* What one step adds; changes of standing rows are written one by one. */
	struct bill *bills;
	struct refusal_row *refusals;
	struct enrolment *enrolments;
	size_t n_bills, n_refusals, n_enrolments;
	/* Cites of the last ruling: neighbours mostly share theirs. */
	uint16_t cite_bases[RULING_BASES_MAX];
	size_t n_cite_bases;
	struct str cites;
};

/* Take room for a step. */
MUST_USE int assess_prepare(struct assess_work *r, struct arena *a);
/* Inside a transaction, dossier_prepare done: assess the persons with after < id <= upto and write
 * what comes of it but the tallies. */
MUST_USE int assess_step(struct assess_work *r, int64_t after, int64_t upto);
/* The row of the run and its audit row; `a` for a moment. */
MUST_USE int assess_record(struct assess_work *r, struct arena *a);
/* The audit row alone; `more` is JSON behind the counts. */
MUST_USE int assess_audit(struct assess_work *r, struct arena *a, const char *more);

/* The whole assessment, a part at a time (env->parts). */
MUST_USE int assess_by_parts(
	const struct env *env, const struct policy *policy, day_t on, struct assess_report *ret);

#endif
