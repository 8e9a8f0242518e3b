/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/files/csv.h"

#include <string.h>

static bool computes(char c)
{
	return c == '=' || c == '+' || c == '-' || c == '@' || c == '\t' || c == '\r';
}

static size_t apostrophes(struct str cell)
{
	size_t n = 0;

	while (n < cell.n && cell.p[n] == '\'')
		n++;
	return n;
}

/* -12.50 is a number wherever it is opened; it needs no guard. */
static bool plain_number(struct str s)
{
	size_t i = s.n && (s.p[0] == '-' || s.p[0] == '+'), digits = 0, dots = 0;

	for (; i < s.n; i++) {
		if (s.p[i] >= '0' && s.p[i] <= '9')
			digits++;
		else if (s.p[i] == '.' && digits)
			dots++;
		else
			return false;
	}
	return digits && dots <= 1;
}

struct str csv_unguard(struct str cell)
{
	size_t n = apostrophes(cell);

	if (n)
		return n < cell.n && computes(cell.p[n]) ? (struct str){ cell.p + 1, cell.n - 1 }
							 : cell;
	if (cell.n >= 3 && cell.p[0] == '=' && cell.p[1] == '"' && cell.p[cell.n - 1] == '"' &&
		!memchr(cell.p + 2, '"', cell.n - 3))
		return (struct str){ cell.p + 2, cell.n - 3 };
	return cell;
}

bool csv_needs_guard(struct str cell)
{
	size_t n = apostrophes(cell);

	if (n == cell.n || !computes(cell.p[n]))
		return false;
	return n > 0 || !plain_number(cell);
}
