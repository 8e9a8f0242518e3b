/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/subsidy.h"

bool subsidy_active(const struct pack *p, const struct holding *h, day_t on)
{
	switch (p->rule.identity) {
	case IDENTITY_PAID_DAY:
		return holding_active(h, on);
	case IDENTITY_CUTOFF:
		return holding_active(h, p->rule.cutoff);
	case IDENTITY_PAID_MONTH: {
		day_t first = on - day_to_ymd(on).day + 1;

		return h->certified <= on && (h->ended == DAY_NONE || h->ended > first);
	}
	}
	BUG_IF(true);
}

/* Sum of the category's subsidy over the years paid. */
static int64_t amount_of(
	const struct pack *p, size_t category, size_t tier, size_t band, size_t years)
{
	const struct money *first = &p->subsidy[pack_subsidy_index(p, category, tier, band, 0)];
	int64_t sum = first->fen;

	for (size_t y = 1; y < years; y++)
		sum += first[y].fen;
	return sum;
}

/* May the category be subsidised on that day under 资助截止? */
static bool in_time(const struct pack_subsidy_rule *rule, const struct holding *h, day_t on)
{
	return rule->last_day == DAY_NONE || on <= rule->last_day ||
	       h->certified > rule->certified_after;
}

static bool better(const struct pack *p, const struct subsidy *best, int64_t amount, int category)
{
	if (best->category < 0)
		return true;
	if (p->rule.overlap == OVERLAP_LISTED)
		return category < best->category;
	return amount > best->amount.fen ||
	       (amount == best->amount.fen && category < best->category);
}

static void cut_from(struct subsidy *s, day_t from)
{
	if (from > s->from)
		s->from = from;
}

static void cut_to(struct subsidy *s, day_t to)
{
	if (to < s->to)
		s->to = to;
}

/* Narrow the days on which the choice holds by one membership with an amount. */
static void narrow(const struct pack *p, const struct holding *h, day_t on, struct subsidy *s)
{
	const struct pack_subsidy_rule *rule = &p->rule;

	if (rule->last_day != DAY_NONE && h->certified <= rule->certified_after) {
		if (on <= rule->last_day)
			cut_to(s, rule->last_day);
		else
			cut_from(s, rule->last_day + 1);
	}
	if (rule->identity == IDENTITY_CUTOFF)
		return;
	if (h->certified <= on)
		cut_from(s, h->certified);
	else
		cut_to(s, h->certified - 1);
	if (h->ended != DAY_NONE && h->ended <= on)
		cut_from(s, h->ended);
	else if (h->ended != DAY_NONE)
		cut_to(s, h->ended - 1);
}

void subsidy_choose(const struct pack *p, const struct facts *f, size_t band, size_t years,
	struct subsidy *ret_subsidy)
{
	struct subsidy s = { .category = -1, .from = DAY_MIN, .to = DAY_MAX };
	uint64_t counted = 0;

	for (size_t i = 0; i < f->n_holdings; i++) {
		const struct holding *h = &f->holdings[i];
		int64_t amount;

		if (!(p->paid_categories & 1ull << h->category))
			continue;
		amount = amount_of(p, h->category, f->tier, band, years);
		if (amount == 0)
			continue;
		narrow(p, h, f->on, &s);
		if (!subsidy_active(p, h, f->on))
			continue;
		s.last_day |= p->rule.last_day != DAY_NONE && f->on > p->rule.last_day;
		if (!in_time(&p->rule, h, f->on))
			continue;
		counted |= 1ull << h->category;
		if (better(p, &s, amount, h->category)) {
			s.amount.fen = amount;
			s.category = h->category;
		}
	}
	s.overlapped = (counted & (counted - 1)) != 0;
	*ret_subsidy = s;
}

size_t subsidy_split(const struct pack *p, int category, struct money subsidy, uint8_t ret_fund[4],
	struct money ret_part[4])
{
	const struct pack_category *c;
	int64_t left = subsidy.fen;

	if (category < 0 || subsidy.fen == 0)
		return 0;
	c = &p->categories[category];
	if (c->split_n == 0) {
		BUG_IF(c->fund < 0 && !c->fund_not_stated);
		ret_fund[0] = (uint8_t)(c->fund < 0 ? FUND_COUNT : c->fund);
		ret_part[0] = subsidy;
		return 1;
	}
	for (size_t i = 0; i < c->split_n; i++) {
		bool last = i + 1 == c->split_n;
		int64_t part = last ? left : subsidy.fen * c->split_permille[i] / 1000;

		ret_fund[i] = c->split_fund[i];
		ret_part[i].fen = part;
		left -= part;
		BUG_IF(left < 0);
	}
	return c->split_n;
}
