/* SPDX-License-Identifier: Apache-2.0 */
/* The HTTP door as its handlers see it: a request that is checked and belongs to somebody, a reply
 * to fill.  One table of routes (routes.h); one file of handlers a resource (http_<resource>.c).
 *
 * Before a handler runs the door has: matched the route, read the whole body within its ceiling,
 * found out who calls (session cookie, visit cookie or signature), checked the CSRF token, the
 * role, the second factor and the rate, and filled `env` (actor, scope, clock).  A handler runs on
 * a worker thread, may block, and answers with 0 after filling the reply (also for refusals), or a
 * negative fault, which becomes a 500 or 503 problem with a request id. */
#ifndef CANBAO_DOORS_HTTP_H
#define CANBAO_DOORS_HTTP_H

#include "acts/env.h"
#include "acts/roles.h"
#include "base/arena.h"
#include "base/buf.h"
#include "doors/http/json_out.h"
#include "doors/http/problems.h"

#define ROUTE_PARAMS_MAX 3
#define REPLY_HEADERS_MAX 12
#define BODY_JSON_MAX (256u * 1024u)
#define BODY_UPLOAD_MAX ((uint64_t)256 << 20)
#define BODY_EVIDENCE_MAX ((uint64_t)8 << 20)
#define IDEMPOTENCY_KEY_MAX 64

struct service; /* service.h: store, policies, settings, metrics, jobs */
struct request;
struct reply;
struct json_t;
struct who; /* acts/session.h */

enum caller_kind { CALLER_NOBODY, CALLER_VISITOR, CALLER_ACCOUNT, CALLER_CLIENT };

#define VISIT_PEOPLE_MAX 8
/* A resident's visit: the people whose name and number (or household tail) were shown.  Sealed in
 * the cookie; nothing of it is kept here. */
struct visit {
	int64_t people[VISIT_PEOPLE_MAX]; /* person ids; [0] is who opened the visit */
	size_t n;
	int64_t opened_at;
};

struct caller {
	enum caller_kind kind;
	enum role role;            /* CALLER_ACCOUNT, CALLER_CLIENT */
	int64_t account;           /* CALLER_ACCOUNT */
	struct str login;          /* of the account, or the client's id */
	struct visit visit;        /* CALLER_VISITOR */
	bool strong;               /* the second factor was shown not long ago */
	bool must_change;          /* first log-in or an old password: own account only */
	const struct who *who;     /* CALLER_ACCOUNT, CALLER_CLIENT: all that is known of them */
	unsigned char session[32]; /* digest of the session's secret */
};

/* How a body comes in. */
enum route_body {
	BODY_NONE, /* a body is refused */
	BODY_JSON, /* application/json, parsed strictly into rq->json */
	BODY_FILE  /* raw bytes, spooled to rq->body_path, of any type the handler allows */
};

struct route {
	const char *method;
	const char *path; /* "/api/v1/people/{id}" */
	enum permission may;
	enum route_body body;
	int (*handle)(struct request *rq, struct reply *rp);
	uint32_t flags;
};
#define ROUTE_IDEMPOTENT 1u /* takes Idempotency-Key: the same key gets the first answer */
#define ROUTE_STREAM 2u     /* answers with server-sent events */
#define ROUTE_LOGIN 4u      /* rated per address like a log-in */
#define ROUTE_EVIDENCE 8u   /* BODY_FILE: the smaller ceiling body_evidence */

struct request {
	struct service *service;
	struct arena *arena; /* freed with the request */
	const struct route *route;
	struct str path;
	struct str params[ROUTE_PARAMS_MAX]; /* of the path, decoded */
	struct json_t *json;                 /* BODY_JSON: an object; NULL when the body is empty */
	const char
		*body_path; /* BODY_FILE: removed after the request unless the handler moves it */
	uint64_t body_bytes;
	struct str content_type;
	struct str address; /* of the caller; never logged together with a person */
	struct env env;
	struct caller caller;
	char id[17];                  /* request id, hexadecimal */
	bool english;                 /* Accept-Language prefers English */
	struct problem_fields fields; /* what is wrong with the input, collected */
	bool turned;                  /* a list not in its usual order: its cursors say so */
	void *door;                   /* server.c's own */
};

/* A request header; {NULL,0} when it was not sent. */
struct str request_header(const struct request *rq, const char *name);
struct str request_cookie(const struct request *rq, const char *name);
/* A query parameter, decoded; {NULL,0} when it was not sent. */
struct str request_query(const struct request *rq, const char *name);
/* Refuse query parameters that are not in this NULL-ended list: collects field problems. */
void request_query_only(struct request *rq, const char *const *names);

