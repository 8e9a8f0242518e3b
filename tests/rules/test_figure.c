/* SPDX-License-Identifier: Apache-2.0 */
#include "../check.h"

#include "rules/figure.h"

static int64_t day(int y, int m, int d)
{
	day_t r = 0;

	assert_true(day_from_ymd((struct ymd){ y, m, d }, &r));
	return r;
}

struct row {
	const char *text;
	enum figure_kind kind;
	int64_t value;
	int32_t month_day;
};

static void written_alone(void **state)
{
	const struct row rows[] = {
		{ "380元", FIGURE_MONEY, 38000, 0 },
		{ "３８０ 元", FIGURE_MONEY, 38000, 0 },
		{ "262.50元", FIGURE_MONEY, 26250, 0 },
		{ "10万元", FIGURE_MONEY, 10000000, 0 },
		{ "1.5万元", FIGURE_MONEY, 1500000, 0 },
		{ "1,090,000元", FIGURE_MONEY, 109000000, 0 },
		{ "50%", FIGURE_PERCENT, 5000, 0 },
		{ "87.5％", FIGURE_PERCENT, 8750, 0 },
		{ "90日", FIGURE_TERM_DAYS, 90, 0 },
		{ "90天内", FIGURE_TERM_DAYS, 90, 0 },
		{ "两周", FIGURE_TERM_DAYS, 14, 0 },
		{ "十五天", FIGURE_TERM_DAYS, 15, 0 },
		{ "3个月", FIGURE_TERM_MONTHS, 3, 0 },
		{ "三个月", FIGURE_TERM_MONTHS, 3, 0 },
		{ "十二个月", FIGURE_TERM_MONTHS, 12, 0 },
		{ "2年", FIGURE_TERM_MONTHS, 24, 0 },
		{ "24个月", FIGURE_TERM_MONTHS, 24, 0 },
		{ "2022-12-31", FIGURE_DATE, day(2022, 12, 31), 0 },
		{ "2022 年 12 月 31 日", FIGURE_DATE, day(2022, 12, 31), 0 },
		{ "2022年11月底", FIGURE_DATE, day(2022, 11, 30), 0 },
		{ "2024年2月底前", FIGURE_DATE, day(2024, 2, 29), 0 },
		{ "2022年底", FIGURE_DATE, day(2022, 12, 31), 0 },
		{ "2022年年底", FIGURE_DATE, day(2022, 12, 31), 0 },
		{ "12月31日", FIGURE_DATE, DAY_NONE, 1231 },
		{ "12月底", FIGURE_DATE, DAY_NONE, 1299 },
		{ "2023年9月", FIGURE_MONTH, 2023 * 12 + 8, 0 },
		{ "2023年度", FIGURE_YEAR, 2023, 0 },
		{ "2023年", FIGURE_YEAR, 2023, 0 },
		{ "29500人", FIGURE_COUNT, 29500, 0 },
		{ "109万人", FIGURE_COUNT, 1090000, 0 },
		{ "3名", FIGURE_COUNT, 3, 0 },
		{ "3", FIGURE_COUNT, 3, 0 },
		{ "张医保发〔2023〕31 号", FIGURE_REFERENCE, 202300031, 0 },
		{ "(2022)41号", FIGURE_REFERENCE, 202200041, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct figure f = { 0 };

		if (!figure_parse(str_of(rows[i].text), &f))
			fail_row("\"%s\" is not read", rows[i].text);
		if (f.kind != rows[i].kind || f.value != rows[i].value ||
			f.month_day != rows[i].month_day)
			fail_row("\"%s\": kind %d value %lld %d", rows[i].text, f.kind,
				(long long)f.value, f.month_day);
		assert_str(f.text, rows[i].text);
	}
}

static void no_figures(void **state)
{
	static const char *const rows[] = { "", "全额", "380元和640元", "每人380元", "2023-02-30",
		"2023年2月30日", "1.234567元", "0.001元", "12345678901234567890", "380元以上若干",
		"一周一调度", "三年", "p0s", "4g", "380 yuan", "一、二类" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct figure f = { .value = 7 };

		if (figure_parse(str_of(rows[i]), &f))
			fail_row("\"%s\" is read as %s %lld", rows[i], figure_kind_key(f.kind),
				(long long)f.value);
		assert_int_equal(f.value, 7);
	}
}

static void equal_by_meaning(void **state)
{
	static const struct {
		const char *a, *b;
		bool equal;
	} rows[] = { { "90日", "90天", true }, { "2年", "24个月", true },
		{ "90日", "3个月", false }, { "10万元", "100000元", true },
		{ "380元", "380人", false }, { "12月31日", "2022-12-31", false },
		{ "12月31日", "12月31日", true }, { "12月底", "12月31日", false },
		{ "2022年11月底", "2022-11-30", true }, { "2023年9月", "2023-09-01", false },
		{ "3名", "3", true } };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct figure a, b;

		assert_true(figure_parse(str_of(rows[i].a), &a));
		assert_true(figure_parse(str_of(rows[i].b), &b));
		if (figure_equal(&a, &b) != rows[i].equal || figure_equal(&b, &a) != rows[i].equal)
			fail_row("%s and %s", rows[i].a, rows[i].b);
	}
}

