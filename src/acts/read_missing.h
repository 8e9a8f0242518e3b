/* SPDX-License-Identifier: Apache-2.0 */
/* 未参保台账 one village's people without cover, a page at a time, masked (LB-41). */
#ifndef CANBAO_ACTS_READ_MISSING_H
#define CANBAO_ACTS_READ_MISSING_H

#include "acts/env.h"
#include "rules/document.h"
#include "store/progress.h"

struct missing_line {
	struct missing who; /* texts live in the arena; doc_seal is empty */
	char masked[DOCUMENT_MAX + 1];
	struct str category; /* name of the bill's, or of the first that must be covered */
	struct str refusal_zh, refusal_en; /* {NULL,0}: nothing stands in the way */
};
struct missing_request {
	int64_t village;
	bool special;               /* only those who must be covered completely (LB-04) */
	struct str after_household; /* where the page before ended; with after_person */
	int64_t after_person;       /* 0: from the start */
	size_t max;
};

/* Within env->scope, by household and person.  FAULT_MISSING when the county has no such division.
 */
MUST_USE int read_missing(const struct env *env, const struct policy *policy, day_t on,
	const struct missing_request *q, struct arena *a, struct missing_line **ret_items,
	size_t *ret_n);

#endif
