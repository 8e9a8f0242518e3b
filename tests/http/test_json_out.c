/* SPDX-License-Identifier: Apache-2.0 */
/* JSON written by hand reads back as what was meant; wrong nesting stops the program. */
#include "check.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "doors/http/json_out.h"

static void everything_once(void **state)
{
	struct json_out j;
	struct buf b;

	(void)state;
	buf_init(&b, 4096);
	json_begin(&j, &b);
	json_object(&j, NULL);
	json_str(&j, "text", STR("a\"b\\\n\t\x01中"));
	json_str(&j, "none", (struct str){ NULL, 0 });
	json_strz(&j, "empty", "");
	json_num(&j, "least", INT64_MIN);
	json_num(&j, "most", INT64_MAX);
	json_bool(&j, "yes", true);
	json_bool(&j, "no", false);
	json_null(&j, "null");
	json_array(&j, "list");
	json_num(&j, NULL, 1);
	json_object(&j, NULL);
	json_close(&j);
	json_array(&j, NULL);
	json_close(&j);
	json_raw(&j, NULL, STR("{\"x\":1}"));
	json_close(&j);
	json_code(&j, "code", 620721100001);
	json_code(&j, "nowhere", 0);
	json_close(&j);
	assert_str(buf_str(&b),
		"{\"text\":\"a\\\"b\\\\\\n\\t\\u0001中\",\"none\":null,\"empty\":\"\","
		"\"least\":-9223372036854775808,\"most\":9223372036854775807,"
		"\"yes\":true,\"no\":false,\"null\":null,"
		"\"list\":[1,{},[],{\"x\":1}],\"code\":\"620721100001\","
		"\"nowhere\":null}");
	buf_release(&b);
}

/* Bytes that are no UTF-8 never reach a page as they are. */
static void bad_bytes_are_replaced(void **state)
{
	struct json_out j;
	struct buf b;

	(void)state;
	buf_init(&b, 256);
	json_begin(&j, &b);
	json_str(&j, NULL, STR("a\xff\xc0\xaf"));
	assert_str(buf_str(&b), "\"a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
	buf_release(&b);
}

static struct str one_time(struct buf *b, int64_t at)
{
	struct json_out j;

	buf_reset(b);
	json_begin(&j, b);
	json_time(&j, NULL, at);
	return buf_str(b);
}

static void instants_are_told_in_china_time(void **state)
{
	struct json_out j;
	struct buf b;
	day_t day = DAY_NONE;

	(void)state;
	buf_init(&b, 256);
	assert_str(one_time(&b, 1), "\"1970-01-01T08:00:01+08:00\"");
	assert_str(one_time(&b, 1703951999), "\"2023-12-30T23:59:59+08:00\"");
	assert_str(one_time(&b, 1703952000), "\"2023-12-31T00:00:00+08:00\"");
	assert_str(one_time(&b, -28801), "\"1969-12-31T23:59:59+08:00\"");
	assert_str(one_time(&b, 0), "null");
	buf_reset(&b);
	json_begin(&j, &b);
	json_array(&j, NULL);
	json_date(&j, NULL, day);
	assert_true(day_from_ymd((struct ymd){ 2024, 2, 29 }, &day));
	json_date(&j, NULL, day);
	json_close(&j);
	assert_str(buf_str(&b), "[null,\"2024-02-29\"]");
	buf_release(&b);
}

static void two_outermost(struct json_out *j)
{
	json_num(j, NULL, 1);
	json_object(j, NULL);
	json_close(j);
	json_object(j, NULL);
}

static void key_in_a_list(struct json_out *j)
{
	json_array(j, NULL);
	json_num(j, "key", 1);
}

static void value_without_key(struct json_out *j)
{
	json_object(j, NULL);
	json_num(j, NULL, 1);
}

static void one_close_too_many(struct json_out *j)
{
	json_object(j, NULL);
	json_close(j);
	json_close(j);
}

static void too_deep(struct json_out *j)
{
	for (int i = 0; i <= JSON_DEPTH_MAX; i++)
		json_array(j, NULL);
}

static bool aborts(void (*f)(struct json_out *))
{
	pid_t child = fork();
	int status;

	assert_true(child >= 0);
	if (child == 0) {
		struct json_out j;
		struct buf b;

		if (!freopen("/dev/null", "w", stderr))
			_exit(1);
		signal(SIGABRT, SIG_DFL);
		buf_init(&b, 4096);
		json_begin(&j, &b);
		f(&j);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void wrong_nesting_is_a_bug(void **state)
{
	(void)state;
	assert_true(aborts(two_outermost));
	assert_true(aborts(key_in_a_list));
	assert_true(aborts(value_without_key));
	assert_true(aborts(one_close_too_many));
	assert_true(aborts(too_deep));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everything_once),
		cmocka_unit_test(bad_bytes_are_replaced),
		cmocka_unit_test(instants_are_told_in_china_time),
		cmocka_unit_test(wrong_nesting_is_a_bug),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
