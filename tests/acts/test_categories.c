/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of people in hardship: whose they are, what they mark, when they take somebody off. */
#include "county.h"

#define CIVIL .department = STR("civil_affairs")
#define RURAL .department = STR("rural_revitalisation")
#define HEALTH .department = STR("health")

static const char *const head = "姓名,证件号码,身份类别,纳入资助时间,身份取消时间\n";

static int64_t held(struct county *c, const char *category)
{
	return county_ask(c, "SELECT count(*) FROM membership WHERE category = '%s'", category);
}

static int64_t open_of(struct county *c, const char *category)
{
	return county_ask(c,
		"SELECT count(*) FROM membership WHERE category = '%s' AND ended IS NULL",
		category);
}

/* LB-12: who does not own a category may not certify it. */
static void only_the_owner_certifies(void **state)
{
	struct county *c = county_make(state, "lingbi-2023");
	const char **n = county_crowd(c, "灵城镇", 4, 0);

	TAKES(c, categories, RURAL,
		.path = csv(c, "%s甲,%s,低保对象,2022-06-01,\n乙,%s,返贫致贫人口,2022-06-01,\n",
			head, n[0], n[1]));
	assert_report(c, 2, 1, 0, 0, 1);
	assert_int_equal(held(c, "dibao"), 0);
	assert_int_equal(held(c, "returned_to_poverty"), 1);
	assert_true(str_find(county_file(c, c->report.errors_path), STR("不由乡村振兴认定")) > 0);
	/* Family planning is the health department's, the entitled are the veterans bureau's. */
	TAKES(c, categories, CIVIL,
		.path = csv(
			c, "%s丙,%s,独生子女领证户,,\n丁,%s,重点优抚对象,,\n", head, n[2], n[3]));
	assert_report(c, 2, 0, 0, 0, 2);
	TAKES(c, categories, HEALTH, .path = csv(c, "%s丙,%s,独生子女领证户,,\n", head, n[2]));
	assert_report(c, 1, 1, 0, 0, 0);
	TAKES(c, categories, .department = STR("退役军人"),
		.path = csv(c, "%s丁,%s,重点优抚对象,,\n", head, n[3]));
	assert_report(c, 1, 1, 0, 0, 0);
	/* Nobody's list is nobody's word. */
	assert_int_equal(TRIES(c, categories, .path = csv(c, "%s丁,%s,低保对象,,\n", head, n[3])),
		FAULT_FORMAT);
	assert_non_null(strstr(c->report.err.text, "--department"));
}

/* LB-45: civil affairs enters what rural revitalisation certified, and both names are kept. */
static void civil_affairs_enters_for_others(void **state)
{
	struct county *c = county_make(state, "lingbi-2023");
	const char **n = county_crowd(c, "灵城镇", 1, 0);

	TAKES(c, categories, CIVIL, .path = csv(c, "%s甲,%s,脱贫不稳定,2022-06-01,\n", head, n[0]));
	assert_report(c, 1, 1, 0, 0, 0);
	assert_string_equal(
		county_ask_text(c, "SELECT department || ' ' || entered_by FROM membership"),
		"rural_revitalisation civil_affairs");
	/* Shuangqing's notice knows no such entry. */
	c = county_beside(c, "shuangqing-2023");
	n = county_crowd(c, "兴隆街道", 1, 0);
	TAKES(c, categories, CIVIL, .path = csv(c, "%s甲,%s,脱贫不稳定,2022-06-01,\n", head, n[0]));
	assert_report(c, 1, 0, 0, 0, 1);
}

