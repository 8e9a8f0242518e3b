/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/import_work.h"

#include <inttypes.h>
#include <openssl/evp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "acts/imports.h"
#include "base/utf8.h"

#define PROBLEMS_BYTES 2000
#define PROBLEM_HEADER "问题（系统填写）"

static void complain(struct buf *to, const char *fmt, va_list ap)
{
	char text[600];

	vsnprintf(text, sizeof(text), fmt, ap);
	if (to->n)
		buf_addz(to, "；");
	buf_addz(to, text);
}

void import_problem(struct import *im, const char *fmt, ...)
{
	va_list ap;

	if (im->n_problems++ >= IMPORT_PROBLEMS_MAX)
		return;
	va_start(ap, fmt);
	complain(&im->problems, fmt, ap);
	va_end(ap);
}

void import_warn(struct import *im, const char *fmt, ...)
{
	va_list ap;

	if (im->n_warnings++ >= IMPORT_PROBLEMS_MAX)
		return;
	va_start(ap, fmt);
	complain(&im->warnings, fmt, ap);
	va_end(ap);
}

day_t import_day(struct import *im, size_t column)
{
	struct str s = table_cell(&im->table, column);
	day_t day = DAY_NONE;

	if (s.n && !day_parse_loose(s, &day))
		import_problem(im, "%s不是日期，请写成 2024-01-31 / not a date",
			im->kind->columns[column].name);
	return day;
}

struct kept_row *import_keep(struct import *im)
{
	const struct sheet_row *row = &im->table.row;
	struct kept_row *k = ARENA_NEW(&im->chunk, struct kept_row);

	if (!k)
		return NULL;
	*k = (struct kept_row){ .number = row->number, .ordinal = im->ordinal, .n = row->n };
	k->cells = ARENA_ARRAY(&im->chunk, struct str, row->n ? row->n : 1);
	if (!k->cells)
		return NULL;
	for (size_t i = 0; i < row->n; i++) {
		k->cells[i] = arena_str(&im->chunk, row->cells[i]);
		if (!k->cells[i].p)
			return NULL;
	}
	return k;
}

/* "名册.xlsx" → "名册.退回.xlsx" in the folder of the file. */
static void errors_path(const struct import *im, bool xlsx, char *ret_path, size_t size)
{
	const char *path = im->req->path, *slash = strrchr(path, '/'), *dot = strrchr(path, '.');
	int stem = dot && dot > (slash ? slash : path) ? (int)(dot - path) : (int)strlen(path);

	if (im->req->errors_path)
		snprintf(ret_path, size, "%s", im->req->errors_path);
	else
		snprintf(ret_path, size, "%.*s.退回.%s", stem, path, xlsx ? "xlsx" : "csv");
}

static int sink_open(struct import *im)
{
	bool xlsx = strcmp(im->table.source->encoding, "XLSX") == 0;
	struct str cells[SHEET_COLUMNS_MAX + 1];
	size_t n =
		im->table.n_header < SHEET_COLUMNS_MAX ? im->table.n_header : SHEET_COLUMNS_MAX - 1;
	int rc;

	errors_path(im, xlsx, im->report->errors_path, sizeof(im->report->errors_path));
	rc = im->env->sheets->create(im->report->errors_path, xlsx ? SHEET_XLSX : SHEET_CSV, "退回",
		&im->report->err, &im->sink);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < n; i++)
		cells[i] = im->table.header[i];
	cells[n] = STR(PROBLEM_HEADER);
	return im->sink->row(im->sink, cells, n + 1, &im->report->err);
}

int import_send_back(struct import *im, const struct str *cells, size_t n, struct str problem)
{
	struct str out[SHEET_COLUMNS_MAX + 1];
	size_t width =
		im->table.n_header < SHEET_COLUMNS_MAX ? im->table.n_header : SHEET_COLUMNS_MAX - 1;
	int rc = 0;

	if (!im->sink)
		rc = sink_open(im);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < width; i++)
		out[i] = i < n ? cells[i] : (struct str){ "", 0 };
	out[width] = problem;
	return im->sink->row(im->sink, out, width + 1, &im->report->err);
}

