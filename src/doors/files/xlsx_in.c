/* SPDX-License-Identifier: Apache-2.0 */
/* A workbook as one table: the first visible sheet with rows, and the sheets that go on with it. */
#include <stdlib.h>

#include "base/log.h"
#include "doors/files/files.h"
#include "doors/files/xlsx.h"
#include "doors/files/xlsx_sheet.h"

#define HEAD_ROWS 5 /* a header is looked for among so many first rows */

struct xlsx {
	struct sheet_source source; /* first: the port hands this out */
	struct input in;
	struct xlsx_zip zip;
	struct xlsx_book book;
	struct xlsx_reader reader;
	size_t sheet;      /* the next sheet to open */
	size_t sheet_rows; /* rows of the open sheet so far */
	uint64_t rows;     /* rows handed out */
	bool first;        /* the open sheet is the table's first */
	bool aligning;     /* a further sheet: still before its rows of data */
	bool aligned;      /* … and the header was met */
	struct {
		uint64_t hash;
		size_t filled;
	} head[HEAD_ROWS]; /* the table's first rows */
	size_t head_n;
	uint64_t packed_done; /* packed bytes of the sheets behind us */
};

static size_t filled_cells(const struct sheet_row *row)
{
	size_t filled = 0;

	for (size_t i = 0; i < row->n; i++)
		filled += row->cells[i].n > 0;
	return filled;
}

static uint64_t row_hash(const struct sheet_row *row)
{
	uint64_t h = 0;

	for (size_t i = 0; i < row->n; i++)
		h = (h ^ str_hash(row->cells[i])) * 0x9e3779b97f4a7c15ull + i;
	return h;
}

static void remember(struct xlsx *x, const struct sheet_row *row)
{
	x->head[x->head_n].filled = filled_cells(row);
	x->head[x->head_n++].hash = row_hash(row);
}

/* Is this row of a further sheet one of the table's first rows again?  A single filled cell is a
 * title, which means nothing unless it stands first in both. */
static bool repeated(const struct xlsx *x, const struct sheet_row *row)
{
	uint64_t h = row_hash(row);
	size_t filled = filled_cells(row);

	for (size_t i = 0; i < x->head_n; i++)
		if (x->head[i].hash == h && x->head[i].filled == filled &&
			(filled >= 2 || (i == 0 && x->sheet_rows == 1)))
			return true;
	return false;
}

static void leave_sheet(struct xlsx *x)
{
	x->packed_done += x->reader.xml.entry.packed;
	xlsx_reader_close(&x->reader);
}

/* 1 with the next visible sheet open, 0 when there is none. */
static int enter_sheet(struct xlsx *x, struct err *err)
{
	int rc;

	while (x->sheet < x->book.sheets_n) {
		const struct xlsx_sheet *s = &x->book.sheets[x->sheet++];

		if (!s->visible)
			continue;
		rc = xlsx_reader_open(&x->reader, &x->zip, &x->book, s, err);
		if (rc < 0)
			return rc;
		if (rc == 0)
			continue;
		x->first = x->rows == 0;
		x->aligning = !x->first;
		x->aligned = false;
		x->sheet_rows = 0;
		return 1;
	}
	return 0;
}

/* What to do with a row of a further sheet: true when it belongs to the table. */
static bool belongs(struct xlsx *x, const struct sheet_row *row)
{
	if (!x->aligning)
		return true;
	if (repeated(x, row)) {
		x->aligned = true;
		return false;
	}
	if (x->aligned) {
		x->aligning = false;
		return true;
	}
	if (x->sheet_rows >= HEAD_ROWS) {
		log_line(LOG_WARN, "files.sheet_ignored sheet=%zu", x->sheet);
		leave_sheet(x);
	}
	return false;
}

static int next_row(struct xlsx *x, struct sheet_row *ret_row, struct err *err)
{
	struct sheet_row row;
	int rc;

	for (;;) {
		if (!x->reader.open) {
			rc = enter_sheet(x, err);
			if (rc != 1)
				return rc < 0 ? rc : input_unchanged(&x->in, err);
		}
		rc = xlsx_reader_next(&x->reader, &row, err);
		if (rc < 0)
			return rc;
		if (rc == 0) {
			leave_sheet(x);
			continue;
		}
		x->sheet_rows++;
		if (x->first && x->head_n < HEAD_ROWS)
			remember(x, &row);
		if (belongs(x, &row))
			break;
	}
	if (x->rows++ >= SHEET_ROWS_MAX)
		return err_set(err, FAULT_LIMIT, "%s：超过 2000 万行 / more than 20 million rows",
			x->source.name);
	*ret_row = row;
	return 1;
}

static uint64_t progress(const struct xlsx *x)
{
	const struct xlsx_entry *e = &x->reader.xml.entry;
	uint64_t at = x->packed_done;

	if (x->reader.open && e->size)
		at += (uint64_t)((double)e->packed * ((double)e->inflated / (double)e->size));
	return at < x->in.size ? at : x->in.size;
}

static int xlsx_next(struct sheet_source *s, struct sheet_row *ret_row, struct err *err)
{
	struct xlsx *x = (struct xlsx *)s;
	int rc = next_row(x, ret_row, err);

	if (rc != 1 || (x->rows & 255) == 0)
		s->bytes_read = rc == 0 ? x->in.size : progress(x);
	return rc;
}

static void xlsx_close(struct sheet_source *s)
{
	struct xlsx *x = (struct xlsx *)s;

	if (!x)
		return;
	xlsx_reader_close(&x->reader);
	xlsx_book_release(&x->book);
	xlsx_zip_release(&x->zip);
	input_release(&x->in);
	free(x);
}

int xlsx_source(struct input *in, struct err *err, struct sheet_source **ret_source)
{
	struct xlsx *x = calloc(1, sizeof(*x));
	int rc;

	if (!x) {
		input_release(in);
		return err_set(err, FAULT_MEMORY, "内存不足 / out of memory");
	}
	x->in = *in;
	x->source = (struct sheet_source){ .next = xlsx_next,
		.close = xlsx_close,
		.name = x->in.name,
		.encoding = "XLSX",
		.bytes = x->in.size };
	memcpy(x->source.digest, x->in.digest, sizeof(x->source.digest));
	rc = xlsx_zip_open(&x->zip, &x->in, err);
	if (rc == 0)
		rc = xlsx_book_open(&x->book, &x->zip, err);
	if (rc < 0) {
		xlsx_close(&x->source);
		return rc;
	}
	*ret_source = &x->source;
	return 0;
}

int xlsx_open_memory(const void *bytes, size_t n, struct err *err, struct sheet_source **ret_source)
{
	struct input in;
	int rc = input_open_memory(&in, bytes, n, err);

	if (rc < 0)
		return rc;
	return xlsx_source(&in, err, ret_source);
}
