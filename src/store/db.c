/* SPDX-License-Identifier: Apache-2.0 */
/* The half of the seam that both engines share: states that must hold, then the driver. */
#include "store/db.h"

#include <stdio.h>
#include <string.h>

#include "store/db_driver.h"

const char *db_uri_path(const char *uri)
{
	struct str s = str_of(uri);

	if (str_starts(s, STR("postgresql://")) || str_starts(s, STR("postgres://")))
		return NULL;
	return str_starts(s, STR("sqlite:")) ? uri + strlen("sqlite:") : uri;
}

int db_open_as(const char *uri, enum db_role role, bool create, struct err *err, struct db **ret_db)
{
	const char *path = db_uri_path(uri);

	if (!path)
		return pg_open(uri, role, err, ret_db);
	return sqlite_open(path, role, create, err, ret_db);
}

int db_open(const char *uri, bool create, struct err *err, struct db **ret_db)
{
	return db_open_as(uri, DB_ROLE_WRITER, create, err, ret_db);
}

void db_close(struct db *db)
{
	if (!db)
		return;
	for (size_t i = 0; i < SQL_COUNT; i++)
		if (db->stmts[i])
			db->driver->finalize(db->stmts[i]);
	db->driver->close(db);
}

enum db_engine db_engine(const struct db *db)
{
	return db->engine;
}

const char *db_message(const struct db *db)
{
	return db->message;
}

void db_settle(struct db *db)
{
	for (size_t i = 0; i < SQL_COUNT && db->stepping > 0; i++)
		if (db->stmts[i] && db->stmts[i]->on_row)
			stmt_reset(db->stmts[i]);
	BUG_IF(db->stepping != 0);
}

int db_begin_as(struct db *db, enum db_tx kind)
{
	int rc;

	BUG_IF(db->in_tx || db->bulk_open);
	rc = db->driver->begin(db, kind);
	db->in_tx = rc == 0;
	return rc;
}

int db_begin(struct db *db)
{
	return db_begin_as(db, DB_TX_ACT);
}

int db_commit(struct db *db)
{
	int rc;

	BUG_IF(!db->in_tx || db->depth > 0 || db->bulk_open);
	db_settle(db);
	rc = db->driver->commit(db);
	/* A commit that failed leaves nothing open, so that the next act starts clean. */
	if (rc < 0)
		db->driver->rollback(db);
	db->in_tx = false;
	return rc;
}

void db_rollback(struct db *db)
{
	BUG_IF(!db->in_tx || db->bulk_open);
	db_settle(db);
	db->driver->rollback(db);
	db->in_tx = false;
	db->depth = 0;
}

void db_rollback_all(struct db *db)
{
	if (db->in_tx)
		db_rollback(db);
}

static int savepoint_say(struct db *db, const char *verb)
{
	char sql[64];

	snprintf(sql, sizeof(sql), "%s canbao_%d", verb, db->depth);
	return db->driver->exec(db, sql);
}

int db_savepoint(struct db *db)
{
	int rc;

	BUG_IF(!db->in_tx || db->bulk_open || db->depth >= DB_DEPTH_MAX);
	db->depth++;
	rc = savepoint_say(db, "SAVEPOINT");
	if (rc < 0)
		db->depth--;
	return rc;
}

int db_savepoint_release(struct db *db)
{
	int rc;

	BUG_IF(!db->in_tx || db->bulk_open || db->depth <= 0);
	rc = savepoint_say(db, "RELEASE SAVEPOINT");
	if (rc == 0)
		db->depth--;
	return rc;
}

void db_savepoint_rollback(struct db *db)
{
	BUG_IF(!db->in_tx || db->bulk_open || db->depth <= 0);
	db_settle(db);
	/* An engine that gave up the whole transaction (disk full) has no savepoint left to go back
	 * to; then the transaction's own end reports the fault. */
	if (db->driver->in_tx(db)) {
		int rc = savepoint_say(db, "ROLLBACK TO SAVEPOINT");

		if (rc == 0)
			rc = savepoint_say(db, "RELEASE SAVEPOINT");
		if (rc < 0 && db->driver->in_tx(db))
			db->driver->rollback(db);
	}
	db->depth--;
}

int db_exec(struct db *db, const char *sql)
{
	BUG_IF(db->bulk_open);
	return db->driver->exec(db, sql);
}

int db_stmt(struct db *db, enum sql_id id, struct stmt **ret_stmt)
{
	struct stmt *s = NULL;
	int rc;

	BUG_IF((unsigned)id >= SQL_COUNT || db->bulk_open);
	if (!db->stmts[id]) {
		rc = db->driver->prepare(db, id, &s);
		if (rc < 0)
			return rc;
		db->stmts[id] = s;
	}
	s = db->stmts[id];
	BUG_IF(s->on_row);
	db->driver->reset(s);
	s->fault = 0;
	*ret_stmt = s;
	return 0;
}

static void check_param(const struct stmt *s, int i)
{
	BUG_IF(s->on_row);
	BUG_IF(i < 1 || (unsigned)i > sql_entries[s->id].params);
}

void stmt_int(struct stmt *s, int i, int64_t v)
{
	check_param(s, i);
	s->db->driver->bind_int(s, i, v);
}

void stmt_text(struct stmt *s, int i, struct str v)
{
	check_param(s, i);
	s->db->driver->bind_text(s, i, v);
}

void stmt_blob(struct stmt *s, int i, const void *p, size_t n)
{
	check_param(s, i);
	s->db->driver->bind_blob(s, i, p, n);
}

void stmt_null(struct stmt *s, int i)
{
	check_param(s, i);
	s->db->driver->bind_null(s, i);
}

static void leave_row(struct stmt *s)
{
	if (s->on_row)
		s->db->stepping--;
	s->on_row = false;
}

int stmt_step(struct stmt *s)
{
	int rc;

	BUG_IF(s->db->bulk_open);
	rc = s->fault ? s->fault : s->db->driver->step(s);
	if (rc == 1) {
		if (!s->on_row)
			s->db->stepping++;
		s->on_row = true;
		return 1;
	}
	leave_row(s);
	s->db->driver->reset(s);
	return rc;
}

static void check_column(struct stmt *s, int i)
{
	BUG_IF(!s->on_row);
	BUG_IF(i < 0 || i >= s->db->driver->columns(s));
}

int64_t stmt_col_int(struct stmt *s, int i)
{
	check_column(s, i);
	return s->db->driver->col_int(s, i);
}

struct str stmt_col_text(struct stmt *s, int i)
{
	check_column(s, i);
	return s->db->driver->col_text(s, i);
}

struct str stmt_col_blob(struct stmt *s, int i)
{
	check_column(s, i);
	return s->db->driver->col_blob(s, i);
}

bool stmt_col_null(struct stmt *s, int i)
{
	check_column(s, i);
	return s->db->driver->col_null(s, i);
}

void stmt_reset(struct stmt *s)
{
	if (!s)
		return;
	leave_row(s);
	s->db->driver->reset(s);
}

int64_t stmt_run(struct stmt *s)
{
	int64_t changed;
	int rc;

	do {
		rc = s->fault ? s->fault : s->db->driver->step(s);
	} while (rc == 1);
	changed = rc == 0 ? s->db->driver->changes(s) : rc;
	s->db->driver->reset(s);
	return changed;
}

int stmt_one_int(struct stmt *s, int64_t *ret_value)
{
	int rc = stmt_step(s);

	if (rc == 1) {
		*ret_value = stmt_col_int(s, 0);
		stmt_reset(s);
	}
	return rc;
}
