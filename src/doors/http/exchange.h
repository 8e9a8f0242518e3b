/* SPDX-License-Identifier: Apache-2.0 */
/* One request on its way: made by an event thread when its first line is there, handed to a worker
 * when it is read, handed back when it is answered.  Private to the door's own files. */
#ifndef CANBAO_DOORS_HTTP_EXCHANGE_H
#define CANBAO_DOORS_HTTP_EXCHANGE_H

#include <microhttpd.h>
#include <stdatomic.h>

#include "doors/http/http.h"
#include "doors/http/idempotency.h"
#include "doors/http/service.h"
#include "doors/http/table.h"

#define TARGET_MAX 4096 /* bytes of the request line's target */
#define HEADERS_MAX 64
#define HEADER_BYTES_MAX (16u * 1024u)
#define QUERY_MAX 32
#define REQUEST_ARENA_MAX ((size_t)64 << 20)
#define REPLY_BYTES_MAX ((size_t)64 << 20)
#define DRAIN_MAX (1u << 20) /* of a body nobody wants, so that its sender reads the answer */

struct pair {
	struct str name, value;
	bool asked; /* a handler asked for this query parameter */
};

/* Who may touch it: READING, DONE and LATE the event thread, WORKING the worker. */
enum exchange_state { EXCHANGE_READING, EXCHANGE_WORKING, EXCHANGE_DONE, EXCHANGE_LATE };

struct stream;

struct exchange {
	struct server *server;
	struct MHD_Connection *connection;
	struct exchange *next;           /* in the queue of the workers */
	struct exchange *before, *after; /* in the list that is watched for deadlines */
	_Atomic int refs;                /* event thread, worker */
	_Atomic int state;
	int64_t began_us, deadline_us; /* of the monotonic clock: to be answered by then */
	int64_t sent_by_us;            /* the answer must have been read by then */
	bool started;                  /* the access handler saw it */
	bool refused;                  /* `why` is the answer, whatever still comes */
	bool close;                    /* the connection cannot be used again */
	enum problem why;
	uint32_t allow; /* methods of a 405 or an OPTIONS, bits of enum method */
	bool options;
	char method[8];          /* "OTHER" when it is none we know */
	char target[TARGET_MAX]; /* as it came */
	struct str query_raw;
	struct pair headers[HEADERS_MAX], query[QUERY_MAX];
	size_t n_headers, n_query;
	uint64_t body_max, body_seen;
	struct buf body; /* BODY_JSON */
	int spool;       /* BODY_FILE: open file, -1 */
	char spool_path[SETTING_TEXT_MAX + 40];
	void *digest; /* EVP_MD_CTX of the body so far */
	struct stream *stream;
	bool keyed; /* `key` is reserved for it */
	struct answered_key key;
	struct arena arena;
	struct request rq;
	struct reply rp;
	int status_sent;
};

/* exchange.c */
struct exchange *exchange_new(struct server *server, struct MHD_Connection *c, const char *target);
void exchange_hold(struct exchange *x);
void exchange_drop(struct exchange *x);
/* Headers, path, query and what they already rule out. */
void exchange_start(struct exchange *x, const char *method);
void exchange_refuse(struct exchange *x, enum problem why);
/* body.c: a piece of the body; false: the connection must be closed. */
bool exchange_body(struct exchange *x, const char *p, size_t n);
/* SM3 of the body: once it is all there. */
void exchange_body_digest(struct exchange *x, unsigned char ret_digest[32]);
bool exchange_body_open(struct exchange *x);
void exchange_body_release(struct exchange *x);

/* work.c: on a worker: who calls, may they, the handler, its answer. */
void exchange_work(struct exchange *x);

/* send.c: hand the answer to the connection. */
enum MHD_Result exchange_send(struct exchange *x);
/* A static answer (page, health) from the event thread; false when the path has none. */
bool exchange_is_page(const struct exchange *x);

/* request.c: true when query parameters came that no handler asked for; they are noted as field
 * problems. */
bool request_query_idle(struct request *rq);

/* caller.c */
/* Fill rq->caller and env by cookies and headers; 0, or a fault.  *ret_problem and 1: refused. */
MUST_USE int caller_find(struct exchange *x, enum problem *ret_problem);

/* stream.c */
MUST_USE int stream_start(struct exchange *x);
struct MHD_Response *stream_response(struct exchange *x);
void stream_release(struct exchange *x);
/* End all streams: the service stops. */
void streams_stop(struct server *server);

/* door_log.c */
void door_log(const struct exchange *x, int status, int64_t us);

int64_t clock_us(void);

#endif
