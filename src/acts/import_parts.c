/* SPDX-License-Identifier: Apache-2.0 */
/* An import by parts (分段导入).  Rows are read and checked outside of any transaction; a part's
 * rows are written in a short one, together with the point to resume at and the remarks on its
 * rows. After a stop the file is read again from its start: what lies before the point is only
 * looked at, so that repeated numbers are still noticed, and what was remarked on it goes into the
 * file that returns once more. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "acts/import_work.h"

static int begin_tx(struct db *db, struct arena *a, void *arg)
{
	struct import_parts *w = arg;
	struct import *im = &w->im;
	struct part p = { 0 };
	int rc = part_of(db, a, im->env->county, im->parts->job, &p);

	im->db = db;
	if (rc == 1) {
		w->resumed = true;
		w->done = p.rows_done;
		rc = import_point_read(w, p.report);
	}
	return rc < 0 ? rc : import_begin(im);
}

static int check_tx(struct db *db, struct arena *a, void *arg)
{
	struct import *im = arg;

	(void)a;
	im->db = db;
	return im->kind->check ? im->kind->check(im) : 0;
}

static void init(
	struct import *im, const struct import *like, struct arena *a, struct import_report *report)
{
	*im = (struct import){ .department = like->req->department,
		.env = like->env,
		.req = like->req,
		.kind = like->kind,
		.parts = like->env->parts,
		.report = report,
		.a = a };
}

static enum parts_word ask(const struct import_parts *w)
{
	const struct parts *p = w->im.parts;

	return p->ask ? p->ask(p->ctx) : PARTS_GO;
}

/* Look at every row, with nothing written yet: what sends a whole file back must be known before
 * the first part. */
static int look_through(struct import_parts *w, struct import *im)
{
	size_t seen = 0;
	int rc = 0;

	im->dry = true;
	while (rc == 0 && (rc = table_next(&im->table, &im->report->err)) == 1) {
		rc = import_row(im);
		im->chunk_rows = 0;
		if (++seen % IMPORT_CHUNK == 0) {
			arena_reset(&im->chunk);
			if (ask(w) != PARTS_GO)
				return FAULT_CANCELLED;
		}
	}
	return rc < 0 ? rc : store_read(im->env->store, check_tx, im);
}

static int strict_begin_tx(struct db *db, struct arena *a, void *arg)
{
	struct import *im = arg;

	(void)a;
	im->db = db;
	return import_begin(im);
}

static int first_look(struct import_parts *w)
{
	struct import_report report = { 0 };
	struct arena arena;
	struct import im;
	int rc;

	arena_init(&arena, STORE_ARENA_MAX);
	init(&im, &w->im, &arena, &report);
	rc = import_open_file(&im);
	if (rc == 0)
		rc = import_find_table(&im);
	if (rc == 0)
		rc = store_read(im.env->store, strict_begin_tx, &im);
	if (rc == 0)
		rc = look_through(w, &im);
	import_close_file(&im);
	arena_release(&arena);
	if (rc < 0)
		w->im.report->err = report.err;
	return rc;
}

static int open_tx(struct db *db, struct arena *a, void *arg)
{
	struct import_parts *w = arg;
	struct import *im = &w->im;
	struct import_file f;
	struct part p;
	int rc = audit_open(db, im->env->county, &im->audit);

	im->db = db;
	if (rc == 0)
		rc = counter_take(db, im->env->county, "import_file", 1, &im->file);
	if (rc < 0)
		return rc;
	f = import_file_row(im);
	rc = import_audit(im, a, ",\"parts\":\"begin\"");
	if (rc == 0)
		rc = audit_open(db, im->env->county, &w->next_audit);
	if (rc < 0)
		return rc;
	p = (struct part){ .file = im->file, .report = import_point_write(w, a) };
	if (!p.report.p)
		return FAULT_MEMORY;
	rc = import_file_open(db, im->env->county, im->parts->job, &f);
	if (rc == 0)
		rc = part_put(db, im->env->county, im->parts->job, &p);
	return rc;
}

static int by_row(const void *a, const void *b)
{
	const struct remark *x = a, *y = b;

	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	return (x->n > y->n) - (x->n < y->n);
}

/* The remarks of the part in order of rows; two on one row as they were made.  `n` is the position
 * in im->pending. */
static struct remark *sorted(struct import *im, struct arena *a)
{
	struct remark *items = ARENA_ARRAY(a, struct remark, im->n_pending ? im->n_pending : 1);

	if (!items)
		return NULL;
	for (size_t i = 0; i < im->n_pending; i++)
		items[i] = (struct remark){ .n = (int64_t)i,
			.row = im->pending[i].row->ordinal,
			.text = im->pending[i].text };
	qsort(items, im->n_pending, sizeof(*items), by_row);
	return items;
}

