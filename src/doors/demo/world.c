/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/demo/world.h"

#include <stdio.h>
#include <string.h>

const char *relation_word(enum relation r)
{
	static const char *const words[REL_COUNT] = { "户主", "妻", "夫", "子", "女", "父", "母" };

	BUG_IF(r >= REL_COUNT);
	return words[r];
}

uint32_t world_ppm(const struct world *w, uint32_t ppm, unsigned least)
{
	uint64_t floor = (uint64_t)least * 1000000 / (uint64_t)w->people;

	if (!w->messy)
		return 0;
	if (floor > 200000)
		floor = 200000;
	return ppm > floor ? ppm : (uint32_t)floor;
}

/* The short name: the pack's first other spelling of the town. */
static struct str brief_of(struct str name, struct str aliases)
{
	struct str first;

	return aliases.n && str_cut(&aliases, STR("|"), &first) ? first : name;
}

static void towns_init(struct world *w)
{
	const struct county_profile *p = w->profile;
	int64_t weights = 0, weight = 0, before = 0, upto;

	for (size_t i = 0; i < p->n_towns; i++)
		weights += p->towns[i].weight;
	for (size_t i = 0; i < p->n_towns; i++) {
		struct town *t = &w->towns[i];
		struct rng r = rng_for(w->seed, RNG_VILLAGE, 1000 + i);

		weight += p->towns[i].weight;
		upto = w->people * weight / weights;
		*t = (struct town){ .profile = &p->towns[i],
			.name = str_of(p->towns[i].name),
			.aliases = str_of(p->towns[i].aliases),
			.report_to = str_of(p->towns[i].report_to),
			.first_village = w->n_villages,
			.n_villages = (size_t)p->towns[i].villages,
			.quota = upto - before,
			.pay_permille = (uint16_t)rng_between(&r, 935, 988) };
		t->brief = brief_of(t->name, t->aliases);
		w->n_villages += t->n_villages;
		before = upto;
	}
}

static void village_init(struct world *w, size_t town, size_t i, struct village *v)
{
	const struct town *t = &w->towns[town];
	bool farm = t->report_to.n > 0;
	struct rng r = rng_for(w->seed, RNG_VILLAGE, 100000 + t->first_village + i);
	const char *surname;
	bool female;
	int digit;
	int64_t code9, first = farm ? 498 : t->profile->seat && i < 5 ? 1 : 200;

	if (!str_int(str_of(t->profile->code9), &code9))
		BUG_IF("a town's code is not a number");
	*v = (struct village){ .code = code9 * 1000 + first + (int64_t)i, .town = (uint16_t)town };
	if (farm)
		snprintf(v->name, sizeof(v->name), "虚拟生活区");
	else
		name_village(
			w->seed, (uint32_t)town, (uint32_t)i, t->profile->seat && i < 5, v->name);
	/* One draw a statement: the order of arguments is the compiler's. */
	female = rng_chance(&r, 450000);
	surname = name_surname(&r);
	name_person(&r, NATION_HAN, female, 1985, surname, v->officer);
	digit = rng_between(&r, 3, 9);
	snprintf(v->phone, sizeof(v->phone), "1%d%09u", digit, rng_below(&r, 1000000000));
}

/* Villages of one town differ in size: between 60 and 140 shares of its quota each. */
static void villages_init(struct world *w)
{
	int64_t before = 0;

	for (size_t t = 0; t < w->n_towns; t++) {
		struct rng r = rng_for(w->seed, RNG_VILLAGE, 2000 + t), again = r;
		int64_t shares = 0, share = 0;

		for (size_t i = 0; i < w->towns[t].n_villages; i++)
			shares += rng_between(&r, 60, 140);
		for (size_t i = 0; i < w->towns[t].n_villages; i++) {
			struct village *v = &w->villages[w->towns[t].first_village + i];

			village_init(w, t, i, v);
			share += rng_between(&again, 60, 140);
			v->quota = before + w->towns[t].quota * share / shares;
		}
		before += w->towns[t].quota;
	}
}

int world_init(struct world *w, struct arena *a, const struct county_profile *profile,
	const struct pack *pack, int64_t people, uint64_t seed, bool messy, struct err *err)
{
	*w = (struct world){ .profile = profile,
		.pack = pack,
		.seed = seed,
		.messy = messy,
		.people = people,
		.as_of = pack->regular_window.from - 10,
		.monthly = pack->regular_window.from +
			   (pack->regular_window.to - pack->regular_window.from) * 3 / 4,
		.county_name = str_of(profile->name),
		.n_towns = profile->n_towns };
	w->towns = ARENA_ARRAY(a, struct town, w->n_towns);
	if (!w->towns)
		return err_set(err, FAULT_MEMORY, "内存不足 / out of memory");
	towns_init(w);
	w->villages = ARENA_ARRAY(a, struct village, w->n_villages);
	if (!w->villages)
		return err_set(err, FAULT_MEMORY, "内存不足 / out of memory");
	villages_init(w);
	return 0;
}
