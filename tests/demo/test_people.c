/* SPDX-License-Identifier: Apache-2.0 */
/* The people the demo makes: right numbers, no two alike, plausible, and the same ones every
 * time. */
#include "check.h"

#include "doors/demo/forms.h"
#include "doors/demo/pay.h"
#include "rules/diag.h"

#define PEOPLE 20000

struct fixture {
	struct arena arena;
	const struct pack *pack;
};

static struct str whole_file(struct arena *a, const char *name)
{
	char path[1024];
	char *text = arena_alloc(a, 1 << 20);
	FILE *f;
	size_t n;

	snprintf(path, sizeof(path), "%s/packs/sunan-2024/%s", getenv("CANBAO_ROOT"), name);
	f = fopen(path, "rb");
	assert_non_null(f);
	n = fread(text, 1, 1 << 20, f);
	fclose(f);
	return (struct str){ text, n };
}

static int set_up(void **state)
{
	static struct fixture f;
	struct pack_sources s = { .name = STR("pack.yaml"), .ledger_name = STR("clauses.yaml") };
	struct diags d;

	arena_init(&f.arena, 64 << 20);
	s.text = whole_file(&f.arena, "pack.yaml");
	s.ledger_text = whole_file(&f.arena, "clauses.yaml");
	diags_init(&d, &f.arena);
	*state = &f;
	return pack_load(&f.arena, &s, &d, &f.pack);
}

static int tear_down(void **state)
{
	arena_release(&((struct fixture *)*state)->arena);
	return 0;
}

static void world_make(struct fixture *f, uint64_t seed, bool messy, struct world *w)
{
	const struct county_profile *profile = profile_find("620721");

	assert_non_null(profile);
	assert_int_equal(world_init(w, &f->arena, profile, f->pack, PEOPLE, seed, messy, NULL), 0);
}

