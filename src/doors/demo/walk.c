/* SPDX-License-Identifier: Apache-2.0 */
/* Households as they come: who lives together, how old, under which number.  A household is a
 * pure function of the seed and its running number; only the numbers already given out are
 * remembered. */
#include <stdio.h>
#include <string.h>

#include "doors/demo/world.h"

/* Neighbours' prefixes, for those who married in or came to live here. */
static const char *const prefixes[] = { "622201", "622224", "622301", "620102", "622429", "632224",
	"612301", "342201", "320324", "341621", "342222", "411421", "371722", "340321", "622102",
	"632123" };

static struct resident *add(struct household *h, enum relation relation, bool female, int age)
{
	struct resident *p = &h->members[h->n];

	BUG_IF(h->n == HOUSEHOLD_MAX);
	h->n++;
	*p = (struct resident){ .relation = relation,
		.female = female,
		.age = age < 0    ? 0
		       : age > 97 ? 97
				  : age,
		.student = STUDENT_NONE };
	return p;
}

static void add_spouse(struct rng *r, struct household *h)
{
	const struct resident *head = &h->members[0];

	add(h, head->female ? REL_HUSBAND : REL_WIFE, !head->female,
		head->age + (head->female ? rng_between(r, -1, 6) : rng_between(r, -6, 1)));
}

static void add_children(struct rng *r, struct household *h, int n)
{
	int mother = h->members[0].age, first;

	if (h->n > 1 && !h->members[0].female)
		mother = h->members[1].age;
	first = mother - rng_between(r, 20, 31);
	for (int i = 0; i < n && first >= 0; i++) {
		bool female = rng_chance(r, 468000);

		add(h, female ? REL_DAUGHTER : REL_SON, female, first);
		first -= rng_between(r, 1, 6);
	}
}

static void add_parents(struct rng *r, struct household *h)
{
	int age = h->members[0].age + rng_between(r, 21, 31);

	if (age > 97 || rng_chance(r, 250000))
		age = 98;
	if (age < 98 && rng_chance(r, 750000))
		add(h, REL_FATHER, false, age);
	if (age < 94)
		add(h, REL_MOTHER, true, age - rng_between(r, -1, 4));
}

/* One to seven persons, in shares that give about 2.9 persons a household, a fifth of them under
 * 18 and a fifth above 60. */
static void compose(struct rng *r, struct household *h)
{
	uint32_t kind = rng_below(r, 1000);
	int young = rng_between(r, 24, 48), middle = rng_between(r, 38, 66);
	bool female; /* one draw a statement: the order of arguments is the compiler's */

	if (kind < 150) {
		female = rng_chance(r, 450000);
		add(h, REL_HEAD, female,
			rng_chance(r, 620000) ? rng_between(r, 62, 90) : rng_between(r, 22, 61));
	} else if (kind < 370) {
		female = rng_chance(r, 100000);
		add(h, REL_HEAD, female, rng_between(r, 45, 82));
		add_spouse(r, h);
	} else if (kind < 600) {
		add(h, REL_HEAD, rng_chance(r, 80000), kind < 500 ? young : middle);
		add_spouse(r, h);
		add_children(r, h, 1);
	} else if (kind < 800) {
		add(h, REL_HEAD, rng_chance(r, 80000), kind < 720 ? young + 3 : middle);
		add_spouse(r, h);
		add_children(r, h, kind < 780 ? 2 : 3);
	} else if (kind < 950) {
		add(h, REL_HEAD, rng_chance(r, 60000), young + 4);
		add_spouse(r, h);
		add_children(r, h, rng_between(r, 1, 3));
		add_parents(r, h);
	} else {
		add(h, REL_HEAD, rng_chance(r, 600000), young);
		add_children(r, h, rng_between(r, 1, 2));
	}
}

static enum nation nation_draw(struct rng *r, const struct town_profile *t)
{
	uint32_t at = rng_below(r, 1000);
	int n = 0;

	while (n + 1 < NATION_COUNT && at >= t->nations[n])
		at -= t->nations[n++];
	return (enum nation)n;
}

static const char *prefix_of(struct rng *r, const struct world *w, const struct household *h,
	const struct resident *p, int birth_year)
{
	bool married_in = p->relation == REL_WIFE && rng_chance(r, 160000);

	if (h->outsiders || married_in)
		return prefixes[rng_below(r, ARRAY_LEN(prefixes))];
	return birth_year < w->profile->old_until ? w->profile->old_prefix : w->profile->region;
}

/* A foreigner, or somebody from Hong Kong, Macao or Taiwan, living alone with the permit for it. */
static bool identify_permit(struct walk *k, struct rng *r, struct resident *p)
{
	static const char *const home[] = { "810000", "820000", "830000" };
	static const char *const nations[] = { "KAZ", "KOR", "JPN", "MNG", "RUS" };
	char place[5] = { 0 };

	p->registered = false;
	p->resident = true;
	if (p->kind == DOCUMENT_HMT_RESIDENCE_PERMIT)
		return number_make(&k->numbers, home[rng_below(r, ARRAY_LEN(home))], p->birth,
			p->female, p->number);
	memcpy(place, k->world->profile->region, 4);
	number_make_old_card(
		nations[rng_below(r, ARRAY_LEN(nations))], place, p->birth, p->female, p->number);
	return true;
}

