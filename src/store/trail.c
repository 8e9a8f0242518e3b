/* SPDX-License-Identifier: Apache-2.0 */
#include "store/trail.h"

#include "store/bind.h"

int counter_take(struct db *db, int64_t county, const char *name, int64_t n, int64_t *ret_first)
{
	struct stmt *s;
	int64_t next;
	int rc;

	BUG_IF(n <= 0);
	rc = db_stmt(db, SQL_COUNTER_TAKE, &s);
	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_text(s, 2, str_of(name));
	stmt_int(s, 3, n);
	rc = stmt_one_int(s, &next);
	if (rc < 0)
		return rc;
	BUG_IF(rc != 1 || next <= n);
	*ret_first = next - n;
	return 0;
}

int audit_open(struct db *db, int64_t county, int64_t *ret_id)
{
	return counter_take(db, county, "audit", 1, ret_id);
}

int audit_write(struct db *db, int64_t county, int64_t id, const struct audit_row *row)
{
	struct stmt *s;
	int rc;

	BUG_IF(row->actor.n == 0 || row->act.n == 0);
	rc = db_stmt(db, SQL_AUDIT_ADD, &s);
	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, id);
	stmt_int(s, 3, row->at);
	stmt_text(s, 4, row->actor);
	stmt_text_or_null(s, 5, row->on_behalf);
	stmt_text(s, 6, row->act);
	stmt_text_or_null(s, 7, row->subject);
	stmt_text_or_null(s, 8, row->reason);
	stmt_text_or_null(s, 9, row->detail);
	return stmt_done(s);
}

static struct trail_line read_line(struct stmt *s, struct arena *a)
{
	return (struct trail_line){ stmt_col_int(s, 0),
		{ .at = stmt_col_int(s, 1),
			.actor = stmt_col_text_in(s, a, 2),
			.on_behalf = stmt_col_text_in(s, a, 3),
			.act = stmt_col_text_in(s, a, 4),
			.subject = stmt_col_text_in(s, a, 5),
			.reason = stmt_col_text_in(s, a, 6),
			.detail = stmt_col_text_in(s, a, 7) } };
}

/* Where a window ends; 0 when the trail ends before. */
static int window_end(struct db *db, int64_t county, struct way way, int64_t *ret_end)
{
	struct stmt *s;
	int rc = db_stmt(db, way.rising ? SQL_AUDIT_WINDOW_END_OLDEST : SQL_AUDIT_WINDOW_END, &s);

	*ret_end = 0;
	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, way_below(way));
	stmt_int(s, 3, TRAIL_WINDOW - 1);
	stmt_int(s, 4, way_above(way));
	rc = stmt_one_int(s, ret_end);
	return rc < 0 ? rc : 0;
}

int audit_page(struct db *db, int64_t county, const struct audit_filter *f, struct arena *a,
	struct trail_line **ret_items, size_t *ret_n, int64_t *ret_next)
{
	struct trail_line *items = ARENA_ARRAY(a, struct trail_line, f->max);
	size_t n = 0;
	enum sql_id id = f->way.rising ? SQL_AUDIT_PAGE_OLDEST : SQL_AUDIT_PAGE;
	struct stmt *s;
	int rc = items ? db_stmt(db, id, &s) : FAULT_MEMORY;

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, way_below(f->way));
	stmt_text(s, 3, f->act.p ? f->act : STR(""));
	stmt_text(s, 4, f->actor.p ? f->actor : STR(""));
	stmt_int(s, 5, f->from);
	stmt_int(s, 6, f->before);
	stmt_int(s, 7, (int64_t)f->max);
	stmt_int(s, 8, TRAIL_WINDOW);
	stmt_int(s, 9, way_above(f->way));
	while (n < f->max && (rc = stmt_step(s)) == 1)
		items[n++] = read_line(s, a);
	stmt_reset(s);
	if (rc < 0)
		return rc;
	*ret_next = n ? items[n - 1].id : 0;
	if (n < f->max)
		rc = window_end(db, county, f->way, ret_next);
	else
		rc = 0;
	*ret_items = items;
	*ret_n = n;
	return rc;
}

int import_file_find(struct db *db, int64_t county, struct str kind, const unsigned char digest[32],
	int64_t *ret_id)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_IMPORT_FILE_FIND, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_text(s, 2, kind);
	stmt_blob(s, 3, digest, 32);
	return stmt_one_int(s, ret_id);
}

int import_file_newest(
	struct db *db, int64_t county, struct str kind, struct str department, day_t *ret_as_of)
{
	struct stmt *s;
	int64_t as_of;
	int rc = db_stmt(db, SQL_IMPORT_FILE_NEWEST, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_text(s, 2, kind);
	stmt_text(s, 3, department);
	rc = stmt_one_int(s, &as_of);
	if (rc == 1)
		*ret_as_of = (day_t)as_of;
	return rc;
}

int import_file_add(struct db *db, int64_t county, const struct import_file *f)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_IMPORT_FILE_ADD, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, f->id);
	stmt_text(s, 3, f->kind);
	stmt_blob(s, 4, f->digest, sizeof(f->digest));
	stmt_text(s, 5, f->name);
	stmt_text_or_null(s, 6, f->department);
	stmt_day(s, 7, f->as_of);
	stmt_int(s, 8, f->rows_read);
	stmt_int(s, 9, f->accepted);
	stmt_int(s, 10, f->unchanged);
	stmt_int(s, 11, f->rejected);
	stmt_int(s, 12, f->audit);
	return stmt_done(s);
}

int pack_remember(struct db *db, struct str code, const unsigned char digest[32], int64_t now)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_PACK_PUT, &s);

	if (rc < 0)
		return rc;
	stmt_text(s, 1, code);
	stmt_blob(s, 2, digest, 32);
	stmt_int(s, 3, now);
	return stmt_done(s);
}

int statistics_refresh(struct db *db)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_STATISTICS_REFRESH, &s);

	if (rc < 0)
		return rc;
	rc = stmt_step(s);
	stmt_reset(s);
	return rc < 0 ? rc : 0;
}
