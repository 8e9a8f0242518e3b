/* SPDX-License-Identifier: Apache-2.0 */
#include "store/job.h"

#include "store/bind.h"

int job_add(struct db *db, int64_t county, const struct job *j, int64_t audit)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_JOB_ADD, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, j->id);
	stmt_text(s, 3, j->kind);
	stmt_int(s, 4, j->account);
	stmt_text(s, 5, j->request);
	stmt_int(s, 6, j->made_at);
	stmt_int(s, 7, audit);
	return stmt_done(s);
}

static struct job row(struct stmt *s, struct arena *a)
{
	return (struct job){ .id = stmt_col_int(s, 0),
		.kind = stmt_col_text_in(s, a, 1),
		.state = stmt_col_text_in(s, a, 2),
		.account = stmt_col_int(s, 3),
		.request = stmt_col_text_in(s, a, 4),
		.result = stmt_col_text_in(s, a, 5),
		.message = stmt_col_text_in(s, a, 6),
		.done = stmt_col_int(s, 7),
		.total = stmt_col_int(s, 8),
		.cancel = stmt_col_int(s, 9) != 0,
		.made_at = stmt_col_int(s, 10),
		.started_at = stmt_col_int_or_zero(s, 11),
		.ended_at = stmt_col_int_or_zero(s, 12) };
}

static int one(struct stmt *s, struct arena *a, struct job *ret_job)
{
	int rc = stmt_step(s);

	if (rc == 1)
		*ret_job = row(s, a);
	stmt_reset(s);
	return rc == 1 && !ret_job->request.p ? FAULT_MEMORY : rc;
}

int job_load(struct db *db, struct arena *a, int64_t county, int64_t id, struct job *ret_job)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_JOB_LOAD, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, id);
	return one(s, a, ret_job);
}

int job_list(struct db *db, struct arena *a, int64_t county, int64_t account, struct str state,
	struct way way, size_t limit, struct job **ret_items, size_t *ret_n)
{
	struct job *items = ARENA_ARRAY(a, struct job, limit ? limit : 1);
	struct stmt *s;
	size_t n = 0;
	int rc = db_stmt(db, way.rising ? SQL_JOB_LIST_OLDEST : SQL_JOB_LIST, &s);

	if (rc < 0 || !items)
		return rc < 0 ? rc : FAULT_MEMORY;
	stmt_int(s, 1, county);
	stmt_int(s, 2, account);
	stmt_text(s, 3, state);
	stmt_int(s, 4, way_below(way));
	stmt_int(s, 5, (int64_t)limit);
	stmt_int(s, 6, way_above(way));
	while ((rc = stmt_step(s)) == 1 && n < limit)
		items[n++] = row(s, a);
	stmt_reset(s);
	if (rc < 0)
		return rc;
	*ret_items = items;
	*ret_n = n;
	return 0;
}

int job_waiting(struct db *db, int64_t county, int64_t account, int64_t *ret_all, int64_t *ret_own)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_JOB_WAITING, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, account);
	rc = stmt_step(s);
	BUG_IF(rc == 0);
	if (rc == 1) {
		*ret_all = stmt_col_int(s, 0);
		*ret_own = stmt_col_int(s, 1);
	}
	stmt_reset(s);
	return rc < 0 ? rc : 0;
}

int job_first(struct db *db, struct arena *a, int64_t county, struct job *ret_job)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_JOB_FIRST, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	return one(s, a, ret_job);
}

int job_start(struct db *db, int64_t county, int64_t id, int64_t now)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_JOB_START, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, id);
	stmt_int(s, 3, now);
	return stmt_done(s);
}

int job_progress(struct db *db, int64_t county, int64_t id, int64_t done, int64_t total)
{
	struct stmt *s;
	int64_t cancel = 0;
	int rc = db_stmt(db, SQL_JOB_PROGRESS, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, id);
	stmt_int(s, 3, done);
	stmt_int(s, 4, total);
	rc = stmt_one_int(s, &cancel);
	return rc < 0 ? rc : cancel != 0;
}

int job_cancel(struct db *db, int64_t county, int64_t id, int64_t now)
{
	struct stmt *s;
	int64_t n;
	int rc = db_stmt(db, SQL_JOB_CANCEL_QUEUED, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, id);
	stmt_int(s, 3, now);
	n = stmt_run(s);
	if (n != 0)
		return n < 0 ? (int)n : 1;
	rc = db_stmt(db, SQL_JOB_CANCEL_RUNNING, &s);
	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, id);
	n = stmt_run(s);
	return n < 0 ? (int)n : n > 0;
}

int job_end(struct db *db, int64_t county, int64_t id, struct str state, struct str result,
	struct str message, int64_t now)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_JOB_END, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, id);
	stmt_text(s, 3, state);
	stmt_text_or_null(s, 4, result);
	stmt_text_or_null(s, 5, message);
	stmt_int(s, 6, now);
	return stmt_done(s);
}
