/* SPDX-License-Identifier: Apache-2.0 */
/* Where an import by parts goes on after a stop (续导): the counts as they stood, and the rows
 * before the point, looked at once more. */
#include <string.h>

#include "acts/import_work.h"

#define REMARKS_BYTES (4u * 1024u * 1024u)

/* The counts of a report in their order on the resume point. */
#define COUNTS 15
static void counts_of(struct import_report *r, int64_t *file, int64_t *remarks, int64_t *audit,
	int64_t *ret[COUNTS])
{
	int64_t *const all[COUNTS] = { file, remarks, audit, &r->rows, &r->added, &r->changed,
		&r->unchanged, &r->rejected, &r->ended, &r->skipped, &r->warned, &r->fen_posted,
		&r->fen_suspense, &r->posted, &r->suspended };

	for (size_t i = 0; i < COUNTS; i++)
		ret[i] = all[i];
}

struct str import_point_write(const struct import_parts *w, struct arena *a)
{
	struct import_report r = *w->im.report;
	int64_t audit = w->next_audit, file = w->im.file,
		remarks = w->n_remarks + (int64_t)w->im.n_pending;
	int64_t *values[COUNTS];
	struct buf b;
	struct str text;

	counts_of(&r, &file, &remarks, &audit, values);
	buf_init(&b, 1024);
	for (size_t i = 0; i < COUNTS; i++) {
		buf_addc(&b, i ? ',' : '[');
		buf_addi(&b, *values[i]);
	}
	buf_addc(&b, ']');
	text = arena_str(a, buf_str(&b));
	buf_release(&b);
	return text;
}

int import_point_read(struct import_parts *w, struct str text)
{
	int64_t *values[COUNTS];
	struct str part;

	counts_of(w->im.report, &w->im.file, &w->n_remarks, &w->im.audit, values);
	if (text.n < 2 || text.p[0] != '[' || text.p[text.n - 1] != ']')
		return FAULT_FORMAT;
	text = (struct str){ text.p + 1, text.n - 2 };
	for (size_t i = 0; i < COUNTS; i++)
		if (!str_cut(&text, STR(","), &part) || !str_int(part, values[i]))
			return FAULT_FORMAT;
	return 0;
}

/* The remarks of an earlier run, a page at a time. */
struct replay {
	struct import_parts *w;
	struct arena arena;
	struct remark *items;
	int n, at;
	int64_t last;
};

static int page_tx(struct db *db, struct arena *a, void *arg)
{
	struct replay *r = arg;
	const struct import *im = &r->w->im;

	(void)a;
	arena_reset(&r->arena);
	r->n = remark_page(db, &r->arena, im->env->county, im->parts->job, r->last, &r->items);
	return r->n;
}

/* Remarks on the current row once more. */
static int again(struct replay *r)
{
	struct import *im = &r->w->im;
	int rc = 0;

	while (rc == 0) {
		if (r->at == r->n) {
			if (r->last == r->w->n_remarks)
				return 0;
			r->at = 0;
			rc = store_read(im->env->store, page_tx, r);
			if (rc <= 0)
				return rc < 0 ? rc : FAULT_MISSING;
			rc = 0;
		}
		if (r->items[r->at].row != im->ordinal)
			return 0;
		rc = import_send_back(
			im, im->table.row.cells, im->table.row.n, r->items[r->at].text);
		r->last = r->items[r->at++].n;
	}
	return rc;
}

/* Look at the rows that are in already. */
int import_replay(struct import_parts *w)
{
	struct import *im = &w->im;
	struct import_report counted = *im->report;
	struct replay r = { .w = w };
	int rc = 0;

	arena_init(&r.arena, REMARKS_BYTES);
	im->dry = true;
	while (rc == 0 && im->ordinal < w->done) {
		rc = table_next(&im->table, &im->report->err);
		if (rc == 0)
			rc = err_set(&counted.err, FAULT_FORMAT,
				"%s：文件比上次短了 / the file became shorter", im->source->name);
		if (rc < 0)
			break;
		rc = import_row(im);
		im->chunk_rows = 0;
		if (rc == 0)
			rc = again(&r);
		if (im->ordinal % IMPORT_CHUNK == 0)
			arena_reset(&im->chunk);
	}
	im->dry = false;
	if (rc == 0) {
		memcpy(counted.errors_path, im->report->errors_path, sizeof(counted.errors_path));
		*im->report = counted;
	}
	im->chunk_rows = 0;
	arena_reset(&im->chunk);
	arena_release(&r.arena);
	return rc;
}
