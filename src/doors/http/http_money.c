/* SPDX-License-Identifier: Apache-2.0 */
/* Bills, payments, who is missing; taking a payment at a counter. */
#include <inttypes.h>

#include "acts/bill_number.h"
#include "acts/counter_payment.h"
#include "acts/list_money.h"
#include "acts/read_missing.h"
#include "doors/http/http_office.h"
#include "doors/http/service.h"

#define CHINA_SECONDS (8 * 3600)

/* One of the words that a filter takes; {NULL,0} when it is absent. */
static struct str query_word(struct request *rq, const char *name, const char *const *words)
{
	struct str v = request_query(rq, name);

	for (size_t i = 0; v.p && words[i]; i++)
		if (str_is(v, words[i]))
			return v;
	if (v.p)
		request_problem(rq, name, "没有这一种", "there is no such one");
	return (struct str){ NULL, 0 };
}

static struct str number_text(struct request *rq, int64_t n)
{
	return n ? arena_printf(rq->arena, "%" PRId64, n) : (struct str){ NULL, 0 };
}

int http_payments(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "state", "channel", "from", "to", "division", "sort",
		"limit", "cursor", NULL };
	static const char *const states[] = { "posted", "suspense", NULL };
	const struct pack *p = rq->service->policy.pack;
	struct page page = request_page_sorted(rq, "time", true);
	day_t from = query_day(rq, "from", DAY_MIN), to = query_day(rq, "to", DAY_MAX);
	struct payment_filter f = { .policy = p->code,
		.state = query_word(rq, "state", states),
		.channel = request_query(rq, "channel"),
		.from = (int64_t)from * 86400 - CHINA_SECONDS,
		.until = ((int64_t)to + 1) * 86400 - CHINA_SECONDS,
		.division = query_division(rq, "division"),
		.rising = !page.falling };
	int64_t behind = page_number(rq, &page), next;
	struct payment_line *items;
	struct json_out *j;
	size_t n;
	int rc;

	request_query_only(rq, names);
	if (request_invalid(rq, rp))
		return 0;
	rc = list_payments(&rq->env, &f, behind, (size_t)page.limit, rq->arena, &items, &n, &next);
	if (rc < 0)
		return rc;
	j = reply_json(rp, 200);
	json_array(j, "items");
	for (size_t i = 0; i < n; i++)
		json_payment(j, rq->arena, p, &items[i].pay, items[i].person, items[i].name);
	json_close(j);
	json_next(rq, j, number_text(rq, next));
	return reply_json_end(rp);
}

static void put_bill(struct json_out *j, const struct pack *p, const struct bill_line *b)
{
	char number[BILL_NUMBER_LENGTH + 1];

	bill_number_make(p->benefit_year, b->person, number);
	json_object(j, NULL);
	json_strz(j, "number", number);
	json_num(j, "person", b->person);
	json_str(j, "name", b->name);
	json_str(j, "village", b->village);
	json_str(j, "state", b->state);
	json_str(j, "route", route_label(p, b->route));
	json_str(j, "category", category_label(p, b->category));
	json_num(j, "standard_fen", b->standard_fen);
	json_num(j, "subsidy_fen", b->subsidy_fen);
	json_num(j, "payable_fen", b->payable_fen);
	json_str(j, "payer", b->payer);
	json_str(j, "fund", b->fund);
	json_date(j, "assessed_on", b->assessed_on);
	json_close(j);
}

int http_bills(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "state", "category", "division", "sort", "limit",
		"cursor", NULL };
	static const char *const states[] = { "open", "paid", "funded", "withdrawn", NULL };
	const struct pack *p = rq->service->policy.pack;
	struct page page = request_page_sorted(rq, "number", false);
	struct bill_filter f = { .policy = p->code,
		.state = query_word(rq, "state", states),
		.category = request_query(rq, "category"),
		.division = query_division(rq, "division"),
		.falling = page.falling };
	int64_t after = page_number(rq, &page);
	size_t n, max = (size_t)page.limit;
	struct bill_line *items;
	struct json_out *j;
	int rc;

	request_query_only(rq, names);
	if (request_invalid(rq, rp))
		return 0;
	rc = list_bills(&rq->env, &f, after, max + 1, rq->arena, &items, &n);
	if (rc < 0)
		return rc;
	j = reply_json(rp, 200);
	json_array(j, "items");
	for (size_t i = 0; i < n && i < max; i++)
		put_bill(j, p, &items[i]);
	json_close(j);
	json_next(rq, j, number_text(rq, n > max ? items[max - 1].person : 0));
	return reply_json_end(rp);
}

