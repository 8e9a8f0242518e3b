/* SPDX-License-Identifier: Apache-2.0 */
/* Files given to the service and not taken in yet, and those that were. */
#ifndef CANBAO_STORE_UPLOAD_H
#define CANBAO_STORE_UPLOAD_H

#include "base/arena.h"
#include "base/day.h"
#include "store/db.h"
#include "store/way.h"

struct upload {
	int64_t id, account;
	struct str name; /* as its sender calls it */
	int64_t bytes;
	unsigned char digest[32];
	int64_t at;
};
/* How many uploads of an account are kept. */
MUST_USE int upload_count(struct db *db, int64_t county, int64_t account, int64_t *ret_n);
MUST_USE int upload_add(struct db *db, int64_t county, const struct upload *u);
/* 1 and *ret_upload (its name in `a`), 0, a fault. */
MUST_USE int upload_load(
	struct db *db, struct arena *a, int64_t county, int64_t id, struct upload *ret_upload);
/* The ids of up to UPLOADS_SWEPT uploads from before an instant; returns how many. */
#define UPLOADS_SWEPT 100
MUST_USE int upload_oldest(
	struct db *db, int64_t county, int64_t before, int64_t ret_ids[UPLOADS_SWEPT]);
MUST_USE int upload_drop(struct db *db, int64_t county, int64_t id);

/* A file that was taken in, with who did it when. */
struct import_listed_file {
	int64_t id;
	struct str kind, name, department; /* department {NULL,0}: none */
	day_t as_of;
	int64_t rows, accepted, unchanged, rejected;
	struct str state; /* complete, open, stopped */
	struct str actor;
	int64_t at;
};
/* By id the way asked for.  `kind`, `actor` empty: any. */
MUST_USE int import_file_list(struct db *db, struct arena *a, int64_t county, struct str kind,
	struct str actor, struct way way, size_t limit, struct import_listed_file **ret_items,
	size_t *ret_n);

#endif
