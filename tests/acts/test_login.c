/* SPDX-License-Identifier: Apache-2.0 */
/* Logging in: passwords, lock-out, one-time codes, sessions. */
#include "county.h"

#include <pthread.h>

#include "acts/accounts.h"
#include "acts/later.h"
#include "acts/login.h"
#include "acts/totp.h"

static const struct login_limits limits = { 1800, 43200, 900, 5, 900, 90 };
static const char good[] = "rain-on-the-roof-7";

static int try_login(struct county *c, const char *login, const char *password, const char *code,
	char secret[65])
{
	const struct login_ask ask = { str_of(login), str_of(password),
		code ? str_of(code) : (struct str){ NULL, 0 } };

	return login_password(&c->env, &limits, &ask, secret);
}

static int verify(struct county *c, const char *secret, struct who *w)
{
	return session_verify(
		c->env.store, c->env.county, &limits, str_of(secret), c->env.now, &c->arena, w);
}

/* An administrator with a password of their own, logged in. */
static struct who administrator(struct county *c, char secret[65])
{
	const struct account_new n = { STR("sys"), STR("系统"), STR("S-1"),
		{ .role = ROLE_SYSTEM_ADMIN }, { NULL, 0 } };
	struct account_first first;
	enum password_flaw flaw;
	struct who w;

	assert_int_equal(account_operator_add(&c->env, &n, &first), ACCOUNT_DONE_RULING);
	assert_int_equal(try_login(c, "sys", first.password, NULL, secret), LOGIN_FINE);
	assert_int_equal(verify(c, secret, &w), 1);
	assert_true(w.must_change);
	assert_int_equal(login_change_password(
				 &c->env, &limits, &w, str_of(first.password), str_of(good), &flaw),
		LOGIN_FINE);
	assert_int_equal(flaw, PASSWORD_FINE);
	assert_int_equal(verify(c, secret, &w), 1);
	assert_false(w.must_change);
	return w;
}

/* The RFC's own table, cut to six digits. */
static void codes_of_the_standard(void **state)
{
	static const unsigned char secret[] = "12345678901234567890";
	static const struct {
		int64_t at;
		const char *code;
	} rows[] = { { 59, "287082" }, { 1111111109, "081804" }, { 1111111111, "050471" },
		{ 1234567890, "005924" }, { 2000000000, "279037" }, { 20000000000, "353130" } };
	char code[7];
	int64_t step;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		totp_code(secret, 20, rows[i].at / 30, code);
		assert_string_equal(code, rows[i].code);
	}
	assert_true(totp_holds(secret, 20, STR("287082"), 59, 0, &step));
	assert_int_equal(step, 1);
	/* One step of slack either way, no more; and once. */
	assert_true(totp_holds(secret, 20, STR("081804"), 1111111109 + 30, 0, &step));
	assert_true(totp_holds(secret, 20, STR("081804"), 1111111109 - 30, 0, &step));
	assert_false(totp_holds(secret, 20, STR("081804"), 1111111109 + 60, 0, &step));
	assert_false(totp_holds(secret, 20, STR("081804"), 1111111109 - 60, 0, &step));
	assert_false(totp_holds(secret, 20, STR("287082"), 59, 1, &step));
}

