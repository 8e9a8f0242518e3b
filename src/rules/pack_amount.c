/* SPDX-License-Identifier: Apache-2.0 */
/* Amounts by tier, age band and year: fixed, full, a percentage with a floor and a declared
 * rounding. */
#include "rules/pack_read.h"

#include <string.h>

#define CELL_EMPTY (-1)
#define CELLS_MAX (PACK_TIERS_MAX * PACK_BANDS_MAX * PACK_YEARS_MAX)

/* One line of amounts: which cells it fills and with what. */
struct line {
	const struct ynode *node;
	int tier, band, year; /* -1: all */
	enum { LINE_FIXED, LINE_FULL, LINE_PERCENT, LINE_OPEN } kind;
	struct money amount; /* LINE_FIXED */
	int64_t percent;     /* LINE_PERCENT: hundredths of a percent */
	struct money floor, ceiling;
	int64_t rounding; /* fen to round to; 0: none declared */
	int direction;    /* -1 down, 0 nearest (half up), 1 up */
	struct money expected;
	bool has_expected;
};

static int band_by_name(const struct pack_reader *r, struct str name)
{
	for (size_t i = 0; i < r->p->n_bands; i++)
		if (str_eq(r->bands[i].name, name))
			return (int)i;
	return -1;
}

static int tier_by_code(const struct pack_reader *r, struct str code)
{
	for (size_t i = 0; i < r->p->n_tiers; i++)
		if (str_eq(r->tiers[i].code, code))
			return (int)i;
	return -1;
}

/* 四舍五入到分, 舍去到元, 进到角 */
static void read_rounding(struct pack_reader *r, const struct ynode *n, struct line *line)
{
	static const struct {
		const char *word;
		int direction;
		int fen;
	} words[] = { { "四舍五入到分", 0, 1 }, { "舍去到分", -1, 1 }, { "进到分", 1, 1 },
		{ "四舍五入到角", 0, 10 }, { "舍去到角", -1, 10 }, { "进到角", 1, 10 },
		{ "四舍五入到元", 0, 100 }, { "舍去到元", -1, 100 }, { "进到元", 1, 100 } };
	struct str s = rd_text(r, n);

	if (!n)
		return;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_is(s, words[i].word)) {
			line->direction = words[i].direction;
			line->rounding = words[i].fen;
			return;
		}
	diag_error(r->d, n->mark,
		"舍入应写 四舍五入/舍去/进 到 分/角/元 / a rounding such as 四舍五入到分 expected");
}

/* 全额, 未定, 310元, 50% */
static void read_value(
	struct pack_reader *r, const struct ynode *n, uint16_t basis, struct line *line)
{
	struct str s = rd_text(r, n);

	if (str_is(s, "全额")) {
		line->kind = LINE_FULL;
	} else if (str_is(s, "未定")) {
		line->kind = LINE_OPEN;
	} else if (str_ends(s, STR("%"))) {
		line->kind = LINE_PERCENT;
		line->percent = rd_percent(r, n, basis);
	} else {
		line->kind = LINE_FIXED;
		line->amount = rd_money(r, n, basis);
	}
}

static void read_line_map(
	struct pack_reader *r, const struct ynode *n, uint16_t inherited, struct line *line)
{
	static const char *const keys[] = { "档次", "年龄段", "年", "金额", "比例", "不低于",
		"不超过", "舍入", "应为", "依据", "解释", NULL };
	uint16_t basis = rd_basis(r, n, inherited);
	const struct ynode *tier = ynode_get(n, "档次"), *band = ynode_get(n, "年龄段");
	const struct ynode *year = ynode_get(n, "年"), *value = ynode_get(n, "金额");

	rd_keys(r, n, keys);
	if (tier && (line->tier = tier_by_code(r, rd_text(r, tier))) < 0)
		diag_error(r->d, tier->mark, "没有这个档次 / no such tier");
	if (band && (line->band = band_by_name(r, rd_text(r, band))) < 0)
		diag_error(r->d, band->mark, "没有这个年龄段 / no such age band");
	if (year) {
		line->year = (int)rd_number(r, year, "", PACK_YEARS_MAX) - 1;
		if (line->year < 0 || (size_t)line->year >= r->p->n_years)
			diag_error(r->d, year->mark, "年应在 1 到“缴费年数”之间 / no such year");
	}
	if (!value == !ynode_get(n, "比例"))
		diag_error(
			r->d, n->mark, "“金额”和“比例”写且只写一个 / exactly one of 金额 and 比例");
	if (!value)
		value = ynode_get(n, "比例");
	if (value)
		read_value(r, value, basis, line);
	line->floor = rd_money(r, ynode_get(n, "不低于"), basis);
	line->ceiling = rd_money(r, ynode_get(n, "不超过"), basis);
	line->has_expected = ynode_get(n, "应为") != NULL;
	line->expected = rd_money(r, ynode_get(n, "应为"), basis);
	read_rounding(r, ynode_get(n, "舍入"), line);
}

