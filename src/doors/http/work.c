/* SPDX-License-Identifier: Apache-2.0 */
/* A request on its worker: who calls, may they, what do they say, the handler, its answer. */
#include <jansson.h>
#include <string.h>
#include <unistd.h>

#include "doors/http/exchange.h"
#include "doors/http/server.h"

/* Strict: one object, no key twice, valid UTF-8. */
static bool parse_body(struct exchange *x)
{
	json_error_t e;

	if (x->rq.route->body != BODY_JSON || x->body.n == 0)
		return true;
	x->rq.json = json_loadb(x->body.p, x->body.n, JSON_REJECT_DUPLICATES, &e);
	if (x->rq.json && !json_is_object(x->rq.json)) {
		json_decref(x->rq.json);
		x->rq.json = NULL;
	}
	return x->rq.json != NULL;
}

/* 1: refused, *ret_why; 0: go on; a fault. */
static int check_caller(struct exchange *x, enum problem *ret_why)
{
	struct request *rq = &x->rq;
	const struct caller *c = &rq->caller;
	enum permission may = rq->route->may;
	int rc = caller_find(x, ret_why);

	if (rc != 0)
		return rc;
	if (may == MAY_ANYBODY)
		return 0;
	if (may == MAY_VISITOR) {
		*ret_why = PROBLEM_VISIT;
		return c->kind != CALLER_VISITOR;
	}
	if (c->kind != CALLER_ACCOUNT && c->kind != CALLER_CLIENT) {
		*ret_why = PROBLEM_LOGIN;
		return 1;
	}
	if (!rates_take(rq->service, RATE_ACCOUNT, c->login)) {
		*ret_why = PROBLEM_RATE;
		return 1;
	}
	if (c->must_change && may != MAY_OWN_ACCOUNT) {
		*ret_why = PROBLEM_MUST_CHANGE;
		return 1;
	}
	if (!role_may(c->role, may)) {
		*ret_why = PROBLEM_FORBIDDEN;
		return 1;
	}
	/* A signature proves the key with every request: systems have no second factor. */
	*ret_why = PROBLEM_SECOND_FACTOR;
	return permission_strong(may) && c->kind == CALLER_ACCOUNT && !c->strong;
}

/* A mistyped filter must not pass for none.  What reads and files (which take their parameters by
 * the query) is asked afterwards which ones it knew; everything else knows none. */
static bool idle_query(struct exchange *x, bool after)
{
	struct request *rq = &x->rq;
	bool reads = strcmp(rq->route->method, "GET") == 0;

	if (x->n_query == 0 || rq->route->body == BODY_FILE || reads != after)
		return false;
	return (!after || x->rp.status < 300) && request_query_idle(rq);
}

static int call(struct exchange *x)
{
	struct request *rq = &x->rq;
	int rc;

	if (idle_query(x, false))
		return reply_problem(rq, &x->rp, PROBLEM_INVALID, NULL);
	rc = rq->route->handle(rq, &x->rp);
	BUG_IF(rc == 0 && x->rp.status == 0);
	if (rc == 0 && idle_query(x, true)) {
		if (x->rp.file && x->rp.file_temp)
			unlink(x->rp.file);
		return reply_problem(rq, &x->rp, PROBLEM_INVALID, NULL);
	}
	return rc;
}

static int run(struct exchange *x)
{
	struct request *rq = &x->rq;
	enum problem why;
	int rc = check_caller(x, &why);

	if (rc < 0)
		return rc;
	if (rc)
		return reply_problem(rq, &x->rp, why, NULL);
	if ((rq->route->flags & ROUTE_LOGIN) && !rates_take(rq->service, RATE_LOGIN, rq->address))
		return reply_problem(rq, &x->rp, PROBLEM_RATE, NULL);
	if (!parse_body(x))
		return reply_problem(rq, &x->rp, PROBLEM_BAD_REQUEST,
			"请求体不是 JSON 对象 / the body is not a JSON object");
	rc = idempotency_before(x);
	if (rc != 0)
		return rc < 0 ? rc : 0;
	rc = call(x);
	if (rc < 0)
		reply_problem(rq, &x->rp, PROBLEM_INTERNAL, NULL);
	if (idempotency_after(x) < 0)
		log_line(LOG_WARN, "idempotency_lost request=%s", rq->id);
	return rc;
}

/* A fault becomes an answer: what may pass by itself is 503, the rest 500. */
static void settle(struct exchange *x, int rc)
{
	struct request *rq = &x->rq;

	if (rc >= 0 && buf_bad(&x->rp.body))
		rc = FAULT_MEMORY;
	if (rc >= 0)
		return;
	log_line(LOG_ERROR, "request_fault request=%s route=%s fault=%s", rq->id, rq->route->path,
		fault_code(rc));
	log_line(LOG_DEBUG, "request_fault request=%s said=%s", rq->id, store_message());
	buf_release(&x->rp.body);
	x->rp.n_headers = 0;
	reply_problem(rq, &x->rp,
		rc == FAULT_RETRY || rc == FAULT_DATABASE ? PROBLEM_BUSY : PROBLEM_INTERNAL, NULL);
}

void exchange_work(struct exchange *x)
{
	struct request *rq = &x->rq;
	struct service *s = rq->service;

	/* Whoever waited in the queue past its deadline was answered already. */
	if (atomic_load(&x->state) == EXCHANGE_WORKING) {
		rq->env = (struct env){ .store = s->store,
			.sheets = s->sheets,
			.county = s->county,
			.actor = STR("visitor"),
			.now = s->now(s->now_ctx),
			.wall = s->wall(s->now_ctx) };
		rq->env.today = service_day(rq->env.now);
		rq->body_bytes = x->body_seen;
		rq->body_path = x->spool >= 0 ? x->spool_path : NULL;
		settle(x, run(x));
		if (rq->json)
			json_decref(rq->json);
		rq->json = NULL;
		if (x->rp.stream && stream_start(x) < 0) {
			x->rp.stream = NULL;
			reply_problem(rq, &x->rp, PROBLEM_BUSY, NULL);
		}
	}
	server_done(x->server, x);
}
