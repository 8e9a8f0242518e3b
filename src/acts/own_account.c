/* SPDX-License-Identifier: Apache-2.0 */
/* What everybody may do with their own account. */
#include <openssl/crypto.h>
#include <string.h>

#include "acts/attempt.h"
#include "acts/totp.h"

static int read_own(struct db *db, struct arena *a, void *arg)
{
	struct attempt *t = arg;

	(void)a;
	return account_by_id(db, t->env->county, t->who->account, &t->arena, &t->seen);
}

/* Begin an attempt in a session, with its password when one is asked for. */
static int begin(struct attempt *t, const struct env *env, const struct login_limits *limits,
	const struct who *who, struct str password)
{
	int rc = attempt_begin(t, env, limits, password.p != NULL);

	t->who = who;
	t->password = password;
	if (rc == 0 && t->asks_password) {
		rc = store_read(env->store, read_own, t);
		if (rc >= 0)
			rc = attempt_verify(t);
	}
	return rc < 0 ? rc : 0;
}

static int show_code(struct db *db, struct arena *a, void *arg)
{
	struct attempt *t = arg;
	struct account acc;
	int rc = attempt_open(db, a, t, &acc);

	if (rc != LOGIN_FINE)
		return rc;
	if (!acc.totp_seal.p)
		return LOGIN_STATE;
	rc = attempt_code(db, t, &acc, acc.totp_seal);
	if (rc != LOGIN_FINE)
		return rc;
	t->ended = acc.id;
	rc = session_strong(db, t->env->county, t->who->session, env_wall(t->env));
	return rc < 0 ? rc : attempt_close(db, t, &acc, "second_factor");
}

int login_strong(const struct env *env, const struct login_limits *limits, const struct who *who,
	struct str code)
{
	struct attempt t;
	int rc = begin(&t, env, limits, who, (struct str){ NULL, 0 });

	t.code = code;
	if (rc == 0)
		rc = store_act(env->store, show_code, &t);
	attempt_end(&t);
	return rc;
}

struct change {
	struct attempt t; /* first: attempt_open takes it */
	char hash[PASSWORD_HASH_MAX];
};

static int change_password(struct db *db, struct arena *a, void *arg)
{
	struct change *ch = arg;
	struct attempt *t = &ch->t;
	struct account acc;
	int64_t ended;
	int rc = attempt_open(db, a, t, &acc);

	if (rc != LOGIN_FINE)
		return rc;
	acc.password = str_of(ch->hash);
	acc.must_change = false;
	acc.changed_at = env_wall(t->env);
	acc.failures = 0;
	t->ended = acc.id;
	ended = session_delete_others(db, t->env->county, acc.id, t->who->session);
	return ended < 0 ? (int)ended : attempt_close(db, t, &acc, "password_change");
}

int login_change_password(const struct env *env, const struct login_limits *limits,
	const struct who *who, struct str old, struct str fresh, enum password_flaw *ret_flaw)
{
	enum password_flaw flaw = password_check(fresh, who->login);
	struct change ch;
	int rc = begin(&ch.t, env, limits, who, old);

	/* Only who knows the old password hears what is wrong with the new one. */
	if (rc == 0 && ch.t.right && flaw == PASSWORD_FINE && str_eq(old, fresh))
		flaw = PASSWORD_SAME;
	if (rc == 0 && ch.t.right && flaw == PASSWORD_FINE)
		rc = password_hash(fresh, ch.hash);
	if (rc == 0 && ch.t.right && flaw != PASSWORD_FINE)
		rc = LOGIN_FINE;
	else if (rc == 0)
		rc = store_act(env->store, change_password, &ch);
	attempt_end(&ch.t);
	if (rc == LOGIN_FINE)
		*ret_flaw = flaw;
	return rc;
}

struct offer {
	struct attempt t; /* first */
	unsigned char seal[TOTP_SECRET_BYTES + SEAL_OVERHEAD];
	size_t seal_n;
};

static int keep_offer(struct db *db, struct arena *a, void *arg)
{
	struct offer *o = arg;
	struct attempt *t = &o->t;
	struct account acc;
	int rc = attempt_open(db, a, t, &acc);

	if (rc != LOGIN_FINE)
		return rc;
	if (acc.totp_seal.p && !t->who->strong)
		return LOGIN_NEED_STRONG;
	acc.totp_new = (struct str){ (const char *)o->seal, o->seal_n };
	return attempt_close(db, t, &acc, "second_factor_begin");
}

static int print_offer(struct str login, const unsigned char secret[TOTP_SECRET_BYTES],
	struct arena *a, struct totp_offer *ret)
{
	char text[TOTP_SECRET_TEXT + 1], uri[512];
	struct buf b = { .p = text, .cap = sizeof(text), .ceiling = sizeof(text) - 1 };
	struct buf u = { .p = uri, .cap = sizeof(uri), .ceiling = sizeof(uri) - 1 };

	totp_base32(secret, TOTP_SECRET_BYTES, &b);
	totp_uri(login, secret, &u);
	BUG_IF(buf_bad(&b) || buf_bad(&u));
	ret->secret = arena_str(a, buf_str(&b));
	ret->uri = arena_str(a, buf_str(&u));
	OPENSSL_cleanse(text, sizeof(text));
	OPENSSL_cleanse(uri, sizeof(uri));
	return ret->secret.p && ret->uri.p ? 0 : FAULT_MEMORY;
}

int login_totp_begin(const struct env *env, const struct login_limits *limits,
	const struct who *who, struct str password, struct arena *a, struct totp_offer *ret_offer)
{
	unsigned char secret[TOTP_SECRET_BYTES];
	struct totp_offer offer;
	struct offer o;
	int rc = begin(&o.t, env, limits, who, password);

	totp_secret(secret);
	if (rc == 0)
		rc = print_offer(who->login, secret, a, &offer);
	if (rc == 0)
		rc = vault_seal(o.t.vault, SEAL_TOTP,
			(struct str){ (const char *)secret, sizeof(secret) }, o.seal, &o.seal_n);
	if (rc == 0)
		rc = store_act(env->store, keep_offer, &o);
	attempt_end(&o.t);
	OPENSSL_cleanse(secret, sizeof(secret));
	if (rc == LOGIN_FINE)
		*ret_offer = offer;
	return rc;
}

static int confirm(struct db *db, struct arena *a, void *arg)
{
	struct attempt *t = arg;
	struct account acc;
	int rc = attempt_open(db, a, t, &acc);

	if (rc != LOGIN_FINE)
		return rc;
	if (!acc.totp_new.p)
		return LOGIN_STATE;
	rc = attempt_code(db, t, &acc, acc.totp_new);
	if (rc != LOGIN_FINE)
		return rc;
	acc.totp_seal = acc.totp_new;
	acc.totp_new = (struct str){ NULL, 0 };
	t->ended = acc.id;
	rc = session_strong(db, t->env->county, t->who->session, env_wall(t->env));
	return rc < 0 ? rc : attempt_close(db, t, &acc, "second_factor_set");
}

int login_totp_confirm(const struct env *env, const struct login_limits *limits,
	const struct who *who, struct str code)
{
	struct attempt t;
	int rc = begin(&t, env, limits, who, (struct str){ NULL, 0 });

	t.code = code;
	if (rc == 0)
		rc = store_act(env->store, confirm, &t);
	attempt_end(&t);
	return rc;
}
