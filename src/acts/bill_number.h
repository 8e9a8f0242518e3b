/* SPDX-License-Identifier: Apache-2.0 */
/* The number of a bill (应缴单号): benefit year (4 digits), person (9), check digit (Luhn).  It
 * tells nothing of its holder and needs no table of its own. */
#ifndef CANBAO_ACTS_BILL_NUMBER_H
#define CANBAO_ACTS_BILL_NUMBER_H

#include "base/str.h"

#define BILL_NUMBER_LENGTH 14

void bill_number_make(int benefit_year, int64_t person, char ret_number[BILL_NUMBER_LENGTH + 1]);
/* False when it is no bill number or its check digit is wrong. */
MUST_USE bool bill_number_read(struct str text, int *ret_benefit_year, int64_t *ret_person);

#endif
