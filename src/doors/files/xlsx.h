/* SPDX-License-Identifier: Apache-2.0 */
/* XLSX: the reader over an input that is INPUT_ZIP, and the writer.
 *
 * Read is the first visible sheet that has rows.  Visible sheets behind it go on with the table
 * when one of their first rows equals one of its first rows (the header, repeated): reading
 * continues behind that row.  Other sheets are left alone. */
#ifndef CANBAO_DOORS_FILES_XLSX_H
#define CANBAO_DOORS_FILES_XLSX_H

#include "acts/sheet.h"
#include "doors/files/input.h"

/* Takes the input over (releases it on close, and on a fault here). */
MUST_USE int xlsx_source(struct input *in, struct err *err, struct sheet_source **ret_source);

MUST_USE int xlsx_sink(
	const char *path, const char *title, struct err *err, struct sheet_sink **ret_sink);

/* The same with another ceiling of rows a sheet (2..SHEET_XLSX_ROWS), so that a test can
 * overflow. */
MUST_USE int xlsx_sink_rows(const char *path, const char *title, uint32_t rows_max, struct err *err,
	struct sheet_sink **ret_sink);

/* Does the workbook at `path`, which libxlsxwriter made, hold so many rows and cells in its
 * sheets? */
MUST_USE int xlsx_verify(const char *path, uint64_t rows, uint64_t cells, struct err *err);

#endif