static void good_and_bad_passwords(void **state)
{
	static const struct {
		const char *plain;
		enum password_flaw flaw;
	} rows[] = { { "rain-on-the-roof-7", PASSWORD_FINE },
		{ "雨打芭蕉叶带愁心同新月", PASSWORD_FINE }, { "short-one", PASSWORD_SHORT },
		{ "雨打芭蕉叶", PASSWORD_SHORT }, { "clerk.wang-2024x", PASSWORD_LOGIN },
		{ "CLERK.WANG-2024x", PASSWORD_LOGIN }, { "1234567890", PASSWORD_COMMON },
		{ "19900101123", PASSWORD_COMMON }, { "aaaaaaaaaaaa", PASSWORD_COMMON },
		{ "abcabcabcabc", PASSWORD_COMMON }, { "password123", PASSWORD_COMMON },
		{ "Password@123", PASSWORD_COMMON }, { "admin123456", PASSWORD_COMMON },
		{ "1qaz2wsx3edc", PASSWORD_COMMON }, { "abcdefghijkl", PASSWORD_COMMON } };
	char first[PASSWORD_FIRST], other[PASSWORD_FIRST], hash[PASSWORD_HASH_MAX],
		again[PASSWORD_HASH_MAX];
	char long_one[PASSWORD_BYTES_MAX + 2];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (password_check(str_of(rows[i].plain), STR("clerk.wang")) != rows[i].flaw)
			fail_row("%s: not %d", rows[i].plain, (int)rows[i].flaw);
	memset(long_one, 'x', sizeof(long_one));
	assert_int_equal(password_check((struct str){ long_one, sizeof(long_one) }, STR("a")),
		PASSWORD_LONG);
	password_first(first);
	password_first(other);
	assert_string_not_equal(first, other);
	assert_int_equal(password_check(str_of(first), STR("clerk")), PASSWORD_FINE);
	assert_int_equal(password_turn_take(), 0);
	assert_int_equal(password_hash(str_of(good), hash), 0);
	assert_int_equal(password_hash(str_of(good), again), 0);
	assert_true(str_starts(str_of(hash), STR("$argon2id$v=19$m=19456,t=2,p=1$")));
	assert_string_not_equal(hash, again);
	assert_int_equal(password_verify(str_of(good), str_of(hash)), 1);
	assert_int_equal(password_verify(STR("rain-on-the-roof-8"), str_of(hash)), 0);
	assert_int_equal(password_verify(str_of(good), STR("")), 0);
	assert_int_equal(password_verify(STR(""), STR("")), 0);
	password_turn_give();
}

#define FLOOD (ARGON2_WAITING + 3)

struct flood {
	pthread_mutex_t lock;
	pthread_cond_t told;
	int refused, served;
};

static void *comes_too(void *arg)
{
	struct flood *f = arg;
	int rc = password_turn_take();

	pthread_mutex_lock(&f->lock);
	if (rc == 0)
		f->served++;
	else
		f->refused++;
	pthread_cond_signal(&f->told);
	pthread_mutex_unlock(&f->lock);
	if (rc == 0)
		password_turn_give();
	return (void *)(intptr_t)rc;
}

/* All turns are out: so many wait, and the others are told at once to come again. */
static void a_flood_is_turned_away(void **state)
{
	struct flood f = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0, 0 };
	pthread_t threads[FLOOD];

	(void)state;
	for (int i = 0; i < ARGON2_AT_ONCE; i++)
		assert_int_equal(password_turn_take(), 0);
	for (int i = 0; i < FLOOD; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, comes_too, &f), 0);
	pthread_mutex_lock(&f.lock);
	while (f.refused < FLOOD - ARGON2_WAITING)
		pthread_cond_wait(&f.told, &f.lock);
	assert_int_equal(f.served, 0);
	pthread_mutex_unlock(&f.lock);
	for (int i = 0; i < ARGON2_AT_ONCE; i++)
		password_turn_give();
	for (int i = 0; i < FLOOD; i++)
		assert_int_equal(pthread_join(threads[i], NULL), 0);
	assert_int_equal(f.served, ARGON2_WAITING);
	assert_int_equal(f.refused, FLOOD - ARGON2_WAITING);
}

static void the_first_login_must_change(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	char secret[65], other[65], csrf[65];
	enum password_flaw flaw;
	struct who w = administrator(c, secret);

	assert_int_equal(w.role, ROLE_SYSTEM_ADMIN);
	assert_str(w.login, "sys");
	assert_true(w.scope.nothing);
	assert_false(w.strong);
	session_csrf(str_of(secret), csrf);
	assert_true(session_csrf_holds(str_of(secret), str_of(csrf)));
	csrf[5] ^= 1;
	assert_false(session_csrf_holds(str_of(secret), str_of(csrf)));
	/* The old password is asked for, and judged first. */
	assert_int_equal(login_change_password(
				 &c->env, &limits, &w, STR("not it at all"), STR("short"), &flaw),
		LOGIN_WRONG);
	assert_int_equal(
		login_change_password(&c->env, &limits, &w, str_of(good), STR("short"), &flaw),
		LOGIN_FINE);
	assert_int_equal(flaw, PASSWORD_SHORT);
	assert_int_equal(
		login_change_password(&c->env, &limits, &w, str_of(good), str_of(good), &flaw),
		LOGIN_FINE);
	assert_int_equal(flaw, PASSWORD_SAME);
	/* Other sessions end, this one goes on. */
	assert_int_equal(try_login(c, "sys", good, NULL, other), LOGIN_FINE);
	assert_int_equal(verify(c, other, &w), 1);
	assert_int_equal(verify(c, secret, &w), 1);
	assert_int_equal(login_change_password(&c->env, &limits, &w, str_of(good),
				 STR("wind-in-the-reeds-8"), &flaw),
		LOGIN_FINE);
	assert_int_equal(flaw, PASSWORD_FINE);
	assert_int_equal(verify(c, other, &w), 0);
	assert_int_equal(verify(c, secret, &w), 1);
	assert_int_equal(try_login(c, "sys", good, NULL, other), LOGIN_WRONG);
	/* After 90 days it is too old. */
	c->env.now += 90 * 86400;
	assert_int_equal(try_login(c, "sys", "wind-in-the-reeds-8", NULL, other), LOGIN_FINE);
	assert_int_equal(verify(c, other, &w), 1);
	assert_true(w.must_change);
}

