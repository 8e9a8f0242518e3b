/* SPDX-License-Identifier: Apache-2.0 */
/* 数据障碍处理 an office reads and answers the tickets of its area (LB-54). */
#ifndef CANBAO_ACTS_ANSWER_TICKET_H
#define CANBAO_ACTS_ANSWER_TICKET_H

#include "acts/env.h"
#include "store/ticket.h"

struct ticket_view {
	struct ticket_row row;
	struct str phone; /* whole: it was left to be called; {NULL,0}: none */
	bool late;        /* open past its day */
};

/* Those of env->scope in `state` ("": any) behind (due_at, id), the most urgent first. */
MUST_USE int list_tickets(const struct env *env, struct str state, int64_t after_due,
	int64_t after_id, size_t max, struct arena *a, struct ticket_view **ret_items,
	size_t *ret_n);
/* Answer one of env->scope; `close`: nothing is left to do.  FAULT_MISSING: none of theirs;
 * FAULT_CONFLICT: closed already. */
MUST_USE int answer_ticket(const struct env *env, int64_t id, struct str answer, bool close,
	struct arena *a, struct ticket_view *ret_view, struct err *err);

#endif
