/* SPDX-License-Identifier: Apache-2.0 */
/* Assessing (核定) the persons of one step: what each owes, and what of it is to be written. */
#include "acts/assess_step.h"

#include <stdio.h>

static struct str cites_of(struct assess_work *r, const struct ruling *ruling)
{
	struct buf b;
	bool same = r->cites.p && ruling->n_bases == r->n_cite_bases;

	for (size_t i = 0; same && i < r->n_cite_bases; i++)
		same = ruling->bases[i] == r->cite_bases[i];
	if (same)
		return r->cites;
	buf_init(&b, 4096);
	person_facts_cites(r->policy->pack, ruling, &b);
	r->cites = arena_str(&r->round, buf_str(&b));
	buf_release(&b);
	r->n_cite_bases = ruling->n_bases;
	for (size_t i = 0; i < r->n_cite_bases; i++)
		r->cite_bases[i] = ruling->bases[i];
	return r->cites;
}

static void keep_change(struct assess_work *r, const struct dossier *d, int64_t now_fen,
	struct str category, struct str reason)
{
	struct assess_change *c;

	if (r->report->n_changes == ASSESS_CHANGES_KEPT)
		return;
	c = &r->report->changes[r->report->n_changes++];
	*c = (struct assess_change){ .person = d->person,
		.was_fen = d->bill.state.p && !str_is(d->bill.state, "withdrawn")
				   ? d->bill.payable_fen
				   : -1,
		.now_fen = now_fen };
	snprintf(c->was_category, sizeof(c->was_category), "%.*s", STR_ARG(d->bill.category));
	snprintf(c->now_category, sizeof(c->now_category), "%.*s", STR_ARG(category));
	snprintf(c->reason, sizeof(c->reason), "%.*s", STR_ARG(reason));
}

static bool stands(const struct dossier *d)
{
	return d->bill.state.p && !str_is(d->bill.state, "withdrawn");
}

static int withdraw(struct assess_work *r, const struct dossier *d)
{
	if (!stands(d))
		return 0;
	r->report->withdrawn++;
	return bill_withdraw(r->db, r->env->county, r->audit, r->policy->pack->code, d->person);
}

static int refuse(
	struct assess_work *r, const struct dossier *d, struct str reason, struct str cites)
{
	struct refusal_row row = { .policy = r->policy->pack->code,
		.person = d->person,
		.reason = reason,
		.cites = cites,
		.assessed_on = r->on };
	int rc;

	/* The window closed before this person paid: the bill stays as the record of what was due.
	 */
	if (stands(d) && str_is(reason, refusal_code(REFUSAL_OUTSIDE_WINDOW))) {
		r->report->lapsed++;
		return 0;
	}
	if (!stands(d) && d->refusal.p && str_eq(d->refusal, reason)) {
		r->report->unchanged++;
		return 0;
	}
	if (!d->refusal.p && !d->bill.state.p) {
		r->report->refused++;
		r->refusals[r->n_refusals++] = row;
		return 0;
	}
	r->report->changed++;
	keep_change(r, d, -1, (struct str){ "", 0 }, reason);
	rc = withdraw(r, d);
	return rc < 0 ? rc : refusal_put(r->db, r->env->county, r->audit, &row);
}

static struct str category_code(const struct assess_work *r, const struct ruling *ruling)
{
	return ruling->category < 0 ? (struct str){ NULL, 0 }
				    : r->policy->pack->categories[ruling->category].code;
}

static struct str fund_code(const struct ruling *ruling)
{
	return ruling->fund < 0 ? (struct str){ NULL, 0 }
				: str_of(vocab_fund.words[ruling->fund].code);
}

