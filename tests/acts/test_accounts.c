/* SPDX-License-Identifier: Apache-2.0 */
/* Accounts: opened by one, granted by another; the three administrators exclude each other. */
#include "county.h"

#include "acts/accounts.h"
#include "acts/login.h"
#include "acts/read_trail.h"

static const struct login_limits limits = { 1800, 43200, 900, 5, 900, 90 };
static const char good[] = "rain-on-the-roof-7";
#define NONE ((struct str){ NULL, 0 })

static int log_in(struct county *c, const char *login, const char *password, struct who *w)
{
	const struct login_ask ask = { str_of(login), str_of(password), NONE };
	char secret[65];
	int rc = login_password(&c->env, &limits, &ask, secret);

	if (rc != LOGIN_FINE)
		return rc;
	assert_int_equal(session_verify(c->env.store, c->env.county, &limits, str_of(secret),
				 c->env.now, &c->arena, w),
		1);
	return LOGIN_FINE;
}

static struct who operator_adds(
	struct county *c, const char *login, const char *staff, enum role role)
{
	const struct account_new n = { str_of(login), STR("管理员"), str_of(staff),
		{ .role = role }, NONE };
	struct account_first first;
	struct who w = { 0 };

	assert_int_equal(account_operator_add(&c->env, &n, &first), ACCOUNT_DONE_RULING);
	assert_int_equal(log_in(c, login, first.password, &w), LOGIN_FINE);
	return w;
}

static int ask(struct county *c, const struct who *who, const char *login, const char *staff,
	struct account_place place, struct account_first *ret)
{
	const struct account_new n = { str_of(login), STR("经办员"), str_of(staff), place, NONE };
	struct account_first first = { 0 };
	int rc = account_ask(&c->env, who, &n, &first);

	if (ret)
		*ret = first;
	return rc;
}

static int64_t audited(struct county *c, const char *act)
{
	return county_ask(c, "SELECT count(*) FROM audit WHERE act = '%s'", act);
}

static void one_asks_another_grants(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	struct who sys = operator_adds(c, "sys", "S-1", ROLE_SYSTEM_ADMIN);
	struct who sec = operator_adds(c, "sec", "S-2", ROLE_SECURITY_ADMIN);
	const struct account_place tax = { .role = ROLE_TAX };
	struct account_first first;
	struct who w;

	assert_int_equal(ask(c, &sys, "tax.li", "T-1", tax, &first), ACCOUNT_DONE_RULING);
	/* Not granted: the password does not help yet. */
	assert_int_equal(log_in(c, "tax.li", first.password, &w), LOGIN_WRONG);
	assert_int_equal(account_grant(&c->env, &sys, first.id), ACCOUNT_OWN_WORK_RULING);
	assert_int_equal(account_grant(&c->env, &sec, 999), ACCOUNT_MISSING_RULING);
	assert_int_equal(account_grant(&c->env, &sec, first.id), ACCOUNT_DONE_RULING);
	assert_int_equal(account_grant(&c->env, &sec, first.id), ACCOUNT_STATE_RULING);
	assert_int_equal(log_in(c, "tax.li", first.password, &w), LOGIN_FINE);
	assert_true(w.must_change);
	assert_int_equal(w.role, ROLE_TAX);
	assert_false(w.scope.nothing);
	assert_int_equal(ask(c, &sys, "tax.li", "T-2", tax, NULL), ACCOUNT_TAKEN_RULING);
	assert_int_equal(audited(c, "account_ask"), 1);
	assert_int_equal(audited(c, "account_grant"), 1);
	/* What did not happen left no number in the trail. */
	assert_int_equal(county_ask(c, "SELECT max(id) - count(*) FROM audit"), 0);
}

