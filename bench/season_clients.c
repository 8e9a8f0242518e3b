/* SPDX-License-Identifier: Apache-2.0 */
/* 64 clients, each taking one payment after another as an act of its own, and the bare writer:
 * one thread that writes the same rows into a store of the same size and commits for as many
 * payments as there are clients.  Turn by turn, so that what else this machine does meets both
 * alike; the median counts. */
#include <inttypes.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "acts/take_payment.h"
#include "season.h"
#include "season_rows.h"
#include "store/vault.h"

#define CLIENTS 64
#define ROUNDS 5
#define PAYERS_MAX 200000

struct debtor {
	unsigned char token[TOKEN_BYTES];
	int64_t fen;
};

struct round {
	const struct season *s;
	struct env env;
	struct debtor *payers;
	size_t n;
	_Atomic size_t next;
	double *latencies;
};

/* Who owes and has not paid, in no order. */
static size_t read_payers(const struct season *s, struct debtor **ret_payers)
{
	sqlite3 *h = rows_open(s->ours.uri, false);
	struct debtor *items = calloc(PAYERS_MAX, sizeof(*items));
	sqlite3_stmt *q;
	size_t n = 0;

	season_must(items != NULL, "out of", "memory");
	season_must(
		sqlite3_prepare_v2(h,
			"SELECT p.token, b.payable_fen FROM bill b JOIN person p ON p.county = b.county AND p.id = b.person"
			" WHERE b.state = 'open' ORDER BY p.token LIMIT 200000",
			-1, &q, NULL) == SQLITE_OK,
		"payers", sqlite3_errmsg(h));
	while (sqlite3_step(q) == SQLITE_ROW) {
		memcpy(items[n].token, sqlite3_column_blob(q, 0), TOKEN_BYTES);
		items[n++].fen = sqlite3_column_int64(q, 1);
	}
	sqlite3_finalize(q);
	sqlite3_close(h);
	*ret_payers = items;
	return n;
}

static void pay(struct round *r, size_t i)
{
	const struct debtor *p = &r->payers[i];
	char serial[40];
	struct take_line line = { .token = p->token,
		.payer_ref = { (const char *)p->token, TOKEN_BYTES },
		.amount = { p->fen },
		.paid_on = r->s->last_day,
		.paid_at = (int64_t)r->s->last_day * 86400 + 3600 };
	struct take_result result;
	struct err err = { "" };

	snprintf(serial, sizeof(serial), "4200020221231%011zu", i);
	line.serial = str_of(serial);
	season_must(take_payment(
			    &r->env, &r->s->policy, STR(SEASON_CHANNEL), &line, &result, &err) == 0,
		"payment", err.text);
	season_must(result.outcome == TAKE_POSTED, "payment", "was not posted");
}

static void *client_main(void *arg)
{
	struct round *r = arg;
	size_t i;

	while ((i = atomic_fetch_add(&r->next, 1)) < r->n) {
		double start = season_now();

		pay(r, i);
		r->latencies[i] = season_now() - start;
	}
	return NULL;
}

/* Payments a second of all clients up to payer `end`. */
static double acts(struct round *r, size_t end)
{
	pthread_t threads[CLIENTS];
	size_t first = atomic_load(&r->next);
	double start = season_now();

	r->n = end;
	for (int i = 0; i < CLIENTS; i++)
		season_must(pthread_create(&threads[i], NULL, client_main, r) == 0, "no", "thread");
	for (int i = 0; i < CLIENTS; i++)
		pthread_join(threads[i], NULL);
	start = season_now() - start;
	atomic_store(&r->next, end);
	return (double)(end - first) / start;
}

#define AFTER(column) " WHERE " column " > ?1 ORDER BY 1"

/* What a payment writes.  Its marks in bill and counters, which are changes of rows, are left
 * out. */
