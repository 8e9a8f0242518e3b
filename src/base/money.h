/* SPDX-License-Identifier: Apache-2.0 */
/* Exact money in fen (分).  1 yuan = 100 fen.  Overflow is an answer, not an accident. */
#ifndef CANBAO_BASE_MONEY_H
#define CANBAO_BASE_MONEY_H

#include "base/buf.h"

#define MONEY_MAX_FEN 1000000000000ll /* 10^12: the largest amount the contracts accept */

struct money {
	int64_t fen;
};

/* a + b and a - b; false (and *ret untouched) on overflow. */
MUST_USE bool money_add(struct money a, struct money b, struct money *ret);
MUST_USE bool money_sub(struct money a, struct money b, struct money *ret);
/* Yuan as people write them: "350", "350.5", "87.50", "1,090.00", with an optional "元" or "￥";
 * at most two decimals, no sign, at most MONEY_MAX_FEN.  False on anything else. */
MUST_USE bool money_parse(struct str s, struct money *ret);
/* "350.00"; the whole-yuan form leaves ".00" out when `plain`. */
void money_print(struct buf *b, struct money m, bool plain);

#endif
