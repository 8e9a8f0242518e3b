/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/quote_resident.h"

#include "acts/take_payment.h"
#include "store/dossier.h"
#include "store/person.h"

static const char *const state_codes[] = {
#define X(name, code) code,
	QUOTE_STATES(X)
#undef X
};

static const struct {
	const char *code, *zh, *en;
} todos[TODO_COUNT] = {
#define X(name, code, zh, en) { code, zh, en },
	TODOS(X)
#undef X
};

const char *quote_state_code(enum quote_state s)
{
	BUG_IF(s >= ARRAY_LEN(state_codes));
	return state_codes[s];
}

const char *todo_code(enum todo t)
{
	BUG_IF(t >= TODO_COUNT);
	return todos[t].code;
}

const char *todo_zh(enum todo t)
{
	BUG_IF(t >= TODO_COUNT);
	return todos[t].zh;
}

const char *todo_en(enum todo t)
{
	BUG_IF(t >= TODO_COUNT);
	return todos[t].en;
}

static enum todo todo_by_code(const char *code)
{
	for (size_t i = 0; i < TODO_COUNT; i++)
		if (str_is(str_of(code), todos[i].code))
			return (enum todo)i;
	return TODO_NOT_STATED;
}

/* Names of the routes that can still be open on `on` to somebody who brings what they need. */
static struct str later_routes(const struct pack *p, day_t on, struct arena *a)
{
	struct buf b;
	struct str s;

	buf_init(&b, 2048);
	for (size_t i = 0; i < p->n_routes; i++) {
		const struct pack_route *r = &p->routes[i];

		if ((int)i == p->regular || r->not_stated || on > p->closes[i])
			continue;
		if (b.n)
			buf_addz(&b, "、");
		buf_add(&b, r->name);
	}
	s = arena_str(a, buf_str(&b));
	buf_release(&b);
	return s;
}

/* The table's sentence, with the season's days where they help. */
static int say_todo(const struct pack *p, enum todo t, day_t on, struct arena *a, struct quote *q)
{
	char from[11], to[11];
	struct str later;

	q->todo_zh = str_of(todo_zh(t));
	q->todo_en = str_of(todo_en(t));
	if (t != TODO_BEFORE_WINDOW && t != TODO_OUTSIDE_WINDOW)
		return 0;
	day_text(p->regular_window.from, from);
	day_text(p->regular_window.to, to);
	later = t == TODO_OUTSIDE_WINDOW ? later_routes(p, on, a) : STR("");
	q->todo_zh = arena_printf(a, "%s（集中缴费期 %s 至 %s）%s%.*s", todo_zh(t), from, to,
		later.n ? "：" : "", STR_ARG(later));
	q->todo_en = arena_printf(a, "%s (payment window %s to %s)%s%.*s", todo_en(t), from, to,
		later.n ? ": " : "", STR_ARG(later));
	return later.p && q->todo_zh.p && q->todo_en.p ? 0 : FAULT_MEMORY;
}

static int refuse(struct quote *q, const struct pack *p, const char *code, const char *zh,
	const char *en, day_t on, struct arena *a)
{
	q->state = QUOTE_REFUSED;
	q->reason = code;
	q->reason_zh = zh;
	q->reason_en = en;
	return say_todo(p, todo_by_code(code), on, a, q);
}

/* What was decided when the person enrolled, as a ruling: the steps and clauses of today's would be
 * another day's. */
static void ruling_of(const struct pack *p, const struct quote_enrolment *e, struct ruling *ret)
{
	int route = pack_route_by_code(p, e->route), payer = vocab_code(&vocab_payer, e->payer);
	int category = e->category.n ? pack_category_by_code(p, e->category) : -1;

	BUG_IF(route < 0);
	*ret = (struct ruling){ .decision = RULING_ENROL,
		.route = (int8_t)route,
		.category = (int8_t)category,
		.fund = category < 0 ? -1 : p->categories[category].fund,
		.payer = payer < 0 ? PAYER_SELF : (uint8_t)payer,
		.standard = { e->standard_fen },
		.subsidy = { e->subsidy_fen },
		.payable = { e->personal_fen },
		.benefit_from = e->benefit_from,
		.benefit_to = e->benefit_to };
	if (category >= 0)
		ret->bases[ret->n_bases++] = p->categories[category].basis;
	ret->bases[ret->n_bases++] = p->routes[route].basis;
}

static void say_figures(struct quote *q, const struct pack *p)
{
	const struct ruling *r = &q->ruling;

	q->priced = true;
	q->standard_fen = r->standard.fen;
	q->subsidy_fen = r->subsidy.fen;
	q->payable_fen = r->payable.fen;
	q->payer = vocab_payer.words[r->payer].code;
	if (r->category >= 0)
		q->category = p->categories[r->category].name;
	q->route = p->routes[r->route].name;
	q->benefit_from = r->benefit_from;
	q->benefit_to = r->benefit_to;
}

