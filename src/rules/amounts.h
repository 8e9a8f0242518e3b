/* SPDX-License-Identifier: Apache-2.0 */
/* 试改金额 a pack with other amounts and nothing else changed: what if the standard or a subsidy
 * were another.  Fully subsidised categories stay so; no subsidy exceeds the standard. */
#ifndef CANBAO_RULES_AMOUNTS_H
#define CANBAO_RULES_AMOUNTS_H

#include "rules/pack.h"

struct amount_change {
	int category; /* of the pack */
	struct money subsidy;
};

/* A copy of `p` in `a` (which borrows everything else from it).  `personal.fen` < 0: the standard
 * stays.  In a pack with tiers, age bands or several years, the ordinary standard (and what equals
 * it) changes. */
MUST_USE int amounts_change(const struct pack *p, struct arena *a, struct money personal,
	const struct amount_change *changes, size_t n, const struct pack **ret_pack);

#endif
