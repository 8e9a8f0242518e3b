/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/bill_number.h"

#include <inttypes.h>
#include <stdio.h>

/* Luhn digit of the first n digits. */
static char check_digit(const char *digits, size_t n)
{
	int sum = 0;

	for (size_t i = 0; i < n; i++) {
		int d = digits[n - 1 - i] - '0';

		if (i % 2 == 0)
			d = d * 2 > 9 ? d * 2 - 9 : d * 2;
		sum += d;
	}
	return (char)('0' + (10 - sum % 10) % 10);
}

void bill_number_make(int benefit_year, int64_t person, char ret_number[BILL_NUMBER_LENGTH + 1])
{
	BUG_IF(benefit_year < 1900 || benefit_year > 2199 || person < 1 || person > 999999999);
	snprintf(ret_number, BILL_NUMBER_LENGTH + 1, "%04d%09" PRId64, benefit_year, person);
	ret_number[BILL_NUMBER_LENGTH - 1] = check_digit(ret_number, BILL_NUMBER_LENGTH - 1);
	ret_number[BILL_NUMBER_LENGTH] = '\0';
}

bool bill_number_read(struct str text, int *ret_benefit_year, int64_t *ret_person)
{
	int64_t year, person, all;

	if (text.n != BILL_NUMBER_LENGTH || !str_int(text, &all) ||
		check_digit(text.p, BILL_NUMBER_LENGTH - 1) != text.p[BILL_NUMBER_LENGTH - 1])
		return false;
	if (!str_int((struct str){ text.p, 4 }, &year) ||
		!str_int((struct str){ text.p + 4, 9 }, &person) || person == 0)
		return false;
	*ret_benefit_year = (int)year;
	*ret_person = person;
	return true;
}