static void texts_and_places(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	struct who sys = operator_adds(c, "sys", "S-1", ROLE_SYSTEM_ADMIN);
	const struct {
		const char *login, *staff;
		struct account_place place;
		int ruling;
	} rows[] = {
		{ "Li", "1", { .role = ROLE_TAX }, ACCOUNT_LOGIN_RULING },
		{ "li wang", "1", { .role = ROLE_TAX }, ACCOUNT_LOGIN_RULING },
		{ "9li", "1", { .role = ROLE_TAX }, ACCOUNT_LOGIN_RULING },
		{ "li.wang", "", { .role = ROLE_TAX }, ACCOUNT_STAFF_RULING },
		{ "li.wang", "1", { .role = ROLE_CHANNEL, .unit = STR("x") }, ACCOUNT_ROLE_RULING },
		{ "li.wang", "1", { .role = ROLE_TAX, .division = 620721101000 },
			ACCOUNT_DIVISION_RULING },
		{ "li.wang", "1", { .role = ROLE_TOWN_OFFICE }, ACCOUNT_DIVISION_RULING },
		{ "li.wang", "1", { .role = ROLE_TOWN_OFFICE, .division = 620721101201 },
			ACCOUNT_DIVISION_RULING },
		{ "li.wang", "1", { .role = ROLE_TOWN_OFFICE, .division = 341323101000 },
			ACCOUNT_DIVISION_RULING },
		{ "li.wang", "1", { .role = ROLE_VILLAGE_AGENT, .division = 620721101000 },
			ACCOUNT_DIVISION_RULING },
		{ "li.wang", "1", { .role = ROLE_SCHOOL }, ACCOUNT_UNIT_RULING },
		{ "li.wang", "1", { .role = ROLE_TAX, .unit = STR("x") }, ACCOUNT_UNIT_RULING },
		{ "li.wang", "1", { .role = ROLE_SCHOOL, .unit = STR("一中") },
			ACCOUNT_DONE_RULING },
		{ "li.town", "1", { .role = ROLE_TOWN_OFFICE, .division = 620721101000 },
			ACCOUNT_DONE_RULING },
		{ "li.village", "1", { .role = ROLE_VILLAGE_AGENT, .division = 620721101201 },
			ACCOUNT_DONE_RULING },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		int rc = ask(c, &sys, rows[i].login, rows[i].staff, rows[i].place, NULL);

		if (rc != rows[i].ruling)
			fail_row("row %zu: %d, not %d", i, rc, rows[i].ruling);
	}
	assert_int_equal(county_ask(c, "SELECT count(*) FROM account"), 4);
}

static void three_that_exclude_each_other(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	struct who sys = operator_adds(c, "sys", "S-1", ROLE_SYSTEM_ADMIN);
	struct who sec = operator_adds(c, "sec", "S-2", ROLE_SECURITY_ADMIN);
	const struct account_place audit = { .role = ROLE_AUDIT_ADMIN },
				   security = { .role = ROLE_SECURITY_ADMIN },
				   tax = { .role = ROLE_TAX };
	struct account_first a, b, d;

	assert_int_equal(ask(c, &sys, "audit.1", "S-1", audit, NULL), ACCOUNT_ADMINS_RULING);
	assert_int_equal(ask(c, &sys, "audit.1", "S-3", audit, &a), ACCOUNT_DONE_RULING);
	/* Asked counts, so nobody collects two and has both granted. */
	assert_int_equal(ask(c, &sys, "sec.2", "S-3", security, NULL), ACCOUNT_ADMINS_RULING);
	/* A second account of a role without power may become one no more than a first. */
	assert_int_equal(ask(c, &sys, "tax.3", "S-3", tax, &b), ACCOUNT_DONE_RULING);
	assert_int_equal(account_grant(&c->env, &sec, a.id), ACCOUNT_DONE_RULING);
	assert_int_equal(account_grant(&c->env, &sec, b.id), ACCOUNT_DONE_RULING);
	assert_int_equal(account_move(&c->env, &sec, b.id, &security), ACCOUNT_ADMINS_RULING);
	/* Granting asks again: the other one came by another way. */
	assert_int_equal(ask(c, &sys, "sec.4", "S-4", security, &d), ACCOUNT_DONE_RULING);
	county_damage(c, "UPDATE account SET staff_no = 'S-3' WHERE login = 'sec.4'");
	assert_int_equal(account_grant(&c->env, &sec, d.id), ACCOUNT_ADMINS_RULING);
	/* A closed one does not count. */
	assert_int_equal(account_close(&c->env, &sys, a.id), ACCOUNT_DONE_RULING);
	assert_int_equal(account_grant(&c->env, &sec, d.id), ACCOUNT_DONE_RULING);
}

