/* SPDX-License-Identifier: Apache-2.0 */
/* Invented document numbers with right check characters, no two alike. */
#ifndef CANBAO_DOORS_DEMO_NUMBER_H
#define CANBAO_DOORS_DEMO_NUMBER_H

#include "base/day.h"

#define NUMBER_BYTES 20

/* How many numbers were given out for each day of birth and sex: 500 a day and sex at most. */
struct numbers {
	day_t first;
	size_t days;
	uint16_t *used; /* [days][2]; owned */
};

MUST_USE bool numbers_init(struct numbers *n, day_t first, day_t last);
void numbers_release(struct numbers *n);
/* Start again from nothing: the same calls give the same numbers. */
void numbers_reset(struct numbers *n);
/* prefix (6 characters) + birth + sequence + check.  False when the day is used up. */
MUST_USE bool number_make(
	struct numbers *n, const char *prefix, day_t birth, bool female, char ret[NUMBER_BYTES]);
/* A foreigner's permanent residence card of the form before 2023-12: nationality, place, birth,
 * check. */
void number_make_old_card(
	const char *nation3, const char *place4, day_t birth, bool female, char ret[NUMBER_BYTES]);
/* The check character ISO 7064 MOD 11-2 of the first 17 digits. */
char number_check_char(const char *number);

#endif
