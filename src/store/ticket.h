/* SPDX-License-Identifier: Apache-2.0 */
/* Tickets (数据障碍): what a resident says is wrong with their data, until an office answered. */
#ifndef CANBAO_STORE_TICKET_H
#define CANBAO_STORE_TICKET_H

#include "base/arena.h"
#include "store/db.h"

#define TICKETS_OF_MAX 40

struct ticket_new {
	int64_t id;
	struct str code, kind, words;
	int64_t person, town;  /* 0: none */
	struct str phone_seal; /* {NULL,0}: none */
	int64_t opened_at, due_at;
};
MUST_USE int ticket_add(struct db *db, int64_t county, int64_t audit, const struct ticket_new *t);

/* What the resident sees. */
struct ticket_state {
	int64_t id, opened_at, due_at, answered_at; /* answered_at 0: not yet */
	struct str code, kind, state, words, answer;
};
MUST_USE int ticket_by_code(struct db *db, struct arena *a, int64_t county, struct str code,
	struct ticket_state *ret_state);
MUST_USE int ticket_of_person(struct db *db, struct arena *a, int64_t county, int64_t person,
	struct ticket_state **ret_items, size_t *ret_n);

/* What an office sees. */
struct ticket_row {
	int64_t id, person, opened_at, due_at, answered_at;
	struct str kind, state, words, town, person_name, phone_seal, answer, answered_by;
};
/* Those of `division` (0: all) in `state` ("": any) behind (due_at, id), the most urgent first. */
MUST_USE int ticket_in_area(struct db *db, struct arena *a, int64_t county, int64_t division,
	struct str state, int64_t after_due, int64_t after_id, size_t max,
	struct ticket_row **ret_items, size_t *ret_n);
/* 1, 0 or a fault. */
MUST_USE int ticket_one_in_area(struct db *db, struct arena *a, int64_t county, int64_t division,
	int64_t id, struct ticket_row *ret_row);
/* 1: answered; 0: it was closed. */
MUST_USE int ticket_answer(struct db *db, int64_t county, int64_t audit, int64_t id, bool close,
	struct str answer, struct str by, int64_t at);

#endif
