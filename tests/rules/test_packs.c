/* SPDX-License-Identifier: Apache-2.0 */
/* What the three notices state beside who pays what: targets, departments, channels, deadlines,
 * rates, work funds, awards, reports.  Each value is asked of the loaded pack. */
#include "pack_fixture.h"

enum { LB, SQ, SN, COUNT };
static const char *const codes[COUNT] = { "lingbi-2023", "shuangqing-2023", "sunan-2024" };
static struct fixture packs[COUNT];

static day_t day(const char *text)
{
	day_t d = DAY_NONE;

	assert_true(day_parse(str_of(text), &d));
	return d;
}

static const struct pack_category *category(int county, const char *code)
{
	int i = pack_category_by_code(packs[county].pack, str_of(code));

	assert_true(i >= 0);
	return &packs[county].pack->categories[i];
}

static bool certified_by(int county, const char *code, enum department department)
{
	return category(county, code)->certifiers == 1u << department;
}

/* Does the basis cite the clause? */
static bool cites(int county, uint16_t basis, const char *clause)
{
	const struct pack *p = packs[county].pack;
	const struct pack_basis *b = pack_basis(p, basis);

	for (size_t i = 0; i < b->n_cites; i++)
		if (str_is(p->cites[b->cites[i]], clause))
			return true;
	return false;
}

static const struct pack_deadline *deadline(int county, const char *code)
{
	const struct pack *p = packs[county].pack;

	for (size_t i = 0; i < p->n_deadlines; i++)
		if (str_is(p->deadlines[i].code, code))
			return &p->deadlines[i];
	fail_row("no deadline %s", code);
	return NULL;
}

static const struct pack_rate *rate(int county, const char *code)
{
	const struct pack *p = packs[county].pack;

	for (size_t i = 0; i < p->n_rates; i++)
		if (str_is(p->rates[i].code, code))
			return &p->rates[i];
	fail_row("no rate %s", code);
	return NULL;
}

static const struct pack_channel *channel(int county, const char *code)
{
	int i = pack_channel_by_code(packs[county].pack, str_of(code));

	if (i < 0)
		fail_row("no channel %s", code);
	return &packs[county].pack->channels[i];
}

static const struct pack_practice *practice(int county, const char *code)
{
	const struct pack *p = packs[county].pack;

	for (size_t i = 0; i < p->n_practices; i++)
		if (str_is(p->practices[i].code, code))
			return &p->practices[i];
	fail_row("no practice %s", code);
	return NULL;
}

/* SN-03, LB-06, SQ-07: standards and how fiscal money is shared; the year kept apart from its
 * label. */
static void standards(void **state)
{
	const struct pack *p = packs[SN].pack;

	(void)state;
	assert_int_equal(pack_individual(p).fen, 38000);
	assert_int_equal(p->fiscal[0].fen, 64000);
	assert_int_equal(p->n_fiscal_shares, 3);
	assert_int_equal(p->fiscal_shares[0].amount.fen, 51200);
	assert_int_equal(p->fiscal_shares[1].amount.fen, 11200);
	assert_int_equal(p->fiscal_shares[2].amount.fen, 1600);
	assert_int_equal(p->benefit_year, 2024);
	assert_int_equal(p->collection_year, 2023);
	assert_str(p->label, "2023年度");
	assert_string_equal(p->region, "620721");
	for (int i = LB; i <= SQ; i++) {
		assert_int_equal(pack_individual(packs[i].pack).fen, 35000);
		assert_int_equal(packs[i].pack->fiscal[0].fen, 61000);
		assert_int_equal(packs[i].pack->benefit_year, 2023);
	}
	/* SQ-38 */
	assert_int_equal(packs[SQ].pack->validity.from, day("2022-09-01"));
	assert_int_equal(packs[SQ].pack->validity.to, day("2023-12-31"));
	assert_true(cites(SQ, packs[SQ].pack->validity_basis, "文末"));
	assert_int_equal(packs[LB].pack->validity.from, DAY_NONE);
}

/* LB-12, LB-45, SQ-08..12, SQ-46, SQ-47, SN-20: who certifies, and who may enter what others
 * certified. */
