/* SPDX-License-Identifier: Apache-2.0 */
/* Idempotency-Key: the same key and content get the first answer again, byte by byte; other content
 * is refused; of two at the same time one runs.  Only success is remembered: a refusal changed
 * nothing, and its key is free again. */
#include "doors/http/idempotency.h"

#include <inttypes.h>
#include <openssl/evp.h>
#include <string.h>

#include "doors/http/exchange.h"

static bool plain_key(struct str key)
{
	for (size_t i = 0; i < key.n; i++) {
		char c = key.p[i];

		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			    c == '-' || c == '_' || c == '.' || c == ':'))
			return false;
	}
	return key.n >= 1 && key.n <= IDEMPOTENCY_KEY_MAX;
}

/* Two callers never meet in one key. */
static struct str caller_name(const struct request *rq)
{
	const struct caller *c = &rq->caller;

	switch (c->kind) {
	case CALLER_ACCOUNT:
		return arena_printf(rq->arena, "account:%" PRId64, c->account);
	case CALLER_CLIENT:
		return arena_printf(rq->arena, "client:%.*s", STR_ARG(c->login));
	case CALLER_VISITOR:
		return arena_printf(rq->arena, "visit:%" PRId64 ":%" PRId64, c->visit.people[0],
			c->visit.opened_at);
	case CALLER_NOBODY:
		break;
	}
	return STR("anybody");
}

static bool content_digest(struct exchange *x, unsigned char ret_digest[32])
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	unsigned char body[32];
	bool fine;

	exchange_body_digest(x, body);
	fine = ctx && EVP_DigestInit_ex(ctx, EVP_sm3(), NULL) == 1 &&
	       EVP_DigestUpdate(ctx, x->method, strlen(x->method) + 1) == 1 &&
	       EVP_DigestUpdate(ctx, x->target, strlen(x->target) + 1) == 1 &&
	       EVP_DigestUpdate(ctx, body, sizeof(body)) == 1 &&
	       EVP_DigestFinal_ex(ctx, ret_digest, NULL) == 1;
	EVP_MD_CTX_free(ctx);
	return fine;
}

struct reserve {
	const struct answered_key *key;
	struct arena *arena;
	int64_t now, status;
	struct str body;
};

static int reserve_tx(struct db *db, struct arena *a, void *arg)
{
	struct reserve *r = arg;
	int rc = answered_reserve(db, a, r->key, r->now, &r->status, &r->body);

	if (rc != ANSWERED_BEFORE)
		return rc;
	/* The act's arena ends with the act. */
	r->body = arena_str(r->arena, r->body);
	return r->body.p ? rc : FAULT_MEMORY;
}

static int replay(struct exchange *x, const struct reserve *r)
{
	buf_reset(&x->rp.body);
	x->rp.status = (int)r->status;
	x->rp.content_type = "application/json";
	buf_add(&x->rp.body, r->body);
	metrics_add(x->rq.service->metrics, METRIC_REPLAYED, 1);
	return 1;
}

int idempotency_before(struct exchange *x)
{
	struct request *rq = &x->rq;
	struct str key = request_header(rq, "Idempotency-Key");
	struct reserve r = { .key = &x->key, .arena = rq->arena, .now = rq->env.wall };
	int rc;

	if (!(rq->route->flags & ROUTE_IDEMPOTENT) || !key.p)
		return 0;
	if (!plain_key(key))
		return reply_problem(rq, &x->rp, PROBLEM_BAD_REQUEST,
			       "Idempotency-Key 要 1 到 64 个字母、数字或 - _ . : / "
			       "takes 1 to 64 letters, digits or - _ . :") < 0
			       ? FAULT_MEMORY
			       : 1;
	x->key = (struct answered_key){
		.county = rq->env.county, .caller = caller_name(rq), .key = key
	};
	if (!x->key.caller.p || !content_digest(x, x->key.digest))
		return FAULT_MEMORY;
	rc = store_act(rq->service->store, reserve_tx, &r);
	switch (rc) {
	case ANSWERED_MINE:
		x->keyed = true;
		return 0;
	case ANSWERED_BEFORE:
		return replay(x, &r);
	case ANSWERED_WORKING:
		rc = reply_problem(rq, &x->rp, PROBLEM_STATE,
			"同一个请求正在办理 / the same request is being worked on");
		return rc < 0 ? rc : 1;
	case ANSWERED_OTHER:
		rc = reply_problem(rq, &x->rp, PROBLEM_KEY_REUSED, NULL);
		return rc < 0 ? rc : 1;
	default:
		return rc;
	}
}

static int settle_tx(struct db *db, struct arena *a, void *arg)
{
	const struct exchange *x = arg;

	(void)a;
	if (x->rp.status >= 200 && x->rp.status <= 299)
		return answered_put(db, &x->key, x->rp.status, buf_str(&x->rp.body));
	return answered_drop(db, &x->key);
}

int idempotency_after(struct exchange *x)
{
	if (!x->keyed)
		return 0;
	BUG_IF(x->rp.file || x->rp.stream);
	x->keyed = false;
	return store_act(x->rq.service->store, settle_tx, x);
}

struct sweep {
	int64_t county, before;
};

static int sweep_tx(struct db *db, struct arena *a, void *arg)
{
	const struct sweep *s = arg;
	int64_t n = answered_sweep(db, s->county, s->before);

	(void)a;
	return n < 0 ? (int)n : 0;
}

void idempotency_sweep(struct service *s)
{
	struct sweep w = { s->county, s->wall(s->now_ctx) - KEPT_SECONDS };

	if (store_act(s->store, sweep_tx, &w) < 0)
		log_line(LOG_WARN, "idempotency_sweep_failed");
}
