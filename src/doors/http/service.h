/* SPDX-License-Identifier: Apache-2.0 */
/* What all requests share. */
#ifndef CANBAO_DOORS_HTTP_SERVICE_H
#define CANBAO_DOORS_HTTP_SERVICE_H

#include <pthread.h>

#include "acts/env.h"
#include "acts/policy_port.h"
#include "doors/http/metrics.h"
#include "doors/http/rates.h"
#include "doors/http/settings.h"
#include "store/vault.h"

struct jobs; /* jobs.h: background runner */

struct service {
	struct settings settings;
	struct store *store;
	const struct sheet_port *sheets;
	struct policy policy;            /* the season's pack */
	const struct policy *policies;   /* all that were found, by code, with their digests */
	const struct pack *const *packs; /* the same without digests */
	size_t n_packs;
	int64_t county;
	struct metrics *metrics;
	struct jobs *jobs;
	struct rates *rates;
	/* For cookies and cursors (seal.h). */
	struct vault *vault;
	pthread_mutex_t vault_lock;
	/* The clock, injected; tests may stand still at a day.  Seconds UTC. */
	int64_t (*now)(void *ctx);
	void *now_ctx;
};

/* The local day (China time) of an instant. */
day_t service_day(int64_t now);

#endif
