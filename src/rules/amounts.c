/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/amounts.h"

#include "base/err.h"

#include <string.h>

static bool changed(const struct amount_change *changes, size_t n, int category, struct money *ret)
{
	for (size_t i = 0; i < n; i++)
		if (changes[i].category == category) {
			*ret = changes[i].subsidy;
			return true;
		}
	return false;
}

/* One category's row of the table, as long as the standard's. */
static void fill(const struct pack *p, size_t category, size_t n_prices, const struct money *prices,
	const struct amount_change *changes, size_t n, struct money *row)
{
	struct money to;
	bool other = changed(changes, n, (int)category, &to);

	for (size_t i = 0; i < n_prices; i++) {
		if (other)
			row[i] = to;
		else if (p->categories[category].full)
			row[i] = prices[i];
		if (row[i].fen > prices[i].fen)
			row[i] = prices[i];
	}
}

int amounts_change(const struct pack *p, struct arena *a, struct money personal,
	const struct amount_change *changes, size_t n, const struct pack **ret_pack)
{
	size_t n_prices = p->n_tiers * p->n_bands * p->n_years, n_all = n_prices * p->n_categories;
	struct money *prices = ARENA_ARRAY(a, struct money, n_prices + 1);
	struct money *subsidies = ARENA_ARRAY(a, struct money, n_all + 1);
	struct pack *q = ARENA_NEW(a, struct pack);

	if (!prices || !subsidies || !q)
		return FAULT_MEMORY;
	*q = *p;
	memcpy(prices, p->individual, n_prices * sizeof(*prices));
	for (size_t i = 0; personal.fen >= 0 && i < n_prices; i++)
		if (p->individual[i].fen == p->individual[0].fen)
			prices[i] = personal;
	if (n_all)
		memcpy(subsidies, p->subsidy, n_all * sizeof(*subsidies));
	q->paid_categories = 0;
	for (size_t c = 0; c < p->n_categories; c++) {
		struct money *row = &subsidies[c * n_prices];

		fill(p, c, n_prices, prices, changes, n, row);
		for (size_t i = 0; i < n_prices; i++)
			if (row[i].fen > 0)
				q->paid_categories |= (uint64_t)1 << c;
	}
	q->individual = prices;
	q->subsidy = subsidies;
	*ret_pack = q;
	return 0;
}
