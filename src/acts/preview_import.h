/* SPDX-License-Identifier: Apache-2.0 */
/* 预览 a file before it is taken in: what it is, which columns were recognised, its first rows with
 * numbers masked, what is missing.  Writes nothing. */
#ifndef CANBAO_ACTS_PREVIEW_IMPORT_H
#define CANBAO_ACTS_PREVIEW_IMPORT_H

#include "acts/ask_import.h"

#define PREVIEW_ROWS 20
#define PREVIEW_PROBLEMS 8

struct preview {
	struct str encoding; /* "UTF-8", "GB18030", "XLSX"; "" when it cannot be read */
	const struct import_offer *offer; /* NULL: nobody knows */
	bool guessed;                     /* the offer is a guess */
	int64_t header_row;               /* of the file; 0: none found */
	size_t n_header;
	struct str *header;                     /* the file's own words */
	const char **means;                     /* our column's name for each, NULL: passed over */
	const char *missing[TABLE_COLUMNS_MAX]; /* required columns that are not there */
	size_t n_missing;
	struct str *rows[PREVIEW_ROWS]; /* cells, numbers masked */
	size_t cells[PREVIEW_ROWS], n_rows;
	const char *zh[PREVIEW_PROBLEMS], *en[PREVIEW_PROBLEMS];
	size_t n_problems;
	bool formulas; /* some cell shown is one */
	bool repeated; /* the same bytes were taken in before, as this kind */
};

/* `offer` NULL: guess; `shown`: what people call the file.  A file that cannot be read is a preview
 * with a problem, not a fault. */
MUST_USE int preview_import(const struct env *env, const char *path, const char *shown,
	const struct import_offer *offer, struct arena *a, struct preview *ret);

#endif
