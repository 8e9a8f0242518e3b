/* SPDX-License-Identifier: Apache-2.0 */
/* What a resident hands in: papers, registrations, tickets; and what they read of themselves. */
#include <jansson.h>
#include <openssl/rand.h>
#include <stdio.h>

#include "acts/ask_registration.h"
#include "acts/file_evidence.h"
#include "acts/name_mask.h"
#include "acts/open_ticket.h"
#include "acts/read_cover.h"
#include "acts/read_places.h"
#include "acts/take_payment.h"
#include "base/utf8.h"
#include "base/written.h"
#include "doors/http/http_office.h"
#include "doors/http/http_resident.h"
#include "doors/http/service.h"

/* Papers, registrations and tickets of one address an hour, like look-ups of one document. */
static bool may_hand_in(struct request *rq, struct reply *rp, const char *what)
{
	struct str key = arena_printf(rq->arena, "%s %.*s", what, STR_ARG(rq->address));

	if (key.p && rates_take(rq->service, RATE_DOCUMENT, key))
		return true;
	reply_problem(rq, rp, PROBLEM_RATE, NULL);
	return false;
}

/* A code that its owner can write down, to ask with later. */
static int new_code(struct request *rq, struct str *ret_code)
{
	unsigned char bytes[WRITTEN_BYTES];
	char *text = arena_alloc(rq->arena, WRITTEN_LENGTH + 1);

	if (!text || RAND_bytes(bytes, sizeof(bytes)) != 1)
		return FAULT_MEMORY;
	written_print(bytes, text);
	*ret_code = (struct str){ text, WRITTEN_LENGTH };
	return 0;
}

/* The code of the path, as it was given out.  False after 404, or 429: guessing it is as slow as
 * looking people up. */
static bool typed_code(struct request *rq, struct reply *rp, struct str *ret_code)
{
	struct str key = arena_printf(rq->arena, "code %.*s", STR_ARG(rq->address));
	char *text = arena_alloc(rq->arena, WRITTEN_LENGTH + 1);

	if (!key.p || !text || !rates_take(rq->service, RATE_LOOKUP, key)) {
		reply_problem(rq, rp, PROBLEM_RATE, NULL);
		return false;
	}
	if (!written_parse(rq->params[0], text)) {
		reply_problem(rq, rp, PROBLEM_NOT_FOUND, NULL);
		return false;
	}
	*ret_code = (struct str){ text, WRITTEN_LENGTH };
	return true;
}

static int read_body(struct request *rq, struct str *ret_bytes)
{
	FILE *f = rq->body_path ? fopen(rq->body_path, "rb") : NULL;
	char *p = arena_alloc(rq->arena, rq->body_bytes + 1);
	size_t n;

	if (!p && f)
		fclose(f);
	if (!f || !p)
		return f ? FAULT_MEMORY : FAULT_IO;
	n = fread(p, 1, rq->body_bytes + 1, f);
	fclose(f);
	if (n != rq->body_bytes)
		return FAULT_IO;
	*ret_bytes = (struct str){ p, n };
	return 0;
}

int http_evidence_file(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "kind", NULL };
	struct evidence_paper_new q = { .kind = request_query(rq, "kind") };
	struct err err = { "" };
	struct json_out *j;
	int rc;

	request_query_only(rq, names);
	if (!q.kind.p || !evidence_kind_known(q.kind))
		request_problem(rq, "kind", "请选择材料种类", "choose the kind of paper");
	if (request_invalid(rq, rp))
		return 0;
	if (!str_is(rq->content_type, "image/jpeg") && !str_is(rq->content_type, "image/png") &&
		!str_is(rq->content_type, "application/pdf"))
		return reply_problem(
			rq, rp, PROBLEM_MEDIA, "只收 JPEG、PNG 图片和 PDF / JPEG, PNG or PDF only");
	if (!may_hand_in(rq, rp, "evidence"))
		return 0;
	rc = rq->body_bytes ? read_body(rq, &q.bytes) : 0;
	if (rc == 0)
		rc = random_name(rq, &q.code);
	if (rc < 0)
		return rc;
	q.media = rq->content_type;
	rc = file_evidence(&rq->env, &q, &err);
	if (rc < 0)
		return reply_fault(rq, rp, rc, &err);
	j = reply_json(rp, 201);
	json_str(j, "code", q.code);
	return reply_json_end(rp);
}

