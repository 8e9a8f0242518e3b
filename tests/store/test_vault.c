/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers at rest: sealed, found again by token, useless to whoever has other keys. */
#include "store/probe.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/keys.h"

static struct vault *vault_of(struct fixture *f, struct keys **ret_keys)
{
	struct vault *v = NULL;
	struct err err = { "" };

	if (access(f->key, F_OK) != 0)
		assert_int_equal(keys_create(f->key, &err), 0);
	if (keys_load(f->key, &err, ret_keys) < 0)
		fail_msg("%s", err.text);
	assert_int_equal(vault_new(*ret_keys, &v), 0);
	return v;
}

static void put_away(struct vault *v, struct keys *k)
{
	vault_free(v);
	keys_free(k);
}

static void seals_open_again(void **state)
{
	struct keys *k;
	struct vault *v = vault_of(need(state), &k);
	unsigned char sealed[SEAL_PLAIN_MAX + SEAL_OVERHEAD];
	char plain[SEAL_PLAIN_MAX + 1], opened[SEAL_PLAIN_MAX];
	size_t n, m;

	for (size_t len = 0; len <= SEAL_PLAIN_MAX; len++) {
		for (size_t i = 0; i < len; i++)
			plain[i] = (char)(i * 7 + len);
		assert_int_equal(
			vault_seal(v, SEAL_PHONE, (struct str){ plain, len }, sealed, &n), 0);
		assert_int_equal(n, len + SEAL_OVERHEAD);
		m = 999;
		assert_int_equal(
			vault_open(v, SEAL_PHONE, (struct str){ (char *)sealed, n }, opened, &m),
			0);
		assert_int_equal(m, len);
		assert_memory_equal(opened, plain, len);
		if (len >= 8)
			assert_null(memmem(sealed, n, plain, len));
	}
	assert_int_equal(
		vault_seal(v, SEAL_PHONE, (struct str){ plain, SEAL_PLAIN_MAX + 1 }, sealed, &n),
		FAULT_LIMIT);
	put_away(v, k);
}

static void expect_refused(struct vault *v, enum seal_kind kind, const unsigned char *p, size_t n)
{
	char opened[SEAL_PLAIN_MAX];
	size_t m = 77;

	assert_int_equal(
		vault_open(v, kind, (struct str){ (const char *)p, n }, opened, &m), FAULT_FORMAT);
	assert_int_equal(m, 77);
}

static void tampered_seals_are_refused(void **state)
{
	struct keys *k;
	struct vault *v = vault_of(need(state), &k);
	unsigned char sealed[64 + SEAL_OVERHEAD];
	size_t n;

	assert_int_equal(vault_seal(v, SEAL_DOCUMENT, STR("62072119900101001X"), sealed, &n), 0);
	for (size_t i = 0; i < n; i++)
		for (int bit = 0; bit < 8; bit++) {
			sealed[i] ^= (unsigned char)(1 << bit);
			expect_refused(v, SEAL_DOCUMENT, sealed, n);
			sealed[i] ^= (unsigned char)(1 << bit);
		}
	for (size_t cut = 0; cut < n; cut++)
		expect_refused(v, SEAL_DOCUMENT, sealed, cut);
	/* A document number never passes for a phone. */
	expect_refused(v, SEAL_PHONE, sealed, n);
	put_away(v, k);
}

static void other_keys_open_nothing(void **state)
{
	struct fixture *f = need(state);
	struct keys *k, *other;
	struct vault *v = vault_of(f, &k), *w;
	unsigned char sealed[64 + SEAL_OVERHEAD], a[TOKEN_BYTES], b[TOKEN_BYTES], id[16],
		other_id[16];
	size_t n;

	assert_int_equal(vault_seal(v, SEAL_DOCUMENT, STR("62072119900101001X"), sealed, &n), 0);
	vault_token(v, SEAL_DOCUMENT, STR("62072119900101001X"), a);
	unlink(f->key);
	w = vault_of(f, &other);
	expect_refused(w, SEAL_DOCUMENT, sealed, n);
	vault_token(w, SEAL_DOCUMENT, STR("62072119900101001X"), b);
	assert_memory_not_equal(a, b, sizeof(a));
	keys_id(k, id);
	keys_id(other, other_id);
	assert_memory_not_equal(id, other_id, sizeof(id));
	put_away(v, k);
	put_away(w, other);
}

