/* SPDX-License-Identifier: Apache-2.0 */
/* The files the demo writes, and the note kept of each: how many rows, which of them a careful
 * reader must send back and why.  The notes together are manifest.json, the planted truth. */
#ifndef CANBAO_DOORS_DEMO_OUT_H
#define CANBAO_DOORS_DEMO_OUT_H

#include "acts/sheet.h"
#include "base/buf.h"

#define NOTE_CODES_MAX 24
#define NOTE_ROWS_MAX 20000 /* planted rows listed one by one */
#define OUT_COLUMNS_MAX 24

struct tally_of {
	const char *code;
	int64_t n;
};

struct out {
	struct sheet_sink *sink; /* NULL: not opened */
	const char *name;        /* inside the folder; borrowed */
	const char *kind;        /* residents, categories, … */
	const char *department;  /* or channel; NULL */
	const char *encoding;
	uint32_t row; /* rows written so far, header and blanks included */
	int64_t data; /* rows of data */
	struct tally_of rejected[NOTE_CODES_MAX], tolerated[NOTE_CODES_MAX];
	struct buf rows; /* JSON of the rejected rows */
	size_t n_rows;
	bool must_abort; /* a careful reader refuses the whole file */
};

struct manifest {
	const struct sheet_port *sheets;
	const char *folder;
	struct buf files; /* JSON objects, comma between */
};

/* Begin a file.  `format` decides its encoding; `title`, when not NULL, is a row above the
 * header. */
MUST_USE int out_open(struct out *o, const struct manifest *m, const char *name, const char *kind,
	enum sheet_format format, const char *title, const char *const *header, size_t n,
	struct err *err);
/* A row of data. */
MUST_USE int out_row(struct out *o, const struct str *cells, size_t n, struct err *err);
/* A row that is none: blank, or a sum. */
MUST_USE int out_note_row(struct out *o, const struct str *cells, size_t n, struct err *err);
/* The row written last must come back with this complaint / is taken in spite of this. */
void out_rejected(struct out *o, const char *code);
void out_tolerated(struct out *o, const char *code);
/* Put the file in place and its note into the manifest. */
MUST_USE int out_close(struct out *o, struct manifest *m, struct err *err);
/* Free; without out_close() the file vanishes.  A zeroed one is fine. */
void out_release(struct out *o);

void tally_count(struct tally_of *tallies, const char *code, int64_t n);
/* {"code":n,…} */
void tally_json(struct buf *b, const struct tally_of *tallies);

#endif
