/* SPDX-License-Identifier: Apache-2.0 */
/* The schema's own history: which migrations ran, run those that did not, and what the store is. */
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "store/store_impl.h"
#include "store/vault.h"

#define DIGEST_BYTES 32
/* Of pg_advisory_lock: "canbao" in ASCII, so that two who run migrations at once take turns. */
#define MIGRATION_LOCK "109342947566959"

size_t store_migration_count(void)
{
	return sql_migration_count;
}

const char *store_migration_name(size_t i)
{
	BUG_IF(i >= sql_migration_count);
	return sql_migrations[i].name;
}

static const char *migration_sql(const struct db *db, size_t i)
{
	return db->engine == DB_PG ? sql_migrations[i].pg : sql_migrations[i].sqlite;
}

static void migration_digest(const struct db *db, size_t i, unsigned char ret[DIGEST_BYTES])
{
	const char *sql = migration_sql(db, i);

	BUG_IF(EVP_Digest(sql, strlen(sql), ret, NULL, EVP_sm3(), NULL) != 1);
}

/* A fault of the database itself, told as a sentence. */
static int say(struct db *db, int rc, struct err *err)
{
	return err_set(err, rc, "%s: %s", fault_text(rc), db_message(db));
}

static int is_store(struct db *db)
{
	struct stmt *s;
	int64_t n = 0;
	int rc = db_stmt(db, SQL_STORE_TABLE_COUNT, &s);

	if (rc < 0)
		return rc;
	stmt_text(s, 1, STR("migration"));
	rc = stmt_one_int(s, &n);
	return rc < 0 ? rc : n > 0;
}

/* Compare one row of the store's history with ours. */
static int check_migration(struct db *db, struct stmt *s, size_t i, struct err *err)
{
	unsigned char digest[DIGEST_BYTES];
	struct str name = stmt_col_text(s, 1);
	struct str was = stmt_col_blob(s, 2);

	if (i >= sql_migration_count)
		return err_set(err, FAULT_VERSION,
			"数据库比本程序新（%.*s），请用新版程序 / the store is newer than this program (%.*s)",
			STR_ARG(name), STR_ARG(name));
	migration_digest(db, i, digest);
	if (stmt_col_int(s, 0) != sql_migrations[i].number || was.n != sizeof(digest) ||
		memcmp(was.p, digest, sizeof(digest)) != 0)
		return err_set(err, FAULT_VERSION,
			"数据库的升级记录与本程序不符：%s / the store's migration %s is not the one this program knows",
			sql_migrations[i].name, sql_migrations[i].name);
	return 0;
}

int schema_version(struct db *db, struct err *err)
{
	struct stmt *s;
	size_t n = 0;
	int rc = is_store(db);

	if (rc == 0)
		return 0;
	if (rc > 0)
		rc = db_stmt(db, SQL_MIGRATION_ALL, &s);
	if (rc < 0)
		return say(db, rc, err);
	while ((rc = stmt_step(s)) == 1) {
		rc = check_migration(db, s, n, err);
		if (rc < 0) {
			stmt_reset(s);
			return rc;
		}
		n++;
	}
	return rc < 0 ? say(db, rc, err) : (int)n;
}

int schema_fact(struct db *db, struct arena *a, const char *name, struct str *ret_value)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_META_GET, &s);

	if (rc < 0)
		return rc;
	stmt_text(s, 1, str_of(name));
	rc = stmt_step(s);
	if (rc == 1) {
		struct str v = arena_str(a, stmt_col_text(s, 0));

		stmt_reset(s);
		if (!v.p)
			return FAULT_MEMORY;
		*ret_value = v;
	}
	return rc;
}

int schema_fact_add(struct db *db, const char *name, struct str value)
{
	struct stmt *s;
	int64_t n;
	int rc = db_stmt(db, SQL_META_ADD, &s);

	if (rc < 0)
		return rc;
	stmt_text(s, 1, str_of(name));
	stmt_text(s, 2, value);
	n = stmt_run(s);
	return n < 0 ? (int)n : 0;
}

static void hex_of(const unsigned char id[16], char ret[33])
{
	for (int i = 0; i < 16; i++)
		snprintf(ret + 2 * i, 3, "%02x", id[i]);
}

int schema_check_keys(struct db *db, const struct keys *k, struct err *err)
{
	struct arena a;
	struct str stored;
	unsigned char id[16];
	char text[33];
	int rc;

	keys_id(k, id);
	hex_of(id, text);
	arena_init(&a, 64 * 1024);
	rc = schema_fact(db, &a, "key_id", &stored);
	if (rc < 0)
		rc = say(db, rc, err);
	else if (rc == 0 || !str_is(stored, text))
		rc = err_set(err, FAULT_CONFLICT,
			"密钥文件不属于这个数据库 / this key file does not belong to this store");
	else
		rc = 0;
	arena_release(&a);
	return rc;
}

/* The facts every store has, beside the first migration. */
static int add_facts(struct db *db, const struct keys *k)
{
	unsigned char id[16];
	char text[33];
	int rc;

	keys_id(k, id);
	hex_of(id, text);
	rc = schema_fact_add(db, "key_id", str_of(text));
	if (rc < 0)
		return rc;
	BUG_IF(RAND_bytes(id, sizeof(id)) != 1);
	hex_of(id, text);
	return schema_fact_add(db, "store_id", str_of(text));
}

