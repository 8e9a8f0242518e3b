/* SPDX-License-Identifier: Apache-2.0 */
/* 查询记录 who looked: looks that are written a moment later, and what a person may see of them.
 *
 * An office's look is written in the act that shows the record (look_add, store/look.h).  A
 * resident's own quote is not worth a commit of its own: look_later queues it. */
#ifndef CANBAO_ACTS_LOOK_H
#define CANBAO_ACTS_LOOK_H

#include "acts/env.h"
#include "store/look.h"

#define LOOK_QUEUE_MAX 16384

/* Queue a look; it is written within about a second, together with what else waits (later.h).
 * `actor`, `office` and `reason` are copied, cut at 63 bytes.  False when the queue is full: the
 * caller then writes it itself (look_now) or answers "busy". */
MUST_USE bool look_later(int64_t county, const struct look *l);
/* Write one look in an act of its own. */
MUST_USE int look_now(struct store *st, int64_t county, const struct look *l);
/* Write everything that waits; called by later.c.  Looks that could not be written stay queued. */
MUST_USE int look_flush(struct store *st);
/* How many wait. */
size_t look_waiting(void);

/* Looks at `person`, newest first, with id below `before` (0: from the newest). */
MUST_USE int look_list(const struct env *env, int64_t person, int64_t before, size_t max,
	struct arena *a, struct look **ret_items, size_t *ret_n);
/* The same for an office: 1; 0 when there is no such person within env->scope. */
MUST_USE int look_list_within(const struct env *env, int64_t person, int64_t before, size_t max,
	struct arena *a, struct look **ret_items, size_t *ret_n);

#endif
