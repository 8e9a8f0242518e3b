/* SPDX-License-Identifier: Apache-2.0 */
#include "store/upload.h"

#include <string.h>

#include "store/bind.h"

int upload_add(struct db *db, int64_t county, const struct upload *u)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_UPLOAD_ADD, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, u->id);
	stmt_int(s, 3, u->account);
	stmt_text(s, 4, u->name);
	stmt_int(s, 5, u->bytes);
	stmt_blob(s, 6, u->digest, sizeof(u->digest));
	stmt_int(s, 7, u->at);
	return stmt_done(s);
}

int upload_count(struct db *db, int64_t county, int64_t account, int64_t *ret_n)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_UPLOAD_COUNT, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, account);
	rc = stmt_one_int(s, ret_n);
	return rc < 0 ? rc : 0;
}

int upload_load(
	struct db *db, struct arena *a, int64_t county, int64_t id, struct upload *ret_upload)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_UPLOAD_LOAD, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, id);
	rc = stmt_step(s);
	if (rc == 1) {
		struct str digest = stmt_col_blob(s, 3);

		*ret_upload = (struct upload){ .id = id,
			.account = stmt_col_int(s, 0),
			.name = stmt_col_text_in(s, a, 1),
			.bytes = stmt_col_int(s, 2),
			.at = stmt_col_int(s, 4) };
		BUG_IF(digest.n != sizeof(ret_upload->digest));
		memcpy(ret_upload->digest, digest.p, digest.n);
	}
	stmt_reset(s);
	return rc == 1 && !ret_upload->name.p ? FAULT_MEMORY : rc;
}

int upload_oldest(struct db *db, int64_t county, int64_t before, int64_t ret_ids[UPLOADS_SWEPT])
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_UPLOAD_OLDEST, &s), n = 0;

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, before);
	while ((rc = stmt_step(s)) == 1 && n < UPLOADS_SWEPT)
		ret_ids[n++] = stmt_col_int(s, 0);
	stmt_reset(s);
	return rc < 0 ? rc : n;
}

int upload_drop(struct db *db, int64_t county, int64_t id)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_UPLOAD_DROP, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, id);
	return stmt_done(s);
}

int import_file_list(struct db *db, struct arena *a, int64_t county, struct str kind,
	struct str actor, struct way way, size_t limit, struct import_listed_file **ret_items,
	size_t *ret_n)
{
	struct import_listed_file *items =
		ARENA_ARRAY(a, struct import_listed_file, limit ? limit : 1);
	struct stmt *s;
	size_t n = 0;
	int rc = db_stmt(db, way.rising ? SQL_IMPORT_FILE_LIST_OLDEST : SQL_IMPORT_FILE_LIST, &s);

	if (rc < 0 || !items)
		return rc < 0 ? rc : FAULT_MEMORY;
	stmt_int(s, 1, county);
	stmt_text(s, 2, kind);
	stmt_text(s, 3, actor);
	stmt_int(s, 4, way_below(way));
	stmt_int(s, 5, (int64_t)limit);
	stmt_int(s, 6, way_above(way));
	while ((rc = stmt_step(s)) == 1 && n < limit)
		items[n++] = (struct import_listed_file){ .id = stmt_col_int(s, 0),
			.kind = stmt_col_text_in(s, a, 1),
			.name = stmt_col_text_in(s, a, 2),
			.department = stmt_col_text_in(s, a, 3),
			.as_of = stmt_col_day(s, 4),
			.rows = stmt_col_int(s, 5),
			.accepted = stmt_col_int(s, 6),
			.unchanged = stmt_col_int(s, 7),
			.rejected = stmt_col_int(s, 8),
			.state = stmt_col_text_in(s, a, 9),
			.actor = stmt_col_text_in(s, a, 10),
			.at = stmt_col_int(s, 11) };
	stmt_reset(s);
	if (rc < 0)
		return rc;
	*ret_items = items;
	*ret_n = n;
	return 0;
}
