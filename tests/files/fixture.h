/* SPDX-License-Identifier: Apache-2.0 */
/* Files made by the tests themselves: a temporary folder, bytes in it, a workbook from its
 * parts. */
#ifndef CANBAO_TESTS_FILES_FIXTURE_H
#define CANBAO_TESTS_FILES_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "doors/files/files.h"

/* cmocka set-up and tear-down of a group: *state is the folder's path. */
int fixture_folder(void **state);
int fixture_folder_gone(void **state);

/* A path in the folder; static storage, four at a time. */
const char *fixture_path(void **state, const char *name);
const char *fixture_write(void **state, const char *name, const void *bytes, size_t n);
size_t fixture_entries(void **state); /* files in the folder */

struct part {
	const char *name;
	const char *text;
};
/* A ZIP of the parts. */
const char *fixture_zip(void **state, const char *name, const struct part *parts, size_t n);
/* A workbook with one sheet whose <sheetData> is `rows`; `strings` (<si>…) and `styles` may be
 * NULL. */
const char *fixture_book(
	void **state, const char *name, const char *rows, const char *strings, const char *styles);
/* A workbook of up to four sheets; a name that begins with '-' is a hidden sheet. */
const char *fixture_sheets(void **state, const char *name, const struct part *sheets, size_t n);

/* Open and read all of it into text: cells joined by '|', rows by '\n', "number:" before each row
 * when `numbers`; kinds other than text as a letter before the cell (n, d, f).  Returns the last
 * status of next() or the one of open(); `err` has its sentence. */
int fixture_read(const char *path, bool numbers, char *ret, size_t cap, struct err *err);
int fixture_read_source(
	struct sheet_source *s, bool numbers, char *ret, size_t cap, struct err *err);

/* The whole file at `path` must read as `want`. */
void fixture_reads(const char *path, const char *want);
/* CSV bytes must read as `want`. */
void fixture_csv(const void *bytes, size_t n, const char *want);
/* Bytes must be refused with `fault`, and the sentence must hold `word`. */
void fixture_refused(const void *bytes, size_t n, int fault, const char *word);
void fixture_file_refused(const char *path, int fault, const char *word);

#define CSV_READS(text, want) fixture_csv(text, sizeof(text) - 1, want)
#define CSV_REFUSED(text, fault, word) fixture_refused(text, sizeof(text) - 1, fault, word)

#endif
