/* SPDX-License-Identifier: Apache-2.0 */
/* Background jobs: how far they are, stopping them, the rows that came back. */
#include <inttypes.h>
#include <jansson.h>
#include <time.h>
#include <unistd.h>

#include "acts/ask_import.h"
#include "doors/http/http_jobs.h"

#define EVENT_ARENA_MAX (1u << 20)
#define EVENT_PAUSE_NS 400000000

static struct job_viewer viewer(const struct request *rq)
{
	return (struct job_viewer){ .account = rq->caller.account,
		.all = rq->caller.role == ROLE_INSURANCE || rq->caller.role == ROLE_SYSTEM_ADMIN };
}

/* What it is, in the caller's language. */
static struct str title_of(struct request *rq, const struct job *job)
{
	json_t *o = json_loadb(job->request.p, job->request.n, 0, NULL);
	const char *kind = json_string_value(json_object_get(o, "kind"));
	const char *name = json_string_value(json_object_get(o, "name"));
	const char *on = json_string_value(json_object_get(o, "on"));
	const struct import_offer *offer = import_offer_named(str_of(kind));
	struct str title = STR("");

	if (str_is(job->kind, "import") && offer)
		title = rq->english ? arena_printf(rq->arena, "Import %s: %s", offer->en, name)
				    : arena_printf(rq->arena, "导入%s：%s", offer->zh, name);
	else if (str_is(job->kind, "assess"))
		title = arena_printf(rq->arena, rq->english ? "Assess as of %s" : "核定 %s", on);
	else if (str_is(job->kind, "export"))
		title = arena_printf(rq->arena, rq->english ? "Export %lld" : "导出第 %lld 号",
			json_integer_value(json_object_get(o, "export")));
	json_decref(o);
	return title;
}

/* The same without whose file or list it is. */
static struct str bare_title(const struct request *rq, const struct job *job)
{
	static const struct {
		const char *kind, *zh, *en;
	} words[] = { { "import", "导入", "Import" }, { "assess", "核定", "Assess" },
		{ "export", "导出", "Export" } };

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_is(job->kind, words[i].kind))
			return str_of(rq->english ? words[i].en : words[i].zh);
	return job->kind;
}

static bool rows_came_back(struct request *rq, const struct job *job)
{
	char path[JOB_PATH_MAX];

	if (!str_is(job->kind, "import") || job->account != rq->caller.account)
		return false;
	spool_path(rq->service, "returned", job->id, path);
	return access(path, R_OK) == 0;
}

void json_job(struct request *rq, struct json_out *j, const char *key, const struct job *job)
{
	/* The administrator of the machine sees that work runs, not whose list it is or what it
	 * came to. */
	const bool blind =
		role_reach(rq->caller.role) == REACH_NOBODY && job->account != rq->caller.account;

	json_object(j, key);
	json_num(j, "id", job->id);
	json_str(j, "kind", job->kind);
	json_str(j, "state", job->state);
	json_str(j, "title", blind ? bare_title(rq, job) : title_of(rq, job));
	json_num(j, "done", job->done);
	json_num(j, "total", job->total);
	json_time(j, "made_at", job->made_at);
	json_time(j, "started_at", job->started_at);
	json_time(j, "ended_at", job->ended_at);
	json_str(j, "message", blind ? (struct str){ NULL, 0 } : job->message);
	if (job->result.p && !blind)
		json_raw(j, "result", job->result);
	else
		json_null(j, "result");
	json_bool(j, "errors", rows_came_back(rq, job));
	json_bool(j, "mine", job->account == rq->caller.account);
	json_close(j);
}

/* The job as the whole answer. */
static int reply_job(struct request *rq, struct reply *rp, int status, const struct job *job)
{
	buf_reset(&rp->body);
	rp->status = status;
	rp->content_type = "application/json";
	json_begin(&rp->json, &rp->body);
	json_job(rq, &rp->json, NULL, job);
	return buf_bad(&rp->body) ? FAULT_MEMORY : 0;
}

/* 1 and the job of the path; 0 after 404; a fault. */
static int find(struct request *rq, struct reply *rp, struct job *ret_job)
{
	struct job_viewer v = viewer(rq);
	int64_t id;
	int rc;

	if (!param_id(rq, 0, &id))
		return reply_problem(rq, rp, PROBLEM_NOT_FOUND, NULL);
	rc = job_read(&rq->env, &v, id, rq->arena, ret_job);
	return rc == 0 ? reply_problem(rq, rp, PROBLEM_NOT_FOUND, NULL) : rc;
}

int reply_asked(struct request *rq, struct reply *rp, int64_t id)
{
	struct job_viewer v = viewer(rq);
	struct job job;
	int rc = job_read(&rq->env, &v, id, rq->arena, &job);

	BUG_IF(rc == 0);
	if (rc < 0)
		return rc;
	jobs_wake(rq->service->jobs);
	return reply_job(rq, rp, 202, &job);
}

