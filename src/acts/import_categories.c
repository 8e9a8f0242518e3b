/* SPDX-License-Identifier: Apache-2.0 */
/* import categories: a department's list of people in hardship.  Only the department that owns a
 * category may certify it (LB-12); civil affairs may enter what others certified (LB-45); a person
 * in several categories has each of them marked (LB-14).  A complete monthly list takes off whom it
 * no longer carries, but never on the strength of a bad file. */
#include <inttypes.h>
#include <string.h>

#include "acts/imports.h"
#include "acts/listing.h"
#include "acts/token_set.h"
#include "store/part.h"

#define CATEGORIES_A_CELL 16

enum { NAME, NUMBER, KIND, CATEGORY, CERTIFIED, ENDED, COLUMNS };

static const struct column columns[COLUMNS] = {
	[NAME] = { "姓名", HOLDER_NAME_ALIASES, true },
	[NUMBER] = { "证件号码", HOLDER_NUMBER_ALIASES, true },
	[KIND] = { "证件类型", HOLDER_KIND_ALIASES, false },
	[CATEGORY] = { "身份类别",
		"人员类别|医疗救助身份|救助身份|特殊人员身份|特殊人群类别|身份|类别|资助参保身份|人员属性|困难类别|救助类别|对象类别|救助对象类别|资助类别|人员身份",
		true },
	[CERTIFIED] = { "纳入资助时间", "认定时间|认定日期|纳入时间|纳入日期|审批时间|纳入监测时间",
		false },
	[ENDED] = { "身份取消时间", "取消时间|退出时间|取消日期|停发时间", false },
};

/* What one row says. */
struct said {
	size_t n;
	int categories[CATEGORIES_A_CELL];
	day_t certified, ended;
};

struct categories {
	struct listing listing;
	struct token_set
		seen; /* person and category, so that a second row of the same is noticed */
	int sender;   /* enum department */
};

/* By code (civil_affairs), by word (民政), or by a longer name that holds the word (县民政局). */
static int department_of(struct str said)
{
	int d = vocab_code(&vocab_department, said);

	if (d < 0)
		d = vocab_word(&vocab_department, said);
	for (size_t i = 0; d < 0 && said.n && i < vocab_department.n; i++)
		if (str_find(said, str_of(vocab_department.words[i].zh)) >= 0)
			d = (int)i;
	return d;
}

static int begin(struct import *im)
{
	struct categories *st = im->state;

	st->sender = department_of(im->req->department);
	if (st->sender < 0)
		return err_set(&im->report->err, FAULT_FORMAT,
			"请用 --department 写明名单来自哪个部门，如 civil_affairs（民政）/ say which department sent the "
			"list: --department civil_affairs");
	im->department = str_of(vocab_department.words[st->sender].code);
	return listing_begin(im, &st->listing);
}

static int open_list(struct import *im)
{
	int rc = listing_open(im);

	return rc < 0 || !im->req->full || im->parts ? rc : listed_begin(im->db);
}

/* A complete list goes back whole for one blank cell. */
static bool strict(const struct import *im)
{
	return im->req->full;
}

/* May the sender speak of this category?  Complains when not. */
static bool may_send(struct import *im, int category)
{
	const struct categories *st = im->state;
	const struct pack_category *c = &im->req->policy->pack->categories[category];
	uint32_t sender = 1u << st->sender;

	if ((c->certifiers | c->enterers) & sender)
		return true;
	import_problem(im,
		"“%.*s”不由%s认定，请退回有认定权的部门报送 / this category is not the sender's to certify",
		STR_ARG(c->name), vocab_department.words[st->sender].zh);
	return false;
}

