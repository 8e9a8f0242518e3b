/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/read_population.h"

#include "acts/person_facts.h"
#include "store/person.h"
#include "store/place.h"

#define STEP 8192 /* persons a round */

struct call {
	const struct env *env;
	const struct pack *pack;
	day_t on;
	population_fn fn;
	void *ctx;
	int64_t left_out;
	struct places places;
	struct target *targets;
	size_t n_targets;
	struct person_facts facts;
};

static int one(struct call *c, const struct dossier *d)
{
	const struct place *town = place_by_code(&c->places, d->town);

	if (d->birth > c->on || (d->died_on != DAY_NONE && d->died_on <= c->on))
		return 0;
	person_facts_fill(
		c->pack, d, c->on, targets_extended(c->targets, c->n_targets, d->town), &c->facts);
	if (c->facts.too_many) {
		c->left_out++;
		return 0;
	}
	return c->fn(c->ctx, &c->facts.facts, town ? town->name : (struct str){ "", 0 });
}

static int step(struct call *c, struct db *db, struct arena *round, int64_t after, int64_t upto)
{
	struct dossier_scope scope = { .county = c->env->county,
		.policy = c->pack->code,
		.benefit_year = c->pack->benefit_year };
	struct dossier *d;
	size_t n;
	int rc = dossier_load_range(db, round, &scope, after, upto, &d, &n);

	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = one(c, &d[i]);
	arena_reset(round);
	return rc;
}

static int all_steps(struct call *c, struct db *db)
{
	struct arena round;
	int64_t last;
	int rc = person_last(db, c->env->county, &last);

	arena_init(&round, STORE_ARENA_MAX / 2);
	for (int64_t at = 0; rc == 0 && at < last; at += STEP)
		rc = step(c, db, &round, at, at + STEP < last ? at + STEP : last);
	arena_release(&round);
	return rc;
}

static int read_population_tx(struct db *db, struct arena *a, void *arg)
{
	struct call *c = arg;
	int rc = places_load(db, a, c->env->county, &c->places);

	c->left_out = 0;
	if (rc == 0)
		rc = targets_load(db, a, c->env->county, c->pack->code, &c->targets, &c->n_targets);
	return rc < 0 ? rc : all_steps(c, db);
}

int read_population(const struct env *env, const struct pack *pack, day_t on, population_fn fn,
	void *ctx, int64_t *ret_left_out, struct err *err)
{
	struct call c = { .env = env, .pack = pack, .on = on, .fn = fn, .ctx = ctx };
	int rc = store_read(env->store, read_population_tx, &c);

	if (rc < 0)
		return err_set(err, (enum fault)rc, "%s（%s）", fault_text(rc), store_message());
	*ret_left_out = c.left_out;
	return 0;
}
