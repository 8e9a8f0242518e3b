/* SPDX-License-Identifier: Apache-2.0 */
/* 接口签名 how other systems sign their requests: pure, for the server, the simulator and tests.
 *
 *     Authorization: Canbao-HMAC-SM3 client=ID, time=SECONDS, nonce=NONCE, signature=HEX
 *
 * The signature is HMAC-SM3, with the client's key, over
 *     METHOD "\n" PATH["?" QUERY] "\n" TIME "\n" NONCE "\n" hex(SM3(body))
 * with path and query exactly as they stand in the request line; an empty body is digested too. */
#ifndef CANBAO_ACTS_API_SIGN_H
#define CANBAO_ACTS_API_SIGN_H

#include "base/buf.h"

#define API_SCHEME "Canbao-HMAC-SM3"
#define API_KEY_BYTES 32 /* shown as 64 hexadecimal digits, used as bytes */
#define API_NONCE_MAX 64
#define API_CLIENT_MAX 40
#define API_HEADER_MAX 400

struct api_request {
	struct str method; /* "POST" */
	struct str target; /* "/api/v1/payments?x=y", as sent */
	int64_t time;      /* seconds UTC */
	struct str nonce;  /* 16..API_NONCE_MAX of [0-9A-Za-z_-] */
	unsigned char body_sm3[32];
};

struct api_header {
	struct str client, nonce; /* borrowed from the header */
	int64_t time;
	unsigned char signature[32];
};

/* SM3 of a body that is in memory; a spooled file's digest is made while it is read. */
void api_body_digest(struct str body, unsigned char ret_digest[32]);
void api_sign(const unsigned char key[API_KEY_BYTES], const struct api_request *q,
	unsigned char ret_signature[32]);
/* The header's value, for a client that sends. */
void api_header_print(struct buf *b, struct str client, const unsigned char key[API_KEY_BYTES],
	const struct api_request *q);
/* False on anything but the form above: unknown or doubled parts, bad characters, over a limit. */
MUST_USE bool api_header_parse(struct str value, struct api_header *ret_header);
/* 64 hexadecimal digits to bytes; false on anything else. */
MUST_USE bool api_key_parse(struct str hex, unsigned char ret_key[API_KEY_BYTES]);

#endif
