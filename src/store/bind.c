/* SPDX-License-Identifier: Apache-2.0 */
#include "store/bind.h"

int stmt_done(struct stmt *s)
{
	int64_t n = stmt_run(s);

	return n < 0 ? (int)n : 0;
}

int db_run(struct db *db, enum sql_id id)
{
	struct stmt *s;
	int rc = db_stmt(db, id, &s);

	return rc < 0 ? rc : stmt_done(s);
}

int db_stmt_of(struct db *db, enum sql_id id, int64_t county, struct stmt **ret_stmt)
{
	int rc = db_stmt(db, id, ret_stmt);

	if (rc == 0)
		stmt_int(*ret_stmt, 1, county);
	return rc;
}

void stmt_int_or_null(struct stmt *s, int i, int64_t v)
{
	if (v)
		stmt_int(s, i, v);
	else
		stmt_null(s, i);
}

void stmt_blob_or_null(struct stmt *s, int i, struct str v)
{
	if (v.p)
		stmt_blob(s, i, v.p, v.n);
	else
		stmt_null(s, i);
}

int64_t stmt_col_int_or_zero(struct stmt *s, int i)
{
	return stmt_col_null(s, i) ? 0 : stmt_col_int(s, i);
}

void stmt_text_or_null(struct stmt *s, int i, struct str v)
{
	if (v.p)
		stmt_text(s, i, v);
	else
		stmt_null(s, i);
}

void stmt_day(struct stmt *s, int i, day_t day)
{
	if (day == DAY_NONE)
		stmt_null(s, i);
	else
		stmt_int(s, i, day);
}

void bulk_text_or_null(struct bulk *b, struct str v)
{
	if (v.p)
		bulk_text(b, v);
	else
		bulk_null(b);
}

void bulk_day(struct bulk *b, day_t day)
{
	if (day == DAY_NONE)
		bulk_null(b);
	else
		bulk_int(b, day);
}

day_t stmt_col_day(struct stmt *s, int i)
{
	return stmt_col_null(s, i) ? DAY_NONE : (day_t)stmt_col_int(s, i);
}

struct str stmt_col_text_in(struct stmt *s, struct arena *a, int i)
{
	return stmt_col_null(s, i) ? (struct str){ NULL, 0 } : arena_str(a, stmt_col_text(s, i));
}

struct str stmt_col_blob_in(struct stmt *s, struct arena *a, int i)
{
	return stmt_col_null(s, i) ? (struct str){ NULL, 0 } : arena_str(a, stmt_col_blob(s, i));
}