/* Against HMAC-SM3 as OpenSSL itself computes it. */
static void token_is_hmac_of_kind_and_value(void **state)
{
	static const char value[] = "\1"
				    "62072119900101001X";
	struct keys *k;
	struct vault *v = vault_of(need(state), &k);
	unsigned char token[TOKEN_BYTES], want[32];
	unsigned n = sizeof(want);

	assert_non_null(HMAC(EVP_sm3(), k->index, sizeof(k->index), (const unsigned char *)value,
		sizeof(value) - 1, want, &n));
	for (int i = 0; i < 3; i++) {
		vault_token(v, SEAL_DOCUMENT, STR("62072119900101001X"), token);
		assert_memory_equal(token, want, sizeof(token));
	}
	vault_token(v, SEAL_PHONE, STR("62072119900101001X"), token);
	assert_memory_not_equal(token, want, sizeof(token));
	put_away(v, k);
}

static void rotation_keeps_the_old_readable(void **state)
{
	struct fixture *f = need(state);
	struct keys *k, *newer;
	struct vault *v = vault_of(f, &k), *w;
	unsigned char old_seal[64 + SEAL_OVERHEAD], new_seal[64 + SEAL_OVERHEAD], a[TOKEN_BYTES],
		b[TOKEN_BYTES];
	char opened[64];
	struct err err;
	size_t n, m, len;

	assert_int_equal(vault_seal(v, SEAL_DOCUMENT, STR("first"), old_seal, &n), 0);
	vault_token(v, SEAL_DOCUMENT, STR("first"), a);
	assert_int_equal(keys_rotate(f->key, &err), 0);
	w = vault_of(f, &newer);
	assert_int_equal(
		vault_open(w, SEAL_DOCUMENT, (struct str){ (char *)old_seal, n }, opened, &len), 0);
	assert_memory_equal(opened, "first", 5);
	vault_token(w, SEAL_DOCUMENT, STR("first"), b);
	assert_memory_equal(a, b, sizeof(a));
	assert_int_equal(vault_seal(w, SEAL_DOCUMENT, STR("first"), new_seal, &m), 0);
	assert_int_equal(new_seal[0], 2);
	/* The old keys alone do not open what was sealed after. */
	expect_refused(v, SEAL_DOCUMENT, new_seal, m);
	put_away(v, k);
	put_away(w, newer);
	for (int i = 2; i < KEYS_MAX; i++)
		assert_int_equal(keys_rotate(f->key, &err), 0);
	assert_int_equal(keys_rotate(f->key, &err), FAULT_LIMIT);
}

static void damaged_key_file_is_refused(void **state)
{
	struct fixture *f = need(state);
	char text[1024];
	struct keys *k = NULL;
	struct err err;
	FILE *file;
	size_t n;

	assert_int_equal(keys_create(f->key, &err), 0);
	assert_int_equal(keys_create(f->key, &err), FAULT_CONFLICT);
	file = fopen(f->key, "r+");
	assert_non_null(file);
	n = fread(text, 1, sizeof(text), file);
	assert_true(n > 100);
	for (size_t i = 0; i < n; i++) {
		rewind(file);
		text[i] ^= 1;
		assert_int_equal(fwrite(text, 1, n, file), n);
		assert_int_equal(fflush(file), 0);
		assert_int_equal(keys_load(f->key, &err, &k), FAULT_FORMAT);
		text[i] ^= 1;
	}
	fclose(file);
	for (size_t cut = 0; cut < n; cut += 9) {
		assert_int_equal(truncate(f->key, (off_t)(n - 1 - cut)), 0);
		assert_int_equal(keys_load(f->key, &err, &k), FAULT_FORMAT);
	}
	assert_null(k);
}

