/* SPDX-License-Identifier: Apache-2.0 */
/* What the operator of the machine may do at the command line: the first administrators, a way back
 * in for them, accounts for a demonstration.  A real installation has no default password. */
#include <openssl/crypto.h>
#include <string.h>

#include "acts/account_checks.h"
#include "store/place.h"
#include "store/vault.h"

#define CROWDS_MAX 200

struct deed {
	const struct env *env;
	const struct account_new *fresh;
	struct str login;
	char hash[PASSWORD_HASH_MAX];
	int64_t id;
};

static int add(struct db *db, struct arena *a, void *arg)
{
	struct deed *d = arg;
	const struct account_new *n = d->fresh;
	struct account acc = { .login = n->login,
		.name = n->name,
		.staff_no = n->staff_no,
		.role = str_of(role_code(n->place.role)),
		.state = ACCOUNT_ACTIVE,
		.password = str_of(d->hash),
		.must_change = true,
		.changed_at = env_wall(d->env),
		.subject = n->subject };
	int rc = account_check_staff(db, a, d->env->county, n->staff_no, 0, n->place.role);

	if (rc == ACCOUNT_DONE_RULING)
		rc = account_put(db, a, d->env, &acc, "account_operator_add");
	d->id = acc.id;
	return rc;
}

int account_operator_add(
	const struct env *env, const struct account_new *n, struct account_first *ret_first)
{
	struct deed d = { .env = env, .fresh = n };
	struct account_first first = { 0 };
	int rc = (int)account_check_texts(n);

	if (rc != ACCOUNT_DONE_RULING)
		return rc;
	if (!role_is_admin(n->place.role))
		return ACCOUNT_ROLE_RULING;
	rc = account_first_make(&first, d.hash);
	if (rc == 0)
		rc = store_act(env->store, add, &d);
	first.id = d.id;
	if (rc == ACCOUNT_DONE_RULING)
		*ret_first = first;
	OPENSSL_cleanse(&first, sizeof(first));
	return rc;
}

static int reset(struct db *db, struct arena *a, void *arg)
{
	struct deed *d = arg;
	struct account acc;
	enum role role;
	int64_t ended;
	int rc = account_by_login(db, d->env->county, d->login, a, &acc);

	if (rc <= 0)
		return rc < 0 ? rc : ACCOUNT_MISSING_RULING;
	if (!role_parse(acc.role, &role) || !role_is_admin(role))
		return ACCOUNT_ROLE_RULING;
	if (acc.state != ACCOUNT_ACTIVE)
		return ACCOUNT_STATE_RULING;
	d->id = acc.id;
	acc.password = str_of(d->hash);
	acc.must_change = true;
	acc.changed_at = env_wall(d->env);
	acc.failures = acc.code_failures = acc.locked_until = 0;
	acc.totp_seal = acc.totp_new = (struct str){ NULL, 0 };
	rc = audit_open(db, d->env->county, &acc.audit);
	if (rc == 0)
		rc = account_update(db, d->env->county, &acc);
	if (rc < 0)
		return rc;
	ended = session_delete_account(db, d->env->county, acc.id);
	if (ended < 0)
		return (int)ended;
	rc = env_audit(db, d->env, acc.audit, "account_operator_reset", acc.login,
		(struct str){ NULL, 0 });
	return rc < 0 ? rc : ACCOUNT_DONE_RULING;
}

int account_operator_reset(const struct env *env, struct str login, struct account_first *ret_first)
{
	struct deed d = { .env = env, .login = login };
	struct account_first first = { 0 };
	int rc = account_first_make(&first, d.hash);

	if (rc == 0)
		rc = store_act(env->store, reset, &d);
	if (rc >= 0)
		session_forget(d.id);
	first.id = d.id;
	if (rc == ACCOUNT_DONE_RULING)
		*ret_first = first;
	OPENSSL_cleanse(&first, sizeof(first));
	return rc;
}

/* The demonstration's accounts. */
struct demo {
	const struct env *env;
	struct str channel;
	char hash[PASSWORD_HASH_MAX];
	unsigned char seal[sizeof(ACCOUNT_DEMO_SECRET) - 1 + SEAL_OVERHEAD];
	size_t seal_n;
	/* In the transaction. */
	struct places places;
	struct str school;
	struct crowd at[2];
};

/* A place of two towns that are no one's empty ones: the fullest village and the fullest of another
 * town; where nobody is registered yet, the first villages of two towns. */
