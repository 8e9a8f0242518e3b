/* SPDX-License-Identifier: Apache-2.0 */
/* The answer on its way back: headers that every answer has, bodies from memory, files and streams.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "doors/http/exchange.h"
#include "doors/http/pages.h"
#include "doors/http/server.h"

#define SLOWEST_BYTES 32768 /* a second: who reads more slowly than this is cut off */

static void add(struct MHD_Response *r, const char *name, const char *value)
{
	/* Fails only without memory; an answer without a header is still the answer. */
	if (MHD_add_response_header(r, name, value) != MHD_YES)
		log_line(LOG_WARN, "header_lost name=%s", name);
}

/* Nothing of the API is kept by anybody, framed by anybody or run as a page. */
static void add_api_headers(struct exchange *x, struct MHD_Response *r)
{
	struct reply *rp = &x->rp;

	if (rp->content_type)
		add(r, "Content-Type", rp->content_type);
	add(r, "Cache-Control", "no-store");
	add(r, "X-Content-Type-Options", "nosniff");
	add(r, "Referrer-Policy", "no-referrer");
	add(r, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox");
	add(r, "X-Request-Id", x->rq.id);
	for (size_t i = 0; i < rp->n_headers; i++) {
		struct str v = arena_str(&x->arena, rp->headers[i].value);

		if (v.p)
			add(r, rp->headers[i].name, v.p);
	}
}

static struct MHD_Response *of_memory(struct reply *rp)
{
	struct MHD_Response *r;

	r = MHD_create_response_from_buffer(rp->body.n, rp->body.p,
		rp->body.p ? MHD_RESPMEM_MUST_FREE : MHD_RESPMEM_PERSISTENT);
	/* The library frees the bytes now. */
	if (r)
		rp->body = (struct buf){ .ceiling = rp->body.ceiling };
	return r;
}

static struct MHD_Response *of_file(struct exchange *x)
{
	struct stat st;
	int fd = open(x->rp.file, O_RDONLY | O_CLOEXEC);
	struct MHD_Response *r;

	if (fd < 0)
		return NULL;
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		close(fd);
		return NULL;
	}
	if (x->rp.file_temp)
		unlink(x->rp.file);
	x->rp.file = NULL;
	r = MHD_create_response_from_fd64((uint64_t)st.st_size, fd);
	if (!r)
		close(fd);
	else
		x->sent_by_us += st.st_size / SLOWEST_BYTES * 1000000;
	return r;
}

/* What was put in the reply's place: refusals of the door itself, on the event thread. */
static void fill_refusal(struct exchange *x, enum problem why)
{
	struct reply *rp = &x->rp;

	buf_reset(&rp->body);
	rp->n_headers = 0;
	reply_problem(&x->rq, rp, why, NULL);
	if (why == PROBLEM_METHOD)
		reply_header(rp, "Allow", route_allow_text(x->allow, &x->arena));
}

static void fill_options(struct exchange *x)
{
	uint32_t pages = 1u << METHOD_GET | 1u << METHOD_HEAD | 1u << METHOD_OPTIONS;

	reply_nothing(&x->rp);
	reply_header(&x->rp, "Allow", route_allow_text(x->allow ? x->allow : pages, &x->arena));
}

static struct MHD_Response *make(struct exchange *x)
{
	struct MHD_Response *r = NULL;

	if (x->rp.stream) {
		x->sent_by_us = INT64_MAX;
		r = stream_response(x);
	} else if (x->rp.file) {
		r = of_file(x);
	} else {
		r = of_memory(&x->rp);
	}
	if (!r && x->rp.file) {
		log_line(LOG_ERROR, "file_lost request=%s error=%d", x->rq.id, errno);
		fill_refusal(x, PROBLEM_INTERNAL);
		x->rp.file = NULL;
		r = of_memory(&x->rp);
	}
	return r;
}

static enum MHD_Result queue(struct exchange *x, struct MHD_Response *r, int status)
{
	struct server *s = x->server;
	enum MHD_Result rc;

	if (x->close || atomic_load(&s->stopping))
		add(r, "Connection", "close");
	rc = MHD_queue_response(x->connection, (unsigned)status, r);
	MHD_destroy_response(r);
	x->status_sent = rc == MHD_YES ? status : 0;
	return rc;
}

bool exchange_is_page(const struct exchange *x)
{
	return page_find(x->rq.path) != NULL;
}

static enum MHD_Result send_page(struct exchange *x)
{
	int status;
	struct MHD_Response *r = page_response(&x->rq, page_find(x->rq.path), &status);

	return r ? queue(x, r, status) : MHD_NO;
}

/* The worker may still write into the exchange: this answer touches nothing of it but the id. */
static enum MHD_Result send_late(struct exchange *x)
{
	struct reply rp = { .status = 0 };
	struct request rq = { .english = x->rq.english };
	struct MHD_Response *r;

	memcpy(rq.id, x->rq.id, sizeof(rq.id));
	buf_init(&rp.body, 4096);
	reply_problem(&rq, &rp, PROBLEM_BUSY, NULL);
	r = of_memory(&rp);
	if (!r) {
		buf_release(&rp.body);
		return MHD_NO;
	}
	add(r, "Content-Type", rp.content_type);
	add(r, "Cache-Control", "no-store");
	add(r, "X-Content-Type-Options", "nosniff");
	add(r, "X-Request-Id", rq.id);
	add(r, "Retry-After", "2");
	return queue(x, r, rp.status);
}

enum MHD_Result exchange_send(struct exchange *x)
{
	struct MHD_Response *r;

	x->sent_by_us = clock_us() + x->rq.service->settings.request_timeout * 1000000;
	if (atomic_load(&x->state) == EXCHANGE_LATE)
		return send_late(x);
	if (x->options)
		fill_options(x);
	else if (x->refused)
		fill_refusal(x, x->why);
	else if (!x->rq.route)
		return send_page(x);
	BUG_IF(x->rp.status == 0);
	r = make(x);
	if (!r)
		return MHD_NO;
	add_api_headers(x, r);
	return queue(x, r, x->rp.status);
}