static int by_bytes(const void *a, const void *b)
{
	return memcmp(a, b, 12);
}

/* No nonce twice, not even in a child process that inherited the same vault. */
static void nonces_never_repeat(void **state)
{
	enum { EACH = 3000 };
	static unsigned char nonces[2 * EACH][12];
	struct keys *k;
	struct vault *v = vault_of(need(state), &k);
	unsigned char sealed[64 + SEAL_OVERHEAD];
	size_t n;
	int fds[2];
	pid_t child;

	/* Some of a batch is used up before the fork. */
	assert_int_equal(vault_seal(v, SEAL_PHONE, STR("13800000000"), sealed, &n), 0);
	assert_int_equal(pipe(fds), 0);
	child = fork();
	for (int i = 0; i < EACH; i++) {
		if (vault_seal(v, SEAL_PHONE, STR("13800000000"), sealed, &n) != 0)
			_exit(1);
		memcpy(nonces[i], sealed + 1, 12);
		if (child == 0 && write(fds[1], sealed + 1, 12) != 12)
			_exit(1);
	}
	if (child == 0)
		_exit(0);
	close(fds[1]);
	for (int i = 0; i < EACH; i++)
		assert_int_equal(read(fds[0], nonces[EACH + i], 12), 12);
	close(fds[0]);
	waitpid(child, NULL, 0);
	qsort(nonces, 2 * EACH, 12, by_bytes);
	for (int i = 1; i < 2 * EACH; i++)
		assert_memory_not_equal(nonces[i - 1], nonces[i], 12);
	put_away(v, k);
}

/* Papers of megabytes: the long form opens again, breaks when a byte is changed, and is no short
 * one. */
static void long_seals(void **state)
{
	struct keys *k;
	struct vault *v = vault_of(need(state), &k);
	size_t size = 3u << 20, n = 0, m = 0;
	unsigned char *sealed = malloc(size + SEAL_OVERHEAD);
	char *plain = malloc(size), *back = malloc(size);

	assert_true(sealed && plain && back);
	for (size_t i = 0; i < size; i++)
		plain[i] = (char)(i * 7 + i / 251);
	assert_int_equal(
		vault_seal_long(v, SEAL_EVIDENCE, (struct str){ plain, size }, sealed, &n), 0);
	assert_int_equal(n, size + SEAL_OVERHEAD);
	assert_int_equal(
		vault_open_long(v, SEAL_EVIDENCE, (struct str){ (char *)sealed, n }, back, &m), 0);
	assert_int_equal(m, size);
	assert_memory_equal(plain, back, size);
	assert_int_equal(vault_open(v, SEAL_EVIDENCE, (struct str){ (char *)sealed, n }, back, &m),
		FAULT_FORMAT);
	assert_int_equal(
		vault_open_long(v, SEAL_PHONE, (struct str){ (char *)sealed, n }, back, &m),
		FAULT_FORMAT);
	sealed[size / 2] ^= 1;
	assert_int_equal(
		vault_open_long(v, SEAL_EVIDENCE, (struct str){ (char *)sealed, n }, back, &m),
		FAULT_FORMAT);
	assert_int_equal(vault_seal_long(v, SEAL_EVIDENCE, (struct str){ plain, SEAL_LONG_MAX + 1 },
				 sealed, &n),
		FAULT_LIMIT);
	free(sealed);
	free(plain);
	free(back);
	put_away(v, k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON(seals_open_again, "any", fixture_sqlite),
		ON(tampered_seals_are_refused, "any", fixture_sqlite),
		ON(other_keys_open_nothing, "any", fixture_sqlite),
		ON(token_is_hmac_of_kind_and_value, "any", fixture_sqlite),
		ON(rotation_keeps_the_old_readable, "any", fixture_sqlite),
		ON(damaged_key_file_is_refused, "any", fixture_sqlite),
		ON(nonces_never_repeat, "any", fixture_sqlite),
		ON(long_seals, "any", fixture_sqlite),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
