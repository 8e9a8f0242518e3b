/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers that are no person's document: organisations, cards, phones. */
#include <string.h>

#include "base/utf8.h"
#include "rules/document.h"

#define TYPED_MAX 32

/* `text` without spaces, upper case, half width; false when it is too long or not ASCII then. */
static bool typed(struct str text, char ret[TYPED_MAX], size_t *ret_n)
{
	struct buf b;
	bool fits;

	buf_init(&b, 4 * TYPED_MAX);
	utf8_fold(&b, text);
	fits = !buf_bad(&b) && b.n < TYPED_MAX;
	for (size_t i = 0; fits && i < b.n; i++) {
		char c = b.p[i];

		fits = (unsigned char)c < 0x80;
		ret[i] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
	}
	if (fits)
		*ret_n = b.n;
	buf_release(&b);
	return fits;
}

/* 0..35 of a digit or letter. */
static int value36(char c)
{
	return c <= '9' ? c - '0' : c - 'A' + 10;
}

/* GB 32100: which categories (second character) a registering department (first) has. */
static bool category(char department, char kind)
{
	static const char *const rows[] = { "11239", "219", "3123459", "419", "512349", "6129",
		"7129", "819", "9123", "A19", "N1239", "Y1" };

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (rows[i][0] == department)
			return strchr(rows[i] + 1, kind) != NULL;
	return false;
}

/* 10 is the whole country, 11..82 the provinces of GB/T 2260. */
static bool region(const char *p)
{
	static const uint16_t rows[10] = { 0, 0x3f, 0x0e, 0xfe, 0x7e, 0x1f, 0x3e, 0x02, 0x06, 0 };

	for (size_t i = 0; i < 6; i++)
		if (p[i] < '0' || p[i] > '9')
			return false;
	return rows[p[0] - '0'] >> (p[1] - '0') & 1;
}

/* GB 11714: the check character of eight, MOD 11. */
static char organisation_check(const char *p)
{
	static const int weights[8] = { 3, 7, 9, 10, 5, 8, 4, 2 };
	int sum = 0;

	for (size_t i = 0; i < 8; i++)
		sum += value36(p[i]) * weights[i];
	sum = 11 - sum % 11;
	return sum == 10 ? 'X' : (char)('0' + sum % 11);
}

static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

static char code_check(const char *p)
{
	static const int weights[17] = { 1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30,
		28 };
	int sum = 0;

	for (size_t i = 0; i < 17; i++)
		sum += (int)(strchr(alphabet, p[i]) - alphabet) * weights[i];
	return alphabet[(31 - sum % 31) % 31];
}

enum document_fault credit_code_check(struct str text, char ret_code[19])
{
	char c[TYPED_MAX];
	size_t n;

	if (!typed(text, c, &n))
		return DOCUMENT_CHARACTER;
	if (n == 0)
		return DOCUMENT_EMPTY;
	if (n != 18)
		return DOCUMENT_LENGTH;
	for (size_t i = 0; i < 18; i++)
		if (!c[i] || !strchr(alphabet, c[i]))
			return DOCUMENT_CHARACTER;
	if (!category(c[0], c[1]))
		return DOCUMENT_CHARACTER;
	if (!region(c + 2))
		return DOCUMENT_REGION;
	if (organisation_check(c + 8) != c[16] || code_check(c) != c[17])
		return DOCUMENT_CHECK;
	memcpy(ret_code, c, 18);
	ret_code[18] = '\0';
	return DOCUMENT_FINE;
}

bool luhn_holds(struct str digits)
{
	int sum = 0;

	if (digits.n < 2 || digits.n > 19)
		return false;
	for (size_t i = 0; i < digits.n; i++) {
		char c = digits.p[digits.n - 1 - i];
		int v = c - '0';

		if (c < '0' || c > '9')
			return false;
		if (i % 2)
			v = v * 2 > 9 ? v * 2 - 9 : v * 2;
		sum += v;
	}
	return sum % 10 == 0;
}

bool bank_card_plausible(struct str digits)
{
	return digits.n >= 13 && luhn_holds(digits);
}

bool mobile_check(struct str text, char ret_number[12])
{
	char c[TYPED_MAX];
	size_t n, kept = 0;
	const char *p = c;

	if (!typed(text, c, &n))
		return false;
	for (size_t i = 0; i < n; i++)
		if (c[i] != '-' && c[i] != '\'')
			c[kept++] = c[i];
	if (kept > 0 && *p == '+') {
		p++;
		kept--;
	}
	if (kept == 13 && p[0] == '8' && p[1] == '6') {
		p += 2;
		kept -= 2;
	}
	if (kept != 11 || p[0] != '1' || p[1] < '3' || p[1] > '9')
		return false;
	for (size_t i = 0; i < 11; i++)
		if (p[i] < '0' || p[i] > '9')
			return false;
	memcpy(ret_number, p, 11);
	ret_number[11] = '\0';
	return true;
}
