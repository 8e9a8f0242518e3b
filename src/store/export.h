/* SPDX-License-Identifier: Apache-2.0 */
/* Lists that somebody wants as a file, and what a second person said to that. */
#ifndef CANBAO_STORE_EXPORT_H
#define CANBAO_STORE_EXPORT_H

#include "base/arena.h"
#include "store/db.h"
#include "store/way.h"

struct export
{
	int64_t id;
	struct str list;   /* missing, special, suspense, bills, payments */
	struct str filter; /* JSON */
	struct str format; /* csv, xlsx */
	struct str purpose;
	bool whole;       /* with whole numbers */
	struct str state; /* asked, approved, declined, ready, failed */
	int64_t asked_by; /* account */
	int64_t town;     /* of who asked; 0: sees the county */
	int64_t asked_at;
	int64_t decided_by, decided_at; /* 0: nobody yet */
	struct str reason;              /* {NULL,0}: none */
	int64_t rows_out;               /* -1: not written */
	int64_t job;                    /* 0: none */
	struct str asked_login, decided_login;
};
/* How many of an account wait for a decision or for their file. */
MUST_USE int export_waiting(struct db *db, int64_t county, int64_t account, int64_t *ret_n);
MUST_USE int export_add(struct db *db, int64_t county, const struct export *e, int64_t audit);
/* 1 and *ret_export (texts in `a`), 0, a fault. */
MUST_USE int export_load(
	struct db *db, struct arena *a, int64_t county, int64_t id, struct export *ret_export);
/* Who looks at exports. */
struct export_viewer {
	int64_t account;
	bool decides;     /* others' too … */
	int64_t division; /* … of this town; 0: of the county */
};
/* By id the way asked for; `state` empty: any. */
MUST_USE int export_list(struct db *db, struct arena *a, int64_t county,
	const struct export_viewer *v, struct str state, struct way way, size_t limit,
	struct export **ret_items, size_t *ret_n);
/* state, decided_by, decided_at, reason and job of `e`.  1: done; 0: it is decided already, or the
 * decider's own. */
MUST_USE int export_decide(struct db *db, int64_t county, const struct export *e, int64_t audit);
/* It was written, or could not be. */
MUST_USE int export_end(
	struct db *db, int64_t county, int64_t id, struct str state, int64_t rows, int64_t audit);

#endif
