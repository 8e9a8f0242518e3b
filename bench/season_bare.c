/* SPDX-License-Identifier: Apache-2.0 */
/* The bare engine, SQLite: the rows an act wrote, taken back and written again by one prepared
 * INSERT a table, in one transaction, in the order in which they belong together: a household
 * before its people, a payment with its postings, receipt and enrolment. */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "season.h"
#include "season_rows.h"

#define WHERE_PAID "e.payment IS NOT NULL"
#define WHERE_FUNDED "e.payment IS NULL"
#define ENROLMENTS(key, where) \
	{ "enrolment", "SELECT " key ", e.* FROM enrolment e WHERE " where " ORDER BY 1", NULL }, \
	{ \
		"enrolled_anywhere", \
			"SELECT " key \
			", x.* FROM enrolment e JOIN person p ON p.county = e.county AND p.id = e.person" \
			" JOIN enrolled_anywhere x ON x.token = p.token AND x.benefit_year = e.benefit_year" \
			" WHERE " where " ORDER BY 1", \
			NULL \
	}

static const struct row_source residents[] = {
	{ "household",
		"SELECT k.at, h.* FROM (SELECT household AS number, min(id) AS at FROM person GROUP BY household) k"
		" JOIN household h ON h.county = 341323 AND h.number = k.number ORDER BY 1",
		NULL },
	{ "person", "SELECT id, p.* FROM person p ORDER BY 1", NULL },
};
static const struct row_source lists[] = {
	{ "membership", "SELECT person, m.* FROM membership m ORDER BY file, person", NULL },
};
static const struct row_source bills[] = {
	{ "bill", "SELECT person, b.* FROM bill b ORDER BY 1", NULL },
	{ "refusal", "SELECT person, r.* FROM refusal r ORDER BY 1", NULL },
	ENROLMENTS("e.person", WHERE_FUNDED),
	{ "tally", "SELECT 1 << 40, t.* FROM tally t ORDER BY day, village", NULL },
};
static const struct row_source payments[] = {
	{ "payment", "SELECT id, y.* FROM payment y ORDER BY 1", NULL },
	{ "suspense", "SELECT payment, s.* FROM suspense s ORDER BY 1", NULL },
	{ "posting", "SELECT payment, p.* FROM posting p ORDER BY 1, id", NULL },
	{ "receipt", "SELECT payment, r.* FROM receipt r ORDER BY 1", NULL },
	ENROLMENTS("e.payment", WHERE_PAID),
	/* The first day's rows stand since the assessment. */
	{ "tally",
		"SELECT 1 << 40, t.* FROM tally t WHERE day > (SELECT assessed_on FROM assess_run)"
		" ORDER BY day, village",
		NULL },
};

static const struct {
	const struct row_source *sources;
	size_t n;
} parts[] = {
	[SEASON_RESIDENTS] = { residents, ARRAY_LEN(residents) },
	[SEASON_LISTS] = { lists, ARRAY_LEN(lists) },
	[SEASON_BILLS] = { bills, ARRAY_LEN(bills) },
	[SEASON_PAYMENTS] = { payments, ARRAY_LEN(payments) },
};

void season_bare_sqlite(const struct season *s, void *arg, struct season_run *ret)
{
	enum season_part part = *(enum season_part *)arg;
	sqlite3 *from = rows_open(s->ours.uri, false), *to = rows_open(s->bare.uri, true);
	struct rows *r = rows_take(from, parts[part].sources, parts[part].n, 0);
	double start;

	sqlite3_close(from);
	rows_prepare(r, to);
	start = season_now();
	rows_exec(to, "BEGIN IMMEDIATE");
	ret->rows = rows_put(r, INT64_MAX);
	rows_exec(to, "COMMIT");
	ret->seconds = season_now() - start;
	rows_free(r);
	sqlite3_close(to);
}
