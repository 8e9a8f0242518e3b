/* SPDX-License-Identifier: Apache-2.0 */
#include "store/lists.h"

#include "store/bind.h"

int membership_put(struct db *db, int64_t county, const struct membership *m, int64_t audit)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_MEMBERSHIP_PUT, &s);

	BUG_IF(m->ended != DAY_NONE && m->ended < m->certified);
	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, m->person);
	stmt_text(s, 3, m->category);
	stmt_int(s, 4, m->certified);
	stmt_day(s, 5, m->ended);
	stmt_text(s, 6, m->department);
	stmt_text(s, 7, m->entered_by);
	stmt_int(s, 8, m->file);
	stmt_int(s, 9, audit);
	return stmt_done(s);
}

int64_t membership_end(struct db *db, int64_t county, int64_t person, struct str category,
	day_t ended, int64_t audit)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_MEMBERSHIP_END, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, person);
	stmt_text(s, 3, category);
	stmt_int(s, 4, ended);
	stmt_int(s, 5, audit);
	return stmt_run(s);
}

int listed_begin(struct db *db)
{
	int rc = db_run(db, SQL_STAGE_LISTED_MAKE);

	return rc < 0 ? rc : db_run(db, SQL_STAGE_LISTED_CLEAR);
}

int listed_add(struct db *db, int64_t person, struct str category)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_STAGE_LISTED_ADD, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, person);
	stmt_text(s, 2, category);
	return stmt_done(s);
}

int unlisted_read(struct stmt *s, struct arena *a, struct unlisted **ret_items, size_t *ret_n)
{
	struct unlisted *items = NULL;
	size_t n = 0, cap = 0;
	int rc;

	while ((rc = stmt_step(s)) == 1) {
		struct unlisted *more = arena_grow(a, items, n, &cap, sizeof(*more));

		if (!more) {
			rc = FAULT_MEMORY;
			break;
		}
		items = more;
		items[n++] =
			(struct unlisted){ stmt_col_int(s, 0), arena_str(a, stmt_col_text(s, 1)) };
	}
	stmt_reset(s);
	if (rc < 0)
		return rc;
	*ret_items = items;
	*ret_n = n;
	return 0;
}

int listed_missing(struct db *db, struct arena *a, int64_t county, struct str entered_by,
	day_t as_of, struct unlisted **ret_items, size_t *ret_n)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_MEMBERSHIP_MISSING, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_text(s, 2, entered_by);
	stmt_int(s, 3, as_of);
	return unlisted_read(s, a, ret_items, ret_n);
}

/* Text of a column against a value, NULL being {NULL,0}. */
static bool same_text(struct stmt *s, int col, struct str v)
{
	if (stmt_col_null(s, col) || !v.p)
		return stmt_col_null(s, col) && !v.p;
	return str_eq(stmt_col_text(s, col), v);
}

int student_put(struct db *db, int64_t county, const struct student *st, int64_t audit)
{
	struct stmt *s;
	bool same = false;
	int found, rc = db_stmt(db, SQL_STUDENT_OF, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, st->person);
	found = stmt_step(s);
	if (found == 1)
		same = same_text(s, 0, st->level) && (stmt_col_int(s, 1) != 0) == st->local &&
		       same_text(s, 2, st->school);
	stmt_reset(s);
	if (found < 0 || same)
		return found < 0 ? found : 0;
	rc = db_stmt(db, SQL_STUDENT_PUT, &s);
	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, st->person);
	stmt_text(s, 3, st->level);
	stmt_int(s, 4, st->local);
	stmt_text_or_null(s, 5, st->school);
	stmt_int(s, 6, audit);
	rc = stmt_done(s);
	return rc < 0 ? rc : found == 1 ? 2 : 1;
}

int student_school(
	struct db *db, struct arena *a, int64_t county, int64_t person, struct str *ret_school)
{
	struct stmt *s;
	int found, rc = db_stmt(db, SQL_STUDENT_OF, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, person);
	found = stmt_step(s);
	if (found == 1)
		*ret_school = stmt_col_text_in(s, a, 2);
	stmt_reset(s);
	return found;
}

int coverage_put(struct db *db, int64_t county, const struct coverage_row *c, int64_t audit)
{
	struct stmt *s;
	bool same = false;
	int found, rc = db_stmt(db, SQL_COVERAGE_OF, &s);

	BUG_IF(c->ended != DAY_NONE && c->ended < c->since);
	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, c->person);
	stmt_text(s, 3, c->scheme);
	stmt_int(s, 4, c->since);
	found = stmt_step(s);
	if (found == 1)
		same = stmt_col_day(s, 1) == c->ended &&
		       (stmt_col_null(s, 2) ? -1 : stmt_col_int(s, 2)) == c->months &&
		       same_text(s, 3, c->place);
	stmt_reset(s);
	if (found < 0 || same)
		return found < 0 ? found : 0;
	rc = db_stmt(db, SQL_COVERAGE_PUT, &s);
	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, c->person);
	stmt_text(s, 3, c->scheme);
	stmt_int(s, 4, c->since);
	stmt_day(s, 5, c->ended);
	if (c->months < 0)
		stmt_null(s, 6);
	else
		stmt_int(s, 6, c->months);
	stmt_text_or_null(s, 7, c->place);
	stmt_int(s, 8, audit);
	rc = stmt_done(s);
	return rc < 0 ? rc : found == 1 ? 2 : 1;
}

int circumstance_put(struct db *db, int64_t county, const struct circumstance_row *c, int64_t audit)
{
	struct stmt *s;
	bool same = false;
	int found, rc = db_stmt(db, SQL_CIRCUMSTANCE_OF, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, c->person);
	stmt_text(s, 3, c->kind);
	stmt_int(s, 4, c->happened);
	found = stmt_step(s);
	if (found == 1)
		same = stmt_col_int(s, 0) == c->months && same_text(s, 1, c->evidence) &&
		       same_text(s, 2, c->evidence_no);
	stmt_reset(s);
	if (found < 0 || same)
		return found < 0 ? found : 0;
	rc = db_stmt(db, SQL_CIRCUMSTANCE_PUT, &s);
	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, c->person);
	stmt_text(s, 3, c->kind);
	stmt_int(s, 4, c->happened);
	stmt_int(s, 5, c->months);
	stmt_text_or_null(s, 6, c->evidence);
	stmt_text_or_null(s, 7, c->evidence_no);
	stmt_int(s, 8, audit);
	rc = stmt_done(s);
	return rc < 0 ? rc : found == 1 ? 2 : 1;
}
