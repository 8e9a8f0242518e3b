/* SPDX-License-Identifier: Apache-2.0 */
/* Where a person belongs: register and residence, farms, households, named officers. */
#include "county.h"

/* LB-01: enrolment where registered or where living, and which of the two is recorded. */
static void register_and_residence(void **state)
{
	struct county *c = county_make(state, "lingbi-2023");
	const char *n[4];

	for (int i = 0; i < 4; i++)
		n[i] = citizen(c, "19700101", 10 + i);
	TAKES(c, residents,
		.path = csv(c,
			"姓名,证件号码,乡镇,户籍地,常住地\n甲,%s,灵城镇,灵璧县灵城镇某村,本县\n"
			"乙,%s,灵城镇,本县,外出\n丙,%s,灵城镇,外省,灵城镇\n丁,%s,灵城镇,外县,外县\n",
			n[0], n[1], n[2], n[3]));
	assert_report(c, 4, 4, 0, 0, 0);
	for (int i = 0; i < 4; i++) {
		const struct explanation *x = county_explain(c, n[i], "2022-10-08");

		assert_int_equal(x->person.registered, i < 2);
		assert_int_equal(x->person.resident, i % 2 == 0);
	}
	assert_string_equal(county_ruling(c, n[1], "2022-10-08"), "regular");
	assert_string_equal(county_ruling(c, n[2], "2022-10-08"), "regular");
	assert_string_equal(county_ruling(c, n[3], "2022-10-08"), "not_local");
}

/* SN-18: the sheep farm is counted in 皇城镇, the ranch in the town of each one's register. */
static void farms(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char *sheep = citizen(c, "19700101", 21), *kangle = citizen(c, "19700101", 22),
		   *hongwan = citizen(c, "19700101", 23), *nobody = citizen(c, "19700101", 24);
	struct report *r;

	TAKES(c, residents,
		.path = csv(c,
			"姓名,证件号码,单位备注,乡镇,户籍地\n甲,%s,,绵羊繁育技术推广站,本县\n"
			"乙,%s,,宝瓶河牧场,康乐镇\n丙,%s,,宝瓶河牧场,红湾寺镇\n丁,%s,,宝瓶河牧场,本县\n",
			sheep, kangle, hongwan, nobody));
	assert_report(c, 4, 3, 0, 0, 1);
	assert_true(str_find(county_file(c, c->report.errors_path), STR("SN-18")) > 0);
	assert_str(county_explain(c, sheep, "2023-10-01")->town, "皇城镇");
	assert_str(county_explain(c, sheep, "2023-10-01")->village, "甘肃省绵羊育种场");
	assert_str(county_explain(c, kangle, "2023-10-01")->town, "康乐镇");
	assert_str(county_explain(c, hongwan, "2023-10-01")->town, "红湾寺镇");
	/* Registered in the ranch itself is no town either. */
	TAKES(c, residents,
		.path = csv(c, "姓名,证件号码,乡镇,户籍地\n丁,%s,宝瓶河牧场,宝瓶河牧场\n", nobody));
	assert_report(c, 1, 0, 0, 0, 1);
	/* Paid people of the farms are counted there, and the farms are no line of the ranking. */
	assert_int_equal(
		county_pay(c, "alipay", "1", sheep, 38000, "2023-10-01").outcome, TAKE_POSTED);
	assert_int_equal(
		county_pay(c, "alipay", "2", hongwan, 38000, "2023-10-01").outcome, TAKE_POSTED);
	r = county_read(c, report_ranking, "2023-10-01");
	assert_int_equal(report_at(r, "皇城镇", "enrolled")->number, 1);
	assert_int_equal(report_at(r, "红湾寺镇", "enrolled")->number, 1);
	assert_int_equal(report_at(r, "康乐镇", "enrolled")->number, 0);
	assert_int_equal(r->n_rows, 8 + 1);
	assert_int_equal(
		report_count(r, "甘肃省绵羊育种场") + report_count(r, "张掖宝瓶河牧场"), 0);
}

