/* SPDX-License-Identifier: Apache-2.0 */
/* Writing XLSX with libxlsxwriter in constant memory: a row is on disk as soon as the next
 * begins. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "doors/files/out_file.h"
#include "doors/files/xlsx.h"
#include "doors/files/xlsx_cell.h"

#define MEASURED_ROWS 200 /* rows that decide the column widths */
#define TITLE_MAX 25      /* characters; Excel allows 31, and "（12）" must fit */

struct xlsx_out {
	struct sheet_sink sink; /* first: the port hands this out */
	struct out_file file;   /* the library fills its temporary file */
	char *folder;
	lxw_workbook *book;
	lxw_worksheet *sheet;
	lxw_format *bold, *cents;
	struct buf title;
	uint32_t rows_max; /* rows a sheet takes */
	uint32_t row;      /* next row of the open sheet */
	unsigned sheets;
	uint64_t filled_rows, filled_cells; /* that the finished file must hold */
	struct buf header;                  /* the first row's cells, each with a NUL behind it */
	size_t header_n, columns;
	unsigned char width[SHEET_COLUMNS_MAX];
	char cell[SHEET_CELL_MAX + 1];
};

static int out_of_memory(struct err *err)
{
	return err_set(err, FAULT_MEMORY, "内存不足 / out of memory");
}

static int library_error(const struct xlsx_out *o, lxw_error e, struct err *err)
{
	return err_set(err, FAULT_IO, "%s：写 XLSX 失败 / cannot write XLSX: %s", o->file.path,
		lxw_strerror(e));
}

/* --- what a cell becomes --- */

enum number_form { NOT_A_NUMBER, GENERAL, CENTS };

/* Plain decimals that a reader gets back as they were: at most 15 digits, no leading zero, and
 * either two decimals (shown as such) or none to lose at the end. */
static enum number_form number_form(struct str s)
{
	size_t i = s.n && s.p[0] == '-', first = i, digits = 0, behind = 0;
	bool point = false;

	for (; i < s.n; i++) {
		if (s.p[i] == '.' && !point && digits) {
			point = true;
			continue;
		}
		if (s.p[i] < '0' || s.p[i] > '9')
			return NOT_A_NUMBER;
		digits++;
		behind += point;
	}
	if (digits == 0 || digits > 15 || (point && behind == 0))
		return NOT_A_NUMBER;
	if (s.p[first] == '0' && digits - behind > 1)
		return NOT_A_NUMBER;
	if (first == 1 && strspn(s.p + 1, "0.") == s.n - 1)
		return NOT_A_NUMBER; /* -0 */
	if (behind == 2)
		return CENTS;
	return point && s.p[s.n - 1] == '0' ? NOT_A_NUMBER : GENERAL;
}

static int put_cell(
	struct xlsx_out *o, lxw_col_t column, struct str s, lxw_format *format, struct err *err)
{
	enum number_form form;
	lxw_error e;
	size_t n;

	if (s.n == 0)
		return 0;
	if (!xlsx_escape(s, o->cell, SHEET_CELL_MAX, &n) || !utf8_valid(s))
		return err_set(err, FAULT_FORMAT,
			"%s：第 %u 行第 %u 列过长或不是合法的 UTF-8 / row %u, column %u is too long or "
			"not valid UTF-8",
			o->file.path, o->row + 1, column + 1u, o->row + 1, column + 1u);
	o->cell[n] = '\0';
	form = format ? NOT_A_NUMBER : number_form((struct str){ o->cell, n });
	if (form == NOT_A_NUMBER)
		e = worksheet_write_string(o->sheet, o->row, column, o->cell, format);
	else
		e = worksheet_write_number(o->sheet, o->row, column, strtod(o->cell, NULL),
			form == CENTS ? o->cents : NULL);
	o->filled_cells++;
	return e == LXW_NO_ERROR ? 0 : library_error(o, e, err);
}

static void measure(struct xlsx_out *o, size_t column, struct str s)
{
	size_t w = utf8_width(s) + 2;

	if (w > 42)
		w = 42;
	if (w > o->width[column])
		o->width[column] = (unsigned char)w;
}

static int put_row(
	struct xlsx_out *o, const struct str *cells, size_t n, lxw_format *format, struct err *err)
{
	uint64_t before = o->filled_cells;
	int rc;

	for (size_t i = 0; i < n; i++) {
		rc = put_cell(o, (lxw_col_t)i, cells[i], format, err);
		if (rc < 0)
			return rc;
		if (o->row < MEASURED_ROWS)
			measure(o, i, cells[i]);
	}
	if (n > o->columns)
		o->columns = n;
	o->row++;
	o->filled_rows += o->filled_cells > before;
	return 0;
}

/* --- sheets --- */

/* Header frozen and filtered, columns as wide as their text. */
static void dress(struct xlsx_out *o)
{
	for (size_t i = 0; i < o->columns; i++)
		worksheet_set_column(o->sheet, (lxw_col_t)i, (lxw_col_t)i,
			o->width[i] < 8 ? 8 : o->width[i], NULL);
	worksheet_freeze_panes(o->sheet, 1, 0);
	if (o->header_n && o->row)
		worksheet_autofilter(o->sheet, 0, 0, o->row - 1, (lxw_col_t)(o->header_n - 1));
}

