/* SPDX-License-Identifier: Apache-2.0 */
#include "../check.h"

#include "base/err.h"
#include "base/map.h"

static void put_and_get(void **state)
{
	struct arena a;
	struct map m;
	int64_t v = 7;

	(void)state;
	arena_init(&a, 64u << 20);
	map_init(&m, &a);
	assert_false(map_get(&m, STR("马蹄乡"), &v));
	assert_int_equal(v, 7);
	assert_int_equal(map_put(&m, STR("马蹄乡"), 1), 1);
	assert_int_equal(map_put(&m, STR(""), -2), 1);
	assert_int_equal(map_put(&m, STR("马蹄乡"), 3), 0);
	assert_true(map_get(&m, STR("马蹄乡"), &v));
	assert_int_equal(v, 3);
	assert_true(map_get(&m, STR(""), &v));
	assert_int_equal(v, -2);
	assert_false(map_get(&m, STR("马蹄"), &v));
	assert_int_equal(m.n, 2);
	arena_release(&a);
}

static void a_hundred_thousand(void **state)
{
	enum { N = 100000 };
	struct arena a;
	struct map m;
	int64_t v;
	char text[16];

	(void)state;
	arena_init(&a, 256u << 20);
	map_init(&m, &a);
	for (int i = 0; i < N; i++)
		assert_int_equal(map_put(&m, arena_printf(&a, "%d", i), i), 1);
	assert_int_equal(m.n, N);
	for (int i = 0; i < N; i++) {
		snprintf(text, sizeof(text), "%d", i);
		assert_true(map_get(&m, str_of(text), &v));
		assert_int_equal(v, i);
	}
	assert_false(map_get(&m, STR("100000"), &v));
	arena_release(&a);
}

/* A put that finds no memory leaves the map as it was. */
static void out_of_memory(void **state)
{
	struct arena a;
	struct map m;
	struct str keys[64];
	char text[64][16];
	int64_t v;
	int rc = 1, n = 0;

	(void)state;
	arena_init(&a, 1000);
	map_init(&m, &a);
	while (n < 64 && rc == 1) {
		snprintf(text[n], sizeof(text[n]), "%d", n);
		keys[n] = str_of(text[n]);
		rc = map_put(&m, keys[n], n);
		n += rc == 1;
	}
	assert_int_equal(rc, FAULT_MEMORY);
	assert_int_equal(m.n, n);
	for (int i = 0; i < n; i++) {
		assert_true(map_get(&m, keys[i], &v));
		assert_int_equal(v, i);
	}
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(put_and_get),
		cmocka_unit_test(a_hundred_thousand),
		cmocka_unit_test(out_of_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