/* SN-25: each village has a named person, and the newest name stands. */
static void named_officers(void **state)
{
	struct county *c = county_make(state, "sunan-2024");

	TAKES(c, divisions,
		.path = csv(c,
			"编码,名称,负责人\n620721101201,一村,赵网格\n620721101202,二村,钱包村\n"));
	assert_report(c, 2, 0, 2, 0, 0);
	assert_string_equal(
		county_ask_text(c, "SELECT officer FROM division WHERE code = 620721101201"),
		"赵网格");
	TAKES(c, divisions, .path = csv(c, "编码,名称,网格员\n620721101201,一村,孙网格\n"));
	assert_report(c, 1, 0, 1, 0, 0);
	assert_string_equal(
		county_ask_text(c, "SELECT officer FROM division WHERE code = 620721101201"),
		"孙网格");
	/* A file without that column takes nobody's name away. */
	TAKES(c, divisions, .path = csv(c, "编码,名称\n620721101201,一村\n620721101203,三村\n"));
	assert_report(c, 2, 1, 0, 1, 0);
	assert_string_equal(
		county_ask_text(c, "SELECT officer FROM division WHERE code = 620721101201"),
		"孙网格");
}

/* Codes of another county, and names nobody has, do not come in. */
static void divisions_are_checked(void **state)
{
	struct county *c = county_make(state, "sunan-2024");

	TAKES(c, divisions,
		.path = csv(c,
			"编码,名称,启用日期,停用日期\n341323100,灵城镇,,\n6207,半个,,\n620721300,,,\n"
			"620721301,新镇,2024-01-01,2023-01-01\n620721302,新乡,,\n"));
	assert_report(c, 5, 1, 0, 0, 4);
}

/* SN-26: a whole household enrols, and whoever of it is left out stands in the ledger beside the
 * rest. */
static void whole_households(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char *n[5];
	struct report *r;

	for (int i = 0; i < 5; i++)
		n[i] = citizen(c, "19700101", 30 + i);
	TAKES(c, residents,
		.path = csv(c,
			"户号,与户主关系,姓名,证件号码,乡镇,村\nH2,户主,戊,%s,皇城镇,一村\nH1,户主,甲,%s,皇城镇,一村\n"
			"H2,妻,丁,%s,皇城镇,一村\nH1,妻,乙,%s,皇城镇,一村\nH1,子,丙,%s,皇城镇,一村\n",
			n[4], n[0], n[3], n[1], n[2]));
	assert_int_equal(county_ask(c, "SELECT count(*) FROM household"), 2);
	assert_int_equal(
		county_pay(c, "alipay", "1", n[0], 38000, "2023-10-01").outcome, TAKE_POSTED);
	assert_int_equal(
		county_pay(c, "alipay", "2", n[2], 38000, "2023-10-01").outcome, TAKE_POSTED);
	r = county_read(c, report_unenrolled, "2023-10-01");
	assert_int_equal(r->n_rows, 3);
	assert_str(report_at(r, "乙", "household")->text, "H1");
	assert_int_equal(report_count(r, "H2"), 2);
	/* Household by household. */
	assert_str(r->cells[0 * r->n_columns + 3].text, "乙");
	assert_str(r->cells[2 * r->n_columns + 2].text, "H2");
	assert_int_equal(report_count(r, "甲") + report_count(r, "丙"), 0);
}

/* The ledger stands in the same order on both engines, people of no household before the others. */
static void no_household_comes_first(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	struct report *r;

	TAKES(c, residents,
		.path = csv(c,
			"户号,姓名,证件号码,乡镇,村\nH2,甲,%s,皇城镇,一村\n,乙,%s,皇城镇,一村\nH1,丙,%s,皇城镇,一村\n",
			citizen(c, "19700101", 1), citizen(c, "19700101", 2),
			citizen(c, "19700101", 3)));
	r = county_read(c, report_unenrolled, "2023-10-01");
	assert_int_equal(r->n_rows, 3);
	assert_str(r->cells[0 * r->n_columns + 3].text, "乙");
	assert_str(r->cells[1 * r->n_columns + 3].text, "丙");
	assert_str(r->cells[2 * r->n_columns + 3].text, "甲");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(register_and_residence),
		BOTH(farms),
		BOTH(named_officers),
		BOTH(divisions_are_checked),
		BOTH(whole_households),
		BOTH(no_household_comes_first),
	};

	return cmocka_run_group_tests_name("register", tests, NULL, NULL);
}
