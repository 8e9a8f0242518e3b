/* SPDX-License-Identifier: Apache-2.0 */
/* The real schema and every named statement of the room: each prepares on both engines, asks for
 * plain types only, and every key holds its table's distribution column. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
/* clang-format off */
#include <cmocka.h>
/* clang-format on */

#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "store/fixture.h"
#include "store/scope.h"

static bool makes_table(enum sql_id id)
{
	return strncmp(sql_entries[id].sqlite, "CREATE TEMP TABLE", 17) == 0;
}

/* Staging tables first: other statements name them. */
static void make_staging_tables(struct db *db)
{
	for (int id = 0; id < SQL_COUNT; id++) {
		struct stmt *s = NULL;

		if (!makes_table(id))
			continue;
		if (db_stmt(db, id, &s) < 0 || stmt_run(s) < 0)
			fail_msg("%s: %s", sql_entries[id].name, db_message(db));
	}
}

static void every_statement_prepares(void **state)
{
	struct fixture *f = need_store(state);
	struct db *db = fixture_db(f);

	make_staging_tables(db);
	for (int id = 0; id < SQL_COUNT; id++) {
		struct stmt *s = NULL;

		if (db_stmt(db, id, &s) < 0)
			fail_msg("%s: %s", sql_entries[id].name, db_message(db));
	}
	db_close(db);
}

/* int8, text, bytea: what the seam binds.  Where PostgreSQL guesses another type for a parameter
 * (int4 for "?1 = 0") a large number would fail one day: the statement should CAST. */
static void parameters_are_plain(void **state)
{
	struct fixture *f = need_store(state);
	PGconn *h = PQconnectdb(f->uri);
	int bad = 0;

	assert_int_equal(PQstatus(h), CONNECTION_OK);
	for (int pass = 0; pass < 2; pass++)
		for (int id = 0; id < SQL_COUNT; id++) {
			const struct sql_entry *e = &sql_entries[id];
			PGresult *res;

			if (makes_table(id) != (pass == 0))
				continue;
			if (pass == 0) {
				PQclear(PQexec(h, e->pg));
				continue;
			}
			res = PQprepare(h, "", e->pg, 0, NULL);
			if (PQresultStatus(res) != PGRES_COMMAND_OK)
				fail_msg("%s: %s", e->name, PQresultErrorMessage(res));
			PQclear(res);
			res = PQdescribePrepared(h, "");
			assert_int_equal(PQnparams(res), e->params);
			for (int i = 0; i < PQnparams(res); i++) {
				Oid type = PQparamtype(res, i);

				if (type == 20 || type == 25 || type == 17)
					continue;
				print_error("%s: ?%d has type %u on PostgreSQL; CAST it\n", e->name,
					i + 1, type);
				bad++;
			}
			PQclear(res);
		}
	PQfinish(h);
	assert_int_equal(bad, 0);
}

/* Everything between two words one blank. */
static void plain(const char *text, char *ret, size_t room)
{
	size_t n = 0;

	for (; *text && n + 1 < room; text++) {
		bool blank = *text == ' ' || *text == '\n' || *text == '\t';

		if (!blank)
			ret[n++] = *text;
		else if (n && ret[n - 1] != ' ')
			ret[n++] = ' ';
	}
	ret[n] = '\0';
}

/* Whatever is read for an account is limited to its scope, on both engines, by one text. */
static void every_scoped_statement_says_the_scope(void **state)
{
	static char text[8192];
	size_t scoped = 0;

	(void)state;
	for (int id = 0; id < SQL_COUNT; id++) {
		const struct sql_entry *e = &sql_entries[id];
		size_t n = strlen(e->name);

		if (n < 7 || strcmp(e->name + n - 7, "_within") != 0)
			continue;
		scoped++;
		plain(e->sqlite, text, sizeof(text));
		if (!strstr(text, SCOPE_PERSON_SQL) ||
			(!strstr(text, SCOPE_NO_CHANNEL_SQL) && !strstr(text, SCOPE_PAYMENT_SQL)))
			fail_msg("%s does not say the scope", e->name);
	}
	assert_true(scoped >= 10);
}

/* Tables that are the same everywhere (Citus: reference tables): their keys need no county. */
static bool is_reference(const char *table)
{
	static const char *const names[] = { "division", "pack", "meta", "migration" };

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcmp(names[i], table) == 0)
			return true;
	return false;
}

