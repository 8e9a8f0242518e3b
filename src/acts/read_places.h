/* SPDX-License-Identifier: Apache-2.0 */
/* 选择区划 towns, or the villages of one, for a resident to choose from. */
#ifndef CANBAO_ACTS_READ_PLACES_H
#define CANBAO_ACTS_READ_PLACES_H

#include "acts/env.h"
#include "store/place.h"

/* The towns in force today, or below `town` (0: none asked) its villages, by code.  FAULT_MISSING:
 * no such town.  Names live in `a`. */
MUST_USE int read_places(const struct env *env, int64_t town, struct arena *a,
	const struct place ***ret_items, size_t *ret_n);

#endif
