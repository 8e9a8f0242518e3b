/* SPDX-License-Identifier: Apache-2.0 */
/* 支付通知 a channel says that an order was paid: stored, judged and posted in one act, all of it
 * or nothing.
 *
 * Money is never refused and never lost.  What matches is taken line by line (take_lines): each
 * person is judged at the moment of payment, so that whoever was paid for meanwhile by somebody
 * else has this part in suspense (already_paid).  A wrong sum, a second payment of a paid order and
 * money for an order nobody knows go to suspense whole.  A notification after the order's half hour
 * is taken like any other. */
#ifndef CANBAO_ACTS_CONFIRM_ORDER_H
#define CANBAO_ACTS_CONFIRM_ORDER_H

#include "acts/place_order.h"
#include "acts/take_payment.h"

/* Of a serial: the parts of an order of several people are posted as SERIAL#1, SERIAL#2 …, which is
 * how a channel's file names them (流水号, 分笔序号). */
#define NOTIFY_SERIAL_MAX 56

struct notification {
	struct str order;
	struct str channel; /* code: the client's own */
	struct str serial;  /* 1..NOTIFY_SERIAL_MAX of [0-9A-Za-z_.:-] */
	struct money amount;
	int64_t paid_at; /* seconds since 1970-01-01 UTC */
};

enum notify_outcome {
	NOTIFY_TAKEN,    /* every line posted or, with its own reason, in suspense */
	NOTIFY_HELD,     /* the whole sum waits in suspense: wrong amount, or paid before */
	NOTIFY_UNKNOWN,  /* no such order of this channel; the sum waits in suspense */
	NOTIFY_REPEATED, /* the same notification again: nothing happened, the order as it stands */
	NOTIFY_DIFFERS   /* the same serial with other content: nothing happened */
};

MUST_USE bool notify_serial_good(struct str serial);
/* FAULT_FORMAT: no such channel, no such serial, or a payment from the future (a day ahead).
 * *ret_view is filled for NOTIFY_TAKEN, NOTIFY_HELD and NOTIFY_REPEATED of a known order (its
 * number is {NULL,0} else). */
MUST_USE int confirm_order(const struct env *env, const struct policy *policy,
	const struct notification *q, struct arena *a, enum notify_outcome *ret_outcome,
	struct order_view *ret_view, struct err *err);

#endif
