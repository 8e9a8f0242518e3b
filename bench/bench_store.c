/* SPDX-License-Identifier: Apache-2.0 */
/* What the store costs beside the bare engine: acts in groups, bulk rows, seals.
 *
 *     bench_store [SECONDS]
 *
 * Works in a folder of its own under TMPDIR (or here); PostgreSQL when CANBAO_TEST_PG_URI names
 * an empty database (script/with-postgres).  Every ratio is of two figures of the same run. */
#include <dirent.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "store/store.h"
#include "store/vault.h"

#define CLIENTS 64
#define ROWS_OF_ACT 6 /* a payment writes about that many */
#define BULK_ROWS 300000
#define LATENCIES 4000000
#define ROUNDS 7

static char dir[256];
static _Atomic int64_t next_id;

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void must(bool ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "bench_store: %s: %s\n", what, store_message());
	exit(1);
}

/* The text of a row is a name and the blob a seal's length, as in the real tables. */
static const char blob[47] = "a seal of a document number has this many bytes";
static const char text[] = "张三李四";

static int add_rows(struct db *db, struct arena *a, void *arg)
{
	int64_t first = *(int64_t *)arg;

	(void)a;
	for (int64_t i = 0; i < ROWS_OF_ACT; i++) {
		struct stmt *s;
		int rc = db_stmt(db, SQL_PROBE_ADD, &s);
		int64_t n;

		if (rc < 0)
			return rc;
		stmt_int(s, 1, 620721);
		stmt_int(s, 2, first + i);
		stmt_int(s, 3, 1);
		stmt_text(s, 4, STR(text));
		stmt_blob(s, 5, blob, sizeof(blob));
		n = stmt_run(s);
		if (n < 0)
			return (int)n;
	}
	return 0;
}

struct client {
	struct store *st;
	double end;
	int64_t acts;
	double *latencies;
	size_t cap;
};

