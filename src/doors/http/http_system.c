/* SPDX-License-Identifier: Apache-2.0 */
/* GET /system: how it runs, for the system administrator; no business data. */
#include <inttypes.h>

#include "base/version.h"
#include "doors/http/http.h"
#include "doors/http/service.h"

int http_system_read(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { NULL };
	const struct service *s = rq->service;
	struct json_out *j;

	request_query_only(rq, names);
	if (request_invalid(rq, rp))
		return 0;
	j = reply_json(rp, 200);
	json_strz(j, "version", CANBAO_VERSION);
	json_time(j, "started_at", s->started);
	json_strz(j, "engine", db_uri_path(s->settings.db) ? "sqlite" : "postgresql");
	json_str(j, "county", arena_printf(rq->arena, "%06" PRId64, s->county));
	json_num(j, "schema", (int64_t)store_migration_count());
	json_num(j, "policies", (int64_t)s->n_packs);
	json_num(j, "workers", s->settings.workers);
	json_num(j, "queue", metrics_get(s->metrics, METRIC_QUEUE_DEPTH));
	json_num(j, "retries", (int64_t)store_retries(s->store));
	json_bool(j, "demo", s->settings.demo);
	return reply_json_end(rp);
}