static int by_number(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Every number passes the check of the rules, speaks of the same birth and sex, and is unique. */
static void numbers_are_right_and_unique(void **state)
{
	struct fixture *f = *state;
	static char numbers[PEOPLE * 2][NUMBER_BYTES];
	static char *sorted[PEOPLE * 2];
	struct household h;
	struct world w;
	struct walk k;
	size_t n = 0;

	world_make(f, 1, true, &w);
	assert_int_equal(walk_begin(&k, &w, NULL), 0);
	while (walk_next(&k, &h))
		for (size_t i = 0; i < h.n; i++) {
			const struct resident *p = &h.members[i];
			struct document d;

			assert_int_equal(
				document_check(p->kind, str_of(p->number), &d), DOCUMENT_FINE);
			if (d.birth != DAY_NONE)
				assert_int_equal(d.birth, p->birth);
			if (d.sex != SEX_UNKNOWN)
				assert_int_equal(d.sex, p->female ? SEX_FEMALE : SEX_MALE);
			assert_in_range(p->age, 0, 99);
			sorted[n] = memcpy(numbers[n], p->number, NUMBER_BYTES);
			n++;
		}
	walk_end(&k);
	assert_in_range(n, PEOPLE, PEOPLE * 3 / 2);
	qsort(sorted, n, sizeof(sorted[0]), by_number);
	for (size_t i = 1; i < n; i++)
		assert_string_not_equal(sorted[i - 1], sorted[i]);
}

struct census {
	size_t persons, households, children, old, employees, held, yugur, dots, female, withheld;
	uint64_t hash;
};

static void census_take(struct fixture *f, uint64_t seed, bool messy, struct census *c)
{
	struct household h;
	struct world w;
	struct walk k;

	*c = (struct census){ 0 };
	world_make(f, seed, messy, &w);
	assert_int_equal(walk_begin(&k, &w, NULL), 0);
	while (walk_next(&k, &h)) {
		c->households++;
		assert_in_range(h.n, 1, HOUSEHOLD_MAX);
		for (size_t i = 0; i < h.n; i++) {
			const struct resident *p = &h.members[i];

			c->persons++;
			c->children += p->age < 18;
			c->old += p->age >= 60;
			c->employees += p->employee;
			c->held += p->n_holdings > 0;
			c->yugur += p->nation == NATION_YUGUR;
			c->dots += str_find(str_of(p->name), STR("·")) >= 0;
			c->female += p->female;
			c->withheld += resident_withheld(p);
			c->hash = c->hash * 31 + str_hash(str_of(p->number)) +
				  str_hash(str_of(p->name)) + (uint64_t)p->n_holdings + p->employee;
		}
	}
	assert_int_equal(k.insurable, PEOPLE);
	walk_end(&k);
}

static void shares_are_plausible(void **state)
{
	struct census c;

	census_take(*state, 1, true, &c);
	assert_in_range(c.persons * 100 / c.households, 240, 330);
	assert_in_range(c.children * 100 / c.persons, 14, 26);
	assert_in_range(c.old * 100 / c.persons, 14, 28);
	assert_in_range(c.employees * 100 / c.persons, 14, 21);
	assert_in_range(c.held * 100 / c.persons, 12, 24);
	assert_in_range(c.yugur * 100 / c.persons, 20, 40);
	assert_in_range(c.dots * 100 / c.persons, 8, 25);
	assert_in_range(c.female * 100 / c.persons, 45, 55);
	assert_in_range(c.withheld, 5, 100);
}

/* The same seed, the same people, messy or not; another seed, others. */
static void the_seed_decides(void **state)
{
	struct census a, b;

	census_take(*state, 1, true, &a);
	census_take(*state, 1, true, &b);
	assert_int_equal(a.hash, b.hash);
	census_take(*state, 1, false, &b);
	assert_int_equal(a.hash, b.hash);
	assert_int_equal(b.withheld, 0);
	census_take(*state, 2, true, &b);
	assert_int_not_equal(a.hash, b.hash);
}

/* What is only written otherwise must still be readable; what is planted as wrong must be
 * refused. */
static void slips_are_what_they_say(void **state)
{
	struct resident p = { .index = 3,
		.kind = DOCUMENT_CITIZEN_ID,
		.number = "62222219500102001X",
		.name = "才让·卓玛" };
	struct town t = { .name = STR("祁丰藏族乡"), .brief = STR("祁丰乡") };
	char text[FORM_BYTES];
	struct document d;
	day_t day;

	(void)state;
	p.number[17] = number_check_char(p.number);
	for (int s = SLIP_NONE; s < SLIP_COUNT; s++) {
		enum document_fault fault = document_check(
			DOCUMENT_CITIZEN_ID, form_number(&p, (enum slip)s, text), &d);

		if (s == SLIP_CHECK || s == SLIP_BLANK || s == SLIP_RUINED) {
			assert_int_not_equal(fault, DOCUMENT_FINE);
			continue;
		}
		assert_int_equal(fault, DOCUMENT_FINE);
		assert_string_equal(d.number, p.number);
	}
	for (unsigned form = 0; form < 5; form++) {
		assert_true(day_parse_loose(form_date(-7303, form, text), &day));
		assert_int_equal(day, -7303);
	}
	assert_str(form_town(&t, SLIP_VARIANT, text), "祁丰蔵族乡");
	assert_str(form_town(&t, SLIP_BRIEF, text), "祁丰乡");
	assert_str(form_name(&p, SLIP_DOT, text), "才让•卓玛");
}

/* Good payments are what the engine asks; what is planted as wrong is not; late ones are refused
 * by it. */
static void payments_follow_the_engine(void **state)
{
	struct fixture *f = *state;
	struct pay_calendar calendar;
	size_t seen[PAY_KIND_COUNT] = { 0 };
	struct household h;
	struct pay_plan plan;
	struct world w;
	struct walk k;

	world_make(f, 1, true, &w);
	assert_int_equal(pay_calendar_init(&calendar, &f->arena, &w, NULL), 0);
	assert_int_equal(walk_begin(&k, &w, NULL), 0);
	while (walk_next(&k, &h)) {
		pay_plan_make(&w, &calendar, &h, &plan);
		for (size_t i = 0; i < plan.n; i++) {
			const struct payment *x = &plan.items[i];
			const struct resident *p = &h.members[x->member];
			struct facts facts = { .on = x->on,
				.birth = p->birth,
				.resident_since = DAY_NONE,
				.holdings = p->holdings,
				.n_holdings = (uint16_t)p->n_holdings,
				.registered = p->registered,
				.resident = p->resident,
				.document = (uint8_t)p->kind,
				.student = p->student,
				.student_here = p->student_here,
				.employee_insured = p->employee };
			struct ruling r;
			bool due;

			seen[x->kind]++;
			assert_false(resident_withheld(p));
			decide_enrol(f->pack, &facts, &r);
			due = r.decision == RULING_ENROL && r.payable.fen == x->fen;
			if (x->kind == PAY_GOOD || x->kind == PAY_SECOND || x->kind == PAY_REPEATED)
				assert_true(due);
			else if (x->kind != PAY_UNKNOWN)
				assert_false(due);
		}
	}
	walk_end(&k);
	assert_in_range(seen[PAY_GOOD], PEOPLE * 90 / 100, PEOPLE * 98 / 100);
	for (int kind = PAY_WRONG; kind < PAY_KIND_COUNT; kind++)
		assert_int_not_equal(seen[kind], 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_right_and_unique),
		cmocka_unit_test(shares_are_plausible),
		cmocka_unit_test(the_seed_decides),
		cmocka_unit_test(slips_are_what_they_say),
		cmocka_unit_test(payments_follow_the_engine),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
