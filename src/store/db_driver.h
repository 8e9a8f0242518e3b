/* SPDX-License-Identifier: Apache-2.0 */
/* What a driver gives to db.c.  Private to the store: everybody else includes db.h. */
#ifndef CANBAO_STORE_DB_DRIVER_H
#define CANBAO_STORE_DB_DRIVER_H

#include "store/db.h"

/* Levels of savepoints in one transaction. */
#define DB_DEPTH_MAX 8
/* How long a writer waits for another process's writer before it answers FAULT_RETRY. */
#define DB_BUSY_MS 10000

enum db_role {
	DB_ROLE_WRITER, /* everything */
	DB_ROLE_READER  /* snapshots only */
};

enum db_tx {
	DB_TX_ACT,  /* SERIALIZABLE; a statement has a time limit on PostgreSQL */
	DB_TX_BULK, /* the same without that limit */
	DB_TX_READ  /* one snapshot, nothing written */
};

struct copy;

struct db_driver {
	void (*close)(struct db *db);
	int (*begin)(struct db *db, enum db_tx kind);
	int (*commit)(struct db *db);
	void (*rollback)(struct db *db);
	/* Whether the engine itself still has the transaction open. */
	bool (*in_tx)(struct db *db);
	int (*exec)(struct db *db, const char *sql);
	int (*prepare)(struct db *db, enum sql_id id, struct stmt **ret_stmt);
	void (*finalize)(struct stmt *s);
	void (*bind_int)(struct stmt *s, int i, int64_t v);
	void (*bind_text)(struct stmt *s, int i, struct str v);
	void (*bind_blob)(struct stmt *s, int i, const void *p, size_t n);
	void (*bind_null)(struct stmt *s, int i);
	/* As stmt_step, but leaves the reset to the caller. */
	int (*step)(struct stmt *s);
	int64_t (*changes)(struct stmt *s);
	void (*reset)(struct stmt *s);
	int (*columns)(struct stmt *s);
	int64_t (*col_int)(struct stmt *s, int i);
	struct str (*col_text)(struct stmt *s, int i);
	struct str (*col_blob)(struct stmt *s, int i);
	bool (*col_null)(struct stmt *s, int i);
	/* Bulk by other means than the entry's INSERT; NULL on SQLite. */
	int (*copy_begin)(struct db *db, enum sql_id id, struct copy **ret_copy);
	void (*copy_int)(struct copy *c, int64_t v);
	void (*copy_bytes)(struct copy *c, struct str v);
	void (*copy_null)(struct copy *c);
	int (*copy_row)(struct copy *c);
	/* Finish, or call the whole off when `fault` is one.  Frees `c`. */
	int (*copy_end)(struct copy *c, int fault);
};

/* The part of a connection that both drivers share; theirs begins with it. */
struct db {
	const struct db_driver *driver;
	enum db_engine engine;
	bool in_tx;
	bool lost;      /* PostgreSQL: the connection is gone; open another */
	bool bulk_open; /* nothing else may use the connection */
	int depth;      /* open savepoints */
	int stepping;   /* statements with a current row */
	struct stmt *stmts[SQL_COUNT];
	char message[600];
};

/* The shared part of a statement. */
struct stmt {
	struct db *db;
	enum sql_id id;
	bool on_row;
	int fault; /* of a bind, told at the next step */
};

/* The connection of one role.  db_open is this with DB_ROLE_WRITER. */
MUST_USE int db_open_as(
	const char *uri, enum db_role role, bool create, struct err *err, struct db **ret_db);
MUST_USE int db_begin_as(struct db *db, enum db_tx kind);
/* Reset every statement that somebody left on a row. */
void db_settle(struct db *db);
/* Roll back to the outermost state whatever is open, for a connection that goes back to its
 * pool. */
void db_rollback_all(struct db *db);
MUST_USE int sqlite_open(
	const char *path, enum db_role role, bool create, struct err *err, struct db **ret_db);
MUST_USE int pg_open(const char *uri, enum db_role role, struct err *err, struct db **ret_db);

/* SQLite only.  From now on a commit leaves the write-ahead log alone and stores its length in
 * *ret_pages (which outlives `db`); somebody calls sqlite_checkpoint. */
void sqlite_watch_log(struct db *db, _Atomic int *ret_pages);
/* Move committed pages into the database file, as far as readers allow; waits for nobody. */
MUST_USE int sqlite_checkpoint(struct db *db);

#endif
