/* SPDX-License-Identifier: Apache-2.0 */
/* What every cmocka test needs, in the order cmocka wants it. */
#ifndef CANBAO_TESTS_CHECK_H
#define CANBAO_TESTS_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"

/* Fail with a sentence: for rows of a table, where the line alone says too little. */
#define fail_row(...) \
	do { \
		print_error(__VA_ARGS__); \
		print_error("\n"); \
		fail(); \
	} while (0)

static inline void check_str(struct str got, const char *want, const char *file, int line)
{
	if (got.n == strlen(want) && (got.n == 0 || memcmp(got.p, want, got.n) == 0))
		return;
	print_error("%s:%d: got \"%.*s\", want \"%s\"\n", file, line, (int)got.n, got.p, want);
	_fail(file, line);
}
#define assert_str(got, want) check_str(got, want, __FILE__, __LINE__)

#endif
