/* SPDX-License-Identifier: Apache-2.0 */
/* The port through which acts read and write tables of text without knowing what a file is.  The
 * files door (CSV, XLSX) implements it; the program's main() hands it over. */
#ifndef CANBAO_ACTS_SHEET_H
#define CANBAO_ACTS_SHEET_H

#include "base/arena.h"
#include "base/err.h"

#define SHEET_COLUMNS_MAX 256
#define SHEET_CELL_MAX 32767 /* bytes of one cell, Excel's own limit in characters */
#define SHEET_ROWS_MAX 20000000
#define SHEET_XLSX_ROWS 1048576 /* rows of one XLSX sheet; a longer table goes on in the next */

enum cell_kind {
	CELL_TEXT,
	CELL_NUMBER, /* XLSX number cell; text is its shortest exact decimal */
	CELL_DATE,   /* XLSX number cell in a date format; text is YYYY-MM-DD */
	CELL_FORMULA /* XLSX formula; text is the formula's cached value */
};

struct sheet_row {
	uint32_t number; /* 1-based row of the file (of its sheet), as a person sees it */
	size_t n;        /* cells; trailing empty ones may be missing */
	const struct str *cells;
	const unsigned char *kinds; /* enum cell_kind of each cell; NULL when all are CELL_TEXT */
};

/* One table being read.  Rows stay valid until the next call. */
struct sheet_source {
	/* Returns 1 and *ret_row, 0 at the end, a negative fault with `err` filled. */
	int (*next)(struct sheet_source *s, struct sheet_row *ret_row, struct err *err);
	/* Free everything; also after a fault. */
	void (*close)(struct sheet_source *s);
	const char *name;         /* file name as shown to people, without its folder */
	const char *encoding;     /* "UTF-8", "GB18030", "XLSX" */
	unsigned char digest[32]; /* SM3 of the file's bytes, known from the start */
	uint64_t bytes;           /* size of the file */
	uint64_t bytes_read;      /* how far the reader is: for progress */
};

/* One table being written. */
struct sheet_sink {
	int (*row)(struct sheet_sink *s, const struct str *cells, size_t n, struct err *err);
	/* Complete the file and put it in place under its final name (atomically). */
	int (*finish)(struct sheet_sink *s, struct err *err);
	/* Free everything; without finish() nothing is left on disk. */
	void (*close)(struct sheet_sink *s);
};

/* CSV is written as UTF-8 with a BOM, which Excel understands; GB18030 for those who ask for it. */
enum sheet_format { SHEET_CSV, SHEET_XLSX, SHEET_CSV_GB18030 };

/* What the files door offers. */
struct sheet_port {
	/* Open by content, not by name: XLSX when it is a ZIP, else CSV in the encoding it proves
	 * to be in. */
	int (*open)(const char *path, struct err *err, struct sheet_source **ret_source);
	/* `title` names the sheet of an XLSX.  Every cell is written as text, so that 18-digit
	 * numbers survive Excel, except cells that hold a plain decimal of at most 15 digits. */
	int (*create)(const char *path, enum sheet_format format, const char *title,
		struct err *err, struct sheet_sink **ret_sink);
};

#endif
