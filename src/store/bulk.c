/* SPDX-License-Identifier: Apache-2.0 */
/* Many rows into one table: the entry's own INSERT, or the driver's COPY. */
#include <stdlib.h>

#include "store/db_driver.h"

struct bulk {
	struct db *db;
	unsigned columns, at; /* of the entry; given so far in this row */
	struct stmt *insert;  /* SQLite */
	struct copy *copy;    /* PostgreSQL */
	int fault;            /* the first one; told again by bulk_end */
};

int bulk_begin(struct db *db, enum sql_id id, struct bulk **ret_bulk)
{
	struct bulk *b;
	int rc;

	BUG_IF((unsigned)id >= SQL_COUNT || sql_entries[id].columns == 0);
	BUG_IF(!db->in_tx || db->bulk_open);
	b = calloc(1, sizeof(*b));
	if (!b)
		return FAULT_MEMORY;
	b->db = db;
	b->columns = sql_entries[id].columns;
	rc = db->driver->copy_begin ? db->driver->copy_begin(db, id, &b->copy)
				    : db_stmt(db, id, &b->insert);
	if (rc < 0) {
		free(b);
		return rc;
	}
	db->bulk_open = true;
	*ret_bulk = b;
	return 0;
}

static int next(struct bulk *b)
{
	BUG_IF(b->at >= b->columns);
	return (int)++b->at;
}

void bulk_int(struct bulk *b, int64_t v)
{
	int i = next(b);

	if (b->copy)
		b->db->driver->copy_int(b->copy, v);
	else
		b->db->driver->bind_int(b->insert, i, v);
}

void bulk_text(struct bulk *b, struct str v)
{
	int i = next(b);

	if (b->copy)
		b->db->driver->copy_bytes(b->copy, v);
	else
		b->db->driver->bind_text(b->insert, i, v);
}

void bulk_blob(struct bulk *b, const void *p, size_t n)
{
	int i = next(b);

	if (b->copy)
		b->db->driver->copy_bytes(b->copy, (struct str){ p, n });
	else
		b->db->driver->bind_blob(b->insert, i, p, n);
}

void bulk_null(struct bulk *b)
{
	int i = next(b);

	if (b->copy)
		b->db->driver->copy_null(b->copy);
	else
		b->db->driver->bind_null(b->insert, i);
}

int bulk_row(struct bulk *b)
{
	int rc;

	BUG_IF(b->at != b->columns);
	b->at = 0;
	if (b->fault)
		return b->fault;
	if (b->copy) {
		rc = b->db->driver->copy_row(b->copy);
	} else {
		rc = b->insert->fault ? b->insert->fault : b->db->driver->step(b->insert);
		b->db->driver->reset(b->insert);
	}
	BUG_IF(rc > 0);
	b->fault = rc;
	return rc;
}

int bulk_end(struct bulk *b)
{
	int rc = b->fault;

	if (b->copy) {
		int end = b->db->driver->copy_end(b->copy, rc);

		if (rc == 0)
			rc = end;
	} else {
		stmt_reset(b->insert);
	}
	b->db->bulk_open = false;
	free(b);
	return rc;
}
