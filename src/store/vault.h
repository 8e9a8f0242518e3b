/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers at rest: SM4-CTR with HMAC-SM3 (encrypt, then MAC), and a blind index (HMAC-SM3) to
 * look them up.  OpenSSL 3.0 has no SM4-GCM.  The key file is text, mode 0600, made by `canbao
 * init`. */
#ifndef CANBAO_STORE_VAULT_H
#define CANBAO_STORE_VAULT_H

#include "base/arena.h"
#include "base/err.h"

#define TOKEN_BYTES 16              /* of a blind index kept (128 bits of HMAC-SM3) */
#define SEAL_OVERHEAD (1 + 12 + 16) /* key generation, nonce, tag */
#define SEAL_PLAIN_MAX 256
#define SEAL_LONG_MAX (16u << 20)

struct keys;

/* What a value is: mixed into token and seal, so that a phone never matches a document number. */
enum seal_kind {
	SEAL_DOCUMENT = 1,
	SEAL_PHONE = 2,
	SEAL_ACCOUNT = 3,
	SEAL_ADDRESS = 4,
	SEAL_KEY = 5,
	SEAL_TOTP = 6,
	SEAL_VISIT = 7,    /* cookies of residents */
	SEAL_CURSOR = 8,   /* where a list goes on */
	SEAL_EVIDENCE = 9, /* papers; the long form */
	SEAL_OIDC = 10     /* log-ins that are on their way to the identity provider */
};

/* Make a key file of random keys, mode 0600, whole or not at all.  FAULT_CONFLICT when the path
 * exists. */
MUST_USE int keys_create(const char *path, struct err *err);
/* Add a generation: from now on new seals are made with it, and every older seal can still be
 * opened. The blind index keeps its key, so tokens stay as they are. */
MUST_USE int keys_rotate(const char *path, struct err *err);
/* FAULT_MISSING without the file; FAULT_FORMAT when it is damaged, or readable by others than
 * its owner. */
MUST_USE int keys_load(const char *path, struct err *err, struct keys **ret_keys);
/* Zeroes before freeing. */
void keys_free(struct keys *k);
/* Sixteen bytes that name this key file without revealing it: kept in the store.  The same after a
 * rotation. */
void keys_id(const struct keys *k, unsigned char ret_id[16]);

/* Each thread that seals or looks up many values holds one of these. */
struct vault;
MUST_USE int vault_new(const struct keys *k, struct vault **ret_vault);
void vault_free(struct vault *v);
/* Blind index of a normalised value. */
void vault_token(struct vault *v, enum seal_kind kind, struct str plain,
	unsigned char ret_token[TOKEN_BYTES]);
/* Seal `plain` (at most SEAL_PLAIN_MAX bytes) into `ret` (plain.n + SEAL_OVERHEAD bytes, *ret_n).
 * The nonce is random. */
MUST_USE int vault_seal(
	struct vault *v, enum seal_kind kind, struct str plain, unsigned char *ret, size_t *ret_n);
/* Open a seal; FAULT_FORMAT when it was changed or made with another key. */
MUST_USE int vault_open(
	struct vault *v, enum seal_kind kind, struct str sealed, char *ret, size_t *ret_n);
/* The same for a paper of up to SEAL_LONG_MAX bytes. */
MUST_USE int vault_seal_long(
	struct vault *v, enum seal_kind kind, struct str plain, unsigned char *ret, size_t *ret_n);
MUST_USE int vault_open_long(
	struct vault *v, enum seal_kind kind, struct str sealed, char *ret, size_t *ret_n);

#endif
