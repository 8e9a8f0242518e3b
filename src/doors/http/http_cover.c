/* SPDX-License-Identifier: Apache-2.0 */
/* The insurance platform asks who is covered from when, and what is new (LB-29, SN-17). */
#include <inttypes.h>

#include "acts/read_cover.h"
#include "doors/http/http_office.h"
#include "doors/http/http_resident.h"
#include "doors/http/service.h"

int http_cover_search(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "number", NULL };
	unsigned char token[TOKEN_BYTES];
	struct explain_enrolment *items = NULL;
	struct document d;
	struct json_out *j;
	struct str number;
	bool found;
	size_t n;
	int rc;

	json_only(rq, names);
	number = json_text(rq, "number", true, 40);
	if (number.p && !resident_document(rq, "number", number, &d, token) && !rq->fields.n)
		return FAULT_MEMORY;
	if (request_invalid(rq, rp))
		return 0;
	rc = cover_search(&rq->env, &rq->service->policy, token, rq->arena, &found, &items, &n);
	if (rc < 0)
		return rc;
	j = reply_json(rp, 200);
	json_bool(j, "found", found);
	json_array(j, "items");
	for (size_t i = 0; i < n; i++)
		json_enrolment(j, NULL, &items[i]);
	json_close(j);
	return reply_json_end(rp);
}

static void put_change(struct json_out *j, const struct cover_told *t)
{
	const struct explain_enrolment *e = &t->change.enrolment;

	json_object(j, NULL);
	json_str(j, "number", t->number);
	json_str(j, "name", t->change.name);
	json_object(j, "enrolment");
	json_enrolment_fields(j, NULL, e);
	json_close(j);
	json_time(j, "at", t->change.at);
	json_close(j);
}

/* "AUDIT PERSON": the page goes on behind it, now or another day. */
static bool read_cursor(struct str text, int64_t *ret_audit, int64_t *ret_person)
{
	struct str audit;

	return str_cut(&text, STR(" "), &audit) && str_int(audit, ret_audit) &&
	       str_int(text, ret_person);
}

int http_cover_changes(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "limit", "cursor", NULL };
	struct page page = request_page(rq);
	int64_t audit = 0, person = 0;
	struct cover_told *items;
	struct json_out *j;
	size_t n;
	int rc;

	request_query_only(rq, names);
	if (page.after.p && !read_cursor(page.after, &audit, &person))
		request_problem(rq, "cursor", "翻页标记无效", "the cursor is not of this list");
	if (request_invalid(rq, rp))
		return 0;
	rc = cover_since(&rq->env, audit, person, (size_t)page.limit, rq->arena, &items, &n);
	if (rc < 0)
		return rc;
	j = reply_json(rp, 200);
	json_array(j, "items");
	for (size_t i = 0; i < n; i++)
		put_change(j, &items[i]);
	json_close(j);
	if (n) {
		audit = items[n - 1].change.audit;
		person = items[n - 1].change.person;
	}
	json_next(rq, j, arena_printf(rq->arena, "%" PRId64 " %" PRId64, audit, person));
	return reply_json_end(rp);
}
