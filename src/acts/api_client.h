/* SPDX-License-Identifier: Apache-2.0 */
/* 接口系统 other systems that call with signed requests: their keys, and who signed. */
#ifndef CANBAO_ACTS_API_CLIENT_H
#define CANBAO_ACTS_API_CLIENT_H

#include "acts/api_sign.h"
#include "acts/session.h"
#include "store/client.h"

#define API_TIME_SLACK 300 /* seconds a request's time may be off */

/* Who signed a request.  `authorization` is the header's value; method, target and the body's
 * digest are in `q` (time and nonce are taken from the header).  1 and *ret_who, whose texts live
 * in `a`; 0 when it does not hold: malformed, unknown or closed client, time off by more than
 * API_TIME_SLACK, wrong signature, a nonce seen before; a fault.  The nonce is remembered durably
 * before 1 is answered.  Thread-safe. */
MUST_USE int api_client_verify(struct store *st, int64_t county, struct str authorization,
	const struct api_request *q, int64_t now, struct arena *a, struct who *ret_who);

/* What the one who opens or re-keys a client sees, once. */
struct api_client_key {
	char text[2 * API_KEY_BYTES + 1];
};

struct api_client_new {
	struct str id;   /* 3..32 of [a-z0-9_-], a letter first */
	struct str name; /* 1..80 characters */
	enum role role;  /* role_is_client */
	struct str unit; /* channel code of ROLE_CHANNEL; {NULL,0} else */
};

/* Open a client with a fresh key.  FAULT_FORMAT, FAULT_CONFLICT (the id is taken) with `err`. */
MUST_USE int api_client_open(const struct env *env, const struct api_client_new *n,
	struct api_client_key *ret_key, struct err *err);
/* A new key; the old one stays good until env->now + `overlap` seconds (0..7 days). */
MUST_USE int api_client_rotate(const struct env *env, struct str id, int64_t overlap,
	struct api_client_key *ret_key, struct err *err);
/* FAULT_MISSING, FAULT_CONFLICT (closed already). */
MUST_USE int api_client_close(const struct env *env, struct str id, struct err *err);
/* All of them, by id; at most API_CLIENTS_MAX. */
#define API_CLIENTS_MAX 200
MUST_USE int api_client_list(
	const struct env *env, struct arena *a, struct api_client_row **ret_items, size_t *ret_n);
/* Delete nonces that are too old to matter; called by later.c. */
MUST_USE int api_nonce_sweep(struct store *st, int64_t county, int64_t now);

#endif
