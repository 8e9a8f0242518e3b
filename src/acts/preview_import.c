/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/preview_import.h"

#include <string.h>

#include "rules/document.h"
#include "store/trail.h"

#define ROWS (TABLE_HEADER_ROWS + PREVIEW_ROWS + 20)
#define CELL_SHOWN 80 /* bytes of a cell that are shown */
#define RUN_MASKED 11 /* so many digits in a row are somebody's number */

struct row {
	uint32_t number;
	size_t n;
	struct str *cells;
	bool formula;
};

struct look {
	struct arena *a;
	struct preview *p;
	struct row rows[ROWS];
	size_t n;
	struct buf scratch, other;
};

/* How a row reads as a header of one kind. */
struct reading {
	const struct import_offer *offer;
	size_t row, found, required, wanted;
	int at[TABLE_COLUMNS_MAX];
};

static void problem(struct preview *p, const char *zh, const char *en)
{
	if (p->n_problems == PREVIEW_PROBLEMS)
		return;
	p->zh[p->n_problems] = zh;
	p->en[p->n_problems++] = en;
}

/* An act's sentence has both languages, " / " between. */
static void said(struct look *l, const char *sentence)
{
	struct str whole = str_of(sentence), zh = whole, en = whole;
	ptrdiff_t cut = str_find(whole, STR(" / "));

	if (cut >= 0) {
		zh.n = (size_t)cut;
		en = (struct str){ whole.p + cut + 3, whole.n - (size_t)cut - 3 };
	}
	zh = arena_str(l->a, zh);
	en = arena_str(l->a, en);
	if (zh.p && en.p)
		problem(l->p, zh.p, en.p);
}

static int keep(struct look *l, const struct sheet_row *row)
{
	struct row *r = &l->rows[l->n];

	*r = (struct row){ .number = row->number, .n = row->n };
	r->cells = ARENA_ARRAY(l->a, struct str, row->n ? row->n : 1);
	if (!r->cells)
		return FAULT_MEMORY;
	for (size_t i = 0; i < row->n; i++) {
		r->cells[i] = arena_str(l->a, str_trim(row->cells[i]));
		if (!r->cells[i].p)
			return FAULT_MEMORY;
		r->formula = r->formula || (row->kinds && row->kinds[i] == CELL_FORMULA);
	}
	l->n++;
	return 0;
}

static int read_rows(struct look *l, struct sheet_source *source, struct err *err)
{
	struct sheet_row row;
	int rc = 1;

	while (rc == 1 && l->n < ROWS) {
		rc = source->next(source, &row, err);
		if (rc == 1 && keep(l, &row) < 0)
			return FAULT_MEMORY;
	}
	return rc;
}

static struct reading read_as(struct look *l, const struct import_offer *offer, size_t row)
{
	const struct import_kind *k = offer->kind;
	const struct sheet_row cells = { .n = l->rows[row].n, .cells = l->rows[row].cells };
	struct table t = {
		.columns = k->columns, .n_columns = k->n_columns, .scratch = l->scratch
	};
	struct reading r = { .offer = offer, .row = row };

	r.found = table_match(&t, &cells, &l->other, r.at);
	l->scratch = t.scratch;
	for (size_t c = 0; c < k->n_columns; c++) {
		r.wanted += k->columns[c].required;
		r.required += k->columns[c].required && r.at[c] >= 0;
	}
	return r;
}

static bool whole(const struct reading *r)
{
	return r->found && r->required == r->wanted;
}

/* A complete header before half a one; then the kind that asks for more, then who found more. */
static bool better(const struct reading *r, const struct reading *than)
{
	if (whole(r) != whole(than))
		return whole(r);
	if (whole(r) && r->wanted != than->wanted)
		return r->wanted > than->wanted;
	if (r->required * than->wanted != than->required * r->wanted)
		return r->required * than->wanted > than->required * r->wanted;
	return r->found > than->found;
}

static struct reading best_reading(struct look *l, const struct import_offer *offer)
{
	struct reading best = { .offer = NULL, .wanted = 1 };

	for (size_t i = 0; i < l->n && i < TABLE_HEADER_ROWS; i++)
		for (size_t k = 0; k < import_offer_count; k++) {
			struct reading r;

			if (offer && offer != &import_offers[k])
				continue;
			r = read_as(l, &import_offers[k], i);
			if (r.found && better(&r, &best))
				best = r;
		}
	return best;
}

/* Long runs of digits are somebody's number or phone: first and last few stay. */
static struct str masked(struct look *l, struct str cell)
{
	char out[CELL_SHOWN + 1];
	size_t n = cell.n < CELL_SHOWN ? cell.n : CELL_SHOWN, run = 0;

	while (n < cell.n && n && ((unsigned char)cell.p[n] & 0xc0) == 0x80)
		n--;
	memcpy(out, cell.p, n);
	for (size_t i = 0; i <= n; i++) {
		if (i < n && ((out[i] >= '0' && out[i] <= '9') || out[i] == 'X' || out[i] == 'x')) {
			run++;
			continue;
		}
		for (size_t k = i - run; run >= RUN_MASKED && k < i; k++)
			if (k >= i - run + 3 && k + 2 < i)
				out[k] = '*';
		run = 0;
	}
	return arena_str(l->a, (struct str){ out, n });
}

