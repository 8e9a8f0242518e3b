/* SPDX-License-Identifier: Apache-2.0 */
/* 操作日志 reading the trail: who did what. */
#ifndef CANBAO_ACTS_READ_TRAIL_H
#define CANBAO_ACTS_READ_TRAIL_H

#include "acts/env.h"

struct trail_query {
	struct str act, actor; /* {NULL,0}: all */
	int64_t from, before;  /* seconds UTC: from <= at < before */
	struct way way;        /* by id */
	size_t max;
};

struct trail_page {
	struct trail_line *items;
	size_t n;
	/* Where to go on, 0 at the end.  A page may be short, even empty, before the end: one
	 * reading looks at no more than TRAIL_WINDOW rows. */
	int64_t next;
};

MUST_USE int read_trail(const struct env *env, const struct trail_query *q, struct arena *a,
	struct trail_page *ret_page);

#endif
