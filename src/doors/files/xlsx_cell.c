/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/files/xlsx_cell.h"

#include <stdio.h>
#include <string.h>

#include "base/day.h"

#define DIGITS_MAX 40
#define SHOWN 15 /* significant digits Excel keeps */
#define PLAIN_MAX 21

/* digits[0..n) × 10^(point - n): the point stands behind digit `point`. */
struct decimal {
	bool negative;
	char digits[DIGITS_MAX];
	int n, point;
};

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

static void decimal_add(struct decimal *d, char c, bool behind_point)
{
	if (d->n == 0 && c == '0') { /* a leading zero only moves the point */
		d->point -= behind_point;
		return;
	}
	if (d->n < DIGITS_MAX)
		d->digits[d->n++] = c;
	else if (behind_point)
		return;
	d->point += !behind_point;
}

/* [-]digits[.digits][E[+-]digits] and nothing else. */
static bool decimal_parse(struct str v, struct decimal *d)
{
	size_t i = 0, seen = 0;
	bool behind = false, down = false;
	int e = 0;

	*d = (struct decimal){ 0 };
	if (i < v.n && (v.p[i] == '-' || v.p[i] == '+'))
		d->negative = v.p[i++] == '-';
	for (; i < v.n && (digit(v.p[i]) || (v.p[i] == '.' && !behind)); i++) {
		if (v.p[i] == '.') {
			behind = true;
			continue;
		}
		decimal_add(d, v.p[i], behind);
		seen++;
	}
	if (seen == 0)
		return false;
	if (i < v.n && (v.p[i] == 'e' || v.p[i] == 'E')) {
		i++;
		if (i < v.n && (v.p[i] == '-' || v.p[i] == '+'))
			down = v.p[i++] == '-';
		if (i == v.n)
			return false;
		for (; i < v.n && digit(v.p[i]); i++)
			e = e < 10000 ? e * 10 + (v.p[i] - '0') : e;
	}
	d->point += down ? -e : e;
	return i == v.n;
}

static void decimal_round(struct decimal *d, int keep)
{
	bool up;
	int i;

	if (d->n > keep) {
		up = d->digits[keep] >= '5';
		d->n = keep;
		for (i = keep - 1; up && i >= 0; i--) {
			up = d->digits[i] == '9';
			d->digits[i] = up ? '0' : (char)(d->digits[i] + 1);
		}
		if (up) {
			d->digits[0] = '1';
			d->point++;
		}
	}
	while (d->n && d->digits[d->n - 1] == '0')
		d->n--;
}

/* E form: 6.2072119900101E+25. */
static size_t print_scaled(const struct decimal *d, char *ret)
{
	int n = snprintf(ret, XLSX_NUMBER_TEXT, "%s%c%s%.*sE%+d", d->negative ? "-" : "",
		d->digits[0], d->n > 1 ? "." : "", d->n - 1, d->digits + 1, d->point - 1);

	return (size_t)n;
}

static size_t print_plain(const struct decimal *d, char *ret)
{
	size_t n = 0;

	if (d->negative)
		ret[n++] = '-';
	if (d->point <= 0)
		ret[n++] = '0';
	for (int i = 0; i < d->point; i++)
		ret[n++] = i < d->n ? d->digits[i] : '0';
	if (d->n > d->point) {
		ret[n++] = '.';
		for (int i = d->point; i < 0; i++)
			ret[n++] = '0';
		for (int i = d->point > 0 ? d->point : 0; i < d->n; i++)
			ret[n++] = d->digits[i];
	}
	return n;
}

size_t xlsx_number(struct str v, char *ret)
{
	struct decimal d;

	if (!decimal_parse(v, &d))
		return 0;
	if (d.n > PLAIN_MAX || d.point > PLAIN_MAX || d.n > d.point)
		decimal_round(&d, SHOWN);
	if (d.n == 0) {
		ret[0] = '0';
		return 1;
	}
	if (d.point > PLAIN_MAX || d.point < -20)
		return print_scaled(&d, ret);
	return print_plain(&d, ret);
}

