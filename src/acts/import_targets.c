/* SPDX-License-Identifier: Apache-2.0 */
/* import targets: how many each town is to enrol, and the populations rates are measured by (LB-03,
 * LB-39, SN-01).  The sum must be the county's own target where the notice states one. */
#include <inttypes.h>

#include "acts/imports.h"

enum { PLACE, PLANNED, REGISTERED, RESIDENT, EXTENDED, COLUMNS };

static const struct column columns[COLUMNS] = {
	[PLACE] = { "乡镇", "镇(街)|镇街|单位|乡(镇)|乡镇（街道）|镇|名称|乡镇街道", true },
	[PLANNED] = { "目标数", "目标任务|任务数|计划数|参保计划|目标任务数|目标人数", true },
	[REGISTERED] = { "户籍人口", "户籍人口数", false },
	[RESIDENT] = { "常住人口", "常住人口数", false },
	[EXTENDED] = { "延长缴费期", "延期|镇延期|是否延期", false },
};

struct targets {
	int64_t sum;
	int64_t *seen; /* codes */
	size_t n;
};

#define TOWNS_MAX 2000

static int begin(struct import *im)
{
	struct targets *st = im->state;

	st->seen = ARENA_ARRAY(im->a, int64_t, TOWNS_MAX);
	return st->seen ? 0 : FAULT_MEMORY;
}

static int64_t count_cell(struct import *im, size_t column)
{
	struct str s = table_cell(&im->table, column);
	char digits[20];
	size_t n = 0;
	int64_t v;

	if (s.n == 0)
		return -1;
	if (str_ends(s, STR("人")))
		s.n -= STR("人").n;
	for (size_t i = 0; i < s.n && n < sizeof(digits); i++)
		if (s.p[i] != ',')
			digits[n++] = s.p[i];
	if (str_int((struct str){ digits, n }, &v) && v <= 2000000000)
		return v;
	import_problem(im, "%s应为整数 / a whole number is needed", columns[column].name);
	return -1;
}

static bool repeated(struct targets *st, int64_t code)
{
	for (size_t i = 0; i < st->n; i++)
		if (st->seen[i] == code)
			return true;
	return false;
}

static int row(struct import *im)
{
	struct targets *st = im->state;
	struct str name = table_cell(&im->table, PLACE);
	const struct place *p = name.n ? place_by_name(&im->places, 0, name, &im->scratch) : NULL;
	struct str extended = table_cell(&im->table, EXTENDED);
	struct target t = { .extended = str_is(extended, "是") || str_is(extended, "1"),
		.planned = count_cell(im, PLANNED),
		.registered = count_cell(im, REGISTERED),
		.resident = count_cell(im, RESIDENT) };

	if (!p)
		import_problem(im, "乡镇不在区划表里，请核对名称 / unknown town");
	else if (repeated(st, p->code))
		import_problem(im, "这个乡镇前面已经有一行 / the town has a row already");
	else if (st->n == TOWNS_MAX)
		return FAULT_LIMIT;
	if (t.planned < 0 && im->n_problems == 0)
		import_problem(im, "目标数为空 / the target is empty");
	if (im->n_problems)
		return 0;
	st->seen[st->n++] = p->code;
	st->sum += t.planned;
	t.division = p->code;
	im->report->added++;
	return target_put(im->db, im->env->county, im->req->policy->pack->code, &t, im->audit);
}

static int nothing(struct import *im)
{
	(void)im;
	return 0;
}

/* A table that does not add up to the county's target is not half taken. */
static int end(struct import *im)
{
	const struct targets *st = im->state;
	int64_t total = im->req->policy->pack->target_total;

	if (total == 0 || (st->sum == total && im->report->rejected == 0))
		return 0;
	if (im->report->rejected)
		return err_set(&im->report->err, FAULT_FORMAT,
			"%s：有 %" PRId64
			" 行不能用，见退回文件；任务分解须整表一次导入，没有改动任何数据 / %" PRId64
			" rows cannot be used; targets go in whole, nothing was changed",
			im->table.source->name, im->report->rejected, im->report->rejected);
	return err_set(&im->report->err, FAULT_FORMAT,
		"%s：各乡镇目标数之和是 %" PRId64 "，全县目标是 %" PRId64 "，相差 %" PRId64
		"；请改正后重新导入 / the towns' targets add up to %" PRId64
		", the county's is %" PRId64,
		im->table.source->name, st->sum, total, st->sum - total, st->sum, total);
}

const struct import_kind import_targets = {
	.name = "targets",
	.act = "import_targets",
	.columns = columns,
	.n_columns = COLUMNS,
	.whole = true,
	.key = PLACE,
	.state_size = sizeof(struct targets),
	.begin = begin,
	.row = row,
	.flush = nothing,
	.end = end,
};
