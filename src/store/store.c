/* SPDX-License-Identifier: Apache-2.0 */
/* Opening a store, and running acts on it. */
#include "store/store.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "base/log.h"
#include "store/store_impl.h"
#include "store/vault.h"

#define READERS_MAX 4 /* connections of a SQLite store that only read */
#define PG_CONNECTIONS_MAX 16
/* Who was in the way of a part finds it gone for so long, and gets its turn. */
#define REST_PG_NS 20000000
#define BACKOFF_US 2000 /* times a random part, doubled with every try */

struct store {
	enum db_engine engine;
	struct keys *keys;
	struct writer *writer; /* SQLite */
	struct pool *pool;     /* SQLite: readers; PostgreSQL: all */
	_Atomic uint64_t retries;
};

static _Thread_local struct err message;
/* An act that starts another would wait for itself. */
static _Thread_local bool inside_act;

const char *store_message(void)
{
	return message.text;
}

void act_message(int fault, const struct db *db, struct err *ret_err)
{
	const char *said = db ? db->message : "";

	snprintf(ret_err->text, sizeof(ret_err->text), "%s%s%s", fault_text(fault),
		*said ? ": " : "", said);
}

int act_run(struct db *db, struct arena *a, act_fn fn, void *arg)
{
	int depth = db->depth;
	int rc;

	BUG_IF(inside_act || !db->in_tx);
	inside_act = true;
	db->message[0] = '\0';
	rc = fn(db, a, arg);
	inside_act = false;
	BUG_IF(!db->in_tx || db->bulk_open || db->depth != depth);
	db_settle(db);
	return rc;
}

const struct keys *store_keys(const struct store *st)
{
	return st->keys;
}

uint64_t store_retries(const struct store *st)
{
	return atomic_load(&st->retries);
}

static int check_store(struct db *db, const struct keys *k, struct err *err)
{
	int version = schema_version(db, err);

	if (version < 0)
		return version;
	if (version == 0)
		return err_set(err, FAULT_MISSING,
			"这不是参保的数据库，先运行 canbao init / not a store of canbao; run canbao init first");
	if ((size_t)version < sql_migration_count)
		return err_set(err, FAULT_VERSION,
			"数据库是旧版（%d/%zu），先运行 canbao init 升级 / the store is older (%d of %zu); run canbao init to upgrade it",
			version, sql_migration_count, version, sql_migration_count);
	return schema_check_keys(db, k, err);
}

/* Give `db` its place: the writer's connection, or the first of the pool. */
static int start(struct store *st, const char *uri, struct db *db, struct err *err)
{
	int max = st->engine == DB_PG ? PG_CONNECTIONS_MAX : READERS_MAX;
	enum db_role role = st->engine == DB_PG ? DB_ROLE_WRITER : DB_ROLE_READER;
	int rc = pool_new(uri, role, max, &st->pool);

	if (rc < 0) {
		db_close(db);
		return err_set(err, rc, "%s", fault_text(rc));
	}
	if (st->engine == DB_PG) {
		db_close(db);
		return 0;
	}
	rc = writer_new(uri, db, err, &st->writer);
	if (rc < 0)
		db_close(db);
	return rc;
}

int store_open(const char *uri, const char *key_path, struct err *err, struct store **ret_store)
{
	struct store *st = calloc(1, sizeof(*st));
	struct db *db = NULL;
	int rc;

	if (!st)
		return err_set(err, FAULT_MEMORY, "%s", fault_text(FAULT_MEMORY));
	rc = db_open_as(uri, DB_ROLE_WRITER, false, err, &db);
	if (rc == 0)
		rc = schema_check_server(db, err);
	if (rc == 0)
		rc = keys_load(key_path, err, &st->keys);
	if (rc == 0)
		rc = check_store(db, st->keys, err);
	if (rc == 0) {
		st->engine = db_engine(db);
		rc = start(st, uri, db, err);
		db = NULL;
	}
	if (rc < 0) {
		db_close(db);
		store_close(st);
		return rc;
	}
	*ret_store = st;
	return 0;
}

/* A quarter of what the writer of a command may take. */
static int modest_tx(struct db *db, struct arena *a, void *arg)
{
	(void)a;
	(void)arg;
	return db_engine(db) == DB_SQLITE ? db_exec(db, "PRAGMA cache_size = -32768") : 0;
}

int store_modest(struct store *st)
{
	return store_bulk_act(st, modest_tx, NULL);
}

void store_close(struct store *st)
{
	if (!st)
		return;
	/* The writer last: only a connection that may write takes SQLite's log away when it closes.
	 */
	pool_free(st->pool);
	writer_free(st->writer);
	keys_free(st->keys);
	free(st);
}

