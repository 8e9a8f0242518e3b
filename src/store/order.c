/* SPDX-License-Identifier: Apache-2.0 */
#include "store/order.h"

#include "store/bind.h"

static int ask(
	struct db *db, enum sql_id id, int64_t county, struct str number, struct stmt **ret_stmt)
{
	int rc = db_stmt(db, id, ret_stmt);

	if (rc < 0)
		return rc;
	stmt_int(*ret_stmt, 1, county);
	stmt_text(*ret_stmt, 2, number);
	return 0;
}

static int add_line(struct db *db, int64_t county, struct str number, const struct order_line *l)
{
	struct stmt *s;
	int rc = ask(db, SQL_PAY_ORDER_LINE_ADD, county, number, &s);

	if (rc < 0)
		return rc;
	BUG_IF(l->person <= 0 || l->fen <= 0);
	stmt_int(s, 3, l->line);
	stmt_int(s, 4, l->person);
	stmt_int(s, 5, l->fen);
	return stmt_done(s);
}

int order_add(struct db *db, int64_t county, int64_t audit, const struct order *o,
	const struct order_line *lines, size_t n)
{
	int64_t sum = 0;
	struct stmt *s;
	int rc = ask(db, SQL_PAY_ORDER_ADD, county, o->number, &s);

	BUG_IF(n == 0 || n > ORDER_LINES_MAX || o->number.n > ORDER_NUMBER_MAX);
	for (size_t i = 0; i < n; i++)
		sum += lines[i].fen;
	BUG_IF(sum != o->fen);
	if (rc < 0)
		return rc;
	stmt_text(s, 3, o->policy);
	stmt_text(s, 4, o->channel);
	stmt_int(s, 5, o->fen);
	stmt_int(s, 6, o->made_at);
	stmt_int(s, 7, o->expires_at);
	stmt_int(s, 8, audit);
	rc = stmt_done(s);
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = add_line(db, county, o->number, &lines[i]);
	return rc;
}

int order_find(
	struct db *db, struct arena *a, int64_t county, struct str number, struct order *ret_order)
{
	struct stmt *s;
	int rc = ask(db, SQL_PAY_ORDER_BY_NUMBER, county, number, &s);

	if (rc < 0)
		return rc;
	rc = stmt_step(s);
	if (rc == 1)
		*ret_order = (struct order){ .number = arena_str(a, number),
			.policy = stmt_col_text_in(s, a, 0),
			.channel = stmt_col_text_in(s, a, 1),
			.fen = stmt_col_int(s, 2),
			.state = stmt_col_text_in(s, a, 3),
			.made_at = stmt_col_int(s, 4),
			.expires_at = stmt_col_int(s, 5),
			.paid_at = stmt_col_int_or_zero(s, 6),
			.serial = stmt_col_text_in(s, a, 7) };
	stmt_reset(s);
	return rc;
}

static void read_line(struct stmt *s, struct arena *a, struct order_line *l)
{
	*l = (struct order_line){ .line = stmt_col_int(s, 0),
		.person = stmt_col_int(s, 1),
		.name = stmt_col_text_in(s, a, 2),
		.fen = stmt_col_int(s, 3),
		.payment = stmt_col_int_or_zero(s, 4),
		.payment_state = stmt_col_text_in(s, a, 5),
		.reason = stmt_col_text_in(s, a, 6),
		.receipt_series = stmt_col_text_in(s, a, 7),
		.receipt = stmt_col_int_or_zero(s, 8),
		.benefit_from = stmt_col_day(s, 9),
		.benefit_to = stmt_col_day(s, 10),
		.category = stmt_col_text_in(s, a, 11),
		.subsidy_fen = stmt_col_int_or_zero(s, 12),
		.benefit_year = stmt_col_null(s, 13) ? 0 : (int)stmt_col_int(s, 13) };
}

int order_lines(struct db *db, struct arena *a, int64_t county, struct str number, int benefit_year,
	struct order_line **ret_lines, size_t *ret_n)
{
	struct order_line *items = ARENA_ARRAY(a, struct order_line, ORDER_LINES_MAX);
	struct stmt *s;
	size_t n = 0;
	int rc = items ? ask(db, SQL_PAY_ORDER_LINES, county, number, &s) : FAULT_MEMORY;

	if (rc < 0)
		return rc;
	stmt_int(s, 3, benefit_year);
	while (n < ORDER_LINES_MAX && (rc = stmt_step(s)) == 1)
		read_line(s, a, &items[n++]);
	stmt_reset(s);
	if (rc < 0)
		return rc;
	*ret_lines = items;
	*ret_n = n;
	return 0;
}

int order_paid(struct db *db, int64_t county, int64_t audit, struct str number, int64_t paid_at,
	struct str serial)
{
	struct stmt *s;
	int rc = ask(db, SQL_PAY_ORDER_PAID, county, number, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 3, paid_at);
	stmt_text(s, 4, serial);
	stmt_int(s, 5, audit);
	return stmt_done(s);
}

int order_line_paid(struct db *db, int64_t county, struct str number, int64_t line, int64_t payment)
{
	struct stmt *s;
	int rc = ask(db, SQL_PAY_ORDER_LINE_PAID, county, number, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 3, line);
	stmt_int(s, 4, payment);
	return stmt_done(s);
}

int order_serial_find(struct db *db, struct arena *a, int64_t county, struct str channel,
	struct str serial, struct str first_part, struct order_serial *ret_serial)
{
	struct stmt *s;
	int rc = ask(db, SQL_PAY_ORDER_SERIAL, county, channel, &s);

	if (rc < 0)
		return rc;
	stmt_text(s, 3, serial);
	stmt_text(s, 4, first_part);
	rc = stmt_step(s);
	if (rc == 1)
		*ret_serial = (struct order_serial){ .payment = stmt_col_int(s, 0),
			.fen = stmt_col_int(s, 1),
			.paid_at = stmt_col_int(s, 2),
			.payer_ref = stmt_col_blob_in(s, a, 3),
			.serial = stmt_col_text_in(s, a, 4) };
	stmt_reset(s);
	return rc;
}

int order_of_payment(struct db *db, struct arena *a, int64_t county, int64_t person,
	int64_t payment, struct str *ret_number)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_PAY_ORDER_OF_PAYMENT, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, person);
	stmt_int(s, 3, payment);
	rc = stmt_step(s);
	if (rc == 1)
		*ret_number = stmt_col_text_in(s, a, 0);
	stmt_reset(s);
	return rc;
}
