/* SPDX-License-Identifier: Apache-2.0 */
#include "store/account.h"

#include <string.h>

#include "store/bind.h"

#define LOGIN_END "\x7f" /* behind every login: they are small letters, digits and . _ - */

static const char *const states[] = { "asked", "active", "closed" };

const char *account_state_code(enum account_state s)
{
	BUG_IF((size_t)s >= ARRAY_LEN(states));
	return states[s];
}

bool account_state_parse(struct str code, enum account_state *ret_state)
{
	for (size_t i = 0; i < ARRAY_LEN(states); i++)
		if (str_is(code, states[i])) {
			*ret_state = (enum account_state)i;
			return true;
		}
	return false;
}

int account_insert(struct db *db, int64_t county, const struct account *acc)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_ACCOUNT_INSERT, &s);

	BUG_IF(acc->id <= 0 || acc->login.n == 0);
	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, acc->id);
	stmt_text(s, 3, acc->login);
	stmt_text(s, 4, acc->name);
	stmt_text(s, 5, acc->staff_no);
	stmt_text(s, 6, acc->role);
	stmt_int(s, 7, acc->division);
	stmt_text_or_null(s, 8, acc->unit);
	stmt_text(s, 9, str_of(account_state_code(acc->state)));
	stmt_text(s, 10, acc->password);
	stmt_int(s, 11, acc->must_change);
	stmt_int(s, 12, acc->changed_at);
	stmt_text_or_null(s, 13, acc->subject);
	stmt_int(s, 14, acc->asked_by);
	stmt_int(s, 15, acc->audit);
	return stmt_done(s);
}

int account_update(struct db *db, int64_t county, const struct account *acc)
{
	struct stmt *s;
	int64_t n;
	int rc = db_stmt(db, SQL_ACCOUNT_UPDATE, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, acc->id);
	stmt_text(s, 3, acc->name);
	stmt_text(s, 4, acc->staff_no);
	stmt_text(s, 5, acc->role);
	stmt_int(s, 6, acc->division);
	stmt_text_or_null(s, 7, acc->unit);
	stmt_text(s, 8, str_of(account_state_code(acc->state)));
	stmt_text(s, 9, acc->password);
	stmt_int(s, 10, acc->must_change);
	stmt_int(s, 11, acc->changed_at);
	stmt_blob_or_null(s, 12, acc->totp_seal);
	stmt_blob_or_null(s, 13, acc->totp_new);
	stmt_int(s, 14, acc->totp_last);
	stmt_int(s, 15, acc->failures);
	stmt_int(s, 16, acc->code_failures);
	stmt_int(s, 17, acc->locked_until);
	stmt_text_or_null(s, 18, acc->subject);
	stmt_int(s, 19, acc->audit);
	n = stmt_run(s);
	return n < 0 ? (int)n : n > 0;
}

static int read_account(struct stmt *s, struct arena *a, struct account *ret)
{
	struct account acc = { .id = stmt_col_int(s, 0),
		.login = stmt_col_text_in(s, a, 1),
		.name = stmt_col_text_in(s, a, 2),
		.staff_no = stmt_col_text_in(s, a, 3),
		.role = stmt_col_text_in(s, a, 4),
		.division = stmt_col_int(s, 5),
		.unit = stmt_col_text_in(s, a, 6),
		.password = stmt_col_text_in(s, a, 8),
		.must_change = stmt_col_int(s, 9) != 0,
		.changed_at = stmt_col_int(s, 10),
		.totp_seal = stmt_col_blob_in(s, a, 11),
		.totp_new = stmt_col_blob_in(s, a, 12),
		.totp_last = stmt_col_int(s, 13),
		.failures = stmt_col_int(s, 14),
		.code_failures = stmt_col_int(s, 15),
		.locked_until = stmt_col_int(s, 16),
		.subject = stmt_col_text_in(s, a, 17),
		.asked_by = stmt_col_int(s, 18),
		.audit = stmt_col_int(s, 19) };

	if (!account_state_parse(stmt_col_text(s, 7), &acc.state))
		return FAULT_FORMAT;
	if (!acc.login.p || !acc.name.p || !acc.staff_no.p || !acc.role.p || !acc.password.p)
		return FAULT_MEMORY;
	*ret = acc;
	return 1;
}

/* Step a bound statement once and read its row. */
static int one(struct stmt *s, struct arena *a, struct account *ret)
{
	int rc = stmt_step(s);

	if (rc == 1)
		rc = read_account(s, a, ret);
	stmt_reset(s);
	return rc;
}

