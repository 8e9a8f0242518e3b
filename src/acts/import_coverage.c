/* SPDX-License-Identifier: Apache-2.0 */
/* import coverage: who is insured elsewhere, in the employee scheme or in another place's
 * residents' insurance (SQ-33).  With its end and months it is also what opens the routes of a
 * lapse. */
#include "acts/imports.h"
#include "acts/listing.h"
#include "store/lists.h"

enum { NAME, NUMBER, KIND, SCHEME, SINCE, ENDED, MONTHS, PLACE, COLUMNS };

static const struct column columns[COLUMNS] = {
	[NAME] = { "姓名", HOLDER_NAME_ALIASES, true },
	[NUMBER] = { "证件号码", HOLDER_NUMBER_ALIASES, true },
	[KIND] = { "证件类型", HOLDER_KIND_ALIASES, false },
	[SCHEME] = { "险种", "险种类型|参保险种|参保情况|参保类别", false },
	[SINCE] = { "参保日期", "参保时间|开始日期|起始日期|本次参保日期|参保开始日期", true },
	[ENDED] = { "中断日期", "停保日期|终止日期|断保日期|停保时间", false },
	[MONTHS] = { "连续缴费月数", "连续月数|缴费月数", false },
	[PLACE] = { "参保地", "参保单位所在地|医保所属区划", false },
};

struct coverages {
	struct listing listing;
};

static int begin(struct import *im)
{
	struct coverages *st = im->state;

	return listing_begin(im, &st->listing);
}

static const char *scheme_of(struct str s)
{
	if (s.n == 0 || str_is(s, "310") || str_find(s, STR("职工")) >= 0)
		return "310";
	if (str_is(s, "390") || str_find(s, STR("居民")) >= 0)
		return "390";
	return NULL;
}

static void months_cell(struct import *im, struct coverage_row *c)
{
	struct str s = table_cell(&im->table, MONTHS);

	c->months = -1;
	if (s.n && (!str_int(s, &c->months) || c->months > 1200))
		import_problem(im,
			"连续缴费月数应为 0 到 1200 的整数 / months: a whole number up to 1200");
}

static int row(struct import *im)
{
	struct coverages *st = im->state;
	struct coverage_row *c = ARENA_NEW(&im->chunk, struct coverage_row);
	struct str name = holder_name(im, NAME), place = table_cell(&im->table, PLACE);
	const char *scheme = scheme_of(table_cell(&im->table, SCHEME));
	struct holder h;

	if (!c)
		return FAULT_MEMORY;
	if (!scheme)
		import_problem(
			im, "险种不认识；请写 职工医保（310）或 居民医保（390）/ unknown scheme");
	c->since = import_day(im, SINCE);
	c->ended = import_day(im, ENDED);
	if (c->since == DAY_NONE && !im->n_problems)
		import_problem(im, "参保日期为空 / the first day is empty");
	if (c->ended != DAY_NONE && c->since != DAY_NONE && c->ended < c->since)
		import_problem(im, "中断日期早于参保日期 / it ended before it began");
	months_cell(im, c);
	if (!holder_read(im, NUMBER, table_has(&im->table, KIND) ? KIND : -1, &h) || im->n_problems)
		return 0;
	c->scheme = str_of(scheme);
	if (place.n && place.n <= 200)
		c->place = arena_str(&im->chunk, place);
	return listing_add(im, &st->listing, &h, name, c) ? 0 : FAULT_MEMORY;
}

static int flush(struct import *im)
{
	struct coverages *st = im->state;
	struct dossier *d;
	int rc = listing_resolve(im, &st->listing, NULL, &d);

	for (size_t i = 0; rc >= 0 && i < im->chunk_rows; i++) {
		struct coverage_row *c = st->listing.rows[i].data;

		if (d[i].person == 0)
			continue;
		c->person = d[i].person;
		rc = coverage_put(im->db, im->env->county, c, im->audit);
		im->report->unchanged += rc == 0;
		im->report->added += rc == 1;
		im->report->changed += rc == 2;
	}
	return rc < 0 ? rc : 0;
}

const struct import_kind import_coverage = {
	.name = "coverage",
	.act = "import_coverage",
	.columns = columns,
	.n_columns = COLUMNS,
	.key = NUMBER,
	.state_size = sizeof(struct coverages),
	.begin = begin,
	.open = listing_open,
	.row = row,
	.flush = flush,
};
