/* SPDX-License-Identifier: Apache-2.0 */
/* How much each category is helped (资助), and the rules around it: which day decides, which of
 * several categories wins, what happens after a change, who pays for people insured elsewhere. */
#include "rules/pack_read.h"

/* 应缴: the amount the notice says is left to pay must meet standard less subsidy. */
static void check_due(struct pack_reader *r, const struct ynode *item, size_t category)
{
	static const char *const keys[] = { "!金额", "依据", "解释", NULL };
	const struct ynode *n = ynode_get(item, "应缴"), *value = n;
	uint16_t basis = r->categories[category].basis;
	struct money due, left;

	if (!n)
		return;
	if (n->kind == YNODE_MAP) {
		rd_keys(r, n, keys);
		basis = rd_basis(r, n, basis);
		value = ynode_get(n, "金额");
	}
	due = rd_money(r, value, basis);
	if (r->overlay.n && !str_eq(n->mark.file, r->overlay))
		return; /* the overlay changed what this line was checking */
	if (!money_sub(r->p->individual[0], pack_category_subsidy(r->p, category), &left) ||
		left.fen != due.fen)
		diag_error(r->d, n->mark,
			"个人缴费减资助是 %lld.%02lld元，不等于“应缴” / contribution less subsidy differs",
			(long long)(left.fen / 100), (long long)(left.fen % 100));
}

static void read_amounts(
	struct pack_reader *r, const struct ynode *item, size_t category, struct money *all)
{
	struct pack_category *c = &r->categories[category];
	size_t cells = r->p->n_tiers * r->p->n_bands * r->p->n_years;
	struct pack_amounts amounts = { .cells = all + category * cells, .of = r->p->individual };

	rd_amounts(r, ynode_get(item, "资助"), c->basis, &amounts);
	c->full = amounts.full;
	c->amount_open = amounts.open;
	for (size_t i = 0; i < cells; i++)
		if (amounts.cells[i].fen > 0)
			r->p->paid_categories |= 1ull << category;
	if (c->fund < 0 && !c->fund_not_stated && (r->p->paid_categories & 1ull << category))
		diag_error(r->d, item->mark,
			"有资助就要写“资金”（可写“未载明”） / a subsidy needs its 资金 (or 未载明)");
	if (c->tracked && (r->p->paid_categories & 1ull << category))
		diag_error(r->d, item->mark,
			"“只跟踪”的身份不能有资助 / tracked only, yet subsidised");
	check_due(r, item, category);
}

void pack_read_subsidies(struct pack_reader *r, const struct ynode *root)
{
	const struct ynode *n = ynode_get(root, "身份");
	size_t cells = r->p->n_tiers * r->p->n_bands * r->p->n_years;
	struct money *all = RD_ARRAY(r, struct money, cells * r->p->n_categories);

	r->p->subsidy = all;
	for (size_t i = 0; all && i < r->p->n_categories; i++)
		read_amounts(r, n->items[i], i, all);
}

/* 身份时点: 缴费当日, 缴费当月, or a cut-off day */
static void read_identity(
	struct pack_reader *r, const struct ynode *n, struct pack_subsidy_rule *rule)
{
	static const char *const keys[] = { "!时点", "依据", "解释", NULL };
	const struct ynode *at = ynode_get(n, "时点");

	rule->identity = IDENTITY_PAID_DAY;
	rule->identity_basis_cite = PACK_NONE;
	if (!n || !rd_keys(r, n, keys) || !at)
		return;
	rule->identity_basis_cite = rd_basis(r, n, PACK_NONE);
	if (str_is(rd_text(r, at), "缴费当月")) {
		rule->identity = IDENTITY_PAID_MONTH;
	} else if (!str_is(at->text, "缴费当日")) {
		rule->identity = IDENTITY_CUTOFF;
		rule->cutoff = rd_day(r, at, rule->identity_basis_cite);
	}
}

/* 资助截止: after a day only those certified late enough are subsidised */
static void read_last_day(
	struct pack_reader *r, const struct ynode *n, struct pack_subsidy_rule *rule)
{
	static const char *const keys[] = { "!日期", "!此后认定晚于", "依据", "解释", NULL };

	rule->last_day = rule->certified_after = DAY_NONE;
	rule->last_day_basis = PACK_NONE;
	if (!n || !rd_keys(r, n, keys))
		return;
	rule->last_day_basis = rd_basis(r, n, PACK_NONE);
	rule->last_day = rd_day(r, ynode_get(n, "日期"), rule->last_day_basis);
	rule->certified_after = rd_day(r, ynode_get(n, "此后认定晚于"), rule->last_day_basis);
	if (rule->certified_after > rule->last_day)
		diag_error(r->d, n->mark, "“此后认定晚于”应不晚于“日期” / must not lie after 日期");
}

/* Index of the scalar `n` among `words` (NULL-terminated), reported when it is none of them. */
static int one_of(struct pack_reader *r, const struct ynode *n, const char *const *words)
{
	struct str s = rd_text(r, n);

	for (int i = 0; words[i]; i++)
		if (str_is(s, words[i]))
			return i;
	if (n)
		diag_error(r->d, n->mark, "不认识的规则“%.*s”，可写 %s、%s%s%s 等 / unknown rule",
			STR_ARG(s), words[0], words[1], words[2] ? "、" : "",
			words[2] ? words[2] : "");
	return 0;
}

static int read_rule(
	struct pack_reader *r, const struct ynode *n, const char *const *words, uint16_t *ret_basis)
{
	static const char *const keys[] = { "!规则", "依据", "解释", NULL };

	*ret_basis = PACK_NONE;
	if (!n || !rd_keys(r, n, keys))
		return -1;
	*ret_basis = rd_basis(r, n, PACK_NONE);
	return one_of(r, ynode_get(n, "规则"), words);
}

void pack_read_subsidy_rule(struct pack_reader *r, const struct ynode *root)
{
	static const char *const overlaps[] = { "就高不重复", "按列表顺序", NULL };
	static const char *const changes[] = { "未载明", "退还差额", "次月打入一卡通", "不退不补",
		NULL };
	static const char *const elsewhere[] = { "户籍地资助", "户籍地资助未享受者", "不资助",
		NULL };
	static const char *const bureaus[] = { "医保局代办", "本人办理", NULL };
	struct pack_subsidy_rule *rule = &r->p->rule;
	int k;

	read_identity(r, ynode_get(root, "身份时点"), rule);
	read_last_day(r, ynode_get(root, "资助截止"), rule);
	k = read_rule(r, ynode_get(root, "多重身份"), overlaps, &rule->overlap_basis);
	if (k < 0 && r->p->n_categories > 1)
		diag_error(r->d, root->mark, "缺少“多重身份” / 多重身份 is missing");
	rule->overlap = k == 1 ? OVERLAP_LISTED : OVERLAP_HIGHEST;
	k = read_rule(r, ynode_get(root, "身份变化"), changes, &rule->change_basis);
	rule->change = k < 0 ? CHANGE_NOT_STATED : (enum change_rule)k;
	k = read_rule(r, ynode_get(root, "异地参保资助"), elsewhere, &rule->elsewhere_basis);
	rule->elsewhere_paid_here = k == 0 || k == 1;
	rule->elsewhere_if_none = k == 1;
	k = read_rule(r, ynode_get(root, "全额代缴"), bureaus, &rule->full_basis);
	rule->enrolled_by_bureau = k == 0;
}
