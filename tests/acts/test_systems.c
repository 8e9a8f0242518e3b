/* SPDX-License-Identifier: Apache-2.0 */
/* Other systems' signed requests; looks that are written a moment later. */
#include "county.h"

#include <openssl/evp.h>

#include "acts/api_client.h"
#include "acts/later.h"
#include "acts/look.h"
#include "store/vault.h"

#define NONE ((struct str){ NULL, 0 })
#define NONCE "0123456789abcdef"

/* A header as a client sends it. */
static struct str header(
	struct county *c, const char *id, const struct api_client_key *key, struct api_request *q)
{
	unsigned char raw[API_KEY_BYTES];
	struct str text;
	struct buf b;

	assert_true(api_key_parse(str_of(key->text), raw));
	buf_init(&b, 1024);
	api_header_print(&b, str_of(id), raw, q);
	text = arena_str(&c->arena, buf_str(&b));
	buf_release(&b);
	return text;
}

static struct api_request post(struct county *c, const char *nonce, const char *body)
{
	struct api_request q = { .method = STR("POST"),
		.target = STR("/api/v1/channels/wechat/notifications?a=b"),
		.time = c->env.now,
		.nonce = str_of(nonce) };

	api_body_digest(str_of(body), q.body_sm3);
	return q;
}

static int verify(struct county *c, struct str authorization, const struct api_request *q)
{
	struct who w;
	int rc = api_client_verify(
		c->env.store, c->env.county, authorization, q, c->env.now, &c->arena, &w);

	if (rc == 1) {
		assert_str(w.login, "wechat");
		assert_int_equal(w.role, ROLE_CHANNEL);
		assert_str(w.scope.channel, "wechat");
		assert_int_equal(w.account, 0);
	}
	return rc;
}

static struct api_client_key opened(struct county *c)
{
	const struct api_client_new n = { STR("wechat"), STR("微信"), ROLE_CHANNEL, STR("wechat") };
	struct api_client_key key;
	struct err err = { "" };

	assert_int_equal(api_client_open(&c->env, &n, &key, &err), 0);
	assert_int_equal(strlen(key.text), 64);
	assert_int_equal(api_client_open(&c->env, &n, &key, &err), FAULT_CONFLICT);
	assert_int_equal(api_client_close(&c->env, STR("wechat"), &err), 0);
	assert_int_equal(api_client_close(&c->env, STR("wechat"), &err), FAULT_CONFLICT);
	assert_int_equal(api_client_close(&c->env, STR("other"), &err), FAULT_MISSING);
	county_damage(c, "DELETE FROM api_client");
	assert_int_equal(api_client_open(&c->env, &n, &key, &err), 0);
	return key;
}

/* The form that clients in other languages must meet, byte for byte, over HMAC made here by
 * hand. */
static void the_text_that_is_signed(void **state)
{
	static const char said[] =
		"POST\n/api/v1/x?a=b\n1700000000\n" NONCE
		"\n66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";
	unsigned char key[64] = { 0 }, pad[64], inner[32], outer[32], got[32];
	struct api_request q = { .method = STR("POST"),
		.target = STR("/api/v1/x?a=b"),
		.time = 1700000000,
		.nonce = STR(NONCE) };
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();

	(void)state;
	api_body_digest(STR("abc"), q.body_sm3); /* the standard's own example */
	memset(key, 7, 32);
	for (int i = 0; i < 64; i++)
		pad[i] = key[i] ^ 0x36;
	assert_true(EVP_DigestInit(ctx, EVP_sm3()) && EVP_DigestUpdate(ctx, pad, 64) &&
		    EVP_DigestUpdate(ctx, said, sizeof(said) - 1) &&
		    EVP_DigestFinal(ctx, inner, NULL));
	for (int i = 0; i < 64; i++)
		pad[i] = key[i] ^ 0x5c;
	assert_true(EVP_DigestInit(ctx, EVP_sm3()) && EVP_DigestUpdate(ctx, pad, 64) &&
		    EVP_DigestUpdate(ctx, inner, 32) && EVP_DigestFinal(ctx, outer, NULL));
	EVP_MD_CTX_free(ctx);
	api_sign(key, &q, got);
	assert_memory_equal(got, outer, 32);
}

