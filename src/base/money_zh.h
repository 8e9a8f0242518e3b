/* SPDX-License-Identifier: Apache-2.0 */
/* Amounts as they are written on receipts: 玖佰陆拾元整. */
#ifndef CANBAO_BASE_MONEY_ZH_H
#define CANBAO_BASE_MONEY_ZH_H

#include "base/money.h"

/* Append `m` (0 to MONEY_MAX_FEN) in capital Chinese numerals (大写): 壹万零叁拾元零伍分, 零元整.
 */
void money_print_zh(struct buf *b, struct money m);

#endif
