/* SPDX-License-Identifier: Apache-2.0 */
/* Students, insurance elsewhere, circumstances with their papers, targets. */
#include "county.h"

/* LB-05: pupils and nursery children of schools here may enrol here wherever they are
 * registered. */
static void pupils_of_schools_here(void **state)
{
	struct county *c = county_make(state, "lingbi-2023");
	const char *n[4];

	for (int i = 0; i < 4; i++)
		n[i] = citizen(c, "20120101", 10 + i);
	TAKES(c, residents,
		.path = csv(c,
			"姓名,证件号码,乡镇,户籍地,常住地\n甲,%s,灵城镇,外县,外县\n乙,%s,灵城镇,外县,外县\n"
			"丙,%s,灵城镇,外县,外县\n丁,%s,灵城镇,外县,外县\n",
			n[0], n[1], n[2], n[3]));
	assert_string_equal(county_ruling(c, n[0], "2022-10-08"), "not_local");
	TAKES(c, students,
		.path = csv(c,
			"学生姓名,身份证号,学校名称,学段,学校所在地\n甲,%s,县一小,小学,本县\n乙,%s,县幼儿园,中班,\n"
			"丙,%s,外县中学,初中,外县\n丁,%s,县一中,星星班,本县\n戊,%s,县一中,高中,本县\n",
			n[0], n[1], n[2], n[3], citizen(c, "20120101", 99)));
	assert_report(c, 5, 3, 0, 0, 2);
	assert_string_equal(county_ruling(c, n[0], "2022-10-08"), "regular");
	assert_string_equal(county_ruling(c, n[1], "2022-10-08"), "regular");
	assert_string_equal(county_ruling(c, n[2], "2022-10-08"), "not_local");
	/* A second roster: the school changed for one, the other row is as before. */
	TAKES(c, students,
		.path = csv(c,
			"学生姓名,身份证号,学校名称,学段\n甲,%s,县二小,05\n乙,%s,县幼儿园,中班\n",
			n[0], n[1]));
	assert_report(c, 2, 0, 1, 1, 0);
	assert_int_equal(
		county_ask(c,
			"SELECT count(*) FROM student WHERE school = '县二小' AND level = 'school'"),
		1);
}

/* A school sees its students: so it cannot make one of whom it likes. */
static void a_school_claims_its_own(void **state)
{
	struct county *c = county_make(state, "lingbi-2023");
	const char *pupil = citizen(c, "20120101", 1), *theirs = citizen(c, "20120101", 2),
		   *grown = citizen(c, "19650101", 3);

	TAKES(c, residents,
		.path = csv(c,
			"姓名,证件号码,乡镇,户籍地,常住地\n甲,%s,灵城镇,本县,本县\n乙,%s,灵城镇,本县,本县\n"
			"丙,%s,灵城镇,本县,本县\n",
			pupil, theirs, grown));
	TAKES(c, students, .path = csv(c, "姓名,证件号码,学校,学段\n乙,%s,县二小,小学\n", theirs));
	c->env.scope.school = STR("县一小");
	TAKES(c, students,
		.path = csv(c, "姓名,证件号码,学段\n甲,%s,小学\n乙,%s,小学\n丙,%s,小学\n", pupil,
			theirs, grown));
	assert_report(c, 3, 1, 0, 0, 2);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM student WHERE school = '县一小'"), 1);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM student WHERE school = '县二小'"), 1);
	c->env.scope.school = (struct str){ NULL, 0 };
	/* The education bureau moves a pupil. */
	TAKES(c, students, .path = csv(c, "姓名,证件号码,学校,学段\n乙,%s,县一小,小学\n", theirs));
	assert_report(c, 1, 0, 1, 0, 0);
}

/* SQ-42: a college student enrols where the college is, and not at home as well. */
static void college_students(void **state)
{
	struct county *c = county_make(state, "shuangqing-2023");
	const char *here = citizen(c, "20030101", 1), *away = citizen(c, "20030101", 2);

	TAKES(c, residents,
		.path = csv(c,
			"姓名,证件号码,乡镇,户籍地,常住地\n甲,%s,兴隆街道,外省,外省\n乙,%s,兴隆街道,本区,外出\n",
			here, away));
	TAKES(c, students,
		.path = csv(c,
			"姓名,证件号码,学校,学段,学校所在地\n甲,%s,邵阳学院,本科,双清区\n乙,%s,某大学,23,外省\n",
			here, away));
	assert_report(c, 2, 2, 0, 0, 0);
	assert_string_equal(county_ruling(c, here, "2022-10-08"), "regular");
	assert_string_equal(county_ruling(c, away, "2022-10-08"), "college_elsewhere");
	/* SQ-36: the college's cash stands on an account of its own. */
	assert_int_equal(
		county_pay(c, "college", "1", here, 35000, "2022-10-08").outcome, TAKE_POSTED);
	assert_string_equal(
		county_ask_text(c, "SELECT debit FROM posting WHERE event = 'received'"), "A5");
	county_clean(c);
}