static int put_registration(
	struct request *rq, struct json_out *j, const struct registration_state *r)
{
	struct registration_hint h = { { NULL, 0 }, { NULL, 0 } };
	int rc = 0;

	if (str_is(r->kind, "newborn") && !str_is(r->state, "declined"))
		rc = registration_hint(&rq->service->policy, r->birth, r->registered, rq->env.today,
			rq->arena, &h);
	json_str(j, "code", r->code);
	json_str(j, "kind", r->kind);
	json_str(j, "state", r->state);
	json_str(j, "name", name_mask(rq->arena, r->name));
	json_time(j, "asked_at", r->asked_at);
	json_time(j, "decided_at", r->decided_at);
	json_str(j, "reason", r->reason);
	json_str(j, "hint_zh", h.zh);
	json_str(j, "hint_en", h.en);
	return rc;
}

/* Texts of the array `evidence`. */
static size_t evidence_codes(struct request *rq, struct str *ret)
{
	json_t *list = rq->json ? json_object_get(rq->json, "evidence") : NULL;
	size_t n = json_is_array(list) ? json_array_size(list) : 0;

	if (n == 0 || n > REGISTRATION_EVIDENCE_MAX) {
		request_problem(
			rq, "evidence", "请上传 1 到 6 份材料", "one to six papers are needed");
		return 0;
	}
	for (size_t i = 0; i < n; i++) {
		json_t *v = json_array_get(list, i);

		if (!json_is_string(v) || json_string_length(v) == 0 ||
			json_string_length(v) > 40) {
			request_problem(
				rq, "evidence", "材料编号不对", "that is no code of a paper");
			return 0;
		}
		ret[i] = (struct str){ json_string_value(v), json_string_length(v) };
	}
	return n;
}

static struct str phone_of(struct request *rq)
{
	struct str text = json_text(rq, "phone", false, 20);
	char mobile[12];
	size_t digits = 0;

	if (!text.p)
		return text;
	if (mobile_check(text, mobile))
		return arena_str(rq->arena, str_of(mobile));
	for (size_t i = 0; i < text.n; i++)
		digits += text.p[i] >= '0' && text.p[i] <= '9';
	if (digits < 7)
		request_problem(rq, "phone", "电话号码不对", "that is no phone number");
	return text;
}

/* A 12-digit code of the body; 0 when absent. */
static int64_t division_of(struct request *rq, bool must)
{
	struct str text = json_text(rq, "division", must, 12);
	int64_t code = 0;

	if (text.p && (text.n != 12 || !str_int(text, &code) || code / 1000000 != rq->env.county))
		request_problem(rq, "division", "请选择本县的乡镇和村",
			"choose a town and village of this county");
	return code;
}

/* What the number says must agree with what was entered (SN-14: one's own real name and number). */
static void check_person(struct request *rq, const struct registration_ask *q)
{
	const struct document *d = q->document;

	if (q->birth != DAY_NONE && q->birth > rq->env.today)
		request_problem(rq, "birth", "出生日期在今天之后", "born after today");
	if (d->birth != DAY_NONE && q->birth != DAY_NONE && d->birth != q->birth)
		request_problem(rq, "birth", "出生日期与证件号码不一致，请核对",
			"date of birth and number differ");
	if (d->sex != SEX_UNKNOWN && q->sex && (int)d->sex != q->sex)
		request_problem(rq, "sex", "性别与证件号码不一致，请核对", "sex and number differ");
}

