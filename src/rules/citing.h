/* SPDX-License-Identifier: Apache-2.0 */
/* Which rules of a pack stand on which clause, and which figures of the notice no rule stands on:
 * for reading a pack beside its notice. */
#ifndef CANBAO_RULES_CITING_H
#define CANBAO_RULES_CITING_H

#include "rules/ledger.h"
#include "rules/pack.h"

/* A rule as a person calls it: "身份：农村一类低保". */
struct citing_rule {
	struct str name;
	uint16_t basis; /* of the pack; never PACK_NONE */
};

/* Every rule of the pack that cites something, in the pack's order.  Names live in `a`. */
MUST_USE int citing_rules(
	const struct pack *p, struct arena *a, struct citing_rule **ret_items, size_t *ret_n);
/* Does the rule cite this clause of the pack's ledger?  A cited range is its parent clause. */
bool citing_clause(
	const struct pack *p, const struct citing_rule *r, const struct ledger_clause *clause);

/* Told of each figure of the ledger that no rule cites and 未编码 does not name.  Returns how many;
 * `fn` may be NULL.  A pack without a ledger has none. */
size_t citing_left_out(const struct pack *p,
	void (*fn)(void *ctx, const struct ledger_clause *clause, const struct figure *f),
	void *ctx);

#endif
