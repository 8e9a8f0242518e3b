/* SPDX-License-Identifier: Apache-2.0 */
/* What offices do with what residents handed in: papers, registrations, tickets. */
#include <inttypes.h>
#include <jansson.h>

#include "acts/answer_ticket.h"
#include "acts/decide_registration.h"
#include "acts/file_evidence.h"
#include "doors/http/http_office.h"
#include "doors/http/service.h"

static void put_paper(struct json_out *j, const struct evidence *e)
{
	json_object(j, NULL);
	json_num(j, "id", e->id);
	json_str(j, "kind", e->kind);
	json_str(j, "media", e->media);
	json_num(j, "bytes", e->bytes);
	json_time(j, "at", e->at);
	json_close(j);
}

int http_person_evidence(struct request *rq, struct reply *rp)
{
	struct evidence *items;
	struct json_out *j;
	int64_t id;
	size_t n;
	int rc;

	if (!param_id(rq, 0, &id))
		return reply_problem(rq, rp, PROBLEM_NOT_FOUND, NULL);
	rc = read_evidence_list(&rq->env, id, rq->arena, &items, &n);
	if (rc < 0)
		return reply_fault(rq, rp, rc, NULL);
	j = reply_json(rp, 200);
	json_array(j, "items");
	for (size_t i = 0; i < n; i++)
		put_paper(j, &items[i]);
	json_close(j);
	return reply_json_end(rp);
}

static const char *media_of(struct str media)
{
	static const char *const known[] = { "image/jpeg", "image/png", "application/pdf" };

	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (str_is(media, known[i]))
			return known[i];
	return "application/octet-stream";
}

/* Bytes from outside are shown as what they are and never run: nosniff and a sandbox come with
 * every answer, a PDF only to be saved. */
int http_evidence_read(struct request *rq, struct reply *rp)
{
	struct str media, bytes;
	int64_t id;
	int rc;

	if (!param_id(rq, 0, &id))
		return reply_problem(rq, rp, PROBLEM_NOT_FOUND, NULL);
	rc = read_evidence(&rq->env, id, office_of(rq), rq->arena, &media, &bytes);
	if (rc < 0)
		return reply_fault(rq, rp, rc, NULL);
	buf_reset(&rp->body);
	rp->status = 200;
	rp->content_type = media_of(media);
	if (str_is(media, "application/pdf"))
		reply_header(rp, "Content-Disposition",
			arena_printf(rq->arena, "attachment; filename=\"evidence-%" PRId64 ".pdf\"",
				id));
	buf_add(&rp->body, bytes);
	return buf_bad(&rp->body) ? FAULT_MEMORY : 0;
}

static void put_registration(struct json_out *j, const struct registration_view *v)
{
	const struct registration_row *r = &v->row;

	json_num(j, "id", r->id);
	json_str(j, "kind", r->kind);
	json_str(j, "state", r->state);
	json_str(j, "name", r->name);
	json_strz(j, "number", v->masked);
	json_num(j, "sex", r->sex);
	json_date(j, "birth", r->birth);
	json_str(j, "town", r->town);
	json_str(j, "village", r->village);
	json_bool(j, "registered", r->registered);
	json_bool(j, "in_register", r->in_register);
	json_str(j, "guardian", r->guardian);
	json_time(j, "asked_at", r->asked_at);
	json_time(j, "decided_at", r->decided_at);
	json_str(j, "decided_by", r->decided_by);
	json_str(j, "reason", r->reason);
	if (r->person)
		json_num(j, "person", r->person);
	else
		json_null(j, "person");
	json_array(j, "evidence");
	for (size_t i = 0; i < v->n_evidence; i++)
		put_paper(j, &v->evidence[i]);
	json_close(j);
}

/* A decision is never guessed from a field that is not there. */
static bool flag_of(struct request *rq, const char *name)
{
	if (!rq->json || !json_is_boolean(json_object_get(rq->json, name)))
		request_problem(rq, name, "要 true 或 false", "takes true or false");
	return rq->json && json_is_true(json_object_get(rq->json, name));
}

/* A query parameter out of a list; "" when absent. */
static struct str query_state(struct request *rq, const char *const *known)
{
	struct str v = request_query(rq, "state");

	if (!v.p)
		return STR("");
	for (; *known; known++)
		if (str_is(v, *known))
			return v;
	request_problem(rq, "state", "没有这种状态", "there is no such state");
	return STR("");
}

