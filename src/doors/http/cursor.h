/* SPDX-License-Identifier: Apache-2.0 */
/* Where a list goes on: sealed together with its route, so that one list's cursor opens no other.
 */
#ifndef CANBAO_DOORS_HTTP_CURSOR_H
#define CANBAO_DOORS_HTTP_CURSOR_H

#include "doors/http/http.h"

/* In the request's arena.  `after` longer than 200 bytes is a bug. */
struct str cursor_seal(struct request *rq, struct str after);
MUST_USE bool cursor_open(struct request *rq, struct str text, struct str *ret_after);

#endif