int reply_refused_ask(struct request *rq, struct reply *rp, int fault, const struct err *err)
{
	if (fault == FAULT_LIMIT)
		return reply_problem(rq, rp, PROBLEM_RATE, err->text);
	return reply_fault(rq, rp, fault, err);
}

struct way page_way(struct request *rq, struct page *ret_page)
{
	*ret_page = request_page_sorted(rq, "time", true);
	return (struct way){ page_number(rq, ret_page), !ret_page->falling };
}

int http_jobs(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "state", "sort", "limit", "cursor", NULL };
	static const char *const states[] = { "queued", "running", "done", "failed", "cancelled" };
	struct page page;
	struct way way = page_way(rq, &page);
	struct str state = request_query(rq, "state"), next = { NULL, 0 };
	struct job_viewer v = viewer(rq);
	struct json_out *j;
	struct job *items;
	size_t n, max = (size_t)page.limit;
	bool known = !state.p;
	int rc;

	request_query_only(rq, names);
	for (size_t i = 0; i < ARRAY_LEN(states); i++)
		known = known || str_is(state, states[i]);
	if (!known)
		request_problem(rq, "state", "没有这种状态", "there is no such state");
	if (request_invalid(rq, rp))
		return 0;
	rc = job_page(&rq->env, &v, state.p ? state : STR(""), way, max + 1, rq->arena, &items, &n);
	if (rc < 0)
		return rc;
	j = reply_json(rp, 200);
	json_array(j, "items");
	for (size_t i = 0; i < n && i < max; i++)
		json_job(rq, j, NULL, &items[i]);
	json_close(j);
	if (n > max)
		next = arena_printf(rq->arena, "%" PRId64, items[max - 1].id);
	json_next(rq, j, next);
	return reply_json_end(rp);
}

int http_job_read(struct request *rq, struct reply *rp)
{
	struct job job;
	int rc = find(rq, rp, &job);

	return rc == 1 ? reply_job(rq, rp, 200, &job) : rc;
}

int http_job_cancel(struct request *rq, struct reply *rp)
{
	struct job_viewer v = viewer(rq);
	struct job job;
	int rc = find(rq, rp, &job);

	if (rc != 1)
		return rc;
	rc = job_stop(&rq->env, &v, job.id);
	if (rc == FAULT_CONFLICT)
		return reply_problem(rq, rp, PROBLEM_STATE, "任务已经结束 / the job is over");
	if (rc < 0)
		return rc;
	jobs_cancel(rq->service->jobs, job.id);
	rc = find(rq, rp, &job);
	return rc == 1 ? reply_job(rq, rp, 200, &job) : rc;
}

int http_job_errors(struct request *rq, struct reply *rp)
{
	char path[JOB_PATH_MAX];
	struct job job;
	int rc = find(rq, rp, &job);

	if (rc != 1)
		return rc;
	if (!rows_came_back(rq, &job))
		return reply_problem(rq, rp, PROBLEM_NOT_FOUND, NULL);
	spool_path(rq->service, "returned", job.id, path);
	return reply_table_file(rq, rp, path, arena_printf(rq->arena, "退回-%" PRId64, job.id));
}

/* What was told last. */
struct listener {
	int64_t id;
	struct str state;
	int64_t done, total;
	bool begun;
};

static bool over(struct str state)
{
	return !str_is(state, "queued") && !str_is(state, "running");
}

static void tell(struct request *rq, struct buf *body, const struct job *job)
{
	struct json_out j;

	buf_addz(body, "event: progress\ndata: ");
	json_begin(&j, body);
	json_job(rq, &j, NULL, job);
	buf_addz(body, "\n\n");
}

static int listen(void *ctx, struct request *rq, struct buf *body)
{
	static const struct timespec pause = { 0, EVENT_PAUSE_NS };
	struct listener *l = ctx;
	struct job_viewer v = viewer(rq);
	struct arena a, *own = rq->arena;
	struct job job;
	int rc;

	if (l->begun)
		nanosleep(&pause, NULL);
	arena_init(&a, EVENT_ARENA_MAX);
	rq->arena = &a;
	rc = job_read(&rq->env, &v, l->id, &a, &job);
	if (rc == 1 && (!l->begun || l->done != job.done || l->total != job.total ||
			       !str_eq(l->state, job.state))) {
		tell(rq, body, &job);
		l->begun = true;
		l->done = job.done;
		l->total = job.total;
		l->state = arena_str(own, job.state);
	}
	if (rc == 1 && over(job.state))
		rc = 0;
	rq->arena = own;
	arena_release(&a);
	return rc;
}

int http_job_events(struct request *rq, struct reply *rp)
{
	struct listener *l = ARENA_NEW(rq->arena, struct listener);
	struct job job;
	int rc = find(rq, rp, &job);

	if (rc != 1 || !l)
		return rc != 1 ? rc : FAULT_MEMORY;
	l->id = job.id;
	rp->status = 200;
	rp->stream = listen;
	rp->stream_ctx = l;
	return 0;
}
