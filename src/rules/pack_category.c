/* SPDX-License-Identifier: Apache-2.0 */
/* Categories of people (身份): names, who certifies them, who pays for them.  Their amounts are
 * read later (pack_subsidy.c), when tiers and standards are known. */
#include "rules/pack_read.h"

#include "base/err.h"
#include "base/utf8.h"

/* The text folded as names are compared, kept in the arena. */
static struct str folded(struct pack_reader *r, struct str s)
{
	struct str kept = { 0 };
	struct buf b;

	buf_init(&b, 4096);
	utf8_fold(&b, s);
	if (!buf_bad(&b))
		kept = arena_str(r->a, buf_str(&b));
	buf_release(&b);
	if (!kept.p)
		r->oom = true;
	return kept;
}

static void add_name(struct pack_reader *r, const struct ynode *n, struct str name, size_t category)
{
	struct str key = folded(r, name);
	int64_t other;

	if (!key.p || key.n == 0)
		return;
	if (map_get(&r->names, key, &other)) {
		if ((size_t)other != category)
			diag_error(r->d, n->mark,
				"“%.*s”已是 %.*s 的名称或别名 / another category has this name",
				STR_ARG(name), STR_ARG(r->categories[other].code));
		return;
	}
	if (map_put(&r->names, key, (int64_t)category) < 0)
		r->oom = true;
}

static void read_aliases(struct pack_reader *r, const struct ynode *n, size_t category)
{
	struct pack_category *c = &r->categories[category];
	size_t count = rd_items(n);
	struct str *aliases = RD_ARRAY(r, struct str, count);

	for (size_t i = 0; aliases && i < count; i++) {
		const struct ynode *item = rd_item(n, i);

		aliases[i] = rd_text(r, item);
		add_name(r, item, aliases[i], category);
	}
	c->aliases = aliases;
	c->n_aliases = aliases ? count : 0;
}

static void read_split(
	struct pack_reader *r, const struct ynode *n, struct pack_category *c, uint16_t basis)
{
	int64_t sum = 0;

	if (!n)
		return;
	if (n->kind != YNODE_MAP || n->n < 2 || n->n > ARRAY_LEN(c->split_fund)) {
		diag_error(
			r->d, n->mark, "“分担”应是 2 到 4 个来源与比例 / 2 to 4 funds with shares");
		return;
	}
	for (size_t i = 0; i < n->n; i++) {
		int fund = vocab_word(&vocab_fund, n->items[i]->key);
		int64_t share = rd_percent(r, n->items[i], basis);

		if (fund < 0 || share % 10)
			diag_error(r->d, n->items[i]->key_mark,
				"来源不认识，或比例细过千分之一 / unknown fund or too fine a share");
		if (fund >= 0)
			rd_names(r, n->items[i], n->items[i]->key, basis);
		c->split_fund[i] = (uint8_t)(fund < 0 ? 0 : fund);
		c->split_permille[i] = (uint16_t)(share / 10);
		sum += share;
	}
	c->split_n = (uint8_t)n->n;
	c->fund = (int8_t)c->split_fund[0];
	if (sum != 10000)
		diag_error(r->d, n->mark, "分担比例合计不是 100%% / the shares do not make 100 %%");
}

static void read_fund(struct pack_reader *r, const struct ynode *n, struct pack_category *c)
{
	static const char *const keys[] = { "来源", "分担", "依据", "解释", NULL };
	const struct ynode *source = n;

	c->fund = -1;
	c->fund_basis = c->basis;
	if (n && n->kind == YNODE_MAP) {
		rd_keys(r, n, keys);
		c->fund_basis = rd_basis(r, n, c->basis);
		source = ynode_get(n, "来源");
		read_split(r, ynode_get(n, "分担"), c, c->fund_basis);
		if (!source == !ynode_get(n, "分担"))
			diag_error(r->d, n->mark,
				"“来源”和“分担”写且只写一个 / exactly one of the two");
	}
	if (!source)
		return;
	if (str_is(rd_text(r, source), "未载明"))
		c->fund_not_stated = true;
	else
		c->fund = (int8_t)rd_word(r, source, &vocab_fund);
	if (c->fund >= 0)
		rd_names(r, source, str_of(vocab_fund.words[c->fund].zh), c->fund_basis);
}

/* 认定, 代录: departments, or { 部门, 依据 } where another clause names them. */
static uint32_t read_departments(struct pack_reader *r, const struct ynode *n, uint16_t basis)
{
	static const char *const keys[] = { "!部门", "依据", "解释", NULL };
	uint32_t mask;

	if (n && n->kind == YNODE_MAP) {
		rd_keys(r, n, keys);
		basis = rd_basis(r, n, basis);
		n = ynode_get(n, "部门");
	}
	mask = rd_words(r, n, &vocab_department);
	for (size_t i = 0; i < DEPARTMENT_COUNT; i++)
		if (mask & 1u << i)
			rd_names(r, n, str_of(vocab_department.words[i].zh), basis);
	return mask;
}

static void read_category(struct pack_reader *r, const struct ynode *n, size_t i)
{
	static const char *const keys[] = { "!代码", "!名称", "别名", "!资助", "应缴", "认定",
		"代录", "资金", "重点", "只跟踪", "依据", "解释", NULL };
	struct pack_category *c = &r->categories[i];

	rd_keys(r, n, keys);
	c->basis = rd_basis(r, n, PACK_NONE);
	c->code = rd_code(r, ynode_get(n, "代码"));
	c->name = rd_text(r, ynode_get(n, "名称"));
	if (ynode_get(n, "名称"))
		add_name(r, ynode_get(n, "名称"), c->name, i);
	read_aliases(r, ynode_get(n, "别名"), i);
	c->certifiers = read_departments(r, ynode_get(n, "认定"), c->basis);
	c->enterers = read_departments(r, ynode_get(n, "代录"), c->basis);
	if (c->certifiers & c->enterers)
		diag_error(r->d, n->mark,
			"同一部门不能既认定又代录 / certifier and enterer are the same");
	read_fund(r, ynode_get(n, "资金"), c);
	c->special = rd_yes(r, ynode_get(n, "重点"));
	c->tracked = rd_yes(r, ynode_get(n, "只跟踪"));
}

void pack_read_categories(struct pack_reader *r, const struct ynode *root)
{
	const struct ynode *n = ynode_get(root, "身份");
	size_t count = rd_list(r, n, PACK_CATEGORIES_MAX);

	map_init(&r->names, r->a);
	r->categories = RD_ARRAY(r, struct pack_category, count);
	if (r->oom)
		return;
	r->p->categories = r->categories;
	r->p->n_categories = count;
	for (size_t i = 0; i < count && !r->oom; i++)
		read_category(r, n->items[i], i);
	rd_codes_differ(r, n);
	r->p->names = r->names;
}

int pack_category_by_name(const struct pack *p, struct str name)
{
	int64_t category = -1;
	struct buf b;
	int by_code = pack_category_by_code(p, name);

	if (by_code >= 0)
		return by_code;
	buf_init(&b, 4096);
	utf8_fold(&b, name);
	if (buf_bad(&b) || b.n == 0 || !map_get(&p->names, buf_str(&b), &category))
		category = -1;
	buf_release(&b);
	return (int)category;
}
