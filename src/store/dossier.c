/* SPDX-License-Identifier: Apache-2.0 */
#include "store/dossier.h"

#include <string.h>

#include "store/trail.h"

static int run0(struct db *db, enum sql_id id)
{
	struct stmt *s;
	int64_t n;
	int rc = db_stmt(db, id, &s);

	if (rc < 0)
		return rc;
	n = stmt_run(s);
	return n < 0 ? (int)n : 0;
}

int dossier_prepare(struct db *db)
{
	return run0(db, SQL_STAGE_KEY_MAKE);
}

/* What a load works on: `items` in order of seq, found by binary search. */
struct load {
	struct db *db;
	struct arena *a;
	const struct dossier_scope *scope;
	struct dossier *items;
	size_t n;
	size_t cursor; /* rows come in order of seq: the search begins where the last one ended */
};

static struct dossier *dossier_of(struct load *l, int64_t seq)
{
	while (l->cursor < l->n && l->items[l->cursor].seq < seq)
		l->cursor++;
	BUG_IF(l->cursor == l->n || l->items[l->cursor].seq != seq);
	return &l->items[l->cursor];
}

static struct str text_col(struct load *l, struct stmt *s, int i)
{
	return stmt_col_null(s, i) ? (struct str){ NULL, 0 } : arena_str(l->a, stmt_col_text(s, i));
}

static void read_bill(struct load *l, struct stmt *s, int at, struct dossier_bill *b)
{
	if (stmt_col_null(s, at))
		return;
	*b = (struct dossier_bill){ .state = text_col(l, s, at),
		.route = text_col(l, s, at + 1),
		.category = text_col(l, s, at + 2),
		.standard_fen = stmt_col_int(s, at + 3),
		.subsidy_fen = stmt_col_int(s, at + 4),
		.payable_fen = stmt_col_int(s, at + 5),
		.payer = text_col(l, s, at + 6),
		.fund = text_col(l, s, at + 7),
		.version = stmt_col_int(s, at + 8) };
}

static void read_enrolment(struct load *l, struct stmt *s, int at, struct dossier_enrolment *e)
{
	if (stmt_col_null(s, at))
		return;
	*e = (struct dossier_enrolment){ .policy = text_col(l, s, at),
		.personal_fen = stmt_col_int(s, at + 1),
		.category = text_col(l, s, at + 2),
		.town = stmt_col_int(s, at + 3),
		.village = stmt_col_int(s, at + 4),
		.enrolled_on = stmt_col_day(s, at + 5),
		.standard_fen = stmt_col_int(s, at + 6) };
}

static void read_person(struct load *l, struct stmt *s, struct dossier *f)
{
	struct str token = stmt_col_blob(s, 9);

	BUG_IF(token.n != TOKEN_BYTES);
	f->person = stmt_col_int(s, 1);
	f->birth = stmt_col_day(s, 2);
	f->registered = stmt_col_int(s, 3) != 0;
	f->resident = stmt_col_int(s, 4) != 0;
	f->doc_kind = text_col(l, s, 5);
	f->died_on = stmt_col_day(s, 6);
	f->town = stmt_col_int(s, 7);
	f->village = stmt_col_int(s, 8);
	memcpy(f->token, token.p, TOKEN_BYTES);
	if (!stmt_col_null(s, 10)) {
		f->student_level = text_col(l, s, 10);
		f->student_local = stmt_col_int(s, 11) != 0;
	}
	read_bill(l, s, 12, &f->bill);
	f->refusal = text_col(l, s, 21);
	read_enrolment(l, s, 22, &f->enrolment);
}

static int load_persons(struct load *l, bool range)
{
	struct stmt *s;
	size_t cap = l->n, n = 0;
	int rc = db_stmt(l->db, SQL_DOSSIER_PERSON, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, l->scope->county);
	stmt_text(s, 2, l->scope->policy);
	stmt_int(s, 3, l->scope->benefit_year);
	while ((rc = stmt_step(s)) == 1) {
		int64_t seq = stmt_col_int(s, 0);

		if (range) {
			BUG_IF(n == cap);
			l->items[n].seq = seq;
			read_person(l, s, &l->items[n]);
			n++;
		} else {
			read_person(l, s, dossier_of(l, seq));
		}
	}
	stmt_reset(s);
	if (range)
		l->n = n;
	return rc;
}

/* The lists below share a shape: rows (seq, …) in order of seq; each person's run is a slice of one
 * arena array.  Two passes would need two queries, so the array grows and slices are fixed up last. */
struct slice {
	int64_t seq;
	size_t first, n;
};
struct slices {
	struct slice *items;
	size_t n, cap;
};

