/* SPDX-License-Identifier: Apache-2.0 */
/* 稍后写入 what is written a moment later: looks, when sessions were last seen; and what is swept:
 * sessions that are over, nonces that are too old.  One thread a server. */
#ifndef CANBAO_ACTS_LATER_H
#define CANBAO_ACTS_LATER_H

#include "acts/session.h"

struct later;

/* Start the thread: about once a second it writes what waits, once a minute it sweeps.  `now` is
 * the clock (ctx is handed to it).  `limits` is copied. */
MUST_USE int later_start(struct store *st, int64_t county, const struct login_limits *limits,
	int64_t (*now)(void *ctx), void *ctx, struct later **ret_later);
/* Write what waits and stop.  NULL is fine. */
void later_stop(struct later *l);

#endif
