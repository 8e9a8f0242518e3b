/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "doors/demo/files.h"
#include "doors/demo/forms.h"

static const char *const divisions_header[] = { "编码", "名称", "上级编码", "级别", "别名",
	"启用日期", "停用日期", "报表归属", "负责人", "联系电话" };
static const char *const targets_header[] = { "乡镇", "目标数", "户籍人口", "常住人口" };

#define DIVISION_COLUMNS ARRAY_LEN(divisions_header)

static int town_row(struct out *o, const struct world *w, const struct town *t, struct err *err)
{
	struct str cells[DIVISION_COLUMNS] = { str_of(t->profile->code9), t->name,
		str_of(w->profile->region), STR("乡镇"), t->aliases };

	cells[7] = t->report_to;
	return out_row(o, cells, DIVISION_COLUMNS, err);
}

static int village_row(
	struct out *o, const struct world *w, const struct village *v, struct err *err)
{
	char code[24];
	struct str cells[DIVISION_COLUMNS] = {
		{ code, (size_t)snprintf(code, sizeof(code), "%" PRId64, v->code) },
		str_of(v->name), str_of(w->towns[v->town].profile->code9), STR("村")
	};

	cells[8] = str_of(v->officer);
	cells[9] = str_of(v->phone);
	return out_row(o, cells, DIVISION_COLUMNS, err);
}

int places_write(const struct world *w, struct manifest *m, struct err *err)
{
	struct str county[DIVISION_COLUMNS] = { str_of(w->profile->region), w->county_name, STR(""),
		STR("县"), w->county_aliases };
	struct out o;
	int rc = out_open(&o, m, "divisions.csv", "divisions", SHEET_CSV, NULL, divisions_header,
		DIVISION_COLUMNS, err);

	if (rc == 0)
		rc = out_row(&o, county, DIVISION_COLUMNS, err);
	for (size_t i = 0; rc == 0 && i < w->n_towns; i++)
		rc = town_row(&o, w, &w->towns[i], err);
	for (size_t i = 0; rc == 0 && i < w->n_villages; i++)
		rc = village_row(&o, w, &w->villages[i], err);
	if (rc == 0)
		return out_close(&o, m, err);
	out_release(&o);
	return rc;
}

/* What the notice plans for a town, under the name it uses; -1 when the notice does not say. */
static int64_t planned(const struct world *w, const struct town *t, struct str *ret_name)
{
	for (size_t i = 0; i < w->pack->n_targets; i++) {
		struct str rest = t->aliases, part, name = w->pack->targets[i].name;
		bool same = str_eq(name, t->name);

		while (!same && str_cut(&rest, STR("|"), &part))
			same = str_eq(name, part);
		if (same) {
			*ret_name = name;
			return w->pack->targets[i].persons;
		}
	}
	return -1;
}

/* The towns' shares of `total`, which they add up to exactly. */
static int64_t share(const struct world *w, size_t town, int64_t total)
{
	int64_t weights = 0, before = 0;

	for (size_t i = 0; i < w->n_towns; i++) {
		weights += w->profile->towns[i].weight;
		if (i < town)
			before += w->profile->towns[i].weight;
	}
	return total * (before + w->profile->towns[town].weight) / weights -
	       total * before / weights;
}

static int target_row(
	struct out *o, const struct world *w, size_t i, int64_t total, struct err *err)
{
	const struct town *t = &w->towns[i];
	char text[3][24];
	struct str cells[ARRAY_LEN(targets_header)] = { t->name };
	int64_t n[3] = { share(w, i, total), t->registered, t->resident }, stated;

	if (total == w->pack->target_total && w->pack->n_targets) {
		stated = planned(w, t, &cells[0]);
		if (stated < 0)
			return 0; /* counted in another town */
		n[0] = stated;
	}
	for (size_t k = 0; k < 3; k++)
		cells[k + 1] = (struct str){ text[k],
			(size_t)snprintf(text[k], sizeof(text[k]), "%" PRId64, n[k]) };
	return out_row(o, cells, ARRAY_LEN(cells), err);
}

static int targets_file(
	const struct world *w, struct manifest *m, const char *name, int64_t total, struct err *err)
{
	struct str sum[2] = { STR("合计") };
	char text[24];
	struct out o;
	int rc = out_open(&o, m, name, "targets", SHEET_CSV, "城乡居民基本医疗保险参保任务分解表",
		targets_header, ARRAY_LEN(targets_header), err);

	for (size_t i = 0; rc == 0 && i < w->n_towns; i++)
		rc = target_row(&o, w, i, total, err);
	sum[1] = (struct str){ text, (size_t)snprintf(text, sizeof(text), "%" PRId64, total) };
	if (rc == 0)
		rc = out_note_row(&o, sum, 2, err);
	if (rc == 0)
		return out_close(&o, m, err);
	out_release(&o);
	return rc;
}

/* The notice's own figures; beside them, for a county made smaller, figures that add up to its
 * people. */
int targets_write(const struct world *w, struct manifest *m, struct err *err)
{
	int64_t total = w->pack->target_total ? w->pack->target_total : w->people;
	int rc = targets_file(w, m, "targets.csv", total, err);

	if (rc == 0 && total != w->people)
		rc = targets_file(w, m, "targets-scaled.csv", w->people, err);
	return rc;
}
