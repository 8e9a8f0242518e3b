/* SPDX-License-Identifier: Apache-2.0 */
/* One table after another, in order of persons: each is walked once from its lower end to its
 * upper, which asks far less of a cache than gathering each person's rows from everywhere. */
#include "store/dossier_rows.h"

#include <string.h>

#include "store/bind.h"

/* The dossier of a person; NULL when the load is not about that one. */
static struct dossier *dossier_of(struct dossier_load *l, int64_t person)
{
	size_t lo = l->cursor, hi = l->n;

	/* Rows come in order of persons, or nearly. */
	if (lo + 1 < hi && l->by_person[lo]->person < person &&
		l->by_person[lo + 1]->person >= person)
		lo++;
	if (lo == hi || l->by_person[lo]->person != person) {
		lo = 0;
		while (lo < hi) {
			size_t mid = lo + (hi - lo) / 2;

			if (l->by_person[mid]->person < person)
				lo = mid + 1;
			else
				hi = mid;
		}
		if (lo == l->n || l->by_person[lo]->person != person)
			return NULL;
	}
	l->cursor = lo;
	return l->by_person[lo];
}

static struct str text_col(struct dossier_load *l, struct stmt *s, int i)
{
	struct str v;

	if (stmt_col_null(s, i))
		return (struct str){ NULL, 0 };
	v = stmt_col_text(s, i);
	if (!l->last[i].p || !str_eq(l->last[i], v)) {
		l->last[i] = arena_str(l->a, v);
		l->bad = l->bad || !l->last[i].p;
	}
	return l->last[i];
}

void dossier_read_person(struct dossier_load *l, struct stmt *s, struct dossier *d)
{
	struct str token = stmt_col_blob(s, 8);

	BUG_IF(token.n != TOKEN_BYTES);
	d->person = stmt_col_int(s, 0);
	d->birth = stmt_col_day(s, 1);
	d->registered = stmt_col_int(s, 2) != 0;
	d->resident = stmt_col_int(s, 3) != 0;
	d->doc_kind = text_col(l, s, 4);
	d->died_on = stmt_col_day(s, 5);
	d->town = stmt_col_int(s, 6);
	d->village = stmt_col_int(s, 7);
	memcpy(d->token, token.p, TOKEN_BYTES);
	d->name = text_col(l, s, 9);
}

static void read_student(struct dossier_load *l, struct stmt *s, struct dossier *d)
{
	d->student_level = text_col(l, s, 1);
	d->student_local = stmt_col_int(s, 2) != 0;
}

static void read_bill(struct dossier_load *l, struct stmt *s, struct dossier *d)
{
	d->bill = (struct dossier_bill){ .state = text_col(l, s, 1),
		.route = text_col(l, s, 2),
		.category = text_col(l, s, 3),
		.standard_fen = stmt_col_int(s, 4),
		.subsidy_fen = stmt_col_int(s, 5),
		.payable_fen = stmt_col_int(s, 6),
		.payer = text_col(l, s, 7),
		.fund = text_col(l, s, 8),
		.version = stmt_col_int(s, 9) };
}

static void read_refusal(struct dossier_load *l, struct stmt *s, struct dossier *d)
{
	d->refusal = text_col(l, s, 1);
}

static void read_enrolment(struct dossier_load *l, struct stmt *s, struct dossier *d)
{
	d->enrolment = (struct dossier_enrolment){ .policy = text_col(l, s, 1),
		.personal_fen = stmt_col_int(s, 2),
		.category = text_col(l, s, 3),
		.town = stmt_col_int(s, 4),
		.village = stmt_col_int(s, 5),
		.enrolled_on = stmt_col_day(s, 6),
		.standard_fen = stmt_col_int(s, 7) };
}

/* What a question asks for besides county and persons. */
enum extra { EXTRA_NONE, EXTRA_POLICY, EXTRA_YEAR };

