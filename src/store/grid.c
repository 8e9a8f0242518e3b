/* SPDX-License-Identifier: Apache-2.0 */
#include "store/grid.h"

#include "store/bind.h"

int grid_divisions(struct db *db, struct arena *a, int64_t county, struct str policy, int64_t area,
	int64_t parent, struct grid_division **ret_items, size_t *ret_n)
{
	struct grid_division *items = NULL;
	size_t n = 0, cap = 0;
	struct stmt *s;
	int rc = db_stmt(db, SQL_GRID_DIVISION, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_text(s, 2, policy);
	stmt_int(s, 3, area);
	stmt_int(s, 4, parent);
	while ((rc = stmt_step(s)) == 1) {
		struct grid_division *more = arena_grow(a, items, n, &cap, sizeof(*more));

		if (!more) {
			rc = FAULT_MEMORY;
			break;
		}
		items = more;
		items[n++] = (struct grid_division){ .code = stmt_col_int(s, 0),
			.parent = stmt_col_int_or_zero(s, 1),
			.level = (enum place_level)stmt_col_int(s, 2),
			.name = stmt_col_text_in(s, a, 3),
			.officer = stmt_col_text_in(s, a, 4),
			.people = stmt_col_null(s, 5) ? -1 : stmt_col_int(s, 5) };
	}
	stmt_reset(s);
	if (rc < 0)
		return rc;
	*ret_items = items;
	*ret_n = n;
	return 0;
}

int grid_all(struct db *db, struct arena *a, int64_t county, int64_t area,
	struct grid_staff **ret_items, size_t *ret_n)
{
	struct grid_staff *items = NULL;
	size_t n = 0, cap = 0;
	struct stmt *s;
	int rc = db_stmt(db, SQL_GRID_ALL, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, area);
	while ((rc = stmt_step(s)) == 1) {
		struct grid_staff *more = arena_grow(a, items, n, &cap, sizeof(*more));

		if (!more) {
			rc = FAULT_MEMORY;
			break;
		}
		items = more;
		items[n++] = (struct grid_staff){ .division = stmt_col_int(s, 0),
			.duty = stmt_col_text_in(s, a, 1),
			.name = stmt_col_text_in(s, a, 2),
			.phone_seal = stmt_col_blob_in(s, a, 3) };
	}
	stmt_reset(s);
	if (rc < 0)
		return rc;
	*ret_items = items;
	*ret_n = n;
	return 0;
}

int grid_put(struct db *db, int64_t county, const struct grid_staff *g, int64_t audit)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_GRID_PUT, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, g->division);
	stmt_text(s, 3, g->duty);
	stmt_text(s, 4, g->name);
	stmt_blob_or_null(s, 5, g->phone_seal);
	stmt_int(s, 6, audit);
	return stmt_done(s);
}