static struct money rounded(struct pack_reader *r, const struct line *line, int64_t product)
{
	int64_t step = 10000 * (line->rounding ? line->rounding : 1), rest = product % step;
	int64_t whole = product - rest;

	if (rest == 0)
		return (struct money){ product / 10000 };
	if (line->rounding == 0)
		diag_error(r->d, line->node->mark,
			"算出来不是整分，请写“舍入” / not whole fen: declare a rounding (舍入)");
	if (line->direction > 0 || (line->direction == 0 && rest * 2 >= step))
		whole += step;
	return (struct money){ whole / 10000 };
}

static struct money cell_value(
	struct pack_reader *r, const struct line *line, const struct money *of, size_t i)
{
	struct money m = line->amount;

	if ((line->kind == LINE_FULL || line->kind == LINE_PERCENT) && !of) {
		diag_error(
			r->d, line->node->mark, "这里只能写金额 / only an amount can stand here");
		return m;
	}
	if (line->kind == LINE_OPEN)
		return (struct money){ 0 };
	if (line->kind == LINE_FULL)
		m = of[i];
	else if (line->kind == LINE_PERCENT)
		m = rounded(r, line, of[i].fen * line->percent);
	if (m.fen < line->floor.fen)
		m = line->floor;
	if (line->ceiling.fen && m.fen > line->ceiling.fen)
		m = line->ceiling;
	if (line->has_expected && m.fen != line->expected.fen)
		diag_error(r->d, line->node->mark,
			"与“应为”不符：算得 %lld.%02lld元 / does not meet 应为",
			(long long)(m.fen / 100), (long long)(m.fen % 100));
	if (of && m.fen > of[i].fen)
		diag_error(r->d, line->node->mark,
			"资助超过个人缴费 / the subsidy exceeds the contribution");
	return m;
}

/* Put a line into its cells. */
static void fill(struct pack_reader *r, const struct line *line, struct pack_amounts *amounts)
{
	const struct pack *p = r->p;
	bool twice = false;

	for (size_t t = 0; t < p->n_tiers; t++)
		for (size_t b = 0; b < p->n_bands; b++)
			for (size_t y = 0; y < p->n_years; y++) {
				size_t i = pack_price_index(p, t, b, y);

				if ((line->tier >= 0 && (size_t)line->tier != t) ||
					(line->band >= 0 && (size_t)line->band != b) ||
					(line->year >= 0 && (size_t)line->year != y))
					continue;
				twice |= amounts->cells[i].fen != CELL_EMPTY;
				amounts->cells[i] = cell_value(r, line, amounts->of, i);
			}
	if (twice)
		diag_error(r->d, line->node->mark, "与前面一行重叠 / overlaps an earlier line");
	amounts->full &= line->kind == LINE_FULL;
	amounts->open |= line->kind == LINE_OPEN;
}

void rd_amounts(
	struct pack_reader *r, const struct ynode *n, uint16_t basis, struct pack_amounts *amounts)
{
	size_t cells = r->p->n_tiers * r->p->n_bands * r->p->n_years;
	bool gap = false;

	BUG_IF(cells > CELLS_MAX);
	for (size_t i = 0; i < cells; i++)
		amounts->cells[i].fen = CELL_EMPTY;
	amounts->full = n != NULL;
	for (size_t i = 0; i < rd_items(n); i++) {
		struct line line = { .node = rd_item(n, i), .tier = -1, .band = -1, .year = -1 };

		if (line.node->kind == YNODE_MAP)
			read_line_map(r, line.node, basis, &line);
		else
			read_value(r, line.node, basis, &line);
		fill(r, &line, amounts);
	}
	for (size_t i = 0; i < cells; i++) {
		gap |= amounts->cells[i].fen == CELL_EMPTY;
		if (amounts->cells[i].fen == CELL_EMPTY)
			amounts->cells[i].fen = 0;
	}
	if (gap && n)
		diag_error(r->d, n->mark,
			"有的档次、年龄段或年没有金额 / some tier, band or year has no amount");
}