static void *client_main(void *arg)
{
	struct client *c = arg;

	while (now() < c->end) {
		int64_t id = atomic_fetch_add(&next_id, ROWS_OF_ACT);
		double start = now();

		must(store_act(c->st, add_rows, &id) == 0, "act");
		if ((size_t)c->acts < c->cap)
			c->latencies[c->acts] = now() - start;
		c->acts++;
	}
	return NULL;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Acts a second of 64 clients; prints their latencies. */
static double bench_acts(struct store *st, const char *engine, double seconds)
{
	static double latencies[LATENCIES];
	struct client c[CLIENTS];
	pthread_t threads[CLIENTS];
	size_t n = 0, each = LATENCIES / CLIENTS;
	int64_t acts = 0;
	double start = now(), spent;

	for (int i = 0; i < CLIENTS; i++) {
		c[i] = (struct client){ st, start + seconds, 0, latencies + (size_t)i * each,
			each };
		must(pthread_create(&threads[i], NULL, client_main, &c[i]) == 0, "thread");
	}
	for (int i = 0; i < CLIENTS; i++)
		pthread_join(threads[i], NULL);
	spent = now() - start;
	for (int i = 0; i < CLIENTS; i++) {
		size_t kept = (size_t)c[i].acts < each ? (size_t)c[i].acts : each;

		memmove(latencies + n, c[i].latencies, kept * sizeof(double));
		n += kept;
		acts += c[i].acts;
	}
	qsort(latencies, n, sizeof(double), by_value);
	printf("%-10s %d clients, %d rows an act: %8.0f acts/s; latency p50 %.2f ms, p99 %.2f ms, worst %.2f ms\n",
		engine, CLIENTS, ROWS_OF_ACT, (double)acts / spent, latencies[n / 2] * 1e3,
		latencies[n - n / 100 - 1] * 1e3, latencies[n - 1] * 1e3);
	return (double)acts / spent;
}

static void sql(sqlite3 *h, const char *q)
{
	if (sqlite3_exec(h, q, NULL, NULL, NULL) != SQLITE_OK) {
		fprintf(stderr, "bench_store: %s: %s\n", q, sqlite3_errmsg(h));
		exit(1);
	}
}

/* A store of the same schema, written to without us. */
static sqlite3 *bare_open(const char *name, sqlite3_stmt **ret_insert)
{
	char path[300], key[310];
	struct err err = { "" };
	sqlite3 *h;

	snprintf(path, sizeof(path), "%s/%s.db", dir, name);
	snprintf(key, sizeof(key), "%s.key", path);
	if (store_create(path, key, &err) < 0) {
		fprintf(stderr, "bench_store: %s\n", err.text);
		exit(1);
	}
	must(sqlite3_open(path, &h) == SQLITE_OK, "open");
	sql(h, "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536");
	must(sqlite3_prepare_v2(h, sql_entries[SQL_PROBE_ADD].sqlite, -1, ret_insert, NULL) ==
			SQLITE_OK,
		"prepare");
	return h;
}

static void bare_row(sqlite3_stmt *s, int64_t id)
{
	sqlite3_bind_int64(s, 1, 620721);
	sqlite3_bind_int64(s, 2, id);
	sqlite3_bind_int64(s, 3, 1);
	sqlite3_bind_text(s, 4, text, sizeof(text) - 1, SQLITE_STATIC);
	sqlite3_bind_blob(s, 5, blob, sizeof(blob), SQLITE_STATIC);
	must(sqlite3_step(s) == SQLITE_DONE, "insert");
	sqlite3_reset(s);
}

/* The same rows by one thread that commits for as many acts as there are clients: acts a second. */
static double bench_bare_groups(sqlite3 *h, sqlite3_stmt *s, double seconds)
{
	static int64_t id;
	int64_t first = id;
	double start = now();

	while (now() < start + seconds) {
		sql(h, "BEGIN IMMEDIATE");
		for (int i = 0; i < CLIENTS * ROWS_OF_ACT; i++)
			bare_row(s, id++);
		sql(h, "COMMIT");
	}
	return (double)((id - first) / ROWS_OF_ACT) / (now() - start);
}

/* Turn by turn, so that what else this machine does meets both alike; the median counts. */
static void bench_groups(struct store *st, double seconds)
{
	double ratios[ROUNDS];
	sqlite3_stmt *s;
	sqlite3 *h = bare_open("bare", &s);

	for (int i = 0; i < ROUNDS; i++) {
		double acts = bench_acts(st, "SQLite", seconds / ROUNDS);
		double bare = bench_bare_groups(h, s, seconds / ROUNDS);

		ratios[i] = acts / bare;
		printf("%-10s one thread, %d acts a commit: %8.0f acts/s; ours is %.2f of it\n",
			"bare", CLIENTS, bare, ratios[i]);
	}
	qsort(ratios, ROUNDS, sizeof(ratios[0]), by_value);
	printf("%-10s median of %d rounds: ours is %.2f of bare (goal 0.50)\n", "SQLite", ROUNDS,
		ratios[ROUNDS / 2]);
	sqlite3_finalize(s);
	sqlite3_close(h);
}

static double bench_bare_rows(void)
{
	sqlite3_stmt *s;
	sqlite3 *h = bare_open("rows", &s);
	double start = now();

	sql(h, "BEGIN IMMEDIATE");
	for (int64_t id = 0; id < BULK_ROWS; id++)
		bare_row(s, id);
	sql(h, "COMMIT");
	start = now() - start;
	sqlite3_finalize(s);
	sqlite3_close(h);
	return BULK_ROWS / start;
}

static int add_bulk(struct db *db, struct arena *a, void *arg)
{
	int64_t first = *(int64_t *)arg;
	struct bulk *b;
	int rc = bulk_begin(db, SQL_PROBE_ADD, &b);

	(void)a;
	if (rc < 0)
		return rc;
	for (int64_t i = 0; i < BULK_ROWS && rc == 0; i++) {
		bulk_int(b, 620721);
		bulk_int(b, first + i);
		bulk_int(b, 1);
		bulk_text(b, STR(text));
		bulk_blob(b, blob, sizeof(blob));
		rc = bulk_row(b);
	}
	return bulk_end(b);
}

static double bench_bulk(struct store *st)
{
	int64_t first = atomic_fetch_add(&next_id, BULK_ROWS);
	double start = now();

	must(store_bulk_act(st, add_bulk, &first) == 0, "bulk");
	return BULK_ROWS / (now() - start);
}

/* Microseconds to make a token and `seals` seals. */
static double bench_vault(const struct keys *k, int seals)
{
	const int people = 300000;
	unsigned char token[TOKEN_BYTES], sealed[64 + SEAL_OVERHEAD];
	struct vault *v;
	char number[32];
	size_t n;
	double start;

	must(vault_new(k, &v) == 0, "vault");
	start = now();
	for (int i = 0; i < people; i++) {
		struct str plain = { number, 18 };

		memcpy(number, "620721199001010000", 18);
		memcpy(number + 10, &i, sizeof(i));
		vault_token(v, SEAL_DOCUMENT, plain, token);
		for (int s = 0; s < seals; s++)
			must(vault_seal(v, SEAL_DOCUMENT, plain, sealed, &n) == 0, "seal");
	}
	start = now() - start;
	vault_free(v);
	return start / people * 1e6;
}

static struct store *open_store(const char *uri)
{
	struct store *st;
	struct err err = { "" };
	char key[300];

	snprintf(key, sizeof(key), "%s/%s.key", dir,
		strstr(uri, "://") ? "pg" : strrchr(uri, '/') + 1);
	if (store_create(uri, key, &err) < 0 || store_open(uri, key, &err, &st) < 0) {
		fprintf(stderr, "bench_store: %s\n", err.text);
		exit(1);
	}
	return st;
}

static void bench_sqlite(double seconds)
{
	char uri[300];
	struct store *st;
	double rows, bare_rows;

	snprintf(uri, sizeof(uri), "%s/store.db", dir);
	st = open_store(uri);
	for (int seals = 1; seals <= 3; seals++)
		printf("%-10s token and %d seals: %.2f us a person\n", "vault", seals,
			bench_vault(store_keys(st), seals));
	bench_groups(st, seconds);
	store_close(st);
	snprintf(uri, sizeof(uri), "%s/bulk.db", dir);
	st = open_store(uri);
	rows = bench_bulk(st);
	bare_rows = bench_bare_rows();
	printf("%-10s bulk: %.0f rows/s; bare inserts %.0f rows/s; ratio %.2f\n", "SQLite", rows,
		bare_rows, rows / bare_rows);
	store_close(st);
}

static void bench_pg(const char *uri, double seconds)
{
	struct store *st = open_store(uri);

	bench_acts(st, "PostgreSQL", seconds);
	printf("%-10s bulk: %.0f rows/s; acts run again: %llu\n", "PostgreSQL", bench_bulk(st),
		(unsigned long long)store_retries(st));
	store_close(st);
}

static void remove_dir(void)
{
	DIR *d = opendir(dir);
	struct dirent *e;

	while (d && (e = readdir(d)) != NULL) {
		char path[600];

		snprintf(path, sizeof(path), "%s/%s", dir, e->d_name);
		if (e->d_name[0] != '.')
			unlink(path);
	}
	if (d)
		closedir(d);
	rmdir(dir);
}

int main(int argc, char **argv)
{
	const char *tmp = getenv("TMPDIR"), *pg = getenv("CANBAO_TEST_PG_URI");
	double seconds = argc > 1 ? strtod(argv[1], NULL) : 7;

	setvbuf(stdout, NULL, _IOLBF, 0);
	snprintf(dir, sizeof(dir), "%s/canbao-bench.XXXXXX", tmp && *tmp ? tmp : ".");
	must(mkdtemp(dir) != NULL, "folder");
	bench_sqlite(seconds);
	if (pg && *pg)
		bench_pg(pg, seconds);
	else
		printf("PostgreSQL left out: run under script/with-postgres\n");
	remove_dir();
	return 0;
}
