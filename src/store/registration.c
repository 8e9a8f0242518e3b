/* SPDX-License-Identifier: Apache-2.0 */
#include "store/registration.h"

#include <string.h>

#include "store/bind.h"

int registration_add(struct db *db, int64_t county, int64_t audit, const struct registration_new *r)
{
	struct stmt *s;
	int rc = db_stmt_of(db, SQL_REGISTRATION_ADD, county, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 2, r->id);
	stmt_text(s, 3, r->code);
	stmt_text(s, 4, r->kind);
	stmt_int_or_null(s, 5, r->guardian);
	stmt_blob(s, 6, r->token, TOKEN_BYTES);
	stmt_text(s, 7, r->doc_kind);
	stmt_blob(s, 8, r->doc_seal.p, r->doc_seal.n);
	stmt_text(s, 9, r->name);
	stmt_int(s, 10, r->sex);
	stmt_int(s, 11, r->birth);
	stmt_int(s, 12, r->village);
	stmt_int(s, 13, r->town);
	stmt_int(s, 14, r->registered);
	stmt_blob_or_null(s, 15, r->phone_seal);
	stmt_int(s, 16, r->asked_at);
	stmt_int(s, 17, audit);
	return stmt_done(s);
}

int registration_waiting(struct db *db, struct arena *a, int64_t county,
	const unsigned char token[TOKEN_BYTES], struct str *ret_names, size_t *ret_n)
{
	struct stmt *s;
	size_t n = 0;
	int rc = db_stmt_of(db, SQL_REGISTRATION_WAITING, county, &s);

	if (rc < 0)
		return rc;
	stmt_blob(s, 2, token, TOKEN_BYTES);
	while (n < 20 && (rc = stmt_step(s)) == 1)
		ret_names[n++] = stmt_col_text_in(s, a, 0);
	stmt_reset(s);
	if (rc < 0)
		return rc;
	*ret_n = n;
	return 0;
}

static void read_state(struct stmt *s, struct arena *a, struct registration_state *r)
{
	*r = (struct registration_state){ .id = stmt_col_int(s, 0),
		.code = stmt_col_text_in(s, a, 1),
		.kind = stmt_col_text_in(s, a, 2),
		.state = stmt_col_text_in(s, a, 3),
		.name = stmt_col_text_in(s, a, 4),
		.birth = stmt_col_day(s, 5),
		.registered = stmt_col_int(s, 6) != 0,
		.asked_at = stmt_col_int(s, 7),
		.decided_at = stmt_col_int_or_zero(s, 8),
		.reason = stmt_col_text_in(s, a, 9) };
}

int registration_by_code(struct db *db, struct arena *a, int64_t county, struct str code,
	struct registration_state *ret_state)
{
	struct stmt *s;
	int rc = db_stmt_of(db, SQL_REGISTRATION_BY_CODE, county, &s);

	if (rc < 0)
		return rc;
	stmt_text(s, 2, code);
	rc = stmt_step(s);
	if (rc == 1)
		read_state(s, a, ret_state);
	stmt_reset(s);
	return rc;
}

int registration_of_person(struct db *db, struct arena *a, int64_t county, int64_t person,
	struct registration_state **ret_items, size_t *ret_n)
{
	struct registration_state *items =
		ARENA_ARRAY(a, struct registration_state, REGISTRATIONS_OF_MAX);
	struct stmt *s;
	size_t n = 0;
	int rc = items ? db_stmt_of(db, SQL_REGISTRATION_OF_PERSON, county, &s) : FAULT_MEMORY;

	if (rc < 0)
		return rc;
	stmt_int(s, 2, person);
	while (n < REGISTRATIONS_OF_MAX && (rc = stmt_step(s)) == 1)
		read_state(s, a, &items[n++]);
	stmt_reset(s);
	if (rc < 0)
		return rc;
	*ret_items = items;
	*ret_n = n;
	return 0;
}

