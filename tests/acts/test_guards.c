/* SPDX-License-Identifier: Apache-2.0 */
/* Slips of the hand that would cost somebody else: another's name, another county's pack, a list
 * that is cut short, a document of another kind (LB-49). */
#include "county.h"

#define CIVIL .department = STR("civil_affairs")
static const char *const head = "姓名,证件号码,身份类别,纳入资助时间,身份取消时间\n";

/* A right number under another's name helps neither: every kind of list sends the row back. */
static void lists_need_the_right_name(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char **n = county_crowd(c, "皇城镇", 3, 0);

	TAKES(c, categories, CIVIL,
		.path = csv(c, "%s甲,%s,特困,,\n丙,%s,特困,,\n", head, n[0], n[1]));
	assert_report(c, 2, 1, 0, 0, 1);
	assert_true(
		str_find(county_file(c, c->report.errors_path), STR("第3行：姓名与居民库里")) > 0);
	TAKES(c, students,
		.path = csv(c, "姓名,证件号码,学段\n乙,%s,小学\n甲,%s,小学\n", n[0], n[1]));
	assert_report(c, 2, 0, 0, 0, 2);
	TAKES(c, coverage, .path = csv(c, "姓名,证件号码,参保日期\n丙丙,%s,2020-01-01\n", n[2]));
	assert_report(c, 1, 0, 0, 0, 1);
	TAKES(c, circumstances,
		.path = csv(c,
			"姓名,证件号码,特殊情形,发生日期,佐证材料,留档编号\n丁,%s,退役军人,2023-03-01,退役证,1\n",
			n[2]));
	assert_report(c, 1, 0, 0, 0, 1);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM membership"), 1);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM student"), 0);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM coverage"), 0);
}

/* What a sender's system could not write, and how offices write dots, is the same name. */
static void names_as_offices_write_them(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char *a = citizen(c, "19800101", 1), *b = citizen(c, "19800101", 2);

	TAKES(c, residents,
		.path = csv(
			c, "姓名,证件号码,乡镇\n𠅤一,%s,皇城镇\n阿依·买买提,%s,皇城镇\n", a, b));
	TAKES(c, categories, CIVIL,
		.path = csv(c, "%s?一,%s,特困,,\n阿依．买买提,%s,孤儿,,\n", head, a, b));
	assert_report(c, 2, 2, 0, 0, 0);
	TAKES(c, categories, CIVIL,
		.path = csv(c, "%s?二,%s,孤儿,,\n阿依,%s,特困,,\n", head, a, b));
	assert_report(c, 2, 0, 0, 0, 2);
}

/* A complete list that was cut short would take many off: it asks first, with the number to say
 * back. */
static void a_short_list_asks_first(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char **n = county_crowd(c, "皇城镇", 40, 100);
	struct buf b;

	buf_init(&b, 1u << 16);
	buf_addz(&b, head);
	for (int i = 0; i < 40; i++)
		buf_addf(&b, "居民%d,%s,农村三类低保,2023-01-01,\n", 100 + i, n[i]);
	TAKES(c, categories, CIVIL, .full = true, .path = csv(c, "%.*s", STR_ARG(buf_str(&b))));
	buf_release(&b);
	c->env.today = day("2023-10-31");
	assert_int_equal(
		TRIES(c, categories, CIVIL, .full = true,
			.path = csv(c, "%s居民100,%s,农村三类低保,2023-01-01,\n", head, n[0])),
		FAULT_FORMAT);
	assert_non_null(strstr(c->report.err.text, "--confirm-ended 39"));
	assert_int_equal(county_ask(c, "SELECT count(*) FROM membership WHERE ended IS NULL"), 40);
	assert_int_equal(
		TRIES(c, categories, CIVIL, .full = true, .confirm_ended = 38,
			.path = csv(c, "%s居民100,%s,农村三类低保,2023-01-01,\n", head, n[0])),
		FAULT_FORMAT);
	TAKES(c, categories, CIVIL, .full = true, .confirm_ended = 39,
		.path = csv(c, "%s居民100,%s,农村三类低保,2023-01-01,\n", head, n[0]));
	assert_int_equal(c->report.ended, 39);
	/* A few may go without a word. */
	TAKES(c, categories, CIVIL, .full = true, .as_of = day("2023-11-30"),
		.path = csv(c, "%s居民101,%s,农村三类低保,2023-11-01,\n", head, n[1]));
	assert_int_equal(c->report.ended, 1);
}

