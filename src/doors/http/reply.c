/* SPDX-License-Identifier: Apache-2.0 */
/* What a handler answers with. */
#include <inttypes.h>
#include <string.h>

#include "doors/http/exchange.h"

struct json_out *reply_json(struct reply *rp, int status)
{
	buf_reset(&rp->body);
	rp->status = status;
	rp->content_type = "application/json";
	json_begin(&rp->json, &rp->body);
	json_object(&rp->json, NULL);
	return &rp->json;
}

int reply_json_end(struct reply *rp)
{
	json_close(&rp->json);
	BUG_IF(rp->json.depth != 0);
	return buf_bad(&rp->body) ? FAULT_MEMORY : 0;
}

int reply_nothing(struct reply *rp)
{
	buf_reset(&rp->body);
	rp->status = 204;
	rp->content_type = NULL;
	return 0;
}

static void put_errors(const struct problem_fields *f, struct json_out *j)
{
	json_array(j, "errors");
	for (size_t i = 0; i < f->n; i++) {
		json_object(j, NULL);
		json_strz(j, "field", f->items[i].field);
		json_strz(j, "zh", f->items[i].zh);
		json_strz(j, "en", f->items[i].en);
		json_close(j);
	}
	json_close(j);
}

int reply_problem(struct request *rq, struct reply *rp, enum problem p, const char *detail)
{
	struct json_out *j = reply_json(rp, problem_status(p));

	rp->content_type = "application/problem+json";
	rp->file = NULL;
	rp->stream = NULL;
	json_strz(j, "type", "about:blank");
	json_strz(j, "title", rq->english ? problem_en(p) : problem_zh(p));
	json_num(j, "status", problem_status(p));
	json_strz(j, "code", problem_code(p));
	json_strz(j, "zh", problem_zh(p));
	json_strz(j, "en", problem_en(p));
	if (detail && *detail)
		json_strz(j, "detail", detail);
	json_strz(j, "request_id", rq->id);
	if (p == PROBLEM_INVALID && rq->fields.n)
		put_errors(&rq->fields, j);
	if (p == PROBLEM_RATE || p == PROBLEM_BUSY)
		reply_header(rp, "Retry-After", STR("2"));
	return reply_json_end(rp);
}

int reply_fault(struct request *rq, struct reply *rp, int fault, const struct err *err)
{
	const char *detail = err && err->text[0] ? err->text : NULL;

	switch (fault) {
	case FAULT_MISSING:
		return reply_problem(rq, rp, PROBLEM_NOT_FOUND, detail);
	case FAULT_CONFLICT:
		return reply_problem(rq, rp, PROBLEM_CONFLICT, detail);
	case FAULT_FORMAT:
	case FAULT_LIMIT:
		return reply_problem(rq, rp, PROBLEM_INVALID, detail);
	default:
		return fault;
	}
}

void reply_header(struct reply *rp, const char *name, struct str value)
{
	BUG_IF(rp->n_headers == REPLY_HEADERS_MAX);
	rp->headers[rp->n_headers].name = name;
	rp->headers[rp->n_headers].value = value;
	rp->n_headers++;
}

void reply_cookie(
	struct request *rq, struct reply *rp, const char *name, struct str value, int64_t max_age)
{
	struct str text = arena_printf(rq->arena,
		"%s=%.*s; Path=/; HttpOnly; SameSite=Strict; Max-Age=%" PRId64 "%s", name,
		STR_ARG(value), max_age, rq->service->settings.cookie_secure ? "; Secure" : "");

	/* Without memory for a cookie there is none for the answer either. */
	if (text.p)
		reply_header(rp, "Set-Cookie", text);
	else
		rp->body.bad = true;
}
