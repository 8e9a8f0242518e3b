/* SPDX-License-Identifier: Apache-2.0 */
#include "store/person.h"

#include <string.h>

#include "store/trail.h"

#define CHUNK_MAX 65536

static int run(struct db *db, enum sql_id id)
{
	struct stmt *s;
	int64_t n;
	int rc = db_stmt(db, id, &s);

	if (rc < 0)
		return rc;
	n = stmt_run(s);
	return n < 0 ? (int)n : 0;
}

int person_stage_prepare(struct db *db)
{
	return run(db, SQL_STAGE_PERSON_MAKE);
}

static int stage(struct db *db, const struct person *rows, size_t n)
{
	struct bulk *b;
	int rc = run(db, SQL_STAGE_PERSON_CLEAR), end;

	if (rc == 0)
		rc = bulk_begin(db, SQL_STAGE_PERSON_ADD, &b);
	if (rc < 0)
		return rc;
	for (size_t i = 0; rc == 0 && i < n; i++) {
		const struct person *p = &rows[i];

		bulk_int(b, p->id);
		bulk_blob(b, p->token, sizeof(p->token));
		bulk_text(b, p->doc_kind);
		bulk_blob(b, p->doc_seal.p, p->doc_seal.n);
		bulk_text(b, p->name);
		bulk_int(b, p->sex);
		bulk_int(b, p->birth);
		bulk_text_or_null(b, p->nation);
		if (p->phone_seal.p)
			bulk_blob(b, p->phone_seal.p, p->phone_seal.n);
		else
			bulk_null(b);
		bulk_text_or_null(b, p->household);
		bulk_text_or_null(b, p->relation);
		bulk_int(b, p->village);
		bulk_int(b, p->town);
		bulk_int(b, p->registered);
		bulk_int(b, p->resident);
		bulk_day(b, p->died_on);
		rc = bulk_row(b);
	}
	end = bulk_end(b);
	return rc < 0 ? rc : end;
}

static int64_t add_staged(struct db *db, enum sql_id id, int64_t county, int64_t audit)
{
	struct stmt *s;
	int rc = db_stmt(db, id, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, audit);
	return stmt_run(s);
}

static struct str text_col(struct stmt *s, struct arena *a, int i)
{
	return stmt_col_null(s, i) ? (struct str){ NULL, 0 } : arena_str(a, stmt_col_text(s, i));
}

static struct str blob_col(struct stmt *s, struct arena *a, int i)
{
	return stmt_col_null(s, i) ? (struct str){ NULL, 0 } : arena_str(a, stmt_col_blob(s, i));
}

/* Index of the row with id `id`; ids rise along the chunk. */
static size_t chunk_index(const struct person *rows, size_t n, int64_t id)
{
	size_t lo = 0, hi = n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (rows[mid].id < id)
			lo = mid + 1;
		else
			hi = mid;
	}
	BUG_IF(lo == n || rows[lo].id != id);
	return lo;
}

static void known_row(struct stmt *s, struct arena *a, struct person *p)
{
	*p = (struct person){ .id = stmt_col_int(s, 1),
		.doc_kind = text_col(s, a, 2),
		.name = text_col(s, a, 3),
		.sex = (int)stmt_col_int(s, 4),
		.birth = (day_t)stmt_col_int(s, 5),
		.nation = text_col(s, a, 6),
		.phone_seal = blob_col(s, a, 7),
		.household = text_col(s, a, 8),
		.relation = text_col(s, a, 9),
		.village = stmt_col_int(s, 10),
		.town = stmt_col_int(s, 11),
		.registered = stmt_col_int(s, 12) != 0,
		.resident = stmt_col_int(s, 13) != 0,
		.died_on = stmt_col_day(s, 14) };
}

struct known {
	size_t index;
	struct person stored;
};

/* Collect first, call after: `known` writes, and a statement must not be open meanwhile. */
static int hand_known(struct db *db, struct arena *a, int64_t county, const struct person *rows,
	size_t n, person_known_fn known, void *ctx)
{
	struct known *items = ARENA_ARRAY(a, struct known, n);
	size_t count = 0;
	struct stmt *s;
	int rc;

	if (!items)
		return FAULT_MEMORY;
	rc = db_stmt(db, SQL_PERSON_STAGED_KNOWN, &s);
	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	while ((rc = stmt_step(s)) == 1) {
		BUG_IF(count == n);
		items[count].index = chunk_index(rows, n, stmt_col_int(s, 0));
		known_row(s, a, &items[count].stored);
		count++;
	}
	stmt_reset(s);
	for (size_t i = 0; rc == 0 && i < count; i++)
		rc = known(ctx, items[i].index, &items[i].stored);
	return rc;
}

