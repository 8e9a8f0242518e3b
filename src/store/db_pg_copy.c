/* SPDX-License-Identifier: Apache-2.0 */
/* COPY … FROM STDIN in PostgreSQL's binary form.
 *
 * Every column of ours is BIGINT, TEXT or BYTEA (embed_sql.py sees to it), whose binary forms
 * are eight bytes in network order and the bytes themselves: nothing to escape, nothing for the
 * server to parse. */
#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "store/db_pg.h"

#define COPY_CHUNK (64u * 1024u)           /* handed to libpq when it is this full */
#define COPY_CEILING (16u * 1024u * 1024u) /* one row */

struct copy {
	struct pg_db *db;
	struct buf out;
	size_t row_start; /* in `out`; what stands behind is a row not complete yet */
	unsigned columns;
	bool in_row;
};

static void add16(struct buf *b, uint16_t v)
{
	v = htobe16(v);
	buf_add(b, (struct str){ (const char *)&v, sizeof(v) });
}

static void add32(struct buf *b, uint32_t v)
{
	v = htobe32(v);
	buf_add(b, (struct str){ (const char *)&v, sizeof(v) });
}

static int start(struct pg_db *db, enum sql_id id)
{
	PGresult *res = PQexec(db->h, sql_entries[id].copy);
	int rc = PQresultStatus(res) == PGRES_COPY_IN ? 0 : pg_fault(&db->base, res);

	PQclear(res);
	return rc;
}

int pg_copy_begin(struct db *db, enum sql_id id, struct copy **ret_copy)
{
	static const char header[19] =
		"PGCOPY\n\377\r\n"; /* NUL, flags 0, no extension behind it */
	struct copy *c = calloc(1, sizeof(*c));
	int rc;

	if (!c)
		return FAULT_MEMORY;
	c->db = (struct pg_db *)db;
	c->columns = sql_entries[id].columns;
	buf_init(&c->out, COPY_CEILING);
	rc = start(c->db, id);
	if (rc < 0) {
		free(c);
		return rc;
	}
	buf_add(&c->out, (struct str){ header, sizeof(header) });
	c->row_start = c->out.n;
	*ret_copy = c;
	return 0;
}

static void row_start(struct copy *c)
{
	if (c->in_row)
		return;
	c->in_row = true;
	add16(&c->out, (uint16_t)c->columns);
}

void pg_copy_int(struct copy *c, int64_t v)
{
	uint64_t wire = htobe64((uint64_t)v);

	row_start(c);
	add32(&c->out, sizeof(wire));
	buf_add(&c->out, (struct str){ (const char *)&wire, sizeof(wire) });
}

void pg_copy_bytes(struct copy *c, struct str v)
{
	row_start(c);
	/* A value above the ceiling makes the buffer bad, whatever its length says here. */
	add32(&c->out, (uint32_t)v.n);
	buf_add(&c->out, v);
}

void pg_copy_null(struct copy *c)
{
	row_start(c);
	add32(&c->out, UINT32_MAX);
}

static int flush_out(struct copy *c)
{
	if (PQputCopyData(c->db->h, c->out.p, (int)c->out.n) != 1)
		return pg_fault(&c->db->base, NULL);
	buf_reset(&c->out);
	return 0;
}

int pg_copy_row(struct copy *c)
{
	int rc = 0;

	if (buf_bad(&c->out))
		return FAULT_LIMIT;
	c->in_row = false;
	if (c->out.n >= COPY_CHUNK)
		rc = flush_out(c);
	c->row_start = c->out.n;
	return rc;
}

/* The server's verdict on the whole copy; reads to the end so that the connection is free again. */
static int verdict(struct pg_db *db)
{
	PGresult *res;
	int rc = 0;

	while ((res = PQgetResult(db->h)) != NULL) {
		if (PQresultStatus(res) != PGRES_COMMAND_OK && rc == 0)
			rc = pg_fault(&db->base, res);
		PQclear(res);
		if (PQstatus(db->h) == CONNECTION_BAD)
			break;
	}
	return rc;
}

int pg_copy_end(struct copy *c, int fault)
{
	int rc = fault, end;

	if (rc == 0) {
		/* A row somebody began and gave up is not sent. */
		c->out.n = c->row_start;
		add16(&c->out, UINT16_MAX);
		rc = buf_bad(&c->out) ? FAULT_LIMIT : flush_out(c);
	}
	if (PQputCopyEnd(c->db->h, rc == 0 ? NULL : "called off") != 1 && rc == 0)
		rc = pg_fault(&c->db->base, NULL);
	end = verdict(c->db);
	if (rc == 0)
		rc = end;
	buf_release(&c->out);
	free(c);
	return rc;
}
