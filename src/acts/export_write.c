/* SPDX-License-Identifier: Apache-2.0 */
/* The file of an export (导出文件): rows a page at a time within the asker's scope; who, when and
 * what for stand on every row and below them. */
#include <inttypes.h>
#include <stdio.h>

#include "acts/export.h"
#include "acts/list_money.h"
#include "acts/read_missing.h"
#include "acts/take_payment.h"
#include "store/look.h"
#include "store/person.h"
#include "store/place.h"
#include "store/search.h"

#define PAGE 500
#define CELLS 14
#define PAGE_ARENA_MAX ((size_t)64 << 20)
#define CHINA_UTC_OFFSET (8 * 3600)

struct line {
	int64_t person; /* 0: nobody is known */
	size_t number;  /* cell that takes the whole number; 0: none */
	struct str cells[CELLS];
};

struct out {
	const struct env *env;
	const struct policy *policy;
	struct str office;
	const struct export *e;
	const struct export_wish *w;
	struct sheet_sink *sink;
	struct places places;
	struct arena whole, page; /* of the file, of a page */
	struct line *lines;       /* PAGE */
	size_t n;
	size_t columns;
	struct str mark; /* on every row */
	int64_t rows, rows_max;
	bool cut;
	struct vault *vault;
	struct err *err;
};

static struct str yuan(struct out *o, int64_t fen)
{
	return arena_printf(&o->page, "%" PRId64 ".%02d", fen / 100, (int)(fen % 100));
}

static struct str date(struct out *o, day_t day)
{
	char text[11];

	if (day == DAY_NONE)
		return STR("");
	day_text(day, text);
	return arena_str(&o->page, str_of(text));
}

static struct str or_empty(struct str s)
{
	return s.p ? s : STR("");
}

static struct str place_name(const struct out *o, int64_t code)
{
	const struct place *p = code ? place_by_code(&o->places, code) : NULL;

	return p ? p->name : STR("");
}

/* The document number, whole where that was approved. */
static int put_number(struct out *o, struct db *db, struct arena *a, const struct scope_bind *scope,
	struct line *l)
{
	char plain[SEAL_PLAIN_MAX], masked[DOCUMENT_MAX + 1];
	struct person p;
	size_t n;
	int rc = person_within(db, a, scope, l->person, &p);

	if (rc == 1)
		rc = vault_open(o->vault, SEAL_DOCUMENT, p.doc_seal, plain, &n);
	else
		return rc;
	if (rc < 0)
		return rc;
	document_mask((struct str){ plain, n }, masked);
	l->cells[l->number] =
		arena_str(&o->page, o->w->whole ? (struct str){ plain, n } : str_of(masked));
	return l->cells[l->number].p ? 0 : FAULT_MEMORY;
}

/* Inside a transaction: whole numbers where they are asked for, and a look for everybody. */
static int look_tx(struct db *db, struct arena *a, void *arg)
{
	struct out *o = arg;
	struct scope_bind scope = env_scope(o->env);
	struct look *looks = ARENA_ARRAY(a, struct look, PAGE);
	size_t n = 0;
	int rc = looks ? 0 : FAULT_MEMORY;

	for (size_t i = 0; rc >= 0 && i < o->n; i++) {
		struct line *l = &o->lines[i];

		if (l->person == 0)
			continue;
		looks[n++] = (struct look){ .person = l->person,
			.at = o->env->now,
			.actor = o->env->actor,
			.office = o->office,
			.what = LOOK_LIST,
			.reason = o->e->purpose };
		if (l->number && (o->w->whole || l->cells[l->number].n == 0))
			rc = put_number(o, db, a, &scope, l);
	}
	return rc < 0 || n == 0 ? (rc < 0 ? rc : 0) : look_add_all(db, o->env->county, looks, n);
}

static enum parts_word asked(const struct env *env)
{
	return env->parts && env->parts->ask ? env->parts->ask(env->parts->ctx) : PARTS_GO;
}

