/* SPDX-License-Identifier: Apache-2.0 */
/* Asking another server, briefly: seconds, no redirects, a ceiling for the answer, HTTPS with its
 * certificate checked (plain HTTP on loopback only). */
#ifndef CANBAO_DOORS_HTTP_FETCH_H
#define CANBAO_DOORS_HTTP_FETCH_H

#include "base/buf.h"

#define FETCH_BYTES_MAX (256u * 1024u)
#define FETCH_SECONDS 5

/* An address we may ask: https://…, or http:// to this machine. */
bool fetch_may(const char *url);
/* Both return the HTTP status, or 0 when there was no whole answer. */
int fetch_get(const char *url, struct buf *answer);
/* POST of a form; `user` NULL: without a password. */
int fetch_form(const char *url, const char *user, const char *password, const struct buf *form,
	struct buf *answer);
/* Percent-encode for a query or a form. */
void fetch_encode(struct buf *b, struct str s);

#endif
