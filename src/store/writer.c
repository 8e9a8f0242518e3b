/* SPDX-License-Identifier: Apache-2.0 */
/* The one writer of a SQLite store.
 *
 * Whoever wants to write puts a job in the queue and sleeps.  The writer opens a transaction,
 * runs the jobs that wait, each in a savepoint of its own, commits once and wakes them all: one
 * fsync answers everybody.  While it waits for the disk the next group gathers, so that nobody
 * needs a timer. */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/log.h"
#include "store/store_impl.h"

#define QUEUE_MAX 1024      /* jobs waiting; who comes later waits for room */
#define GROUP_MAX 256       /* jobs of one commit */
#define GROUP_NS 20000000   /* a group is closed after 20 ms, so that its first need not wait long \
			     */
#define LOG_SOFT_PAGES 1000 /* the checkpointer moves the log beside the writer … */
#define REST_SECONDS 2
#define LOG_HARD_PAGES 4000 /* … and the writer its last part, so that the log can start again */

struct job {
	struct job *next;
	act_fn fn;
	void *arg;
	bool bulk;
	int rc;
	struct err err;
	sem_t answered; /* posted without the lock, so that who wakes does not run into it */
};

struct writer {
	struct db *db, *checkpoint_db;
	struct arena arena;
	pthread_t thread, checkpointer;
	pthread_mutex_t lock;
	pthread_cond_t work, room, log_grown, log_moved;
	struct job *head, *tail; /* queue */
	int queued;
	struct job *mine; /* taken from the queue, not run yet; the writer's alone */
	bool stopping;
	_Atomic int log_pages;
	uint64_t moves; /* how often the log was moved */
};

static int64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* The next job; what waits is taken off the queue all at once: the lock is touched seldom. */
static struct job *take(struct writer *w)
{
	struct job *j;

	if (!w->mine) {
		pthread_mutex_lock(&w->lock);
		w->mine = w->head;
		w->head = w->tail = NULL;
		w->queued = 0;
		pthread_cond_broadcast(&w->room);
		pthread_mutex_unlock(&w->lock);
	}
	j = w->mine;
	if (j) {
		w->mine = j->next;
		j->next = NULL;
	}
	return j;
}

/* The next job for the group that is open: none when a bulk one is next, which goes alone. */
static struct job *take_more(struct writer *w)
{
	struct job *j = take(w);

	if (j && j->bulk) {
		j->next = w->mine;
		w->mine = j;
		j = NULL;
	}
	return j;
}

static void job_fail(struct writer *w, struct job *j, int rc)
{
	j->rc = rc;
	act_message(rc, w->db, &j->err);
}

/* The whole group shares the fate of its commit; who had failed before keeps its own reason. */
static void group_fail(struct writer *w, struct job *group, int rc)
{
	for (struct job *j = group; j; j = j->next)
		if (j->rc >= 0)
			job_fail(w, j, rc);
}

static void answer(struct job *group)
{
	struct job *next;

	for (struct job *j = group; j; j = next) {
		/* Once it is posted the job's memory is its owner's again. */
		next = j->next;
		sem_post(&j->answered);
	}
}

/* Run one job in a savepoint.  False when the engine gave up the whole transaction. */
static bool run_job(struct writer *w, struct job *j)
{
	int rc = db_savepoint(w->db);

	if (rc < 0) {
		job_fail(w, j, rc);
		return w->db->driver->in_tx(w->db);
	}
	j->rc = act_run(w->db, &w->arena, j->fn, j->arg);
	if (j->rc >= 0) {
		rc = db_savepoint_release(w->db);
		if (rc < 0)
			job_fail(w, j, rc);
	} else {
		job_fail(w, j, j->rc);
	}
	if (j->rc < 0)
		db_savepoint_rollback(w->db);
	arena_reset(&w->arena);
	return w->db->driver->in_tx(w->db);
}

static void run_bulk(struct writer *w, struct job *j)
{
	j->rc = act_run(w->db, &w->arena, j->fn, j->arg);
	if (j->rc < 0) {
		job_fail(w, j, j->rc);
		db_rollback(w->db);
	} else {
		int rc = db_commit(w->db);

		if (rc < 0)
			job_fail(w, j, rc);
	}
	arena_release(&w->arena);
}

/* Run jobs until none waits, the group is full or its time is up; the last in front. */
static struct job *gather(struct writer *w, struct job *first, bool *ret_alive)
{
	int64_t end = now_ns() + GROUP_NS;
	struct job *group = NULL;
	bool alive = true;
	int n = 0;

	for (struct job *j = first; j;
		j = alive && n < GROUP_MAX && now_ns() < end ? take_more(w) : NULL) {
		alive = run_job(w, j);
		j->next = group;
		group = j;
		n++;
	}
	*ret_alive = alive;
	return group;
}

static void run_group(struct writer *w, struct job *first)
{
	bool alive;
	struct job *group;
	int rc = db_begin_as(w->db, first->bulk ? DB_TX_BULK : DB_TX_ACT);

	if (rc < 0) {
		job_fail(w, first, rc);
		answer(first);
		return;
	}
	if (first->bulk) {
		run_bulk(w, first);
		answer(first);
		return;
	}
	group = gather(w, first, &alive);
	if (alive) {
		rc = db_commit(w->db);
	} else {
		rc = FAULT_DATABASE;
		db_rollback(w->db);
	}
	if (rc < 0)
		group_fail(w, group, rc);
	answer(group);
}

