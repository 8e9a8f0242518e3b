/* SPDX-License-Identifier: Apache-2.0 */
/* Assessing: bills, enrolments by the bureau, refusals with their clauses; and again after a list
 * changed. */
#include "county.h"

#define CIVIL .department = STR("civil_affairs")
static const char *const head = "姓名,证件号码,身份类别,纳入资助时间,身份取消时间\n";

static int64_t bill_of(struct county *c, const char *number, const char *column)
{
	return county_ask(c, "SELECT %s FROM bill WHERE person = %d", column,
		(int)county_explain(c, number, "2023-10-01")->person.id);
}

/* SN-10: a bill for who owes, an enrolment by the bureau for who owes nothing, a reason for the
 * rest. */
static void three_outcomes(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char **n = county_crowd(c, "皇城镇", 4, 0);
	const struct assess_report *r;
	const struct explanation *x;

	TAKES(c, categories, CIVIL,
		.path = csv(c, "%s甲,%s,特困人员,2023-01-01,\n乙,%s,农村一类低保,2023-01-01,\n",
			head, n[0], n[1]));
	TAKES(c, coverage, .path = csv(c, "姓名,证件号码,参保日期\n丁,%s,2020-01-01\n", n[3]));
	r = county_assess(c, "2023-10-01");
	assert_int_equal(r->people, 4);
	assert_int_equal(r->funded, 1);
	assert_int_equal(r->billed, 2);
	assert_int_equal(r->refused, 1);
	assert_int_equal(r->changed, 0);
	/* SN-05, SN-03: 70 and 380 are owed; 380 and 310 are somebody else's to pay. */
	assert_int_equal(r->payable_fen, 7000 + 38000);
	assert_int_equal(r->subsidy_fen, 38000 + 31000);
	x = county_explain(c, n[0], "2023-10-01");
	assert_int_equal(x->n_enrolments, 1);
	assert_int_equal(x->enrolments[0].payment, 0);
	assert_int_equal(x->enrolments[0].subsidy_fen, 38000);
	assert_str(x->enrolments[0].fund, "medical_aid");
	assert_int_equal(x->enrolments[0].benefit_from, day("2024-01-01"));
	assert_int_equal(x->enrolments[0].benefit_to, day("2024-12-31"));
	assert_str(x->dossier->bill.state, "funded");
	assert_int_equal(bill_of(c, n[1], "payable_fen"), 7000);
	assert_int_equal(bill_of(c, n[2], "payable_fen"), 38000);
	assert_string_equal(
		county_ask_text(c, "SELECT reason FROM refusal"), "in_employee_insurance");
	/* The clause that says so stands beside it (SN-02). */
	assert_string_equal(county_ask_text(c, "SELECT cites FROM refusal"), "二(一)");
	assert_true(str_find(str_of(county_ask_text(
				     c, "SELECT cites FROM bill WHERE payable_fen = 7000")),
			    STR("二(三)2")) >= 0);
	/* SN-10: fully subsidised people count as enrolled at once. */
	assert_int_equal(
		report_at(county_read(c, report_progress, "2023-10-01"), "皇城镇", "funded")
			->number,
		1);
	assert_int_equal(
		county_ask(c, "SELECT count(*) FROM assess_run WHERE policy = 'sunan-2024'"), 1);
	county_clean(c);
}

static void nothing_changed(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char **n = county_crowd(c, "皇城镇", 6, 0);
	const struct assess_report *first, *again;

	TAKES(c, categories, CIVIL,
		.path = csv(c,
			"%s甲,%s,孤儿,2023-01-01,\n乙,%s,农村三类低保、低保边缘,2023-01-01,\n",
			head, n[0], n[1]));
	TAKES(c, coverage, .path = csv(c, "姓名,证件号码,参保日期\n丁,%s,2020-01-01\n", n[3]));
	first = county_assess(c, "2023-10-01");
	again = county_assess(c, "2023-10-20");
	assert_int_equal(
		again->billed + again->funded + again->refused + again->changed + again->withdrawn,
		0);
	assert_int_equal(again->n_changes, 0);
	assert_int_equal(again->unchanged, 5);
	assert_int_equal(again->enrolled, 1);
	assert_int_equal(again->payable_fen, first->payable_fen);
	assert_int_equal(again->subsidy_fen, first->subsidy_fen);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM bill_history"), 0);
	assert_int_equal(county_ask(c, "SELECT max(version) FROM bill"), 1);
	/* SN-07: the highest of several counts, and they are not added up. */
	assert_int_equal(bill_of(c, n[1], "payable_fen"), 13000);
	county_clean(c);
}

