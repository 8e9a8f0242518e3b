/* SPDX-License-Identifier: Apache-2.0 */
/* The seam: what goes in comes out, the same on both engines. */
#include "store/probe.h"

#include <stdio.h>
#include <string.h>

/* 𠅤 䶮 㛃: a name may hold characters outside the basic plane; · joins the parts of one. */
#define RARE "𠅤䶮㛃·买买提\n\t\\N\\."

static void assert_str(struct str got, const char *want, size_t n)
{
	assert_int_equal(got.n, n);
	assert_memory_equal(got.p, want, n);
}

struct row {
	int64_t id, n;
	struct str t, b;
	bool null_n, null_t, null_b;
};

static const char zeros[] = "\0\1\377\\x\n";
static const struct row rows[] = {
	{ 1, INT64_MAX, { RARE, sizeof(RARE) - 1 }, { zeros, sizeof(zeros) }, false, false, false },
	{ 2, INT64_MIN, { "", 0 }, { "", 0 }, false, false, false },
	{ 3, 0, { NULL, 0 }, { NULL, 0 }, true, true, true },
	{ 4, -1, { "\\.", 2 }, { "\\", 1 }, false, false, false },
};

static void add_one(struct db *db, const struct row *r)
{
	struct stmt *s = stmt_of(db, SQL_PROBE_ADD);

	stmt_int(s, 1, COUNTY);
	stmt_int(s, 2, r->id);
	if (!r->null_n)
		stmt_int(s, 3, r->n);
	if (r->null_t)
		stmt_null(s, 4);
	else
		stmt_text(s, 4, r->t);
	if (!r->null_b)
		stmt_blob(s, 5, r->b.p, r->b.n);
	assert_int_equal(stmt_run(s), 1);
}

static int add_bulk(struct db *db, const struct row *r, size_t n)
{
	struct bulk *b = NULL;
	int rc = 0;

	assert_int_equal(bulk_begin(db, SQL_PROBE_ADD, &b), 0);
	for (size_t i = 0; i < n && rc == 0; i++) {
		bulk_int(b, COUNTY);
		bulk_int(b, r[i].id);
		r[i].null_n ? bulk_null(b) : bulk_int(b, r[i].n);
		r[i].null_t ? bulk_null(b) : bulk_text(b, r[i].t);
		r[i].null_b ? bulk_null(b) : bulk_blob(b, r[i].b.p, r[i].b.n);
		rc = bulk_row(b);
	}
	return bulk_end(b);
}

static void assert_rows(struct db *db)
{
	struct stmt *s = stmt_of(db, SQL_PROBE_ALL);

	stmt_int(s, 1, COUNTY);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		assert_int_equal(stmt_step(s), 1);
		assert_int_equal(stmt_col_int(s, 0), rows[i].id);
		assert_int_equal(stmt_col_null(s, 1), rows[i].null_n);
		assert_int_equal(stmt_col_int(s, 1), rows[i].n);
		assert_int_equal(stmt_col_null(s, 2), rows[i].null_t);
		assert_int_equal(stmt_col_null(s, 3), rows[i].null_b);
		assert_str(stmt_col_text(s, 2), rows[i].t.p, rows[i].t.n);
		assert_str(stmt_col_blob(s, 3), rows[i].b.p, rows[i].b.n);
		/* Asking again gives the same. */
		assert_str(stmt_col_blob(s, 3), rows[i].b.p, rows[i].b.n);
	}
	assert_int_equal(stmt_step(s), 0);
}

static struct db *begin(struct fixture *f)
{
	struct db *db = fixture_db(f);

	assert_int_equal(db_begin(db), 0);
	return db;
}

static void values_come_back(void **state)
{
	struct db *db = begin(need_store(state));

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		add_one(db, &rows[i]);
	assert_rows(db);
	assert_int_equal(db_commit(db), 0);
	db_close(db);
}