static const struct row_source forms[] = {
	{ "audit",
		"SELECT y.id, t.* FROM payment y JOIN audit t ON t.county = y.county AND t.id = y.audit" AFTER(
			"y.id"),
		NULL },
	{ "payment", "SELECT y.id, y.* FROM payment y" AFTER("y.id"), NULL },
	{ "posting", "SELECT t.payment, t.* FROM posting t" AFTER("t.payment"), NULL },
	{ "receipt", "SELECT t.payment, t.* FROM receipt t" AFTER("t.payment"), NULL },
	{ "enrolment", "SELECT t.payment, t.* FROM enrolment t" AFTER("t.payment"), NULL },
	{ "enrolled_anywhere",
		"SELECT y.id, t.* FROM payment y JOIN person p ON p.county = y.county AND p.id = y.person"
		" JOIN enrolled_anywhere t ON t.token = p.token" AFTER("y.id"),
		NULL },
	{ "tally",
		"SELECT t.payment, t.county, t.policy, t.enrolled_on, t.village, t.town, t.payment & 15, 1, t.online, 0,"
		" t.personal_fen, t.subsidy_fen FROM enrolment t" AFTER("t.payment"),
		"INSERT INTO tally (county, policy, day, village, town, slot, enrolled, online, funded, personal_fen,"
		" subsidy_fen) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT DO UPDATE SET"
		" enrolled = enrolled + 1, online = online + excluded.online,"
		" personal_fen = personal_fen + excluded.personal_fen, subsidy_fen = subsidy_fen + excluded.subsidy_fen" },
};

static int64_t last_payment(const struct season *s)
{
	sqlite3 *h = rows_open(s->ours.uri, false);
	sqlite3_stmt *q;
	int64_t id;

	season_must(
		sqlite3_prepare_v2(h, "SELECT max(id) FROM payment", -1, &q, NULL) == SQLITE_OK &&
			sqlite3_step(q) == SQLITE_ROW,
		"last payment", sqlite3_errmsg(h));
	id = sqlite3_column_int64(q, 0);
	sqlite3_finalize(q);
	sqlite3_close(h);
	return id;
}

static struct rows *take_rows(const struct season *s, int64_t last)
{
	sqlite3 *h = rows_open(s->ours.uri, false);
	struct rows *r = rows_take(h, forms, ARRAY_LEN(forms), last);

	sqlite3_close(h);
	return r;
}

/* Payments a second of the bare writer. */
static double bare(sqlite3 *to, struct rows *r)
{
	int64_t left = rows_keys(r);
	double start;

	rows_prepare(r, to);
	start = season_now();
	for (; left > 0; left -= CLIENTS) {
		rows_exec(to, "BEGIN IMMEDIATE");
		rows_put(r, CLIENTS);
		rows_exec(to, "COMMIT");
	}
	return (double)rows_keys(r) / (season_now() - start);
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void summarise(struct round *r, size_t n, struct season_run *ret)
{
	double ratios[ROUNDS];

	memcpy(ratios, ret->each, sizeof(ratios));
	qsort(ratios, ROUNDS, sizeof(ratios[0]), by_value);
	qsort(r->latencies, n, sizeof(double), by_value);
	ret->other[CLIENTS_RATIO] = ratios[ROUNDS / 2];
	ret->other[CLIENTS_P50] = r->latencies[n / 2];
	ret->other[CLIENTS_P99] = r->latencies[n - n / 100 - 1];
	ret->other[CLIENTS_WORST] = r->latencies[n - 1];
	ret->rows = (int64_t)n;
}

void season_clients(const struct season *s, void *arg, struct season_run *ret)
{
	struct round r = { .s = s };
	size_t n = read_payers(s, &r.payers), each = n / ROUNDS;
	int64_t last = last_payment(s);
	struct store *st = season_store_open(s, &s->ours, &r.env);
	sqlite3 *to = rows_open(s->bare.uri, true);

	(void)arg;
	season_must(each >= CLIENTS, "too few people", "are left to pay");
	r.latencies = calloc(n, sizeof(double));
	season_must(r.latencies != NULL, "out of", "memory");
	for (ret->n_each = 0; ret->n_each < ROUNDS; ret->n_each++) {
		double ours = acts(&r, (ret->n_each + 1) * each), theirs;
		struct rows *rows = take_rows(s, last);

		theirs = bare(to, rows);
		last += rows_keys(rows);
		rows_free(rows);
		ret->each[ret->n_each] = ours / theirs;
		ret->other[CLIENTS_OURS] += ours / ROUNDS;
		ret->other[CLIENTS_BARE] += theirs / ROUNDS;
	}
	summarise(&r, ROUNDS * each, ret);
	sqlite3_close(to);
	store_close(st);
	free(r.latencies);
	free(r.payers);
}
