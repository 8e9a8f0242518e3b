/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/demo/pay.h"

#include <string.h>

const char *pay_code(enum pay_kind k)
{
	static const char *const codes[] = {
#define X(name, code, credited) code,
		PAY_KINDS(X)
#undef X
	};

	BUG_IF(k >= PAY_KIND_COUNT);
	return codes[k];
}

/* Slow at first, a rush at the year's end: the weight of a day grows with the fourth power. */
int pay_calendar_init(
	struct pay_calendar *c, struct arena *a, const struct world *w, struct err *err)
{
	uint64_t n = (uint64_t)(w->pack->regular_window.to - w->pack->regular_window.from) + 1,
		 sum = 0;

	c->first = w->pack->regular_window.from;
	c->days = (size_t)n;
	c->upto = ARENA_ARRAY(a, uint32_t, c->days);
	if (!c->upto)
		return err_set(err, FAULT_MEMORY, "内存不足 / out of memory");
	for (uint64_t i = 0; i < n; i++) {
		uint64_t share = (i + 1) * 1000 / n;

		sum += 200 + share * share / 1000 * share / 1000 * share / 1000 * 3;
		c->upto[i] = (uint32_t)sum;
	}
	return 0;
}

static day_t day_draw(const struct pay_calendar *c, struct rng *r)
{
	uint32_t at = rng_below(r, c->upto[c->days - 1]);
	size_t low = 0, high = c->days - 1;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (c->upto[mid] <= at)
			low = mid + 1;
		else
			high = mid;
	}
	return c->first + (day_t)low;
}

static bool channel_open(const struct pack_channel *c, day_t on)
{
	return c->open.from == DAY_NONE || (on >= c->open.from && on <= c->open.to);
}

/* Online channels are preferred five to two. */
static size_t channel_draw(const struct world *w, struct rng *r, day_t on)
{
	const struct pack *p = w->pack;
	size_t at = 0;

	BUG_IF(p->n_channels == 0);
	for (int i = 0; i < 30; i++) {
		at = rng_below(r, (uint32_t)p->n_channels);
		if (channel_open(&p->channels[at], on) &&
			(p->channels[at].online || rng_chance(r, 400000)))
			return at;
	}
	for (at = 0; at + 1 < p->n_channels && !channel_open(&p->channels[at], on); at++)
		;
	return at;
}

static void facts_of(const struct resident *p, day_t on, const struct happening *happenings,
	size_t n, struct facts *f)
{
	*f = (struct facts){ .on = on,
		.birth = p->birth,
		.resident_since = DAY_NONE,
		.holdings = p->holdings,
		.n_holdings = (uint16_t)p->n_holdings,
		.happenings = happenings,
		.n_happenings = (uint16_t)n,
		.registered = p->registered,
		.resident = p->resident,
		.document = (uint8_t)p->kind,
		.student = p->student,
		.student_here = p->student_here,
		.employee_insured = p->employee };
}

static struct payment *put(struct pay_plan *plan, enum pay_kind kind, size_t member, day_t on,
	int second, size_t channel, int64_t fen)
{
	struct payment *x = &plan->items[plan->n++];

	BUG_IF(plan->n > PAYMENTS_MAX);
	*x = (struct payment){ .kind = kind,
		.member = member,
		.on = on,
		.second = second,
		.channel = channel,
		.fen = fen };
	return x;
}

/* Another price that somebody might take for his own. */
static int64_t wrong_amount(const struct world *w, struct rng *r, int64_t right)
{
	int64_t full = pack_individual(w->pack).fen;

	if (right != full && rng_chance(r, 600000))
		return full;
	return rng_chance(r, 500000) ? right + 1000 : right > 2000 ? right - 1000 : right + 3000;
}

/* Late payers who bring a reason, where the pack knows a route for it. */
static bool circumstance_draw(
	const struct world *w, const struct resident *p, struct rng *r, struct happening *ret)
{
	day_t first = w->pack->benefit.from;

	if (w->pack->by_circumstance[CIRCUMSTANCE_RETURNING_MIGRANT] && !p->resident &&
		p->age >= 18 && p->age <= 60) {
		*ret = (struct happening){ .on = DAY_NONE, .kind = CIRCUMSTANCE_RETURNING_MIGRANT };
		return rng_chance(r, 250000);
	}
	*ret = (struct happening){ .on = first + rng_between(r, 5, 25),
		.kind = CIRCUMSTANCE_DISCHARGED_SOLDIER };
	return w->pack->by_circumstance[CIRCUMSTANCE_DISCHARGED_SOLDIER] && !p->female &&
	       p->age >= 19 && p->age <= 27 && rng_chance(r, 200000);
}

/* After the window: with a reason it is a payment like any other, without one it goes to
 * suspense. */
static void late(const struct world *w, struct rng *r, const struct household *h, size_t i,
	struct pay_plan *plan)
{
	const struct resident *p = &h->members[i];
	day_t on = w->pack->benefit.from + rng_between(r, 30, 50);
	int second;
	struct happening reason;
	struct ruling ruling;
	struct facts f;

