/* SPDX-License-Identifier: Apache-2.0 */
/* Short forms over the probe tables, for the tests of the seam and of the store. */
#ifndef CANBAO_TESTS_STORE_PROBE_H
#define CANBAO_TESTS_STORE_PROBE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
/* clang-format off */
#include <cmocka.h>
/* clang-format on */

#include "store/fixture.h"

#define COUNTY 620721

static inline struct stmt *stmt_of(struct db *db, enum sql_id id)
{
	struct stmt *s = NULL;

	if (db_stmt(db, id, &s) < 0)
		fail_msg("%s: %s", sql_entries[id].name, db_message(db));
	return s;
}

/* Insert (COUNTY, id, n, NULL, NULL); rows changed or a fault. */
static inline int64_t probe_add(struct db *db, int64_t id, int64_t n)
{
	struct stmt *s = NULL;
	int rc = db_stmt(db, SQL_PROBE_ADD, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, COUNTY);
	stmt_int(s, 2, id);
	stmt_int(s, 3, n);
	return stmt_run(s);
}

static inline int64_t probe_int(struct db *db, enum sql_id id)
{
	struct stmt *s = stmt_of(db, id);
	int64_t v = -1;

	stmt_int(s, 1, COUNTY);
	if (stmt_one_int(s, &v) < 0)
		fail_msg("%s", db_message(db));
	return v;
}

#endif