int http_registrations(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "state", "limit", "cursor", NULL };
	static const char *const states[] = { "asked", "accepted", "declined", NULL };
	struct str state = query_state(rq, states), next = { NULL, 0 };
	struct page page = request_page(rq);
	struct registration_view *items;
	struct json_out *j;
	int64_t after = 0;
	size_t n;
	int rc;

	request_query_only(rq, names);
	if (page.after.p && !str_int(page.after, &after))
		request_problem(rq, "cursor", "翻页标记无效", "the cursor is not of this list");
	if (request_invalid(rq, rp))
		return 0;
	rc = list_registrations(
		&rq->env, state, after, (size_t)page.limit + 1, rq->arena, &items, &n);
	if (rc < 0)
		return rc;
	j = reply_json(rp, 200);
	json_array(j, "items");
	for (size_t i = 0; i < n && i < (size_t)page.limit; i++) {
		json_object(j, NULL);
		put_registration(j, &items[i]);
		json_close(j);
	}
	json_close(j);
	if (n > (size_t)page.limit)
		next = arena_printf(rq->arena, "%" PRId64, items[page.limit - 1].row.id);
	json_next(rq, j, next);
	return reply_json_end(rp);
}

int http_registration_decide(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "accept", "reason", NULL };
	struct registration_view v;
	struct err err = { "" };
	struct json_out *j;
	struct str reason;
	int64_t id;
	bool accept;
	int rc;

	if (!param_id(rq, 0, &id))
		return reply_problem(rq, rp, PROBLEM_NOT_FOUND, NULL);
	json_only(rq, names);
	accept = flag_of(rq, "accept");
	reason = json_text(rq, "reason", !accept, 300);
	if (request_invalid(rq, rp))
		return 0;
	rc = decide_registration(&rq->env, id, accept, reason, rq->arena, &v, &err);
	if (rc < 0)
		return reply_fault(rq, rp, rc, rc == FAULT_MISSING ? NULL : &err);
	j = reply_json(rp, 200);
	put_registration(j, &v);
	return reply_json_end(rp);
}

static void put_ticket(struct json_out *j, const struct ticket_view *v)
{
	const struct ticket_row *t = &v->row;

	json_num(j, "id", t->id);
	json_str(j, "kind", t->kind);
	json_str(j, "state", t->state);
	json_str(j, "text", t->words);
	json_str(j, "town", t->town);
	if (t->person)
		json_num(j, "person", t->person);
	else
		json_null(j, "person");
	json_str(j, "person_name", t->person_name);
	json_str(j, "phone", v->phone);
	json_time(j, "opened_at", t->opened_at);
	json_time(j, "due_at", t->due_at);
	json_bool(j, "late", v->late);
	json_str(j, "answer", t->answer);
	json_time(j, "answered_at", t->answered_at);
	json_str(j, "answered_by", t->answered_by);
}

/* "DUE ID": the list goes on behind it. */
static bool ticket_cursor(struct str text, int64_t *ret_due, int64_t *ret_id)
{
	struct str due;

	return str_cut(&text, STR(" "), &due) && str_int(due, ret_due) && str_int(text, ret_id);
}

int http_tickets(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "state", "limit", "cursor", NULL };
	static const char *const states[] = { "open", "answered", "closed", NULL };
	struct str state = query_state(rq, states), next = { NULL, 0 };
	struct page page = request_page(rq);
	struct ticket_view *items;
	int64_t due = -1, id = 0;
	struct json_out *j;
	size_t n, limit = (size_t)page.limit;
	int rc;

	request_query_only(rq, names);
	if (page.after.p && !ticket_cursor(page.after, &due, &id))
		request_problem(rq, "cursor", "翻页标记无效", "the cursor is not of this list");
	if (request_invalid(rq, rp))
		return 0;
	rc = list_tickets(&rq->env, state, due, id, limit + 1, rq->arena, &items, &n);
	if (rc < 0)
		return rc;
	j = reply_json(rp, 200);
	json_array(j, "items");
	for (size_t i = 0; i < n && i < limit; i++) {
		json_object(j, NULL);
		put_ticket(j, &items[i]);
		json_close(j);
	}
	json_close(j);
	if (n > limit)
		next = arena_printf(rq->arena, "%" PRId64 " %" PRId64, items[limit - 1].row.due_at,
			items[limit - 1].row.id);
	json_next(rq, j, next);
	return reply_json_end(rp);
}

int http_ticket_answer(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "answer", "close", NULL };
	struct ticket_view v;
	struct err err = { "" };
	struct json_out *j;
	struct str answer;
	int64_t id;
	bool close;
	int rc;

	if (!param_id(rq, 0, &id))
		return reply_problem(rq, rp, PROBLEM_NOT_FOUND, NULL);
	json_only(rq, names);
	answer = json_text(rq, "answer", true, 1000);
	close = flag_of(rq, "close");
	if (request_invalid(rq, rp))
		return 0;
	rc = answer_ticket(&rq->env, id, answer, close, rq->arena, &v, &err);
	if (rc < 0)
		return reply_fault(rq, rp, rc, rc == FAULT_MISSING ? NULL : &err);
	j = reply_json(rp, 200);
	put_ticket(j, &v);
	return reply_json_end(rp);
}
