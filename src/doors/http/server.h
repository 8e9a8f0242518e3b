/* SPDX-License-Identifier: Apache-2.0 */
/* The running server: listening, its workers, what is on its way.  Private to the door. */
#ifndef CANBAO_DOORS_HTTP_SERVER_H
#define CANBAO_DOORS_HTTP_SERVER_H

#include <microhttpd.h>
#include <pthread.h>

#include "base/log.h"
#include "doors/http/service.h"

struct exchange;
struct workers;

struct server {
	struct service *service;
	struct MHD_Daemon *daemon;
	struct workers *workers;
	_Atomic bool stopping;
	/* Connections and exchanges, watched for their deadlines. */
	pthread_mutex_t lock;
	struct connection *connections;
	struct exchange *exchanges; /* at work */
	int active;                 /* exchanges between their first line and their end */
	_Atomic int streams;
};

/* Listen and answer.  0 and *ret_port, or a fault with `err`. */
MUST_USE int server_start(
	struct server *s, struct service *service, uint16_t *ret_port, struct err *err);
/* What must happen about once a second: whoever is late is cut off or answered as busy. */
void server_tick(struct server *s);
/* Stop listening, let requests finish within stop_timeout, close everything.  False when a worker
 * is still at it after that: nothing may be freed then, the process must end as it is. */
MUST_USE bool server_stop(struct server *s);

/* A worker is through with it. */
void server_done(struct server *s, struct exchange *x);

/* workers.c: a bounded queue and the threads that work on it. */
MUST_USE int workers_new(
	struct service *service, size_t threads, size_t queue, struct workers **ret_workers);
/* False when the queue is full. */
MUST_USE bool workers_put(struct workers *w, struct exchange *x);
bool workers_full(struct workers *w);
/* Finish what is queued and end the threads; false when one does not end within `seconds`. */
MUST_USE bool workers_free(struct workers *w, int64_t seconds);

#endif