int64_t person_add_chunk(struct db *db, struct arena *a, int64_t county, int64_t audit,
	const struct person *rows, size_t n, person_known_fn known, void *ctx)
{
	int64_t added, homes;
	int rc;

	BUG_IF(n > CHUNK_MAX);
	if (n == 0)
		return 0;
	rc = stage(db, rows, n);
	if (rc < 0)
		return rc;
	added = add_staged(db, SQL_PERSON_ADD_STAGED, county, audit);
	if (added < 0)
		return added;
	homes = add_staged(db, SQL_HOUSEHOLD_ADD_STAGED, county, audit);
	if (homes < 0)
		return homes;
	BUG_IF((size_t)added > n);
	if ((size_t)added < n) {
		rc = hand_known(db, a, county, rows, n, known, ctx);
		if (rc < 0)
			return rc;
	}
	return added;
}

int person_change(struct db *db, int64_t county, int64_t audit, const struct person *p)
{
	struct stmt *s;
	int64_t n;
	int rc = db_stmt(db, SQL_PERSON_CHANGE, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, p->id);
	stmt_text(s, 3, p->doc_kind);
	stmt_text(s, 4, p->name);
	stmt_int(s, 5, p->sex);
	stmt_int(s, 6, p->birth);
	stmt_text_or_null(s, 7, p->nation);
	if (p->phone_seal.p)
		stmt_blob(s, 8, p->phone_seal.p, p->phone_seal.n);
	else
		stmt_null(s, 8);
	stmt_text_or_null(s, 9, p->household);
	stmt_text_or_null(s, 10, p->relation);
	stmt_int(s, 11, p->village);
	stmt_int(s, 12, p->town);
	stmt_int(s, 13, p->registered);
	stmt_int(s, 14, p->resident);
	stmt_day(s, 15, p->died_on);
	stmt_int(s, 16, audit);
	n = stmt_run(s);
	BUG_IF(n == 0);
	return n < 0 ? (int)n : 0;
}

int person_history_add(struct db *db, int64_t county, int64_t person, int64_t audit,
	const char *field, struct str was, struct str became)
{
	struct stmt *s;
	int64_t n;
	int rc = db_stmt(db, SQL_PERSON_HISTORY_ADD, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, person);
	stmt_int(s, 3, audit);
	stmt_text(s, 4, str_of(field));
	stmt_text_or_null(s, 5, was);
	stmt_text_or_null(s, 6, became);
	n = stmt_run(s);
	return n < 0 ? (int)n : 0;
}

int person_by_token(struct db *db, struct arena *a, int64_t county,
	const unsigned char token[TOKEN_BYTES], struct person *ret_person)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_PERSON_BY_TOKEN, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_blob(s, 2, token, TOKEN_BYTES);
	rc = stmt_step(s);
	if (rc == 1) {
		*ret_person = (struct person){ .id = stmt_col_int(s, 0),
			.name = text_col(s, a, 1),
			.doc_kind = text_col(s, a, 2),
			.sex = (int)stmt_col_int(s, 3),
			.birth = (day_t)stmt_col_int(s, 4),
			.nation = text_col(s, a, 5),
			.household = text_col(s, a, 6),
			.relation = text_col(s, a, 7),
			.village = stmt_col_int(s, 8),
			.town = stmt_col_int(s, 9),
			.registered = stmt_col_int(s, 10) != 0,
			.resident = stmt_col_int(s, 11) != 0,
			.died_on = stmt_col_day(s, 12),
			.doc_seal = blob_col(s, a, 13) };
		memcpy(ret_person->token, token, TOKEN_BYTES);
	}
	stmt_reset(s);
	return rc;
}

int person_last(struct db *db, int64_t county, int64_t *ret_id)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_PERSON_LAST, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	rc = stmt_one_int(s, ret_id);
	return rc < 0 ? rc : 0;
}
