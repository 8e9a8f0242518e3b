/* SPDX-License-Identifier: Apache-2.0 */
/* Registrations (参保登记): who asks to be taken into the register, until an office decides. */
#ifndef CANBAO_STORE_REGISTRATION_H
#define CANBAO_STORE_REGISTRATION_H

#include "base/arena.h"
#include "base/day.h"
#include "store/db.h"
#include "store/vault.h"

#define REGISTRATIONS_OF_MAX 40

struct registration_new {
	int64_t id;
	struct str code, kind;
	int64_t guardian; /* 0: none */
	unsigned char token[TOKEN_BYTES];
	struct str doc_kind, doc_seal, name;
	int sex;
	day_t birth;
	int64_t village, town;
	bool registered;
	struct str phone_seal; /* {NULL,0}: none */
	int64_t asked_at;
};
MUST_USE int registration_add(
	struct db *db, int64_t county, int64_t audit, const struct registration_new *r);
/* Names under which a document waits already; at most 20. */
MUST_USE int registration_waiting(struct db *db, struct arena *a, int64_t county,
	const unsigned char token[TOKEN_BYTES], struct str *ret_names, size_t *ret_n);

/* How far one is: what its applicant sees. */
struct registration_state {
	int64_t id, asked_at, decided_at; /* decided_at 0: not yet */
	struct str code, kind, state, name, reason;
	day_t birth;
	bool registered;
};
/* 1, 0 or a fault. */
MUST_USE int registration_by_code(struct db *db, struct arena *a, int64_t county, struct str code,
	struct registration_state *ret_state);
MUST_USE int registration_of_person(struct db *db, struct arena *a, int64_t county, int64_t person,
	struct registration_state **ret_items, size_t *ret_n);

/* What an office sees. */
struct registration_row {
	int64_t id, asked_at, decided_at, person; /* person 0: not accepted */
	struct str kind, state, name, doc_seal, town, village, guardian, decided_by, reason;
	int sex;
	day_t birth;
	bool registered;
	bool in_register; /* the document is somebody's in the register already */
};
/* Those of `division` (0: all) in `state` ("": any) with id above `after`, oldest first. */
MUST_USE int registration_in_area(struct db *db, struct arena *a, int64_t county, int64_t division,
	struct str state, int64_t after, size_t max, struct registration_row **ret_items,
	size_t *ret_n);

struct registration_case {
	struct str state, household; /* household: of the guardian */
	struct registration_new r;   /* without id, code, kind, asked_at */
};
/* 1, 0 when there is none in `division`. */
MUST_USE int registration_for_decision(struct db *db, struct arena *a, int64_t county, int64_t id,
	int64_t division, struct registration_case *ret_case);
/* 1: decided; 0: it was not waiting any more.  `person` 0: declined with `reason`. */
MUST_USE int registration_decide(struct db *db, int64_t county, int64_t audit, int64_t id,
	int64_t person, struct str reason, struct str by, int64_t at);

#endif
