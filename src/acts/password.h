/* SPDX-License-Identifier: Apache-2.0 */
/* 密码 passwords: Argon2id, what a good one is, first ones. */
#ifndef CANBAO_ACTS_PASSWORD_H
#define CANBAO_ACTS_PASSWORD_H

#include "base/err.h"
#include "base/str.h"

#define PASSWORD_BYTES_MAX 200
#define PASSWORD_CHARS_MIN 10
#define PASSWORD_HASH_MAX 128 /* of the encoded hash, NUL included */
#define PASSWORD_FIRST 17     /* of a first password, NUL included */
#define ARGON2_KIB 19456      /* memory of one hash */
#define ARGON2_PASSES 2
#define ARGON2_AT_ONCE 2 /* hashes computed at the same time in this process */
#define ARGON2_WAITING 4 /* threads that may wait, unless password_waiting says otherwise */

/* X(NAME, Chinese, English): what may be wrong with a new password. */
#define PASSWORD_FLAWS(X) \
	X(SHORT, "密码至少 10 个字符", "a password has at least 10 characters") \
	X(LONG, "密码太长", "the password is too long") \
	X(LOGIN, "密码不能含账号名", "the password must not contain the account's name") \
	X(COMMON, "这个密码太常见，容易被猜到", "this password is too common and easily guessed") \
	X(SAME, "新密码不能与原密码相同", "the new password must differ from the old one")

enum password_flaw {
	PASSWORD_FINE,
#define X(name, zh, en) PASSWORD_##name,
	PASSWORD_FLAWS(X)
#undef X
};
const char *password_flaw_zh(enum password_flaw f);
const char *password_flaw_en(enum password_flaw f);

/* Everything that can be said without the old hash; PASSWORD_SAME is the caller's to find out. */
enum password_flaw password_check(struct str plain, struct str login);

/* How many threads may wait for their turn; the next one is told to come again.  A server leaves
 * some of its workers to other work. */
void password_waiting(int n);
/* Take a turn for one or more hashes, at most ARGON2_AT_ONCE at a time: a flood of log-ins cannot
 * eat the memory or all workers.  0, or FAULT_RETRY when too many wait already. */
MUST_USE int password_turn_take(void);
void password_turn_give(void);

/* Both need a turn.  Random salt.  0 or FAULT_MEMORY. */
MUST_USE int password_hash(struct str plain, char ret_hash[PASSWORD_HASH_MAX]);
/* 1 it is the password, 0 it is not, FAULT_MEMORY.  An empty or foreign `hash` costs the same work
 * against a made-up one and gives 0. */
MUST_USE int password_verify(struct str plain, struct str hash);

/* A random first password of 16 characters that are not mistaken for one another (80 bits). */
void password_first(char ret_plain[PASSWORD_FIRST]);

#endif