/* Cells hold several categories, split by 、 , ; / or a line break (LB-14). */
static void split_cell(struct import *im, struct str cell, struct said *said)
{
	static const struct str seps[] = { STR("、"), STR("，"), STR(","), STR("；"), STR(";"),
		STR("\n"), STR("/") };
	const struct pack *pack = im->req->policy->pack;

	while (cell.n && !im->n_problems) {
		size_t cut = cell.n, skip = 0;
		struct str one;
		int c;

		for (size_t i = 0; i < ARRAY_LEN(seps); i++) {
			ptrdiff_t at = str_find(cell, seps[i]);

			if (at >= 0 && (size_t)at < cut) {
				cut = (size_t)at;
				skip = seps[i].n;
			}
		}
		one = str_trim((struct str){ cell.p, cut });
		cell = cut + skip <= cell.n
			       ? (struct str){ cell.p + cut + skip, cell.n - cut - skip }
			       : (struct str){ "", 0 };
		if (one.n == 0)
			continue;
		c = pack_category_by_name(pack, one);
		if (c < 0)
			import_problem(im,
				"“%.*s”不是本县政策包里的身份类别 / not a category of this policy",
				(int)(one.n > 60 ? 60 : one.n), one.p);
		else if (said->n == CATEGORIES_A_CELL)
			import_problem(
				im, "一格里的身份类别太多 / too many categories in one cell");
		else if (may_send(im, c))
			said->categories[said->n++] = c;
	}
}

static int abort_blank(struct import *im, const char *what)
{
	return err_set(&im->report->err, FAULT_FORMAT,
		"%s 第 %" PRIu32
		" 行的%s为空：这是全量名单，整批退回，没有取消任何人的身份。请补全后重新导入 / row %" PRIu32
		" of a complete list lacks it: the whole file is sent back, nobody was taken off",
		im->table.source->name, im->table.row.number, what, im->table.row.number);
}

/* Leave out what an earlier row of the file said of the same person and category. */
static int drop_repeated(struct import *im, const struct holder *h, struct said *said)
{
	struct categories *st = im->state;
	size_t kept = 0;

	for (size_t i = 0; i < said->n; i++) {
		unsigned char key[TOKEN_BYTES];
		uint32_t before = 0;
		int rc;

		memcpy(key, h->token, TOKEN_BYTES);
		key[TOKEN_BYTES - 1] ^= (unsigned char)(said->categories[i] + 1);
		/* Another interval of the same category is another statement. */
		for (size_t k = 0; k < sizeof(said->certified); k++)
			key[k + 4] ^= (unsigned char)((uint32_t)said->certified >> (8 * k));
		rc = token_set_add(&st->seen, key, im->table.row.number, &before);
		if (rc < 0)
			return rc;
		if (rc == 1)
			said->categories[kept++] = said->categories[i];
		else
			import_warn(im,
				"同一人同一类别在第 %" PRIu32
				" 行已有，以前一行为准 / repeated; row %" PRIu32 " counts",
				before, before);
	}
	said->n = kept;
	return 0;
}

static int row(struct import *im)
{
	struct categories *st = im->state;
	struct str cell = table_cell(&im->table, CATEGORY), name = holder_name(im, NAME);
	struct said *said = ARENA_NEW(&im->chunk, struct said);
	struct holder h;

	if (!said)
		return FAULT_MEMORY;
	if (im->req->full && table_cell(&im->table, NUMBER).n == 0)
		return abort_blank(im, "证件号码");
	if (im->req->full && cell.n == 0)
		return abort_blank(im, "身份类别");
	if (cell.n == 0)
		import_problem(im, "身份类别为空 / the category is empty");
	split_cell(im, cell, said);
	if (said->n == 0 && im->n_problems == 0 && im->req->full)
		return abort_blank(im, "身份类别");
	if (said->n == 0 && im->n_problems == 0)
		import_problem(im, "身份类别为空 / the category is empty");
	said->certified = import_day(im, CERTIFIED);
	said->ended = import_day(im, ENDED);
	if (said->certified != DAY_NONE && said->certified > im->req->as_of)
		import_problem(im, "纳入时间在名单日期之后 / certified after the day of the list");
	if (said->ended != DAY_NONE && said->certified != DAY_NONE && said->ended < said->certified)
		import_problem(im, "取消时间早于纳入时间 / ended before it began");
	if (!holder_read(im, NUMBER, table_has(&im->table, KIND) ? KIND : -1, &h) || im->n_problems)
		return 0;
	if (drop_repeated(im, &h, said) < 0)
		return FAULT_MEMORY;
	return listing_add(im, &st->listing, &h, name, said) ? 0 : FAULT_MEMORY;
}

static void release(struct import *im)
{
	struct categories *st = im->state;

	token_set_release(&st->seen);
}

/* The stored membership this row speaks of: the open one, else the one that began on its day, or,
 * when it names none, the one in force on the day of the list. */
