/* SPDX-License-Identifier: Apache-2.0 */
#include "base/day.h"

#include <stdio.h>

static bool leap(int y)
{
	return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

int day_month_length(int year, int month)
{
	static const int len[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	BUG_IF(month < 1 || month > 12);
	return len[month - 1] + (month == 2 && leap(year));
}

/* Days since 1970-01-01, by eras of 400 years that begin on 1 March. */
static day_t civil(int y, int m, int d)
{
	int era, yoe, doy, doe;

	y -= m <= 2;
	era = (y >= 0 ? y : y - 399) / 400;
	yoe = y - era * 400;
	doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
	return (day_t)(era * 146097 + doe - 719468);
}

bool day_from_ymd(struct ymd d, day_t *ret_day)
{
	if (d.year < 1900 || d.year > 2199 || d.month < 1 || d.month > 12)
		return false;
	if (d.day < 1 || d.day > day_month_length(d.year, d.month))
		return false;
	*ret_day = civil(d.year, d.month, d.day);
	return true;
}

struct ymd day_to_ymd(day_t day)
{
	int z = day + 719468, era, doe, yoe, doy, mp;
	struct ymd r;

	era = (z >= 0 ? z : z - 146096) / 146097;
	doe = z - era * 146097;
	yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	mp = (5 * doy + 2) / 153;
	r.day = doy - (153 * mp + 2) / 5 + 1;
	r.month = mp + (mp < 10 ? 3 : -9);
	r.year = yoe + era * 400 + (r.month <= 2);
	return r;
}

static bool digits(struct str s, size_t at, size_t n, int *ret)
{
	int v = 0;

	if (at + n > s.n)
		return false;
	for (size_t i = at; i < at + n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		v = v * 10 + (s.p[i] - '0');
	}
	*ret = v;
	return true;
}

bool day_parse(struct str s, day_t *ret_day)
{
	struct ymd d;

	if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-')
		return false;
	return digits(s, 0, 4, &d.year) && digits(s, 5, 2, &d.month) && digits(s, 8, 2, &d.day) &&
	       day_from_ymd(d, ret_day);
}

/* One or two digits at *at. */
static bool short_number(struct str s, size_t *at, int *ret)
{
	size_t n = 0;

	while (n < 2 && *at + n < s.n && s.p[*at + n] >= '0' && s.p[*at + n] <= '9')
		n++;
	if (n == 0 || !digits(s, *at, n, ret))
		return false;
	*at += n;
	return true;
}

static bool mark(struct str s, size_t *at, struct str m)
{
	if (!str_starts((struct str){ s.p + *at, s.n - *at }, m))
		return false;
	*at += m.n;
	return true;
}

static bool time_only(struct str s)
{
	s = str_trim(s);
	if (s.n > 0 && s.p[0] == 'T')
		s = (struct str){ s.p + 1, s.n - 1 };
	for (size_t i = 0; i < s.n; i++)
		if (!(s.p[i] >= '0' && s.p[i] <= '9') && s.p[i] != ':' && s.p[i] != '.')
			return false;
	return true;
}

bool day_parse_loose(struct str s, day_t *ret_day)
{
	static const struct str marks[][3] = { { STR("-"), STR("-"), STR("") },
		{ STR("/"), STR("/"), STR("") }, { STR("."), STR("."), STR("") },
		{ STR("年"), STR("月"), STR("日") } };
	struct ymd d;
	size_t at;

	s = str_trim(s);
	if (s.n == 8 && digits(s, 0, 4, &d.year) && digits(s, 4, 2, &d.month) &&
		digits(s, 6, 2, &d.day))
		return day_from_ymd(d, ret_day);
	if (!digits(s, 0, 4, &d.year))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
		at = 4;
		if (!mark(s, &at, marks[i][0]) || !short_number(s, &at, &d.month) ||
			!mark(s, &at, marks[i][1]) || !short_number(s, &at, &d.day) ||
			!mark(s, &at, marks[i][2]))
			continue;
		if (at < s.n && (marks[i][2].n == 0 && s.p[at] != ' ' && s.p[at] != 'T'))
			return false;
		return time_only((struct str){ s.p + at, s.n - at }) && day_from_ymd(d, ret_day);
	}
	return false;
}

void day_text(day_t day, char ret_text[11])
{
	struct ymd d = day_to_ymd(day);

	BUG_IF(day < DAY_MIN || day > DAY_MAX);
	ret_text[0] = (char)('0' + d.year / 1000);
	ret_text[1] = (char)('0' + d.year / 100 % 10);
	ret_text[2] = (char)('0' + d.year / 10 % 10);
	ret_text[3] = (char)('0' + d.year % 10);
	ret_text[4] = '-';
	ret_text[5] = (char)('0' + d.month / 10);
	ret_text[6] = (char)('0' + d.month % 10);
	ret_text[7] = '-';
	ret_text[8] = (char)('0' + d.day / 10);
	ret_text[9] = (char)('0' + d.day % 10);
	ret_text[10] = '\0';
}

void day_print(struct buf *b, day_t day)
{
	char text[11];

	day_text(day, text);
	buf_add(b, (struct str){ text, 10 });
}

static day_t clamp(int64_t day)
{
	return day < DAY_MIN ? DAY_MIN : day > DAY_MAX ? DAY_MAX : (day_t)day;
}

day_t day_add(day_t day, struct span span)
{
	struct ymd d;
	int64_t months;
	int len;

	if (span.unit == SPAN_DAY)
		return clamp((int64_t)day + span.count);
	d = day_to_ymd(day);
	months = (int64_t)d.year * 12 + d.month - 1 + span.count;
	if (months < 1900 * 12)
		return DAY_MIN;
	if (months >= 2200 * 12)
		return DAY_MAX;
	d.year = (int)(months / 12);
	d.month = (int)(months % 12) + 1;
	len = day_month_length(d.year, d.month);
	return civil(d.year, d.month, d.day < len ? d.day : len);
}

day_t day_next_month(day_t day)
{
	struct ymd d = day_to_ymd(day);

	if (d.month == 12)
		return clamp(civil(d.year + 1, 1, 1));
	return clamp(civil(d.year, d.month + 1, 1));
}

int day_age(day_t birth, day_t on)
{
	struct ymd b = day_to_ymd(birth), o = day_to_ymd(on);

	return o.year - b.year - (o.month < b.month || (o.month == b.month && o.day < b.day));
}
