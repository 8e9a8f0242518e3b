/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/http/metrics.h"

#include <inttypes.h>
#include <stdatomic.h>

#include "doors/http/http.h"
#include "doors/http/table.h"

/* Statuses the service can give; any other is counted as the last. */
static const int statuses[METRIC_STATUSES] = { 200, 201, 202, 204, 206, 302, 303, 304, 400, 401,
	403, 404, 405, 409, 413, 415, 422, 429, 500, 502, 503, 0 };

/* Upper limits in microseconds. */
static const int64_t limits[METRIC_BUCKETS] = { 500, 1000, 2000, 5000, 10000, 20000, 50000, 60000,
	100000, 200000, 500000, 1000000, 5000000, 30000000 };

static const struct {
	const char *name, *kind, *help;
} table[] = {
#define X(name, prometheus, kind, help) { prometheus, kind, help },
	METRICS(X)
#undef X
};

void metrics_add(struct metrics *m, enum metric which, int64_t n)
{
	atomic_fetch_add_explicit(&m->values[which], n, memory_order_relaxed);
}

void metrics_set(struct metrics *m, enum metric which, int64_t v)
{
	atomic_store_explicit(&m->values[which], v, memory_order_relaxed);
}

int64_t metrics_get(const struct metrics *m, enum metric which)
{
	return atomic_load_explicit(&m->values[which], memory_order_relaxed);
}

void metrics_request(struct metrics *m, size_t route, int status, int64_t microseconds)
{
	size_t s = 0, k = 0;

	BUG_IF(route > METRIC_ROUTES_MAX);
	while (s < METRIC_STATUSES - 1 && statuses[s] && statuses[s] != status)
		s++;
	while (k < METRIC_BUCKETS && microseconds > limits[k])
		k++;
	atomic_fetch_add_explicit(&m->routes[route].status[s], 1, memory_order_relaxed);
	atomic_fetch_add_explicit(&m->routes[route].bucket[k], 1, memory_order_relaxed);
	atomic_fetch_add_explicit(
		&m->routes[route].microseconds, (uint64_t)microseconds, memory_order_relaxed);
}

static void label(struct buf *b, size_t route)
{
	const struct route *r = route < route_count ? &route_table[route] : NULL;

	buf_addf(b, "{method=\"%s\",route=\"%s\"", r ? r->method : "", r ? r->path : "");
}

static void print_statuses(const struct metrics *m, struct buf *b)
{
	buf_addz(b, "# HELP canbao_requests_total requests answered\n"
		    "# TYPE canbao_requests_total counter\n");
	for (size_t r = 0; r <= METRIC_ROUTES_MAX; r++)
		for (size_t s = 0; s < METRIC_STATUSES; s++) {
			uint64_t n =
				atomic_load_explicit(&m->routes[r].status[s], memory_order_relaxed);

			if (!n)
				continue;
			buf_addz(b, "canbao_requests_total");
			label(b, r);
			buf_addf(b, ",status=\"%d\"} %" PRIu64 "\n", statuses[s], n);
		}
}

static void print_histogram(const struct metrics *m, size_t r, struct buf *b)
{
	uint64_t below = 0;

	for (size_t k = 0; k <= METRIC_BUCKETS; k++) {
		below += atomic_load_explicit(&m->routes[r].bucket[k], memory_order_relaxed);
		buf_addz(b, "canbao_request_seconds_bucket");
		label(b, r);
		if (k < METRIC_BUCKETS)
			buf_addf(b, ",le=\"%" PRId64 ".%06" PRId64 "\"} %" PRIu64 "\n",
				limits[k] / 1000000, limits[k] % 1000000, below);
		else
			buf_addf(b, ",le=\"+Inf\"} %" PRIu64 "\n", below);
	}
	buf_addz(b, "canbao_request_seconds_sum");
	label(b, r);
	buf_addf(b, "} %.6f\n",
		(double)atomic_load_explicit(&m->routes[r].microseconds, memory_order_relaxed) /
			1e6);
	buf_addz(b, "canbao_request_seconds_count");
	label(b, r);
	buf_addf(b, "} %" PRIu64 "\n", below);
}

static bool was_asked(const struct metrics *m, size_t r)
{
	for (size_t k = 0; k <= METRIC_BUCKETS; k++)
		if (atomic_load_explicit(&m->routes[r].bucket[k], memory_order_relaxed))
			return true;
	return false;
}

void metrics_print(const struct metrics *m, struct buf *b)
{
	for (size_t i = 0; i < METRIC_COUNT; i++)
		buf_addf(b, "# HELP %s %s\n# TYPE %s %s\n%s %" PRId64 "\n", table[i].name,
			table[i].help, table[i].name, table[i].kind, table[i].name,
			metrics_get(m, (enum metric)i));
	print_statuses(m, b);
	buf_addz(b, "# HELP canbao_request_seconds from the first byte to the answer\n"
		    "# TYPE canbao_request_seconds histogram\n");
	for (size_t r = 0; r <= METRIC_ROUTES_MAX; r++)
		if (was_asked(m, r))
			print_histogram(m, r, b);
}
