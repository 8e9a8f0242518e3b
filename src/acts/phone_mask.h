/* SPDX-License-Identifier: Apache-2.0 */
/* 电话脱敏 a phone of which only both ends are shown: 13*******66. */
#ifndef CANBAO_ACTS_PHONE_MASK_H
#define CANBAO_ACTS_PHONE_MASK_H

#include "base/str.h"

#define PHONE_MASK_MAX 24 /* bytes, its NUL included; longer ones are cut */

void phone_mask(struct str phone, char ret[PHONE_MASK_MAX]);

#endif
