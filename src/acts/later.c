/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/later.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "acts/api_client.h"
#include "acts/look.h"
#include "base/log.h"

#define SWEEP_EVERY 60 /* rounds of about a second */

struct later {
	struct store *store;
	int64_t county;
	struct login_limits limits;
	int64_t (*now)(void *ctx);
	void *ctx;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool stop;
};

static void complain(const char *what, int rc)
{
	if (rc < 0)
		log_line(LOG_WARN, "later %s=%s", what, fault_code(rc));
}

static void write_out(struct later *l)
{
	complain("looks", look_flush(l->store));
	complain("sessions", session_flush(l->store, l->county));
}

static void sweep(struct later *l)
{
	int64_t now = l->now(l->ctx);

	complain("session_sweep", session_sweep(l->store, l->county, &l->limits, now));
	complain("nonce_sweep", api_nonce_sweep(l->store, l->county, now));
}

/* Sleep about a second, less when it is to stop; true when it goes on. */
static bool pause_a_second(struct later *l)
{
	struct timespec until;
	bool stop;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec++;
	pthread_mutex_lock(&l->lock);
	while (!l->stop && pthread_cond_timedwait(&l->wake, &l->lock, &until) == 0)
		;
	stop = l->stop;
	pthread_mutex_unlock(&l->lock);
	return !stop;
}

static void *run(void *arg)
{
	struct later *l = arg;

	for (unsigned round = 0; pause_a_second(l); round++) {
		write_out(l);
		if (round % SWEEP_EVERY == 0)
			sweep(l);
	}
	write_out(l);
	return NULL;
}

int later_start(struct store *st, int64_t county, const struct login_limits *limits,
	int64_t (*now)(void *ctx), void *ctx, struct later **ret_later)
{
	struct later *l = calloc(1, sizeof(*l));
	pthread_condattr_t attr;

	if (!l)
		return FAULT_MEMORY;
	l->store = st;
	l->county = county;
	l->limits = *limits;
	l->now = now;
	l->ctx = ctx;
	pthread_mutex_init(&l->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&l->wake, &attr);
	pthread_condattr_destroy(&attr);
	if (pthread_create(&l->thread, NULL, run, l) != 0) {
		pthread_cond_destroy(&l->wake);
		pthread_mutex_destroy(&l->lock);
		free(l);
		return FAULT_MEMORY;
	}
	*ret_later = l;
	return 0;
}

void later_stop(struct later *l)
{
	if (!l)
		return;
	pthread_mutex_lock(&l->lock);
	l->stop = true;
	pthread_cond_signal(&l->wake);
	pthread_mutex_unlock(&l->lock);
	pthread_join(l->thread, NULL);
	pthread_cond_destroy(&l->wake);
	pthread_mutex_destroy(&l->lock);
	free(l);
}
