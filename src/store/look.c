/* SPDX-License-Identifier: Apache-2.0 */
#include "store/look.h"

#include "store/bind.h"
#include "store/trail.h"

static const struct {
	const char *code, *zh, *en;
} whats[LOOK_COUNT] = {
#define X(name, code, zh, en) { code, zh, en },
	LOOKS(X)
#undef X
};

const char *look_code(enum look_what w)
{
	BUG_IF(w >= LOOK_COUNT);
	return whats[w].code;
}

const char *look_zh(enum look_what w)
{
	BUG_IF(w >= LOOK_COUNT);
	return whats[w].zh;
}

const char *look_en(enum look_what w)
{
	BUG_IF(w >= LOOK_COUNT);
	return whats[w].en;
}

static bool what_parse(struct str code, enum look_what *ret_what)
{
	for (size_t i = 0; i < LOOK_COUNT; i++)
		if (str_is(code, whats[i].code)) {
			*ret_what = (enum look_what)i;
			return true;
		}
	return false;
}

int look_add_all(struct db *db, int64_t county, const struct look *l, size_t n)
{
	int64_t id;
	int rc = n ? counter_take(db, county, "look", (int64_t)n, &id) : 0;

	for (size_t i = 0; rc >= 0 && i < n; i++) {
		struct stmt *s;

		BUG_IF(l[i].person <= 0 || l[i].actor.n == 0 || l[i].office.n == 0);
		rc = db_stmt(db, SQL_LOOK_INSERT, &s);
		if (rc < 0)
			return rc;
		stmt_int(s, 1, county);
		stmt_int(s, 2, l[i].person);
		stmt_int(s, 3, id + (int64_t)i);
		stmt_int(s, 4, l[i].at);
		stmt_text(s, 5, l[i].actor);
		stmt_text(s, 6, l[i].office);
		stmt_text(s, 7, str_of(look_code(l[i].what)));
		stmt_text_or_null(s, 8, l[i].reason);
		rc = stmt_done(s);
	}
	return rc;
}

int look_add(struct db *db, int64_t county, const struct look *l)
{
	return look_add_all(db, county, l, 1);
}

static int read_look(struct stmt *s, struct arena *a, int64_t person, struct look *ret)
{
	struct look l = { .person = person,
		.id = stmt_col_int(s, 0),
		.at = stmt_col_int(s, 1),
		.actor = stmt_col_text_in(s, a, 2),
		.office = stmt_col_text_in(s, a, 3),
		.reason = stmt_col_text_in(s, a, 5) };

	if (!l.actor.p || !l.office.p)
		return FAULT_MEMORY;
	if (!what_parse(stmt_col_text(s, 4), &l.what))
		return FAULT_FORMAT;
	*ret = l;
	return 1;
}

int looks_of(struct db *db, int64_t county, int64_t person, int64_t before, size_t max,
	struct arena *a, struct look **ret_items, size_t *ret_n)
{
	struct look *items = ARENA_ARRAY(a, struct look, max ? max : 1);
	size_t n = 0;
	struct stmt *s;
	int rc = items ? db_stmt(db, SQL_LOOK_OF, &s) : FAULT_MEMORY;

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, person);
	stmt_int(s, 3, before > 0 ? before : INT64_MAX);
	stmt_int(s, 4, (int64_t)max);
	while (n < max && (rc = stmt_step(s)) == 1) {
		rc = read_look(s, a, person, &items[n]);
		if (rc < 0)
			break;
		n++;
	}
	stmt_reset(s);
	if (rc < 0)
		return rc;
	*ret_items = items;
	*ret_n = n;
	return 0;
}
