/* SPDX-License-Identifier: Apache-2.0 */
#include "../check.h"

#include "base/utf8.h"

static void decoding(void **state)
{
	static const struct {
		const char *bytes;
		size_t n;
		uint32_t cp;
	} good[] = { { "a", 1, 'a' }, { "\x7f", 1, 0x7f }, { "\xc2\x80", 2, 0x80 },
		{ "\xdf\xbf", 2, 0x7ff }, { "\xe0\xa0\x80", 3, 0x800 }, { "中", 3, 0x4e2d },
		{ "\xed\x9f\xbf", 3, 0xd7ff }, { "\xee\x80\x80", 3, 0xe000 }, { "䶮", 3, 0x4dae },
		{ "\xf0\x90\x80\x80", 4, 0x10000 }, { "𠅤", 4, 0x20164 }, { "𫖯", 4, 0x2b5af },
		{ "\xf4\x8f\xbf\xbf", 4, 0x10ffff } };
	static const char *const bad[] = { "\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xe0\x80\x80",
		"\xe0\x9f\xbf", "\xed\xa0\x80", "\xed\xbf\xbf", "\xf0\x80\x80\x80",
		"\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xfe",
		"\xe4\xb8", "\xf0\xa0\x85", "\xc2", "\xe4\x41\x41" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(good); i++) {
		uint32_t cp = 7;

		assert_int_equal(utf8_next(str_of(good[i].bytes), &cp), good[i].n);
		assert_int_equal(cp, good[i].cp);
		assert_true(utf8_valid(str_of(good[i].bytes)));
	}
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		uint32_t cp = 7;

		assert_int_equal(utf8_next(str_of(bad[i]), &cp), 0);
		assert_int_equal(cp, 7);
		assert_false(utf8_valid(str_of(bad[i])));
	}
	assert_true(utf8_valid(STR("")));
	assert_int_equal(utf8_next(STR(""), &(uint32_t){ 0 }), 0);
}

static void every_code_point_there_and_back(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 16);
	for (uint32_t cp = 0; cp <= 0x10ffff; cp++) {
		uint32_t back = 0;

		if (cp >= 0xd800 && cp <= 0xdfff)
			continue;
		buf_reset(&b);
		utf8_put(&b, cp);
		if (utf8_next(buf_str(&b), &back) != b.n || back != cp)
			fail_row("U+%04X", cp);
	}
	buf_reset(&b);
	utf8_put(&b, 0xd800);
	utf8_put(&b, 0x110000);
	assert_str(buf_str(&b), "\xef\xbf\xbd\xef\xbf\xbd");
	buf_release(&b);
}

static void counting_and_width(void **state)
{
	static const struct {
		const char *text;
		size_t count, width;
	} rows[] = { { "", 0, 0 }, { "abc", 3, 3 }, { "肃南", 2, 4 }, { "马蹄乡a", 4, 7 },
		{ "𠅤", 1, 2 }, { "ＡＢ", 2, 4 }, { "é", 1, 1 }, { "e\xcc\x81", 2, 1 },
		{ "a\xe2\x80\x8b", 2, 1 }, { "\xff\xff", 2, 2 }, { "（一）", 3, 6 },
		{ "a\tb", 3, 2 } };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		assert_int_equal(utf8_count(str_of(rows[i].text)), rows[i].count);
		if (utf8_width(str_of(rows[i].text)) != rows[i].width)
			fail_row("\"%s\": %zu", rows[i].text, utf8_width(str_of(rows[i].text)));
	}
}

static void folding(void **state)
{
	static const char *const rows[][2] = {
		{ "身份证号码 ", "身份证号码" },
		{ "ＩＤ　号", "id号" },
		{ "ABC xyz", "abcxyz" },
		{ "祁丰蔵族乡", "祁丰藏族乡" },
		/* middle dots in names */
		{ "买买提·艾力", "买买提\xc2\xb7艾力" },
		{ "买买提•艾力", "买买提\xc2\xb7艾力" },
		{ "买买提・艾力", "买买提\xc2\xb7艾力" },
		{ "买买提．艾力", "买买提\xc2\xb7艾力" },
		{ "买买提.艾力", "买买提\xc2\xb7艾力" },
		{ "买买提‧艾力", "买买提\xc2\xb7艾力" },
		{ "买买提･艾力", "买买提\xc2\xb7艾力" },
		/* what cannot be seen */
		{ "\xef\xbb\xbf姓名", "姓名" },
		{ "姓\xe2\x80\x8b名\xe2\x80\x8d", "姓名" },
		{ "姓\xc2\xa0名\r\n", "姓名" },
		/* brackets and commas */
		{ "镇（街）", "镇(街)" },
		{ "【镇】〔街〕", "(镇)(街)" },
		{ "[镇]［街］", "(镇)(街)" },
		{ "一、二，三", "一,二,三" },
		/* rare characters stay */
		{ "𠅤䶮㛃𫖯𬱟", "𠅤䶮㛃𫖯𬱟" },
		{ "\xff", "\xef\xbf\xbd" },
	};
	struct buf b, again;

	(void)state;
	buf_init(&b, 256);
	buf_init(&again, 256);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		buf_reset(&b);
		buf_reset(&again);
		utf8_fold(&b, str_of(rows[i][0]));
		assert_str(buf_str(&b), rows[i][1]);
		utf8_fold(&again, buf_str(&b));
		assert_str(buf_str(&again), rows[i][1]);
	}
	buf_release(&b);
	buf_release(&again);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(decoding),
		cmocka_unit_test(every_code_point_there_and_back),
		cmocka_unit_test(counting_and_width),
		cmocka_unit_test(folding),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