static void put_missing(struct json_out *j, bool english, const struct missing_line *l)
{
	json_object(j, NULL);
	json_num(j, "person", l->who.person);
	json_str(j, "name", l->who.name);
	json_strz(j, "number", l->masked);
	json_num(j, "sex", l->who.sex);
	json_date(j, "birth", l->who.birth);
	json_str(j, "household", l->who.household);
	if (l->who.payable_fen < 0)
		json_null(j, "payable_fen");
	else
		json_num(j, "payable_fen", l->who.payable_fen);
	json_str(j, "category", l->category);
	json_str(j, "refusal", english ? l->refusal_en : l->refusal_zh);
	json_close(j);
}

/* "person/household" */
static void missing_cursor(struct request *rq, struct str after, struct missing_request *q)
{
	struct str id;

	if (!after.p)
		return;
	if (str_cut(&after, STR("/"), &id) && after.p && str_int(id, &q->after_person)) {
		q->after_household = after;
		return;
	}
	request_problem(rq, "cursor", "翻页标记无效，请从头查起",
		"the cursor is not of this list; start again");
}

static struct str missing_next(struct request *rq, const struct missing_line *l)
{
	return arena_printf(
		rq->arena, "%" PRId64 "/%.*s", l->who.person, STR_ARG(l->who.household));
}

int http_missing(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "division", "special", "limit", "cursor", NULL };
	struct page page = request_page(rq);
	size_t n, max = (size_t)page.limit;
	struct missing_request q = { .village = query_division(rq, "division"),
		.special = query_flag(rq, "special"),
		.max = max + 1 };
	struct str next = { NULL, 0 };
	struct missing_line *items;
	struct json_out *j;
	int rc;

	request_query_only(rq, names);
	missing_cursor(rq, page.after, &q);
	if (q.village == 0 && rq->fields.n == 0)
		request_problem(rq, "division", "请选一个村（社区）", "choose a village");
	if (request_invalid(rq, rp))
		return 0;
	rc = read_missing(&rq->env, &rq->service->policy, rq->env.today, &q, rq->arena, &items, &n);
	if (rc < 0)
		return reply_fault(rq, rp, rc, NULL);
	j = reply_json(rp, 200);
	json_array(j, "items");
	for (size_t i = 0; i < n && i < max; i++)
		put_missing(j, rq->english, &items[i]);
	json_close(j);
	if (n > max)
		next = missing_next(rq, &items[max - 1]);
	json_next(rq, j, next);
	return reply_json_end(rp);
}

static int put_taken(struct request *rq, struct reply *rp, const struct take_result *t)
{
	static const char *const outcomes[] = { "posted", "suspended", "repeated" };
	struct json_out *j = reply_json(rp, 201);
	struct str series = { NULL, 0 };

	if (t->outcome == TAKE_POSTED)
		series = arena_printf(rq->arena, "%s-%d", t->receipt_kind,
			rq->service->policy.pack->benefit_year);
	json_num(j, "payment", t->payment);
	json_strz(j, "outcome", outcomes[t->outcome]);
	json_suspense_reason(j, t->outcome == TAKE_SUSPENDED ? str_of(suspense_code(t->reason))
							     : (struct str){ NULL, 0 });
	if (t->expected_fen < 0)
		json_null(j, "expected_fen");
	else
		json_num(j, "expected_fen", t->expected_fen);
	json_date(j, "benefit_from", t->outcome == TAKE_POSTED ? t->benefit_from : DAY_NONE);
	json_str(j, "receipt", receipt_label(rq->arena, series, series.p ? t->receipt : 0));
	return reply_json_end(rp);
}

static enum metric outcome_metric(enum take_outcome o)
{
	if (o == TAKE_POSTED)
		return METRIC_PAYMENTS_POSTED;
	return o == TAKE_SUSPENDED ? METRIC_PAYMENTS_SUSPENDED : METRIC_PAYMENTS_SEEN;
}

int http_payment_take(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "person", "channel", "serial", "amount_fen", NULL };
	struct counter_request q = { .role = rq->caller.role,
		.person = json_int(rq, "person", true, 1, INT64_MAX, 0),
		.channel = json_text(rq, "channel", true, 40),
		.serial = json_text(rq, "serial", true, TAKE_SERIAL_MAX),
		.amount = { json_int(rq, "amount_fen", true, 1, 1000000000000, 0) } };
	struct err err = { "" };
	struct take_result t;
	int rc;

	json_only(rq, names);
	if (request_invalid(rq, rp))
		return 0;
	rq->env.on_behalf = arena_printf(rq->arena, "person %" PRId64, q.person);
	rc = counter_payment(&rq->env, &rq->service->policy, &q, &t, &err);
	if (rc < 0)
		return reply_fault(rq, rp, rc, &err);
	metrics_add(rq->service->metrics, outcome_metric(t.outcome), 1);
	return put_taken(rq, rp, &t);
}