/* LB-14: each of several categories in one cell is marked, in a word any office writes. */
static void several_in_one_cell(void **state)
{
	struct county *c = county_make(state, "lingbi-2023");
	const char **n = county_crowd(c, "灵城镇", 3, 0);
	const struct explanation *x;

	TAKES(c, categories, CIVIL,
		.path = csv(c,
			"%s甲,%s,低保、边缘易致贫户；稳定脱贫人口,2022-06-01,\n乙,%s,特困供养人员/孤儿,,\n"
			"丙,%s,低保、不存在的类别,,\n",
			head, n[0], n[1], n[2]));
	assert_report(c, 3, 2, 0, 0, 1);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM membership"), 5);
	x = county_explain(c, n[0], "2022-10-08");
	assert_int_equal(x->dossier->n_memberships, 3);
	/* LB-14, and the highest of them pays. */
	assert_str(c->policy.pack->categories[x->ruling.category].code, "dibao");
	assert_int_equal(x->ruling.payable.fen, 5000);
	assert_true(str_find(county_file(c, c->report.errors_path),
			    STR("“不存在的类别”不是本县政策包里的身份类别")) > 0);
}

/* A complete list with a blank number or category: the whole file goes back and nobody is taken
 * off. */
static void a_blank_aborts_the_full_list(void **state)
{
	struct county *c = county_make(state, "lingbi-2023");
	const char **n = county_crowd(c, "灵城镇", 3, 0);

	TAKES(c, categories, CIVIL, .full = true,
		.path = csv(c, "%s甲,%s,低保对象,2022-06-01,\n乙,%s,低保对象,2022-06-01,\n", head,
			n[0], n[1]));
	assert_report(c, 2, 2, 0, 0, 0);
	c->env.today = day("2022-10-31");
	assert_int_equal(
		TRIES(c, categories, CIVIL, .full = true,
			.path = csv(c, "%s丙,%s,低保对象,2022-06-01,\n乙,,低保对象,2022-06-01,\n",
				head, n[2])),
		FAULT_FORMAT);
	assert_non_null(strstr(c->report.err.text, "第 3 行的证件号码为空"));
	assert_int_equal(TRIES(c, categories, CIVIL, .full = true,
				 .path = csv(c, "%s丙,%s,,2022-06-01,\n", head, n[2])),
		FAULT_FORMAT);
	assert_non_null(strstr(c->report.err.text, "身份类别为空"));
	/* A list with no rows takes nobody off either. */
	assert_int_equal(
		TRIES(c, categories, CIVIL, .full = true, .path = csv(c, "%s合计,,,,\n", head)),
		FAULT_FORMAT);
	assert_int_equal(open_of(c, "dibao"), 2);
	assert_int_equal(held(c, "dibao"), 2);
}

/* A bad row anywhere in it: the good rows go in, and nobody is taken off. */
static void a_bad_row_takes_nobody_off(void **state)
{
	struct county *c = county_make(state, "lingbi-2023");
	const char **n = county_crowd(c, "灵城镇", 3, 0);

	TAKES(c, categories, CIVIL, .full = true,
		.path = csv(c, "%s甲,%s,低保对象,2022-06-01,\n乙,%s,低保对象,2022-06-01,\n", head,
			n[0], n[1]));
	c->env.today = day("2022-10-31");
	TAKES(c, categories, CIVIL, .full = true,
		.path = csv(c,
			"%s甲,%s,低保对象,2022-06-01,\n丙,%s,低保对象,2022-10-01,\n乙,%sX,低保对象,,\n",
			head, n[0], n[2], n[1]));
	assert_report(c, 3, 1, 0, 1, 1);
	assert_true(c->report.cancelled_none);
	assert_int_equal(c->report.ended, 0);
	assert_int_equal(open_of(c, "dibao"), 3);
	/* Somebody the county does not know is a bad row, too. */
	TAKES(c, categories, CIVIL, .full = true,
		.path = csv(c, "%s甲,%s,低保对象,2022-06-01,\n戊,%s,低保对象,,\n", head, n[0],
			citizen(c, "19990909", 999)));
	assert_report(c, 2, 0, 0, 1, 1);
	assert_true(c->report.cancelled_none);
	assert_int_equal(open_of(c, "dibao"), 3);
}