static int slice_note(struct load *l, struct slices *sl, int64_t seq, size_t at)
{
	if (sl->n == 0 || sl->items[sl->n - 1].seq != seq) {
		struct slice *more = arena_grow(l->a, sl->items, sl->n, &sl->cap, sizeof(*more));

		if (!more)
			return FAULT_MEMORY;
		sl->items = more;
		sl->items[sl->n++] = (struct slice){ seq, at, 0 };
	}
	sl->items[sl->n - 1].n++;
	return 0;
}

static int load_memberships(struct load *l)
{
	struct dossier_membership *items = NULL;
	struct slices sl = { 0 };
	size_t n = 0, cap = 0;
	struct stmt *s;
	int rc = db_stmt(l->db, SQL_DOSSIER_MEMBERSHIP, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, l->scope->county);
	while ((rc = stmt_step(s)) == 1) {
		struct dossier_membership *more = arena_grow(l->a, items, n, &cap, sizeof(*more));

		if (!more || slice_note(l, &sl, stmt_col_int(s, 0), n) < 0) {
			rc = FAULT_MEMORY;
			break;
		}
		items = more;
		items[n++] = (struct dossier_membership){ .category = text_col(l, s, 1),
			.certified = stmt_col_day(s, 2),
			.ended = stmt_col_day(s, 3),
			.department = text_col(l, s, 4) };
	}
	stmt_reset(s);
	l->cursor = 0;
	for (size_t i = 0; i < sl.n; i++) {
		struct dossier *f = dossier_of(l, sl.items[i].seq);

		f->memberships = items + sl.items[i].first;
		f->n_memberships = sl.items[i].n;
	}
	return rc;
}

static int load_coverages(struct load *l)
{
	struct dossier_coverage *items = NULL;
	struct slices sl = { 0 };
	size_t n = 0, cap = 0;
	struct stmt *s;
	int rc = db_stmt(l->db, SQL_DOSSIER_COVERAGE, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, l->scope->county);
	while ((rc = stmt_step(s)) == 1) {
		struct dossier_coverage *more = arena_grow(l->a, items, n, &cap, sizeof(*more));

		if (!more || slice_note(l, &sl, stmt_col_int(s, 0), n) < 0) {
			rc = FAULT_MEMORY;
			break;
		}
		items = more;
		items[n++] = (struct dossier_coverage){ .scheme = text_col(l, s, 1),
			.since = stmt_col_day(s, 2),
			.ended = stmt_col_day(s, 3),
			.months = stmt_col_null(s, 4) ? -1 : stmt_col_int(s, 4) };
	}
	stmt_reset(s);
	l->cursor = 0;
	for (size_t i = 0; i < sl.n; i++) {
		struct dossier *f = dossier_of(l, sl.items[i].seq);

		f->coverages = items + sl.items[i].first;
		f->n_coverages = sl.items[i].n;
	}
	return rc;
}

static int load_circumstances(struct load *l)
{
	struct dossier_circumstance *items = NULL;
	struct slices sl = { 0 };
	size_t n = 0, cap = 0;
	struct stmt *s;
	int rc = db_stmt(l->db, SQL_DOSSIER_CIRCUMSTANCE, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, l->scope->county);
	while ((rc = stmt_step(s)) == 1) {
		struct dossier_circumstance *more = arena_grow(l->a, items, n, &cap, sizeof(*more));

		if (!more || slice_note(l, &sl, stmt_col_int(s, 0), n) < 0) {
			rc = FAULT_MEMORY;
			break;
		}
		items = more;
		items[n++] = (struct dossier_circumstance){ .kind = text_col(l, s, 1),
			.happened = stmt_col_day(s, 2),
			.months = stmt_col_int(s, 3) };
	}
	stmt_reset(s);
	l->cursor = 0;
	for (size_t i = 0; i < sl.n; i++) {
		struct dossier *f = dossier_of(l, sl.items[i].seq);

		f->circumstances = items + sl.items[i].first;
		f->n_circumstances = sl.items[i].n;
	}
	return rc;
}

static int load_serials(struct load *l)
{
	struct stmt *s;
	int rc;

	if (!l->scope->channel.p)
		return 0;
	rc = db_stmt(l->db, SQL_DOSSIER_SERIAL, &s);
	if (rc < 0)
		return rc;
	stmt_int(s, 1, l->scope->county);
	stmt_text(s, 2, l->scope->channel);
	l->cursor = 0;
	while ((rc = stmt_step(s)) == 1)
		dossier_of(l, stmt_col_int(s, 0))->serial =
			(struct dossier_serial){ .payment = stmt_col_int(s, 1),
				.fen = stmt_col_int(s, 2),
				.paid_at = stmt_col_int(s, 3),
				.payer_ref = arena_str(l->a, stmt_col_blob(s, 4)),
				.state = text_col(l, s, 5) };
	stmt_reset(s);
	return rc;
}

