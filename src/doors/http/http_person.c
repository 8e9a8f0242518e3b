/* SPDX-License-Identifier: Apache-2.0 */
/* GET /people/{id}: everything about one person, masked. */
#include "acts/bill_number.h"
#include "acts/explain.h"
#include "doors/http/http_office.h"
#include "doors/http/service.h"

struct record {
	struct request *rq;
	struct json_out *j;
	const struct pack *p;
	const struct explanation *x;
};

static void put_self(const struct record *r)
{
	const struct explanation *x = r->x;
	const struct person *who = &x->person;
	struct json_out *j = r->j;
	enum document_kind kind;

	json_num(j, "id", who->id);
	json_str(j, "name", who->name);
	json_strz(j, "number", x->masked);
	json_strz(j, "document",
		document_kind_parse(who->doc_kind, &kind) ? document_kind_name(kind) : "");
	json_num(j, "sex", who->sex);
	json_date(j, "birth", who->birth);
	json_str(j, "nation", who->nation);
	json_strz(j, "phone", x->phone[0] ? x->phone : NULL);
	json_str(j, "town", x->town);
	json_str(j, "village", x->village);
	json_str(j, "household", who->household);
	json_str(j, "relation", who->relation);
	json_bool(j, "registered", who->registered);
	json_bool(j, "resident", who->resident);
	json_date(j, "died_on", who->died_on);
	if (!x->dossier->student_level.p) {
		json_null(j, "student");
		return;
	}
	json_object(j, "student");
	json_str(j, "level", x->dossier->student_level);
	json_bool(j, "local", x->dossier->student_local);
	json_close(j);
}

static void put_refusal(const struct record *r)
{
	static const char *const without[] = { "route", "category", "standard_fen", "subsidy_fen",
		"payable_fen", "payer", "fund", "benefit_from", "benefit_to" };
	enum refusal why = r->x->ruling.refusal;

	json_strz(r->j, "decision", "refuse");
	json_strz(r->j, "reason", refusal_code(why));
	json_strz(r->j, "reason_zh", refusal_zh(why));
	json_strz(r->j, "reason_en", refusal_en(why));
	for (size_t i = 0; i < ARRAY_LEN(without); i++)
		json_null(r->j, without[i]);
}

static void put_enrol(const struct record *r)
{
	const struct ruling *g = &r->x->ruling;
	struct json_out *j = r->j;

	json_strz(j, "decision", "enrol");
	json_null(j, "reason");
	json_null(j, "reason_zh");
	json_null(j, "reason_en");
	json_str(j, "route", r->p->routes[g->route].name);
	json_str(j, "category",
		g->category < 0 ? (struct str){ NULL, 0 } : r->p->categories[g->category].name);
	json_num(j, "standard_fen", g->standard.fen);
	json_num(j, "subsidy_fen", g->subsidy.fen);
	json_num(j, "payable_fen", g->payable.fen);
	json_strz(j, "payer", vocab_payer.words[g->payer].code);
	json_strz(j, "fund", g->fund < 0 ? NULL : vocab_fund.words[g->fund].code);
	json_date(j, "benefit_from", g->benefit_from);
	json_date(j, "benefit_to", g->benefit_to);
}

static int put_ruling(const struct record *r)
{
	const struct explanation *x = r->x;
	int rc;

	json_object(r->j, "ruling");
	if (x->ruling.decision == RULING_REFUSE)
		put_refusal(r);
	else
		put_enrol(r);
	rc = json_cites(r->j, r->rq->arena, r->p, &x->ruling);
	if (rc == 0)
		rc = json_steps(r->j, r->rq->arena, r->p, &x->facts, &x->ruling);
	if (rc < 0)
		return rc;
	json_close(r->j);
	return 0;
}

static void put_categories(const struct record *r)
{
	const struct explanation *x = r->x;
	struct json_out *j = r->j;

	json_array(j, "categories");
	for (size_t i = 0; i < x->dossier->n_memberships; i++) {
		const struct dossier_membership *m = &x->dossier->memberships[i];
		int c = pack_category_by_code(r->p, m->category);

		json_object(j, NULL);
		json_str(j, "code", m->category);
		json_str(j, "name", category_label(r->p, m->category));
		if (c < 0)
			json_null(j, "subsidy_fen");
		else
			json_num(j, "subsidy_fen", pack_category_subsidy(r->p, (size_t)c).fen);
		json_date(j, "certified", m->certified);
		json_date(j, "ended", m->ended);
		json_str(j, "department", m->department);
		json_bool(j, "applies",
			c >= 0 && x->ruling.decision == RULING_ENROL && x->ruling.category == c);
		json_close(j);
	}
	json_close(j);
}

