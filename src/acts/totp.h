/* SPDX-License-Identifier: Apache-2.0 */
/* 动态验证码 one-time codes (RFC 6238): SHA-1, six digits, steps of 30 seconds. */
#ifndef CANBAO_ACTS_TOTP_H
#define CANBAO_ACTS_TOTP_H

#include "base/buf.h"

#define TOTP_SECRET_BYTES 20
#define TOTP_SECRET_TEXT 32 /* characters in base 32 */
#define TOTP_STEP 30
#define TOTP_SLACK 1 /* steps a clock may be off, either way */

void totp_secret(unsigned char ret_secret[TOTP_SECRET_BYTES]);
void totp_code(const unsigned char *secret, size_t n, int64_t step, char ret_code[7]);
/* Is `code` right now?  Steps up to `last` were used already and do not count.  *ret_step is the
 * one that was met, to be kept as the next `last`. */
MUST_USE bool totp_holds(const unsigned char *secret, size_t n, struct str code, int64_t now,
	int64_t last, int64_t *ret_step);
/* Base 32 without padding, as authenticator programs take it. */
void totp_base32(const unsigned char *p, size_t n, struct buf *b);
/* "otpauth://totp/canbao:LOGIN?secret=…&issuer=canbao"; login is of safe characters. */
void totp_uri(struct str login, const unsigned char secret[TOTP_SECRET_BYTES], struct buf *b);

#endif
