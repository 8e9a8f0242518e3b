/* SPDX-License-Identifier: Apache-2.0 */
/* Accounts and roles, for the administrators. */
#include "doors/http/http_office.h"
#include "doors/http/http_accounts.h"

#include <inttypes.h>

#include "doors/http/service.h"

static const char *const reaches[] = { [REACH_COUNTY] = "county",
	[REACH_DIVISION] = "division",
	[REACH_DEPARTMENT] = "department",
	[REACH_SCHOOL] = "school",
	[REACH_CHANNEL] = "channel",
	[REACH_NOBODY] = "nobody" };

static void put_role(struct json_out *j, enum role r)
{
	json_object(j, NULL);
	json_strz(j, "code", role_code(r));
	json_strz(j, "zh", role_zh(r));
	json_strz(j, "en", role_en(r));
	json_strz(j, "reach", reaches[role_reach(r)]);
	json_array(j, "permissions");
	for (int p = 0; p < PERMISSION_COUNT; p++)
		if (role_may(r, (enum permission)p))
			json_strz(j, NULL, permission_code((enum permission)p));
	json_close(j);
	json_bool(j, "client", role_is_client(r));
	json_close(j);
}

int http_roles(struct request *rq, struct reply *rp)
{
	struct json_out *j = reply_json(rp, 200);

	(void)rq;
	json_array(j, "roles");
	for (int r = 0; r < ROLE_COUNT; r++)
		put_role(j, (enum role)r);
	json_close(j);
	json_array(j, "permissions");
	for (int p = 0; p < PERMISSION_COUNT; p++) {
		json_object(j, NULL);
		json_strz(j, "code", permission_code((enum permission)p));
		json_strz(j, "zh", permission_zh((enum permission)p));
		json_strz(j, "en", permission_en((enum permission)p));
		json_bool(j, "strong", permission_strong((enum permission)p));
		json_close(j);
	}
	json_close(j);
	return reply_json_end(rp);
}

static void put_account(struct json_out *j, const char *key, const struct account_line *l)
{
	const struct account *acc = &l->account;

	json_object(j, key);
	json_num(j, "id", acc->id);
	json_str(j, "login", acc->login);
	json_str(j, "name", acc->name);
	json_str(j, "staff_no", acc->staff_no);
	json_str(j, "role", acc->role);
	json_code(j, "division", acc->division);
	json_str(j, "division_name", l->division_name);
	json_str(j, "unit", acc->unit);
	json_strz(j, "state", account_state_code(acc->state));
	json_bool(j, "totp", acc->totp_seal.p != NULL);
	json_bool(j, "must_change", acc->must_change);
	json_bool(j, "locked", l->locked);
	json_str(j, "asked_by", l->asked_by);
	json_close(j);
}

/* The account alone as the whole answer. */
static int answer_account(struct request *rq, struct reply *rp, int64_t id)
{
	struct account_line line;
	struct json_out j;
	int rc = account_read(&rq->env, id, rq->arena, &line);

	if (rc < 0)
		return rc;
	if (rc == 0)
		return reply_problem(rq, rp, PROBLEM_NOT_FOUND, NULL);
	buf_reset(&rp->body);
	rp->status = 200;
	rp->content_type = "application/json";
	json_begin(&j, &rp->body);
	put_account(&j, NULL, &line);
	return buf_bad(&rp->body) ? FAULT_MEMORY : 0;
}

/* A ruling that is not DONE: a problem of a field, or of the whole. */
static int refuse(struct request *rq, struct reply *rp, int ruling)
{
	static const char *const fields[] = { [ACCOUNT_LOGIN_RULING] = "login",
		[ACCOUNT_NAME_RULING] = "name",
		[ACCOUNT_STAFF_RULING] = "staff_no",
		[ACCOUNT_ROLE_RULING] = "role",
		[ACCOUNT_DIVISION_RULING] = "division",
		[ACCOUNT_UNIT_RULING] = "unit" };
	enum account_ruling r = (enum account_ruling)ruling;
	const char *zh = account_ruling_zh(r), *en = account_ruling_en(r);
	struct str detail;

	if ((size_t)r < ARRAY_LEN(fields) && fields[r]) {
		request_problem(rq, fields[r], zh, en);
		(void)request_invalid(rq, rp);
		return 0;
	}
	detail = arena_printf(rq->arena, "%s / %s", zh, en);
	return reply_problem(rq, rp,
		r == ACCOUNT_MISSING_RULING    ? PROBLEM_NOT_FOUND
		: r == ACCOUNT_OWN_WORK_RULING ? PROBLEM_OWN_WORK
		: r == ACCOUNT_STATE_RULING    ? PROBLEM_STATE
					       : PROBLEM_CONFLICT,
		detail.p);
}

static int send_file(struct request *rq, struct reply *rp, const struct account_filter *q,
	enum sheet_format format)
{
	struct list_file f;
	struct err err = { "" };
	int64_t rows;
	int rc = list_file_begin(rq, rp, format, &f);

	if (rc <= 0)
		return rc;
	rc = list_file_accounts(&rq->env, q, &f, &rows, &err);
	return rc < 0 ? reply_fault(rq, rp, rc, &err)
		      : reply_table(rq, rp, f.path, "accounts", format);
}

