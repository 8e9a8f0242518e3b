/* SPDX-License-Identifier: Apache-2.0 */
#include "../check.h"

#include "base/buf.h"

static void adding(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 1u << 16);
	assert_str(buf_str(&b), "");
	buf_add(&b, STR("a"));
	buf_addz(&b, "bc");
	buf_addc(&b, 'd');
	buf_addf(&b, "-%d-%s", 7, "元");
	buf_addi(&b, 0);
	buf_addi(&b, -5);
	buf_addi(&b, INT64_MIN);
	buf_add(&b, (struct str){ NULL, 0 });
	assert_str(buf_str(&b), "abcd-7-元0-5-9223372036854775808");
	assert_int_equal(b.p[b.n], '\0');
	assert_false(buf_bad(&b));
	buf_reset(&b);
	assert_str(buf_str(&b), "");
	buf_release(&b);
	buf_addz(&b, "again");
	assert_str(buf_str(&b), "again");
	buf_release(&b);
	buf_release(NULL);
}

static void the_ceiling_holds(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 10);
	buf_addz(&b, "0123456789");
	assert_false(buf_bad(&b));
	buf_addc(&b, 'x');
	assert_true(buf_bad(&b));
	assert_str(buf_str(&b), "0123456789");
	buf_addz(&b, "");
	assert_true(buf_bad(&b)); /* once bad, bad until reset */
	buf_reset(&b);
	assert_false(buf_bad(&b));
	buf_addf(&b, "%s", "01234567890");
	assert_true(buf_bad(&b));
	assert_str(buf_str(&b), "");
	buf_release(&b);
}

static void growing(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 1u << 20);
	for (int i = 0; i < 100000; i++)
		buf_addc(&b, (char)('a' + i % 26));
	assert_int_equal(b.n, 100000);
	for (int i = 0; i < 100000; i++)
		assert_int_equal(b.p[i], 'a' + i % 26);
	buf_release(&b);
}

static void json_strings(void **state)
{
	static const struct {
		struct str text;
		const char *json;
	} rows[] = { { STR(""), "\"\"" }, { STR("a\"b\\c"), "\"a\\\"b\\\\c\"" },
		{ STR("\n\r\t\x01\x1f\x7f"), "\"\\n\\r\\t\\u0001\\u001f\\u007f\"" },
		{ STR("肃南𠅤"), "\"肃南𠅤\"" }, { STR("a\0b"), "\"a\\u0000b\"" },
		{ STR("\xff\xe4\xb8"), "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"" } };
	struct buf b;

	(void)state;
	buf_init(&b, 256);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		buf_reset(&b);
		buf_add_json(&b, rows[i].text);
		assert_str(buf_str(&b), rows[i].json);
	}
	buf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(adding),
		cmocka_unit_test(the_ceiling_holds),
		cmocka_unit_test(growing),
		cmocka_unit_test(json_strings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
