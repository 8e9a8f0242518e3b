/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of several tables kept in memory in the order of a key, for writing them again. */
#ifndef CANBAO_BENCH_SEASON_ROWS_H
#define CANBAO_BENCH_SEASON_ROWS_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ROW_SOURCES_MAX 12

struct row_source {
	const char *table;
	/* First column: the key, rising; the others: the row under its columns' names. */
	const char *query;
	const char *insert; /* NULL: INSERT INTO table (names) VALUES (?1, …) */
};

struct rows;

/* A SQLite file with the store's own settings. */
sqlite3 *rows_open(const char *path, bool write);
void rows_exec(sqlite3 *h, const char *sql);
/* Take the rows of all sources (borrowed); those of one key stand together, in the order of the
 * sources. `after` is ?1 of the queries that have one. */
struct rows *rows_take(sqlite3 *from, const struct row_source *sources, size_t n, int64_t after);
void rows_prepare(struct rows *r, sqlite3 *to);
/* Write the rows of the next so many keys; how many rows were written. */
int64_t rows_put(struct rows *r, int64_t keys);
int64_t rows_keys(const struct rows *r);
void rows_free(struct rows *r);

#endif
