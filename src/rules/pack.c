/* SPDX-License-Identifier: Apache-2.0 */
/* Loading a pack: the order in which its sections are read, and looking things up in it. */
#include "rules/pack.h"

#include <string.h>

#include "base/err.h"
#include "rules/decide.h"
#include "rules/overlay.h"
#include "rules/pack_read.h"

static const char *const root_keys[] = { "!政策包", "!代码", "!地区", "文号", "年度称谓",
	"征缴年度", "虚构", "!期限算法", "!待遇期", "有效期", "!标准", "档次", "年龄段", "年龄日",
	"缴费年数", "!对象", "!身份", "身份时点", "资助截止", "多重身份", "身份变化",
	"异地参保资助", "全额代缴", "!途径", "断保等待", "每月缴费日", "!退费", "渠道", "阶段",
	"期限", "通报", "惯例", "目标", "归口", "参保率", "考核", "工作经费", "奖励", "解释",
	"未编码", "例", NULL };

/* "620721 肃南裕固族自治县" */
static void read_region(struct pack_reader *r, const struct ynode *n)
{
	struct str rest = rd_text(r, n), code;
	int64_t number;

	if (!n || !str_cut(&rest, STR(" "), &code))
		return;
	if (code.n != 6 || !str_int(code, &number) || rest.n == 0) {
		diag_error(r->d, n->mark,
			"地区应写六位代码和名称，如 620721 肃南裕固族自治县 / six digits and a name");
		return;
	}
	memcpy(r->p->region, code.p, 6);
	r->p->region_name = str_trim(rest);
}

/* 期限算法: how terms are counted.  There is one way so far, and each pack says that it means
 * it. */
static void read_counting(struct pack_reader *r, const struct ynode *n)
{
	static const char *const keys[] = { "!事件当日", "!末日", "!缺日", "依据", "解释", NULL };
	static const char *const words[][2] = { { "事件当日", "第0日" }, { "末日", "计入" },
		{ "缺日", "取月末" } };

	if (!n || !rd_keys(r, n, keys))
		return;
	rd_basis(r, n, PACK_NONE);
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		const struct ynode *item = ynode_get(n, words[i][0]);

		if (item && !str_is(rd_text(r, item), words[i][1]))
			diag_error(r->d, item->mark, "%s 只能写“%s” / only %s is known",
				words[i][0], words[i][1], words[i][1]);
	}
}

/* What the notice calls the year: 2023年度 is the benefit year in one county, the year of
 * collection in another, so it is kept apart from both. */
static void read_label(struct pack_reader *r, const struct ynode *n)
{
	static const char *const keys[] = { "!名称", "依据", "解释", NULL };
	const struct ynode *name = ynode_get(n, "名称");

	if (!n || !rd_keys(r, n, keys))
		return;
	r->p->label = rd_text(r, name);
	if (name)
		rd_states(r, name, r->p->label, rd_basis(r, n, PACK_NONE));
}

void pack_read_head(struct pack_reader *r, const struct ynode *root)
{
	static const char *const keys[] = { "!起止", "依据", "解释", NULL };
	const struct ynode *version = ynode_get(root, "政策包"),
			   *benefit = ynode_get(root, "待遇期");
	const struct ynode *valid = ynode_get(root, "有效期");
	struct pack *p = r->p;

	if (version && !str_is(rd_text(r, version), "1"))
		diag_error(r->d, version->mark, "只认识第 1 版 / only version 1 is known");
	p->code = rd_code(r, ynode_get(root, "代码"));
	if (r->ledger && p->code.n && !str_eq(p->code, r->ledger->code))
		diag_error(r->d, ynode_get(root, "代码")->mark,
			"台账的代码是 %.*s，不是这个政策包的 / the ledger is another pack's",
			STR_ARG(r->ledger->code));
	read_region(r, ynode_get(root, "地区"));
	p->document_no = rd_text(r, ynode_get(root, "文号"));
	read_label(r, ynode_get(root, "年度称谓"));
	p->invented = rd_yes(r, ynode_get(root, "虚构"));
	p->collection_year = (int16_t)rd_number(r, ynode_get(root, "征缴年度"), "", 2199);
	read_counting(r, ynode_get(root, "期限算法"));
	rd_keys(r, benefit, keys);
	p->benefit_basis = rd_basis(r, benefit, PACK_NONE);
	p->benefit = rd_days(r, ynode_get(benefit, "起止"), p->benefit_basis);
	p->validity = (struct day_range){ DAY_NONE, DAY_NONE };
	p->validity_basis = PACK_NONE;
	if (valid && rd_keys(r, valid, keys)) {
		p->validity_basis = rd_basis(r, valid, PACK_NONE);
		p->validity = rd_days(r, ynode_get(valid, "起止"), p->validity_basis);
	}
	if (p->benefit.from != DAY_NONE)
		p->benefit_year = (int16_t)day_to_ymd(p->benefit.from).year;
}

