/* SPDX-License-Identifier: Apache-2.0 */
/* A resident's visit: name and number, the people it is about, why an amount, who looked.
 *
 * Nothing tells a number nobody has from one that is somebody else's: the same look-up, the same
 * answer, no cookie in either case. */
#include <openssl/rand.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "acts/look.h"
#include "acts/name_mask.h"
#include "base/hex.h"
#include "doors/http/http_office.h"
#include "doors/http/http_resident.h"
#include "doors/http/service.h"
#include "doors/http/visit.h"

int64_t visit_person(const struct visit *v, size_t place)
{
	BUG_IF(place >= v->n);
	return v->people[place] & ~VISIT_BY_TAIL;
}

int visit_person_asked(struct request *rq, struct reply *rp, int64_t *ret_person)
{
	static const char *const names[] = { "person", NULL };
	int64_t place;

	request_query_only(rq, names);
	place = query_int(rq, "person", 0, VISIT_PEOPLE_MAX - 1, 0);
	if (request_invalid(rq, rp))
		return 0;
	if ((size_t)place >= rq->caller.visit.n) {
		reply_problem(rq, rp, PROBLEM_NOT_FOUND, NULL);
		return 0;
	}
	*ret_person = visit_person(&rq->caller.visit, (size_t)place);
	return 1;
}

int random_name(struct request *rq, struct str *ret)
{
	unsigned char bytes[RANDOM_TEXT / 2];
	char *text = arena_alloc(rq->arena, RANDOM_TEXT + 1);

	if (!text || RAND_bytes(bytes, sizeof(bytes)) != 1)
		return FAULT_MEMORY;
	hex_print(bytes, sizeof(bytes), text);
	*ret = (struct str){ text, RANDOM_TEXT };
	return 0;
}

bool resident_document(struct request *rq, const char *field, struct str number,
	struct document *ret_document, unsigned char ret_token[TOKEN_BYTES])
{
	enum document_fault wrong = DOCUMENT_EMPTY;

	if (quote_document(&rq->env, number, ret_document, ret_token, &wrong) == 0)
		return true;
	if (wrong != DOCUMENT_FINE)
		request_problem(rq, field, document_fault_zh(wrong), document_fault_en(wrong));
	return false;
}

bool resident_may_look(struct request *rq, struct reply *rp, const unsigned char token[TOKEN_BYTES])
{
	struct str key = { (const char *)token, TOKEN_BYTES };

	if (rates_take(rq->service, RATE_LOOKUP, rq->address) &&
		rates_take(rq->service, RATE_DOCUMENT, key))
		return true;
	reply_problem(rq, rp, PROBLEM_RATE, NULL);
	return false;
}

/* What the page typed in this request, shown as it was typed. */
struct typed {
	struct str name;
	char masked[DOCUMENT_MAX + 1];
	bool found;
};

static void put_price(struct json_out *j, const struct quote *q)
{
	static const char *const money[] = { "standard_fen", "subsidy_fen", "payable_fen" };
	const int64_t fen[] = { q->standard_fen, q->subsidy_fen, q->payable_fen };

	for (size_t i = 0; i < ARRAY_LEN(money); i++) {
		if (q->priced)
			json_num(j, money[i], fen[i]);
		else
			json_null(j, money[i]);
	}
	json_strz(j, "payer", q->payer);
	json_str(j, "category", q->category);
	json_str(j, "route", q->route);
	json_date(j, "benefit_from", q->benefit_from);
	json_date(j, "benefit_to", q->benefit_to);
	json_strz(j, "bill", q->bill[0] ? q->bill : NULL);
}

static void put_quote(struct json_out *j, size_t place, const struct quote *q, struct str name,
	const char *number)
{
	json_object(j, NULL);
	json_num(j, "place", (int64_t)place);
	json_strz(j, "state", quote_state_code(q->state));
	json_str(j, "name", name);
	json_strz(j, "number", number);
	put_price(j, q);
	json_strz(j, "reason", q->reason);
	json_strz(j, "reason_zh", q->reason_zh);
	json_strz(j, "reason_en", q->reason_en);
	json_str(j, "todo_zh", q->todo_zh);
	json_str(j, "todo_en", q->todo_en);
	json_array(j, "cites");
	for (size_t i = 0; i < q->n_cites; i++) {
		json_object(j, NULL);
		json_str(j, "clause", q->cites[i].clause);
		json_str(j, "text", q->cites[i].text);
		json_close(j);
	}
	json_close(j);
	json_bool(j, "benefits_soon", q->benefits_soon);
	json_close(j);
}

