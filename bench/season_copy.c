/* SPDX-License-Identifier: Apache-2.0 */
/* The bare engine, PostgreSQL: the rows an act wrote, taken out by COPY and put back by COPY
 * into an empty store of the same schema, table after table in one transaction. */
#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

#include "season.h"

#define PIECE (256u * 1024u) /* handed to libpq at once */
#define TABLES_MAX 8

struct source {
	const char *table, *query;
};

#define ANYWHERE(where, key) \
	"SELECT x.* FROM enrolment e JOIN person p ON p.county = e.county AND p.id = e.person" \
	" JOIN enrolled_anywhere x ON x.token = p.token AND x.benefit_year = e.benefit_year WHERE " where \
	" ORDER BY " key

static const struct source parts[][TABLES_MAX] = {
	[SEASON_RESIDENTS] = { { "person", "SELECT * FROM person ORDER BY id" },
		{ "household", "SELECT * FROM household ORDER BY number" } },
	[SEASON_LISTS] = { { "membership", "SELECT * FROM membership ORDER BY file, person" } },
	[SEASON_BILLS] = { { "bill", "SELECT * FROM bill ORDER BY person" },
		{ "refusal", "SELECT * FROM refusal ORDER BY person" },
		{ "enrolment", "SELECT * FROM enrolment WHERE payment IS NULL ORDER BY person" },
		{ "enrolled_anywhere", ANYWHERE("e.payment IS NULL", "e.person") },
		{ "tally", "SELECT * FROM tally ORDER BY day, village" } },
	[SEASON_PAYMENTS] = { { "payment", "SELECT * FROM payment ORDER BY id" },
		{ "suspense", "SELECT * FROM suspense ORDER BY payment" },
		{ "posting", "SELECT * FROM posting ORDER BY id" },
		{ "receipt", "SELECT * FROM receipt ORDER BY payment" },
		{ "enrolment",
			"SELECT * FROM enrolment WHERE payment IS NOT NULL ORDER BY payment" },
		{ "enrolled_anywhere", ANYWHERE("e.payment IS NOT NULL", "e.payment") },
		{ "tally", "SELECT * FROM tally WHERE day > (SELECT assessed_on FROM assess_run)"
			   " ORDER BY day, village" } },
};

struct bytes {
	char *p;
	size_t n, cap;
};

static PGconn *connect_to(const char *uri)
{
	PGconn *h = PQconnectdb(uri);

	season_must(PQstatus(h) == CONNECTION_OK, "no server", PQerrorMessage(h));
	return h;
}

static void run(PGconn *h, const char *sql, ExecStatusType want)
{
	PGresult *res = PQexec(h, sql);

	season_must(PQresultStatus(res) == want, sql, PQresultErrorMessage(res));
	PQclear(res);
}

static void take(PGconn *h, const struct source *source, struct bytes *ret)
{
	char sql[800], *piece;
	int n;

	snprintf(sql, sizeof(sql), "COPY (%s) TO STDOUT (FORMAT binary)", source->query);
	run(h, sql, PGRES_COPY_OUT);
	while ((n = PQgetCopyData(h, &piece, 0)) > 0) {
		if (ret->cap - ret->n < (size_t)n) {
			ret->cap = (ret->cap ? ret->cap * 2 : PIECE) + (size_t)n;
			ret->p = realloc(ret->p, ret->cap);
			season_must(ret->p != NULL, "out of", "memory");
		}
		memcpy(ret->p + ret->n, piece, (size_t)n);
		ret->n += (size_t)n;
		PQfreemem(piece);
	}
	season_must(n == -1, source->table, PQerrorMessage(h));
	PQclear(PQgetResult(h));
}

static int64_t give(PGconn *h, const struct source *source, const struct bytes *b)
{
	char sql[200];
	PGresult *res;
	int64_t rows = 0;

	snprintf(sql, sizeof(sql), "COPY %s FROM STDIN (FORMAT binary)", source->table);
	run(h, sql, PGRES_COPY_IN);
	for (size_t at = 0; at < b->n; at += PIECE)
		season_must(PQputCopyData(h, b->p + at,
				    (int)(b->n - at < PIECE ? b->n - at : PIECE)) == 1,
			source->table, PQerrorMessage(h));
	season_must(PQputCopyEnd(h, NULL) == 1, source->table, PQerrorMessage(h));
	res = PQgetResult(h);
	season_must(
		PQresultStatus(res) == PGRES_COMMAND_OK, source->table, PQresultErrorMessage(res));
	rows = strtoll(PQcmdTuples(res), NULL, 10);
	PQclear(res);
	PQclear(PQgetResult(h));
	return rows;
}

void season_bare_pg(const struct season *s, void *arg, struct season_run *ret)
{
	const struct source *sources = parts[*(enum season_part *)arg];
	struct bytes rows[TABLES_MAX] = { { NULL, 0, 0 } };
	PGconn *from = connect_to(s->ours.uri), *to = connect_to(s->bare.uri);
	double start;

	run(from, "SET jit = off", PGRES_COMMAND_OK);
	for (size_t i = 0; i < TABLES_MAX && sources[i].table; i++)
		take(from, &sources[i], &rows[i]);
	PQfinish(from);
	run(to, "CHECKPOINT", PGRES_COMMAND_OK);
	start = season_now();
	run(to, "BEGIN", PGRES_COMMAND_OK);
	for (size_t i = 0; i < TABLES_MAX && sources[i].table; i++)
		ret->rows += give(to, &sources[i], &rows[i]);
	run(to, "COMMIT", PGRES_COMMAND_OK);
	ret->seconds = season_now() - start;
	run(to, "CHECKPOINT", PGRES_COMMAND_OK);
	PQfinish(to);
	for (size_t i = 0; i < TABLES_MAX; i++)
		free(rows[i].p);
}
