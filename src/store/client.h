/* SPDX-License-Identifier: Apache-2.0 */
/* Other systems that call with signed requests, and the nonces they used. */
#ifndef CANBAO_STORE_CLIENT_H
#define CANBAO_STORE_CLIENT_H

#include "base/arena.h"
#include "store/db.h"

struct api_client_row {
	struct str id, name, role; /* role code of acts/roles.h */
	struct str unit;           /* {NULL,0}: none */
	bool active;
	struct str key_seal, old_key_seal; /* SEAL_KEY; the old one may be {NULL,0} */
	int64_t old_until;                 /* seconds UTC */
	int64_t audit;
};

/* FAULT_CONFLICT when the id is taken. */
MUST_USE int api_client_insert(struct db *db, int64_t county, const struct api_client_row *c);
/* Keys, their times and the state. 1, or 0 when there is no such client. */
MUST_USE int api_client_update(struct db *db, int64_t county, const struct api_client_row *c);
/* 1 and *ret_client, texts in `a`; 0 when there is none; a fault. */
MUST_USE int api_client_find(struct db *db, int64_t county, struct str id, struct arena *a,
	struct api_client_row *ret_client);
/* All, by id, at most `max`. */
MUST_USE int api_client_all(struct db *db, int64_t county, size_t max, struct arena *a,
	struct api_client_row **ret_items, size_t *ret_n);

/* Remember a nonce.  1 when it is new, 0 when it was used, a fault. */
MUST_USE int api_nonce_add(
	struct db *db, int64_t county, struct str client, struct str nonce, int64_t at);
/* Delete what is older than `before`. */
MUST_USE int api_nonce_clear(struct db *db, int64_t county, int64_t before);

#endif
