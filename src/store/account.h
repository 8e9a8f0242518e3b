/* SPDX-License-Identifier: Apache-2.0 */
/* Accounts of people who log in, and their sessions. */
#ifndef CANBAO_STORE_ACCOUNT_H
#define CANBAO_STORE_ACCOUNT_H

#include "base/arena.h"
#include "store/db.h"

enum account_state { ACCOUNT_ASKED, ACCOUNT_ACTIVE, ACCOUNT_CLOSED };

const char *account_state_code(enum account_state s);
/* False when there is no such state. */
MUST_USE bool account_state_parse(struct str code, enum account_state *ret_state);

struct account {
	int64_t id;
	struct str login, name, staff_no, role; /* role code of acts/roles.h */
	int64_t division;                       /* 0: the county */
	struct str unit;                        /* school or channel; {NULL,0}: none */
	enum account_state state;
	struct str password;            /* Argon2id, encoded; empty while asked */
	bool must_change;               /* at the next log-in */
	int64_t changed_at;             /* of the password, seconds UTC */
	struct str totp_seal, totp_new; /* SEAL_TOTP; {NULL,0}: none */
	int64_t totp_last;              /* the last time step that was used */
	int64_t failures, code_failures, locked_until;
	struct str subject; /* at the identity provider; {NULL,0}: none */
	int64_t asked_by;   /* account; 0: the operator at the command line; or _DEMO */
	int64_t audit;
};

/* FAULT_CONFLICT when the login is taken. */
MUST_USE int account_insert(struct db *db, int64_t county, const struct account *acc);
/* Write all but id, login and asked_by.  1, or 0 when there is no such account. */
MUST_USE int account_update(struct db *db, int64_t county, const struct account *acc);
/* 1 and *ret_account, texts in `a`; 0 when there is none; a fault. */
MUST_USE int account_by_id(
	struct db *db, int64_t county, int64_t id, struct arena *a, struct account *ret_account);
MUST_USE int account_by_login(struct db *db, int64_t county, struct str login, struct arena *a,
	struct account *ret_account);
MUST_USE int account_by_subject(struct db *db, int64_t county, struct str subject, struct arena *a,
	struct account *ret_account);

struct account_filter {
	struct str after;       /* login; {NULL,0}: from the start */
	bool falling;           /* the last login first */
	struct str role, state; /* {NULL,0}: all */
	size_t max;
};
/* By login. */
MUST_USE int account_page(struct db *db, int64_t county, const struct account_filter *f,
	struct arena *a, struct account **ret_items, size_t *ret_n);

/* The open accounts of one human being: at most `max` role codes, texts in `a`. */
struct staff_role {
	int64_t account;
	struct str role;
};
MUST_USE int account_of_staff(struct db *db, int64_t county, struct str staff_no, size_t max,
	struct arena *a, struct staff_role **ret_items, size_t *ret_n);
MUST_USE int account_active_count(
	struct db *db, int64_t county, struct str role, int64_t *ret_count);

/* Accounts of a demonstration are asked for by nobody. */
#define ACCOUNT_ASKED_BY_DEMO (-1)
MUST_USE int account_kind_count(
	struct db *db, int64_t county, int64_t *ret_demo, int64_t *ret_others);
/* 1 and *ret_school in `a`; 0 when no student is at a school. */
MUST_USE int school_first(struct db *db, int64_t county, struct arena *a, struct str *ret_school);

/* A town and one of its villages. */
struct crowd {
	int64_t town, village;
};
/* Where people are counted, the fullest village first, at most `max`; returns how many. */
MUST_USE int village_crowds(struct db *db, int64_t county, size_t max, struct crowd *ret_items);

/* A session with what the door needs of its account. */
struct session_row {
	unsigned char digest[32];
	int64_t account, made_at, seen_at, strong_at;
	struct str login, name, role, unit;
	int64_t division, changed_at;
	bool must_change, has_totp;
};

/* Digest, account, made_at (seen_at is the same) and strong_at of `s`. */
MUST_USE int session_insert(struct db *db, int64_t county, const struct session_row *s);
/* 1 and *ret_session, texts in `a`; 0 when there is none or its account is not active; a fault. */
MUST_USE int session_by_digest(struct db *db, int64_t county, const unsigned char digest[32],
	struct arena *a, struct session_row *ret_session);
MUST_USE int session_seen(
	struct db *db, int64_t county, const unsigned char digest[32], int64_t seen_at);
MUST_USE int session_strong(
	struct db *db, int64_t county, const unsigned char digest[32], int64_t strong_at);
/* Both return how many ended, or a fault. */
MUST_USE int64_t session_delete(struct db *db, int64_t county, const unsigned char digest[32]);
MUST_USE int64_t session_delete_account(struct db *db, int64_t county, int64_t account);
/* All of an account but this one. */
MUST_USE int64_t session_delete_others(
	struct db *db, int64_t county, int64_t account, const unsigned char keep[32]);
/* Delete sessions last seen before `seen` or made before `made`. */
MUST_USE int session_delete_over(struct db *db, int64_t county, int64_t seen, int64_t made);

#endif