static const struct dossier_membership *stored_of(
	const struct dossier *d, struct str code, day_t certified, day_t as_of)
{
	const struct dossier_membership *same = NULL;

	for (size_t i = 0; i < d->n_memberships; i++) {
		const struct dossier_membership *m = &d->memberships[i];

		if (!str_eq(m->category, code))
			continue;
		if (m->ended == DAY_NONE)
			return m;
		if (certified == DAY_NONE ? m->certified <= as_of && as_of < m->ended
					  : m->certified == certified)
			same = m;
	}
	return same;
}

/* Last day on which an ended membership of this category was in force, DAY_MIN when there is none.
 */
static day_t ended_of(const struct dossier *d, struct str code)
{
	day_t last = DAY_MIN;

	for (size_t i = 0; i < d->n_memberships; i++)
		if (str_eq(d->memberships[i].category, code) &&
			d->memberships[i].ended != DAY_NONE && d->memberships[i].ended > last)
			last = d->memberships[i].ended;
	return last;
}

static struct str certifier_of(const struct import *im, const struct pack_category *c)
{
	const struct categories *st = im->state;
	int d = st->sender;

	if (!(c->certifiers & (1u << d)))
		d = __builtin_ctz(c->certifiers);
	return str_of(vocab_department.words[d].code);
}

enum effect { SAME, ADDED, CHANGED, REFUSED };

static int put(struct import *im, const struct dossier *d, const struct pack_category *c,
	day_t certified, day_t ended)
{
	const struct categories *st = im->state;
	struct membership m = { .person = d->person,
		.category = c->code,
		.certified = certified,
		.ended = ended,
		.department = certifier_of(im, c),
		.entered_by = str_of(vocab_department.words[st->sender].code),
		.file = im->file };

	return membership_put(im->db, im->env->county, &m, im->audit);
}

/* Bring one category of one person in line with the row. */
static int apply(struct import *im, const struct dossier *d, const struct listing_row *r,
	int category, enum effect *ret_effect)
{
	const struct said *said = r->data;
	const struct pack_category *c = &im->req->policy->pack->categories[category];
	day_t certified = said->certified == DAY_NONE ? im->req->as_of : said->certified;
	const struct dossier_membership *m = stored_of(d, c->code, said->certified, im->req->as_of);
	char was[11];
	int rc;

	/* A list speaks of its own day: a late one takes back nothing that ended after it. */
	if (m && m->ended != DAY_NONE && m->ended > im->req->as_of && said->ended == DAY_NONE) {
		*ret_effect = SAME;
		return 0;
	}

	if (m && m->ended == said->ended &&
		(said->certified == DAY_NONE || m->certified == said->certified)) {
		*ret_effect = SAME;
		return 0;
	}
	if (m && said->certified != DAY_NONE && m->certified != said->certified) {
		day_text(m->certified, was);
		*ret_effect = REFUSED;
		return import_reject_kept(im, r->kept,
			"“%.*s”已登记的纳入时间是 %s，与本行不同；要更正请先报送取消 / already certified on another day",
			STR_ARG(c->name), was);
	}
	if (said->ended != DAY_NONE && said->ended < (m ? m->certified : certified)) {
		*ret_effect = REFUSED;
		return import_reject_kept(
			im, r->kept, "取消时间早于纳入时间 / ended before it began");
	}
	if (!m && certified < ended_of(d, c->code)) {
		*ret_effect = REFUSED;
		return import_reject_kept(im, r->kept,
			"“%.*s”的纳入时间落在已取消的那一段里 / it begins inside a period that was ended",
			STR_ARG(c->name));
	}
	rc = put(im, d, c, m ? m->certified : certified, said->ended);
	*ret_effect = m ? CHANGED : ADDED;
	return rc;
}

static int note_listed(struct import *im, int64_t person, struct str category)
{
	return im->parts ? listed_keep(im->db, im->env->county, im->parts->job, person, category)
			 : listed_add(im->db, person, category);
}

static int apply_row(struct import *im, const struct dossier *d, const struct listing_row *r)
{
	const struct said *said = r->data;
	const struct pack *pack = im->req->policy->pack;
	enum effect worst = SAME;
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < said->n && worst != REFUSED; i++) {
		enum effect e;

		rc = apply(im, d, r, said->categories[i], &e);
		worst = e > worst ? e : worst;
		if (rc == 0 && im->req->full && said->ended == DAY_NONE)
			rc = note_listed(im, d->person, pack->categories[said->categories[i]].code);
	}
	im->report->unchanged += worst == SAME;
	im->report->added += worst == ADDED;
	im->report->changed += worst == CHANGED;
	return rc;
}

