/* SPDX-License-Identifier: Apache-2.0 */
/* A known person in a new list of residents (变更): an empty cell erases nothing, a difference is
 * written into the person's history. */
#ifndef CANBAO_ACTS_RESIDENT_CHANGE_H
#define CANBAO_ACTS_RESIDENT_CHANGE_H

#include "acts/import.h"
#include "store/person.h"

/* Compare `now` with what is stored, field by field; what `now` does not say is filled from there.
 * `phone` is plain, {NULL,0} when the list gives none.  1: something differs; 0: nothing; a
 * fault. */
MUST_USE int resident_change(
	struct import *im, const struct person *stored, struct str phone, struct person *now);

#endif
