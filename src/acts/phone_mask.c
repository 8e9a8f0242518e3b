/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/phone_mask.h"

#define ENDS 2 /* characters shown at each end */

void phone_mask(struct str phone, char ret[PHONE_MASK_MAX])
{
	size_t n = phone.n < PHONE_MASK_MAX - 1 ? phone.n : PHONE_MASK_MAX - 1;

	for (size_t i = 0; i < n; i++)
		ret[i] = i < ENDS || i + ENDS >= n ? phone.p[i] : '*';
	ret[n] = '\0';
}
