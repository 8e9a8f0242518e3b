/* SPDX-License-Identifier: Apache-2.0 */
/* 工作台 what waits, counted. */
#ifndef CANBAO_STORE_DESK_H
#define CANBAO_STORE_DESK_H

#include "store/db.h"

/* `division` 0: the whole county. */
MUST_USE int desk_registrations(
	struct db *db, int64_t county, int64_t division, int64_t *ret_asked);
MUST_USE int desk_tickets(struct db *db, int64_t county, int64_t division, int64_t now,
	int64_t *ret_open, int64_t *ret_late);
/* Exports asked for by others than `account`. */
MUST_USE int desk_exports(
	struct db *db, int64_t county, int64_t division, int64_t account, int64_t *ret_asked);
/* Accounts opened by others than `account` that nobody granted. */
MUST_USE int desk_accounts(struct db *db, int64_t county, int64_t account, int64_t *ret_asked);
/* Jobs of `account` (0: of all) that failed since an instant. */
MUST_USE int desk_jobs(
	struct db *db, int64_t county, int64_t since, int64_t account, int64_t *ret_failed);

#endif
