/* SPDX-License-Identifier: Apache-2.0 */
#include "store/season.h"

#include <stdlib.h>
#include <string.h>

#include "store/bind.h"

static void bill_check(const struct bill *b)
{
	BUG_IF(b->standard_fen < 0 || b->subsidy_fen < 0 || b->payable_fen < 0);
	BUG_IF(b->standard_fen != b->subsidy_fen + b->payable_fen);
	BUG_IF(b->version < 1);
}

int bill_add_all(struct db *db, int64_t county, int64_t audit, const struct bill *bills, size_t n)
{
	struct bulk *w;
	int rc, end;

	if (n == 0)
		return 0;
	rc = bulk_begin(db, SQL_BILL_ADD, &w);
	if (rc < 0)
		return rc;
	for (size_t i = 0; rc == 0 && i < n; i++) {
		const struct bill *b = &bills[i];

		bill_check(b);
		bulk_int(w, county);
		bulk_text(w, b->policy);
		bulk_int(w, b->person);
		bulk_text(w, str_of(b->state));
		bulk_text(w, b->route);
		bulk_text_or_null(w, b->category);
		bulk_int(w, b->standard_fen);
		bulk_int(w, b->subsidy_fen);
		bulk_int(w, b->payable_fen);
		bulk_text(w, b->payer);
		bulk_text_or_null(w, b->fund);
		bulk_text(w, b->cites);
		bulk_int(w, b->assessed_on);
		bulk_int(w, b->version);
		bulk_int(w, audit);
		rc = bulk_row(w);
	}
	end = bulk_end(w);
	return rc < 0 ? rc : end;
}

static int keep_history(
	struct db *db, int64_t county, int64_t audit, struct str policy, int64_t person)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_BILL_KEEP_HISTORY, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_text(s, 2, policy);
	stmt_int(s, 3, person);
	stmt_int(s, 4, audit);
	return stmt_done(s);
}

int bill_replace(struct db *db, int64_t county, int64_t audit, const struct bill *b)
{
	struct stmt *s;
	int rc = keep_history(db, county, audit, b->policy, b->person);

	bill_check(b);
	if (rc == 0)
		rc = db_stmt(db, SQL_BILL_PUT, &s);
	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_text(s, 2, b->policy);
	stmt_int(s, 3, b->person);
	stmt_text(s, 4, str_of(b->state));
	stmt_text(s, 5, b->route);
	stmt_text_or_null(s, 6, b->category);
	stmt_int(s, 7, b->standard_fen);
	stmt_int(s, 8, b->subsidy_fen);
	stmt_int(s, 9, b->payable_fen);
	stmt_text(s, 10, b->payer);
	stmt_text_or_null(s, 11, b->fund);
	stmt_text(s, 12, b->cites);
	stmt_int(s, 13, b->assessed_on);
	stmt_int(s, 14, b->version);
	stmt_int(s, 15, audit);
	return stmt_done(s);
}

int bill_withdraw(struct db *db, int64_t county, int64_t audit, struct str policy, int64_t person)
{
	struct stmt *s;
	int rc = keep_history(db, county, audit, policy, person);

	if (rc == 0)
		rc = db_stmt(db, SQL_BILL_WITHDRAW, &s);
	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_text(s, 2, policy);
	stmt_int(s, 3, person);
	stmt_int(s, 4, audit);
	return stmt_done(s);
}

static int stage_paid(struct db *db, const int64_t *persons, size_t n)
{
	struct bulk *w;
	int rc = db_run(db, SQL_STAGE_PAID_MAKE), end;

	if (rc == 0)
		rc = db_run(db, SQL_STAGE_PAID_CLEAR);
	if (rc == 0)
		rc = bulk_begin(db, SQL_STAGE_PAID_ADD, &w);
	if (rc < 0)
		return rc;
	for (size_t i = 0; rc == 0 && i < n; i++) {
		bulk_int(w, persons[i]);
		rc = bulk_row(w);
	}
	end = bulk_end(w);
	return rc < 0 ? rc : end;
}

int bill_settle(struct db *db, int64_t county, int64_t audit, struct str policy,
	const int64_t *persons, size_t n)
{
	struct stmt *s;
	int64_t changed;
	int rc = n > 1 ? stage_paid(db, persons, n) : 0;

	if (n == 0)
		return 0;
	if (rc == 0)
		rc = db_stmt(db, n > 1 ? SQL_BILL_SETTLE_STAGED : SQL_BILL_SETTLE, &s);
	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_text(s, 2, policy);
	stmt_int(s, 3, audit);
	if (n == 1)
		stmt_int(s, 4, persons[0]);
	changed = stmt_run(s);
	BUG_IF(changed > (int64_t)n);
	return changed < 0 ? (int)changed : 0;
}

