/* SPDX-License-Identifier: Apache-2.0 */
/* What towns are measured by: targets (目标), who is counted where (归口), rates (参保率), the
 * assessment (考核), work funds (工作经费) and awards (奖励). */
#include "rules/pack_read.h"

static void read_town_targets(struct pack_reader *r, const struct ynode *n)
{
	struct pack_target *targets;
	int64_t sum = 0;

	if (!n)
		return;
	if (n->kind != YNODE_MAP || n->n > PACK_LIST_MAX) {
		diag_error(r->d, n->mark, "“分解”应是乡镇与人数 / a map of towns and persons");
		return;
	}
	targets = RD_ARRAY(r, struct pack_target, n->n);
	for (size_t i = 0; targets && i < n->n; i++) {
		targets[i].name = n->items[i]->key;
		targets[i].basis = r->p->target_basis;
		targets[i].persons = rd_count(r, n->items[i], "人", r->p->target_basis);
		sum += targets[i].persons;
	}
	if (sum != r->p->target_total)
		diag_error(r->d, n->mark, "“分解”合计 %lld人，不等于总数 / the towns do not add up",
			(long long)sum);
	r->p->targets = targets;
	r->p->n_targets = targets ? n->n : 0;
}

static void read_target(struct pack_reader *r, const struct ynode *n)
{
	static const char *const keys[] = { "!总数", "分解", "依据", "解释", NULL };

	r->p->target_basis = PACK_NONE;
	if (!n || !rd_keys(r, n, keys))
		return;
	r->p->target_basis = rd_basis(r, n, PACK_NONE);
	r->p->target_total = rd_count(r, ynode_get(n, "总数"), "人", r->p->target_basis);
	read_town_targets(r, ynode_get(n, "分解"));
}

static void read_assignments(struct pack_reader *r, const struct ynode *n)
{
	static const char *const keys[] = { "!代码", "!名称", "!归口", "按户籍", "依据", "解释",
		NULL };
	size_t count = rd_list(r, n, PACK_LIST_MAX);
	struct pack_assignment *items = RD_ARRAY(r, struct pack_assignment, count);

	for (size_t i = 0; items && i < count; i++) {
		const struct ynode *item = n->items[i], *towns = ynode_get(item, "归口");
		struct pack_assignment *a = &items[i];

		rd_keys(r, item, keys);
		a->basis = rd_basis(r, item, PACK_NONE);
		a->unit_code = rd_code(r, ynode_get(item, "代码"));
		a->unit_name = rd_text(r, ynode_get(item, "名称"));
		a->by_register = rd_yes(r, ynode_get(item, "按户籍"));
		if (rd_items(towns) > ARRAY_LEN(a->towns) ||
			(rd_items(towns) > 1) != a->by_register)
			diag_error(r->d, item->mark,
				"归口到一个乡镇，或按户籍到 2 至 4 个 / one town, or 2 to 4 by register");
		for (size_t k = 0; k < rd_items(towns) && k < ARRAY_LEN(a->towns); k++)
			a->towns[a->n_towns++] = rd_text(r, rd_item(towns, k));
	}
	rd_codes_differ(r, n);
	r->p->assignments = items;
	r->p->n_assignments = items ? count : 0;
}

static void read_rates(struct pack_reader *r, const struct ynode *n)
{
	static const char *const keys[] = { "!代码", "!名称", "!分母", "!目标", "含职工医保",
		"扣减经费", "依据", "解释", NULL };
	size_t count = rd_list(r, n, PACK_LIST_MAX);
	struct pack_rate *rates = RD_ARRAY(r, struct pack_rate, count);

	for (size_t i = 0; rates && i < count; i++) {
		const struct ynode *item = n->items[i];
		int d = rd_word(r, ynode_get(item, "分母"), &vocab_denominator);

		rd_keys(r, item, keys);
		rates[i].basis = rd_basis(r, item, PACK_NONE);
		rates[i].code = rd_code(r, ynode_get(item, "代码"));
		rates[i].name = rd_text(r, ynode_get(item, "名称"));
		rates[i].denominator = d < 0 ? DENOMINATOR_PLAN : (enum denominator)d;
		rates[i].target_permille =
			(int32_t)rd_percent(r, ynode_get(item, "目标"), rates[i].basis) / 10;
		rates[i].counts_employees = rd_yes(r, ynode_get(item, "含职工医保"));
		rates[i].costs_work_fund = rd_yes(r, ynode_get(item, "扣减经费"));
	}
	rd_codes_differ(r, n);
	r->p->rates = rates;
	r->p->n_rates = rates ? count : 0;
}

static void read_assessment(struct pack_reader *r, const struct ynode *n)
{
	static const char *const keys[] = { "!截止", "依据", "解释", NULL };

	r->p->assessment_cutoff = DAY_NONE;
	r->p->assessment_basis = PACK_NONE;
	if (!n || !rd_keys(r, n, keys))
		return;
	r->p->assessment_basis = rd_basis(r, n, PACK_NONE);
	r->p->assessment_cutoff = rd_day(r, ynode_get(n, "截止"), r->p->assessment_basis);
}

static void read_work_fund(struct pack_reader *r, const struct ynode *n)
{
	static const char *const keys[] = { "!每人", "不低于", "按比例扣减", "!拨给", "依据",
		"解释", NULL };
	struct pack_work_fund *w = &r->p->work_fund;

	w->basis = PACK_NONE;
	if (!n || !rd_keys(r, n, keys))
		return;
	w->used = true;
	w->basis = rd_basis(r, n, PACK_NONE);
	w->per_person = rd_money(r, ynode_get(n, "每人"), w->basis);
	w->at_least = rd_yes(r, ynode_get(n, "不低于"));
	w->loses_in_proportion = rd_yes(r, ynode_get(n, "按比例扣减"));
	w->payee = rd_text(r, ynode_get(n, "拨给"));
}

static void read_awards(struct pack_reader *r, const struct ynode *n)
{
	static const char *const keys[] = { "!名称", "名额", "!金额", "依据", "解释", NULL };
	size_t count = rd_list(r, n, PACK_LIST_MAX);
	struct pack_award *awards = RD_ARRAY(r, struct pack_award, count);

	for (size_t i = 0; awards && i < count; i++) {
		const struct ynode *item = n->items[i];

		rd_keys(r, item, keys);
		awards[i].basis = rd_basis(r, item, PACK_NONE);
		awards[i].name = rd_text(r, ynode_get(item, "名称"));
		awards[i].places =
			(int32_t)rd_count(r, ynode_get(item, "名额"), "名", awards[i].basis);
		awards[i].amount = rd_money(r, ynode_get(item, "金额"), awards[i].basis);
	}
	r->p->awards = awards;
	r->p->n_awards = awards ? count : 0;
}

void pack_read_goals(struct pack_reader *r, const struct ynode *root)
{
	read_target(r, ynode_get(root, "目标"));
	read_assignments(r, ynode_get(root, "归口"));
	read_rates(r, ynode_get(root, "参保率"));
	read_assessment(r, ynode_get(root, "考核"));
	read_work_fund(r, ynode_get(root, "工作经费"));
	read_awards(r, ynode_get(root, "奖励"));
}
