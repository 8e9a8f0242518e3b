/* SPDX-License-Identifier: Apache-2.0 */
#include "store/client.h"

#include "store/bind.h"

int api_client_insert(struct db *db, int64_t county, const struct api_client_row *c)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_API_CLIENT_INSERT, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_text(s, 2, c->id);
	stmt_text(s, 3, c->name);
	stmt_text(s, 4, c->role);
	stmt_text_or_null(s, 5, c->unit);
	stmt_blob(s, 6, c->key_seal.p, c->key_seal.n);
	stmt_int(s, 7, c->audit);
	return stmt_done(s);
}

int api_client_update(struct db *db, int64_t county, const struct api_client_row *c)
{
	struct stmt *s;
	int64_t n;
	int rc = db_stmt(db, SQL_API_CLIENT_UPDATE, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_text(s, 2, c->id);
	stmt_text(s, 3, str_of(c->active ? "active" : "closed"));
	stmt_blob(s, 4, c->key_seal.p, c->key_seal.n);
	stmt_blob_or_null(s, 5, c->old_key_seal);
	stmt_int(s, 6, c->old_until);
	stmt_int(s, 7, c->audit);
	n = stmt_run(s);
	return n < 0 ? (int)n : n > 0;
}

static int read_client(struct stmt *s, struct arena *a, struct api_client_row *ret)
{
	struct api_client_row c = { .id = stmt_col_text_in(s, a, 0),
		.name = stmt_col_text_in(s, a, 1),
		.role = stmt_col_text_in(s, a, 2),
		.unit = stmt_col_text_in(s, a, 3),
		.active = str_is(stmt_col_text(s, 4), "active"),
		.key_seal = stmt_col_blob_in(s, a, 5),
		.old_key_seal = stmt_col_blob_in(s, a, 6),
		.old_until = stmt_col_int(s, 7),
		.audit = stmt_col_int(s, 8) };

	if (!c.id.p || !c.name.p || !c.role.p || !c.key_seal.p)
		return FAULT_MEMORY;
	*ret = c;
	return 1;
}

int api_client_find(struct db *db, int64_t county, struct str id, struct arena *a,
	struct api_client_row *ret_client)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_API_CLIENT_BY_ID, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_text(s, 2, id);
	rc = stmt_step(s);
	if (rc == 1)
		rc = read_client(s, a, ret_client);
	stmt_reset(s);
	return rc;
}

int api_client_all(struct db *db, int64_t county, size_t max, struct arena *a,
	struct api_client_row **ret_items, size_t *ret_n)
{
	struct api_client_row *items = ARENA_ARRAY(a, struct api_client_row, max ? max : 1);
	size_t n = 0;
	struct stmt *s;
	int rc = items ? db_stmt(db, SQL_API_CLIENT_ALL, &s) : FAULT_MEMORY;

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, (int64_t)max);
	while (n < max && (rc = stmt_step(s)) == 1) {
		rc = read_client(s, a, &items[n]);
		if (rc < 0)
			break;
		n++;
	}
	stmt_reset(s);
	if (rc < 0)
		return rc;
	*ret_items = items;
	*ret_n = n;
	return 0;
}

int api_nonce_add(struct db *db, int64_t county, struct str client, struct str nonce, int64_t at)
{
	struct stmt *s;
	int64_t n;
	int rc = db_stmt(db, SQL_API_NONCE_ADD, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_text(s, 2, client);
	stmt_text(s, 3, nonce);
	stmt_int(s, 4, at);
	n = stmt_run(s);
	return n < 0 ? (int)n : n > 0;
}

int api_nonce_clear(struct db *db, int64_t county, int64_t before)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_API_NONCE_CLEAR, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, before);
	return stmt_done(s);
}