/* Write what was collected; 1: that is enough. */
static int write_page(struct out *o)
{
	int rc = 0;

	if (asked(o->env) != PARTS_GO)
		return FAULT_CANCELLED;
	if (o->rows + (int64_t)o->n > o->rows_max) {
		o->n = (size_t)(o->rows_max - o->rows);
		o->cut = true;
	}
	if (o->n)
		rc = store_act(o->env->store, look_tx, o);
	for (size_t i = 0; rc == 0 && i < o->n; i++) {
		for (size_t c = 0; c < o->columns; c++)
			if (!o->lines[i].cells[c].p)
				return FAULT_MEMORY;
		o->lines[i].cells[o->columns] = o->mark;
		rc = o->sink->row(o->sink, o->lines[i].cells, o->columns + 1, o->err);
	}
	o->rows += (int64_t)o->n;
	o->n = 0;
	if (o->env->progress)
		o->env->progress(o->env->progress_ctx, (uint64_t)o->rows, (uint64_t)o->rows_max);
	return rc < 0 ? rc : o->cut;
}

static int header(struct out *o, const char *const *names, size_t n)
{
	struct str cells[CELLS + 1];

	BUG_IF(n > CELLS);
	for (size_t i = 0; i < n; i++)
		cells[i] = str_of(names[i]);
	cells[n] = STR("导出标记");
	o->columns = n;
	return o->sink->row(o->sink, cells, n + 1, o->err);
}

static void missing_line(struct out *o, const struct missing_line *m)
{
	struct line *l = &o->lines[o->n++];

	*l = (struct line){ .person = m->who.person,
		.number = 4,
		.cells = { place_name(o, m->who.town), place_name(o, m->who.village),
			or_empty(m->who.household), m->who.name,
			arena_str(&o->page, str_of(m->masked)),
			m->who.sex == 1   ? STR("男")
			: m->who.sex == 2 ? STR("女")
					  : STR("未说明"),
			date(o, m->who.birth), or_empty(m->category),
			m->who.payable_fen < 0 ? STR("") : yuan(o, m->who.payable_fen),
			or_empty(m->refusal_zh) } };
}

static int missing_of(struct out *o, int64_t village)
{
	struct missing_request q = {
		.village = village, .special = o->w->list == EXPORT_SPECIAL, .max = PAGE
	};
	struct missing_line *items;
	size_t n;
	int rc;

	do {
		struct str household;

		rc = read_missing(o->env, o->policy, o->w->on, &q, &o->page, &items, &n);
		if (rc < 0)
			return rc;
		for (size_t i = 0; i < n; i++)
			missing_line(o, &items[i]);
		if (n) {
			household = items[n - 1].who.household;
			q.after_household =
				household.p ? arena_str(&o->whole, household) : household;
			q.after_person = items[n - 1].who.person;
		}
		rc = write_page(o);
		arena_reset(&o->page);
	} while (rc == 0 && n == PAGE);
	return rc;
}

/* Is this place below the division that was asked for, and what the asker sees? */
static bool wanted(const struct out *o, const struct place *p)
{
	int64_t asked = o->w->division, sees = o->env->scope.division;
	const struct place *town = place_town(&o->places, p);
	int64_t in = town ? town->code : 0;

	return p->level != PLACE_COUNTY && (!asked || asked == p->code || asked == in) &&
	       (!sees || sees == p->code || sees == in);
}

static int write_missing(struct out *o)
{
	static const char *const names[] = { "乡镇", "村（社区）", "户号", "姓名", "证件号码",
		"性别", "出生日期", "身份类别", "应缴（元）", "不能缴费的原因" };
	int rc = header(o, names, ARRAY_LEN(names));

	for (size_t i = 0; rc == 0 && i < o->places.n; i++)
		if (wanted(o, &o->places.items[i]))
			rc = missing_of(o, o->places.items[i].code);
	return rc;
}

static struct str channel_name(const struct out *o, struct str code)
{
	int c = pack_channel_by_code(o->policy->pack, code);

