/* SPDX-License-Identifier: Apache-2.0 */
/* What import.c (one act) and import_parts.c (many) share.  Private to the two. */
#ifndef CANBAO_ACTS_IMPORT_WORK_H
#define CANBAO_ACTS_IMPORT_WORK_H

#include "acts/import.h"
#include "store/part.h"

/* Open im->req's file and what reading it takes.  import_close_file in any case. */
MUST_USE int import_open_file(struct import *im);
void import_close_file(struct import *im);
/* Read up to the header row, with the kind's state made. */
MUST_USE int import_find_table(struct import *im);
/* Inside a transaction: refuse a file that was taken in before, let its kind begin.  Writes
 * nothing; may run again. */
MUST_USE int import_begin(struct import *im);
/* Look at the current row of im->table: counted, collected or remarked on. */
MUST_USE int import_row(struct import *im);
/* Put a row into the file that returns. */
MUST_USE int import_send_back(
	struct import *im, const struct str *cells, size_t n, struct str problem);
/* The file as it is remembered. */
struct import_file import_file_row(const struct import *im);
/* The audit row of im->audit with the counts so far; `more` is JSON behind them. */
MUST_USE int import_audit(struct import *im, struct arena *a, const char *more);

/* An import by parts. */
struct import_parts {
	struct import im;
	struct arena arena;
	int64_t done;      /* ordinal of the last row that is in, with its part committed */
	int64_t n_remarks; /* of the job, committed */
	/* The trail's number for the next act, taken at the end of the one before: PostgreSQL keeps
	 * everybody else from the series until the act that took from it ends. */
	int64_t next_audit;
	bool resumed;
	struct import_report counted; /* with the last part committed */
	/* Of the part under way, before it was tried. */
	struct import_report before;
	size_t before_pending;
	const char *why; /* of the last step: what its audit row adds */
};

/* The counts so far as JSON, for the resume point; {NULL,0}: out of memory. */
struct str import_point_write(const struct import_parts *w, struct arena *a);
MUST_USE int import_point_read(struct import_parts *w, struct str text);
/* Look at the rows that are in already, up to w->done; what was remarked on them goes into the file
 * that returns. */
MUST_USE int import_replay(struct import_parts *w);

/* The whole import, a part at a time (env->parts). */
MUST_USE int import_by_parts(const struct env *env, const struct import_request *req,
	const struct import_kind *kind, struct import_report *ret_report);

#endif