/* By parts a remark waits until its part is committed: until then the row may be tried again. */
static int pend(struct import *im, const struct kept_row *row, struct str text)
{
	struct pending *more;

	if (im->dry)
		return 0;
	more = arena_grow(&im->chunk, im->pending, im->n_pending, &im->cap_pending, sizeof(*more));
	if (!more)
		return FAULT_MEMORY;
	im->pending = more;
	im->pending[im->n_pending++] = (struct pending){ row, text };
	return 0;
}

static int return_kept(struct import *im, const struct kept_row *row, const char *fmt, va_list ap)
{
	char text[PROBLEMS_BYTES];
	int n = snprintf(text, sizeof(text), "第%" PRIu32 "行：", row->number);
	struct str kept;

	vsnprintf(text + n, sizeof(text) - (size_t)n, fmt, ap);
	if (!im->parts)
		return import_send_back(im, row->cells, row->n, str_of(text));
	kept = arena_str(&im->chunk, str_of(text));
	return kept.p ? pend(im, row, kept) : FAULT_MEMORY;
}

int import_return_kept(struct import *im, const struct kept_row *row, const char *fmt, ...)
{
	va_list ap;
	int rc;

	im->report->warned++;
	va_start(ap, fmt);
	rc = return_kept(im, row, fmt, ap);
	va_end(ap);
	return rc;
}

int import_reject_kept(struct import *im, const struct kept_row *row, const char *fmt, ...)
{
	va_list ap;
	int rc;

	im->report->rejected++;
	va_start(ap, fmt);
	rc = return_kept(im, row, fmt, ap);
	va_end(ap);
	return rc;
}

static int return_current(struct import *im, const char *prefix, const struct buf *remarks)
{
	struct str problem = arena_printf(&im->chunk, "第%" PRIu32 "行：%s%.*s",
		im->table.row.number, prefix, STR_ARG(buf_str(remarks)));

	const struct kept_row *kept;

	if (!problem.p)
		return FAULT_MEMORY;
	if (!im->parts)
		return import_send_back(im, im->table.row.cells, im->table.row.n, problem);
	kept = im->dry ? NULL : import_keep(im);
	return kept || im->dry ? pend(im, kept, problem) : FAULT_MEMORY;
}

bool import_in_scope(const struct import *im, int64_t town, int64_t village)
{
	int64_t at = im->env->scope.division;

	return at == 0 || at == town || at == village;
}

static int flush(struct import *im)
{
	int rc = 0;

	if (im->chunk_rows)
		rc = im->kind->flush(im);
	im->chunk_rows = 0;
	arena_reset(&im->chunk);
	if (rc == 0 && im->env->progress)
		im->env->progress(im->env->progress_ctx, im->table.source->bytes_read,
			im->table.source->bytes);
	return rc;
}

/* What a formula shows is not what somebody wrote: it moves with other cells, and may be stale. */
static void refuse_formulas(struct import *im)
{
	for (size_t c = 0; c < im->kind->n_columns; c++)
		if (table_cell_kind(&im->table, c) == CELL_FORMULA)
			import_problem(im,
				"%s是公式，请复制后“选择性粘贴为数值” / a formula; paste it as a value",
				im->kind->columns[c].name);
}

int import_row(struct import *im)
{
	int rc;

	im->ordinal++;
	if (table_is_note(&im->table, im->kind->key)) {
		im->report->skipped++;
		return 0;
	}
	im->report->rows++;
	buf_reset(&im->problems);
	im->n_problems = 0;
	buf_reset(&im->warnings);
	im->n_warnings = 0;
	if (im->table.row.kinds)
		refuse_formulas(im);
	rc = im->kind->row(im);
	if (rc < 0)
		return rc;
	if (im->n_problems) {
		im->report->rejected++;
		return return_current(im, "", &im->problems);
	}
	if (im->n_warnings) {
		im->report->warned++;
		rc = return_current(im, "（已导入，请核对）", &im->warnings);
		if (rc < 0)
			return rc;
	}
	im->chunk_rows++;
	return 0;
}

