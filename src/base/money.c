/* SPDX-License-Identifier: Apache-2.0 */
#include "base/money.h"

bool money_add(struct money a, struct money b, struct money *ret)
{
	int64_t fen;

	if (__builtin_add_overflow(a.fen, b.fen, &fen))
		return false;
	ret->fen = fen;
	return true;
}

bool money_sub(struct money a, struct money b, struct money *ret)
{
	int64_t fen;

	if (__builtin_sub_overflow(a.fen, b.fen, &fen))
		return false;
	ret->fen = fen;
	return true;
}

static struct str bare(struct str s)
{
	static const struct str signs[] = { STR("￥"), STR("¥") };

	s = str_trim(s);
	for (size_t i = 0; i < ARRAY_LEN(signs); i++)
		if (str_starts(s, signs[i]))
			s = (struct str){ s.p + signs[i].n, s.n - signs[i].n };
	if (str_ends(s, STR("元")))
		s.n -= STR("元").n;
	return str_trim(s);
}

/* Digits with optional thousands commas ("1,090,000").  Every group after a comma has three. */
static bool yuan_part(struct str s, int64_t *ret_yuan)
{
	int64_t v = 0;
	size_t since = 0;
	bool comma = false;

	if (s.n == 0 || s.n > 20)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == ',') {
			if (since == 0 || since > 3 || (comma && since != 3))
				return false;
			comma = true;
			since = 0;
			continue;
		}
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		v = v * 10 + (s.p[i] - '0');
		if (v > MONEY_MAX_FEN / 100)
			return false;
		since++;
	}
	if (since == 0 || (comma && since != 3))
		return false;
	*ret_yuan = v;
	return true;
}

bool money_parse(struct str s, struct money *ret)
{
	struct str whole = bare(s), cents = { "", 0 };
	int64_t yuan, fen = 0;
	ptrdiff_t dot = str_find(whole, STR("."));

	if (dot >= 0) {
		cents = (struct str){ whole.p + dot + 1, whole.n - (size_t)dot - 1 };
		whole.n = (size_t)dot;
		if (cents.n < 1 || cents.n > 2 || !str_int(cents, &fen))
			return false;
		if (cents.n == 1)
			fen *= 10;
	}
	if (!yuan_part(whole, &yuan) || yuan * 100 + fen > MONEY_MAX_FEN)
		return false;
	ret->fen = yuan * 100 + fen;
	return true;
}

void money_print(struct buf *b, struct money m, bool plain)
{
	uint64_t u = m.fen < 0 ? 0 - (uint64_t)m.fen : (uint64_t)m.fen;

	if (m.fen < 0)
		buf_addc(b, '-');
	buf_addi(b, (int64_t)(u / 100));
	if (plain && u % 100 == 0)
		return;
	buf_addc(b, '.');
	buf_addc(b, (char)('0' + u % 100 / 10));
	buf_addc(b, (char)('0' + u % 10));
}
