/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/files/scrub.h"

#include <string.h>

#include "base/utf8.h"
#include "doors/files/encoding.h"

#define PRIVATE_FIRST 0xe815u

/* GBK 0xFE50..0xFEA0 (without 0xFE7F) in order: where GB 18030 has these characters now. */
static const uint32_t moved[] = {
	0x2e81, 0x20087, 0x20089, 0x200cc, 0x2e84, 0x3473, 0x3447, 0x2e88, 0x2e8b,
	0x9fb4,                                                                          /* FE50 */
	0x359e, 0x361a, 0x360e, 0x2e8c, 0x2e97, 0x396e, 0x3918, 0x9fb5, 0x39cf, 0x39df,  /* FE5A */
	0x3a73, 0x39d0, 0x9fb6, 0x9fb7, 0x3b4e, 0x3c6e, 0x3ce0, 0x2ea7, 0x215d7, 0x9fb8, /* FE64 */
	0x2eaa, 0x4056, 0x415f, 0x2eae, 0x4337, 0x2eb3, 0x2eb6, 0x2eb7, 0x2298f, 0x43b1, /* FE6E */
	0x43ac, 0x2ebb, 0x43dd, 0x44d6, 0x4661, 0x464c, 0x9fb9, 0x4723, 0x4729, 0x477c,  /* FE78 */
	0x478d, 0x2eca, 0x4947, 0x497a, 0x497d, 0x4982, 0x4983, 0x4985, 0x4986, 0x499f,  /* FE83 */
	0x499b, 0x49b7, 0x49b6, 0x9fba, 0x241fe, 0x4ca3, 0x4c9f, 0x4ca0, 0x4ca1, 0x4c77, /* FE8D */
	0x4ca2, 0x4d13, 0x4d14, 0x4d15, 0x4d16, 0x4d17, 0x4d18, 0x4d19, 0x4dae, 0x9fbb,  /* FE97 */
};
_Static_assert(ARRAY_LEN(moved) == 0xe864 - 0xe815 + 1, "one entry a private code point");

uint32_t scrub_private(uint32_t cp)
{
	if (cp < PRIVATE_FIRST || cp - PRIVATE_FIRST >= ARRAY_LEN(moved))
		return 0;
	return moved[cp - PRIVATE_FIRST];
}

static bool invisible(uint32_t cp)
{
	return (cp >= 0x200b && cp <= 0x200f) || (cp >= 0x202a && cp <= 0x202e) || cp == 0x2060 ||
	       cp == 0xfeff;
}

/* UTF-8 of `cp` (a valid code point of three or four bytes) at `p`. */
static size_t put(char *p, uint32_t cp)
{
	if (cp < 0x10000) {
		p[0] = (char)(0xe0 | cp >> 12);
		p[1] = (char)(0x80 | (cp >> 6 & 0x3f));
		p[2] = (char)(0x80 | (cp & 0x3f));
		return 3;
	}
	p[0] = (char)(0xf0 | cp >> 18);
	p[1] = (char)(0x80 | (cp >> 12 & 0x3f));
	p[2] = (char)(0x80 | (cp >> 6 & 0x3f));
	p[3] = (char)(0x80 | (cp & 0x3f));
	return 4;
}

struct str scrub(struct arena *a, struct str s)
{
	bool odd = false;
	size_t n = 0, step;
	uint32_t cp, now;
	char *p;

	utf8_sound(s, &odd);
	if (!odd)
		return s;
	/* Three bytes become at most four. */
	p = arena_alloc(a, s.n / 3 * 4 + 4);
	if (!p)
		return (struct str){ NULL, 0 };
	for (size_t i = 0; i < s.n; i += step) {
		step = utf8_next((struct str){ s.p + i, s.n - i }, &cp);
		if (step == 0) {
			cp = 0;
			step = 1;
		}
		if (invisible(cp))
			continue;
		now = scrub_private(cp);
		if (now) {
			n += put(p + n, now);
		} else {
			memcpy(p + n, s.p + i, step);
			n += step;
		}
	}
	return (struct str){ p, n };
}
