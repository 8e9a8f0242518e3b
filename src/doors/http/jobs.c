/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/http/jobs.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "acts/upload_file.h"
#include "base/log.h"
#include "doors/http/exchange.h"

#define TELL_US 500000        /* how far it is is written at most this often */
#define SWEEP_US 3600000000ll /* old uploads are looked for this often */
#define JOB_ARENA_MAX ((size_t)64 << 20)
#define KEEP_SECONDS (7 * 86400)

struct jobs {
	struct service *service;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t work;
	_Atomic bool stopping;
	bool woken;
	_Atomic int64_t running; /* id; 0: none */
	_Atomic bool cancel;     /* the one that runs */
	int64_t told_us, swept_us;
	struct job_work now;
};

void spool_path(const struct service *s, const char *what, int64_t id, char ret_path[JOB_PATH_MAX])
{
	snprintf(ret_path, JOB_PATH_MAX, "%s/%s-%lld", s->settings.spool, what, (long long)id);
}

static struct env machine_env(const struct service *s)
{
	struct env env = { .store = s->store,
		.sheets = s->sheets,
		.county = s->county,
		.actor = STR("service"),
		.now = s->now(s->now_ctx) };

	env.today = service_day(env.now);
	return env;
}

static void tell(void *ctx, uint64_t done, uint64_t total)
{
	struct jobs *j = ctx;
	int rc;

	if (clock_us() - j->told_us < TELL_US)
		return;
	j->told_us = clock_us();
	rc = job_tell(&j->now.env, j->now.job->id, (int64_t)done, (int64_t)total);
	if (rc == 1)
		atomic_store(&j->cancel, true);
	if (rc < 0)
		log_line(LOG_WARN, "job_progress_lost job=%lld", (long long)j->now.job->id);
}

/* Between two parts; the trail's rows of the next one get the time it is by then. */
static enum parts_word ask(void *ctx)
{
	struct jobs *j = ctx;

	j->now.env.now = j->service->now(j->service->now_ctx);
	if (atomic_load(&j->stopping))
		return PARTS_PAUSE;
	return atomic_load(&j->cancel) ? PARTS_CANCEL : PARTS_GO;
}

static void settle(struct jobs *j, int rc)
{
	struct job_work *w = &j->now;
	const char *state = rc < 0 ? "failed" : w->stopped == PARTS_CANCEL ? "cancelled" : "done";
	struct metrics *m = j->service->metrics;

	if (rc >= 0 && w->stopped == PARTS_PAUSE) {
		log_line(LOG_INFO, "job_paused job=%lld", (long long)w->job->id);
		return;
	}
	w->env.now = j->service->now(j->service->now_ctx);
	if (job_over(&w->env, w->job->id, state, w->result, w->message) < 0)
		log_line(LOG_ERROR, "job_end_lost job=%lld said=%s", (long long)w->job->id,
			store_message());
	metrics_add(m,
		rc < 0       ? METRIC_JOBS_FAILED
		: w->stopped ? METRIC_JOBS_CANCELLED
			     : METRIC_JOBS_DONE,
		1);
	log_line(LOG_INFO, "job_ended job=%lld kind=%.*s state=%s", (long long)w->job->id,
		STR_ARG(w->job->kind), state);
}

/* What waits behind the one that is taken. */
static void gauge(struct jobs *j, const struct env *env, bool taken)
{
	int64_t n;

	if (job_count(env, &n) == 0)
		metrics_set(j->service->metrics, METRIC_JOBS_QUEUED, n - taken);
}

/* 1: worked on one; 0: nothing waits. */
static int one(struct jobs *j)
{
	struct arena a;
	struct job job;
	struct env env = machine_env(j->service);
	int rc;

	arena_init(&a, JOB_ARENA_MAX);
	rc = job_next(&env, &a, &job);
	if (rc >= 0)
		gauge(j, &env, rc == 1);
	if (rc == 1) {
		atomic_store(&j->cancel, job.cancel);
		atomic_store(&j->running, job.id);
		metrics_set(j->service->metrics, METRIC_JOBS_RUNNING, 1);
		j->told_us = 0;
		j->now = (struct job_work){ .service = j->service, .job = &job, .arena = &a };
		j->now.env = env;
		j->now.env.progress = tell;
		j->now.env.progress_ctx = j;
		j->now.parts = (struct parts){ .job = job.id, .ask = ask, .ctx = j };
		j->now.env.parts = &j->now.parts;
		log_line(LOG_INFO, "job_begun job=%lld kind=%.*s", (long long)job.id,
			STR_ARG(job.kind));
		settle(j, job_work(&j->now));
		atomic_store(&j->running, 0);
		metrics_set(j->service->metrics, METRIC_JOBS_RUNNING, 0);
	}
	arena_release(&a);
	return rc;
}

/* Uploads, rows that came back and exports are kept for a week. */
static void sweep(struct jobs *j)
{
	struct env env = machine_env(j->service);
	int64_t ids[UPLOADS_SWEPT];
	char path[JOB_PATH_MAX];
	int n;

	j->swept_us = clock_us();
	while ((n = upload_sweep(&env, ids)) > 0)
		for (int i = 0; i < n; i++) {
			spool_path(j->service, "upload", ids[i], path);
			unlink(path);
		}
	spool_sweep(j->service->settings.spool, KEEP_SECONDS);
}

static void sleep_a_while(struct jobs *j)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	t.tv_sec++;
	pthread_mutex_lock(&j->lock);
	while (!j->woken && !atomic_load(&j->stopping))
		if (pthread_cond_timedwait(&j->work, &j->lock, &t) != 0)
			break;
	j->woken = false;
	pthread_mutex_unlock(&j->lock);
}

static void *jobs_main(void *arg)
{
	struct jobs *j = arg;

	while (!atomic_load(&j->stopping)) {
		int rc = one(j);

		if (rc < 0)
			log_line(LOG_ERROR, "jobs_not_read said=%s", store_message());
		if (j->swept_us == 0 || clock_us() - j->swept_us > SWEEP_US)
			sweep(j);
		if (rc != 1)
			sleep_a_while(j);
	}
	return NULL;
}

int jobs_new(struct service *s, struct jobs **ret_jobs)
{
	struct jobs *j = calloc(1, sizeof(*j));

	if (!j)
		return FAULT_MEMORY;
	j->service = s;
	pthread_mutex_init(&j->lock, NULL);
	pthread_cond_init(&j->work, NULL);
	if (pthread_create(&j->thread, NULL, jobs_main, j) != 0) {
		free(j);
		return FAULT_MEMORY;
	}
	*ret_jobs = j;
	return 0;
}

void jobs_free(struct jobs *j)
{
	if (!j)
		return;
	atomic_store(&j->stopping, true);
	jobs_wake(j);
	pthread_join(j->thread, NULL);
	pthread_mutex_destroy(&j->lock);
	pthread_cond_destroy(&j->work);
	free(j);
}

void jobs_wake(struct jobs *j)
{
	pthread_mutex_lock(&j->lock);
	j->woken = true;
	pthread_cond_signal(&j->work);
	pthread_mutex_unlock(&j->lock);
}

void jobs_cancel(struct jobs *j, int64_t id)
{
	if (atomic_load(&j->running) == id)
		atomic_store(&j->cancel, true);
}