static int ask(struct dossier_load *l, enum sql_id staged, enum sql_id range, enum extra extra,
	struct stmt **ret_stmt)
{
	struct stmt *s;
	int at = l->range ? 4 : 2, rc = db_stmt(l->db, l->range ? range : staged, &s);

	if (rc < 0)
		return rc;
	l->cursor = 0;
	memset(l->last, 0, sizeof(l->last));
	stmt_int(s, 1, l->scope->county);
	if (l->range) {
		stmt_int(s, 2, l->after);
		stmt_int(s, 3, l->upto);
	}
	if (extra == EXTRA_POLICY)
		stmt_text(s, at, l->scope->policy);
	else if (extra == EXTRA_YEAR)
		stmt_int(s, at, l->scope->benefit_year);
	*ret_stmt = s;
	return 0;
}

/* Tables that hold at most one row of a person. */
static const struct single {
	enum sql_id staged, range;
	enum extra extra;
	void (*read)(struct dossier_load *l, struct stmt *s, struct dossier *d);
} singles[] = {
	{ SQL_DOSSIER_STUDENT_STAGED, SQL_DOSSIER_STUDENT_RANGE, EXTRA_NONE, read_student },
	{ SQL_DOSSIER_BILL_STAGED, SQL_DOSSIER_BILL_RANGE, EXTRA_POLICY, read_bill },
	{ SQL_DOSSIER_REFUSAL_STAGED, SQL_DOSSIER_REFUSAL_RANGE, EXTRA_POLICY, read_refusal },
	{ SQL_DOSSIER_ENROLMENT_STAGED, SQL_DOSSIER_ENROLMENT_RANGE, EXTRA_YEAR, read_enrolment },
};

static int read_single(struct dossier_load *l, const struct single *q)
{
	struct stmt *s;
	int rc = ask(l, q->staged, q->range, q->extra, &s);

	if (rc < 0)
		return rc;
	while ((rc = stmt_step(s)) == 1) {
		struct dossier *d = dossier_of(l, stmt_col_int(s, 0));

		if (d)
			q->read(l, s, d);
	}
	stmt_reset(s);
	return rc;
}

/* The next dossier for a person of a range. */
static struct dossier *add_person(struct dossier_load *l, int64_t person)
{
	struct dossier *d = &l->room[l->n];

	BUG_IF(l->n == l->n_room);
	BUG_IF(l->n > 0 && l->by_person[l->n - 1]->person >= person);
	*d = (struct dossier){
		.seq = person, .person = person, .birth = DAY_NONE, .died_on = DAY_NONE
	};
	l->by_person[l->n++] = d;
	return d;
}

static int read_persons(struct dossier_load *l)
{
	struct stmt *s;
	int rc = ask(l, SQL_DOSSIER_PERSON_STAGED, SQL_DOSSIER_PERSON_RANGE, EXTRA_NONE, &s);

	if (rc < 0)
		return rc;
	while ((rc = stmt_step(s)) == 1) {
		int64_t id = stmt_col_int(s, 0);
		struct dossier *d = l->all ? add_person(l, id) : dossier_of(l, id);

		BUG_IF(!d);
		dossier_read_person(l, s, d);
	}
	stmt_reset(s);
	return rc;
}

static void read_membership(struct dossier_load *l, struct stmt *s, void *item)
{
	*(struct dossier_membership *)item =
		(struct dossier_membership){ .category = text_col(l, s, 1),
			.certified = stmt_col_day(s, 2),
			.ended = stmt_col_day(s, 3),
			.department = text_col(l, s, 4) };
}

static void give_memberships(struct dossier *d, const void *items, size_t n)
{
	d->memberships = items;
	d->n_memberships = n;
}

static void read_coverage(struct dossier_load *l, struct stmt *s, void *item)
{
	*(struct dossier_coverage *)item = (struct dossier_coverage){ .scheme = text_col(l, s, 1),
		.since = stmt_col_day(s, 2),
		.ended = stmt_col_day(s, 3),
		.months = stmt_col_null(s, 4) ? -1 : stmt_col_int(s, 4) };
}