int refusal_add_all(
	struct db *db, int64_t county, int64_t audit, const struct refusal_row *rows, size_t n)
{
	struct bulk *w;
	int rc, end;

	if (n == 0)
		return 0;
	rc = bulk_begin(db, SQL_REFUSAL_ADD, &w);
	if (rc < 0)
		return rc;
	for (size_t i = 0; rc == 0 && i < n; i++) {
		bulk_int(w, county);
		bulk_text(w, rows[i].policy);
		bulk_int(w, rows[i].person);
		bulk_text(w, rows[i].reason);
		bulk_text(w, rows[i].cites);
		bulk_int(w, rows[i].assessed_on);
		bulk_int(w, audit);
		rc = bulk_row(w);
	}
	end = bulk_end(w);
	return rc < 0 ? rc : end;
}

int refusal_put(struct db *db, int64_t county, int64_t audit, const struct refusal_row *r)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_REFUSAL_PUT, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_text(s, 2, r->policy);
	stmt_int(s, 3, r->person);
	stmt_text(s, 4, r->reason);
	stmt_text(s, 5, r->cites);
	stmt_int(s, 6, r->assessed_on);
	stmt_int(s, 7, audit);
	return stmt_done(s);
}

int refusal_drop(struct db *db, int64_t county, struct str policy, int64_t person)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_REFUSAL_DROP, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_text(s, 2, policy);
	stmt_int(s, 3, person);
	return stmt_done(s);
}

static void enrolment_check(const struct enrolment *e)
{
	BUG_IF(e->standard_fen != e->personal_fen + e->subsidy_fen);
	BUG_IF(e->personal_fen < 0 || e->subsidy_fen < 0);
	BUG_IF((e->personal_fen == 0) != (e->payment == 0));
	BUG_IF(e->benefit_from > e->benefit_to);
}

static void enrolment_row(struct bulk *w, int64_t county, int64_t audit, const struct enrolment *e)
{
	bulk_int(w, county);
	bulk_int(w, e->person);
	bulk_int(w, e->benefit_year);
	bulk_text(w, e->policy);
	bulk_int(w, e->town);
	bulk_int(w, e->village);
	bulk_text(w, e->route);
	bulk_text_or_null(w, e->category);
	bulk_int(w, e->standard_fen);
	bulk_int(w, e->personal_fen);
	bulk_int(w, e->subsidy_fen);
	bulk_text_or_null(w, e->fund);
	bulk_text(w, e->payer);
	bulk_int(w, e->benefit_from);
	bulk_int(w, e->benefit_to);
	bulk_int(w, e->enrolled_on);
	bulk_int(w, e->online);
	if (e->payment)
		bulk_int(w, e->payment);
	else
		bulk_null(w);
	bulk_int(w, audit);
}

static int by_person(const void *a, const void *b)
{
	const struct enrolment *x = *(const struct enrolment *const *)a,
			       *y = *(const struct enrolment *const *)b;

	return (x->person > y->person) - (x->person < y->person);
}

static int by_token(const void *a, const void *b)
{
	const struct enrolment *x = *(const struct enrolment *const *)a,
			       *y = *(const struct enrolment *const *)b;

	return memcmp(x->token, y->token, TOKEN_BYTES);
}

static int write_enrolments(
	struct db *db, int64_t county, int64_t audit, const struct enrolment *const *rows, size_t n)
{
	struct bulk *w;
	int rc = bulk_begin(db, SQL_ENROLMENT_ADD, &w), end;

	if (rc < 0)
		return rc;
	for (size_t i = 0; rc == 0 && i < n; i++) {
		enrolment_check(rows[i]);
		enrolment_row(w, county, audit, rows[i]);
		rc = bulk_row(w);
	}
	end = bulk_end(w);
	return rc < 0 ? rc : end;
}

static int mark_anywhere(
	struct db *db, int64_t county, const struct enrolment *const *rows, size_t n)
{
	struct bulk *w;
	int rc = bulk_begin(db, SQL_ENROLLED_ANYWHERE_ADD, &w), end;

	if (rc < 0)
		return rc;
	for (size_t i = 0; rc == 0 && i < n; i++) {
		bulk_blob(w, rows[i]->token, TOKEN_BYTES);
		bulk_int(w, rows[i]->benefit_year);
		bulk_int(w, county);
		rc = bulk_row(w);
	}
	end = bulk_end(w);
	return rc < 0 ? rc : end;
}

