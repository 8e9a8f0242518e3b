/* SPDX-License-Identifier: Apache-2.0 */
#include "../check.h"

#include <stdalign.h>

#include "base/arena.h"

static void zeroed_and_aligned(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a, 1u << 20);
	for (size_t n = 0; n < 300; n++) {
		unsigned char *p = arena_alloc(&a, n);

		assert_non_null(p);
		assert_int_equal((uintptr_t)p % alignof(max_align_t), 0);
		for (size_t i = 0; i < n; i++)
			assert_int_equal(p[i], 0);
		memset(p, 0xff, n);
	}
	arena_release(&a);
	assert_int_equal(a.used, 0);
	assert_non_null(arena_alloc(&a, 8));
	arena_release(&a);
	arena_release(NULL);
}

static void the_ceiling_holds(void **state)
{
	struct arena a;
	size_t got = 0;

	(void)state;
	arena_init(&a, 1u << 20);
	while (arena_alloc(&a, 1000))
		got += 1000;
	assert_in_range(got, 900000, 1u << 20);
	assert_null(arena_alloc(&a, 1u << 20));
	assert_null(arena_alloc(&a, SIZE_MAX));
	assert_null(arena_array(&a, SIZE_MAX / 2, 4));
	arena_release(&a);
	arena_init(&a, 16);
	assert_null(arena_alloc(&a, 17));
	arena_release(&a);
}

static void a_large_block_and_small_ones(void **state)
{
	struct arena a;
	char *big;

	(void)state;
	arena_init(&a, 4u << 20);
	assert_non_null(arena_alloc(&a, 10));
	big = arena_alloc(&a, 1u << 20);
	assert_non_null(big);
	memset(big, 1, 1u << 20);
	assert_non_null(arena_alloc(&a, 10));
	arena_release(&a);
}

static void reset_keeps_one_block(void **state)
{
	struct arena a;
	size_t used;

	(void)state;
	arena_init(&a, 1u << 20);
	arena_reset(&a);
	for (int i = 0; i < 1000; i++) {
		char *p = arena_alloc(&a, 60000);

		assert_non_null(p);
		assert_int_equal(p[59999], 0);
		memset(p, 1, 60000);
		arena_reset(&a);
		used = a.used;
		assert_true(used <= 1u << 17);
	}
	arena_release(&a);
}

static void strings(void **state)
{
	struct arena a;
	struct str s;

	(void)state;
	arena_init(&a, 1u << 20);
	s = arena_str(&a, STR("肃南"));
	assert_str(s, "肃南");
	assert_int_equal(s.p[s.n], '\0');
	s = arena_str(&a, (struct str){ NULL, 0 });
	assert_non_null(s.p);
	assert_int_equal(s.n, 0);
	s = arena_printf(&a, "%s(%d)", "二", 3);
	assert_str(s, "二(3)");
	arena_release(&a);
	arena_init(&a, 64);
	s = arena_printf(&a, "%200d", 1);
	assert_null(s.p);
	assert_int_equal(s.n, 0);
	arena_release(&a);
}

static void growing_arrays(void **state)
{
	struct arena a;
	size_t cap = 0, n = 0;
	int *items = NULL, *more;

	(void)state;
	arena_init(&a, 1u << 16);
	while ((more = arena_grow(&a, items, n, &cap, sizeof(*items)))) {
		items = more;
		items[n] = (int)n;
		n++;
	}
	assert_true(n >= 1024);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(items[i], i);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(zeroed_and_aligned),
		cmocka_unit_test(the_ceiling_holds),
		cmocka_unit_test(a_large_block_and_small_ones),
		cmocka_unit_test(reset_keeps_one_block),
		cmocka_unit_test(strings),
		cmocka_unit_test(growing_arrays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
