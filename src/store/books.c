/* SPDX-License-Identifier: Apache-2.0 */
#include "store/books.h"

int books_ask(struct db *db, struct arena *a, enum sql_id question, int64_t county, size_t limit,
	struct books_finding **ret_items, size_t *ret_n)
{
	struct books_finding *items = ARENA_ARRAY(a, struct books_finding, limit);
	struct stmt *s;
	size_t n = 0;
	int rc = items ? db_stmt(db, question, &s) : FAULT_MEMORY;

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, (int64_t)limit);
	while ((rc = stmt_step(s)) == 1 && n < limit)
		items[n++] = (struct books_finding){ .kind = arena_str(a, stmt_col_text(s, 0)),
			.id = stmt_col_int(s, 1),
			.expected = stmt_col_int(s, 2),
			.found = stmt_col_int(s, 3) };
	stmt_reset(s);
	if (rc < 0)
		return rc;
	*ret_items = items;
	*ret_n = n;
	return 0;
}

int books_prices(struct db *db, struct arena *a, int64_t county, size_t limit,
	struct books_price **ret_items, size_t *ret_n)
{
	struct books_price *items = ARENA_ARRAY(a, struct books_price, limit);
	struct stmt *s;
	size_t n = 0;
	int rc = items ? db_stmt(db, SQL_BOOKS_PRICES, &s) : FAULT_MEMORY;

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, (int64_t)limit);
	while ((rc = stmt_step(s)) == 1 && n < limit)
		items[n++] = (struct books_price){ .policy = arena_str(a, stmt_col_text(s, 0)),
			.category = arena_str(a, stmt_col_text(s, 1)),
			.route = arena_str(a, stmt_col_text(s, 2)),
			.standard_fen = stmt_col_int(s, 3),
			.subsidy_fen = stmt_col_int(s, 4),
			.bills = stmt_col_int(s, 5),
			.first_person = stmt_col_int(s, 6) };
	stmt_reset(s);
	if (rc < 0)
		return rc;
	*ret_items = items;
	*ret_n = n;
	return 0;
}
