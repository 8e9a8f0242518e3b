/* SPDX-License-Identifier: Apache-2.0 */
/* The files door: CSV (UTF-8, GB18030 or UTF-16, with or without BOM) and XLSX, both ways.
 *
 * What a reader of CSV is given is what the author meant, by these rules and no others:
 *   - zero-width characters, byte order marks and writing-direction marks are taken out (scrub.h);
 *   - private-use code points of old GBK systems become the characters they stand for (scrub.h);
 *   - one leading apostrophe before = + - @ tab or CR is taken off, and ="text" becomes text: both
 *     are ways to keep Excel from computing;
 *   - a line with nothing on it is skipped but counted.
 * Cells of XLSX get the first two rules, and numbers and dates as in xlsx_cell.h.
 *
 * What is written as CSV is UTF-8 with a BOM (or GB18030) and CRLF.  A cell that Excel would
 * compute (it begins, after any apostrophes, with = + - @ tab or CR and is not a plain number)
 * gets one leading apostrophe, which our reader takes off again: every text survives the way out
 * and back. */
#ifndef CANBAO_DOORS_FILES_H
#define CANBAO_DOORS_FILES_H

#include "acts/sheet.h"

extern const struct sheet_port files_sheets;

/* The same readers over bytes in memory, which must outlive the source: for tests and fuzzing.
 * files_open_memory decides by content as files_sheets.open does. */
MUST_USE int files_open_memory(
	const void *bytes, size_t n, struct err *err, struct sheet_source **ret_source);
MUST_USE int csv_open_memory(
	const void *bytes, size_t n, struct err *err, struct sheet_source **ret_source);
MUST_USE int xlsx_open_memory(
	const void *bytes, size_t n, struct err *err, struct sheet_source **ret_source);

#endif
