/* SPDX-License-Identifier: Apache-2.0 */
/* 报表文件 a report as a CSV or XLSX file, through the sheet port. */
#ifndef CANBAO_ACTS_REPORT_FILE_H
#define CANBAO_ACTS_REPORT_FILE_H

#include "acts/report.h"

#define REPORT_CELL_BYTES 4096

/* The cell as a person reads it into `b`, which is emptied first; in a file what is not there is
 * empty instead of a dash. */
void report_cell_text(
	struct buf *b, const struct report_column *col, const struct report_cell *cell, bool file);
/* Write the whole table with its heading to `path`. */
MUST_USE int report_to_file(const struct sheet_port *sheets, const struct report *r,
	enum sheet_format format, bool english, const char *path, struct err *err);

#endif
