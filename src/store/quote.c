/* SPDX-License-Identifier: Apache-2.0 */
#include "store/quote.h"

#include <string.h>

#include "store/bind.h"

int quote_by_token(struct db *db, struct arena *a, int64_t county,
	const unsigned char token[TOKEN_BYTES], int64_t *ret_person, struct str *ret_name)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_QUOTE_BY_TOKEN, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_blob(s, 2, token, TOKEN_BYTES);
	rc = stmt_step(s);
	if (rc == 1) {
		*ret_person = stmt_col_int(s, 0);
		*ret_name = stmt_col_text_in(s, a, 1);
	}
	stmt_reset(s);
	return rc;
}

int quote_person(struct db *db, struct arena *a, int64_t county, int64_t person,
	struct quote_person *ret_person)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_QUOTE_PERSON, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, person);
	rc = stmt_step(s);
	if (rc == 1)
		*ret_person = (struct quote_person){ .name = stmt_col_text_in(s, a, 0),
			.doc_seal = stmt_col_blob_in(s, a, 1),
			.village = stmt_col_int(s, 2),
			.household = stmt_col_text_in(s, a, 3),
			.town = stmt_col_int(s, 4),
			.registered = stmt_col_int(s, 5) != 0 };
	if (rc == 1) {
		struct str token = stmt_col_blob(s, 6);

		BUG_IF(token.n != TOKEN_BYTES);
		memcpy(ret_person->token, token.p, TOKEN_BYTES);
	}
	stmt_reset(s);
	return rc;
}

static void read_enrolment(struct stmt *s, struct arena *a, struct quote_enrolment *e)
{
	*e = (struct quote_enrolment){ .benefit_year = (int)stmt_col_int(s, 0),
		.policy = stmt_col_text_in(s, a, 1),
		.route = stmt_col_text_in(s, a, 2),
		.category = stmt_col_text_in(s, a, 3),
		.standard_fen = stmt_col_int(s, 4),
		.personal_fen = stmt_col_int(s, 5),
		.subsidy_fen = stmt_col_int(s, 6),
		.payer = stmt_col_text_in(s, a, 7),
		.benefit_from = stmt_col_day(s, 8),
		.benefit_to = stmt_col_day(s, 9),
		.payment = stmt_col_int_or_zero(s, 10) };
}

int quote_enrolment(struct db *db, struct arena *a, int64_t county, int year, int64_t person,
	struct quote_enrolment *ret_now, bool *ret_has_now, bool *ret_has_before)
{
	bool now = false, before = false;
	struct stmt *s;
	int rc = db_stmt(db, SQL_QUOTE_ENROLMENT, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, year);
	stmt_int(s, 3, year - 1);
	stmt_int(s, 4, person);
	while ((rc = stmt_step(s)) == 1) {
		if (stmt_col_int(s, 0) == year) {
			read_enrolment(s, a, ret_now);
			now = true;
		} else {
			before = true;
		}
	}
	stmt_reset(s);
	if (rc < 0)
		return rc;
	*ret_has_now = now;
	*ret_has_before = before;
	return 0;
}