static int all_rows(struct import *im)
{
	size_t chunk = im->kind->chunk ? im->kind->chunk : IMPORT_CHUNK;
	int rc;

	while ((rc = table_next(&im->table, &im->report->err)) == 1) {
		rc = import_row(im);
		if (rc == 0 && im->chunk_rows == chunk)
			rc = flush(im);
		if (rc < 0)
			return rc;
	}
	return rc == 0 ? flush(im) : rc;
}

static int title_row(void *ctx, const struct sheet_row *row, struct err *err)
{
	struct import *im = ctx;

	(void)err;
	return im->kind->title ? im->kind->title(im, row) : 0;
}

void import_identity(
	const struct env *env, const unsigned char file[32], unsigned char ret_identity[32])
{
	const struct scope *s = &env->scope;
	EVP_MD_CTX *ctx;

	memcpy(ret_identity, file, 32);
	if (s->division == 0 && !s->school.p)
		return;
	ctx = EVP_MD_CTX_new();
	BUG_IF(!ctx || EVP_DigestInit_ex(ctx, EVP_sm3(), NULL) != 1 ||
		EVP_DigestUpdate(ctx, file, 32) != 1 ||
		EVP_DigestUpdate(ctx, &s->division, sizeof(s->division)) != 1 ||
		EVP_DigestUpdate(ctx, s->school.p ? s->school.p : "", s->school.n) != 1 ||
		EVP_DigestFinal_ex(ctx, ret_identity, NULL) != 1);
	EVP_MD_CTX_free(ctx);
}

static int refuse_known(struct import *im)
{
	unsigned char identity[32];
	int64_t id;
	int rc;

	import_identity(im->env, im->source->digest, identity);
	rc = import_file_find(im->db, im->env->county, str_of(im->kind->name), identity, &id);

	if (rc != 1)
		return rc;
	return err_set(&im->report->err, FAULT_CONFLICT,
		"%s：同样内容的文件已经导入过（第 %" PRId64
		" 号），这次没有改动任何数据 / the same file was taken in "
		"before, as number %" PRId64 "; nothing was changed",
		im->source->name, id, id);
}

struct import_file import_file_row(const struct import *im)
{
	const struct import_report *r = im->report;
	struct import_file f = { .id = im->file,
		.kind = str_of(im->kind->name),
		.name = str_of(im->source->name),
		.department = im->department,
		.as_of = im->req->as_of,
		.rows_read = r->rows,
		.accepted = r->added + r->changed,
		.unchanged = r->unchanged,
		.rejected = r->rejected,
		.audit = im->audit };

	import_identity(im->env, im->source->digest, f.digest);
	return f;
}

int import_audit(struct import *im, struct arena *a, const char *more)
{
	const struct import_report *r = im->report;
	struct str detail = arena_printf(a,
		"{\"file\":%" PRId64 ",\"rows\":%" PRId64 ",\"added\":%" PRId64
		",\"changed\":%" PRId64 ",\"unchanged\":%" PRId64 ",\"ended\":%" PRId64
		",\"rejected\":%" PRId64 "%s}",
		im->file, r->rows, r->added, r->changed, r->unchanged, r->ended, r->rejected, more);

	return detail.p ? env_audit(im->db, im->env, im->audit, im->kind->act,
				  str_of(im->source->name), detail)
			: FAULT_MEMORY;
}

int import_find_table(struct import *im)
{
	if (im->kind->state_size) {
		im->state = arena_alloc(im->a, im->kind->state_size);
		if (!im->state)
			return FAULT_MEMORY;
	}
	return table_open(&im->table, im->a, im->source, im->kind->columns, im->kind->n_columns,
		title_row, im, &im->report->err);
}

