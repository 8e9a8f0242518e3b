/* SPDX-License-Identifier: Apache-2.0 */
/* Looking at a store, and damaging it, by the engines' own libraries: nothing of canbao's in
 * between. */
#include "county.h"

#include <libpq-fe.h>
#include <sqlite3.h>

static const char *text_of(struct county *c, const char *fmt, va_list ap)
{
	struct str s = arena_vprintf(&c->arena, fmt, ap);

	assert_non_null(s.p);
	return s.p;
}

static PGconn *pg(struct county *c)
{
	PGconn *h = PQconnectdb(c->f->uri);

	if (PQstatus(h) != CONNECTION_OK)
		fail_row("%s", PQerrorMessage(h));
	return h;
}

static sqlite3 *lite(struct county *c)
{
	sqlite3 *h;

	assert_int_equal(sqlite3_open(c->f->uri, &h), SQLITE_OK);
	sqlite3_busy_timeout(h, 5000);
	return h;
}

/* The first cell, NULL when there is none. */
static const char *ask_pg(struct county *c, const char *sql)
{
	PGconn *h = pg(c);
	PGresult *res = PQexec(h, sql);
	const char *text = NULL;

	if (PQresultStatus(res) != PGRES_TUPLES_OK)
		fail_row("%s: %s", sql, PQresultErrorMessage(res));
	if (PQntuples(res) > 0 && !PQgetisnull(res, 0, 0))
		text = county_text(c, "%s", PQgetvalue(res, 0, 0));
	PQclear(res);
	PQfinish(h);
	return text;
}

static const char *ask_lite(struct county *c, const char *sql)
{
	sqlite3 *h = lite(c);
	const char *text = NULL;
	sqlite3_stmt *s;

	if (sqlite3_prepare_v2(h, sql, -1, &s, NULL) != SQLITE_OK)
		fail_row("%s: %s", sql, sqlite3_errmsg(h));
	if (sqlite3_step(s) == SQLITE_ROW && sqlite3_column_type(s, 0) != SQLITE_NULL)
		text = county_text(c, "%s", (const char *)sqlite3_column_text(s, 0));
	sqlite3_finalize(s);
	sqlite3_close(h);
	return text;
}

static const char *ask(struct county *c, const char *sql)
{
	return c->f->engine == DB_PG ? ask_pg(c, sql) : ask_lite(c, sql);
}

int64_t county_ask(struct county *c, const char *fmt, ...)
{
	const char *text;
	va_list ap;

	va_start(ap, fmt);
	text = ask(c, text_of(c, fmt, ap));
	va_end(ap);
	return text ? strtoll(text, NULL, 10) : 0;
}

const char *county_ask_text(struct county *c, const char *fmt, ...)
{
	const char *text;
	va_list ap;

	va_start(ap, fmt);
	text = ask(c, text_of(c, fmt, ap));
	va_end(ap);
	return text ? text : "";
}

/* PostgreSQL cannot look away from a CHECK: it is dropped, which costs only this test's
 * database. */
static const char drop_checks[] =
	"DO $$ DECLARE r record; BEGIN FOR r IN SELECT conrelid::regclass AS t, conname FROM pg_constraint "
	"WHERE contype = 'c' AND connamespace = 'public'::regnamespace LOOP "
	"EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', r.t, r.conname); END LOOP; END $$";

static int64_t damage_pg(struct county *c, const char *sql)
{
	PGconn *h = pg(c);
	PGresult *res = PQexec(h, drop_checks);
	int64_t n;

	if (PQresultStatus(res) != PGRES_COMMAND_OK)
		fail_row("%s", PQresultErrorMessage(res));
	PQclear(res);
	res = PQexec(h, sql);
	if (PQresultStatus(res) != PGRES_COMMAND_OK)
		fail_row("%s: %s", sql, PQresultErrorMessage(res));
	n = strtoll(PQcmdTuples(res), NULL, 10);
	PQclear(res);
	PQfinish(h);
	return n;
}

static int64_t damage_lite(struct county *c, const char *sql)
{
	sqlite3 *h = lite(c);
	int64_t n;

	assert_int_equal(sqlite3_exec(h, "PRAGMA ignore_check_constraints = ON", NULL, NULL, NULL),
		SQLITE_OK);
	if (sqlite3_exec(h, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_row("%s: %s", sql, sqlite3_errmsg(h));
	n = sqlite3_changes64(h);
	sqlite3_close(h);
	return n;
}

void county_damage(struct county *c, const char *fmt, ...)
{
	const char *sql;
	va_list ap;
	int64_t n;

	va_start(ap, fmt);
	sql = text_of(c, fmt, ap);
	va_end(ap);
	n = c->f->engine == DB_PG ? damage_pg(c, sql) : damage_lite(c, sql);
	if (n != 1)
		fail_row("%s: %d rows changed", sql, (int)n);
}
