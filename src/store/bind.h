/* SPDX-License-Identifier: Apache-2.0 */
/* What every noun of this room binds and reads: NULL as {NULL,0} or DAY_NONE, statements run to
 * their end. */
#ifndef CANBAO_STORE_BIND_H
#define CANBAO_STORE_BIND_H

#include "base/arena.h"
#include "base/day.h"
#include "store/db.h"

/* Run a statement that returns no row to its end and reset it.  0 or a fault. */
MUST_USE int stmt_done(struct stmt *s);
/* The same for a statement without parameters. */
MUST_USE int db_run(struct db *db, enum sql_id id);

/* A statement whose first parameter is the county, as every table's key begins: bound. */
MUST_USE int db_stmt_of(struct db *db, enum sql_id id, int64_t county, struct stmt **ret_stmt);

/* Bind a number or an id, or NULL when it is 0. */
void stmt_int_or_null(struct stmt *s, int i, int64_t v);
/* Bind bytes, or NULL when `v` is {NULL,0}. */
void stmt_blob_or_null(struct stmt *s, int i, struct str v);
/* Bind text, or NULL when `v` is {NULL,0}. */
void stmt_text_or_null(struct stmt *s, int i, struct str v);
/* Bind a day, or NULL when it is DAY_NONE. */
void stmt_day(struct stmt *s, int i, day_t day);
void bulk_text_or_null(struct bulk *b, struct str v);
void bulk_day(struct bulk *b, day_t day);

/* A number column; 0 when NULL. */
int64_t stmt_col_int_or_zero(struct stmt *s, int i);
/* A day column; DAY_NONE when NULL. */
day_t stmt_col_day(struct stmt *s, int i);
/* A text column copied into `a`; {NULL,0} when NULL. */
struct str stmt_col_text_in(struct stmt *s, struct arena *a, int i);
/* A blob column copied into `a`; {NULL,0} when NULL. */
struct str stmt_col_blob_in(struct stmt *s, struct arena *a, int i);

#endif
