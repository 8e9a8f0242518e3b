/* SPDX-License-Identifier: Apache-2.0 */
/* Where a page of a list ordered by number begins, and which way it goes. */
#ifndef CANBAO_STORE_WAY_H
#define CANBAO_STORE_WAY_H

#include <stdbool.h>
#include <stdint.h>

struct way {
	int64_t from; /* the last number that was shown; 0: begin at this way's start */
	bool rising;  /* the smallest first; else the largest */
};

/* Rows stand between these two, neither included. */
static inline int64_t way_above(struct way w)
{
	return w.rising ? w.from : 0;
}

static inline int64_t way_below(struct way w)
{
	return w.rising || w.from == 0 ? INT64_MAX : w.from;
}

#endif
