/* SPDX-License-Identifier: Apache-2.0 */
/* The ways of combining a route's start and price; shared by the engine and the pack compiler. */
#ifndef CANBAO_RULES_PRICE_H
#define CANBAO_RULES_PRICE_H

#include "rules/pack.h"

/* Benefits of a START_PAID or START_NEXT rule after a payment on `on`, before any clamp or wait. */
day_t start_from_payment(const struct pack_start *start, day_t on);
/* Any rule; `event` is the route's event day, or DAY_NONE. */
day_t start_day(const struct pack *p, const struct pack_start *start, day_t on, day_t event);
/* Months somebody waits who missed `missed` years and repaired `repaired` of them. */
int wait_months(const struct pack_wait *w, enum wait_kind kind, int missed, int repaired);

/* What a route asks and how much of it a subsidy of `subsidy` takes away. */
struct price_parts {
	struct money standard, subsidy, payable; /* standard - subsidy == payable */
};
/* `tier`, `band`: indexes; `years` >= 1; `subsidy` is the sum over those years, at most the
 * individual standard's sum; `from` the first benefit day (for a price by months). */
struct price_parts price_of(const struct pack *p, enum price price, size_t tier, size_t band,
	size_t years, struct money subsidy, day_t from);

#endif
