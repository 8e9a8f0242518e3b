/* SPDX-License-Identifier: Apache-2.0 */
/* 区划和网格员 the divisions of an area with who answers for each, and naming somebody (SQ-34,
 * SN-25). */
#ifndef CANBAO_ACTS_NAME_GRID_H
#define CANBAO_ACTS_NAME_GRID_H

#include "acts/env.h"
#include "store/grid.h"

#define GRID_PHONE_MAX 20

struct grid_person {
	struct str duty, name;
	struct str phone; /* masked unless asked for whole; {NULL,0}: none */
};
struct grid_line {
	struct grid_division division;
	struct grid_person *staff;
	size_t n_staff;
};
/* Divisions of env->scope: below `parent`, or, with 0, the area itself and what is one level below
 * it. */
MUST_USE int read_grid(const struct env *env, const struct policy *policy, int64_t parent,
	bool whole_phones, struct arena *a, struct grid_line **ret_items, size_t *ret_n);

/* `duty` is tax, insurance or collector; `phone` {NULL,0}: none.  FAULT_MISSING for a division that
 * is not there or not within the scope. */
MUST_USE int name_grid(const struct env *env, int64_t division, struct str duty, struct str name,
	struct str phone, struct err *err);

#endif
