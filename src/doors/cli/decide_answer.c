/* SPDX-License-Identifier: Apache-2.0 */
/* The answers of `canbao decide`. */
#include "doors/cli/decide_json.h"

static void add_key(struct buf *out, const char *key)
{
	buf_addf(out, ",\"%s\":", key);
}

static void add_text(struct buf *out, const char *key, const char *value)
{
	add_key(out, key);
	if (value)
		buf_add_json(out, str_of(value));
	else
		buf_addz(out, "null");
}

static void add_fen(struct buf *out, const char *key, struct money m)
{
	add_key(out, key);
	buf_addi(out, m.fen);
}

static void add_day(struct buf *out, const char *key, day_t day)
{
	char text[11];

	day_text(day, text);
	add_text(out, key, text);
}

static void add_cites(struct buf *out, const struct pack *p, const uint16_t *bases, size_t n)
{
	struct cites c;

	ruling_cites(p, bases, n, &c);
	buf_addz(out, ",\"cites\":[");
	for (size_t i = 0; i < c.n_cites; i++) {
		buf_addz(out, i ? "," : "");
		buf_add_json(out, p->cites[c.cites[i]]);
	}
	buf_addz(out, "]");
	if (c.n_readings) {
		buf_addz(out, ",\"assumptions\":[");
		for (size_t i = 0; i < c.n_readings; i++) {
			buf_addz(out, i ? "," : "");
			buf_add_json(out, p->readings[c.readings[i]].number);
		}
		buf_addz(out, "]");
	}
}

static void answer_enrol(const struct decide_line *l, struct buf *out)
{
	const struct pack *p = l->pack;
	struct ruling r;

	decide_enrol(p, &l->facts, &r);
	if (r.decision == RULING_REFUSE) {
		add_text(out, "decision", "refuse");
		add_text(out, "reason", refusal_code(r.refusal));
		add_cites(out, p, r.bases, r.n_bases);
		return;
	}
	add_text(out, "decision", "enrol");
	add_text(out, "route", p->routes[r.route].code.p);
	if (p->has_tiers)
		add_text(out, "tier", p->tiers[r.tier].code.p);
	add_text(out, "category", r.category < 0 ? NULL : p->categories[r.category].code.p);
	add_fen(out, "standard_fen", r.standard);
	add_fen(out, "subsidy_fen", r.subsidy);
	add_fen(out, "payable_fen", r.payable);
	add_text(out, "payer", vocab_payer.words[r.payer].code);
	add_text(out, "fund", r.fund < 0 ? NULL : vocab_fund.words[r.fund].code);
	add_day(out, "benefit_from", r.benefit_from);
	add_day(out, "benefit_to", r.benefit_to);
	add_cites(out, p, r.bases, r.n_bases);
}

static void answer_refund(const struct decide_line *l, struct buf *out)
{
	struct refund_ruling r;

	decide_refund(l->pack, &l->refund, &r);
	switch (r.decision) {
	case REFUND_REFUSE:
		add_text(out, "decision", "refuse");
		add_text(out, "reason", refund_refusal_code(r.refusal));
		break;
	case REFUND_PAY:
		add_text(out, "decision", "refund");
		add_fen(out, "refund_fen", r.amount);
		break;
	case REFUND_REIMBURSE: {
		char text[11];

		add_text(out, "decision", "reimburse");
		add_fen(out, "reimburse_fen", r.amount);
		day_text(r.month, text);
		buf_addf(out, ",\"month\":\"%.7s\"", text);
		add_text(out, "to", "one_card");
		break;
	}
	}
	add_cites(out, l->pack, r.bases, r.n_bases);
}

void decide_line_answer(const struct decide_line *l, struct buf *out)
{
	buf_addz(out, "{\"id\":");
	if (l->has_id)
		buf_add_json(out, l->id);
	else
		buf_addz(out, "null");
	if (l->reason) {
		add_text(out, "decision", "error");
		add_text(out, "field", l->field);
		add_text(out, "reason", l->reason);
	} else {
		add_text(out, "policy", l->pack->code.p);
		if (l->op == DECIDE_ENROL)
			answer_enrol(l, out);
		else
			answer_refund(l, out);
	}
	buf_addz(out, "}\n");
}