static bool identify(struct walk *k, const struct household *h, struct resident *p,
	const char *surname, enum nation nation)
{
	const struct world *w = k->world;
	struct rng r = rng_for(w->seed, RNG_PERSON, p->index);
	struct ymd as_of = day_to_ymd(w->as_of);
	const char *prefix;
	bool made;
	day_t birth;

	if (!day_from_ymd((struct ymd){ as_of.year - p->age, as_of.month, 1 }, &birth))
		return false;
	for (int tries = 0; tries < 40; tries++) {
		p->birth = birth - 1 - rng_between(&r, 0, 364);
		p->age = day_age(p->birth, w->as_of);
		prefix = prefix_of(&r, w, h, p, day_to_ymd(p->birth).year);
		made = p->kind == DOCUMENT_CITIZEN_ID || p->kind == DOCUMENT_RESIDENCE_PERMIT
			       ? number_make(&k->numbers, prefix, p->birth, p->female, p->number)
			       : identify_permit(k, &r, p);
		if (!made)
			continue;
		p->nation = p->relation == REL_WIFE && rng_chance(&r, 300000) ? NATION_HAN : nation;
		name_person(&r, p->nation, p->female, day_to_ymd(p->birth).year, surname, p->name);
		return true;
	}
	return false;
}

static void live(const struct world *w, const struct household *h, struct resident *p)
{
	struct rng r = rng_for(w->seed, RNG_PERSON, (1ull << 32) + p->index);
	bool working_age = p->age >= 18 && p->age <= 55;

	p->registered = !h->outsiders;
	p->resident =
		h->outsiders || !rng_chance(&r, working_age ? w->profile->away_permille * 1000u
							    : w->profile->away_permille * 300u);
	p->kind = h->outsiders ? DOCUMENT_RESIDENCE_PERMIT : DOCUMENT_CITIZEN_ID;
	if (h->n == 1 && !h->outsiders && rng_chance(&r, 2200))
		p->kind = rng_chance(&r, 600000) ? DOCUMENT_HMT_RESIDENCE_PERMIT
						 : DOCUMENT_FOREIGN_PERMANENT_RESIDENCE;
}

int walk_begin(struct walk *k, struct world *w, struct err *err)
{
	*k = (struct walk){ .world = w };
	if (!numbers_init(&k->numbers, w->as_of - 100 * 366, w->as_of))
		return err_set(err, FAULT_MEMORY, "内存不足 / out of memory");
	for (size_t i = 0; i < w->n_towns; i++)
		w->towns[i].insurable = w->towns[i].registered = w->towns[i].resident = 0;
	return 0;
}

void walk_end(struct walk *k)
{
	numbers_release(&k->numbers);
}

/* Count the household in; members beyond the last person to insure are dropped. */
static void count(struct walk *k, struct household *h)
{
	struct world *w = k->world;
	struct town *t = &w->towns[w->villages[h->village].town];

	for (size_t i = 0; i < h->n; i++) {
		const struct resident *p = &h->members[i];

		if (!p->employee && k->insurable == w->people) {
			h->n = i;
			return;
		}
		k->insurable += !p->employee;
		t->insurable += !p->employee;
		t->registered += p->registered;
		t->resident += p->resident;
	}
}

bool walk_next(struct walk *k, struct household *ret)
{
	struct world *w = k->world;
	struct rng r = rng_for(w->seed, RNG_HOUSEHOLD, k->household);
	const char *surname;
	enum nation nation;

	while (k->village < w->n_villages && k->insurable >= w->villages[k->village].quota)
		k->village++;
	if (k->village == w->n_villages)
		return false;
	memset(ret, 0, offsetof(struct household, members));
	ret->index = k->household++;
	ret->village = k->village;
	/* Who is registered in another county has no town in a unit counted by register (SN-18). */
	ret->outsiders = rng_chance(&r, 12000) &&
			 !str_is(w->towns[w->villages[k->village].town].report_to, "户籍");
	surname = name_surname(&r);
	nation = nation_draw(&r, w->towns[w->villages[k->village].town].profile);
	compose(&r, ret);
	for (size_t i = 0; i < ret->n; i++) {
		struct resident *p = &ret->members[i];

		p->index = k->person++;
		live(w, ret, p);
		/* A wife keeps her own name. */
		if (!identify(k, ret, p,
			    p->relation == REL_WIFE || p->relation == REL_MOTHER ? name_surname(&r)
										 : surname,
			    nation))
			BUG_IF("every number of forty days of birth is given out");
	}
	belong(w, ret);
	for (size_t i = 0; i < ret->n; i++)
		slip_draw(w, ret, &ret->members[i]);
	count(k, ret);
	return true;
}
