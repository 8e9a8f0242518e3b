/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/person_ruling.h"

#include <inttypes.h>

#include "rules/ledger.h"
#include "store/place.h"

int person_rule(struct db *db, struct arena *a, int64_t county, const struct pack *p,
	const struct dossier *d, day_t on, struct person_facts *ret_facts,
	struct ruling *ret_ruling)
{
	struct target *targets;
	size_t n;
	int rc = targets_load(db, a, county, p->code, &targets, &n);

	if (rc < 0)
		return rc;
	person_facts_fill(p, d, on > d->birth ? on : d->birth,
		targets_extended(targets, n, d->town), ret_facts);
	decide_enrol(p, &ret_facts->facts, ret_ruling);
	return 0;
}

static struct str clause_text(const struct pack *p, struct str number)
{
	const struct ledger_clause *c = p->ledger ? ledger_clause(p->ledger, number) : NULL;

	return c ? c->gist : (struct str){ NULL, 0 };
}

int ruling_cited(const struct pack *p, const struct ruling *r, struct arena *a,
	struct cited **ret_items, size_t *ret_n)
{
	struct cited *items;
	struct cites c;
	size_t n = 0;

	ruling_cites(p, r->bases, r->n_bases, &c);
	items = ARENA_ARRAY(a, struct cited, (size_t)c.n_cites + c.n_readings + 1);
	if (!items)
		return FAULT_MEMORY;
	for (size_t i = 0; i < c.n_cites; i++) {
		struct str number = p->cites[c.cites[i]];

		items[n++] = (struct cited){ number, clause_text(p, number) };
	}
	for (size_t i = 0; i < c.n_readings; i++) {
		const struct pack_reading *g = &p->readings[c.readings[i]];

		items[n++] = (struct cited){ g->number, g->text };
	}
	*ret_items = items;
	*ret_n = n;
	return 0;
}

struct str basis_clause(const struct pack *p, uint16_t basis)
{
	const struct pack_basis *b;

	if (basis == PACK_NONE)
		return (struct str){ NULL, 0 };
	b = pack_basis(p, basis);
	if (b->n_cites)
		return p->cites[b->cites[0]];
	return b->n_readings ? p->readings[b->readings[0]].number : (struct str){ NULL, 0 };
}

struct stairs {
	const struct pack *p;
	const struct person_facts *f;
	const struct ruling *r;
	struct arena *a;
	struct ruling_step *items;
	size_t n;
	bool bad;
};

static void step(struct stairs *s, int64_t fen, uint16_t basis, struct str zh, struct str en)
{
	BUG_IF(s->n == RULING_STEPS_MAX);
	s->bad = s->bad || !zh.p || !en.p;
	s->items[s->n++] = (struct ruling_step){ zh, en, fen, basis_clause(s->p, basis) };
}

static const char *category_standing(const struct stairs *s, const struct holding *h, bool english)
{
	if (!holding_active(h, s->f->facts.on))
		return english ? "no longer held" : "已取消";
	if (s->r->decision == RULING_ENROL && h->category == s->r->category)
		return english ? "this one counts" : "按这一种资助";
	if (pack_category_subsidy(s->p, h->category).fen == 0)
		return english ? "no subsidy goes with it" : "这一身份没有资助";
	if (s->r->decision == RULING_ENROL && s->r->category >= 0)
		return english ? "not added to the other one" : "不与另一种叠加";
	return english ? "does not count here" : "这一途径不资助";
}

static void categories(struct stairs *s)
{
	size_t active = 0;

	for (size_t i = 0; i < s->f->facts.n_holdings; i++) {
		const struct holding *h = &s->f->holdings[i];
		const struct pack_category *c = &s->p->categories[h->category];
		bool is_active = holding_active(h, s->f->facts.on);

		active += is_active;
		step(s, pack_category_subsidy(s->p, h->category).fen, c->basis,
			arena_printf(s->a, "身份：%.*s（%s）", STR_ARG(c->name),
				category_standing(s, h, false)),
			arena_printf(s->a, "Category: %.*s (%s)", STR_ARG(c->name),
				category_standing(s, h, true)));
	}
	if (active < 2)
		return;
	if (s->p->rule.overlap == OVERLAP_HIGHEST)
		step(s, STEP_NO_MONEY, s->p->rule.overlap_basis,
			STR("有几种身份的，就高不重复：只按资助最高的一种"),
			STR("Several categories: only the highest subsidy counts"));
	else
		step(s, STEP_NO_MONEY, s->p->rule.overlap_basis,
			STR("有几种身份的，按通知列明的先后只取一种"),
			STR("Several categories: one counts, in the notice's own order"));
}

/* "medical aid" of the stable code "medical_aid". */
static struct str spoken(struct arena *a, const char *code)
{
	struct str s = arena_str(a, str_of(code));

	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '_')
			((char *)(uintptr_t)s.p)[i] = ' ';
	return s.p ? s : STR("");
}

static void subsidy(struct stairs *s)
{
	const struct ruling *r = s->r;
	const struct pack_category *c;
	const char *fund;

	if (r->category < 0 || r->subsidy.fen == 0)
		return;
	c = &s->p->categories[r->category];
	fund = r->fund < 0 ? "资金来源通知未载明" : vocab_fund.words[r->fund].zh;
	step(s, -r->subsidy.fen, c->basis, arena_printf(s->a, "减去资助，由%s支付", fund),
		arena_printf(s->a, "Less the subsidy, paid by %s",
			r->fund < 0 ? "a fund the notice does not name"
				    : spoken(s->a, vocab_fund.words[r->fund].code).p));
}

static void cover(struct stairs *s)
{
	const struct pack_route *route = &s->p->routes[s->r->route];
	char from[11], to[11];

	day_text(s->r->benefit_from, from);
	day_text(s->r->benefit_to, to);
	step(s, STEP_NO_MONEY, route->basis,
		arena_printf(s->a, "%.*s：%s 至 %s 享受待遇", STR_ARG(route->name), from, to),
		arena_printf(s->a, "%.*s: covered from %s to %s", STR_ARG(route->name), from, to));
}

static void refused(struct stairs *s)
{
	const struct ruling *r = s->r;

	step(s, STEP_NO_MONEY, r->n_bases ? r->bases[0] : PACK_NONE,
		arena_printf(s->a, "现在不能缴费：%s", refusal_zh(r->refusal)),
		arena_printf(s->a, "Cannot pay now: %s", refusal_en(r->refusal)));
}

int ruling_steps(const struct pack *p, const struct person_facts *f, const struct ruling *r,
	struct arena *a, struct ruling_step **ret_items, size_t *ret_n)
{
	struct stairs s = { .p = p, .f = f, .r = r, .a = a };

	s.items = ARENA_ARRAY(a, struct ruling_step, RULING_STEPS_MAX);
	if (!s.items)
		return FAULT_MEMORY;
	if (r->decision == RULING_REFUSE) {
		categories(&s);
		refused(&s);
	} else {
		step(&s, r->standard.fen, p->individual_basis, STR("缴费标准"), STR("Standard"));
		categories(&s);
		subsidy(&s);
		step(&s, r->payable.fen, p->routes[r->route].basis,
			r->payer == PAYER_SELF ? STR("个人应缴") : STR("应缴，本人不用付"),
			r->payer == PAYER_SELF ? STR("Left to pay")
					       : STR("Due, not from the person"));
		cover(&s);
	}
	if (s.bad)
		return FAULT_MEMORY;
	*ret_items = s.items;
	*ret_n = s.n;
	return 0;
}
