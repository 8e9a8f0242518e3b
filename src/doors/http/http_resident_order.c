/* SPDX-License-Identifier: Apache-2.0 */
/* Orders: made by a visit, read by whoever holds the number. */
#include "acts/confirm_order.h"
#include "acts/name_mask.h"
#include "doors/http/http_office.h"
#include "doors/http/http_resident.h"
#include "doors/http/service.h"

struct str order_pay_url(struct request *rq, const struct order_view *v)
{
	const char *base = rq->service->settings.sim_url;

	if (!v->open || !base[0])
		return (struct str){ NULL, 0 };
	return arena_printf(rq->arena, "%s/pay/%.*s", base, STR_ARG(v->order.number));
}

static bool host_good(struct str host)
{
	for (size_t i = 0; i < host.n; i++) {
		char c = host.p[i];

		if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') &&
			c != '.' && c != '-' && c != ':' && c != '[' && c != ']')
			return false;
	}
	return host.n > 0 && host.n <= 255;
}

struct str order_check_url(struct request *rq, const struct order_view *v)
{
	struct str host = request_header(rq, "Host");
	const char *scheme = rq->service->settings.cookie_secure ? "https" : "http";

	return arena_printf(rq->arena, "%s%s%.*s/#/order/%.*s", host_good(host) ? scheme : "",
		host_good(host) ? "://" : "", host_good(host) ? (int)host.n : 0,
		host_good(host) ? host.p : "", STR_ARG(v->order.number));
}

static void put_line(struct request *rq, struct json_out *j, const struct order_line *l)
{
	bool posted = l->payment_state.p && str_is(l->payment_state, "posted");
	const char *zh = NULL, *en = NULL;

	for (int i = 0; l->reason.p && i < SUSPENSE_REASON_COUNT; i++)
		if (str_is(l->reason, suspense_code((enum suspense_reason)i))) {
			zh = suspense_zh((enum suspense_reason)i);
			en = suspense_en((enum suspense_reason)i);
		}
	json_object(j, NULL);
	json_str(j, "name", name_mask(rq->arena, l->name));
	json_num(j, "fen", l->fen);
	json_strz(j, "outcome", !l->payment ? NULL : posted ? "posted" : "suspended");
	json_date(j, "benefit_from", l->benefit_from);
	json_str(j, "receipt", receipt_label(rq->arena, l->receipt_series, l->receipt));
	json_strz(j, "reason_zh", zh);
	json_strz(j, "reason_en", en);
	json_close(j);
}

int json_order(struct request *rq, struct json_out *j, const struct order_view *v)
{
	bool closed = str_is(v->order.state, "open") && !v->open;

	json_str(j, "number", v->order.number);
	json_str(j, "state", closed ? STR("closed") : v->order.state);
	json_str(j, "policy", v->order.policy);
	json_str(j, "channel", v->order.channel);
	json_str(j, "channel_name", v->channel_name);
	json_num(j, "total_fen", v->order.fen);
	json_time(j, "made_at", v->order.made_at);
	json_time(j, "expires_at", v->order.expires_at);
	json_time(j, "paid_at", v->order.paid_at);
	json_str(j, "pay_url", order_pay_url(rq, v));
	json_array(j, "lines");
	for (size_t i = 0; i < v->n; i++)
		put_line(rq, j, &v->lines[i]);
	json_close(j);
	return 0;
}

static int answer_order(
	struct request *rq, struct reply *rp, int status, const struct order_view *v)
{
	struct json_out *j = reply_json(rp, status);
	int rc = json_order(rq, j, v);

	return rc < 0 ? rc : reply_json_end(rp);
}

int http_order_make(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "people", "channel", "total_fen", NULL };
	const struct visit *visit = &rq->caller.visit;
	int64_t places[VISIT_PEOPLE_MAX], persons[VISIT_PEOPLE_MAX];
	struct place_order q = { .persons = persons };
	struct order_view v;
	struct err err = { "" };
	int rc;

	json_only(rq, names);
	q.n = json_ints(rq, "people", true, 0, VISIT_PEOPLE_MAX - 1, places, VISIT_PEOPLE_MAX);
	q.channel = json_text(rq, "channel", true, 40);
	q.total_fen = json_int(rq, "total_fen", true, 1, MONEY_MAX_FEN, 0);
	for (size_t i = 0; i < q.n; i++) {
		if ((size_t)places[i] < visit->n)
			persons[i] = visit_person(visit, (size_t)places[i]);
		else
			request_problem(
				rq, "people", "名单里没有这个人", "nobody holds this place");
	}
	if (request_invalid(rq, rp))
		return 0;
	rc = random_name(rq, &q.number);
	if (rc < 0)
		return rc;
	rc = place_order(&rq->env, &rq->service->policy, &q, rq->arena, &v, &err);
	if (rc < 0)
		return reply_fault(rq, rp, rc, &err);
	metrics_add(rq->service->metrics, METRIC_ORDERS, 1);
	return answer_order(rq, rp, 201, &v);
}

int order_asked(struct request *rq, struct reply *rp, struct order_view *ret_view)
{
	int rc = read_order(&rq->env, &rq->service->policy, rq->params[0], rq->arena, ret_view);

	if (rc == 0)
		reply_problem(rq, rp, PROBLEM_NOT_FOUND, NULL);
	return rc;
}

int http_order_read(struct request *rq, struct reply *rp)
{
	struct order_view v;
	int rc = order_asked(rq, rp, &v);

	return rc == 1 ? answer_order(rq, rp, 200, &v) : rc;
}

int http_order_qr(struct request *rq, struct reply *rp)
{
	struct order_view v;
	struct str url;
	int rc = order_asked(rq, rp, &v);

	if (rc != 1)
		return rc;
	url = order_pay_url(rq, &v);
	if (!url.p)
		return reply_problem(rq, rp, PROBLEM_NOT_FOUND,
			"订单已经付过或已过时 / the order was paid or is over");
	buf_reset(&rp->body);
	rp->status = 200;
	rp->content_type = "image/svg+xml";
	return qr_svg(url, &rp->body);
}

int http_order_receipt(struct request *rq, struct reply *rp)
{
	struct order_view v;
	int rc = order_asked(rq, rp, &v);

	if (rc != 1)
		return rc;
	if (!str_is(v.order.state, "paid"))
		return reply_problem(rq, rp, PROBLEM_STATE,
			"订单还没有付款，没有凭证 / the order is not paid; there is no receipt yet");
	buf_reset(&rp->body);
	rp->status = 200;
	rp->content_type = "application/pdf";
	reply_header(rp, "Content-Disposition",
		arena_printf(rq->arena, "inline; filename=\"receipt-%.8s.pdf\"", v.order.number.p));
	return receipt_pdf(rq, &v, order_check_url(rq, &v), &rp->body);
}
