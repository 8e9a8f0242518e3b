/* SPDX-License-Identifier: Apache-2.0 */
/* What the files about log-ins and accounts share. */
#ifndef CANBAO_DOORS_HTTP_ACCOUNTS_H
#define CANBAO_DOORS_HTTP_ACCOUNTS_H

#include "acts/accounts.h"
#include "doors/http/http.h"

/* The Session of a fresh secret; 401 when it is none. */
MUST_USE int session_answer(struct request *rq, struct reply *rp, int status, const char *secret);
/* Its cookie. */
void session_cookie(struct request *rq, struct reply *rp, const char *secret);

#endif
