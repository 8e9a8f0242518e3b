/* SPDX-License-Identifier: Apache-2.0 */
/* Small things that travel through the caller's hands and come back: sealed with the store's keys
 * (encrypted, authenticated), as base64url text. */
#ifndef CANBAO_DOORS_HTTP_SEAL_H
#define CANBAO_DOORS_HTTP_SEAL_H

#include "doors/http/service.h"

/* {NULL,0} without memory or when `plain` is longer than SEAL_PLAIN_MAX. */
struct str seal_text(struct service *s, struct arena *a, enum seal_kind kind, struct str plain);
/* False when it was not sealed here as `kind`. */
MUST_USE bool seal_open_text(
	struct service *s, struct arena *a, enum seal_kind kind, struct str text, struct str *ret);

/* base64url without padding (RFC 4648 section 5). */
void base64url_add(struct buf *b, const void *p, size_t n);
/* Into `ret` (at least text.n bytes); false on anything that base64url_add does not write. */
MUST_USE bool base64url_read(struct str text, unsigned char *ret, size_t *ret_n);

#endif
