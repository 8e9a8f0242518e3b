/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/cli/population.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "acts/read_population.h"
#include "base/err.h"
#include "doors/cli/decide_json.h"

#define ARENA_CEILING ((size_t)4 << 30)

static bool grow(struct population *p)
{
	size_t cap = p->cap ? p->cap * 2 : 4096;
	struct facts *facts = realloc(p->facts, cap * sizeof(*facts));
	uint16_t *towns;

	if (!facts)
		return false;
	p->facts = facts;
	towns = realloc(p->towns, cap * sizeof(*towns));
	if (!towns)
		return false;
	p->towns = towns;
	p->cap = cap;
	return true;
}

/* A copy of `n` items that lives as long as the population; NULL for none. */
static bool keep(
	struct population *p, const void *items, size_t n, size_t size, const void **ret_kept)
{
	void *kept = NULL;

	if (n) {
		kept = arena_array(&p->arena, n, size);
		if (!kept)
			return false;
		memcpy(kept, items, n * size);
	}
	*ret_kept = kept;
	return true;
}

static bool town_of(struct population *p, struct str name, uint16_t *ret_town)
{
	int64_t index;

	if (map_get(&p->town_index, name, &index)) {
		*ret_town = (uint16_t)index;
		return true;
	}
	if (p->n_towns == COST_TOWNS_MAX)
		return false;
	name = arena_str(&p->arena, name);
	if (!name.p || map_put(&p->town_index, name, (int64_t)p->n_towns) < 0)
		return false;
	p->town_names[p->n_towns] = name;
	*ret_town = (uint16_t)p->n_towns++;
	return true;
}

static bool add(struct population *p, const struct facts *one, struct str town)
{
	struct facts f = *one;
	const void *holdings, *happenings;

	if (p->n == p->cap && (p->n == POPULATION_MAX || !grow(p)))
		return false;
	if (!keep(p, f.holdings, f.n_holdings, sizeof(*f.holdings), &holdings) ||
		!keep(p, f.happenings, f.n_happenings, sizeof(*f.happenings), &happenings) ||
		!town_of(p, town, &p->towns[p->n]))
		return false;
	f.holdings = holdings;
	f.happenings = happenings;
	p->facts[p->n++] = f;
	return true;
}

static int read_lines(
	struct cli *c, FILE *in, struct decide_line *l, struct population *p, size_t *ret_invalid)
{
	char *text = NULL;
	size_t cap = 0, number = 0;
	ssize_t n;
	int status = CLI_OK;

	while (status == CLI_OK && (n = getline(&text, &cap, in)) > 0) {
		number++;
		if (text[n - 1] == '\n')
			n--;
		if (!decide_line_read(l, (struct str){ text, (size_t)n }) ||
			l->op != DECIDE_ENROL) {
			if ((*ret_invalid)++ == 0)
				cli_fail(c, "第 %zu 行 %s：%s", "line %zu, %s: %s", number,
					l->field,
					l->reason ? l->reason : "只要参保的行 / enrolments only");
		} else if (!add(p, &l->facts, l->town)) {
			status = cli_fail(
				c, "人口太多或乡镇太多，内存不够", "too many people or towns");
		}
		decide_line_release(l);
	}
	if (status == CLI_OK && ferror(in))
		status = cli_fail(c, "人口文件读不出来", "cannot read the population");
	free(text);
	return status;
}

static void begin(struct population *p)
{
	*p = (struct population){ 0 };
	arena_init(&p->arena, ARENA_CEILING);
	map_init(&p->town_index, &p->arena);
}

static int add_person(void *ctx, const struct facts *f, struct str town)
{
	return add(ctx, f, town) ? 0 : FAULT_LIMIT;
}

int population_from_store(struct cli *c, const struct env *env, const struct pack *p, day_t on,
	struct population *ret_people, size_t *ret_invalid)
{
	struct err err = { "" };
	int64_t left_out = 0;
	int rc;

	begin(ret_people);
	rc = read_population(env, p, on, add_person, ret_people, &left_out, &err);
	*ret_invalid = (size_t)left_out;
	return rc < 0 ? cli_fail_text(c, err.text) : CLI_OK;
}

int population_read(struct cli *c, const struct pack *p, const char *path,
	struct population *ret_people, size_t *ret_invalid)
{
	const struct pack *items[] = { p };
	const struct packs packs = { .items = items, .n = 1 };
	struct decide_line *l = calloc(1, sizeof(*l));
	FILE *in = path ? fopen(path, "r") : c->in;
	int status;

	begin(ret_people);
	*ret_invalid = 0;
	if (!l) {
		status = cli_fail(c, "内存不足", "out of memory");
	} else if (!in) {
		status = cli_fail(c, "%s 打不开：%s", "cannot open %s: %s", path, strerror(errno));
	} else {
		l->packs = &packs;
		l->with_town = true;
		status = read_lines(c, in, l, ret_people, ret_invalid);
	}
	if (path && in)
		fclose(in);
	free(l);
	return status;
}

void population_release(struct population *people)
{
	free(people->facts);
	free(people->towns);
	arena_release(&people->arena);
	*people = (struct population){ 0 };
}
