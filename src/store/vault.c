/* SPDX-License-Identifier: Apache-2.0 */
/* Sealing and look-up.  The states of HMAC after its key blocks, and SM4's round keys, are made
 * once a vault; a token then costs two rounds of SM3 and a copied state. */
#include "store/vault.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "store/keys.h"

#define NONCE_BYTES 12
#define TAG_BYTES 16
#define NONCES 256 /* taken from the random generator at once */

/* HMAC-SM3 under one key: the two states, and one to work in. */
struct mac {
	EVP_MD_CTX *inner, *outer, *work;
};

struct lock {
	struct mac mac;
	EVP_CIPHER_CTX *cipher;
};

struct vault {
	EVP_MD *sm3;
	EVP_CIPHER *sm4;
	struct mac index;
	int n;
	struct lock locks[KEYS_MAX];
	unsigned forks; /* as of the nonces below */
	unsigned nonces_left;
	unsigned char nonces[NONCES][NONCE_BYTES];
};

/* A child process must not use the nonces its parent holds: under SM4-CTR that would show both
 * texts. */
static _Atomic unsigned forks;
static pthread_once_t watch_once = PTHREAD_ONCE_INIT;

static void forked(void)
{
	atomic_fetch_add(&forks, 1);
}

static void watch_forks(void)
{
	BUG_IF(pthread_atfork(NULL, NULL, forked) != 0);
}

static bool mac_init(struct mac *m, const EVP_MD *sm3, const unsigned char key[KEY_MAC_BYTES])
{
	unsigned char pad[64];
	bool ok;

	m->inner = EVP_MD_CTX_new();
	m->outer = EVP_MD_CTX_new();
	m->work = EVP_MD_CTX_new();
	if (!m->inner || !m->outer || !m->work)
		return false;
	memset(pad, 0x36, sizeof(pad));
	for (size_t i = 0; i < KEY_MAC_BYTES; i++)
		pad[i] ^= key[i];
	ok = EVP_DigestInit_ex2(m->inner, sm3, NULL) &&
	     EVP_DigestUpdate(m->inner, pad, sizeof(pad));
	for (size_t i = 0; i < sizeof(pad); i++)
		pad[i] ^= 0x36 ^ 0x5c;
	ok = ok && EVP_DigestInit_ex2(m->outer, sm3, NULL) &&
	     EVP_DigestUpdate(m->outer, pad, sizeof(pad));
	OPENSSL_cleanse(pad, sizeof(pad));
	return ok;
}

static void mac_release(struct mac *m)
{
	/* Freeing a context wipes it. */
	EVP_MD_CTX_free(m->inner);
	EVP_MD_CTX_free(m->outer);
	EVP_MD_CTX_free(m->work);
}

/* HMAC of `head` and `body`, cut to 16 bytes.  OpenSSL fails here only without memory. */
static void mac_run(struct mac *m, const unsigned char *head, size_t head_n, const void *body,
	size_t n, unsigned char ret[16])
{
	unsigned char full[32];
	bool ok = EVP_MD_CTX_copy_ex(m->work, m->inner) &&
		  EVP_DigestUpdate(m->work, head, head_n) && EVP_DigestUpdate(m->work, body, n) &&
		  EVP_DigestFinal_ex(m->work, full, NULL) &&
		  EVP_MD_CTX_copy_ex(m->work, m->outer) &&
		  EVP_DigestUpdate(m->work, full, sizeof(full)) &&
		  EVP_DigestFinal_ex(m->work, full, NULL);

	BUG_IF(!ok);
	memcpy(ret, full, 16);
}

static bool lock_init(struct lock *l, struct vault *v, const struct generation *g)
{
	l->cipher = EVP_CIPHER_CTX_new();
	return l->cipher && EVP_EncryptInit_ex2(l->cipher, v->sm4, g->cipher, NULL, NULL) &&
	       mac_init(&l->mac, v->sm3, g->mac);
}

int vault_new(const struct keys *k, struct vault **ret_vault)
{
	struct vault *v = calloc(1, sizeof(*v));
	bool ok;

	if (!v)
		return FAULT_MEMORY;
	BUG_IF(k->n < 1 || k->n > KEYS_MAX);
	pthread_once(&watch_once, watch_forks);
	v->sm3 = EVP_MD_fetch(NULL, "SM3", NULL);
	v->sm4 = EVP_CIPHER_fetch(NULL, "SM4-CTR", NULL);
	ok = v->sm3 && v->sm4 && mac_init(&v->index, v->sm3, k->index);
	for (; ok && v->n < k->n; v->n++)
		ok = lock_init(&v->locks[v->n], v, &k->generations[v->n]);
	if (!ok) {
		vault_free(v);
		return FAULT_MEMORY;
	}
	*ret_vault = v;
	return 0;
}

