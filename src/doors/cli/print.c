/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/cli/print.h"

#include <stdlib.h>
#include <string.h>

#include "acts/report_file.h"
#include "base/utf8.h"

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

			report_cell_text(b, &r->columns[k], &r->cells[i * r->n_columns + k], false);
			w = utf8_width(buf_str(b));
			if (w > ret_width[k])
				ret_width[k] = w;
		}
}

void print_table(struct cli *c, const struct report *r)
{
	size_t width[REPORT_COLUMNS_MAX];
	struct buf b;

	buf_init(&b, REPORT_CELL_BYTES);
	widths(c, r, &b, width);
	fprintf(c->out, "%.*s\n", STR_ARG(c->english ? r->title_en : r->title_zh));
	for (size_t k = 0; k < r->n_columns; k++)
		aligned(c, str_of(heading(c, &r->columns[k])), width[k],
			r->columns[k].type != REPORT_TEXT, k + 1 == r->n_columns);
	for (size_t i = 0; i < r->n_rows; i++)
		for (size_t k = 0; k < r->n_columns; k++) {
			report_cell_text(
				&b, &r->columns[k], &r->cells[i * r->n_columns + k], false);
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

int print_file(struct cli *c, const struct report *r, enum sheet_format format, const char *path)
{
	struct err err = { "" };
	int rc = report_to_file(c->sheets, r, format, c->english, path, &err);

	return rc < 0 ? cli_fail_text(c, err.text) : CLI_OK;
}