int http_accounts(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "state", "role", "sort", "limit", "cursor", "format",
		NULL };
	struct page page = request_page_sorted(rq, "login", false);
	struct account_filter f = { .role = request_query(rq, "role"),
		.state = request_query(rq, "state"),
		.after = page.after,
		.falling = page.falling,
		.max = (size_t)page.limit + 1 };
	struct account_line *items;
	enum account_state state;
	enum role role;
	enum sheet_format format;
	bool file = query_format(rq, &format);
	struct json_out *j;
	size_t n;
	int rc;

	request_query_only(rq, names);
	if (f.state.p && !account_state_parse(f.state, &state))
		request_problem(rq, "state", "没有这种状态", "no such state");
	if (f.role.p && !role_parse(f.role, &role))
		request_problem(rq, "role", "没有这个角色", "no such role");
	if (request_invalid(rq, rp))
		return 0;
	if (file)
		return send_file(rq, rp, &f, format);
	rc = account_list(&rq->env, &f, rq->arena, &items, &n);
	if (rc < 0)
		return rc;
	j = reply_json(rp, 200);
	json_array(j, "items");
	for (size_t i = 0; i < n && i < (size_t)page.limit; i++)
		put_account(j, NULL, &items[i]);
	json_close(j);
	json_next(rq, j,
		n > (size_t)page.limit ? items[page.limit - 1].account.login
				       : (struct str){ NULL, 0 });
	return reply_json_end(rp);
}

/* role, division and unit of the body. */
static struct account_place read_place(struct request *rq)
{
	struct account_place p = { .role = ROLE_COUNT, .unit = json_text(rq, "unit", false, 80) };
	struct str role = json_text(rq, "role", true, 40);
	struct str division = json_text(rq, "division", false, 12);

	if (role.p && !role_parse(role, &p.role))
		request_problem(rq, "role", "没有这个角色", "no such role");
	if (division.p && (division.n != 12 || !str_int(division, &p.division)))
		request_problem(rq, "division", "要 12 位区划代码", "takes a twelve-digit code");
	return p;
}

int http_account_ask(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "login", "name", "staff_no", "role", "division",
		"unit", "subject", NULL };
	const struct account_new n = { .login = json_text(rq, "login", true, 32),
		.name = json_text(rq, "name", true, 50),
		.staff_no = json_text(rq, "staff_no", true, 32),
		.place = read_place(rq),
		.subject = json_text(rq, "subject", false, 200) };
	struct account_first first;
	struct account_line line;
	struct json_out *j;
	int rc;

	json_only(rq, names);
	if (request_invalid(rq, rp))
		return 0;
	rc = account_ask(&rq->env, rq->caller.who, &n, &first);
	if (rc != ACCOUNT_DONE_RULING)
		return rc < 0 ? rc : refuse(rq, rp, rc);
	rc = account_read(&rq->env, first.id, rq->arena, &line);
	if (rc <= 0)
		return rc < 0 ? rc : FAULT_MISSING;
	j = reply_json(rp, 201);
	put_account(j, "account", &line);
	json_strz(j, "password", first.password);
	return reply_json_end(rp);
}

int http_account_grant(struct request *rq, struct reply *rp)
{
	int64_t id;
	int rc;

	if (!param_id(rq, 0, &id))
		return reply_problem(rq, rp, PROBLEM_NOT_FOUND, NULL);
	rc = account_grant(&rq->env, rq->caller.who, id);
	if (rc != ACCOUNT_DONE_RULING)
		return rc < 0 ? rc : refuse(rq, rp, rc);
	return answer_account(rq, rp, id);
}

int http_account_reset(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "drop_totp", NULL };
	bool drop = json_flag(rq, "drop_totp", false);
	struct account_first first;
	struct json_out *j;
	int64_t id;
	int rc;

	json_only(rq, names);
	/* A fallback that shows: the field is not there. */
	if (drop != json_flag(rq, "drop_totp", true))
		request_problem(rq, "drop_totp", "必须填写", "is required");
	if (request_invalid(rq, rp))
		return 0;
	if (!param_id(rq, 0, &id))
		return reply_problem(rq, rp, PROBLEM_NOT_FOUND, NULL);
	rc = account_reset(&rq->env, rq->caller.who, id, drop, &first);
	if (rc != ACCOUNT_DONE_RULING)
		return rc < 0 ? rc : refuse(rq, rp, rc);
	j = reply_json(rp, 200);
	json_strz(j, "password", first.password);
	return reply_json_end(rp);
}

int http_account_move(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "role", "division", "unit", NULL };
	const struct account_place place = read_place(rq);
	int64_t id;
	int rc;

	json_only(rq, names);
	if (request_invalid(rq, rp))
		return 0;
	if (!param_id(rq, 0, &id))
		return reply_problem(rq, rp, PROBLEM_NOT_FOUND, NULL);
	rc = account_move(&rq->env, rq->caller.who, id, &place);
	if (rc != ACCOUNT_DONE_RULING)
		return rc < 0 ? rc : refuse(rq, rp, rc);
	return answer_account(rq, rp, id);
}

int http_account_close(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "reason", NULL };
	struct str reason = json_text(rq, "reason", true, 200);
	int64_t id;
	int rc;

	json_only(rq, names);
	if (reason.p && reason.n < 2)
		request_problem(rq, "reason", "请写明事由", "say why");
	if (request_invalid(rq, rp))
		return 0;
	if (!param_id(rq, 0, &id))
		return reply_problem(rq, rp, PROBLEM_NOT_FOUND, NULL);
	rq->env.reason = reason;
	rc = account_close(&rq->env, rq->caller.who, id);
	if (rc != ACCOUNT_DONE_RULING)
		return rc < 0 ? rc : refuse(rq, rp, rc);
	return answer_account(rq, rp, id);
}