static void put_circumstances(const struct record *r)
{
	const struct dossier *d = r->x->dossier;
	struct json_out *j = r->j;

	json_array(j, "coverages");
	for (size_t i = 0; i < d->n_coverages; i++) {
		json_object(j, NULL);
		json_str(j, "scheme", d->coverages[i].scheme);
		json_date(j, "since", d->coverages[i].since);
		json_date(j, "ended", d->coverages[i].ended);
		if (d->coverages[i].months < 0)
			json_null(j, "months");
		else
			json_num(j, "months", d->coverages[i].months);
		json_close(j);
	}
	json_close(j);
	json_array(j, "circumstances");
	for (size_t i = 0; i < d->n_circumstances; i++) {
		json_object(j, NULL);
		json_str(j, "kind", d->circumstances[i].kind);
		json_date(j, "happened", d->circumstances[i].happened);
		json_close(j);
	}
	json_close(j);
}

static void put_bill(const struct record *r)
{
	const struct dossier_bill *b = &r->x->dossier->bill;
	char number[BILL_NUMBER_LENGTH + 1];

	if (!b->state.p) {
		json_null(r->j, "bill");
		return;
	}
	bill_number_make(r->p->benefit_year, r->x->person.id, number);
	json_object(r->j, "bill");
	json_strz(r->j, "number", number);
	json_str(r->j, "state", b->state);
	json_num(r->j, "payable_fen", b->payable_fen);
	json_close(r->j);
}

/* A department is not concerned with how somebody paid. */
static void put_money(const struct record *r)
{
	const struct explanation *x = r->x;
	size_t n = office_is_department(r->rq) ? 0 : x->n_payments;

	json_array(r->j, "payments");
	for (size_t i = 0; i < n; i++)
		json_payment(
			r->j, r->rq->arena, r->p, &x->payments[i], x->person.id, x->person.name);
	json_close(r->j);
	json_array(r->j, "enrolments");
	for (size_t i = 0; i < x->n_enrolments; i++)
		json_enrolment(r->j, r->p, &x->enrolments[i]);
	json_close(r->j);
}

static void put_changes(const struct record *r)
{
	struct json_out *j = r->j;

	json_array(j, "changes");
	for (size_t i = 0; i < r->x->n_changes; i++) {
		const struct explain_change *h = &r->x->changes[i];

		json_object(j, NULL);
		json_time(j, "at", h->at);
		json_str(j, "actor", h->actor);
		json_str(j, "field", h->field);
		json_str(j, "was", h->was);
		json_str(j, "became", h->became);
		json_close(j);
	}
	json_close(j);
}

/* The household stands in one village; who is seen by list or school is seen alone. */
static void put_members(const struct record *r)
{
	const struct scope *s = &r->rq->env.scope;
	size_t n = s->department.p || s->school.p ? 0 : r->x->n_members;
	struct json_out *j = r->j;

	json_array(j, "members");
	for (size_t i = 0; i < n; i++) {
		const struct explain_member *m = &r->x->members[i];

		json_object(j, NULL);
		json_num(j, "id", m->person);
		json_str(j, "name", m->name);
		json_str(j, "relation", m->relation);
		json_date(j, "birth", m->birth);
		json_bool(j, "died", m->died_on != DAY_NONE);
		json_bool(j, "enrolled", m->enrolled);
		json_close(j);
	}
	json_close(j);
}

int http_person_read(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { NULL };
	struct explanation *x = ARENA_NEW(rq->arena, struct explanation);
	struct record r = { .rq = rq, .p = rq->service->policy.pack, .x = x };
	struct err err = { "" };
	int64_t id;
	int rc;

	request_query_only(rq, names);
	if (request_invalid(rq, rp))
		return 0;
	if (!param_id(rq, 0, &id))
		return reply_problem(rq, rp, PROBLEM_NOT_FOUND, NULL);
	if (!x)
		return FAULT_MEMORY;
	rc = explain_person(&rq->env, &rq->service->policy, id, office_of(rq), rq->env.today,
		rq->arena, x, &err);
	if (rc < 0)
		return reply_fault(rq, rp, rc, &err);
	if (!x->found)
		return reply_problem(rq, rp, PROBLEM_NOT_FOUND, NULL);
	r.j = reply_json(rp, 200);
	put_self(&r);
	rc = put_ruling(&r);
	if (rc < 0)
		return rc;
	put_categories(&r);
	put_circumstances(&r);
	put_bill(&r);
	put_money(&r);
	put_changes(&r);
	put_members(&r);
	json_num(r.j, "other_cover", (int64_t)x->n_ceiling);
	return reply_json_end(rp);
}
