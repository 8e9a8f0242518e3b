/* SPDX-License-Identifier: Apache-2.0 */
/* Reading CSV: one window of text slides over the file; a record is parsed only when all of it is
 * in the window, so cells point into the window and nothing is copied. */
#include "doors/files/csv.h"

#include <stdlib.h>
#include <string.h>

#include "doors/files/csv_dialect.h"
#include "doors/files/files.h"
#include "doors/files/scrub.h"
#include "doors/files/text.h"

#define WINDOW_MIN (1u << 20)
/* The largest record: every cell full, every byte of it a doubled quote, and the separators. */
#define WINDOW_MAX ((size_t)SHEET_COLUMNS_MAX * (2 * SHEET_CELL_MAX + 4))
#define SCRATCH_MAX (2u * WINDOW_MAX)

struct csv {
	struct sheet_source source; /* first: the port hands this out */
	struct input in;
	struct text text;
	char *window;
	size_t pos, end, cap;
	bool eof;
	uint32_t row;
	char delimiter;
	bool ends_cell[256];  /* delimiter, CR, LF, NUL */
	struct arena scratch; /* cells that had to be copied; for one row */
	struct str cells[SHEET_COLUMNS_MAX];
};

enum { RECORD_CUT = 2 }; /* the window ends inside the record */

/* --- errors, always with row and column --- */

static int cell_error(struct csv *c, size_t column, enum fault fault, const char *zh,
	const char *en, struct err *err)
{
	return err_set(err, fault, "%s：第 %u 行第 %zu 列%s / row %u, column %zu: %s",
		c->source.name, c->row, column + 1, zh, c->row, column + 1, en);
}

static int broken_error(struct csv *c, struct err *err)
{
	return err_set(err, FAULT_FORMAT,
		"%s：第 %u 行附近（文件第 %llu 字节）不是合法的 %s，请重新另存 / near row %u, byte %llu: "
		"not valid %s",
		c->source.name, c->row, (unsigned long long)c->text.broken_at, c->source.encoding,
		c->row, (unsigned long long)c->text.broken_at, c->source.encoding);
}

/* --- the window --- */

/* Slide the unread rest to the front, make room, read on.  Sets c->eof at the end. */
static int window_fill(struct csv *c, struct err *err)
{
	size_t n, more;
	char *p;
	int rc;

	if (c->pos) {
		memmove(c->window, c->window + c->pos, c->end - c->pos);
		c->end -= c->pos;
		c->pos = 0;
	}
	if (c->cap - c->end < WINDOW_MIN / 2) {
		if (c->cap >= WINDOW_MAX)
			return cell_error(
				c, 0, FAULT_LIMIT, "这一行太长", "the record is too long", err);
		more = c->cap ? c->cap * 2 : WINDOW_MIN;
		p = realloc(c->window, more);
		if (!p)
			return err_set(
				err, FAULT_MEMORY, "%s：内存不足 / out of memory", c->source.name);
		c->window = p;
		c->cap = more;
	}
	rc = text_read(&c->text, c->window + c->end, c->cap - c->end, &n, err);
	if (rc < 0)
		return rc;
	c->end += n;
	c->eof = n == 0;
	return 0;
}

/* --- one record --- */

/* Invisible characters, private code points, guards: all rare, so tested cheaply. */
static int cell_finish(struct csv *c, size_t column, struct str cell, struct err *err)
{
	if (cell.n > SHEET_CELL_MAX)
		return cell_error(c, column, FAULT_LIMIT, "内容超过 32767 字节（引号没有闭合？）",
			"the cell is longer than 32767 bytes (an unclosed quote?)", err);
	if (c->text.odd && cell.n) {
		cell = scrub(&c->scratch, cell);
		if (!cell.p)
			return err_set(
				err, FAULT_MEMORY, "%s：内存不足 / out of memory", c->source.name);
	}
	if (cell.n && (cell.p[0] == '\'' || cell.p[0] == '='))
		cell = csv_unguard(cell);
	if (column < SHEET_COLUMNS_MAX)
		c->cells[column] = cell;
	else if (cell.n)
		return cell_error(
			c, column, FAULT_LIMIT, "超过 256 列", "more than 256 columns", err);
	return 0;
}

