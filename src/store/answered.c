/* SPDX-License-Identifier: Apache-2.0 */
#include "store/answered.h"

#include <string.h>

#include "store/bind.h"

static int bound(struct db *db, enum sql_id id, const struct answered_key *k, struct stmt **ret)
{
	int rc = db_stmt(db, id, ret);

	if (rc < 0)
		return rc;
	stmt_int(*ret, 1, k->county);
	stmt_text(*ret, 2, k->caller);
	stmt_text(*ret, 3, k->key);
	return 0;
}

struct found {
	bool same;
	int64_t status, at;
	struct str body;
};

static int get(struct db *db, struct arena *a, const struct answered_key *k, struct found *ret)
{
	struct stmt *s;
	int rc = bound(db, SQL_ANSWERED_GET, k, &s);
	struct str digest;

	if (rc == 0)
		rc = stmt_step(s);
	if (rc != 1)
		return rc;
	digest = stmt_col_blob(s, 0);
	ret->same = digest.n == 32 && memcmp(digest.p, k->digest, 32) == 0;
	ret->status = stmt_col_int(s, 1);
	ret->body = stmt_col_text_in(s, a, 2);
	ret->at = stmt_col_int(s, 3);
	stmt_reset(s);
	return ret->body.p ? 1 : FAULT_MEMORY;
}

static int take_over(struct db *db, const struct answered_key *k, int64_t was, int64_t now)
{
	struct stmt *s;
	int64_t n = bound(db, SQL_ANSWERED_TAKE_OVER, k, &s);

	if (n < 0)
		return (int)n;
	stmt_int(s, 4, was);
	stmt_int(s, 5, now);
	n = stmt_run(s);
	return n < 0 ? (int)n : n == 1 ? ANSWERED_MINE : ANSWERED_WORKING;
}

int answered_reserve(struct db *db, struct arena *a, const struct answered_key *k, int64_t now,
	int64_t *ret_status, struct str *ret_body)
{
	struct found f = { .same = false };
	struct stmt *s;
	int64_t n;
	int rc = bound(db, SQL_ANSWERED_RESERVE, k, &s);

	if (rc < 0)
		return rc;
	stmt_blob(s, 4, k->digest, 32);
	stmt_int(s, 5, now);
	n = stmt_run(s);
	if (n < 0)
		return (int)n;
	if (n == 1)
		return ANSWERED_MINE;
	rc = get(db, a, k, &f);
	if (rc <= 0)
		return rc < 0 ? rc : FAULT_RETRY;
	if (!f.same)
		return ANSWERED_OTHER;
	if (f.status == 0)
		return now - f.at > ANSWERED_STALE_SECONDS ? take_over(db, k, f.at, now)
							   : ANSWERED_WORKING;
	*ret_status = f.status;
	*ret_body = f.body;
	return ANSWERED_BEFORE;
}

int answered_put(struct db *db, const struct answered_key *k, int64_t status, struct str body)
{
	struct stmt *s;
	int rc = bound(db, SQL_ANSWERED_PUT, k, &s);

	BUG_IF(status < 200 || status > 299);
	if (rc < 0)
		return rc;
	stmt_int(s, 4, status);
	stmt_text(s, 5, body);
	return stmt_done(s);
}

int answered_drop(struct db *db, const struct answered_key *k)
{
	struct stmt *s;
	int rc = bound(db, SQL_ANSWERED_DROP, k, &s);

	return rc < 0 ? rc : stmt_done(s);
}

int64_t answered_sweep(struct db *db, int64_t county, int64_t before)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_ANSWERED_SWEEP, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, before);
	return stmt_run(s);
}
