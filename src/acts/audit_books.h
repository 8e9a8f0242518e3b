/* SPDX-License-Identifier: Apache-2.0 */
/* The auditor: re-derives balances, enrolments against payments and subsidies, prices against the
 * policy, counts against enrolments.  Reads only, and shares no code with what writes. */
#ifndef CANBAO_ACTS_AUDIT_BOOKS_H
#define CANBAO_ACTS_AUDIT_BOOKS_H

#include "acts/env.h"

#define AUDIT_FINDINGS_A_CHECK 50

struct audit_finding {
	const char *check;   /* stable code */
	const char *zh, *en; /* what should agree */
	struct str subject;  /* "payment 12" */
	int64_t expected, found;
};

struct audit_report {
	size_t checks;
	struct audit_finding *items; /* in the arena given */
	size_t n, cap;
};

/* Audit a county.  `policies`: the packs its bills may be priced by; a bill of a policy that is not
 * among them is a finding. */
MUST_USE int audit_books(const struct env *env, const struct policy *policies, size_t n_policies,
	struct arena *a, struct audit_report *ret, struct err *err);

#endif