static void headers_that_are_none(void **state)
{
	static const char *const rows[] = { "", "Bearer x", API_SCHEME, API_SCHEME " ",
		API_SCHEME " client=a, time=1, nonce=" NONCE,
		API_SCHEME " client=a, time=1, nonce=" NONCE ", signature=00",
		API_SCHEME
		" client=a, client=b, time=1, nonce=" NONCE
		", signature=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
		API_SCHEME
		" client=a, time=-1, nonce=" NONCE
		", signature=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
		API_SCHEME
		" client=a, time=1, nonce=short"
		", signature=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
		API_SCHEME
		" client=a b, time=1, nonce=" NONCE
		", signature=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
		API_SCHEME
		" client=a, time=1, nonce=" NONCE ", more=1"
		", signature=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
		API_SCHEME
		" client=a, time=1, nonce=" NONCE
		", signature=0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef" };
	struct api_header h;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (api_header_parse(str_of(rows[i]), &h))
			fail_row("taken: %s", rows[i]);
	assert_true(api_header_parse(
		STR(API_SCHEME
			" signature=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef,nonce=" NONCE
			",time=1,client=a"),
		&h));
	assert_str(h.client, "a");
	assert_int_equal(h.time, 1);
}

static void a_signature_holds_once(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	struct api_client_key key = opened(c);
	struct api_request q = post(c, NONCE, "{}"), other;
	struct str h = header(c, "wechat", &key, &q);

	/* Whatever was changed on the way, or by whom. */
	other = q;
	other.target = STR("/api/v1/channels/alipay/notifications?a=b");
	assert_int_equal(verify(c, h, &other), 0);
	other = q;
	other.target = STR("/api/v1/channels/wechat/notifications?a=c");
	assert_int_equal(verify(c, h, &other), 0);
	other = q;
	other.method = STR("PUT");
	assert_int_equal(verify(c, h, &other), 0);
	other = post(c, NONCE, "{ }");
	assert_int_equal(verify(c, h, &other), 0);
	assert_int_equal(verify(c, header(c, "nobody", &key, &q), &q), 0);
	/* None of that used the nonce up. */
	assert_int_equal(verify(c, h, &q), 1);
	assert_int_equal(verify(c, h, &q), 0);
	/* The store remembers it, not this process. */
	fixture_close(c->f);
	fixture_open(c->f);
	c->env.store = c->f->st;
	assert_int_equal(verify(c, h, &q), 0);
	/* Swept once its time is over, and then it is too old. */
	assert_int_equal(api_nonce_sweep(c->env.store, c->env.county, c->env.now + 600), 0);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM api_nonce"), 1);
	c->env.now += 602;
	assert_int_equal(api_nonce_sweep(c->env.store, c->env.county, c->env.now), 0);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM api_nonce"), 0);
	assert_int_equal(verify(c, h, &q), 0);
}

