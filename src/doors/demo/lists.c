/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "doors/demo/files.h"
#include "doors/demo/forms.h"

enum { NAME, NUMBER, TOWN, VILLAGE, CATEGORY, CERTIFIED, ENDED, COLUMNS };
enum { M_FORM = COLUMNS, M_COLUMNS };
#define BLANK_ROWS 200 /* of the list that must be refused as a whole */

static const char *const headers[2][COLUMNS] = {
	{ "姓名", "身份证号码", "镇(街)", "村(居)", "医疗救助身份", "纳入资助时间",
		"身份取消时间" },
	{ "人员姓名", "身份证号", "乡镇", "村", "人员类别", "认定时间", "退出时间" },
};
static const char *const monthly_header[M_COLUMNS] = { "姓名", "身份证号码", "镇(街)", "村(居)",
	"医疗救助身份", "纳入资助时间", "身份取消时间", "增量形式" };

struct row {
	struct str cells[M_COLUMNS];
	char name[FORM_BYTES], number[FORM_BYTES], town[FORM_BYTES], certified[FORM_BYTES],
		ended[FORM_BYTES], categories[512];
};

static enum sheet_format format_of(const struct world *w, int department)
{
	if (!w->profile->xlsx_register)
		return SHEET_CSV_GB18030;
	return department % 2 ? SHEET_XLSX : SHEET_CSV;
}

static int begin_department(
	struct list_files *f, const struct world *w, int d, struct manifest *m, struct err *err)
{
	const char *code = vocab_department.words[d].code;
	enum sheet_format format = format_of(w, d);
	char title[256];
	int rc;

	if (f->base[d].sink)
		return 0;
	snprintf(title, sizeof(title), "%s%s部门困难群众身份信息", w->profile->name,
		vocab_department.words[d].zh);
	snprintf(f->names[d][0], sizeof(f->names[d][0]), "categories-%s.%s", code,
		format == SHEET_XLSX ? "xlsx" : "csv");
	snprintf(f->names[d][1], sizeof(f->names[d][1]), "categories-%s-monthly.csv", code);
	rc = out_open(&f->base[d], m, f->names[d][0], "categories", format,
		format == SHEET_XLSX ? title : NULL, headers[d % 2], COLUMNS, err);
	f->base[d].department = code;
	if (rc == 0)
		rc = out_open(&f->monthly[d], m, f->names[d][1], "categories", SHEET_CSV, NULL,
			monthly_header, M_COLUMNS, err);
	f->monthly[d].department = code;
	if (rc < 0 || !w->messy || f->blank.sink)
		return rc;
	rc = out_open(&f->blank, m, "categories-blank-number.csv", "categories", SHEET_CSV, NULL,
		headers[0], COLUMNS, err);
	f->blank.department = code;
	f->blank.must_abort = true;
	return rc;
}

int lists_begin(struct list_files *f, const struct world *w, struct manifest *m, struct err *err)
{
	int rc = 0;

	*f = (struct list_files){ 0 };
	BUG_IF(vocab_department.n > DEMO_DEPARTMENTS);
	for (size_t c = 0; rc == 0 && c < w->pack->n_categories; c++)
		rc = begin_department(f, w, category_department(w->pack, (int)c), m, err);
	return rc;
}

static void fill(const struct world *w, const struct household *h, const struct resident *p,
	enum slip slip, struct str category, day_t certified, day_t ended, struct row *r)
{
	const struct village *v = &w->villages[h->village];
	struct str *c = r->cells;

	c[NAME] = form_name(p, slip, r->name);
	c[NUMBER] = form_number(p, slip, r->number);
	c[TOWN] = form_town(&w->towns[v->town], slip, r->town);
	c[VILLAGE] = str_of(v->name);
	c[CATEGORY] = category;
	c[CERTIFIED] =
		form_date(certified, slip == SLIP_DATE_FORM ? 1 + p->index % 4 : 0, r->certified);
	c[ENDED] = ended == DAY_NONE ? STR("") : form_date(ended, 0, r->ended);
}

/* The pack's own name, or one of its other spellings. */
static struct str category_word(const struct world *w, struct rng *r, int category)
{
	const struct pack_category *c = &w->pack->categories[category];

	if (w->messy && c->n_aliases && rng_chance(r, 150000))
		return c->aliases[rng_below(r, (uint32_t)c->n_aliases)];
	return c->name;
}

