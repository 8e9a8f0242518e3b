/* SPDX-License-Identifier: Apache-2.0 */
/* Taking in a file that an office sent: good rows go in, bad rows come back to their author, the
 * same file twice is refused.  In one act, all of it or nothing; or, with env->parts, in many short
 * ones that go on where they stopped (docs/adr/005). */
#ifndef CANBAO_ACTS_IMPORT_H
#define CANBAO_ACTS_IMPORT_H

#include "acts/env.h"
#include "acts/table.h"
#include "store/place.h"
#include "store/vault.h"

#define IMPORT_CHUNK 8192     /* rows written at once, unless the kind says otherwise */
#define IMPORT_PART 400       /* rows of a part: measured, docs/adr/005 */
#define IMPORT_PROBLEMS_MAX 8 /* complaints about one row that are kept */
#define IMPORT_ARENA_MAX (192u * 1024u * 1024u)

struct import_request {
	const char *path;
	const char
		*errors_path; /* where bad rows go; NULL: beside the file, name.退回.csv or .xlsx */
	const char *shown;    /* what people call the file; NULL: its own name */
	struct str department; /* stable code of the sender; {NULL,0} when it does not matter */
	day_t as_of;           /* day the file speaks of */
	bool full;             /* a complete list: who is not on it any more is taken off */
	const struct policy *policy; /* NULL when the kind needs none */
	int64_t confirm_ended; /* a complete list: so many may be taken off, told beforehand; 0: ask
				*/
	struct str channel;    /* payments: the channel's code */
};

struct import_report {
	int64_t rows, added, changed, unchanged, rejected, ended, skipped;
	int64_t warned; /* taken in, but its author should look again */
	int64_t fen_posted, fen_suspense, posted, suspended; /* payments */
	char errors_path[1024];                              /* empty when no row was rejected */
	bool cancelled_none;     /* a full list had bad rows: nobody was taken off */
	int64_t asks_ended;      /* a complete list would take so many off, and asks first */
	enum parts_word stopped; /* by parts: PARTS_GO when all of it is in */
	int64_t file;            /* its number */
	struct err err;          /* filled when the import failed */
};

struct import;

/* What differs from one kind of file to another. */
struct import_kind {
	const char *name; /* "residents": stored with the file */
	const char *act;  /* "import_residents": in the audit row */
	const struct column *columns;
	size_t n_columns;
	size_t key;        /* column without which a row can only be a note */
	size_t chunk;      /* rows written at once; 0: IMPORT_CHUNK */
	size_t part;       /* rows of a part; 0: IMPORT_PART */
	bool whole;        /* never by parts: small, and checked as a whole */
	size_t state_size; /* of the kind's own state, zeroed */
	int (*title)(struct import *im,
		const struct sheet_row *row); /* rows above the header; may be NULL */
	/* Once a file; may read, must not write. */
	int (*begin)(struct import *im);
	/* At the start of each transaction that writes rows; may be NULL. */
	int (*open)(struct import *im);
	/* Must every row be looked at before the first is written?  Then a row may send the whole
	 * file back, by parts too.  NULL: no. */
	bool (*strict)(const struct import *im);
	/* Check the current row of im->table and collect it.  Complaints through import_problem().
	 */
	int (*row)(struct import *im);
	/* Write what was collected.  By parts it may run again after it was rolled back. */
	int (*flush)(struct import *im);
	/* At the end of each transaction that wrote rows; may be NULL. */
	int (*close)(struct import *im);
	/* All rows were looked at: does the whole hold?  By parts and strict, before the first is
	 * written.  May read.  May be NULL. */
	int (*check)(struct import *im);
	int (*end)(struct import *im); /* the last step, all rows written; may be NULL */
	void (*release)(
		struct import *im); /* frees what begin() took outside the arenas; may be NULL */
};

/* A remark on a row, held back until its part is committed. */
struct pending {
	const struct kept_row *row;
	struct str text;
};

/* A row kept so that it can still be rejected when its chunk is written. */
struct kept_row {
	uint32_t number;
	int64_t ordinal; /* among the rows below the header that hold anything, from 1 */
	size_t n;
	struct str *cells;
	const unsigned char *kinds;
};

/* The work on one file.  `a` lives as long as the file, `chunk` until the next flush. */
struct import {
	const struct env *env;
	const struct import_request *req;
	const struct import_kind *kind;
	struct import_report *report;
	struct db *db;
	struct arena *a;
	struct arena chunk;
	size_t chunk_rows;
	struct sheet_source *source;
	struct table table;
	struct places places;
	struct vault *vault;
	struct buf scratch;
	int64_t audit, file;
	struct str department; /* as the file is remembered under; the request's unless a kind knows
				  better */
	struct sheet_sink *sink; /* of rejected rows; opened at the first */
	int64_t ordinal;         /* of the current row */
	/* By parts. */
	const struct parts *parts;
	struct pending *pending; /* remarks of the current part, in `chunk` */
	size_t n_pending, cap_pending;
	bool dry;            /* rows are only looked at */
	bool again;          /* the part is tried again */
	struct buf problems; /* of the current row */
	size_t n_problems;
	struct buf warnings;
	size_t n_warnings;
	void *state;
};

MUST_USE int import_run(const struct env *env, const struct import_request *req,
	const struct import_kind *kind, struct import_report *ret_report);

/* Is somebody counted in this town and village the sender's to speak of? */
bool import_in_scope(const struct import *im, int64_t town, int64_t village);
/* Note what is wrong with the current row: says what to do, both languages, no document numbers. */
void import_problem(struct import *im, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* The row goes in, but comes back to its author as well with this remark. */
void import_warn(struct import *im, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* A cell that must be a date in one of the usual forms; DAY_NONE when it is empty.  Complains. */
day_t import_day(struct import *im, size_t column);
/* Keep the current row until its chunk is written; NULL when out of memory. */
MUST_USE struct kept_row *import_keep(struct import *im);
/* Send a kept row back to its author with a remark although it was taken in. */
MUST_USE int import_return_kept(struct import *im, const struct kept_row *row, const char *fmt, ...)
	PRINTF_LIKE(3, 4);
/* Reject a kept row while its chunk is written. */
MUST_USE int import_reject_kept(struct import *im, const struct kept_row *row, const char *fmt, ...)
	PRINTF_LIKE(3, 4);

#endif
