/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/resident_change.h"

#include <inttypes.h>

/* One field of a known person: the new value wins unless it is empty; a difference is written down.
 */
struct change {
	struct import *im;
	struct person *now;
	const struct person *was;
	bool any;
	int rc;
};

static void note(struct change *c, const char *field, struct str was, struct str became)
{
	c->any = true;
	if (c->rc == 0)
		c->rc = person_history_add(c->im->db, c->im->env->county, c->was->id, c->im->audit,
			field, was, became);
}

static void text_field(struct change *c, const char *field, struct str was, struct str *now)
{
	if (!now->p)
		*now = was;
	else if (!str_eq(was, *now))
		note(c, field, was, *now);
}

static void number_field(struct change *c, const char *field, int64_t was, int64_t now)
{
	struct str a, b;

	if (was == now)
		return;
	a = arena_printf(&c->im->chunk, "%" PRId64, was);
	b = arena_printf(&c->im->chunk, "%" PRId64, now);
	note(c, field, a, b);
}

static void day_field(struct change *c, const char *field, day_t was, day_t *now)
{
	char a[11] = "", b[11] = "";

	if (*now == DAY_NONE)
		*now = was;
	if (was == *now)
		return;
	if (was != DAY_NONE)
		day_text(was, a);
	day_text(*now, b);
	note(c, field, str_of(a), str_of(b));
}

/* Seals differ even when the numbers do not: compare what they hold, write down only that it
 * changed. */
static void phone_field(struct change *c, struct str phone)
{
	char plain[SEAL_PLAIN_MAX];
	size_t n = 0;

	if (!phone.p) {
		c->now->phone_seal = c->was->phone_seal;
		return;
	}
	if (c->was->phone_seal.p &&
		vault_open(c->im->vault, SEAL_PHONE, c->was->phone_seal, plain, &n) == 0 &&
		str_eq(phone, (struct str){ plain, n })) {
		c->now->phone_seal = c->was->phone_seal;
		return;
	}
	note(c, "phone", (struct str){ NULL, 0 }, STR("changed"));
}

int resident_change(
	struct import *im, const struct person *stored, struct str phone, struct person *now)
{
	struct change c = { .im = im, .now = now, .was = stored };

	text_field(&c, "doc_kind", stored->doc_kind, &now->doc_kind);
	text_field(&c, "name", stored->name, &now->name);
	number_field(&c, "sex", stored->sex, now->sex);
	day_field(&c, "birth", stored->birth, &now->birth);
	text_field(&c, "nation", stored->nation, &now->nation);
	phone_field(&c, phone);
	text_field(&c, "household", stored->household, &now->household);
	text_field(&c, "relation", stored->relation, &now->relation);
	number_field(&c, "village", stored->village, now->village);
	number_field(&c, "town", stored->town, now->town);
	number_field(&c, "registered", stored->registered, now->registered);
	number_field(&c, "resident", stored->resident, now->resident);
	day_field(&c, "died_on", stored->died_on, &now->died_on);
	return c.rc < 0 ? c.rc : c.any;
}
