/* SPDX-License-Identifier: Apache-2.0 */
/* Acts: whole or not at all, each for itself, and answered only when they are kept. */
#include "store/probe.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define CLIENTS 64

static int count_act(struct db *db, struct arena *a, void *arg)
{
	(void)a;
	*(int64_t *)arg = probe_int(db, SQL_PROBE_COUNT);
	return 0;
}

static int64_t count(struct fixture *f)
{
	int64_t n = -1;

	assert_int_equal(store_read(f->st, count_act, &n), 0);
	return n;
}

static int total_act(struct db *db, struct arena *a, void *arg)
{
	(void)a;
	*(int64_t *)arg = probe_int(db, SQL_PROBE_TOTAL);
	return 0;
}

struct add {
	int64_t id;
	int answer; /* after adding the row */
};

static int add_act(struct db *db, struct arena *a, void *arg)
{
	const struct add *add = arg;
	int64_t n = probe_add(db, add->id, 1);

	(void)a;
	return n < 0 ? (int)n : add->answer;
}

static void act_commits_or_rolls_back(void **state)
{
	struct fixture *f = need_store(state);
	struct add good = { 1, 7 }, bad = { 2, FAULT_CANCELLED }, twice = { 1, 0 };

	assert_int_equal(store_act(f->st, add_act, &good), 7);
	assert_int_equal(store_act(f->st, add_act, &bad), FAULT_CANCELLED);
	assert_int_equal(store_act(f->st, add_act, &twice), FAULT_CONFLICT);
	assert_non_null(strstr(store_message(), "冲突"));
	assert_int_equal(store_bulk_act(f->st, add_act, &bad), FAULT_CANCELLED);
	assert_int_equal(count(f), 1);
	assert_int_equal(store_bulk_act(f->st, add_act, &(struct add){ 3, 1 }), 1);
	assert_int_equal(count(f), 2);
}

/* An act that leaves a statement on a row hinders nobody after it. */
static int leaves_row_act(struct db *db, struct arena *a, void *arg)
{
	struct stmt *s = stmt_of(db, SQL_PROBE_ALL);

	(void)a;
	(void)arg;
	stmt_int(s, 1, COUNTY);
	return stmt_step(s);
}

static void forgotten_rows_are_reset(void **state)
{
	struct fixture *f = need_store(state);

	assert_int_equal(store_act(f->st, add_act, &(struct add){ 1, 0 }), 0);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(store_act(f->st, leaves_row_act, NULL), 1);
		assert_int_equal(store_read(f->st, leaves_row_act, NULL), 1);
	}
}

struct client {
	struct fixture *f;
	int64_t first, step;
	int acts;
	int faults, wrong;
};

/* Every third act adds its row and then fails; every third conflicts with a row that stands. */
static void *client_main(void *arg)
{
	struct client *c = arg;

	for (int i = 0; i < c->acts; i++) {
		struct add add = { c->first + i * c->step, 0 };
		int want = 0, rc;

		if (i % 3 == 1)
			want = add.answer = FAULT_CANCELLED;
		if (i % 3 == 2) {
			add.id = c->first;
			want = FAULT_CONFLICT;
		}
		rc = store_act(c->f->st, add_act, &add);
		c->faults += rc < 0;
		/* On PostgreSQL many at once may be told to come again; that is an answer too. */
		c->wrong += rc != want && rc != FAULT_RETRY;
	}
	return NULL;
}

static void clients_run(struct client *c, int n, void *(*fn)(void *))
{
	pthread_t threads[CLIENTS];

	for (int i = 0; i < n; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, fn, &c[i]), 0);
	for (int i = 0; i < n; i++)
		pthread_join(threads[i], NULL);
}

/* 64 clients at once: a failing act takes only its own rows with it. */
static void acts_of_one_group_are_apart(void **state)
{
	struct fixture *f = need_store(state);
	struct client c[CLIENTS];
	int64_t kept = 0;

	for (int i = 0; i < CLIENTS; i++)
		c[i] = (struct client){ f, i, CLIENTS, f->engine == DB_PG ? 6 : 30, 0, 0 };
	clients_run(c, CLIENTS, client_main);
	for (int i = 0; i < CLIENTS; i++) {
		assert_int_equal(c[i].wrong, 0);
		kept += c[i].acts - c[i].faults;
	}
	assert_int_equal(count(f), kept);
	if (f->engine == DB_SQLITE)
		assert_int_equal(kept, CLIENTS * 10);
}

static int orphan_act(struct db *db, struct arena *a, void *arg)
{
	struct stmt *s = stmt_of(db, SQL_PROBE_CHILD_ADD);
	int64_t n;

	(void)a;
	stmt_int(s, 1, COUNTY);
	stmt_int(s, 2, *(int64_t *)arg);
	stmt_int(s, 3, 999999999); /* no such parent: seen only at the commit */
	n = stmt_run(s);
	return n < 0 ? (int)n : 0;
}

