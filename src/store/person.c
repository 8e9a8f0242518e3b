/* SPDX-License-Identifier: Apache-2.0 */
#include "store/person.h"

#include <stdlib.h>
#include <string.h>

#include "store/bind.h"

#define CHUNK_MAX 65536

int person_stage_prepare(struct db *db)
{
	int rc = db_run(db, SQL_STAGE_TOKEN_MAKE);

	return rc < 0 ? rc : db_run(db, SQL_STAGE_HOUSEHOLD_MAKE);
}

/* The rows of a chunk in order of their documents. */
static int by_token(const void *a, const void *b)
{
	const struct person *x = *(const struct person *const *)a;
	const struct person *y = *(const struct person *const *)b;

	return memcmp(x->token, y->token, TOKEN_BYTES);
}

static int stage_tokens(struct db *db, const struct person *const *sorted, size_t n)
{
	struct bulk *b;
	int rc = db_run(db, SQL_STAGE_TOKEN_CLEAR), end;

	if (rc == 0)
		rc = bulk_begin(db, SQL_STAGE_TOKEN_ADD, &b);
	if (rc < 0)
		return rc;
	for (size_t i = 0; rc == 0 && i < n; i++) {
		bulk_blob(b, sorted[i]->token, TOKEN_BYTES);
		rc = bulk_row(b);
	}
	end = bulk_end(b);
	return rc < 0 ? rc : end;
}

static void person_values(struct bulk *b, const struct person *p)
{
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
}

/* Add the rows that are not marked as known. */
static int add_new(struct db *db, int64_t county, int64_t audit, const struct person *rows,
	size_t n, const unsigned char *known)
{
	struct bulk *b;
	int rc = bulk_begin(db, SQL_PERSON_ADD, &b), end;

	if (rc < 0)
		return rc;
	for (size_t i = 0; rc == 0 && i < n; i++) {
		if (known[i])
			continue;
		bulk_int(b, county);
		person_values(b, &rows[i]);
		bulk_int(b, audit);
		rc = bulk_row(b);
	}
	end = bulk_end(b);
	return rc < 0 ? rc : end;
}

/* Rows of a household mostly stand together: it is staged once a run of them. */
static int stage_households(struct db *db, const struct person *rows, size_t n)
{
	struct bulk *b;
	int rc = db_run(db, SQL_STAGE_HOUSEHOLD_CLEAR), end;

	if (rc == 0)
		rc = bulk_begin(db, SQL_STAGE_HOUSEHOLD_ADD, &b);
	if (rc < 0)
		return rc;
	for (size_t i = 0; rc == 0 && i < n; i++) {
		const struct person *p = &rows[i], *last = i > 0 ? &rows[i - 1] : NULL;

		if (!p->household.p || (last && last->household.p && last->village == p->village &&
					       str_eq(last->household, p->household)))
			continue;
		bulk_text(b, p->household);
		bulk_int(b, p->village);
		rc = bulk_row(b);
	}
	end = bulk_end(b);
	return rc < 0 ? rc : end;
}

static int add_households(
	struct db *db, int64_t county, int64_t audit, const struct person *rows, size_t n)
{
	struct stmt *s;
	int64_t homes;
	int rc = stage_households(db, rows, n);

	if (rc == 0)
		rc = db_stmt(db, SQL_HOUSEHOLD_ADD_STAGED, &s);
	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, audit);
	homes = stmt_run(s);
	return homes < 0 ? (int)homes : 0;
}

static void known_row(struct stmt *s, struct arena *a, struct person *p)
{
	*p = (struct person){ .id = stmt_col_int(s, 1),
		.doc_kind = stmt_col_text_in(s, a, 2),
		.name = stmt_col_text_in(s, a, 3),
		.sex = (int)stmt_col_int(s, 4),
		.birth = (day_t)stmt_col_int(s, 5),
		.nation = stmt_col_text_in(s, a, 6),
		.phone_seal = stmt_col_blob_in(s, a, 7),
		.household = stmt_col_text_in(s, a, 8),
		.relation = stmt_col_text_in(s, a, 9),
		.village = stmt_col_int(s, 10),
		.town = stmt_col_int(s, 11),
		.registered = stmt_col_int(s, 12) != 0,
		.resident = stmt_col_int(s, 13) != 0,
		.died_on = stmt_col_day(s, 14) };
}

struct known {
	size_t index; /* in the chunk */
	struct person stored;
};

static int by_index(const void *a, const void *b)
{
	const struct known *x = a, *y = b;

	return (x->index > y->index) - (x->index < y->index);
}

