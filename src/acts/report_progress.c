/* SPDX-License-Identifier: Apache-2.0 */
/* report progress, report ranking: how far each town is.  Reads sums only, never the population. */
#include <stdlib.h>

#include "acts/recent.h"
#include "acts/report.h"
#include "store/place.h"
#include "store/progress.h"

enum {
	RANK,
	TOWN,
	TARGET,
	BASE,
	ENROLLED,
	RATE,
	TODAY,
	ONLINE,
	FUNDED,
	PERSONAL,
	SUBSIDY,
	EXTENDED,
	COLUMNS
};

static const struct report_column columns[COLUMNS] = {
	[RANK] = { "rank", "名次", "Rank", REPORT_COUNT },
	[TOWN] = { "town", "乡镇", "Town", REPORT_TEXT },
	[TARGET] = { "target", "目标数", "Target", REPORT_COUNT },
	[BASE] = { "base", "参保率分母", "Rate's base", REPORT_COUNT },
	[ENROLLED] = { "enrolled", "参保人数", "Enrolled", REPORT_COUNT },
	[RATE] = { "rate", "参保率", "Rate", REPORT_RATE },
	[TODAY] = { "today", "当日新增", "That day", REPORT_COUNT },
	[ONLINE] = { "online_share", "线上占比", "Online", REPORT_RATE },
	[FUNDED] = { "funded", "全额资助", "Fully funded", REPORT_COUNT },
	[PERSONAL] = { "personal_fen", "个人缴费", "Personal", REPORT_FEN },
	[SUBSIDY] = { "subsidy_fen", "资助金额", "Subsidy", REPORT_FEN },
	[EXTENDED] = { "extended", "延期", "Extended", REPORT_TEXT },
};

/* One town's figures before they become cells. */
struct line {
	struct str name;
	int64_t code, planned, base, enrolled, measured, today, online, funded, personal_fen,
		subsidy_fen, rate;
	int64_t rank;
	bool extended;
};

struct sums {
	struct line *items;
	size_t n;
	struct places places;
	const struct pack_rate *rate; /* NULL: the pack names none; the plan is the base */
};

static struct line *line_of(struct sums *s, int64_t town)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->items[i].code == town)
			return &s->items[i];
	return NULL;
}

static bool counts_by_itself(const struct place *p, day_t on)
{
	return p->level == PLACE_TOWN && p->report_to == PLACE_SELF &&
	       (p->valid_to == DAY_NONE || p->valid_to >= on);
}

/* Towns people are counted in: those with a reporting unit of their own, in force on the day; and
 * those that `counted` names, where people were counted before the town was merged into another. */
static int make_lines(struct sums *s, struct arena *a, day_t on,
	const struct progress_town *counted, size_t n_counted)
{
	s->items = ARENA_ARRAY(a, struct line, s->places.n + n_counted + 1);
	if (!s->items)
		return FAULT_MEMORY;
	for (size_t i = 0; i < s->places.n; i++) {
		const struct place *p = &s->places.items[i];

		if (counts_by_itself(p, on))
			s->items[s->n++] = (struct line){
				.name = p->name, .code = p->code, .planned = -1, .base = -1
			};
	}
	for (size_t i = 0; i < n_counted; i++) {
		const struct place *p = place_by_code(&s->places, counted[i].town);

		if (!line_of(s, counted[i].town))
			s->items[s->n++] = (struct line){ .name = p ? p->name : STR("?"),
				.code = counted[i].town,
				.planned = -1,
				.base = -1 };
	}
	return 0;
}

static int64_t base_of(const struct sums *s, const struct target *t)
{
	switch (s->rate ? s->rate->denominator : DENOMINATOR_PLAN) {
	case DENOMINATOR_REGISTERED:
		return t->registered;
	case DENOMINATOR_RESIDENT:
		return t->resident;
	default:
		return t->planned;
	}
}

static int add_targets(
	struct sums *s, struct db *db, struct arena *a, const struct progress_scope *scope)
{
	struct target *t;
	size_t n;
	int rc = targets_load(db, a, scope->county, scope->policy, &t, &n);

	for (size_t i = 0; rc == 0 && i < n; i++) {
		struct line *l = line_of(s, t[i].division);

		if (!l)
			continue;
		l->planned = t[i].planned;
		l->base = base_of(s, &t[i]);
		l->extended = t[i].extended;
	}
	return rc;
}

static void add_counts(struct sums *s, const struct progress_town *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct line *l = line_of(s, p[i].town);

		BUG_IF(!l);
		l->enrolled = l->measured = p[i].enrolled;
		l->today = p[i].today;
		l->online = p[i].online;
		l->funded = p[i].funded;
		l->personal_fen = p[i].personal_fen;
		l->subsidy_fen = p[i].subsidy_fen;
	}
}

/* Rates that measure both schemes count employees as covered (SQ-01). */
static int add_employees(struct sums *s, struct db *db, struct arena *a,
	const struct progress_scope *scope, bool recent)
{
	struct town_count *c;
	size_t n;
	int rc;

	if (!s->rate || !s->rate->counts_employees)
		return 0;
	rc = recent ? employees_recent(db, a, scope, &c, &n)
		    : employees_by_town(db, a, scope, &c, &n);
	for (size_t i = 0; rc == 0 && i < n; i++) {
		struct line *l = line_of(s, c[i].town);

		if (l)
			l->measured += c[i].persons;
	}
	return rc;
}

struct read_call {
	const struct env *env;
	struct progress_scope scope;
	struct arena *a; /* outlives the transaction */
	bool recent;
	struct sums sums;
};

