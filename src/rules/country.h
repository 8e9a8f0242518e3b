/* SPDX-License-Identifier: Apache-2.0 */
/* Country codes of ISO 3166-1, as foreigners' permanent residence cards bear them. */
#ifndef CANBAO_RULES_COUNTRY_H
#define CANBAO_RULES_COUNTRY_H

#include <stdbool.h>

/* "KAZ" */
bool country_letters(const char letters[3]);
/* "398" */
bool country_digits(const char digits[3]);

#endif
