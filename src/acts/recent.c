/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/recent.h"

#include <pthread.h>
#include <string.h>
#include <time.h>

#define ARENA_MAX (16u << 20)
#define SLOTS 64

enum figure { EMPLOYEES, SPECIALS, GAPS, TOWNS, VILLAGES, DAYS, FIGURES };

/* What a figure is of. */
struct key {
	enum figure figure;
	int64_t county, area;
	day_t on;
	char policy[64];
};

/* One figure, as of `made`.  A key has its slot among those of its kind; another key of the same
 * slot takes its place. */
struct slot {
	pthread_mutex_t lock; /* held while it is made, so that it is made once */
	bool filled;
	struct key key;
	int64_t made; /* seconds of the monotonic clock */
	struct arena arena;
	void *items;
	size_t n;
};

static struct slot slots[FIGURES * SLOTS];
static pthread_once_t ready = PTHREAD_ONCE_INIT;

static void get_ready(void)
{
	for (size_t i = 0; i < ARRAY_LEN(slots); i++)
		BUG_IF(pthread_mutex_init(&slots[i].lock, NULL) != 0);
}

static int64_t seconds(void)
{
	struct timespec t;

	BUG_IF(clock_gettime(CLOCK_MONOTONIC, &t) != 0);
	return t.tv_sec;
}

static struct key key_of(enum figure figure, const struct progress_scope *sc, int64_t area)
{
	struct key k;
	size_t n = sc->policy.n < sizeof(k.policy) ? sc->policy.n : sizeof(k.policy) - 1;

	memset(&k, 0, sizeof(k)); /* compared and hashed as bytes */
	k.figure = figure;
	k.county = sc->county;
	k.area = area;
	k.on = sc->on;
	memcpy(k.policy, sc->policy.p, n);
	return k;
}

/* The key's slot, locked; emptied when what it holds is another key's or too old. */
static struct slot *slot_open(const struct key *k, int64_t lasts)
{
	uint64_t hash = str_hash((struct str){ (const char *)k, sizeof(*k) });
	struct slot *s = &slots[k->figure * SLOTS + hash % SLOTS];

	BUG_IF(pthread_once(&ready, get_ready) != 0);
	pthread_mutex_lock(&s->lock);
	if (s->filled && memcmp(&s->key, k, sizeof(*k)) == 0 && seconds() - s->made < lasts)
		return s;
	arena_release(&s->arena);
	arena_init(&s->arena, ARENA_MAX);
	s->filled = false;
	return s;
}

static void slot_fill(struct slot *s, const struct key *k, void *items, size_t n)
{
	s->key = *k;
	s->made = seconds();
	s->items = items;
	s->n = n;
	s->filled = true;
}

static void slot_close(struct slot *s)
{
	pthread_mutex_unlock(&s->lock);
}

/* A copy of a slot of plain rows. */
static int copy_out(
	const struct slot *s, size_t size, struct arena *a, void **ret_items, size_t *ret_n)
{
	void *copy = arena_array(a, s->n + 1, size);

	if (!copy)
		return FAULT_MEMORY;
	if (s->n)
		memcpy(copy, s->items, s->n * size);
	*ret_items = copy;
	*ret_n = s->n;
	return 0;
}

int employees_recent(struct db *db, struct arena *a, const struct progress_scope *sc,
	struct town_count **ret_items, size_t *ret_n)
{
	struct key k = key_of(EMPLOYEES, sc, 0);
	struct slot *s = slot_open(&k, RECENT_SECONDS);
	struct town_count *items;
	void *copy = NULL;
	size_t n;
	int rc = 0;

	if (!s->filled) {
		rc = employees_by_town(db, &s->arena, sc, &items, &n);
		if (rc == 0)
			slot_fill(s, &k, items, n);
	}
	if (rc == 0)
		rc = copy_out(s, sizeof(*items), a, &copy, ret_n);
	slot_close(s);
	if (rc == 0)
		*ret_items = copy;
	return rc;
}

