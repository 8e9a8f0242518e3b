/* SPDX-License-Identifier: Apache-2.0 */
#include "store/progress.h"

#include "store/bind.h"

static int ask_town(struct db *db, enum sql_id id, const struct progress_scope *sc, int64_t town,
	struct stmt **ret_stmt)
{
	int rc = db_stmt(db, id, ret_stmt);

	if (rc < 0)
		return rc;
	stmt_int(*ret_stmt, 1, sc->county);
	stmt_text(*ret_stmt, 2, sc->policy);
	stmt_int(*ret_stmt, 3, sc->on);
	stmt_int(*ret_stmt, 4, town);
	return 0;
}

int progress_by_town(struct db *db, struct arena *a, const struct progress_scope *sc,
	struct progress_town **ret_items, size_t *ret_n)
{
	struct progress_town *items = NULL;
	size_t n = 0, cap = 0;
	struct stmt *s;
	int rc = db_stmt(db, SQL_PROGRESS_BY_TOWN, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, sc->county);
	stmt_text(s, 2, sc->policy);
	stmt_int(s, 3, sc->on);
	while ((rc = stmt_step(s)) == 1) {
		struct progress_town *more = arena_grow(a, items, n, &cap, sizeof(*more));

		if (!more) {
			rc = FAULT_MEMORY;
			break;
		}
		items = more;
		items[n++] = (struct progress_town){ .town = stmt_col_int(s, 0),
			.enrolled = stmt_col_int(s, 1),
			.today = stmt_col_int(s, 2),
			.online = stmt_col_int(s, 3),
			.funded = stmt_col_int(s, 4),
			.personal_fen = stmt_col_int(s, 5),
			.subsidy_fen = stmt_col_int(s, 6) };
	}
	stmt_reset(s);
	if (rc < 0)
		return rc;
	*ret_items = items;
	*ret_n = n;
	return 0;
}

int progress_by_village(struct db *db, struct arena *a, const struct progress_scope *sc,
	int64_t town, struct progress_village **ret_items, size_t *ret_n)
{
	struct progress_village *items = NULL;
	size_t n = 0, cap = 0;
	struct stmt *s;
	int rc = ask_town(db, SQL_PROGRESS_BY_VILLAGE, sc, town, &s);

	if (rc < 0)
		return rc;
	while ((rc = stmt_step(s)) == 1) {
		struct progress_village *more = arena_grow(a, items, n, &cap, sizeof(*more));

		if (!more) {
			rc = FAULT_MEMORY;
			break;
		}
		items = more;
		items[n++] = (struct progress_village){ .village = stmt_col_int(s, 0),
			.enrolled = stmt_col_int(s, 1),
			.today = stmt_col_int(s, 2),
			.online = stmt_col_int(s, 3),
			.funded = stmt_col_int(s, 4),
			.personal_fen = stmt_col_int(s, 5),
			.subsidy_fen = stmt_col_int(s, 6) };
	}
	stmt_reset(s);
	if (rc < 0)
		return rc;
	*ret_items = items;
	*ret_n = n;
	return 0;
}

int progress_by_day(struct db *db, struct arena *a, const struct progress_scope *sc, int64_t town,
	struct progress_day **ret_items, size_t *ret_n)
{
	struct progress_day *items = NULL;
	size_t n = 0, cap = 0;
	struct stmt *s;
	int rc = ask_town(db, SQL_PROGRESS_BY_DAY, sc, town, &s);

	if (rc < 0)
		return rc;
	while ((rc = stmt_step(s)) == 1) {
		struct progress_day *more = arena_grow(a, items, n, &cap, sizeof(*more));

		if (!more) {
			rc = FAULT_MEMORY;
			break;
		}
		items = more;
		items[n++] = (struct progress_day){ .day = (day_t)stmt_col_int(s, 0),
			.enrolled = stmt_col_int(s, 1),
			.online = stmt_col_int(s, 2),
			.funded = stmt_col_int(s, 3),
			.personal_fen = stmt_col_int(s, 4),
			.subsidy_fen = stmt_col_int(s, 5) };
	}
	stmt_reset(s);
	if (rc < 0)
		return rc;
	*ret_items = items;
	*ret_n = n;
	return 0;
}

