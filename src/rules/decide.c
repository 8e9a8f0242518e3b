/* SPDX-License-Identifier: Apache-2.0 */
/* Who may enrol on a day: the person first, then every route that is open, then the best of
 * them. */
#include "rules/decide.h"

#include "rules/price.h"
#include "rules/subsidy.h"

/* What is being weighed while the routes are tried. */
struct weighing {
	const struct pack *p;
	const struct facts *f;
	size_t band;
	int age; /* -1: not yet worked out */
	struct subsidy subsidy;
	size_t subsidy_years; /* the years `subsidy` was chosen for; 0: not yet */
	uint32_t not_stated;  /* routes that are open but left to a person */
	int best;             /* route, -1: none yet */
	struct price_parts price;
	day_t from;
	size_t years;
	const struct happening *event;
};

static void ruling_add(struct ruling *r, uint16_t basis)
{
	if (basis == PACK_NONE)
		return;
	BUG_IF(r->n_bases == RULING_BASES_MAX);
	r->bases[r->n_bases++] = basis;
}

static void refuse(struct ruling *r, enum refusal refusal, uint16_t basis)
{
	*r = (struct ruling){ .decision = RULING_REFUSE,
		.refusal = refusal,
		.route = -1,
		.category = -1,
		.fund = -1,
		.benefit_from = DAY_NONE,
		.benefit_to = DAY_NONE,
		.pay_from = DAY_NONE,
		.pay_to = DAY_NONE };
	ruling_add(r, basis);
}

/* Whole years between two days.  Far from a birthday the mean year tells: actual leap days never
 * differ by four days from it between 1900 and 2199.  Near one the calendar is asked. */
static int years_between(day_t birth, day_t on)
{
	int64_t parts = (int64_t)(on - birth) * 10000; /* a mean year is 3,652,425 of them */
	int64_t past = parts % 3652425;

	if (past > 4 * 10000 && past < 361 * 10000)
		return (int)(parts / 3652425);
	return day_age(birth, on);
}

static int age_of(struct weighing *w)
{
	if (w->age < 0)
		w->age = years_between(w->f->birth, w->f->on);
	return w->age;
}

static bool category_holds(
	const struct pack *p, const struct facts *f, const struct pack_when *when)
{
	for (size_t i = 0; i < f->n_holdings; i++) {
		const struct holding *h = &f->holdings[i];

		if (when->categories & 1ull << h->category && subsidy_active(p, h, f->on) &&
			(when->certified_after == DAY_NONE || h->certified > when->certified_after))
			return true;
	}
	return false;
}

static bool differs(int8_t wanted, bool have)
{
	return wanted >= 0 && (wanted == 1) != have;
}

static bool lived_here(const struct facts *f, int months)
{
	return f->resident_since != DAY_NONE &&
	       day_add(f->resident_since, (struct span){ months, SPAN_MONTH }) <= f->on;
}

/* Do all conditions hold? */
static bool when_holds(struct weighing *w, const struct pack_when *when)
{
	const struct facts *f = w->f;

	if (!when->any)
		return true;
	if (when->documents && !(when->documents & 1u << f->document))
		return false;
	if (when->students && !(f->student != STUDENT_NONE && when->students & 1u << f->student))
		return false;
	if (differs(when->registered, f->registered) || differs(when->resident, f->resident) ||
		differs(when->working, f->working) ||
		differs(when->town_extended, f->town_extended))
		return false;
	if (when->student_here >= 0 &&
		(f->student == STUDENT_NONE || differs(when->student_here, f->student_here)))
		return false;
	if (when->resident_months && !lived_here(f, when->resident_months))
		return false;
	if (when->age_from >= 0 && (age_of(w) < when->age_from || age_of(w) > when->age_to))
		return false;
	return !when->categories || category_holds(w->p, f, when);
}

static const struct pack_belonging *belongs(struct weighing *w)
{
	for (size_t i = 0; i < w->p->n_belongings; i++)
		if (when_holds(w, &w->p->belongings[i].when))
			return &w->p->belongings[i];
	return NULL;
}

