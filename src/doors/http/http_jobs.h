/* SPDX-License-Identifier: Apache-2.0 */
/* What the handlers of jobs, uploads, imports and exports share. */
#ifndef CANBAO_DOORS_HTTP_HTTP_JOBS_H
#define CANBAO_DOORS_HTTP_HTTP_JOBS_H

#include "doors/http/http.h"
#include "doors/http/jobs.h"

/* One job as openapi.yaml's Job. */
void json_job(struct request *rq, struct json_out *j, const char *key, const struct job *job);
/* 202 with the job that was just asked for; wakes the runner. */
MUST_USE int reply_asked(struct request *rq, struct reply *rp, int64_t job);
/* What came of asking: FAULT_LIMIT is 429, the rest as reply_fault. */
MUST_USE int reply_refused_ask(
	struct request *rq, struct reply *rp, int fault, const struct err *err);
/* Send a file under a name people know, as CSV or XLSX by its first bytes.  404 when it is gone. */
MUST_USE int reply_table_file(
	struct request *rq, struct reply *rp, const char *path, struct str stem);
/* The way a list goes that is sorted by `time`, newest first unless told, and from where. */
struct way page_way(struct request *rq, struct page *ret_page);

#endif
