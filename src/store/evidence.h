/* SPDX-License-Identifier: Apache-2.0 */
/* Papers (佐证材料): what a resident uploads, sealed; of nobody until a registration takes it up.
 */
#ifndef CANBAO_STORE_EVIDENCE_H
#define CANBAO_STORE_EVIDENCE_H

#include "base/arena.h"
#include "store/db.h"

#define EVIDENCE_LIST_MAX 100

struct evidence {
	int64_t id, bytes, at;
	struct str kind, media;
};
struct evidence_new {
	int64_t id;
	struct str code, kind, media;
	int64_t bytes; /* of the plain paper */
	unsigned char digest[32];
	struct str sealed;
	int64_t at;
};
MUST_USE int evidence_add(
	struct db *db, int64_t county, int64_t audit, const struct evidence_new *e);
/* Bytes of papers that belong to nobody yet. */
MUST_USE int evidence_loose(struct db *db, int64_t county, int64_t *ret_bytes);
/* Delete those of nobody that came before `before`; how many, or a fault. */
MUST_USE int64_t evidence_sweep(struct db *db, int64_t county, int64_t before);
/* 1: taken up by the registration; 0: no such paper, or it belongs to somebody. */
MUST_USE int evidence_attach(struct db *db, int64_t county, struct str code, int64_t registration);
/* The papers of a registration become the person's. */
MUST_USE int evidence_to_person(
	struct db *db, int64_t county, int64_t registration, int64_t person);
MUST_USE int evidence_of_person(struct db *db, struct arena *a, int64_t county, int64_t person,
	struct evidence **ret_items, size_t *ret_n);
MUST_USE int evidence_of_registration(struct db *db, struct arena *a, int64_t county,
	int64_t registration, struct evidence **ret_items, size_t *ret_n);

struct evidence_paper {
	struct str media, sealed;
	int64_t person, registration; /* 0: none */
};
/* 1, 0 when there is none in `division` (0: the whole county), or a fault. */
MUST_USE int evidence_in_area(struct db *db, struct arena *a, int64_t county, int64_t id,
	int64_t division, struct evidence_paper *ret_paper);

#endif
