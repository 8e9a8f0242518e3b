/* SPDX-License-Identifier: Apache-2.0 */
/* What the text of an XLSX cell is, given what stands in the XML. */
#ifndef CANBAO_DOORS_FILES_XLSX_CELL_H
#define CANBAO_DOORS_FILES_XLSX_CELL_H

#include "base/buf.h"

#define XLSX_NUMBER_TEXT 64

/* A number as decimal text, into `ret` (at least XLSX_NUMBER_TEXT bytes); its length, or 0 when
 * `v` is no number.
 *   - - an integer of at most 21 digits stays digit for digit, so that an 18-digit number can
 *     still be recognised (as CELL_NUMBER with more than 15 digits: Excel has rounded it);
 *   - anything else is rounded to the 15 significant digits Excel itself shows and written plain;
 *   - beyond 21 digits before the point, or 20 zeros behind it, the E form stays. */
size_t xlsx_number(struct str v, char *ret);

/* A serial day (with a fraction: the time) as "YYYY-MM-DD" or "YYYY-MM-DD HH:MM:SS"; 0 when the
 * serial is no day of 1900..2199 (then it is a number, whatever its format says). */
size_t xlsx_date(struct str v, bool since_1904, char *ret);

/* True when the number format shows a date: built-in id, or the code of a custom one. */
bool xlsx_builtin_is_date(unsigned id);
bool xlsx_code_is_date(struct str code);

/* "_x000D_" and its like in strings are control characters Excel spelt out: undo it in place.
 * Returns the new length. */
size_t xlsx_unescape(char *p, size_t n);
/* The other way: text that looks like such an escape gets its first underscore spelt out.  False
 * when the result does not fit `cap` bytes. */
bool xlsx_escape(struct str s, char *ret, size_t cap, size_t *ret_n);

#endif
