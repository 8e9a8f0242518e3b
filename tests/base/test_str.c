/* SPDX-License-Identifier: Apache-2.0 */
#include "../check.h"

#include "base/str.h"

static void comparing(void **state)
{
	(void)state;
	assert_true(str_eq(STR("abc"), STR("abc")));
	assert_false(str_eq(STR("abc"), STR("abd")));
	assert_false(str_eq(STR("abc"), STR("ab")));
	assert_true(str_eq(STR(""), (struct str){ NULL, 0 }));
	assert_true(str_is(STR("肃南"), "肃南"));
	assert_true(str_cmp(STR("ab"), STR("abc")) < 0);
	assert_true(str_cmp(STR("b"), STR("abc")) > 0);
	assert_int_equal(str_cmp(STR("abc"), STR("abc")), 0);
	assert_true(str_cmp(STR(""), STR("a")) < 0);
	assert_true(str_cmp(STR("\xff"), STR("a")) > 0);
	assert_int_equal(str_of(NULL).n, 0);
}

static void beginnings_and_ends(void **state)
{
	(void)state;
	assert_true(str_starts(STR("abc"), STR("ab")));
	assert_true(str_starts(STR("abc"), STR("")));
	assert_false(str_starts(STR("ab"), STR("abc")));
	assert_true(str_ends(STR("350元"), STR("元")));
	assert_true(str_ends(STR("abc"), STR("")));
	assert_false(str_ends(STR("c"), STR("bc")));
	assert_int_equal(str_find(STR("abcabc"), STR("ca")), 2);
	assert_int_equal(str_find(STR("abc"), STR("x")), -1);
	assert_int_equal(str_find(STR("abc"), STR("")), 0);
	assert_int_equal(str_find(STR("a"), STR("ab")), -1);
	assert_int_equal(str_find(STR("aab"), STR("ab")), 1);
}

static void trimming(void **state)
{
	static const char *const rows[][2] = { { "  a b \t\r\n", "a b" }, { "", "" }, { "   ", "" },
		{ "　肃南　", "肃南" }, { " 　 a　 ", "a" }, { "\xe3\x80", "\xe3\x80" } };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_str(str_trim(str_of(rows[i][0])), rows[i][1]);
}

static void cutting(void **state)
{
	struct str rest = STR("a,,b,"), part;

	(void)state;
	assert_true(str_cut(&rest, STR(","), &part));
	assert_str(part, "a");
	assert_true(str_cut(&rest, STR(","), &part));
	assert_str(part, "");
	assert_true(str_cut(&rest, STR(","), &part));
	assert_str(part, "b");
	assert_true(str_cut(&rest, STR(","), &part));
	assert_str(part, "");
	assert_false(str_cut(&rest, STR(","), &part));
	rest = STR("");
	assert_true(str_cut(&rest, STR(","), &part));
	assert_str(part, "");
	assert_false(str_cut(&rest, STR(","), &part));
	rest = STR("一、二");
	assert_true(str_cut(&rest, STR("、"), &part));
	assert_str(part, "一");
}

static void integers(void **state)
{
	static const struct {
		const char *text;
		int64_t value; /* -1: refused */
	} rows[] = { { "0", 0 }, { "007", 7 }, { "9223372036854775807", INT64_MAX },
		{ "9223372036854775808", -1 }, { "9999999999999999999", -1 },
		{ "00000000000000000001", -1 }, { "", -1 }, { "-1", -1 }, { "+1", -1 },
		{ " 1", -1 }, { "1 ", -1 }, { "1.0", -1 }, { "１", -1 }, { "0x1", -1 } };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		int64_t v = -1;

		if (str_int(str_of(rows[i].text), &v) != (rows[i].value >= 0) || v != rows[i].value)
			fail_row("\"%s\": %lld", rows[i].text, (long long)v);
	}
}

/* Sequential numbers, the usual keys here, must not fall together in the low bits. */
static void hashes_spread(void **state)
{
	enum { KEYS = 4096 };
	static unsigned char bucket[KEYS];
	unsigned most = 0, used = 0;
	char text[24];

	(void)state;
	for (int i = 0; i < KEYS; i++) {
		snprintf(text, sizeof(text), "3413231985%08d", i);
		bucket[str_hash(str_of(text)) % KEYS]++;
	}
	for (int i = 0; i < KEYS; i++) {
		most = bucket[i] > most ? bucket[i] : most;
		used += bucket[i] > 0;
	}
	assert_in_range(most, 1, 10);
	assert_in_range(used, KEYS * 58 / 100, KEYS);
	assert_true(str_hash(STR("a")) != str_hash((struct str){ "a\0", 2 }));
	assert_true(str_hash(STR("a")) == str_hash(str_of("a")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(comparing),
		cmocka_unit_test(beginnings_and_ends),
		cmocka_unit_test(trimming),
		cmocka_unit_test(cutting),
		cmocka_unit_test(integers),
		cmocka_unit_test(hashes_spread),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
