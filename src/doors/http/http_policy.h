/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the policy routes share. */
#ifndef CANBAO_DOORS_HTTP_POLICY_H
#define CANBAO_DOORS_HTTP_POLICY_H

#include "doors/http/http.h"

/* The pack that the path names; NULL when there is none. */
const struct pack *policy_of(const struct request *rq);

#endif
