/* SPDX-License-Identifier: Apache-2.0 */
/* How the season runs: channels (渠道), stages (阶段), deadlines (期限), reports (通报), and
 * every other rule that the notice states (惯例). */
#include "rules/pack_read.h"

static void read_channels(struct pack_reader *r, const struct ynode *n)
{
	static const char *const keys[] = { "!代码", "!名称", "!方式", "办理登记", "可用", "凭证",
		"学校收现", "依据", "解释", NULL };
	size_t count = rd_list(r, n, PACK_LIST_MAX);
	struct pack_channel *channels = RD_ARRAY(r, struct pack_channel, count);

	for (size_t i = 0; channels && i < count; i++) {
		const struct ynode *item = n->items[i], *way = ynode_get(item, "方式");
		struct pack_channel *c = &channels[i];

		rd_keys(r, item, keys);
		c->basis = rd_basis(r, item, PACK_NONE);
		c->code = rd_code(r, ynode_get(item, "代码"));
		c->name = rd_text(r, ynode_get(item, "名称"));
		c->online = str_is(rd_text(r, way), "线上");
		if (way && !c->online && !str_is(way->text, "线下"))
			diag_error(r->d, way->mark, "方式只能写“线上”或“线下” / 线上 or 线下");
		c->registers = rd_yes(r, ynode_get(item, "办理登记"));
		c->open = rd_days(r, ynode_get(item, "可用"), c->basis);
		c->receipt = (int8_t)rd_word(r, ynode_get(item, "凭证"), &vocab_receipt);
		c->school_cash = rd_yes(r, ynode_get(item, "学校收现"));
	}
	rd_codes_differ(r, n);
	r->p->channels = channels;
	r->p->n_channels = channels ? count : 0;
}

static void read_stages(struct pack_reader *r, const struct ynode *n)
{
	static const char *const keys[] = { "!名称", "!起止", "依据", "解释", NULL };
	size_t count = rd_list(r, n, PACK_LIST_MAX);
	struct pack_stage *stages = RD_ARRAY(r, struct pack_stage, count);

	for (size_t i = 0; stages && i < count; i++) {
		rd_keys(r, n->items[i], keys);
		stages[i].basis = rd_basis(r, n->items[i], PACK_NONE);
		stages[i].name = rd_text(r, ynode_get(n->items[i], "名称"));
		stages[i].days = rd_days(r, ynode_get(n->items[i], "起止"), stages[i].basis);
	}
	r->p->stages = stages;
	r->p->n_stages = stages ? count : 0;
}

static void read_deadlines(struct pack_reader *r, const struct ynode *n)
{
	static const char *const keys[] = { "!代码", "!事项", "起", "截止", "早于", "责任", "每月",
		"依据", "解释", NULL };
	size_t count = rd_list(r, n, PACK_LIST_MAX);
	struct pack_deadline *deadlines = RD_ARRAY(r, struct pack_deadline, count);

	for (size_t i = 0; deadlines && i < count; i++) {
		const struct ynode *item = n->items[i];
		struct pack_deadline *d = &deadlines[i];

		rd_keys(r, item, keys);
		d->basis = rd_basis(r, item, PACK_NONE);
		d->code = rd_code(r, ynode_get(item, "代码"));
		d->name = rd_text(r, ynode_get(item, "事项"));
		d->from = rd_day(r, ynode_get(item, "起"), d->basis);
		d->by = rd_last_day(r, item, "早于", "截止", d->basis);
		if (d->by == DAY_NONE)
			diag_error(r->d, item->mark, "要写“截止”或“早于” / 截止 or 早于 is needed");
		d->who = rd_words(r, ynode_get(item, "责任"), &vocab_department);
		d->monthly = rd_yes(r, ynode_get(item, "每月"));
	}
	rd_codes_differ(r, n);
	r->p->deadlines = deadlines;
	r->p->n_deadlines = deadlines ? count : 0;
}

static void read_reports(struct pack_reader *r, const struct ynode *n)
{
	static const char *const keys[] = { "!代码", "!名称", "!周期", "连续落后", "依据", "解释",
		NULL };
	size_t count = rd_list(r, n, PACK_LIST_MAX);
	struct pack_report *reports = RD_ARRAY(r, struct pack_report, count);

	for (size_t i = 0; reports && i < count; i++) {
		const struct ynode *item = n->items[i];
		int rhythm = rd_word(r, ynode_get(item, "周期"), &vocab_rhythm);

		rd_keys(r, item, keys);
		reports[i].basis = rd_basis(r, item, PACK_NONE);
		reports[i].code = rd_code(r, ynode_get(item, "代码"));
		reports[i].name = rd_text(r, ynode_get(item, "名称"));
		reports[i].rhythm = rhythm < 0 ? RHYTHM_REGULAR : (enum rhythm)rhythm;
		reports[i].weeks_behind =
			(int32_t)rd_count(r, ynode_get(item, "连续落后"), "周", reports[i].basis);
	}
	rd_codes_differ(r, n);
	r->p->reports = reports;
	r->p->n_reports = reports ? count : 0;
}

/* Figures of a practice that no table of ours holds; each must stand in its clause. */
static void read_practices(struct pack_reader *r, const struct ynode *n)
{
	static const char *const keys[] = { "!代码", "!内容", "数", "依据", "解释", NULL };
	size_t count = rd_list(r, n, PACK_LIST_MAX);
	struct pack_practice *practices = RD_ARRAY(r, struct pack_practice, count);

	for (size_t i = 0; practices && i < count; i++) {
		const struct ynode *item = n->items[i], *figures = ynode_get(item, "数");

		rd_keys(r, item, keys);
		practices[i].basis = rd_basis(r, item, PACK_NONE);
		practices[i].code = rd_code(r, ynode_get(item, "代码"));
		practices[i].text = rd_text(r, ynode_get(item, "内容"));
		for (size_t k = 0; k < rd_items(figures); k++)
			rd_states(r, rd_item(figures, k), rd_text(r, rd_item(figures, k)),
				practices[i].basis);
	}
	rd_codes_differ(r, n);
	r->p->practices = practices;
	r->p->n_practices = practices ? count : 0;
}

void pack_read_season(struct pack_reader *r, const struct ynode *root)
{
	read_channels(r, ynode_get(root, "渠道"));
	read_stages(r, ynode_get(root, "阶段"));
	read_deadlines(r, ynode_get(root, "期限"));
	read_reports(r, ynode_get(root, "通报"));
	read_practices(r, ynode_get(root, "惯例"));
}