/* Is `on` inside the route's term after `event`, and `event` where the route wants it? */
static bool term_holds(const struct pack_route *route, day_t on, day_t event)
{
	day_t last;

	if (event > on)
		return false;
	if (route->happens.from != DAY_NONE &&
		(event < route->happens.from || event > route->happens.to))
		return false;
	if (route->term == TERM_NONE)
		return true;
	last = day_add(event, route->span);
	return route->term == TERM_WITHIN ? on <= last : on > last;
}

/* 出生: 待遇期内: born in the benefit year, or before it with the term's last day inside. */
static bool newborn_holds(const struct pack *p, const struct pack_route *route, day_t birth)
{
	if (birth > p->benefit.to)
		return false;
	return birth >= p->benefit.from || day_add(birth, route->span) >= p->benefit.from;
}

static size_t years_of(const struct pack *p, const struct facts *f, const struct pack_route *route)
{
	if (route->years)
		return route->years;
	return f->pay_years && p->n_years > 1 ? f->pay_years : p->default_years;
}

/* First benefit day: the rule's, not before the year nor birth, plus the months to wait. */
static day_t benefit_start(const struct weighing *w, const struct pack_route *route, day_t event)
{
	const struct pack *p = w->p;
	day_t from = start_day(p, &route->start, w->f->on, event);
	int wait = wait_months(&p->wait, route->wait, w->f->missed_years, w->f->repaired_years);

	if (from < p->benefit.from)
		from = p->benefit.from;
	if (from < w->f->birth)
		from = w->f->birth;
	return wait ? day_add(from, (struct span){ wait, SPAN_MONTH }) : from;
}

/* The subsidy depends on the years paid, which few routes set. */
static void choose_for(struct weighing *w, size_t years)
{
	if (w->subsidy_years == years)
		return;
	subsidy_choose(w->p, w->f, w->band, years, &w->subsidy);
	w->subsidy_years = years;
}

/* The facts satisfy the route; keep it when it is cheaper, or earlier at the same price. */
static void weigh(struct weighing *w, size_t i, const struct happening *event, day_t event_day)
{
	const struct pack_route *route = &w->p->routes[i];
	day_t from = benefit_start(w, route, event_day);
	size_t years = years_of(w->p, w->f, route);
	struct price_parts price;

	if (from > w->p->benefit.to)
		return;
	choose_for(w, years);
	price = price_of(w->p, route->price, w->f->tier, w->band, years, w->subsidy.amount, from);
	if (w->best >= 0 && (price.payable.fen > w->price.payable.fen ||
				    (price.payable.fen == w->price.payable.fen && from >= w->from)))
		return;
	w->best = (int)i;
	w->price = price;
	w->from = from;
	w->years = years;
	w->event = event;
}

/* Every happening that satisfies the route is one way in. */
static void try_circumstances(struct weighing *w, size_t i)
{
	const struct pack_route *route = &w->p->routes[i];

	for (size_t k = 0; k < w->f->n_happenings; k++) {
		const struct happening *h = &w->f->happenings[k];

		if (h->kind != route->circumstance || h->months < route->months_min ||
			(route->needs_first && !h->first))
			continue;
		if (h->on != DAY_NONE && !term_holds(route, w->f->on, h->on))
			continue;
		if (route->not_stated)
			w->not_stated |= 1u << i;
		else
			weigh(w, i, h, h->on);
	}
}

static void try_route(struct weighing *w, size_t i)
{
	const struct pack_route *route = &w->p->routes[i];

	if (!when_holds(w, &route->when))
		return;
	if (route->event == EVENT_CIRCUMSTANCE) {
		try_circumstances(w, i);
		return;
	}
	if (route->newborn && (!newborn_holds(w->p, route, w->f->birth) ||
				      !term_holds(route, w->f->on, w->f->birth)))
		return;
	if (route->not_stated)
		w->not_stated |= 1u << i;
	else
		weigh(w, i, NULL, route->newborn ? w->f->birth : DAY_NONE);
}

static bool refuse_person(
	struct weighing *w, const struct pack_belonging **ret_belonging, struct ruling *r)
{
	const struct pack *p = w->p;
	const struct facts *f = w->f;