/* Two intervals of one category in one file are two statements. */
static void two_intervals_in_a_file(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char **n = county_crowd(c, "皇城镇", 1, 0);

	TAKES(c, categories, CIVIL,
		.path = csv(c,
			"%s甲,%s,低保边缘,2022-01-01,2022-12-31\n甲,%s,低保边缘,2023-06-01,\n",
			head, n[0], n[0]));
	assert_report(c, 2, 2, 0, 0, 0);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM membership"), 2);
	assert_int_equal(county_explain(c, n[0], "2023-10-01")->ruling.payable.fen, 28000);
}

/* A pack decides for its own county, never for another's people. */
static void another_countys_pack(void **state)
{
	struct county *c = county_make(state, "shuangqing-2023");
	struct county *other = county_beside(c, "lingbi-2023");
	const char **n = county_crowd(c, "兴隆街道", 1, 0);
	struct assess_report r;
	struct policy own = c->policy;

	c->policy = other->policy;
	assert_int_equal(assess(&c->env, &c->policy, day("2022-10-10"), &r), FAULT_FORMAT);
	assert_non_null(strstr(r.err.text, "别的县"));
	assert_int_equal(county_ask(c, "SELECT count(*) FROM bill"), 0);
	c->policy = own;
	assert_int_equal(county_assess(c, "2022-10-10")->billed, 1);
	assert_true(policy_fits(own.pack, 430502));
	assert_false(policy_fits(own.pack, 430503));
	(void)n;
}

/* A passport and a pass of the same characters are two people's. */
static void documents_of_two_kinds(void **state)
{
	struct county *c = county_make(state, "lingbi-2023");

	TAKES(c, residents,
		.path = csv(c,
			"姓名,证件类型,证件号码,出生日期,乡镇\n陈大文,港澳居民来往内地通行证,H12345678,1990-01-31,灵城镇\n"
			"SMITH,护照,H12345678,1980-01-31,灵城镇\n"));
	assert_report(c, 2, 2, 0, 0, 0);
	assert_int_equal(county_ask(c, "SELECT count(DISTINCT token) FROM person"), 2);
	/* A foreigner's paper is found again by a list that has no column for its kind. */
	TAKES(c, residents,
		.path = csv(c,
			"姓名,证件类型,证件号码,出生日期,乡镇\nLEE,外国人居留许可,E7654321,1985-01-31,灵城镇\n"));
	TAKES(c, residents,
		.path = csv(c, "姓名,证件号码,出生日期,乡镇\nLEE,E7654321,1985-01-31,灵城镇\n"));
	assert_int_equal(county_ask(c, "SELECT count(*) FROM person"), 3);
}

/* A row that lacks its key is bad data when the rest is there, and no note at the foot of the
 * table. */
static void rows_that_look_like_notes(void **state)
{
	struct county *c = county_make(state, "sunan-2024");

	TAKES(c, residents,
		.path = csv(c,
			"姓名,证件号码,乡镇\n单位,,皇城镇\n单于,%s,皇城镇\n说明：以上共 2 人,,\n合计,,2\n",
			citizen(c, "19800101", 1)));
	assert_report(c, 2, 1, 0, 0, 1);
	assert_int_equal(c->report.skipped, 2);
}

/* A village belongs to a town of this county, a town to the county. */
static void parents_one_level_up(void **state)
{
	struct county *c = county_make(state, "sunan-2024");

	TAKES(c, divisions,
		.path = csv(c,
			"编码,名称,上级编码\n620721101205,五村,620721\n620721101206,六村,341323100\n"
			"620721300,新镇,620721101\n620721101207,七村,620721102\n620721301,新乡,620721\n"));
	assert_report(c, 5, 2, 0, 0, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(lists_need_the_right_name),
		BOTH(names_as_offices_write_them),
		BOTH(a_short_list_asks_first),
		BOTH(two_intervals_in_a_file),
		BOTH(another_countys_pack),
		BOTH(documents_of_two_kinds),
		BOTH(rows_that_look_like_notes),
		BOTH(parents_one_level_up),
	};

	return cmocka_run_group_tests_name("guards", tests, NULL, NULL);
}
