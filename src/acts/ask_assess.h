/* SPDX-License-Identifier: Apache-2.0 */
/* 申请核定 asking for an assessment in the background. */
#ifndef CANBAO_ACTS_ASK_ASSESS_H
#define CANBAO_ACTS_ASK_ASSESS_H

#include "acts/job.h"
#include "acts/roles.h"

/* Queue an assessment as of `on`.  FAULT_FORMAT when the window is not open on that day yet,
 * FAULT_LIMIT; `err` says it. */
MUST_USE int ask_assess(const struct env *env, const struct policy *policy, enum role role,
	int64_t account, day_t on, struct arena *a, int64_t *ret_job, struct err *err);

#endif
