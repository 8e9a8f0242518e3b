/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/files/encoding.h"

#include <string.h>

#define HIGH_BITS 0x8080808080808080ull

/* EE A0 95 .. EE A1 A4 is the private area of GBK; E2 80 8B..8F, AA..AE, E2 81 A0 and EF BB BF are
 * invisible. */
static bool odd3(const unsigned char *p)
{
	switch (p[0]) {
	case 0xe2:
		return (p[1] == 0x80 && ((p[2] >= 0x8b && p[2] <= 0x8f) ||
						(p[2] >= 0xaa && p[2] <= 0xae))) ||
		       (p[1] == 0x81 && p[2] == 0xa0);
	case 0xee:
		return (p[1] == 0xa0 && p[2] >= 0x95) || (p[1] == 0xa1 && p[2] <= 0xa4);
	case 0xef:
		return p[1] == 0xbb && p[2] == 0xbf;
	default:
		return false;
	}
}

static bool trailing(unsigned char c)
{
	return (c & 0xc0) == 0x80;
}

/* Length of the valid sequence at p, 0 when there is none in the `left` bytes. */
static size_t sequence(const unsigned char *p, size_t left)
{
	if (p[0] < 0x80)
		return 1;
	if (p[0] >= 0xe1 && p[0] <= 0xec && left >= 3)
		return trailing(p[1]) && trailing(p[2]) ? 3 : 0;
	if (p[0] >= 0xc2 && p[0] <= 0xdf && left >= 2)
		return trailing(p[1]) ? 2 : 0;
	if ((p[0] == 0xe0 || (p[0] >= 0xed && p[0] <= 0xef)) && left >= 3) {
		if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f))
			return 0;
		return trailing(p[1]) && trailing(p[2]) ? 3 : 0;
	}
	if (p[0] >= 0xf0 && p[0] <= 0xf4 && left >= 4) {
		if ((p[0] == 0xf0 && p[1] < 0x90) || (p[0] == 0xf4 && p[1] > 0x8f))
			return 0;
		return trailing(p[1]) && trailing(p[2]) && trailing(p[3]) ? 4 : 0;
	}
	return 0;
}

size_t utf8_sound(struct str s, bool *ret_odd)
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t i = 0, step;
	uint64_t word;

	while (i < s.n) {
		while (i + 8 <= s.n) {
			memcpy(&word, p + i, 8);
			if (word & HIGH_BITS)
				break;
			i += 8;
		}
		if (i >= s.n)
			break;
		step = sequence(p + i, s.n - i);
		if (step == 0)
			break;
		if (step == 3 && odd3(p + i))
			*ret_odd = true;
		i += step;
	}
	return i;
}

size_t gb18030_sound(struct str s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t i = 0;

	while (i < s.n) {
		if (p[i] < 0x80) {
			i++;
			continue;
		}
		if (p[i] < 0x81 || p[i] > 0xfe || i + 2 > s.n)
			break;
		if (p[i + 1] >= 0x40 && p[i + 1] != 0x7f && p[i + 1] != 0xff) {
			i += 2;
			continue;
		}
		if (p[i + 1] < 0x30 || p[i + 1] > 0x39 || i + 4 > s.n || p[i + 2] < 0x81 ||
			p[i + 2] > 0xfe || p[i + 3] < 0x30 || p[i + 3] > 0x39)
			break;
		i += 4;
	}
	return i;
}

static size_t check_gb18030(struct str s, bool *ret_odd)
{
	(void)ret_odd; /* known only once it is decoded */
	return gb18030_sound(s);
}

void soundness_init(struct soundness *s, bool gb18030)
{
	*s = (struct soundness){ .check = gb18030 ? check_gb18030 : utf8_sound };
}

/* Complete the cut sequence with bytes of the new piece; returns how many of them it took. */
static size_t join(struct soundness *s, struct str piece)
{
	size_t taken = 0, good;

	while (s->carried && taken < piece.n && s->carried < sizeof(s->carry)) {
		s->carry[s->carried++] = piece.p[taken++];
		good = s->check((struct str){ s->carry, s->carried }, &s->odd);
		if (good == 0)
			continue;
		/* One sequence fits four bytes; what follows it inside the carry is re-read. */
		s->sound += good;
		taken -= s->carried - good;
		s->carried = 0;
	}
	if (s->carried == sizeof(s->carry))
		s->broken = true;
	return taken;
}

void soundness_add(struct soundness *s, struct str piece)
{
	size_t taken, good;

	if (s->broken)
		return;
	taken = join(s, piece);
	if (s->broken || s->carried)
		return;
	piece.p += taken;
	piece.n -= taken;
	good = s->check(piece, &s->odd);
	s->sound += good;
	if (piece.n - good >= sizeof(s->carry)) {
		s->broken = true;
		return;
	}
	s->carried = piece.n - good;
	if (s->carried)
		memcpy(s->carry, piece.p + good, s->carried);
}

void soundness_end(struct soundness *s)
{
	if (s->carried)
		s->broken = true;
}
