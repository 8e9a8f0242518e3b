/* SPDX-License-Identifier: Apache-2.0 */
/* 后台任务 background jobs: asked for, worked on one at a time, watched, stopped.  The trail has
 * the asking, the stopping and the end; that one was begun and how far it is concerns nobody later.
 */
#ifndef CANBAO_ACTS_JOB_H
#define CANBAO_ACTS_JOB_H

#include "acts/env.h"
#include "store/job.h"

#define JOBS_WAITING_MAX 100   /* queued or running, of all */
#define JOBS_OF_ACCOUNT_MAX 10 /* of one account */
#define JOB_REQUEST_MAX (16u * 1024u)

/* Who looks at jobs. */
struct job_viewer {
	int64_t account;
	bool all; /* everybody's */
};

/* Put one in the queue.  `request` is JSON, nothing personal in it.  FAULT_LIMIT with `err` when
 * too many wait. */
MUST_USE int job_ask(const struct env *env, const char *kind, int64_t account, struct str request,
	int64_t *ret_id, struct err *err);
/* The one to work on, marked as running: one that was running when the program ended, else the
 * oldest.  1, 0: none; texts in `a`. */
MUST_USE int job_next(const struct env *env, struct arena *a, struct job *ret_job);
/* How many are queued or running. */
MUST_USE int job_count(const struct env *env, int64_t *ret_n);
/* Say how far it is.  1: somebody wants it stopped; 0; a fault. */
MUST_USE int job_tell(const struct env *env, int64_t id, int64_t done, int64_t total);
/* It is over: done, failed or cancelled.  `result` JSON or {NULL,0}; `message` likewise. */
MUST_USE int job_over(const struct env *env, int64_t id, const char *state, struct str result,
	struct str message);
/* 1 and the job, when it is the viewer's to see; 0; a fault. */
MUST_USE int job_read(const struct env *env, const struct job_viewer *v, int64_t id,
	struct arena *a, struct job *ret_job);
/* By id the way asked for; `state` empty: any. */
MUST_USE int job_page(const struct env *env, const struct job_viewer *v, struct str state,
	struct way way, size_t limit, struct arena *a, struct job **ret_items, size_t *ret_n);
/* Stop it: at once while it waits, after its current part while it runs.  1: done so; 0: no such
 * job; FAULT_CONFLICT: it is over. */
MUST_USE int job_stop(const struct env *env, const struct job_viewer *v, int64_t id);

#endif