static void put_household(struct json_out *j, const struct quote_member *m, size_t n)
{
	json_array(j, "household");
	for (size_t i = 0; i < n; i++) {
		json_object(j, NULL);
		json_num(j, "member", m[i].place);
		json_str(j, "name", m[i].name);
		json_str(j, "relation", m[i].relation);
		json_bool(j, "enrolled", m[i].enrolled);
		json_close(j);
	}
	json_close(j);
}

/* The answer: the people of `v`, then whoever was typed and not found. */
static int put_visit(
	struct request *rq, struct reply *rp, const struct visit *v, const struct typed *t)
{
	const struct policy *policy = &rq->service->policy;
	int64_t persons[VISIT_PEOPLE_MAX];
	struct quote *quotes = NULL, nobody;
	struct quote_member *members = NULL;
	struct json_out *j;
	size_t n_members = 0;
	int rc = 0;

	for (size_t i = 0; i < v->n; i++)
		persons[i] = visit_person(v, i);
	if (v->n)
		rc = quote_people(
			&rq->env, policy, persons, v->n, rq->arena, &quotes, &members, &n_members);
	if (rc < 0)
		return rc == FAULT_MISSING ? reply_problem(rq, rp, PROBLEM_VISIT, NULL) : rc;
	j = reply_json(rp, 200);
	json_str(j, "policy", policy->pack->code);
	json_date(j, "today", rq->env.today);
	json_array(j, "people");
	for (size_t i = 0; i < v->n; i++)
		put_quote(j, i, &quotes[i],
			v->people[i] & VISIT_BY_TAIL ? name_mask(rq->arena, quotes[i].name)
						     : quotes[i].name,
			quotes[i].masked);
	if (t && !t->found) {
		quote_nobody(&nobody);
		put_quote(j, v->n, &nobody, t->name, t->masked);
	}
	json_close(j);
	put_household(j, members, n_members);
	return reply_json_end(rp);
}

/* The person learns of every look, also of the one through this page. */
static int note_look(struct request *rq, int64_t person)
{
	struct look l = { .person = person,
		.at = rq->env.now,
		.actor = STR("visitor"),
		.office = STR("visitor"),
		.what = LOOK_QUOTE };

	return look_later(rq->env.county, &l) ? 0 : look_now(rq->env.store, rq->env.county, &l);
}

static int identify(struct request *rq, struct reply *rp, struct str name, struct str number,
	struct typed *ret_typed, int64_t *ret_person)
{
	unsigned char token[TOKEN_BYTES];
	struct document d;
	int rc;

	if (!resident_document(rq, "number", number, &d, token)) {
		if (!request_invalid(rq, rp))
			return FAULT_MEMORY;
		return 0;
	}
	if (!resident_may_look(rq, rp, token))
		return 0;
	*ret_typed = (struct typed){ .name = name };
	document_mask((struct str){ d.number, d.length }, ret_typed->masked);
	*ret_person = 0;
	rc = quote_identify(&rq->env, name, token, ret_person);
	ret_typed->found = rc == 1;
	return rc < 0 ? rc : 1;
}

int http_visit_open(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "policy", "name", "number", NULL };
	struct visit v = { .n = 0 };
	struct str policy, name, number;
	struct typed t;
	int64_t person;
	int rc;

	json_only(rq, names);
	policy = json_text(rq, "policy", true, 40);
	name = json_text(rq, "name", true, 50);
	number = json_text(rq, "number", true, 40);
	if (policy.p && !str_eq(policy, rq->service->policy.pack->code))
		request_problem(
			rq, "policy", "现在不收这一年度的", "that year is not collected now");
	if (request_invalid(rq, rp))
		return 0;
	rc = identify(rq, rp, name, number, &t, &person);
	if (rc != 1)
		return rc;
	metrics_add(rq->service->metrics, METRIC_VISITS, 1);
	if (t.found) {
		v.people[v.n++] = person;
		visit_write(rq, rp, &v);
		rc = note_look(rq, person);
		if (rc < 0)
			return rc;
	}
	return put_visit(rq, rp, &v, &t);
}

