/* SPDX-License-Identifier: Apache-2.0 */
#include "store/ticket.h"

#include "store/bind.h"

int ticket_add(struct db *db, int64_t county, int64_t audit, const struct ticket_new *t)
{
	struct stmt *s;
	int rc = db_stmt_of(db, SQL_TICKET_ADD, county, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 2, t->id);
	stmt_text(s, 3, t->code);
	stmt_text(s, 4, t->kind);
	stmt_int_or_null(s, 5, t->person);
	stmt_int_or_null(s, 6, t->town);
	stmt_text(s, 7, t->words);
	stmt_blob_or_null(s, 8, t->phone_seal);
	stmt_int(s, 9, t->opened_at);
	stmt_int(s, 10, t->due_at);
	stmt_int(s, 11, audit);
	return stmt_done(s);
}

static void read_state(struct stmt *s, struct arena *a, struct ticket_state *t)
{
	*t = (struct ticket_state){ .id = stmt_col_int(s, 0),
		.code = stmt_col_text_in(s, a, 1),
		.kind = stmt_col_text_in(s, a, 2),
		.state = stmt_col_text_in(s, a, 3),
		.words = stmt_col_text_in(s, a, 4),
		.opened_at = stmt_col_int(s, 5),
		.due_at = stmt_col_int(s, 6),
		.answer = stmt_col_text_in(s, a, 7),
		.answered_at = stmt_col_int_or_zero(s, 8) };
}

int ticket_by_code(struct db *db, struct arena *a, int64_t county, struct str code,
	struct ticket_state *ret_state)
{
	struct stmt *s;
	int rc = db_stmt_of(db, SQL_TICKET_BY_CODE, county, &s);

	if (rc < 0)
		return rc;
	stmt_text(s, 2, code);
	rc = stmt_step(s);
	if (rc == 1)
		read_state(s, a, ret_state);
	stmt_reset(s);
	return rc;
}

int ticket_of_person(struct db *db, struct arena *a, int64_t county, int64_t person,
	struct ticket_state **ret_items, size_t *ret_n)
{
	struct ticket_state *items = ARENA_ARRAY(a, struct ticket_state, TICKETS_OF_MAX);
	struct stmt *s;
	size_t n = 0;
	int rc = items ? db_stmt_of(db, SQL_TICKET_OF_PERSON, county, &s) : FAULT_MEMORY;

	if (rc < 0)
		return rc;
	stmt_int(s, 2, person);
	while (n < TICKETS_OF_MAX && (rc = stmt_step(s)) == 1)
		read_state(s, a, &items[n++]);
	stmt_reset(s);
	if (rc < 0)
		return rc;
	*ret_items = items;
	*ret_n = n;
	return 0;
}

static void read_row(struct stmt *s, struct arena *a, struct ticket_row *t)
{
	*t = (struct ticket_row){ .id = stmt_col_int(s, 0),
		.kind = stmt_col_text_in(s, a, 1),
		.state = stmt_col_text_in(s, a, 2),
		.words = stmt_col_text_in(s, a, 3),
		.town = stmt_col_text_in(s, a, 4),
		.person = stmt_col_int_or_zero(s, 5),
		.person_name = stmt_col_text_in(s, a, 6),
		.phone_seal = stmt_col_blob_in(s, a, 7),
		.opened_at = stmt_col_int(s, 8),
		.due_at = stmt_col_int(s, 9),
		.answer = stmt_col_text_in(s, a, 10),
		.answered_at = stmt_col_int_or_zero(s, 11),
		.answered_by = stmt_col_text_in(s, a, 12) };
}

int ticket_in_area(struct db *db, struct arena *a, int64_t county, int64_t division,
	struct str state, int64_t after_due, int64_t after_id, size_t max,
	struct ticket_row **ret_items, size_t *ret_n)
{
	struct ticket_row *items = ARENA_ARRAY(a, struct ticket_row, max ? max : 1);
	struct stmt *s;
	size_t n = 0;
	int rc = items ? db_stmt_of(db, SQL_TICKET_IN_AREA, county, &s) : FAULT_MEMORY;

	if (rc < 0)
		return rc;
	stmt_int(s, 2, division);
	stmt_text(s, 3, state);
	stmt_int(s, 4, after_due);
	stmt_int(s, 5, after_id);
	stmt_int(s, 6, (int64_t)max);
	while (n < max && (rc = stmt_step(s)) == 1)
		read_row(s, a, &items[n++]);
	stmt_reset(s);
	if (rc < 0)
		return rc;
	*ret_items = items;
	*ret_n = n;
	return 0;
}

int ticket_one_in_area(struct db *db, struct arena *a, int64_t county, int64_t division, int64_t id,
	struct ticket_row *ret_row)
{
	struct stmt *s;
	int rc = db_stmt_of(db, SQL_TICKET_ONE_IN_AREA, county, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 2, division);
	stmt_int(s, 3, id);
	rc = stmt_step(s);
	if (rc == 1)
		read_row(s, a, ret_row);
	stmt_reset(s);
	return rc;
}

int ticket_answer(struct db *db, int64_t county, int64_t audit, int64_t id, bool close,
	struct str answer, struct str by, int64_t at)
{
	struct stmt *s;
	int64_t n;
	int rc = db_stmt_of(db, SQL_TICKET_ANSWER, county, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 2, id);
	stmt_text(s, 3, close ? STR("closed") : STR("answered"));
	stmt_text(s, 4, answer);
	stmt_int(s, 5, at);
	stmt_text(s, 6, by);
	stmt_int(s, 7, audit);
	n = stmt_run(s);
	return n < 0 ? (int)n : n == 1;
}