/* Find all figures of `text`, as "kind:text" with bars between. */
static void found(const char *text, struct buf *out)
{
	struct figure_scan s;
	struct figure f;
	struct buf folded;

	buf_init(&folded, 4096);
	figure_fold_text(&folded, str_of(text));
	figure_scan_init(&s, buf_str(&folded));
	buf_reset(out);
	while (figure_next(&s, &f))
		buf_addf(out, "%s:%.*s|", figure_kind_key(f.kind), STR_ARG(f.text));
	buf_release(&folded);
}

static void in_running_text(void **state)
{
	static const char *const rows[][2] = {
		{ "标准为 960\n元/人·年，其中 350 元", "金额:960元|金额:350元|" },
		{ "自 2022\n年 9 月 1 日至 12 月 3\n1 日", "日期:2022年9月1日|日期:12月31日|" },
		{ "智能P0S机和4G手机", "" },
		{ "一等奖 3 名，各奖励 10\n万元", "数量:3|金额:10万元|" },
		{ "农村一、二类低保", "" },
		{ "连续两周排名，一周一调度", "期限:两周|" },
		{ "连续 2 年（含 2 年）以上", "期限:2年|期限:2年|" },
		{ "（湘医保发〔2022〕41号)等", "引文:(2022)41号|" },
		{ "皇城镇 7326 人，马蹄乡 4427 人", "数量:7326|数量:4427|" },
		{ "100、200、300元", "数量:100|数量:200|金额:300元|" },
		{ "编号341323198510120018", "" },
	};
	struct buf b;

	(void)state;
	buf_init(&b, 4096);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		found(rows[i][0], &b);
		assert_str(buf_str(&b), rows[i][1]);
	}
	buf_release(&b);
}

static void a_date_lends_its_year(void **state)
{
	struct figure_scan s;
	struct figure f, ours;

	(void)state;
	figure_scan_init(&s, STR("2022年9月1日至12月31日"));
	assert_true(figure_next(&s, &f));
	assert_true(figure_next(&s, &f));
	assert_int_equal(f.value, day(2022, 12, 31));
	assert_int_equal(f.month_day, 1231);
	/* the ledger may write it with or without its year, but no other year */
	assert_true(figure_parse(STR("2022-12-31"), &ours) && figure_equal(&ours, &f));
	assert_true(figure_parse(STR("12月31日"), &ours) && figure_equal(&ours, &f));
	assert_true(figure_parse(STR("2023-12-31"), &ours) && !figure_equal(&ours, &f));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(written_alone),
		cmocka_unit_test(no_figures),
		cmocka_unit_test(equal_by_meaning),
		cmocka_unit_test(in_running_text),
		cmocka_unit_test(a_date_lends_its_year),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