static bool read_ask(struct request *rq, struct registration_ask *q, struct document *document,
	unsigned char token[TOKEN_BYTES], struct str *codes)
{
	static const char *const names[] = { "kind", "name", "number", "sex", "birth", "division",
		"registered", "phone", "evidence", NULL };
	struct str kind, number;

	json_only(rq, names);
	kind = json_text(rq, "kind", true, 10);
	q->newborn = kind.p && str_is(kind, "newborn");
	if (kind.p && !q->newborn && !str_is(kind, "new"))
		request_problem(rq, "kind", "请选择登记种类", "newborn or new");
	q->name = json_text(rq, "name", true, 50);
	number = json_text(rq, "number", true, 40);
	q->sex = (int)json_int(rq, "sex", true, 1, 2, 0);
	q->birth = json_day(rq, "birth", true);
	q->division = division_of(rq, kind.p && !q->newborn);
	if (q->newborn && q->division)
		request_problem(
			rq, "division", "新生儿随监护人，不用填", "a newborn joins the guardian");
	q->registered = json_flag(rq, "registered", true);
	q->phone = phone_of(rq);
	q->evidence = codes;
	q->n_evidence = evidence_codes(rq, codes);
	q->document = document;
	q->token = token;
	if (number.p && resident_document(rq, "number", number, document, token))
		check_person(rq, q);
	return rq->fields.n == 0;
}

int http_registration_ask(struct request *rq, struct reply *rp)
{
	struct str codes[REGISTRATION_EVIDENCE_MAX];
	struct registration_ask q = { .guardian = 0 };
	unsigned char token[TOKEN_BYTES];
	struct registration_state r;
	struct err err = { "" };
	struct document d;
	struct json_out *j;
	int rc;

	if (!read_ask(rq, &q, &d, token, codes)) {
		request_invalid(rq, rp);
		return 0;
	}
	if (q.newborn && rq->caller.kind != CALLER_VISITOR)
		return reply_problem(rq, rp, PROBLEM_VISIT,
			"请监护人先输入自己的姓名和证件号码 / the guardian enters name and number first");
	if (!resident_may_look(rq, rp, token) || !may_hand_in(rq, rp, "registration"))
		return 0;
	if (q.newborn)
		q.guardian = visit_person(&rq->caller.visit, 0);
	rc = new_code(rq, &q.code);
	if (rc < 0)
		return rc;
	rc = ask_registration(&rq->env, &rq->service->policy, &q, rq->arena, &r, &err);
	if (rc < 0)
		return reply_fault(rq, rp, rc, &err);
	j = reply_json(rp, 201);
	rc = put_registration(rq, j, &r);
	return rc < 0 ? rc : reply_json_end(rp);
}

int http_registration_state(struct request *rq, struct reply *rp)
{
	struct registration_state r;
	struct json_out *j;
	struct str code;
	int rc;

	if (!typed_code(rq, rp, &code))
		return 0;
	rc = read_registration(&rq->env, code, rq->arena, &r);
	if (rc != 1)
		return rc < 0 ? rc : reply_problem(rq, rp, PROBLEM_NOT_FOUND, NULL);
	j = reply_json(rp, 200);
	rc = put_registration(rq, j, &r);
	return rc < 0 ? rc : reply_json_end(rp);
}

static void put_ticket(struct json_out *j, const struct ticket_state *t)
{
	json_str(j, "code", t->code);
	json_str(j, "kind", t->kind);
	json_str(j, "state", t->state);
	json_time(j, "opened_at", t->opened_at);
	json_time(j, "due_at", t->due_at);
	json_str(j, "text", t->words);
	json_str(j, "answer", t->answer);
	json_time(j, "answered_at", t->answered_at);
}

int http_ticket_open(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "kind", "text", "phone", "person", "division", NULL };
	struct ticket_ask q = { .person = 0 };
	struct ticket_state t;
	struct err err = { "" };
	struct json_out *j;
	int64_t place;
	int rc;

	json_only(rq, names);
	q.kind = json_text(rq, "kind", true, 20);
	q.words = json_text(rq, "text", true, 1000);
	q.phone = phone_of(rq);
	place = json_int(rq, "person", false, 0, VISIT_PEOPLE_MAX - 1, -1);
	q.division = division_of(rq, false);
	if (q.kind.p && !ticket_kind_known(q.kind))
		request_problem(rq, "kind", "请选择问题种类", "choose what is wrong");
	if (q.words.p && utf8_count(q.words) < 2)
		request_problem(rq, "text", "请写明情况", "say what is wrong");
	if (place >= (int64_t)rq->caller.visit.n && rq->caller.kind == CALLER_VISITOR)
		request_problem(rq, "person", "名单里没有这个人", "nobody holds this place");
	if (request_invalid(rq, rp))
		return 0;
	if (place >= 0 && rq->caller.kind != CALLER_VISITOR)
		return reply_problem(rq, rp, PROBLEM_VISIT, NULL);
	if (!may_hand_in(rq, rp, "ticket"))
		return 0;
	if (place >= 0)
		q.person = visit_person(&rq->caller.visit, (size_t)place);
	rc = new_code(rq, &q.code);
	if (rc < 0)
		return rc;
	rc = open_ticket(&rq->env, &q, rq->arena, &t, &err);
	if (rc < 0)
		return reply_fault(rq, rp, rc, &err);
	j = reply_json(rp, 201);
	put_ticket(j, &t);
	return reply_json_end(rp);
}

