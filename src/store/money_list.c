/* SPDX-License-Identifier: Apache-2.0 */
#include "store/money_list.h"

#include "store/bind.h"
#include "store/way.h"

int waiting_by_reason(struct db *db, struct arena *a, const struct scope_bind *scope,
	struct str policy, struct waiting_sum **ret_items, size_t *ret_n)
{
	struct waiting_sum *items = NULL;
	size_t n = 0, cap = 0;
	struct stmt *s;
	int rc = db_stmt(db, SQL_WAITING_BY_REASON_WITHIN, &s);

	if (rc < 0)
		return rc;
	scope_bind(s, scope);
	stmt_text(s, 7, policy);
	while ((rc = stmt_step(s)) == 1) {
		struct waiting_sum *more = arena_grow(a, items, n, &cap, sizeof(*more));

		if (!more) {
			rc = FAULT_MEMORY;
			break;
		}
		items = more;
		items[n++] = (struct waiting_sum){ stmt_col_text_in(s, a, 0), stmt_col_int(s, 1),
			stmt_col_int(s, 2) };
	}
	stmt_reset(s);
	if (rc < 0)
		return rc;
	*ret_items = items;
	*ret_n = n;
	return 0;
}

static void text_any(struct stmt *s, int i, struct str v)
{
	stmt_text(s, i, v.p ? v : STR(""));
}

static void read_payment(struct stmt *s, struct arena *a, struct payment_line *l)
{
	*l = (struct payment_line){ .person = stmt_col_int_or_zero(s, 9),
		.name = stmt_col_text_in(s, a, 10) };
	l->pay = (struct explain_payment){ .id = stmt_col_int(s, 0),
		.channel = stmt_col_text_in(s, a, 1),
		.serial = stmt_col_text_in(s, a, 2),
		.fen = stmt_col_int(s, 3),
		.paid_at = stmt_col_int(s, 4),
		.state = stmt_col_text_in(s, a, 5),
		.reason = stmt_col_text_in(s, a, 6),
		.receipt_series = stmt_col_text_in(s, a, 7),
		.receipt = stmt_col_int_or_zero(s, 8) };
}

/* A page on its way. */
struct paging {
	struct db *db;
	struct arena *a;
	const struct scope_bind *scope;
	const struct payment_filter *f;
	struct payment_line *items;
	size_t n, max;
};

/* The rows of one statement between two ids, neither included. */
static int payments_between(struct paging *p, enum sql_id id, int64_t above, int64_t below)
{
	const struct payment_filter *f = p->f;
	struct stmt *s;
	int rc = db_stmt(p->db, id, &s);

	if (rc < 0)
		return rc;
	scope_bind(s, p->scope);
	stmt_int(s, 7, below);
	stmt_text(s, 8, f->policy);
	text_any(s, 9, f->channel);
	stmt_int(s, 10, f->from);
	stmt_int(s, 11, f->until);
	text_any(s, 12, f->state);
	stmt_int(s, 13, f->division);
	stmt_int(s, 14, above);
	stmt_int(s, 15, (int64_t)(p->max - p->n));
	while (p->n < p->max && (rc = stmt_step(s)) == 1)
		read_payment(s, p->a, &p->items[p->n++]);
	stmt_reset(s);
	return rc < 0 ? rc : 0;
}

/* Window by window until the page is full, or enough was looked at.  `edge`: all up to it was. */
static int payments_falling(struct paging *p, int64_t edge, int64_t *ret_next)
{
	int64_t stop = edge - PAYMENT_IDS_MAX;
	int rc = 0;

	while (rc == 0 && p->n < p->max && edge > 1 && edge > stop) {
		int64_t low = edge > PAYMENT_WINDOW ? edge - PAYMENT_WINDOW : 1;

		rc = payments_between(p, SQL_PAYMENT_PAGE_WITHIN, low - 1, edge);
		edge = low;
	}
	if (rc == 0)
		*ret_next = edge > 1 ? edge : 0;
	return rc;
}

static int payments_rising(struct paging *p, int64_t edge, int64_t last, int64_t *ret_next)
{
	int64_t stop = edge + PAYMENT_IDS_MAX;
	int rc = 0;

	while (rc == 0 && p->n < p->max && edge < last && edge < stop) {
		int64_t high = last - edge > PAYMENT_WINDOW ? edge + PAYMENT_WINDOW : last;

		rc = payments_between(p, SQL_PAYMENT_PAGE_OLDEST_WITHIN, edge, high + 1);
		edge = high;
	}
	if (rc == 0)
		*ret_next = edge < last ? edge : 0;
	return rc;
}

static int newest(struct db *db, int64_t county, int64_t *ret_id)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_PAYMENT_LAST, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	rc = stmt_one_int(s, ret_id);
	return rc < 0 ? rc : 0;
}

static int payments_in_windows(struct paging *p, int64_t from, int64_t *ret_next)
{
	int64_t last = 0;
	int rc = from == 0 || p->f->rising ? newest(p->db, p->scope->county, &last) : 0;

	if (rc < 0)
		return rc;
	if (p->f->rising)
		return payments_rising(p, from, last, ret_next);
	return payments_falling(p, from ? from : last + 1, ret_next);
}

