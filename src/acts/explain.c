/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/explain.h"

#include <inttypes.h>

#include "acts/holder.h"
#include "store/place.h"

struct call {
	const struct env *env;
	const struct policy *policy;
	day_t on;
	struct arena *a; /* outlives the transaction */
	unsigned char token[TOKEN_BYTES];
	struct explanation *out;
};

static int places_of(struct call *c, struct db *db)
{
	const struct place *p;
	struct places places;
	int rc = places_load(db, c->a, c->env->county, &places);

	if (rc < 0)
		return rc;
	p = place_by_code(&places, c->out->person.village);
	if (p)
		c->out->village = p->name;
	p = place_by_code(&places, c->out->person.town);
	if (p)
		c->out->town = p->name;
	return 0;
}

static int dossier_of(struct call *c, struct db *db)
{
	struct dossier_scope scope = { .county = c->env->county,
		.policy = c->policy->pack->code,
		.benefit_year = c->policy->pack->benefit_year };
	struct dossier_key key = { .token = c->token };
	struct dossier *d;
	int rc = dossier_load(db, c->a, &scope, &key, 1, &d);

	if (rc == 0)
		c->out->dossier = d;
	return rc;
}

/* Cover by another scheme that overlaps the calendar year of the benefits. */
static void ceiling(struct explanation *x, const struct pack *p)
{
	for (size_t i = 0; i < x->dossier->n_coverages; i++) {
		const struct dossier_coverage *c = &x->dossier->coverages[i];

		if (c->since <= p->benefit.to &&
			(c->ended == DAY_NONE || c->ended > p->benefit.from))
			x->n_ceiling++;
	}
}

static int rule(struct call *c, struct db *db)
{
	const struct pack *p = c->policy->pack;
	struct explanation *x = c->out;
	struct target *targets;
	struct buf b;
	size_t n;
	int rc = targets_load(db, c->a, c->env->county, p->code, &targets, &n);

	if (rc < 0)
		return rc;
	person_facts_fill(p, x->dossier, c->on > x->person.birth ? c->on : x->person.birth,
		targets_extended(targets, n, x->dossier->town), &x->facts);
	decide_enrol(p, &x->facts.facts, &x->ruling);
	ceiling(x, p);
	buf_init(&b, 4096);
	person_facts_cites(p, &x->ruling, &b);
	x->cites = arena_str(c->a, buf_str(&b));
	buf_release(&b);
	return x->cites.p ? 0 : FAULT_MEMORY;
}

static int surroundings(struct call *c, struct db *db)
{
	struct explanation *x = c->out;
	struct explain_change *h;
	struct explain_member *m;
	int rc = explain_changes(db, c->a, c->env->county, x->person.id, &h, &x->n_changes);

	if (rc < 0)
		return rc;
	x->changes = h;
	if (!x->person.household.p)
		return 0;
	rc = explain_household(db, c->a, c->env->county, x->person.village, x->person.household,
		c->policy->pack->benefit_year, &m, &x->n_members);
	if (rc == 0)
		x->members = m;
	return rc;
}

static int record(struct call *c, struct db *db)
{
	struct str subject;
	int64_t id;
	int rc = audit_open(db, c->env->county, &id);

	if (rc < 0)
		return rc;
	subject = arena_printf(c->a, "person %" PRId64, c->out->person.id);
	return env_audit(db, c->env, id, "explain", subject, (struct str){ NULL, 0 });
}

static int explain_tx(struct db *db, struct arena *scratch, void *arg)
{
	struct call *c = arg;
	struct explanation *x = c->out;
	struct explain_enrolment *e;
	struct explain_payment *y;
	int rc = person_by_token(db, c->a, c->env->county, c->token, &x->person);

	(void)scratch;
	x->found = rc == 1;
	if (rc != 1)
		return rc;
	rc = places_of(c, db);
	if (rc == 0)
		rc = dossier_of(c, db);
	if (rc == 0)
		rc = rule(c, db);
	if (rc == 0)
		rc = explain_enrolments(
			db, c->a, c->env->county, x->person.id, &e, &x->n_enrolments);
	if (rc == 0)
		rc = explain_payments(db, c->a, c->env->county, x->person.id, &y, &x->n_payments);
	if (rc < 0)
		return rc;
	x->enrolments = e;
	x->payments = y;
	rc = surroundings(c, db);
	return rc < 0 ? rc : record(c, db);
}

int explain(const struct env *env, const struct policy *policy, struct str number, day_t on,
	struct arena *a, struct explanation *ret, struct err *err)
{
	struct call c = { .env = env, .policy = policy, .on = on, .a = a, .out = ret };
	enum document_fault fault;
	struct document d;
	struct vault *v;
	int rc;

	*ret = (struct explanation){ 0 };
	fault = document_check(document_guess(number), number, &d);
	if (fault != DOCUMENT_FINE)
		return err_set(err, FAULT_FORMAT, "%s / %s", document_fault_zh(fault),
			document_fault_en(fault));
	rc = vault_new(store_keys(env->store), &v);
	if (rc < 0)
		return err_set(err, (enum fault)rc, "%s", fault_text(rc));
	holder_token(v, &d, c.token);
	vault_free(v);
	document_mask((struct str){ d.number, d.length }, ret->masked);
	rc = store_act(env->store, explain_tx, &c);
	return rc < 0 ? err_set(err, (enum fault)rc, "%s（%s）", fault_text(rc), store_message())
		      : 0;
}