static void five_failures_lock(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	char secret[65];

	(void)administrator(c, secret);
	for (int i = 0; i < 4; i++)
		assert_int_equal(try_login(c, "sys", "wrong-password", NULL, secret), LOGIN_WRONG);
	assert_int_equal(try_login(c, "sys", good, NULL, secret), LOGIN_FINE);
	/* A right one forgives; five in a row do not pass. */
	for (int i = 0; i < 5; i++)
		assert_int_equal(try_login(c, "sys", "wrong-password", NULL, secret), LOGIN_WRONG);
	assert_int_equal(try_login(c, "sys", good, NULL, secret), LOGIN_WRONG);
	assert_int_equal(
		county_ask(c, "SELECT count(*) FROM audit WHERE act = 'log_in_failed'"), 9);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM audit WHERE act = 'log_in_failed' AND "
				       "detail LIKE '%%\"locked\":true%%'"),
		1);
	/* The store remembers it, not this process. */
	fixture_close(c->f);
	fixture_open(c->f);
	c->env.store = c->f->st;
	assert_int_equal(try_login(c, "sys", good, NULL, secret), LOGIN_WRONG);
	c->env.now += limits.lock_for;
	assert_int_equal(try_login(c, "sys", good, NULL, secret), LOGIN_FINE);
	assert_int_equal(try_login(c, "nobody", good, NULL, secret), LOGIN_WRONG);
	assert_int_equal(try_login(c, "", good, NULL, secret), LOGIN_WRONG);
}

static void sessions_end(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	char secret[65], wrong[65];
	struct who w;

	(void)administrator(c, secret);
	memcpy(wrong, secret, sizeof(wrong));
	wrong[10] = wrong[10] == 'a' ? 'b' : 'a';
	assert_int_equal(verify(c, wrong, &w), 0);
	assert_int_equal(verify(c, "", &w), 0);
	assert_int_equal(verify(c, "ABC", &w), 0);
	/* The store holds no secret. */
	assert_int_equal(county_ask(c, "SELECT count(*) FROM session"), 1);
	/* Use keeps it alive up to the absolute end; the time is written by the flush. */
	for (int i = 0; i < 24; i++) {
		c->env.now += 1790;
		assert_int_equal(verify(c, secret, &w), 1);
	}
	assert_int_equal(session_flush(c->env.store, c->env.county), 0);
	assert_true(county_ask(c, "SELECT seen_at FROM session") == c->env.now);
	session_forget(0);
	assert_int_equal(verify(c, secret, &w), 1);
	c->env.now += 1790;
	assert_int_equal(verify(c, secret, &w), 0);
	assert_int_equal(session_sweep(c->env.store, c->env.county, &limits, c->env.now), 0);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM session"), 0);
	/* Idle. */
	assert_int_equal(try_login(c, "sys", good, NULL, secret), LOGIN_FINE);
	assert_int_equal(verify(c, secret, &w), 1);
	c->env.now += 1800;
	assert_int_equal(verify(c, secret, &w), 0);
	/* Log out. */
	assert_int_equal(try_login(c, "sys", good, NULL, secret), LOGIN_FINE);
	assert_int_equal(verify(c, secret, &w), 1);
	assert_int_equal(session_end(&c->env, w.session), 0);
	assert_int_equal(verify(c, secret, &w), 0);
	assert_int_equal(session_end(&c->env, w.session), 0);
}