static struct bill bill_of(
	struct assess_work *r, const struct dossier *d, const struct ruling *ruling)
{
	return (struct bill){ .policy = r->policy->pack->code,
		.person = d->person,
		.state = ruling->payable.fen == 0 ? "funded" : "open",
		.route = r->policy->pack->routes[ruling->route].code,
		.category = category_code(r, ruling),
		.payer = str_of(vocab_payer.words[ruling->payer].code),
		.fund = fund_code(ruling),
		.cites = cites_of(r, ruling),
		.standard_fen = ruling->standard.fen,
		.subsidy_fen = ruling->subsidy.fen,
		.payable_fen = ruling->payable.fen,
		.assessed_on = r->on,
		.version = d->bill.state.p ? d->bill.version + 1 : 1 };
}

static bool same_bill(const struct dossier *d, const struct bill *b)
{
	return stands(d) && str_eq(d->bill.route, b->route) &&
	       str_eq(d->bill.category, b->category) && str_eq(d->bill.payer, b->payer) &&
	       str_eq(d->bill.fund, b->fund) && d->bill.standard_fen == b->standard_fen &&
	       d->bill.subsidy_fen == b->subsidy_fen && d->bill.payable_fen == b->payable_fen;
}

static int enrol_funded(struct assess_work *r, const struct dossier *d, const struct ruling *ruling)
{
	struct enrolment *e = &r->enrolments[r->n_enrolments++];

	r->report->funded++;
	*e = (struct enrolment){ .person = d->person,
		.token = d->token,
		.benefit_year = r->policy->pack->benefit_year,
		.policy = r->policy->pack->code,
		.route = r->policy->pack->routes[ruling->route].code,
		.category = category_code(r, ruling),
		.fund = fund_code(ruling),
		.payer = str_of(vocab_payer.words[ruling->payer].code),
		.town = d->town,
		.village = d->village,
		.standard_fen = ruling->standard.fen,
		.subsidy_fen = ruling->subsidy.fen,
		.benefit_from = ruling->benefit_from,
		.benefit_to = ruling->benefit_to,
		.enrolled_on = r->on };
	return tally_sum_add(&r->tallies, e);
}

static int bill_person(struct assess_work *r, const struct dossier *d, const struct ruling *ruling)
{
	struct bill b = bill_of(r, d, ruling);
	int rc = 0;

	r->report->payable_fen += b.payable_fen;
	r->report->subsidy_fen += b.subsidy_fen;
	if (same_bill(d, &b)) {
		r->report->unchanged++;
		return 0;
	}
	if (d->refusal.p)
		rc = refusal_drop(r->db, r->env->county, b.policy, d->person);
	if (rc < 0)
		return rc;
	if (ruling->payable.fen == 0)
		rc = enrol_funded(r, d, ruling);
	if (rc < 0)
		return rc;
	if (!d->bill.state.p) {
		r->bills[r->n_bills++] = b;
		r->report->billed += ruling->payable.fen > 0;
		r->report->changed += d->refusal.p != NULL;
		if (d->refusal.p)
			keep_change(r, d, b.payable_fen, b.category, (struct str){ "", 0 });
		return 0;
	}
	r->report->changed++;
	keep_change(r, d, b.payable_fen, b.category, (struct str){ "", 0 });
	return bill_replace(r->db, r->env->county, r->audit, &b);
}

/* What a person's case comes to before anything is written. */
enum verdict { VERDICT_ENROLLED, VERDICT_DEAD, VERDICT_UNBORN, VERDICT_TOO_MUCH, VERDICT_RULED };

static enum verdict judge(struct assess_work *r, const struct dossier *d, struct ruling *ret_ruling)
{
	if (d->enrolment.policy.p)
		return VERDICT_ENROLLED;
	if (d->died_on != DAY_NONE && d->died_on <= r->on)
		return VERDICT_DEAD;
	if (d->birth > r->on)
		return VERDICT_UNBORN;
	person_facts_fill(r->policy->pack, d, r->on,
		targets_extended(r->targets, r->n_targets, d->town), &r->facts);
	if (r->facts.too_many)
		return VERDICT_TOO_MUCH;
	decide_enrol(r->policy->pack, &r->facts.facts, ret_ruling);
	return VERDICT_RULED;
}