/* A row that must come back, before the good one: wrong number, ruined number, a stranger, a
 * category that is another department's, or a word that is no category. */
static int bad_row(struct out *o, const struct world *w, const struct household *h,
	const struct resident *p, int d, struct rng *r, struct err *err)
{
	static const enum slip slips[] = { SLIP_CHECK, SLIP_RUINED };
	struct row row;
	char stranger[FORM_BYTES];
	uint32_t kind = rng_below(r, 5);
	const char *code = kind < 2    ? slip_code(slips[kind])
			   : kind == 2 ? "unknown_person"
			   : kind == 3 ? "unknown_category"
				       : "foreign_category";
	struct str category = w->pack->categories[p->holdings[0].category].name;
	int rc;

	for (size_t i = 0; kind == 4 && i < w->pack->n_categories; i++) {
		const struct pack_category *c = &w->pack->categories[i];

		if (!((c->certifiers | c->enterers) & 1u << d)) {
			category = c->name;
			break;
		}
		if (i + 1 == w->pack->n_categories) /* this department may send them all */
			kind = 3, code = "unknown_category";
	}
	if (kind == 3)
		category = STR("建档立卡户");
	if (kind < 2 && p->kind != DOCUMENT_CITIZEN_ID)
		return 0;
	fill(w, h, p, kind < 2 ? slips[kind] : SLIP_NONE, category, p->holdings[0].certified,
		DAY_NONE, &row);
	if (kind == 2)
		row.cells[NUMBER] = form_stranger(w, r, p->birth, stranger);
	rc = out_row(o, row.cells, COLUMNS, err);
	out_rejected(o, code);
	return rc;
}

static enum slip harmless(const struct world *w, struct rng *r, const struct resident *p)
{
	static const enum slip slips[] = { SLIP_SPACES, SLIP_DATE_FORM, SLIP_BRIEF, SLIP_WIDE,
		SLIP_LOWER_X, SLIP_DOT };
	enum slip s = slips[rng_below(r, ARRAY_LEN(slips))];

	if (!w->messy || !rng_chance(r, 60000))
		return SLIP_NONE;
	return s == SLIP_LOWER_X && p->number[17] != 'X' ? SLIP_SPACES : s;
}

/* One row: some categories of one person and department. */
static int list_row(struct list_files *f, const struct world *w, const struct household *h,
	const struct resident *p, int d, struct rng *r, struct str categories, day_t certified,
	struct err *err)
{
	enum slip slip = harmless(w, r, p);
	struct row row;
	int rc;

	fill(w, h, p, slip, categories, certified, DAY_NONE, &row);
	rc = out_row(&f->base[d], row.cells, COLUMNS, err);
	if (slip != SLIP_NONE)
		out_tolerated(&f->base[d], slip_code(slip));
	if (rc < 0 || !f->blank.sink || f->blank.data >= BLANK_ROWS ||
		strcmp(f->blank.department, f->base[d].department) != 0)
		return rc;
	if (f->blank.data == 20) {
		row.cells[NUMBER] = STR("");
		out_rejected(&f->blank, slip_code(SLIP_BLANK));
	}
	return out_row(&f->blank, row.cells, COLUMNS, err);
}

/* A department that writes all of a person's categories into one cell gives them one date: the
 * latest. */
static bool writes_one_cell(struct rng *r)
{
	return rng_chance(r, 500000);
}

static struct rng list_rng(const struct world *w, const struct resident *p, int d)
{
	return rng_for(w->seed, RNG_LIST, (uint64_t)p->index * DEMO_DEPARTMENTS + (uint64_t)d);
}

/* The date under which the first list carries a holding. */
static day_t listed_on(const struct world *w, const struct resident *p, const struct holding *h)
{
	int d = category_department(w->pack, h->category);
	struct rng r = list_rng(w, p, d);
	day_t latest = h->certified;

	if (!writes_one_cell(&r))
		return latest;
	for (size_t i = 0; i < p->n_holdings; i++)
		if (category_department(w->pack, p->holdings[i].category) == d &&
			p->holdings[i].certified > latest)
			latest = p->holdings[i].certified;
	return latest;
}

