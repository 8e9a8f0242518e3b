/* SPDX-License-Identifier: Apache-2.0 */
/* One line a request: the template of its route, never its path or query, never a person. */
#include <inttypes.h>

#include "doors/http/exchange.h"
#include "doors/http/server.h"

void door_log(const struct exchange *x, int status, int64_t us)
{
	const struct route *r = x->rq.route;

	metrics_request(x->rq.service->metrics, r ? (size_t)(r - route_table) : METRIC_ROUTES_MAX,
		status, us);
	log_line(status >= 500 ? LOG_WARN : LOG_INFO,
		"request request=%s method=%s route=%s status=%d ms=%" PRId64 ".%03" PRId64,
		x->rq.id, x->method, r ? r->path : "-", status, us / 1000, us % 1000);
}