/* The text between the quotes with "" made one quote. */
static int quoted_text(
	struct csv *c, struct str raw, size_t doubled, struct str *ret, struct err *err)
{
	char *p;
	size_t n = 0;

	if (doubled == 0) {
		*ret = raw;
		return 0;
	}
	p = arena_alloc(&c->scratch, raw.n - doubled + 1);
	if (!p)
		return err_set(err, FAULT_MEMORY, "%s：内存不足 / out of memory", c->source.name);
	for (size_t i = 0; i < raw.n; i++) {
		p[n++] = raw.p[i];
		if (raw.p[i] == '"')
			i++;
	}
	*ret = (struct str){ p, n };
	return 0;
}

/* The quoted cell that begins at *at; leaves *at behind its closing quote.  1, RECORD_CUT,
 * fault. */
static int quoted(struct csv *c, size_t column, size_t *at, struct str *ret, struct err *err)
{
	size_t first = *at + 1, i = first, doubled = 0;
	const char *q;

	for (;;) {
		q = memchr(c->window + i, '"', c->end - i);
		if (!q || q + 1 == c->window + c->end) {
			if (!c->eof && c->end - first <= 2 * SHEET_CELL_MAX + 2)
				return RECORD_CUT;
			if (!q)
				return cell_error(c, column, FAULT_FORMAT,
					"的引号没有闭合（或内容超过 32767 字节）",
					"the quote is not closed (or the cell is longer than 32767 bytes)",
					err);
		}
		i = (size_t)(q - c->window) + 1;
		if (i == c->end || c->window[i] != '"')
			break;
		doubled++;
		i++;
	}
	*at = i;
	if (memchr(c->window + first, '\0', i - first))
		return cell_error(
			c, column, FAULT_FORMAT, "含有 NUL 字节", "holds a NUL byte", err);
	if (quoted_text(c, (struct str){ c->window + first, i - 1 - first }, doubled, ret, err) < 0)
		return FAULT_MEMORY;
	return 1;
}

/* The separator at `at`: advances *pos behind it.  Returns 1 when the record ends there, 0 when a
 * cell follows, RECORD_CUT, or a fault. */
static int separator(struct csv *c, size_t column, size_t at, size_t *pos, struct err *err)
{
	if (at == c->end) {
		if (!c->eof)
			return RECORD_CUT;
		*pos = at;
		return 1;
	}
	if (c->window[at] == c->delimiter) {
		*pos = at + 1;
		return 0;
	}
	if (c->window[at] == '\n') {
		*pos = at + 1;
		return 1;
	}
	if (c->window[at] == '\r') {
		if (at + 1 == c->end && !c->eof)
			return RECORD_CUT;
		*pos = at + 1 + (at + 1 < c->end && c->window[at + 1] == '\n');
		return 1;
	}
	if (c->window[at] == '\0')
		return cell_error(c, column, FAULT_FORMAT,
			"含有 NUL 字节（是 UTF-16 或不是文本？）",
			"holds a NUL byte (UTF-16, or no text at all?)", err);
	return cell_error(c, column, FAULT_FORMAT, "右引号后面还有内容",
		"text follows the closing quote", err);
}

/* Parse the record at c->pos.  1 and *ret_n; RECORD_CUT when more text is needed; a fault. */
static int record(struct csv *c, size_t *ret_n, struct err *err)
{
	const unsigned char *w = (const unsigned char *)c->window;
	size_t at = c->pos, column = 0, first;
	struct str cell = { NULL, 0 };
	int rc;

	for (;;) {
		if (at < c->end && w[at] == '"') {
			rc = quoted(c, column, &at, &cell, err);
			if (rc != 1)
				return rc;
		} else {
			first = at;
			while (at < c->end && !c->ends_cell[w[at]])
				at++;
			cell = (struct str){ c->window + first, at - first };
		}
		/* The separator before the cell is kept: a cut record is parsed again whole. */
		rc = separator(c, column, at, &at, err);
		if (rc < 0 || rc == RECORD_CUT)
			return rc;
		if (cell_finish(c, column, cell, err) < 0)
			return FAULT_LIMIT;
		column++;
		if (rc == 1)
			break;
	}
	c->pos = at;
	*ret_n = column < SHEET_COLUMNS_MAX ? column : SHEET_COLUMNS_MAX;
	return 1;
}

