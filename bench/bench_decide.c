/* SPDX-License-Identifier: Apache-2.0 */
/* bench_decide PACKS: time of one decision, of loading a pack with all checks, of a what-if over
 * a county. People are synthetic and made from a fixed seed; goals are those of
 * docs/benchmarks.md. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "doors/cli/packs.h"
#include "doors/cli/population.h"

#define COUNTY 1090000
#define TOWNS 20
#define LOADS 20
#define ROUNDS 5 /* the best of so many counts: the machine is shared */

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static uint64_t state = 20240101;

static uint32_t draw(uint32_t below)
{
	state = state * 6364136223846793005ull + 1442695040888963407ull;
	return (uint32_t)((state >> 33) % below);
}

/* Three people in four pay in the window; the rest come later, some with a circumstance; one in
 * six holds a category, some of them two. */
static void make_person(
	const struct pack *p, struct facts *f, struct holding *h, struct happening *e)
{
	day_t first = p->regular_window.from;
	bool late = draw(4) == 0;

	*f = (struct facts){
		.on = late ? p->benefit.from + (day_t)draw(365) : first + (day_t)draw(90),
		.resident_since = DAY_NONE,
		.registered = draw(50) != 0,
		.resident = true,
		.document = draw(40) ? DOCUMENT_CITIZEN_ID : DOCUMENT_RESIDENCE_PERMIT,
		.student = draw(6) ? STUDENT_NONE : STUDENT_SCHOOL,
		.student_here = true,
		.employee_insured = draw(100) == 0,
	};
	f->birth = f->on - 30 - (day_t)draw(30000);
	f->n_holdings = (uint16_t)(draw(6) ? 0 : 1 + draw(2));
	for (size_t i = 0; i < f->n_holdings; i++)
		h[i] = (struct holding){ f->on - 400 + (day_t)draw(420), DAY_NONE,
			(uint8_t)draw((uint32_t)p->n_categories) };
	f->holdings = h;
	if (late && draw(2)) {
		*e = (struct happening){ .on = f->on - (day_t)draw(150),
			.months = 30,
			.kind = (uint8_t)draw(CIRCUMSTANCE_COUNT) };
		f->n_happenings = 1;
		f->happenings = e;
	}
}

static bool make_people(
	const struct pack *p, struct population *people, void **ret_holdings, void **ret_happenings)
{
	struct holding *h = calloc(2 * (size_t)COUNTY, sizeof(*h));
	struct happening *e = calloc(COUNTY, sizeof(*e));

	people->facts = calloc(COUNTY, sizeof(*people->facts));
	people->towns = calloc(COUNTY, sizeof(*people->towns));
	*ret_holdings = h;
	*ret_happenings = e;
	if (!h || !e || !people->facts || !people->towns)
		return false;
	for (size_t i = 0; i < COUNTY; i++) {
		make_person(p, &people->facts[i], h + 2 * i, e + i);
		people->towns[i] = (uint16_t)(i * TOWNS / COUNTY);
	}
	people->n = COUNTY;
	people->n_towns = TOWNS;
	return true;
}

static void time_decide(const struct pack *p, const struct population *people)
{
	int64_t sum = 0, refused = 0;
	double best = 1e9;

	for (int round = 0; round < ROUNDS; round++) {
		double start = now();

		sum = refused = 0;
		for (size_t i = 0; i < people->n; i++) {
			struct ruling r;

			decide_enrol(p, &people->facts[i], &r);
			sum += r.payable.fen;
			refused += r.decision == RULING_REFUSE;
		}
		if (now() - start < best)
			best = now() - start;
	}
	printf("%-18s decide   %6.1f ns/person (goal 50)  %lld refused, %lld fen\n", p->code.p,
		best * 1e9 / (double)people->n, (long long)refused, (long long)sum);
}

static void time_what_if(const struct pack *p, const struct population *people)
{
	struct cost total, towns[TOWNS];
	double best = 1e9;

	for (int i = 0; i < ROUNDS; i++) {
		double start = now();

		if (population_cost(p, people, &total, towns) < 0)
			exit(2);
		if (now() - start < best)
			best = now() - start;
	}
	printf("%-18s what-if  %6.1f ms for %d people (goal 50), all cores\n", p->code.p,
		best * 1e3, COUNTY);
}

static void time_load(const char *folder, const char *code)
{
	char path[4096];
	double best = 1e9;

	snprintf(path, sizeof(path), "%s/%s", folder, code);
	for (int i = 0; i < LOADS; i++) {
		struct arena a;
		struct diags d;
		struct err err = { "" };
		const struct pack *p;
		double start = now();

		arena_init(&a, PACKS_BYTES_MAX);
		diags_init(&d, &a);
		if (packs_load_folder(&a, path, NULL, &d, &err, &p) < 0) {
			fprintf(stderr, "%s\n", err.text);
			exit(2);
		}
		if (now() - start < best)
			best = now() - start;
		arena_release(&a);
	}
	printf("%-18s load     %6.2f ms with all checks (goal 20)\n", code, best * 1e3);
}

int main(int argc, char **argv)
{
	struct cli c = { .in = stdin, .out = stdout, .err = stderr, .prog = "bench_decide" };
	const char *folder = argc > 1 ? argv[1] : packs_default_folder();
	struct packs packs;

	if (packs_load_all(&c, folder, &packs) != CLI_OK)
		return 2;
	for (size_t i = 0; i < packs.n; i++) {
		struct population people = { 0 };
		void *holdings, *happenings;

		time_load(folder, packs.items[i]->code.p);
		if (!make_people(packs.items[i], &people, &holdings, &happenings))
			return 2;
		time_decide(packs.items[i], &people);
		time_what_if(packs.items[i], &people);
		free(holdings);
		free(happenings);
		free(people.facts);
		free(people.towns);
	}
	packs_release(&packs);
	return 0;
}
