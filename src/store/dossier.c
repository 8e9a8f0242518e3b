/* SPDX-License-Identifier: Apache-2.0 */
/* Whom a load is about: keys become persons, each once, in order. */
#include "store/dossier.h"

#include <stdlib.h>
#include <string.h>

#include "store/dossier_rows.h"
#include "store/bind.h"

int dossier_prepare(struct db *db)
{
	int rc = db_run(db, SQL_STAGE_TOKEN_MAKE);

	if (rc == 0)
		rc = db_run(db, SQL_STAGE_WHO_MAKE);
	return rc < 0 ? rc : db_run(db, SQL_STAGE_SERIAL_MAKE);
}

/* Something to look dossiers up by: a token or a serial.  Several may share one. */
struct ref {
	struct str key;
	struct dossier *of;
};
struct refs {
	struct ref *items; /* by key */
	size_t n;
};

static int by_key(const void *a, const void *b)
{
	const struct ref *x = a, *y = b;
	int order = str_cmp(x->key, y->key);

	/* Equal ones in order of their dossiers, so that the outcome does not hang on qsort. */
	return order ? order : (x->of > y->of) - (x->of < y->of);
}

/* First ref with this key; r->n when there is none. */
static size_t ref_find(const struct refs *r, struct str key)
{
	size_t lo = 0, hi = r->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (str_cmp(r->items[mid].key, key) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < r->n && str_eq(r->items[lo].key, key) ? lo : r->n;
}

static bool ref_repeats(const struct refs *r, size_t i)
{
	return i > 0 && str_eq(r->items[i].key, r->items[i - 1].key);
}

/* What a question by token or serial says of one of them. */
typedef void (*answer_fn)(struct dossier_load *l, struct stmt *s, struct dossier *d);

/* How it is asked: of all that are staged, or of one. */
struct question {
	enum sql_id clear, add, staged, one;
	bool blob; /* the key is bytes, not text */
	int key;   /* its column in the answer */
	answer_fn answer;
};

static int stage_refs(struct db *db, const struct question *q, const struct refs *r)
{
	struct bulk *b;
	int rc = db_run(db, q->clear), end;

	if (rc == 0)
		rc = bulk_begin(db, q->add, &b);
	if (rc < 0)
		return rc;
	for (size_t i = 0; rc == 0 && i < r->n; i++) {
		if (ref_repeats(r, i))
			continue;
		if (q->blob)
			bulk_blob(b, r->items[i].key.p, r->items[i].key.n);
		else
			bulk_text(b, r->items[i].key);
		rc = bulk_row(b);
	}
	end = bulk_end(b);
	return rc < 0 ? rc : end;
}

static int take_answers(
	struct dossier_load *l, const struct question *q, const struct refs *r, struct stmt *s)
{
	int rc;

	while ((rc = stmt_step(s)) == 1) {
		struct str key = q->blob ? stmt_col_blob(s, q->key) : stmt_col_text(s, q->key);

		for (size_t i = ref_find(r, key); i < r->n && str_eq(r->items[i].key, key); i++)
			q->answer(l, s, r->items[i].of);
	}
	stmt_reset(s);
	return rc == 0 && l->bad ? FAULT_MEMORY : rc;
}

enum scope_part { SCOPE_COUNTY, SCOPE_YEAR, SCOPE_CHANNEL };

static int ask_refs(struct dossier_load *l, enum scope_part part, const struct question *q,
	const struct refs *r)
{
	bool one = r->n == 1;
	struct stmt *s;
	int at = part == SCOPE_COUNTY ? 2 : 3, rc;

	if (r->n == 0)
		return 0;
	rc = one ? 0 : stage_refs(l->db, q, r);
	if (rc == 0)
		rc = db_stmt(l->db, one ? q->one : q->staged, &s);
	if (rc < 0)
		return rc;
	memset(l->last, 0, sizeof(l->last));
	stmt_int(s, 1, l->scope->county);
	if (part == SCOPE_YEAR)
		stmt_int(s, 2, l->scope->benefit_year);
	else if (part == SCOPE_CHANNEL)
		stmt_text(s, 2, l->scope->channel);
	if (one && q->blob)
		stmt_blob(s, at, r->items[0].key.p, r->items[0].key.n);
	else if (one)
		stmt_text(s, at, r->items[0].key);
	return take_answers(l, q, r, s);
}

static void is_elsewhere(struct dossier_load *l, struct stmt *s, struct dossier *d)
{
	(void)l;
	d->elsewhere = stmt_col_int(s, 1);
}

static void was_paid(struct dossier_load *l, struct stmt *s, struct dossier *d)
{
	d->serial = (struct dossier_serial){ .payment = stmt_col_int(s, 1),
		.fen = stmt_col_int(s, 2),
		.paid_at = stmt_col_int(s, 3),
		.payer_ref = arena_str(l->a, stmt_col_blob(s, 4)),
		.state = arena_str(l->a, stmt_col_text(s, 5)) };
}

static const struct question whose_token = { SQL_STAGE_TOKEN_CLEAR, SQL_STAGE_TOKEN_ADD,
	SQL_DOSSIER_TOKEN_STAGED, SQL_DOSSIER_TOKEN, true, 8, dossier_read_person };
static const struct question where_enrolled = { SQL_STAGE_TOKEN_CLEAR, SQL_STAGE_TOKEN_ADD,
	SQL_TOKEN_ELSEWHERE_STAGED, SQL_TOKEN_ELSEWHERE, true, 0, is_elsewhere };
static const struct question which_payment = { SQL_STAGE_SERIAL_CLEAR, SQL_STAGE_SERIAL_ADD,
	SQL_SERIAL_PAYMENT_STAGED, SQL_SERIAL_PAYMENT, false, 0, was_paid };

static struct str token_of(const unsigned char *token)
{
	return (struct str){ (const char *)token, TOKEN_BYTES };
}

static int resolve_tokens(struct db *db, struct arena *a, const struct dossier_scope *scope,
	const struct dossier_key *keys, size_t n, struct dossier *items)
{
	struct dossier_load l = { .db = db, .a = a, .scope = scope };
	struct refs r = { ARENA_ARRAY(a, struct ref, n), 0 };

	if (!r.items)
		return FAULT_MEMORY;
	for (size_t i = 0; i < n; i++)
		if (keys[i].token)
			r.items[r.n++] = (struct ref){ token_of(keys[i].token), &items[i] };
	qsort(r.items, r.n, sizeof(r.items[0]), by_key);
	return ask_refs(&l, SCOPE_COUNTY, &whose_token, &r);
}

static int load_serials(struct db *db, struct arena *a, const struct dossier_scope *scope,
	const struct dossier_key *keys, size_t n, struct dossier *items)
{
	struct dossier_load l = { .db = db, .a = a, .scope = scope };
	struct refs r = { NULL, 0 };

	if (!scope->channel.p)
		return 0;
	r.items = ARENA_ARRAY(a, struct ref, n);
	if (!r.items)
		return FAULT_MEMORY;
	for (size_t i = 0; i < n; i++)
		if (keys[i].serial.p)
			r.items[r.n++] = (struct ref){ keys[i].serial, &items[i] };
	qsort(r.items, r.n, sizeof(r.items[0]), by_key);
	return ask_refs(&l, SCOPE_CHANNEL, &which_payment, &r);
}

int dossier_load_elsewhere(struct db *db, struct arena *a, const struct dossier_scope *scope,
	struct dossier *const *items, size_t n)
{
	struct dossier_load l = { .db = db, .a = a, .scope = scope };
	struct refs r = { ARENA_ARRAY(a, struct ref, n ? n : 1), n };

	if (!r.items)
		return FAULT_MEMORY;
	for (size_t i = 0; i < n; i++)
		r.items[i] = (struct ref){ token_of(items[i]->token), items[i] };
	qsort(r.items, r.n, sizeof(r.items[0]), by_key);
	return ask_refs(&l, SCOPE_YEAR, &where_enrolled, &r);
}

static int by_person(const void *a, const void *b)
{
	const struct dossier *x = *(struct dossier *const *)a, *y = *(struct dossier *const *)b;

	if (x->person != y->person)
		return x->person < y->person ? -1 : 1;
	return (x > y) - (x < y);
}

static int stage_persons(struct dossier_load *l)
{
	struct bulk *b;
	int rc = db_run(l->db, SQL_STAGE_WHO_CLEAR), end;

	if (rc == 0)
		rc = bulk_begin(l->db, SQL_STAGE_WHO_ADD, &b);
	if (rc < 0)
		return rc;
	for (size_t i = 0; rc == 0 && i < l->n; i++) {
		bulk_int(b, l->by_person[i]->person);
		rc = bulk_row(b);
	}
	end = bulk_end(b);
	return rc < 0 ? rc : end;
}

/* Read the persons of `sorted`, each once; a second dossier of the same person is a copy of the
 * first. */
static int load_sorted(struct dossier_load *l, struct dossier **sorted, size_t n)
{
	struct dossier *first = NULL;
	int64_t id = 0;
	int rc;

	l->by_person = ARENA_ARRAY(l->a, struct dossier *, n);
	if (!l->by_person)
		return FAULT_MEMORY;
	for (size_t i = 0; i < n; i++)
		if (i == 0 || sorted[i]->person != sorted[i - 1]->person)
			l->by_person[l->n++] = sorted[i];
	l->range = l->n == 1;
	l->upto = sorted[0]->person;
	l->after = l->upto - 1;
	rc = l->range ? 0 : stage_persons(l);
	if (rc == 0)
		rc = dossier_read_all(l);
	for (size_t i = 0; rc == 0 && i < n; i++) {
		int64_t seq = sorted[i]->seq;

		if (sorted[i]->person == id) {
			*sorted[i] = *first;
			sorted[i]->seq = seq;
			continue;
		}
		first = sorted[i];
		id = first->person;
		if (!first->doc_kind.p)
			first->person = 0; /* a bill number nobody has */
	}
	return rc;
}

static int load_persons(struct db *db, struct arena *a, const struct dossier_scope *scope,
	struct dossier *items, size_t n)
{
	struct dossier_load l = { .db = db, .a = a, .scope = scope };
	struct dossier **sorted = ARENA_ARRAY(a, struct dossier *, n);
	size_t k = 0;

	if (!sorted)
		return FAULT_MEMORY;
	for (size_t i = 0; i < n; i++)
		if (items[i].person)
			sorted[k++] = &items[i];
	qsort(sorted, k, sizeof(sorted[0]), by_person);
	return k ? load_sorted(&l, sorted, k) : 0;
}

static int load_elsewhere(struct db *db, struct arena *a, const struct dossier_scope *scope,
	const struct dossier_key *keys, size_t n, struct dossier *items)
{
	struct dossier **known = ARENA_ARRAY(a, struct dossier *, n);
	size_t k = 0;

	if (!known)
		return FAULT_MEMORY;
	for (size_t i = 0; i < n; i++) {
		if (keys[i].token)
			memcpy(items[i].token, keys[i].token, TOKEN_BYTES);
		if (keys[i].token || items[i].person)
			known[k++] = &items[i];
	}
	return dossier_load_elsewhere(db, a, scope, known, k);
}

int dossier_load(struct db *db, struct arena *a, const struct dossier_scope *scope,
	const struct dossier_key *keys, size_t n, struct dossier **ret_dossiers)
{
	struct dossier *items;
	int rc;

	BUG_IF(n > DOSSIER_CHUNK_MAX);
	items = ARENA_ARRAY(a, struct dossier, n ? n : 1);
	if (!items)
		return FAULT_MEMORY;
	for (size_t i = 0; i < n; i++)
		items[i] = (struct dossier){ .seq = (int64_t)i,
			.person = keys[i].token ? 0 : keys[i].person,
			.birth = DAY_NONE,
			.died_on = DAY_NONE };
	rc = n ? resolve_tokens(db, a, scope, keys, n, items) : 0;
	if (rc == 0 && n)
		rc = load_persons(db, a, scope, items, n);
	if (rc == 0 && n)
		rc = load_elsewhere(db, a, scope, keys, n, items);
	if (rc == 0 && n)
		rc = load_serials(db, a, scope, keys, n, items);
	if (rc == 0)
		*ret_dossiers = items;
	return rc;
}

int dossier_load_range(struct db *db, struct arena *a, const struct dossier_scope *scope,
	int64_t after, int64_t upto, struct dossier **ret_dossiers, size_t *ret_n)
{
	struct dossier_load l = { .db = db,
		.a = a,
		.scope = scope,
		.range = true,
		.all = true,
		.after = after,
		.upto = upto,
		.n_room = (size_t)(upto - after) };
	int rc;

	BUG_IF(upto <= after || upto - after > DOSSIER_CHUNK_MAX);
	l.room = ARENA_ARRAY(a, struct dossier, l.n_room);
	l.by_person = ARENA_ARRAY(a, struct dossier *, l.n_room);
	if (!l.room || !l.by_person)
		return FAULT_MEMORY;
	rc = dossier_read_all(&l);
	if (rc == 0) {
		*ret_dossiers = l.room;
		*ret_n = l.n;
	}
	return rc;
}