/* All categories of a person on one department's list: half of the time in one cell, 、 between. */
static int department_rows(struct list_files *f, const struct world *w, const struct household *h,
	const struct resident *p, int d, struct err *err)
{
	struct rng r = list_rng(w, p, d);
	bool joined = writes_one_cell(&r);
	day_t latest = DAY_MIN;
	struct buf cell;
	size_t n = 0;
	int rc = 0;

	buf_init(&cell, 512);
	for (size_t i = 0; rc == 0 && i < p->n_holdings; i++) {
		int category = p->holdings[i].category;

		if (category_department(w->pack, category) != d)
			continue;
		if (n++ == 0 && rng_chance(&r, world_ppm(w, 1200, 6)))
			rc = bad_row(&f->base[d], w, h, p, d, &r, err);
		if (joined && cell.n)
			buf_addz(&cell, "、");
		if (!joined)
			buf_reset(&cell);
		buf_add(&cell, category_word(w, &r, category));
		if (!joined || p->holdings[i].certified > latest)
			latest = p->holdings[i].certified;
		if (rc == 0 && !joined)
			rc = list_row(f, w, h, p, d, &r, buf_str(&cell), latest, err);
	}
	f->memberships += (int64_t)n;
	if (rc == 0 && joined && n)
		rc = list_row(f, w, h, p, d, &r, buf_str(&cell), latest, err);
	if (rc == 0 && joined && n > 1)
		out_tolerated(&f->base[d], "joined_cell");
	buf_release(&cell);
	return rc;
}

static int monthly_row(struct list_files *f, const struct world *w, const struct household *h,
	const struct resident *p, int category, day_t certified, day_t ended, struct err *err)
{
	int d = category_department(w->pack, category);
	struct row row;

	fill(w, h, p, SLIP_NONE, w->pack->categories[category].name, certified, ended, &row);
	row.cells[M_FORM] = ended == DAY_NONE ? STR("新增") : STR("取消");
	f->added += ended == DAY_NONE;
	f->ended += ended != DAY_NONE;
	return out_row(&f->monthly[d], row.cells, M_COLUMNS, err);
}

/* The later list changes nobody's price: who is added has paid in full before, or never pays;
 * who is taken off has paid before. */
static int monthly_changes(struct list_files *f, const struct world *w, const struct household *h,
	size_t i, const struct pay_plan *plan, struct err *err)
{
	const struct resident *p = &h->members[i];
	struct rng r = rng_for(w->seed, RNG_LIST, (1ull << 40) + p->index);
	day_t paid = plan->members[i].paid_on;
	int category;

	if (paid == DAY_NONE || paid > w->monthly - 12)
		return 0;
	if (p->n_holdings) {
		if (!rng_chance(&r, 12000))
			return 0;
		return monthly_row(f, w, h, p, p->holdings[0].category,
			listed_on(w, p, &p->holdings[0]), w->monthly - rng_between(&r, 1, 9), err);
	}
	category = belong_new_category(w, &r);
	if (category < 0 || !p->registered || !rng_chance(&r, 4000))
		return 0;
	return monthly_row(f, w, h, p, category, w->monthly - rng_between(&r, 1, 9), DAY_NONE, err);
}

int lists_household(struct list_files *f, const struct world *w, const struct household *h,
	const struct pay_plan *plan, struct err *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < h->n; i++) {
		const struct resident *p = &h->members[i];
		uint32_t departments = 0;

		if (resident_withheld(p))
			continue;
		for (size_t k = 0; k < p->n_holdings; k++)
			departments |= 1u << category_department(w->pack, p->holdings[k].category);
		for (int d = 0; rc == 0 && d < DEMO_DEPARTMENTS; d++)
			if (departments & 1u << d)
				rc = department_rows(f, w, h, p, d, err);
		if (rc == 0)
			rc = monthly_changes(f, w, h, i, plan, err);
	}
	return rc;
}

int lists_end(struct list_files *f, struct manifest *m, struct err *err)
{
	int rc = 0;

	for (int d = 0; rc == 0 && d < DEMO_DEPARTMENTS; d++) {
		if (!f->base[d].sink)
			continue;
		rc = out_close(&f->base[d], m, err);
		/* A department with nothing to change sends nothing. */
		if (rc == 0 && f->monthly[d].data)
			rc = out_close(&f->monthly[d], m, err);
	}
	if (rc == 0 && f->blank.sink)
		rc = out_close(&f->blank, m, err);
	return rc;
}

void lists_release(struct list_files *f)
{
	for (int d = 0; d < DEMO_DEPARTMENTS; d++) {
		out_release(&f->base[d]);
		out_release(&f->monthly[d]);
	}
	out_release(&f->blank);
}
