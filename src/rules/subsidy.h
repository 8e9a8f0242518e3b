/* SPDX-License-Identifier: Apache-2.0 */
/* Which of a person's categories helps them, and by how much.  For the engine (decide.c,
 * refund.c). */
#ifndef CANBAO_RULES_SUBSIDY_H
#define CANBAO_RULES_SUBSIDY_H

#include "rules/decide.h"

/* Does the membership count as active for a payment on `on` under the pack's 身份时点? */
bool subsidy_active(const struct pack *p, const struct holding *h, day_t on);

/* The category whose subsidy is applied. */
struct subsidy {
	struct money amount; /* 0: none */
	int category;        /* -1: none */
	bool overlapped; /* several categories with an amount counted: the overlap rule decided */
	bool last_day;   /* the rule on late subsidies (资助截止) had to be asked */
	day_t from, to;  /* payment days on which the same choice holds, as far as the facts tell */
};
void subsidy_choose(const struct pack *p, const struct facts *f, size_t band, size_t years,
	struct subsidy *ret_subsidy);

#endif
