/* SPDX-License-Identifier: Apache-2.0 */
/* From a read pack to the tables the engine runs on, and what such a table shows: routes that
 * overlap without an order, days no route covers. */
#include "rules/pack_read.h"
#include "rules/price.h"

/* A lower bound on `day` minus `span`. */
static day_t span_before(day_t day, struct span span)
{
	return day - (span.unit == SPAN_MONTH ? span.count * 31 : span.count);
}

/* Last day on which a payment on this route still buys some of the benefit year. */
static day_t closes(const struct pack *p, const struct pack_route *route)
{
	day_t day = route->pays.to;

	if (route->start.from != START_PAID && route->start.from != START_NEXT)
		return day;
	while (day >= route->pays.from && start_from_payment(&route->start, day) > p->benefit.to)
		day--;
	return day;
}

static void open_days(struct pack *p, uint32_t *open, size_t i, day_t last)
{
	for (day_t day = p->routes[i].pays.from; day <= last; day++) {
		int of_month = day_to_ymd(day).day;

		if (of_month >= p->pay_day_from && of_month <= p->pay_day_to)
			open[day - p->open_first] |= 1u << i;
	}
}

static void compile_masks(struct pack *p)
{
	p->newborn_birth_min = p->benefit.from;
	for (size_t i = 0; i < p->n_routes; i++) {
		const struct pack_route *route = &p->routes[i];
		day_t oldest = span_before(p->benefit.from, route->span);

		if (route->event == EVENT_CIRCUMSTANCE)
			p->by_circumstance[route->circumstance] |= 1u << i;
		else
			p->without_circumstance |= 1u << i;
		if (!route->newborn)
			continue;
		p->newborn_routes |= 1u << i;
		if (oldest < p->newborn_birth_min)
			p->newborn_birth_min = oldest;
	}
}

/* Last day on which route i can be open at all. */
static day_t last_open(const struct pack *p, size_t i)
{
	const struct pack_route *route = &p->routes[i];

	return route->pays_runs_on ? day_add(p->benefit.to, route->span) : p->closes[i];
}

void pack_compile(struct pack_reader *r)
{
	struct pack *p = r->p;
	uint32_t *open;
	size_t days;

	p->open_first = DAY_MAX;
	p->open_last = DAY_MIN;
	for (size_t i = 0; i < p->n_routes; i++) {
		day_t last;

		p->closes[i] = closes(p, &p->routes[i]);
		last = last_open(p, i);

		if (p->routes[i].pays.from < p->open_first)
			p->open_first = p->routes[i].pays.from;
		if (last > p->open_last)
			p->open_last = last;
	}
	if (p->open_last < p->open_first || p->open_last - p->open_first >= PACK_DAY_TABLE_MAX) {
		diag_error(r->d, r->p->root->mark,
			"缴费日跨度过大（最多 %d 天） / the paying days span too far",
			PACK_DAY_TABLE_MAX);
		return;
	}
	days = (size_t)(p->open_last - p->open_first) + 1;
	open = RD_ARRAY(r, uint32_t, days);
	if (!open)
		return;
	for (size_t i = 0; i < p->n_routes; i++)
		open_days(p, open, i, last_open(p, i));
	p->open = open;
	compile_masks(p);
}

/* Do two ranges of the same ordinary payer share a day?  Only routes for everybody are compared:
 * routes with conditions are ordered by price, start and the pack's order (contract). */
static bool for_everybody(const struct pack_route *route)
{
	return route->event == EVENT_NONE && !route->when.any && !route->needs_first;
}

static void check_overlap(struct pack_reader *r, const struct ynode *list, size_t a, size_t b)
{
	const struct pack_route *x = &r->p->routes[a], *y = &r->p->routes[b];

	if (!for_everybody(x) || !for_everybody(y) || x->pays.to < y->pays.from ||
		y->pays.to < x->pays.from)
		return;
	diag_warn(r->d, list->items[b]->mark,
		"“%.*s”与“%.*s”有重叠的缴费日，按应缴、待遇起、列表顺序取一 / two routes for everybody overlap",
		STR_ARG(x->name), STR_ARG(y->name));
}

/* Days of the benefit year (and the window before it) on which nobody at all can pay. */
static void check_gaps(struct pack_reader *r, const struct ynode *list)
{
	const struct pack *p = r->p;
	day_t gap = DAY_NONE;

	for (day_t day = p->open_first; day <= p->benefit.to + 1; day++) {
		bool closed = day > p->benefit.to
				      ? false
				      : day > p->open_last || p->open[day - p->open_first] == 0;

		if (closed && gap == DAY_NONE)
			gap = day;
		if (!closed && gap != DAY_NONE) {
			char from[11], to[11];

			day_text(gap, from);
			day_text(day - 1, to);
			diag_warn(r->d, list->mark,
				"%s..%s 没有任何途径可缴费 / no route is open on these days", from,
				to);
			gap = DAY_NONE;
		}
	}
}

void pack_check_routes(struct pack_reader *r, const struct ynode *root)
{
	const struct ynode *list = ynode_get(root, "途径");

	if (!list || !r->p->open)
		return;
	for (size_t b = 1; b < r->p->n_routes; b++)
		for (size_t a = 0; a < b; a++)
			check_overlap(r, list, a, b);
	if (r->p->pay_day_from == 1 && r->p->pay_day_to == 31)
		check_gaps(r, list);
}