/* Readers that collect a field problem (rq->fields) and give the fallback when the value is missing
 * or wrong; after the last one: `if (request_invalid(rq, rp)) return 0;`, which answers 422. */
int64_t query_int(
	struct request *rq, const char *name, int64_t low, int64_t high, int64_t fallback);
day_t query_day(struct request *rq, const char *name, day_t fallback);
bool query_flag(struct request *rq, const char *name);
/* A town's or village's 12-digit code, 0 when absent, narrowed to the caller's scope: outside it is
 * a field problem. */
int64_t query_division(struct request *rq, const char *name);
/* Of the path. */
bool param_id(struct request *rq, size_t i, int64_t *ret_id);

/* Valid UTF-8 without control characters (`lines`: breaks and tabs pass) and without marks that
 * nobody sees, as of direction. */
bool text_clean(struct str s, bool lines);
/* Fields of the JSON body.  `must`: absence is a problem.  Texts are trimmed, valid UTF-8, without
 * control characters (line breaks pass when `max` > 200), at most `max` characters. */
struct str json_text(struct request *rq, const char *name, bool must, size_t max);
int64_t json_int(struct request *rq, const char *name, bool must, int64_t low, int64_t high,
	int64_t fallback);
day_t json_day(struct request *rq, const char *name, bool must);
bool json_flag(struct request *rq, const char *name, bool fallback);
/* Whole numbers of an array; returns how many were filled. */
size_t json_ints(struct request *rq, const char *name, bool must, int64_t low, int64_t high,
	int64_t *ret_values, size_t max);
/* Refuse fields that are not in this NULL-ended list. */
void json_only(struct request *rq, const char *const *names);
/* Note a field problem. */
void request_problem(struct request *rq, const char *field, const char *zh, const char *en);
/* True after a 422 `invalid` problem with all of them was put into the reply. */
bool request_invalid(struct request *rq, struct reply *rp);

struct reply {
	int status;
	const char *content_type; /* static */
	struct buf body;
	struct json_out json; /* writes into body */
	struct {
		const char *name; /* static */
		struct str value; /* in the request's arena */
	} headers[REPLY_HEADERS_MAX];
	size_t n_headers;
	const char
		*file; /* send this file instead of the body, removed afterwards when `file_temp` */
	bool file_temp;
	/* ROUTE_STREAM: called again and again on the worker until it answers 0 (end) or a fault;
	 * appends whole events to `body`; may sleep up to a second. */
	int (*stream)(void *ctx, struct request *rq, struct buf *body);
	void *stream_ctx;
};

/* Begin a JSON answer: status, content type, and the writer positioned inside the outer object.
 * reply_json_end closes it. */
struct json_out *reply_json(struct reply *rp, int status);
int reply_json_end(struct reply *rp);
/* 204. */
int reply_nothing(struct reply *rp);
/* RFC 9457 problem details. `detail` may be NULL: a sentence for this very case, both languages
 * "中文 / English", no personal data. */
int reply_problem(struct request *rq, struct reply *rp, enum problem p, const char *detail);
/* What an act's fault means to the caller: FAULT_MISSING 404, FAULT_CONFLICT 409, FAULT_FORMAT and
 * FAULT_LIMIT 422, the others are handed on to become 500 or 503. `err` may be NULL. */
int reply_fault(struct request *rq, struct reply *rp, int fault, const struct err *err);
void reply_header(struct reply *rp, const char *name, struct str value);
/* Set-Cookie, HttpOnly, SameSite=Strict, Secure unless the settings say loopback HTTP; max_age 0
 * deletes it. */
void reply_cookie(
	struct request *rq, struct reply *rp, const char *name, struct str value, int64_t max_age);

/* A list answer: {"items":[…],"next":cursor or null}.  Cursors are opaque, sealed, and belong to
 * one list: `text` is whatever the list needs to go on. */
#define PAGE_MAX 200
struct page {
	int64_t limit;    /* 1..PAGE_MAX, default 50 */
	struct str after; /* opened cursor; {NULL,0}: from the start */
	bool falling;     /* request_page_sorted: the largest first */
};
/* Reads `limit` and `cursor`; a foreign or broken cursor is a field problem. */
struct page request_page(struct request *rq);
/* Also `sort`, which is `key` or `-key`; `falling`: -key unless told.  A cursor of the other order
 * is a field problem too. */
struct page request_page_sorted(struct request *rq, const char *key, bool falling);
/* The number in the cursor; 0 without one. */
int64_t page_number(struct request *rq, const struct page *page);
/* Key "next" of the answer: {NULL,0} writes null. */
void json_next(struct request *rq, struct json_out *j, struct str after);

#endif
