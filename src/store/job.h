/* SPDX-License-Identifier: Apache-2.0 */
/* Long work that runs in the background: the queue and what became of it. */
#ifndef CANBAO_STORE_JOB_H
#define CANBAO_STORE_JOB_H

#include "base/arena.h"
#include "store/db.h"
#include "store/way.h"

struct job {
	int64_t id;
	struct str kind;    /* import, assess, export */
	struct str state;   /* queued, running, done, failed, cancelled */
	int64_t account;    /* who asked */
	struct str request; /* JSON */
	struct str result;  /* JSON; {NULL,0}: none */
	struct str message; /* both languages; {NULL,0}: none */
	int64_t done, total;
	bool cancel;                           /* somebody wants it stopped */
	int64_t made_at, started_at, ended_at; /* 0: not yet */
};

/* A new one, queued: id, kind, account, request and made_at count. */
MUST_USE int job_add(struct db *db, int64_t county, const struct job *j, int64_t audit);
/* 1 and *ret_job (texts in `a`), 0, a fault. */
MUST_USE int job_load(
	struct db *db, struct arena *a, int64_t county, int64_t id, struct job *ret_job);
/* By id the way asked for, at most `limit`.  `account` 0: everybody's; `state` empty: any.
 */
MUST_USE int job_list(struct db *db, struct arena *a, int64_t county, int64_t account,
	struct str state, struct way way, size_t limit, struct job **ret_items, size_t *ret_n);
/* How many are queued or running: all, and of one account. */
MUST_USE int job_waiting(
	struct db *db, int64_t county, int64_t account, int64_t *ret_all, int64_t *ret_own);
/* 1 and the one to work on now: one that was running already, else the oldest queued; 0: none. */
MUST_USE int job_first(struct db *db, struct arena *a, int64_t county, struct job *ret_job);
MUST_USE int job_start(struct db *db, int64_t county, int64_t id, int64_t now);
/* 1: somebody wants it stopped; 0: go on; a fault. */
MUST_USE int job_progress(struct db *db, int64_t county, int64_t id, int64_t done, int64_t total);
/* 1: stopped, or told to stop; 0: it is over already. */
MUST_USE int job_cancel(struct db *db, int64_t county, int64_t id, int64_t now);
MUST_USE int job_end(struct db *db, int64_t county, int64_t id, struct str state, struct str result,
	struct str message, int64_t now);

#endif
