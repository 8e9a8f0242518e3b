/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/report.h"

#include <string.h>

void report_begin(struct report *r, struct arena *a, const char *name,
	const struct report_column *columns, size_t n_columns)
{
	BUG_IF(n_columns > REPORT_COLUMNS_MAX);
	*r = (struct report){ .name = name, .n_columns = n_columns, .arena = a };
	memcpy(r->columns, columns, n_columns * sizeof(*columns));
}

struct report_cell *report_row(struct report *r)
{
	struct report_cell *row;

	if (r->n_rows == REPORT_ROWS_MAX)
		return NULL;
	if (r->n_rows == r->cap_rows) {
		struct report_cell *more = arena_grow(
			r->arena, r->cells, r->n_rows, &r->cap_rows, r->n_columns * sizeof(*more));

		if (!more)
			return NULL;
		r->cells = more;
	}
	row = &r->cells[r->n_rows++ * r->n_columns];
	for (size_t i = 0; i < r->n_columns; i++)
		row[i] = (struct report_cell){ .number = REPORT_NONE };
	return row;
}

int64_t report_rate(int64_t part, int64_t whole)
{
	int64_t rate;

	if (whole <= 0 || part < 0)
		return REPORT_NONE;
	if (part >= whole)
		return part * 10000 / whole;
	rate = (part * 10000 + whole / 2) / whole;
	return rate < 10000 ? rate : 9999;
}

int64_t report_row_code(const struct report *r, size_t i)
{
	const struct report_cell *row = &r->cells[i * r->n_columns];

	for (size_t k = 0; k < r->n_columns; k++)
		if (r->columns[k].type == REPORT_TEXT && row[k].number != REPORT_NONE)
			return row[k].number;
	return 0;
}

void report_titles(struct report *r, struct arena *a, const struct report_request *q, day_t on,
	const char *zh, const char *en)
{
	char day[11];

	day_text(on, day);
	r->title_zh = arena_printf(
		a, "%.*s %s（截至 %s）", STR_ARG(q->policy->pack->region_name), zh, day);
	r->title_en = arena_printf(
		a, "%.*s: %s as of %s", STR_ARG(q->policy->pack->region_name), en, day);
}

day_t report_counted_to(const struct report_request *q)
{
	day_t cutoff = q->policy->pack->assessment_cutoff;

	return q->assessment && cutoff != DAY_NONE && cutoff < q->on ? cutoff : q->on;
}
