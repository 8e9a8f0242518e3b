/* SPDX-License-Identifier: Apache-2.0 */
/* Who calls: a resident by the visit cookie, an office by its session, a system by its signature.
 */
#include <string.h>

#include "doors/http/exchange.h"
#include "doors/http/visit.h"

static bool changes(const struct request *rq)
{
	return strcmp(rq->route->method, "GET") != 0;
}

/* Another site's page can send a form, but not a header of its own. */
static bool own_page(const struct request *rq)
{
	return str_is(request_header(rq, "X-Canbao"), "1");
}

int caller_find(struct exchange *x, enum problem *ret_problem)
{
	struct request *rq = &x->rq;

	if (visit_read(rq, &rq->caller.visit))
		rq->caller.kind = CALLER_VISITOR;
	if (changes(rq) && !own_page(rq)) {
		*ret_problem = PROBLEM_CSRF;
		return 1;
	}
	return 0;
}