/* After a list changed only those bills change, and the run says whose, from what to what. */
static void only_what_changed(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char **n = county_crowd(c, "皇城镇", 6, 0);
	const struct assess_report *r;
	int64_t id[6];

	for (int i = 0; i < 6; i++)
		id[i] = county_explain(c, n[i], "2023-10-01")->person.id;
	TAKES(c, categories, CIVIL,
		.path = csv(c, "%s甲,%s,农村一类低保,2023-01-01,\n乙,%s,低保边缘,2023-01-01,\n",
			head, n[0], n[1]));
	county_assess(c, "2023-10-01");
	c->env.today = day("2023-10-20");
	c->env.now += 30 * 86400;
	/* Off the list; to another category; new on it; new and fully subsidised; into employee
	 * insurance. */
	TAKES(c, categories, CIVIL,
		.path = csv(c,
			"%s甲,%s,农村一类低保,,2023-10-15\n乙,%s,低保边缘,,2023-10-10\n乙,%s,农村三类低保,2023-10-10,\n"
			"丙,%s,城市低保差额,2023-10-12,\n丁,%s,特困,2023-10-12,\n",
			head, n[0], n[1], n[1], n[2], n[3]));
	TAKES(c, coverage, .path = csv(c, "姓名,证件号码,参保日期\n戊,%s,2023-10-10\n", n[4]));
	r = county_assess(c, "2023-10-20");
	assert_int_equal(r->changed, 5);
	assert_int_equal(r->n_changes, 5);
	assert_int_equal(r->unchanged, 1);
	assert_int_equal(r->funded, 1);
	assert_int_equal(r->withdrawn, 1);
	assert_int_equal(r->billed + r->refused, 0);
	for (int i = 0; i < 5; i++)
		assert_int_equal(r->changes[i].person, id[i]);
	assert_int_equal(r->changes[0].was_fen, 7000);
	assert_string_equal(r->changes[0].was_category, "rural_dibao_1");
	assert_int_equal(r->changes[0].now_fen, 38000);
	assert_string_equal(r->changes[0].now_category, "");
	assert_int_equal(r->changes[1].was_fen, 28000);
	assert_int_equal(r->changes[1].now_fen, 13000);
	assert_string_equal(r->changes[1].now_category, "rural_dibao_3");
	assert_int_equal(r->changes[2].now_fen, 13000);
	assert_int_equal(r->changes[3].now_fen, 0);
	assert_int_equal(r->changes[4].now_fen, -1);
	assert_string_equal(r->changes[4].reason, "in_employee_insurance");
	/* Each earlier bill is kept, with the act that replaced it. */
	assert_int_equal(county_ask(c, "SELECT count(*) FROM bill_history"), 5);
	assert_int_equal(
		county_ask(c, "SELECT payable_fen FROM bill_history WHERE person = %d", (int)id[0]),
		7000);
	assert_int_equal(
		county_ask(c, "SELECT version FROM bill WHERE person = %d", (int)id[1]), 2);
	assert_string_equal(
		county_ask_text(c,
			"SELECT a.act FROM audit a JOIN bill_history h ON h.audit = a.id "
			"WHERE h.person = %d",
			(int)id[0]),
		"assess");
	assert_int_equal(bill_of(c, n[5], "version"), 1);
	county_clean(c);
	/* Back from employee insurance: a bill stands again, and the refusal does not. */
	TAKES(c, coverage,
		.path = csv(
			c, "姓名,证件号码,参保日期,中断日期\n戊,%s,2023-10-10,2023-10-21\n", n[4]));
	r = county_assess(c, "2023-10-25");
	assert_int_equal(r->changed, 1);
	assert_int_equal(r->changes[0].was_fen, -1);
	assert_int_equal(r->changes[0].now_fen, 38000);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM refusal"), 0);
	assert_string_equal(
		county_ask_text(c, "SELECT state FROM bill WHERE person = %d", (int)id[4]), "open");
	county_clean(c);
}

/* Who died owes nothing: a bill that stood is withdrawn. */
static void the_dead_owe_nothing(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char **n = county_crowd(c, "皇城镇", 3, 0);
	const struct assess_report *r;

	county_assess(c, "2023-10-01");
	c->env.today = day("2023-10-20");
	TAKES(c, residents,
		.path = csv(c,
			"姓名,证件号码,乡镇,死亡日期\n甲,%s,皇城镇,2023-10-05\n乙,%s,皇城镇,2023-11-05\n"
			"丙,%s,皇城镇,1899-11-05\n",
			n[0], n[1], n[2]));
	/* A death that has not happened yet, or before the birth, is a slip of the pen. */
	assert_report(c, 3, 0, 1, 0, 2);
	r = county_assess(c, "2023-10-20");
	assert_int_equal(r->deceased, 1);
	assert_int_equal(r->withdrawn, 1);
	assert_int_equal(r->unchanged, 2);
	assert_str(county_explain(c, n[0], "2023-10-01")->dossier->bill.state, "withdrawn");
	assert_str(county_explain(c, n[1], "2023-10-01")->dossier->bill.state, "open");
	r = county_assess(c, "2023-10-21");
	assert_int_equal(r->deceased, 1);
	assert_int_equal(r->withdrawn, 0);
	county_clean(c);
}