static int read_tx(struct db *db, struct arena *scratch, void *arg)
{
	struct read_call *c = arg;
	struct progress_town *counted;
	size_t n;
	int rc = places_load(db, c->a, c->env->county, &c->sums.places);

	(void)scratch;
	c->sums.n = 0;
	if (rc == 0)
		rc = c->recent ? towns_recent(db, c->a, &c->scope, &counted, &n)
			       : progress_by_town(db, c->a, &c->scope, &counted, &n);
	if (rc == 0)
		rc = make_lines(&c->sums, c->a, c->scope.on, counted, n);
	if (rc == 0)
		rc = add_targets(&c->sums, db, c->a, &c->scope);
	if (rc < 0)
		return rc;
	add_counts(&c->sums, counted, n);
	return add_employees(&c->sums, db, c->a, &c->scope, c->recent);
}

static const struct pack_rate *overall_rate(const struct pack *p)
{
	for (size_t i = 0; i < p->n_rates; i++)
		if (str_is(p->rates[i].code, "overall"))
			return &p->rates[i];
	return NULL;
}

/* By the exact share, not the rounded one: x.measured / x.base against y's. */
static int by_share(const struct line *x, const struct line *y)
{
	int64_t a, b;

	if ((x->base > 0) != (y->base > 0))
		return x->base > 0 ? -1 : 1;
	if (x->base <= 0)
		return 0;
	a = x->measured * y->base;
	b = y->measured * x->base;
	return (a < b) - (a > b);
}

static int by_rate(const void *a, const void *b)
{
	const struct line *x = a, *y = b;
	int c = by_share(x, y);

	return c ? c : (x->code > y->code) - (x->code < y->code);
}

static void rank(struct sums *s)
{
	qsort(s->items, s->n, sizeof(*s->items), by_rate);
	for (size_t i = 0; i < s->n; i++)
		s->items[i].rank = i && by_share(&s->items[i], &s->items[i - 1]) == 0
					   ? s->items[i - 1].rank
					   : (int64_t)i + 1;
}

static void fill(struct report_cell *row, const struct line *l)
{
	row[RANK].number = l->rank && l->rate != REPORT_NONE ? l->rank : REPORT_NONE;
	row[TOWN].text = l->name;
	row[TOWN].number = l->code ? l->code : REPORT_NONE;
	row[TARGET].number = l->planned < 0 ? REPORT_NONE : l->planned;
	row[BASE].number = l->base < 0 ? REPORT_NONE : l->base;
	row[ENROLLED].number = l->enrolled;
	row[RATE].number = l->rate;
	row[TODAY].number = l->today;
	row[ONLINE].number = report_rate(l->online, l->enrolled - l->funded);
	row[FUNDED].number = l->funded;
	row[PERSONAL].number = l->personal_fen;
	row[SUBSIDY].number = l->subsidy_fen;
	row[EXTENDED].text = l->extended ? STR("是") : (struct str){ NULL, 0 };
}

static void add_known(int64_t *sum, int64_t v)
{
	if (v >= 0)
		*sum = (*sum < 0 ? 0 : *sum) + v;
}

static int total_row(struct report *r, const struct sums *s)
{
	struct line t = { .name = STR("合计"), .planned = -1, .base = -1 };
	struct report_cell *row = report_row(r);

	if (!row)
		return FAULT_MEMORY;
	for (size_t i = 0; i < s->n; i++) {
		add_known(&t.planned, s->items[i].planned);
		add_known(&t.base, s->items[i].base);
		t.enrolled += s->items[i].enrolled;
		t.measured += s->items[i].measured;
		t.today += s->items[i].today;
		t.online += s->items[i].online;
		t.funded += s->items[i].funded;
		t.personal_fen += s->items[i].personal_fen;
		t.subsidy_fen += s->items[i].subsidy_fen;
	}
	t.rate = report_rate(t.measured, t.base);
	fill(row, &t);
	r->has_total = true;
	return 0;
}

static int build(const struct env *env, const struct report_request *q, struct arena *a,
	const char *name, bool ranked, struct report *ret, struct err *err)
{
	struct read_call c = { .env = env,
		.a = a,
		.recent = q->recent,
		.scope = { env->county, q->policy->pack->code, q->policy->pack->benefit_year,
			report_counted_to(q) },
		.sums = { .rate = overall_rate(q->policy->pack) } };
	int rc = store_read(env->store, read_tx, &c);

	if (rc < 0)
		return err_set(err, (enum fault)rc, "%s（%s）", fault_text(rc), store_message());
	for (size_t i = 0; i < c.sums.n; i++)
		c.sums.items[i].rate = report_rate(c.sums.items[i].measured, c.sums.items[i].base);
	if (ranked)
		rank(&c.sums);
	report_begin(ret, a, name, columns, COLUMNS);
	for (size_t i = 0; i < c.sums.n; i++) {
		struct report_cell *row = report_row(ret);

		if (!row)
			return err_set(err, FAULT_MEMORY, "%s", fault_text(FAULT_MEMORY));
		fill(row, &c.sums.items[i]);
	}
	rc = total_row(ret, &c.sums);
	return rc < 0 ? err_set(err, FAULT_MEMORY, "%s", fault_text(FAULT_MEMORY)) : 0;
}

int report_progress(const struct env *env, const struct report_request *q, struct arena *a,
	struct report *ret, struct err *err)
{
	int rc = build(env, q, a, "progress", false, ret, err);

	report_titles(ret, a, q, report_counted_to(q), "参保进度", "progress");
	return rc;
}

int report_ranking(const struct env *env, const struct report_request *q, struct arena *a,
	struct report *ret, struct err *err)
{
	int rc = build(env, q, a, "ranking", true, ret, err);

	report_titles(ret, a, q, report_counted_to(q), "参保排名", "ranking");
	return rc;
}