static void nobody_handles_their_own(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	struct who sys = operator_adds(c, "sys", "S-1", ROLE_SYSTEM_ADMIN);
	struct who sec = operator_adds(c, "sec", "S-2", ROLE_SECURITY_ADMIN);
	const struct account_place tax = { .role = ROLE_TAX };
	struct account_first first, own;

	assert_int_equal(account_move(&c->env, &sec, sec.account, &tax), ACCOUNT_OWN_WORK_RULING);
	assert_int_equal(
		account_reset(&c->env, &sec, sec.account, true, &first), ACCOUNT_OWN_WORK_RULING);
	assert_int_equal(account_close(&c->env, &sys, sys.account), ACCOUNT_OWN_WORK_RULING);
	/* Nor that of the same human being. */
	assert_int_equal(ask(c, &sys, "tax.sec", "S-2", tax, &own), ACCOUNT_DONE_RULING);
	assert_int_equal(account_grant(&c->env, &sec, own.id), ACCOUNT_OWN_WORK_RULING);
	/* The last of their kind stay. */
	assert_int_equal(account_close(&c->env, &sys, sec.account), ACCOUNT_LAST_RULING);
	assert_int_equal(account_move(&c->env, &sec, sys.account, &tax), ACCOUNT_LAST_RULING);
	(void)operator_adds(c, "sec.2", "S-5", ROLE_SECURITY_ADMIN);
	assert_int_equal(account_close(&c->env, &sys, sec.account), ACCOUNT_DONE_RULING);
	assert_int_equal(account_close(&c->env, &sys, sec.account), ACCOUNT_STATE_RULING);
}

static void changes_end_sessions(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	struct who sys = operator_adds(c, "sys", "S-1", ROLE_SYSTEM_ADMIN);
	struct who sec = operator_adds(c, "sec", "S-2", ROLE_SECURITY_ADMIN);
	const struct account_place tax = { .role = ROLE_TAX },
				   town = { .role = ROLE_TOWN_OFFICE, .division = 620721101000 };
	struct account_first first;
	const struct login_ask none = { NONE, NONE, NONE };
	struct login_ask q = none;
	char secret[65];
	struct who w;

	assert_int_equal(ask(c, &sys, "li", "T-1", tax, NULL), ACCOUNT_LOGIN_RULING);
	assert_int_equal(ask(c, &sys, "tax.li", "T-1", tax, &first), ACCOUNT_DONE_RULING);
	assert_int_equal(account_grant(&c->env, &sec, first.id), ACCOUNT_DONE_RULING);
#define STANDS(n) \
	assert_int_equal(session_verify(c->env.store, c->env.county, &limits, str_of(secret), \
				 c->env.now, &c->arena, &w), \
		n)
#define LOGS_IN(password_) \
	do { \
		q = (struct login_ask){ STR("tax.li"), str_of(password_), NONE }; \
		assert_int_equal(login_password(&c->env, &limits, &q, secret), LOGIN_FINE); \
	} while (0)
	LOGS_IN(first.password);
	STANDS(1);
	assert_int_equal(account_move(&c->env, &sec, first.id, &town), ACCOUNT_DONE_RULING);
	STANDS(0);
	LOGS_IN(first.password);
	STANDS(1);
	assert_int_equal(w.role, ROLE_TOWN_OFFICE);
	assert_true(w.scope.division == 620721101000);
	assert_int_equal(
		account_reset(&c->env, &sec, first.id, false, &first), ACCOUNT_DONE_RULING);
	STANDS(0);
	LOGS_IN(first.password);
	STANDS(1);
	c->env.reason = STR("调离");
	assert_int_equal(account_close(&c->env, &sys, first.id), ACCOUNT_DONE_RULING);
	STANDS(0);
	assert_int_equal(login_password(&c->env, &limits, &q, secret), LOGIN_WRONG);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM audit WHERE act = 'account_close' AND "
				       "reason = '调离' AND subject = 'tax.li'"),
		1);
}

