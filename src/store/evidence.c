/* SPDX-License-Identifier: Apache-2.0 */
#include "store/evidence.h"

#include "store/bind.h"

int evidence_add(struct db *db, int64_t county, int64_t audit, const struct evidence_new *e)
{
	struct stmt *s;
	int rc = db_stmt_of(db, SQL_EVIDENCE_ADD, county, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 2, e->id);
	stmt_text(s, 3, e->code);
	stmt_text(s, 4, e->kind);
	stmt_text(s, 5, e->media);
	stmt_int(s, 6, e->bytes);
	stmt_blob(s, 7, e->digest, sizeof(e->digest));
	stmt_blob(s, 8, e->sealed.p, e->sealed.n);
	stmt_int(s, 9, e->at);
	stmt_int(s, 10, audit);
	return stmt_done(s);
}

int evidence_loose(struct db *db, int64_t county, int64_t *ret_bytes)
{
	struct stmt *s;
	int rc = db_stmt_of(db, SQL_EVIDENCE_LOOSE, county, &s);

	if (rc < 0)
		return rc;
	rc = stmt_one_int(s, ret_bytes);
	return rc < 0 ? rc : 0;
}

int64_t evidence_sweep(struct db *db, int64_t county, int64_t before)
{
	struct stmt *s;
	int rc = db_stmt_of(db, SQL_EVIDENCE_SWEEP, county, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 2, before);
	return stmt_run(s);
}

int evidence_attach(struct db *db, int64_t county, struct str code, int64_t registration)
{
	struct stmt *s;
	int64_t n;
	int rc = db_stmt_of(db, SQL_EVIDENCE_ATTACH, county, &s);

	if (rc < 0)
		return rc;
	stmt_text(s, 2, code);
	stmt_int(s, 3, registration);
	n = stmt_run(s);
	return n < 0 ? (int)n : n == 1;
}

int evidence_to_person(struct db *db, int64_t county, int64_t registration, int64_t person)
{
	struct stmt *s;
	int rc = db_stmt_of(db, SQL_EVIDENCE_TO_PERSON, county, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 2, registration);
	stmt_int(s, 3, person);
	return stmt_done(s);
}

static int list(struct db *db, enum sql_id id, struct arena *a, int64_t county, int64_t of,
	struct evidence **ret_items, size_t *ret_n)
{
	struct evidence *items = ARENA_ARRAY(a, struct evidence, EVIDENCE_LIST_MAX);
	struct stmt *s;
	size_t n = 0;
	int rc = items ? db_stmt_of(db, id, county, &s) : FAULT_MEMORY;

	if (rc < 0)
		return rc;
	stmt_int(s, 2, of);
	while (n < EVIDENCE_LIST_MAX && (rc = stmt_step(s)) == 1)
		items[n++] = (struct evidence){ .id = stmt_col_int(s, 0),
			.kind = stmt_col_text_in(s, a, 1),
			.media = stmt_col_text_in(s, a, 2),
			.bytes = stmt_col_int(s, 3),
			.at = stmt_col_int(s, 4) };
	stmt_reset(s);
	if (rc < 0)
		return rc;
	*ret_items = items;
	*ret_n = n;
	return 0;
}

int evidence_of_person(struct db *db, struct arena *a, int64_t county, int64_t person,
	struct evidence **ret_items, size_t *ret_n)
{
	return list(db, SQL_EVIDENCE_OF_PERSON, a, county, person, ret_items, ret_n);
}

int evidence_of_registration(struct db *db, struct arena *a, int64_t county, int64_t registration,
	struct evidence **ret_items, size_t *ret_n)
{
	return list(db, SQL_EVIDENCE_OF_REGISTRATION, a, county, registration, ret_items, ret_n);
}

int evidence_in_area(struct db *db, struct arena *a, int64_t county, int64_t id, int64_t division,
	struct evidence_paper *ret_paper)
{
	struct stmt *s;
	int rc = db_stmt_of(db, SQL_EVIDENCE_IN_AREA, county, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 2, id);
	stmt_int(s, 3, division);
	rc = stmt_step(s);
	if (rc == 1)
		*ret_paper = (struct evidence_paper){ .media = stmt_col_text_in(s, a, 0),
			.sealed = stmt_col_blob_in(s, a, 1),
			.person = stmt_col_int_or_zero(s, 2),
			.registration = stmt_col_int_or_zero(s, 3) };
	stmt_reset(s);
	if (rc == 1 && !ret_paper->sealed.p)
		return FAULT_MEMORY;
	return rc;
}
