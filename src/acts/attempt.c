/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/attempt.h"

#include <openssl/crypto.h>

#include "acts/totp.h"

#define ARENA_MAX (64u * 1024u)

int attempt_begin(
	struct attempt *t, const struct env *env, const struct login_limits *limits, bool password)
{
	int rc;

	*t = (struct attempt){ .env = env, .limits = limits, .asks_password = password };
	arena_init(&t->arena, ARENA_MAX);
	rc = vault_new(store_keys(env->store), &t->vault);
	if (rc == 0 && password) {
		rc = password_turn_take();
		t->turn = rc == 0;
	}
	return rc;
}

void attempt_end(struct attempt *t)
{
	if (t->turn)
		password_turn_give();
	vault_free(t->vault);
	arena_release(&t->arena);
	if (t->ended)
		session_forget(t->ended);
}

int attempt_verify(struct attempt *t)
{
	bool open = t->seen.id && t->seen.state == ACCOUNT_ACTIVE;
	int rc = password_verify(t->password, open ? t->seen.password : STR(""));

	t->right = rc == 1;
	return rc < 0 ? rc : 0;
}

/* Nobody's failure is written down too, so that it takes as long as somebody's. */
static int count_nobody(struct db *db, const struct attempt *t)
{
	int64_t n;
	int rc = counter_take(db, t->env->county, "log_in_nobody", 1, &n);

	return rc < 0 ? rc : LOGIN_WRONG;
}

static int record(
	struct db *db, struct attempt *t, struct account *acc, const char *act, struct str detail)
{
	struct env env = *t->env;
	int rc = audit_open(db, env.county, &acc->audit);

	env.actor = acc->login;
	if (rc == 0)
		rc = account_update(db, env.county, acc);
	if (rc < 0)
		return rc;
	return env_audit(db, &env, acc->audit, act, acc->login, detail);
}

/* One more failure; the one too many locks the account.  Wrong codes come from somebody who is in,
 * so those end its sessions as well. */
static int count(struct db *db, struct attempt *t, struct account *acc, bool code)
{
	int64_t *running = code ? &acc->code_failures : &acc->failures;
	bool locks = ++*running >= t->limits->lock_after;
	int64_t ended = 0;
	int rc;

	if (locks) {
		acc->failures = acc->code_failures = 0;
		acc->locked_until = env_wall(t->env) + t->limits->lock_for;
	}
	if (locks && code)
		ended = session_delete_account(db, t->env->county, acc->id);
	if (ended < 0)
		return (int)ended;
	if (ended > 0)
		t->ended = acc->id;
	if (code)
		rc = record(db, t, acc, "log_in_failed",
			locks ? STR("{\"factor\":\"code\",\"locked\":true}")
			      : STR("{\"factor\":\"code\",\"locked\":false}"));
	else
		rc = record(db, t, acc, "log_in_failed",
			locks ? STR("{\"factor\":\"password\",\"locked\":true}")
			      : STR("{\"factor\":\"password\",\"locked\":false}"));
	return rc < 0 ? rc : LOGIN_WRONG;
}

int attempt_open(struct db *db, struct arena *a, struct attempt *t, struct account *ret_account)
{
	int64_t id = t->who ? t->who->account : t->seen.id;
	struct account acc;
	int rc = id ? account_by_id(db, t->env->county, id, a, &acc) : 0;

	if (rc < 0)
		return rc;
	if (rc == 0 || acc.state != ACCOUNT_ACTIVE || acc.locked_until > env_wall(t->env))
		return count_nobody(db, t);
	/* A password that was changed meanwhile was not the one that was verified. */
	if (t->asks_password && !(t->right && str_eq(acc.password, t->seen.password)))
		return count(db, t, &acc, false);
	*ret_account = acc;
	return LOGIN_FINE;
}

int attempt_code(struct db *db, struct attempt *t, struct account *acc, struct str seal)
{
	char secret[SEAL_PLAIN_MAX];
	int64_t step;
	size_t n;
	int rc = vault_open(t->vault, SEAL_TOTP, seal, secret, &n);
	bool holds = rc == 0 && totp_holds((const unsigned char *)secret, n, t->code,
					env_wall(t->env), acc->totp_last, &step);

	OPENSSL_cleanse(secret, sizeof(secret));
	if (rc < 0)
		return rc;
	if (!holds)
		return count(db, t, acc, true);
	acc->totp_last = step;
	acc->code_failures = 0;
	return LOGIN_FINE;
}

int attempt_close(struct db *db, struct attempt *t, struct account *acc, const char *act)
{
	int rc = record(db, t, acc, act, (struct str){ NULL, 0 });

	return rc < 0 ? rc : LOGIN_FINE;
}
