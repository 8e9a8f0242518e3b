/* SPDX-License-Identifier: Apache-2.0 */
/* 幂等 answers kept for an Idempotency-Key: the second call with a key gets the first one's answer.
 */
#ifndef CANBAO_STORE_ANSWERED_H
#define CANBAO_STORE_ANSWERED_H

#include "base/arena.h"
#include "store/db.h"

#define ANSWERED_STALE_SECONDS 300 /* a reservation this old belongs to a server that died */

struct answered_key {
	int64_t county;
	struct str caller; /* whose key it is: two callers may use the same one */
	struct str key;
	unsigned char digest[32]; /* SM3 of method, target and body */
};

enum answered_state {
	ANSWERED_MINE,    /* reserved: do the work, then put or drop */
	ANSWERED_BEFORE,  /* *ret_status and *ret_body are the first answer */
	ANSWERED_WORKING, /* somebody is at it */
	ANSWERED_OTHER    /* the key was used with other content */
};

/* Reserve the key or say what became of it: an enum answered_state, or a fault.  `now` in seconds
 * UTC.  The body lives in `a`. */
MUST_USE int answered_reserve(struct db *db, struct arena *a, const struct answered_key *k,
	int64_t now, int64_t *ret_status, struct str *ret_body);
/* Keep the answer of a reserved key. */
MUST_USE int answered_put(
	struct db *db, const struct answered_key *k, int64_t status, struct str body);
/* Give a reserved key back: nothing was done. */
MUST_USE int answered_drop(struct db *db, const struct answered_key *k);
/* Forget up to 500 answers older than `before`; how many, or a fault. */
MUST_USE int64_t answered_sweep(struct db *db, int64_t county, int64_t before);

#endif