/* The column by which a table's rows are spread over machines. */
static const char *distribution_column(const char *table)
{
	return strcmp(table, "enrolled_anywhere") == 0 ? "token" : "county";
}

static int one(sqlite3 *h, const char *sql, const char *a, const char *b)
{
	sqlite3_stmt *s;
	int n = -1;

	if (sqlite3_prepare_v2(h, sql, -1, &s, NULL) != SQLITE_OK)
		fail_msg("%s", sqlite3_errmsg(h));
	sqlite3_bind_text(s, 1, a, -1, SQLITE_STATIC);
	if (b)
		sqlite3_bind_text(s, 2, b, -1, SQLITE_STATIC);
	if (sqlite3_step(s) == SQLITE_ROW)
		n = sqlite3_column_int(s, 0);
	sqlite3_finalize(s);
	return n;
}

/* Faults of one table's keys, each told; their number. */
static int check_table(sqlite3 *h, const char *table)
{
	const char *column = distribution_column(table);
	sqlite3_stmt *s;
	int bad = 0;

	if (is_reference(table))
		return 0;
	if (one(h, "SELECT COUNT(*) FROM pragma_index_list(?1) WHERE origin = 'pk'", table, NULL) <
		1) {
		print_message("%s has no primary key\n", table);
		bad++;
	}
	sqlite3_prepare_v2(
		h, "SELECT name FROM pragma_index_list(?1) WHERE \"unique\"", -1, &s, NULL);
	sqlite3_bind_text(s, 1, table, -1, SQLITE_STATIC);
	while (sqlite3_step(s) == SQLITE_ROW) {
		const char *index = (const char *)sqlite3_column_text(s, 0);

		if (one(h, "SELECT COUNT(*) FROM pragma_index_info(?1) WHERE name = ?2", index,
			    column) == 1)
			continue;
		print_message("%s: the key %s does not hold %s\n", table, index, column);
		bad++;
	}
	sqlite3_finalize(s);
	if (one(h, "SELECT COUNT(*) FROM pragma_foreign_key_list(?1) WHERE seq = 0", table, NULL) !=
		one(h, "SELECT COUNT(*) FROM pragma_foreign_key_list(?1) WHERE \"from\" = ?2",
			table, column)) {
		print_message("%s: a foreign key does not hold %s\n", table, column);
		bad++;
	}
	return bad;
}

static int check_tables(sqlite3 *h)
{
	sqlite3_stmt *s;
	int bad = 0, n = 0;

	assert_int_equal(
		sqlite3_prepare_v2(h,
			"SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
			-1, &s, NULL),
		SQLITE_OK);
	while (sqlite3_step(s) == SQLITE_ROW) {
		bad += check_table(h, (const char *)sqlite3_column_text(s, 0));
		n++;
	}
	sqlite3_finalize(s);
	assert_true(n > 0);
	return bad;
}

static void every_key_holds_its_distribution_column(void **state)
{
	struct fixture *f = need_store(state);
	sqlite3 *h;

	assert_int_equal(sqlite3_open(f->uri, &h), SQLITE_OK);
	assert_int_equal(check_tables(h), 0);
	sqlite3_close(h);
}

/* The check itself sees what it is there to see. */
static void keys_without_it_are_noticed(void **state)
{
	static const char *const wrong[] = {
		"CREATE TABLE a (county BIGINT, id BIGINT PRIMARY KEY)",
		"CREATE TABLE a (county BIGINT, id BIGINT)",
		"CREATE TABLE a (county BIGINT, id BIGINT, no TEXT UNIQUE, PRIMARY KEY (county, id))",
		"CREATE TABLE enrolled_anywhere (county BIGINT, token BLOB, PRIMARY KEY (county))",
		"CREATE TABLE a (county BIGINT, id BIGINT, up BIGINT REFERENCES b (id), PRIMARY KEY (county, id))",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		sqlite3 *h;

		assert_int_equal(sqlite3_open(":memory:", &h), SQLITE_OK);
		assert_int_equal(sqlite3_exec(h, wrong[i], NULL, NULL, NULL), SQLITE_OK);
		assert_true(check_tables(h) > 0);
		sqlite3_close(h);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(every_statement_prepares),
		ON(parameters_are_plain, "PostgreSQL", fixture_pg),
		ON(every_key_holds_its_distribution_column, "SQLite", fixture_sqlite),
		cmocka_unit_test(keys_without_it_are_noticed),
		cmocka_unit_test(every_scoped_statement_says_the_scope),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
