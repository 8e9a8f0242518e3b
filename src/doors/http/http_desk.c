/* SPDX-License-Identifier: Apache-2.0 */
/* The desk that everybody opens first. */
#include "acts/read_desk.h"
#include "acts/report.h"
#include "doors/http/service.h"
#include "doors/http/http.h"

static void put_known(struct json_out *j, const char *key, int64_t v)
{
	if (v == REPORT_NONE)
		json_null(j, key);
	else
		json_num(j, key, v);
}

static void put_progress(struct json_out *j, const struct desk_progress *p)
{
	if (!p->known) {
		json_null(j, "progress");
		return;
	}
	json_object(j, "progress");
	put_known(j, "planned", p->planned);
	json_num(j, "enrolled", p->enrolled);
	json_num(j, "today", p->today);
	put_known(j, "rate", p->rate);
	put_known(j, "rank", p->rank);
	put_known(j, "of", p->of);
	json_close(j);
}

int http_desk(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { NULL };
	struct err err = { "" };
	struct desk desk;
	struct json_out *j;
	int rc;

	request_query_only(rq, names);
	if (request_invalid(rq, rp))
		return 0;
	rc = read_desk(&rq->env, &rq->service->policy, rq->caller.role, rq->caller.account,
		rq->arena, &desk, &err);
	if (rc < 0)
		return reply_fault(rq, rp, rc, &err);
	j = reply_json(rp, 200);
	json_date(j, "today", rq->env.today);
	json_array(j, "cards");
	for (size_t i = 0; i < desk.n; i++) {
		const struct desk_card *c = &desk.cards[i];

		json_object(j, NULL);
		json_strz(j, "code", c->code);
		json_strz(j, "zh", c->zh);
		json_strz(j, "en", c->en);
		json_num(j, "count", c->count);
		json_bool(j, "late", c->late);
		json_strz(j, "link", c->link);
		json_close(j);
	}
	json_close(j);
	put_progress(j, &desk.progress);
	return reply_json_end(rp);
}