static void certifiers(void **state)
{
	static const char *const monitored[] = { "returned_to_poverty", "unstable_lifted",
		"marginal_at_risk", "sudden_hardship" };

	(void)state;
	assert_true(certified_by(LB, "extreme_poverty", DEPARTMENT_CIVIL_AFFAIRS));
	assert_true(certified_by(LB, "dibao", DEPARTMENT_CIVIL_AFFAIRS));
	assert_true(certified_by(LB, "family_planning_hardship", DEPARTMENT_HEALTH));
	assert_true(certified_by(LB, "key_entitled", DEPARTMENT_VETERANS));
	for (size_t i = 0; i < ARRAY_LEN(monitored); i++) {
		assert_true(certified_by(LB, monitored[i], DEPARTMENT_RURAL_REVITALISATION));
		assert_true(certified_by(SN, monitored[i], DEPARTMENT_RURAL_REVITALISATION));
		assert_int_equal(
			category(LB, monitored[i])->enterers, 1u << DEPARTMENT_CIVIL_AFFAIRS);
		assert_int_equal(category(SN, monitored[i])->enterers, 0);
	}
	assert_int_equal(category(LB, "key_entitled")->enterers, 0);
	assert_true(certified_by(SQ, "severe_disability", DEPARTMENT_DISABLED_FEDERATION));
	assert_true(certified_by(SQ, "hardship_veteran", DEPARTMENT_VETERANS));
	assert_true(certified_by(SQ, "dibao_edge", DEPARTMENT_CIVIL_AFFAIRS));
	assert_true(certified_by(SQ, "sudden_hardship", DEPARTMENT_RURAL_REVITALISATION));
	assert_true(certified_by(SQ, "stable_lifted", DEPARTMENT_RURAL_REVITALISATION));
	assert_true(certified_by(SQ, "two_disease", DEPARTMENT_HEALTH));
	assert_true(certified_by(SN, "rural_dibao_4", DEPARTMENT_CIVIL_AFFAIRS));
}

/* LB-04, SQ-02, SQ-03, SN-12: who must be covered completely. */
static void special_groups(void **state)
{
	(void)state;
	assert_true(category(LB, "stable_lifted")->special);
	assert_true(category(LB, "dibao")->special);
	assert_false(category(LB, "family_planning_one_child")->special);
	assert_true(category(SQ, "dibao_edge")->special);
	assert_true(category(SQ, "two_disease")->special);
	assert_true(category(SQ, "two_disease")->tracked);
	assert_false(category(SQ, "stable_lifted")->special);
	for (size_t i = 0; i < packs[SN].pack->n_categories; i++)
		assert_true(packs[SN].pack->categories[i].special);
	/* SQ-39 */
	assert_true(category(SQ, "child_in_difficulty")->amount_open);
	assert_false(category(SQ, "stable_lifted")->amount_open);
}

/* Names and aliases lead to their category whatever their width. */
static void names_in_lists(void **state)
{
	const struct pack *p = packs[SN].pack;

	(void)state;
	assert_int_equal(pack_category_by_name(p, STR("一类低保")),
		pack_category_by_code(p, STR("rural_dibao_1")));
	assert_int_equal(pack_category_by_name(p, STR(" 农村　三类低保 ")),
		pack_category_by_code(p, STR("rural_dibao_3")));
	assert_int_equal(
		pack_category_by_name(p, STR("orphan")), pack_category_by_code(p, STR("orphan")));
	assert_int_equal(pack_category_by_name(p, STR("富豪")), -1);
	assert_int_equal(pack_category_by_name(p, STR("")), -1);
}

/* LB-03, SN-01: targets. */
static void targets(void **state)
{
	const struct pack *p = packs[SN].pack;

	(void)state;
	assert_int_equal(packs[LB].pack->target_total, 1090000);
	assert_int_equal(packs[LB].pack->n_targets, 0);
	assert_int_equal(packs[SQ].pack->target_total, 0);
	assert_int_equal(p->target_total, 29500);
	assert_int_equal(p->n_targets, 8);
	assert_str(p->targets[1].name, "马蹄乡");
	assert_int_equal(p->targets[1].persons, 4427);
	assert_int_equal(p->targets[7].persons, 3512);
}

/* SN-18: the farms are counted where their people belong. */
static void assignments(void **state)
{
	const struct pack *p = packs[SN].pack;

	(void)state;
	assert_int_equal(p->n_assignments, 2);
	assert_str(p->assignments[0].unit_code, "620721500");
	assert_str(p->assignments[0].towns[0], "皇城镇");
	assert_false(p->assignments[0].by_register);
	assert_str(p->assignments[1].unit_code, "620721501");
	assert_int_equal(p->assignments[1].n_towns, 2);
	assert_str(p->assignments[1].towns[0], "康乐镇");
	assert_str(p->assignments[1].towns[1], "红湾寺镇");
	assert_true(p->assignments[1].by_register);
	assert_true(cites(SN, p->assignments[1].basis, "四(三)"));
}

