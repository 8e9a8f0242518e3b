/* SPDX-License-Identifier: Apache-2.0 */
/* Money back (退费): which reasons, with what evidence, until when, how much. */
#include "rules/pack_read.h"

static void read_amount(struct pack_reader *r, const struct ynode *n, struct pack_refund *f)
{
	struct str s = rd_text(r, n);

	if (str_is(s, "全部已缴"))
		f->amount = REFUND_ALL;
	else if (str_is(s, "已缴 - 新应缴"))
		f->amount = REFUND_PAID_LESS_DUE;
	else if (str_is(s, "资助额"))
		f->amount = REFUND_SUBSIDY;
	else if (n)
		diag_error(r->d, n->mark,
			"金额应写 全部已缴、已缴 - 新应缴 或 资助额 / one of these three");
}

/* One line, for all the reasons it names. */
static void read_refund(struct pack_reader *r, const struct ynode *n, uint32_t *done)
{
	static const char *const keys[] = { "!事由", "证明", "证明任一", "申请早于", "申请不晚于",
		"死亡早于", "死亡不晚于", "认定早于", "认定不晚于", "金额", "方式", "已资助",
		"处理", "依据", "解释", NULL };
	struct pack_refund f = { .provided = true };
	uint32_t reasons = rd_words(r, ynode_get(n, "事由"), &vocab_refund_reason);
	const struct ynode *deal = ynode_get(n, "处理"), *way = ynode_get(n, "方式");
	const struct ynode *subsidised = ynode_get(n, "已资助");

	rd_keys(r, n, keys);
	f.basis = f.subsidised_basis = rd_basis(r, n, PACK_NONE);
	f.evidence_all = rd_words(r, ynode_get(n, "证明"), &vocab_evidence);
	f.evidence_any = rd_words(r, ynode_get(n, "证明任一"), &vocab_evidence);
	f.apply_by = rd_last_day(r, n, "申请早于", "申请不晚于", f.basis);
	f.died_by = rd_last_day(r, n, "死亡早于", "死亡不晚于", f.basis);
	f.certified_by = rd_last_day(r, n, "认定早于", "认定不晚于", f.basis);
	read_amount(r, ynode_get(n, "金额"), &f);
	f.one_card = way && str_is(rd_text(r, way), "次月打入一卡通");
	if (way && !f.one_card)
		diag_error(r->d, way->mark, "方式只能写“次月打入一卡通” / only 次月打入一卡通");
	f.once_subsidised = subsidised && str_is(rd_text(r, subsidised), "不退不补");
	if (subsidised && !f.once_subsidised)
		diag_error(r->d, subsidised->mark, "已资助只能写“不退不补” / only 不退不补");
	if (deal) {
		f.provided = false;
		f.not_stated = str_is(rd_text(r, deal), "未载明");
		if (!f.not_stated && !str_is(deal->text, "不退"))
			diag_error(r->d, deal->mark, "处理只能写“不退”或“未载明” / 不退 or 未载明");
	} else if (!ynode_get(n, "金额")) {
		diag_error(r->d, n->mark, "要写“金额”或“处理” / 金额 or 处理 is needed");
	}
	if (reasons & *done)
		diag_error(r->d, n->mark, "这个事由前面写过 / a reason is given twice");
	*done |= reasons;
	for (size_t i = 0; i < REFUND_REASON_COUNT; i++)
		if (reasons & 1u << i)
			r->p->refunds[i] = f;
}

void pack_read_refunds(struct pack_reader *r, const struct ynode *root)
{
	const struct ynode *n = ynode_get(root, "退费");
	size_t count = rd_list(r, n, PACK_LIST_MAX);
	uint32_t done = 0;

	for (size_t i = 0; i < count; i++)
		read_refund(r, n->items[i], &done);
	for (size_t i = 0; i < REFUND_REASON_COUNT; i++)
		if (!(done & 1u << i))
			diag_error(r->d, n ? n->mark : root->mark,
				"退费没有写“%s”（可写 处理: 不退 或 未载明） / this reason is missing",
				vocab_refund_reason.words[i].zh);
}
