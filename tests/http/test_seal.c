/* SPDX-License-Identifier: Apache-2.0 */
/* What travels through the caller's hands: visits and cursors come back whole, or not at all. */
#include "check.h"

#include <unistd.h>

#include "doors/http/cursor.h"
#include "doors/http/exchange.h"
#include "doors/http/seal.h"
#include "doors/http/visit.h"

static struct service service;
static struct exchange x;
static struct keys *keys;
static const struct route lists[] = { { "GET", "/api/v1/one" }, { "GET", "/api/v1/two" } };

static int begin(void **state)
{
	char dir[] = "/tmp/canbao-seal.XXXXXX", path[64];
	struct err err;

	(void)state;
	if (!mkdtemp(dir))
		return 1;
	snprintf(path, sizeof(path), "%s/key", dir);
	if (keys_create(path, &err) < 0 || keys_load(path, &err, &keys) < 0 ||
		vault_new(keys, &service.vault) < 0)
		return 1;
	unlink(path);
	rmdir(dir);
	settings_init(&service.settings);
	pthread_mutex_init(&service.vault_lock, NULL);
	arena_init(&x.arena, 1 << 20);
	buf_init(&x.rp.body, 4096);
	x.rq = (struct request){ .service = &service, .arena = &x.arena, .door = &x };
	x.rq.env = (struct env){ .county = 620721, .wall = 1000000, .now = 1000000 };
	x.rq.route = &lists[0];
	return 0;
}

static int end(void **state)
{
	(void)state;
	vault_free(service.vault);
	keys_free(keys);
	arena_release(&x.arena);
	pthread_mutex_destroy(&service.vault_lock);
	return 0;
}

static void base64url_both_ways(void **state)
{
	static const char *const wrong[] = { "A", "AB=", "A+==", "AB/C", "QQ==", "QR", "Q Q",
		"QUI " };
	unsigned char bytes[64], back[64];
	struct buf b;
	size_t n;

	(void)state;
	buf_init(&b, 256);
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (unsigned char)(i * 37 + 250);
	for (size_t len = 0; len <= sizeof(bytes); len++) {
		buf_reset(&b);
		base64url_add(&b, bytes, len);
		assert_true(base64url_read(buf_str(&b), back, &n));
		assert_int_equal(n, len);
		assert_memory_equal(back, bytes, len);
	}
	buf_reset(&b);
	base64url_add(&b, "\xfb\xff\xfe", 3);
	assert_str(buf_str(&b), "-__-");
	buf_release(&b);
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
		if (base64url_read(str_of(wrong[i]), back, &n))
			fail_row("%s was read", wrong[i]);
}

static void cursors_belong_to_their_list(void **state)
{
	struct str text, after;

	(void)state;
	x.rq.route = &lists[0];
	text = cursor_seal(&x.rq, STR("42|张三"));
	assert_non_null(text.p);
	assert_true(cursor_open(&x.rq, text, &after));
	assert_str(after, "42|张三");
	x.rq.route = &lists[1];
	assert_false(cursor_open(&x.rq, text, &after));
	x.rq.route = &lists[0];
	assert_false(cursor_open(&x.rq, STR("garbage"), &after));
	assert_false(cursor_open(&x.rq, STR(""), &after));
}

static void every_changed_letter_is_noticed(void **state)
{
	struct str text, after;
	char changed[200];

	(void)state;
	x.rq.route = &lists[0];
	text = cursor_seal(&x.rq, STR("42"));
	assert_true(text.n < sizeof(changed));
	for (size_t i = 0; i < text.n; i++) {
		memcpy(changed, text.p, text.n);
		changed[i] = changed[i] == 'A' ? 'B' : 'A';
		assert_false(cursor_open(&x.rq, (struct str){ changed, text.n }, &after));
	}
	assert_false(cursor_open(&x.rq, (struct str){ text.p, text.n - 1 }, &after));
}

/* Put the cookie of the last reply into the next request. */
static void carry_cookie(void)
{
	struct str value = x.rp.headers[x.rp.n_headers - 1].value, part;

	assert_string_equal(x.rp.headers[x.rp.n_headers - 1].name, "Set-Cookie");
	assert_true(str_find(value, STR("HttpOnly")) > 0);
	assert_true(str_find(value, STR("SameSite=Strict")) > 0);
	assert_true(str_find(value, STR("Secure")) > 0);
	assert_true(str_cut(&value, STR(";"), &part));
	x.headers[0] = (struct pair){ STR("cookie"),
		arena_printf(&x.arena, "a=1; %.*s; b=2", STR_ARG(part)) };
	x.n_headers = 1;
	x.rp.n_headers = 0;
}

static void a_visit_comes_back(void **state)
{
	struct visit v = { .people = { 7, 0, INT64_MAX }, .n = 3 }, back;

	(void)state;
	visit_write(&x.rq, &x.rp, &v);
	carry_cookie();
	assert_true(visit_read(&x.rq, &back));
	assert_int_equal(back.n, 3);
	assert_int_equal(back.people[0], 7);
	assert_int_equal(back.people[1], 0);
	assert_int_equal(back.people[2], INT64_MAX);
	assert_int_equal(back.opened_at, 1000000);
	/* In another county it is nobody's. */
	x.rq.env.county = 341323;
	assert_false(visit_read(&x.rq, &back));
	x.rq.env.county = 620721;
}

/* Adding people does not make a visit longer: it ends half an hour after it was opened. */
static void a_visit_ends(void **state)
{
	struct visit v = { .people = { 7 }, .n = 1 }, back;

	(void)state;
	visit_write(&x.rq, &x.rp, &v);
	carry_cookie();
	x.rq.env.wall = 1000000 + 1700;
	assert_true(visit_read(&x.rq, &back));
	back.people[back.n++] = 8;
	visit_write(&x.rq, &x.rp, &back);
	carry_cookie();
	x.rq.env.wall = 1000000 + 1799;
	assert_true(visit_read(&x.rq, &back));
	assert_int_equal(back.n, 2);
	x.rq.env.wall = 1000000 + 1800;
	assert_false(visit_read(&x.rq, &back));
	x.rq.env.wall = 1000000 - 61;
	assert_false(visit_read(&x.rq, &back));
	x.rq.env.wall = 1000000;
}

/* A cursor is no visit, though both were sealed here. */
static void kinds_do_not_mix(void **state)
{
	struct visit back;
	struct str text, plain;

	(void)state;
	text = seal_text(&service, &x.arena, SEAL_CURSOR,
		STR("\x01"
		    "0123456789abcdefpeople!!"));
	assert_non_null(text.p);
	assert_true(seal_open_text(&service, &x.arena, SEAL_CURSOR, text, &plain));
	x.headers[0] = (struct pair){ STR("Cookie"),
		arena_printf(&x.arena, "%s=%.*s", VISIT_COOKIE, STR_ARG(text)) };
	x.n_headers = 1;
	assert_false(visit_read(&x.rq, &back));
	assert_false(seal_open_text(&service, &x.arena, SEAL_VISIT, text, &plain));
	x.n_headers = 0;
	assert_false(visit_read(&x.rq, &back));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(base64url_both_ways),
		cmocka_unit_test(cursors_belong_to_their_list),
		cmocka_unit_test(every_changed_letter_is_noticed),
		cmocka_unit_test(a_visit_comes_back),
		cmocka_unit_test(a_visit_ends),
		cmocka_unit_test(kinds_do_not_mix),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