/* SQ-01..04, SN-01, LB-36: rates and their denominators. */
static void rates(void **state)
{
	(void)state;
	assert_int_equal(rate(SQ, "overall")->target_permille, 950);
	assert_int_equal(rate(SQ, "overall")->denominator, DENOMINATOR_RESIDENT);
	assert_true(rate(SQ, "overall")->counts_employees);
	assert_int_equal(rate(SQ, "special")->target_permille, 1000);
	assert_int_equal(rate(SQ, "two_disease")->denominator, DENOMINATOR_TWO_DISEASE);
	assert_int_equal(rate(SQ, "certificate")->target_permille, 600);
	assert_true(rate(SQ, "certificate")->costs_work_fund);
	assert_int_equal(rate(SN, "overall")->denominator, DENOMINATOR_PLAN);
	assert_int_equal(rate(SN, "overall")->target_permille, 1000);
	assert_int_equal(rate(LB, "overall")->denominator, DENOMINATOR_PLAN);
	assert_int_equal(packs[LB].pack->assessment_cutoff, day("2022-12-31"));
	assert_int_equal(packs[SN].pack->assessment_cutoff, DAY_NONE);
}

/* LB-37, LB-38, SQ-26: work funds and awards. */
static void work_funds_and_awards(void **state)
{
	static const struct {
		int places;
		int64_t fen;
	} awards[] = { { 3, 10000000 }, { 5, 8000000 }, { 5, 5000000 }, { 0, 3000000 } };
	const struct pack *p = packs[LB].pack;

	(void)state;
	assert_int_equal(p->work_fund.per_person.fen, 100);
	assert_false(p->work_fund.at_least);
	assert_int_equal(p->n_awards, ARRAY_LEN(awards));
	for (size_t i = 0; i < ARRAY_LEN(awards); i++) {
		assert_int_equal(p->awards[i].places, awards[i].places);
		assert_int_equal(p->awards[i].amount.fen, awards[i].fen);
		assert_true(cites(LB, p->awards[i].basis, "四(二)2"));
	}
	assert_int_equal(packs[SQ].pack->work_fund.per_person.fen, 300);
	assert_true(packs[SQ].pack->work_fund.at_least);
	assert_true(packs[SQ].pack->work_fund.loses_in_proportion);
	assert_false(packs[SN].pack->work_fund.used);
	assert_int_equal(packs[SQ].pack->n_awards, 0);
}

/* LB-34, LB-35, SQ-06, SQ-29, SQ-31, SQ-40, SQ-45, SQ-03, LB-22: stages and deadlines. */
static void stages_and_deadlines(void **state)
{
	const struct pack *p = packs[LB].pack;

	(void)state;
	assert_int_equal(p->n_stages, 2);
	assert_int_equal(p->stages[0].days.from, day("2022-09-01"));
	assert_int_equal(p->stages[1].days.from, day("2022-10-01"));
	assert_int_equal(p->stages[1].days.to, day("2022-12-31"));
	assert_int_equal(deadline(LB, "assessment")->by, day("2023-01-15"));
	assert_int_equal(deadline(LB, "system_cutover")->by, day("2022-12-19"));
	assert_int_equal(deadline(SQ, "fiscal_paid")->by, day("2023-07-31"));
	assert_int_equal(deadline(SQ, "subsidy_paid")->by, day("2023-02-28"));
	assert_int_equal(deadline(SQ, "lists_signed")->by, day("2022-09-30"));
	assert_int_equal(deadline(SQ, "monthly_changes")->from, day("2022-10-01"));
	assert_int_equal(deadline(SQ, "monthly_changes")->by, day("2023-02-28"));
	assert_true(deadline(SQ, "monthly_changes")->monthly);
	assert_int_equal(deadline(SQ, "two_disease_enrolled")->by, day("2022-12-31"));
	assert_true(deadline(SQ, "fiscal_paid")->who == 1u << DEPARTMENT_FINANCE);
}

/* LB-02, LB-22, SQ-35, SQ-36, SQ-48, SN-09: channels and their receipts. */
static void channels(void **state)
{
	const struct pack *p = packs[SQ].pack;

	(void)state;
	assert_true(channel(LB, "suzhou_yibao")->registers);
	assert_int_equal(channel(LB, "suzhou_yibao")->open.to, day("2022-11-30"));
	assert_true(channel(LB, "wanshitong")->online);
	assert_int_equal(channel(LB, "wanshitong")->open.from, DAY_NONE);
	assert_false(channel(LB, "village_agent")->online);
	assert_int_equal(channel(LB, "alipay")->receipt, -1);
	assert_int_equal(channel(SQ, "xiangshui")->receipt, RECEIPT_ELECTRONIC_ORDER);
	assert_int_equal(channel(SQ, "bank_pos")->receipt, RECEIPT_MACHINE_SLIP);
	assert_int_equal(channel(SQ, "bank_self_service")->receipt, RECEIPT_MACHINE_SLIP);
	assert_int_equal(channel(SQ, "bank_counter")->receipt, RECEIPT_BANK_RECEIPT);
	assert_int_equal(channel(SQ, "college")->receipt, RECEIPT_TAX_CERTIFICATE);
	for (size_t i = 0; i < p->n_channels; i++)
		assert_int_equal(
			p->channels[i].school_cash, str_is(p->channels[i].code, "college"));
	assert_false(channel(SN, "abc_counter")->online);
	assert_true(channel(SN, "gansu_tax")->online);
}

