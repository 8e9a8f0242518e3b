/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/demo/forms.h"

#include <stdio.h>
#include <string.h>

static struct str printed(const char *text, int n)
{
	BUG_IF(n < 0 || n >= FORM_BYTES);
	return (struct str){ text, (size_t)n };
}

struct str form_date(day_t day, unsigned form, char ret[FORM_BYTES])
{
	struct ymd d = day_to_ymd(day);

	switch (form % 5) {
	case 1:
		return printed(ret, snprintf(ret, FORM_BYTES, "%d/%d/%d", d.year, d.month, d.day));
	case 2:
		return printed(
			ret, snprintf(ret, FORM_BYTES, "%04d%02d%02d", d.year, d.month, d.day));
	case 3:
		return printed(ret, snprintf(ret, FORM_BYTES, "%d.%d.%d", d.year, d.month, d.day));
	case 4:
		return printed(
			ret, snprintf(ret, FORM_BYTES, "%d年%d月%d日", d.year, d.month, d.day));
	default:
		day_text(day, ret);
		return printed(ret, 10);
	}
}

/* Another check character than the right one. */
static struct str mistyped(const char *number, char ret[FORM_BYTES])
{
	memcpy(ret, number, 18);
	ret[17] = ret[17] == '1' ? '7' : '1';
	return printed(ret, 18);
}

static struct str wide(const char *number, char ret[FORM_BYTES])
{
	int n = 0;

	for (const char *p = number; *p; p++) {
		/* U+FF10 is 0, U+FF38 is X. */
		unsigned cp = 0xff00u + (unsigned char)*p - 0x20u;

		ret[n++] = (char)(0xe0 | cp >> 12);
		ret[n++] = (char)(0x80 | (cp >> 6 & 0x3f));
		ret[n++] = (char)(0x80 | (cp & 0x3f));
	}
	return printed(ret, n);
}

struct str form_number(const struct resident *p, enum slip slip, char ret[FORM_BYTES])
{
	const char *s = p->number;

	switch (slip) {
	case SLIP_CHECK:
		return mistyped(s, ret);
	case SLIP_BLANK:
		return (struct str){ "", 0 };
	case SLIP_RUINED:
		return printed(ret, snprintf(ret, FORM_BYTES, "%c.%.5sE+17", s[0], s + 1));
	case SLIP_WIDE:
		return wide(s, ret);
	case SLIP_LOWER_X:
		return printed(
			ret, snprintf(ret, FORM_BYTES, "%.17s%s", s, s[17] == 'X' ? "x" : s + 17));
	case SLIP_SPACES:
		return printed(ret, snprintf(ret, FORM_BYTES, " %.6s %s ", s, s + 6));
	case SLIP_FIFTEEN:
		return printed(ret, snprintf(ret, FORM_BYTES, "%.6s%.9s", s, s + 8));
	default:
		return str_of(s);
	}
}

struct str form_town(const struct town *t, enum slip slip, char ret[FORM_BYTES])
{
	ptrdiff_t at = str_find(t->name, STR("藏"));

	if (slip == SLIP_BRIEF)
		return t->brief;
	if (slip != SLIP_VARIANT || at < 0)
		return t->name;
	return printed(ret, snprintf(ret, FORM_BYTES, "%.*s蔵%.*s", (int)at, t->name.p,
				    (int)(t->name.n - (size_t)at - 3), t->name.p + at + 3));
}

struct str form_name(const struct resident *p, enum slip slip, char ret[FORM_BYTES])
{
	struct str name = str_of(p->name);
	ptrdiff_t at = str_find(name, STR("·"));

	if (slip == SLIP_DOT && at >= 0)
		return printed(ret, snprintf(ret, FORM_BYTES, "%.*s%s%s", (int)at, name.p,
					    p->index % 2 ? "•" : "・", name.p + at + 2));
	if (slip == SLIP_SPACES)
		return printed(ret, snprintf(ret, FORM_BYTES, "%s ", p->name));
	return name;
}

struct str form_phone(const struct world *w, const struct resident *p, char ret[FORM_BYTES])
{
	struct rng r = rng_for(w->seed, RNG_PERSON, (2ull << 32) + p->index);
	uint32_t kind = rng_below(&r, 100);
	int area; /* drawn apart: the order of arguments is the compiler's */

	if (p->age < 14 || kind >= 85)
		return kind >= 97 ? STR("无") : STR("");
	area = kind < 4 ? rng_between(&r, 550, 937) : rng_between(&r, 3, 9);
	if (kind < 4)
		return printed(
			ret, snprintf(ret, FORM_BYTES, "0%d-%07u", area, rng_below(&r, 10000000)));
	return printed(ret, snprintf(ret, FORM_BYTES, "1%d%09u", area, rng_below(&r, 1000000000)));
}

struct str form_stranger(const struct world *w, struct rng *r, day_t birth, char ret[FORM_BYTES])
{
	struct ymd d = day_to_ymd(birth);
	int n = snprintf(ret, FORM_BYTES, "630102%04d%02d%02d%03u", d.year, d.month, d.day,
		rng_below(r, 1000));

	(void)w;
	ret[n] = number_check_char(ret);
	ret[n + 1] = '\0';
	return printed(ret, n + 1);
}

static bool is_town(const struct town *t, struct str name)
{
	struct str rest = t->aliases, part;

	if (str_eq(t->name, name))
		return true;
	while (str_cut(&rest, STR("|"), &part))
		if (str_eq(part, name))
			return true;
	return false;
}

size_t form_register_town(const struct world *w, const struct household *h)
{
	size_t own = w->villages[h->village].town;
	const struct pack *p = w->pack;

	for (size_t i = 0; i < p->n_assignments; i++) {
		const struct pack_assignment *a = &p->assignments[i];

		if (!str_is(a->unit_code, w->towns[own].profile->code9) || a->n_towns == 0)
			continue;
		for (size_t t = 0; t < w->n_towns; t++)
			if (is_town(&w->towns[t], a->towns[h->index % a->n_towns]))
				return t;
	}
	return own;
}