	if (p->refuses_employees && f->employee_insured)
		refuse(r, REFUSAL_IN_EMPLOYEE_INSURANCE, p->employees_basis);
	else if (p->refuses_college_elsewhere && f->student == STUDENT_COLLEGE && !f->student_here)
		refuse(r, REFUSAL_COLLEGE_ELSEWHERE, p->college_basis);
	else if ((*ret_belonging = belongs(w)) == NULL)
		refuse(r, REFUSAL_NOT_LOCAL, p->not_local_basis);
	else if (!when_holds(w, &p->tiers[f->tier].when))
		refuse(r, REFUSAL_TIER_NOT_OPEN, p->tiers[f->tier].basis);
	else
		return false;
	return true;
}

/* Routes that the day and the circumstances leave. */
static uint32_t candidates(const struct pack *p, const struct facts *f)
{
	uint32_t needs = p->without_circumstance, open;

	if (f->on < p->open_first || f->on > p->open_last)
		return 0;
	open = p->open[f->on - p->open_first];
	for (size_t i = 0; i < f->n_happenings; i++)
		if (f->happenings[i].on == DAY_NONE || f->happenings[i].on <= f->on)
			needs |= p->by_circumstance[f->happenings[i].kind];
	if (f->birth < p->newborn_birth_min)
		needs &= ~p->newborn_routes;
	return open & needs;
}

static size_t band_of(struct weighing *w)
{
	int age;
	size_t band = 0;

	if (!w->p->has_bands)
		return 0;
	age = w->p->bands_at_year_start ? years_between(w->f->birth, w->p->benefit.from)
					: age_of(w);
	while (band + 1 < w->p->n_bands && age > w->p->bands[band].age_to)
		band++;
	return band;
}

static void refuse_closed(const struct weighing *w, struct ruling *r)
{
	const struct pack_route *regular = &w->p->routes[w->p->regular];
	bool early = w->f->on < regular->pays.from;

	for (size_t i = 0; i < w->p->n_routes; i++)
		if (w->not_stated & 1u << i) {
			refuse(r, REFUSAL_NOT_STATED, w->p->routes[i].basis);
			return;
		}
	refuse(r, early ? REFUSAL_BEFORE_WINDOW : REFUSAL_OUTSIDE_WINDOW, regular->basis);
}

/* The day on which somebody becomes `age` whole years old, as day_age() counts. */
static day_t birthday(day_t birth, int age)
{
	day_t day = day_add(birth, (struct span){ 12 * age, SPAN_MONTH });

	return day_age(birth, day) < age ? day + 1 : day;
}

/* Narrow the days to those on which the person's age stays in the band, and in the route's own.
 * Birthdays are worked out only for those near one: the years between are at least so many days. */
static void cut_by_age(struct weighing *w, const struct pack_route *route, day_t *from, day_t *to)
{
	const struct pack_band *band = &w->p->bands[w->band];
	bool by_band = w->p->has_bands && !w->p->bands_at_year_start;
	int first = by_band ? band->age_from : 0, last = by_band ? band->age_to : 999;
	day_t day;

	if (!by_band && route->when.age_from < 0)
		return;
	if (route->when.age_from > first)
		first = route->when.age_from;
	if (route->when.age_to >= 0 && route->when.age_to < last)
		last = route->when.age_to;
	if ((age_of(w) - first) * 365 <= w->f->on - *from &&
		(day = birthday(w->f->birth, first)) > *from)
		*from = day;
	if ((last - age_of(w)) * 365 <= *to - w->f->on &&
		(day = birthday(w->f->birth, last + 1) - 1) < *to)
		*to = day;
}

/* The payment days on which this ruling would come out the same. */
static void paying_days(struct weighing *w, struct ruling *r)
{
	const struct pack_route *route = &w->p->routes[r->route];
	day_t event = route->newborn ? w->f->birth : w->event ? w->event->on : DAY_NONE;
	day_t from = route->pays.from, to = w->p->closes[r->route];

	if (event != DAY_NONE && event > from)
		from = event;
	if (event != DAY_NONE && route->term == TERM_WITHIN) {
		day_t last = day_add(event, route->span);

		to = last < to || route->pays_runs_on ? last : to;
	} else if (event != DAY_NONE && route->term == TERM_AFTER) {
		day_t first = day_add(event, route->span) + 1;

		from = first > from ? first : from;
	}
	cut_by_age(w, route, &from, &to);
	if (w->subsidy.from > from)
		from = w->subsidy.from;
	if (w->subsidy.to < to)
		to = w->subsidy.to;
	r->pay_from = from < w->f->on ? from : w->f->on;
	r->pay_to = to > w->f->on ? to : w->f->on;
}

