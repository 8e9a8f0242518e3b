/* SPDX-License-Identifier: Apache-2.0 */
/* The county's identity provider (OpenID Connect Core 1.0): authorization code with PKCE (RFC
 * 7636), state and nonce.  What the provider says of itself and its keys is remembered for an hour,
 * one provider a process. */
#ifndef CANBAO_DOORS_HTTP_OIDC_H
#define CANBAO_DOORS_HTTP_OIDC_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

#define OIDC_RANDOM 24 /* bytes of each secret of a try; 32 characters */
#define OIDC_AT_ONCE 2 /* log-ins that talk to the provider at the same time */

struct oidc_provider {
	const char *issuer; /* https, or loopback for tests */
	const char *client_id, *redirect;
	const char *secret_file; /* "": a public client */
};

/* One try to log in: kept by the browser, sealed, until it comes back. */
struct oidc_try {
	int64_t at; /* seconds UTC */
	unsigned char state[OIDC_RANDOM], nonce[OIDC_RANDOM], verifier[OIDC_RANDOM];
};

/* A fresh try. */
void oidc_begin(int64_t now, struct oidc_try *ret_try);
/* Where to send the browser.  0; FAULT_IO when the provider does not answer or answers nonsense;
 * FAULT_RETRY when too many wait for it. */
MUST_USE int oidc_address(
	const struct oidc_provider *p, const struct oidc_try *t, int64_t now, struct buf *b);
/* Is this the `state` parameter of the try?  In constant time. */
MUST_USE bool oidc_state_holds(const struct oidc_try *t, struct str state);
/* Exchange the code and verify the token: 1 and *ret_subject in `a`; 0 when the provider refuses
 * the code or the token does not hold (signature, issuer, audience, times, nonce); faults as above.
 */
MUST_USE int oidc_finish(const struct oidc_provider *p, const struct oidc_try *t, struct str code,
	int64_t now, struct arena *a, struct str *ret_subject);

#endif
