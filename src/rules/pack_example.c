/* SPDX-License-Identifier: Apache-2.0 */
/* The worked examples of a pack (例), run each time it is loaded: an enrolment, or money asked
 * back. */
#include "rules/decide.h"
#include "rules/pack_read.h"

#define EXAMPLE_LIST_MAX 16
#define LONG_AGO "1901-01-01"

struct example {
	struct pack_reader *r;
	const struct ynode *node;
	struct holding holdings[EXAMPLE_LIST_MAX];
	struct happening happenings[EXAMPLE_LIST_MAX];
};

static day_t day_or(struct example *e, const char *key, const char *otherwise)
{
	day_t day = rd_day(e->r, ynode_get(e->node, key), PACK_NONE);

	if (day == DAY_NONE && otherwise)
		BUG_IF(!day_parse(str_of(otherwise), &day));
	return day;
}

static bool local_or(struct example *e, const char *key, bool otherwise)
{
	int k = rd_local(e->r, ynode_get(e->node, key));

	return k < 0 ? otherwise : k == 1;
}

/* 身份: codes, or { 代码, 认定, 终止 }. */
static size_t read_holdings(struct example *e)
{
	static const char *const keys[] = { "!代码", "认定", "终止", NULL };
	const struct ynode *n = ynode_get(e->node, "身份");
	size_t count = 0;

	for (size_t i = 0; i < rd_items(n) && count < EXAMPLE_LIST_MAX; i++) {
		const struct ynode *item = rd_item(n, i), *code = item;
		struct holding *h = &e->holdings[count];
		int c;

		if (item->kind == YNODE_MAP) {
			rd_keys(e->r, item, keys);
			code = ynode_get(item, "代码");
		}
		c = pack_category_by_code(e->r->p, rd_text(e->r, code));
		if (c < 0) {
			diag_error(e->r->d, item->mark, "没有这个身份代码 / no such category");
			continue;
		}
		h->category = (uint8_t)c;
		h->certified = rd_day(e->r, ynode_get(item, "认定"), PACK_NONE);
		h->ended = rd_day(e->r, ynode_get(item, "终止"), PACK_NONE);
		if (h->certified == DAY_NONE)
			BUG_IF(!day_parse(STR(LONG_AGO), &h->certified));
		count++;
	}
	return count;
}

/* 情况: [ { 类别: 职工医保中断, 日期: …, 月数: 24, 首次: 是 } ] */
static size_t read_happenings(struct example *e)
{
	static const char *const keys[] = { "!类别", "日期", "月数", "首次", NULL };
	const struct ynode *n = ynode_get(e->node, "情况");
	size_t count = rd_list(e->r, n, EXAMPLE_LIST_MAX);

	for (size_t i = 0; i < count; i++) {
		const struct ynode *item = n->items[i];
		int kind = rd_word(e->r, ynode_get(item, "类别"), &vocab_circumstance);

		rd_keys(e->r, item, keys);
		e->happenings[i] = (struct happening){
			.on = rd_day(e->r, ynode_get(item, "日期"), PACK_NONE),
			.months = (int32_t)rd_number(e->r, ynode_get(item, "月数"), "", 1200),
			.kind = (uint8_t)(kind < 0 ? 0 : kind),
			.first = rd_yes(e->r, ynode_get(item, "首次")),
		};
	}
	return count;
}

