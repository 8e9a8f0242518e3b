/* SPDX-License-Identifier: Apache-2.0 */
/* Reports: how far each town is, who is missing, what the special groups have. */
#include "acts/recent.h"
#include "county.h"

static int64_t figure(const struct report *r, const char *town, const char *key)
{
	return report_at(r, town, key)->number;
}

static void pay(
	struct county *c, const char *channel, const char *number, int64_t fen, const char *on)
{
	struct take_result r =
		county_pay(c, channel, county_text(c, "%s-%s", number, channel), number, fen, on);

	if (r.outcome != TAKE_POSTED)
		fail_row("not posted: %s", suspense_code(r.reason));
}

/* Five towns of Lingbi at 80, 50, 50, 33.33 and 0 per cent of their plans. */
static struct county *five_towns(void **state)
{
	struct county *c = county_make(state, "lingbi-2023");
	const char **a = county_crowd(c, "灵城镇", 5, 0), **b = county_crowd(c, "韦集镇", 2, 100),
		   **d = county_crowd(c, "黄湾镇", 2, 200), **e = county_crowd(c, "娄庄镇", 3, 300);

	TAKES(c, targets,
		.path = csv(c,
			"镇街,任务数\n灵城镇,5\n韦集镇,2\n黄湾镇,2\n娄庄镇,3\n杨疃镇,1089988\n合计,1090000\n"));
	TAKES(c, categories, .department = STR("civil_affairs"),
		.path = csv(c, "姓名,证件号码,身份类别\n甲,%s,特困\n", a[0]));
	county_assess(c, "2022-10-01");
	c->env.today = day("2023-03-01");
	pay(c, "wechat", a[1], 35000, "2022-10-02");
	pay(c, "alipay", a[2], 35000, "2022-10-03");
	pay(c, "village_agent", a[3], 35000, "2022-10-03");
	pay(c, "wechat", b[0], 35000, "2022-10-03");
	pay(c, "village_agent", d[0], 35000, "2022-10-02");
	pay(c, "wanshitong", e[0], 35000, "2022-10-03");
	return c;
}

/* LB-43: the daily ranking; equal rates share a rank, and a town without a plan has none. */
static void ranking(void **state)
{
	struct county *c = five_towns(state);
	struct report *r = county_read(c, report_ranking, "2022-10-03");

	assert_int_equal(r->n_rows, 21);
	assert_str(r->cells[1].text, "灵城镇");
	assert_int_equal(figure(r, "灵城镇", "rank"), 1);
	assert_int_equal(figure(r, "韦集镇", "rank"), 2);
	assert_int_equal(figure(r, "黄湾镇", "rank"), 2);
	assert_int_equal(figure(r, "娄庄镇", "rank"), 4);
	assert_int_equal(figure(r, "杨疃镇", "rank"), 5);
	assert_int_equal(figure(r, "尹集镇", "rank"), REPORT_NONE);
	assert_int_equal(figure(r, "灵城镇", "rate"), 8000);
	assert_int_equal(figure(r, "韦集镇", "rate"), 5000);
	assert_int_equal(figure(r, "娄庄镇", "rate"), 3333);
	assert_int_equal(figure(r, "杨疃镇", "rate"), 0);
	assert_int_equal(figure(r, "尹集镇", "rate"), REPORT_NONE);
	/* Towns that were merged are counted in the new one, and are no line of their own. */
	assert_int_equal(report_count(r, "大庙乡"), 0);
}

/* LB-43: two towns that only look equal after rounding do not share a rank. */
static void ranks_by_the_exact_share(void **state)
{
	struct county *c = county_make(state, "shuangqing-2023");
	const char **a = county_crowd(c, "兴隆街道", 2, 100),
		   **b = county_crowd(c, "龙须塘街道", 1, 200),
		   **d = county_crowd(c, "汽车站街道", 1, 300);
	struct report *r;

	TAKES(c, targets,
		.path = csv(c,
			"镇街,目标数,常住人口\n兴隆街道,1,6001\n龙须塘街道,1,3000\n汽车站街道,1,3000\n"));
	pay(c, "wechat", a[0], 35000, "2022-10-08");
	pay(c, "wechat", a[1], 35000, "2022-10-08");
	pay(c, "wechat", b[0], 35000, "2022-10-08");
	pay(c, "wechat", d[0], 35000, "2022-10-08");
	r = county_read(c, report_ranking, "2022-10-08");
	assert_int_equal(figure(r, "兴隆街道", "rate"), figure(r, "龙须塘街道", "rate"));
	assert_int_equal(figure(r, "龙须塘街道", "rank"), 1);
	assert_int_equal(figure(r, "汽车站街道", "rank"), 1);
	assert_int_equal(figure(r, "兴隆街道", "rank"), 3);
}

