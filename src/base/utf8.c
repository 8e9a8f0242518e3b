/* SPDX-License-Identifier: Apache-2.0 */
#include "base/utf8.h"

static bool tail(struct str s, size_t n)
{
	if (s.n < n)
		return false;
	for (size_t i = 1; i < n; i++)
		if (((unsigned char)s.p[i] & 0xc0) != 0x80)
			return false;
	return true;
}

size_t utf8_next(struct str s, uint32_t *ret_cp)
{
	const unsigned char *p = (const unsigned char *)s.p;
	uint32_t cp;

	if (s.n == 0)
		return 0;
	if (p[0] < 0x80) {
		*ret_cp = p[0];
		return 1;
	}
	if (p[0] >= 0xc2 && p[0] <= 0xdf && tail(s, 2)) {
		*ret_cp = (uint32_t)(p[0] & 0x1f) << 6 | (p[1] & 0x3f);
		return 2;
	}
	if (p[0] >= 0xe0 && p[0] <= 0xef && tail(s, 3)) {
		cp = (uint32_t)(p[0] & 0x0f) << 12 | (uint32_t)(p[1] & 0x3f) << 6 | (p[2] & 0x3f);
		if (cp < 0x800 || (cp >= 0xd800 && cp <= 0xdfff))
			return 0;
		*ret_cp = cp;
		return 3;
	}
	if (p[0] >= 0xf0 && p[0] <= 0xf4 && tail(s, 4)) {
		cp = (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3f) << 12 |
		     (uint32_t)(p[2] & 0x3f) << 6 | (p[3] & 0x3f);
		if (cp < 0x10000 || cp > 0x10ffff)
			return 0;
		*ret_cp = cp;
		return 4;
	}
	return 0;
}

/* One step that always moves: an invalid byte is U+FFFD of length 1. */
static uint32_t take(struct str *s)
{
	uint32_t cp = 0xfffd;
	size_t n = utf8_next(*s, &cp);

	if (n == 0)
		n = 1;
	s->p += n;
	s->n -= n;
	return cp;
}

bool utf8_valid(struct str s)
{
	uint32_t cp;

	while (s.n) {
		size_t n = utf8_next(s, &cp);

		if (n == 0)
			return false;
		s.p += n;
		s.n -= n;
	}
	return true;
}

size_t utf8_count(struct str s)
{
	size_t n = 0;

	while (s.n) {
		take(&s);
		n++;
	}
	return n;
}

void utf8_put(struct buf *b, uint32_t cp)
{
	char c[4];
	size_t n;

	if (cp > 0x10ffff || (cp >= 0xd800 && cp <= 0xdfff))
		cp = 0xfffd;
	if (cp < 0x80) {
		c[0] = (char)cp;
		n = 1;
	} else if (cp < 0x800) {
		c[0] = (char)(0xc0 | cp >> 6);
		c[1] = (char)(0x80 | (cp & 0x3f));
		n = 2;
	} else if (cp < 0x10000) {
		c[0] = (char)(0xe0 | cp >> 12);
		c[1] = (char)(0x80 | (cp >> 6 & 0x3f));
		c[2] = (char)(0x80 | (cp & 0x3f));
		n = 3;
	} else {
		c[0] = (char)(0xf0 | cp >> 18);
		c[1] = (char)(0x80 | (cp >> 12 & 0x3f));
		c[2] = (char)(0x80 | (cp >> 6 & 0x3f));
		c[3] = (char)(0x80 | (cp & 0x3f));
		n = 4;
	}
	buf_add(b, (struct str){ c, n });
}

struct range {
	uint32_t first, last;
};

static bool in(uint32_t cp, const struct range *r, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (cp >= r[i].first && cp <= r[i].last)
			return true;
	return false;
}

static bool zero_width(uint32_t cp)
{
	static const struct range r[] = { { 0x0300, 0x036f }, { 0x200b, 0x200f },
		{ 0x2060, 0x2064 }, { 0xfe00, 0xfe0f }, { 0xfeff, 0xfeff }, { 0xe0100, 0xe01ef } };

	return in(cp, r, ARRAY_LEN(r));
}

static bool wide(uint32_t cp)
{
	static const struct range r[] = { { 0x1100, 0x115f }, { 0x2e80, 0x303e },
		{ 0x3041, 0xa4cf }, { 0xac00, 0xd7a3 }, { 0xf900, 0xfaff }, { 0xfe30, 0xfe6f },
		{ 0xff00, 0xff60 }, { 0xffe0, 0xffe6 }, { 0x1f300, 0x1faff },
		{ 0x20000, 0x3fffd } };

	return in(cp, r, ARRAY_LEN(r));
}

size_t utf8_width(struct str s)
{
	size_t w = 0;

	while (s.n) {
		uint32_t cp = take(&s);

		if (cp >= 0x20 && !zero_width(cp))
			w += wide(cp) ? 2 : 1;
	}
	return w;
}

static bool blank(uint32_t cp)
{
	return cp <= 0x20 || cp == 0xa0 || cp == 0x3000 || (cp >= 0x2000 && cp <= 0x200a) ||
	       zero_width(cp);
}

static uint32_t fold_one(uint32_t cp)
{
	static const uint32_t pairs[][2] = { { 0x30fb, 0xb7 }, { 0x2022, 0xb7 }, { 0x2027, 0xb7 },
		{ 0xff65, 0xb7 }, { '.', 0xb7 }, { 0xff0e, 0xb7 }, { 0x3001, ',' }, { 0xff0c, ',' },
		{ 0x3010, '(' }, { 0x3011, ')' }, { 0x3014, '(' }, { 0x3015, ')' }, { '[', '(' },
		{ 0xff3b, '(' }, { 0xff3d, ')' }, { ']', ')' }, { 0x8535, 0x85cf } };

	for (size_t i = 0; i < ARRAY_LEN(pairs); i++)
		if (cp == pairs[i][0])
			return pairs[i][1];
	if (cp >= 0xff01 && cp <= 0xff5e)
		cp -= 0xfee0;
	if (cp >= 'A' && cp <= 'Z')
		cp += 'a' - 'A';
	return cp;
}

void utf8_fold(struct buf *b, struct str s)
{
	while (s.n) {
		uint32_t cp = take(&s);

		if (!blank(cp))
			utf8_put(b, fold_one(cp));
	}
}
