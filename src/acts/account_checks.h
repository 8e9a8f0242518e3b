/* SPDX-License-Identifier: Apache-2.0 */
/* What must hold of an account before it is written.  For accounts.c and account_operator.c. */
#ifndef CANBAO_ACTS_ACCOUNT_CHECKS_H
#define CANBAO_ACTS_ACCOUNT_CHECKS_H

#include "acts/accounts.h"

/* A first password for *first and its hash; 0, FAULT_RETRY or FAULT_MEMORY. */
MUST_USE int account_first_make(struct account_first *first, char ret_hash[PASSWORD_HASH_MAX]);

/* Texts of a new account: a ruling. */
enum account_ruling account_check_texts(const struct account_new *n);
/* Inside a transaction: role, division and unit fit each other and exist; a ruling or a fault. */
MUST_USE int account_check_place(
	struct db *db, struct arena *a, int64_t county, const struct account_place *p);
/* May this human being hold `role` beside the other open accounts of the same staff number?  `id`
 * is left out. */
MUST_USE int account_check_staff(struct db *db, struct arena *a, int64_t county,
	struct str staff_no, int64_t id, enum role role);
/* May this active account stop being what it is: is there another of its role? */
MUST_USE int account_check_last(struct db *db, int64_t county, const struct account *acc);
/* Login and subject are free; inserts with a fresh id.  `acc` gets id and audit. */
MUST_USE int account_put(struct db *db, struct arena *a, const struct env *env, struct account *acc,
	const char *act);

#endif
