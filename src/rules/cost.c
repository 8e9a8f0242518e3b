/* SPDX-License-Identifier: Apache-2.0 */
/* What a population costs, by fund and by town. */
#include "rules/decide.h"

void cost_add_ruling(const struct pack *p, const struct ruling *r, struct cost *c)
{
	uint8_t fund[4];
	struct money part[4];
	size_t parts;

	c->persons++;
	if (r->decision == RULING_REFUSE) {
		c->refused++;
		return;
	}
	c->enrolled++;
	if (r->payer == PAYER_INSTITUTION)
		c->institution_fen += r->payable.fen;
	else
		c->payable_fen += r->payable.fen;
	parts = subsidy_split(p, r->category, r->subsidy, fund, part);
	for (size_t i = 0; i < parts; i++)
		c->by_fund_fen[fund[i]] += part[i].fen;
	if (p->routes[r->route].price != PRICE_FULL_COST &&
		p->routes[r->route].price != PRICE_FULL_COST_LESS_SUBSIDY)
		c->fiscal_fen += p->fiscal[0].fen * r->years;
}

void cost_sum(struct cost *to, const struct cost *from)
{
	to->persons += from->persons;
	to->enrolled += from->enrolled;
	to->refused += from->refused;
	to->payable_fen += from->payable_fen;
	to->institution_fen += from->institution_fen;
	to->fiscal_fen += from->fiscal_fen;
	for (size_t i = 0; i <= FUND_COUNT; i++)
		to->by_fund_fen[i] += from->by_fund_fen[i];
}

void cost_add(const struct pack *p, const struct facts *people, const uint16_t *towns, size_t n,
	size_t n_towns, struct cost *ret_total, struct cost *ret_towns)
{
	struct cost parts[COST_TOWNS_MAX];

	BUG_IF(n_towns > COST_TOWNS_MAX);
	for (size_t t = 0; t < n_towns; t++)
		parts[t] = (struct cost){ 0 };
	for (size_t i = 0; i < n; i++) {
		struct ruling r;

		BUG_IF(towns[i] >= n_towns);
		decide_enrol(p, &people[i], &r);
		cost_add_ruling(p, &r, &parts[towns[i]]);
	}
	for (size_t t = 0; t < n_towns; t++) {
		cost_sum(&ret_towns[t], &parts[t]);
		cost_sum(ret_total, &parts[t]);
	}
}