/* A town merged in the middle of a season keeps the line of those counted there before, and
 * the sum holds. */
static void a_merged_town(void **state)
{
	struct county *c = five_towns(state);
	struct report *r;

	TAKES(c, divisions,
		.path = csv(c,
			"编码,名称,停用日期,报表归属\n341323103,娄庄镇,2022-10-03,341323100\n341323102,黄湾镇,,341323100\n"));
	r = county_read(c, report_ranking, "2022-10-05");
	assert_int_equal(report_total(r, "enrolled")->number, 7);
	assert_int_equal(figure(r, "娄庄镇", "enrolled"), 1);
	assert_int_equal(figure(r, "黄湾镇", "enrolled"), 1);
	assert_int_equal(figure(r, "灵城镇", "enrolled"), 4);
	/* Whoever comes after is counted in the new one. */
	TAKES(c, residents,
		.path = csv(c, "姓名,证件号码,乡镇\n新人,%s,黄湾镇\n", citizen(c, "19800101", 66)));
	pay(c, "wechat", citizen(c, "19800101", 66), 35000, "2022-10-05");
	assert_int_equal(
		figure(county_read(c, report_ranking, "2022-10-05"), "灵城镇", "enrolled"), 5);
	county_clean(c);
}

/* LB-02: the day's count, the total, and how much of it came online; the bureau's own enrolments
 * are neither online nor offline. */
static void counts_and_shares(void **state)
{
	struct county *c = five_towns(state);
	struct report *r = county_read(c, report_progress, "2022-10-03");

	assert_int_equal(figure(r, "灵城镇", "target"), 5);
	assert_int_equal(figure(r, "灵城镇", "enrolled"), 4);
	assert_int_equal(figure(r, "灵城镇", "today"), 2);
	assert_int_equal(figure(r, "灵城镇", "funded"), 1);
	assert_int_equal(figure(r, "灵城镇", "online_share"), 6667);
	assert_int_equal(figure(r, "灵城镇", "personal_fen"), 3 * 35000);
	assert_int_equal(figure(r, "灵城镇", "subsidy_fen"), 35000);
	assert_int_equal(figure(r, "黄湾镇", "online_share"), 0);
	assert_int_equal(figure(r, "黄湾镇", "today"), 0);
	assert_int_equal(figure(r, "杨疃镇", "online_share"), REPORT_NONE);
	assert_int_equal(report_total(r, "target")->number, 1090000);
	assert_int_equal(report_total(r, "enrolled")->number, 7);
	assert_int_equal(report_total(r, "today")->number, 4);
	assert_int_equal(report_total(r, "funded")->number, 1);
	assert_int_equal(report_total(r, "online_share")->number, 6667);
	assert_int_equal(report_total(r, "personal_fen")->number, 6 * 35000);
	/* As of an earlier day the figures are that day's. */
	r = county_read(c, report_progress, "2022-10-02");
	assert_int_equal(figure(r, "灵城镇", "enrolled"), 2);
	assert_int_equal(figure(r, "灵城镇", "today"), 1);
	assert_int_equal(report_total(r, "enrolled")->number, 3);
	assert_true(str_find(r->title_zh, STR("2022-10-02")) > 0);
}