/* A chunk on its way in. */
struct chunk {
	const struct person *rows;
	size_t n;
	const struct person **sorted; /* by token */
	unsigned char *known;         /* for each row */
	struct known *items;          /* in order of rows */
	size_t n_items, cap_items;
};

static size_t chunk_index(const struct chunk *c, struct str token)
{
	struct person key;
	const struct person *k = &key, **found;

	BUG_IF(token.n != TOKEN_BYTES);
	memcpy(key.token, token.p, TOKEN_BYTES);
	found = bsearch(&k, c->sorted, c->n, sizeof(*c->sorted), by_token);
	BUG_IF(!found);
	return (size_t)(*found - c->rows);
}

/* Collect first, call after: `known` writes, and a statement must not be open meanwhile. */
static int note_known(struct chunk *c, struct arena *a, struct stmt *s)
{
	struct known *more = arena_grow(a, c->items, c->n_items, &c->cap_items, sizeof(*more));
	struct known *k;

	if (!more)
		return FAULT_MEMORY;
	c->items = more;
	k = &c->items[c->n_items++];
	BUG_IF(c->n_items > c->n);
	k->index = chunk_index(c, stmt_col_blob(s, 0));
	c->known[k->index] = 1;
	known_row(s, a, &k->stored);
	return 0;
}

static void sort_chunk(struct chunk *c)
{
	for (size_t i = 0; i < c->n; i++)
		c->sorted[i] = &c->rows[i];
	qsort(c->sorted, c->n, sizeof(*c->sorted), by_token);
	for (size_t i = 1; i < c->n; i++)
		BUG_IF(by_token(&c->sorted[i - 1], &c->sorted[i]) == 0);
}

static int find_known(struct db *db, struct arena *a, int64_t county, struct chunk *c)
{
	struct stmt *s;
	int rc;

	sort_chunk(c);
	rc = stage_tokens(db, c->sorted, c->n);
	if (rc == 0)
		rc = db_stmt(db, SQL_PERSON_STAGED_KNOWN, &s);
	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	while ((rc = stmt_step(s)) == 1) {
		rc = note_known(c, a, s);
		if (rc < 0)
			break;
	}
	stmt_reset(s);
	if (c->n_items > 1)
		qsort(c->items, c->n_items, sizeof(c->items[0]), by_index);
	return rc;
}

static int chunk_init(struct chunk *c, struct arena *a, const struct person *rows, size_t n)
{
	*c = (struct chunk){ .rows = rows, .n = n };
	c->sorted = ARENA_ARRAY(a, const struct person *, n);
	c->known = ARENA_ARRAY(a, unsigned char, n);
	return c->sorted && c->known ? 0 : FAULT_MEMORY;
}

int64_t person_add_chunk(struct db *db, struct arena *a, int64_t county, int64_t audit,
	const struct person *rows, size_t n, bool nobody_known, person_known_fn known, void *ctx)
{
	struct chunk c;
	int rc;

	BUG_IF(n > CHUNK_MAX);
	if (n == 0)
		return 0;
	rc = chunk_init(&c, a, rows, n);
	if (rc == 0 && !nobody_known)
		rc = find_known(db, a, county, &c);
	if (rc == 0)
		rc = add_new(db, county, audit, rows, n, c.known);
	if (rc == 0)
		rc = add_households(db, county, audit, rows, n);
	for (size_t i = 0; rc == 0 && i < c.n_items; i++)
		rc = known(ctx, c.items[i].index, &c.items[i].stored);
	return rc < 0 ? rc : (int64_t)(n - c.n_items);
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
	stmt_blob_or_null(s, 8, p->phone_seal);
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
	int rc = db_stmt(db, SQL_PERSON_HISTORY_ADD, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, person);
	stmt_int(s, 3, audit);
	stmt_text(s, 4, str_of(field));
	stmt_text_or_null(s, 5, was);
	stmt_text_or_null(s, 6, became);
	return stmt_done(s);
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
			.name = stmt_col_text_in(s, a, 1),
			.doc_kind = stmt_col_text_in(s, a, 2),
			.sex = (int)stmt_col_int(s, 3),
			.birth = (day_t)stmt_col_int(s, 4),
			.nation = stmt_col_text_in(s, a, 5),
			.household = stmt_col_text_in(s, a, 6),
			.relation = stmt_col_text_in(s, a, 7),
			.village = stmt_col_int(s, 8),
			.town = stmt_col_int(s, 9),
			.registered = stmt_col_int(s, 10) != 0,
			.resident = stmt_col_int(s, 11) != 0,
			.died_on = stmt_col_day(s, 12),
			.doc_seal = stmt_col_blob_in(s, a, 13) };
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
