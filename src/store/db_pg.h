/* SPDX-License-Identifier: Apache-2.0 */
/* What the two files of the PostgreSQL driver share.  Private to them. */
#ifndef CANBAO_STORE_DB_PG_H
#define CANBAO_STORE_DB_PG_H

#include <libpq-fe.h>

#include "store/db_driver.h"

struct pg_db {
	struct db base;
	PGconn *h;
};

/* The fault a result (NULL: the connection) stands for; fills the connection's message. */
MUST_USE int pg_fault(struct db *db, const PGresult *res);

int pg_copy_begin(struct db *db, enum sql_id id, struct copy **ret_copy);
void pg_copy_int(struct copy *c, int64_t v);
void pg_copy_bytes(struct copy *c, struct str v);
void pg_copy_null(struct copy *c);
int pg_copy_row(struct copy *c);
int pg_copy_end(struct copy *c, int fault);

#endif