static int write_point(struct import_parts *w, struct arena *a)
{
	struct import *im = &w->im;
	struct remark *items = sorted(im, a);
	struct part p = { .file = im->file, .rows_done = im->ordinal };
	int rc;

	if (!items)
		return FAULT_MEMORY;
	for (size_t i = 0; i < im->n_pending; i++)
		items[i].n = w->n_remarks + 1 + (int64_t)i;
	rc = remark_add_all(im->db, im->env->county, im->parts->job, items, im->n_pending);
	if (rc == 0)
		rc = import_audit(im, a, ",\"parts\":\"more\"");
	if (rc == 0)
		rc = audit_open(im->db, im->env->county, &w->next_audit);
	p.report = import_point_write(w, a);
	if (rc < 0 || !p.report.p)
		return rc < 0 ? rc : FAULT_MEMORY;
	return part_put(im->db, im->env->county, im->parts->job, &p);
}

static int part_tx(struct db *db, struct arena *a, void *arg)
{
	struct import_parts *w = arg;
	struct import *im = &w->im;
	int rc = 0;

	im->db = db;
	*im->report = w->before;
	im->n_pending = w->before_pending;
	if (im->kind->open)
		rc = im->kind->open(im);
	if (rc == 0 && im->chunk_rows)
		rc = im->kind->flush(im);
	if (rc == 0 && im->kind->close)
		rc = im->kind->close(im);
	if (rc == 0)
		rc = write_point(w, a);
	im->again = true;
	return rc;
}

/* An act in whose way others may get again and again. */
static int patient(struct store *st, act_fn fn, void *arg)
{
	int rc = FAULT_RETRY;

	for (int i = 0; i < PARTS_PATIENCE && rc == FAULT_RETRY; i++)
		rc = store_act(st, fn, arg);
	return rc;
}

/* The part is committed: its remarks go into the file that returns. */
static int deliver(struct import_parts *w)
{
	struct import *im = &w->im;
	struct remark *items = sorted(im, &im->chunk);
	int rc = items ? 0 : FAULT_MEMORY;

	for (size_t i = 0; rc == 0 && i < im->n_pending; i++) {
		const struct kept_row *row = im->pending[items[i].n].row;

		rc = import_send_back(im, row->cells, row->n, items[i].text);
	}
	w->counted = *im->report;
	im->audit = w->next_audit;
	w->n_remarks += (int64_t)im->n_pending;
	w->done = im->ordinal;
	im->pending = NULL;
	im->n_pending = im->cap_pending = 0;
	im->chunk_rows = 0;
	arena_reset(&im->chunk);
	return rc;
}

static void tell(const struct import *im)
{
	if (im->env->progress)
		im->env->progress(im->env->progress_ctx, im->source->bytes_read, im->source->bytes);
}

/* Read the rows of one part and write them.  1: there may be more; 0: the file is at its end. */
static int one_part(struct import_parts *w)
{
	struct import *im = &w->im;
	size_t rows = im->parts->rows  ? im->parts->rows
		      : im->kind->part ? im->kind->part
				       : IMPORT_PART;
	int more = 1, rc;

	BUG_IF(rows > IMPORT_CHUNK);
	for (size_t i = 0; i < rows; i++) {
		more = table_next(&im->table, &im->report->err);
		if (more != 1)
			break;
		rc = import_row(im);
		if (rc < 0)
			return rc;
	}
	if (more < 0)
		return more;
	w->before = *im->report;
	w->before_pending = im->n_pending;
	im->again = false;
	if (im->ordinal > w->done) {
		rc = patient(im->env->store, part_tx, w);
		store_rest(im->env->store);
		if (rc == 0)
			rc = deliver(w);
		if (rc < 0)
			return rc;
	}
	tell(im);
	return more;
}

static int end_tx(struct db *db, struct arena *a, void *arg)
{
	struct import_parts *w = arg;
	struct import *im = &w->im;
	struct import_file f;
	int rc = 0;

	im->db = db;
	*im->report = w->before;
	if (im->kind->end)
		rc = im->kind->end(im);
	if (rc < 0)
		return rc;
	f = import_file_row(im);
	rc = import_file_close(db, im->env->county, &f);
	if (rc == 0)
		rc = part_drop(db, im->env->county, im->parts->job);
	return rc < 0 ? rc : import_audit(im, a, ",\"parts\":\"end\"");
}

