/* SPDX-License-Identifier: Apache-2.0 */
/* Everybody's facts as the rules ask them, for a what-if over a whole county.  Reading only. */
#ifndef CANBAO_ACTS_READ_POPULATION_H
#define CANBAO_ACTS_READ_POPULATION_H

#include "acts/env.h"
#include "rules/decide.h"

/* Told of each living person; facts and town name are borrowed for the call.  A negative answer
 * stops. */
typedef int (*population_fn)(void *ctx, const struct facts *f, struct str town);

/* Call `fn` for everybody alive on `on`, as if paying that day, in order of their ids.  A person
 * with more memberships than the rules take is left out and counted in *ret_left_out. */
MUST_USE int read_population(const struct env *env, const struct pack *pack, day_t on,
	population_fn fn, void *ctx, int64_t *ret_left_out, struct err *err);

#endif
