/* SPDX-License-Identifier: Apache-2.0 */
/* 代收缴费 taking what somebody owes at a counter, a school or a village agent's table (LB-21).
 * Unlike a channel that tells of money it has, the clerk has not taken it yet: what is not due is
 * refused before anything is stored.  Then it is a payment like any other (take_payment.h). */
#ifndef CANBAO_ACTS_COUNTER_PAYMENT_H
#define CANBAO_ACTS_COUNTER_PAYMENT_H

#include "acts/roles.h"
#include "acts/take_payment.h"

struct counter_request {
	enum role role;     /* of who takes it: offline channels only, schools their own kind */
	int64_t person;     /* within env->scope */
	struct str channel; /* code */
	struct str serial;  /* of the slip or POS */
	struct money amount;
};

/* 0 with *ret_result; FAULT_MISSING when there is no such person within the scope; FAULT_FORMAT for
 * a channel that is not theirs; FAULT_CONFLICT with `err` (what is due, or why nothing is) when the
 * amount is not what is due now, or the serial was used for another payment. */
MUST_USE int counter_payment(const struct env *env, const struct policy *policy,
	const struct counter_request *q, struct take_result *ret_result, struct err *err);

#endif