/* The complete list takes off whom it no longer carries, of its own department's entries only. */
static void a_full_list_takes_off(void **state)
{
	struct county *c = county_make(state, "lingbi-2023");
	const char **n = county_crowd(c, "灵城镇", 4, 0);

	TAKES(c, categories, RURAL,
		.path = csv(c, "%s甲,%s,返贫致贫人口,2022-06-01,\n", head, n[0]));
	TAKES(c, categories, CIVIL, .full = true,
		.path = csv(c,
			"%s甲,%s,低保对象,2022-06-01,\n乙,%s,低保对象、脱贫不稳定,2022-06-01,\n丙,%s,特困,2022-06-01,\n",
			head, n[0], n[1], n[2]));
	c->env.today = day("2022-10-31");
	TAKES(c, categories, CIVIL, .full = true,
		.path = csv(c,
			"%s乙,%s,脱贫不稳定,2022-06-01,\n丙,%s,特困,2022-06-01,\n丁,%s,低保对象,2022-10-20,\n",
			head, n[1], n[2], n[3]));
	assert_report(c, 3, 1, 0, 2, 0);
	assert_int_equal(c->report.ended, 2);
	assert_int_equal(open_of(c, "dibao"), 1);
	assert_int_equal(open_of(c, "returned_to_poverty"), 1);
	assert_int_equal(open_of(c, "unstable_lifted"), 1);
	assert_int_equal(open_of(c, "extreme_poverty"), 1);
	assert_int_equal(
		county_ask(c,
			"SELECT ended FROM membership WHERE category = 'dibao' AND ended IS NOT NULL "
			"GROUP BY ended"),
		day("2022-10-31"));
	/* Off from that day on, held the day before. */
	assert_int_equal(county_explain(c, n[0], "2022-10-30")->ruling.payable.fen, 5000);
	assert_int_equal(county_explain(c, n[0], "2022-10-31")->ruling.payable.fen, 8000);
}

/* Back on the list after 取消: a new interval, and the old one stays as it was. */
static void back_after_being_taken_off(void **state)
{
	struct county *c = county_make(state, "lingbi-2023");
	const char **n = county_crowd(c, "灵城镇", 2, 0);

	TAKES(c, categories, CIVIL,
		.path = csv(c,
			"%s甲,%s,低保对象,2022-06-01,2022-09-30\n乙,%s,低保对象,2022-06-01,\n",
			head, n[0], n[1]));
	c->env.today = day("2022-11-15");
	TAKES(c, categories, CIVIL, .path = csv(c, "%s甲,%s,低保对象,2022-11-01,\n", head, n[0]));
	assert_report(c, 1, 1, 0, 0, 0);
	assert_int_equal(held(c, "dibao"), 3);
	assert_int_equal(county_explain(c, n[0], "2022-10-15")->ruling.payable.fen, 35000);
	assert_int_equal(county_explain(c, n[0], "2022-11-15")->ruling.payable.fen, 5000);
	/* A day inside the interval that was ended is a contradiction, and so is a second
	 * beginning. */
	TAKES(c, categories, CIVIL, .path = csv(c, "%s乙,%s,低保对象,2022-07-01,\n", head, n[1]));
	assert_report(c, 1, 0, 0, 0, 1);
	/* An end alone takes off whoever is on. */
	TAKES(c, categories, CIVIL, .path = csv(c, "%s乙,%s,低保对象,,2022-11-10\n", head, n[1]));
	assert_report(c, 1, 0, 1, 0, 0);
	assert_int_equal(county_explain(c, n[1], "2022-11-10")->ruling.payable.fen, 35000);
	TAKES(c, categories, CIVIL, .path = csv(c, "%s乙,%s,低保对象,2022-10-01,\n", head, n[1]));
	assert_report(c, 1, 0, 0, 0, 1);
}

/* Another interval of the same category in one file is another statement; an end before the
 * beginning comes back; a sign instead of a category aborts a complete list; a row without a number
 * is no note. */
