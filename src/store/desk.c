/* SPDX-License-Identifier: Apache-2.0 */
#include "store/desk.h"

/* The only number of a statement whose parameters are all numbers. */
static int count(struct db *db, enum sql_id id, const int64_t *values, int n, int64_t *ret)
{
	struct stmt *s;
	int rc = db_stmt(db, id, &s);

	if (rc < 0)
		return rc;
	for (int i = 0; i < n; i++)
		stmt_int(s, i + 1, values[i]);
	rc = stmt_one_int(s, ret);
	return rc < 0 ? rc : 0;
}

int desk_registrations(struct db *db, int64_t county, int64_t division, int64_t *ret_asked)
{
	return count(
		db, SQL_DESK_REGISTRATIONS, (const int64_t[]){ county, division }, 2, ret_asked);
}

int desk_tickets(struct db *db, int64_t county, int64_t division, int64_t now, int64_t *ret_open,
	int64_t *ret_late)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_DESK_TICKETS, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, division);
	stmt_int(s, 3, now);
	rc = stmt_step(s);
	if (rc == 1) {
		*ret_open = stmt_col_int(s, 0);
		*ret_late = stmt_col_int(s, 1);
	}
	stmt_reset(s);
	return rc < 0 ? rc : 0;
}

int desk_exports(
	struct db *db, int64_t county, int64_t division, int64_t account, int64_t *ret_asked)
{
	return count(
		db, SQL_DESK_EXPORTS, (const int64_t[]){ county, division, account }, 3, ret_asked);
}

int desk_accounts(struct db *db, int64_t county, int64_t account, int64_t *ret_asked)
{
	return count(db, SQL_DESK_ACCOUNTS, (const int64_t[]){ county, account }, 2, ret_asked);
}

int desk_jobs(struct db *db, int64_t county, int64_t since, int64_t account, int64_t *ret_failed)
{
	return count(db, SQL_DESK_JOBS, (const int64_t[]){ county, since, account }, 3, ret_failed);
}
