/* SPDX-License-Identifier: Apache-2.0 */
#include "season_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "season.h"

/* A row in the log: its source, then for each column a type and what it holds. */
struct rows {
	const struct row_source *sources;
	size_t n;
	char *inserts[ROW_SOURCES_MAX];
	int columns[ROW_SOURCES_MAX];
	sqlite3_stmt *statements[ROW_SOURCES_MAX];
	unsigned char *log;
	size_t used, cap, at;
	int64_t keys;
};

#define KEY_MARK 255 /* a new key begins */

static void check(bool ok, sqlite3 *h, const char *what)
{
	season_must(ok, what, sqlite3_errmsg(h));
}

void rows_exec(sqlite3 *h, const char *sql)
{
	check(sqlite3_exec(h, sql, NULL, NULL, NULL) == SQLITE_OK, h, sql);
}

/* As the store's writer opens its own (store/db_sqlite.c). */
sqlite3 *rows_open(const char *path, bool write)
{
	sqlite3 *h = NULL;

	season_must(sqlite3_open_v2(path, &h,
			    (write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) |
				    SQLITE_OPEN_NOMUTEX,
			    NULL) == SQLITE_OK,
		"cannot open", path);
	rows_exec(h,
		"PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = FILE;"
		"PRAGMA mmap_size = 0; PRAGMA cache_size = -131072; PRAGMA journal_size_limit = 67108864");
	return h;
}

static void put(struct rows *r, const void *p, size_t n)
{
	if (r->cap - r->used < n) {
		r->cap = (r->cap ? r->cap * 2 : 1u << 24) + n;
		r->log = realloc(r->log, r->cap);
		season_must(r->log != NULL, "out of", "memory");
	}
	memcpy(r->log + r->used, p, n);
	r->used += n;
}

static void put_byte(struct rows *r, int v)
{
	unsigned char b = (unsigned char)v;

	put(r, &b, 1);
}

static void take_column(struct rows *r, sqlite3_stmt *s, int i)
{
	int type = sqlite3_column_type(s, i);

	put_byte(r, type);
	if (type == SQLITE_INTEGER) {
		int64_t v = sqlite3_column_int64(s, i);

		put(r, &v, sizeof(v));
	} else if (type != SQLITE_NULL) {
		const void *p = type == SQLITE_TEXT ? (const void *)sqlite3_column_text(s, i)
						    : sqlite3_column_blob(s, i);
		uint32_t n = (uint32_t)sqlite3_column_bytes(s, i);

		put(r, &n, sizeof(n));
		put(r, p, n);
	}
}

static void take_row(struct rows *r, size_t source, sqlite3_stmt *s)
{
	put_byte(r, (int)source);
	for (int i = 1; i <= r->columns[source]; i++)
		take_column(r, s, i);
}

static char *make_insert(const struct row_source *source, sqlite3_stmt *s)
{
	char names[1500] = "", values[500] = "", *text = malloc(2400);

	season_must(text != NULL, "out of", "memory");
	for (int i = 1; i < sqlite3_column_count(s); i++) {
		snprintf(names + strlen(names), sizeof(names) - strlen(names), "%s%s",
			i > 1 ? ", " : "", sqlite3_column_name(s, i));
		snprintf(values + strlen(values), sizeof(values) - strlen(values), "%s?%d",
			i > 1 ? ", " : "", i);
	}
	if (source->insert)
		snprintf(text, 2400, "%s", source->insert);
	else
		snprintf(text, 2400, "INSERT INTO %s (%s) VALUES (%s)", source->table, names,
			values);
	return text;
}

struct rows *rows_take(sqlite3 *from, const struct row_source *sources, size_t n, int64_t after)
{
	struct rows *r = calloc(1, sizeof(*r));
	sqlite3_stmt *s[ROW_SOURCES_MAX];
	bool more[ROW_SOURCES_MAX];

	season_must(r && n <= ROW_SOURCES_MAX, "out of", "memory");
	r->sources = sources;
	r->n = n;
	for (size_t i = 0; i < n; i++) {
		check(sqlite3_prepare_v2(from, sources[i].query, -1, &s[i], NULL) == SQLITE_OK,
			from, sources[i].table);
		if (sqlite3_bind_parameter_count(s[i]))
			sqlite3_bind_int64(s[i], 1, after);
		r->inserts[i] = make_insert(&sources[i], s[i]);
		r->columns[i] = sqlite3_column_count(s[i]) - 1;
		more[i] = sqlite3_step(s[i]) == SQLITE_ROW;
	}
	for (;;) {
		int64_t key = INT64_MAX;

		for (size_t i = 0; i < n; i++)
			if (more[i] && sqlite3_column_int64(s[i], 0) < key)
				key = sqlite3_column_int64(s[i], 0);
		if (key == INT64_MAX)
			break;
		r->keys++;
		put_byte(r, KEY_MARK);
		for (size_t i = 0; i < n; i++)
			while (more[i] && sqlite3_column_int64(s[i], 0) == key) {
				take_row(r, i, s[i]);
				more[i] = sqlite3_step(s[i]) == SQLITE_ROW;
			}
	}
	for (size_t i = 0; i < n; i++)
		check(sqlite3_finalize(s[i]) == SQLITE_OK, from, sources[i].table);
	return r;
}

void rows_prepare(struct rows *r, sqlite3 *to)
{
	for (size_t i = 0; i < r->n; i++)
		check(sqlite3_prepare_v3(to, r->inserts[i], -1, SQLITE_PREPARE_PERSISTENT,
			      &r->statements[i], NULL) == SQLITE_OK,
			to, r->inserts[i]);
}

static const unsigned char *bind(sqlite3_stmt *s, int i, const unsigned char *p)
{
	int type = *p++;
	int64_t v;
	uint32_t n;

	if (type == SQLITE_NULL) {
		sqlite3_bind_null(s, i);
		return p;
	}
	if (type == SQLITE_INTEGER) {
		memcpy(&v, p, sizeof(v));
		sqlite3_bind_int64(s, i, v);
		return p + sizeof(v);
	}
	memcpy(&n, p, sizeof(n));
	p += sizeof(n);
	if (type == SQLITE_TEXT)
		sqlite3_bind_text(s, i, (const char *)p, (int)n, SQLITE_STATIC);
	else
		sqlite3_bind_blob(s, i, p, (int)n, SQLITE_STATIC);
	return p + n;
}

int64_t rows_put(struct rows *r, int64_t keys)
{
	const unsigned char *p = r->log + r->at, *end = r->log + r->used;
	int64_t rows = 0;

	while (p < end) {
		unsigned source = *p;
		sqlite3_stmt *s;

		if (source == KEY_MARK) {
			if (keys-- == 0)
				break;
			p++;
			continue;
		}
		p++;
		s = r->statements[source];
		for (int i = 1; i <= r->columns[source]; i++)
			p = bind(s, i, p);
		check(sqlite3_step(s) == SQLITE_DONE, sqlite3_db_handle(s),
			r->sources[source].table);
		sqlite3_reset(s);
		rows++;
	}
	r->at = (size_t)(p - r->log);
	return rows;
}

int64_t rows_keys(const struct rows *r)
{
	return r->keys;
}

void rows_free(struct rows *r)
{
	for (size_t i = 0; i < r->n; i++) {
		sqlite3_finalize(r->statements[i]);
		free(r->inserts[i]);
	}
	free(r->log);
	free(r);
}