static int run_migration(struct db *db, size_t i, const struct keys *k)
{
	unsigned char digest[DIGEST_BYTES];
	struct stmt *s;
	int64_t n;
	int rc = db_exec(db, migration_sql(db, i));

	if (rc == 0)
		rc = db_stmt(db, SQL_MIGRATION_ADD, &s);
	if (rc < 0)
		return rc;
	migration_digest(db, i, digest);
	stmt_int(s, 1, sql_migrations[i].number);
	stmt_text(s, 2, str_of(sql_migrations[i].name));
	stmt_blob(s, 3, digest, sizeof(digest));
	n = stmt_run(s);
	if (n < 0)
		return (int)n;
	return i == 0 ? add_facts(db, k) : 0;
}

/* Run the next migration in a transaction of its own.  1: it ran; 0: none is left. */
static int migrate_once(struct db *db, const struct keys *k, struct err *err)
{
	int rc = db_begin_as(db, DB_TX_BULK);
	int version;

	if (rc < 0)
		return say(db, rc, err);
	/* Asked inside the transaction: somebody else may have run it meanwhile. */
	version = schema_version(db, err);
	if (version < 0 || (size_t)version == sql_migration_count) {
		db_rollback(db);
		return version < 0 ? version : 0;
	}
	rc = run_migration(db, (size_t)version, k);
	if (rc < 0) {
		rc = err_set(err, rc, "升级失败 / migration failed: %s: %s",
			sql_migrations[version].name, db_message(db));
		db_rollback(db);
		return rc;
	}
	rc = db_commit(db);
	return rc < 0 ? say(db, rc, err) : 1;
}

static int migrate_all(struct db *db, const struct keys *k, struct err *err)
{
	int ran = 0;
	int rc = 0;

	if (db->engine == DB_PG)
		rc = db_exec(db, "SET statement_timeout = 0; SET lock_timeout = 0;"
				 "SELECT pg_advisory_lock(" MIGRATION_LOCK ")");
	if (rc < 0)
		return say(db, rc, err);
	while ((rc = migrate_once(db, k, err)) == 1)
		ran++;
	/* The lock ends with the connection. */
	return rc < 0 ? rc : ran;
}

/* The key file: made when this is a new store and there is none; an old store never gets a new one,
 * because nobody could read it any more. */
static int keys_for(struct db *db, const char *key_path, struct err *err, struct keys **ret_keys)
{
	int version = schema_version(db, err);
	int rc = 0;

	if (version < 0)
		return version;
	if (version == 0 && access(key_path, F_OK) != 0) {
		rc = keys_create(key_path, err);
		/* Somebody else who makes the same store was faster: then theirs is ours. */
		if (rc == FAULT_CONFLICT)
			rc = 0;
	}
	return rc < 0 ? rc : keys_load(key_path, err, ret_keys);
}

int store_create(const char *uri, const char *key_path, struct err *err)
{
	struct keys *k = NULL;
	struct db *db;
	int rc, ran = 0;

	rc = db_open_as(uri, DB_ROLE_WRITER, true, err, &db);
	if (rc < 0)
		return rc;
	rc = schema_check_server(db, err);
	if (rc == 0)
		rc = keys_for(db, key_path, err, &k);
	if (rc == 0) {
		ran = migrate_all(db, k, err);
		rc = ran < 0 ? ran : schema_check_keys(db, k, err);
	}
	keys_free(k);
	db_close(db);
	return rc < 0 ? rc : ran;
}

static int setting(struct db *db, const char *name, char ret_value[32])
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_PG_SETTING, &s);

	if (rc < 0)
		return rc;
	stmt_text(s, 1, str_of(name));
	rc = stmt_step(s);
	if (rc == 1) {
		struct str v = stmt_col_text(s, 0);

		snprintf(ret_value, 32, "%.*s", STR_ARG(v));
		stmt_reset(s);
	}
	return rc < 0 ? rc : 0;
}

int schema_check_server(struct db *db, struct err *err)
{
	static const struct {
		const char *name, *must;
	} settings[] = {
		{ "fsync", "on" },
		{ "full_page_writes", "on" },
		{ "data_sync_retry", "off" },
	};
	char value[32] = "";
	int rc;

	if (db->engine != DB_PG)
		return 0;
	/* A server that holds nothing of worth may say so itself. */
	rc = setting(db, "canbao.scratch", value);
	if (rc < 0)
		return say(db, rc, err);
	if (strcmp(value, "on") == 0)
		return 0;
	for (size_t i = 0; i < ARRAY_LEN(settings); i++) {
		rc = setting(db, settings[i].name, value);
		if (rc < 0)
			return say(db, rc, err);
		if (strcmp(value, settings[i].must) != 0)
			return err_set(err, FAULT_VERSION,
				"数据库服务器的 %s 必须为 %s，现为 %s / the server's %s must be %s, it is %s",
				settings[i].name, settings[i].must, value, settings[i].name,
				settings[i].must, value);
	}
	return 0;
}
