/* SPDX-License-Identifier: Apache-2.0 */
#include "store/part.h"

#include <string.h>

#include "store/bind.h"

int part_of(struct db *db, struct arena *a, int64_t county, int64_t job, struct part *ret_part)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_PART_OF, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, job);
	rc = stmt_step(s);
	if (rc == 1)
		*ret_part = (struct part){ .file = stmt_col_int(s, 0),
			.rows_done = stmt_col_int(s, 1),
			.report = stmt_col_text_in(s, a, 2) };
	stmt_reset(s);
	return rc == 1 && !ret_part->report.p ? FAULT_MEMORY : rc;
}

int part_put(struct db *db, int64_t county, int64_t job, const struct part *p)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_PART_PUT, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, job);
	stmt_int(s, 3, p->file);
	stmt_int(s, 4, p->rows_done);
	stmt_text(s, 5, p->report);
	return stmt_done(s);
}

int part_drop(struct db *db, int64_t county, int64_t job)
{
	static const enum sql_id all[] = { SQL_PART_DROP, SQL_REMARK_DROP, SQL_LISTED_DROP };
	struct stmt *s;
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < ARRAY_LEN(all); i++) {
		rc = db_stmt(db, all[i], &s);
		if (rc < 0)
			return rc;
		stmt_int(s, 1, county);
		stmt_int(s, 2, job);
		rc = stmt_done(s);
	}
	return rc;
}

/* What stands in the place of a digest until the file is complete: the job's number behind a word,
 * which no SM3 digest is ever going to be. */
static void mark_of(int64_t job, unsigned char ret_mark[32])
{
	static const char word[] = "canbao: not complete yet";

	memset(ret_mark, 0, 32);
	memcpy(ret_mark, word, sizeof(word) - 1);
	for (int i = 0; i < 8; i++)
		ret_mark[24 + i] = (unsigned char)((uint64_t)job >> (8 * i));
}

int import_file_open(struct db *db, int64_t county, int64_t job, const struct import_file *f)
{
	unsigned char mark[32];
	struct stmt *s;
	int rc = db_stmt(db, SQL_IMPORT_FILE_OPEN, &s);

	if (rc < 0)
		return rc;
	mark_of(job, mark);
	stmt_int(s, 1, county);
	stmt_int(s, 2, f->id);
	stmt_text(s, 3, f->kind);
	stmt_blob(s, 4, mark, sizeof(mark));
	stmt_text(s, 5, f->name);
	stmt_text_or_null(s, 6, f->department);
	stmt_day(s, 7, f->as_of);
	stmt_int(s, 8, f->audit);
	return stmt_done(s);
}

static void counts(struct stmt *s, int first, const struct import_file *f)
{
	stmt_int(s, first, f->rows_read);
	stmt_int(s, first + 1, f->accepted);
	stmt_int(s, first + 2, f->unchanged);
	stmt_int(s, first + 3, f->rejected);
	stmt_int(s, first + 4, f->audit);
}

int import_file_close(struct db *db, int64_t county, const struct import_file *f)
{
	struct stmt *s;
	int64_t n;
	int rc = db_stmt(db, SQL_IMPORT_FILE_CLOSE, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, f->id);
	stmt_blob(s, 3, f->digest, sizeof(f->digest));
	counts(s, 4, f);
	n = stmt_run(s);
	BUG_IF(n == 0);
	return n < 0 ? (int)n : 0;
}

int import_file_stop(struct db *db, int64_t county, const struct import_file *f)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_IMPORT_FILE_STOP, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, f->id);
	counts(s, 3, f);
	return stmt_done(s);
}

int remark_add_all(struct db *db, int64_t county, int64_t job, const struct remark *items, size_t n)
{
	struct bulk *b;
	int rc, end;

	if (n == 0)
		return 0;
	rc = bulk_begin(db, SQL_REMARK_ADD, &b);
	if (rc < 0)
		return rc;
	for (size_t i = 0; rc == 0 && i < n; i++) {
		bulk_int(b, county);
		bulk_int(b, job);
		bulk_int(b, items[i].n);
		bulk_int(b, items[i].row);
		bulk_text(b, items[i].text);
		rc = bulk_row(b);
	}
	end = bulk_end(b);
	return rc < 0 ? rc : end;
}

int remark_page(struct db *db, struct arena *a, int64_t county, int64_t job, int64_t after,
	struct remark **ret_items)
{
	struct remark *items = ARENA_ARRAY(a, struct remark, REMARK_PAGE);
	struct stmt *s;
	int rc = db_stmt(db, SQL_REMARK_PAGE, &s), n = 0;

	if (rc < 0 || !items)
		return rc < 0 ? rc : FAULT_MEMORY;
	stmt_int(s, 1, county);
	stmt_int(s, 2, job);
	stmt_int(s, 3, after);
	while ((rc = stmt_step(s)) == 1) {
		BUG_IF(n == REMARK_PAGE);
		items[n] = (struct remark){ .n = stmt_col_int(s, 0),
			.row = stmt_col_int(s, 1),
			.text = stmt_col_text_in(s, a, 2) };
		if (!items[n++].text.p) {
			rc = FAULT_MEMORY;
			break;
		}
	}
	stmt_reset(s);
	if (rc < 0)
		return rc;
	*ret_items = items;
	return n;
}

int listed_keep(struct db *db, int64_t county, int64_t job, int64_t person, struct str category)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_LISTED_KEEP, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, job);
	stmt_int(s, 3, person);
	stmt_text(s, 4, category);
	return stmt_done(s);
}

int listed_kept_missing(struct db *db, struct arena *a, int64_t county, int64_t job,
	struct str entered_by, day_t as_of, struct unlisted **ret_items, size_t *ret_n)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_LISTED_KEPT_MISSING, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_text(s, 2, entered_by);
	stmt_int(s, 3, as_of);
	stmt_int(s, 4, job);
	return unlisted_read(s, a, ret_items, ret_n);
}
