/* SPDX-License-Identifier: Apache-2.0 */
/* What is counted for /metrics (Prometheus text).  Counters are single atomics: nobody waits. */
#ifndef CANBAO_DOORS_HTTP_METRICS_H
#define CANBAO_DOORS_HTTP_METRICS_H

#include <stdint.h>

#include "base/buf.h"

/* X(NAME, Prometheus name, kind, help) */
#define METRICS(X) \
	X(VISITS, "canbao_visits_total", "counter", "visits that residents opened") \
	X(LOGINS, "canbao_logins_total", "counter", "log-ins") \
	X(LOGINS_FAILED, "canbao_logins_failed_total", "counter", "log-ins refused") \
	X(ORDERS, "canbao_orders_total", "counter", "orders made by residents") \
	X(PAYMENTS_POSTED, "canbao_payments_posted_total", "counter", "payments posted") \
	X(PAYMENTS_SUSPENDED, "canbao_payments_suspended_total", "counter", \
		"payments that wait in suspense") \
	X(PAYMENTS_SEEN, "canbao_payments_seen_total", "counter", \
		"payments told again, answered as the first time") \
	X(EXPORTS, "canbao_exports_total", "counter", "files exported") \
	X(RATE_LIMITED, "canbao_rate_limited_total", "counter", "requests refused for their rate") \
	X(SHED, "canbao_requests_shed_total", "counter", \
		"requests refused because the queue was full") \
	X(TIMED_OUT, "canbao_requests_timed_out_total", "counter", \
		"requests answered as busy after their deadline") \
	X(CUT, "canbao_connections_cut_total", "counter", \
		"connections closed because their request did not arrive in time") \
	X(REPLAYED, "canbao_answers_replayed_total", "counter", \
		"answers given again for an idempotency key") \
	X(JOBS_DONE, "canbao_jobs_done_total", "counter", "background jobs done") \
	X(JOBS_FAILED, "canbao_jobs_failed_total", "counter", "background jobs failed") \
	X(JOBS_CANCELLED, "canbao_jobs_cancelled_total", "counter", "background jobs cancelled") \
	X(JOBS_QUEUED, "canbao_jobs_queued", "gauge", "background jobs that wait") \
	X(JOBS_RUNNING, "canbao_jobs_running", "gauge", "background jobs at work") \
	X(QUEUE_DEPTH, "canbao_queue_depth", "gauge", "requests that wait for a worker") \
	X(WORKERS_BUSY, "canbao_workers_busy", "gauge", "workers at work") \
	X(CONNECTIONS, "canbao_connections", "gauge", "open connections") \
	X(STREAMS, "canbao_streams", "gauge", "open progress streams")

enum metric {
#define X(name, prometheus, kind, help) METRIC_##name,
	METRICS(X)
#undef X
		METRIC_COUNT
};

#define METRIC_ROUTES_MAX 256
#define METRIC_STATUSES 24
#define METRIC_BUCKETS 14

struct metrics {
	_Atomic int64_t values[METRIC_COUNT];
	struct {
		_Atomic uint64_t status[METRIC_STATUSES];
		_Atomic uint64_t bucket[METRIC_BUCKETS + 1]; /* the last: above all limits */
		_Atomic uint64_t microseconds;
	} routes[METRIC_ROUTES_MAX + 1]; /* the last: no route of the table (pages, unknown) */
};

/* Add to a counter or a gauge. */
void metrics_add(struct metrics *m, enum metric which, int64_t n);
void metrics_set(struct metrics *m, enum metric which, int64_t v);
int64_t metrics_get(const struct metrics *m, enum metric which);
/* One request done.  `route`: index in the table of routes, METRIC_ROUTES_MAX for none. */
void metrics_request(struct metrics *m, size_t route, int status, int64_t microseconds);
/* All but what the store is asked for, as Prometheus text. */
void metrics_print(const struct metrics *m, struct buf *b);

#endif
