/* SPDX-License-Identifier: Apache-2.0 */
#include "store/cover.h"

#include "store/bind.h"

static void read_change(struct stmt *s, struct arena *a, struct cover_change *c)
{
	*c = (struct cover_change){ .audit = stmt_col_int(s, 0),
		.person = stmt_col_int(s, 1),
		.doc_seal = stmt_col_blob_in(s, a, 2),
		.name = stmt_col_text_in(s, a, 3),
		.enrolment = { .policy = stmt_col_text_in(s, a, 4),
			.route = stmt_col_text_in(s, a, 5),
			.category = stmt_col_text_in(s, a, 6),
			.standard_fen = stmt_col_int(s, 7),
			.personal_fen = stmt_col_int(s, 8),
			.subsidy_fen = stmt_col_int(s, 9),
			.benefit_from = stmt_col_day(s, 10),
			.benefit_to = stmt_col_day(s, 11),
			.enrolled_on = stmt_col_day(s, 12),
			.online = stmt_col_int(s, 13) != 0,
			.active = stmt_col_int(s, 14) == 0,
			.benefit_year = (int)stmt_col_int(s, 15) },
		.at = stmt_col_int(s, 16) };
}

int cover_changes(struct db *db, struct arena *a, int64_t county, int64_t audit, int64_t person,
	size_t max, struct cover_change **ret_items, size_t *ret_n)
{
	struct cover_change *items = ARENA_ARRAY(a, struct cover_change, max ? max : 1);
	struct stmt *s;
	size_t n = 0;
	int rc = items ? db_stmt(db, SQL_COVER_CHANGES, &s) : FAULT_MEMORY;

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, audit);
	stmt_int(s, 3, person);
	stmt_int(s, 4, (int64_t)max);
	while (n < max && (rc = stmt_step(s)) == 1)
		read_change(s, a, &items[n++]);
	stmt_reset(s);
	if (rc < 0)
		return rc;
	*ret_items = items;
	*ret_n = n;
	return 0;
}
