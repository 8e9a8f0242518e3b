/* SPDX-License-Identifier: Apache-2.0 */
/* One worksheet, row by row. */
#ifndef CANBAO_DOORS_FILES_XLSX_SHEET_H
#define CANBAO_DOORS_FILES_XLSX_SHEET_H

#include "acts/sheet.h"
#include "base/buf.h"
#include "doors/files/xlsx_book.h"
#include "doors/files/xml.h"

struct xlsx_reader {
	struct xml xml;
	const struct xlsx_book *book;
	const char *file, *sheet; /* for messages */
	bool open;

	uint32_t row; /* number of the row being read */
	bool row_filled;
	size_t n; /* cells of the row */
	size_t column;
	char type[12];
	unsigned style;
	bool formula, in_inline, reading;
	unsigned phonetic;

	struct buf text;              /* of this row's cells that are not shared strings */
	size_t first;                 /* where the cell being read begins in it */
	struct arena scratch;         /* cells that scrub() changed */
	size_t at[SHEET_COLUMNS_MAX]; /* offset into text, for cells whose p is NULL */
	struct str cells[SHEET_COLUMNS_MAX];
	unsigned char kinds[SHEET_COLUMNS_MAX];
};

/* Begin on a sheet of `book`, which must outlive the reader.  1, 0 when its part is missing, a
 * fault. */
MUST_USE int xlsx_reader_open(struct xlsx_reader *r, struct xlsx_zip *z,
	const struct xlsx_book *book, const struct xlsx_sheet *sheet, struct err *err);
/* The next row that has any text: 1, 0 at the end, a fault. */
MUST_USE int xlsx_reader_next(struct xlsx_reader *r, struct sheet_row *ret_row, struct err *err);
void xlsx_reader_close(struct xlsx_reader *r);

#endif
