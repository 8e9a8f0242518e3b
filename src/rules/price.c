/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/price.h"

day_t start_from_payment(const struct pack_start *start, day_t on)
{
	day_t day = start->from == START_NEXT ? on + 1 : on;

	if (start->plus.count)
		day = day_add(day, start->plus);
	for (int i = 0; i < start->nth_month; i++)
		day = day_next_month(day);
	return day;
}

day_t start_day(const struct pack *p, const struct pack_start *start, day_t on, day_t event)
{
	day_t day = DAY_NONE;

	switch (start->from) {
	case START_PAID:
	case START_NEXT:
		return start_from_payment(start, on);
	case START_YEAR:
		day = p->benefit.from;
		break;
	case START_EVENT:
		BUG_IF(event == DAY_NONE);
		day = event;
		break;
	case START_FIXED:
		day = start->fixed;
		break;
	}
	BUG_IF(day == DAY_NONE);
	return start->plus.count ? day_add(day, start->plus) : day;
}

int wait_months(const struct pack_wait *w, enum wait_kind kind, int missed, int repaired)
{
	int years = missed - (w->first_year_counts ? 0 : 1);
	int months;

	if (kind == WAIT_NONE || (kind == WAIT_GAP && missed == 0))
		return 0;
	if (w->repairable)
		years -= repaired;
	months = w->fixed_months + (years > 0 ? years * w->per_year_months : 0);
	if (w->floor_years && missed >= w->floor_years && months < w->floor_months)
		months = w->floor_months;
	return months;
}

static struct money sum_of(
	const struct pack *p, const struct money *cells, size_t tier, size_t band, size_t years)
{
	const struct money *first = &cells[pack_price_index(p, tier, band, 0)];
	struct money sum = { 0 };

	BUG_IF(years < 1 || years > p->n_years);
	for (size_t y = 0; y < years; y++)
		sum.fen += first[y].fen; /* each below 10^12, at most PACK_YEARS_MAX of them */
	return sum;
}

/* Months of the benefit year from the month of `from` on, that month included. */
static int months_left(const struct pack *p, day_t from)
{
	struct ymd a = day_to_ymd(from), b = day_to_ymd(p->benefit.to);

	return (b.year - a.year) * 12 + b.month - a.month + 1;
}

struct price_parts price_of(const struct pack *p, enum price price, size_t tier, size_t band,
	size_t years, struct money subsidy, day_t from)
{
	struct price_parts parts = { .standard = sum_of(p, p->individual, tier, band, years) };

	if (price == PRICE_FULL_COST || price == PRICE_FULL_COST_LESS_SUBSIDY)
		parts.standard.fen += sum_of(p, p->fiscal, tier, band, years).fen;
	if (price == PRICE_PRO_RATA) /* up to whole fen in the fund's favour */
		parts.standard.fen = (parts.standard.fen * months_left(p, from) + 11) / 12;
	if (price == PRICE_FREE)
		parts.standard.fen = 0;
	if (price == PRICE_LESS_SUBSIDY || price == PRICE_FULL_COST_LESS_SUBSIDY)
		parts.subsidy = subsidy;
	BUG_IF(parts.subsidy.fen < 0 || parts.subsidy.fen > parts.standard.fen);
	parts.payable.fen = parts.standard.fen - parts.subsidy.fen;
	return parts;
}
