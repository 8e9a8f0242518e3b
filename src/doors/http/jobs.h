/* SPDX-License-Identifier: Apache-2.0 */
/* The runner: one thread that works on the jobs of the county, one after the other.  A job that was
 * running when the program ended goes on at the next start. */
#ifndef CANBAO_DOORS_HTTP_JOBS_H
#define CANBAO_DOORS_HTTP_JOBS_H

#include "acts/job.h"
#include "doors/http/service.h"

#define JOB_PATH_MAX (SETTING_TEXT_MAX + 64)

MUST_USE int jobs_new(struct service *s, struct jobs **ret_jobs);
/* Pause what is running after its current part, and end the thread.  NULL is fine. */
void jobs_free(struct jobs *j);
/* There is something new to work on. */
void jobs_wake(struct jobs *j);
/* Stop this one if it is the one at work. */
void jobs_cancel(struct jobs *j, int64_t id);

/* "SPOOL/upload-12": where the bytes of an upload, the rows that came back from a job and the file
 * of an export lie. */
void spool_path(const struct service *s, const char *what, int64_t id, char ret_path[JOB_PATH_MAX]);

/* spool.c: take away what is older than so many seconds and nobody's upload. */
void spool_sweep(const char *folder, int64_t seconds);

/* jobs_run.c: one job at work. */
struct job_work {
	struct service *service;
	const struct job *job;
	struct env env;
	struct parts parts;
	struct arena *arena;
	struct str result, message; /* of the end; in `arena` */
	enum parts_word stopped;
};
/* 0: done, or stopped as work->stopped says; a fault with work->message filled. */
MUST_USE int job_work(struct job_work *w);

#endif
