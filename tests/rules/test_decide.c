/* SPDX-License-Identifier: Apache-2.0 */
/* What the engine gives beside the answer of `canbao decide`: paying days, split funds, costs of
 * a population, overlays, differences.  The decisions themselves are tested by tests/cli/decide. */
#include "pack_fixture.h"

#include "rules/overlay.h"
#include "rules/price.h"

static day_t day(const char *text)
{
	day_t d = DAY_NONE;

	assert_true(day_parse(str_of(text), &d));
	return d;
}

static struct facts adult(const char *on)
{
	return (struct facts){ .on = day(on),
		.birth = day("1980-05-05"),
		.resident_since = DAY_NONE,
		.registered = true,
		.resident = true,
		.document = DOCUMENT_CITIZEN_ID,
		.student = STUDENT_NONE };
}

static struct holding held(
	const struct pack *p, const char *code, const char *from, const char *ended)
{
	int c = pack_category_by_code(p, str_of(code));

	assert_true(c >= 0);
	return (struct holding){ day(from), ended ? day(ended) : DAY_NONE, (uint8_t)c };
}

static void assert_paying_days(const struct ruling *r, const char *from, const char *to)
{
	assert_int_equal(r->decision, RULING_ENROL);
	assert_int_equal(r->pay_from, day(from));
	assert_int_equal(r->pay_to, day(to));
}

/* The days on which a bill's price holds: LB-16, LB-17, SQ-41. */
static void paying_days(void **state)
{
	struct fixture lb, sq;
	struct holding h;
	struct happening e;
	struct facts f;
	struct ruling r;

	(void)state;
	fixture_load(&lb, "lingbi-2023", NULL, NULL, NULL);
	fixture_load(&sq, "shuangqing-2023", NULL, NULL, NULL);
	f = adult("2022-11-05");
	decide_enrol(lb.pack, &f, &r);
	assert_paying_days(&r, "2022-10-01", "2022-12-31");
	h = held(lb.pack, "dibao", "2022-10-20", "2022-12-15");
	f.holdings = &h;
	f.n_holdings = 1;
	decide_enrol(lb.pack, &f, &r);
	assert_paying_days(&r, "2022-10-20", "2022-12-14");
	f = adult("2023-01-20");
	e = (struct happening){ .on = DAY_NONE, .kind = CIRCUMSTANCE_RETURNING_MIGRANT };
	f.happenings = &e;
	f.n_happenings = 1;
	decide_enrol(lb.pack, &f, &r);
	assert_paying_days(&r, "2023-01-01", "2023-02-28");
	f = adult("2023-03-10");
	f.birth = day("2023-02-20");
	decide_enrol(lb.pack, &f, &r);
	assert_paying_days(&r, "2023-02-20", "2023-05-21");
	f = adult("2023-06-10");
	e = (struct happening){ .on = day("2023-02-01"), .kind = CIRCUMSTANCE_MOVED_IN };
	f.happenings = &e;
	f.n_happenings = 1;
	decide_enrol(sq.pack, &f, &r);
	assert_paying_days(&r, "2023-02-01", "2023-11-30");
	fixture_release(&lb);
	fixture_release(&sq);
}

/* On every day of the paying days the ruling is the same in price and route, on the days beside
 * them not. */
static void paying_days_hold_day_by_day(void **state)
{
	struct fixture sn;
	struct holding h[2];
	struct facts f = adult("2023-10-15");
	struct ruling r, other;

	(void)state;
	fixture_load(&sn, "sunan-2024", NULL, NULL, NULL);
	h[0] = held(sn.pack, "stable_lifted", "2020-01-01", NULL);
	h[1] = held(sn.pack, "rural_dibao_1", "2023-10-01", "2023-11-20");
	f.holdings = h;
	f.n_holdings = 2;
	decide_enrol(sn.pack, &f, &r);
	assert_paying_days(&r, "2023-10-01", "2023-11-19");
	for (day_t d = day("2023-09-10"); d <= day("2023-12-31"); d++) {
		bool inside = d >= r.pay_from && d <= r.pay_to;

		f.on = d;
		decide_enrol(sn.pack, &f, &other);
		assert_int_equal(other.payable.fen == r.payable.fen, inside);
	}
	fixture_release(&sn);
}

