/* SPDX-License-Identifier: Apache-2.0 */
#include "base/written.h"

#include <string.h>

static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

void written_print(const unsigned char p[WRITTEN_BYTES], char ret_text[WRITTEN_LENGTH + 1])
{
	uint32_t bits = 0;
	int have = 0;
	size_t n = 0;

	for (size_t i = 0; i < WRITTEN_BYTES; i++) {
		bits = (bits << 8 | p[i]) & 0xfff;
		for (have += 8; have >= 5; have -= 5)
			ret_text[n++] = digits[bits >> (have - 5) & 31];
	}
	ret_text[n] = '\0';
}

/* The digit that is meant; 0 for none. */
static char meant(char c)
{
	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	if (c == 'O')
		return '0';
	if (c == 'I' || c == 'L')
		return '1';
	return c && strchr(digits, c) ? c : '\0';
}

bool written_parse(struct str typed, char ret_text[WRITTEN_LENGTH + 1])
{
	char text[WRITTEN_LENGTH + 1];
	size_t n = 0;

	for (size_t i = 0; i < typed.n; i++) {
		char c = typed.p[i];

		if (c == ' ' || c == '-')
			continue;
		c = meant(c);
		if (!c || n == WRITTEN_LENGTH)
			return false;
		text[n++] = c;
	}
	if (n != WRITTEN_LENGTH)
		return false;
	memcpy(ret_text, text, n);
	ret_text[n] = '\0';
	return true;
}
