/* SPDX-License-Identifier: Apache-2.0 */
/* Who pays what, when and through which channel.  Prices are the engine's own (decide_enrol on
 * the pack); what goes wrong with payments is drawn here. */
#ifndef CANBAO_DOORS_DEMO_PAY_H
#define CANBAO_DOORS_DEMO_PAY_H

#include "doors/demo/world.h"

/* X(name, code, may be credited).  What a line of a payment file is. */
#define PAY_KINDS(X) \
	X(GOOD, "good", true)                 /* the right amount in time */ \
	X(CIRCUMSTANCE, "circumstance", true) /* after the window, with a reason on file */ \
	X(WRONG, "wrong_amount", false) \
	X(SECOND, "second_payment", false)  /* the person has paid already */ \
	X(REPEATED, "repeated_line", false) /* the same line again: no second effect */ \
	X(LATE, "after_window", false) \
	X(UNKNOWN, "unknown_person", false) \
	X(EMPLOYEE, "employee_insured", false) /* owes nothing here */ \
	X(NOTHING_DUE, "nothing_due", false)   /* fully subsidised */

enum pay_kind {
#define X(name, code, credited) PAY_##name,
	PAY_KINDS(X)
#undef X
		PAY_KIND_COUNT
};
const char *pay_code(enum pay_kind k);

struct payment {
	enum pay_kind kind;
	size_t member; /* of the household */
	day_t on;
	int second; /* of the day */
	size_t channel;
	int64_t fen;
	bool together; /* part of the household's one order */
};

#define PAYMENTS_MAX (HOUSEHOLD_MAX * 2)

struct pay_plan {
	struct payment items[PAYMENTS_MAX];
	size_t n;
	struct {
		bool funded;      /* nothing to pay, enrolled by the bureau */
		day_t paid_on;    /* of the good payment; DAY_NONE */
		int circumstance; /* enum circumstance, -1 */
		day_t happened;
	} members[HOUSEHOLD_MAX];
};

/* Days of the window by how many people pay on them. */
struct pay_calendar {
	day_t first;
	size_t days;
	uint32_t *upto; /* cumulative weights, in an arena */
};
MUST_USE int pay_calendar_init(
	struct pay_calendar *c, struct arena *a, const struct world *w, struct err *err);
void pay_plan_make(const struct world *w, const struct pay_calendar *c, const struct household *h,
	struct pay_plan *ret);

#endif
