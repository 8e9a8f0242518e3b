/* SPDX-License-Identifier: Apache-2.0 */
/* Server-sent events.  A stream has a thread of its own, for it may sleep between two events; the
 * connection sleeps meanwhile and is woken when there is something to send. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "doors/http/exchange.h"
#include "doors/http/server.h"

#define STREAM_STACK ((size_t)1 << 20)
#define STREAM_BYTES_MAX (256u * 1024u) /* not sent yet: who does not read is let go */
#define STREAM_SECONDS_MAX 3600         /* the page asks again */
#define BEAT_US 15000000                /* a line now and then shows whether anybody is there */
#define PIECE 4096

struct stream {
	pthread_mutex_t lock;
	struct buf out; /* made by the thread, sent by the event thread */
	size_t sent;
	bool asleep; /* the connection is suspended */
	bool ended;  /* nothing more comes */
	bool gone;   /* nobody reads any more */
	struct exchange *exchange;
};

static bool is_over(struct stream *t)
{
	bool over;

	pthread_mutex_lock(&t->lock);
	over = t->gone || t->ended || atomic_load(&t->exchange->server->stopping);
	pthread_mutex_unlock(&t->lock);
	return over;
}

/* Hand a piece to the connection. */
static void give(struct stream *t, struct buf *piece, bool end)
{
	pthread_mutex_lock(&t->lock);
	buf_add(&t->out, buf_str(piece));
	if (buf_bad(&t->out) || buf_bad(piece))
		end = true;
	t->ended = t->ended || end;
	if (t->asleep && !t->gone) {
		t->asleep = false;
		MHD_resume_connection(t->exchange->connection);
	}
	pthread_mutex_unlock(&t->lock);
	buf_reset(piece);
}

static void *stream_main(void *arg)
{
	struct exchange *x = arg;
	struct stream *t = x->stream;
	struct server *s = x->server;
	int64_t end = clock_us() + (int64_t)STREAM_SECONDS_MAX * 1000000, beat = clock_us();
	struct buf piece;
	int rc = 1;

	buf_init(&piece, STREAM_BYTES_MAX);
	while (rc > 0 && !is_over(t) && clock_us() < end) {
		rc = x->rp.stream(x->rp.stream_ctx, &x->rq, &piece);
		if (piece.n == 0 && clock_us() - beat > BEAT_US)
			buf_addz(&piece, ":\n\n");
		if (piece.n) {
			beat = clock_us();
			give(t, &piece, false);
		}
	}
	give(t, &piece, true);
	buf_release(&piece);
	atomic_fetch_sub(&s->streams, 1);
	metrics_add(s->service->metrics, METRIC_STREAMS, -1);
	exchange_drop(x);
	return NULL;
}

int stream_start(struct exchange *x)
{
	struct server *s = x->server;
	struct stream *t;
	pthread_attr_t attr;
	pthread_t thread;
	int rc;

	if (atomic_fetch_add(&s->streams, 1) >= s->service->settings.streams) {
		atomic_fetch_sub(&s->streams, 1);
		return FAULT_LIMIT;
	}
	t = calloc(1, sizeof(*t));
	if (!t) {
		atomic_fetch_sub(&s->streams, 1);
		return FAULT_MEMORY;
	}
	pthread_mutex_init(&t->lock, NULL);
	buf_init(&t->out, STREAM_BYTES_MAX);
	t->exchange = x;
	x->stream = t;
	x->rp.status = x->rp.status ? x->rp.status : 200;
	x->rp.content_type = "text/event-stream";
	exchange_hold(x);
	metrics_add(s->service->metrics, METRIC_STREAMS, 1);
	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, STREAM_STACK);
	pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	rc = pthread_create(&thread, &attr, stream_main, x);
	pthread_attr_destroy(&attr);
	if (rc == 0)
		return 0;
	atomic_fetch_sub(&s->streams, 1);
	metrics_add(s->service->metrics, METRIC_STREAMS, -1);
	exchange_drop(x);
	return FAULT_MEMORY;
}

static ssize_t read_piece(void *cls, uint64_t at, char *to, size_t max)
{
	struct exchange *x = cls;
	struct stream *t = x->stream;
	ssize_t n = 0;

	(void)at;
	pthread_mutex_lock(&t->lock);
	if (t->sent < t->out.n) {
		size_t left = t->out.n - t->sent;

		n = (ssize_t)(left < max ? left : max);
		memcpy(to, t->out.p + t->sent, (size_t)n);
		t->sent += (size_t)n;
		if (t->sent == t->out.n) {
			buf_reset(&t->out);
			t->sent = 0;
		}
	} else if (t->ended) {
		n = MHD_CONTENT_READER_END_OF_STREAM;
	} else {
		t->asleep = true;
		MHD_suspend_connection(x->connection);
	}
	pthread_mutex_unlock(&t->lock);
	return n;
}

/* The connection is through with it: read to the end, or gone. */
static void let_go(void *cls)
{
	struct exchange *x = cls;

	pthread_mutex_lock(&x->stream->lock);
	x->stream->gone = true;
	x->stream->asleep = false;
	pthread_mutex_unlock(&x->stream->lock);
	exchange_drop(x);
}

struct MHD_Response *stream_response(struct exchange *x)
{
	struct MHD_Response *r;

	exchange_hold(x);
	r = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, PIECE, read_piece, x, let_go);
	if (!r)
		exchange_drop(x);
	return r;
}

void stream_release(struct exchange *x)
{
	struct stream *t = x->stream;

	if (!t)
		return;
	buf_release(&t->out);
	pthread_mutex_destroy(&t->lock);
	free(t);
	x->stream = NULL;
}

/* Each sees `stopping` within the second its handler may sleep. */
void streams_stop(struct server *server)
{
	for (int i = 0; i < 150 && atomic_load(&server->streams) > 0; i++)
		usleep(20000);
}
