/* SPDX-License-Identifier: Apache-2.0 */
/* Reports: progress, ranking, villages, special groups, money that waits; the season day by day.
 * None of them names a person; who may see persons asks /missing and /payments. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "acts/report.h"
#include "acts/report_file.h"
#include "doors/http/http_office.h"
#include "doors/http/service.h"

typedef int (*report_fn)(const struct env *env, const struct report_request *q, struct arena *a,
	struct report *ret, struct err *err);

static const struct kind {
	const char *name;
	report_fn build;
	bool own; /* an account of a division sees its own line only */
} kinds[] = { { "progress", report_progress, true }, { "ranking", report_ranking, false },
	{ "villages", report_villages, true }, { "special", report_groups, false },
	{ "suspense", report_waiting, false } };

static int64_t town_of(int64_t division)
{
	return division / 1000 * 1000;
}

/* Leave only the lines of `division`, and no sum. */
static void own_lines(struct report *r, int64_t division)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n_rows; i++) {
		if (report_row_code(r, i) != division)
			continue;
		memmove(&r->cells[n * r->n_columns], &r->cells[i * r->n_columns],
			r->n_columns * sizeof(*r->cells));
		n++;
	}
	r->n_rows = n;
	r->has_total = false;
}

static const char *type_name(enum report_type t)
{
	static const char *const names[] = { "text", "count", "rate", "fen" };

	return names[t];
}

static void put_row(struct json_out *j, const char *key, const struct report *r, size_t i)
{
	json_array(j, key);
	for (size_t k = 0; k < r->n_columns; k++) {
		const struct report_cell *cell = &r->cells[i * r->n_columns + k];

		if (r->columns[k].type == REPORT_TEXT)
			json_str(j, NULL, cell->text);
		else if (cell->number == REPORT_NONE)
			json_null(j, NULL);
		else
			json_num(j, NULL, cell->number);
	}
	json_close(j);
}

static int put_report(
	struct reply *rp, const char *name, const struct report_request *q, const struct report *r)
{
	struct json_out *j = reply_json(rp, 200);
	size_t rows = r->n_rows - (r->has_total ? 1 : 0);

	json_strz(j, "name", name);
	json_str(j, "title_zh", r->title_zh);
	json_str(j, "title_en", r->title_en);
	json_date(j, "on", report_counted_to(q));
	json_array(j, "columns");
	for (size_t k = 0; k < r->n_columns; k++) {
		json_object(j, NULL);
		json_strz(j, "key", r->columns[k].key);
		json_strz(j, "zh", r->columns[k].zh);
		json_strz(j, "en", r->columns[k].en);
		json_strz(j, "type", type_name(r->columns[k].type));
		json_close(j);
	}
	json_close(j);
	json_array(j, "rows");
	for (size_t i = 0; i < rows; i++)
		put_row(j, NULL, r, i);
	json_close(j);
	json_array(j, "codes");
	for (size_t i = 0; i < rows; i++)
		json_code(j, NULL, report_row_code(r, i));
	json_close(j);
	if (r->has_total)
		put_row(j, "total", r, rows);
	else
		json_null(j, "total");
	return reply_json_end(rp);
}

static int send_file(
	struct request *rq, struct reply *rp, const struct report *r, enum sheet_format format)
{
	const char *path = table_path(rq, format);
	struct err err = { "" };
	int rc = path ? report_to_file(rq->env.sheets, r, format, rq->english, path, &err)
		      : FAULT_MEMORY;

	if (rc < 0) {
		if (path)
			unlink(path);
		return rc;
	}
	return reply_table(rq, rp, path, r->name, format);
}

static const struct kind *kind_of(struct str name)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (str_is(name, kinds[i].name))
			return &kinds[i];
	return NULL;
}

/* What a village's agent asks of its town is told of its own village. */
static int build(struct request *rq, const struct kind *kind, const struct report_request *q,
	struct report *r, struct err *err)
{
	int64_t own = rq->env.scope.division;
	report_fn fn = kind->build;
	int rc;

	if (fn == report_progress && own % 1000)
		fn = report_villages;
	rc = fn(&rq->env, q, rq->arena, r, err);
	if (rc == 0 && own && kind->own && (own % 1000 || fn == report_progress))
		own_lines(r, own);
	return rc;
}

int http_report_read(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "on", "town", "assessment", "format", NULL };
	const struct kind *kind = kind_of(rq->params[0]);
	int64_t division = query_division(rq, "town");
	struct report_request q = { .policy = &rq->service->policy,
		.on = query_day(rq, "on", rq->env.today),
		.assessment = query_flag(rq, "assessment"),
		.recent = true };
	enum sheet_format format;
	bool file = query_format(rq, &format);
	int rc;
	struct err err = { "" };
	struct report r;

	request_query_only(rq, names);
	if (!kind)
		return reply_problem(rq, rp, PROBLEM_NOT_FOUND, NULL);
	q.town = kind->build == report_groups || kind->build == report_waiting ? division
									       : town_of(division);
	if (kind->build == report_villages && q.town == 0)
		request_problem(rq, "town", "请选一个乡镇", "choose a town");
	if (request_invalid(rq, rp))
		return 0;
	rc = build(rq, kind, &q, &r, &err);
	if (rc < 0)
		return reply_fault(rq, rp, rc, NULL);
	return file ? send_file(rq, rp, &r, format) : put_report(rp, kind->name, &q, &r);
}

int http_progress_days(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "on", "town", NULL };
	struct report_request q = { .policy = &rq->service->policy,
		.on = query_day(rq, "on", rq->env.today),
		.town = town_of(query_division(rq, "town")),
		.recent = true };
	struct err err = { "" };
	struct json_out *j;
	struct report r;
	int rc;

	request_query_only(rq, names);
	if (request_invalid(rq, rp))
		return 0;
	rc = report_days(&rq->env, &q, rq->arena, &r, &err);
	if (rc < 0)
		return reply_fault(rq, rp, rc, NULL);
	j = reply_json(rp, 200);
	json_array(j, "items");
	for (size_t i = 0; i < r.n_rows; i++) {
		const struct report_cell *row = &r.cells[i * r.n_columns];

		json_object(j, NULL);
		json_str(j, r.columns[0].key, row[0].text);
		for (size_t k = 1; k < r.n_columns; k++)
			json_num(j, r.columns[k].key, row[k].number);
		json_close(j);
	}
	json_close(j);
	return reply_json_end(rp);
}