static void add_bases(
	const struct weighing *w, const struct pack_belonging *belonging, struct ruling *r)
{
	const struct pack *p = w->p;
	const struct subsidy *s = &w->subsidy;
	const struct pack_route *route = &p->routes[r->route];
	bool takes_subsidy =
		route->price == PRICE_LESS_SUBSIDY || route->price == PRICE_FULL_COST_LESS_SUBSIDY;

	if (r->category >= 0) {
		const struct pack_category *c = &p->categories[r->category];

		ruling_add(r, c->basis);
		if (c->fund_basis != c->basis)
			ruling_add(r, c->fund_basis);
		if (s->overlapped)
			ruling_add(r, p->rule.overlap_basis);
		if (r->payable.fen == 0)
			ruling_add(r, p->rule.full_basis);
	}
	if (takes_subsidy && s->last_day)
		ruling_add(r, p->rule.last_day_basis);
	ruling_add(r, route->basis);
	if ((route->price == PRICE_FULL_COST || route->price == PRICE_FULL_COST_LESS_SUBSIDY) &&
		p->bases[p->fiscal_basis].n_readings)
		ruling_add(r, p->fiscal_basis);
	if (p->bases[belonging->basis].n_readings)
		ruling_add(r, belonging->basis);
	if (p->has_tiers && r->tier > 0)
		ruling_add(r, p->tiers[r->tier].basis);
	if (r->years > 1)
		ruling_add(r, p->years_basis);
	if (wait_months(&p->wait, route->wait, w->f->missed_years, w->f->repaired_years))
		ruling_add(r, p->wait.basis);
}

static void enrol(struct weighing *w, const struct pack_belonging *belonging, struct ruling *r)
{
	const struct pack *p = w->p;
	const struct pack_route *route = &p->routes[w->best];
	bool helped = w->price.subsidy.fen > 0;

	choose_for(w, w->years);
	*r = (struct ruling){
		.decision = RULING_ENROL,
		.route = (int8_t)w->best,
		.category = (int8_t)(helped ? w->subsidy.category : -1),
		.fund = (int8_t)(helped ? p->categories[w->subsidy.category].fund : -1),
		.payer = (uint8_t)(w->price.payable.fen == 0 ? PAYER_FUND : route->payer),
		.tier = w->f->tier,
		.years = (uint8_t)w->years,
		.standard = w->price.standard,
		.subsidy = w->price.subsidy,
		.payable = w->price.payable,
		.benefit_from = w->from,
		.benefit_to = w->years == 1 ? p->benefit.to
					    : day_add(p->benefit.to,
						      (struct span){ 12 * (int32_t)(w->years - 1),
							      SPAN_MONTH }),
	};
	BUG_IF(r->standard.fen - r->subsidy.fen != r->payable.fen || r->payable.fen < 0);
	BUG_IF(r->benefit_from > r->benefit_to);
	paying_days(w, r);
	add_bases(w, belonging, r);
}

void decide_enrol(const struct pack *p, const struct facts *f, struct ruling *ret_ruling)
{
	struct weighing w = { .p = p, .f = f, .age = -1, .best = -1 };
	const struct pack_belonging *belonging = NULL;

	BUG_IF(f->birth > f->on || f->tier >= p->n_tiers || f->repaired_years > f->missed_years);
	if (refuse_person(&w, &belonging, ret_ruling))
		return;
	w.band = band_of(&w);
	for (uint32_t open = candidates(p, f); open; open &= open - 1)
		try_route(&w, (size_t)__builtin_ctz(open));
	if (w.best < 0)
		refuse_closed(&w, ret_ruling);
	else
		enrol(&w, belonging, ret_ruling);
}
