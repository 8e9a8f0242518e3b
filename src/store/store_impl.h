/* SPDX-License-Identifier: Apache-2.0 */
/* The parts a store is made of: the writer, the pool, the schema.  Private to the store. */
#ifndef CANBAO_STORE_STORE_IMPL_H
#define CANBAO_STORE_STORE_IMPL_H

#include "store/db_driver.h"
#include "store/store.h"

/* One run of an act inside the transaction that is open on `db`; what it left on a row is reset. */
MUST_USE int act_run(struct db *db, struct arena *a, act_fn fn, void *arg);
/* The sentence for a fault of `db` (NULL: no connection said anything). */
void act_message(int fault, const struct db *db, struct err *ret_err);

/* The writer of a SQLite store: one thread, group commit. */
struct writer;
/* Takes `db` over.  `uri` is opened a second time by the thread that moves the log into the
 * file. */
MUST_USE int writer_new(
	const char *uri, struct db *db, struct err *err, struct writer **ret_writer);
/* Finishes what is queued, then stops. */
void writer_free(struct writer *w);
/* Queue the act, wait for its commit; the message of a fault goes to `err`. */
MUST_USE int writer_act(struct writer *w, act_fn fn, void *arg, bool bulk, struct err *err);

/* Wait, a while at most, until the log that grew too long was moved into the file. */
void writer_rest(struct writer *w);

/* Connections that are opened when needed and kept: at most `max`. */
struct pool;
MUST_USE int pool_new(const char *uri, enum db_role role, int max, struct pool **ret_pool);
/* All connections must have been given back. */
void pool_free(struct pool *p);
/* Waits for a connection when all are out. */
MUST_USE int pool_take(struct pool *p, struct err *err, struct db **ret_db);
void pool_give(struct pool *p, struct db *db);

/* Which version a database is at: 0 when it is not a store.  FAULT_VERSION when it is newer than
 * this program or its past differs from what this program knows. */
MUST_USE int schema_version(struct db *db, struct err *err);
/* The value of a fact, into `a`.  1, 0 when there is none, or a fault. */
MUST_USE int schema_fact(struct db *db, struct arena *a, const char *name, struct str *ret_value);
/* Write a fact; one that stands is left alone. */
MUST_USE int schema_fact_add(struct db *db, const char *name, struct str value);
/* Refuse a PostgreSQL server that answers before it has written. */
MUST_USE int schema_check_server(struct db *db, struct err *err);
/* 0 when the store was made with these keys; FAULT_CONFLICT. */
MUST_USE int schema_check_keys(struct db *db, const struct keys *k, struct err *err);

#endif