static void bulk_equals_insert(void **state)
{
	struct db *db = begin(need_store(state));

	assert_int_equal(add_bulk(db, rows, ARRAY_LEN(rows)), 0);
	assert_rows(db);
	assert_int_equal(db_commit(db), 0);
	db_close(db);
}

static void rare_characters_are_found(void **state)
{
	struct db *db = begin(need_store(state));
	struct stmt *s;
	int64_t n = 0;

	add_one(db, &rows[0]);
	s = stmt_of(db, SQL_PROBE_FIND_TEXT);
	stmt_text(s, 1, rows[0].t);
	assert_int_equal(stmt_one_int(s, &n), 1);
	assert_int_equal(n, 1);
	db_rollback(db);
	db_close(db);
}

/* Text is ordered by its bytes on both engines, whatever the server's language. */
static void text_sorts_by_bytes(void **state)
{
	static const char *const sorted[] = { "A", "B", "a", "b", "é", "䶮", "𠅤" };
	struct db *db = begin(need_store(state));
	struct stmt *s;

	for (size_t i = 0; i < ARRAY_LEN(sorted); i++) {
		size_t k = (i * 3) % ARRAY_LEN(sorted);
		struct row r = { .id = (int64_t)k, .t = str_of(sorted[k]) };

		add_one(db, &r);
	}
	s = stmt_of(db, SQL_PROBE_BY_TEXT);
	stmt_int(s, 1, COUNTY);
	for (size_t i = 0; i < ARRAY_LEN(sorted); i++) {
		assert_int_equal(stmt_step(s), 1);
		assert_true(str_is(stmt_col_text(s, 0), sorted[i]));
	}
	stmt_reset(s);
	db_rollback(db);
	db_close(db);
}

static void numbers_of_every_kind(void **state)
{
	struct db *db = begin(need_store(state));
	struct stmt *s;
	int64_t v = 0;

	assert_int_equal(probe_add(db, 1, 40), 1);
	assert_int_equal(probe_add(db, 2, 2), 1);
	assert_int_equal(probe_int(db, SQL_PROBE_TOTAL), 42);
	assert_int_equal(probe_int(db, SQL_PROBE_COUNT), 2);
	s = stmt_of(db, SQL_PROBE_EXISTS);
	stmt_int(s, 1, COUNTY);
	stmt_int(s, 2, 2);
	assert_int_equal(stmt_one_int(s, &v), 1);
	assert_int_equal(v, 1);
	s = stmt_of(db, SQL_PROBE_RAISE);
	stmt_int(s, 1, COUNTY);
	stmt_int(s, 2, -50);
	assert_int_equal(stmt_run(s), 2);
	assert_int_equal(probe_int(db, SQL_PROBE_TOTAL), -58);
	/* A statement that changes nothing after one that did: not the other's count. */
	s = stmt_of(db, SQL_PROBE_STAGE_MAKE);
	assert_int_equal(stmt_run(s), 0);
	s = stmt_of(db, SQL_PROBE_SET);
	stmt_int(s, 1, COUNTY);
	stmt_int(s, 2, 2);
	stmt_int(s, 3, 9);
	assert_int_equal(stmt_one_int(s, &v), 1);
	assert_int_equal(v, 9);
	/* A row that is not there. */
	s = stmt_of(db, SQL_PROBE_GET);
	stmt_int(s, 1, COUNTY);
	stmt_int(s, 2, 99);
	v = 5;
	assert_int_equal(stmt_one_int(s, &v), 0);
	assert_int_equal(v, 5);
	db_rollback(db);
	db_close(db);
}

static void variant_of_an_engine(void **state)
{
	struct fixture *f = need_store(state);
	struct db *db = begin(f);
	struct stmt *s = stmt_of(db, SQL_PROBE_ENGINE);

	assert_int_equal(stmt_step(s), 1);
	assert_true(str_is(stmt_col_text(s, 0), f->engine == DB_PG ? "pg ?1" : "sqlite ?1"));
	stmt_reset(s);
	db_rollback(db);
	db_close(db);
}

