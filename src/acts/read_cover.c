/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/read_cover.h"

#include <inttypes.h>

#include "store/order.h"
#include "store/quote.h"

static int record(struct db *db, struct arena *a, const struct env *env, const char *act, size_t n)
{
	int64_t audit;
	int rc = audit_open(db, env->county, &audit);

	return rc < 0 ? rc
		      : env_audit(db, env, audit, act, (struct str){ NULL, 0 },
				arena_printf(a, "{\"rows\":%zu}", n));
}

struct search {
	const struct env *env;
	const struct policy *policy;
	const unsigned char *token;
	struct arena *a;
	bool found;
	struct explain_enrolment *items;
	size_t n;
};

static int search_tx(struct db *db, struct arena *scratch, void *arg)
{
	struct search *s = arg;
	struct str name;
	int64_t person;
	int rc = quote_by_token(db, scratch, s->env->county, s->token, &person, &name);

	s->found = rc == 1;
	s->n = 0;
	if (rc == 1)
		rc = explain_enrolments(db, s->a, s->env->county, person,
			s->policy->pack->benefit_year, &s->items, &s->n);
	return rc < 0 ? rc : record(db, scratch, s->env, "cover_search", s->n);
}

int cover_search(const struct env *env, const struct policy *policy,
	const unsigned char token[TOKEN_BYTES], struct arena *a, bool *ret_found,
	struct explain_enrolment **ret_items, size_t *ret_n)
{
	struct search s = { .env = env, .policy = policy, .token = token, .a = a };
	int rc = store_act(env->store, search_tx, &s);

	if (rc < 0)
		return rc;
	*ret_found = s.found;
	*ret_items = s.items;
	*ret_n = s.n;
	return 0;
}

struct since {
	const struct env *env;
	int64_t audit, person;
	size_t max;
	struct arena *a;
	struct cover_change *changes;
	size_t n;
};

static int since_tx(struct db *db, struct arena *scratch, void *arg)
{
	struct since *s = arg;

	(void)scratch;
	return cover_changes(
		db, s->a, s->env->county, s->audit, s->person, s->max, &s->changes, &s->n);
}

static int told_tx(struct db *db, struct arena *a, void *arg)
{
	struct since *s = arg;

	return record(db, a, s->env, "cover_changes", s->n);
}

static int open_numbers(struct since *s, struct cover_told *items)
{
	char plain[SEAL_PLAIN_MAX];
	struct vault *v;
	size_t n;
	int rc = vault_new(store_keys(s->env->store), &v);

	if (rc < 0)
		return rc;
	for (size_t i = 0; rc == 0 && i < s->n; i++) {
		items[i].change = s->changes[i];
		rc = vault_open(v, SEAL_DOCUMENT, s->changes[i].doc_seal, plain, &n);
		if (rc < 0)
			break;
		items[i].number = arena_str(s->a, (struct str){ plain, n });
		rc = items[i].number.p ? 0 : FAULT_MEMORY;
	}
	vault_free(v);
	return rc;
}

int cover_since(const struct env *env, int64_t audit, int64_t person, size_t max, struct arena *a,
	struct cover_told **ret_items, size_t *ret_n)
{
	struct since s = { .env = env, .audit = audit, .person = person, .max = max, .a = a };
	struct cover_told *items = NULL;
	int rc = store_read(env->store, since_tx, &s);

	if (rc < 0)
		return rc;
	if (s.n) {
		items = ARENA_ARRAY(a, struct cover_told, s.n);
		rc = items ? open_numbers(&s, items) : FAULT_MEMORY;
		if (rc == 0)
			rc = store_act(env->store, told_tx, &s);
	}
	if (rc < 0)
		return rc;
	*ret_items = items;
	*ret_n = s.n;
	return 0;
}

struct own {
	const struct env *env;
	const struct policy *policy;
	int64_t person;
	struct arena *a;
	struct own_record r;
};

static int orders_of(struct own *o, struct db *db, const struct explain_payment *y)
{
	struct str *orders = ARENA_ARRAY(o->a, struct str, o->r.n_payments + 1);
	int rc = 0;

	if (!orders)
		return FAULT_MEMORY;
	for (size_t i = 0; rc >= 0 && i < o->r.n_payments; i++)
		rc = order_of_payment(db, o->a, o->env->county, o->person, y[i].id, &orders[i]);
	o->r.orders = orders;
	return rc < 0 ? rc : 0;
}

static int own_tx(struct db *db, struct arena *scratch, void *arg)
{
	struct own *o = arg;
	struct registration_state *r;
	struct explain_enrolment *e;
	struct explain_payment *y;
	struct ticket_state *t;
	int64_t county = o->env->county;
	int rc = explain_enrolments(
		db, o->a, county, o->person, o->policy->pack->benefit_year, &e, &o->r.n_enrolments);

	(void)scratch;
	if (rc == 0)
		rc = explain_payments(db, o->a, county, o->person, &y, &o->r.n_payments);
	if (rc == 0)
		rc = orders_of(o, db, y);
	if (rc == 0)
		rc = registration_of_person(db, o->a, county, o->person, &r, &o->r.n_registrations);
	if (rc == 0)
		rc = ticket_of_person(db, o->a, county, o->person, &t, &o->r.n_tickets);
	if (rc < 0)
		return rc;
	o->r.enrolments = e;
	o->r.payments = y;
	o->r.registrations = r;
	o->r.tickets = t;
	return 0;
}

int read_own_record(const struct env *env, const struct policy *policy, int64_t person,
	struct arena *a, struct own_record *ret_record)
{
	struct own o = { .env = env, .policy = policy, .person = person, .a = a };
	int rc = store_read(env->store, own_tx, &o);

	if (rc < 0)
		return rc;
	*ret_record = o.r;
	return 0;
}
