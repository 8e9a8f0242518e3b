/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/login.h"

#include <string.h>

#include "acts/attempt.h"

static int log_in(struct db *db, struct arena *a, void *arg)
{
	struct attempt *t = arg;
	struct session_row session = { .made_at = env_wall(t->env) };
	struct account acc;
	int rc = attempt_open(db, a, t, &acc);

	if (rc != LOGIN_FINE)
		return rc;
	if (t->code.p && acc.totp_seal.p) {
		rc = attempt_code(db, t, &acc, acc.totp_seal);
		if (rc != LOGIN_FINE)
			return rc;
		session.strong_at = env_wall(t->env);
	}
	session.account = acc.id;
	memcpy(session.digest, t->digest, sizeof(session.digest));
	acc.failures = 0;
	rc = session_insert(db, t->env->county, &session);
	return rc < 0 ? rc : attempt_close(db, t, &acc, "log_in");
}

struct named {
	struct attempt *t;
	struct str name;
	bool subject;
};

static int find(struct db *db, struct arena *a, void *arg)
{
	struct named *n = arg;
	struct attempt *t = n->t;

	(void)a;
	if (n->subject)
		return account_by_subject(db, t->env->county, n->name, &t->arena, &t->seen);
	return account_by_login(db, t->env->county, n->name, &t->arena, &t->seen);
}

static int run(struct attempt *t, struct str name, bool subject, char *ret_secret)
{
	struct named n = { t, name, subject };
	char secret[SESSION_SECRET_TEXT + 1];
	int rc = store_read(t->env->store, find, &n);

	if (rc >= 0 && t->asks_password)
		rc = attempt_verify(t);
	if (rc < 0)
		return rc;
	session_secret(secret);
	session_digest(str_of(secret), t->digest);
	rc = store_act(t->env->store, log_in, t);
	if (rc == LOGIN_FINE)
		memcpy(ret_secret, secret, sizeof(secret));
	return rc;
}

int login_password(const struct env *env, const struct login_limits *limits,
	const struct login_ask *ask, char ret_secret[SESSION_SECRET_TEXT + 1])
{
	struct attempt t;
	int rc = attempt_begin(&t, env, limits, true);

	t.password = ask->password;
	t.code = ask->code;
	if (rc == 0)
		rc = run(&t, ask->login, false, ret_secret);
	attempt_end(&t);
	return rc;
}

int login_subject(
	const struct env *env, struct str subject, char ret_secret[SESSION_SECRET_TEXT + 1])
{
	struct login_limits none = LOGIN_LIMITS_DEFAULT; /* nothing is guessed here */
	struct attempt t;
	int rc = attempt_begin(&t, env, &none, false);

	if (rc == 0)
		rc = run(&t, subject, true, ret_secret);
	attempt_end(&t);
	return rc;
}