/* LB-36: only what was done by 2022-12-31 counts for the assessment. */
static void the_assessment_stops(void **state)
{
	struct county *c = five_towns(state);
	struct report_request q = {
		.policy = &c->policy, .on = day("2023-02-28"), .assessment = true
	};
	const char *home = citizen(c, "19800101", 55);
	struct err err = { "" };
	struct report r;

	TAKES(c, residents, .path = csv(c, "姓名,证件号码,乡镇\n返乡人,%s,灵城镇\n", home));
	TAKES(c, circumstances,
		.path = csv(c,
			"姓名,证件号码,特殊情形,发生日期,佐证材料,留档编号\n返乡人,%s,春节返乡农民工,2023-01-20,务工证明,1\n",
			home));
	pay(c, "wechat", home, 35000, "2023-02-01");
	assert_int_equal(
		figure(county_read(c, report_ranking, "2023-02-28"), "灵城镇", "enrolled"), 5);
	assert_int_equal(report_ranking(&c->env, &q, &c->arena, &r, &err), 0);
	assert_int_equal(figure(&r, "灵城镇", "enrolled"), 4);
	assert_int_equal(figure(&r, "灵城镇", "rate"), 8000);
	assert_true(str_find(r.title_zh, STR("2022-12-31")) > 0);
	/* Before the cut-off the day asked for is the day. */
	q.on = day("2022-10-02");
	assert_int_equal(report_progress(&c->env, &q, &c->arena, &r, &err), 0);
	assert_int_equal(figure(&r, "灵城镇", "enrolled"), 2);
}

/* SQ-01: of the resident population, resident and employee insurance together. */
static void rate_of_residents(void **state)
{
	struct county *c = county_make(state, "shuangqing-2023");
	const char **n = county_crowd(c, "兴隆街道", 9, 0);
	struct report *r;

	TAKES(c, targets,
		.path = csv(c,
			"镇街,目标数,户籍人口,常住人口,延期\n兴隆街道,4,20,10,是\n桥头街道,4,20,,\n"));
	TAKES(c, coverage,
		.path = csv(c,
			"姓名,证件号码,险种,参保日期,中断日期\n甲,%s,310,2020-01-01,\n乙,%s,310,2020-01-01,\n"
			"丙,%s,310,2020-01-01,2022-10-01\n丁,%s,310,2022-10-20,\n壬,%s,390,2020-01-01,\n",
			n[0], n[1], n[2], n[3], n[8]));
	for (int i = 4; i < 8; i++)
		pay(c, "wechat", n[i], 35000, "2022-10-08");
	r = county_read(c, report_ranking, "2022-10-10");
	assert_int_equal(figure(r, "兴隆街道", "base"), 10);
	assert_int_equal(figure(r, "兴隆街道", "enrolled"), 4);
	assert_int_equal(figure(r, "兴隆街道", "rate"), 6000);
	assert_int_equal(figure(r, "桥头街道", "rate"), REPORT_NONE);
	assert_str(report_at(r, "兴隆街道", "extended")->text, "是");
	assert_int_equal(
		figure(county_read(c, report_ranking, "2022-10-20"), "兴隆街道", "rate"), 7000);
	assert_int_equal(report_total(r, "rate")->number, 6000);
}

/* A county whose notice measures by the registered population is measured by it. */
static void rate_of_the_registered(void **state)
{
	struct county *c = county_make(state, "yunhe-2025");
	const char **n = county_crowd(c, "甲镇", 3, 35 * 900);

	TAKES(c, targets,
		.path = csv(c, "乡镇,目标数,户籍人口,常住人口\n甲镇,42000,8,100\n乙镇,0,5,5\n"));
	c->env.today = day("2024-09-10");
	pay(c, "phone", n[0], 40000, "2024-09-05");
	pay(c, "phone", n[1], 40000, "2024-09-05");
	pay(c, "bank_counter", n[2], 40000, "2024-09-06");
	assert_int_equal(
		figure(county_read(c, report_ranking, "2024-09-10"), "甲镇", "rate"), 3750);
	assert_int_equal(figure(county_read(c, report_ranking, "2024-09-10"), "乙镇", "rank"), 2);
}

/* LB-04, SQ-02, SQ-03: every group with its figures, and everyone missing by name, once, with all
 * marks. */
