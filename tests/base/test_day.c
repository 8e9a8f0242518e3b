/* SPDX-License-Identifier: Apache-2.0 */
#include "../check.h"

#include "base/day.h"

static day_t day(const char *text)
{
	day_t d = DAY_NONE;

	if (!day_parse(str_of(text), &d))
		fail_row("no day: %s", text);
	return d;
}

static void check_day(day_t got, const char *want)
{
	char text[11];

	day_text(got, text);
	assert_string_equal(text, want);
}

/* Every day from 1900 to 2199: counted on one by one, there and back. */
static void every_day_there_and_back(void **state)
{
	struct ymd d = { 1900, 1, 1 };
	day_t n = DAY_MIN, back;

	(void)state;
	for (; d.year < 2200; n++) {
		struct ymd r = day_to_ymd(n);

		assert_true(day_from_ymd(d, &back));
		assert_int_equal(back, n);
		assert_true(r.year == d.year && r.month == d.month && r.day == d.day);
		if (++d.day > day_month_length(d.year, d.month)) {
			d.day = 1;
			if (++d.month > 12) {
				d.month = 1;
				d.year++;
			}
		}
	}
	assert_int_equal(n - 1, DAY_MAX);
	check_day(0, "1970-01-01");
}

static void leap_years(void **state)
{
	(void)state;
	assert_int_equal(day_month_length(1900, 2), 28);
	assert_int_equal(day_month_length(2000, 2), 29);
	assert_int_equal(day_month_length(2023, 2), 28);
	assert_int_equal(day_month_length(2024, 2), 29);
	assert_int_equal(day_month_length(2100, 2), 28);
	assert_int_equal(day_month_length(2023, 4), 30);
	assert_int_equal(day_month_length(2023, 12), 31);
}

static void strict_form_only(void **state)
{
	static const char *const bad[] = { "", "2024-2-29", "2024-02-30", "2023-02-29",
		"2024-13-01", "2024-00-01", "2024-01-00", "1899-12-31", "2200-01-01", "2024/02/29",
		"2024-02-29 ", " 2024-02-29", "2024-02-2x", "-024-02-29", "20240229",
		"２０２４-02-29" };
	day_t d = 7;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		if (day_parse(str_of(bad[i]), &d))
			fail_row("taken: \"%s\"", bad[i]);
		assert_int_equal(d, 7);
	}
	check_day(day("2024-02-29"), "2024-02-29");
	assert_int_equal(day("1900-01-01"), DAY_MIN);
	assert_int_equal(day("2199-12-31"), DAY_MAX);
}

static void as_offices_write(void **state)
{
	static const char *const good[] = { "2024-02-29", "2024/2/29", "2024/02/29", "2024.2.29",
		"20240229", "2024年2月29日", "2024年02月29日", " 2024-02-29 ",
		"2024-02-29 08:30:00", "2024-02-29T08:30", "2024/2/29 8:30",
		"2024年2月29日 08:30:00", "2024-02-29 00:00:00.000" };
	static const char *const bad[] = { "", "24-2-29", "2023/2/29", "2024-2", "2024年2月",
		"2024年", "29/2/2024", "2024-02/29", "2024-02-29上午", "2024-02-290", "202402290",
		"2024--2-29", "无", "2024.2.29.1" };
	day_t d = 7;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(good); i++) {
		if (!day_parse_loose(str_of(good[i]), &d))
			fail_row("refused: \"%s\"", good[i]);
		check_day(d, "2024-02-29");
	}
	d = 7;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		if (day_parse_loose(str_of(bad[i]), &d))
			fail_row("taken: \"%s\"", bad[i]);
		assert_int_equal(d, 7);
	}
}

struct sum {
	const char *from;
	int32_t count;
	int unit;
	const char *to;
};