static void expect_conflict(struct db *db, int64_t id, int64_t n)
{
	assert_int_equal(db_savepoint(db), 0);
	assert_int_equal(probe_add(db, id, n), FAULT_CONFLICT);
	assert_true(strlen(db_message(db)) > 0);
	db_savepoint_rollback(db);
}

static void conflicts_are_told_apart(void **state)
{
	struct db *db = begin(need_store(state));
	struct row twice[] = { { .id = 5, .n = 1 }, { .id = 5, .n = 2 } };
	struct row check = { .id = 6, .t = STR("refused") };

	assert_int_equal(probe_add(db, 1, 1), 1);
	expect_conflict(db, 1, 2);    /* primary key */
	expect_conflict(db, 2, 7777); /* a statement that only one engine has */
	assert_int_equal(db_savepoint(db), 0);
	assert_int_equal(add_bulk(db, twice, 2), FAULT_CONFLICT);
	db_savepoint_rollback(db);
	assert_int_equal(db_savepoint(db), 0);
	assert_int_equal(add_bulk(db, &check, 1), FAULT_CONFLICT);
	db_savepoint_rollback(db);
	/* The connection works on, and the first row stands. */
	assert_int_equal(probe_int(db, SQL_PROBE_COUNT), 1);
	assert_int_equal(db_commit(db), 0);
	db_close(db);
}

/* What a fault says may reach a log: it must not hold the values. */
static void messages_hold_no_values(void **state)
{
	struct db *db = begin(need_store(state));
	struct row r = { .id = 1, .t = STR("secret-number") };
	struct row bad = { .id = 2, .t = { "secret\0number", 13 } };

	add_one(db, &r);
	assert_int_equal(db_savepoint(db), 0);
	assert_true(add_bulk(db, &r, 1) < 0);
	assert_null(strstr(db_message(db), "secret"));
	db_savepoint_rollback(db);
	assert_int_equal(db_savepoint(db), 0);
	/* PostgreSQL refuses a NUL in text and would quote what surrounds it. */
	if (add_bulk(db, &bad, 1) < 0)
		assert_null(strstr(db_message(db), "secret"));
	db_savepoint_rollback(db);
	db_rollback(db);
	db_close(db);
}

static void savepoints_nest(void **state)
{
	struct db *db = begin(need_store(state));

	assert_int_equal(probe_add(db, 1, 1), 1);
	assert_int_equal(db_savepoint(db), 0);
	assert_int_equal(probe_add(db, 2, 2), 1);
	assert_int_equal(db_savepoint(db), 0);
	assert_int_equal(probe_add(db, 3, 4), 1);
	db_savepoint_rollback(db);
	assert_int_equal(db_savepoint_release(db), 0);
	assert_int_equal(db_savepoint(db), 0);
	assert_int_equal(probe_add(db, 4, 8), 1);
	db_savepoint_rollback(db);
	assert_int_equal(db_commit(db), 0);
	assert_int_equal(db_begin(db), 0);
	assert_int_equal(probe_int(db, SQL_PROBE_TOTAL), 3);
	db_rollback(db);
	db_close(db);
}

static void stage(struct db *db, int64_t from)
{
	struct bulk *b = NULL;

	assert_true(stmt_run(stmt_of(db, SQL_PROBE_STAGE_MAKE)) >= 0);
	assert_true(stmt_run(stmt_of(db, SQL_PROBE_STAGE_CLEAR)) >= 0);
	assert_int_equal(bulk_begin(db, SQL_PROBE_STAGE_ADD, &b), 0);
	for (int64_t i = from; i < from + 3; i++) {
		bulk_int(b, i);
		bulk_blob(b, "\0x", 2);
		assert_int_equal(bulk_row(b), 0);
	}
	assert_int_equal(bulk_end(b), 0);
}

