/* SPDX-License-Identifier: Apache-2.0 */
/* 姓名脱敏 a name of which only the family name is shown: 张*, 欧阳**. */
#ifndef CANBAO_ACTS_NAME_MASK_H
#define CANBAO_ACTS_NAME_MASK_H

#include "base/arena.h"

/* The family name (two characters for the usual double ones), then a star for each other character,
 * at most four; a name of one character is a star.  {NULL,0} without memory. */
struct str name_mask(struct arena *a, struct str name);

#endif