/* SQ-33: whoever is in employee insurance is known as such, refused, and no gap in the ledger. */
static void employees(void **state)
{
	struct county *c = county_make(state, "shuangqing-2023");
	const char **n = county_crowd(c, "兴隆街道", 3, 0);
	const struct assess_report *r;
	struct report *missing;

	TAKES(c, coverage,
		.path = csv(c,
			"姓名,证件号码,险种,参保日期,中断日期,连续缴费月数\n甲,%s,职工基本医疗保险,2020-01-01,,33\n"
			"乙,%s,310,2020-01-01,2019-01-01,\n丙,%s,车险,2020-01-01,,\n丁,%s,职工,2020-01-01,,x\n",
			n[0], n[1], n[2], n[1]));
	assert_report(c, 4, 1, 0, 0, 3);
	assert_true(county_explain(c, n[0], "2022-10-01")->facts.facts.employee_insured);
	assert_string_equal(county_ruling(c, n[0], "2022-10-01"), "in_employee_insurance");
	r = county_assess(c, "2022-10-01");
	assert_int_equal(r->refused, 1);
	assert_int_equal(r->billed, 2);
	missing = county_read(c, report_unenrolled, "2022-10-01");
	assert_int_equal(missing->n_rows, 2);
	/* The end of it is a change of the same row. */
	TAKES(c, coverage,
		.path = csv(c,
			"姓名,证件号码,险种,参保日期,中断日期,连续缴费月数\n甲,%s,职工,2020-01-01,2022-09-30,33\n",
			n[0]));
	assert_report(c, 1, 0, 1, 0, 0);
	assert_string_equal(county_ruling(c, n[0], "2022-10-01"), "regular");
	TAKES(c, coverage,
		.path = csv(c,
			"姓名,证件号码,险种,参保日期,中断日期,连续缴费月数\n甲,%s,310,2020-01-01,2022-09-30,33\n",
			n[0]));
	assert_report(c, 1, 0, 0, 1, 0);
}

/* LB-18, LB-19: after two years of employee insurance, three months decide between the next day
 * and half a year. */
static void lapses(void **state)
{
	struct county *c = county_make(state, "lingbi-2023");
	const char **n = county_crowd(c, "灵城镇", 3, 0);

	TAKES(c, coverage,
		.path = csv(c,
			"姓名,证件号码,参保日期,中断日期,连续缴费月数\n甲,%s,2020-01-01,2023-03-01,24\n"
			"乙,%s,2020-01-01,2023-01-01,30\n丙,%s,2022-01-01,2023-03-01,14\n",
			n[0], n[1], n[2]));
	assert_string_equal(county_ruling(c, n[0], "2023-06-01"), "employee_lapse");
	assert_int_equal(
		county_explain(c, n[0], "2023-06-01")->ruling.benefit_from, day("2023-06-02"));
	assert_string_equal(county_ruling(c, n[1], "2023-04-02"), "employee_lapse_late");
	assert_int_equal(
		county_explain(c, n[1], "2023-04-02")->ruling.benefit_from, day("2023-10-03"));
	assert_string_equal(county_ruling(c, n[2], "2023-06-01"), "outside_window");
	c->env.today = day("2023-06-01");
	assert_int_equal(county_pay(c, "wechat", "1", n[0], 35000, "2023-06-01").benefit_from,
		day("2023-06-02"));
	assert_int_equal(county_ask(c, "SELECT benefit_from FROM enrolment"), day("2023-06-02"));
}

/* LB-20: cover by another scheme in the same calendar year stands beside the benefits, for the
 * ceiling. */