int import_begin(struct import *im)
{
	int rc = refuse_known(im);

	if (rc == 0)
		rc = places_load(im->db, im->a, im->env->county, &im->places);
	return rc < 0 ? rc : im->kind->begin(im);
}

static int numbers(struct import *im)
{
	int rc = audit_open(im->db, im->env->county, &im->audit);

	if (rc == 0)
		rc = counter_take(im->db, im->env->county, "import_file", 1, &im->file);
	im->report->file = im->file;
	return rc;
}

static int record(struct import *im)
{
	struct import_file f = import_file_row(im);
	int rc = import_file_add(im->db, im->env->county, &f);

	return rc < 0 ? rc : import_audit(im, im->a, "");
}

static int step(struct import *im, int (*fn)(struct import *im))
{
	return fn ? fn(im) : 0;
}

static int work(struct import *im)
{
	int rc = numbers(im);

	if (rc == 0)
		rc = import_find_table(im);
	if (rc == 0)
		rc = import_begin(im);
	if (rc == 0)
		rc = step(im, im->kind->open);
	if (rc == 0)
		rc = all_rows(im);
	if (rc == 0)
		rc = step(im, im->kind->check);
	if (rc == 0)
		rc = step(im, im->kind->close);
	if (rc == 0)
		rc = step(im, im->kind->end);
	if (rc == 0)
		rc = record(im);
	if (rc == 0 && im->report->rows >= STATISTICS_ROWS)
		rc = statistics_refresh(im->db);
	if (rc == 0 && im->sink)
		rc = im->sink->finish(im->sink, &im->report->err);
	return rc;
}

int import_open_file(struct import *im)
{
	int rc = table_source(
		im->env->sheets, im->req->path, im->req->shown, &im->report->err, &im->source);

	if (rc < 0)
		return rc;
	arena_init(&im->chunk, IMPORT_ARENA_MAX);
	buf_init(&im->scratch, 4096);
	buf_init(&im->problems, PROBLEMS_BYTES);
	buf_init(&im->warnings, PROBLEMS_BYTES);
	return vault_new(store_keys(im->env->store), &im->vault);
}

void import_close_file(struct import *im)
{
	if (!im->source)
		return;
	if (im->kind->release && im->state)
		im->kind->release(im);
	if (im->sink)
		im->sink->close(im->sink);
	vault_free(im->vault);
	table_release(&im->table);
	buf_release(&im->warnings);
	buf_release(&im->problems);
	buf_release(&im->scratch);
	arena_release(&im->chunk);
	im->source->close(im->source);
	im->source = NULL;
}

struct call {
	const struct env *env;
	const struct import_request *req;
	const struct import_kind *kind;
	struct import_report report;
};

static int import_tx(struct db *db, struct arena *a, void *arg)
{
	struct call *c = arg;
	struct import im = { .department = c->req->department,
		.env = c->env,
		.req = c->req,
		.kind = c->kind,
		.report = &c->report,
		.db = db,
		.a = a };
	int rc;

	c->report = (struct import_report){ 0 };
	rc = import_open_file(&im);
	if (rc == 0)
		rc = work(&im);
	import_close_file(&im);
	return rc;
}

int import_run(const struct env *env, const struct import_request *req,
	const struct import_kind *kind, struct import_report *ret_report)
{
	struct call c = { .env = env, .req = req, .kind = kind };
	int rc = env->parts && !kind->whole ? import_by_parts(env, req, kind, &c.report)
					    : store_bulk_act(env->store, import_tx, &c);

	BUG_IF(kind->key >= kind->n_columns);
	if (rc < 0 && c.report.err.text[0] == '\0') {
		int set = err_set(
			&c.report.err, (enum fault)rc, "%s（%s）", fault_text(rc), store_message());

		BUG_IF(set != rc);
	}
	*ret_report = c.report;
	return rc;
}
