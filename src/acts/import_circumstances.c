/* SPDX-License-Identifier: Apache-2.0 */
/* import circumstances: what happened in somebody's life that opens a way in outside the window,
 * with the paper that proves it and where it is filed (LB-52). */
#include "acts/imports.h"
#include "acts/listing.h"
#include "store/lists.h"

enum { NAME, NUMBER, DOC_KIND, KIND, HAPPENED, MONTHS, EVIDENCE, FILED, COLUMNS };

static const struct column columns[COLUMNS] = {
	[NAME] = { "姓名", HOLDER_NAME_ALIASES, true },
	[NUMBER] = { "证件号码", HOLDER_NUMBER_ALIASES, true },
	[DOC_KIND] = { "证件类型", HOLDER_KIND_ALIASES, false },
	[KIND] = { "特殊情形", "情形|特殊情况|补办原因", true },
	[HAPPENED] = { "发生日期", "发生时间|日期|退役日期|中断日期", true },
	[MONTHS] = { "连续缴费月数", "连续月数|缴费月数", false },
	[EVIDENCE] = { "佐证材料", "证明材料|佐证资料", true },
	[FILED] = { "留档编号", "档案号|存档编号|文号", true },
};

struct circumstances {
	struct listing listing;
};

static int begin(struct import *im)
{
	struct circumstances *st = im->state;

	return listing_begin(im, &st->listing);
}

static int kind_of(struct str s)
{
	int k = vocab_word(&vocab_circumstance, s);

	return k >= 0 ? k : vocab_code(&vocab_circumstance, s);
}

/* The clerk who sent the list has no manual at hand: the words stand in the answer. */
static void not_a_kind(struct import *im)
{
	struct buf b;

	buf_init(&b, 500);
	for (size_t i = 0; i < vocab_circumstance.n; i++) {
		if (i)
			buf_addz(&b, "、");
		buf_addz(&b, vocab_circumstance.words[i].zh);
	}
	import_problem(im, "特殊情形不认识，可以写：%s / unknown circumstance", b.p ? b.p : "");
	buf_release(&b);
}

static struct str kept_text(struct import *im, size_t column)
{
	struct str s = table_cell(&im->table, column);

	if (s.n == 0)
		import_problem(im,
			"%s为空：特殊情形要有佐证并留档 / evidence must be named and filed",
			columns[column].name);
	if (s.n > 300)
		import_problem(im, "%s太长 / too long", columns[column].name);
	return arena_str(&im->chunk, s);
}

static int row(struct import *im)
{
	struct circumstances *st = im->state;
	struct circumstance_row *c = ARENA_NEW(&im->chunk, struct circumstance_row);
	struct str name = holder_name(im, NAME), months = table_cell(&im->table, MONTHS);
	int kind = kind_of(table_cell(&im->table, KIND));
	struct holder h;

	if (!c)
		return FAULT_MEMORY;
	if (kind < 0)
		not_a_kind(im);
	c->happened = import_day(im, HAPPENED);
	if (c->happened == DAY_NONE && !im->n_problems)
		import_problem(im, "发生日期为空 / the date is empty");
	else if (c->happened != DAY_NONE && c->happened > im->req->as_of)
		import_problem(im, "发生日期还没有到 / the date lies ahead");
	if (months.n && (!str_int(months, &c->months) || c->months > 1200))
		import_problem(im,
			"连续缴费月数应为 0 到 1200 的整数 / months: a whole number up to 1200");
	c->evidence = kept_text(im, EVIDENCE);
	c->evidence_no = kept_text(im, FILED);
	if (!holder_read(im, NUMBER, table_has(&im->table, DOC_KIND) ? DOC_KIND : -1, &h) ||
		im->n_problems)
		return 0;
	c->kind = str_of(vocab_circumstance.words[kind].code);
	return listing_add(im, &st->listing, &h, name, c) ? 0 : FAULT_MEMORY;
}

static int flush(struct import *im)
{
	struct circumstances *st = im->state;
	struct dossier *d;
	int rc = listing_resolve(im, &st->listing, NULL, &d);

	for (size_t i = 0; rc >= 0 && i < im->chunk_rows; i++) {
		struct circumstance_row *c = st->listing.rows[i].data;

		if (d[i].person == 0)
			continue;
		c->person = d[i].person;
		rc = circumstance_put(im->db, im->env->county, c, im->audit);
		im->report->unchanged += rc == 0;
		im->report->added += rc == 1;
		im->report->changed += rc == 2;
	}
	return rc < 0 ? rc : 0;
}

const struct import_kind import_circumstances = {
	.name = "circumstances",
	.act = "import_circumstances",
	.columns = columns,
	.n_columns = COLUMNS,
	.key = NUMBER,
	.state_size = sizeof(struct circumstances),
	.begin = begin,
	.open = listing_open,
	.row = row,
	.flush = flush,
};
