/* SPDX-License-Identifier: Apache-2.0 */
/* Calendar days of the proleptic Gregorian calendar, 1900-01-01 to 2199-12-31, as whole numbers:
 * day 0 is 1970-01-01.  No clock here: "today" comes in from a door. */
#ifndef CANBAO_BASE_DAY_H
#define CANBAO_BASE_DAY_H

#include "base/buf.h"

typedef int32_t day_t;

#define DAY_MIN (-25567) /* 1900-01-01 */
#define DAY_MAX 84005    /* 2199-12-31 */
#define DAY_NONE INT32_MIN

struct ymd {
	int year, month, day; /* month 1..12, day 1..31 */
};

/* A term: 90 days is not 3 months. */
struct span {
	int32_t count;
	enum { SPAN_DAY, SPAN_MONTH } unit;
};

/* False when there is no such day or it is out of range. */
MUST_USE bool day_from_ymd(struct ymd d, day_t *ret_day);
struct ymd day_to_ymd(day_t day);
int day_month_length(int year, int month);
/* "2024-02-29" and nothing else. */
MUST_USE bool day_parse(struct str s, day_t *ret_day);
/* The ways offices write a date: 2024-02-29, 2024/2/29, 2024.2.29, 20240229, 2024年2月29日, each
 * also with a time behind it, which is dropped.  Two-digit years are refused. */
MUST_USE bool day_parse_loose(struct str s, day_t *ret_day);
void day_print(struct buf *b, day_t day);
/* Same, into 11 bytes, NUL included. */
void day_text(day_t day, char ret_text[11]);
/* `day` moved by `span`.  Months keep the day of month; one the month lacks becomes its last.
 * Clamped to the range of day_t's calendar. */
day_t day_add(day_t day, struct span span);
/* First of the month after `day`'s. */
day_t day_next_month(day_t day);
/* Whole years lived on `on` by somebody born on `birth`; born 29 February has a birthday on
 * 1 March in common years.  Negative when not born yet. */
int day_age(day_t birth, day_t on);

#endif