static void special_groups(void **state)
{
	struct county *c = county_make(state, "shuangqing-2023");
	const char **n = county_crowd(c, "兴隆街道", 6, 0);
	struct report_request q = { .policy = &c->policy, .on = day("2022-11-10") };
	struct report groups, missing;
	int64_t people;
	uint64_t poor;
	struct err err = { "" };

	TAKES(c, categories, .department = STR("civil_affairs"),
		.path = csv(c,
			"姓名,证件号码,身份类别,取消时间\n甲,%s,特困,\n乙,%s,低保,\n丙,%s,低保,\n丁,%s,低保,2022-10-30\n戊,%s,低保,\n",
			n[0], n[1], n[2], n[3], n[4]),
		.as_of = day("2022-08-01"));
	TAKES(c, categories, .department = STR("health"),
		.path = csv(c,
			"姓名,证件号码,身份类别\n丙,%s,两病\n己,%s,糖尿病患者\n乙,%s,两病患者\n",
			n[2], n[5], n[1]));
	TAKES(c, coverage, .path = csv(c, "姓名,证件号码,参保日期\n戊,%s,2020-01-01\n", n[4]));
	county_assess(c, "2022-10-01");
	pay(c, "wechat", n[1], 17500, "2022-10-08");
	c->env.today = day("2022-11-10");
	assert_int_equal(report_special(&c->env, &q, &c->arena, &groups, &missing, &err), 0);
	assert_int_equal(figure(&groups, "低保对象", "total"), 3);
	assert_int_equal(figure(&groups, "低保对象", "enrolled"), 1);
	assert_int_equal(figure(&groups, "低保对象", "covered"), 1);
	assert_int_equal(figure(&groups, "低保对象", "missing"), 1);
	assert_int_equal(figure(&groups, "低保对象", "rate"), 6667);
	assert_int_equal(figure(&groups, "特困人员", "rate"), 10000);
	assert_int_equal(figure(&groups, "两病患者", "total"), 3);
	assert_int_equal(figure(&groups, "两病患者", "missing"), 2);
	/* Groups the notice does not watch are no line here. */
	assert_int_equal(report_count(&groups, "困境儿童"), 0);
	assert_int_equal(missing.n_rows, 2);
	assert_str(report_at(&missing, "丙", "categories")->text, "低保对象、两病患者");
	assert_int_equal(report_at(&missing, "丙", "payable_fen")->number, 17500);
	assert_str(report_at(&missing, "己", "categories")->text, "两病患者");
	assert_str(report_at(&missing, "己", "village")->text, "一村");
	/* The desk counts heads: 丙 is missing in two groups and is one person to go and see. */
	recent_forget();
	assert_int_equal(
		figure(&groups, "低保对象", "missing") + figure(&groups, "两病患者", "missing"), 3);
	assert_int_equal(
		special_people_recent(&c->env, &c->policy, q.on, 0, UINT64_MAX, &people), 0);
	assert_int_equal(people, 2);
	assert_int_equal(
		special_people_recent(&c->env, &c->policy, q.on, 430502002000, UINT64_MAX, &people),
		0);
	assert_int_equal(people, 0);
	poor = UINT64_C(1) << pack_category_by_code(c->policy.pack, STR("dibao"));
	assert_int_equal(special_people_recent(&c->env, &c->policy, q.on, 0, poor, &people), 0);
	assert_int_equal(people, 1);
	/* Of one town only: nobody there. */
	q.town = 430502002000;
	assert_int_equal(report_special(&c->env, &q, &c->arena, &groups, &missing, &err), 0);
	assert_int_equal(missing.n_rows, 0);
}

/* LB-04 in Lingbi: stably lifted people count though nobody pays for them. */
static void the_stably_lifted_are_watched(void **state)
{
	struct county *c = county_make(state, "lingbi-2023");
	const char **n = county_crowd(c, "灵城镇", 2, 0);
	struct report_request q = { .policy = &c->policy, .on = day("2022-11-10") };
	struct report groups, missing;
	struct err err = { "" };

	TAKES(c, categories, .department = STR("rural_revitalisation"),
		.path = csv(c, "姓名,证件号码,身份类别\n甲,%s,稳定脱贫人口\n乙,%s,稳定脱贫人口\n",
			n[0], n[1]));
	pay(c, "wechat", n[0], 35000, "2022-10-08");
	assert_int_equal(report_special(&c->env, &q, &c->arena, &groups, &missing, &err), 0);
	assert_int_equal(figure(&groups, "稳定脱贫人口", "rate"), 5000);
	assert_int_equal(missing.n_rows, 1);
	assert_str(report_at(&missing, "乙", "town")->text, "灵城镇");
}