int employees_by_town(struct db *db, struct arena *a, const struct progress_scope *sc,
	struct town_count **ret_items, size_t *ret_n)
{
	struct town_count *items = NULL;
	size_t n = 0, cap = 0;
	struct stmt *s;
	int rc = db_stmt(db, SQL_EMPLOYEES_BY_TOWN, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, sc->county);
	stmt_int(s, 2, sc->on);
	while ((rc = stmt_step(s)) == 1) {
		struct town_count *more = arena_grow(a, items, n, &cap, sizeof(*more));

		if (!more) {
			rc = FAULT_MEMORY;
			break;
		}
		items = more;
		items[n++] = (struct town_count){ stmt_col_int(s, 0), stmt_col_int(s, 1) };
	}
	stmt_reset(s);
	if (rc < 0)
		return rc;
	*ret_items = items;
	*ret_n = n;
	return 0;
}

static struct str text_col(struct stmt *s, int i)
{
	return stmt_col_null(s, i) ? (struct str){ NULL, 0 } : stmt_col_text(s, i);
}

static void missing_row(struct stmt *s, struct missing *m)
{
	struct str state = text_col(s, 8);

	*m = (struct missing){ .person = stmt_col_int(s, 0),
		.name = stmt_col_text(s, 1),
		.doc_seal = stmt_col_blob(s, 2),
		.sex = (int)stmt_col_int(s, 3),
		.birth = (day_t)stmt_col_int(s, 4),
		.town = stmt_col_int(s, 5),
		.village = stmt_col_int(s, 6),
		.household = text_col(s, 7),
		.payable_fen = str_is(state, "open") ? stmt_col_int(s, 9) : -1,
		.category = text_col(s, 10),
		.refusal = text_col(s, 11) };
}

int unenrolled_of_village(struct db *db, const struct progress_scope *sc, int64_t village,
	int (*fn)(void *ctx, const struct missing *m), void *ctx)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_UNENROLLED_OF_VILLAGE, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, sc->county);
	stmt_int(s, 2, village);
	stmt_text(s, 3, sc->policy);
	stmt_int(s, 4, sc->benefit_year);
	stmt_int(s, 5, sc->on);
	while ((rc = stmt_step(s)) == 1) {
		struct missing m;

		missing_row(s, &m);
		rc = fn(ctx, &m);
		if (rc < 0)
			break;
	}
	stmt_reset(s);
	return rc;
}

int missing_page(struct db *db, const struct scope_bind *within, const struct progress_scope *sc,
	int64_t village, const struct missing_key *after,
	int (*fn)(void *ctx, const struct missing *m), void *ctx)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_MISSING_PAGE_WITHIN, &s);

	if (rc < 0)
		return rc;
	scope_bind(s, within);
	stmt_int(s, 7, village);
	stmt_text(s, 8, sc->policy);
	stmt_int(s, 9, sc->benefit_year);
	stmt_int(s, 10, sc->on);
	stmt_text(s, 11, after->household.p ? after->household : STR(""));
	stmt_int(s, 12, after->person);
	while ((rc = stmt_step(s)) == 1) {
		struct missing m;

		missing_row(s, &m);
		rc = fn(ctx, &m);
		if (rc != 0)
			break;
	}
	stmt_reset(s);
	return rc < 0 ? rc : 0;
}

#define MEMBERSHIPS_MAX 64 /* a person's, at once */

int memberships_on(struct db *db, struct arena *a, int64_t county, int64_t person, day_t on,
	struct str **ret_codes, size_t *ret_n)
{
	struct str *codes = ARENA_ARRAY(a, struct str, MEMBERSHIPS_MAX);
	size_t n = 0;
	struct stmt *s;
	int rc = codes ? db_stmt(db, SQL_MEMBERSHIP_ON, &s) : FAULT_MEMORY;

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, person);
	stmt_int(s, 3, on);
	while (n < MEMBERSHIPS_MAX && (rc = stmt_step(s)) == 1)
		codes[n++] = stmt_col_text_in(s, a, 0);
	stmt_reset(s);
	if (rc < 0)
		return rc;
	*ret_codes = codes;
	*ret_n = n;
	return 0;
}

int division_known(struct db *db, int64_t county, int64_t code)
{
	struct stmt *s;
	int64_t one;
	int rc = db_stmt(db, SQL_DIVISION_KNOWN, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, code);
	return stmt_one_int(s, &one);
}

