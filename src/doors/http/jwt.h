/* SPDX-License-Identifier: Apache-2.0 */
/* A signed token of an identity provider (JWS in its compact form, RFC 7515): RS256 or ES256, under
 * a key of its published set (RFC 7517).  Its claims are the caller's to judge. */
#ifndef CANBAO_DOORS_HTTP_JWT_H
#define CANBAO_DOORS_HTTP_JWT_H

#include <jansson.h>

#include "base/arena.h"

#define JWT_BYTES_MAX (16u * 1024u)

enum jwt_ruling {
	JWT_BAD,   /* malformed, another algorithm, or the signature does not hold */
	JWT_GOOD,  /* *ret_claims is the caller's, to be json_decref'ed */
	JWT_NO_KEY /* the set has no key of that name: perhaps it is newer */
};
MUST_USE enum jwt_ruling jwt_verify(
	struct arena *a, struct str token, const json_t *keys, json_t **ret_claims);

#endif