/* --- the port --- */

static int at_end(struct csv *c, struct err *err)
{
	if (c->text.broken) {
		c->row++;
		return broken_error(c, err);
	}
	return input_unchanged(&c->in, err);
}

/* The next record, blank lines included. */
static int next_record(struct csv *c, size_t *ret_n, struct err *err)
{
	int rc;

	if (c->pos == c->end && c->eof)
		return at_end(c, err);
	if (c->row >= SHEET_ROWS_MAX)
		return err_set(err, FAULT_LIMIT, "%s：超过 2000 万行 / more than 20 million rows",
			c->source.name);
	c->row++;
	arena_reset(&c->scratch);
	while ((rc = record(c, ret_n, err)) == RECORD_CUT) {
		rc = window_fill(c, err);
		if (rc < 0)
			return rc;
		if (c->eof && c->text.broken)
			return broken_error(c, err);
		if (c->eof && c->pos == c->end) {
			c->row--;
			return at_end(c, err);
		}
		arena_reset(&c->scratch);
	}
	return rc;
}

static int csv_next(struct sheet_source *s, struct sheet_row *ret_row, struct err *err)
{
	struct csv *c = (struct csv *)s;
	size_t n = 0;
	int rc;

	do {
		rc = next_record(c, &n, err);
		s->bytes_read = c->in.offset;
	} while (rc == 1 && n == 1 && c->cells[0].n == 0);
	if (rc != 1)
		return rc;
	*ret_row = (struct sheet_row){ .number = c->row, .n = n, .cells = c->cells };
	return 1;
}

static void csv_close(struct sheet_source *s)
{
	struct csv *c = (struct csv *)s;

	if (!c)
		return;
	text_release(&c->text);
	input_release(&c->in);
	arena_release(&c->scratch);
	free(c->window);
	free(c);
}

/* Read the first window and learn the dialect from it. */
static int csv_begin(struct csv *c, struct err *err)
{
	struct csv_dialect dialect;
	int rc;

	rc = text_open(&c->text, &c->in, err);
	if (rc < 0)
		return rc;
	rc = window_fill(c, err);
	if (rc < 0)
		return rc;
	dialect = csv_dialect((struct str){ c->window, c->end });
	c->delimiter = dialect.delimiter;
	c->pos = dialect.skip;
	c->row = dialect.skip ? 1 : 0;
	c->ends_cell[(unsigned char)c->delimiter] = true;
	c->ends_cell['\r'] = c->ends_cell['\n'] = c->ends_cell['\0'] = true;
	return 0;
}

int csv_source(struct input *in, struct err *err, struct sheet_source **ret_source)
{
	struct csv *c = calloc(1, sizeof(*c));
	int rc;

	if (!c) {
		input_release(in);
		return err_set(err, FAULT_MEMORY, "内存不足 / out of memory");
	}
	c->in = *in;
	c->text.cd = (iconv_t)-1;
	arena_init(&c->scratch, SCRATCH_MAX);
	c->source = (struct sheet_source){
		.next = csv_next, .close = csv_close, .name = c->in.name, .bytes = c->in.size
	};
	memcpy(c->source.digest, c->in.digest, sizeof(c->source.digest));
	rc = csv_begin(c, err);
	if (rc < 0) {
		csv_close(&c->source);
		return rc;
	}
	c->source.encoding = text_encoding(&c->text);
	*ret_source = &c->source;
	return 0;
}

int csv_open_memory(const void *bytes, size_t n, struct err *err, struct sheet_source **ret_source)
{
	struct input in;
	int rc = input_open_memory(&in, bytes, n, err);

	if (rc < 0)
		return rc;
	return csv_source(&in, err, ret_source);
}
