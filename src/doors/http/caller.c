/* SPDX-License-Identifier: Apache-2.0 */
/* Who calls: a resident by the visit cookie, an office by its session, a system by its signature.
 */
#include <string.h>

#include "acts/api_client.h"
#include "doors/http/exchange.h"
#include "doors/http/visit.h"

static bool changes(const struct request *rq)
{
	return strcmp(rq->route->method, "GET") != 0;
}

struct login_limits service_limits(const struct service *s)
{
	const struct settings *set = &s->settings;

	return (struct login_limits){ .idle = set->session_idle,
		.absolute = set->session_absolute,
		.strong_for = set->strong_for,
		.lock_after = set->lock_after,
		.lock_for = set->lock_for,
		.password_days = set->password_days };
}

/* Take over what the acts found out. */
static void become(struct request *rq, enum caller_kind kind, struct who *who)
{
	rq->caller.kind = kind;
	rq->caller.who = who;
	rq->caller.role = who->role;
	rq->caller.account = who->account;
	rq->caller.login = who->login;
	rq->caller.strong = who->strong;
	rq->caller.must_change = who->must_change;
	memcpy(rq->caller.session, who->session, sizeof(who->session));
	rq->env.actor = who->login;
	rq->env.scope = who->scope;
}

/* 1: refused; 0: found, or nobody; a fault. */
static int by_session(struct exchange *x, struct who *who, enum problem *ret_problem)
{
	struct request *rq = &x->rq;
	struct service *s = rq->service;
	struct str secret = request_cookie(rq, SESSION_COOKIE);
	struct login_limits limits = service_limits(s);
	int rc;

	if (!secret.p)
		return 0;
	rc = session_verify(s->store, s->county, &limits, secret, rq->env.wall, rq->arena, who);
	if (rc <= 0)
		return rc;
	if (changes(rq) && !session_csrf_holds(secret, request_header(rq, "X-CSRF-Token"))) {
		*ret_problem = PROBLEM_CSRF;
		return 1;
	}
	become(rq, CALLER_ACCOUNT, who);
	return 0;
}

static int by_signature(
	struct exchange *x, struct str authorization, struct who *who, enum problem *ret_problem)
{
	struct request *rq = &x->rq;
	struct service *s = rq->service;
	struct api_request q = { .method = str_of(x->method), .target = str_of(x->target) };
	int rc;

	exchange_body_digest(x, q.body_sm3);
	rc = api_client_verify(
		s->store, s->county, authorization, &q, rq->env.wall, rq->arena, who);
	if (rc < 0)
		return rc;
	if (rc == 0) {
		*ret_problem = PROBLEM_SIGNATURE;
		return 1;
	}
	become(rq, CALLER_CLIENT, who);
	return 0;
}

/* Another site's page can make a browser send a form, but not with a header of its own. */
static int by_visit(struct request *rq, enum problem *ret_problem)
{
	if (visit_read(rq, &rq->caller.visit))
		rq->caller.kind = CALLER_VISITOR;
	if (!changes(rq) || str_is(request_header(rq, "X-Canbao"), "1"))
		return 0;
	*ret_problem = PROBLEM_CSRF;
	return 1;
}

int caller_find(struct exchange *x, enum problem *ret_problem)
{
	struct request *rq = &x->rq;
	struct str authorization = request_header(rq, "Authorization");
	enum permission may = rq->route->may;
	struct who *who;

	if (may == MAY_ANYBODY || may == MAY_VISITOR)
		return by_visit(rq, ret_problem);
	who = ARENA_NEW(rq->arena, struct who);
	if (!who)
		return FAULT_MEMORY;
	if (authorization.p)
		return by_signature(x, authorization, who, ret_problem);
	return by_session(x, who, ret_problem);
}