int towns_recent(struct db *db, struct arena *a, const struct progress_scope *sc,
	struct progress_town **ret_items, size_t *ret_n)
{
	struct key k = key_of(TOWNS, sc, 0);
	struct slot *s = slot_open(&k, RECENT_TALLY_SECONDS);
	struct progress_town *items;
	void *copy = NULL;
	size_t n;
	int rc = 0;

	if (!s->filled) {
		rc = progress_by_town(db, &s->arena, sc, &items, &n);
		if (rc == 0)
			slot_fill(s, &k, items, n);
	}
	if (rc == 0)
		rc = copy_out(s, sizeof(*items), a, &copy, ret_n);
	slot_close(s);
	if (rc == 0)
		*ret_items = copy;
	return rc;
}

int villages_recent(struct db *db, struct arena *a, const struct progress_scope *sc, int64_t town,
	struct progress_village **ret_items, size_t *ret_n)
{
	struct key k = key_of(VILLAGES, sc, town);
	struct slot *s = slot_open(&k, RECENT_TALLY_SECONDS);
	struct progress_village *items;
	void *copy = NULL;
	size_t n;
	int rc = 0;

	if (!s->filled) {
		rc = progress_by_village(db, &s->arena, sc, town, &items, &n);
		if (rc == 0)
			slot_fill(s, &k, items, n);
	}
	if (rc == 0)
		rc = copy_out(s, sizeof(*items), a, &copy, ret_n);
	slot_close(s);
	if (rc == 0)
		*ret_items = copy;
	return rc;
}

int days_recent(struct db *db, struct arena *a, const struct progress_scope *sc, int64_t town,
	struct progress_day **ret_items, size_t *ret_n)
{
	struct key k = key_of(DAYS, sc, town);
	struct slot *s = slot_open(&k, RECENT_TALLY_SECONDS);
	struct progress_day *items;
	void *copy = NULL;
	size_t n;
	int rc = 0;

	if (!s->filled) {
		rc = progress_by_day(db, &s->arena, sc, town, &items, &n);
		if (rc == 0)
			slot_fill(s, &k, items, n);
	}
	if (rc == 0)
		rc = copy_out(s, sizeof(*items), a, &copy, ret_n);
	slot_close(s);
	if (rc == 0)
		*ret_items = copy;
	return rc;
}

struct special_call {
	const struct progress_scope *scope;
	struct arena *a;
	struct special_count *items;
	size_t n;
};

static int special_tx(struct db *db, struct arena *scratch, void *arg)
{
	struct special_call *c = arg;

	(void)scratch;
	return special_by_village(db, c->a, c->scope, &c->items, &c->n);
}

static bool in_area(const struct special_count *c, int64_t area)
{
	return area == 0 || c->town == area || c->village == area;
}

static int add_up(const struct slot *s, const struct pack *p, int64_t area, struct arena *a,
	struct special_sum **ret_items, size_t *ret_n)
{
	const struct special_count *counts = s->items;
	struct special_sum *sums = ARENA_ARRAY(a, struct special_sum, p->n_categories + 1);
	size_t n = 0;

	if (!sums)
		return FAULT_MEMORY;
	for (size_t k = 0; k < p->n_categories; k++) {
		struct special_sum sum = { .category = (int)k };

		if (!p->categories[k].special)
			continue;
		for (size_t i = 0; i < s->n; i++) {
			if (!in_area(&counts[i], area) ||
				!str_eq(counts[i].category, p->categories[k].code))
				continue;
			sum.total += counts[i].total;
			sum.enrolled += counts[i].enrolled;
			sum.covered += counts[i].covered;
		}
		sums[n++] = sum;
	}
	*ret_items = sums;
	*ret_n = n;
	return 0;
}

