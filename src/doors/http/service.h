/* SPDX-License-Identifier: Apache-2.0 */
/* What all requests share. */
#ifndef CANBAO_DOORS_HTTP_SERVICE_H
#define CANBAO_DOORS_HTTP_SERVICE_H

#include "acts/env.h"
#include "doors/http/metrics.h"
#include "doors/http/settings.h"

struct jobs;  /* jobs.h: background runner */
struct rates; /* rates.h: limits by address, account and document */

struct service {
	struct settings settings;
	struct store *store;
	const struct sheet_port *sheets;
	struct policy policy;            /* the season's pack */
	const struct pack *const *packs; /* all that were found, by code */
	size_t n_packs;
	int64_t county;
	struct metrics *metrics;
	struct jobs *jobs;
	struct rates *rates;
	/* The clock, injected; tests may stand still at a day. */
	int64_t (*now)(void *ctx);
	void *now_ctx;
};

#endif