static struct str number_masked(struct look *l, struct str cell)
{
	char out[DOCUMENT_MAX + 1];

	if (cell.n == 0)
		return cell;
	if (cell.n > DOCUMENT_MAX)
		return STR("****");
	document_mask(cell, out);
	return arena_str(l->a, str_of(out));
}

static bool means_number(const char *means)
{
	return means && (strcmp(means, "证件号码") == 0 || strcmp(means, "联系电话") == 0);
}

static int show_rows(struct look *l, size_t from)
{
	struct preview *p = l->p;

	for (size_t i = from; i < l->n && p->n_rows < PREVIEW_ROWS; i++) {
		const struct row *r = &l->rows[i];
		struct str *cells = ARENA_ARRAY(l->a, struct str, r->n ? r->n : 1);

		if (!cells)
			return FAULT_MEMORY;
		for (size_t c = 0; c < r->n; c++) {
			cells[c] = c < p->n_header && means_number(p->means[c])
					   ? number_masked(l, r->cells[c])
					   : masked(l, r->cells[c]);
			if (!cells[c].p)
				return FAULT_MEMORY;
		}
		if (r->formula && p->n_problems < PREVIEW_PROBLEMS && !p->formulas)
			problem(p, "有公式：请复制后“选择性粘贴为数值”再上传",
				"there are formulas; paste them as values");
		p->formulas = p->formulas || r->formula;
		p->cells[p->n_rows] = r->n;
		p->rows[p->n_rows++] = cells;
	}
	return 0;
}

static int show_header(struct look *l, const struct reading *r)
{
	const struct import_kind *k = r->offer->kind;
	struct row *row = &l->rows[r->row];
	struct preview *p = l->p;

	p->header_row = row->number;
	p->header = row->cells;
	p->n_header = row->n;
	p->means = ARENA_ARRAY(l->a, const char *, row->n ? row->n : 1);
	if (!p->means)
		return FAULT_MEMORY;
	for (size_t c = 0; c < k->n_columns; c++) {
		if (r->at[c] >= 0)
			p->means[r->at[c]] = k->columns[c].name;
		else if (k->columns[c].required)
			p->missing[p->n_missing++] = k->columns[c].name;
	}
	return 0;
}

static int show(struct look *l, const struct import_offer *offer)
{
	struct preview *p = l->p;
	struct reading r = best_reading(l, offer);
	int rc = 0;

	p->offer = offer ? offer : whole(&r) ? r.offer : NULL;
	p->guessed = !offer && p->offer;
	if (r.offer)
		rc = show_header(l, &r);
	if (!r.offer && offer)
		for (size_t c = 0; c < offer->kind->n_columns; c++)
			if (offer->kind->columns[c].required)
				p->missing[p->n_missing++] = offer->kind->columns[c].name;
	if (rc == 0)
		rc = show_rows(l, r.offer ? r.row + 1 : 0);
	if (l->n == 0)
		problem(p, "文件是空的", "the file is empty");
	else if (!r.offer)
		problem(p, "前 20 行里找不到表头", "no header row in the first twenty rows");
	else if (p->n_missing)
		problem(p, "缺少必需的列", "columns that must be there are missing");
	else if (p->n_rows == 0)
		problem(p, "表头下面没有数据", "nothing below the header");
	return rc;
}

struct seen {
	const struct env *env;
	const char *kind;
	const unsigned char *digest;
};

static int seen_tx(struct db *db, struct arena *a, void *arg)
{
	const struct seen *s = arg;
	int64_t id;

	(void)a;
	return import_file_find(db, s->env->county, str_of(s->kind), s->digest, &id);
}

int preview_import(const struct env *env, const char *path, const char *shown,
	const struct import_offer *offer, struct arena *a, struct preview *ret)
{
	struct look *l = ARENA_NEW(a, struct look);
	struct sheet_source *source;
	struct err err = { "" };
	unsigned char identity[32];
	struct seen seen = { .env = env, .digest = identity };
	int rc;

	*ret = (struct preview){ .encoding = { "", 0 }, .offer = offer };
	if (!l)
		return FAULT_MEMORY;
	l->a = a;
	l->p = ret;
	if (table_source(env->sheets, path, shown, &err, &source) < 0) {
		said(l, err.text);
		return 0;
	}
	ret->encoding = arena_str(a, str_of(source->encoding));
	buf_init(&l->scratch, 4096);
	buf_init(&l->other, 4096);
	rc = read_rows(l, source, &err);
	if (rc < 0)
		said(l, err.text[0] ? err.text : fault_text(rc));
	rc = show(l, offer);
	if (rc == 0 && ret->offer) {
		seen.kind = ret->offer->kind->name;
		import_identity(env, source->digest, identity);
		rc = store_read(env->store, seen_tx, &seen);
		ret->repeated = rc == 1;
	}
	buf_release(&l->scratch);
	buf_release(&l->other);
	source->close(source);
	return rc < 0 ? rc : 0;
}
