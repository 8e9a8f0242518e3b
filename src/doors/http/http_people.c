/* SPDX-License-Identifier: Apache-2.0 */
/* Residents for the offices: search, the whole number for a reason, who looked. */
#include <inttypes.h>

#include "acts/find_people.h"
#include "acts/look.h"
#include "acts/unmask.h"
#include "base/utf8.h"
#include "doors/http/http_office.h"
#include "doors/http/rates.h"
#include "doors/http/service.h"

static void put_line(struct json_out *j, const struct found_line *l)
{
	const struct found *w = &l->who;

	json_object(j, NULL);
	json_num(j, "id", w->id);
	json_str(j, "name", w->name);
	json_strz(j, "number", l->masked);
	json_num(j, "sex", w->sex);
	json_date(j, "birth", w->birth);
	json_str(j, "town", w->town);
	json_str(j, "village", w->village);
	json_str(j, "household", w->household);
	json_bool(j, "registered", w->registered);
	json_bool(j, "resident", w->resident);
	json_date(j, "died_on", w->died_on);
	json_strz(j, "state", standing_code(w->standing));
	json_close(j);
}

/* A division in a body, 12 digits as text; 0 when it is absent. */
static int64_t body_division(struct request *rq)
{
	struct str text = json_text(rq, "division", false, 12);
	int64_t code;

	if (!text.p)
		return 0;
	if (text.n == 12 && str_int(text, &code) && code / 1000000 == rq->env.county)
		return code % 1000000 ? code : 0;
	request_problem(rq, "division", "要本县的 12 位区划代码",
		"takes a twelve-digit division code of this county");
	return 0;
}

int http_people_search(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "number", "name", "division", NULL };
	struct find_request q = { .number = json_text(rq, "number", false, 40),
		.name = json_text(rq, "name", false, 50),
		.division = body_division(rq) };
	struct found_people people;
	struct err err = { "" };
	struct json_out *j;
	int rc;

	json_only(rq, names);
	if (!q.number.p == !q.name.p)
		request_problem(rq, "name", "请填证件号码或姓名，填一样",
			"give a number or a name, one of them");
	if (request_invalid(rq, rp))
		return 0;
	if (!rates_take(rq->service, RATE_LOOKUP, rq->caller.login))
		return reply_problem(rq, rp, PROBLEM_RATE, NULL);
	rc = find_people(&rq->env, &rq->service->policy, &q, rq->arena, &people, &err);
	if (rc < 0)
		return reply_fault(rq, rp, rc, &err);
	j = reply_json(rp, 200);
	json_array(j, "items");
	for (size_t i = 0; i < people.n; i++)
		put_line(j, &people.items[i]);
	json_close(j);
	json_bool(j, "more", people.more);
	return reply_json_end(rp);
}

int http_person_unmask(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "reason", NULL };
	struct str reason = json_text(rq, "reason", true, 200);
	struct unmasked u;
	struct err err = { "" };
	struct json_out *j;
	int64_t id;
	int rc;

	json_only(rq, names);
	if (reason.p && utf8_count(reason) < UNMASK_REASON_MIN)
		request_problem(rq, "reason", "至少写四个字", "takes four characters at least");
	if (request_invalid(rq, rp))
		return 0;
	if (!param_id(rq, 0, &id))
		return reply_problem(rq, rp, PROBLEM_NOT_FOUND, NULL);
	if (!rates_take(rq->service, RATE_LOOKUP, rq->caller.login))
		return reply_problem(rq, rp, PROBLEM_RATE, NULL);
	rq->env.reason = reason;
	rc = unmask(&rq->env, id, office_of(rq), rq->arena, &u, &err);
	if (rc < 0)
		return reply_fault(rq, rp, rc, &err);
	if (rc == 0)
		return reply_problem(rq, rp, PROBLEM_NOT_FOUND, NULL);
	j = reply_json(rp, 200);
	json_str(j, "number", u.number);
	json_str(j, "phone", u.phone);
	return reply_json_end(rp);
}

int http_person_looks(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "limit", "cursor", NULL };
	struct page page = request_page(rq);
	struct look *items;
	struct str next = { NULL, 0 };
	struct json_out *j;
	int64_t id, before = 0;
	size_t n, max = (size_t)page.limit;
	int rc;

	request_query_only(rq, names);
	if (request_invalid(rq, rp))
		return 0;
	if (!param_id(rq, 0, &id) || (page.after.p && !str_int(page.after, &before)))
		return reply_problem(rq, rp, PROBLEM_NOT_FOUND, NULL);
	rc = look_list_within(&rq->env, id, before, max + 1, rq->arena, &items, &n);
	if (rc < 0)
		return rc;
	if (rc == 0)
		return reply_problem(rq, rp, PROBLEM_NOT_FOUND, NULL);
	j = reply_json(rp, 200);
	json_array(j, "items");
	for (size_t i = 0; i < n && i < max; i++) {
		json_object(j, NULL);
		json_time(j, "at", items[i].at);
		json_str(j, "actor", items[i].actor);
		json_str(j, "office", items[i].office);
		json_strz(j, "what", look_code(items[i].what));
		json_str(j, "reason", items[i].reason);
		json_close(j);
	}
	json_close(j);
	if (n > max)
		next = arena_printf(rq->arena, "%" PRId64, items[max - 1].id);
	json_next(rq, j, next);
	return reply_json_end(rp);
}