/* 90 days are not 3 months. */
static const struct sum sums[] = {
	{ "2023-01-15", 90, SPAN_DAY, "2023-04-15" },
	{ "2023-01-15", 3, SPAN_MONTH, "2023-04-15" },
	{ "2023-02-15", 90, SPAN_DAY, "2023-05-16" },
	{ "2023-02-15", 3, SPAN_MONTH, "2023-05-15" },
	{ "2023-11-30", 3, SPAN_MONTH, "2024-02-29" },
	{ "2022-11-30", 3, SPAN_MONTH, "2023-02-28" },
	{ "2023-11-30", 90, SPAN_DAY, "2024-02-28" },
	{ "2023-08-31", 6, SPAN_MONTH, "2024-02-29" },
	{ "2023-10-31", 1, SPAN_MONTH, "2023-11-30" },
	{ "2023-12-31", 12, SPAN_MONTH, "2024-12-31" },
	{ "2024-02-29", 12, SPAN_MONTH, "2025-02-28" },
	{ "2024-02-29", 48, SPAN_MONTH, "2028-02-29" },
	{ "2023-03-31", -1, SPAN_MONTH, "2023-02-28" },
	{ "2023-01-31", -13, SPAN_MONTH, "2021-12-31" },
	{ "2023-03-01", -1, SPAN_DAY, "2023-02-28" },
	{ "2023-03-01", 0, SPAN_DAY, "2023-03-01" },
	{ "2023-03-31", 0, SPAN_MONTH, "2023-03-31" },
	/* the calendar's ends hold */
	{ "2199-12-31", 1, SPAN_DAY, "2199-12-31" },
	{ "2199-11-30", 2, SPAN_MONTH, "2199-12-31" },
	{ "1900-01-01", -1, SPAN_DAY, "1900-01-01" },
	{ "1900-01-31", -1, SPAN_MONTH, "1900-01-01" },
	{ "2023-01-01", INT32_MAX, SPAN_DAY, "2199-12-31" },
	{ "2023-01-01", INT32_MIN, SPAN_DAY, "1900-01-01" },
	{ "2023-01-01", INT32_MAX, SPAN_MONTH, "2199-12-31" },
	{ "2023-01-01", INT32_MIN, SPAN_MONTH, "1900-01-01" },
};

static void terms(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(sums); i++) {
		struct span s = { .count = sums[i].count };
		char text[11];

		s.unit = sums[i].unit;
		day_text(day_add(day(sums[i].from), s), text);
		if (strcmp(text, sums[i].to) != 0)
			fail_row("%s + %d: %s, want %s", sums[i].from, sums[i].count, text,
				sums[i].to);
	}
}

static void first_of_the_next_month(void **state)
{
	(void)state;
	check_day(day_next_month(day("2023-01-31")), "2023-02-01");
	check_day(day_next_month(day("2023-02-01")), "2023-03-01");
	check_day(day_next_month(day("2023-12-15")), "2024-01-01");
	check_day(day_next_month(day("2199-12-15")), "2199-12-31");
}

static void ages(void **state)
{
	(void)state;
	assert_int_equal(day_age(day("2005-06-15"), day("2023-06-14")), 17);
	assert_int_equal(day_age(day("2005-06-15"), day("2023-06-15")), 18);
	assert_int_equal(day_age(day("2023-06-15"), day("2023-06-15")), 0);
	assert_int_equal(day_age(day("2023-06-15"), day("2023-06-14")), -1);
	assert_int_equal(day_age(day("2004-02-29"), day("2022-02-28")), 17);
	assert_int_equal(day_age(day("2004-02-29"), day("2022-03-01")), 18);
	assert_int_equal(day_age(day("2004-02-29"), day("2024-02-29")), 20);
	assert_int_equal(day_age(day("1900-01-01"), day("2199-12-31")), 299);
}

static void printing(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 64);
	day_print(&b, day("1905-07-09"));
	assert_str(buf_str(&b), "1905-07-09");
	buf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_day_there_and_back),
		cmocka_unit_test(leap_years),
		cmocka_unit_test(strict_form_only),
		cmocka_unit_test(as_offices_write),
		cmocka_unit_test(terms),
		cmocka_unit_test(first_of_the_next_month),
		cmocka_unit_test(ages),
		cmocka_unit_test(printing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
