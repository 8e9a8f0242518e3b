/* SPDX-License-Identifier: Apache-2.0 */
/* The store: connections, the writer, the keys.  Acts never see begin, commit or retry. */
#ifndef CANBAO_STORE_STORE_H
#define CANBAO_STORE_STORE_H

#include "base/arena.h"
#include "store/db.h"

struct store;
struct keys; /* vault.h */

/* One act's work inside a transaction.  May run again from the start after a serialization
 * failure, so it must not change *arg except its own result fields, and nothing outside.
 * Returns >= 0 to commit (handed to the caller), a negative fault to roll back. */
typedef int (*act_fn)(struct db *db, struct arena *a, void *arg);

#define STORE_ARENA_MAX (256u * 1024u * 1024u)
#define STORE_RETRY_MAX 10

/* Open a store that `store_create` made: checks the schema's version (older: FAULT_VERSION
 * naming the upgrade command; newer: FAULT_VERSION), loads the key file and checks that it
 * belongs to this store. */
MUST_USE int store_open(
	const char *uri, const char *key_path, struct err *err, struct store **ret_store);
void store_close(struct store *st);
/* For a service that shares its machine: the writer of SQLite keeps 32 MiB of pages instead of the
 * 128 that a command may take for a county's files. */
MUST_USE int store_modest(struct store *st);

/* Create the schema (all migrations) and, when `key_path` does not exist, the key file (mode 0600).
 * On an older store runs the missing migrations.  Returns the number of migrations run. */
MUST_USE int store_create(const char *uri, const char *key_path, struct err *err);

/* Run an act and answer after its commit.  SQLite: in the one writer thread, with a savepoint,
 * together with all acts that wait (group commit).  PostgreSQL: on a pooled connection,
 * SERIALIZABLE, retried on 40001 and 40P01 up to STORE_RETRY_MAX times with jitter.
 * Thread-safe. */
MUST_USE int store_act(struct store *st, act_fn fn, void *arg);
/* The same for an act that writes a large file's worth of rows (may take long; its own commit). */
MUST_USE int store_bulk_act(struct store *st, act_fn fn, void *arg);
/* For who writes much in many acts and is in no hurry.  SQLite: wait until what was written is put
 * away, so that others who write need not wait for that.  PostgreSQL: a short pause, in which who
 * was in conflict gets through. */
void store_rest(struct store *st);

/* Read in a snapshot that sees only committed acts; `fn` must not write.  Thread-safe. */
MUST_USE int store_read(struct store *st, act_fn fn, void *arg);

/* The one county of a store made with `canbao init --county`.  Returns 1 and *ret_county, 0 when
 * the store names none, or a fault. */
MUST_USE int store_county(struct store *st, int64_t *ret_county);
/* Name it, once: FAULT_CONFLICT when the store already names another. */
MUST_USE int store_set_county(struct store *st, int64_t county);

/* The migrations this program knows, in order: their number is the schema's version. */
size_t store_migration_count(void);
const char *store_migration_name(size_t i); /* from 0; "0001-store" */

/* How often acts were run again after a serialization failure. */
uint64_t store_retries(const struct store *st);

/* Keys for numbers at rest. */
const struct keys *store_keys(const struct store *st);
/* What the last failed act on this thread said, both languages, no personal data. */
const char *store_message(void);

#endif