/* A bill's price ends with the age band it was made for; born 29 February counts from 1 March. */
static void paying_days_end_with_an_age(void **state)
{
	struct fixture y, sq;
	struct facts f = adult("2024-10-10");
	struct happening e = { .on = day("2023-02-01"), .kind = CIRCUMSTANCE_WELFARE_INSTITUTION };
	struct ruling r;

	(void)state;
	fixture_load(&y, "yunhe-2025", NULL, NULL, NULL);
	fixture_load(&sq, "shuangqing-2023", NULL, NULL, NULL);
	f.birth = day("2006-11-15");
	decide_enrol(y.pack, &f, &r);
	assert_int_equal(r.payable.fen, 35000);
	assert_paying_days(&r, "2024-09-01", "2024-11-14");
	f.on = day("2024-11-15");
	decide_enrol(y.pack, &f, &r);
	assert_int_equal(r.payable.fen, 40000);
	assert_paying_days(&r, "2024-11-15", "2024-12-31");
	f = adult("2023-02-10");
	f.birth = day("2005-06-30");
	f.happenings = &e;
	f.n_happenings = 1;
	decide_enrol(sq.pack, &f, &r);
	assert_paying_days(&r, "2023-02-01", "2023-06-29");
	fixture_release(&y);
	fixture_release(&sq);
}

/* The engine's quick age is the calendar's: each day of four years around it, each age to 120. */
static void ages_are_the_calendars(void **state)
{
	struct fixture y;
	struct facts f = adult("2024-10-10");
	struct ruling r;

	(void)state;
	fixture_load(&y, "yunhe-2025", NULL, NULL, NULL);
	for (day_t birth = day("1905-01-01"); birth <= f.on; birth++) {
		int age = day_age(birth, f.on);

		f.birth = birth;
		decide_enrol(y.pack, &f, &r);
		assert_int_equal(r.payable.fen, age < 18 ? 35000 : age < 65 ? 40000 : 38000);
	}
	fixture_release(&y);
}

/* Two funds pay one subsidy; the last takes the rounding. */
static void split_funds(void **state)
{
	struct fixture y;
	uint8_t fund[4];
	struct money part[4];
	int orphan, lifted;

	(void)state;
	fixture_load(&y, "yunhe-2025", NULL, NULL, NULL);
	orphan = pack_category_by_code(y.pack, STR("orphan"));
	lifted = pack_category_by_code(y.pack, STR("lifted"));
	assert_int_equal(subsidy_split(y.pack, orphan, (struct money){ 35001 }, fund, part), 2);
	assert_int_equal(fund[0], FUND_MEDICAL_AID);
	assert_int_equal(fund[1], FUND_FISCAL);
	assert_int_equal(part[0].fen, 21000);
	assert_int_equal(part[1].fen, 14001);
	assert_int_equal(subsidy_split(y.pack, lifted, (struct money){ 10000 }, fund, part), 1);
	assert_int_equal(fund[0], FUND_FISCAL);
	assert_int_equal(subsidy_split(y.pack, -1, (struct money){ 0 }, fund, part), 0);
	fixture_release(&y);
}

/* domain.md 3.1: waits after missed years, with both ways of counting the first. */
static void waits(void **state)
{
	struct pack_wait qingdao = { .used = true,
		.fixed_months = 3,
		.per_year_months = 1,
		.repairable = true,
		.floor_years = 4,
		.floor_months = 6 };
	struct pack_wait hohhot = qingdao;

	(void)state;
	hohhot.first_year_counts = true;
	assert_int_equal(wait_months(&qingdao, WAIT_GAP, 0, 0), 0);
	assert_int_equal(wait_months(&qingdao, WAIT_GAP, 2, 0), 4);
	assert_int_equal(wait_months(&qingdao, WAIT_GAP, 2, 1), 3);
	assert_int_equal(wait_months(&hohhot, WAIT_GAP, 1, 0), 4);
	assert_int_equal(wait_months(&qingdao, WAIT_ALWAYS, 0, 0), 3);
	assert_int_equal(wait_months(&qingdao, WAIT_GAP, 6, 5), 6);
	assert_int_equal(wait_months(&qingdao, WAIT_GAP, 9, 0), 11);
	assert_int_equal(wait_months(&qingdao, WAIT_NONE, 9, 0), 0);
}

/* A population's cost adds up by fund and by town, and in parts. */
static void costs(void **state)
{
	struct fixture sn;
	struct facts people[3];
	uint16_t towns[3] = { 0, 1, 1 };
	struct cost whole = { 0 }, parts = { 0 }, by_town[2] = { 0 }, again[2] = { 0 };
	struct holding h;

	(void)state;
	fixture_load(&sn, "sunan-2024", NULL, NULL, NULL);
	h = held(sn.pack, "rural_dibao_1", "2020-01-01", NULL);
	people[0] = people[1] = adult("2023-10-15");
	people[2] = adult("2024-10-15");
	people[1].holdings = &h;
	people[1].n_holdings = 1;
	cost_add(sn.pack, people, towns, 3, 2, &whole, by_town);
	assert_int_equal(whole.persons, 3);
	assert_int_equal(whole.enrolled, 2);
	assert_int_equal(whole.refused, 1);
	assert_int_equal(whole.payable_fen, 38000 + 7000);
	assert_int_equal(whole.by_fund_fen[FUND_MEDICAL_AID], 31000);
	assert_int_equal(whole.fiscal_fen, 2 * 64000);
	assert_int_equal(by_town[0].payable_fen, 38000);
	assert_int_equal(by_town[1].by_fund_fen[FUND_MEDICAL_AID], 31000);
	cost_add(sn.pack, people, towns, 1, 2, &parts, again);
	cost_add(sn.pack, people + 1, towns + 1, 2, 2, &parts, again);
	assert_memory_equal(&parts, &whole, sizeof(whole));
	fixture_release(&sn);
}

