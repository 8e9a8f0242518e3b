/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "doors/files/csv.h"
#include "doors/files/out_file.h"

#define ROW_MAX ((size_t)SHEET_COLUMNS_MAX * (2 * SHEET_CELL_MAX + 4))

struct csv_out {
	struct sheet_sink sink; /* first: the port hands this out */
	struct out_file file;
	iconv_t cd; /* (iconv_t)-1 for UTF-8 */
	struct buf row;
	char *decoded; /* the row in GB18030 */
	size_t decoded_cap;
	uint32_t rows;
};

static bool needs_quotes(struct str cell)
{
	for (size_t i = 0; i < cell.n; i++)
		if (cell.p[i] == ',' || cell.p[i] == '"' || cell.p[i] == '\n' || cell.p[i] == '\r')
			return true;
	/* Readers trim; a space that matters, or a tab a reader might split at, is quoted. */
	return cell.n && (cell.p[0] == ' ' || cell.p[cell.n - 1] == ' ' ||
				 memchr(cell.p, '\t', cell.n) || memchr(cell.p, ';', cell.n));
}

static void add_cell(struct buf *b, struct str cell)
{
	bool guard = csv_needs_guard(cell);

	if (!guard && !needs_quotes(cell)) {
		buf_add(b, cell);
		return;
	}
	buf_addc(b, '"');
	if (guard)
		buf_addc(b, '\'');
	for (size_t i = 0; i < cell.n; i++) {
		if (cell.p[i] == '"')
			buf_addc(b, '"');
		buf_addc(b, cell.p[i]);
	}
	buf_addc(b, '"');
}

static int write_gb18030(struct csv_out *o, struct str row, struct err *err)
{
	size_t left = row.n, need = row.n * 2 + 16, room;
	char *in = (char *)(uintptr_t)row.p, *out;

	if (need > o->decoded_cap) {
		out = realloc(o->decoded, need);
		if (!out)
			return err_set(err, FAULT_MEMORY, "内存不足 / out of memory");
		o->decoded = out;
		o->decoded_cap = need;
	}
	out = o->decoded;
	room = o->decoded_cap;
	if (iconv(o->cd, &in, &left, &out, &room) == (size_t)-1)
		return err_set(err, FAULT_FORMAT,
			"第 %u 行不是合法的 UTF-8 / row %u is not valid UTF-8: %s", o->rows,
			o->rows, strerror(errno));
	return out_file_write(
		&o->file, (struct str){ o->decoded, (size_t)(out - o->decoded) }, err);
}

static int csv_row(struct sheet_sink *s, const struct str *cells, size_t n, struct err *err)
{
	struct csv_out *o = (struct csv_out *)s;

	if (n > SHEET_COLUMNS_MAX)
		return err_set(err, FAULT_LIMIT, "超过 256 列 / more than 256 columns");
	o->rows++;
	buf_reset(&o->row);
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_addc(&o->row, ',');
		if (cells[i].n > SHEET_CELL_MAX)
			return err_set(err, FAULT_LIMIT,
				"第 %u 行第 %zu 列超过 32767 字节 / row %u, column %zu is too long",
				o->rows, i + 1, o->rows, i + 1);
		add_cell(&o->row, cells[i]);
	}
	/* A row of one empty cell must not look like a blank line. */
	if (o->row.n == 0)
		buf_addz(&o->row, "\"\"");
	buf_addz(&o->row, "\r\n");
	if (buf_bad(&o->row))
		return err_set(err, FAULT_MEMORY, "内存不足 / out of memory");
	if (o->cd != (iconv_t)-1)
		return write_gb18030(o, buf_str(&o->row), err);
	return out_file_write(&o->file, buf_str(&o->row), err);
}

static int csv_finish(struct sheet_sink *s, struct err *err)
{
	return out_file_commit(&((struct csv_out *)s)->file, err);
}

static void csv_out_close(struct sheet_sink *s)
{
	struct csv_out *o = (struct csv_out *)s;

	if (!o)
		return;
	out_file_release(&o->file);
	if (o->cd != (iconv_t)-1)
		iconv_close(o->cd);
	buf_release(&o->row);
	free(o->decoded);
	free(o);
}

int csv_sink(const char *path, bool gb18030, struct err *err, struct sheet_sink **ret_sink)
{
	struct csv_out *o = calloc(1, sizeof(*o));
	int rc;

	if (!o)
		return err_set(err, FAULT_MEMORY, "内存不足 / out of memory");
	o->sink = (struct sheet_sink){ csv_row, csv_finish, csv_out_close };
	o->file.fd = -1;
	o->cd = (iconv_t)-1;
	buf_init(&o->row, 2 * ROW_MAX);
	if (gb18030) {
		o->cd = iconv_open("GB18030", "UTF-8");
		if (o->cd == (iconv_t)-1) {
			csv_out_close(&o->sink);
			return err_set(err, FAULT_IO, "系统不支持 GB18030 / no GB18030 here");
		}
	}
	rc = out_file_open(&o->file, path, err);
	if (rc == 0 && !gb18030)
		rc = out_file_write(&o->file, STR("\xef\xbb\xbf"), err);
	if (rc < 0) {
		csv_out_close(&o->sink);
		return rc;
	}
	*ret_sink = &o->sink;
	return 0;
}
