/* SPDX-License-Identifier: Apache-2.0 */
/* 登录会话 sessions: who is behind the cookie `canbao_session`.
 *
 * The secret is 256 random bits; the store keeps its SM3 digest.  Verifying is one read, and none
 * for up to SESSION_CACHE_SECONDS after it: whatever ends sessions here (log-out, a new password or
 * role, closing an account) also empties what is remembered of them in this process.  `seen_at`
 * is written at most once a minute and never by the request itself (later.h). */
#ifndef CANBAO_ACTS_SESSION_H
#define CANBAO_ACTS_SESSION_H

#include "acts/env.h"
#include "acts/roles.h"

#define SESSION_COOKIE "canbao_session"
#define SESSION_SECRET_TEXT 64 /* characters of a secret: hexadecimal */
#define SESSION_CACHE_MAX 4096
#define SESSION_CACHE_SECONDS 30

/* How strict log-ins are; from the settings.  Seconds unless it says otherwise. */
struct login_limits {
	int64_t idle;          /* a session ends after so long without a request: 1800 */
	int64_t absolute;      /* and after so long in any case: 43200 */
	int64_t strong_for;    /* the second factor counts for so long: 900 */
	int64_t lock_after;    /* wrong passwords or codes running that lock an account: 5 */
	int64_t lock_for;      /* and for how long: 900 */
	int64_t password_days; /* days until a password must be changed: 90 */
};
#define LOGIN_LIMITS_DEFAULT ((struct login_limits){ 1800, 43200, 900, 5, 900, 90 })

/* Who calls: an account behind a session, or an API client behind a signature. */
struct who {
	enum role role;
	int64_t account;  /* 0: an API client */
	struct str login; /* of the account, or the client's id: env.actor */
	struct str name;
	struct scope scope; /* env.scope */
	/* Sessions only. */
	int64_t division; /* as granted; 0: the county */
	struct str unit;  /* school or channel; {NULL,0}: none */
	bool must_change; /* first log-in, or the password is too old: only MAY_OWN_ACCOUNT */
	bool has_totp;    /* a second factor is enrolled */
	bool strong;      /* and was shown in this session not long ago */
	int64_t made_at, seen_at;  /* seconds UTC */
	int64_t ends_at;           /* when it ends without another request */
	unsigned char session[32]; /* digest of the secret: names the session in acts */
};

/* How far a role with this division and unit sees.  `unit` is borrowed.  A role that needs a
 * division or a unit and has none sees nothing. */
struct scope scope_of(enum role role, int64_t division, struct str unit);

/* Who is behind `secret` (the cookie's value as it came).  1 and *ret_who, whose texts live in `a`;
 * 0 when there is no such live session (unknown, idle too long, too old, account closed); a fault.
 * Thread-safe. */
MUST_USE int session_verify(struct store *st, int64_t county, const struct login_limits *limits,
	struct str secret, int64_t now, struct arena *a, struct who *ret_who);

/* The CSRF token of a session, HMAC-SM3(secret, "csrf") in hexadecimal: the page sends it in
 * X-CSRF-Token with everything that changes something. */
void session_csrf(struct str secret, char ret_token[65]);
/* In constant time. */
MUST_USE bool session_csrf_holds(struct str secret, struct str token);

/* Log out: end the session of this digest.  Audited.  0 also when it has ended already. */
MUST_USE int session_end(const struct env *env, const unsigned char digest[32]);
/* Forget what is remembered of an account's sessions; acts that end them call it after their
 * commit.  `account` 0: of all. */
void session_forget(int64_t account);

/* For acts that begin sessions: a fresh secret (64 hexadecimal digits), and the digest that the
 * store keeps of one. */
void session_secret(char ret_secret[SESSION_SECRET_TEXT + 1]);
void session_digest(struct str secret, unsigned char ret_digest[32]);

/* Write the `seen_at` that wait; delete sessions that are over.  Called by later.c. */
MUST_USE int session_flush(struct store *st, int64_t county);
MUST_USE int session_sweep(
	struct store *st, int64_t county, const struct login_limits *limits, int64_t now);

#endif
