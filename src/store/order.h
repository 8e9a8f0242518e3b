/* SPDX-License-Identifier: Apache-2.0 */
/* Orders (订单): one payment by a channel for one or several people of a visit.  An order is not
 * money: what a channel says was paid is in `payment`. */
#ifndef CANBAO_STORE_ORDER_H
#define CANBAO_STORE_ORDER_H

#include "base/arena.h"
#include "base/day.h"
#include "store/db.h"

#define ORDER_NUMBER_MAX 64
#define ORDER_LINES_MAX 8

struct order {
	struct str number, policy, channel;
	struct str state;  /* open, paid, closed */
	struct str serial; /* the channel's own, {NULL,0} until paid */
	int64_t fen, made_at, expires_at;
	int64_t paid_at; /* 0: not paid */
};

struct order_line {
	int64_t line, person, fen;
	struct str name;          /* as the register has it */
	int64_t payment;          /* 0: not paid */
	struct str payment_state; /* posted, suspense; {NULL,0}: not paid */
	struct str reason;        /* suspense, acts/take_payment.h */
	struct str receipt_series;
	int64_t receipt; /* 0: none */
	int benefit_year;
	day_t benefit_from, benefit_to; /* DAY_NONE: not enrolled by this payment */
	struct str category;
	int64_t subsidy_fen;
};

/* Store an open order and its lines (line, person, fen). */
MUST_USE int order_add(struct db *db, int64_t county, int64_t audit, const struct order *o,
	const struct order_line *lines, size_t n);
/* 1 and *ret_order, 0, or a fault.  Texts live in `a`. */
MUST_USE int order_find(
	struct db *db, struct arena *a, int64_t county, struct str number, struct order *ret_order);
/* At most ORDER_LINES_MAX, in order, with what became of each in `benefit_year`. */
MUST_USE int order_lines(struct db *db, struct arena *a, int64_t county, struct str number,
	int benefit_year, struct order_line **ret_lines, size_t *ret_n);
/* The order is paid: when, and the channel's serial. */
MUST_USE int order_paid(struct db *db, int64_t county, int64_t audit, struct str number,
	int64_t paid_at, struct str serial);
MUST_USE int order_line_paid(
	struct db *db, int64_t county, struct str number, int64_t line, int64_t payment);

/* Money that a channel told of before under this serial. */
struct order_serial {
	int64_t payment, fen, paid_at;
	struct str payer_ref, serial;
};
/* 1, 0 or a fault.  `first_part` is the serial of the first of several parts. */
MUST_USE int order_serial_find(struct db *db, struct arena *a, int64_t county, struct str channel,
	struct str serial, struct str first_part, struct order_serial *ret_serial);
/* 1 and the number of the order by which `payment` of `person` came, 0 when by none. */
MUST_USE int order_of_payment(struct db *db, struct arena *a, int64_t county, int64_t person,
	int64_t payment, struct str *ret_number);

#endif
