/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "doors/demo/files.h"
#include "doors/demo/forms.h"

enum {
	SEQUENCE,
	TOWN,
	VILLAGE,
	HOUSE,
	NAME,
	KIND,
	NUMBER,
	SEX,
	NATION,
	BIRTH,
	RELATION,
	REGISTER,
	RESIDENCE,
	PHONE,
	REMARK,
	COLUMNS
};

/* Two offices, two ways to head the same columns. */
static const char *const headers[2][COLUMNS] = {
	{ "序号", "乡镇", "村", "户号", "姓名", "证件类型", "证件号码", "性别", "民族", "出生日期",
		"与户主关系", "户籍地", "常住地", "联系电话", "备注" },
	{ "序号", "乡（镇）", "村（社区）", "户编号", "姓 名", "证件类型", "公民身份号码", "性别",
		"民族", "出生年月日", "与户主关系", "户籍所在地", "现居住地", "手机号码", "备注" },
};

static const char *const away_places[] = { "外省", "江苏省苏州市", "浙江省杭州市",
	"甘肃省兰州市城关区", "外县", "上海市松江区" };
static const char *const homes[] = { "青海省祁连县", "四川省仪陇县", "河南省永城市", "江苏省睢宁县",
	"安徽省泗县", "甘肃省民乐县" };

/* The texts of one row; cells point into them. */
struct row {
	struct str cells[COLUMNS];
	char sequence[24], house[24], name[FORM_BYTES], number[FORM_BYTES], town[FORM_BYTES],
		birth[FORM_BYTES], home[4 * NAME_BYTES], phone[FORM_BYTES];
};

int register_begin(
	struct register_files *f, const struct world *w, struct manifest *m, struct err *err)
{
	char title[256];
	struct ymd d = day_to_ymd(w->as_of);
	bool xlsx = w->profile->xlsx_register;
	int rc;

	*f = (struct register_files){ 0 };
	snprintf(title, sizeof(title), "%s户籍人口信息表（%d年%d月%d日）", w->profile->name, d.year,
		d.month, d.day);
	rc = out_open(&f->all, m, xlsx ? "residents.xlsx" : "residents.csv", "residents",
		xlsx ? SHEET_XLSX : SHEET_CSV_GB18030, xlsx ? title : NULL, headers[xlsx], COLUMNS,
		err);
	if (rc == 0 && w->messy)
		rc = out_open(&f->corrected, m, "residents-corrected.csv", "residents", SHEET_CSV,
			NULL, headers[0], COLUMNS, err);
	return rc;
}

static struct str address(const struct world *w, const struct household *h,
	const struct resident *p, char *ret, size_t cap)
{
	const struct village *v = &w->villages[h->village];
	const struct town *t = &w->towns[form_register_town(w, h)];

	if (!p->registered)
		return p->kind == DOCUMENT_RESIDENCE_PERMIT
			       ? str_of(homes[h->index % ARRAY_LEN(homes)])
			       : STR("外地");
	if (&w->towns[v->town] != t)
		return t->name;
	if (h->index % 2)
		return STR("本县");
	return (struct str){ ret, (size_t)snprintf(ret, cap, "%s%.*s%s", w->profile->name,
					  STR_ARG(t->name), v->name) };
}

static void fill(const struct world *w, const struct household *h, const struct resident *p,
	enum slip slip, int64_t sequence, struct row *r)
{
	const struct village *v = &w->villages[h->village];
	struct str *c = r->cells;
	int n;

	n = snprintf(r->sequence, sizeof(r->sequence), "%" PRId64, sequence);
	c[SEQUENCE] = (struct str){ r->sequence, (size_t)n };
	c[TOWN] = form_town(&w->towns[v->town], slip, r->town);
	c[VILLAGE] = slip == SLIP_VILLAGE ? STR("查无此村") : str_of(v->name);
	n = snprintf(r->house, sizeof(r->house), "%" PRId64 "%06u", v->code / 1000 % 1000,
		h->index % 1000000);
	c[HOUSE] = (struct str){ r->house, (size_t)n };
	c[NAME] = form_name(p, slip, r->name);
	c[KIND] = str_of(document_kind_name(p->kind));
	c[NUMBER] = form_number(p, slip, r->number);
	c[SEX] = p->female ? STR("女") : STR("男");
	c[NATION] = p->kind == DOCUMENT_FOREIGN_PERMANENT_RESIDENCE
			    ? STR("")
			    : str_of(nation_word(p->nation));
	c[BIRTH] = slip == SLIP_DATE
			   ? STR("1990-02-30")
			   : form_date(p->birth, slip == SLIP_DATE_FORM ? 1 + p->index % 4 : 0,
				     r->birth);
	c[RELATION] = str_of(relation_word(p->relation));
	c[REGISTER] = address(w, h, p, r->home, sizeof(r->home));
	c[RESIDENCE] =
		p->resident ? STR("本县") : str_of(away_places[p->index % ARRAY_LEN(away_places)]);
	c[PHONE] = form_phone(w, p, r->phone);
	c[REMARK] = STR("");
}

static int blank_row(struct register_files *f, struct err *err)
{
	struct str cells[COLUMNS] = { { NULL, 0 } };

	out_tolerated(&f->all, "blank_row");
	return out_note_row(&f->all, cells, COLUMNS, err);
}

static int person_row(struct register_files *f, const struct world *w, const struct household *h,
	const struct resident *p, struct err *err)
{
	struct row r;
	int rc;

	fill(w, h, p, p->slip == SLIP_TWICE ? SLIP_NONE : p->slip, f->all.data + 1, &r);
	rc = out_row(&f->all, r.cells, COLUMNS, err);
	if (rc < 0)
		return rc;
	if (resident_withheld(p)) {
		out_rejected(&f->all, slip_code(p->slip));
		fill(w, h, p, SLIP_NONE, f->corrected.data + 1, &r);
		return out_row(&f->corrected, r.cells, COLUMNS, err);
	}
	f->persons++;
	if (p->slip == SLIP_TWICE) {
		rc = out_row(&f->all, r.cells, COLUMNS, err);
		out_rejected(&f->all, slip_code(p->slip));
	} else if (p->slip != SLIP_NONE) {
		out_tolerated(&f->all, slip_code(p->slip));
	}
	return rc;
}

int register_household(
	struct register_files *f, const struct world *w, const struct household *h, struct err *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < h->n; i++)
		rc = person_row(f, w, h, &h->members[i], err);
	if (rc == 0 && w->messy && h->index % 2500 == 1234)
		rc = blank_row(f, err);
	return rc;
}

int register_end(
	struct register_files *f, const struct world *w, struct manifest *m, struct err *err)
{
	struct str cells[COLUMNS] = { STR("合计") };
	char count[32];
	int rc = 0;

	snprintf(count, sizeof(count), "%" PRId64 "人", f->all.data);
	cells[NAME] = str_of(count);
	if (w->messy) {
		out_tolerated(&f->all, "sum_row");
		rc = out_note_row(&f->all, cells, COLUMNS, err);
	}
	if (rc == 0)
		rc = out_close(&f->all, m, err);
	if (rc == 0 && w->messy)
		rc = out_close(&f->corrected, m, err);
	return rc;
}

void register_release(struct register_files *f)
{
	out_release(&f->all);
	out_release(&f->corrected);
}
