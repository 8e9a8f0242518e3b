/* SPDX-License-Identifier: Apache-2.0 */
/* Assertions are cmocka's; a fixture that cannot be made fails the test. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
/* clang-format off */
#include <cmocka.h>
/* clang-format on */

#include "store/fixture.h"

#include <dirent.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *server(void)
{
	const char *uri = getenv("CANBAO_TEST_PG_URI");

	return uri && *uri ? uri : NULL;
}

static int make(void **state, enum db_engine engine)
{
	const char *tmp = getenv("TMPDIR");
	struct fixture *f = calloc(1, sizeof(*f));

	assert_non_null(f);
	f->engine = engine;
	snprintf(f->dir, sizeof(f->dir), "%s/canbao-test.XXXXXX", tmp && *tmp ? tmp : "/tmp");
	assert_non_null(mkdtemp(f->dir));
	snprintf(f->uri, sizeof(f->uri), "%s/store.db", f->dir);
	snprintf(f->key, sizeof(f->key), "%s/store.key", f->dir);
	*state = f;
	return 0;
}

int fixture_sqlite(void **state)
{
	return make(state, DB_SQLITE);
}

static void admin(const char *verb, const char *name)
{
	char sql[200];
	bool drop = strcmp(verb, "DROP") == 0;
	PGconn *h = PQconnectdb(server());
	PGresult *res;

	if (PQstatus(h) != CONNECTION_OK)
		fail_msg("%s", PQerrorMessage(h));
	snprintf(sql, sizeof(sql), "%s DATABASE %s%s", verb, name, drop ? " WITH (FORCE)" : "");
	res = PQexec(h, sql);
	if (PQresultStatus(res) != PGRES_COMMAND_OK)
		fail_msg("%s: %s", sql, PQresultErrorMessage(res));
	PQclear(res);
	PQfinish(h);
}

static void database_name(const struct fixture *f, char ret[64])
{
	/* mkdtemp's six characters, in lower case and hexadecimal, make it this test's own. */
	const char *tail = f->dir + strlen(f->dir) - 6;

	snprintf(ret, 64, "t%ld", (long)getpid());
	for (int i = 0; i < 6; i++)
		snprintf(ret + strlen(ret), 64 - strlen(ret), "_%02x", (unsigned char)tail[i]);
}

int fixture_pg(void **state)
{
	char name[64];
	const char *uri = server(), *slash, *query;
	struct fixture *f;

	*state = NULL;
	if (!uri)
		return 0;
	make(state, DB_PG);
	f = *state;
	database_name(f, name);
	admin("CREATE", name);
	/* postgresql://USER@HOST/DATABASE?QUERY, with our database for theirs. */
	slash = strchr(uri + strlen("postgresql://"), '/');
	assert_non_null(slash);
	query = strchr(slash, '?');
	snprintf(f->uri, sizeof(f->uri), "%.*s%s%s", (int)(slash + 1 - uri), uri, name,
		query ? query : "");
	return 0;
}

static void remove_dir(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *e;

	if (!d)
		return;
	while ((e = readdir(d)) != NULL) {
		char path[600];

		snprintf(path, sizeof(path), "%s/%s", dir, e->d_name);
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			unlink(path);
	}
	closedir(d);
	rmdir(dir);
}

int fixture_free(void **state)
{
	struct fixture *f = *state;
	char name[64];

	if (!f)
		return 0;
	fixture_close(f);
	if (f->engine == DB_PG) {
		database_name(f, name);
		admin("DROP", name);
	}
	remove_dir(f->dir);
	free(f);
	return 0;
}

struct fixture *need(void **state)
{
	if (!*state) {
		print_message("no CANBAO_TEST_PG_URI: run under script/with-postgres\n");
		skip();
	}
	return *state;
}

void fixture_open(struct fixture *f)
{
	struct err err = { "" };

	if (store_create(f->uri, f->key, &err) < 0)
		fail_msg("%s", err.text);
	if (store_open(f->uri, f->key, &err, &f->st) < 0)
		fail_msg("%s", err.text);
}

void fixture_close(struct fixture *f)
{
	store_close(f->st);
	f->st = NULL;
}

struct fixture *need_store(void **state)
{
	struct fixture *f = need(state);

	fixture_open(f);
	return f;
}

struct db *fixture_db(struct fixture *f)
{
	struct err err = { "" };
	struct db *db = NULL;

	if (db_open(f->uri, false, &err, &db) < 0)
		fail_msg("%s", err.text);
	return db;
}
