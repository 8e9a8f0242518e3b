/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/read_places.h"

struct call {
	const struct env *env;
	struct arena *a;
	struct places places;
};

static int read_tx(struct db *db, struct arena *scratch, void *arg)
{
	struct call *c = arg;

	(void)scratch;
	return places_load(db, c->a, c->env->county, &c->places);
}

static bool in_force(const struct place *p, day_t on)
{
	return (p->valid_from == DAY_NONE || p->valid_from <= on) &&
	       (p->valid_to == DAY_NONE || on <= p->valid_to);
}

int read_places(const struct env *env, int64_t town, struct arena *a,
	const struct place ***ret_items, size_t *ret_n)
{
	struct call c = { .env = env, .a = a };
	const struct place **items, *at;
	size_t n = 0;
	int rc = store_read(env->store, read_tx, &c);

	if (rc < 0)
		return rc;
	at = town ? place_by_code(&c.places, town) : NULL;
	if (town && (!at || at->level != PLACE_TOWN))
		return FAULT_MISSING;
	items = ARENA_ARRAY(a, const struct place *, c.places.n + 1);
	if (!items)
		return FAULT_MEMORY;
	for (size_t i = 0; i < c.places.n; i++) {
		const struct place *p = &c.places.items[i];

		if (in_force(p, env->today) &&
			(at ? p->level == PLACE_VILLAGE && p->parent == at->code
			    : p->level == PLACE_TOWN))
			items[n++] = p;
	}
	*ret_items = items;
	*ret_n = n;
	return 0;
}