static void ceilings_are_seen(void **state)
{
	struct county *c = county_make(state, "lingbi-2023");
	const char **n = county_crowd(c, "灵城镇", 4, 0);

	TAKES(c, coverage,
		.path = csv(c,
			"姓名,证件号码,险种,参保日期,中断日期,连续缴费月数,参保地\n甲,%s,310,2020-01-01,2023-03-01,38,合肥\n"
			"甲,%s,390,2023-04-01,2023-05-01,,蚌埠\n乙,%s,310,2019-01-01,2023-01-01,48,\n"
			"丙,%s,310,2024-01-01,,1,\n",
			n[0], n[0], n[1], n[2]));
	assert_report(c, 4, 4, 0, 0, 0);
	c->env.today = day("2023-06-01");
	assert_int_equal(
		county_pay(c, "wechat", "1", n[0], 35000, "2023-06-01").outcome, TAKE_POSTED);
	assert_int_equal(county_explain(c, n[0], "2023-06-01")->n_ceiling, 2);
	assert_int_equal(county_explain(c, n[0], "2023-06-01")->n_enrolments, 1);
	/* Ended on the year's first day, or begun after it: nothing in this year. */
	assert_int_equal(county_explain(c, n[1], "2022-10-08")->n_ceiling, 0);
	assert_int_equal(county_explain(c, n[2], "2022-10-08")->n_ceiling, 0);
	assert_int_equal(county_explain(c, n[3], "2022-10-08")->n_ceiling, 0);
}

/* LB-52: a circumstance opens its route when the paper is named and filed, and not otherwise. */
static void circumstances_need_papers(void **state)
{
	struct county *c = county_make(state, "lingbi-2023");
	const char **n = county_crowd(c, "灵城镇", 4, 0);
	static const char *const cols = "姓名,证件号码,特殊情形,发生日期,佐证材料,留档编号\n";

	c->env.today = day("2023-04-01");
	TAKES(c, circumstances,
		.path = csv(c,
			"%s甲,%s,退役军人,2023-03-01,退出现役证,2023-001\n乙,%s,刑满释放,2023-03-01,,2023-002\n"
			"丙,%s,刑满释放,2023-03-01,释放证明,\n丁,%s,上学去了,2023-03-01,证明,2023-004\n"
			"丁,%s,退役军人,2024-03-01,退出现役证,2023-005\n丁,%s,退役军人,,退出现役证,2023-006\n",
			cols, n[0], n[1], n[2], n[3], n[3], n[3]));
	assert_report(c, 6, 1, 0, 0, 5);
	assert_true(str_find(county_file(c, c->report.errors_path), STR("佐证材料为空")) > 0);
	assert_true(str_find(county_file(c, c->report.errors_path), STR("留档编号为空")) > 0);
	assert_string_equal(county_ruling(c, n[0], "2023-04-01"), "discharged_soldier");
	assert_string_equal(county_ruling(c, n[1], "2023-04-01"), "outside_window");
	assert_string_equal(county_ruling(c, n[2], "2023-04-01"), "outside_window");
	assert_string_equal(
		county_ask_text(c, "SELECT evidence || ' ' || evidence_no FROM circumstance"),
		"退出现役证 2023-001");
	TAKES(c, circumstances,
		.path = csv(c, "%s甲,%s,退役军人,2023-03-01,退出现役证,2023-009\n", cols, n[0]));
	assert_report(c, 1, 0, 1, 0, 0);
	TAKES(c, circumstances,
		.path = csv(c, "%s甲,%s,退役军人,2023/3/1,退出现役证,2023-009\n", cols, n[0]));
	assert_report(c, 1, 0, 0, 1, 0);
}

static const char *const sunan_targets =
	"乡镇,目标任务,户籍人口,常住人口,是否延期\n皇城镇,\"7,326\",8000,7000,\n马蹄乡,4427,,,\n白银乡,626,,,\n康乐镇,3500,,,\n"
	"大河乡,3960人,,,\n明花乡,3450,,,\n祁丰乡,2699,,,\n红湾寺镇,%s,,,\n合计,29500,,,\n";

/* SN-01: the eight towns' plans add up to 29,500 or none of them is taken; the sum row is no
 * town. */
