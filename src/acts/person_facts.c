/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/person_facts.h"

static void add_holdings(
	const struct pack *p, const struct dossier *d, day_t on, struct person_facts *r)
{
	for (size_t i = 0; i < d->n_memberships; i++) {
		const struct dossier_membership *m = &d->memberships[i];
		int c = m->certified <= on ? pack_category_by_code(p, m->category) : -1;

		if (c < 0)
			continue;
		if (r->facts.n_holdings == HOLDINGS_MAX) {
			r->too_many = true;
			return;
		}
		r->holdings[r->facts.n_holdings++] = (struct holding){
			.certified = m->certified, .ended = m->ended, .category = (uint8_t)c
		};
	}
}

static void happen(struct person_facts *r, int kind, day_t on, int64_t months)
{
	if (r->facts.n_happenings == HAPPENINGS_MAX) {
		r->too_many = true;
		return;
	}
	r->happenings[r->facts.n_happenings++] = (struct happening){ .on = on,
		.months = (int32_t)months,
		.kind = (uint8_t)kind,
		.first = kind == CIRCUMSTANCE_NEW_EMPLOYMENT };
}

/* Employee insurance in force bars; one that ended is a lapse. */
static void add_coverages(const struct dossier *d, day_t on, struct person_facts *r)
{
	for (size_t i = 0; i < d->n_coverages; i++) {
		const struct dossier_coverage *c = &d->coverages[i];

		if (!str_is(c->scheme, "310") || c->since > on)
			continue;
		if (c->ended == DAY_NONE || on < c->ended)
			r->facts.employee_insured = true;
		else
			happen(r, CIRCUMSTANCE_EMPLOYEE_LAPSE, c->ended,
				c->months < 0 ? 0 : c->months);
	}
}

void person_facts_fill(const struct pack *p, const struct dossier *d, day_t on, bool town_extended,
	struct person_facts *ret)
{
	enum document_kind kind = DOCUMENT_CITIZEN_ID;
	int level = -1, k;

	if (!str_is(d->doc_kind, "citizen_id") && !document_kind_parse(d->doc_kind, &kind))
		kind = DOCUMENT_PASSPORT;
	if (d->student_level.p)
		level = vocab_code(&vocab_student, d->student_level);
	ret->too_many = false;
	ret->facts = (struct facts){ .on = on,
		.birth = d->birth,
		.resident_since = DAY_NONE,
		.holdings = ret->holdings,
		.happenings = ret->happenings,
		.registered = d->registered,
		.resident = d->resident,
		.document = (uint8_t)kind,
		.student = level < 0 ? STUDENT_NONE : (uint8_t)level,
		.student_here = d->student_local,
		.town_extended = town_extended };
	add_holdings(p, d, on, ret);
	add_coverages(d, on, ret);
	for (size_t i = 0; i < d->n_circumstances; i++) {
		k = vocab_code(&vocab_circumstance, d->circumstances[i].kind);
		if (k >= 0 && d->circumstances[i].happened <= on)
			happen(ret, k, d->circumstances[i].happened, d->circumstances[i].months);
	}
}

void person_facts_cites(const struct pack *p, const struct ruling *r, struct buf *b)
{
	struct cites c;

	ruling_cites(p, r->bases, r->n_bases, &c);
	for (size_t i = 0; i < c.n_cites; i++) {
		if (b->n)
			buf_addc(b, ' ');
		buf_add(b, p->cites[c.cites[i]]);
	}
	for (size_t i = 0; i < c.n_readings; i++) {
		if (b->n)
			buf_addc(b, ' ');
		buf_add(b, p->readings[c.readings[i]].number);
	}
}
