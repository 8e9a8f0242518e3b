/* SPDX-License-Identifier: Apache-2.0 */
/* What a year costs (标准), by payment tier (档次), age band (年龄段) and year paid (缴费年数). */
#include "rules/pack_read.h"

static void read_tiers(struct pack_reader *r, const struct ynode *n)
{
	static const char *const keys[] = { "!代码", "!名称", "可选", "依据", "解释", NULL };
	static const char *const when_keys[] = { WHEN_KEYS, NULL };
	size_t count = rd_list(r, n, PACK_TIERS_MAX);

	r->p->has_tiers = count > 0;
	r->p->n_tiers = count ? count : 1;
	r->tiers = RD_ARRAY(r, struct pack_tier, r->p->n_tiers);
	r->p->tiers = r->tiers;
	if (r->oom)
		return;
	r->tiers[0] = (struct pack_tier){ .code = STR(""), .name = STR(""), .basis = PACK_NONE };
	for (size_t i = 0; i < count; i++) {
		const struct ynode *item = n->items[i];
		struct pack_tier *t = &r->tiers[i];

		rd_keys(r, item, keys);
		t->code = rd_code(r, ynode_get(item, "代码"));
		t->name = rd_text(r, ynode_get(item, "名称"));
		t->basis = rd_basis(r, item, PACK_NONE);
		if (ynode_get(item, "可选"))
			rd_keys(r, ynode_get(item, "可选"), when_keys);
		t->when = rd_when(r, ynode_get(item, "可选"), t->basis);
		if (i == 0 && t->when.any)
			diag_error(r->d, item->mark,
				"第一档是默认档，应对所有人开放 / the first tier is the default: open to all");
	}
	rd_codes_differ(r, n);
}

static void read_bands(struct pack_reader *r, const struct ynode *n)
{
	static const char *const keys[] = { "!名称", "!年龄", NULL };
	size_t count = rd_list(r, n, PACK_BANDS_MAX);

	r->p->has_bands = count > 0;
	r->p->n_bands = count ? count : 1;
	r->bands = RD_ARRAY(r, struct pack_band, r->p->n_bands);
	r->p->bands = r->bands;
	if (r->oom)
		return;
	r->bands[0] = (struct pack_band){ STR(""), 0, 999 };
	for (size_t i = 0; i < count; i++) {
		struct pack_band *b = &r->bands[i];

		rd_keys(r, n->items[i], keys);
		b->name = rd_text(r, ynode_get(n->items[i], "名称"));
		rd_ages(r, ynode_get(n->items[i], "年龄"), &b->age_from, &b->age_to);
		if (b->age_from != (i ? b[-1].age_to + 1 : 0))
			diag_error(r->d, n->items[i]->mark,
				"年龄段应从 0 起、前后相接 / age bands must begin at 0 and touch");
	}
	if (count && r->bands[count - 1].age_to < 150)
		diag_error(r->d, n->items[count - 1]->mark,
			"最后一段应到 150 以上 / the last band must reach 150 or more");
}

static void read_band_day(struct pack_reader *r, const struct ynode *n)
{
	struct str s = rd_text(r, n);

	if (!n)
		return;
	r->p->bands_at_year_start = str_is(s, "待遇期首日");
	if (!r->p->bands_at_year_start && !str_is(s, "缴费当日"))
		diag_error(r->d, n->mark, "年龄日应写 缴费当日 或 待遇期首日 / one of these two");
}

static void read_years(struct pack_reader *r, const struct ynode *n)
{
	static const char *const keys[] = { "!默认", "!最多", "依据", "解释", NULL };

	r->p->n_years = r->p->default_years = 1;
	r->p->years_basis = PACK_NONE;
	if (!n || !rd_keys(r, n, keys))
		return;
	r->p->years_basis = rd_basis(r, n, PACK_NONE);
	r->p->default_years = (size_t)rd_number(r, ynode_get(n, "默认"), "", PACK_YEARS_MAX);
	r->p->n_years = (size_t)rd_number(r, ynode_get(n, "最多"), "", PACK_YEARS_MAX);
	if (r->p->default_years < 1 || r->p->n_years < r->p->default_years) {
		diag_error(r->d, n->mark, "“默认”至少 1，“最多”不少于“默认” / 1 <= 默认 <= 最多");
		r->p->n_years = r->p->default_years = 1;
	}
}