static void targets_of_sunan(void **state)
{
	struct county *c = county_make(state, "sunan-2024");

	assert_int_equal(TRIES(c, targets, .path = csv(c, sunan_targets, "3511")), FAULT_FORMAT);
	assert_non_null(strstr(c->report.err.text, "29499"));
	assert_int_equal(county_ask(c, "SELECT count(*) FROM target"), 0);
	TAKES(c, targets, .path = csv(c, sunan_targets, "3512"));
	assert_report(c, 8, 8, 0, 0, 0);
	assert_int_equal(c->report.skipped, 1);
	assert_int_equal(county_ask(c, "SELECT sum(planned) FROM target"), 29500);
	assert_int_equal(
		county_ask(c, "SELECT planned FROM target WHERE division = 620721200000"), 4427);
	assert_int_equal(
		county_ask(c, "SELECT resident FROM target WHERE division = 620721101000"), 7000);
	/* The report's total is the notice's figure (SN-01). */
	assert_int_equal(
		report_total(county_read(c, report_progress, "2023-10-01"), "target")->number,
		29500);
}

/* LB-03: the annex's towns are imported from a file, and the sum must be the county's 1,090,000. */
static void targets_of_lingbi(void **state)
{
	struct county *c = county_make(state, "lingbi-2023");

	assert_int_equal(
		TRIES(c, targets, .path = csv(c, "镇(街),任务数\n灵城镇,1000000\n韦集镇,89999\n")),
		FAULT_FORMAT);
	assert_non_null(strstr(c->report.err.text, "1089999"));
	/* A town nobody knows, or one twice: nothing is half taken. */
	assert_int_equal(
		TRIES(c, targets, .path = csv(c, "镇(街),任务数\n灵城镇,1090000\n蓬莱镇,5\n")),
		FAULT_FORMAT);
	assert_int_equal(
		TRIES(c, targets, .path = csv(c, "镇(街),任务数\n灵城镇,1090000\n灵城,5\n")),
		FAULT_FORMAT);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM target"), 0);
	TAKES(c, targets,
		.path = csv(c, "镇(街),任务数\n灵城镇,1000000\n韦集镇,90000\n合计,1090000\n"));
	assert_int_equal(county_ask(c, "SELECT sum(planned) FROM target"), 1090000);
}

/* SQ-16: a town that missed the rate may extend; there, and only there, money of January and
 * February still buys the year. */
static void extended_towns(void **state)
{
	struct county *c = county_make(state, "shuangqing-2023");
	const char **late = county_crowd(c, "兴隆街道", 2, 0),
		   **other = county_crowd(c, "龙须塘街道", 1, 100);
	struct take_result r;

	TAKES(c, targets, .path = csv(c, "镇街,目标数,延期\n兴隆街道,100,是\n龙须塘街道,100,否\n"));
	/* A county whose notice states no total still takes no town twice. */
	TAKES(c, targets, .path = csv(c, "镇街,目标数\n桥头街道,100\n桥头,50\n"));
	assert_report(c, 2, 1, 0, 0, 1);
	assert_int_equal(
		county_ask(c, "SELECT planned FROM target WHERE division = 430502006000"), 100);
	c->env.today = day("2023-03-01");
	r = county_pay(c, "wechat", "1", late[0], 35000, "2023-02-28");
	assert_int_equal(r.outcome, TAKE_POSTED);
	assert_int_equal(r.benefit_from, day("2023-01-01"));
	assert_string_equal(county_ask_text(c, "SELECT route FROM enrolment"), "extended");
	r = county_pay(c, "wechat", "2", other[0], 35000, "2023-02-28");
	assert_int_equal(r.outcome, TAKE_SUSPENDED);
	assert_int_equal(r.reason, SUSPENSE_OUTSIDE_WINDOW);
	r = county_pay(c, "wechat", "3", late[1], 35000, "2023-03-01");
	assert_int_equal(r.reason, SUSPENSE_OUTSIDE_WINDOW);
	/* Asking why says the same as paying. */
	assert_string_equal(county_ruling(c, late[1], "2023-02-28"), "extended");
	assert_string_equal(county_ruling(c, other[0], "2023-02-28"), "outside_window");
	assert_int_equal(county_assess(c, "2023-02-28")->billed, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(pupils_of_schools_here),
		BOTH(a_school_claims_its_own),
		BOTH(college_students),
		BOTH(employees),
		BOTH(lapses),
		BOTH(ceilings_are_seen),
		BOTH(circumstances_need_papers),
		BOTH(targets_of_sunan),
		BOTH(targets_of_lingbi),
		BOTH(extended_towns),
	};

	return cmocka_run_group_tests_name("lists", tests, NULL, NULL);
}