/* 未编码: clauses that no rule needs, each with the reason. */
static void read_uncoded(struct pack_reader *r, const struct ynode *root)
{
	const struct ynode *n = ynode_get(root, "未编码");
	struct str *clauses;

	if (!n)
		return;
	if (n->kind != YNODE_MAP) {
		diag_error(r->d, n->mark, "“未编码”应是条款与原因 / a map of clauses and reasons");
		return;
	}
	clauses = RD_ARRAY(r, struct str, n->n);
	for (size_t i = 0; clauses && i < n->n; i++) {
		clauses[i] = n->items[i]->key;
		if (r->ledger && !ledger_clause(r->ledger, clauses[i]))
			diag_error(r->d, n->items[i]->key_mark,
				"通知里没有“%.*s” / the notice has no such clause",
				STR_ARG(clauses[i]));
	}
	r->p->uncoded = clauses;
	r->p->n_uncoded = clauses ? n->n : 0;
}

static bool reader_init(
	struct pack_reader *r, struct arena *a, struct diags *d, const struct pack_sources *s)
{
	*r = (struct pack_reader){
		.a = a, .d = d, .overlay = s->overlay_text.n ? s->overlay_name : STR("")
	};
	r->p = ARENA_NEW(a, struct pack);
	r->cites = RD_ARRAY(r, struct str, PACK_CITES_MAX);
	r->bases = RD_ARRAY(r, struct pack_basis, PACK_BASES_MAX);
	return r->p && !r->oom;
}

static int read_ledger(struct pack_reader *r, const struct pack_sources *s)
{
	struct ledger *ledger = NULL;
	int rc;

	if (s->ledger_text.n == 0)
		return 0;
	rc = ledger_load(r->a, s->ledger_name, s->ledger_text, r->d, &ledger);
	if (rc < 0)
		return rc;
	r->ledger = ledger;
	r->seen = RD_ARRAY(r, unsigned char, ledger->n_figures + 1);
	r->p->ledger = ledger;
	r->p->seen = r->seen;
	return r->oom ? FAULT_MEMORY : 0;
}

/* Everything but the examples.  The order matters: later sections refer to earlier ones. */
static void read_sections(struct pack_reader *r, const struct ynode *root)
{
	static void (*const sections[])(struct pack_reader *, const struct ynode *) = {
		pack_read_readings,
		pack_read_head,
		pack_read_categories,
		pack_read_standard,
		pack_read_subsidies,
		pack_read_subsidy_rule,
		pack_read_belonging,
		pack_read_routes,
		pack_read_refunds,
		pack_read_season,
		pack_read_goals,
		read_uncoded,
	};

	rd_lint(r, root);
	rd_keys(r, root, root_keys);
	for (size_t i = 0; i < ARRAY_LEN(sections) && !r->oom; i++)
		sections[i](r, root);
}

static int read_tree(struct pack_reader *r, const struct pack_sources *s)
{
	struct ynode *root = NULL, *over = NULL;
	int rc = ytree_parse(r->a, s->name, s->text, r->d, &root);

	if (rc == 0 && s->overlay_text.n) {
		rc = ytree_parse(r->a, s->overlay_name, s->overlay_text, r->d, &over);
		if (rc == 0)
			rc = overlay_apply(r->a, root, over, r->d);
		r->p->overlay = s->overlay_name;
	}
	r->p->root = root;
	return rc;
}

int pack_load(struct arena *a, const struct pack_sources *s, struct diags *d,
	const struct pack **ret_pack)
{
	struct pack_reader r;
	size_t errors = d->errors;
	int rc;

	if (!reader_init(&r, a, d, s))
		return FAULT_MEMORY;
	rc = read_tree(&r, s);
	if (rc == 0 || rc == FAULT_FORMAT) {
		int rc2 = read_ledger(&r, s);

		rc = rc2 < 0 ? rc2 : rc;
	}
	if (rc < 0)
		return rc;
	read_sections(&r, r.p->root);
	r.p->cites = r.cites;
	r.p->bases = r.bases;
	if (!r.oom && d->errors == errors) {
		pack_compile(&r);
		pack_check_routes(&r, r.p->root);
	}
	if (!r.oom && d->errors == errors && !s->overlay_text.n)
		pack_check_examples(r.p, d);
	if (r.oom)
		return FAULT_MEMORY;
	if (d->errors != errors)
		return FAULT_FORMAT;
	*ret_pack = r.p;
	return 0;
}

#define BY_CODE(noun, list, count) \
	int pack_##noun##_by_code(const struct pack *p, struct str code) \
	{ \
		for (size_t i = 0; i < p->count; i++) \
			if (str_eq(p->list[i].code, code)) \
				return (int)i; \
		return -1; \
	}

BY_CODE(category, categories, n_categories)
BY_CODE(route, routes, n_routes)
BY_CODE(tier, tiers, n_tiers)
BY_CODE(channel, channels, n_channels)