static void a_demonstration(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	struct account_demo d = { .channel = STR("wechat") };
	int64_t n;
	struct who w;

	assert_int_equal(account_demo(&c->env, &c->arena, &d), ACCOUNT_DONE_RULING);
	/* Every role of a person, and a second town office and village. */
	assert_int_equal(d.n, ROLE_COUNT - 2 + 2);
	assert_int_equal(account_demo_count(c->env.store, c->env.county, &n), 0);
	assert_int_equal(n, (int64_t)d.n);
	assert_int_equal(log_in(c, "town_office", ACCOUNT_DEMO_PASSWORD, &w), LOGIN_FINE);
	assert_false(w.must_change);
	assert_true(w.scope.division == 620721101000);
	assert_int_equal(log_in(c, "town_office2", ACCOUNT_DEMO_PASSWORD, &w), LOGIN_FINE);
	assert_true(w.scope.division == 620721102000);
	assert_int_equal(log_in(c, "bank", ACCOUNT_DEMO_PASSWORD, &w), LOGIN_FINE);
	assert_str(w.scope.channel, "wechat");
	assert_int_equal(account_demo(&c->env, &c->arena, &d), ACCOUNT_DONE_RULING);
	assert_int_equal(d.n, ROLE_COUNT);
	/* Never beside real ones. */
	(void)operator_adds(c, "sys", "S-1", ROLE_SYSTEM_ADMIN);
	assert_int_equal(account_demo(&c->env, &c->arena, &d), ACCOUNT_STATE_RULING);
}

static void the_operator_lets_back_in(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	struct who sys = operator_adds(c, "sys", "S-1", ROLE_SYSTEM_ADMIN), w;
	const struct account_new tax = { STR("tax.li"), STR("税务"), STR("T-1"),
		{ .role = ROLE_TAX }, NONE };
	struct account_first first;

	assert_int_equal(account_operator_add(&c->env, &tax, &first), ACCOUNT_ROLE_RULING);
	assert_int_equal(
		account_operator_reset(&c->env, STR("nobody"), &first), ACCOUNT_MISSING_RULING);
	for (int i = 0; i < 5; i++)
		assert_int_equal(log_in(c, "sys", "wrong-password", &w), LOGIN_WRONG);
	assert_int_equal(account_operator_reset(&c->env, STR("sys"), &first), ACCOUNT_DONE_RULING);
	assert_int_equal(first.id, sys.account);
	assert_int_equal(log_in(c, "sys", first.password, &w), LOGIN_FINE);
	assert_true(w.must_change);
}

static void the_trail_by_pages(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	struct trail_query q = { .from = INT64_MIN, .before = INT64_MAX, .max = 2 };
	struct trail_page page;
	int64_t last = INT64_MAX, seen = 0;
	struct who w;

	(void)operator_adds(c, "sys", "S-1", ROLE_SYSTEM_ADMIN);
	assert_int_equal(log_in(c, "sys", good, &w), LOGIN_WRONG);
	do {
		assert_int_equal(read_trail(&c->env, &q, &c->arena, &page), 0);
		for (size_t i = 0; i < page.n; i++, seen++) {
			assert_true(page.items[i].id < last);
			last = page.items[i].id;
		}
		q.way.from = page.next;
	} while (page.next);
	assert_int_equal(seen, county_ask(c, "SELECT count(*) FROM audit"));
	/* The other way: the same rows. */
	q.way = (struct way){ .rising = true };
	last = 0;
	do {
		assert_int_equal(read_trail(&c->env, &q, &c->arena, &page), 0);
		for (size_t i = 0; i < page.n; i++, seen--) {
			assert_true(page.items[i].id > last);
			last = page.items[i].id;
		}
		q.way.from = page.next;
	} while (page.next);
	assert_int_equal(seen, 0);
	q.way = (struct way){ 0 };
	q.act = STR("log_in_failed");
	assert_int_equal(read_trail(&c->env, &q, &c->arena, &page), 0);
	assert_int_equal(page.n, 1);
	assert_str(page.items[0].row.actor, "sys");
	assert_int_equal(page.next, 0);
	q.act = NONE;
	q.actor = STR("nobody");
	assert_int_equal(read_trail(&c->env, &q, &c->arena, &page), 0);
	assert_int_equal(page.n, 0);
	q.actor = NONE;
	q.from = c->env.now + 1;
	assert_int_equal(read_trail(&c->env, &q, &c->arena, &page), 0);
	assert_int_equal(page.n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(one_asks_another_grants),
		BOTH(texts_and_places),
		BOTH(three_that_exclude_each_other),
		BOTH(nobody_handles_their_own),
		BOTH(changes_end_sessions),
		BOTH(a_demonstration),
		BOTH(the_operator_lets_back_in),
		BOTH(the_trail_by_pages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
