/* SPDX-License-Identifier: Apache-2.0 */
#include "base/str.h"

#include <string.h>

struct str str_of(const char *z)
{
	return z ? (struct str){ z, strlen(z) } : (struct str){ "", 0 };
}

bool str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool str_is(struct str a, const char *z)
{
	return str_eq(a, str_of(z));
}

int str_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n ? memcmp(a.p, b.p, n) : 0;

	return c ? c : (a.n > b.n) - (a.n < b.n);
}

bool str_starts(struct str s, struct str prefix)
{
	return s.n >= prefix.n && str_eq((struct str){ s.p, prefix.n }, prefix);
}

bool str_ends(struct str s, struct str suffix)
{
	return s.n >= suffix.n && str_eq((struct str){ s.p + s.n - suffix.n, suffix.n }, suffix);
}

ptrdiff_t str_find(struct str s, struct str needle)
{
	const char *at;

	if (needle.n == 0)
		return 0;
	if (s.n < needle.n)
		return -1;
	at = memmem(s.p, s.n, needle.p, needle.n);
	return at ? at - s.p : -1;
}

static size_t space_at(struct str s, size_t i)
{
	if (s.p[i] == ' ' || (s.p[i] >= '\t' && s.p[i] <= '\r'))
		return 1;
	if (i + 3 <= s.n && memcmp(s.p + i, "\xe3\x80\x80", 3) == 0)
		return 3;
	return 0;
}

struct str str_trim(struct str s)
{
	size_t step;

	while (s.n && (step = space_at(s, 0))) {
		s.p += step;
		s.n -= step;
	}
	while (s.n) {
		if (space_at(s, s.n - 1) == 1)
			s.n -= 1;
		else if (s.n >= 3 && space_at(s, s.n - 3) == 3)
			s.n -= 3;
		else
			break;
	}
	return s;
}

bool str_cut(struct str *rest, struct str sep, struct str *ret_part)
{
	ptrdiff_t at;

	if (!rest->p)
		return false;
	at = str_find(*rest, sep);
	if (at < 0 || sep.n == 0) {
		*ret_part = *rest;
		*rest = (struct str){ NULL, 0 };
		return true;
	}
	*ret_part = (struct str){ rest->p, (size_t)at };
	rest->p += (size_t)at + sep.n;
	rest->n -= (size_t)at + sep.n;
	return true;
}

bool str_int(struct str s, int64_t *ret_value)
{
	int64_t v = 0;

	if (s.n == 0 || s.n > 19)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		if (__builtin_mul_overflow(v, (int64_t)10, &v) ||
			__builtin_add_overflow(v, (int64_t)(s.p[i] - '0'), &v))
			return false;
	}
	*ret_value = v;
	return true;
}

uint64_t str_hash(struct str s)
{
	uint64_t h = 0x9e3779b97f4a7c15ull ^ s.n;

	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3ull;
	h ^= h >> 32;
	h *= 0xd6e8feb86659fd93ull;
	return h ^ (h >> 32);
}