static void odd_rows(void **state)
{
	struct county *c = county_make(state, "lingbi-2023");
	const char **n = county_crowd(c, "灵城镇", 2, 0);

	TAKES(c, categories, CIVIL,
		.path = csv(c,
			"%s甲,%s,低保对象,2021-01-01,2022-01-01\n甲,%s,低保对象,2022-03-01,\n"
			"乙,%s,低保对象,,2020-01-01\n",
			head, n[0], n[0], n[1]));
	assert_report(c, 3, 2, 0, 0, 1);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM membership WHERE ended IS NULL"), 1);
	assert_true(TRIES(c, categories, CIVIL, .full = true,
			    .path = csv(c, "%s甲,%s,/,2022-03-01,\n", head, n[0])) < 0);
	assert_true(
		TRIES(c, categories, CIVIL, .full = true,
			.path = csv(c, "备注栏,%s负责人,甲,,低保对象,2022-03-01,\n", head)) < 0);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM membership WHERE ended IS NULL"), 1);
}

/* September's list that comes after October's says nothing of October. */
static void an_old_list_takes_nothing_back(void **state)
{
	struct county *c = county_make(state, "lingbi-2023");
	const char **n = county_crowd(c, "灵城镇", 3, 0);

	TAKES(c, categories, CIVIL,
		.path = csv(c, "%s甲,%s,低保对象,2022-06-01,\n乙,%s,特困,2022-06-01,\n", head, n[0],
			n[1]));
	TAKES(c, categories, CIVIL, .full = true, .as_of = day("2022-10-31"),
		.path = csv(c, "%s丙,%s,低保对象,2022-10-01,\n", head, n[2]));
	assert_int_equal(c->report.ended, 2);
	/* As a complete list it may take nobody off; as a list it contradicts nothing. */
	assert_int_equal(TRIES(c, categories, CIVIL, .full = true, .as_of = day("2022-09-30"),
				 .path = csv(c, "%s甲,%s,低保对象,2022-06-01,\n", head, n[0])),
		FAULT_FORMAT);
	assert_non_null(strstr(c->report.err.text, "2022-10-31"));
	TAKES(c, categories, CIVIL, .as_of = day("2022-09-30"),
		.path = csv(c, "%s甲,%s,低保对象,2022-06-01,\n乙,%s,特困,,\n", head, n[0], n[1]));
	assert_report(c, 2, 0, 0, 2, 0);
	assert_int_equal(open_of(c, "dibao"), 1);
	assert_int_equal(open_of(c, "extreme_poverty"), 0);
	/* November's list brings back whom it names, from its own day. */
	TAKES(c, categories, CIVIL, .as_of = day("2022-11-30"),
		.path = csv(c, "%s乙,%s,特困,,\n", head, n[1]));
	assert_report(c, 1, 1, 0, 0, 0);
	assert_int_equal(county_explain(c, n[1], "2022-11-10")->ruling.payable.fen, 35000);
	assert_int_equal(county_explain(c, n[1], "2022-11-30")->ruling.payable.fen, 0);
}

/* The same rows again change nothing; dates that cannot be are sent back. */
static void rows_are_checked(void **state)
{
	struct county *c = county_make(state, "lingbi-2023");
	const char **n = county_crowd(c, "灵城镇", 2, 0);

	TAKES(c, categories, CIVIL, .path = csv(c, "%s甲,%s,低保对象,2022-06-01,\n", head, n[0]));
	TAKES(c, categories, CIVIL, .path = csv(c, "%s甲,%s,低保,2022/6/1,\n", head, n[0]));
	assert_report(c, 1, 0, 0, 1, 0);
	TAKES(c, categories, CIVIL,
		.path = csv(c, "%s甲,%s,低保,,\n乙,%s,低保,,\n乙,%s,低保、特困,,\n", head, n[0],
			n[1], n[1]));
	assert_report(c, 3, 2, 0, 1, 0);
	assert_int_equal(c->report.warned, 1);
	TAKES(c, categories, CIVIL,
		.path = csv(c,
			"%s乙,%s,孤儿,2030-01-01,\n乙,%s,孤儿,2022-06-01,2022-05-01\n乙,%s,孤儿,六月,\n",
			head, n[1], n[1], n[1]));
	assert_report(c, 3, 0, 0, 0, 3);
	assert_int_equal(held(c, "orphan"), 0);
}