static void special_row(struct stmt *s, struct special *sp)
{
	*sp = (struct special){ .category = stmt_col_text(s, 0),
		.enrolled = !stmt_col_null(s, 7),
		.covered = stmt_col_int(s, 8) > 0,
		.dead = !stmt_col_null(s, 10) };
	sp->who = (struct missing){ .person = stmt_col_int(s, 1),
		.name = stmt_col_text(s, 2),
		.doc_seal = stmt_col_blob(s, 3),
		.town = stmt_col_int(s, 4),
		.village = stmt_col_int(s, 5),
		.household = text_col(s, 6),
		.refusal = text_col(s, 9),
		.payable_fen = stmt_col_null(s, 11) ? -1 : stmt_col_int(s, 11) };
}

int special_page(struct db *db, const struct progress_scope *sc, int64_t after, int64_t upto,
	int (*fn)(void *ctx, const struct special *sp), void *ctx)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_SPECIAL_PAGE, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, sc->county);
	stmt_int(s, 2, after);
	stmt_int(s, 3, upto);
	stmt_int(s, 4, sc->on);
	stmt_int(s, 5, sc->benefit_year);
	stmt_text(s, 6, sc->policy);
	while ((rc = stmt_step(s)) == 1) {
		struct special sp;

		special_row(s, &sp);
		rc = fn(ctx, &sp);
		if (rc < 0)
			break;
	}
	stmt_reset(s);
	return rc;
}

int special_by_village(struct db *db, struct arena *a, const struct progress_scope *sc,
	struct special_count **ret_items, size_t *ret_n)
{
	struct special_count *items = NULL;
	size_t n = 0, cap = 0;
	struct stmt *s;
	int rc = db_stmt(db, SQL_SPECIAL_BY_VILLAGE, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, sc->county);
	stmt_int(s, 2, sc->on);
	stmt_int(s, 3, sc->benefit_year);
	while ((rc = stmt_step(s)) == 1) {
		struct special_count *more = arena_grow(a, items, n, &cap, sizeof(*more));

		if (!more) {
			rc = FAULT_MEMORY;
			break;
		}
		items = more;
		items[n++] = (struct special_count){ .town = stmt_col_int(s, 0),
			.village = stmt_col_int(s, 1),
			.category = stmt_col_text_in(s, a, 2),
			.total = stmt_col_int(s, 3),
			.enrolled = stmt_col_int(s, 4),
			.covered = stmt_col_int(s, 5) };
	}
	stmt_reset(s);
	if (rc < 0)
		return rc;
	*ret_items = items;
	*ret_n = n;
	return 0;
}

int special_without(struct db *db, const struct progress_scope *sc,
	int (*fn)(void *ctx, const struct special_gap *g), void *ctx)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_SPECIAL_WITHOUT, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, sc->county);
	stmt_int(s, 2, sc->on);
	stmt_int(s, 3, sc->benefit_year);
	while ((rc = stmt_step(s)) == 1) {
		const struct special_gap g = { .town = stmt_col_int(s, 0),
			.village = stmt_col_int(s, 1),
			.person = stmt_col_int(s, 2),
			.category = stmt_col_text(s, 3) };

		rc = fn(ctx, &g);
		if (rc < 0)
			break;
	}
	stmt_reset(s);
	return rc;
}

#define CHINA_UTC_OFFSET (8 * 3600)

int suspense_open(struct db *db, const struct progress_scope *sc,
	int (*fn)(void *ctx, const struct waiting *w), void *ctx)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_SUSPENSE_OPEN, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, sc->county);
	stmt_text(s, 2, sc->policy);
	stmt_int(s, 3, ((int64_t)sc->on + 1) * 86400 - CHINA_UTC_OFFSET);
	while ((rc = stmt_step(s)) == 1) {
		struct waiting w = { .payment = stmt_col_int(s, 0),
			.channel = stmt_col_text(s, 1),
			.serial = stmt_col_text(s, 2),
			.fen = stmt_col_int(s, 3),
			.paid_at = stmt_col_int(s, 4),
			.reason = stmt_col_text(s, 5),
			.name = text_col(s, 6),
			.town = stmt_col_int_or_zero(s, 7) };

		rc = fn(ctx, &w);
		if (rc < 0)
			break;
	}
	stmt_reset(s);
	return rc;
}