/* Sleep a random part of a time that doubles with every attempt, so that rivals part ways. */
static void back_off(int attempt)
{
	uint32_t r = 0;
	uint64_t us = (uint64_t)BACKOFF_US << (attempt < 7 ? attempt : 7);
	struct timespec t;

	if (getrandom(&r, sizeof(r), 0) != sizeof(r))
		r = (uint32_t)attempt * 2654435761u;
	us = us * r >> 32;
	t = (struct timespec){ (time_t)(us / 1000000), (long)(us % 1000000) * 1000 };
	nanosleep(&t, NULL);
}

/* Begin on a pooled connection; one that died while it was idle is replaced, since nothing was
 * asked of it yet.  More than one may have died together. */
static int begin(struct store *st, enum db_tx kind, struct err *err, struct db **ret_db)
{
	struct db *db;
	int rc;

	for (int attempt = 0;; attempt++) {
		rc = pool_take(st->pool, err, &db);
		if (rc < 0)
			return rc;
		rc = db_begin_as(db, kind);
		if (rc == 0)
			break;
		rc = err_set(err, rc, "%s: %s", fault_text(rc), db_message(db));
		if (!db->lost || attempt >= PG_CONNECTIONS_MAX) {
			pool_give(st->pool, db);
			return rc;
		}
		pool_give(st->pool, db);
	}
	*ret_db = db;
	return 0;
}

static int run_once(struct store *st, act_fn fn, void *arg, enum db_tx kind)
{
	struct arena a;
	struct db *db = NULL;
	int rc = begin(st, kind, &message, &db);

	if (rc < 0)
		return rc;
	arena_init(&a, STORE_ARENA_MAX);
	rc = act_run(db, &a, fn, arg);
	if (rc >= 0) {
		int end = db_commit(db);

		if (end < 0)
			rc = end;
	}
	if (rc < 0)
		act_message(rc, db, &message);
	db_rollback_all(db);
	arena_release(&a);
	pool_give(st->pool, db);
	return rc;
}

static int run(struct store *st, act_fn fn, void *arg, enum db_tx kind)
{
	int rc = 0;

	for (int attempt = 0; attempt <= STORE_RETRY_MAX; attempt++) {
		if (attempt > 0) {
			atomic_fetch_add(&st->retries, 1);
			back_off(attempt);
		}
		rc = run_once(st, fn, arg, kind);
		if (rc != FAULT_RETRY)
			return rc;
	}
	log_line(LOG_WARN, "act_gave_up retries=%d", STORE_RETRY_MAX);
	return rc;
}

static int act(struct store *st, act_fn fn, void *arg, bool bulk)
{
	BUG_IF(inside_act);
	if (st->writer)
		return writer_act(st->writer, fn, arg, bulk, &message);
	return run(st, fn, arg, bulk ? DB_TX_BULK : DB_TX_ACT);
}

int store_act(struct store *st, act_fn fn, void *arg)
{
	return act(st, fn, arg, false);
}

int store_bulk_act(struct store *st, act_fn fn, void *arg)
{
	return act(st, fn, arg, true);
}

void store_rest(struct store *st)
{
	static const struct timespec gap = { 0, REST_PG_NS };

	if (st->writer)
		writer_rest(st->writer);
	else
		nanosleep(&gap, NULL);
}

int store_read(struct store *st, act_fn fn, void *arg)
{
	BUG_IF(inside_act);
	return run(st, fn, arg, DB_TX_READ);
}

static int read_county(struct db *db, struct arena *a, void *arg)
{
	struct str v;
	int rc = schema_fact(db, a, "county", &v);

	if (rc == 1 && !str_int(v, arg))
		return FAULT_FORMAT;
	return rc;
}

int store_county(struct store *st, int64_t *ret_county)
{
	int64_t county = 0;
	int rc = store_read(st, read_county, &county);

	if (rc == 1)
		*ret_county = county;
	return rc;
}

static int name_county(struct db *db, struct arena *a, void *arg)
{
	const int64_t *county = arg;
	int64_t stored = 0;
	char text[24];
	int rc;

	snprintf(text, sizeof(text), "%lld", (long long)*county);
	rc = schema_fact_add(db, "county", str_of(text));
	if (rc == 0)
		rc = read_county(db, a, &stored);
	if (rc < 0)
		return rc;
	return stored == *county ? 0 : FAULT_CONFLICT;
}

int store_set_county(struct store *st, int64_t county)
{
	BUG_IF(county < 100000 || county > 999999);
	return store_act(st, name_county, &county);
}
