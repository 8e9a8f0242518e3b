/* SPDX-License-Identifier: Apache-2.0 */
/* 密码和验证码的核对 one try at a password or a code: judged, counted, recorded.  For login.c and
 * own_account.c. */
#ifndef CANBAO_ACTS_ATTEMPT_H
#define CANBAO_ACTS_ATTEMPT_H

#include "acts/login.h"
#include "store/account.h"
#include "store/vault.h"

struct attempt {
	const struct env *env;
	const struct login_limits *limits;
	struct arena arena; /* of what is read before the transaction */
	struct vault *vault;
	struct str password, code;
	struct account seen; /* as it was when the password was verified; id 0: unknown */
	bool asks_password;  /* and `right` tells whether it is the one of `seen` */
	bool right, turn;
	const struct who *who;    /* in a session; NULL: logging in */
	unsigned char digest[32]; /* of the session that begins */
	int64_t ended;            /* result: the account whose sessions ended or changed */
};

/* Zero and fill; takes the turn when `password`.  attempt_end in every case. */
MUST_USE int attempt_begin(
	struct attempt *t, const struct env *env, const struct login_limits *limits, bool password);
void attempt_end(struct attempt *t);
/* Verify `password` against `seen` (outside the transaction). */
MUST_USE int attempt_verify(struct attempt *t);

/* Inside the transaction.  attempt_open loads the account and judges the password; what is not
 * LOGIN_FINE is counted already and to be returned at once. */
MUST_USE int attempt_open(
	struct db *db, struct arena *a, struct attempt *t, struct account *ret_account);
/* Judge the code against the secret in `seal`; the same. */
MUST_USE int attempt_code(struct db *db, struct attempt *t, struct account *acc, struct str seal);
/* Write the account and the trail; LOGIN_FINE or a fault. */
MUST_USE int attempt_close(struct db *db, struct attempt *t, struct account *acc, const char *act);

#endif
