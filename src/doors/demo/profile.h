/* SPDX-License-Identifier: Apache-2.0 */
/* What the demo makes up about a county so that its people look like people who could live
 * there.  Only the demo knows counties by name; nothing that decides anything reads this. */
#ifndef CANBAO_DOORS_DEMO_PROFILE_H
#define CANBAO_DOORS_DEMO_PROFILE_H

#include "base/day.h"
#include "doors/demo/rng.h"

/* X(name, GB/T 3304 word) */
enum nation {
	NATION_HAN,
	NATION_YUGUR,
	NATION_TIBETAN,
	NATION_MONGOL,
	NATION_TU,
	NATION_HUI,
	NATION_COUNT
};

struct town_profile {
	const char *code9, *name;
	const char *aliases; /* "|" between */
	int weight;          /* persons to insure */
	int villages;
	bool seat;                      /* of the county: communities, more employees */
	const char *report_to;          /* code of the town it is counted in, "户籍", or NULL */
	uint16_t nations[NATION_COUNT]; /* per mille */
};

struct county_profile {
	const char *region; /* six digits */
	const char *name;
	const char *old_prefix; /* of numbers given before … */
	int old_until;          /* … this year */
	const char *province;   /* for addresses elsewhere */
	uint16_t away_permille; /* of adults of working age */
	bool xlsx_register;     /* the register comes as XLSX, else as GB18030 CSV */
	int default_people;
	const struct town_profile *towns;
	size_t n_towns;
};

/* NULL when the demo knows no such county. */
const struct county_profile *profile_find(const char *region);
const char *nation_word(enum nation n);

#endif
