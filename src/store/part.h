/* SPDX-License-Identifier: Apache-2.0 */
/* Long work by parts: the point it resumes at, the file it reads, the remarks on rows so far. */
#ifndef CANBAO_STORE_PART_H
#define CANBAO_STORE_PART_H

#include "base/arena.h"
#include "base/day.h"
#include "store/db.h"
#include "store/lists.h"
#include "store/trail.h"

struct part {
	int64_t file;      /* import_file; 0: an assessment */
	int64_t rows_done; /* rows of the file, or the last person id */
	struct str report; /* JSON */
};
/* 1 and *ret_part (its text in `a`), 0 when the job has written no part yet, a fault. */
MUST_USE int part_of(
	struct db *db, struct arena *a, int64_t county, int64_t job, struct part *ret_part);
MUST_USE int part_put(struct db *db, int64_t county, int64_t job, const struct part *p);
/* Forget the point, the remarks and the list: the job is over. */
MUST_USE int part_drop(struct db *db, int64_t county, int64_t job);

/* Remember a file whose parts begin to come.  f->digest is not taken yet: the same bytes may be
 * sent again. */
MUST_USE int import_file_open(
	struct db *db, int64_t county, int64_t job, const struct import_file *f);
/* All of it is in: counts, and the digest is taken.  FAULT_CONFLICT when the same bytes were taken
 * in meanwhile. */
MUST_USE int import_file_close(struct db *db, int64_t county, const struct import_file *f);
/* No more of it will come: counts of what is in. */
MUST_USE int import_file_stop(struct db *db, int64_t county, const struct import_file *f);

struct remark {
	int64_t n;   /* 1, 2 … of the job */
	int64_t row; /* of the file, blank ones counted */
	struct str text;
};
#define REMARK_PAGE 500
MUST_USE int remark_add_all(
	struct db *db, int64_t county, int64_t job, const struct remark *items, size_t n);
/* The next REMARK_PAGE remarks after number `after`; returns how many, or a fault. */
MUST_USE int remark_page(struct db *db, struct arena *a, int64_t county, int64_t job, int64_t after,
	struct remark **ret_items);

/* What a complete list carries, kept over the parts of `job`. */
MUST_USE int listed_keep(
	struct db *db, int64_t county, int64_t job, int64_t person, struct str category);
MUST_USE int listed_kept_missing(struct db *db, struct arena *a, int64_t county, int64_t job,
	struct str entered_by, day_t as_of, struct unlisted **ret_items, size_t *ret_n);

#endif