int account_by_id(
	struct db *db, int64_t county, int64_t id, struct arena *a, struct account *ret_account)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_ACCOUNT_BY_ID, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, id);
	return one(s, a, ret_account);
}

static int by_text(struct db *db, enum sql_id id, int64_t county, struct str text, struct arena *a,
	struct account *ret_account)
{
	struct stmt *s;
	int rc = db_stmt(db, id, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_text(s, 2, text);
	return one(s, a, ret_account);
}

int account_by_login(struct db *db, int64_t county, struct str login, struct arena *a,
	struct account *ret_account)
{
	return by_text(db, SQL_ACCOUNT_BY_LOGIN, county, login, a, ret_account);
}

int account_by_subject(struct db *db, int64_t county, struct str subject, struct arena *a,
	struct account *ret_account)
{
	return by_text(db, SQL_ACCOUNT_BY_SUBJECT, county, subject, a, ret_account);
}

int account_page(struct db *db, int64_t county, const struct account_filter *f, struct arena *a,
	struct account **ret_items, size_t *ret_n)
{
	struct account *items = NULL;
	size_t n = 0, cap = 0;
	struct stmt *s;
	int rc = db_stmt(db, f->falling ? SQL_ACCOUNT_PAGE_LAST : SQL_ACCOUNT_PAGE, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_text(s, 2, f->after.p && !f->falling ? f->after : STR(""));
	stmt_text(s, 3, f->role.p ? f->role : STR(""));
	stmt_text(s, 4, f->state.p ? f->state : STR(""));
	stmt_int(s, 5, (int64_t)f->max);
	stmt_text(s, 6, f->after.p && f->falling ? f->after : STR(LOGIN_END));
	while ((rc = stmt_step(s)) == 1) {
		struct account *more = arena_grow(a, items, n, &cap, sizeof(*more));

		if (!more) {
			rc = FAULT_MEMORY;
			break;
		}
		items = more;
		rc = read_account(s, a, &items[n]);
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

int account_of_staff(struct db *db, int64_t county, struct str staff_no, size_t max,
	struct arena *a, struct staff_role **ret_items, size_t *ret_n)
{
	struct staff_role *items = ARENA_ARRAY(a, struct staff_role, max);
	size_t n = 0;
	struct stmt *s;
	int rc = items ? db_stmt(db, SQL_ACCOUNT_OF_STAFF, &s) : FAULT_MEMORY;

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_text(s, 2, staff_no);
	while ((rc = stmt_step(s)) == 1 && n < max) {
		items[n] = (struct staff_role){ stmt_col_int(s, 0), stmt_col_text_in(s, a, 1) };
		if (!items[n++].role.p) {
			rc = FAULT_MEMORY;
			break;
		}
	}
	stmt_reset(s);
	if (rc < 0)
		return rc;
	*ret_items = items;
	*ret_n = n;
	return 0;
}

int account_active_count(struct db *db, int64_t county, struct str role, int64_t *ret_count)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_ACCOUNT_ACTIVE_COUNT, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_text(s, 2, role);
	rc = stmt_one_int(s, ret_count);
	return rc < 0 ? rc : 0;
}

int account_kind_count(struct db *db, int64_t county, int64_t *ret_demo, int64_t *ret_others)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_ACCOUNT_KIND_COUNT, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	rc = stmt_step(s);
	if (rc == 1) {
		*ret_demo = stmt_col_int(s, 0);
		*ret_others = stmt_col_int(s, 1);
	}
	stmt_reset(s);
	return rc < 0 ? rc : 0;
}

int school_first(struct db *db, int64_t county, struct arena *a, struct str *ret_school)
{
	struct stmt *s;
	int rc = db_stmt(db, SQL_SCHOOL_FIRST, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	rc = stmt_step(s);
	if (rc == 1) {
		*ret_school = stmt_col_text_in(s, a, 0);
		rc = ret_school->p ? 1 : FAULT_MEMORY;
	}
	stmt_reset(s);
	return rc;
}

int village_crowds(struct db *db, int64_t county, size_t max, struct crowd *ret_items)
{
	size_t n = 0;
	struct stmt *s;
	int rc = db_stmt(db, SQL_VILLAGE_CROWDS, &s);

	if (rc < 0)
		return rc;
	stmt_int(s, 1, county);
	stmt_int(s, 2, (int64_t)max);
	while (n < max && (rc = stmt_step(s)) == 1)
		ret_items[n++] = (struct crowd){ stmt_col_int(s, 0), stmt_col_int(s, 1) };
	stmt_reset(s);
	return rc < 0 ? rc : (int)n;
}