	return c < 0 ? code : o->policy->pack->channels[c].name;
}

static struct str suspense_text(struct str code)
{
	for (int i = 0; code.p && i < SUSPENSE_REASON_COUNT; i++)
		if (str_is(code, suspense_code((enum suspense_reason)i)))
			return str_of(suspense_zh((enum suspense_reason)i));
	return STR("");
}

static void payment_cells(struct out *o, const struct payment_line *p)
{
	struct line *l = &o->lines[o->n++];
	int64_t local = p->pay.paid_at + CHINA_UTC_OFFSET;

	*l = (struct line){ .person = p->person,
		.number = 1,
		.cells = { or_empty(p->name), STR(""), date(o, (day_t)(local / 86400)),
			channel_name(o, p->pay.channel), or_empty(p->pay.serial),
			yuan(o, p->pay.fen),
			str_is(p->pay.state, "posted") ? STR("已入账") : STR("待查"),
			suspense_text(p->pay.reason) } };
}

static int write_payments(struct out *o)
{
	static const char *const names[] = { "姓名", "证件号码", "缴费日", "渠道", "流水号",
		"金额（元）", "状态", "待查原因" };
	struct payment_filter f = { .policy = o->policy->pack->code,
		.state = o->w->list == EXPORT_SUSPENSE ? STR("suspense") : (struct str){ NULL, 0 },
		.from = 0,
		.until = ((int64_t)o->w->on + 1) * 86400 - CHINA_UTC_OFFSET,
		.division = o->w->division };
	int64_t before = 0;
	int rc = header(o, names, ARRAY_LEN(names));

	while (rc == 0) {
		struct payment_line *items;
		size_t n;

		rc = list_payments(o->env, &f, before, PAGE, &o->page, &items, &n, &before);
		for (size_t i = 0; rc == 0 && i < n; i++)
			payment_cells(o, &items[i]);
		if (rc == 0)
			rc = write_page(o);
		arena_reset(&o->page);
		if (before == 0)
			break;
	}
	return rc;
}

static struct str bill_state(struct str code)
{
	static const struct {
		const char *code, *zh;
	} words[] = { { "open", "待缴" }, { "paid", "已缴" }, { "funded", "全额资助" },
		{ "withdrawn", "已撤销" } };

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_is(code, words[i].code))
			return str_of(words[i].zh);
	return code;
}

static struct str category_name(const struct out *o, struct str code)
{
	int c = code.p ? pack_category_by_code(o->policy->pack, code) : -1;

	return c < 0 ? or_empty(code) : o->policy->pack->categories[c].name;
}

static int write_bills(struct out *o)
{
	static const char *const names[] = { "姓名", "证件号码", "村（社区）", "状态", "身份类别",
		"标准（元）", "资助（元）", "应缴（元）", "核定日" };
	struct bill_filter f = { .policy = o->policy->pack->code, .division = o->w->division };
	int64_t after = 0;
	size_t n = PAGE;
	int rc = header(o, names, ARRAY_LEN(names));

	while (rc == 0 && n == PAGE) {
		struct bill_line *items;

		rc = list_bills(o->env, &f, after, PAGE, &o->page, &items, &n);
		for (size_t i = 0; rc == 0 && i < n; i++) {
			const struct bill_line *b = &items[i];

			after = b->person;
			o->lines[o->n++] = (struct line){ .person = b->person,
				.number = 1,
				.cells = { b->name, STR(""), or_empty(b->village),
					bill_state(b->state), category_name(o, b->category),
					yuan(o, b->standard_fen), yuan(o, b->subsidy_fen),
					yuan(o, b->payable_fen), date(o, b->assessed_on) } };
		}
		if (rc == 0)
			rc = write_page(o);
		arena_reset(&o->page);
	}
	return rc;
}

