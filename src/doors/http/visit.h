/* SPDX-License-Identifier: Apache-2.0 */
/* 访问 a resident's visit: who was shown, kept in the caller's cookie `canbao_visit`, sealed. */
#ifndef CANBAO_DOORS_HTTP_VISIT_H
#define CANBAO_DOORS_HTTP_VISIT_H

#include "doors/http/http.h"

#define VISIT_COOKIE "canbao_visit"

/* The visit of the request's cookie; false when there is none, it is too old or not ours. */
MUST_USE bool visit_read(struct request *rq, struct visit *ret_visit);
/* Hand out the cookie.  `v->opened_at` 0 becomes now; it ends visit_for after that, whatever is
 * added to it later. */
void visit_write(struct request *rq, struct reply *rp, struct visit *v);
/* Take the cookie away. */
void visit_end(struct request *rq, struct reply *rp);

#endif
