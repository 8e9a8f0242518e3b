/* SPDX-License-Identifier: Apache-2.0 */
/* The PostgreSQL driver: statements prepared by name at first use, results fetched whole and in
 * binary form, which nobody has to print and read again. */
#include "store/db_pg.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Types a result may have (pg_type.dat). */
enum pg_type {
	PG_BOOL = 16,
	PG_BYTEA = 17,
	PG_NAME = 19,
	PG_INT8 = 20,
	PG_INT4 = 23,
	PG_TEXT = 25,
	PG_UNKNOWN = 705,
	PG_VARCHAR = 1043,
	PG_NUMERIC = 1700
};

struct pg_stmt {
	struct stmt base;
	PGresult *res;
	int row, rows;
	const char *values[SQL_PARAMS_MAX];
	int lengths[SQL_PARAMS_MAX];
	int formats[SQL_PARAMS_MAX];
	char digits[SQL_PARAMS_MAX][24];
};

static PGconn *handle(struct db *db)
{
	return ((struct pg_db *)db)->h;
}

static struct pg_stmt *own(struct stmt *s)
{
	return (struct pg_stmt *)s;
}

static const char *field(const PGresult *res, int code)
{
	const char *v = res ? PQresultErrorField(res, code) : NULL;

	return v ? v : "";
}

static int fault_of_state(const char *state)
{
	if (strcmp(state, "40001") == 0 || strcmp(state, "40P01") == 0)
		return FAULT_RETRY;
	if (strncmp(state, "23", 2) == 0)
		return FAULT_CONFLICT;
	if (strncmp(state, "22", 2) == 0)
		return FAULT_FORMAT;
	if (strcmp(state, "53200") == 0)
		return FAULT_MEMORY;
	return FAULT_DATABASE;
}

int pg_fault(struct db *db, const PGresult *res)
{
	const char *state = field(res, PG_DIAG_SQLSTATE);
	int rc = fault_of_state(state);
	const char *said = field(res, PG_DIAG_MESSAGE_PRIMARY);

	/* "invalid input syntax for type bigint: …" quotes the value, which may be personal. */
	if (rc == FAULT_FORMAT)
		said = "a value does not fit its type";
	if (PQstatus(handle(db)) == CONNECTION_BAD) {
		db->lost = true;
		said = "the connection is gone";
	}
	snprintf(db->message, sizeof(db->message), "PostgreSQL %s %s%s%s: %s", state,
		field(res, PG_DIAG_TABLE_NAME), *field(res, PG_DIAG_CONSTRAINT_NAME) ? " " : "",
		field(res, PG_DIAG_CONSTRAINT_NAME), said);
	return rc;
}

static int finish(struct db *db, PGresult *res)
{
	ExecStatusType status = PQresultStatus(res);
	int rc = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ? 0 : pg_fault(db, res);

	PQclear(res);
	return rc;
}

static int exec(struct db *db, const char *sql)
{
	return finish(db, PQexec(handle(db), sql));
}

