/* SPDX-License-Identifier: Apache-2.0 */
/* The trail: numbers taken, acts recorded, files remembered. */
#ifndef CANBAO_STORE_TRAIL_H
#define CANBAO_STORE_TRAIL_H

#include "base/arena.h"
#include "base/day.h"
#include "store/db.h"
#include "store/way.h"

/* Take `n` consecutive numbers (> 0) of the series `name`; *ret_first is the first.  Returns 0 or a
 * fault. A rolled-back act gives its numbers back, so a series stays without gaps. */
MUST_USE int counter_take(
	struct db *db, int64_t county, const char *name, int64_t n, int64_t *ret_first);

/* One changing act: who, when, on whose behalf, what, to what, why. */
struct audit_row {
	int64_t at; /* seconds since 1970-01-01 UTC */
	struct str actor, on_behalf, act, subject, reason;
	struct str detail; /* JSON; nothing personal */
};

/* Take the audit id of an act before its work, so that every row it writes can carry it. */
MUST_USE int audit_open(struct db *db, int64_t county, int64_t *ret_id);
/* Write the row of an id taken by audit_open, at the end of the same transaction. */
MUST_USE int audit_write(struct db *db, int64_t county, int64_t id, const struct audit_row *row);

/* A row as it is read. */
struct trail_line {
	int64_t id;
	struct audit_row row;
};

#define TRAIL_WINDOW 20000 /* rows one reading looks at */

struct audit_filter {
	struct str act, actor; /* {NULL,0}: all */
	int64_t from, before;  /* from <= at < before */
	struct way way;        /* by id */
	size_t max;            /* rows, at least 1 */
};
/* Texts in `a`.  *ret_next: go on from it, 0 at the end of the trail; a page may be short before
 * that. */
MUST_USE int audit_page(struct db *db, int64_t county, const struct audit_filter *f,
	struct arena *a, struct trail_line **ret_items, size_t *ret_n, int64_t *ret_next);

/* A file taken in. */
struct import_file {
	int64_t id;
	struct str kind; /* "residents", "categories", … */
	unsigned char digest[32];
	struct str name, department;
	day_t as_of;
	int64_t rows_read, accepted, unchanged, rejected, audit;
};

/* 1 and *ret_id when the same bytes were taken in for the same purpose; 0 when not; a fault. */
MUST_USE int import_file_find(struct db *db, int64_t county, struct str kind,
	const unsigned char digest[32], int64_t *ret_id);
/* 1 and *ret_as_of: the latest day a file of this kind and department spoke of; 0 when there is
 * none. */
MUST_USE int import_file_newest(
	struct db *db, int64_t county, struct str kind, struct str department, day_t *ret_as_of);
MUST_USE int import_file_add(struct db *db, int64_t county, const struct import_file *f);
/* Remember with which pack files bills were decided. */
MUST_USE int pack_remember(
	struct db *db, struct str code, const unsigned char digest[32], int64_t now);

#define STATISTICS_ROWS 500 /* an act that wrote more refreshes the engine's statistics */
/* Let the engine look at its tables again, so that it plans for what is in them now. */
MUST_USE int statistics_refresh(struct db *db);

#endif
