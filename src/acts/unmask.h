/* SPDX-License-Identifier: Apache-2.0 */
/* 查看完整号码 the whole document number and phone of one person, for a reason, recorded. */
#ifndef CANBAO_ACTS_UNMASK_H
#define CANBAO_ACTS_UNMASK_H

#include "acts/env.h"

#define UNMASK_REASON_MIN 4 /* characters */

struct unmasked {
	struct str number;
	struct str phone; /* {NULL,0}: none is known */
};

/* Person `id` within env->scope, for env->reason.  1; 0 when there is nobody, or nobody of theirs
 * (nothing is recorded then); FAULT_FORMAT without a reason of that length.  Texts live in `a`. */
MUST_USE int unmask(const struct env *env, int64_t id, struct str office, struct arena *a,
	struct unmasked *ret, struct err *err);
/* A number in a reason would stand in the trail and on the person's page: eight digits running. */
bool reason_holds_number(struct str s);

#endif