/* LB-43, SQ-25, SN-19: reports. */
static void reports(void **state)
{
	(void)state;
	assert_int_equal(packs[LB].pack->reports[0].rhythm, RHYTHM_DAILY);
	assert_int_equal(packs[LB].pack->reports[0].weeks_behind, 2);
	assert_int_equal(packs[SQ].pack->reports[0].rhythm, RHYTHM_WEEKLY);
	assert_int_equal(packs[SQ].pack->reports[1].rhythm, RHYTHM_MONTHLY);
	assert_int_equal(packs[SN].pack->reports[0].rhythm, RHYTHM_REGULAR);
}

/* SN-08, SQ-15, SN-10, SN-16, LB-31, SN-15: rules around the subsidy. */
static void subsidy_rules(void **state)
{
	const struct pack_subsidy_rule *sn = &packs[SN].pack->rule, *sq = &packs[SQ].pack->rule;

	(void)state;
	assert_true(sn->elsewhere_paid_here && !sn->elsewhere_if_none);
	assert_true(cites(SN, sn->elsewhere_basis, "二(三)"));
	assert_true(sq->elsewhere_paid_here && sq->elsewhere_if_none);
	assert_true(cites(SQ, sq->elsewhere_basis, "二(四)9"));
	assert_false(packs[LB].pack->rule.elsewhere_paid_here);
	assert_true(sn->enrolled_by_bureau);
	assert_int_equal(sn->change, CHANGE_ONE_CARD);
	assert_int_equal(packs[LB].pack->rule.change, CHANGE_REFUND_DIFFERENCE);
	assert_int_equal(sq->change, CHANGE_NOT_STATED);
	assert_int_equal(packs[LB].pack->rule.last_day, day("2023-02-28"));
	assert_int_equal(sq->last_day, DAY_NONE);
}

/* SN-26, SQ-23, SQ-42, SQ-43, LB-01, LB-14, LB-20, SQ-14, SQ-13, SN-02: what acts must keep to,
 * cited. */
static void practices(void **state)
{
	(void)state;
	assert_true(cites(SN, practice(SN, "household")->basis, "二(一)"));
	assert_true(cites(SN, practice(SN, "voluntary")->basis, "二(一)"));
	assert_true(cites(SQ, practice(SQ, "household")->basis, "二(六)"));
	assert_true(cites(SQ, practice(SQ, "college")->basis, "二(六)"));
	assert_true(cites(SQ, practice(SQ, "community")->basis, "二(六)"));
	assert_true(cites(SQ, practice(SQ, "sponsors")->basis, "二(四)8"));
	assert_true(cites(SQ, practice(SQ, "other_hardship")->basis, "二(四)7"));
	assert_true(cites(LB, practice(LB, "place")->basis, "一(二)"));
	assert_true(cites(LB, practice(LB, "mark_each")->basis, "三(二)"));
	assert_true(cites(LB, practice(LB, "no_stacking")->basis, "三(三)"));
}

static int load(void **state)
{
	(void)state;
	for (int i = 0; i < COUNT; i++) {
		fixture_load(&packs[i], codes[i], NULL, NULL, NULL);
		if (!packs[i].pack)
			fixture_print(&packs[i]);
		assert_non_null(packs[i].pack);
	}
	return 0;
}

static int release(void **state)
{
	(void)state;
	for (int i = 0; i < COUNT; i++)
		fixture_release(&packs[i]);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(standards),
		cmocka_unit_test(certifiers),
		cmocka_unit_test(special_groups),
		cmocka_unit_test(names_in_lists),
		cmocka_unit_test(targets),
		cmocka_unit_test(assignments),
		cmocka_unit_test(rates),
		cmocka_unit_test(work_funds_and_awards),
		cmocka_unit_test(stages_and_deadlines),
		cmocka_unit_test(channels),
		cmocka_unit_test(reports),
		cmocka_unit_test(subsidy_rules),
		cmocka_unit_test(practices),
	};

	return cmocka_run_group_tests(tests, load, release);
}
