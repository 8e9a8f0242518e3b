/* SPDX-License-Identifier: Apache-2.0 */
/* The sessions of accounts. */
#include <string.h>

#include "store/account.h"
#include "store/bind.h"

#define DIGEST_BYTES 32

int session_insert(struct db *db, int64_t county, const struct session_row *row)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_SESSION_INSERT, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_blob(s, 2, row->digest, DIGEST_BYTES);
	stmt_int(s, 3, row->account);
	stmt_int(s, 4, row->made_at);
	stmt_int(s, 5, row->strong_at);
	return stmt_done(s);
}

static int read_session(struct stmt *s, struct arena *a, struct session_row *ret)
{
	struct session_row row = { .account = stmt_col_int(s, 0),
		.made_at = stmt_col_int(s, 1),
		.seen_at = stmt_col_int(s, 2),
		.strong_at = stmt_col_int(s, 3),
		.login = stmt_col_text_in(s, a, 4),
		.name = stmt_col_text_in(s, a, 5),
		.role = stmt_col_text_in(s, a, 6),
		.division = stmt_col_int(s, 7),
		.unit = stmt_col_text_in(s, a, 8),
		.must_change = stmt_col_int(s, 9) != 0,
		.changed_at = stmt_col_int(s, 10),
		.has_totp = stmt_col_int(s, 11) != 0 };

	if (!row.login.p || !row.name.p || !row.role.p)
		return FAULT_MEMORY;
	*ret = row;
	return 1;
}

int session_by_digest(struct db *db, int64_t county, const unsigned char digest[32],
	struct arena *a, struct session_row *ret_session)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_SESSION_BY_DIGEST, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_blob(s, 2, digest, DIGEST_BYTES);
	rc = stmt_step(s);
	if (rc == 1)
		rc = read_session(s, a, ret_session);
	stmt_reset(s);
	if (rc == 1)
		memcpy(ret_session->digest, digest, DIGEST_BYTES);
	return rc;
}

static int64_t run_digest(
	struct db *db, enum sql_id id, int64_t county, const unsigned char digest[32], int64_t at)
{
	struct stmt *s;
	int rc = db_stmt(db, id, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_blob(s, 2, digest, DIGEST_BYTES);
	if (at)
		stmt_int(s, 3, at);
	return stmt_run(s);
}

int session_seen(struct db *db, int64_t county, const unsigned char digest[32], int64_t seen_at)
{
	int64_t n;

	BUG_IF(seen_at == 0);
	n = run_digest(db, SQL_SESSION_SEEN, county, digest, seen_at);
	return n < 0 ? (int)n : 0;
}

int session_strong(struct db *db, int64_t county, const unsigned char digest[32], int64_t strong_at)
{
	int64_t n;

	BUG_IF(strong_at == 0);
	n = run_digest(db, SQL_SESSION_STRONG, county, digest, strong_at);
	return n < 0 ? (int)n : 0;
}

int64_t session_delete(struct db *db, int64_t county, const unsigned char digest[32])
{
	return run_digest(db, SQL_SESSION_DELETE, county, digest, 0);
}

int64_t session_delete_account(struct db *db, int64_t county, int64_t account)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_SESSION_DELETE_ACCOUNT, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, account);
	return stmt_run(s);
}

int64_t session_delete_others(
	struct db *db, int64_t county, int64_t account, const unsigned char keep[32])
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_SESSION_DELETE_OTHERS, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, account);
	stmt_blob(s, 3, keep, DIGEST_BYTES);
	return stmt_run(s);
}

int session_delete_over(struct db *db, int64_t county, int64_t seen, int64_t made)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_SESSION_DELETE_OVER, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, seen);
	stmt_int(s, 3, made);
	return stmt_done(s);
}
