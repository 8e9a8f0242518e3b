/* SPDX-License-Identifier: Apache-2.0 */
/* bench_season: the acts of a season over a whole county beside the bare engine.  What its parts
 * share.
 *
 * The county is synthetic and always the same for a number of people.  Every act and every bare run
 * is done in a child of its own, so that each has its own memory, caches and connections; files and
 * stores stand in one temporary folder. */
#ifndef CANBAO_BENCH_SEASON_H
#define CANBAO_BENCH_SEASON_H

#include <stdio.h>

#include "acts/env.h"

#define SEASON_POLICY "lingbi-2023"
#define SEASON_COUNTY 341323
#define SEASON_CHANNEL "wechat"
#define SEASON_LISTS_MAX 32 /* departments */
#define SEASON_SPARED 64    /* one person in so many pays by no file: the clients pay for them */

/* One side of a comparison: where the store is. */
struct season_store {
	char uri[600], key[300];
};

struct season {
	char dir[256];
	int64_t people;
	enum db_engine engine;
	struct season_store ours, bare;
	struct arena arena;
	struct policy policy;
	day_t as_of;     /* of the register */
	day_t assess_on; /* first day of the window */
	day_t last_day;  /* last day of the window */
};

/* What the generator wrote. */
struct season_files {
	int64_t bad_rows; /* of the register */
	int64_t list_rows[SEASON_LISTS_MAX];
	int64_t lines, good, repeated, suspended; /* of the payments */
	int64_t fen;                              /* of all lines */
};

/* A run in a child of its own. */
struct season_run {
	double seconds;                                               /* of what is measured */
	int64_t rss_kib;                                              /* highest of the child */
	int64_t rows, rejected, unchanged, posted, suspended, funded; /* as the act reports */
	double each[40]; /* of runs that measure several times */
	size_t n_each;
	double other[8]; /* figures of their own */
};

double season_now(void);
/* Stop with this message when `ok` is false. */
void season_must(bool ok, const char *what, const char *why);
/* A path below the folder; one of four buffers used in turn. */
const char *season_path(const struct season *s, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Run `fn` in a child, which stops the program when it fails. */
void season_child(const struct season *s,
	void (*fn)(const struct season *s, void *arg, struct season_run *ret), void *arg,
	struct season_run *ret);

/* season_files.c: divisions.csv, residents.csv, residents-2.csv, list-<department>.csv,
 * payments.csv. */
void season_files_write(const struct season *s, void *arg, struct season_run *ret_ignored);

/* season_acts.c: the acts, each opening the store as the program does. */
struct season_import {
	const char *kind, *file;
	const char *department, *channel;
};
void season_create(const struct season *s, const struct season_store *where);
void season_import(const struct season *s, void *arg, struct season_run *ret);
void season_assess(const struct season *s, void *arg, struct season_run *ret);
void season_ranking(const struct season *s, void *arg, struct season_run *ret);
struct store *season_store_open(
	const struct season *s, const struct season_store *where, struct env *ret_env);

/* What a comparison is about; the order in which rows are taken back and written bare. */
enum season_part { SEASON_RESIDENTS, SEASON_LISTS, SEASON_BILLS, SEASON_PAYMENTS };
/* season_bare.c, season_copy.c: write the rows that an act wrote, bare; seconds are those of
 * writing. */
void season_bare_sqlite(const struct season *s, void *arg, struct season_run *ret);
void season_bare_pg(const struct season *s, void *arg, struct season_run *ret);

/* season_clients.c: many clients, one payment each, beside a bare writer that commits in groups.
 * Ratios of its rounds in `each`, and in `other`: payments a second, seconds. */
enum { CLIENTS_OURS, CLIENTS_BARE, CLIENTS_RATIO, CLIENTS_P50, CLIENTS_P99, CLIENTS_WORST };
void season_clients(const struct season *s, void *arg, struct season_run *ret);

#endif
