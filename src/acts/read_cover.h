/* SPDX-License-Identifier: Apache-2.0 */
/* 参保状态 who is covered from when: told to the insurance platform as it happens (LB-29, SN-17),
 * and to the person. */
#ifndef CANBAO_ACTS_READ_COVER_H
#define CANBAO_ACTS_READ_COVER_H

#include "acts/env.h"
#include "store/cover.h"
#include "store/registration.h"
#include "store/ticket.h"

/* Enrolments of who holds the document of `token`: *ret_found tells whether anybody does. Recorded.
 */
MUST_USE int cover_search(const struct env *env, const struct policy *policy,
	const unsigned char token[TOKEN_BYTES], struct arena *a, bool *ret_found,
	struct explain_enrolment **ret_items, size_t *ret_n);

struct cover_told {
	struct cover_change change;
	struct str number; /* whole: the platform enrols by it */
};
/* Enrolments behind (audit, person), in the order of the acts; a page that tells something is
 * recorded. */
MUST_USE int cover_since(const struct env *env, int64_t audit, int64_t person, size_t max,
	struct arena *a, struct cover_told **ret_items, size_t *ret_n);

/* What a resident sees of themselves. */
struct own_record {
	const struct explain_enrolment *enrolments;
	const struct explain_payment *payments;
	const struct str *orders; /* of each payment; {NULL,0}: by none */
	const struct registration_state *registrations;
	const struct ticket_state *tickets;
	size_t n_enrolments, n_payments, n_registrations, n_tickets;
};
MUST_USE int read_own_record(const struct env *env, const struct policy *policy, int64_t person,
	struct arena *a, struct own_record *ret_record);

#endif
