/* SPDX-License-Identifier: Apache-2.0 */
#include "store/explain.h"

#include "store/bind.h"

static int ask(
	struct db *db, enum sql_id id, int64_t county, int64_t person, struct stmt **ret_stmt)
{
	int rc = db_stmt(db, id, ret_stmt);

	if (rc < 0)
		return rc;
	stmt_int(*ret_stmt, 1, county);
	stmt_int(*ret_stmt, 2, person);
	return 0;
}

static void read_enrolment(struct stmt *s, struct arena *a, struct explain_enrolment *e)
{
	*e = (struct explain_enrolment){ .policy = stmt_col_text_in(s, a, 0),
		.route = stmt_col_text_in(s, a, 1),
		.category = stmt_col_text_in(s, a, 2),
		.standard_fen = stmt_col_int(s, 3),
		.personal_fen = stmt_col_int(s, 4),
		.subsidy_fen = stmt_col_int(s, 5),
		.fund = stmt_col_text_in(s, a, 6),
		.payer = stmt_col_text_in(s, a, 7),
		.benefit_from = stmt_col_day(s, 8),
		.benefit_to = stmt_col_day(s, 9),
		.enrolled_on = stmt_col_day(s, 10),
		.online = stmt_col_int(s, 11) != 0,
		.payment = stmt_col_int_or_zero(s, 12),
		.active = stmt_col_int(s, 13) == 0,
		.benefit_year = (int)stmt_col_int(s, 14) };
}

int explain_enrolments(struct db *db, struct arena *a, int64_t county, int64_t person, int year,
	struct explain_enrolment **ret_items, size_t *ret_n)
{
	struct explain_enrolment *items =
		ARENA_ARRAY(a, struct explain_enrolment, EXPLAIN_ROWS_MAX);
	struct stmt *s;
	size_t n = 0;
	int rc = items ? ask(db, SQL_EXPLAIN_ENROLMENT, county, person, &s) : FAULT_MEMORY;

	if (rc < 0)
		return rc;
	stmt_int(s, 3, year);
	while (n < EXPLAIN_ROWS_MAX && (rc = stmt_step(s)) == 1)
		read_enrolment(s, a, &items[n++]);
	stmt_reset(s);
	if (rc < 0)
		return rc;
	*ret_items = items;
	*ret_n = n;
	return 0;
}

static void read_payment(struct stmt *s, struct arena *a, struct explain_payment *p)
{
	*p = (struct explain_payment){ .id = stmt_col_int(s, 0),
		.channel = stmt_col_text_in(s, a, 1),
		.serial = stmt_col_text_in(s, a, 2),
		.fen = stmt_col_int(s, 3),
		.paid_at = stmt_col_int(s, 4),
		.state = stmt_col_text_in(s, a, 5),
		.reason = stmt_col_text_in(s, a, 6),
		.receipt_series = stmt_col_text_in(s, a, 7),
		.receipt = stmt_col_int_or_zero(s, 8) };
}

int explain_payments(struct db *db, struct arena *a, int64_t county, int64_t person,
	struct explain_payment **ret_items, size_t *ret_n)
{
	struct explain_payment *items = ARENA_ARRAY(a, struct explain_payment, EXPLAIN_ROWS_MAX);
	struct stmt *s;
	size_t n = 0;
	int rc = items ? ask(db, SQL_EXPLAIN_PAYMENT, county, person, &s) : FAULT_MEMORY;

	if (rc < 0)
		return rc;
	while (n < EXPLAIN_ROWS_MAX && (rc = stmt_step(s)) == 1)
		read_payment(s, a, &items[n++]);
	stmt_reset(s);
	if (rc < 0)
		return rc;
	*ret_items = items;
	*ret_n = n;
	return 0;
}

int explain_changes(struct db *db, struct arena *a, int64_t county, int64_t person,
	struct explain_change **ret_items, size_t *ret_n)
{
	struct explain_change *items = ARENA_ARRAY(a, struct explain_change, EXPLAIN_ROWS_MAX);
	struct stmt *s;
	size_t n = 0;
	int rc = items ? ask(db, SQL_EXPLAIN_CHANGE, county, person, &s) : FAULT_MEMORY;

	if (rc < 0)
		return rc;
	while (n < EXPLAIN_ROWS_MAX && (rc = stmt_step(s)) == 1)
		items[n++] = (struct explain_change){ .at = stmt_col_int(s, 0),
			.actor = stmt_col_text_in(s, a, 1),
			.field = stmt_col_text_in(s, a, 2),
			.was = stmt_col_text_in(s, a, 3),
			.became = stmt_col_text_in(s, a, 4) };
	stmt_reset(s);
	if (rc < 0)
		return rc;
	*ret_items = items;
	*ret_n = n;
	return 0;
}

int explain_household(struct db *db, struct arena *a, int64_t county, int64_t village,
	struct str household, int benefit_year, struct explain_member **ret_items, size_t *ret_n)
{
	struct explain_member *items = ARENA_ARRAY(a, struct explain_member, EXPLAIN_ROWS_MAX);
	struct stmt *s;
	size_t n = 0;
	int rc = items ? ask(db, SQL_EXPLAIN_HOUSEHOLD, county, village, &s) : FAULT_MEMORY;

	if (rc < 0)
		return rc;
	stmt_text(s, 3, household);
	stmt_int(s, 4, benefit_year);
	while (n < EXPLAIN_ROWS_MAX && (rc = stmt_step(s)) == 1)
		items[n++] = (struct explain_member){ .person = stmt_col_int(s, 0),
			.name = stmt_col_text_in(s, a, 1),
			.relation = stmt_col_text_in(s, a, 2),
			.birth = stmt_col_day(s, 3),
			.died_on = stmt_col_day(s, 4),
			.enrolled = !stmt_col_null(s, 5) };
	stmt_reset(s);
	if (rc < 0)
		return rc;
	*ret_items = items;
	*ret_n = n;
	return 0;
}