static struct facts read_facts(struct example *e)
{
	const struct ynode *n = e->node, *tier = ynode_get(n, "档次");
	int document = rd_word(e->r, ynode_get(n, "证件"), &vocab_document);
	int student = rd_word(e->r, ynode_get(n, "学段"), &vocab_student);
	int t = tier ? pack_tier_by_code(e->r->p, rd_text(e->r, tier)) : 0;
	struct facts f = {
		.on = day_or(e, "缴费日", NULL),
		.birth = day_or(e, "出生", "1980-01-01"),
		.resident_since = day_or(e, "居住起", NULL),
		.holdings = e->holdings,
		.happenings = e->happenings,
		.registered = local_or(e, "户籍", true),
		.resident = local_or(e, "常住", true),
		.student_here = local_or(e, "就学", true),
		.document = (uint8_t)(document < 0 ? DOCUMENT_CITIZEN_ID : document),
		.student = (uint8_t)(student < 0 ? STUDENT_NONE : student),
		.employee_insured = rd_yes(e->r, ynode_get(n, "职工医保")),
		.town_extended = rd_yes(e->r, ynode_get(n, "镇延期")),
		.working = rd_yes(e->r, ynode_get(n, "就业")),
		.missed_years = (uint8_t)rd_number(e->r, ynode_get(n, "断保年数"), "", 99),
		.repaired_years = (uint8_t)rd_number(e->r, ynode_get(n, "补缴年数"), "", 99),
		.pay_years = (uint8_t)rd_number(e->r, ynode_get(n, "缴费年数"), "", PACK_YEARS_MAX),
		.tier = (uint8_t)(t < 0 ? 0 : t),
	};

	f.n_holdings = (uint16_t)read_holdings(e);
	f.n_happenings = (uint16_t)read_happenings(e);
	if (t < 0)
		diag_error(e->r->d, tier->mark, "没有这个档次 / no such tier");
	if (f.birth > f.on || f.repaired_years > f.missed_years || f.pay_years > e->r->p->n_years)
		diag_error(e->r->d, n->mark,
			"例里的日期或年数不合：出生晚于缴费、补缴多于断保或缴费年数过多 / the example's "
			"dates or years do not fit");
	return f;
}

/* One expectation that did not come out. */
static void miss(struct example *e, const struct ynode *n, struct str got)
{
	diag_error(e->r->d, n->mark, "例与规则不符：算得“%.*s” / the example comes out differently",
		STR_ARG(got));
}

static void expect_text(struct example *e, const char *key, struct str got)
{
	const struct ynode *n = ynode_get(e->node, key);

	if (n && !str_eq(rd_text(e->r, n), got))
		miss(e, n, got.n ? got : STR("无"));
}

static void expect_money(struct example *e, const char *key, struct money got)
{
	const struct ynode *n = ynode_get(e->node, key);
	struct buf b;

	if (!n || rd_money(e->r, n, PACK_NONE).fen == got.fen)
		return;
	buf_init(&b, 64);
	money_print(&b, got, true);
	miss(e, n, buf_str(&b));
	buf_release(&b);
}

static void expect_day(struct example *e, const char *key, day_t got)
{
	const struct ynode *n = ynode_get(e->node, key);
	char text[11] = "";

	if (!n || rd_day(e->r, n, PACK_NONE) == got)
		return;
	if (got != DAY_NONE)
		day_text(got, text);
	miss(e, n, str_of(*text ? text : "无"));
}

/* 决定: a clause, or reading, that must be among those cited. */
static void expect_cites(struct example *e, const uint16_t *bases, size_t n_bases)
{
	const struct ynode *n = ynode_get(e->node, "决定");
	const struct pack *p = e->r->p;
	struct cites c;

	ruling_cites(p, bases, n_bases, &c);
	for (size_t i = 0; i < rd_items(n); i++) {
		struct str wanted = rd_text(e->r, rd_item(n, i));
		bool found = false;

		for (size_t k = 0; k < c.n_cites; k++)
			found |= str_eq(p->cites[c.cites[k]], wanted);
		for (size_t k = 0; k < c.n_readings; k++)
			found |= str_eq(p->readings[c.readings[k]].number, wanted);
		if (!found)
			miss(e, rd_item(n, i), c.n_cites ? p->cites[c.cites[0]] : STR("解释"));
	}
}