/* The way in that leaves the fewest to look at; SQL_COUNT: none, window by window. */
static enum sql_id payments_by(const struct scope_bind *scope, const struct payment_filter *f)
{
	if (scope->school.p)
		return f->rising ? SQL_PAYMENT_SCHOOL_OLDEST_WITHIN : SQL_PAYMENT_SCHOOL_WITHIN;
	if (f->village)
		return f->rising ? SQL_PAYMENT_VILLAGE_OLDEST_WITHIN : SQL_PAYMENT_VILLAGE_WITHIN;
	if (f->state.p && str_is(f->state, "suspense"))
		return f->rising ? SQL_PAYMENT_SUSPENSE_OLDEST_WITHIN : SQL_PAYMENT_SUSPENSE_WITHIN;
	return SQL_COUNT;
}

int payment_page(struct db *db, struct arena *a, const struct scope_bind *scope,
	const struct payment_filter *f, int64_t from, size_t max, struct payment_line **ret_items,
	size_t *ret_n, int64_t *ret_next)
{
	struct paging p = { .db = db, .a = a, .scope = scope, .f = f, .max = max };
	const struct way way = { from, f->rising };
	enum sql_id id = payments_by(scope, f);
	int64_t next = 0;
	int rc;

	BUG_IF(max == 0 || from < 0);
	p.items = ARENA_ARRAY(a, struct payment_line, max);
	if (!p.items)
		return FAULT_MEMORY;
	if (id == SQL_COUNT)
		rc = payments_in_windows(&p, from, &next);
	else
		rc = payments_between(&p, id, way_above(way), way_below(way));
	if (rc < 0)
		return rc;
	if (p.n == max)
		next = p.items[max - 1].pay.id;
	*ret_items = p.items;
	*ret_n = p.n;
	*ret_next = next;
	return 0;
}

/* The way in that leaves the fewest to look at. */
static enum sql_id bills_by(const struct scope_bind *scope, const struct bill_filter *f)
{
	if (scope->school.p)
		return f->falling ? SQL_BILL_SCHOOL_LAST_WITHIN : SQL_BILL_SCHOOL_WITHIN;
	if (f->village)
		return f->falling ? SQL_BILL_VILLAGE_LAST_WITHIN : SQL_BILL_VILLAGE_WITHIN;
	if (f->category.p)
		return f->falling ? SQL_BILL_CATEGORY_LAST_WITHIN : SQL_BILL_CATEGORY_WITHIN;
	/* Hardly any are withdrawn: quicker found than a town's people. */
	if (f->division && !(f->state.p && str_is(f->state, "withdrawn")))
		return f->falling ? SQL_BILL_TOWN_LAST_WITHIN : SQL_BILL_TOWN_WITHIN;
	if (f->state.p)
		return f->falling ? SQL_BILL_STATE_LAST_WITHIN : SQL_BILL_STATE_WITHIN;
	return f->falling ? SQL_BILL_PAGE_LAST_WITHIN : SQL_BILL_PAGE_WITHIN;
}

static void read_bill(struct stmt *s, struct arena *a, struct bill_line *l)
{
	*l = (struct bill_line){ .person = stmt_col_int(s, 0),
		.name = stmt_col_text_in(s, a, 1),
		.village = stmt_col_text_in(s, a, 2),
		.state = stmt_col_text_in(s, a, 3),
		.route = stmt_col_text_in(s, a, 4),
		.category = stmt_col_text_in(s, a, 5),
		.standard_fen = stmt_col_int(s, 6),
		.subsidy_fen = stmt_col_int(s, 7),
		.payable_fen = stmt_col_int(s, 8),
		.payer = stmt_col_text_in(s, a, 9),
		.fund = stmt_col_text_in(s, a, 10),
		.assessed_on = stmt_col_day(s, 11) };
}

int bill_page(struct db *db, struct arena *a, const struct scope_bind *scope,
	const struct bill_filter *f, int64_t after, size_t max, struct bill_line **ret_items,
	size_t *ret_n)
{
	struct bill_line *items = ARENA_ARRAY(a, struct bill_line, max ? max : 1);
	const struct way way = { after, !f->falling };
	size_t n = 0;
	struct stmt *s;
	int rc = items ? db_stmt(db, bills_by(scope, f), &s) : FAULT_MEMORY;

	if (rc < 0)
		return rc;
	scope_bind(s, scope);
	stmt_int(s, 7, way_above(way));
	stmt_text(s, 8, f->policy);
	text_any(s, 9, f->state);
	text_any(s, 10, f->category);
	stmt_int(s, 11, f->division);
	stmt_int(s, 12, (int64_t)max);
	stmt_int(s, 13, way_below(way));
	while (n < max && (rc = stmt_step(s)) == 1)
		read_bill(s, a, &items[n++]);
	stmt_reset(s);
	if (rc < 0)
		return rc;
	*ret_items = items;
	*ret_n = n;
	return 0;
}
