/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/demo/number.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define A_DAY 500 /* sequences of one sex */

bool numbers_init(struct numbers *n, day_t first, day_t last)
{
	n->first = first;
	n->days = (size_t)(last - first) + 1;
	n->used = calloc(n->days, 2 * sizeof(*n->used));
	return n->used != NULL;
}

void numbers_release(struct numbers *n)
{
	free(n->used);
	n->used = NULL;
}

void numbers_reset(struct numbers *n)
{
	memset(n->used, 0, n->days * 2 * sizeof(*n->used));
}

char number_check_char(const char *number)
{
	static const int weights[17] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
	int sum = 0;

	for (int i = 0; i < 17; i++)
		sum += (number[i] - '0') * weights[i];
	return "10X98765432"[sum % 11];
}

bool number_make(
	struct numbers *n, const char *prefix, day_t birth, bool female, char ret[NUMBER_BYTES])
{
	size_t day = (size_t)(birth - n->first);
	struct ymd d = day_to_ymd(birth);
	unsigned sequence;
	uint16_t *used;

	BUG_IF(birth < n->first || day >= n->days);
	used = &n->used[day * 2 + female];
	if (*used == A_DAY)
		return false;
	/* Begin somewhere else every day, so that numbers do not all end alike. */
	sequence = (unsigned)(((uint32_t)birth * 2654435761u >> 16) + (*used)++ * 7u) % A_DAY * 2 +
		   !female;
	snprintf(ret, NUMBER_BYTES, "%.6s%04d%02d%02d%03u", prefix, d.year, d.month, d.day,
		sequence);
	ret[17] = number_check_char(ret);
	ret[18] = '\0';
	return true;
}

/* Weights 7-3-1 over letters (A = 10) and digits. */
void number_make_old_card(
	const char *nation3, const char *place4, day_t birth, bool female, char ret[NUMBER_BYTES])
{
	struct ymd d = day_to_ymd(birth);
	int sum = 0;

	snprintf(ret, NUMBER_BYTES, "%.3s%.4s%02d%02d%02d%d", nation3, place4, d.year % 100,
		d.month, d.day, female ? 0 : 1);
	for (int i = 0; i < 14; i++)
		sum += (ret[i] >= 'A' ? ret[i] - 'A' + 10 : ret[i] - '0') * (i % 3 == 0 ? 7
										    : i % 3 == 1
											    ? 3
											    : 1);
	ret[14] = (char)('0' + sum % 10);
	ret[15] = '\0';
}