static void read_shares(
	struct pack_reader *r, const struct ynode *n, uint16_t basis, struct money whole)
{
	struct pack_share *shares;
	struct money sum = { 0 };

	if (!n)
		return;
	if (n->kind != YNODE_MAP || n->n > PACK_LIST_MAX) {
		diag_error(r->d, n->mark, "“其中”应是名称与金额 / a map of shares expected");
		return;
	}
	shares = RD_ARRAY(r, struct pack_share, n->n);
	for (size_t i = 0; shares && i < n->n; i++) {
		shares[i].name = n->items[i]->key;
		shares[i].amount = rd_money(r, n->items[i], basis);
		if (!money_add(sum, shares[i].amount, &sum))
			diag_error(r->d, n->items[i]->mark, "金额过大 / too large");
	}
	if (sum.fen != whole.fen)
		diag_error(r->d, n->mark,
			"“其中”合计 %lld元，不等于 %lld元 / the shares do not add up",
			(long long)(sum.fen / 100), (long long)(whole.fen / 100));
	r->p->fiscal_shares = shares;
	r->p->n_fiscal_shares = n->n;
}

/* 个人缴费 or 财政补助: an amount, or lines under 分列. */
static const struct money *read_price(
	struct pack_reader *r, const struct ynode *n, uint16_t *ret_basis)
{
	static const char *const keys[] = { "金额", "分列", "其中", "依据", "解释", NULL };
	struct pack_amounts amounts = {
		.cells = RD_ARRAY(r, struct money, r->p->n_tiers * r->p->n_bands * r->p->n_years),
	};
	const struct ynode *value = ynode_get(n, "金额");

	*ret_basis = rd_basis(r, n, PACK_NONE);
	if (r->oom || !rd_keys(r, n, keys))
		return amounts.cells;
	if (!value == !ynode_get(n, "分列"))
		diag_error(
			r->d, n->mark, "“金额”和“分列”写且只写一个 / exactly one of 金额 and 分列");
	rd_amounts(r, value ? value : ynode_get(n, "分列"), *ret_basis, &amounts);
	read_shares(r, ynode_get(n, "其中"), *ret_basis, amounts.cells[0]);
	return amounts.cells;
}

static void read_total(struct pack_reader *r, const struct ynode *n)
{
	static const char *const keys[] = { "!金额", "依据", "解释", NULL };
	struct money total, sum = { 0 };

	if (!n || !rd_keys(r, n, keys))
		return;
	total = rd_money(r, ynode_get(n, "金额"), rd_basis(r, n, PACK_NONE));
	if (!money_add(r->p->individual[0], r->p->fiscal[0], &sum) || sum.fen != total.fen)
		diag_error(r->d, n->mark,
			"合计应为 %lld.%02lld元 / the total is not individual plus fiscal",
			(long long)(sum.fen / 100), (long long)(sum.fen % 100));
}

void pack_read_standard(struct pack_reader *r, const struct ynode *root)
{
	static const char *const keys[] = { "!个人缴费", "!财政补助", "合计", NULL };
	const struct ynode *n = ynode_get(root, "标准");

	read_tiers(r, ynode_get(root, "档次"));
	read_bands(r, ynode_get(root, "年龄段"));
	read_band_day(r, ynode_get(root, "年龄日"));
	read_years(r, ynode_get(root, "缴费年数"));
	if (r->oom)
		return;
	rd_keys(r, n, keys);
	r->p->individual = read_price(r, ynode_get(n, "个人缴费"), &r->p->individual_basis);
	r->p->fiscal = read_price(r, ynode_get(n, "财政补助"), &r->p->fiscal_basis);
	if (!r->oom)
		read_total(r, ynode_get(n, "合计"));
}
