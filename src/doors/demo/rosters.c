/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "doors/demo/files.h"
#include "doors/demo/forms.h"

static const char *const employees_header[] = { "姓名", "身份证号码", "险种", "参保日期",
	"中断日期", "连续缴费月数", "参保地" };
static const char *const students_header[] = { "学校", "学校所在地", "学段", "年级", "班级",
	"学生姓名", "性别", "身份证号" };
static const char *const circumstances_header[] = { "姓名", "证件号码", "特殊情形", "发生日期",
	"佐证材料", "留档编号" };

int rosters_begin(
	struct roster_files *f, const struct world *w, struct manifest *m, struct err *err)
{
	enum sheet_format csv = w->profile->xlsx_register ? SHEET_CSV : SHEET_CSV_GB18030;
	int rc;

	*f = (struct roster_files){ 0 };
	rc = out_open(&f->employees, m, "employees.csv", "coverage", csv, NULL, employees_header,
		ARRAY_LEN(employees_header), err);
	if (rc == 0)
		rc = out_open(&f->students, m, "students.csv", "students", SHEET_CSV, NULL,
			students_header, ARRAY_LEN(students_header), err);
	if (rc == 0)
		rc = out_open(&f->circumstances, m, "circumstances.csv", "circumstances", SHEET_CSV,
			NULL, circumstances_header, ARRAY_LEN(circumstances_header), err);
	return rc;
}

static int covered(
	struct roster_files *f, const struct world *w, const struct resident *p, struct err *err)
{
	struct rng r = rng_for(w->seed, RNG_LIST, (2ull << 40) + p->index);
	int months = rng_between(&r, 3, 12 * (p->age > 40 ? 15 : p->age > 24 ? p->age - 22 : 1));
	char since[FORM_BYTES], count[16];
	struct str cells[ARRAY_LEN(employees_header)] = { str_of(p->name), str_of(p->number) };

	cells[2] = p->employee ? STR("职工基本医疗保险") : STR("城乡居民基本医疗保险");
	cells[3] = form_date(day_add(w->as_of, (struct span){ -months, SPAN_MONTH }), 0, since);
	cells[4] = STR("");
	cells[5] = (struct str){ count, (size_t)snprintf(count, sizeof(count), "%d", months) };
	cells[6] = p->employee && p->resident ? w->county_name : STR("江苏省苏州市");
	f->covered++;
	return out_row(&f->employees, cells, ARRAY_LEN(cells), err);
}

static int pupil(struct roster_files *f, const struct world *w, const struct household *h,
	const struct resident *p, struct err *err)
{
	static const char *const numerals[] = { "一", "二", "三", "四", "五", "六" };
	struct str town = w->towns[w->villages[h->village].town].name;
	char school[256], grade[32], form[32];
	struct str cells[ARRAY_LEN(students_header)];
	const char *level = "本科";
	int at = p->age - 6;

	snprintf(form, sizeof(form), "%u班", p->index % 6 + 1);
	if (p->student == STUDENT_NURSERY) {
		level = "幼儿园";
		snprintf(school, sizeof(school), "%.*s中心幼儿园", STR_ARG(town));
		snprintf(grade, sizeof(grade), "%s",
			p->age == 3   ? "小班"
			: p->age == 4 ? "中班"
				      : "大班");
	} else if (p->student == STUDENT_SCHOOL) {
		level = at < 6 ? "小学" : at < 9 ? "初中" : "高中";
		if (at < 9)
			snprintf(school, sizeof(school), "%.*s%s", STR_ARG(town),
				at < 6 ? "中心小学" : "初级中学");
		else
			snprintf(school, sizeof(school), "%s第%s中学", w->profile->name,
				numerals[p->index % 2]);
		snprintf(grade, sizeof(grade), "%s%s年级",
			at < 6   ? ""
			: at < 9 ? "初"
				 : "高",
			numerals[at < 6 ? at : (at - 6) % 3]);
	} else {
		snprintf(school, sizeof(school), "%s%s学院", w->profile->province,
			p->index % 3 ? "职业技术" : "师范");
		snprintf(grade, sizeof(grade), "大%s", numerals[(p->age - 18) % 4]);
	}
	cells[0] = str_of(school);
	cells[1] = p->student_here ? w->county_name : STR("外县");
	cells[2] = str_of(level);
	cells[3] = str_of(grade);
	cells[4] = str_of(form);
	cells[5] = str_of(p->name);
	cells[6] = p->female ? STR("女") : STR("男");
	cells[7] = str_of(p->number);
	f->pupils++;
	return out_row(&f->students, cells, ARRAY_LEN(cells), err);
}

/* A pupil whom the register does not know. */
static int strange_pupil(
	struct roster_files *f, const struct world *w, const struct resident *p, struct err *err)
{
	struct rng r = rng_for(w->seed, RNG_STRANGER, (1ull << 40) + p->index);
	char number[FORM_BYTES];
	struct str cells[ARRAY_LEN(students_header)] = { STR("县第一中学"), w->county_name,
		STR("初中"), STR("初一年级"), STR("1班"), STR("借读生"), STR("男") };
	int rc;

	cells[7] = form_stranger(w, &r, p->birth, number);
	rc = out_row(&f->students, cells, ARRAY_LEN(cells), err);
	out_rejected(&f->students, "unknown_person");
	return rc;
}

static int circumstance(
	struct roster_files *f, const struct resident *p, int kind, day_t happened, struct err *err)
{
	char day[FORM_BYTES], filed[32];
	struct str cells[ARRAY_LEN(circumstances_header)] = { str_of(p->name), str_of(p->number),
		str_of(vocab_circumstance.words[kind].zh) };

	cells[3] = form_date(happened, 0, day);
	cells[4] = kind == CIRCUMSTANCE_DISCHARGED_SOLDIER ? STR("退役证") : STR("村委会证明");
	cells[5] =
		(struct str){ filed, (size_t)snprintf(filed, sizeof(filed), "TS-%07u", p->index) };
	return out_row(&f->circumstances, cells, ARRAY_LEN(cells), err);
}

int rosters_household(struct roster_files *f, const struct world *w, const struct household *h,
	const struct pay_plan *plan, struct err *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < h->n; i++) {
		const struct resident *p = &h->members[i];
		struct rng r = rng_for(w->seed, RNG_STRANGER, p->index);

		if (resident_withheld(p))
			continue;
		if (p->employee || p->elsewhere)
			rc = covered(f, w, p, err);
		if (rc == 0 && p->student != STUDENT_NONE)
			rc = pupil(f, w, h, p, err);
		if (rc == 0 && p->student == STUDENT_SCHOOL &&
			rng_chance(&r, world_ppm(w, 800, 20)))
			rc = strange_pupil(f, w, p, err);
		if (rc == 0 && plan->members[i].circumstance >= 0)
			rc = circumstance(f, p, plan->members[i].circumstance,
				plan->members[i].happened, err);
	}
	return rc;
}

int rosters_end(struct roster_files *f, struct manifest *m, struct err *err)
{
	int rc = out_close(&f->employees, m, err);

	if (rc == 0)
		rc = out_close(&f->students, m, err);
	return rc < 0 ? rc : out_close(&f->circumstances, m, err);
}

void rosters_release(struct roster_files *f)
{
	out_release(&f->employees);
	out_release(&f->students);
	out_release(&f->circumstances);
}
