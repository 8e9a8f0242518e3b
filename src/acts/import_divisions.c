/* SPDX-License-Identifier: Apache-2.0 */
/* import divisions: counties, towns and villages with their dates, spellings, the unit they are
 * counted in and the person answering for each (SN-18, SN-25). */
#include "acts/imports.h"

#define ALIASES_MAX 20

enum { CODE, NAME, PARENT, LEVEL, ALIASES, FROM, TO, REPORT_TO, OFFICER, COLUMNS };

static const struct column columns[COLUMNS] = {
	[CODE] = { "编码", "区划编码|区划代码|代码|统计用区划代码|code", true },
	[NAME] = { "名称", "区划名称|单位名称|name", true },
	[PARENT] = { "上级编码", "上级代码|父级编码|parent", false },
	[LEVEL] = { "级别", "层级|level", false },
	[ALIASES] = { "别名", "简称|曾用名|aliases", false },
	[FROM] = { "启用日期", "生效日期|valid_from", false },
	[TO] = { "停用日期", "失效日期|valid_to", false },
	[REPORT_TO] = { "报表归属", "归属|统计归属|report_to", false },
	[OFFICER] = { "负责人", "网格员|联系人|包村干部", false },
};

static bool code_cell(struct str s, int64_t *ret_code)
{
	int64_t code;

	if ((s.n != 6 && s.n != 9 && s.n != 12) || !str_int(s, &code))
		return false;
	*ret_code = place_code12(code);
	return true;
}

static enum place_level level_of(int64_t code)
{
	if (code % 1000000 == 0)
		return PLACE_COUNTY;
	return code % 1000 == 0 ? PLACE_TOWN : PLACE_VILLAGE;
}

static int64_t parent_of(int64_t code)
{
	switch (level_of(code)) {
	case PLACE_COUNTY:
		return 0;
	case PLACE_TOWN:
		return code / 1000000 * 1000000;
	default:
		return code / 1000 * 1000;
	}
}

static void report_cell(struct import *im, struct place *p)
{
	struct str s = table_cell(&im->table, REPORT_TO);

	p->report_to = PLACE_SELF;
	if (s.n == 0)
		return;
	if (str_is(s, "户籍") || str_is(s, "按户籍"))
		p->report_to = PLACE_BY_REGISTER;
	else if (!code_cell(s, &p->report_to))
		import_problem(
			im, "报表归属应为区划编码或“户籍” / report unit: a division code or 户籍");
}

static void read_place(struct import *im, struct place *p)
{
	*p = (struct place){ .name = table_cell(&im->table, NAME),
		.officer = table_cell(&im->table, OFFICER) };
	if (p->officer.n == 0)
		p->officer.p = NULL;
	if (!code_cell(table_cell(&im->table, CODE), &p->code))
		import_problem(im, "编码应为 6、9 或 12 位数字 / the code needs 6, 9 or 12 digits");
	else if (p->code / 1000000 != im->env->county)
		import_problem(im, "编码不属于本县 / the code is another county's");
	if (p->name.n == 0)
		import_problem(im, "名称为空 / the name is empty");
	p->valid_from = import_day(im, FROM);
	p->valid_to = import_day(im, TO);
	if (p->valid_to != DAY_NONE && p->valid_from != DAY_NONE && p->valid_to < p->valid_from)
		import_problem(im, "停用日期早于启用日期 / it ends before it begins");
	report_cell(im, p);
	if (im->n_problems)
		return;
	p->level = level_of(p->code);
	p->parent = parent_of(p->code);
	if (table_cell(&im->table, PARENT).n &&
		!code_cell(table_cell(&im->table, PARENT), &p->parent))
		import_problem(
			im, "上级编码应为 6、9 或 12 位数字 / parent code: 6, 9 or 12 digits");
	else if (p->level != PLACE_COUNTY &&
		 (p->parent / 1000000 != im->env->county || level_of(p->parent) + 1 != p->level))
		import_problem(im,
			"上级应是本县的上一级：村的上级是乡镇，乡镇的上级是县 / the parent must be one level up");
}

static size_t read_aliases(struct import *im, struct str *ret_aliases)
{
	struct str rest = table_cell(&im->table, ALIASES), part;
	size_t n = 0;

	if (rest.n == 0)
		return 0;
	while (n < ALIASES_MAX && str_cut(&rest, STR("|"), &part)) {
		struct str inner = part, one;

		while (n < ALIASES_MAX && str_cut(&inner, STR("、"), &one))
			if (str_trim(one).n)
				ret_aliases[n++] = str_trim(one);
	}
	return n;
}

static bool same(const struct place *a, const struct place *b)
{
	return a->parent == b->parent && a->level == b->level && str_eq(a->name, b->name) &&
	       a->valid_from == b->valid_from && a->valid_to == b->valid_to &&
	       a->report_to == b->report_to && str_eq(a->officer, b->officer);
}

/* An empty cell, or a column the file lacks, erases nothing of a place that is known. */
static void keep_unsaid(const struct import *im, const struct place *old, struct place *p)
{
	if (p->officer.n == 0)
		p->officer = old->officer;
	if (p->valid_from == DAY_NONE)
		p->valid_from = old->valid_from;
	if (p->valid_to == DAY_NONE)
		p->valid_to = old->valid_to;
	if (table_cell(&im->table, REPORT_TO).n == 0)
		p->report_to = old->report_to;
	if (table_cell(&im->table, PARENT).n == 0)
		p->parent = old->parent;
}

static int row(struct import *im)
{
	struct str aliases[ALIASES_MAX];
	const struct place *old;
	struct place p;
	size_t n;

	read_place(im, &p);
	if (im->n_problems)
		return 0;
	n = read_aliases(im, aliases);
	old = place_by_code(&im->places, p.code);
	if (old)
		keep_unsaid(im, old, &p);
	if (old && same(old, &p))
		im->report->unchanged++;
	else if (old)
		im->report->changed++;
	else
		im->report->added++;
	return place_put(im->db, im->env->county, &p, aliases, n, &im->scratch);
}

static int nothing(struct import *im)
{
	(void)im;
	return 0;
}

const struct import_kind import_divisions = {
	.name = "divisions",
	.act = "import_divisions",
	.columns = columns,
	.n_columns = COLUMNS,
	.whole = true,
	.key = CODE,
	.begin = nothing,
	.row = row,
	.flush = nothing,
};
