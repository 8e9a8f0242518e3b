/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/http/seal.h"

#include <string.h>

#define SEALED_MAX (SEAL_PLAIN_MAX + SEAL_OVERHEAD)

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

void base64url_add(struct buf *b, const void *p, size_t n)
{
	const unsigned char *s = p;

	for (size_t i = 0; i < n; i += 3) {
		uint32_t v = (uint32_t)s[i] << 16;

		v |= i + 1 < n ? (uint32_t)s[i + 1] << 8 : 0;
		v |= i + 2 < n ? s[i + 2] : 0;
		buf_addc(b, letters[v >> 18]);
		buf_addc(b, letters[v >> 12 & 63]);
		if (i + 1 < n)
			buf_addc(b, letters[v >> 6 & 63]);
		if (i + 2 < n)
			buf_addc(b, letters[v & 63]);
	}
}

bool base64url_read(struct str text, unsigned char *ret, size_t *ret_n)
{
	uint32_t v = 0;
	int bits = 0;
	size_t n = 0;

	if (text.n % 4 == 1)
		return false;
	for (size_t i = 0; i < text.n; i++) {
		const char *at = text.p[i] ? strchr(letters, text.p[i]) : NULL;

		if (!at)
			return false;
		v = v << 6 | (uint32_t)(at - letters);
		bits += 6;
		if (bits >= 8) {
			bits -= 8;
			ret[n++] = (unsigned char)(v >> bits);
			v &= (1u << bits) - 1;
		}
	}
	/* Left-over bits must be zero, so that a value has one spelling. */
	if (v != 0)
		return false;
	*ret_n = n;
	return true;
}

struct str seal_text(struct service *s, struct arena *a, enum seal_kind kind, struct str plain)
{
	unsigned char sealed[SEALED_MAX];
	struct str text = { NULL, 0 };
	struct buf b;
	size_t n;
	int rc;

	if (plain.n > SEAL_PLAIN_MAX)
		return text;
	pthread_mutex_lock(&s->vault_lock);
	rc = vault_seal(s->vault, kind, plain, sealed, &n);
	pthread_mutex_unlock(&s->vault_lock);
	if (rc < 0)
		return text;
	buf_init(&b, 2 * SEALED_MAX);
	base64url_add(&b, sealed, n);
	if (!buf_bad(&b))
		text = arena_str(a, buf_str(&b));
	buf_release(&b);
	return text;
}

bool seal_open_text(
	struct service *s, struct arena *a, enum seal_kind kind, struct str text, struct str *ret)
{
	unsigned char sealed[2 * SEALED_MAX];
	char *plain;
	size_t n;
	int rc;

	if (text.n > sizeof(sealed) || !base64url_read(text, sealed, &n))
		return false;
	plain = arena_alloc(a, SEALED_MAX);
	if (!plain)
		return false;
	pthread_mutex_lock(&s->vault_lock);
	rc = vault_open(s->vault, kind, (struct str){ (const char *)sealed, n }, plain, &n);
	pthread_mutex_unlock(&s->vault_lock);
	if (rc < 0)
		return false;
	*ret = (struct str){ plain, n };
	return true;
}