static int flush(struct import *im)
{
	struct categories *st = im->state;
	struct dossier *d;
	int rc = listing_resolve(im, &st->listing, im->req->policy, &d);

	for (size_t i = 0; rc == 0 && i < im->chunk_rows; i++)
		if (d[i].person)
			rc = apply_row(im, &d[i], &st->listing.rows[i]);
	return rc;
}

#define ENDED_UNASKED 20 /* so many may be taken off without asking … */
#define ENDED_SHARE 5    /* … or up to one in five of the list's own rows */

/* An older complete list must not undo what a newer one said. */
static int check_newest(struct import *im)
{
	char newest_text[11];
	day_t newest;
	int rc = import_file_newest(
		im->db, im->env->county, STR("categories"), im->department, &newest);

	if (rc <= 0 || newest <= im->req->as_of)
		return rc < 0 ? rc : 0;
	day_text(newest, newest_text);
	return err_set(&im->report->err, FAULT_FORMAT,
		"这个部门 %s 的名单已经导入过，更早的全量名单不能用来取消身份；不加 --full 可作普通名单导入 / a newer list "
		"of this department was taken in; an older complete one takes nobody off",
		newest_text);
}

static int check(struct import *im)
{
	if (!im->req->full)
		return 0;
	if (im->report->rows == 0)
		return err_set(&im->report->err, FAULT_FORMAT,
			"全量名单是空的，没有取消任何人的身份 / a complete list with no rows takes nobody off");
	return im->report->rejected ? 0 : check_newest(im);
}

static int ask_first(struct import *im, size_t n)
{
	im->report->asks_ended = (int64_t)n;
	if (im->parts)
		return err_set(&im->report->err, FAULT_FORMAT,
			"这份全量名单会取消 %zu 人次的身份（名单只有 %" PRId64
			" 行），先不取消；确认无误请再导入一次并填写“确认取消 %zu 人次” / this list would take %zu "
			"off; if that is right import it again and confirm %zu",
			n, im->report->rows, n, n, n);
	return err_set(&im->report->err, FAULT_FORMAT,
		"这份全量名单会取消 %zu 人次的身份（名单只有 %" PRId64
		" 行），先不执行；确认无误请加 --confirm-ended "
		"%zu / this list would take %zu off; if that is right add --confirm-ended %zu",
		n, im->report->rows, n, n, n);
}

/* Whom the complete list no longer carries is taken off, unless rows were bad: a mistyped number
 * must not cost its owner the subsidy. */
static int end(struct import *im)
{
	const struct categories *st = im->state;
	struct str sender = str_of(vocab_department.words[st->sender].code);
	struct unlisted *items;
	size_t n;
	int rc;

	if (!im->req->full)
		return 0;
	if (im->report->rejected) {
		im->report->cancelled_none = true;
		return 0;
	}
	rc = check_newest(im);
	if (rc < 0)
		return rc;
	rc = im->parts ? listed_kept_missing(im->db, im->a, im->env->county, im->parts->job, sender,
				 im->req->as_of, &items, &n)
		       : listed_missing(im->db, im->a, im->env->county, sender, im->req->as_of,
				 &items, &n);
	if (rc == 0 && n > ENDED_UNASKED && n * ENDED_SHARE > (size_t)im->report->rows &&
		im->req->confirm_ended != (int64_t)n)
		return ask_first(im, n);
	for (size_t i = 0; rc == 0 && i < n; i++) {
		int64_t ended = membership_end(im->db, im->env->county, items[i].person,
			items[i].category, im->req->as_of, im->audit);

		if (ended < 0)
			return (int)ended;
		im->report->ended += ended;
	}
	return rc;
}

const struct import_kind import_categories = {
	.name = "categories",
	.act = "import_categories",
	.columns = columns,
	.n_columns = COLUMNS,
	.key = NUMBER,
	.state_size = sizeof(struct categories),
	.begin = begin,
	.open = open_list,
	.strict = strict,
	.row = row,
	.flush = flush,
	.check = check,
	.end = end,
	.release = release,
};
