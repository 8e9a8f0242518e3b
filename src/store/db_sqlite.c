/* SPDX-License-Identifier: Apache-2.0 */
/* The SQLite driver: write-ahead log, synchronous=FULL, bounded caches, no memory map. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/db_driver.h"

struct sqlite_db {
	struct db base;
	sqlite3 *h;
	_Atomic int *log_pages;
};

struct sqlite_stmt {
	struct stmt base;
	sqlite3_stmt *h;
	int64_t before; /* total changes when this use began */
};

static sqlite3 *handle(struct db *db)
{
	return ((struct sqlite_db *)db)->h;
}

static sqlite3_stmt *prepared(struct stmt *s)
{
	return ((struct sqlite_stmt *)s)->h;
}

/* The engine's complaint names tables and columns, never values. */
static int fault_of(struct db *db, int rc)
{
	snprintf(db->message, sizeof(db->message), "SQLite %d: %s", rc, sqlite3_errmsg(handle(db)));
	switch (rc & 0xff) {
	case SQLITE_CONSTRAINT:
		return FAULT_CONFLICT;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return FAULT_RETRY;
	case SQLITE_NOMEM:
		return FAULT_MEMORY;
	case SQLITE_TOOBIG:
		return FAULT_LIMIT;
	default:
		return FAULT_DATABASE;
	}
}

static int exec(struct db *db, const char *sql)
{
	int rc = sqlite3_exec(handle(db), sql, NULL, NULL, NULL);

	return rc == SQLITE_OK ? 0 : fault_of(db, rc);
}

static int begin(struct db *db, enum db_tx kind)
{
	/* A writer that starts as a reader could find at its first write that its snapshot is
	 * old. */
	return exec(db, kind == DB_TX_READ ? "BEGIN" : "BEGIN IMMEDIATE");
}

static int commit(struct db *db)
{
	return exec(db, "COMMIT");
}

static bool in_tx(struct db *db)
{
	return !sqlite3_get_autocommit(handle(db));
}

static void rollback(struct db *db)
{
	if (in_tx(db) && exec(db, "ROLLBACK") < 0)
		BUG_IF(in_tx(db));
}

static int prepare(struct db *db, enum sql_id id, struct stmt **ret_stmt)
{
	const char *text = sql_entries[id].sqlite;
	struct sqlite_stmt *s = calloc(1, sizeof(*s));
	int rc;

	if (!s)
		return FAULT_MEMORY;
	rc = sqlite3_prepare_v3(handle(db), text, -1, SQLITE_PREPARE_PERSISTENT, &s->h, NULL);
	if (rc != SQLITE_OK) {
		rc = fault_of(db, rc);
		free(s);
		return rc;
	}
	BUG_IF((unsigned)sqlite3_bind_parameter_count(s->h) > sql_entries[id].params);
	s->base.db = db;
	s->base.id = id;
	*ret_stmt = &s->base;
	return 0;
}

static void finalize(struct stmt *s)
{
	sqlite3_finalize(prepared(s));
	free(s);
}

static void bound(struct stmt *s, int rc)
{
	if (rc != SQLITE_OK && !s->fault)
		s->fault = fault_of(s->db, rc);
}

static void bind_int(struct stmt *s, int i, int64_t v)
{
	bound(s, sqlite3_bind_int64(prepared(s), i, v));
}

static void bind_text(struct stmt *s, int i, struct str v)
{
	bound(s, sqlite3_bind_text64(
			 prepared(s), i, v.n ? v.p : "", v.n, SQLITE_STATIC, SQLITE_UTF8));
}

static void bind_blob(struct stmt *s, int i, const void *p, size_t n)
{
	bound(s, sqlite3_bind_blob64(prepared(s), i, n ? p : "", n, SQLITE_STATIC));
}

static void bind_null(struct stmt *s, int i)
{
	bound(s, sqlite3_bind_null(prepared(s), i));
}

static int step(struct stmt *s)
{
	int rc;

	if (!sqlite3_stmt_busy(prepared(s)))
		((struct sqlite_stmt *)s)->before = sqlite3_total_changes64(handle(s->db));
	rc = sqlite3_step(prepared(s));
	if (rc == SQLITE_ROW)
		return 1;
	return rc == SQLITE_DONE ? 0 : fault_of(s->db, rc);
}

static int64_t changes(struct stmt *s)
{
	sqlite3 *h = handle(s->db);

	/* sqlite3_changes keeps the last INSERT's count when a statement of another kind ran. */
	if (sqlite3_total_changes64(h) == ((struct sqlite_stmt *)s)->before)
		return 0;
	return sqlite3_changes64(h);
}

static void reset(struct stmt *s)
{
	/* Both repeat a fault that was told already. */
	(void)sqlite3_reset(prepared(s));
	(void)sqlite3_clear_bindings(prepared(s));
}

static int columns(struct stmt *s)
{
	return sqlite3_column_count(prepared(s));
}

static bool col_null(struct stmt *s, int i)
{
	return sqlite3_column_type(prepared(s), i) == SQLITE_NULL;
}

static int64_t col_int(struct stmt *s, int i)
{
	int type = sqlite3_column_type(prepared(s), i);

	BUG_IF(type != SQLITE_INTEGER && type != SQLITE_NULL);
	return sqlite3_column_int64(prepared(s), i);
}

static struct str col_text(struct stmt *s, int i)
{
	struct str v;

