/* SPDX-License-Identifier: Apache-2.0 */
/* The seam to the databases: one connection, named statements, bind, step, begin, commit.
 *
 * Two drivers stand behind it (db_sqlite.c, db_pg.c).  Every SQL text has a name in a .sql file
 * of this room, is embedded at build time (sql.h is generated: enum sql_id, one entry a name)
 * and is prepared on both engines by a test.  Parameters are written ?1, ?2 …; the PostgreSQL
 * text gets $1, $2 ….  An engine-specific variant is a second entry of the same name, marked,
 * with its reason. */
#ifndef CANBAO_STORE_DB_H
#define CANBAO_STORE_DB_H

#include "base/err.h"
#include "base/str.h"
#include "store/sql.h" /* generated: enum sql_id */

enum db_engine { DB_SQLITE, DB_PG };

struct db;
struct stmt;
struct bulk;

/* The path of the SQLite file that `uri` names; NULL when it names a PostgreSQL database. */
const char *db_uri_path(const char *uri);

/* Open one connection.  `uri` is "sqlite:PATH", a bare path, or "postgresql://…".  Creates nothing
 * unless `create`.  Returns 0, FAULT_MISSING when the SQLite file is not there, FAULT_DATABASE. */
MUST_USE int db_open(const char *uri, bool create, struct err *err, struct db **ret_db);
void db_close(struct db *db);
enum db_engine db_engine(const struct db *db);
/* The engine's last complaint, for a log or an err; free of bound values. */
const char *db_message(const struct db *db);

MUST_USE int db_begin(struct db *db);
MUST_USE int db_commit(struct db *db);
void db_rollback(struct db *db);
/* A named point inside a transaction, nesting allowed. */
MUST_USE int db_savepoint(struct db *db);
MUST_USE int db_savepoint_release(struct db *db);
void db_savepoint_rollback(struct db *db);

/* Run SQL text of this room that takes no parameters: migrations, PRAGMA. */
MUST_USE int db_exec(struct db *db, const char *sql);

/* The prepared statement `id` of this connection, reset and with no bindings.  One use at a time: a
 * second db_stmt of the same id while the first is being stepped is a bug. */
MUST_USE int db_stmt(struct db *db, enum sql_id id, struct stmt **ret_stmt);
/* Bind parameter `i`, from 1.  Text and blobs are borrowed until the statement is reset. */
void stmt_int(struct stmt *s, int i, int64_t v);
void stmt_text(struct stmt *s, int i, struct str v);
void stmt_blob(struct stmt *s, int i, const void *p, size_t n);
void stmt_null(struct stmt *s, int i);
/* 1: a row is there; 0: done; FAULT_RETRY, FAULT_CONFLICT (a unique or check constraint),
 * FAULT_DATABASE. On PostgreSQL the whole result is fetched at the first step: page by key for
 * large ones. */
MUST_USE int stmt_step(struct stmt *s);
/* Columns of the current row, from 0.  Borrowed until the next step. */
int64_t stmt_col_int(struct stmt *s, int i);
struct str stmt_col_text(struct stmt *s, int i);
struct str stmt_col_blob(struct stmt *s, int i);
bool stmt_col_null(struct stmt *s, int i);
/* Done with this use; drops borrowed bindings. */
void stmt_reset(struct stmt *s);
/* Step a statement that returns no row to its end and reset it.  Returns rows changed or a
 * fault. */
MUST_USE int64_t stmt_run(struct stmt *s);
/* Step once, give the first column of the only row, reset.  1, 0 when no row, or a fault. */
MUST_USE int stmt_one_int(struct stmt *s, int64_t *ret_value);

/* Many rows into one table: an INSERT prepared once on SQLite, COPY on PostgreSQL.  `id` names
 * an entry marked "bulk" in its .sql file.  While a bulk is open nothing else may use `db`.
 * Text and blobs are borrowed until bulk_row.  On PostgreSQL a row's conflict is told by
 * bulk_end at the latest. */
MUST_USE int bulk_begin(struct db *db, enum sql_id id, struct bulk **ret_bulk);
void bulk_int(struct bulk *b, int64_t v);
void bulk_text(struct bulk *b, struct str v);
void bulk_blob(struct bulk *b, const void *p, size_t n);
void bulk_null(struct bulk *b);
/* End of a row: every column of the entry must have been given, in order. */
MUST_USE int bulk_row(struct bulk *b);
/* Finish; frees `b` in every case.  Returns 0 or a fault. */
MUST_USE int bulk_end(struct bulk *b);

#endif
