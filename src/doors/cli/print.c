/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/cli/print.h"

#include <stdlib.h>
#include <string.h>

#include "base/money.h"
#include "base/utf8.h"

#define CELL_BYTES 4096

/* The cell as a person reads it, without thousands marks when it goes to a file. */
static void cell_text(
	struct buf *b, const struct report_column *col, const struct report_cell *cell, bool file)
{
	buf_reset(b);
	if (col->type == REPORT_TEXT) {
		buf_add(b, cell->text);
	} else if (cell->number == REPORT_NONE) {
		buf_addz(b, file ? "" : "—");
	} else if (col->type == REPORT_RATE) {
		buf_addf(b, "%d.%02d%%", (int)(cell->number / 100), (int)(cell->number % 100));
	} else if (col->type == REPORT_FEN) {
		money_print(b, (struct money){ cell->number }, false);
	} else {
		buf_addi(b, cell->number);
	}
}

static void pad(struct cli *c, size_t n)
{
	for (size_t i = 0; i < n; i++)
		fputc(' ', c->out);
}

static void aligned(struct cli *c, struct str text, size_t width, bool right, bool last)
{
	size_t w = utf8_width(text), gap = width > w ? width - w : 0;

	if (right)
		pad(c, gap);
	fprintf(c->out, "%.*s", STR_ARG(text));
	if (!right && !last)
		pad(c, gap);
	fputs(last ? "\n" : "  ", c->out);
}

static const char *heading(const struct cli *c, const struct report_column *col)
{
	return c->english ? col->en : col->zh;
}

static void widths(struct cli *c, const struct report *r, struct buf *b, size_t *ret_width)
{
	for (size_t k = 0; k < r->n_columns; k++)
		ret_width[k] = utf8_width(str_of(heading(c, &r->columns[k])));
	for (size_t i = 0; i < r->n_rows; i++)
		for (size_t k = 0; k < r->n_columns; k++) {
			size_t w;

			cell_text(b, &r->columns[k], &r->cells[i * r->n_columns + k], false);
			w = utf8_width(buf_str(b));
			if (w > ret_width[k])
				ret_width[k] = w;
		}
}

void print_table(struct cli *c, const struct report *r)
{
	size_t width[REPORT_COLUMNS_MAX];
	struct buf b;

	buf_init(&b, CELL_BYTES);
	widths(c, r, &b, width);
	fprintf(c->out, "%.*s\n", STR_ARG(c->english ? r->title_en : r->title_zh));
	for (size_t k = 0; k < r->n_columns; k++)
		aligned(c, str_of(heading(c, &r->columns[k])), width[k],
			r->columns[k].type != REPORT_TEXT, k + 1 == r->n_columns);
	for (size_t i = 0; i < r->n_rows; i++)
		for (size_t k = 0; k < r->n_columns; k++) {
			cell_text(&b, &r->columns[k], &r->cells[i * r->n_columns + k], false);
			aligned(c, buf_str(&b), width[k], r->columns[k].type != REPORT_TEXT,
				k + 1 == r->n_columns);
		}
	buf_release(&b);
}

static void json_row(struct buf *b, const struct report *r, size_t i)
{
	for (size_t k = 0; k < r->n_columns; k++) {
		const struct report_cell *cell = &r->cells[i * r->n_columns + k];

		buf_addz(b, k ? "," : "{");
		buf_add_json(b, str_of(r->columns[k].key));
		buf_addc(b, ':');
		if (r->columns[k].type == REPORT_TEXT && cell->text.p)
			buf_add_json(b, cell->text);
		else if (r->columns[k].type == REPORT_TEXT || cell->number == REPORT_NONE)
			buf_addz(b, "null");
		else
			buf_addi(b, cell->number);
	}
	buf_addc(b, '}');
}

void print_json(struct cli *c, const struct report *r)
{
	size_t rows = r->n_rows - (r->has_total ? 1 : 0);
	struct buf b;

	buf_init(&b, 1u << 20);
	buf_addz(&b, "{\"report\":");
	buf_add_json(&b, str_of(r->name));
	buf_addz(&b, ",\"title\":");
	buf_add_json(&b, c->english ? r->title_en : r->title_zh);
	buf_addz(&b, ",\"rows\":[");
	for (size_t i = 0; i < rows; i++) {
		if (i)
			buf_addz(&b, ",\n");
		json_row(&b, r, i);
		fputs(buf_str(&b).p, c->out);
		buf_reset(&b);
	}
	buf_addc(&b, ']');
	if (r->has_total) {
		buf_addz(&b, ",\"total\":");
		json_row(&b, r, rows);
	}
	buf_addz(&b, "}\n");
	fputs(buf_str(&b).p, c->out);
	buf_release(&b);
}

static int file_rows(
	struct cli *c, const struct report *r, struct sheet_sink *sink, struct err *err)
{
	struct str cells[REPORT_COLUMNS_MAX];
	struct buf b[REPORT_COLUMNS_MAX];
	int rc;

	for (size_t k = 0; k < r->n_columns; k++) {
		buf_init(&b[k], CELL_BYTES);
		cells[k] = str_of(heading(c, &r->columns[k]));
	}
	rc = sink->row(sink, cells, r->n_columns, err);
	for (size_t i = 0; rc == 0 && i < r->n_rows; i++) {
		for (size_t k = 0; k < r->n_columns; k++) {
			cell_text(&b[k], &r->columns[k], &r->cells[i * r->n_columns + k], true);
			cells[k] = buf_str(&b[k]);
		}
		rc = sink->row(sink, cells, r->n_columns, err);
	}
	for (size_t k = 0; k < r->n_columns; k++)
		buf_release(&b[k]);
	return rc;
}

/* What the tab of a workbook says. */
static const char *sheet_name(const struct report *r)
{
	static const struct {
		const char *name, *zh;
	} names[] = { { "progress", "参保进度" }, { "ranking", "参保排名" },
		{ "unenrolled", "未参保台账" }, { "special", "困难群众未参保名单" },
		{ "suspense", "待查款项" } };

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcmp(r->name, names[i].name) == 0)
			return names[i].zh;
	return r->name;
}

int print_file(struct cli *c, const struct report *r, enum sheet_format format, const char *path)
{
	struct sheet_sink *sink;
	struct err err = { "" };
	int rc = c->sheets->create(path, format, c->english ? r->name : sheet_name(r), &err, &sink);

	if (rc < 0)
		return cli_fail_text(c, err.text);
	rc = file_rows(c, r, sink, &err);
	if (rc == 0)
		rc = sink->finish(sink, &err);
	sink->close(sink);
	return rc < 0 ? cli_fail_text(c, err.text) : CLI_OK;
}
