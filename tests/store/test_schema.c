/* SPDX-License-Identifier: Apache-2.0 */
/* Making, upgrading and refusing stores; whose keys they take. */
#include "store/probe.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/vault.h"

#define VERSION 3 /* 0001-store, 0002-probe, 0003-probe-more */

static int create(struct fixture *f, struct err *err)
{
	err->text[0] = '\0';
	return store_create(f->uri, f->key, err);
}

static int try_open(struct fixture *f, struct err *err)
{
	err->text[0] = '\0';
	return store_open(f->uri, f->key, err, &f->st);
}

static void made_once(void **state)
{
	struct fixture *f = need(state);
	struct err err;

	assert_int_equal(try_open(f, &err), FAULT_MISSING);
	assert_int_equal(create(f, &err), VERSION);
	assert_int_equal(create(f, &err), 0);
	assert_int_equal(try_open(f, &err), 0);
	assert_int_equal(store_migration_count(), VERSION);
	assert_string_equal(store_migration_name(0), "0001-store");
}

/* Change what the store says of its past. */
static void rewrite(struct fixture *f, const char *drop, enum sql_id id, int64_t number)
{
	static const char forged[32] = "not the digest of that migration";
	struct db *db = fixture_db(f);
	struct stmt *s;

	assert_int_equal(db_begin(db), 0);
	if (drop)
		assert_int_equal(db_exec(db, drop), 0);
	s = stmt_of(db, id);
	stmt_int(s, 1, number);
	if (id == SQL_PROBE_FORGE)
		stmt_blob(s, 2, forged, sizeof(forged));
	if (id == SQL_MIGRATION_ADD) {
		stmt_text(s, 2, STR("0004-future"));
		stmt_blob(s, 3, forged, sizeof(forged));
	}
	assert_int_equal(stmt_run(s), 1);
	assert_int_equal(db_commit(db), 0);
	db_close(db);
}

static void older_store_is_upgraded_by_init_only(void **state)
{
	struct fixture *f = need(state);
	struct err err;

	assert_int_equal(create(f, &err), VERSION);
	rewrite(f, "DROP TABLE probe_more", SQL_PROBE_FORGET, 3);
	assert_int_equal(try_open(f, &err), FAULT_VERSION);
	assert_non_null(strstr(err.text, "canbao init"));
	assert_int_equal(create(f, &err), 1);
	assert_int_equal(try_open(f, &err), 0);
}

static void newer_store_is_refused(void **state)
{
	struct fixture *f = need(state);
	struct err err;

	assert_int_equal(create(f, &err), VERSION);
	rewrite(f, NULL, SQL_MIGRATION_ADD, 4);
	assert_int_equal(try_open(f, &err), FAULT_VERSION);
	assert_non_null(strstr(err.text, "0004-future"));
	assert_int_equal(create(f, &err), FAULT_VERSION);
}

static void edited_past_is_refused(void **state)
{
	struct fixture *f = need(state);
	struct err err;

	assert_int_equal(create(f, &err), VERSION);
	rewrite(f, NULL, SQL_PROBE_FORGE, 2);
	assert_int_equal(try_open(f, &err), FAULT_VERSION);
	assert_non_null(strstr(err.text, "0002-probe"));
	assert_int_equal(create(f, &err), FAULT_VERSION);
}

/* A migration that fails leaves nothing of itself. */
static void failed_migration_leaves_nothing(void **state)
{
	struct fixture *f = need(state);
	struct db *db;
	struct err err;

	assert_int_equal(create(f, &err), VERSION);
	rewrite(f, NULL, SQL_PROBE_FORGET, 3);
	/* Its table is still there, so that it cannot run. */
	assert_true(create(f, &err) < 0);
	assert_non_null(strstr(err.text, "0003-probe-more"));
	db = fixture_db(f);
	assert_int_equal(db_begin(db), 0);
	assert_int_equal(db_exec(db, "DROP TABLE probe_more"), 0);
	assert_int_equal(db_commit(db), 0);
	db_close(db);
	assert_int_equal(create(f, &err), 1);
}

/* Several processes make the same store at once: one history, one key file, and all can open it. */
static void made_by_many_at_once(void **state)
{
	struct fixture *f = need(state);
	pid_t children[6];
	struct err err;
	int total = 0;

	for (size_t i = 0; i < ARRAY_LEN(children); i++) {
		children[i] = fork();
		if (children[i] == 0) {
			int rc = create(f, &err);

			if (rc < 0)
				fprintf(stderr, "%s\n", err.text);
			_exit(rc < 0 ? 100 : rc);
		}
	}
	for (size_t i = 0; i < ARRAY_LEN(children); i++) {
		int status = 0;

		waitpid(children[i], &status, 0);
		assert_true(WIFEXITED(status));
		total += WEXITSTATUS(status);
	}
	assert_int_equal(total, VERSION);
	assert_int_equal(try_open(f, &err), 0);
}

