/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/job.h"

#include <inttypes.h>

struct ask {
	const struct env *env;
	struct job job;
	struct err *err;
};

static int ask_tx(struct db *db, struct arena *a, void *arg)
{
	struct ask *k = arg;
	const struct env *env = k->env;
	int64_t audit, all, own;
	struct str subject;
	int rc = job_waiting(db, env->county, k->job.account, &all, &own);

	if (rc < 0)
		return rc;
	if (all >= JOBS_WAITING_MAX || own >= JOBS_OF_ACCOUNT_MAX)
		return err_set(k->err, FAULT_LIMIT,
			"排队的任务太多，请等前面的办完 / too many jobs wait; let some finish first");
	rc = audit_open(db, env->county, &audit);
	if (rc == 0)
		rc = counter_take(db, env->county, "job", 1, &k->job.id);
	if (rc == 0)
		rc = job_add(db, env->county, &k->job, audit);
	if (rc < 0)
		return rc;
	subject = arena_printf(a, "job %" PRId64 " %.*s", k->job.id, STR_ARG(k->job.kind));
	return subject.p ? env_audit(db, env, audit, "job_ask", subject, k->job.request)
			 : FAULT_MEMORY;
}

int job_ask(const struct env *env, const char *kind, int64_t account, struct str request,
	int64_t *ret_id, struct err *err)
{
	struct ask k = { .env = env,
		.err = err,
		.job = { .kind = str_of(kind),
			.account = account,
			.request = request,
			.made_at = env->now } };
	int rc;

	BUG_IF(request.n > JOB_REQUEST_MAX);
	rc = store_act(env->store, ask_tx, &k);
	if (rc == 0)
		*ret_id = k.job.id;
	return rc;
}

struct next {
	const struct env *env;
	struct arena *arena;
	struct job *job;
};

static int find_tx(struct db *db, struct arena *a, void *arg)
{
	struct next *n = arg;

	(void)a;
	return job_first(db, n->arena, n->env->county, n->job);
}

static int start_tx(struct db *db, struct arena *a, void *arg)
{
	struct next *n = arg;

	(void)a;
	return job_start(db, n->env->county, n->job->id, n->env->now);
}

int job_next(const struct env *env, struct arena *a, struct job *ret_job)
{
	struct job job;
	struct next n = { env, a, &job };
	int rc = store_read(env->store, find_tx, &n);

	if (rc == 1 && store_act(env->store, start_tx, &n) < 0)
		return FAULT_DATABASE;
	if (rc == 1)
		*ret_job = job;
	return rc;
}

struct count {
	const struct env *env;
	int64_t n;
};

static int count_tx(struct db *db, struct arena *a, void *arg)
{
	struct count *c = arg;
	int64_t own;

	(void)a;
	return job_waiting(db, c->env->county, 0, &c->n, &own);
}

int job_count(const struct env *env, int64_t *ret_n)
{
	struct count c = { .env = env };
	int rc = store_read(env->store, count_tx, &c);

	if (rc == 0)
		*ret_n = c.n;
	return rc;
}

struct tell {
	const struct env *env;
	int64_t id, done, total;
};

static int tell_tx(struct db *db, struct arena *a, void *arg)
{
	const struct tell *t = arg;

	(void)a;
	return job_progress(db, t->env->county, t->id, t->done, t->total);
}

int job_tell(const struct env *env, int64_t id, int64_t done, int64_t total)
{
	struct tell t = { env, id, done, total };

	return store_act(env->store, tell_tx, &t);
}

struct over {
	const struct env *env;
	int64_t id;
	const char *state;
	struct str result, message;
};

static int over_tx(struct db *db, struct arena *a, void *arg)
{
	const struct over *o = arg;
	struct str subject = arena_printf(a, "job %" PRId64 " %s", o->id, o->state);
	int64_t audit;
	int rc = audit_open(db, o->env->county, &audit);

	if (rc == 0)
		rc = job_end(db, o->env->county, o->id, str_of(o->state), o->result, o->message,
			o->env->now);
	if (rc < 0 || !subject.p)
		return rc < 0 ? rc : FAULT_MEMORY;
	return env_audit(db, o->env, audit, "job_end", subject, o->result);
}

int job_over(
	const struct env *env, int64_t id, const char *state, struct str result, struct str message)
{
	struct over o = { env, id, state, result, message };

	return store_act(env->store, over_tx, &o);
}

struct look {
	const struct env *env;
	const struct job_viewer *viewer;
	int64_t id;
	struct way way;
	struct str state;
	size_t limit, n;
	struct arena *arena;
	struct job job, *items;
};

static int read_tx(struct db *db, struct arena *a, void *arg)
{
	struct look *l = arg;
	int rc = job_load(db, l->arena, l->env->county, l->id, &l->job);

	(void)a;
	return rc == 1 && !l->viewer->all && l->job.account != l->viewer->account ? 0 : rc;
}

int job_read(const struct env *env, const struct job_viewer *v, int64_t id, struct arena *a,
	struct job *ret_job)
{
	struct look l = { .env = env, .viewer = v, .id = id, .arena = a };
	int rc = store_read(env->store, read_tx, &l);

	if (rc == 1)
		*ret_job = l.job;
	return rc;
}

static int page_tx(struct db *db, struct arena *a, void *arg)
{
	struct look *l = arg;

	(void)a;
	return job_list(db, l->arena, l->env->county, l->viewer->all ? 0 : l->viewer->account,
		l->state, l->way, l->limit, &l->items, &l->n);
}

int job_page(const struct env *env, const struct job_viewer *v, struct str state, struct way way,
	size_t limit, struct arena *a, struct job **ret_items, size_t *ret_n)
{
	struct look l = {
		.env = env, .viewer = v, .way = way, .state = state, .limit = limit, .arena = a
	};
	int rc;

	BUG_IF(!v->all && v->account <= 0);
	rc = store_read(env->store, page_tx, &l);
	if (rc == 0) {
		*ret_items = l.items;
		*ret_n = l.n;
	}
	return rc;
}

static int stop_tx(struct db *db, struct arena *a, void *arg)
{
	struct look *l = arg;
	struct str subject = arena_printf(a, "job %" PRId64, l->id);
	int64_t audit;
	int rc = audit_open(db, l->env->county, &audit);

	if (rc == 0)
		rc = job_cancel(db, l->env->county, l->id, l->env->now);
	if (rc == 0)
		return FAULT_CONFLICT;
	if (rc < 0 || !subject.p)
		return rc < 0 ? rc : FAULT_MEMORY;
	rc = env_audit(db, l->env, audit, "job_stop", subject, (struct str){ NULL, 0 });
	return rc < 0 ? rc : 1;
}

int job_stop(const struct env *env, const struct job_viewer *v, int64_t id)
{
	struct look l = { .env = env, .viewer = v, .id = id };
	struct arena a;
	int rc;

	arena_init(&a, 1u << 20);
	l.arena = &a;
	rc = store_read(env->store, read_tx, &l);
	arena_release(&a);
	return rc == 1 ? store_act(env->store, stop_tx, &l) : rc;
}