static const char *code_at(const struct totp_offer *offer, int64_t now, char code[7])
{
	unsigned char raw[20] = { 0 };
	unsigned bits = 0, have = 0;
	size_t n = 0;

	for (size_t i = 0; i < offer->secret.n; i++) {
		char ch = offer->secret.p[i];

		bits = bits << 5 | (unsigned)(ch >= 'A' ? ch - 'A' : ch - '2' + 26);
		for (have += 5; have >= 8; have -= 8)
			raw[n++] = (unsigned char)(bits >> (have - 8));
	}
	assert_int_equal(n, 20);
	totp_code(raw, n, now / 30, code);
	return code;
}

static void the_second_factor(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	char secret[65], other[65], code[7];
	struct totp_offer offer, second;
	struct who w = administrator(c, secret);

	assert_int_equal(login_strong(&c->env, &limits, &w, STR("000000")), LOGIN_STATE);
	assert_int_equal(login_totp_confirm(&c->env, &limits, &w, STR("000000")), LOGIN_STATE);
	assert_int_equal(login_totp_begin(&c->env, &limits, &w, STR("wrong"), &c->arena, &offer),
		LOGIN_WRONG);
	assert_int_equal(login_totp_begin(&c->env, &limits, &w, str_of(good), &c->arena, &offer),
		LOGIN_FINE);
	assert_true(str_starts(offer.uri, STR("otpauth://totp/canbao:sys?secret=")));
	assert_int_equal(login_totp_confirm(&c->env, &limits, &w, STR("abcdef")), LOGIN_WRONG);
	assert_int_equal(verify(c, secret, &w), 1);
	assert_false(w.has_totp);
	assert_int_equal(
		login_totp_confirm(&c->env, &limits, &w, str_of(code_at(&offer, c->env.now, code))),
		LOGIN_FINE);
	assert_int_equal(verify(c, secret, &w), 1);
	assert_true(w.has_totp && w.strong);
	/* Once only, then the next step's; it counts for a while. */
	assert_int_equal(login_strong(&c->env, &limits, &w, str_of(code)), LOGIN_WRONG);
	c->env.now += 900;
	assert_int_equal(verify(c, secret, &w), 1);
	assert_false(w.strong);
	assert_int_equal(login_totp_begin(&c->env, &limits, &w, str_of(good), &c->arena, &second),
		LOGIN_NEED_STRONG);
	assert_int_equal(
		login_strong(&c->env, &limits, &w, str_of(code_at(&offer, c->env.now, code))),
		LOGIN_FINE);
	assert_int_equal(verify(c, secret, &w), 1);
	assert_true(w.strong);
	/* At the log-in. */
	c->env.now += 60;
	assert_int_equal(try_login(c, "sys", good, code, other), LOGIN_WRONG);
	assert_int_equal(
		try_login(c, "sys", good, code_at(&offer, c->env.now, code), other), LOGIN_FINE);
	assert_int_equal(verify(c, other, &w), 1);
	assert_true(w.strong);
}

/* Who has the password cannot try codes for ever by logging in again and again. */
static void wrong_codes_lock(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	char secret[65], other[65], code[7];
	struct totp_offer offer;
	struct who w = administrator(c, secret);

	assert_int_equal(login_totp_begin(&c->env, &limits, &w, str_of(good), &c->arena, &offer),
		LOGIN_FINE);
	assert_int_equal(
		login_totp_confirm(&c->env, &limits, &w, str_of(code_at(&offer, c->env.now, code))),
		LOGIN_FINE);
	for (int i = 0; i < 4; i++) {
		assert_int_equal(try_login(c, "sys", good, NULL, other), LOGIN_FINE);
		assert_int_equal(verify(c, other, &w), 1);
		assert_int_equal(login_strong(&c->env, &limits, &w, STR("12345x")), LOGIN_WRONG);
	}
	assert_int_equal(verify(c, secret, &w), 1);
	assert_int_equal(login_strong(&c->env, &limits, &w, STR("12345x")), LOGIN_WRONG);
	/* Locked, and whoever was in is out. */
	assert_int_equal(verify(c, secret, &w), 0);
	assert_int_equal(verify(c, other, &w), 0);
	assert_int_equal(try_login(c, "sys", good, NULL, other), LOGIN_WRONG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(codes_of_the_standard),
		cmocka_unit_test(good_and_bad_passwords),
		cmocka_unit_test(a_flood_is_turned_away),
		BOTH(the_first_login_must_change),
		BOTH(five_failures_lock),
		BOTH(sessions_end),
		BOTH(the_second_factor),
		BOTH(wrong_codes_lock),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
