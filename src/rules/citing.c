/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/citing.h"

#include "base/err.h"

struct list {
	struct arena *a;
	struct citing_rule *items;
	size_t n, cap;
	bool bad;
};

static void add(struct list *l, const char *kind, struct str name, uint16_t basis)
{
	struct citing_rule *more;

	if (basis == PACK_NONE || l->bad)
		return;
	more = arena_grow(l->a, l->items, l->n, &l->cap, sizeof(*more));
	if (!more) {
		l->bad = true;
		return;
	}
	l->items = more;
	l->items[l->n] = (struct citing_rule){
		name.n ? arena_printf(l->a, "%s：%.*s", kind, STR_ARG(name)) : str_of(kind), basis
	};
	l->bad = !l->items[l->n++].name.p;
}

static void add_money(struct list *l, const struct pack *p)
{
	add(l, "待遇期", STR(""), p->benefit_basis);
	add(l, "标准", STR("个人缴费"), p->individual_basis);
	add(l, "标准", STR("财政补助"), p->fiscal_basis);
	for (size_t i = 0; i < p->n_tiers; i++)
		if (p->has_tiers)
			add(l, "档次", p->tiers[i].name, p->tiers[i].basis);
	for (size_t i = 0; i < p->n_categories; i++) {
		add(l, "身份", p->categories[i].name, p->categories[i].basis);
		if (p->categories[i].fund_basis != p->categories[i].basis)
			add(l, "资金", p->categories[i].name, p->categories[i].fund_basis);
	}
	add(l, "多重身份", STR(""), p->rule.overlap_basis);
	add(l, "身份时点", STR(""), p->rule.identity_basis_cite);
	add(l, "资助截止", STR(""), p->rule.last_day_basis);
	add(l, "身份变化", STR(""), p->rule.change_basis);
	add(l, "异地参保资助", STR(""), p->rule.elsewhere_basis);
	add(l, "全额资助", STR(""), p->rule.full_basis);
	for (size_t i = 0; i < REFUND_REASON_COUNT; i++)
		if (p->refunds[i].provided || p->refunds[i].not_stated)
			add(l, "退费", str_of(vocab_refund_reason.words[i].zh),
				p->refunds[i].basis);
}

static void add_ways_in(struct list *l, const struct pack *p)
{
	for (size_t i = 0; i < p->n_belongings; i++)
		add(l, "属地", STR(""), p->belongings[i].basis);
	add(l, "职工不在参保范围", STR(""), p->employees_basis);
	add(l, "外地就读大中专学生", STR(""), p->college_basis);
	for (size_t i = 0; i < p->n_routes; i++)
		add(l, "途径", p->routes[i].name, p->routes[i].basis);
	add(l, "每月缴费日", STR(""), p->pay_days_basis);
	if (p->wait.used)
		add(l, "等待期", STR(""), p->wait.basis);
	for (size_t i = 0; i < p->n_channels; i++)
		add(l, "渠道", p->channels[i].name, p->channels[i].basis);
}

static void add_goals(struct list *l, const struct pack *p)
{
	add(l, "目标", STR(""), p->target_basis);
	for (size_t i = 0; i < p->n_assignments; i++)
		add(l, "归口", p->assignments[i].unit_name, p->assignments[i].basis);
	for (size_t i = 0; i < p->n_rates; i++)
		add(l, "参保率", p->rates[i].name, p->rates[i].basis);
	for (size_t i = 0; i < p->n_stages; i++)
		add(l, "阶段", p->stages[i].name, p->stages[i].basis);
	add(l, "考核截止", STR(""), p->assessment_basis);
	if (p->work_fund.used)
		add(l, "工作经费", STR(""), p->work_fund.basis);
	for (size_t i = 0; i < p->n_awards; i++)
		add(l, "奖励", p->awards[i].name, p->awards[i].basis);
	for (size_t i = 0; i < p->n_reports; i++)
		add(l, "报表", p->reports[i].name, p->reports[i].basis);
	for (size_t i = 0; i < p->n_deadlines; i++)
		add(l, "期限", p->deadlines[i].name, p->deadlines[i].basis);
	for (size_t i = 0; i < p->n_practices; i++)
		add(l, "惯例", p->practices[i].text, p->practices[i].basis);
}

int citing_rules(
	const struct pack *p, struct arena *a, struct citing_rule **ret_items, size_t *ret_n)
{
	struct list l = { .a = a };

	add_money(&l, p);
	add_ways_in(&l, p);
	add_goals(&l, p);
	if (l.bad)
		return FAULT_MEMORY;
	*ret_items = l.items;
	*ret_n = l.n;
	return 0;
}

bool citing_clause(
	const struct pack *p, const struct citing_rule *r, const struct ledger_clause *clause)
{
	const struct pack_basis *b = pack_basis(p, r->basis);

	for (size_t i = 0; i < b->n_cites; i++)
		if (ledger_clause(p->ledger, p->cites[b->cites[i]]) == clause)
			return true;
	return false;
}

/* Does 未编码 name this clause? */
static bool uncoded(const struct pack *p, struct str clause)
{
	for (size_t i = 0; i < p->n_uncoded; i++)
		if (str_eq(p->uncoded[i], clause))
			return true;
	return false;
}

size_t citing_left_out(const struct pack *p,
	void (*fn)(void *ctx, const struct ledger_clause *clause, const struct figure *f),
	void *ctx)
{
	size_t n = 0;

	for (size_t i = 0; p->ledger && i < p->ledger->n_clauses; i++) {
		const struct ledger_clause *clause = &p->ledger->clauses[i];

		for (size_t k = 0; k < clause->n_figures; k++) {
			const struct figure *f = &clause->figures[k];

			if (p->seen[f->id] || uncoded(p, clause->number))
				continue;
			n++;
			if (fn)
				fn(ctx, clause, f);
		}
	}
	return n;
}
