/* SPDX-License-Identifier: Apache-2.0 */
/* The acts of the season, each on a store opened for it as the program does. */
#include <stdlib.h>
#include <string.h>

#include "acts/assess.h"
#include "acts/imports.h"
#include "acts/report.h"
#include "doors/files/files.h"
#include "season.h"

#define RANKINGS 20

void season_create(const struct season *s, const struct season_store *where)
{
	struct err err = { "" };

	(void)s;
	season_must(store_create(where->uri, where->key, &err) >= 0, "no store", err.text);
}

struct store *season_store_open(
	const struct season *s, const struct season_store *where, struct env *ret_env)
{
	struct err err = { "" };
	struct store *st = NULL;

	season_must(store_open(where->uri, where->key, &err, &st) == 0, "no store", err.text);
	*ret_env = (struct env){ .store = st,
		.sheets = &files_sheets,
		.county = SEASON_COUNTY,
		.actor = STR("bench"),
		.now = (int64_t)(s->last_day + 1) * 86400,
		.today = s->last_day + 1 };
	return st;
}

static const struct import_kind *kind_named(const char *name)
{
	static const struct import_kind *const kinds[] = { &import_divisions, &import_residents,
		&import_categories, &import_payments };

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (strcmp(kinds[i]->name, name) == 0)
			return kinds[i];
	abort();
}

void season_import(const struct season *s, void *arg, struct season_run *ret)
{
	const struct season_import *what = arg;
	struct import_request q = { .path = what->file, .as_of = s->as_of, .policy = &s->policy };
	struct import_report report;
	struct env env;
	struct store *st = season_store_open(s, &s->ours, &env);
	double start;

	if (what->department)
		q.department = str_of(what->department);
	if (what->channel)
		q.channel = str_of(what->channel);
	start = season_now();
	season_must(import_run(&env, &q, kind_named(what->kind), &report) == 0, what->file,
		report.err.text);
	ret->seconds = season_now() - start;
	ret->rows = report.added;
	ret->rejected = report.rejected;
	ret->unchanged = report.unchanged;
	ret->posted = report.posted;
	ret->suspended = report.suspended;
	store_close(st);
}

void season_assess(const struct season *s, void *arg, struct season_run *ret)
{
	struct assess_report *report = calloc(1, sizeof(*report));
	struct env env;
	struct store *st = season_store_open(s, &s->ours, &env);
	double start = season_now();

	(void)arg;
	season_must(report != NULL, "out of", "memory");
	season_must(
		assess(&env, &s->policy, s->assess_on, report) == 0, "assess", report->err.text);
	ret->seconds = season_now() - start;
	ret->rows = report->billed;
	ret->funded = report->funded;
	ret->rejected = report->refused;
	store_close(st);
	free(report);
}

void season_ranking(const struct season *s, void *arg, struct season_run *ret)
{
	struct report_request q = { .policy = &s->policy, .on = s->last_day };
	struct env env;
	struct store *st = season_store_open(s, &s->ours, &env);

	(void)arg;
	for (ret->n_each = 0; ret->n_each < RANKINGS; ret->n_each++) {
		struct arena a;
		struct report report;
		struct err err = { "" };
		double start = season_now();

		arena_init(&a, 1u << 28);
		season_must(report_ranking(&env, &q, &a, &report, &err) == 0, "ranking", err.text);
		ret->each[ret->n_each] = season_now() - start;
		ret->rows = (int64_t)report.n_rows;
		arena_release(&a);
	}
	store_close(st);
}
