/* SPDX-License-Identifier: Apache-2.0 */
#include "store/search.h"

#include <string.h>

#include "store/bind.h"

int person_within(struct db *db, struct arena *a, const struct scope_bind *scope, int64_t id,
	struct person *ret_person)
{
	struct stmt *s;
	struct str token;
	int rc = db_stmt(db, SQL_PERSON_WITHIN, &s);

	if (rc < 0)
		return rc;
	scope_bind(s, scope);
	stmt_int(s, 7, id);
	rc = stmt_step(s);
	if (rc == 1) {
		*ret_person = (struct person){ .id = stmt_col_int(s, 0),
			.name = stmt_col_text_in(s, a, 1),
			.doc_kind = stmt_col_text_in(s, a, 2),
			.sex = (int)stmt_col_int(s, 3),
			.birth = (day_t)stmt_col_int(s, 4),
			.nation = stmt_col_text_in(s, a, 5),
			.household = stmt_col_text_in(s, a, 6),
			.relation = stmt_col_text_in(s, a, 7),
			.village = stmt_col_int(s, 8),
			.town = stmt_col_int(s, 9),
			.registered = stmt_col_int(s, 10) != 0,
			.resident = stmt_col_int(s, 11) != 0,
			.died_on = stmt_col_day(s, 12),
			.doc_seal = stmt_col_blob_in(s, a, 13),
			.phone_seal = stmt_col_blob_in(s, a, 15) };
		token = stmt_col_blob(s, 14);
		BUG_IF(token.n != TOKEN_BYTES);
		memcpy(ret_person->token, token.p, TOKEN_BYTES);
	}
	stmt_reset(s);
	return rc;
}

static enum standing standing_of(struct stmt *s)
{
	if (!stmt_col_null(s, 11))
		return STANDING_ENROLLED;
	if (!stmt_col_null(s, 12) && str_is(stmt_col_text(s, 12), "open"))
		return STANDING_OPEN;
	return stmt_col_null(s, 13) ? STANDING_NONE : STANDING_REFUSED;
}

static int read_found(
	struct stmt *s, struct arena *a, size_t max, struct found **ret_items, size_t *ret_n)
{
	struct found *items = ARENA_ARRAY(a, struct found, max ? max : 1);
	size_t n = 0;
	int rc = items ? 0 : FAULT_MEMORY;

	while (rc >= 0 && n < max && (rc = stmt_step(s)) == 1)
		items[n++] = (struct found){ .id = stmt_col_int(s, 0),
			.name = stmt_col_text_in(s, a, 1),
			.doc_seal = stmt_col_blob_in(s, a, 2),
			.household = stmt_col_text_in(s, a, 3),
			.town = stmt_col_text_in(s, a, 4),
			.village = stmt_col_text_in(s, a, 5),
			.sex = (int)stmt_col_int(s, 6),
			.birth = (day_t)stmt_col_int(s, 7),
			.died_on = stmt_col_day(s, 8),
			.registered = stmt_col_int(s, 9) != 0,
			.resident = stmt_col_int(s, 10) != 0,
			.standing = standing_of(s) };
	stmt_reset(s);
	if (rc < 0)
		return rc;
	*ret_items = items;
	*ret_n = n;
	return 0;
}

int search_by_token(struct db *db, struct arena *a, const struct scope_bind *scope,
	const struct season_key *season, const unsigned char token[TOKEN_BYTES],
	struct found **ret_items, size_t *ret_n)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_SEARCH_TOKEN_WITHIN, &s);

	if (rc < 0)
		return rc;
	scope_bind(s, scope);
	stmt_text(s, 7, season->policy);
	stmt_int(s, 8, season->benefit_year);
	stmt_blob(s, 9, token, TOKEN_BYTES);
	return read_found(s, a, 1, ret_items, ret_n);
}

/* 1 and *ret_name, the name behind SEARCH_NAMES_MAX others; 0 when there are not so many. */
static int name_bound(struct db *db, struct arena *a, int64_t county, struct str first,
	struct str last, struct str *ret_name)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_SEARCH_NAME_BOUND, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_text(s, 2, first);
	stmt_text(s, 3, last);
	stmt_int(s, 4, SEARCH_NAMES_MAX);
	rc = stmt_step(s);
	if (rc == 1)
		*ret_name = stmt_col_text_in(s, a, 0);
	stmt_reset(s);
	return rc;
}

int search_by_name(struct db *db, struct arena *a, const struct scope_bind *scope,
	const struct season_key *season, struct str name, bool prefix, int64_t division, size_t max,
	struct found **ret_items, size_t *ret_n, bool *ret_cut)
{
	/* The last code point there is stands behind whatever begins with the name. */
	struct str last = prefix ? arena_printf(a, "%.*s\xf4\x8f\xbf\xbf", STR_ARG(name)) : name;
	struct stmt *s;
	int cut = 0, rc = last.p ? 0 : FAULT_MEMORY;

	if (rc == 0 && prefix)
		rc = cut = name_bound(db, a, scope->county, name, last, &last);
	if (rc >= 0)
		rc = db_stmt(db, SQL_SEARCH_NAME_WITHIN, &s);
	if (rc < 0)
		return rc;
	scope_bind(s, scope);
	stmt_text(s, 7, season->policy);
	stmt_int(s, 8, season->benefit_year);
	stmt_text(s, 9, name);
	stmt_text(s, 10, last);
	stmt_int(s, 11, division);
	stmt_int(s, 12, (int64_t)max);
	rc = read_found(s, a, max, ret_items, ret_n);
	if (rc == 0)
		*ret_cut = cut == 1;
	return rc;
}
