/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/report_file.h"

#include <string.h>

#include "base/money.h"

void report_cell_text(
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

static int file_rows(const struct report *r, bool english, struct sheet_sink *sink, struct err *err)
{
	struct str cells[REPORT_COLUMNS_MAX];
	struct buf b[REPORT_COLUMNS_MAX];
	int rc;

	for (size_t k = 0; k < r->n_columns; k++) {
		buf_init(&b[k], REPORT_CELL_BYTES);
		cells[k] = str_of(english ? r->columns[k].en : r->columns[k].zh);
	}
	rc = sink->row(sink, cells, r->n_columns, err);
	for (size_t i = 0; rc == 0 && i < r->n_rows; i++) {
		for (size_t k = 0; k < r->n_columns; k++) {
			report_cell_text(
				&b[k], &r->columns[k], &r->cells[i * r->n_columns + k], true);
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
		{ "suspense", "待查款项" }, { "villages", "各村进度" },
		{ "special_groups", "困难群众参保情况" }, { "days", "每日参保" } };

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcmp(r->name, names[i].name) == 0)
			return names[i].zh;
	return r->name;
}

int report_to_file(const struct sheet_port *sheets, const struct report *r,
	enum sheet_format format, bool english, const char *path, struct err *err)
{
	struct sheet_sink *sink;
	int rc = sheets->create(path, format, english ? r->name : sheet_name(r), err, &sink);

	if (rc < 0)
		return rc;
	rc = file_rows(r, english, sink, err);
	if (rc == 0)
		rc = sink->finish(sink, err);
	sink->close(sink);
	return rc;
}
