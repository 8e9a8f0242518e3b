/* SPDX-License-Identifier: Apache-2.0 */
#include "store/place.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/utf8.h"
#include "store/bind.h"

int64_t place_code12(int64_t code)
{
	while (code > 0 && code < 100000000000)
		code *= 1000;
	return code;
}

static struct str code_key(char *space, size_t size, int64_t code)
{
	int n = snprintf(space, size, "%" PRId64, code);

	return (struct str){ space, (size_t)n };
}

static void name_key(struct buf *b, int64_t parent, struct str name)
{
	buf_reset(b);
	buf_addi(b, parent);
	buf_addc(b, '/');
	utf8_fold(b, name);
}

static int64_t report_of(struct stmt *s, int col)
{
	return stmt_col_null(s, col) ? PLACE_SELF : stmt_col_int(s, col);
}

static int place_read(struct stmt *s, struct arena *a, struct place *p)
{
	*p = (struct place){ .code = stmt_col_int(s, 0),
		.parent = stmt_col_int(s, 1),
		.level = (enum place_level)stmt_col_int(s, 2),
		.name = arena_str(a, stmt_col_text(s, 3)),
		.valid_from = stmt_col_day(s, 4),
		.valid_to = stmt_col_day(s, 5),
		.report_to = report_of(s, 6) };
	if (!stmt_col_null(s, 7))
		p->officer = arena_str(a, stmt_col_text(s, 7));
	return p->name.p ? 0 : FAULT_MEMORY;
}

static int load_items(struct db *db, struct places *p)
{
	struct stmt *s;
	size_t cap = 0;
	int rc = db_stmt(db, SQL_DIVISION_ALL, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, p->county);
	while ((rc = stmt_step(s)) == 1) {
		struct place *more = arena_grow(p->arena, p->items, p->n, &cap, sizeof(*more));

		if (!more || p->n == PLACES_MAX) {
			rc = more ? FAULT_LIMIT : FAULT_MEMORY;
			break;
		}
		p->items = more;
		rc = place_read(s, p->arena, &p->items[p->n]);
		if (rc < 0)
			break;
		p->n++;
	}
	stmt_reset(s);
	return rc;
}

static int index_codes(struct places *p)
{
	char space[24];

	map_init(&p->by_code, p->arena);
	for (size_t i = 0; i < p->n; i++) {
		struct str key =
			arena_str(p->arena, code_key(space, sizeof(space), p->items[i].code));

		if (!key.p || map_put(&p->by_code, key, (int64_t)i) < 0)
			return FAULT_MEMORY;
	}
	return 0;
}

static int index_names(struct db *db, struct places *p)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_DIVISION_ALIAS_ALL, &s);

	map_init(&p->by_name, p->arena);
	if (rc < 0)
		return rc;
	stmt_int(s, 1, p->county);
	while ((rc = stmt_step(s)) == 1) {
		char space[24];
		struct str folded = stmt_col_text(s, 1), key;
		int64_t at;

		key = arena_printf(
			p->arena, "%" PRId64 "/%.*s", stmt_col_int(s, 0), STR_ARG(folded));
		if (!map_get(&p->by_code, code_key(space, sizeof(space), stmt_col_int(s, 2)), &at))
			continue;
		if (!key.p || map_put(&p->by_name, key, at) < 0) {
			rc = FAULT_MEMORY;
			break;
		}
	}
	stmt_reset(s);
	return rc;
}

int places_load(struct db *db, struct arena *a, int64_t county, struct places *ret_places)
{
	struct places p = { .county = county, .arena = a };
	int rc = load_items(db, &p);

	if (rc == 0)
		rc = index_codes(&p);
	if (rc == 0)
		rc = index_names(db, &p);
	if (rc == 0)
		*ret_places = p;
	return rc;
}

const struct place *place_by_code(const struct places *p, int64_t code)
{
	char space[24];
	int64_t at;

	return map_get(&p->by_code, code_key(space, sizeof(space), place_code12(code)), &at)
		       ? &p->items[at]
		       : NULL;
}

const struct place *place_by_name(
	const struct places *p, int64_t parent, struct str name, struct buf *scratch)
{
	int64_t at;

	name_key(scratch, parent ? parent : place_code12(p->county), name);
	if (buf_bad(scratch) || !map_get(&p->by_name, buf_str(scratch), &at))
		return NULL;
	return &p->items[at];
}