static void expect_known(struct db *db, int64_t id)
{
	struct stmt *s = stmt_of(db, SQL_PROBE_STAGE_KNOWN);

	stmt_int(s, 1, COUNTY);
	assert_int_equal(stmt_step(s), 1);
	assert_int_equal(stmt_col_int(s, 0), id);
	assert_str(stmt_col_blob(s, 1), "\0x", 2);
	assert_int_equal(stmt_step(s), 0);
}

/* Temporary tables are made inside an act: again after a rollback took them away, and again when
 * they are there already, with the statements that were prepared over the first one. */
static void staging_tables_survive_rollbacks(void **state)
{
	struct db *db = begin(need_store(state));

	assert_int_equal(probe_add(db, 11, 1), 1);
	stage(db, 10);
	expect_known(db, 11);
	assert_int_equal(probe_int(db, SQL_PROBE_COUNT), 1);
	db_rollback(db);
	for (int round = 0; round < 8; round++) {
		assert_int_equal(db_begin(db), 0);
		assert_int_equal(probe_add(db, 21 + round, 1), 1);
		stage(db, 20 + round - (round > 0));
		if (round == 0)
			expect_known(db, 21);
		round % 2 ? db_rollback(db) : assert_int_equal(db_commit(db), 0);
	}
	db_close(db);
}

/* An act that swallows a fault must not be taken for a success where the engine gave up. */
static void swallowed_fault_on_pg(void **state)
{
	struct fixture *f = need_store(state);
	struct db *db = begin(f);

	assert_int_equal(probe_add(db, 1, 1), 1);
	assert_int_equal(probe_add(db, 1, 1), FAULT_CONFLICT);
	assert_int_equal(db_commit(db), f->engine == DB_PG ? FAULT_DATABASE : 0);
	assert_int_equal(db_begin(db), 0);
	assert_int_equal(probe_int(db, SQL_PROBE_COUNT), f->engine == DB_PG ? 0 : 1);
	db_rollback(db);
	db_close(db);
}

static void bulk_given_up_half_way(void **state)
{
	struct db *db = begin(need_store(state));
	struct bulk *b = NULL;

	assert_int_equal(bulk_begin(db, SQL_PROBE_ADD, &b), 0);
	bulk_int(b, COUNTY);
	bulk_int(b, 1);
	/* The rest of the row never comes: somebody met a fault elsewhere. */
	assert_int_equal(bulk_end(b), 0);
	assert_int_equal(probe_int(db, SQL_PROBE_COUNT), 0);
	db_rollback(db);
	db_close(db);
}

static void large_bulk(void **state)
{
	struct db *db = begin(need_store(state));
	struct bulk *b = NULL;
	char wide[3000];

	memset(wide, 'w', sizeof(wide));
	assert_int_equal(bulk_begin(db, SQL_PROBE_ADD, &b), 0);
	for (int64_t i = 0; i < 2000; i++) {
		bulk_int(b, COUNTY);
		bulk_int(b, i);
		bulk_int(b, 1);
		bulk_text(b, (struct str){ wide, (size_t)(i % 3000) });
		bulk_null(b);
		assert_int_equal(bulk_row(b), 0);
	}
	assert_int_equal(bulk_end(b), 0);
	assert_int_equal(probe_int(db, SQL_PROBE_TOTAL), 2000);
	assert_int_equal(db_commit(db), 0);
	db_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(values_come_back),
		BOTH(bulk_equals_insert),
		BOTH(rare_characters_are_found),
		BOTH(text_sorts_by_bytes),
		BOTH(numbers_of_every_kind),
		BOTH(variant_of_an_engine),
		BOTH(conflicts_are_told_apart),
		BOTH(messages_hold_no_values),
		BOTH(savepoints_nest),
		BOTH(staging_tables_survive_rollbacks),
		BOTH(swallowed_fault_on_pg),
		BOTH(bulk_given_up_half_way),
		BOTH(large_bulk),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
