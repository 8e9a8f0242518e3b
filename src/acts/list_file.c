/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/list_file.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "acts/ask_import.h"
#include "acts/name_grid.h"

#define PAGE 200
#define PAGE_BYTES (8u << 20)
#define READINGS_MAX 2000 /* pages of the trail, which may be empty ones */
#define CHINA_SECONDS (8 * 3600)
#define CELLS 12

/* A column's name in both languages. */
struct heading {
	const char *zh, *en;
};

struct out {
	const struct env *env;
	const struct list_file *f;
	struct err *err;
	struct sheet_sink *sink;
	struct arena a; /* of one page */
	int64_t rows;
	bool cut;
};

static struct str or_empty(struct str s)
{
	return s.p ? s : STR("");
}

static struct str number(struct out *o, int64_t n)
{
	return arena_printf(&o->a, "%" PRId64, n);
}

static struct str date(struct out *o, day_t d)
{
	char text[11];

	if (d == DAY_NONE)
		return STR("");
	day_text(d, text);
	return arena_str(&o->a, str_of(text));
}

/* In China time. */
static struct str instant(struct out *o, int64_t at)
{
	int64_t local = at + CHINA_SECONDS, of_day = local % 86400;
	char text[11];

	day_text((day_t)(local / 86400), text);
	return arena_printf(&o->a, "%s %02d:%02d:%02d", text, (int)(of_day / 3600),
		(int)(of_day / 60 % 60), (int)(of_day % 60));
}

static int heading(struct out *o, const struct heading *h, size_t n)
{
	struct str cells[CELLS];

	BUG_IF(n > CELLS);
	for (size_t i = 0; i < n; i++)
		cells[i] = str_of(o->f->english ? h[i].en : h[i].zh);
	return o->sink->row(o->sink, cells, n, o->err);
}

/* One row of the list; 1 when the ceiling is reached and it was not written. */
static int put(struct out *o, const struct str *cells, size_t n)
{
	int rc;

	if (o->rows == o->f->rows_max) {
		o->cut = true;
		return 1;
	}
	for (size_t i = 0; i < n; i++)
		if (!cells[i].p)
			return FAULT_MEMORY;
	rc = o->sink->row(o->sink, cells, n, o->err);
	o->rows += rc == 0;
	return rc;
}

static int say_cut(struct out *o)
{
	struct str line = o->f->english
				  ? STR("The rest is left out: narrow the list and export again")
				  : STR("已到行数上限，后面的没有导出；请缩小范围再导出");

	return o->cut ? o->sink->row(o->sink, &line, 1, o->err) : 0;
}

struct noting {
	const struct env *env;
	const char *list;
	int64_t rows;
};

static int note(struct db *db, struct arena *a, void *arg)
{
	struct noting *n = arg;
	int64_t audit;
	int rc = audit_open(db, n->env->county, &audit);

	return rc < 0 ? rc
		      : env_audit(db, n->env, audit, "export_list", str_of(n->list),
				arena_printf(a, "{\"rows\":%" PRId64 "}", n->rows));
}

static int begin(struct out *o, const char *zh, const char *en, const struct heading *h, size_t n)
{
	int rc = o->env->sheets->create(
		o->f->path, o->f->format, o->f->english ? en : zh, o->err, &o->sink);

	if (rc < 0)
		return rc;
	arena_init(&o->a, PAGE_BYTES);
	return heading(o, h, n);
}

/* Complete the file, or leave nothing of it; who took it away is in the trail before they have it.
 */
static int end(struct out *o, const char *list, int rc, int64_t *ret_rows)
{
	struct noting n = { o->env, list, o->rows };

	if (!o->sink)
		return rc;
	if (rc >= 0)
		rc = say_cut(o);
	if (rc == 0)
		rc = o->sink->finish(o->sink, o->err);
	o->sink->close(o->sink);
	arena_release(&o->a);
	if (rc == 0)
		rc = store_act(o->env->store, note, &n);
	if (rc < 0)
		unlink(o->f->path);
	else
		*ret_rows = o->rows;
	return rc < 0 ? rc : 0;
}

static int put_trail(struct out *o, const struct trail_line *l)
{
	const struct str cells[] = { number(o, l->id), instant(o, l->row.at), l->row.actor,
		or_empty(l->row.on_behalf), l->row.act, or_empty(l->row.subject),
		or_empty(l->row.reason), or_empty(l->row.detail) };

	return put(o, cells, ARRAY_LEN(cells));
}

int list_file_trail(const struct env *env, const struct trail_query *q, const struct list_file *f,
	int64_t *ret_rows, struct err *err)
{
	static const struct heading h[] = { { "序号", "No." }, { "时间", "When" },
		{ "账号", "Account" }, { "代谁", "On behalf of" }, { "操作", "Act" },
		{ "对象", "Subject" }, { "事由", "Reason" }, { "详情", "Detail" } };
	struct out o = { .env = env, .f = f, .err = err };
	struct trail_query asked = *q;
	int rc = begin(&o, "操作日志", "trail", h, ARRAY_LEN(h)), readings = 0;

	asked.max = PAGE;
	while (rc == 0) {
		struct trail_page page;

		rc = read_trail(env, &asked, &o.a, &page);
		for (size_t i = 0; rc == 0 && i < page.n; i++)
			rc = put_trail(&o, &page.items[i]);
		arena_reset(&o.a);
		if (rc != 0 || page.next == 0)
			break;
		asked.way.from = page.next;
		o.cut = ++readings == READINGS_MAX;
		rc = o.cut;
	}
	return end(&o, "audit-trail", rc, ret_rows);
}