/* Seconds of the day in a fraction ".56779…" of at most nine digits. */
static unsigned seconds_of(const struct decimal *d)
{
	uint64_t part = 0;

	for (int i = 0; i < 9; i++) {
		int at = d->point + i;

		part = part * 10 + (uint64_t)(at >= 0 && at < d->n ? d->digits[at] - '0' : 0);
	}
	return (unsigned)((part * 86400 + 500000000) / 1000000000);
}

size_t xlsx_date(struct str v, bool since_1904, char *ret)
{
	struct decimal d;
	int64_t serial = 0, day;
	unsigned seconds;

	if (!decimal_parse(v, &d) || d.negative || d.point > 7 || d.point < -9)
		return 0;
	for (int i = 0; i < d.point; i++)
		serial = serial * 10 + (i < d.n ? d.digits[i] - '0' : 0);
	seconds = seconds_of(&d);
	if (seconds >= 86400) {
		seconds -= 86400;
		serial++;
	}
	/* In the 1900 system day 60 is a 29 February that never was, so days before it are one
	 * off. */
	if (since_1904)
		day = serial - 24107;
	else if (serial == 60 || serial == 0)
		return 0;
	else
		day = serial - (serial > 60 ? 25569 : 25568);
	if (day < DAY_MIN || day > DAY_MAX)
		return 0;
	day_text((day_t)day, ret);
	if (seconds == 0)
		return 10;
	return 10 + (size_t)snprintf(ret + 10, XLSX_NUMBER_TEXT - 10, " %02u:%02u:%02u",
			    seconds / 3600, seconds / 60 % 60, seconds % 60);
}

bool xlsx_builtin_is_date(unsigned id)
{
	/* 14-17 and 22 are dates; 27-31, 36, 50-54, 57, 58 are dates in the Chinese edition; the
	 * others between are times of day. */
	return (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 ||
	       (id >= 50 && id <= 54) || id == 57 || id == 58;
}

bool xlsx_code_is_date(struct str code)
{
	bool quoted = false, bracketed = false;

	for (size_t i = 0; i < code.n; i++) {
		char c = code.p[i];

		if (quoted) {
			quoted = c != '"';
		} else if (bracketed) {
			bracketed = c != ']';
		} else if (c == '"') {
			quoted = true;
		} else if (c == '[') {
			bracketed = true;
		} else if (c == '\\' || c == '_' || c == '*') {
			i++;
		} else if (c == ';') {
			return false; /* only the first section counts */
		} else if (c == 'y' || c == 'Y' || c == 'd' || c == 'D') {
			return true;
		}
	}
	return false;
}

static int hex(char c)
{
	if (digit(c))
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

/* The code of "_xHHHH_" at p, or -1. */
static int escape_at(const char *p, size_t left)
{
	int code = 0, h;

	if (left < 7 || p[0] != '_' || p[1] != 'x' || p[6] != '_')
		return -1;
	for (int i = 2; i < 6; i++) {
		h = hex(p[i]);
		if (h < 0)
			return -1;
		code = code * 16 + h;
	}
	return code;
}

size_t xlsx_unescape(char *p, size_t n)
{
	size_t out = 0;
	int code;

	for (size_t i = 0; i < n; i++) {
		code = p[i] == '_' ? escape_at(p + i, n - i) : -1;
		/* NUL stays spelt out; anything above ASCII is written as itself by Excel. */
		if (code > 0 && code < 0x80) {
			p[out++] = (char)code;
			i += 6;
		} else {
			p[out++] = p[i];
		}
	}
	return out;
}

bool xlsx_escape(struct str s, char *ret, size_t cap, size_t *ret_n)
{
	static const char underscore[] = "_x005F_";
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		bool look_alike = s.p[i] == '_' && escape_at(s.p + i, s.n - i) >= 0;

		if (n + (look_alike ? 7 : 1) > cap)
			return false;
		if (look_alike) {
			memcpy(ret + n, underscore, 7);
			n += 7;
		} else {
			ret[n++] = s.p[i];
		}
	}
	*ret_n = n;
	return true;
}
