/* SPDX-License-Identifier: Apache-2.0 */
/* Lists as files: asked for, approved by somebody else, fetched by who asked. */
#include <inttypes.h>

#include "acts/export.h"
#include "doors/http/http_jobs.h"

static struct export_viewer viewer(const struct request *rq)
{
	return (struct export_viewer){ .account = rq->caller.account,
		.decides = role_may(rq->caller.role, MAY_APPROVE_EXPORT),
		.division = rq->env.scope.division };
}

static void put_export(struct request *rq, struct json_out *j, const struct export_viewer *v,
	const struct export *e)
{
	json_object(j, NULL);
	json_num(j, "id", e->id);
	json_str(j, "list", e->list);
	json_str(j, "format", e->format);
	json_str(j, "purpose", e->purpose);
	json_bool(j, "whole", e->whole);
	json_str(j, "state", e->state);
	json_str(j, "asked_by", e->asked_login.p ? e->asked_login : STR("-"));
	json_time(j, "asked_at", e->asked_at);
	json_str(j, "decided_by", e->decided_login);
	json_time(j, "decided_at", e->decided_at);
	json_str(j, "reason", e->reason);
	if (e->rows_out >= 0)
		json_num(j, "rows", e->rows_out);
	else
		json_null(j, "rows");
	json_bool(j, "mine", e->asked_by == v->account);
	json_bool(j, "may_decide", export_may_decide(v, rq->caller.role, e));
	json_close(j);
}

static int reply_export(struct request *rq, struct reply *rp, int status, int64_t id)
{
	struct export_viewer v = viewer(rq);
	struct export e;
	int rc = export_read(&rq->env, &v, id, rq->arena, &e);

	if (rc <= 0)
		return rc < 0 ? rc : reply_problem(rq, rp, PROBLEM_NOT_FOUND, NULL);
	buf_reset(&rp->body);
	rp->status = status;
	rp->content_type = "application/json";
	json_begin(&rp->json, &rp->body);
	put_export(rq, &rp->json, &v, &e);
	return buf_bad(&rp->body) ? FAULT_MEMORY : 0;
}

int http_exports(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "state", "sort", "limit", "cursor", NULL };
	static const char *const states[] = { "asked", "approved", "declined", "ready", "failed" };
	struct page page;
	struct way way = page_way(rq, &page);
	struct str state = request_query(rq, "state"), next = { NULL, 0 };
	struct export_viewer v = viewer(rq);
	struct export *items;
	struct json_out *j;
	size_t n, max = (size_t)page.limit;
	bool known = !state.p;
	int rc;

	request_query_only(rq, names);
	for (size_t i = 0; i < ARRAY_LEN(states); i++)
		known = known || str_is(state, states[i]);
	if (!known)
		request_problem(rq, "state", "没有这种状态", "there is no such state");
	if (request_invalid(rq, rp))
		return 0;
	rc = export_page(
		&rq->env, &v, state.p ? state : STR(""), way, max + 1, rq->arena, &items, &n);
	if (rc < 0)
		return rc;
	j = reply_json(rp, 200);
	json_array(j, "items");
	for (size_t i = 0; i < n && i < max; i++)
		put_export(rq, j, &v, &items[i]);
	json_close(j);
	if (n > max)
		next = arena_printf(rq->arena, "%" PRId64, items[max - 1].id);
	json_next(rq, j, next);
	return reply_json_end(rp);
}

/* A division in a body, 12 digits as text; 0 when it is absent or the county. */
static int64_t body_division(struct request *rq)
{
	struct str text = json_text(rq, "division", false, 12);
	int64_t code, sees = rq->env.scope.division;

	if (!text.p)
		return 0;
	if (text.n == 12 && str_int(text, &code) && code / 1000000 == rq->env.county &&
		(!sees || code == sees || code / 1000 * 1000 == sees))
		return code % 1000000 ? code : 0;
	request_problem(rq, "division", "要本辖区的 12 位区划代码",
		"takes a twelve-digit division code of your area");
	return 0;
}

