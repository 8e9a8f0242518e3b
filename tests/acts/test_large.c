/* SPDX-License-Identifier: Apache-2.0 */
/* Files longer than a chunk, more people than a step: nothing changes at the seams (LB-49). */
#include "county.h"

#define PEOPLE (IMPORT_CHUNK + 700)

/* Somebody of this row: born on a day of their own, so that numbers never repeat. */
static const char *number_of(struct county *c, int i)
{
	return citizen(c,
		county_text(c, "%04d%02d%02d", 1950 + i / 3360, 1 + i / 280 % 12, 1 + i / 10 % 28),
		i % 10 + 1);
}

static void add_people(struct county *c)
{
	struct buf b;

	buf_init(&b, 4u << 20);
	buf_addz(&b, "姓名,证件号码,乡镇,村\n");
	for (int i = 0; i < PEOPLE; i++)
		buf_addf(&b, "居民%d,%s,皇城镇,%s\n", i, number_of(c, i), i % 2 ? "一村" : "二村");
	/* The first row's person again, a chunk later. */
	buf_addf(&b, "居民0,%s,皇城镇,二村\n", number_of(c, 0));
	TAKES(c, residents, .path = csv(c, "%.*s", STR_ARG(buf_str(&b))));
	buf_release(&b);
	assert_report(c, PEOPLE + 1, PEOPLE, 0, 0, 1);
	assert_true(str_find(county_file(c, c->report.errors_path), STR("与第 2 行重复")) > 0);
}

static const char *list(struct county *c, int from, int to, bool repeat)
{
	const char *path;
	struct buf b;

	buf_init(&b, 4u << 20);
	buf_addz(&b, "姓名,证件号码,身份类别,纳入资助时间\n");
	for (int i = from; i < to; i++)
		buf_addf(&b, "居民%d,%s,农村三类低保,2023-01-01\n", i, number_of(c, i));
	if (repeat)
		buf_addf(&b, "居民%d,%s,农村三类低保,2023-01-01\n", from, number_of(c, from));
	path = csv(c, "%.*s", STR_ARG(buf_str(&b)));
	buf_release(&b);
	return path;
}

/* A complete list longer than a chunk takes off exactly the one it no longer carries. */
static void complete_lists(struct county *c)
{
	TAKES(c, categories, .department = STR("civil_affairs"), .full = true,
		.path = list(c, 0, PEOPLE, true));
	assert_int_equal(c->report.added, PEOPLE);
	assert_int_equal(c->report.warned, 1);
	c->env.today = day("2023-09-30");
	TAKES(c, categories, .department = STR("civil_affairs"), .full = true,
		.path = list(c, 1, PEOPLE, false));
	assert_report(c, PEOPLE - 1, 0, 0, PEOPLE - 1, 0);
	assert_int_equal(c->report.ended, 1);
}

/* Payments are taken in larger chunks than rows of lists: nobody's money fills the first. */
#define NOBODYS TAKE_CHUNK_MAX

static void pay_all(struct county *c)
{
	const int n = PEOPLE + NOBODYS + 2;
	struct slip *slips = arena_array(&c->arena, (size_t)n, sizeof(*slips));

	assert_non_null(slips);
	for (int i = 0; i < PEOPLE; i++)
		slips[i] = (struct slip){ county_text(c, "S%d", i), number_of(c, i),
			i ? "130" : "380", "2023-10-01", NULL, NULL };
	for (int i = PEOPLE; i < PEOPLE + NOBODYS; i++)
		slips[i] = (struct slip){ county_text(c, "N%d", i), "nobody", "1", "2023-10-01",
			NULL, NULL };
	/* A chunk later: the first line again, and the first person again under another serial. */
	slips[n - 2] = slips[0];
	slips[n - 1] = slips[0];
	slips[n - 1].serial = "AGAIN";
	c->env.today = day("2023-10-02");
	TAKES(c, payments, .channel = STR("alipay"), .path = county_batch(c, slips, (size_t)n));
	assert_int_equal(c->report.posted, PEOPLE);
	assert_int_equal(c->report.rejected, 1);
	assert_int_equal(c->report.suspended, NOBODYS + 1);
	assert_int_equal(
		county_ask(c, "SELECT count(*) FROM suspense WHERE reason = 'already_paid'"), 1);
}

static void at_the_seams(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const struct assess_report *r;

	add_people(c);
	complete_lists(c);
	r = county_assess(c, "2023-10-01");
	assert_int_equal(r->people, PEOPLE);
	assert_int_equal(r->billed, PEOPLE);
	assert_int_equal(r->payable_fen, (int64_t)(PEOPLE - 1) * 13000 + 38000);
	pay_all(c);
	r = county_assess(c, "2023-10-02");
	assert_int_equal(r->enrolled, PEOPLE);
	assert_int_equal(r->changed + r->unchanged + r->billed, 0);
	assert_int_equal(county_ask(c, "SELECT max(number) - min(number) + count(*) FROM receipt"),
		2 * PEOPLE - 1);
	assert_int_equal(
		report_total(county_read(c, report_ranking, "2023-10-01"), "enrolled")->number,
		PEOPLE);
	county_clean(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(at_the_seams),
	};

	return cmocka_run_group_tests_name("large", tests, NULL, NULL);
}