static void tend_log(struct writer *w)
{
	int pages = atomic_load(&w->log_pages);

	if (pages < LOG_SOFT_PAGES)
		return;
	/* Busy means the checkpointer is at it; then the next commit asks again. */
	if (pages >= LOG_HARD_PAGES && sqlite_checkpoint(w->db) == 0)
		return;
	pthread_mutex_lock(&w->lock);
	pthread_cond_signal(&w->log_grown);
	pthread_mutex_unlock(&w->lock);
}

static bool wait_for_work(struct writer *w)
{
	bool more;

	if (w->mine)
		return true;
	pthread_mutex_lock(&w->lock);
	while (!w->head && !w->stopping)
		pthread_cond_wait(&w->work, &w->lock);
	more = w->head != NULL;
	pthread_mutex_unlock(&w->lock);
	return more;
}

static void *writer_main(void *arg)
{
	struct writer *w = arg;

	while (wait_for_work(w)) {
		struct job *first = take(w);

		BUG_IF(!first);
		run_group(w, first);
		tend_log(w);
	}
	return NULL;
}

static void *checkpointer_main(void *arg)
{
	struct writer *w = arg;
	int rc;

	pthread_mutex_lock(&w->lock);
	while (!w->stopping) {
		pthread_cond_wait(&w->log_grown, &w->lock);
		if (w->stopping)
			break;
		pthread_mutex_unlock(&w->lock);
		/* Failing here loses nothing: the log keeps what it has, and the writer tries
		 * too, which is when it is busy. */
		rc = sqlite_checkpoint(w->checkpoint_db);
		if (rc < 0 && rc != FAULT_RETRY)
			log_line(LOG_WARN, "checkpoint_failed %s", db_message(w->checkpoint_db));
		pthread_mutex_lock(&w->lock);
		w->moves++;
		pthread_cond_broadcast(&w->log_moved);
	}
	pthread_mutex_unlock(&w->lock);
	return NULL;
}

/* A pass that is under way began before what the caller wrote: the next one counts too. */
void writer_rest(struct writer *w)
{
	struct timespec until;
	uint64_t enough;
	int rc = 0;

	if (atomic_load(&w->log_pages) < LOG_SOFT_PAGES)
		return;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += REST_SECONDS;
	pthread_mutex_lock(&w->lock);
	enough = w->moves + 1;
	while (w->moves < enough && !w->stopping && rc == 0) {
		pthread_cond_signal(&w->log_grown);
		rc = pthread_cond_timedwait(&w->log_moved, &w->lock, &until);
	}
	pthread_mutex_unlock(&w->lock);
}

int writer_new(const char *uri, struct db *db, struct err *err, struct writer **ret_writer)
{
	struct writer *w = calloc(1, sizeof(*w));
	int rc;

	if (!w)
		return err_set(err, FAULT_MEMORY, "%s", fault_text(FAULT_MEMORY));
	rc = db_open_as(uri, DB_ROLE_WRITER, false, err, &w->checkpoint_db);
	if (rc < 0) {
		free(w);
		return rc;
	}
	w->db = db;
	arena_init(&w->arena, STORE_ARENA_MAX);
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->work, NULL);
	pthread_cond_init(&w->room, NULL);
	pthread_cond_init(&w->log_grown, NULL);
	pthread_cond_init(&w->log_moved, NULL);
	sqlite_watch_log(db, &w->log_pages);
	if (pthread_create(&w->thread, NULL, writer_main, w) != 0)
		bug(__FILE__, __LINE__, "no thread for the writer");
	if (pthread_create(&w->checkpointer, NULL, checkpointer_main, w) != 0)
		bug(__FILE__, __LINE__, "no thread for the checkpoints");
	*ret_writer = w;
	return 0;
}

void writer_free(struct writer *w)
{
	if (!w)
		return;
	pthread_mutex_lock(&w->lock);
	w->stopping = true;
	pthread_cond_broadcast(&w->work);
	pthread_cond_broadcast(&w->log_grown);
	pthread_mutex_unlock(&w->lock);
	pthread_join(w->thread, NULL);
	pthread_join(w->checkpointer, NULL);
	BUG_IF(w->head || w->mine);
	arena_release(&w->arena);
	db_close(w->checkpoint_db);
	db_close(w->db);
	pthread_cond_destroy(&w->work);
	pthread_cond_destroy(&w->room);
	pthread_cond_destroy(&w->log_grown);
	pthread_cond_destroy(&w->log_moved);
	pthread_mutex_destroy(&w->lock);
	free(w);
}

int writer_act(struct writer *w, act_fn fn, void *arg, bool bulk, struct err *err)
{
	struct job j = { .fn = fn, .arg = arg, .bulk = bulk };

	BUG_IF(sem_init(&j.answered, 0, 0) != 0);
	pthread_mutex_lock(&w->lock);
	while (w->queued >= QUEUE_MAX)
		pthread_cond_wait(&w->room, &w->lock);
	BUG_IF(w->stopping);
	if (w->tail)
		w->tail->next = &j;
	else
		w->head = &j;
	w->tail = &j;
	w->queued++;
	pthread_cond_signal(&w->work);
	pthread_mutex_unlock(&w->lock);
	while (sem_wait(&j.answered) != 0)
		BUG_IF(errno != EINTR);
	sem_destroy(&j.answered);
	if (j.rc < 0)
		*err = j.err;
	return j.rc;
}