static void read_wish(struct request *rq, struct export_wish *w)
{
	static const char *const names[] = { "list", "format", "purpose", "whole", "division", "on",
		NULL };
	struct str list = json_text(rq, "list", true, 20);
	struct str format = json_text(rq, "format", true, 4);

	json_only(rq, names);
	*w = (struct export_wish){ .xlsx = format.p && str_is(format, "xlsx"),
		.whole = json_flag(rq, "whole", false),
		.purpose = json_text(rq, "purpose", true, 200),
		.division = body_division(rq),
		.on = json_day(rq, "on", false) };
	if (w->on == DAY_NONE)
		w->on = rq->env.today;
	if (list.p && !export_list_parse(list, &w->list))
		request_problem(rq, "list", "没有这种名单", "there is no such list");
	if (format.p && !w->xlsx && !str_is(format, "csv"))
		request_problem(rq, "format", "只有 csv 和 xlsx", "csv or xlsx");
}

int http_export_ask(struct request *rq, struct reply *rp)
{
	struct err err = { "" };
	struct export_wish w;
	int64_t id;
	int rc;

	read_wish(rq, &w);
	if (request_invalid(rq, rp))
		return 0;
	if (!role_may(rq->caller.role, export_list_may(w.list)) ||
		(w.whole && !role_may(rq->caller.role, MAY_UNMASK)) ||
		rq->caller.kind != CALLER_ACCOUNT)
		return reply_problem(rq, rp, PROBLEM_FORBIDDEN, NULL);
	rc = export_ask(&rq->env, rq->caller.role, rq->caller.account, &w, rq->arena, &id, &err);
	if (rc == FAULT_FORMAT || rc == FAULT_LIMIT)
		return reply_refused_ask(rq, rp, rc, &err);
	return rc < 0 ? rc : reply_export(rq, rp, 201, id);
}

int http_export_decide(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "approve", "reason", NULL };
	static const enum problem problems[] = { [EXPORT_UNKNOWN] = PROBLEM_NOT_FOUND,
		[EXPORT_OWN] = PROBLEM_OWN_WORK,
		[EXPORT_STATE] = PROBLEM_STATE,
		[EXPORT_BEYOND] = PROBLEM_FORBIDDEN };
	int64_t approve = json_flag(rq, "approve", false), id;
	struct str reason = json_text(rq, "reason", false, 200);
	enum export_decision decision;
	int rc;

	json_only(rq, names);
	if (!approve && !reason.p)
		request_problem(rq, "reason", "不批准要写原因", "a refusal needs its reason");
	if (request_invalid(rq, rp))
		return 0;
	if (!param_id(rq, 0, &id))
		return reply_problem(rq, rp, PROBLEM_NOT_FOUND, NULL);
	rc = export_settle(
		&rq->env, rq->caller.role, rq->caller.account, id, approve, reason, &decision);
	if (rc < 0)
		return rc;
	if (decision != EXPORT_DECIDED)
		return reply_problem(rq, rp, problems[decision], NULL);
	jobs_wake(rq->service->jobs);
	return reply_export(rq, rp, 200, id);
}

int http_export_file(struct request *rq, struct reply *rp)
{
	const struct export_viewer v = { .account = rq->caller.account };
	char path[JOB_PATH_MAX];
	struct export e;
	int64_t id;
	int rc;

	if (!param_id(rq, 0, &id))
		return reply_problem(rq, rp, PROBLEM_NOT_FOUND, NULL);
	rc = export_read(&rq->env, &v, id, rq->arena, &e);
	if (rc <= 0)
		return rc < 0 ? rc : reply_problem(rq, rp, PROBLEM_NOT_FOUND, NULL);
	if (!export_still_theirs(&rq->env, rq->caller.role, &e, rq->arena))
		return reply_problem(rq, rp, PROBLEM_FORBIDDEN,
			"您的岗位或辖区在申请之后变了，请重新申请 / your role or area has changed since; ask again");
	if (!str_is(e.state, "ready"))
		return reply_problem(rq, rp, PROBLEM_STATE, NULL);
	if (rq->env.now > e.decided_at + EXPORT_SECONDS)
		return reply_problem(rq, rp, PROBLEM_NOT_FOUND,
			"文件已过期，请重新申请 / the file is gone; ask again");
	spool_path(rq->service, "export", e.id, path);
	rc = export_fetched(&rq->env, &e);
	return rc < 0 ? rc
		      : reply_table_file(
				rq, rp, path, arena_printf(rq->arena, "导出-%" PRId64, e.id));
}
