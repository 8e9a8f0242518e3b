/* SPDX-License-Identifier: Apache-2.0 */
/* What all requests share. */
#ifndef CANBAO_DOORS_HTTP_SERVICE_H
#define CANBAO_DOORS_HTTP_SERVICE_H

#include <pthread.h>

#include "acts/env.h"
#include "acts/policy_port.h"
#include "acts/session.h"
#include "doors/http/metrics.h"
#include "doors/http/rates.h"
#include "doors/http/settings.h"
#include "store/vault.h"

struct jobs; /* jobs.h: background runner */
struct later;

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
	struct later *later; /* what is written a moment later (acts/later.h) */
	/* The season's clock, which a demonstration may keep on one day, and the machine's own.
	 * Seconds UTC. */
	int64_t (*now)(void *ctx);
	int64_t (*wall)(void *ctx);
	void *now_ctx;
	int64_t started; /* by the machine's clock */
};

/* How strict log-ins are, by the settings. */
struct login_limits service_limits(const struct service *s);
/* The local day (China time) of an instant. */
day_t service_day(int64_t now);

#endif