int http_visit_read(struct request *rq, struct reply *rp)
{
	return put_visit(rq, rp, &rq->caller.visit, NULL);
}

int http_visit_close(struct request *rq, struct reply *rp)
{
	visit_end(rq, rp);
	return reply_nothing(rp);
}

/* Wrong tails of a visit's first person: five lock the adding for ten minutes.  In memory, a
 * bounded table; who tried longest ago is forgotten first. */
#define TAIL_SLOTS 1024
#define TAIL_WRONG_MAX 5
#define TAIL_LOCK_SECONDS 600

static struct tail_slot {
	int64_t person, until;
	int wrong;
} tails[TAIL_SLOTS];
static pthread_mutex_t tails_lock = PTHREAD_MUTEX_INITIALIZER;

static struct tail_slot *tail_slot(int64_t person)
{
	struct tail_slot *oldest = &tails[0];

	for (size_t i = 0; i < TAIL_SLOTS; i++) {
		if (tails[i].person == person)
			return &tails[i];
		if (tails[i].until < oldest->until)
			oldest = &tails[i];
	}
	*oldest = (struct tail_slot){ .person = person };
	return oldest;
}

/* Counts a try before it is made, so that many at once do not slip through; false: locked. */
static bool tail_try(int64_t person, int64_t now)
{
	struct tail_slot *s;
	bool free;

	pthread_mutex_lock(&tails_lock);
	s = tail_slot(person);
	if (s->until <= now)
		s->wrong = 0;
	free = s->wrong < TAIL_WRONG_MAX;
	if (free) {
		s->wrong++;
		s->until = now + TAIL_LOCK_SECONDS;
	}
	pthread_mutex_unlock(&tails_lock);
	return free;
}

static void tail_right(int64_t person)
{
	struct tail_slot *s;

	pthread_mutex_lock(&tails_lock);
	s = tail_slot(person);
	if (s->wrong > 0)
		s->wrong--;
	pthread_mutex_unlock(&tails_lock);
}

static bool in_visit(const struct visit *v, int64_t person)
{
	for (size_t i = 0; i < v->n; i++)
		if (visit_person(v, i) == person)
			return true;
	return false;
}

static int add_person(struct request *rq, struct reply *rp, struct visit *v, int64_t person,
	bool by_tail, const struct typed *t)
{
	int rc;

	if (in_visit(v, person))
		return reply_problem(rq, rp, PROBLEM_CONFLICT,
			"这个人已经在名单里了 / this person is in the list already");
	v->people[v->n++] = by_tail ? person | VISIT_BY_TAIL : person;
	visit_write(rq, rp, v);
	rc = note_look(rq, person);
	return rc < 0 ? rc : put_visit(rq, rp, v, t);
}

static int add_by_tail(
	struct request *rq, struct reply *rp, struct visit *v, int member, struct str tail)
{
	int64_t first = visit_person(v, 0), person = 0;
	int rc;

	if (!tail_try(first, rq->env.now))
		return reply_problem(rq, rp, PROBLEM_RATE,
			"后四位连续输错五次，请十分钟后再试，或直接输入姓名和证件号码 / five wrong tries; wait ten minutes, or enter name and number");
	rc = quote_member_by_tail(&rq->env, &rq->service->policy, first, member, tail, &person);
	if (rc < 0)
		return rc;
	if (rc == 0) {
		request_problem(rq, "tail", "证件号码后四位不对", "these are not the last four");
		request_invalid(rq, rp);
		return 0;
	}
	tail_right(first);
	return add_person(rq, rp, v, person, true, NULL);
}

/* 0000 to 9999, the last may be X. */
static bool tail_good(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!(s.p[i] >= '0' && s.p[i] <= '9') &&
			!(i == 3 && (s.p[i] == 'x' || s.p[i] == 'X')))
			return false;
	return s.n == 4;
}

