/* SPDX-License-Identifier: Apache-2.0 */
/* Persons: who lives or is registered here, and what changed about them when. */
#ifndef CANBAO_STORE_PERSON_H
#define CANBAO_STORE_PERSON_H

#include "base/arena.h"
#include "base/day.h"
#include "store/db.h"
#include "store/vault.h"

struct person {
	int64_t id;
	unsigned char token[TOKEN_BYTES]; /* blind index of the document number */
	struct str doc_kind;              /* stable code, rules/document.h */
	struct str doc_seal;              /* sealed number */
	struct str name;
	int sex; /* GB/T 2261.1: 0 1 2 9 */
	day_t birth;
	struct str nation;     /* as written, {NULL,0} when not given; so for the next ones */
	struct str phone_seal; /* sealed */
	struct str household;  /* 户号 */
	struct str relation;
	int64_t village; /* 12 digits: where the statistics put the person */
	int64_t town;    /* 12 digits: where the person is counted */
	bool registered; /* 户籍 in this county */
	bool resident;   /* lives in this county */
	day_t died_on;   /* DAY_NONE while alive */
};

/* Called for each person of a chunk whose document was known already: `stored` is what the store
 * holds (its id, and everything but token and doc_seal), `chunk_index` tells which row of the
 * chunk. */
typedef int (*person_known_fn)(void *ctx, size_t chunk_index, const struct person *stored);

/* Make the temporary tables this room's chunked writers use.  Once a transaction. */
MUST_USE int person_stage_prepare(struct db *db);
/* Add the persons of a chunk (n <= 65536) whose documents are new; their ids must be new and
 * rising, their documents all different.  The others are handed to `known` afterwards, in order of
 * rows. `nobody_known`: the county had nobody before these documents, no two of which are alike,
 * began to come; then nobody is looked up.  Returns how many were added, or a fault. */
MUST_USE int64_t person_add_chunk(struct db *db, struct arena *a, int64_t county, int64_t audit,
	const struct person *rows, size_t n, bool nobody_known, person_known_fn known, void *ctx);
/* Replace what is stored about p->id (all fields but token and document number). */
MUST_USE int person_change(struct db *db, int64_t county, int64_t audit, const struct person *p);
/* Record one changed field. */
MUST_USE int person_history_add(struct db *db, int64_t county, int64_t person, int64_t audit,
	const char *field, struct str was, struct str became);
/* The person with this document.  1, 0, fault.  Strings live in `a`. */
MUST_USE int person_by_token(struct db *db, struct arena *a, int64_t county,
	const unsigned char token[TOKEN_BYTES], struct person *ret_person);
/* Highest id in use, 0 when there is nobody. */
MUST_USE int person_last(struct db *db, int64_t county, int64_t *ret_id);

#endif