const struct place *place_town(const struct places *p, const struct place *at)
{
	if (at && at->level == PLACE_VILLAGE)
		at = place_by_code(p, at->parent);
	return at && at->level == PLACE_TOWN ? at : NULL;
}

const struct place *place_reporting(
	const struct places *p, const struct place *at, const struct place *register_town)
{
	const struct place *town = place_town(p, at);
	int64_t to = at->report_to != PLACE_SELF ? at->report_to
		     : town                      ? town->report_to
						 : PLACE_SELF;

	if (to == PLACE_SELF)
		return town;
	if (to != PLACE_BY_REGISTER)
		return place_by_code(p, to);
	/* Registered in the very unit that is counted elsewhere: no town follows from that. */
	if (!register_town || register_town->report_to == PLACE_BY_REGISTER)
		return NULL;
	return register_town;
}

static int alias_put(
	struct db *db, int64_t county, const struct place *p, struct str name, struct buf *scratch)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_DIVISION_ALIAS_PUT, &s);

	if (rc < 0)
		return rc;
	buf_reset(scratch);
	utf8_fold(scratch, name);
	if (buf_bad(scratch))
		return FAULT_LIMIT;
	stmt_int(s, 1, county);
	stmt_int(s, 2, p->parent);
	stmt_text(s, 3, buf_str(scratch));
	stmt_int(s, 4, p->code);
	return stmt_done(s);
}

int place_put(struct db *db, int64_t county, const struct place *p, const struct str *aliases,
	size_t n_aliases, struct buf *scratch)
{
	struct stmt *s;
	int64_t n;
	int rc = db_stmt(db, SQL_DIVISION_PUT, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, p->code);
	stmt_int(s, 3, p->parent);
	stmt_int(s, 4, p->level);
	stmt_text(s, 5, p->name);
	stmt_day(s, 6, p->valid_from);
	stmt_day(s, 7, p->valid_to);
	if (p->report_to == PLACE_SELF)
		stmt_null(s, 8);
	else
		stmt_int(s, 8, p->report_to);
	stmt_text_or_null(s, 9, p->officer);
	stmt_null(s, 10);
	n = stmt_run(s);
	if (n < 0)
		return (int)n;
	rc = alias_put(db, county, p, p->name, scratch);
	for (size_t i = 0; rc == 0 && i < n_aliases; i++)
		rc = alias_put(db, county, p, aliases[i], scratch);
	return rc;
}

static void count_bind(struct stmt *s, int i, int64_t v)
{
	if (v < 0)
		stmt_null(s, i);
	else
		stmt_int(s, i, v);
}

int target_put(
	struct db *db, int64_t county, struct str policy, const struct target *t, int64_t audit)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_TARGET_PUT, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_text(s, 2, policy);
	stmt_int(s, 3, t->division);
	count_bind(s, 4, t->planned);
	count_bind(s, 5, t->registered);
	count_bind(s, 6, t->resident);
	stmt_int(s, 7, t->extended);
	stmt_int(s, 8, audit);
	return stmt_done(s);
}

static int64_t count_col(struct stmt *s, int i)
{
	return stmt_col_null(s, i) ? -1 : stmt_col_int(s, i);
}

int targets_load(struct db *db, struct arena *a, int64_t county, struct str policy,
	struct target **ret_items, size_t *ret_n)
{
	struct target *items = NULL;
	size_t n = 0, cap = 0;
	struct stmt *s;
	int rc = db_stmt(db, SQL_TARGET_ALL, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_text(s, 2, policy);
	while ((rc = stmt_step(s)) == 1) {
		struct target *more = arena_grow(a, items, n, &cap, sizeof(*more));

		if (!more) {
			rc = FAULT_MEMORY;
			break;
		}
		items = more;
		items[n++] = (struct target){ .division = stmt_col_int(s, 0),
			.planned = count_col(s, 1),
			.registered = count_col(s, 2),
			.resident = count_col(s, 3),
			.extended = stmt_col_int(s, 4) != 0 };
	}
	stmt_reset(s);
	if (rc < 0)
		return rc;
	*ret_items = items;
	*ret_n = n;
	return 0;
}

bool targets_extended(const struct target *items, size_t n, int64_t town)
{
	for (size_t i = 0; i < n; i++)
		if (items[i].division == town)
			return items[i].extended;
	return false;
}
