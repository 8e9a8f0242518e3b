/* SPDX-License-Identifier: Apache-2.0 */
/* Token buckets: so many at once, then as fast as they fill; a crowd of others makes nobody's
 * bucket fuller and the table no larger. */
#include "check.h"

#include "doors/http/rates.h"

#define MINUTE 60000

static int fresh(void **state)
{
	struct rates *r = NULL;

	if (rates_new(&r) < 0)
		return 1;
	*state = r;
	return 0;
}

static int gone(void **state)
{
	rates_free(*state);
	return 0;
}

static int takes(
	struct rates *r, enum rate_kind kind, const char *key, int64_t per, int64_t at, int n)
{
	int got = 0;

	for (int i = 0; i < n; i++)
		got += rates_take_at(r, kind, str_of(key), per, 60, at);
	return got;
}

static void so_many_and_no_more(void **state)
{
	assert_int_equal(takes(*state, RATE_LOGIN, "a", 5, 1000, 20), 5);
	assert_int_equal(takes(*state, RATE_LOGIN, "a", 5, 1000 + 11999, 1), 0);
	assert_int_equal(takes(*state, RATE_LOGIN, "a", 5, 1000 + 24001, 9), 2);
	/* A long rest fills it, and not above the brim. */
	assert_int_equal(takes(*state, RATE_LOGIN, "a", 5, 1000 + 100 * MINUTE, 20), 5);
}

static void keys_and_kinds_are_apart(void **state)
{
	assert_int_equal(takes(*state, RATE_LOGIN, "a", 3, 0, 9), 3);
	assert_int_equal(takes(*state, RATE_LOGIN, "b", 3, 0, 9), 3);
	assert_int_equal(takes(*state, RATE_LOOKUP, "a", 3, 0, 9), 3);
	assert_int_equal(takes(*state, RATE_LOGIN, "", 3, 0, 9), 3);
	assert_int_equal(takes(*state, RATE_LOGIN, "a", 3, 0, 9), 0);
}

static void zero_is_no_limit(void **state)
{
	assert_int_equal(takes(*state, RATE_LOGIN, "a", 0, 0, 1000), 1000);
}

static void time_that_stands_or_turns_back(void **state)
{
	assert_int_equal(takes(*state, RATE_LOGIN, "a", 5, 50000, 20), 5);
	assert_int_equal(takes(*state, RATE_LOGIN, "a", 5, 10000, 20), 0);
}

/* Asking while refused must not push the next token away. */
static void impatience_is_not_punished(void **state)
{
	int got = 0;

	assert_int_equal(takes(*state, RATE_LOGIN, "a", 6, 0, 6), 6);
	for (int64_t at = 10; at <= MINUTE; at += 10)
		got += takes(*state, RATE_LOGIN, "a", 6, at, 1);
	assert_int_equal(got, 6);
}

/* A million addresses go through a table of bounded size; who asks all the time stays limited. */
static void a_crowd_does_not_help(void **state)
{
	char key[24];
	int got = takes(*state, RATE_ADDRESS, "busy", 10, 0, 10);

	for (int i = 0; i < 1000000; i++) {
		snprintf(key, sizeof(key), "10.%d.%d.%d", i >> 16 & 255, i >> 8 & 255, i & 255);
		assert_true(
			rates_take_at(*state, RATE_ADDRESS, str_of(key), 10, 60, 1 + i / 1000000));
		if (i % 100 == 0)
			got += takes(*state, RATE_ADDRESS, "busy", 10, 1 + i / 1000000, 1);
	}
	/* Now and then its bucket is forgotten among so many: it is far from having its way. */
	assert_true(got < 3000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(so_many_and_no_more, fresh, gone),
		cmocka_unit_test_setup_teardown(keys_and_kinds_are_apart, fresh, gone),
		cmocka_unit_test_setup_teardown(zero_is_no_limit, fresh, gone),
		cmocka_unit_test_setup_teardown(time_that_stands_or_turns_back, fresh, gone),
		cmocka_unit_test_setup_teardown(impatience_is_not_punished, fresh, gone),
		cmocka_unit_test_setup_teardown(a_crowd_does_not_help, fresh, gone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
