/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/api_sign.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/hex.h"

#define NONCE_MIN 16
#define TARGET_MAX (64u * 1024u)

void api_body_digest(struct str body, unsigned char ret_digest[32])
{
	BUG_IF(EVP_Digest(body.p ? body.p : "", body.n, ret_digest, NULL, EVP_sm3(), NULL) != 1);
}

void api_sign(const unsigned char key[API_KEY_BYTES], const struct api_request *q,
	unsigned char ret_signature[32])
{
	char digest[65];
	unsigned n = 32;
	struct buf b;

	buf_init(&b, TARGET_MAX);
	buf_add(&b, q->method);
	buf_addc(&b, '\n');
	buf_add(&b, q->target);
	buf_addc(&b, '\n');
	buf_addi(&b, q->time);
	buf_addc(&b, '\n');
	buf_add(&b, q->nonce);
	buf_addc(&b, '\n');
	hex_print(q->body_sm3, sizeof(q->body_sm3), digest);
	buf_addz(&b, digest);
	/* The door takes no request line that long. */
	BUG_IF(buf_bad(&b));
	BUG_IF(!HMAC(
		EVP_sm3(), key, API_KEY_BYTES, (const unsigned char *)b.p, b.n, ret_signature, &n));
	buf_release(&b);
}

void api_header_print(struct buf *b, struct str client, const unsigned char key[API_KEY_BYTES],
	const struct api_request *q)
{
	unsigned char signature[32];
	char text[65];

	api_sign(key, q, signature);
	hex_print(signature, sizeof(signature), text);
	buf_addz(b, API_SCHEME " client=");
	buf_add(b, client);
	buf_addz(b, ", time=");
	buf_addi(b, q->time);
	buf_addz(b, ", nonce=");
	buf_add(b, q->nonce);
	buf_addz(b, ", signature=");
	buf_addz(b, text);
}

/* min..max letters, digits, '-' and '_'. */
static bool is_word(struct str s, size_t min, size_t max)
{
	if (s.n < min || s.n > max)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			    c == '-' || c == '_'))
			return false;
	}
	return true;
}

/* One "name=value"; false when it is unknown, wrong, or there a second time. */
static bool take_part(struct str part, struct api_header *h, unsigned *seen)
{
	struct str name;
	unsigned bit = 0;
	bool fine = false;

	if (!str_cut(&part, STR("="), &name))
		return false;
	if (str_is(name, "client")) {
		bit = 1;
		h->client = part;
		fine = is_word(part, 1, API_CLIENT_MAX);
	} else if (str_is(name, "time")) {
		bit = 2;
		fine = str_int(part, &h->time);
	} else if (str_is(name, "nonce")) {
		bit = 4;
		h->nonce = part;
		fine = is_word(part, NONCE_MIN, API_NONCE_MAX);
	} else if (str_is(name, "signature")) {
		bit = 8;
		fine = hex_parse(part, h->signature, sizeof(h->signature));
	}
	if (!fine || (*seen & bit))
		return false;
	*seen |= bit;
	return true;
}

bool api_header_parse(struct str value, struct api_header *ret_header)
{
	struct api_header h = { 0 };
	struct str rest = value, part;
	unsigned seen = 0;

	if (value.n > API_HEADER_MAX || !str_starts(value, STR(API_SCHEME " ")))
		return false;
	rest = (struct str){ value.p + sizeof(API_SCHEME), value.n - sizeof(API_SCHEME) };
	while (str_cut(&rest, STR(","), &part))
		if (!take_part(str_trim(part), &h, &seen))
			return false;
	if (seen != 15)
		return false;
	*ret_header = h;
	return true;
}

bool api_key_parse(struct str hex, unsigned char ret_key[API_KEY_BYTES])
{
	return hex_parse(hex, ret_key, API_KEY_BYTES);
}
