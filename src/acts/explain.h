/* SPDX-License-Identifier: Apache-2.0 */
/* Explaining one person: facts, route, every category held, the winner, clauses, bill, payments,
 * cover. Looking somebody up is itself recorded: what is answered was recorded before. */
#ifndef CANBAO_ACTS_EXPLAIN_H
#define CANBAO_ACTS_EXPLAIN_H

#include "acts/env.h"
#include "acts/person_facts.h"
#include "acts/phone_mask.h"
#include "store/dossier.h"
#include "store/explain.h"
#include "store/person.h"

struct explanation {
	bool found;
	struct person person; /* texts live in the arena given */
	char masked[DOCUMENT_MAX + 1];
	char phone[PHONE_MASK_MAX]; /* masked; "" when none is known */
	struct str village, town;   /* names */
	const struct dossier *dossier;
	struct person_facts facts; /* on `on` */
	struct ruling ruling;
	struct str cites; /* clauses and readings of the ruling */
	/* One for each membership: amount in the ordinary case and whether it counts on `on`. */
	const struct explain_enrolment *enrolments;
	size_t n_enrolments;
	const struct explain_payment *payments;
	size_t n_payments;
	const struct explain_change *changes; /* newest first */
	size_t n_changes;
	const struct explain_member *members; /* of the household, this person included */
	size_t n_members;
	/* Other schemes in the same calendar year: what a yearly ceiling rests on (LB-20). */
	size_t n_ceiling;
};

/* Explain who holds document `number` (as typed) as of payment on `on`.  0 with found false when
 * nobody has it; FAULT_FORMAT with `err` when it is no document number. */
MUST_USE int explain(const struct env *env, const struct policy *policy, struct str number,
	day_t on, struct arena *a, struct explanation *ret, struct err *err);
/* The same of person `id` within env->scope, for an office (role code) that opens the record: the
 * look is kept for the person to see.  0 with found false when there is nobody, or nobody of
 * theirs. */
MUST_USE int explain_person(const struct env *env, const struct policy *policy, int64_t id,
	struct str office, day_t on, struct arena *a, struct explanation *ret, struct err *err);

#endif