static int put_account(struct out *o, const struct account_line *l)
{
	const struct account *acc = &l->account;
	bool en = o->f->english;
	enum role r;
	const struct str role =
		!role_parse(acc->role, &r) ? acc->role : str_of(en ? role_en(r) : role_zh(r));
	static const char *const states[] = { "待批准", "在用", "已停用" };
	const struct str cells[] = { acc->login, acc->name, acc->staff_no, role,
		l->division_name.p ? l->division_name : or_empty(acc->unit),
		str_of(en ? account_state_code(acc->state) : states[acc->state]),
		acc->totp_seal.p ? (en ? STR("yes") : STR("有")) : (en ? STR("no") : STR("没有")),
		or_empty(l->asked_by) };

	return put(o, cells, ARRAY_LEN(cells));
}

int list_file_accounts(const struct env *env, const struct account_filter *q,
	const struct list_file *f, int64_t *ret_rows, struct err *err)
{
	static const struct heading h[] = { { "登录名", "Log-in" }, { "姓名", "Name" },
		{ "工号", "Staff no." }, { "角色", "Role" }, { "辖区、单位", "Area, unit" },
		{ "状态", "State" }, { "动态口令", "Second factor" }, { "申请人", "Asked by" } };
	struct out o = { .env = env, .f = f, .err = err };
	struct account_filter asked = *q;
	char after[64];
	int rc = begin(&o, "账号", "accounts", h, ARRAY_LEN(h));
	size_t n = PAGE;

	asked.max = PAGE;
	while (rc == 0 && n == PAGE) {
		struct account_line *items;

		rc = account_list(env, &asked, &o.a, &items, &n);
		for (size_t i = 0; rc == 0 && i < n; i++)
			rc = put_account(&o, &items[i]);
		if (rc == 0 && n > 0) {
			struct str last = items[n - 1].account.login;

			BUG_IF(last.n > sizeof(after));
			memcpy(after, last.p, last.n);
			asked.after = (struct str){ after, last.n };
		}
		arena_reset(&o.a);
	}
	return end(&o, "accounts", rc, ret_rows);
}

static int put_import(struct out *o, const struct import_listed_file *l)
{
	const struct import_offer *offer = import_offer_named(l->kind);
	bool en = o->f->english;
	const struct str cells[] = { number(o, l->id),
		offer ? str_of(en ? offer->en : offer->zh) : l->kind, l->name, l->state,
		or_empty(l->department), date(o, l->as_of), number(o, l->rows),
		number(o, l->accepted), number(o, l->unchanged), number(o, l->rejected), l->actor,
		instant(o, l->at) };

	return put(o, cells, ARRAY_LEN(cells));
}

int list_file_imports(const struct env *env, struct str kind, struct way way,
	const struct list_file *f, int64_t *ret_rows, struct err *err)
{
	static const struct heading h[] = { { "序号", "No." }, { "种类", "Kind" },
		{ "文件", "File" }, { "状态", "State" }, { "部门", "Department" },
		{ "名单日期", "As of" }, { "行数", "Rows" }, { "进库", "Taken in" },
		{ "无变化", "Unchanged" }, { "退回", "Came back" }, { "送件", "Sent by" },
		{ "时间", "When" } };
	struct out o = { .env = env, .f = f, .err = err };
	int rc = begin(&o, "导入过的文件", "imports", h, ARRAY_LEN(h));
	size_t n = PAGE;

	while (rc == 0 && n == PAGE) {
		struct import_listed_file *items = NULL;

		rc = import_files_page(env, kind, way, PAGE, &o.a, &items, &n);
		for (size_t i = 0; rc == 0 && i < n; i++)
			rc = put_import(&o, &items[i]);
		if (rc == 0 && n > 0)
			way.from = items[n - 1].id;
		arena_reset(&o.a);
	}
	return end(&o, "imports", rc, ret_rows);
}

/* "name phone" of each duty's person. */
static struct str staff(struct out *o, const struct grid_line *l, const char *duty)
{
	struct str s = STR("");

	for (size_t i = 0; s.p && i < l->n_staff; i++)
		if (str_is(l->staff[i].duty, duty))
			s = arena_printf(&o->a, "%.*s%s%.*s %.*s", STR_ARG(s), s.n ? "；" : "",
				STR_ARG(l->staff[i].name), STR_ARG(or_empty(l->staff[i].phone)));
	return s;
}

static int put_division(struct out *o, const struct grid_line *l)
{
	const struct grid_division *d = &l->division;
	const struct str cells[] = { number(o, d->code), d->name, or_empty(d->officer),
		d->people < 0 ? STR("") : number(o, d->people), staff(o, l, "tax"),
		staff(o, l, "insurance"), staff(o, l, "collector") };

	return put(o, cells, ARRAY_LEN(cells));
}

int list_file_divisions(const struct env *env, const struct policy *policy, int64_t parent,
	const struct list_file *f, int64_t *ret_rows, struct err *err)
{
	static const struct heading h[] = { { "区划代码", "Code" }, { "名称", "Name" },
		{ "负责人", "In charge" }, { "人口数", "People" }, { "税管员", "Tax" },
		{ "医保专干", "Insurance" }, { "代征员", "Collector" } };
	struct out o = { .env = env, .f = f, .err = err };
	struct grid_line *items = NULL;
	size_t n = 0;
	int rc = begin(&o, "区划", "divisions", h, ARRAY_LEN(h));

	if (rc == 0)
		rc = read_grid(env, policy, parent, false, &o.a, &items, &n);
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = put_division(&o, &items[i]);
	return end(&o, "divisions", rc, ret_rows);
}