	BUG_IF(sqlite3_column_type(prepared(s), i) == SQLITE_BLOB);
	v.p = (const char *)sqlite3_column_text(prepared(s), i);
	v.n = (size_t)sqlite3_column_bytes(prepared(s), i);
	return v;
}

static struct str col_blob(struct stmt *s, int i)
{
	struct str v;

	BUG_IF(sqlite3_column_type(prepared(s), i) != SQLITE_BLOB && !col_null(s, i));
	v.p = sqlite3_column_blob(prepared(s), i);
	v.n = (size_t)sqlite3_column_bytes(prepared(s), i);
	return v;
}

static void close_db(struct db *db)
{
	sqlite3_close_v2(handle(db));
	free(db);
}

static const struct db_driver driver = {
	.close = close_db,
	.begin = begin,
	.commit = commit,
	.rollback = rollback,
	.in_tx = in_tx,
	.exec = exec,
	.prepare = prepare,
	.finalize = finalize,
	.bind_int = bind_int,
	.bind_text = bind_text,
	.bind_blob = bind_blob,
	.bind_null = bind_null,
	.step = step,
	.changes = changes,
	.reset = reset,
	.columns = columns,
	.col_int = col_int,
	.col_text = col_text,
	.col_blob = col_blob,
	.col_null = col_null,
};

/* The file is made by us, readable by its owner only; the log and its index inherit the mode. */
static int make_file(const char *path, struct err *err)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd >= 0) {
		close(fd);
		return 0;
	}
	if (errno == EEXIST)
		return 0;
	return err_set(err, FAULT_IO, "建不了数据库文件 / cannot make the database file %s: %s",
		path, strerror(errno));
}

/* Two processes that open a new file at once both try to switch it to the write-ahead log, and that
 * switch does not wait for the other's lock by itself. */
static int switch_to_wal(struct db *db)
{
	int rc = 0;

	for (int attempt = 0; attempt < 100; attempt++) {
		rc = exec(db, "PRAGMA journal_mode = WAL");
		if (rc != FAULT_RETRY)
			return rc;
		usleep(20000);
	}
	return rc;
}

/* Temporary tables go to a file, so that staging a million rows does not take their size in
 * memory. */
#define SETTINGS \
	"PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = FILE;" \
	"PRAGMA mmap_size = 0; PRAGMA trusted_schema = OFF; PRAGMA temp.cache_size = -16384;" \
	"PRAGMA journal_size_limit = 67108864;"

/* Pages of 8 KiB: a million persons with their random tokens go in nearly twice as fast as with
 * 4 KiB under the same 64 MB of cache; 16 KiB gain nothing more. */
static int configure(struct db *db, enum db_role role, bool create)
{
	int rc = 0;

	if (create)
		rc = exec(db, "PRAGMA page_size = 8192");
	if (rc == 0 && role == DB_ROLE_WRITER)
		rc = switch_to_wal(db);
	if (rc == 0)
		rc = exec(db, SETTINGS);
	if (rc == 0)
		rc = exec(db, role == DB_ROLE_WRITER ? "PRAGMA cache_size = -131072"
						     : "PRAGMA cache_size = -8192");
	return rc;
}

/* Its account of memory takes a lock that all connections share, and nobody reads it. */
static void set_up(void)
{
	/* Refused when somebody in this process woke SQLite before us: then it stays as it is. */
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

int sqlite_open(
	const char *path, enum db_role role, bool create, struct err *err, struct db **ret_db)
{
	int flags = role == DB_ROLE_WRITER ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	struct sqlite_db *db;
	int rc;

	pthread_once(&once, set_up);
	if (create) {
		rc = make_file(path, err);
		if (rc < 0)
			return rc;
	} else if (access(path, F_OK) != 0) {
		return err_set(err, FAULT_MISSING,
			"没有这个数据库，先运行 canbao init / no such database, run canbao init first: %s",
			path);
	}
	db = calloc(1, sizeof(*db));
	if (!db)
		return err_set(err, FAULT_MEMORY, "%s", fault_text(FAULT_MEMORY));
	db->base.driver = &driver;
	db->base.engine = DB_SQLITE;
	rc = sqlite3_open_v2(
		path, &db->h, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
	if (rc == SQLITE_OK) {
		sqlite3_busy_timeout(db->h, DB_BUSY_MS);
		rc = configure(&db->base, role, create);
	} else {
		rc = fault_of(&db->base, rc);
	}
	if (rc < 0) {
		rc = err_set(err, rc, "打不开数据库 / cannot open the database %s: %s", path,
			db->base.message);
		close_db(&db->base);
		return rc;
	}
	*ret_db = &db->base;
	return 0;
}

static int log_grew(void *arg, sqlite3 *h, const char *name, int pages)
{
	(void)h;
	(void)name;
	atomic_store(((struct sqlite_db *)arg)->log_pages, pages);
	return SQLITE_OK;
}

void sqlite_watch_log(struct db *db, _Atomic int *ret_pages)
{
	struct sqlite_db *s = (struct sqlite_db *)db;

	BUG_IF(db->engine != DB_SQLITE);
	s->log_pages = ret_pages;
	sqlite3_wal_hook(s->h, log_grew, s);
}

int sqlite_checkpoint(struct db *db)
{
	int rc;

	BUG_IF(db->engine != DB_SQLITE || db->in_tx);
	rc = sqlite3_wal_checkpoint_v2(handle(db), NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	return rc == SQLITE_OK ? 0 : fault_of(db, rc);
}
