/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/files/xlsx_cell.h"
#include "fixture.h"

static void number(const char *v, const char *want)
{
	char got[XLSX_NUMBER_TEXT + 1] = "";

	got[xlsx_number(str_of(v), got)] = '\0';
	assert_string_equal(got, want);
}

static void numbers_as_excel_shows_them(void **state)
{
	(void)state;
	number("380", "380");
	number("0", "0");
	number("-0.00", "0");
	number("0087.50", "87.5");
	number("262.5", "262.5");
	number("0.30000000000000004", "0.3");
	number("262.50000000000006", "262.5");
	number("99999999.999999999", "100000000");
	number("3.8E2", "380");
	number("1.5e-3", "0.0015");
	number("-12.50", "-12.5");
	number("1E-25", "1E-25");
	number("1.25E+30", "1.25E+30");
}

/* What Excel did to an 18-digit number must stay visible: more than 15 digits in a number cell. */
static void long_numbers_stay_recognisable(void **state)
{
	(void)state;
	number("6.2072119900101E+17", "620721199001010000");
	number("620721199001010043", "620721199001010043");
	number("6.2284800000000005E+18", "6228480000000000500");
	number("123456789012345", "123456789012345");
	number("430502470307123", "430502470307123");
}

static void malformed_numbers(void **state)
{
	static const char *const bad[] = { "", "abc", "1.2.3", "1e", "0x10", "1 2", "--1", "nan",
		"1,5" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		number(bad[i], "");
}

static void date(const char *v, bool since_1904, const char *want)
{
	char got[XLSX_NUMBER_TEXT + 1] = "";

	got[xlsx_date(str_of(v), since_1904, got)] = '\0';
	assert_string_equal(got, want);
}

/* The serials of known days; 60 is the 29 February 1900 that never was. */
static void dates_of_both_systems(void **state)
{
	(void)state;
	date("45260", false, "2023-11-30");
	date("43798", true, "2023-11-30");
	date("1", false, "1900-01-01");
	date("59", false, "1900-02-28");
	date("60", false, "");
	date("61", false, "1900-03-01");
	date("0", true, "1904-01-01");
	date("0", false, "");
	date("-1", false, "");
	date("9999999", false, "");
	date("45260.5", false, "2023-11-30 12:00:00");
	date("45260.58693287037", false, "2023-11-30 14:05:11");
	date("45260.999999999", false, "2023-12-01");
	date("4.526E4", false, "2023-11-30");
	date("0.25", false, "");
}

static void which_formats_are_dates(void **state)
{
	(void)state;
	assert_true(xlsx_builtin_is_date(14));
	assert_true(xlsx_builtin_is_date(22));
	assert_true(xlsx_builtin_is_date(57));
	assert_false(xlsx_builtin_is_date(20));
	assert_false(xlsx_builtin_is_date(2));
	assert_true(xlsx_code_is_date(STR("yyyy\"年\"m\"月\"d\"日\";@")));
	assert_true(xlsx_code_is_date(STR("[$-804]yyyy/m/d")));
	assert_true(xlsx_code_is_date(STR("[$-F800]dddd\\,\\ mmmm")));
	assert_false(xlsx_code_is_date(STR("0.00_);[Red]\\(0.00\\)")));
	assert_false(xlsx_code_is_date(STR("#,##0\"day\"")));
	assert_false(xlsx_code_is_date(STR("\\d0")));
	assert_false(xlsx_code_is_date(STR("[h]:mm:ss")));
	assert_false(xlsx_code_is_date(STR("General")));
	assert_false(xlsx_code_is_date(STR("@")));
}

static void escapes(void **state)
{
	char a[] = "x_x000D_y", b[] = "_x005F_x000D_", c[] = "_x0000_", d[] = "_xZZZZ_",
	     e[] = "_x00";

	(void)state;
	assert_int_equal(xlsx_unescape(a, strlen(a)), 3);
	assert_memory_equal(a, "x\ry", 3);
	assert_int_equal(xlsx_unescape(b, strlen(b)), 7);
	assert_memory_equal(b, "_x000D_", 7);
	assert_int_equal(xlsx_unescape(c, strlen(c)), 7);
	assert_int_equal(xlsx_unescape(d, strlen(d)), 7);
	assert_int_equal(xlsx_unescape(e, strlen(e)), 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_as_excel_shows_them),
		cmocka_unit_test(long_numbers_stay_recognisable),
		cmocka_unit_test(malformed_numbers),
		cmocka_unit_test(dates_of_both_systems),
		cmocka_unit_test(which_formats_are_dates),
		cmocka_unit_test(escapes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