static int footer(struct out *o)
{
	struct str line = arena_printf(&o->whole,
		"第 %" PRId64 " 号导出：%s，%" PRId64
		" 行%s；申请人 %.*s，批准人 %.*s；用途：%.*s；仅限该用途，用后删除",
		o->e->id, export_list_zh(o->w->list), o->rows,
		o->cut ? "（已到行数上限，后面的没有导出）" : "", STR_ARG(o->env->actor),
		STR_ARG(or_empty(o->e->decided_login)), STR_ARG(o->e->purpose));

	return line.p ? o->sink->row(o->sink, &line, 1, o->err) : FAULT_MEMORY;
}

static int prepare_tx(struct db *db, struct arena *a, void *arg)
{
	struct out *o = arg;

	(void)a;
	return places_load(db, &o->whole, o->env->county, &o->places);
}

static int write_all(struct out *o)
{
	int rc = store_read(o->env->store, prepare_tx, o);

	if (rc < 0)
		return rc;
	if (o->w->list == EXPORT_MISSING || o->w->list == EXPORT_SPECIAL)
		rc = write_missing(o);
	else
		rc = o->w->list == EXPORT_BILLS ? write_bills(o) : write_payments(o);
	if (rc >= 0)
		rc = footer(o);
	return rc < 0 ? rc : o->sink->finish(o->sink, o->err);
}

struct end {
	const struct out *o;
	bool fine;
};

static int end_tx(struct db *db, struct arena *a, void *arg)
{
	const struct end *e = arg;
	const struct out *o = e->o;
	struct str subject = arena_printf(a, "export %" PRId64, o->e->id);
	struct str detail = arena_printf(a, "{\"rows\":%" PRId64 ",\"cut\":%s,\"whole\":%s}",
		o->rows, o->cut ? "true" : "false", o->w->whole ? "true" : "false");
	int64_t audit;
	int rc = audit_open(db, o->env->county, &audit);

	if (rc < 0 || !subject.p || !detail.p)
		return rc < 0 ? rc : FAULT_MEMORY;
	rc = export_end(db, o->env->county, o->e->id, e->fine ? STR("ready") : STR("failed"),
		e->fine ? o->rows : 0, audit);
	return rc < 0 ? rc : env_audit(db, o->env, audit, "export_write", subject, detail);
}

static int with_sink(struct out *o, const char *path)
{
	char title[32];
	struct end end = { .o = o };
	int rc, told;

	/* An orderly stop is no end: the job begins again with the program. */
	snprintf(title, sizeof(title), "导出%" PRId64, o->e->id);
	rc = o->env->sheets->create(
		path, o->w->xlsx ? SHEET_XLSX : SHEET_CSV, title, o->err, &o->sink);
	if (rc == 0) {
		rc = write_all(o);
		o->sink->close(o->sink);
	}
	if (rc == FAULT_CANCELLED && asked(o->env) == PARTS_PAUSE)
		return rc;
	end.fine = rc == 0;
	told = store_act(o->env->store, end_tx, &end);
	return rc < 0 ? rc : told;
}

int export_write(const struct env *env, const struct policy *policy, struct str office,
	const struct export *e, const struct export_wish *w, int64_t rows_max, const char *path,
	int64_t *ret_rows, bool *ret_cut, struct err *err)
{
	struct out o = { .env = env,
		.policy = policy,
		.office = office,
		.e = e,
		.w = w,
		.rows_max = rows_max,
		.err = err };
	int rc = vault_new(store_keys(env->store), &o.vault);

	arena_init(&o.whole, PAGE_ARENA_MAX);
	arena_init(&o.page, PAGE_ARENA_MAX);
	o.lines = ARENA_ARRAY(&o.whole, struct line, PAGE);
	o.mark = arena_printf(&o.whole, "%" PRId64 "·%.*s", e->id, STR_ARG(env->actor));
	if (rc == 0)
		rc = o.lines && o.mark.p ? with_sink(&o, path) : FAULT_MEMORY;
	if (rc == 0) {
		*ret_rows = o.rows;
		*ret_cut = o.cut;
	}
	arena_release(&o.page);
	arena_release(&o.whole);
	vault_free(o.vault);
	return rc;
}
