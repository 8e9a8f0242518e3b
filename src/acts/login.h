/* SPDX-License-Identifier: Apache-2.0 */
/* 登录 logging in, the second factor, one's own password.
 *
 * Passwords are hashed outside the transaction, in turns (password.h); a turn lasts until its
 * failure is counted, so that guesses made at once are counted before the next is heard.  An
 * account that does not exist, is closed or locked costs the same work and gets the same answer as
 * a wrong password. */
#ifndef CANBAO_ACTS_LOGIN_H
#define CANBAO_ACTS_LOGIN_H

#include "acts/password.h"
#include "acts/session.h"

enum login_ruling {
	LOGIN_WRONG, /* password or code; locked; closed; unknown */
	LOGIN_FINE,
	LOGIN_STATE,      /* no second factor is set up, or none was offered */
	LOGIN_NEED_STRONG /* an old second factor must be shown before it is replaced */
};

struct login_ask {
	struct str login, password;
	struct str code; /* of the second factor; {NULL,0}: not now */
};

/* All of them return an enum login_ruling, FAULT_RETRY when too many log in at once, or a fault.
 * `env` needs store, county and now; who acts is the account. */

/* Log in: LOGIN_FINE and the secret for the cookie.  With a right code the session is strong; an
 * account without a second factor ignores it. */
MUST_USE int login_password(const struct env *env, const struct login_limits *limits,
	const struct login_ask *ask, char ret_secret[SESSION_SECRET_TEXT + 1]);
/* Log in whom the identity provider named: LOGIN_WRONG when no open account has this subject. */
MUST_USE int login_subject(
	const struct env *env, struct str subject, char ret_secret[SESSION_SECRET_TEXT + 1]);

/* Show the second factor in a session.  Too many wrong codes lock the account and end its
 * sessions. */
MUST_USE int login_strong(const struct env *env, const struct login_limits *limits,
	const struct who *who, struct str code);

/* Change one's own password; the account's other sessions end.  A password that is no good counts
 * no failure: LOGIN_FINE with *ret_flaw other than PASSWORD_FINE, and nothing was changed. */
MUST_USE int login_change_password(const struct env *env, const struct login_limits *limits,
	const struct who *who, struct str old, struct str fresh, enum password_flaw *ret_flaw);

/* Offer a second factor: base 32 secret and otpauth URI, into `a`. */
struct totp_offer {
	struct str secret, uri;
};
MUST_USE int login_totp_begin(const struct env *env, const struct login_limits *limits,
	const struct who *who, struct str password, struct arena *a, struct totp_offer *ret_offer);
/* Set it up with its first code; the session is strong then. */
MUST_USE int login_totp_confirm(const struct env *env, const struct login_limits *limits,
	const struct who *who, struct str code);

#endif