void vault_free(struct vault *v)
{
	if (!v)
		return;
	for (int i = 0; i < KEYS_MAX; i++) {
		EVP_CIPHER_CTX_free(v->locks[i].cipher);
		mac_release(&v->locks[i].mac);
	}
	mac_release(&v->index);
	EVP_MD_free(v->sm3);
	EVP_CIPHER_free(v->sm4);
	OPENSSL_cleanse(v, sizeof(*v));
	free(v);
}

void vault_token(struct vault *v, enum seal_kind kind, struct str plain,
	unsigned char ret_token[TOKEN_BYTES])
{
	unsigned char head = (unsigned char)kind;

	BUG_IF(head == 0);
	mac_run(&v->index, &head, 1, plain.p, plain.n, ret_token);
}

static const unsigned char *next_nonce(struct vault *v)
{
	unsigned now = atomic_load_explicit(&forks, memory_order_relaxed);

	if (v->nonces_left == 0 || v->forks != now) {
		BUG_IF(RAND_bytes(&v->nonces[0][0], sizeof(v->nonces)) != 1);
		v->nonces_left = NONCES;
		v->forks = now;
	}
	return v->nonces[--v->nonces_left];
}

/* SM4-CTR both ways: the nonce, then a block counter from 0. */
static void cipher_run(
	struct lock *l, const unsigned char *nonce, const void *in, size_t n, void *out)
{
	unsigned char iv[16] = { 0 };
	int done = 0;

	memcpy(iv, nonce, NONCE_BYTES);
	BUG_IF(!EVP_EncryptInit_ex2(l->cipher, NULL, NULL, iv, NULL));
	BUG_IF(!EVP_EncryptUpdate(l->cipher, out, &done, in, (int)n) || (size_t)done != n);
}

/* generation | nonce | text | tag; the tag is over kind and all before it. */
static void seal(
	struct vault *v, enum seal_kind kind, struct str plain, unsigned char *ret, size_t *ret_n)
{
	struct lock *l = &v->locks[v->n - 1];
	unsigned char head = (unsigned char)kind;
	size_t body = 1 + NONCE_BYTES + plain.n;

	BUG_IF(head == 0);
	ret[0] = (unsigned char)v->n;
	memcpy(ret + 1, next_nonce(v), NONCE_BYTES);
	if (plain.n)
		cipher_run(l, ret + 1, plain.p, plain.n, ret + 1 + NONCE_BYTES);
	mac_run(&l->mac, &head, 1, ret, body, ret + body);
	*ret_n = body + TAG_BYTES;
}

static int unseal(struct vault *v, enum seal_kind kind, struct str sealed, size_t max, char *ret,
	size_t *ret_n)
{
	const unsigned char *s = (const unsigned char *)sealed.p;
	unsigned char head = (unsigned char)kind, tag[TAG_BYTES];
	struct lock *l;
	size_t n;

	if (sealed.n < SEAL_OVERHEAD || sealed.n > SEAL_OVERHEAD + max)
		return FAULT_FORMAT;
	if (s[0] < 1 || s[0] > v->n)
		return FAULT_FORMAT;
	l = &v->locks[s[0] - 1];
	mac_run(&l->mac, &head, 1, s, sealed.n - TAG_BYTES, tag);
	if (CRYPTO_memcmp(tag, s + sealed.n - TAG_BYTES, TAG_BYTES) != 0)
		return FAULT_FORMAT;
	n = sealed.n - SEAL_OVERHEAD;
	if (n)
		cipher_run(l, s + 1, s + 1 + NONCE_BYTES, n, ret);
	*ret_n = n;
	return 0;
}

int vault_seal(
	struct vault *v, enum seal_kind kind, struct str plain, unsigned char *ret, size_t *ret_n)
{
	if (plain.n > SEAL_PLAIN_MAX)
		return FAULT_LIMIT;
	seal(v, kind, plain, ret, ret_n);
	return 0;
}

int vault_open(struct vault *v, enum seal_kind kind, struct str sealed, char *ret, size_t *ret_n)
{
	return unseal(v, kind, sealed, SEAL_PLAIN_MAX, ret, ret_n);
}

int vault_seal_long(
	struct vault *v, enum seal_kind kind, struct str plain, unsigned char *ret, size_t *ret_n)
{
	if (plain.n > SEAL_LONG_MAX)
		return FAULT_LIMIT;
	seal(v, kind, plain, ret, ret_n);
	return 0;
}

int vault_open_long(
	struct vault *v, enum seal_kind kind, struct str sealed, char *ret, size_t *ret_n)
{
	return unseal(v, kind, sealed, SEAL_LONG_MAX, ret, ret_n);
}
