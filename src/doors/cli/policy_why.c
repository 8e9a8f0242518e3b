/* SPDX-License-Identifier: Apache-2.0 */
/* canbao policy why: one line of decide's input, and why it comes out as it does. */
#include <stdlib.h>

#include "doors/cli/decide_json.h"
#include "doors/cli/policy.h"
#include "rules/ledger.h"

static void add_english(struct buf *out, const struct ruling *r, const struct pack *p)
{
	buf_addf(out, "(en) route %s; standard %lld fen, subsidy %lld fen, to pay %lld fen by %s\n",
		p->routes[r->route].code.p, (long long)r->standard.fen, (long long)r->subsidy.fen,
		(long long)r->payable.fen, vocab_payer.words[r->payer].code);
}

/* Each category held: does it count, and for how much. */
static void add_holdings(struct buf *out, const struct pack *p, const struct facts *f, int winner)
{
	for (size_t i = 0; i < f->n_holdings; i++) {
		const struct holding *h = &f->holdings[i];

		buf_addf(out, "  %s：%s，资助 ", p->categories[h->category].name.p,
			holding_active(h, f->on) ? "在册" : "不在册");
		policy_add_money(out, pack_category_subsidy(p, h->category));
		buf_addz(out, (int)h->category == winner ? "，按它资助\n" : "\n");
	}
}

/* The clauses cited, with the ledger's line about each. */
static void add_clauses(struct buf *out, const struct pack *p, const uint16_t *bases, size_t n)
{
	struct cites c;

	ruling_cites(p, bases, n, &c);
	for (size_t i = 0; i < c.n_cites; i++) {
		const struct ledger_clause *clause = ledger_clause(p->ledger, p->cites[c.cites[i]]);

		buf_addf(out, "  %s  %.*s\n", p->cites[c.cites[i]].p,
			clause ? (int)clause->gist.n : 0, clause ? clause->gist.p : "");
	}
	for (size_t i = 0; i < c.n_readings; i++) {
		const struct pack_reading *r = &p->readings[c.readings[i]];

		buf_addf(out, "  解释%s  %s（%s，%s）\n", r->number.p, r->text.p, r->author.p,
			vocab_reading.words[r->state].zh);
	}
}

static void why_enrol(struct buf *out, const struct pack *p, const struct facts *f)
{
	struct ruling r;

	decide_enrol(p, f, &r);
	if (r.decision == RULING_REFUSE) {
		buf_addf(out, "不予参保：%s\n(en) refused: %s\n", refusal_zh(r.refusal),
			refusal_en(r.refusal));
	} else {
		buf_addf(out, "可以参保，途径：%s\n", p->routes[r.route].name.p);
		buf_addz(out, "标准 ");
		policy_add_money(out, r.standard);
		buf_addz(out, "，资助 ");
		policy_add_money(out, r.subsidy);
		buf_addz(out, "，应缴 ");
		policy_add_money(out, r.payable);
		buf_addf(out, "，由%s付", vocab_payer.words[r.payer].zh);
		if (r.fund >= 0)
			buf_addf(out, "；资助由%s出", vocab_fund.words[r.fund].zh);
		buf_addz(out, "\n待遇 ");
		policy_add_day(out, r.benefit_from);
		buf_addz(out, " 至 ");
		policy_add_day(out, r.benefit_to);
		buf_addz(out, "；这个价格在 ");
		policy_add_day(out, r.pay_from);
		buf_addz(out, " 至 ");
		policy_add_day(out, r.pay_to);
		buf_addz(out, " 缴费有效\n");
		add_english(out, &r, p);
	}
	if (f->n_holdings)
		buf_addz(out, "身份：\n");
	add_holdings(out, p, f, r.category);
	buf_addz(out, "依据：\n");
	add_clauses(out, p, r.bases, r.n_bases);
}

static void why_refund(struct buf *out, const struct pack *p, const struct refund_facts *f)
{
	struct refund_ruling r;

	decide_refund(p, f, &r);
	if (r.decision == REFUND_REFUSE) {
		buf_addf(out, "不予退费：%s\n(en) refused: %s\n", refund_refusal_zh(r.refusal),
			refund_refusal_en(r.refusal));
	} else {
		buf_addz(out, r.decision == REFUND_PAY ? "退费 " : "次月打入一卡通 ");
		policy_add_money(out, r.amount);
		buf_addf(out, "\n(en) %s %lld fen\n",
			r.decision == REFUND_PAY ? "refund" : "reimburse", (long long)r.amount.fen);
	}
	buf_addz(out, "依据：\n");
	add_clauses(out, p, r.bases, r.n_bases);
}

int policy_why(struct cli *c, const struct pack *p, const char *line)
{
	const struct pack *items[] = { p };
	const struct packs packs = { .items = items, .n = 1 };
	struct decide_line *l = calloc(1, sizeof(*l));
	struct buf out;
	int status;

	if (!l)
		return cli_fail(c, "内存不足", "out of memory");
	l->packs = &packs;
	buf_init(&out, 1 << 20);
	if (!decide_line_read(l, str_of(line))) {
		status = cli_fail(c, "%s：%s", "%s: %s", l->field, l->reason);
		buf_release(&out);
	} else {
		if (l->op == DECIDE_ENROL)
			why_enrol(&out, p, &l->facts);
		else
			why_refund(&out, p, &l->refund);
		status = policy_flush(c, &out);
	}
	decide_line_release(l);
	free(l);
	return status;
}