int http_ticket_state(struct request *rq, struct reply *rp)
{
	struct ticket_state t;
	struct json_out *j;
	struct str code;
	int rc;

	if (!typed_code(rq, rp, &code))
		return 0;
	rc = read_ticket(&rq->env, code, rq->arena, &t);
	if (rc != 1)
		return rc < 0 ? rc : reply_problem(rq, rp, PROBLEM_NOT_FOUND, NULL);
	j = reply_json(rp, 200);
	put_ticket(j, &t);
	return reply_json_end(rp);
}

static void put_payment(
	struct request *rq, struct json_out *j, const struct explain_payment *y, struct str order)
{
	const char *zh = NULL, *en = NULL;

	for (int i = 0; y->reason.p && i < SUSPENSE_REASON_COUNT; i++)
		if (str_is(y->reason, suspense_code((enum suspense_reason)i))) {
			zh = suspense_zh((enum suspense_reason)i);
			en = suspense_en((enum suspense_reason)i);
		}
	json_object(j, NULL);
	json_time(j, "at", y->paid_at);
	json_num(j, "fen", y->fen);
	json_str(j, "channel", channel_label(rq->service->policy.pack, y->channel));
	json_str(j, "state", y->state);
	json_strz(j, "reason_zh", zh);
	json_strz(j, "reason_en", en);
	json_str(j, "receipt", receipt_label(rq->arena, y->receipt_series, y->receipt));
	json_str(j, "order", order);
	json_close(j);
}

int http_visit_record(struct request *rq, struct reply *rp)
{
	struct own_record r;
	struct json_out *j;
	int64_t person;
	int rc = visit_person_asked(rq, rp, &person);

	if (rc != 1)
		return rc;
	rc = read_own_record(&rq->env, &rq->service->policy, person, rq->arena, &r);
	if (rc < 0)
		return rc;
	j = reply_json(rp, 200);
	json_array(j, "enrolments");
	for (size_t i = 0; i < r.n_enrolments; i++)
		json_enrolment(j, rq->service->policy.pack, &r.enrolments[i]);
	json_close(j);
	json_array(j, "payments");
	for (size_t i = 0; i < r.n_payments; i++)
		put_payment(rq, j, &r.payments[i], r.orders[i]);
	json_close(j);
	json_array(j, "registrations");
	for (size_t i = 0; rc == 0 && i < r.n_registrations; i++) {
		json_object(j, NULL);
		rc = put_registration(rq, j, &r.registrations[i]);
		json_close(j);
	}
	json_close(j);
	json_array(j, "tickets");
	for (size_t i = 0; i < r.n_tickets; i++) {
		json_object(j, NULL);
		put_ticket(j, &r.tickets[i]);
		json_close(j);
	}
	json_close(j);
	return rc < 0 ? rc : reply_json_end(rp);
}

int http_resident_divisions(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "town", NULL };
	const struct place **items;
	struct json_out *j;
	int64_t town;
	size_t n;
	int rc;

	request_query_only(rq, names);
	town = query_division(rq, "town");
	if (request_invalid(rq, rp))
		return 0;
	rc = read_places(&rq->env, town, rq->arena, &items, &n);
	if (rc == FAULT_MISSING) {
		request_problem(rq, "town", "没有这个乡镇", "no such town");
		request_invalid(rq, rp);
		return 0;
	}
	if (rc < 0)
		return rc;
	j = reply_json(rp, 200);
	json_array(j, "items");
	for (size_t i = 0; i < n; i++) {
		json_object(j, NULL);
		json_code(j, "code", items[i]->code);
		json_str(j, "name", items[i]->name);
		json_close(j);
	}
	json_close(j);
	return reply_json_end(rp);
}
