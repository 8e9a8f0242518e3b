/* SPDX-License-Identifier: Apache-2.0 */
/* A table inside a sheet: its header row found wherever it stands, its columns known by any of
 * their spellings, its note rows passed over. */
#ifndef CANBAO_ACTS_TABLE_H
#define CANBAO_ACTS_TABLE_H

#include "acts/sheet.h"
#include "base/buf.h"

#define TABLE_COLUMNS_MAX 40 /* columns one kind of file is read by */
#define TABLE_HEADER_ROWS 20 /* rows searched for the header */

/* One column a reader knows. */
struct column {
	const char *name;    /* as canbao writes it */
	const char *aliases; /* other spellings, "|" between; NULL: none */
	bool required;       /* a header row must have it */
};

struct table {
	struct sheet_source *source;
	const struct column *columns;
	size_t n_columns;
	int at[TABLE_COLUMNS_MAX]; /* position of each column in the file, -1: absent */
	struct str *header;        /* the file's own header cells */
	size_t n_header;
	uint32_t header_row;
	struct sheet_row row; /* the current one */
	struct buf scratch;
};

/* Open a file that lies under another name than people know it by: `shown` (NUL-terminated, lives
 * as long as the source) stands in its messages.  NULL: its own. */
MUST_USE int table_source(const struct sheet_port *sheets, const char *path, const char *shown,
	struct err *err, struct sheet_source **ret_source);

/* Read up to the header row.  Rows before it are titles and are handed to `title`, when given.  The
 * header's texts live in `a`.  FAULT_FORMAT names the columns that were not found. */
MUST_USE int table_open(struct table *t, struct arena *a, struct sheet_source *source,
	const struct column *columns, size_t n_columns,
	int (*title)(void *ctx, const struct sheet_row *row, struct err *err), void *ctx,
	struct err *err);
void table_release(struct table *t);
/* How a row reads as the header of t->columns: at[] as in the struct; how many columns were found.
 * t->scratch and `other` are used. */
size_t table_match(
	struct table *t, const struct sheet_row *row, struct buf *other, int at[TABLE_COLUMNS_MAX]);
/* The next row that holds anything: 1, 0 at the end, a fault. */
MUST_USE int table_next(struct table *t, struct err *err);
/* Cell of a column in the current row, without space around it; empty when the column is absent. */
struct str table_cell(const struct table *t, size_t column);
/* How an XLSX stored that cell. */
enum cell_kind table_cell_kind(const struct table *t, size_t column);
/* Is the current row a sum or a note (合计, 制表人, …) rather than data?  Told by the column every
 * data row fills, or by the row's first word when that is empty. */
bool table_is_note(struct table *t, size_t key);
bool table_has(const struct table *t, size_t column);

#endif
