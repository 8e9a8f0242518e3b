/* SPDX-License-Identifier: Apache-2.0 */
/* The pack's own table of county and towns (divisions.csv beside pack.yaml): its names,
 * spellings and reporting units take the place of the demo's. */
#include "acts/sheet.h"
#include "doors/demo/files.h"

enum { CODE, NAME, ALIASES, REPORT_TO, FIELDS };

static void find_columns(const struct sheet_row *row, int at[FIELDS])
{
	static const char *const names[FIELDS] = { "code", "name", "aliases", "report_to" };

	for (int f = 0; f < FIELDS; f++) {
		at[f] = -1;
		for (size_t i = 0; i < row->n; i++)
			if (str_is(row->cells[i], names[f]))
				at[f] = (int)i;
	}
}

static struct str field(const struct sheet_row *row, const int at[FIELDS], int f)
{
	if (at[f] < 0 || (size_t)at[f] >= row->n)
		return (struct str){ "", 0 };
	return row->cells[at[f]];
}

static int keep(struct arena *a, struct str s, struct str *ret)
{
	if (s.n == 0)
		return 0;
	*ret = arena_str(a, s);
	return ret->p ? 0 : FAULT_MEMORY;
}

static int town_row(
	struct world *w, struct arena *a, const struct sheet_row *row, const int at[FIELDS])
{
	struct str code = field(row, at, CODE), rest, first;
	int rc;

	for (size_t i = 0; i < w->n_towns; i++) {
		struct town *t = &w->towns[i];

		if (!str_is(code, t->profile->code9))
			continue;
		rc = keep(a, field(row, at, NAME), &t->name);
		if (rc == 0)
			rc = keep(a, field(row, at, ALIASES), &t->aliases);
		if (rc == 0)
			rc = keep(a, field(row, at, REPORT_TO), &t->report_to);
		rest = t->aliases;
		t->brief = rest.n && str_cut(&rest, STR("|"), &first) ? first : t->name;
		return rc;
	}
	return str_is(code, w->profile->region)
		       ? keep(a, field(row, at, ALIASES), &w->county_aliases)
		       : 0;
}

int towns_official(struct world *w, struct arena *a, const struct sheet_port *sheets,
	const char *path, struct err *err)
{
	struct sheet_source *s;
	struct sheet_row row;
	int at[FIELDS];
	int rc = sheets->open(path, err, &s);

	if (rc == FAULT_MISSING)
		return 0;
	if (rc < 0)
		return rc;
	rc = s->next(s, &row, err);
	if (rc == 1)
		find_columns(&row, at);
	while (rc == 1 && (rc = s->next(s, &row, err)) == 1)
		if (town_row(w, a, &row, at) < 0)
			rc = err_set(err, FAULT_MEMORY, "内存不足 / out of memory");
	s->close(s);
	return rc;
}