static int say_enrolled(
	struct quote *q, const struct pack *p, const struct quote_enrolment *e, struct arena *a)
{
	struct cited *cites;
	int rc = 0;

	q->state = e->personal_fen == 0 ? QUOTE_FUNDED : QUOTE_ENROLLED;
	if (pack_route_by_code(p, e->route) >= 0) {
		ruling_of(p, e, &q->ruling);
		say_figures(q, p);
		q->ruled = true;
		rc = ruling_cited(p, &q->ruling, a, &cites, &q->n_cites);
		q->cites = rc == 0 ? cites : NULL;
	}
	return rc < 0 ? rc : say_todo(p, TODO_ENROLLED, DAY_NONE, a, q);
}

/* Did any insurance reach into the year before the benefits? */
static bool covered_before(const struct pack *p, const struct dossier *d)
{
	day_t from = day_add(p->benefit.from, (struct span){ -12, SPAN_MONTH });

	for (size_t i = 0; i < d->n_coverages; i++) {
		const struct dossier_coverage *c = &d->coverages[i];

		if (c->since < p->benefit.from && (c->ended == DAY_NONE || c->ended > from))
			return true;
	}
	return false;
}

static int say_price(struct quote *q, const struct pack *p, bool before, day_t on, struct arena *a)
{
	const struct ruling *r = &q->ruling;

	say_figures(q, p);
	q->benefits_soon = r->benefit_from > on + 2 && r->benefit_from != p->benefit.from;
	if (r->payable.fen == 0) {
		q->state = QUOTE_FUNDED;
		return say_todo(p, TODO_FUNDED, on, a, q);
	}
	bill_number_make(p->benefit_year, q->person, q->bill);
	q->state = before ? QUOTE_RENEW : QUOTE_FIRST;
	return say_todo(p, before ? TODO_RENEW : TODO_FIRST, on, a, q);
}

static int by_rule(struct quote *q, const struct pack *p, bool before, day_t on, struct arena *a)
{
	enum refusal why = q->facts.too_many ? REFUSAL_NOT_STATED : q->ruling.refusal;
	struct cited *cites;
	int rc;

	q->ruled = !q->facts.too_many;
	if (q->ruled) {
		rc = ruling_cited(p, &q->ruling, a, &cites, &q->n_cites);
		if (rc < 0)
			return rc;
		q->cites = cites;
	}
	if (!q->ruled || q->ruling.decision == RULING_REFUSE)
		return refuse(q, p, refusal_code(why), refusal_zh(why), refusal_en(why), on, a);
	return say_price(q, p, before, on, a);
}

int quote_person_in(struct db *db, struct arena *a, const struct env *env,
	const struct policy *policy, int64_t person, struct quote *ret_quote)
{
	const struct pack *p = policy->pack;
	struct dossier_scope scope = {
		.county = env->county, .policy = p->code, .benefit_year = p->benefit_year
	};
	struct dossier_key key = { .person = person };
	struct quote_enrolment e;
	struct dossier *d;
	bool now, before;
	int rc = dossier_load(db, a, &scope, &key, 1, &d);

	if (rc == 0)
		rc = quote_enrolment(
			db, a, env->county, p->benefit_year, person, &e, &now, &before);
	if (rc < 0)
		return rc;
	if (d->person == 0)
		return FAULT_MISSING;
	*ret_quote = (struct quote){
		.person = person, .name = d->name, .benefit_from = DAY_NONE, .benefit_to = DAY_NONE
	};
	if (d->died_on != DAY_NONE && !now)
		return refuse(ret_quote, p, suspense_code(SUSPENSE_DECEASED), "登记为已去世",
			"registered as deceased", env->today, a);
	if (d->elsewhere)
		return refuse(ret_quote, p, suspense_code(SUSPENSE_ENROLLED_ELSEWHERE),
			suspense_zh(SUSPENSE_ENROLLED_ELSEWHERE),
			suspense_en(SUSPENSE_ENROLLED_ELSEWHERE), env->today, a);
	rc = person_rule(
		db, a, env->county, p, d, env->today, &ret_quote->facts, &ret_quote->ruling);
	if (rc < 0)
		return rc;
	return now ? say_enrolled(ret_quote, p, &e, a)
		   : by_rule(ret_quote, p, before || covered_before(p, d), env->today, a);
}

void quote_nobody(struct quote *ret_quote)
{
	*ret_quote = (struct quote){ .state = QUOTE_NEW,
		.benefit_from = DAY_NONE,
		.benefit_to = DAY_NONE,
		.todo_zh = str_of(todo_zh(TODO_NEW)),
		.todo_en = str_of(todo_en(TODO_NEW)) };
}