/* SQ-46: the health department sends the 两病 patients, and nobody else's groups. */
static void health_sends_two_disease_patients(void **state)
{
	struct county *c = county_make(state, "shuangqing-2023");
	const char **n = county_crowd(c, "兴隆街道", 2, 0);

	TAKES(c, categories, HEALTH,
		.path = csv(c, "%s甲,%s,高血压患者,2022-08-01,\n乙,%s,低保对象,2022-08-01,\n", head,
			n[0], n[1]));
	assert_report(c, 2, 1, 0, 0, 1);
	assert_int_equal(held(c, "two_disease"), 1);
	/* Tracked, not subsidised: the price stays whole and no category is named. */
	assert_int_equal(county_explain(c, n[0], "2022-10-01")->ruling.payable.fen, 35000);
	assert_int_equal(county_explain(c, n[0], "2022-10-01")->ruling.category, -1);
	TAKES(c, categories, .department = STR("disabled_federation"),
		.path = csv(c, "%s乙,%s,重度残疾,2022-08-01,\n", head, n[1]));
	assert_report(c, 1, 1, 0, 0, 0);
	TAKES(c, categories, HEALTH, .full = true, .as_of = day("2022-09-30"),
		.path = csv(c, "%s乙,%s,糖尿病患者,2022-09-10,\n", head, n[1]));
	/* The month's list takes off its own patient and leaves the federation's entry alone. */
	assert_int_equal(c->report.ended, 1);
	assert_int_equal(open_of(c, "two_disease"), 1);
	assert_int_equal(open_of(c, "severe_disability"), 1);
}

/* SQ-47: monitored and stably lifted people are rural revitalisation's to certify. */
static void rural_revitalisation_certifies(void **state)
{
	struct county *c = county_make(state, "shuangqing-2023");
	const char **n = county_crowd(c, "兴隆街道", 4, 0);

	TAKES(c, categories, RURAL,
		.path = csv(c,
			"%s甲,%s,脱贫不稳定户,2022-08-01,\n乙,%s,边缘易致贫户,2022-08-01,\n丙,%s,突发严重困难户,2022-08-01,\n"
			"丁,%s,脱贫人口,2022-08-01,\n",
			head, n[0], n[1], n[2], n[3]));
	assert_report(c, 4, 4, 0, 0, 0);
	for (int i = 0; i < 4; i++)
		assert_int_equal(county_explain(c, n[i], "2022-10-01")->ruling.payable.fen,
			i < 3 ? 17500 : 35000);
	TAKES(c, categories, HEALTH,
		.path = csv(c, "%s甲,%s,稳定脱贫人口,2022-08-01,\n", head, n[0]));
	assert_report(c, 1, 0, 0, 0, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(only_the_owner_certifies),
		BOTH(civil_affairs_enters_for_others),
		BOTH(several_in_one_cell),
		BOTH(a_blank_aborts_the_full_list),
		BOTH(a_bad_row_takes_nobody_off),
		BOTH(a_full_list_takes_off),
		BOTH(back_after_being_taken_off),
		BOTH(odd_rows),
		BOTH(an_old_list_takes_nothing_back),
		BOTH(rows_are_checked),
		BOTH(health_sends_two_disease_patients),
		BOTH(rural_revitalisation_certifies),
	};

	return cmocka_run_group_tests_name("categories", tests, NULL, NULL);
}
