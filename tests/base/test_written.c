/* SPDX-License-Identifier: Apache-2.0 */
/* Codes that people write down. */
#include "../check.h"

#include "base/written.h"

static void printed(void **state)
{
	const unsigned char zero[WRITTEN_BYTES] = { 0 }, mixed[WRITTEN_BYTES] = { 0x00, 0x44, 0x32,
		0x14, 0xc7, 0xff, 0xff, 0xff, 0xff, 0xff };
	char text[WRITTEN_LENGTH + 1];

	(void)state;
	written_print(zero, text);
	assert_string_equal(text, "0000000000000000");
	written_print(mixed, text);
	assert_string_equal(text, "01234567ZZZZZZZZ");
}

static void as_people_type_it(void **state)
{
	static const char *const fine[] = { "01234567ABCDEFGH", "0123 4567 ABCD EFGH",
		"0123-4567-abcd-efgh", " o123 4567 abcd efgh ", "OI234567-ABCD-EFGH",
		"0l23 4567ABCDEFGH" };
	static const char *const wrong[] = { "", "0123", "01234567ABCDEFG", "01234567ABCDEFGHJ",
		"01234567ABCDEFGU", "01234567ABCDEFG*", "０1234567ABCDEFGH" };
	char text[WRITTEN_LENGTH + 1];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(fine); i++) {
		assert_true(written_parse(str_of(fine[i]), text));
		assert_string_equal(text, "01234567ABCDEFGH");
	}
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
		assert_false(written_parse(str_of(wrong[i]), text));
	assert_false(written_parse((struct str){ "01234567\0ABCDEFG", 16 }, text));
	assert_string_equal(text, "01234567ABCDEFGH");
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(printed),
		cmocka_unit_test(as_people_type_it) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
