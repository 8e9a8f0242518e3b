/* SPDX-License-Identifier: Apache-2.0 */
/* An empty place for a store on either engine, made for one test and taken away after it.
 *
 * A test is listed once an engine:  BOTH(test_name)  in the array of tests.  It gets its place with
 * need(state), which skips it, visibly, when PostgreSQL was not offered (script/with-postgres). */
#ifndef CANBAO_TESTS_STORE_FIXTURE_H
#define CANBAO_TESTS_STORE_FIXTURE_H

#include "store/store.h"

struct fixture {
	enum db_engine engine;
	char dir[256];  /* temporary folder */
	char uri[1024]; /* nothing is there yet */
	char key[300];  /* path of a key file that is not there yet */
	struct store *st;
};

/* cmocka's set-up and tear-down for one test. */
int fixture_sqlite(void **state);
int fixture_pg(void **state);
int fixture_free(void **state);

/* The test's place; does not come back when the engine is not there. */
struct fixture *need(void **state);
/* The same with a store made and opened in it. */
struct fixture *need_store(void **state);
/* Make and open the store again, for instance after a crash. */
void fixture_open(struct fixture *f);
void fixture_close(struct fixture *f);
/* A connection beside the store's own. */
struct db *fixture_db(struct fixture *f);

#define ON(test, engine, make) \
	{ \
#test " on " engine, test, make, fixture_free, NULL \
	}
#define BOTH(test) ON(test, "SQLite", fixture_sqlite), ON(test, "PostgreSQL", fixture_pg)

#endif
