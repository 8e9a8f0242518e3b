/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/accounts.h"

#include <openssl/crypto.h>
#include <string.h>

#include "acts/account_checks.h"
#include "store/place.h"

/* What the acts below share. */
struct deed {
	const struct env *env;
	const struct who *who;
	int64_t id;
	const struct account_new *fresh;   /* ask */
	const struct account_place *place; /* move */
	bool drop_totp;                    /* reset */
	char hash[PASSWORD_HASH_MAX];      /* ask, reset */
	struct account was;                /* in the transaction's arena */
};

static int ask(struct db *db, struct arena *a, void *arg)
{
	struct deed *d = arg;
	const struct account_new *n = d->fresh;
	struct account acc = { .login = n->login,
		.name = n->name,
		.staff_no = n->staff_no,
		.role = str_of(role_code(n->place.role)),
		.division = n->place.division,
		.unit = n->place.unit,
		.state = ACCOUNT_ASKED,
		.password = str_of(d->hash),
		.must_change = true,
		.changed_at = env_wall(d->env),
		.subject = n->subject,
		.asked_by = d->who->account };
	int rc = account_check_place(db, a, d->env->county, &n->place);

	if (rc == ACCOUNT_DONE_RULING)
		rc = account_check_staff(db, a, d->env->county, n->staff_no, 0, n->place.role);
	if (rc == ACCOUNT_DONE_RULING)
		rc = account_put(db, a, d->env, &acc, "account_ask");
	d->id = acc.id;
	return rc;
}

int account_ask(const struct env *env, const struct who *who, const struct account_new *n,
	struct account_first *ret_first)
{
	struct deed d = { .env = env, .who = who, .fresh = n };
	struct account_first first = { 0 };
	int rc = (int)account_check_texts(n);

	if (rc != ACCOUNT_DONE_RULING)
		return rc;
	if (n->place.role >= ROLE_COUNT || role_is_client(n->place.role))
		return ACCOUNT_ROLE_RULING;
	rc = account_first_make(&first, d.hash);
	if (rc == 0)
		rc = store_act(env->store, ask, &d);
	first.id = d.id;
	if (rc == ACCOUNT_DONE_RULING)
		*ret_first = first;
	OPENSSL_cleanse(&first, sizeof(first));
	return rc;
}

/* Load the account and refuse one's own: the account, or another of the same human being. */
static int load(struct db *db, struct arena *a, struct deed *d, struct account *ret)
{
	struct account own;
	int rc = account_by_id(db, d->env->county, d->id, a, ret);

	if (rc <= 0)
		return rc < 0 ? rc : ACCOUNT_MISSING_RULING;
	rc = account_by_id(db, d->env->county, d->who->account, a, &own);
	if (rc <= 0)
		return rc < 0 ? rc : ACCOUNT_STATE_RULING;
	return own.id == ret->id || str_eq(own.staff_no, ret->staff_no) ? ACCOUNT_OWN_WORK_RULING
									: ACCOUNT_DONE_RULING;
}

static int save(
	struct db *db, struct deed *d, struct account *acc, const char *act, struct str detail)
{
	int rc = audit_open(db, d->env->county, &acc->audit);

	if (rc == 0)
		rc = account_update(db, d->env->county, acc);
	if (rc < 0)
		return rc;
	rc = env_audit(db, d->env, acc->audit, act, acc->login, detail);
	return rc < 0 ? rc : ACCOUNT_DONE_RULING;
}

static int grant(struct db *db, struct arena *a, void *arg)
{
	struct deed *d = arg;
	struct account acc;
	enum role role;
	int rc = load(db, a, d, &acc);

	if (rc != ACCOUNT_DONE_RULING)
		return rc;
	if (acc.state != ACCOUNT_ASKED)
		return ACCOUNT_STATE_RULING;
	if (acc.asked_by == d->who->account)
		return ACCOUNT_OWN_WORK_RULING;
	if (!role_parse(acc.role, &role))
		return ACCOUNT_ROLE_RULING;
	/* The same person may have been granted another one since this was asked for. */
	rc = account_check_staff(db, a, d->env->county, acc.staff_no, acc.id, role);
	if (rc != ACCOUNT_DONE_RULING)
		return rc;
	acc.state = ACCOUNT_ACTIVE;
	acc.changed_at = env_wall(d->env);
	return save(db, d, &acc, "account_grant", (struct str){ NULL, 0 });
}

int account_grant(const struct env *env, const struct who *who, int64_t id)
{
	struct deed d = { .env = env, .who = who, .id = id };

	return store_act(env->store, grant, &d);
}

static int end_sessions(struct db *db, const struct deed *d)
{
	int64_t n = session_delete_account(db, d->env->county, d->id);

	return n < 0 ? (int)n : 0;
}

/* What follows the commit of an act that ended sessions. */
static int finish(const struct deed *d, int rc)
{
	if (rc >= 0)
		session_forget(d->id);
	return rc;
}

static int reset(struct db *db, struct arena *a, void *arg)
{
	struct deed *d = arg;
	struct account acc;
	int rc = load(db, a, d, &acc);

	if (rc != ACCOUNT_DONE_RULING)
		return rc;
	if (acc.state == ACCOUNT_CLOSED)
		return ACCOUNT_STATE_RULING;
	acc.password = str_of(d->hash);
	acc.must_change = true;
	acc.changed_at = env_wall(d->env);
	acc.failures = acc.code_failures = acc.locked_until = 0;
	if (d->drop_totp)
		acc.totp_seal = acc.totp_new = (struct str){ NULL, 0 };
	rc = end_sessions(db, d);
	if (rc < 0)
		return rc;
	return save(db, d, &acc, "account_reset",
		d->drop_totp ? STR("{\"second_factor_dropped\":true}")
			     : STR("{\"second_factor_dropped\":false}"));
}

