/* SPDX-License-Identifier: Apache-2.0 */
/* How often an address, an account or a document number may ask: token buckets in a bounded table.
 * A full table forgets whoever asked longest ago: memory never grows (about 1 MiB). */
#ifndef CANBAO_DOORS_HTTP_RATES_H
#define CANBAO_DOORS_HTTP_RATES_H

#include "base/str.h"

/* X(NAME, setting with the number, seconds it is for) */
#define RATES(X) \
	X(ADDRESS, rate_address, 60)     /* every request of an address */ \
	X(LOGIN, rate_login, 60)         /* log-ins of an address */ \
	X(LOOKUP, rate_lookup, 60)       /* look-ups by name and number of an address */ \
	X(ACCOUNT, rate_account, 60)     /* every request of an account or a client */ \
	X(DOCUMENT, rate_document, 3600) /* look-ups of a document number, by its token */

enum rate_kind {
#define X(name, setting, seconds) RATE_##name,
	RATES(X)
#undef X
		RATE_COUNT
};

struct rates;
struct service;

MUST_USE int rates_new(struct rates **ret_rates);
void rates_free(struct rates *r);
/* Take one of `per` tokens that fill up within `seconds`; the bucket holds `per`.  False: none is
 * left. `now_ms` never runs backwards.  `per` 0: no limit.  Thread-safe. */
bool rates_take_at(struct rates *r, enum rate_kind kind, struct str key, int64_t per,
	int64_t seconds, int64_t now_ms);
/* The same by the settings and the machine's clock; counts refusals. */
bool rates_take(struct service *service, enum rate_kind kind, struct str key);

#endif
