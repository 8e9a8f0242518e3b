/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/account_checks.h"

#include "base/utf8.h"
#include "store/place.h"

#define STAFF_ACCOUNTS_MAX 64

static const struct {
	const char *zh, *en;
} rulings[] = {
#define X(name, zh, en) { zh, en },
	ACCOUNT_RULINGS(X)
#undef X
};

const char *account_ruling_zh(enum account_ruling r)
{
	BUG_IF((size_t)r >= ARRAY_LEN(rulings));
	return rulings[r].zh;
}

const char *account_ruling_en(enum account_ruling r)
{
	BUG_IF((size_t)r >= ARRAY_LEN(rulings));
	return rulings[r].en;
}

int account_first_make(struct account_first *first, char ret_hash[PASSWORD_HASH_MAX])
{
	int rc = password_turn_take();

	if (rc < 0)
		return rc;
	password_first(first->password);
	rc = password_hash(str_of(first->password), ret_hash);
	password_turn_give();
	return rc;
}

static bool is_login(struct str s)
{
	if (s.n < 3 || s.n > 32 || s.p[0] < 'a' || s.p[0] > 'z')
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
			    c == '_'))
			return false;
	}
	return true;
}

enum account_ruling account_check_texts(const struct account_new *n)
{
	if (!is_login(n->login))
		return ACCOUNT_LOGIN_RULING;
	if (utf8_count(n->name) < 1 || utf8_count(n->name) > 50)
		return ACCOUNT_NAME_RULING;
	if (n->staff_no.n < 1 || utf8_count(n->staff_no) > 32)
		return ACCOUNT_STAFF_RULING;
	return ACCOUNT_DONE_RULING;
}

static int check_division(
	struct db *db, struct arena *a, int64_t county, const struct account_place *p)
{
	enum place_level level = p->role == ROLE_TOWN_OFFICE ? PLACE_TOWN : PLACE_VILLAGE;
	const struct place *at;
	struct places places;
	int rc = places_load(db, a, county, &places);

	if (rc < 0)
		return rc;
	at = place_by_code(&places, p->division);
	return at && at->code == p->division && at->level == level ? ACCOUNT_DONE_RULING
								   : ACCOUNT_DIVISION_RULING;
}

int account_check_place(
	struct db *db, struct arena *a, int64_t county, const struct account_place *p)
{
	enum role_reach reach;
	bool unit;

	if (p->role >= ROLE_COUNT || role_is_client(p->role))
		return ACCOUNT_ROLE_RULING;
	reach = role_reach(p->role);
	unit = reach == REACH_SCHOOL || reach == REACH_CHANNEL;
	if (unit != (p->unit.n > 0) || utf8_count(p->unit) > 80)
		return ACCOUNT_UNIT_RULING;
	if (reach != REACH_DIVISION)
		return p->division ? ACCOUNT_DIVISION_RULING : ACCOUNT_DONE_RULING;
	return check_division(db, a, county, p);
}

int account_check_staff(struct db *db, struct arena *a, int64_t county, struct str staff_no,
	int64_t id, enum role role)
{
	struct staff_role *items;
	enum role other;
	size_t n;
	int rc;

	if (!role_is_admin(role))
		return ACCOUNT_DONE_RULING;
	rc = account_of_staff(db, county, staff_no, STAFF_ACCOUNTS_MAX, a, &items, &n);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < n; i++)
		if (items[i].account != id && role_parse(items[i].role, &other) &&
			role_is_admin(other) && other != role)
			return ACCOUNT_ADMINS_RULING;
	return ACCOUNT_DONE_RULING;
}

int account_check_last(struct db *db, int64_t county, const struct account *acc)
{
	enum role role;
	int64_t n;
	int rc;

	if (acc->state != ACCOUNT_ACTIVE || !role_parse(acc->role, &role) ||
		(role != ROLE_SYSTEM_ADMIN && role != ROLE_SECURITY_ADMIN))
		return ACCOUNT_DONE_RULING;
	rc = account_active_count(db, county, acc->role, &n);
	if (rc < 0)
		return rc;
	return n > 1 ? ACCOUNT_DONE_RULING : ACCOUNT_LAST_RULING;
}

int account_put(
	struct db *db, struct arena *a, const struct env *env, struct account *acc, const char *act)
{
	struct account other;
	int rc = account_by_login(db, env->county, acc->login, a, &other);

	if (rc != 0)
		return rc < 0 ? rc : ACCOUNT_TAKEN_RULING;
	if (acc->subject.p) {
		rc = account_by_subject(db, env->county, acc->subject, a, &other);
		if (rc != 0)
			return rc < 0 ? rc : ACCOUNT_SUBJECT_RULING;
	}
	rc = audit_open(db, env->county, &acc->audit);
	if (rc == 0)
		rc = counter_take(db, env->county, "account", 1, &acc->id);
	if (rc == 0)
		rc = account_insert(db, env->county, acc);
	if (rc < 0)
		return rc;
	rc = env_audit(db, env, acc->audit, act, acc->login, (struct str){ NULL, 0 });
	return rc < 0 ? rc : ACCOUNT_DONE_RULING;
}