static int sheet_add(struct xlsx_out *o, struct err *err)
{
	char name[160];

	if (o->sheet)
		dress(o);
	o->sheets++;
	if (o->sheets == 1)
		snprintf(name, sizeof(name), "%.*s", STR_ARG(buf_str(&o->title)));
	else
		snprintf(name, sizeof(name), "%.*s（%u）", STR_ARG(buf_str(&o->title)), o->sheets);
	o->sheet = workbook_add_worksheet(o->book, name);
	o->row = 0;
	o->columns = 0;
	if (!o->sheet)
		return err_set(
			err, FAULT_IO, "%s：无法加工作表 / cannot add a sheet", o->file.path);
	return 0;
}

static int header_keep(struct xlsx_out *o, const struct str *cells, size_t n, struct err *err)
{
	for (size_t i = 0; i < n; i++) {
		buf_add(&o->header, cells[i]);
		buf_addc(&o->header, '\0');
	}
	o->header_n = n;
	return buf_bad(&o->header) ? out_of_memory(err) : 0;
}

static int header_put(struct xlsx_out *o, struct err *err)
{
	struct str cells[SHEET_COLUMNS_MAX];
	const char *p = o->header.p;

	for (size_t i = 0; i < o->header_n; i++) {
		cells[i] = str_of(p);
		p += cells[i].n + 1;
	}
	return put_row(o, cells, o->header_n, o->bold, err);
}

static int xlsx_row(struct sheet_sink *s, const struct str *cells, size_t n, struct err *err)
{
	struct xlsx_out *o = (struct xlsx_out *)s;
	int rc;

	if (n > SHEET_COLUMNS_MAX)
		return err_set(err, FAULT_LIMIT, "超过 256 列 / more than 256 columns");
	if (o->sheets == 1 && o->row == 0) {
		rc = header_keep(o, cells, n, err);
		return rc < 0 ? rc : put_row(o, cells, n, o->bold, err);
	}
	if (o->row == o->rows_max) {
		rc = sheet_add(o, err);
		if (rc == 0)
			rc = header_put(o, err);
		if (rc < 0)
			return rc;
	}
	return put_row(o, cells, n, NULL, err);
}

static int xlsx_finish(struct sheet_sink *s, struct err *err)
{
	struct xlsx_out *o = (struct xlsx_out *)s;
	lxw_error e;

	dress(o);
	e = workbook_close(o->book); /* frees it in any case */
	o->book = NULL;
	if (e != LXW_NO_ERROR)
		return library_error(o, e, err);
	if (xlsx_verify(o->file.temp, o->filled_rows, o->filled_cells, err) < 0)
		return FAULT_IO;
	return out_file_commit(&o->file, err);
}

static void xlsx_out_close(struct sheet_sink *s)
{
	struct xlsx_out *o = (struct xlsx_out *)s;

	if (!o)
		return;
	if (o->book)
		lxw_workbook_free(o->book);
	out_file_release(&o->file);
	buf_release(&o->title);
	buf_release(&o->header);
	free(o->folder);
	free(o);
}

/* Excel refuses []:*?/\ and an apostrophe at the ends of a sheet's name, and long or empty ones. */
static void title_set(struct buf *b, const char *title)
{
	struct str s = str_of(title);
	uint32_t cp;
	size_t step, n = 0;

	for (size_t i = 0; i < s.n && n < TITLE_MAX; i += step, n++) {
		step = utf8_next((struct str){ s.p + i, s.n - i }, &cp);
		if (step == 0)
			break;
		utf8_put(b, cp < 0x20 || (cp < 0x80 && strchr("[]:*?/\\'", (int)cp)) ? '_' : cp);
	}
	if (n == 0)
		buf_addz(b, "Sheet1");
}

static int book_open(struct xlsx_out *o, struct err *err)
{
	lxw_workbook_options options = { .constant_memory = LXW_TRUE, .tmpdir = o->folder };

	o->book = workbook_new_opt(o->file.temp, &options);
	if (!o->book)
		return out_of_memory(err);
	o->bold = workbook_add_format(o->book);
	o->cents = workbook_add_format(o->book);
	if (!o->bold || !o->cents)
		return out_of_memory(err);
	format_set_bold(o->bold);
	format_set_num_format(o->cents, "0.00");
	return sheet_add(o, err);
}

int xlsx_sink_rows(const char *path, const char *title, uint32_t rows_max, struct err *err,
	struct sheet_sink **ret_sink)
{
	const char *slash = strrchr(path, '/');
	struct xlsx_out *o = calloc(1, sizeof(*o));
	int rc;

	BUG_IF(rows_max < 2 || rows_max > SHEET_XLSX_ROWS);
	if (!o)
		return out_of_memory(err);
	o->sink = (struct sheet_sink){ xlsx_row, xlsx_finish, xlsx_out_close };
	o->file.fd = -1;
	o->rows_max = rows_max;
	buf_init(&o->title, 256);
	buf_init(&o->header, (size_t)SHEET_COLUMNS_MAX * (SHEET_CELL_MAX + 1));
	title_set(&o->title, title);
	/* The library's own temporary files hold the same personal data: beside the result. */
	o->folder = slash ? strndup(path, (size_t)(slash - path) + 1) : strdup(".");
	rc = o->folder ? out_file_open(&o->file, path, err) : out_of_memory(err);
	if (rc == 0)
		rc = book_open(o, err);
	if (rc < 0) {
		xlsx_out_close(&o->sink);
		return rc;
	}
	*ret_sink = &o->sink;
	return 0;
}

int xlsx_sink(const char *path, const char *title, struct err *err, struct sheet_sink **ret_sink)
{
	return xlsx_sink_rows(path, title, SHEET_XLSX_ROWS, err, ret_sink);
}