static void give_coverages(struct dossier *d, const void *items, size_t n)
{
	d->coverages = items;
	d->n_coverages = n;
}

static void read_circumstance(struct dossier_load *l, struct stmt *s, void *item)
{
	*(struct dossier_circumstance *)item =
		(struct dossier_circumstance){ .kind = text_col(l, s, 1),
			.happened = stmt_col_day(s, 2),
			.months = stmt_col_int(s, 3) };
}

static void give_circumstances(struct dossier *d, const void *items, size_t n)
{
	d->circumstances = items;
	d->n_circumstances = n;
}

/* Tables that hold many: their rows come in order of persons. */
static const struct many {
	enum sql_id staged, range;
	size_t size;
	void (*read)(struct dossier_load *l, struct stmt *s, void *item);
	void (*give)(struct dossier *d, const void *items, size_t n);
} manies[] = {
	{ SQL_DOSSIER_MEMBERSHIP_STAGED, SQL_DOSSIER_MEMBERSHIP_RANGE,
		sizeof(struct dossier_membership), read_membership, give_memberships },
	{ SQL_DOSSIER_COVERAGE_STAGED, SQL_DOSSIER_COVERAGE_RANGE, sizeof(struct dossier_coverage),
		read_coverage, give_coverages },
	{ SQL_DOSSIER_CIRCUMSTANCE_STAGED, SQL_DOSSIER_CIRCUMSTANCE_RANGE,
		sizeof(struct dossier_circumstance), read_circumstance, give_circumstances },
};

/* The items of one person, gathered until the next begins. */
struct gathered {
	struct dossier *of; /* NULL: nobody yet */
	char *items;
	size_t n, cap;
};

static int hand_over(struct dossier_load *l, const struct many *q, struct gathered *g)
{
	void *own;

	if (!g->of || g->n == 0)
		return 0;
	own = arena_alloc(l->a, g->n * q->size);
	if (!own)
		return FAULT_MEMORY;
	memcpy(own, g->items, g->n * q->size);
	q->give(g->of, own, g->n);
	g->n = 0;
	return 0;
}

static int gather(struct dossier_load *l, const struct many *q, struct stmt *s, struct gathered *g)
{
	struct dossier *d = dossier_of(l, stmt_col_int(s, 0));
	char *more;
	int rc = d == g->of ? 0 : hand_over(l, q, g);

	if (rc < 0 || !d)
		return rc;
	g->of = d;
	more = arena_grow(l->a, g->items, g->n, &g->cap, q->size);
	if (!more)
		return FAULT_MEMORY;
	g->items = more;
	q->read(l, s, g->items + g->n++ * q->size);
	return 0;
}

static int read_many(struct dossier_load *l, const struct many *q)
{
	struct gathered g = { 0 };
	struct stmt *s;
	int rc = ask(l, q->staged, q->range, EXTRA_NONE, &s);

	if (rc < 0)
		return rc;
	while ((rc = stmt_step(s)) == 1) {
		rc = gather(l, q, s, &g);
		if (rc < 0)
			break;
	}
	stmt_reset(s);
	return rc < 0 ? rc : hand_over(l, q, &g);
}

/* Those found by their documents came with all columns. */
static bool persons_read(const struct dossier_load *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (!l->by_person[i]->doc_kind.p)
			return false;
	return !l->all;
}

int dossier_read_all(struct dossier_load *l)
{
	int rc = persons_read(l) ? 0 : read_persons(l);

	for (size_t i = 0; rc == 0 && i < ARRAY_LEN(singles); i++)
		rc = read_single(l, &singles[i]);
	for (size_t i = 0; rc == 0 && i < ARRAY_LEN(manies); i++)
		rc = read_many(l, &manies[i]);
	return rc == 0 && l->bad ? FAULT_MEMORY : rc;
}
