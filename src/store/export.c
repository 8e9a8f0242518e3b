/* SPDX-License-Identifier: Apache-2.0 */
#include "store/export.h"

#include "store/bind.h"

int export_add(struct db *db, int64_t county, const struct export *e, int64_t audit)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_EXPORT_ADD, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, e->id);
	stmt_text(s, 3, e->list);
	stmt_text(s, 4, e->filter);
	stmt_text(s, 5, e->format);
	stmt_text(s, 6, e->purpose);
	stmt_int(s, 7, e->whole);
	stmt_int(s, 8, e->asked_by);
	stmt_int(s, 9, e->town);
	stmt_int(s, 10, e->asked_at);
	stmt_int(s, 11, audit);
	return stmt_done(s);
}

int export_waiting(struct db *db, int64_t county, int64_t account, int64_t *ret_n)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_EXPORT_WAITING, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, account);
	rc = stmt_one_int(s, ret_n);
	return rc < 0 ? rc : 0;
}

static int64_t number(struct stmt *s, int i, int64_t none)
{
	return stmt_col_null(s, i) ? none : stmt_col_int(s, i);
}

static struct export row(struct stmt *s, struct arena *a)
{
	return (struct export){ .id = stmt_col_int(s, 0),
		.list = stmt_col_text_in(s, a, 1),
		.filter = stmt_col_text_in(s, a, 2),
		.format = stmt_col_text_in(s, a, 3),
		.purpose = stmt_col_text_in(s, a, 4),
		.whole = stmt_col_int(s, 5) != 0,
		.state = stmt_col_text_in(s, a, 6),
		.asked_by = stmt_col_int(s, 7),
		.town = stmt_col_int(s, 8),
		.asked_at = stmt_col_int(s, 9),
		.decided_by = number(s, 10, 0),
		.decided_at = number(s, 11, 0),
		.reason = stmt_col_text_in(s, a, 12),
		.rows_out = number(s, 13, -1),
		.job = number(s, 14, 0),
		.asked_login = stmt_col_text_in(s, a, 15),
		.decided_login = stmt_col_text_in(s, a, 16) };
}

int export_load(
	struct db *db, struct arena *a, int64_t county, int64_t id, struct export *ret_export)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_EXPORT_LOAD, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, id);
	rc = stmt_step(s);
	if (rc == 1)
		*ret_export = row(s, a);
	stmt_reset(s);
	return rc == 1 && !ret_export->filter.p ? FAULT_MEMORY : rc;
}

int export_list(struct db *db, struct arena *a, int64_t county, const struct export_viewer *v,
	struct str state, struct way way, size_t limit, struct export **ret_items, size_t *ret_n)
{
	struct export *items = ARENA_ARRAY(a, struct export, limit ? limit : 1);
	struct stmt *s;
	size_t n = 0;
	int rc = db_stmt(db, way.rising ? SQL_EXPORT_LIST_OLDEST : SQL_EXPORT_LIST, &s);

	if (rc < 0 || !items)
		return rc < 0 ? rc : FAULT_MEMORY;
	stmt_int(s, 1, county);
	stmt_int(s, 2, v->account);
	stmt_int(s, 3, v->decides);
	stmt_int(s, 4, v->division);
	stmt_text(s, 5, state);
	stmt_int(s, 6, way_below(way));
	stmt_int(s, 7, (int64_t)limit);
	stmt_int(s, 8, way_above(way));
	while ((rc = stmt_step(s)) == 1 && n < limit)
		items[n++] = row(s, a);
	stmt_reset(s);
	if (rc < 0)
		return rc;
	*ret_items = items;
	*ret_n = n;
	return 0;
}

int export_decide(struct db *db, int64_t county, const struct export *e, int64_t audit)
{
	struct stmt *s;
	int64_t n;
	int rc = db_stmt(db, SQL_EXPORT_DECIDE, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, e->id);
	stmt_text(s, 3, e->state);
	stmt_int(s, 4, e->decided_by);
	stmt_int(s, 5, e->decided_at);
	stmt_text_or_null(s, 6, e->reason);
	stmt_int_or_null(s, 7, e->job);
	stmt_int(s, 8, audit);
	n = stmt_run(s);
	return n < 0 ? (int)n : n > 0;
}

int export_end(
	struct db *db, int64_t county, int64_t id, struct str state, int64_t rows, int64_t audit)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_EXPORT_END, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, id);
	stmt_text(s, 3, state);
	stmt_int(s, 4, rows);
	stmt_int(s, 5, audit);
	return stmt_done(s);
}