static void time_and_keys(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	struct api_client_key old = opened(c), key;
	struct api_request q = post(c, NONCE, "");
	struct err err = { "" };
	int n = 0;

#define SIGNED(k, result) \
	do { \
		struct api_request r_ = post(c, county_text(c, NONCE "%d", n++), ""); \
		assert_int_equal(verify(c, header(c, "wechat", k, &r_), &r_), result); \
	} while (0)
	q.time = c->env.now + API_TIME_SLACK + 1;
	assert_int_equal(verify(c, header(c, "wechat", &old, &q), &q), 0);
	q.time = c->env.now - API_TIME_SLACK - 1;
	assert_int_equal(verify(c, header(c, "wechat", &old, &q), &q), 0);
	q.time = c->env.now - API_TIME_SLACK;
	assert_int_equal(verify(c, header(c, "wechat", &old, &q), &q), 1);
	SIGNED(&old, 1);
	assert_int_equal(api_client_rotate(&c->env, STR("wechat"), 3600, &key, &err), 0);
	assert_string_not_equal(key.text, old.text);
	SIGNED(&key, 1);
	SIGNED(&old, 1);
	c->env.now += 3600;
	SIGNED(&old, 0);
	SIGNED(&key, 1);
	/* A second rotation drops the first key at once. */
	old = key;
	assert_int_equal(api_client_rotate(&c->env, STR("wechat"), 0, &key, &err), 0);
	SIGNED(&old, 0);
	SIGNED(&key, 1);
	assert_int_equal(api_client_close(&c->env, STR("wechat"), &err), 0);
	SIGNED(&key, 0);
	assert_int_equal(api_client_rotate(&c->env, STR("wechat"), 0, &key, &err), FAULT_CONFLICT);
	/* Keys lie sealed: generation, nonce, the 32 bytes, tag. */
	assert_int_equal(county_ask(c, "SELECT LENGTH(key_seal) FROM api_client"),
		API_KEY_BYTES + SEAL_OVERHEAD);
}

static struct look look_at(int64_t person, const char *actor)
{
	return (struct look){ .person = person,
		.at = 1700000000,
		.actor = str_of(actor),
		.office = STR("tax"),
		.what = LOOK_RECORD };
}

static int64_t stands_still(void *ctx)
{
	return *(int64_t *)ctx;
}

static void looks_newest_first(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const struct login_limits limits = LOGIN_LIMITS_DEFAULT;
	struct look l = look_at(1, "tax.li"), *items;
	struct later *later;
	size_t n;

	assert_int_equal(look_now(c->env.store, c->env.county, &l), 0);
	l = look_at(2, "tax.wang");
	assert_int_equal(look_now(c->env.store, c->env.county, &l), 0);
	l = look_at(1, "visitor");
	l.what = LOOK_QUOTE;
	l.reason = STR("为了核对一户人家去年和今年的缴费记录而查询居民档案的详细理由，写得很长");
	assert_true(look_later(c->env.county, &l));
	assert_int_equal(look_waiting(), 1);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM look"), 2);
	/* A stop writes what waits. */
	assert_int_equal(later_start(c->env.store, c->env.county, &limits, stands_still,
				 &c->env.now, &later),
		0);
	later_stop(later);
	assert_int_equal(look_waiting(), 0);
	assert_int_equal(look_list(&c->env, 1, 0, 10, &c->arena, &items, &n), 0);
	assert_int_equal(n, 2);
	assert_str(items[0].actor, "visitor");
	assert_int_equal(items[0].what, LOOK_QUOTE);
	/* Cut between characters. */
	assert_int_equal(items[0].reason.n, 63);
	assert_str(items[1].actor, "tax.li");
	assert_null(items[1].reason.p);
	assert_int_equal(look_list(&c->env, 1, items[0].id, 10, &c->arena, &items, &n), 0);
	assert_int_equal(n, 1);
	assert_int_equal(look_list(&c->env, 3, 0, 10, &c->arena, &items, &n), 0);
	assert_int_equal(n, 0);
}

/* A full queue says so; nothing that was taken is lost. */
static void the_queue_is_bounded(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	struct look l = look_at(1, "visitor");
	int64_t taken = 0;

	while (look_later(c->env.county, &l))
		taken++;
	assert_int_equal(taken, LOOK_QUEUE_MAX);
	assert_int_equal(look_flush(c->env.store), 0);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM look"), taken);
	assert_int_equal(county_ask(c, "SELECT count(DISTINCT id) FROM look"), taken);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_text_that_is_signed),
		cmocka_unit_test(headers_that_are_none),
		BOTH(a_signature_holds_once),
		BOTH(time_and_keys),
		BOTH(looks_newest_first),
		BOTH(the_queue_is_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