int account_reset(const struct env *env, const struct who *who, int64_t id, bool drop_totp,
	struct account_first *ret_first)
{
	struct deed d = { .env = env, .who = who, .id = id, .drop_totp = drop_totp };
	struct account_first first = { .id = id };
	int rc = account_first_make(&first, d.hash);

	if (rc == 0)
		rc = finish(&d, store_act(env->store, reset, &d));
	if (rc == ACCOUNT_DONE_RULING)
		*ret_first = first;
	OPENSSL_cleanse(&first, sizeof(first));
	return rc;
}

static int move(struct db *db, struct arena *a, void *arg)
{
	struct deed *d = arg;
	struct account acc;
	struct str was;
	struct str detail;
	int rc = load(db, a, d, &acc);

	if (rc != ACCOUNT_DONE_RULING)
		return rc;
	if (acc.state == ACCOUNT_CLOSED)
		return ACCOUNT_STATE_RULING;
	rc = account_check_place(db, a, d->env->county, d->place);
	if (rc == ACCOUNT_DONE_RULING)
		rc = account_check_staff(
			db, a, d->env->county, acc.staff_no, acc.id, d->place->role);
	if (rc == ACCOUNT_DONE_RULING && !str_is(acc.role, role_code(d->place->role)))
		rc = account_check_last(db, d->env->county, &acc);
	if (rc != ACCOUNT_DONE_RULING)
		return rc;
	was = acc.role;
	acc.role = str_of(role_code(d->place->role));
	acc.division = d->place->division;
	acc.unit = d->place->unit;
	rc = end_sessions(db, d);
	if (rc < 0)
		return rc;
	detail = arena_printf(
		a, "{\"was\":\"%.*s\",\"role\":\"%.*s\"}", STR_ARG(was), STR_ARG(acc.role));
	return detail.p ? save(db, d, &acc, "account_move", detail) : FAULT_MEMORY;
}

int account_move(
	const struct env *env, const struct who *who, int64_t id, const struct account_place *place)
{
	struct deed d = { .env = env, .who = who, .id = id, .place = place };

	return finish(&d, store_act(env->store, move, &d));
}

static int close_account(struct db *db, struct arena *a, void *arg)
{
	struct deed *d = arg;
	struct account acc;
	int rc = load(db, a, d, &acc);

	if (rc != ACCOUNT_DONE_RULING)
		return rc;
	if (acc.state == ACCOUNT_CLOSED)
		return ACCOUNT_STATE_RULING;
	rc = account_check_last(db, d->env->county, &acc);
	if (rc != ACCOUNT_DONE_RULING)
		return rc;
	acc.state = ACCOUNT_CLOSED;
	acc.password = STR("");
	acc.totp_seal = acc.totp_new = (struct str){ NULL, 0 };
	rc = end_sessions(db, d);
	return rc < 0 ? rc : save(db, d, &acc, "account_close", (struct str){ NULL, 0 });
}

int account_close(const struct env *env, const struct who *who, int64_t id)
{
	struct deed d = { .env = env, .who = who, .id = id };

	return finish(&d, store_act(env->store, close_account, &d));
}

struct listing {
	const struct env *env;
	const struct account_filter *filter; /* NULL: the one of `id` */
	int64_t id;
	struct arena *a; /* outlives the transaction */
	struct account_line *items;
	size_t n;
};

static int fill(struct db *db, struct listing *l, const struct places *places,
	const struct account *acc, struct account_line *ret)
{
	const struct place *at = acc->division ? place_by_code(places, acc->division) : NULL;
	struct account_line line = { .account = *acc,
		.locked = acc->locked_until > env_wall(l->env) };
	struct account asker;
	int rc = acc->asked_by > 0 ? account_by_id(db, l->env->county, acc->asked_by, l->a, &asker)
				   : 0;

	if (rc < 0)
		return rc;
	if (rc == 1)
		line.asked_by = asker.login;
	if (at)
		line.division_name = at->name;
	*ret = line;
	return 0;
}

static int read_lines(struct db *db, struct arena *a, void *arg)
{
	struct listing *l = arg;
	struct places places;
	struct account *accounts = NULL, one;
	size_t n = 0;
	int rc = places_load(db, l->a, l->env->county, &places);

	(void)a;
	if (rc == 0 && l->filter) {
		rc = account_page(db, l->env->county, l->filter, l->a, &accounts, &n);
	} else if (rc == 0) {
		rc = account_by_id(db, l->env->county, l->id, l->a, &one);
		accounts = &one;
		n = rc == 1;
	}
	if (rc < 0)
		return rc;
	l->items = ARENA_ARRAY(l->a, struct account_line, n ? n : 1);
	l->n = n;
	rc = l->items ? 0 : FAULT_MEMORY;
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = fill(db, l, &places, &accounts[i], &l->items[i]);
	return rc;
}

int account_list(const struct env *env, const struct account_filter *f, struct arena *a,
	struct account_line **ret_items, size_t *ret_n)
{
	struct listing l = { .env = env, .filter = f, .a = a };
	int rc = store_read(env->store, read_lines, &l);

	if (rc < 0)
		return rc;
	*ret_items = l.items;
	*ret_n = l.n;
	return 0;
}

int account_read(const struct env *env, int64_t id, struct arena *a, struct account_line *ret_line)
{
	struct listing l = { .env = env, .id = id, .a = a };
	int rc = store_read(env->store, read_lines, &l);

	if (rc < 0)
		return rc;
	if (l.n)
		*ret_line = l.items[0];
	return (int)l.n;
}
