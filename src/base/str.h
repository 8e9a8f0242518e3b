/* SPDX-License-Identifier: Apache-2.0 */
/* A borrowed run of bytes with its length; not NUL-terminated.  Owns nothing. */
#ifndef CANBAO_BASE_STR_H
#define CANBAO_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bug.h"

struct str {
	const char *p;
	size_t n;
};

#define STR(literal) ((struct str){ literal, sizeof(literal) - 1 })
/* For printf's "%.*s". */
#define STR_ARG(s) (int)(s).n, (s).p

/* A NUL-terminated string as a str; NULL becomes the empty one. */
struct str str_of(const char *z);
bool str_eq(struct str a, struct str b);
bool str_is(struct str a, const char *z);
/* Order by bytes, shorter first when one begins the other: <0, 0, >0. */
int str_cmp(struct str a, struct str b);
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
/* Position of `needle` in `s`, or -1. */
ptrdiff_t str_find(struct str s, struct str needle);
/* Without ASCII white space (and U+3000) at both ends. */
struct str str_trim(struct str s);
/* Cut the part of *rest before `sep` off; false when *rest is used up.  A missing `sep` yields all
 * that is left.  An empty input yields one empty part. */
bool str_cut(struct str *rest, struct str sep, struct str *ret_part);
/* An unsigned decimal of 1..19 ASCII digits and nothing else; false on anything else or overflow.
 */
MUST_USE bool str_int(struct str s, int64_t *ret_value);
/* 64-bit hash with good spread; not for secrets. */
uint64_t str_hash(struct str s);

#endif