static int apply(struct assess_work *r, const struct dossier *d, enum verdict verdict,
	const struct ruling *ruling)
{
	r->report->people++;
	switch (verdict) {
	case VERDICT_ENROLLED:
		r->report->enrolled++;
		r->report->payable_fen += d->enrolment.personal_fen;
		r->report->subsidy_fen += d->enrolment.standard_fen - d->enrolment.personal_fen;
		return 0;
	case VERDICT_DEAD:
		r->report->deceased++;
		return withdraw(r, d);
	case VERDICT_UNBORN:
		r->report->unchanged++;
		return 0;
	case VERDICT_TOO_MUCH:
		return refuse(r, d, STR("not_stated"), STR("-"));
	case VERDICT_RULED:
	default:
		break;
	}
	if (ruling->decision == RULING_REFUSE)
		return refuse(r, d, str_of(refusal_code(ruling->refusal)), cites_of(r, ruling));
	if (d->elsewhere && ruling->payable.fen == 0)
		return refuse(r, d, STR("enrolled_elsewhere"), cites_of(r, ruling));
	return bill_person(r, d, ruling);
}

/* Judge a step's persons, ask of those whom the bureau would enrol whether they are enrolled
 * elsewhere (the others are asked when they pay), then apply what was judged. */
static int assess_persons(
	struct assess_work *r, const struct dossier_scope *scope, struct dossier *d, size_t n)
{
	size_t n_funded = 0;
	int rc;

	for (size_t i = 0; i < n; i++) {
		r->verdicts[i] = (unsigned char)judge(r, &d[i], &r->rulings[i]);
		if (r->verdicts[i] == VERDICT_RULED && r->rulings[i].decision == RULING_ENROL &&
			r->rulings[i].payable.fen == 0)
			r->funded[n_funded++] = &d[i];
	}
	rc = dossier_load_elsewhere(r->db, &r->round, scope, r->funded, n_funded);
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = apply(r, &d[i], (enum verdict)r->verdicts[i], &r->rulings[i]);
	return rc;
}

static int write_step(struct assess_work *r)
{
	int rc = bill_add_all(r->db, r->env->county, r->audit, r->bills, r->n_bills);

	if (rc == 0)
		rc = refusal_add_all(r->db, r->env->county, r->audit, r->refusals, r->n_refusals);
	if (rc == 0)
		rc = enrolment_add_all(
			r->db, r->env->county, r->audit, r->enrolments, r->n_enrolments);
	r->n_bills = r->n_refusals = r->n_enrolments = 0;
	return rc;
}

int assess_step(struct assess_work *r, int64_t after, int64_t upto)
{
	struct dossier_scope scope = { .county = r->env->county,
		.policy = r->policy->pack->code,
		.benefit_year = r->policy->pack->benefit_year };
	struct dossier *d;
	size_t n;
	int rc = dossier_load_range(r->db, &r->round, &scope, after, upto, &d, &n);

	r->cites = (struct str){ NULL, 0 };
	if (rc == 0)
		rc = assess_persons(r, &scope, d, n);
	if (rc == 0)
		rc = write_step(r);
	arena_reset(&r->round);
	return rc;
}

int assess_prepare(struct assess_work *r, struct arena *a)
{
	r->bills = ARENA_ARRAY(a, struct bill, ASSESS_STEP);
	r->refusals = ARENA_ARRAY(a, struct refusal_row, ASSESS_STEP);
	r->enrolments = ARENA_ARRAY(a, struct enrolment, ASSESS_STEP);
	r->verdicts = ARENA_ARRAY(a, unsigned char, ASSESS_STEP);
	r->rulings = ARENA_ARRAY(a, struct ruling, ASSESS_STEP);
	r->funded = ARENA_ARRAY(a, struct dossier *, ASSESS_STEP);
	return r->bills && r->refusals && r->enrolments && r->verdicts && r->rulings && r->funded
		       ? 0
		       : FAULT_MEMORY;
}