static void run_enrol(struct example *e)
{
	static const char *const keys[] = { "!情形", "!缴费日", "出生", "居住起", "户籍", "常住",
		"就学", "证件", "学段", "就业", "职工医保", "镇延期", "档次", "断保年数",
		"补缴年数", "缴费年数", "身份", "情况", "途径", "标准", "资助", "应缴", "适用身份",
		"付款人", "资金", "待遇起", "待遇止", "不予", "决定", NULL };
	const struct pack *p = e->r->p;
	size_t errors = e->r->d->errors;
	struct facts f;
	struct ruling r;

	rd_keys(e->r, e->node, keys);
	f = read_facts(e);
	if (e->r->d->errors != errors)
		return;
	decide_enrol(p, &f, &r);
	expect_text(
		e, "不予", r.decision == RULING_REFUSE ? str_of(refusal_code(r.refusal)) : STR(""));
	expect_cites(e, r.bases, r.n_bases);
	if (r.decision == RULING_REFUSE && !ynode_get(e->node, "不予"))
		miss(e, e->node, str_of(refusal_zh(r.refusal)));
	if (r.decision == RULING_REFUSE)
		return;
	expect_text(e, "途径", p->routes[r.route].code);
	expect_text(e, "适用身份", r.category < 0 ? STR("") : p->categories[r.category].code);
	expect_text(e, "付款人", str_of(vocab_payer.words[r.payer].zh));
	expect_text(e, "资金", r.fund < 0 ? STR("") : str_of(vocab_fund.words[r.fund].zh));
	expect_money(e, "标准", r.standard);
	expect_money(e, "资助", r.subsidy);
	expect_money(e, "应缴", r.payable);
	expect_day(e, "待遇起", r.benefit_from);
	expect_day(e, "待遇止", r.benefit_to);
}

static void run_refund(struct example *e)
{
	static const char *const keys[] = { "!情形", "!退费事由", "!申请日", "!缴费日", "!已缴",
		"证明", "死亡日", "身份", "已资助", "退费", "打入一卡通", "月份", "不予", "决定",
		NULL };
	int reason = rd_word(e->r, ynode_get(e->node, "退费事由"), &vocab_refund_reason);
	size_t errors = e->r->d->errors;
	struct refund_facts f = {
		.on = day_or(e, "申请日", NULL),
		.paid_on = day_or(e, "缴费日", NULL),
		.died = day_or(e, "死亡日", NULL),
		.reason = reason < 0 ? 0 : (enum refund_reason)reason,
		.paid = rd_money(e->r, ynode_get(e->node, "已缴"), PACK_NONE),
		.evidence = rd_words(e->r, ynode_get(e->node, "证明"), &vocab_evidence),
		.subsidised_before = rd_yes(e->r, ynode_get(e->node, "已资助")),
		.holdings = e->holdings,
	};
	struct refund_ruling r;

	rd_keys(e->r, e->node, keys);
	f.n_holdings = (uint16_t)read_holdings(e);
	if (f.paid_on > f.on || (f.reason == REFUND_DEATH) != (f.died != DAY_NONE))
		diag_error(e->r->d, e->node->mark, "日期不合 / the dates do not fit");
	if (e->r->d->errors != errors)
		return;
	decide_refund(e->r->p, &f, &r);
	expect_text(e, "不予",
		r.decision == REFUND_REFUSE ? str_of(refund_refusal_code(r.refusal)) : STR(""));
	if (r.decision == REFUND_REFUSE && !ynode_get(e->node, "不予"))
		miss(e, e->node, str_of(refund_refusal_zh(r.refusal)));
	expect_money(e, "退费", r.decision == REFUND_PAY ? r.amount : (struct money){ 0 });
	expect_money(
		e, "打入一卡通", r.decision == REFUND_REIMBURSE ? r.amount : (struct money){ 0 });
	expect_day(e, "月份", r.month);
	expect_cites(e, r.bases, r.n_bases);
}

size_t pack_check_examples(const struct pack *p, struct diags *d)
{
	struct pack copy = *p; /* the readers below never write to it */
	struct pack_reader r = { .d = d, .p = &copy };
	const struct ynode *n = ynode_get(p->root, "例");
	size_t count = rd_list(&r, n, 1000);

	for (size_t i = 0; i < count; i++) {
		struct example e = { .r = &r, .node = n->items[i] };

		if (ynode_get(e.node, "退费事由"))
			run_refund(&e);
		else
			run_enrol(&e);
	}
	return count;
}