/* LB-41: the village ledger of who is not enrolled, with what they owe or why they may not;
 * numbers are masked unless the reader may see them. */
static void the_village_ledger(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char **n = county_crowd(c, "皇城镇", 5, 0), **o = county_crowd(c, "康乐镇", 1, 100);
	struct report_request q = { .policy = &c->policy, .on = day("2023-10-10"), .unmask = true };
	struct err err = { "" };
	struct report *r, whole;
	char masked[DOCUMENT_MAX + 1];

	TAKES(c, coverage, .path = csv(c, "姓名,证件号码,参保日期\n乙,%s,2020-01-01\n", n[1]));
	TAKES(c, categories, .department = STR("civil_affairs"),
		.path = csv(c, "姓名,证件号码,身份类别\n丙,%s,二类低保\n", n[2]));
	TAKES(c, residents,
		.path = csv(c,
			"姓名,证件号码,乡镇,户籍地,死亡日期\n丁,%s,皇城镇,外县,\n戊,%s,皇城镇,,2023-09-01\n",
			n[3], n[4]));
	county_assess(c, "2023-09-10");
	pay(c, "alipay", n[0], 38000, "2023-09-11");
	r = county_read(c, report_unenrolled, "2023-09-10");
	assert_int_equal(report_count(r, "甲"), 1); /* not yet that day */
	r = county_read(c, report_unenrolled, "2023-10-10");
	assert_int_equal(r->n_rows, 3);
	assert_int_equal(report_count(r, "甲") + report_count(r, "乙") + report_count(r, "戊"), 0);
	assert_int_equal(figure(r, "丙", "payable_fen"), 7000);
	assert_str(report_at(r, "丙", "category")->text, "农村二类低保");
	assert_str(report_at(r, "丙", "village")->text, "一村");
	assert_int_equal(figure(r, "丁", "payable_fen"), REPORT_NONE);
	assert_true(report_at(r, "丁", "reason")->text.n > 0);
	assert_int_equal(figure(r, "丙", "age"), 83);
	document_mask(str_of(n[2]), masked);
	assert_str(report_at(r, "丙", "document")->text, masked);
	assert_int_equal(report_count(r, n[2]), 0);
	assert_int_equal(report_unenrolled(&c->env, &q, &c->arena, &whole, &err), 0);
	assert_int_equal(report_count(&whole, n[2]), 1);
	q.town = 620721102000;
	assert_int_equal(report_unenrolled(&c->env, &q, &c->arena, &whole, &err), 0);
	assert_int_equal(whole.n_rows, 1);
	assert_int_equal(report_count(&whole, o[0]), 1);
}

/* Looking somebody up is itself recorded (LB-44), and never by number. */
static void looking_is_recorded(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char **n = county_crowd(c, "皇城镇", 1, 0);
	const struct explanation *x;

	c->env.actor = STR("curious");
	x = county_explain(c, n[0], "2023-10-01");
	assert_string_equal(
		county_ask_text(
			c, "SELECT subject FROM audit WHERE actor = 'curious' AND act = 'explain'"),
		county_text(c, "person %d", (int)x->person.id));
	assert_null(strstr(x->masked, "0101"));
	assert_int_equal(
		county_ask(c,
			"SELECT count(*) FROM audit WHERE subject LIKE '%%%s%%' OR detail LIKE '%%%s%%'",
			n[0], n[0]),
		0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(ranking),
		BOTH(ranks_by_the_exact_share),
		BOTH(a_merged_town),
		BOTH(counts_and_shares),
		BOTH(the_assessment_stops),
		BOTH(rate_of_residents),
		BOTH(rate_of_the_registered),
		BOTH(special_groups),
		BOTH(the_stably_lifted_are_watched),
		BOTH(the_village_ledger),
		BOTH(looking_is_recorded),
	};

	return cmocka_run_group_tests_name("reports", tests, NULL, NULL);
}
