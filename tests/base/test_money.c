/* SPDX-License-Identifier: Apache-2.0 */
#include "../check.h"

#include "base/money.h"
#include "base/money_zh.h"

static void sums_and_overflow(void **state)
{
	const struct money max = { INT64_MAX }, min = { INT64_MIN }, one = { 1 }, minus = { -1 };
	struct money r = { 77 };

	(void)state;
	assert_true(money_add((struct money){ 61000 }, (struct money){ 35000 }, &r));
	assert_int_equal(r.fen, 96000);
	assert_true(money_sub((struct money){ 38000 }, (struct money){ 31000 }, &r));
	assert_int_equal(r.fen, 7000);
	r.fen = 77;
	assert_false(money_add(max, one, &r));
	assert_int_equal(r.fen, 77);
	assert_false(money_add(min, minus, &r));
	assert_int_equal(r.fen, 77);
	assert_false(money_sub(min, one, &r));
	assert_int_equal(r.fen, 77);
	assert_false(money_sub(max, minus, &r));
	assert_int_equal(r.fen, 77);
	assert_true(money_add(max, (struct money){ 0 }, &r));
	assert_int_equal(r.fen, INT64_MAX);
	assert_true(money_add(max, min, &r));
	assert_int_equal(r.fen, -1);
}

static void reading(void **state)
{
	static const struct {
		const char *text;
		int64_t fen;
	} good[] = { { "350", 35000 }, { "350.5", 35050 }, { "87.50", 8750 }, { "0.01", 1 },
		{ "0", 0 }, { "1,090.00", 109000 }, { "1,090,000", 109000000 }, { "350元", 35000 },
		{ "￥350", 35000 }, { "¥ 350 元", 35000 }, { "  350 ", 35000 }, { "007", 700 },
		{ "10000000000", MONEY_MAX_FEN } };
	static const char *const bad[] = { "", "元", ".5", "5.", "5.123", "-1", "+1", "1,09",
		"1090,000", ",090", "1,,090", "1.0,0", "3 50", "三百五十", "10000000000.01",
		"99999999999999999999999", "1e3", "350块", "0x10", "３５０", "1.2.3" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(good); i++) {
		struct money m = { 77 };

		if (!money_parse(str_of(good[i].text), &m) || m.fen != good[i].fen)
			fail_row("\"%s\": %lld", good[i].text, (long long)m.fen);
	}
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct money m = { 77 };

		if (money_parse(str_of(bad[i]), &m))
			fail_row("taken: \"%s\" as %lld", bad[i], (long long)m.fen);
		assert_int_equal(m.fen, 77);
	}
}

static void writing(void **state)
{
	static const struct {
		int64_t fen;
		bool plain;
		const char *text;
	} rows[] = { { 35000, false, "350.00" }, { 35000, true, "350" }, { 35050, true, "350.50" },
		{ 8750, false, "87.50" }, { 1, false, "0.01" }, { 9, true, "0.09" },
		{ 0, true, "0" }, { 0, false, "0.00" }, { -7000, false, "-70.00" },
		{ -1, true, "-0.01" }, { INT64_MAX, false, "92233720368547758.07" },
		{ INT64_MIN, false, "-92233720368547758.08" } };
	struct buf b;

	(void)state;
	buf_init(&b, 64);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		buf_reset(&b);
		money_print(&b, (struct money){ rows[i].fen }, rows[i].plain);
		assert_str(buf_str(&b), rows[i].text);
	}
	buf_release(&b);
}

/* SQ-35: amounts on receipts, in capital numerals. */
static void writing_in_capitals(void **state)
{
	static const struct {
		int64_t fen;
		const char *text;
	} rows[] = { { 0, "零元整" }, { 38000, "叁佰捌拾元整" }, { 96000, "玖佰陆拾元整" },
		{ 1003005, "壹万零叁拾元零伍分" }, { 7010, "柒拾元壹角整" },
		{ 7011, "柒拾元壹角壹分" }, { 1000000, "壹万元整" }, { 1005000, "壹万零伍拾元整" },
		{ 2030000000, "贰仟零叁拾万元整" }, { 10000000100, "壹亿零壹元整" },
		{ 10000500000, "壹亿零伍仟元整" },
		{ 12345678912, "壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元壹角贰分" },
		{ MONEY_MAX_FEN, "壹佰亿元整" } };
	struct buf b;

	(void)state;
	buf_init(&b, 256);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		buf_reset(&b);
		money_print_zh(&b, (struct money){ rows[i].fen });
		assert_str(buf_str(&b), rows[i].text);
	}
	buf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sums_and_overflow),
		cmocka_unit_test(reading),
		cmocka_unit_test(writing),
		cmocka_unit_test(writing_in_capitals),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
