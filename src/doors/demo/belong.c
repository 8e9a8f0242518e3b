/* SPDX-License-Identifier: Apache-2.0 */
/* Who is in employee insurance, who goes to school, who is on which department's list.  Shares are
 * plausible, codes are the contract's; those the pack does not know fall away. */
#include <string.h>

#include "doors/demo/world.h"

enum scope { A_HOUSEHOLD, A_PERSON, AN_ELDER_ALONE, A_CHILD };

static const struct share {
	const char *code;
	enum scope scope;
	uint32_t ppm;
	int age_from, age_to;
	signed char seat; /* 1: only in the county's seat, 0: only outside it, -1: anywhere */
} shares[] = {
	{ "extreme_poverty", AN_ELDER_ALONE, 260000, 60, 120, -1 },
	{ "orphan", A_CHILD, 1500, 0, 17, -1 },
	{ "unattended_child", A_CHILD, 2000, 0, 17, -1 },
	{ "rural_dibao_1", A_HOUSEHOLD, 7000, 0, 120, 0 },
	{ "rural_dibao_2", A_HOUSEHOLD, 13000, 0, 120, 0 },
	{ "rural_dibao_3", A_HOUSEHOLD, 15000, 0, 120, 0 },
	{ "rural_dibao_4", A_HOUSEHOLD, 12000, 0, 120, 0 },
	{ "urban_dibao_full", A_HOUSEHOLD, 6000, 0, 120, 1 },
	{ "urban_dibao_partial", A_HOUSEHOLD, 18000, 0, 120, 1 },
	{ "dibao", A_HOUSEHOLD, 52000, 0, 120, -1 },
	{ "dibao_edge", A_HOUSEHOLD, 6000, 0, 120, -1 },
	{ "family_planning_one_child", A_HOUSEHOLD, 8000, 0, 120, -1 },
	{ "family_planning_two_daughters", A_HOUSEHOLD, 5000, 0, 120, 0 },
	{ "family_planning_hardship", A_HOUSEHOLD, 800, 0, 120, -1 },
	{ "key_entitled", A_PERSON, 16000, 55, 120, -1 },
	{ "severe_disability", A_PERSON, 12000, 0, 120, -1 },
	{ "hardship_veteran", A_PERSON, 1500, 40, 120, -1 },
	{ "returned_to_poverty", A_HOUSEHOLD, 800, 0, 120, -1 },
	{ "unstable_lifted", A_HOUSEHOLD, 6000, 0, 120, -1 },
	{ "marginal_at_risk", A_HOUSEHOLD, 5000, 0, 120, -1 },
	{ "sudden_hardship", A_HOUSEHOLD, 4500, 0, 120, -1 },
	{ "stable_lifted", A_HOUSEHOLD, 115000, 0, 120, -1 },
	{ "child_in_difficulty", A_CHILD, 2500, 0, 17, -1 },
	{ "two_disease", A_PERSON, 90000, 45, 120, -1 },
};

int category_department(const struct pack *p, int category)
{
	BUG_IF(p->categories[category].certifiers == 0);
	return __builtin_ctz(p->categories[category].certifiers);
}

static void hold(const struct world *w, struct resident *p, int category, day_t certified)
{
	if (p->employee || !p->registered || p->n_holdings == HOLDINGS_A_PERSON)
		return;
	if (certified < p->birth)
		certified = p->birth;
	if (certified > w->as_of)
		return;
	p->holdings[p->n_holdings++] = (struct holding){
		.certified = certified, .ended = DAY_NONE, .category = (uint8_t)category
	};
}

/* Lists are made on the first of a month, one to sixty months before the season. */
static day_t certified_draw(const struct world *w, struct rng *r)
{
	day_t day = day_add(w->as_of, (struct span){ -rng_between(r, 1, 60), SPAN_MONTH });
	struct ymd d = day_to_ymd(day);

	return day - (d.day - 1);
}

static bool fits(const struct share *s, const struct household *h, const struct resident *p)
{
	if (p->age < s->age_from || p->age > s->age_to)
		return false;
	return s->scope != AN_ELDER_ALONE || h->n == 1;
}

static void draw_share(
	const struct world *w, const struct share *s, struct household *h, struct rng *r)
{
	int category = pack_category_by_code(w->pack, str_of(s->code));
	uint32_t ppm = s->ppm;
	day_t certified = certified_draw(w, r);
	bool whole = s->scope == A_HOUSEHOLD;

	/* Most who receive dibao were lifted out of poverty once. */
	if (strcmp(s->code, "stable_lifted") == 0 && h->members[0].n_holdings)
		ppm *= 4;
	if (category < 0)
		return;
	whole = whole && rng_chance(r, ppm);
	for (size_t i = 0; i < h->n; i++) {
		struct resident *p = &h->members[i];

		if (fits(s, h, p) && (whole || (s->scope != A_HOUSEHOLD && rng_chance(r, ppm))))
			hold(w, p, category, certified);
	}
}

static void school(struct resident *p, struct rng *r)
{
	uint32_t chance = rng_below(r, 1000);

	if (p->kind != DOCUMENT_CITIZEN_ID && p->kind != DOCUMENT_RESIDENCE_PERMIT)
		return;
	p->student_here = p->resident || chance % 2;
	if (p->age >= 3 && p->age <= 5 && chance < 850)
		p->student = STUDENT_NURSERY;
	else if ((p->age >= 6 && p->age <= 14) || (p->age >= 15 && p->age <= 17 && chance < 880))
		p->student = STUDENT_SCHOOL;
	else if (p->age >= 18 && p->age <= 22 && chance < 380 && !p->employee) {
		p->student = STUDENT_COLLEGE;
		p->student_here = false;
	}
}

static void work(
	const struct world *w, const struct household *h, struct resident *p, struct rng *r)
{
	bool seat = w->towns[w->villages[h->village].town].profile->seat;
	uint32_t ppm = seat ? 480000 : 300000;

	if (p->age < 22 || p->age > (p->female ? 54 : 59))
		return;
	if (p->kind == DOCUMENT_CITIZEN_ID && rng_chance(r, ppm))
		p->employee = true;
	else if (p->registered && !p->resident && rng_chance(r, 60000))
		p->elsewhere = true;
}

void belong(const struct world *w, struct household *h)
{
	struct rng r = rng_for(w->seed, RNG_BELONG, h->index);
	bool seat = w->towns[w->villages[h->village].town].profile->seat;

	for (size_t i = 0; i < h->n; i++) {
		work(w, h, &h->members[i], &r);
		school(&h->members[i], &r);
	}
	for (size_t i = 0; i < ARRAY_LEN(shares); i++)
		if (shares[i].seat < 0 || shares[i].seat == seat)
			draw_share(w, &shares[i], h, &r);
}

int belong_new_category(const struct world *w, struct rng *r)
{
	static const char *const codes[] = { "sudden_hardship", "rural_dibao_3", "dibao",
		"marginal_at_risk", "dibao_edge" };
	size_t first = rng_below(r, ARRAY_LEN(codes));

	for (size_t i = 0; i < ARRAY_LEN(codes); i++) {
		int c = pack_category_by_code(
			w->pack, str_of(codes[(first + i) % ARRAY_LEN(codes)]));

		if (c >= 0)
			return c;
	}
	return -1;
}
