/* SPDX-License-Identifier: Apache-2.0 */
/* A payment channel's notification. */
#include "acts/confirm_order.h"
#include "doors/http/http_resident.h"
#include "doors/http/service.h"

static void count(struct request *rq, enum notify_outcome outcome, const struct order_view *v)
{
	struct metrics *m = rq->service->metrics;
	int64_t waiting = 0;

	if (outcome == NOTIFY_REPEATED)
		metrics_add(m, METRIC_PAYMENTS_SEEN, 1);
	if (outcome == NOTIFY_HELD || outcome == NOTIFY_UNKNOWN)
		metrics_add(m, METRIC_PAYMENTS_SUSPENDED, 1);
	if (outcome != NOTIFY_TAKEN)
		return;
	for (size_t i = 0; i < v->n; i++)
		waiting += v->lines[i].reason.p != NULL;
	metrics_add(m, METRIC_PAYMENTS_SUSPENDED, waiting);
	metrics_add(m, METRIC_PAYMENTS_POSTED, (int64_t)v->n - waiting);
}

static int answer(struct request *rq, struct reply *rp, enum notify_outcome outcome,
	const struct order_view *v)
{
	struct json_out *j;
	int rc;

	count(rq, outcome, v);
	if (outcome == NOTIFY_UNKNOWN)
		return reply_problem(rq, rp, PROBLEM_NOT_FOUND,
			"没有这个订单；款项已按流水号记入待查 / no such order; the money is kept in suspense under its serial");
	if (outcome == NOTIFY_DIFFERS)
		return reply_problem(rq, rp, PROBLEM_CONFLICT,
			"同一流水号以前来过，内容不同 / the same serial came before with other content");
	j = reply_json(rp, 200);
	rc = json_order(rq, j, v);
	return rc < 0 ? rc : reply_json_end(rp);
}

int http_channel_notify(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "order", "serial", "amount_fen", "paid_at", NULL };
	struct notification q = { .channel = rq->params[0] };
	enum notify_outcome outcome;
	struct order_view v;
	struct err err = { "" };
	int rc;

	json_only(rq, names);
	q.order = json_text(rq, "order", true, ORDER_NUMBER_MAX);
	q.serial = json_text(rq, "serial", true, NOTIFY_SERIAL_MAX);
	q.amount.fen = json_int(rq, "amount_fen", true, 1, MONEY_MAX_FEN, 0);
	q.paid_at = json_int(rq, "paid_at", true, 0, 4102444800, 0);
	if (q.serial.p && !notify_serial_good(q.serial))
		request_problem(rq, "serial",
			"流水号只能用数字、字母和 _ - . :", "takes digits, letters and _ - . :");
	if (request_invalid(rq, rp))
		return 0;
	/* A channel speaks for itself only. */
	if (!rq->env.scope.channel.p || !str_eq(rq->env.scope.channel, q.channel))
		return reply_problem(rq, rp, PROBLEM_FORBIDDEN,
			"只能通知本渠道的缴费 / only payments of your own channel");
	rc = confirm_order(&rq->env, &rq->service->policy, &q, rq->arena, &outcome, &v, &err);
	return rc < 0 ? reply_fault(rq, rp, rc, &err) : answer(rq, rp, outcome, &v);
}