static int stop_tx(struct db *db, struct arena *a, void *arg)
{
	struct import_parts *w = arg;
	struct import *im = &w->im;
	struct import_file f;
	int rc;

	im->db = db;
	f = import_file_row(im);
	rc = import_file_stop(db, im->env->county, &f);
	if (rc == 0)
		rc = part_drop(db, im->env->county, im->parts->job);
	return rc < 0 ? rc : import_audit(im, a, w->why);
}

static int statistics_tx(struct db *db, struct arena *a, void *arg)
{
	(void)a;
	(void)arg;
	return statistics_refresh(db);
}

static int finish_file(struct import *im)
{
	return im->sink ? im->sink->finish(im->sink, &im->report->err) : 0;
}

static int complete(struct import_parts *w)
{
	struct import *im = &w->im;
	int rc = finish_file(im);

	w->before = *im->report;
	if (rc == 0)
		rc = patient(im->env->store, end_tx, w);
	if (rc == 0 && im->report->rows >= STATISTICS_ROWS)
		rc = store_bulk_act(im->env->store, statistics_tx, NULL);
	return rc;
}

/* The parts that are in stay in; the job says so and the same file may come again. */
static int stop(struct import_parts *w, const char *why)
{
	w->why = why;
	return patient(w->im.env->store, stop_tx, w);
}

static void say_what_is_in(struct import *im, int fault)
{
	struct err was = im->report->err;
	int64_t in = im->report->added + im->report->changed;
	int set;

	if (in == 0)
		return;
	set = err_set(&im->report->err, (enum fault)fault,
		"%s（停下之前已入库 %" PRId64 " 行，仍然有效；可以再导入同一文件 / %" PRId64
		" rows went in before and stay; the same file may be sent again）",
		was.text[0] ? was.text : fault_text(fault), in, in);
	BUG_IF(set != fault);
}

/* Give the report the counts of what is in, with the words of what happened since. */
static void count_back(struct import_parts *w)
{
	struct import_report *r = w->im.report, counted = w->counted;

	memcpy(counted.errors_path, r->errors_path, sizeof(counted.errors_path));
	counted.asks_ended = r->asks_ended;
	counted.err = r->err;
	*r = counted;
}

static int all_parts(struct import_parts *w, enum parts_word *ret_word)
{
	int64_t rows = w->im.report->rows;
	int rc = 1;

	w->counted = *w->im.report;
	while (rc == 1 && (*ret_word = ask(w)) == PARTS_GO)
		rc = one_part(w);
	/* A start that found nothing left to read is not asked a second time. */
	if (rc == 0 && (w->counted.rows == rows || (*ret_word = ask(w)) == PARTS_GO))
		return complete(w);
	return rc < 0 ? rc : 0;
}

static int run_parts(struct import_parts *w)
{
	struct import *im = &w->im;
	enum parts_word word = PARTS_GO;
	int rc = import_replay(w), end = 0;

	if (rc == 0)
		rc = all_parts(w, &word);
	if (rc == 0 && word == PARTS_CANCEL)
		rc = finish_file(im);
	if (rc < 0)
		count_back(w);
	if (rc < 0 || word == PARTS_CANCEL)
		end = stop(w, rc < 0 ? ",\"parts\":\"failed\"" : ",\"parts\":\"cancelled\"");
	if (rc < 0)
		say_what_is_in(im, rc);
	im->report->stopped = word;
	return rc < 0 ? rc : end;
}

static int run(struct import_parts *w)
{
	struct import *im = &w->im;
	int rc = import_open_file(im);

	if (rc == 0)
		rc = import_find_table(im);
	if (rc == 0)
		rc = store_read(im->env->store, begin_tx, w);
	if (rc == 0 && !w->resumed && im->kind->strict && im->kind->strict(im))
		rc = first_look(w);
	if (rc == FAULT_CANCELLED) {
		im->report->stopped = ask(w);
		return 0;
	}
	if (rc == 0 && !w->resumed)
		rc = patient(im->env->store, open_tx, w);
	if (rc < 0)
		return rc;
	if (!w->resumed)
		im->audit = w->next_audit;
	im->report->file = im->file;
	return run_parts(w);
}

int import_by_parts(const struct env *env, const struct import_request *req,
	const struct import_kind *kind, struct import_report *ret_report)
{
	struct import_parts *w = calloc(1, sizeof(*w));
	const struct import like = { .env = env, .req = req, .kind = kind };
	int rc;

	*ret_report = (struct import_report){ 0 };
	if (!w)
		return FAULT_MEMORY;
	arena_init(&w->arena, STORE_ARENA_MAX);
	init(&w->im, &like, &w->arena, ret_report);
	rc = run(w);
	import_close_file(&w->im);
	arena_release(&w->arena);
	free(w);
	return rc;
}