static int choose_places(struct db *db, struct demo *d)
{
	struct crowd crowds[CROWDS_MAX];
	int n = village_crowds(db, d->env->county, CROWDS_MAX, crowds);
	size_t found = 0;

	for (int i = 0; i < n && found < 2; i++) {
		const struct place *at = place_by_code(&d->places, crowds[i].village);

		if (at && at->level == PLACE_VILLAGE && at->parent == crowds[i].town &&
			(found == 0 || d->at[0].town != crowds[i].town))
			d->at[found++] = crowds[i];
	}
	for (size_t i = 0; i < d->places.n && found < 2; i++) {
		const struct place *p = &d->places.items[i];

		if (p->level == PLACE_VILLAGE && (found == 0 || d->at[0].town != p->parent))
			d->at[found++] = (struct crowd){ p->parent, p->code };
	}
	return n < 0 ? n : 0;
}

/* One account of `role`; the second of its kind when `nth` is 1.  Nothing when it is there, or when
 * its town is not. */
static int add_demo(struct db *db, struct arena *a, struct demo *d, enum role role, int nth)
{
	struct account acc = { .role = str_of(role_code(role)),
		.state = ACCOUNT_ACTIVE,
		.password = str_of(d->hash),
		.changed_at = env_wall(d->env),
		.asked_by = ACCOUNT_ASKED_BY_DEMO };
	int rc;

	acc.login = arena_printf(a, "%s%s", role_code(role), nth ? "2" : "");
	acc.name = arena_printf(a, "演示%s%s", role_zh(role), nth ? "二" : "");
	acc.staff_no = arena_printf(a, "DEMO-%s%s", role_code(role), nth ? "2" : "");
	if (!acc.login.p || !acc.name.p || !acc.staff_no.p)
		return FAULT_MEMORY;
	if (role_reach(role) == REACH_DIVISION) {
		acc.division = role == ROLE_TOWN_OFFICE ? d->at[nth].town : d->at[nth].village;
		if (acc.division == 0)
			return ACCOUNT_DONE_RULING;
	}
	if (role_reach(role) == REACH_SCHOOL)
		acc.unit = d->school;
	if (role_reach(role) == REACH_CHANNEL)
		acc.unit = d->channel;
	rc = account_put(db, a, d->env, &acc, "account_demo");
	if (rc != ACCOUNT_DONE_RULING)
		return rc == ACCOUNT_TAKEN_RULING ? ACCOUNT_DONE_RULING : rc;
	/* The second factor is not part of an account that is opened. */
	acc.totp_seal = (struct str){ (const char *)d->seal, d->seal_n };
	rc = account_update(db, d->env->county, &acc);
	return rc < 0 ? rc : ACCOUNT_DONE_RULING;
}

static int add_all(struct db *db, struct arena *a, void *arg)
{
	struct demo *d = arg;
	int64_t demos, others;
	int rc = account_kind_count(db, d->env->county, &demos, &others);

	if (rc < 0)
		return rc;
	if (others > 0)
		return ACCOUNT_STATE_RULING;
	rc = places_load(db, a, d->env->county, &d->places);
	if (rc < 0)
		return rc;
	rc = choose_places(db, d);
	if (rc < 0)
		return rc;
	d->school = STR("演示小学");
	rc = school_first(db, d->env->county, a, &d->school);
	for (int r = 0; rc >= 0 && r < ROLE_COUNT; r++) {
		if (role_is_client((enum role)r))
			continue;
		rc = add_demo(db, a, d, (enum role)r, 0);
		if (rc == 0 && role_reach((enum role)r) == REACH_DIVISION)
			rc = add_demo(db, a, d, (enum role)r, 1);
		if (rc > 0)
			return rc;
	}
	return rc < 0 ? rc : ACCOUNT_DONE_RULING;
}

static int prepare(struct demo *d)
{
	struct vault *v;
	int rc = password_turn_take();

	if (rc < 0)
		return rc;
	rc = password_hash(STR(ACCOUNT_DEMO_PASSWORD), d->hash);
	password_turn_give();
	if (rc == 0)
		rc = vault_new(store_keys(d->env->store), &v);
	if (rc < 0)
		return rc;
	rc = vault_seal(v, SEAL_TOTP, STR(ACCOUNT_DEMO_SECRET), d->seal, &d->seal_n);
	vault_free(v);
	return rc;
}

int account_demo(const struct env *env, struct arena *a, struct account_demo *ask)
{
	struct account_filter filter = { .max = 2 * ROLE_COUNT };
	struct demo d = { .env = env, .channel = ask->channel };
	int rc = prepare(&d);

	if (rc == 0)
		rc = store_act(env->store, add_all, &d);
	if (rc == ACCOUNT_DONE_RULING)
		rc = account_list(env, &filter, a, &ask->items, &ask->n);
	return rc;
}

struct counting {
	int64_t county, demos, others;
};

static int count(struct db *db, struct arena *a, void *arg)
{
	struct counting *c = arg;

	(void)a;
	return account_kind_count(db, c->county, &c->demos, &c->others);
}

int account_demo_count(struct store *st, int64_t county, int64_t *ret_count)
{
	struct counting c = { .county = county };
	int rc = store_read(st, count, &c);

	if (rc == 0)
		*ret_count = c.demos;
	return rc;
}
