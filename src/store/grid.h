/* SPDX-License-Identifier: Apache-2.0 */
/* 区划与网格 divisions as somebody's area, with the named person and who answers for each village:
 * tax (税管员), insurance (医保专干), collector (代征员). */
#ifndef CANBAO_STORE_GRID_H
#define CANBAO_STORE_GRID_H

#include "base/arena.h"
#include "store/db.h"
#include "store/place.h"

struct grid_division {
	int64_t code, parent;
	enum place_level level;
	struct str name;
	struct str officer; /* {NULL,0}: nobody is named */
	int64_t people;     /* registered by the targets' file; -1: not given */
};
/* Divisions of the area (0: the county) below `parent` (0: any), by code. */
MUST_USE int grid_divisions(struct db *db, struct arena *a, int64_t county, struct str policy,
	int64_t area, int64_t parent, struct grid_division **ret_items, size_t *ret_n);

struct grid_staff {
	int64_t division;
	struct str duty, name, phone_seal; /* phone_seal {NULL,0}: none */
};
/* Everybody of the area, by division. */
MUST_USE int grid_all(struct db *db, struct arena *a, int64_t county, int64_t area,
	struct grid_staff **ret_items, size_t *ret_n);
MUST_USE int grid_put(struct db *db, int64_t county, const struct grid_staff *g, int64_t audit);

#endif