static void read_row(struct stmt *s, struct arena *a, struct registration_row *r)
{
	*r = (struct registration_row){ .id = stmt_col_int(s, 0),
		.kind = stmt_col_text_in(s, a, 1),
		.state = stmt_col_text_in(s, a, 2),
		.name = stmt_col_text_in(s, a, 3),
		.doc_seal = stmt_col_blob_in(s, a, 4),
		.sex = (int)stmt_col_int(s, 5),
		.birth = stmt_col_day(s, 6),
		.town = stmt_col_text_in(s, a, 7),
		.village = stmt_col_text_in(s, a, 8),
		.registered = stmt_col_int(s, 9) != 0,
		.guardian = stmt_col_text_in(s, a, 10),
		.asked_at = stmt_col_int(s, 11),
		.decided_at = stmt_col_int_or_zero(s, 12),
		.decided_by = stmt_col_text_in(s, a, 13),
		.reason = stmt_col_text_in(s, a, 14),
		.person = stmt_col_int_or_zero(s, 15),
		.in_register = !stmt_col_null(s, 16) };
}

int registration_in_area(struct db *db, struct arena *a, int64_t county, int64_t division,
	struct str state, int64_t after, size_t max, struct registration_row **ret_items,
	size_t *ret_n)
{
	struct registration_row *items = ARENA_ARRAY(a, struct registration_row, max ? max : 1);
	struct stmt *s;
	size_t n = 0;
	int rc = items ? db_stmt_of(db, SQL_REGISTRATION_IN_AREA, county, &s) : FAULT_MEMORY;

	if (rc < 0)
		return rc;
	stmt_int(s, 2, division);
	stmt_text(s, 3, state);
	stmt_int(s, 4, after);
	stmt_int(s, 5, (int64_t)max);
	while (n < max && (rc = stmt_step(s)) == 1)
		read_row(s, a, &items[n++]);
	stmt_reset(s);
	if (rc < 0)
		return rc;
	*ret_items = items;
	*ret_n = n;
	return 0;
}

int registration_for_decision(struct db *db, struct arena *a, int64_t county, int64_t id,
	int64_t division, struct registration_case *ret_case)
{
	struct registration_case c = { 0 };
	struct str token;
	struct stmt *s;
	int rc = db_stmt_of(db, SQL_REGISTRATION_FOR_DECISION, county, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 2, id);
	stmt_int(s, 3, division);
	rc = stmt_step(s);
	if (rc == 1) {
		c.state = stmt_col_text_in(s, a, 0);
		c.r.guardian = stmt_col_int_or_zero(s, 1);
		token = stmt_col_blob(s, 2);
		BUG_IF(token.n != TOKEN_BYTES);
		memcpy(c.r.token, token.p, TOKEN_BYTES);
		c.r.doc_kind = stmt_col_text_in(s, a, 3);
		c.r.doc_seal = stmt_col_blob_in(s, a, 4);
		c.r.name = stmt_col_text_in(s, a, 5);
		c.r.sex = (int)stmt_col_int(s, 6);
		c.r.birth = stmt_col_day(s, 7);
		c.r.village = stmt_col_int(s, 8);
		c.r.town = stmt_col_int(s, 9);
		c.r.registered = stmt_col_int(s, 10) != 0;
		c.r.phone_seal = stmt_col_blob_in(s, a, 11);
		c.household = stmt_col_text_in(s, a, 12);
		*ret_case = c;
	}
	stmt_reset(s);
	return rc;
}

int registration_decide(struct db *db, int64_t county, int64_t audit, int64_t id, int64_t person,
	struct str reason, struct str by, int64_t at)
{
	struct stmt *s;
	int64_t n;
	int rc = db_stmt_of(db, SQL_REGISTRATION_DECIDE, county, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 2, id);
	stmt_text(s, 3, person ? STR("accepted") : STR("declined"));
	stmt_int(s, 4, at);
	stmt_text(s, 5, by);
	stmt_text_or_null(s, 6, reason);
	stmt_int_or_null(s, 7, person);
	stmt_int(s, 8, audit);
	n = stmt_run(s);
	return n < 0 ? (int)n : n == 1;
}
