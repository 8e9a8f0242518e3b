/* SPDX-License-Identifier: Apache-2.0 */
/* The threads that work on requests: they may block, the event threads may not. */
#include <stdlib.h>
#include <time.h>

#include "doors/http/exchange.h"
#include "doors/http/server.h"

#define WORKER_STACK ((size_t)4 << 20) /* address space; a page is taken when touched */

struct workers {
	struct metrics *metrics;
	pthread_mutex_t lock;
	pthread_cond_t work;
	struct exchange *head, *tail;
	size_t queued, max, n;
	bool stopping;
	pthread_t threads[64];
};

static struct exchange *take(struct workers *w)
{
	struct exchange *x;

	pthread_mutex_lock(&w->lock);
	while (!w->head && !w->stopping)
		pthread_cond_wait(&w->work, &w->lock);
	x = w->head;
	if (x) {
		w->head = x->next;
		if (!w->head)
			w->tail = NULL;
		w->queued--;
		metrics_set(w->metrics, METRIC_QUEUE_DEPTH, (int64_t)w->queued);
	}
	pthread_mutex_unlock(&w->lock);
	return x;
}

static void *worker_main(void *arg)
{
	struct workers *w = arg;
	struct exchange *x;

	while ((x = take(w)) != NULL) {
		metrics_add(w->metrics, METRIC_WORKERS_BUSY, 1);
		exchange_work(x);
		metrics_add(w->metrics, METRIC_WORKERS_BUSY, -1);
	}
	return NULL;
}

bool workers_put(struct workers *w, struct exchange *x)
{
	bool fits;

	pthread_mutex_lock(&w->lock);
	fits = w->queued < w->max && !w->stopping;
	if (fits) {
		x->next = NULL;
		if (w->tail)
			w->tail->next = x;
		else
			w->head = x;
		w->tail = x;
		w->queued++;
		metrics_set(w->metrics, METRIC_QUEUE_DEPTH, (int64_t)w->queued);
		pthread_cond_signal(&w->work);
	}
	pthread_mutex_unlock(&w->lock);
	return fits;
}

bool workers_full(struct workers *w)
{
	bool full;

	pthread_mutex_lock(&w->lock);
	full = w->queued >= w->max;
	pthread_mutex_unlock(&w->lock);
	return full;
}

int workers_new(struct service *service, size_t threads, size_t queue, struct workers **ret_workers)
{
	struct workers *w = calloc(1, sizeof(*w));
	pthread_attr_t attr;

	if (!w)
		return FAULT_MEMORY;
	BUG_IF(threads > ARRAY_LEN(w->threads));
	w->metrics = service->metrics;
	w->max = queue;
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->work, NULL);
	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, WORKER_STACK);
	for (; w->n < threads; w->n++)
		if (pthread_create(&w->threads[w->n], &attr, worker_main, w) != 0)
			break;
	pthread_attr_destroy(&attr);
	if (w->n < threads) {
		BUG_IF(!workers_free(w, 60));
		return FAULT_MEMORY;
	}
	*ret_workers = w;
	return 0;
}

bool workers_free(struct workers *w, int64_t seconds)
{
	struct timespec end;

	if (!w)
		return true;
	clock_gettime(CLOCK_REALTIME, &end);
	end.tv_sec += seconds;
	pthread_mutex_lock(&w->lock);
	w->stopping = true;
	pthread_cond_broadcast(&w->work);
	pthread_mutex_unlock(&w->lock);
	for (size_t i = 0; i < w->n; i++)
		if (pthread_timedjoin_np(w->threads[i], NULL, &end) != 0)
			return false;
	pthread_mutex_destroy(&w->lock);
	pthread_cond_destroy(&w->work);
	free(w);
	return true;
}
