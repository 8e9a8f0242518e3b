/* SPDX-License-Identifier: Apache-2.0 */
/* What a workbook says about itself before any cell is read: its sheets, its date system, which
 * styles are dates, and the shared strings. */
#ifndef CANBAO_DOORS_FILES_XLSX_BOOK_H
#define CANBAO_DOORS_FILES_XLSX_BOOK_H

#include "base/arena.h"
#include "doors/files/xlsx_zip.h"

#define XLSX_SHEETS_MAX 1024
#define XLSX_STYLES_MAX 65536
#define XLSX_STRINGS_MAX 24000000u
#define XLSX_STRING_BYTES_MAX (512ull << 20)

struct xlsx_sheet {
	const char *name;
	const char *path; /* inside the ZIP */
	bool visible;
};

struct xlsx_book {
	struct arena arena;
	struct xlsx_sheet *sheets;
	size_t sheets_n;
	bool since_1904;
	bool *date_style; /* by cell style */
	size_t styles_n;
	char *bytes;    /* of all shared strings, one behind the other */
	uint32_t *ends; /* where each ends */
	size_t strings_n;
};

/* Read it all.  On a fault nothing is held. */
MUST_USE int xlsx_book_open(struct xlsx_book *b, struct xlsx_zip *z, struct err *err);
void xlsx_book_release(struct xlsx_book *b);
/* Shared string `i`; false when there is none. */
bool xlsx_book_string(const struct xlsx_book *b, uint64_t i, struct str *ret);

/* xlsx_strings.c */
MUST_USE int xlsx_strings_load(
	struct xlsx_book *b, struct xlsx_zip *z, const char *path, struct err *err);
/* xlsx_styles.c */
MUST_USE int xlsx_styles_load(
	struct xlsx_book *b, struct xlsx_zip *z, const char *path, struct err *err);

#endif