int special_recent(const struct env *env, const struct policy *policy, day_t on, int64_t area,
	struct arena *a, struct special_sum **ret_items, size_t *ret_n)
{
	const struct progress_scope scope = { env->county, policy->pack->code,
		policy->pack->benefit_year, on };
	struct key k = key_of(SPECIALS, &scope, 0);
	struct slot *s = slot_open(&k, RECENT_SECONDS);
	struct special_call c = { .scope = &scope, .a = &s->arena };
	int rc = 0;

	if (!s->filled) {
		rc = store_read(env->store, special_tx, &c);
		if (rc == 0)
			slot_fill(s, &k, c.items, c.n);
	}
	if (rc == 0)
		rc = add_up(s, policy->pack, area, a, ret_items, ret_n);
	slot_close(s);
	return rc;
}

/* People of one village who have the same categories and no cover. */
struct gap {
	int64_t town, village;
	uint64_t categories;
	int64_t people;
};

struct gaps {
	const struct progress_scope *scope;
	const struct pack *pack;
	struct arena *a;
	struct gap *items;
	size_t n, cap;
	/* The person whose memberships are being read; person 0: nobody yet. */
	struct gap now;
	int64_t person;
};

/* The person read last, among those of their village. */
static int put_away(struct gaps *g)
{
	struct gap *more;

	if (g->person == 0 || g->now.categories == 0)
		return 0;
	for (size_t i = g->n; i-- > 0 && g->items[i].village == g->now.village &&
			      g->items[i].town == g->now.town;)
		if (g->items[i].categories == g->now.categories) {
			g->items[i].people++;
			return 0;
		}
	more = arena_grow(g->a, g->items, g->n, &g->cap, sizeof(*more));
	if (!more)
		return FAULT_MEMORY;
	g->items = more;
	g->items[g->n++] = g->now;
	return 0;
}

static int read_gap(void *ctx, const struct special_gap *row)
{
	struct gaps *g = ctx;
	int c = pack_category_by_code(g->pack, row->category);

	if (row->person != g->person) {
		int rc = put_away(g);

		if (rc < 0)
			return rc;
		g->person = row->person;
		g->now = (struct gap){ row->town, row->village, 0, 1 };
	}
	if (c >= 0)
		g->now.categories |= UINT64_C(1) << c;
	return 0;
}

static int gaps_tx(struct db *db, struct arena *scratch, void *arg)
{
	struct gaps *g = arg;
	int rc;

	(void)scratch;
	g->n = 0; /* a repeated transaction begins again */
	g->person = 0;
	rc = special_without(db, g->scope, read_gap, g);
	return rc < 0 ? rc : put_away(g);
}

int special_people_recent(const struct env *env, const struct policy *policy, day_t on,
	int64_t area, uint64_t categories, int64_t *ret_people)
{
	const struct progress_scope scope = { env->county, policy->pack->code,
		policy->pack->benefit_year, on };
	struct key k = key_of(GAPS, &scope, 0);
	struct slot *s = slot_open(&k, RECENT_SECONDS);
	struct gaps g = { .scope = &scope, .pack = policy->pack, .a = &s->arena };
	const struct gap *gaps;
	int64_t people = 0;
	int rc = 0;

	if (!s->filled) {
		rc = store_read(env->store, gaps_tx, &g);
		if (rc == 0)
			slot_fill(s, &k, g.items, g.n);
	}
	gaps = s->items;
	for (size_t i = 0; rc == 0 && i < s->n; i++)
		if ((gaps[i].categories & categories) != 0 &&
			(area == 0 || gaps[i].town == area || gaps[i].village == area))
			people += gaps[i].people;
	slot_close(s);
	if (rc == 0)
		*ret_people = people;
	return rc;
}

void recent_forget(void)
{
	BUG_IF(pthread_once(&ready, get_ready) != 0);
	for (size_t i = 0; i < ARRAY_LEN(slots); i++) {
		pthread_mutex_lock(&slots[i].lock);
		arena_release(&slots[i].arena);
		slots[i].filled = false;
		pthread_mutex_unlock(&slots[i].lock);
	}
}