/* A commit that fails is told to everybody it was for, and the next one works. */
static void failed_commit_is_told(void **state)
{
	struct fixture *f = need_store(state);
	int64_t id = 1;

	assert_int_equal(store_act(f->st, orphan_act, &id), FAULT_CONFLICT);
	assert_int_equal(store_bulk_act(f->st, orphan_act, &id), FAULT_CONFLICT);
	assert_int_equal(store_act(f->st, add_act, &(struct add){ 1, 0 }), 0);
	assert_int_equal(count(f), 1);
}

static int nested_act(struct db *db, struct arena *a, void *arg)
{
	(void)a;
	assert_int_equal(db_savepoint(db), 0);
	assert_int_equal(probe_add(db, 2, 1), 1);
	db_savepoint_rollback(db);
	return probe_add(db, *(int64_t *)arg, 1) == 1 ? 0 : FAULT_DATABASE;
}

static void acts_may_use_savepoints(void **state)
{
	struct fixture *f = need_store(state);

	assert_int_equal(store_act(f->st, nested_act, &(int64_t){ 1 }), 0);
	assert_int_equal(count(f), 1);
}

/* Two acts that each read what the other writes: one must run again, and see the other's row. */
struct skew {
	pthread_barrier_t *both;
	struct fixture *f;
	int64_t id;
	int runs, rc;
};

static int skew_act(struct db *db, struct arena *a, void *arg)
{
	struct skew *s = arg;
	int64_t n = probe_int(db, SQL_PROBE_COUNT), rc;

	(void)a;
	if (s->runs++ == 0)
		pthread_barrier_wait(s->both);
	rc = probe_add(db, s->id, n);
	return rc < 0 ? (int)rc : 0;
}

static void *skew_main(void *arg)
{
	struct skew *s = arg;

	s->rc = store_act(s->f->st, skew_act, s);
	return NULL;
}

static void serialization_failure_is_retried(void **state)
{
	struct fixture *f = need_store(state);
	pthread_barrier_t both;
	struct skew s[2];
	pthread_t t[2];
	int64_t total = -1;

	pthread_barrier_init(&both, NULL, 2);
	for (int i = 0; i < 2; i++) {
		s[i] = (struct skew){ &both, f, i, 0, -1 };
		assert_int_equal(pthread_create(&t[i], NULL, skew_main, &s[i]), 0);
	}
	for (int i = 0; i < 2; i++) {
		pthread_join(t[i], NULL);
		assert_int_equal(s[i].rc, 0);
	}
	pthread_barrier_destroy(&both);
	/* One saw nothing and wrote 0, the other saw one row and wrote 1: as if one after the
	 * other. */
	assert_int_equal(store_read(f->st, total_act, &total), 0);
	assert_int_equal(total, 1);
	assert_true(s[0].runs + s[1].runs >= 3);
	assert_int_equal(store_retries(f->st), s[0].runs + s[1].runs - 2);
}

struct gate {
	pthread_barrier_t *in, *out;
	int64_t before, after;
};

static int snapshot_act(struct db *db, struct arena *a, void *arg)
{
	struct gate *g = arg;

	(void)a;
	g->before = probe_int(db, SQL_PROBE_COUNT);
	pthread_barrier_wait(g->in);
	pthread_barrier_wait(g->out);
	g->after = probe_int(db, SQL_PROBE_COUNT);
	return 0;
}

struct reader {
	struct fixture *f;
	struct gate *g;
	int rc;
};

static void *reader_main(void *arg)
{
	struct reader *r = arg;

	r->rc = store_read(r->f->st, snapshot_act, r->g);
	return NULL;
}

/* A read sees one state throughout, and does not stop the writer. */
static void reads_see_one_state(void **state)
{
	struct fixture *f = need_store(state);
	pthread_barrier_t in, out;
	struct gate g = { &in, &out, -1, -1 };
	struct reader r = { f, &g, -1 };
	pthread_t t;

	pthread_barrier_init(&in, NULL, 2);
	pthread_barrier_init(&out, NULL, 2);
	assert_int_equal(pthread_create(&t, NULL, reader_main, &r), 0);
	pthread_barrier_wait(&in);
	assert_int_equal(store_act(f->st, add_act, &(struct add){ 1, 0 }), 0);
	pthread_barrier_wait(&out);
	pthread_join(t, NULL);
	assert_int_equal(r.rc, 0);
	assert_int_equal(g.before, 0);
	assert_int_equal(g.after, 0);
	assert_int_equal(count(f), 1);
	pthread_barrier_destroy(&in);
	pthread_barrier_destroy(&out);
}

static void reads_cannot_write(void **state)
{
	struct fixture *f = need_store(state);

	assert_true(store_read(f->st, add_act, &(struct add){ 1, 0 }) < 0);
	assert_int_equal(count(f), 0);
}

/* The process that dies: 8 threads tell every row that was acknowledged. */
struct teller {
	struct fixture *f;
	int pipe;
	int64_t id;
};