/* SN-11: the season opens on its day, not before. */
static void not_before_the_window(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	struct assess_report r;

	county_crowd(c, "皇城镇", 1, 0);
	assert_int_equal(assess(&c->env, &c->policy, day("2023-09-09"), &r), FAULT_FORMAT);
	assert_non_null(strstr(r.err.text, "2023-09-10"));
	assert_int_equal(county_ask(c, "SELECT count(*) FROM bill"), 0);
	assert_int_equal(county_assess(c, "2023-09-10")->billed, 1);
}

/* SN-11, SN-12: after the window low-income people still owe their bill; what the others did not
 * pay stays on record, nobody's bill is taken away by a date. */
static void after_the_window(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char **n = county_crowd(c, "皇城镇", 3, 0);
	const struct assess_report *r;

	TAKES(c, categories, CIVIL, .path = csv(c, "%s甲,%s,低保边缘,2023-01-01,\n", head, n[0]));
	county_assess(c, "2023-10-01");
	c->env.today = day("2024-03-05");
	assert_int_equal(
		county_pay(c, "alipay", "1", n[2], 38000, "2023-12-31").outcome, TAKE_POSTED);
	r = county_assess(c, "2024-03-05");
	assert_int_equal(r->enrolled, 1);
	assert_int_equal(r->changed, 1);
	assert_int_equal(r->lapsed, 1);
	assert_int_equal(r->withdrawn, 0);
	assert_int_equal(bill_of(c, n[1], "payable_fen"), 38000);
	assert_int_equal(county_pay(c, "alipay", "2", n[1], 38000, "2024-03-05").reason,
		SUSPENSE_OUTSIDE_WINDOW);
	assert_str(county_explain(c, n[0], "2024-03-05")->dossier->bill.route, "low_income");
	county_clean(c);
}

/* SN-16: somebody already enrolled whose category changes: nothing is topped up or taken back. */
static void enrolled_people_stay_as_they_are(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char **n = county_crowd(c, "皇城镇", 2, 0);
	const struct assess_report *r;

	TAKES(c, categories, CIVIL,
		.path = csv(c, "%s甲,%s,农村三类低保,2023-01-01,\n乙,%s,特困,2023-01-01,\n", head,
			n[0], n[1]));
	county_assess(c, "2023-10-01");
	assert_int_equal(
		county_pay(c, "alipay", "1", n[0], 13000, "2023-09-11").outcome, TAKE_POSTED);
	c->env.today = day("2023-11-01");
	TAKES(c, categories, CIVIL,
		.path = csv(c, "%s甲,%s,农村一类低保,2023-10-20,\n乙,%s,特困,,2023-10-20\n", head,
			n[0], n[1]));
	r = county_assess(c, "2023-11-01");
	assert_int_equal(r->enrolled, 2);
	assert_int_equal(r->changed + r->billed + r->funded + r->refused + r->withdrawn, 0);
	assert_int_equal(bill_of(c, n[0], "payable_fen"), 13000);
	assert_int_equal(bill_of(c, n[1], "payable_fen"), 0);
	assert_int_equal(county_explain(c, n[0], "2023-11-01")->enrolments[0].subsidy_fen, 25000);
	assert_int_equal(county_explain(c, n[1], "2023-11-01")->n_enrolments, 1);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM bill_history"), 0);
	county_clean(c);
}

/* Who is fully subsidised here but enrolled in another county of the store is not enrolled
 * twice. */
static void not_twice_across_counties(void **state)
{
	struct county *c = county_make(state, "shuangqing-2023");
	struct county *other = county_beside(c, "lingbi-2023");
	const char *n = citizen(c, "19700101", 5);

	TAKES(c, residents, .path = csv(c, "姓名,证件号码,乡镇\n甲,%s,兴隆街道\n", n));
	TAKES(other, residents,
		.path = csv(other, "姓名,证件号码,乡镇,户籍地\n甲,%s,灵城镇,外县\n", n));
	other->env.today = day("2022-10-10");
	assert_int_equal(
		county_pay(other, "wechat", "1", n, 35000, "2022-10-10").outcome, TAKE_POSTED);
	TAKES(c, categories, CIVIL, .path = csv(c, "%s甲,%s,特困,2022-01-01,\n", head, n));
	assert_int_equal(county_assess(c, "2022-10-11")->funded, 0);
	assert_string_equal(county_ask_text(c, "SELECT reason FROM refusal WHERE county = 430502"),
		"enrolled_elsewhere");
	assert_int_equal(county_ask(c, "SELECT count(*) FROM enrolment"), 1);
	county_clean(c);
	county_clean(other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(three_outcomes),
		BOTH(nothing_changed),
		BOTH(only_what_changed),
		BOTH(the_dead_owe_nothing),
		BOTH(not_before_the_window),
		BOTH(after_the_window),
		BOTH(enrolled_people_stay_as_they_are),
		BOTH(not_twice_across_counties),
	};

	return cmocka_run_group_tests_name("assess", tests, NULL, NULL);
}