	if (w->messy && circumstance_draw(w, p, r, &reason)) {
		facts_of(p, on, &reason, 1, &f);
		decide_enrol(w->pack, &f, &ruling);
		if (ruling.decision != RULING_ENROL || ruling.payable.fen == 0)
			return;
		plan->members[i].circumstance = reason.kind;
		plan->members[i].happened =
			reason.on == DAY_NONE ? w->pack->benefit.from : reason.on;
		second = rng_between(
			r, 28800, 72000); /* before the channel is drawn, whatever compiler */
		put(plan, PAY_CIRCUMSTANCE, i, on, second, channel_draw(w, r, on),
			ruling.payable.fen);
		return;
	}
	if (!rng_chance(r, world_ppm(w, 20000, 60)))
		return;
	facts_of(p, on, NULL, 0, &f);
	decide_enrol(w->pack, &f, &ruling);
	if (ruling.decision != RULING_REFUSE)
		return;
	second = rng_between(r, 28800, 72000);
	put(plan, PAY_LATE, i, on, second, channel_draw(w, r, on), pack_individual(w->pack).fen);
}

struct occasion { /* when and where the household pays */
	day_t on;
	size_t channel;
	int second;
};

/* Files are taken in by month; within one month only the same file can be relied on to come in
 * order. */
static bool same_month(day_t a, day_t b)
{
	return day_to_ymd(a).month == day_to_ymd(b).month;
}

/* Somebody who pays in time, perhaps not quite rightly. */
static void pay(const struct world *w, const struct pay_calendar *c, struct rng *r,
	const struct occasion *o, size_t i, int64_t fen, bool together, struct pay_plan *plan)
{
	struct payment *x;
	day_t again = c->first + (day_t)c->days - 1;
	int second;

	if (rng_chance(r, world_ppm(w, 1500, 8))) {
		put(plan, PAY_WRONG, i, o->on, o->second, o->channel, wrong_amount(w, r, fen));
		return;
	}
	x = put(plan, PAY_GOOD, i, o->on, o->second, o->channel, fen);
	x->together = together;
	plan->members[i].paid_on = o->on;
	if (rng_chance(r, world_ppm(w, 1000, 6))) {
		second = rng_between(r, 79000, 86000);
		put(plan, PAY_SECOND, i, again, second,
			same_month(o->on, again) ? o->channel : channel_draw(w, r, again), fen);
	} else if (rng_chance(r, world_ppm(w, 200, 4)))
		*put(plan, PAY_REPEATED, i, o->on, o->second, o->channel, fen) =
			(struct payment){ PAY_REPEATED, i, o->on, o->second, o->channel, fen,
				together };
	else if (rng_chance(r, world_ppm(w, 500, 5)))
		put(plan, PAY_UNKNOWN, i, o->on, o->second + 60, o->channel,
			pack_individual(w->pack).fen);
}

static void member_plan(const struct world *w, const struct pay_calendar *c,
	const struct household *h, size_t i, const struct occasion *family, struct pay_plan *plan)
{
	const struct resident *p = &h->members[i];
	struct rng r = rng_for(w->seed, RNG_PAY, (1ull << 32) + p->index);
	const struct town *t = &w->towns[w->villages[h->village].town];
	struct occasion o = *family;
	bool together = !rng_chance(&r, 120000);
	uint32_t willing = t->pay_permille + (p->n_holdings ? 14u : 0u);
	struct ruling ruling;
	struct facts f;

	if (!together) {
		o.on = day_draw(c, &r);
		o.channel = channel_draw(w, &r, o.on);
		o.second = rng_between(&r, 25200, 79000);
	}
	facts_of(p, o.on, NULL, 0, &f);
	decide_enrol(w->pack, &f, &ruling);
	if (ruling.decision == RULING_REFUSE) {
		if (p->employee && rng_chance(&r, world_ppm(w, 3000, 20)))
			put(plan, PAY_EMPLOYEE, i, o.on, o.second, o.channel,
				pack_individual(w->pack).fen);
		return;
	}
	if (ruling.payable.fen == 0) {
		plan->members[i].funded = true;
		if (rng_chance(&r, world_ppm(w, 10000, 200)))
			put(plan, PAY_NOTHING_DUE, i, o.on, o.second, o.channel,
				pack_individual(w->pack).fen);
		return;
	}
	if (p->elsewhere)
		return;
	if (rng_below(&r, 1000) < willing)
		pay(w, c, &r, &o, i, ruling.payable.fen, together, plan);
	else
		late(w, &r, h, i, plan);
}

void pay_plan_make(const struct world *w, const struct pay_calendar *c, const struct household *h,
	struct pay_plan *ret)
{
	struct rng r = rng_for(w->seed, RNG_PAY, h->index);
	struct occasion family = { .on = day_draw(c, &r) };

	family.channel = channel_draw(w, &r, family.on);
	family.second = rng_between(&r, 25200, 79000);
	ret->n = 0;
	for (size_t i = 0; i < h->n; i++) {
		ret->members[i].funded = false;
		ret->members[i].paid_on = DAY_NONE;
		ret->members[i].circumstance = -1;
		if (!resident_withheld(&h->members[i]))
			member_plan(w, c, h, i, &family, ret);
	}
}
