/* SPDX-License-Identifier: Apache-2.0 */
/* The engine: who may enrol on a day, by which route, at what price, who pays, covered from when;
 * and what money goes back.  Pure, allocation-free, safe to call from many threads. */
#ifndef CANBAO_RULES_DECIDE_H
#define CANBAO_RULES_DECIDE_H

#include "rules/pack.h"

#define RULING_BASES_MAX 12
#define RULING_CITES_MAX (RULING_BASES_MAX * BASIS_CITES_MAX)

/* One membership of a category.  Active on `d` when certified <= d and (no end or d < ended). */
struct holding {
	day_t certified;
	day_t ended;      /* first day without; DAY_NONE: still held.  Never before `certified`. */
	uint8_t category; /* index into pack->categories */
};

/* One circumstance a person brings. */
struct happening {
	day_t on; /* day of the event; DAY_NONE for kinds without one */
	int32_t months;
	uint8_t kind; /* enum circumstance */
	bool first;
};

/* What is known of a person on the day of payment.  Borrowed arrays; 64 bytes, made for batches. */
struct facts {
	day_t on, birth;      /* birth <= on */
	day_t resident_since; /* DAY_NONE: unknown */
	uint16_t n_holdings, n_happenings;
	const struct holding *holdings;
	const struct happening *happenings;
	bool registered;  /* 户籍 here */
	bool resident;    /* 常住 here */
	uint8_t document; /* enum document_kind */
	uint8_t student;  /* enum student_level, STUDENT_NONE */
	bool student_here;
	bool employee_insured;
	bool town_extended;
	bool working;
	uint8_t tier;                         /* index, 0: the pack's first */
	uint8_t pay_years;                    /* 0: the pack's own default */
	uint8_t missed_years, repaired_years; /* repaired <= missed */
};

enum ruling_decision { RULING_ENROL, RULING_REFUSE };

struct ruling {
	enum ruling_decision decision;
	enum refusal refusal; /* RULING_REFUSE only */
	int8_t route;         /* index */
	int8_t category;      /* index of the one whose subsidy is applied, -1: none above 0 */
	int8_t fund;          /* enum fund, -1: none */
	uint8_t payer;        /* enum payer */
	uint8_t tier, years;
	struct money standard, subsidy, payable; /* standard - subsidy == payable, each >= 0 */
	day_t benefit_from, benefit_to;
	/* The days on which this same ruling holds as far as the facts tell: the route's window
	 * cut at the days on which its category ends, its term closes or the pack's subsidy rule
	 * changes.  Contains `on`. */
	day_t pay_from, pay_to;
	uint8_t n_bases;
	uint16_t bases[RULING_BASES_MAX]; /* into pack->bases, what decided, most important first */
};

/* Decide an enrolment.  `f` must be consistent (dates ordered, indexes inside the pack). */
void decide_enrol(const struct pack *p, const struct facts *f, struct ruling *ret_ruling);

/* What is asked back and why. */
struct refund_facts {
	day_t on, paid_on, died; /* died: DAY_NONE unless reason is death */
	enum refund_reason reason;
	struct money paid;
	uint32_t evidence; /* bit mask of enum refund_evidence */
	bool subsidised_before;
	uint16_t n_holdings;
	const struct holding *holdings;
};

enum refund_decision { REFUND_PAY, REFUND_REIMBURSE, REFUND_REFUSE };

struct refund_ruling {
	enum refund_decision decision;
	enum refund_refusal refusal; /* REFUND_REFUSE only */
	struct money amount;         /* above 0 unless refused */
	int8_t category;             /* the newly certified one, -1 */
	day_t month;                 /* REFUND_REIMBURSE: first day of the month it is paid in */
	uint8_t n_bases;
	uint16_t bases[RULING_BASES_MAX];
};

void decide_refund(
	const struct pack *p, const struct refund_facts *f, struct refund_ruling *ret_ruling);

/* The clauses and readings of several bases, each once, in order.  Never both empty for a
 * ruling. */
struct cites {
	uint8_t n_cites, n_readings;
	uint16_t cites[RULING_CITES_MAX];   /* into pack->cites */
	uint8_t readings[RULING_CITES_MAX]; /* into pack->readings */
};
void ruling_cites(const struct pack *p, const uint16_t *bases, size_t n, struct cites *ret_cites);

/* Is the holding active on `day`? */
static inline bool holding_active(const struct holding *h, day_t day)
{
	return h->certified <= day && (h->ended == DAY_NONE || day < h->ended);
}

/* The part of a subsidy each fund pays, funds in the category's order; the last takes the rounding.
 * Returns how many (1 unless the pack names several payers; 0 when there is no subsidy). */
size_t subsidy_split(const struct pack *p, int category, struct money subsidy, uint8_t ret_fund[4],
	struct money ret_part[4]);

/* What a population costs. */
#define COST_TOWNS_MAX 512
struct cost {
	int64_t persons, enrolled, refused;
	int64_t payable_fen;                 /* what people pay */
	int64_t institution_fen;             /* what institutions pay */
	int64_t by_fund_fen[FUND_COUNT + 1]; /* subsidies by who pays them; the last: not stated */
	int64_t fiscal_fen; /* fiscal standard of everybody enrolled (not on full-cost routes) */
};
/* Decide `n` people and add them up, as a whole and by town (towns[i] < n_towns).  `ret_total` and
 * `ret_towns` are added to, so parts of a population may be done apart.  No allocation. */
void cost_add(const struct pack *p, const struct facts *people, const uint16_t *towns, size_t n,
	size_t n_towns, struct cost *ret_total, struct cost *ret_towns);

/* Add what one person's ruling costs. */
void cost_add_ruling(const struct pack *p, const struct ruling *r, struct cost *ret_cost);
/* Add one cost to another. */
void cost_sum(struct cost *to, const struct cost *from);

/* Run the pack's worked examples (例).  Reports each that does not come out into `d`; returns how
 * many ran.  pack_load() calls it. */
size_t pack_check_examples(const struct pack *p, struct diags *d);

#endif