/* Each table in the order of its key: of a table larger than the cache, a page is then fetched and
 * written once a chunk, not once a row. */
int enrolment_add_all(
	struct db *db, int64_t county, int64_t audit, const struct enrolment *rows, size_t n)
{
	const struct enrolment **order;
	int rc;

	if (n == 0)
		return 0;
	order = calloc(n, sizeof(*order));
	if (!order)
		return FAULT_MEMORY;
	for (size_t i = 0; i < n; i++)
		order[i] = &rows[i];
	qsort(order, n, sizeof(*order), by_person);
	rc = write_enrolments(db, county, audit, order, n);
	if (rc == 0) {
		qsort(order, n, sizeof(*order), by_token);
		rc = mark_anywhere(db, county, order, n);
	}
	free(order);
	return rc;
}

int tally_add(struct db *db, int64_t county, struct str policy, int slot, const struct tally *t)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_TALLY_ADD, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_text(s, 2, policy);
	stmt_int(s, 3, t->day);
	stmt_int(s, 4, t->village);
	stmt_int(s, 5, t->town);
	stmt_int(s, 6, slot);
	stmt_int(s, 7, t->enrolled);
	stmt_int(s, 8, t->online);
	stmt_int(s, 9, t->funded);
	stmt_int(s, 10, t->personal_fen);
	stmt_int(s, 11, t->subsidy_fen);
	return stmt_done(s);
}

void tally_sum_init(struct tally_sum *s, struct arena *a)
{
	*s = (struct tally_sum){ .arena = a };
}

static size_t tally_slot(const struct tally_sum *s, day_t day, int64_t village, int64_t town)
{
	uint64_t h = ((uint64_t)village * 0x9e3779b97f4a7c15ull) ^
		     ((uint64_t)town * 0xd6e8feb86659fd93ull) ^
		     ((uint64_t)(uint32_t)day * 0xbf58476d1ce4e5b9ull);
	size_t i = (size_t)(h ^ h >> 29) & (s->n_slots - 1);

	while (s->slots[i]) {
		const struct tally *t = &s->items[s->slots[i] - 1];

		if (t->day == day && t->village == village && t->town == town)
			break;
		i = (i + 1) & (s->n_slots - 1);
	}
	return i;
}

static int tally_grow(struct tally_sum *s)
{
	size_t n_slots = s->n_slots ? s->n_slots * 2 : 256;
	size_t *slots = ARENA_ARRAY(s->arena, size_t, n_slots);

	if (!slots)
		return FAULT_MEMORY;
	s->slots = slots;
	s->n_slots = n_slots;
	for (size_t i = 0; i < s->n; i++)
		s->slots[tally_slot(s, s->items[i].day, s->items[i].village, s->items[i].town)] =
			i + 1;
	return 0;
}

int tally_sum_add(struct tally_sum *s, const struct enrolment *e)
{
	struct tally *t;
	size_t at;

	if (s->n * 2 >= s->n_slots && tally_grow(s) < 0)
		return FAULT_MEMORY;
	at = tally_slot(s, e->enrolled_on, e->village, e->town);
	if (!s->slots[at]) {
		t = arena_grow(s->arena, s->items, s->n, &s->cap, sizeof(*t));
		if (!t)
			return FAULT_MEMORY;
		s->items = t;
		s->items[s->n] = (struct tally){
			.day = e->enrolled_on, .village = e->village, .town = e->town
		};
		s->slots[at] = ++s->n;
	}
	t = &s->items[s->slots[at] - 1];
	t->enrolled++;
	t->online += e->online;
	t->funded += e->payment == 0;
	t->personal_fen += e->personal_fen;
	t->subsidy_fen += e->subsidy_fen;
	return 0;
}

int tally_sum_write(struct tally_sum *s, struct db *db, int64_t county, struct str policy, int slot)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < s->n; i++)
		rc = tally_add(db, county, policy, slot, &s->items[i]);
	return rc;
}

int assess_run_add(struct db *db, int64_t county, int64_t audit, const struct assess_run *r)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_ASSESS_RUN_ADD, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, r->id);
	stmt_text(s, 3, r->policy);
	stmt_blob(s, 4, r->digest, sizeof(r->digest));
	stmt_int(s, 5, r->assessed_on);
	stmt_int(s, 6, r->people);
	stmt_int(s, 7, r->billed);
	stmt_int(s, 8, r->funded);
	stmt_int(s, 9, r->refused);
	stmt_int(s, 10, r->changed);
	stmt_int(s, 11, audit);
	return stmt_done(s);
}
