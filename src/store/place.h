/* SPDX-License-Identifier: Apache-2.0 */
/* Places (区划): county, town, village, known by code, name and alias, with the years a code was in
 * force; the unit a person is counted in apart from the unit a person is in (SN-18); targets. */
#ifndef CANBAO_STORE_PLACE_H
#define CANBAO_STORE_PLACE_H

#include "base/arena.h"
#include "base/day.h"
#include "base/map.h"
#include "store/db.h"

enum place_level { PLACE_COUNTY = 1, PLACE_TOWN = 2, PLACE_VILLAGE = 3 };

#define PLACE_SELF (-1)     /* counted where it is */
#define PLACE_BY_REGISTER 0 /* counted where the person is registered */
#define PLACES_MAX 100000

struct place {
	int64_t code; /* 12 digits */
	int64_t parent;
	enum place_level level;
	struct str name;
	day_t valid_from, valid_to; /* DAY_NONE: open */
	int64_t report_to;          /* a town's code, PLACE_SELF or PLACE_BY_REGISTER */
	struct str officer;         /* NULL when nobody is named */
};

/* All places of a county in memory: a few hundred. */
struct places {
	int64_t county;
	struct place *items;
	size_t n;
	struct map by_code; /* decimal code → index */
	struct map by_name; /* "parent/folded" → index */
	struct arena *arena;
};

MUST_USE int places_load(struct db *db, struct arena *a, int64_t county, struct places *ret_places);
/* By code of 6, 9 or 12 digits; NULL when unknown. */
const struct place *place_by_code(const struct places *p, int64_t code);
/* By any known spelling below `parent` (0: the county's towns); NULL when unknown.  `scratch` is
 * used. */
const struct place *place_by_name(
	const struct places *p, int64_t parent, struct str name, struct buf *scratch);
/* The town of a village (or the town itself). */
const struct place *place_town(const struct places *p, const struct place *at);
/* The town in which somebody living at `at` and registered in town `register_town` (NULL: unknown)
 * is counted.  NULL when that needs a register town that is not known. */
const struct place *place_reporting(
	const struct places *p, const struct place *at, const struct place *register_town);
/* A code of 6, 9 or 12 digits as 12. */
int64_t place_code12(int64_t code);

/* Store one place and its spellings (name and aliases). */
MUST_USE int place_put(struct db *db, int64_t county, const struct place *p,
	const struct str *aliases, size_t n_aliases, struct buf *scratch);

struct target {
	int64_t division;
	int64_t planned, registered, resident; /* persons; -1: not given */
	bool extended;                         /* the town's payment window was extended (SQ-16) */
};
MUST_USE int target_put(
	struct db *db, int64_t county, struct str policy, const struct target *t, int64_t audit);
/* All targets of a policy, by division code. */
MUST_USE int targets_load(struct db *db, struct arena *a, int64_t county, struct str policy,
	struct target **ret_items, size_t *ret_n);
/* Was the window of this town extended? */
bool targets_extended(const struct target *items, size_t n, int64_t town);

#endif