static int load_elsewhere(struct load *l)
{
	struct stmt *s;
	int rc = db_stmt(l->db, SQL_ENROLLED_ELSEWHERE, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, l->scope->county);
	stmt_int(s, 2, l->scope->benefit_year);
	l->cursor = 0;
	while ((rc = stmt_step(s)) == 1)
		dossier_of(l, stmt_col_int(s, 0))->elsewhere = stmt_col_int(s, 1);
	stmt_reset(s);
	return rc;
}

static int load_lists(struct load *l)
{
	int rc = load_memberships(l);

	if (rc == 0)
		rc = load_coverages(l);
	if (rc == 0)
		rc = load_circumstances(l);
	if (rc == 0)
		rc = load_elsewhere(l);
	return rc;
}

static int stage_keys(struct db *db, const struct dossier_key *keys, size_t n)
{
	struct bulk *b;
	int rc = bulk_begin(db, SQL_STAGE_KEY_ADD, &b), end;

	if (rc < 0)
		return rc;
	for (size_t i = 0; rc == 0 && i < n; i++) {
		bulk_int(b, (int64_t)i);
		if (keys[i].token)
			bulk_blob(b, keys[i].token, TOKEN_BYTES);
		else
			bulk_null(b);
		if (keys[i].token || keys[i].person == 0)
			bulk_null(b);
		else
			bulk_int(b, keys[i].person);
		bulk_text_or_null(b, keys[i].serial);
		rc = bulk_row(b);
	}
	end = bulk_end(b);
	return rc < 0 ? rc : end;
}

static int fill_keys(struct db *db, enum sql_id id, int64_t county)
{
	struct stmt *s;
	int64_t n;
	int rc = db_stmt(db, id, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	n = stmt_run(s);
	return n < 0 ? (int)n : 0;
}

/* Each key by its token and by its person, as far as the person is known. */
static int resolve_keys(struct db *db, int64_t county)
{
	int rc = fill_keys(db, SQL_STAGE_KEY_RESOLVE, county);

	return rc < 0 ? rc : fill_keys(db, SQL_STAGE_KEY_TOKEN, county);
}

int dossier_load(struct db *db, struct arena *a, const struct dossier_scope *scope,
	const struct dossier_key *keys, size_t n, struct dossier **ret_dossiers)
{
	struct load l = { .db = db, .a = a, .scope = scope, .n = n };
	int rc;

	BUG_IF(n > DOSSIER_CHUNK_MAX);
	l.items = ARENA_ARRAY(a, struct dossier, n ? n : 1);
	if (!l.items)
		return FAULT_MEMORY;
	for (size_t i = 0; i < n; i++)
		l.items[i] = (struct dossier){
			.seq = (int64_t)i, .birth = DAY_NONE, .died_on = DAY_NONE
		};
	rc = run0(db, SQL_STAGE_KEY_CLEAR);
	if (rc == 0)
		rc = stage_keys(db, keys, n);
	if (rc == 0)
		rc = resolve_keys(db, scope->county);
	if (rc == 0)
		rc = load_persons(&l, false);
	if (rc == 0)
		rc = load_lists(&l);
	if (rc == 0)
		rc = load_serials(&l);
	if (rc == 0)
		*ret_dossiers = l.items;
	return rc;
}

int dossier_load_range(struct db *db, struct arena *a, const struct dossier_scope *scope,
	int64_t after, int64_t upto, struct dossier **ret_dossiers, size_t *ret_n)
{
	struct load l = { .db = db, .a = a, .scope = scope, .n = DOSSIER_CHUNK_MAX };
	struct stmt *s;
	int64_t staged;
	int rc;

	BUG_IF(upto - after > DOSSIER_CHUNK_MAX);
	l.items = ARENA_ARRAY(a, struct dossier, l.n);
	if (!l.items)
		return FAULT_MEMORY;
	rc = run0(db, SQL_STAGE_KEY_CLEAR);
	if (rc < 0)
		return rc;
	rc = db_stmt(db, SQL_STAGE_KEY_RANGE, &s);
	if (rc < 0)
		return rc;
	stmt_int(s, 1, scope->county);
	stmt_int(s, 2, after);
	stmt_int(s, 3, upto);
	staged = stmt_run(s);
	if (staged < 0)
		return (int)staged;
	rc = load_persons(&l, true);
	if (rc == 0)
		rc = load_lists(&l);
	if (rc == 0) {
		*ret_dossiers = l.items;
		*ret_n = l.n;
	}
	return rc;
}
