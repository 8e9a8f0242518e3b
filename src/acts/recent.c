/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/recent.h"

#include <pthread.h>
#include <string.h>
#include <time.h>

#define ARENA_MAX (16u << 20)

/* One figure, as of `made`; kept for one county and day, which is what a service asks. */
struct slot {
	pthread_mutex_t lock; /* held while it is made, so that it is made once */
	bool filled;
	int64_t county, made; /* seconds of the monotonic clock */
	day_t on;
	char policy[64];
	struct arena arena;
	void *items;
	size_t n;
};

static struct slot employees = { .lock = PTHREAD_MUTEX_INITIALIZER };
static struct slot specials = { .lock = PTHREAD_MUTEX_INITIALIZER };

static int64_t seconds(void)
{
	struct timespec t;

	BUG_IF(clock_gettime(CLOCK_MONOTONIC, &t) != 0);
	return t.tv_sec;
}

static bool fresh(const struct slot *s, const struct progress_scope *sc)
{
	return s->filled && s->county == sc->county && s->on == sc->on &&
	       str_is(sc->policy, s->policy) && seconds() - s->made < RECENT_SECONDS;
}

static void empty(struct slot *s)
{
	arena_release(&s->arena);
	arena_init(&s->arena, ARENA_MAX);
	s->filled = false;
}

static void keep(struct slot *s, const struct progress_scope *sc, void *items, size_t n)
{
	size_t length = sc->policy.n < sizeof(s->policy) ? sc->policy.n : sizeof(s->policy) - 1;

	memcpy(s->policy, sc->policy.p, length);
	s->policy[length] = '\0';
	s->county = sc->county;
	s->on = sc->on;
	s->made = seconds();
	s->items = items;
	s->n = n;
	s->filled = true;
}

int employees_recent(struct db *db, struct arena *a, const struct progress_scope *sc,
	struct town_count **ret_items, size_t *ret_n)
{
	struct slot *s = &employees;
	struct town_count *items, *copy;
	size_t n;
	int rc = 0;

	pthread_mutex_lock(&s->lock);
	if (!fresh(s, sc)) {
		empty(s);
		rc = employees_by_town(db, &s->arena, sc, &items, &n);
		if (rc == 0)
			keep(s, sc, items, n);
	}
	copy = rc == 0 ? ARENA_ARRAY(a, struct town_count, s->n + 1) : NULL;
	if (copy && s->n)
		memcpy(copy, s->items, s->n * sizeof(*copy));
	n = s->n;
	pthread_mutex_unlock(&s->lock);
	if (rc < 0 || !copy)
		return rc < 0 ? rc : FAULT_MEMORY;
	*ret_items = copy;
	*ret_n = n;
	return 0;
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
	struct slot *s = &specials;
	struct special_call c = { .scope = &scope, .a = &s->arena };
	int rc = 0;

	pthread_mutex_lock(&s->lock);
	if (!fresh(s, &scope)) {
		empty(s);
		rc = store_read(env->store, special_tx, &c);
		if (rc == 0)
			keep(s, &scope, c.items, c.n);
	}
	if (rc == 0)
		rc = add_up(s, policy->pack, area, a, ret_items, ret_n);
	pthread_mutex_unlock(&s->lock);
	return rc;
}

static void forget(struct slot *s)
{
	pthread_mutex_lock(&s->lock);
	arena_release(&s->arena);
	s->filled = false;
	pthread_mutex_unlock(&s->lock);
}

void recent_forget(void)
{
	forget(&employees);
	forget(&specials);
}