static void keys_of_another_store_are_refused(void **state)
{
	struct fixture *f = need(state);
	struct err err;

	assert_int_equal(create(f, &err), VERSION);
	assert_int_equal(unlink(f->key), 0);
	/* A lost key is never replaced by a new one behind the operator's back. */
	assert_int_equal(create(f, &err), FAULT_MISSING);
	assert_int_equal(access(f->key, F_OK), -1);
	assert_int_equal(try_open(f, &err), FAULT_MISSING);
	assert_int_equal(keys_create(f->key, &err), 0);
	assert_int_equal(try_open(f, &err), FAULT_CONFLICT);
	assert_int_equal(create(f, &err), FAULT_CONFLICT);
}

static void rotated_keys_are_still_ours(void **state)
{
	struct fixture *f = need(state);
	struct err err;

	assert_int_equal(create(f, &err), VERSION);
	assert_int_equal(keys_rotate(f->key, &err), 0);
	assert_int_equal(try_open(f, &err), 0);
}

static void open_key_file_is_refused(void **state)
{
	struct fixture *f = need(state);
	struct err err;

	assert_int_equal(create(f, &err), VERSION);
	for (unsigned bit = 1; bit <= 040; bit <<= 1) {
		assert_int_equal(chmod(f->key, 0600 | bit), 0);
		assert_int_equal(try_open(f, &err), FAULT_FORMAT);
		assert_non_null(strstr(err.text, "chmod 600"));
	}
	assert_int_equal(chmod(f->key, 0600), 0);
	assert_int_equal(try_open(f, &err), 0);
}

static void files_are_their_owners_only(void **state)
{
	struct fixture *f = need_store(state);
	struct stat st;

	assert_int_equal(stat(f->key, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	if (f->engine == DB_SQLITE) {
		assert_int_equal(stat(f->uri, &st), 0);
		assert_int_equal(st.st_mode & 0777, 0600);
	}
}

static void file_of_something_else_is_refused(void **state)
{
	struct fixture *f = need(state);
	FILE *file = fopen(f->uri, "w");
	struct err err;

	assert_non_null(file);
	for (int i = 0; i < 2000; i++)
		fputs("this is no database\n", file);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(create(f, &err), FAULT_DATABASE);
	assert_int_equal(try_open(f, &err), FAULT_DATABASE);
}

/* A server that answers before it has written is refused, unless it says that it holds nothing. */
static void unsafe_server_is_refused(void **state)
{
	struct fixture *f = need(state);
	struct db *db = fixture_db(f);
	const char *name;
	struct stmt *s;
	char sql[200];
	struct err err;

	s = stmt_of(db, SQL_PG_SETTING);
	stmt_text(s, 1, STR("fsync"));
	assert_int_equal(stmt_step(s), 1);
	if (str_is(stmt_col_text(s, 0), "on")) {
		db_close(db);
		skip();
	}
	stmt_reset(s);
	assert_int_equal(create(f, &err), VERSION);
	/* The URI ends in "…/NAME?host=…"; the folder of the socket holds slashes too. */
	name = strstr(f->uri, "/t");
	assert_non_null(name);
	snprintf(sql, sizeof(sql), "ALTER DATABASE %.*s SET canbao.scratch = 'off'",
		(int)strcspn(name + 1, "?"), name + 1);
	assert_int_equal(db_exec(db, sql), 0);
	db_close(db);
	assert_int_equal(try_open(f, &err), FAULT_VERSION);
	assert_non_null(strstr(err.text, "fsync"));
	assert_int_equal(create(f, &err), FAULT_VERSION);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(made_once),
		BOTH(older_store_is_upgraded_by_init_only),
		BOTH(newer_store_is_refused),
		BOTH(edited_past_is_refused),
		BOTH(failed_migration_leaves_nothing),
		BOTH(made_by_many_at_once),
		BOTH(keys_of_another_store_are_refused),
		BOTH(rotated_keys_are_still_ours),
		BOTH(open_key_file_is_refused),
		BOTH(files_are_their_owners_only),
		ON(file_of_something_else_is_refused, "SQLite", fixture_sqlite),
		ON(unsafe_server_is_refused, "PostgreSQL", fixture_pg),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
