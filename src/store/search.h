/* SPDX-License-Identifier: Apache-2.0 */
/* Looking residents up within somebody's scope: by id, by document, by name. */
#ifndef CANBAO_STORE_SEARCH_H
#define CANBAO_STORE_SEARCH_H

#include "base/arena.h"
#include "store/person.h"
#include "store/scope.h"

/* How a person stands this season, most settled first. */
enum standing { STANDING_ENROLLED, STANDING_OPEN, STANDING_REFUSED, STANDING_NONE };

/* One line of an answer; texts live in the arena. */
struct found {
	int64_t id;
	struct str name, doc_seal, household; /* household {NULL,0}: none */
	struct str town, village;             /* names, {NULL,0}: unknown */
	int sex;
	day_t birth, died_on;
	bool registered, resident;
	enum standing standing;
};

struct season_key {
	struct str policy;
	int benefit_year;
};

/* The person `id`, with the sealed phone.  1; 0: there is none, or not within the scope; a fault.
 */
MUST_USE int person_within(struct db *db, struct arena *a, const struct scope_bind *scope,
	int64_t id, struct person *ret_person);

/* Who holds the document with this token: 0 or 1 lines. */
MUST_USE int search_by_token(struct db *db, struct arena *a, const struct scope_bind *scope,
	const struct season_key *season, const unsigned char token[TOKEN_BYTES],
	struct found **ret_items, size_t *ret_n);
/* Who is called `name`, or (`prefix`) begins with it, below `division` (0: anywhere), by name and
 * id, at most `max`.  A beginning that more than SEARCH_NAMES_MAX people share is followed so far
 * and no further: *ret_cut. */
#define SEARCH_NAMES_MAX 20000
MUST_USE int search_by_name(struct db *db, struct arena *a, const struct scope_bind *scope,
	const struct season_key *season, struct str name, bool prefix, int64_t division, size_t max,
	struct found **ret_items, size_t *ret_n, bool *ret_cut);

#endif
