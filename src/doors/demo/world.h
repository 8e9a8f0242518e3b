/* SPDX-License-Identifier: Apache-2.0 */
/* The made-up county: its places, its calendar, its people one household after another. */
#ifndef CANBAO_DOORS_DEMO_WORLD_H
#define CANBAO_DOORS_DEMO_WORLD_H

#include "base/arena.h"
#include "base/err.h"
#include "doors/demo/names.h"
#include "doors/demo/number.h"
#include "doors/demo/profile.h"
#include "rules/decide.h"

#define HOUSEHOLD_MAX 8
#define HOLDINGS_A_PERSON 6

struct village {
	int64_t code; /* 12 digits */
	uint16_t town;
	char name[NAME_BYTES], officer[NAME_BYTES], phone[12];
	int64_t quota; /* persons to insure, from the first village on (cumulative) */
};

struct town {
	const struct town_profile *profile;
	struct str name, aliases, report_to;
	struct str brief; /* how people write it for short, or the name */
	size_t first_village, n_villages;
	int64_t quota;         /* persons to insure */
	uint16_t pay_permille; /* of those who owe, how many pay */
	/* Filled while the people are made. */
	int64_t insurable, registered, resident;
};

struct world {
	const struct county_profile *profile;
	const struct pack *pack;
	uint64_t seed;
	bool messy;
	int64_t people; /* persons to insure: everybody outside employee insurance */
	day_t as_of;    /* day of the register and of the first lists */
	day_t monthly;  /* day of the later list */
	struct str county_name, county_aliases;
	struct town *towns;
	size_t n_towns;
	struct village *villages;
	size_t n_villages;
};

enum relation {
	REL_HEAD,
	REL_WIFE,
	REL_HUSBAND,
	REL_SON,
	REL_DAUGHTER,
	REL_FATHER,
	REL_MOTHER,
	REL_COUNT
};
const char *relation_word(enum relation r);

/* What is wrong with a person's row of the register. */
enum slip {
	SLIP_NONE,
	/* the row comes back: */
	SLIP_CHECK,   /* one digit mistyped */
	SLIP_BLANK,   /* no number */
	SLIP_RUINED,  /* 6.20721E+17 */
	SLIP_DATE,    /* a birth date that does not exist */
	SLIP_VILLAGE, /* a village nobody knows */
	SLIP_TWICE,   /* a second row of the same person; the first is good */
	/* the row is taken all the same: */
	SLIP_WIDE, /* full-width digits */
	SLIP_LOWER_X,
	SLIP_SPACES,
	SLIP_FIFTEEN,   /* a 15-digit number */
	SLIP_DATE_FORM, /* 1990/1/2 */
	SLIP_BRIEF,     /* the town's short name */
	SLIP_VARIANT,   /* 蔵 for 藏 in the town's name */
	SLIP_DOT,       /* another middle dot in the name */
	SLIP_COUNT
};
const char *slip_code(enum slip s);
static inline bool slip_rejects(enum slip s)
{
	return s >= SLIP_CHECK && s <= SLIP_TWICE;
}

struct resident {
	uint32_t index; /* running number of the person in the county */
	char name[NAME_BYTES];
	char number[NUMBER_BYTES];
	enum document_kind kind;
	bool female;
	enum nation nation;
	enum relation relation;
	day_t birth;
	int age; /* on world.as_of */
	bool registered, resident;
	bool employee;   /* in employee insurance */
	bool elsewhere;  /* in residents' insurance of another place */
	uint8_t student; /* enum student_level */
	bool student_here;
	enum slip slip;
	struct holding holdings[HOLDINGS_A_PERSON];
	size_t n_holdings;
};

struct household {
	uint32_t index;
	size_t village;
	bool outsiders; /* registered elsewhere, living here with permits */
	size_t n;
	struct resident members[HOUSEHOLD_MAX];
};

/* A row the register sends back: that person appears in no other file but the corrections. */
static inline bool resident_withheld(const struct resident *p)
{
	return slip_rejects(p->slip) && p->slip != SLIP_TWICE;
}

/* Places and calendar; everything lives in `a`. */
MUST_USE int world_init(struct world *w, struct arena *a, const struct county_profile *profile,
	const struct pack *pack, int64_t people, uint64_t seed, bool messy, struct err *err);

/* Chance in a million, raised so that even a small county sees about `least` cases. */
uint32_t world_ppm(const struct world *w, uint32_t ppm, unsigned least);

/* One walk through all households, always the same for one world. */
struct walk {
	struct world *world;
	struct numbers numbers;
	uint32_t household, person;
	size_t village;
	int64_t insurable;
};
MUST_USE int walk_begin(struct walk *k, struct world *w, struct err *err);
/* False when everybody was seen. */
bool walk_next(struct walk *k, struct household *ret);
void walk_end(struct walk *k);

/* belong.c: who is in employee insurance, at school, on which list. */
void belong(const struct world *w, struct household *h);
/* Draw a category for somebody who was on no list before; -1 when the pack has none that fits. */
int belong_new_category(const struct world *w, struct rng *r);
/* The department (index) whose list a category stands on. */
int category_department(const struct pack *p, int category);

/* slip.c */
void slip_draw(const struct world *w, const struct household *h, struct resident *p);

#endif
