/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/explain.h"

#include <inttypes.h>
#include <string.h>

#include "acts/holder.h"
#include "acts/person_ruling.h"
#include "acts/phone_mask.h"
#include "store/look.h"
#include "store/place.h"
#include "store/search.h"

struct call {
	const struct env *env;
	const struct policy *policy;
	day_t on;
	struct arena *a; /* outlives the transaction */
	unsigned char token[TOKEN_BYTES];
	int64_t id;        /* of the person; 0: by token */
	struct str office; /* role code of who looks; {NULL,0}: the command line */
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
	struct buf b;
	int rc = person_rule(db, c->a, c->env->county, p, x->dossier, c->on, &x->facts, &x->ruling);

	if (rc < 0)
		return rc;
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

static int record_tx(struct db *db, struct arena *a, void *arg)
{
	const struct call *c = arg;
	const struct env *env = c->env;
	const struct look look = { .person = c->out->person.id,
		.at = env->now,
		.actor = env->actor,
		.office = c->office,
		.what = LOOK_RECORD };
	struct str subject = arena_printf(a, "person %" PRId64, c->out->person.id);
	int64_t id;
	int rc = audit_open(db, env->county, &id);

	if (rc == 0 && c->office.p)
		rc = look_add(db, env->county, &look);
	return rc < 0 ? rc : env_audit(db, env, id, "explain", subject, (struct str){ NULL, 0 });
}

static int person_of(struct call *c, struct db *db)
{
	struct scope_bind scope = env_scope(c->env);

	if (c->id == 0)
		return person_by_token(db, c->a, c->env->county, c->token, &c->out->person);
	return person_within(db, c->a, &scope, c->id, &c->out->person);
}

static int read_tx(struct db *db, struct arena *scratch, void *arg)
{
	struct call *c = arg;
	struct explanation *x = c->out;
	struct explain_enrolment *e;
	struct explain_payment *y;
	int rc = person_of(c, db);

	(void)scratch;
	x->n_ceiling = 0;
	x->found = rc == 1;
	if (rc != 1)
		return rc;
	memcpy(c->token, x->person.token, TOKEN_BYTES);
	rc = places_of(c, db);
	if (rc == 0)
		rc = dossier_of(c, db);
	if (rc == 0)
		rc = rule(c, db);
	if (rc == 0)
		rc = explain_enrolments(db, c->a, c->env->county, x->person.id,
			c->policy->pack->benefit_year, &e, &x->n_enrolments);
	if (rc == 0)
		rc = explain_payments(db, c->a, c->env->county, x->person.id, &y, &x->n_payments);
	if (rc < 0)
		return rc;
	x->enrolments = e;
	x->payments = y;
	return surroundings(c, db);
}

/* Read first, then record: the record waits for the writer, the reading need not.  What could not
 * be recorded is not told. */
static int read_and_record(struct call *c, struct err *err)
{
	int rc = store_read(c->env->store, read_tx, c);

	if (rc >= 0 && c->out->found)
		rc = store_act(c->env->store, record_tx, c);
	if (rc < 0)
		return err_set(err, (enum fault)rc, "%s（%s）", fault_text(rc), store_message());
	return 0;
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
	return read_and_record(&c, err);
}

static int masked(struct vault *v, struct explanation *x)
{
	char plain[SEAL_PLAIN_MAX];
	size_t n;
	int rc = vault_open(v, SEAL_DOCUMENT, x->person.doc_seal, plain, &n);

	if (rc < 0)
		return rc;
	document_mask((struct str){ plain, n }, x->masked);
	if (!x->person.phone_seal.p)
		return 0;
	rc = vault_open(v, SEAL_PHONE, x->person.phone_seal, plain, &n);
	if (rc == 0)
		phone_mask((struct str){ plain, n }, x->phone);
	return rc;
}

int explain_person(const struct env *env, const struct policy *policy, int64_t id,
	struct str office, day_t on, struct arena *a, struct explanation *ret, struct err *err)
{
	struct call c = { .env = env,
		.policy = policy,
		.on = on,
		.a = a,
		.id = id,
		.office = office,
		.out = ret };
	struct vault *v;
	int rc;

	BUG_IF(id <= 0 || office.n == 0);
	*ret = (struct explanation){ 0 };
	rc = read_and_record(&c, err);
	if (rc < 0 || !ret->found)
		return rc;
	rc = vault_new(store_keys(env->store), &v);
	if (rc == 0)
		rc = masked(v, ret);
	vault_free(v);
	return rc < 0 ? err_set(err, (enum fault)rc, "%s", fault_text(rc)) : 0;
}