static int begin(struct db *db, enum db_tx kind)
{
	switch (kind) {
	case DB_TX_READ:
		return exec(db, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
	case DB_TX_BULK:
		/* A plan is made anew for every chunk: one kept from the first would still take
		 * for empty the tables that this act fills.  Statistics taken at its end are
		 * rough, so that they cost little; the server's own are finer. */
		return exec(db,
			"BEGIN ISOLATION LEVEL SERIALIZABLE; SET LOCAL statement_timeout = 0;"
			"SET LOCAL idle_in_transaction_session_timeout = 0;"
			"SET LOCAL plan_cache_mode = force_custom_plan;"
			"SET LOCAL default_statistics_target = 20");
	case DB_TX_ACT:
	default:
		return exec(db, "BEGIN ISOLATION LEVEL SERIALIZABLE");
	}
}

static int commit(struct db *db)
{
	PGresult *res = PQexec(handle(db), "COMMIT");
	int rc = 0;

	if (PQresultStatus(res) != PGRES_COMMAND_OK) {
		rc = pg_fault(db, res);
		if (db->lost)
			snprintf(db->message, sizeof(db->message),
				"the connection was lost during commit; whether it happened is not known");
	} else if (strcmp(PQcmdStatus(res), "COMMIT") != 0) {
		/* After an error the server answers COMMIT with a rollback, politely. */
		snprintf(db->message, sizeof(db->message), "a fault was passed over; rolled back");
		rc = FAULT_DATABASE;
	}
	PQclear(res);
	return rc;
}

static bool in_tx(struct db *db)
{
	PGTransactionStatusType t = PQtransactionStatus(handle(db));

	return t == PQTRANS_INTRANS || t == PQTRANS_INERROR || t == PQTRANS_ACTIVE;
}

static void rollback(struct db *db)
{
	char said[sizeof(db->message)];

	if (!in_tx(db))
		return;
	/* What led here is worth more than what the rollback says. */
	memcpy(said, db->message, sizeof(said));
	if (exec(db, "ROLLBACK") < 0)
		db->lost = true;
	memcpy(db->message, said, sizeof(said));
}

static int prepare(struct db *db, enum sql_id id, struct stmt **ret_stmt)
{
	const struct sql_entry *e = &sql_entries[id];
	struct pg_stmt *s;
	int rc;

	BUG_IF(e->params > SQL_PARAMS_MAX);
	rc = finish(db, PQprepare(handle(db), e->name, e->pg, 0, NULL));
	if (rc < 0)
		return rc;
	s = calloc(1, sizeof(*s));
	if (!s) {
		/* The name is taken on the server now; the connection cannot be used for it. */
		db->lost = true;
		return FAULT_MEMORY;
	}
	s->base.db = db;
	s->base.id = id;
	*ret_stmt = &s->base;
	return 0;
}

static void finalize(struct stmt *s)
{
	PQclear(own(s)->res);
	free(s);
}

static void bind_int(struct stmt *s, int i, int64_t v)
{
	struct pg_stmt *p = own(s);

	snprintf(p->digits[i - 1], sizeof(p->digits[0]), "%lld", (long long)v);
	p->values[i - 1] = p->digits[i - 1];
	p->lengths[i - 1] = 0;
	p->formats[i - 1] = 0;
}

/* Text in binary form is its bytes: no copy to put a NUL behind it. */
static void bind_text(struct stmt *s, int i, struct str v)
{
	struct pg_stmt *p = own(s);

	if (v.n > INT32_MAX / 2) {
		s->fault = FAULT_LIMIT;
		return;
	}
	p->values[i - 1] = v.n ? v.p : "";
	p->lengths[i - 1] = (int)v.n;
	p->formats[i - 1] = 1;
}

static void bind_blob(struct stmt *s, int i, const void *b, size_t n)
{
	bind_text(s, i, (struct str){ b, n });
}

static void bind_null(struct stmt *s, int i)
{
	own(s)->values[i - 1] = NULL;
}

static int step(struct stmt *s)
{
	struct pg_stmt *p = own(s);
	const struct sql_entry *e = &sql_entries[s->id];

	if (!p->res) {
		ExecStatusType status;

		p->res = PQexecPrepared(handle(s->db), e->name, (int)e->params, p->values,
			p->lengths, p->formats, 1);
		status = PQresultStatus(p->res);
		if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
			return pg_fault(s->db, p->res);
		p->rows = PQntuples(p->res);
		p->row = -1;
	}
	return ++p->row < p->rows ? 1 : 0;
}

static int64_t changes(struct stmt *s)
{
	struct str n = str_of(PQcmdTuples(own(s)->res));
	int64_t v = 0;

	/* A SELECT counts its rows here; it changed none. */
	if (strncmp(PQcmdStatus(own(s)->res), "SELECT", 6) == 0 || !str_int(n, &v))
		return 0;
	return v;
}

static void reset(struct stmt *s)
{
	struct pg_stmt *p = own(s);

	PQclear(p->res);
	p->res = NULL;
	memset(p->values, 0, sizeof(p->values[0]) * sql_entries[s->id].params);
}

static int columns(struct stmt *s)
{
	return PQnfields(own(s)->res);
}

static bool col_null(struct stmt *s, int i)
{
	return PQgetisnull(own(s)->res, own(s)->row, i);
}

static struct str raw(struct stmt *s, int i)
{
	struct pg_stmt *p = own(s);

	return (struct str){ PQgetvalue(p->res, p->row, i),
		(size_t)PQgetlength(p->res, p->row, i) };
}

/* `n` bytes in network order. */
static uint64_t wire(const char *p, size_t n)
{
	uint64_t v = 0;

	for (size_t i = 0; i < n; i++)
		v = v << 8 | (unsigned char)p[i];
	return v;
}

/* A whole number as a sum of BIGINT answers it: count, weight, sign and scale, then digits of ten
 * thousand. */
static int64_t numeric(struct str v)
{
	int64_t n = 0;
	int digits, weight;
	bool minus;

	BUG_IF(v.n < 8);
	digits = (int)wire(v.p, 2);
	weight = (int16_t)wire(v.p + 2, 2);
	minus = wire(v.p + 4, 2) == 0x4000;
	BUG_IF(v.n != 8 + 2 * (size_t)digits || (!minus && wire(v.p + 4, 2) != 0));
	BUG_IF(digits > weight + 1); /* a fraction */
	for (int i = 0; i <= weight && digits > 0; i++) {
		int64_t digit = i < digits ? (int64_t)wire(v.p + 8 + 2 * i, 2) : 0;

		BUG_IF(__builtin_mul_overflow(n, 10000, &n) ||
			__builtin_add_overflow(n, minus ? -digit : digit, &n));
	}
	return n;
}

static int64_t col_int(struct stmt *s, int i)
{
	struct str v = raw(s, i);

	if (col_null(s, i))
		return 0;
	switch (PQftype(own(s)->res, i)) {
	case PG_INT8:
		BUG_IF(v.n != 8);
		return (int64_t)wire(v.p, 8);
	case PG_INT4:
		BUG_IF(v.n != 4);
		return (int32_t)wire(v.p, 4);
	case PG_BOOL:
		BUG_IF(v.n != 1);
		return v.p[0] != 0;
	case PG_NUMERIC:
		return numeric(v);
	default:
		bug(__FILE__, __LINE__, "a column that is no whole number");
	}
}

static bool is_text(Oid type)
{
	return type == PG_TEXT || type == PG_NAME || type == PG_VARCHAR || type == PG_UNKNOWN;
}

static struct str col_text(struct stmt *s, int i)
{
	BUG_IF(!is_text(PQftype(own(s)->res, i)));
	return col_null(s, i) ? (struct str){ NULL, 0 } : raw(s, i);
}

static struct str col_blob(struct stmt *s, int i)
{
	BUG_IF(PQftype(own(s)->res, i) != PG_BYTEA && !col_null(s, i));
	return col_null(s, i) ? (struct str){ NULL, 0 } : raw(s, i);
}

static void close_db(struct db *db)
{
	PQfinish(handle(db));
	free(db);
}

static const struct db_driver driver = {
	.close = close_db,
	.begin = begin,
	.commit = commit,
	.rollback = rollback,
	.in_tx = in_tx,
	.exec = exec,
	.prepare = prepare,
	.finalize = finalize,
	.bind_int = bind_int,
	.bind_text = bind_text,
	.bind_blob = bind_blob,
	.bind_null = bind_null,
	.step = step,
	.changes = changes,
	.reset = reset,
	.columns = columns,
	.col_int = col_int,
	.col_text = col_text,
	.col_blob = col_blob,
	.col_null = col_null,
	.copy_begin = pg_copy_begin,
	.copy_int = pg_copy_int,
	.copy_bytes = pg_copy_bytes,
	.copy_null = pg_copy_null,
	.copy_row = pg_copy_row,
	.copy_end = pg_copy_end,
};

/* A notice may quote data; it goes nowhere. */
static void drop_notice(void *arg, const PGresult *res)
{
	(void)arg;
	(void)res;
}

/* Time limits so that a forgotten lock cannot stop a county; synchronous_commit so that an
 * answer is a promise.  A stricter setting (remote_apply) stays. */
#define SETTINGS \
	"SET standard_conforming_strings = on; SET datestyle = 'ISO'; SET timezone = 'UTC';" \
	"SET client_min_messages = 'warning'; SET jit = off;" \
	"SET lock_timeout = '30s'; SET statement_timeout = '60s';" \
	"SET idle_in_transaction_session_timeout = '60s';" \
	"SELECT set_config('synchronous_commit', 'on', false)" \
	" WHERE current_setting('synchronous_commit') IN ('off', 'local')"

int pg_open(const char *uri, enum db_role role, struct err *err, struct db **ret_db)
{
	/* Before `dbname` what the URI may say otherwise, behind it what it may not. */
	const char *const names[] = { "connect_timeout", "application_name", "dbname",
		"client_encoding", NULL };
	const char *const values[] = { "10", "canbao", uri, "UTF8", NULL };
	struct pg_db *db = calloc(1, sizeof(*db));
	int rc = FAULT_MEMORY;

	(void)role;
	if (!db)
		return err_set(err, rc, "%s", fault_text(rc));
	db->base.driver = &driver;
	db->base.engine = DB_PG;
	db->h = PQconnectdbParams(names, values, 1);
	if (PQstatus(db->h) == CONNECTION_OK) {
		PQsetNoticeReceiver(db->h, drop_notice, NULL);
		rc = exec(&db->base, SETTINGS);
		if (rc < 0)
			rc = err_set(err, rc,
				"数据库拒绝了会话设置 / the database refused our settings: %s",
				db->base.message);
	} else {
		rc = err_set(err, FAULT_DATABASE,
			"连不上数据库 / cannot connect to the database: %s", PQerrorMessage(db->h));
	}
	if (rc < 0) {
		close_db(&db->base);
		return rc;
	}
	*ret_db = &db->base;
	return 0;
}
