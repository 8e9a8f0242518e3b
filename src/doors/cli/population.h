/* SPDX-License-Identifier: Apache-2.0 */
/* A population held in memory for a what-if: facts side by side, a town index each. */
#ifndef CANBAO_DOORS_CLI_POPULATION_H
#define CANBAO_DOORS_CLI_POPULATION_H

#include "acts/env.h"
#include "base/map.h"
#include "doors/cli/packs.h"
#include "rules/decide.h"

#define POPULATION_MAX ((size_t)20000000)

struct population {
	struct facts *facts;
	uint16_t *towns; /* index into town_names */
	size_t n, cap;
	struct arena arena; /* holdings, happenings, names */
	struct map town_index;
	struct str town_names[COST_TOWNS_MAX];
	size_t n_towns;
};

/* Read enrolment lines as `canbao decide` takes them, each with an optional "town", from `path`
 * (NULL: standard input).  Lines that are not valid are counted, the first of them told.  CLI_OK
 * or CLI_FAILED; release in both cases. */
MUST_USE int population_read(struct cli *c, const struct pack *p, const char *path,
	struct population *ret_people, size_t *ret_invalid);
/* The same from everybody a store holds, as if paying on `on`.  CLI_OK or CLI_FAILED; release in
 * both. */
MUST_USE int population_from_store(struct cli *c, const struct env *env, const struct pack *p,
	day_t on, struct population *ret_people, size_t *ret_invalid);
void population_release(struct population *people);

/* Decide everybody and add up, on all cores.  ret_towns has people->n_towns items.  0 or
 * FAULT_MEMORY. */
MUST_USE int population_cost(const struct pack *p, const struct population *people,
	struct cost *ret_total, struct cost *ret_towns);

#endif
