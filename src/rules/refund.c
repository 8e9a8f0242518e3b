/* SPDX-License-Identifier: Apache-2.0 */
/* What money goes back, in the contract's order of refusals. */
#include "rules/decide.h"

static void add(struct refund_ruling *r, uint16_t basis)
{
	BUG_IF(r->n_bases == RULING_BASES_MAX);
	if (basis != PACK_NONE)
		r->bases[r->n_bases++] = basis;
}

static void refuse(struct refund_ruling *r, enum refund_refusal refusal, uint16_t basis)
{
	*r = (struct refund_ruling){
		.decision = REFUND_REFUSE, .refusal = refusal, .category = -1, .month = DAY_NONE
	};
	add(r, basis);
}

static bool evidence_missing(const struct pack_refund *rule, uint32_t evidence)
{
	return (evidence & rule->evidence_all) != rule->evidence_all ||
	       (rule->evidence_any && !(evidence & rule->evidence_any));
}

/* The highest newly certified category; equal amounts: the earliest certified, then the pack's
 * order. */
struct newest {
	const struct holding *best;
	int64_t subsidy;
	bool too_late; /* one was certified after the rule's last day */
};

static struct newest newly_certified(
	const struct pack *p, const struct pack_refund *rule, const struct refund_facts *f)
{
	struct newest n = { 0 };

	for (size_t i = 0; i < f->n_holdings; i++) {
		const struct holding *h = &f->holdings[i];
		int64_t subsidy = pack_category_subsidy(p, h->category).fen;

		if (!holding_active(h, f->on) || subsidy == 0 || h->certified <= f->paid_on)
			continue;
		if (rule->certified_by != DAY_NONE && h->certified > rule->certified_by) {
			n.too_late = true;
			continue;
		}
		if (!n.best || subsidy > n.subsidy ||
			(subsidy == n.subsidy &&
				(h->certified < n.best->certified ||
					(h->certified == n.best->certified &&
						h->category < n.best->category)))) {
			n.best = h;
			n.subsidy = subsidy;
		}
	}
	return n;
}

static int64_t due_back(const struct pack *p, const struct pack_refund *rule,
	const struct refund_facts *f, const struct newest *n)
{
	switch (rule->amount) {
	case REFUND_ALL:
		return f->paid.fen;
	case REFUND_PAID_LESS_DUE:
		return f->paid.fen - (pack_individual(p).fen - n->subsidy);
	case REFUND_SUBSIDY:
		return n->subsidy < f->paid.fen ? n->subsidy : f->paid.fen;
	}
	BUG_IF(true);
}

static bool refuse_by_terms(const struct pack *p, const struct pack_refund *rule,
	const struct refund_facts *f, const struct newest *n, struct refund_ruling *r)
{
	bool by_category = rule->amount != REFUND_ALL;

	if (rule->not_stated)
		refuse(r, REFUND_REFUSAL_NOT_STATED, rule->basis);
	else if (!rule->provided)
		refuse(r, REFUND_REFUSAL_NOT_PROVIDED, rule->basis);
	else if (rule->once_subsidised && f->subsidised_before)
		refuse(r, REFUND_REFUSAL_ALREADY_SUBSIDISED, rule->subsidised_basis);
	else if (evidence_missing(rule, f->evidence))
		refuse(r, REFUND_REFUSAL_EVIDENCE_MISSING, rule->basis);
	else if ((rule->apply_by != DAY_NONE && f->on > rule->apply_by) ||
		 (rule->died_by != DAY_NONE && f->died > rule->died_by) ||
		 (by_category && !n->best && n->too_late))
		refuse(r, REFUND_REFUSAL_BENEFITS_STARTED, rule->basis);
	else if ((by_category && !n->best) || due_back(p, rule, f, n) <= 0)
		refuse(r, REFUND_REFUSAL_NOTHING_DUE, rule->basis);
	else
		return false;
	return true;
}

void decide_refund(
	const struct pack *p, const struct refund_facts *f, struct refund_ruling *ret_ruling)
{
	const struct pack_refund *rule = &p->refunds[f->reason];
	struct newest n = { 0 };
	struct refund_ruling r = { .category = -1, .month = DAY_NONE };

	BUG_IF(f->paid_on > f->on || (f->reason == REFUND_DEATH) != (f->died != DAY_NONE));
	if (rule->provided && rule->amount != REFUND_ALL)
		n = newly_certified(p, rule, f);
	if (refuse_by_terms(p, rule, f, &n, ret_ruling))
		return;
	r.decision = rule->one_card ? REFUND_REIMBURSE : REFUND_PAY;
	r.amount.fen = due_back(p, rule, f, &n);
	BUG_IF(r.amount.fen <= 0 || r.amount.fen > f->paid.fen);
	add(&r, rule->basis);
	if (n.best) {
		r.category = (int8_t)n.best->category;
		r.month = rule->one_card ? day_next_month(n.best->certified) : DAY_NONE;
		add(&r, p->categories[n.best->category].basis);
	}
	*ret_ruling = r;
}