int http_visit_add(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "name", "number", "member", "tail", NULL };
	struct visit v = rq->caller.visit;
	struct str name, number, tail;
	struct typed t;
	int64_t member, person;
	int rc;

	json_only(rq, names);
	member = json_int(rq, "member", false, 1, QUOTE_MEMBERS_MAX, 0);
	name = json_text(rq, "name", member == 0, 50);
	number = json_text(rq, "number", member == 0, 40);
	tail = json_text(rq, "tail", member != 0, 4);
	if (tail.p && !tail_good(tail))
		request_problem(
			rq, "tail", "填证件号码的后四位", "takes the last four of the number");
	if (member ? name.p || number.p : tail.p != NULL)
		request_problem(rq, "member", "要么选家人填后四位，要么填姓名和证件号码",
			"either a member with the last four, or name and number");
	if (request_invalid(rq, rp))
		return 0;
	if (v.n == VISIT_PEOPLE_MAX)
		return reply_problem(rq, rp, PROBLEM_CONFLICT,
			"一次最多办理 8 个人 / at most eight people at once");
	if (member)
		return add_by_tail(rq, rp, &v, (int)member, tail);
	rc = identify(rq, rp, name, number, &t, &person);
	if (rc != 1)
		return rc;
	return t.found ? add_person(rq, rp, &v, person, false, &t) : put_visit(rq, rp, &v, &t);
}

static void put_quote_step(struct json_out *j, const char *zh, const char *en)
{
	json_object(j, NULL);
	json_strz(j, "zh", zh);
	json_strz(j, "en", en);
	json_null(j, "fen");
	json_null(j, "clause");
	json_close(j);
}

int http_visit_why(struct request *rq, struct reply *rp)
{
	const struct pack *p = rq->service->policy.pack;
	struct quote_member *members;
	struct json_out *j;
	struct quote *q;
	size_t n;
	int64_t person;
	int rc = visit_person_asked(rq, rp, &person);

	if (rc != 1)
		return rc;
	rc = quote_people(&rq->env, &rq->service->policy, &person, 1, rq->arena, &q, &members, &n);
	if (rc < 0)
		return rc == FAULT_MISSING ? reply_problem(rq, rp, PROBLEM_NOT_FOUND, NULL) : rc;
	j = reply_json(rp, 200);
	json_num(j, "place", query_int(rq, "person", 0, VISIT_PEOPLE_MAX - 1, 0));
	if (q->ruled) {
		rc = json_steps(j, rq->arena, p, &q->facts, &q->ruling);
		if (rc == 0)
			rc = json_cites(j, rq->arena, p, &q->ruling);
		return rc < 0 ? rc : reply_json_end(rp);
	}
	json_array(j, "steps");
	put_quote_step(j, q->reason_zh ? q->reason_zh : "", q->reason_en ? q->reason_en : "");
	json_close(j);
	json_array(j, "cites");
	json_close(j);
	return reply_json_end(rp);
}

#define LOOKS_SHOWN 100

static void put_look(struct json_out *j, const struct look *l)
{
	enum role r;
	bool known = role_parse(l->office, &r);

	json_object(j, NULL);
	json_time(j, "at", l->at);
	json_strz(j, "office_zh", known ? role_zh(r) : "本人查询页面");
	json_strz(j, "office_en", known ? role_en(r) : "the resident's page");
	json_strz(j, "what", look_code(l->what));
	json_str(j, "reason", l->reason);
	json_close(j);
}

int http_visit_looks(struct request *rq, struct reply *rp)
{
	struct json_out *j;
	struct look *items;
	int64_t person;
	size_t n;
	int rc = visit_person_asked(rq, rp, &person);

	if (rc != 1)
		return rc;
	rc = look_list(&rq->env, person, 0, LOOKS_SHOWN, rq->arena, &items, &n);
	if (rc < 0)
		return rc;
	j = reply_json(rp, 200);
	json_array(j, "items");
	for (size_t i = 0; i < n; i++)
		put_look(j, &items[i]);
	json_close(j);
	return reply_json_end(rp);
}
