/* SPDX-License-Identifier: Apache-2.0 */
/* Is it alive, can it serve, what does it count: for those who run it. */
#include <inttypes.h>
#include <string.h>

#include "doors/http/exchange.h"
#include "doors/http/server.h"

static int text(struct reply *rp, int status, const char *words)
{
	buf_reset(&rp->body);
	rp->status = status;
	rp->content_type = "text/plain; charset=utf-8";
	buf_addz(&rp->body, words);
	return 0;
}

int http_health(struct request *rq, struct reply *rp)
{
	(void)rq;
	return text(rp, 200, "ok\n");
}

int http_ready(struct request *rq, struct reply *rp)
{
	const struct exchange *x = rq->door;
	int64_t county;

	if (atomic_load(&x->server->stopping))
		return text(rp, 503, "stopping\n");
	if (!rq->service->policy.pack)
		return text(rp, 503, "no policy\n");
	if (workers_full(x->server->workers))
		return text(rp, 503, "queue full\n");
	if (store_county(rq->service->store, &county) < 0)
		return text(rp, 503, "database\n");
	return text(rp, 200, "ready\n");
}

/* Counters are for the machine's own collector: nobody else learns how busy a county is.  Behind a
 * proxy everybody comes from this machine, so the address that the proxy names counts. */
static bool is_loopback(struct str address)
{
	return str_starts(address, STR("127.")) || str_is(address, "::1");
}

int http_metrics(struct request *rq, struct reply *rp)
{
	struct service *s = rq->service;
	struct buf *b = &rp->body;
	int64_t county;

	if (!is_loopback(rq->address))
		return reply_problem(rq, rp, PROBLEM_NOT_FOUND, NULL);
	text(rp, 200, "");
	rp->content_type = "text/plain; version=0.0.4; charset=utf-8";
	metrics_print(s->metrics, b);
	buf_addf(b,
		"# HELP canbao_store_retries_total acts run again after a serialization failure\n"
		"# TYPE canbao_store_retries_total counter\n"
		"canbao_store_retries_total %" PRIu64 "\n",
		store_retries(s->store));
	buf_addf(b,
		"# HELP canbao_database_up whether the database answers\n"
		"# TYPE canbao_database_up gauge\ncanbao_database_up %d\n",
		store_county(s->store, &county) >= 0);
	return 0;
}
