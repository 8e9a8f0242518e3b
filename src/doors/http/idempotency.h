/* SPDX-License-Identifier: Apache-2.0 */
/* Idempotency-Key, as its header says in idempotency.c. */
#ifndef CANBAO_DOORS_HTTP_IDEMPOTENCY_H
#define CANBAO_DOORS_HTTP_IDEMPOTENCY_H

#include "base/log.h"
#include "doors/http/service.h"
#include "store/answered.h"

#define KEPT_SECONDS 86400 /* how long an answer is kept for its key */

struct exchange;

/* 0: go on; 1: the reply is filled; a fault. */
MUST_USE int idempotency_before(struct exchange *x);
/* Remember the answer, or give the key back. */
MUST_USE int idempotency_after(struct exchange *x);
/* Forget some answers that are too old; called now and then. */
void idempotency_sweep(struct service *s);

#endif