struct overlay {
	const char *text;
	const char *message; /* NULL: accepted */
};

/* What-if overlays: the same words; a line that changes nothing is an error. */
static void overlays(void **state)
{
	static const struct overlay rows[] = {
		{ "身份: [{ 代码: rural_dibao_1, 资助: 320元 }]", NULL },
		{ "标准: { 个人缴费: { 金额: 400元 } }", NULL },
		{ "途径: [{ 代码: regular, 缴费日: 2023-09-10..2024-02-29 }]", NULL },
		{ "身份: [{ 代码: rural_dibao_1, 资助: 310元 }]", "什么也没改" },
		{ "标准: { 个人缴费: { 金额: 380元 } }", "什么也没改" },
		{ "身份: [{ 代码: rural_dibao_1 }]", "什么也没改" },
		{ "身份: [{ 代码: rural_dibao_1, 资助: 320块 }]", "应写金额" },
		{ "身份: [{ 代码: rural_dibao_1, 资住: 320元 }]", "是不是“资助”" },
		{ "身份: [{ 代码: rural_dibao_1, 资助: 381元 }]", "资助超过个人缴费" },
		{ "全额代交: 1", "不认识的键" },
		{ "- 1", "推演文件" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct fixture f;

		fixture_load(&f, "sunan-2024", NULL, NULL, rows[i].text);
		if ((rows[i].message == NULL) != (f.rc == 0) ||
			(rows[i].message && !fixture_said(&f, rows[i].message))) {
			fixture_print(&f);
			fail_row("%s: rc %d", rows[i].text, f.rc);
		}
		if (f.rc == 0)
			assert_str(f.pack->overlay, "overlay.yaml");
		fixture_release(&f);
	}
}

static void an_overlay_changes_the_price(void **state)
{
	struct fixture before, after;
	struct facts f = adult("2023-10-15");
	struct holding h;
	struct ruling r;

	(void)state;
	fixture_load(&before, "sunan-2024", NULL, NULL, NULL);
	fixture_load(&after, "sunan-2024", NULL, NULL, "身份: [{ 代码: dibao_edge, 资助: 50% }]");
	h = held(before.pack, "dibao_edge", "2020-01-01", NULL);
	f.holdings = &h;
	f.n_holdings = 1;
	decide_enrol(before.pack, &f, &r);
	assert_int_equal(r.payable.fen, 28000);
	decide_enrol(after.pack, &f, &r);
	assert_int_equal(r.payable.fen, 19000);
	assert_int_equal(before.pack->overlay.n, 0);
	fixture_release(&before);
	fixture_release(&after);
}

/* Two packs differ where they differ, and nowhere else. */
static void differences(void **state)
{
	struct fixture a, b;
	struct differences d;

	(void)state;
	fixture_load(&a, "sunan-2024", NULL, NULL, NULL);
	fixture_load(&b, "sunan-2024", "代码: rural_dibao_2, 名称: 农村二类低保",
		"代码: rural_dibao_2, 名称: 二类农村低保", NULL);
	assert_int_equal(b.rc, 0);
	assert_int_equal(overlay_differences(&a.arena, a.pack->root, b.pack->root, &d), 0);
	assert_int_equal(d.n, 1);
	assert_str(d.items[0].path, "身份/rural_dibao_2/名称");
	assert_str(d.items[0].a, "农村二类低保");
	assert_str(d.items[0].b, "二类农村低保");
	assert_int_equal(overlay_differences(&a.arena, a.pack->root, a.pack->root, &d), 0);
	assert_int_equal(d.n, 0);
	fixture_release(&a);
	fixture_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paying_days),
		cmocka_unit_test(paying_days_hold_day_by_day),
		cmocka_unit_test(paying_days_end_with_an_age),
		cmocka_unit_test(ages_are_the_calendars),
		cmocka_unit_test(split_funds),
		cmocka_unit_test(waits),
		cmocka_unit_test(costs),
		cmocka_unit_test(overlays),
		cmocka_unit_test(an_overlay_changes_the_price),
		cmocka_unit_test(differences),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
