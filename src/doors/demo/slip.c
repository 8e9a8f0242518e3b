/* SPDX-License-Identifier: Apache-2.0 */
/* What goes wrong in the register: drawn per person, from its own stream, so that the same
 * people live in a clean county and in a messy one. */
#include "doors/demo/world.h"

static const struct {
	const char *code;
	uint32_t ppm;
	unsigned least;
} slips[SLIP_COUNT] = {
	[SLIP_NONE] = { "none", 0, 0 },
	[SLIP_CHECK] = { "wrong_check", 150, 4 },
	[SLIP_BLANK] = { "blank_number", 60, 2 },
	[SLIP_RUINED] = { "ruined_number", 80, 3 },
	[SLIP_DATE] = { "impossible_date", 60, 2 },
	[SLIP_VILLAGE] = { "unknown_village", 60, 2 },
	[SLIP_TWICE] = { "second_row", 80, 3 },
	[SLIP_WIDE] = { "full_width", 400, 4 },
	[SLIP_LOWER_X] = { "lower_x", 0, 0 },
	[SLIP_SPACES] = { "spaces", 800, 6 },
	[SLIP_FIFTEEN] = { "fifteen_digits", 500, 4 },
	[SLIP_DATE_FORM] = { "date_form", 20000, 10 },
	[SLIP_BRIEF] = { "town_brief", 60000, 10 },
	[SLIP_VARIANT] = { "town_variant", 0, 0 },
	[SLIP_DOT] = { "name_dot", 0, 0 },
};

const char *slip_code(enum slip s)
{
	BUG_IF(s >= SLIP_COUNT);
	return slips[s].code;
}

/* Slips that only some people can suffer. */
static bool possible(
	const struct world *w, const struct household *h, const struct resident *p, enum slip s)
{
	bool citizen = p->kind == DOCUMENT_CITIZEN_ID;

	(void)w, (void)h;
	switch (s) {
	case SLIP_FIFTEEN: /* a 15-digit number speaks of 19xx, and old papers of old people */
		return citizen && p->age >= 45;
	case SLIP_CHECK:
	case SLIP_RUINED:
	case SLIP_TWICE:
		return citizen;
	default:
		return true;
	}
}

void slip_draw(const struct world *w, const struct household *h, struct resident *p)
{
	struct rng r = rng_for(w->seed, RNG_MESS, p->index);
	const struct town *t = &w->towns[w->villages[h->village].town];

	p->slip = SLIP_NONE;
	if (!w->messy)
		return;
	for (int s = SLIP_CHECK; s < SLIP_COUNT; s++)
		if (slips[s].ppm && rng_chance(&r, world_ppm(w, slips[s].ppm, slips[s].least)) &&
			possible(w, h, p, (enum slip)s)) {
			p->slip = (enum slip)s;
			return;
		}
	if (p->number[17] == 'X' && rng_chance(&r, 200000))
		p->slip = SLIP_LOWER_X;
	else if (str_find(t->name, STR("藏")) >= 0 && rng_chance(&r, 30000))
		p->slip = SLIP_VARIANT;
	else if (str_find(str_of(p->name), STR("·")) >= 0 && rng_chance(&r, 100000))
		p->slip = SLIP_DOT;
}
