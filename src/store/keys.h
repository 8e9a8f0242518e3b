/* SPDX-License-Identifier: Apache-2.0 */
/* The keys themselves.  Private to keys.c, which reads them, and vault.c, which uses them. */
#ifndef CANBAO_STORE_KEYS_H
#define CANBAO_STORE_KEYS_H

#include "store/vault.h"

#define KEY_CIPHER_BYTES 16 /* SM4 */
#define KEY_MAC_BYTES 32    /* HMAC-SM3 */
#define KEYS_MAX 64         /* generations in one file */

struct generation {
	unsigned char cipher[KEY_CIPHER_BYTES];
	unsigned char mac[KEY_MAC_BYTES];
};

struct keys {
	int n; /* generations, numbered 1 to n; the last one seals */
	struct generation generations[KEYS_MAX];
	unsigned char index[KEY_MAC_BYTES];
};

#endif
