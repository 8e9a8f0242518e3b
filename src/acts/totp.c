/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/totp.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <stdio.h>

void totp_secret(unsigned char ret_secret[TOTP_SECRET_BYTES])
{
	BUG_IF(RAND_priv_bytes(ret_secret, TOTP_SECRET_BYTES) != 1);
}

void totp_code(const unsigned char *secret, size_t n, int64_t step, char ret_code[7])
{
	unsigned char counter[8], mac[20];
	unsigned mac_n = sizeof(mac);
	uint32_t v;

	for (int i = 0; i < 8; i++)
		counter[i] = (unsigned char)((uint64_t)step >> (56 - 8 * i));
	BUG_IF(!HMAC(EVP_sha1(), secret, (int)n, counter, sizeof(counter), mac, &mac_n));
	/* Dynamic truncation: the last nibble says where four bytes are taken. */
	v = mac[19] & 15;
	v = (uint32_t)(mac[v] & 127) << 24 | (uint32_t)mac[v + 1] << 16 |
	    (uint32_t)mac[v + 2] << 8 | mac[v + 3];
	snprintf(ret_code, 7, "%06u", (unsigned)(v % 1000000));
}

bool totp_holds(const unsigned char *secret, size_t n, struct str code, int64_t now, int64_t last,
	int64_t *ret_step)
{
	int64_t at = now / TOTP_STEP, met = 0;

	if (code.n != 6)
		return false;
	for (int64_t step = at - TOTP_SLACK; step <= at + TOTP_SLACK; step++) {
		char right[7];

		totp_code(secret, n, step, right);
		if (CRYPTO_memcmp(right, code.p, 6) == 0 && step > last && met == 0)
			met = step;
	}
	if (met == 0)
		return false;
	*ret_step = met;
	return true;
}

void totp_base32(const unsigned char *p, size_t n, struct buf *b)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	unsigned bits = 0, have = 0;

	for (size_t i = 0; i < n; i++) {
		bits = (bits << 8 | p[i]) & 0xfff;
		for (have += 8; have >= 5; have -= 5)
			buf_addc(b, letters[bits >> (have - 5) & 31]);
	}
	if (have)
		buf_addc(b, letters[bits << (5 - have) & 31]);
}

void totp_uri(struct str login, const unsigned char secret[TOTP_SECRET_BYTES], struct buf *b)
{
	buf_addz(b, "otpauth://totp/canbao:");
	buf_add(b, login);
	buf_addz(b, "?secret=");
	totp_base32(secret, TOTP_SECRET_BYTES, b);
	buf_addz(b, "&issuer=canbao&algorithm=SHA1&digits=6&period=30");
}