static void *teller_main(void *arg)
{
	struct teller *t = arg;

	for (;; t->id += 8) {
		if (store_act(t->f->st, add_act, &(struct add){ t->id, 0 }) != 0)
			continue;
		if (write(t->pipe, &t->id, sizeof(t->id)) != sizeof(t->id))
			_exit(1);
	}
	return NULL;
}

static void die_while_writing(struct fixture *f, int pipe, int64_t from)
{
	struct err err;
	struct teller t[8];
	pthread_t threads[8];

	if (store_open(f->uri, f->key, &err, &f->st) < 0)
		_exit(1);
	for (int i = 0; i < 8; i++) {
		t[i] = (struct teller){ f, pipe, from + i };
		if (pthread_create(&threads[i], NULL, teller_main, &t[i]) != 0)
			_exit(1);
	}
	pause();
	_exit(0);
}

struct present {
	const int64_t *ids;
	size_t n;
	size_t missing;
};

static int present_act(struct db *db, struct arena *a, void *arg)
{
	struct present *p = arg;

	(void)a;
	p->missing = 0;
	for (size_t i = 0; i < p->n; i++) {
		struct stmt *s = stmt_of(db, SQL_PROBE_EXISTS);
		int64_t there = 0;

		stmt_int(s, 1, COUNTY);
		stmt_int(s, 2, p->ids[i]);
		assert_int_equal(stmt_one_int(s, &there), 1);
		p->missing += !there;
	}
	return 0;
}

#define ACKED_MAX 200000

/* Kill the writing process without a word; what it acknowledged must be there. */
static size_t crash_once(struct fixture *f, int round, int64_t *acked)
{
	struct present p;
	size_t n = 0;
	int fds[2];
	pid_t child;

	assert_int_equal(pipe(fds), 0);
	child = fork();
	if (child == 0) {
		close(fds[0]);
		die_while_writing(f, fds[1], (int64_t)round * 1000000);
	}
	close(fds[1]);
	/* At least some acknowledgements, then a moment that is not always the same. */
	while (n < 50 + (size_t)round * 7 &&
		read(fds[0], &acked[n], sizeof(acked[0])) == sizeof(acked[0]))
		n++;
	kill(child, SIGKILL);
	while (n < ACKED_MAX && read(fds[0], &acked[n], sizeof(acked[0])) == sizeof(acked[0]))
		n++;
	close(fds[0]);
	waitpid(child, NULL, 0);
	fixture_open(f);
	p = (struct present){ acked, n, 0 };
	assert_int_equal(store_read(f->st, present_act, &p), 0);
	assert_int_equal(p.missing, 0);
	fixture_close(f);
	return n;
}

static void kill_loses_nothing_acknowledged(void **state)
{
	struct fixture *f = need_store(state);
	int64_t *acked = calloc(ACKED_MAX, sizeof(*acked));

	assert_non_null(acked);
	fixture_close(f);
	for (int round = 0; round < 10; round++)
		assert_true(crash_once(f, round, acked) >= 50);
	free(acked);
}

/* Closing while clients wait: everything queued is done and answered first. */
static void *slow_add_main(void *arg)
{
	struct client *c = arg;

	for (int i = 0; i < c->acts; i++)
		c->wrong += store_act(c->f->st, add_act,
				    &(struct add){ c->first + i * c->step, 0 }) != 0;
	return NULL;
}

static void the_log_is_moved_and_close_keeps_all(void **state)
{
	struct fixture *f = need_store(state);
	struct client c[8];

	for (int i = 0; i < 8; i++)
		c[i] = (struct client){ f, i, 8, f->engine == DB_PG ? 20 : 1500, 0, 0 };
	clients_run(c, 8, slow_add_main);
	fixture_close(f);
	fixture_open(f);
	assert_int_equal(count(f), 8 * c[0].acts);
	for (int i = 0; i < 8; i++)
		assert_int_equal(c[i].wrong, 0);
}

static void county_is_named_once(void **state)
{
	struct fixture *f = need_store(state);
	int64_t county = 0;

	assert_int_equal(store_county(f->st, &county), 0);
	assert_int_equal(store_set_county(f->st, 620721), 0);
	assert_int_equal(store_set_county(f->st, 620721), 0);
	assert_int_equal(store_set_county(f->st, 511724), FAULT_CONFLICT);
	assert_int_equal(store_county(f->st, &county), 1);
	assert_int_equal(county, 620721);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(act_commits_or_rolls_back),
		BOTH(forgotten_rows_are_reset),
		BOTH(acts_of_one_group_are_apart),
		BOTH(failed_commit_is_told),
		BOTH(acts_may_use_savepoints),
		/* SQLite has one writer: nothing to retry. */
		ON(serialization_failure_is_retried, "PostgreSQL", fixture_pg),
		BOTH(reads_see_one_state),
		BOTH(reads_cannot_write),
		BOTH(kill_loses_nothing_acknowledged),
		BOTH(the_log_is_moved_and_close_keeps_all),
		BOTH(county_is_named_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
