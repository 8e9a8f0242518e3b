/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/open_ticket.h"

#include <inttypes.h>

#include "store/place.h"
#include "store/quote.h"

bool ticket_kind_known(struct str kind)
{
#define X(name, code, zh, en) \
	if (str_is(kind, code)) \
		return true;
	TICKET_KINDS(X)
#undef X
	return false;
}

int64_t ticket_due(int64_t opened_at, int working_days)
{
	int64_t at = opened_at;

	while (working_days > 0) {
		int64_t day, weekday;

		at += 86400;
		day = (at + 8 * 3600) / 86400;
		weekday = (day + 4) % 7; /* 1970-01-01 was a Thursday; 0: Sunday */
		if (weekday != 0 && weekday != 6)
			working_days--;
	}
	return at;
}

struct call {
	const struct env *env;
	const struct ticket_ask *q;
	struct arena *a; /* outlives the transaction */
	struct ticket_new t;
	struct ticket_state *state;
	struct err err;
};

static int town_of(struct call *c, struct db *db, struct arena *a)
{
	const struct place *at;
	struct quote_person who;
	struct places places;
	int rc;

	if (c->q->person) {
		rc = quote_person(db, a, c->env->county, c->q->person, &who);
		if (rc != 1)
			return rc < 0 ? rc : FAULT_MISSING;
		c->t.town = who.town;
		return 0;
	}
	if (c->q->division == 0)
		return 0;
	rc = places_load(db, a, c->env->county, &places);
	if (rc < 0)
		return rc;
	at = place_by_code(&places, c->q->division);
	if (!at)
		return err_set(&c->err, FAULT_FORMAT, "没有这个乡镇或村 / no such town or village");
	if (at->level != PLACE_COUNTY)
		c->t.town = place_town(&places, at)->code;
	return 0;
}

static int open_tx(struct db *db, struct arena *a, void *arg)
{
	struct call *c = arg;
	int64_t audit;
	int rc = audit_open(db, c->env->county, &audit);

	c->err.text[0] = '\0';
	c->t.town = 0;
	if (rc == 0)
		rc = town_of(c, db, a);
	if (rc == 0)
		rc = counter_take(db, c->env->county, "ticket", 1, &c->t.id);
	if (rc == 0)
		rc = ticket_add(db, c->env->county, audit, &c->t);
	if (rc == 0)
		rc = env_audit(db, c->env, audit, "open_ticket",
			arena_printf(a, "ticket %" PRId64, c->t.id), (struct str){ NULL, 0 });
	if (rc < 0)
		return rc;
	rc = ticket_by_code(db, c->a, c->env->county, c->q->code, c->state);
	return rc < 0 ? rc : 0;
}

static int seal_phone(struct call *c)
{
	unsigned char space[SEAL_PLAIN_MAX + SEAL_OVERHEAD];
	struct vault *v;
	size_t n;
	int rc;

	if (!c->q->phone.p)
		return 0;
	rc = vault_new(store_keys(c->env->store), &v);
	if (rc < 0)
		return rc;
	rc = vault_seal(v, SEAL_PHONE, c->q->phone, space, &n);
	vault_free(v);
	if (rc < 0)
		return rc;
	c->t.phone_seal = arena_str(c->a, (struct str){ (const char *)space, n });
	return c->t.phone_seal.p ? 0 : FAULT_MEMORY;
}

int open_ticket(const struct env *env, const struct ticket_ask *q, struct arena *a,
	struct ticket_state *ret_state, struct err *err)
{
	struct call c = { .env = env,
		.q = q,
		.a = a,
		.state = ret_state,
		.t = { .code = q->code,
			.kind = q->kind,
			.words = q->words,
			.person = q->person,
			.opened_at = env->now,
			.due_at = ticket_due(env->now, TICKET_WORKING_DAYS) } };
	int rc;

	if (!ticket_kind_known(q->kind))
		return err_set(err, FAULT_FORMAT, "没有这种问题 / no such kind");
	rc = seal_phone(&c);
	if (rc == 0)
		rc = store_act(env->store, open_tx, &c);
	if (rc >= 0)
		return 0;
	return err_set(err, (enum fault)rc, "%s", c.err.text[0] ? c.err.text : fault_text(rc));
}

struct read_call {
	const struct env *env;
	struct str code;
	struct arena *a;
	struct ticket_state *state;
};

static int read_tx(struct db *db, struct arena *scratch, void *arg)
{
	struct read_call *c = arg;

	(void)scratch;
	return ticket_by_code(db, c->a, c->env->county, c->code, c->state);
}

int read_ticket(
	const struct env *env, struct str code, struct arena *a, struct ticket_state *ret_state)
{
	struct read_call c = { env, code, a, ret_state };

	return store_read(env->store, read_tx, &c);
}
