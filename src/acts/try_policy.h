/* SPDX-License-Identifier: Apache-2.0 */
/* 试算 what if the amounts were others: everybody decided twice, nothing stored.  It reads the
 * whole population because that is asked for, beside the writers, one at a time, within a time
 * limit; the same question again is answered from memory for a while. */
#ifndef CANBAO_ACTS_TRY_POLICY_H
#define CANBAO_ACTS_TRY_POLICY_H

#include "acts/env.h"
#include "rules/amounts.h"
#include "rules/decide.h"

#define TRY_CHANGES_MAX 64
#define TRY_SECONDS_MAX 25 /* then it gives up: below the service's own deadline */
#define TRY_KEPT 16        /* answers kept */
#define TRY_KEEP_SECONDS 600

struct try_request {
	const struct pack *pack;
	day_t on;              /* as if paying that day */
	struct money personal; /* fen < 0: as it is */
	const struct amount_change *changes;
	size_t n_changes;
};

struct try_result {
	int64_t people;
	struct cost before, after;
	int64_t pays_more, pays_less; /* of those who may enrol under both */
	int64_t falls_out, comes_in;
};

/* FAULT_RETRY while somebody else's is being made, FAULT_LIMIT when it took too long. */
MUST_USE int try_policy(const struct env *env, const struct try_request *q,
	struct try_result *ret_result, struct err *err);
/* Tests: forget the answers. */
void try_forget(void);

#endif
