/* SPDX-License-Identifier: Apache-2.0 */
/* Logging in and out, one's own password and second factor. */
#include "acts/accounts.h"
#include "acts/login.h"
#include "doors/http/http_accounts.h"
#include "doors/http/service.h"

static void put_permissions(struct json_out *j, enum role role)
{
	json_array(j, "permissions");
	for (int p = 0; p < PERMISSION_COUNT; p++)
		if (role_may(role, (enum permission)p))
			json_strz(j, NULL, permission_code((enum permission)p));
	json_close(j);
}

static int division_name(const struct request *rq, const struct who *w, struct str *ret_name)
{
	struct account_line line;
	int rc;

	*ret_name = (struct str){ NULL, 0 };
	if (!w->division)
		return 0;
	rc = account_read(&rq->env, w->account, rq->arena, &line);
	if (rc == 1)
		*ret_name = line.division_name;
	return rc < 0 ? rc : 0;
}

static int put_session(
	struct request *rq, struct reply *rp, int status, const struct who *w, struct str secret)
{
	const char *department = role_department(w->role);
	struct login_limits limits = service_limits(rq->service);
	char csrf[65];
	struct str place;
	struct json_out *j;
	int rc = division_name(rq, w, &place);

	if (rc < 0)
		return rc;
	session_csrf(secret, csrf);
	j = reply_json(rp, status);
	json_str(j, "login", w->login);
	json_str(j, "name", w->name);
	json_strz(j, "role", role_code(w->role));
	json_strz(j, "role_zh", role_zh(w->role));
	json_strz(j, "role_en", role_en(w->role));
	json_code(j, "division", w->division);
	json_str(j, "division_name", place);
	json_strz(j, "department", *department ? department : NULL);
	json_str(j, "unit", w->unit);
	put_permissions(j, w->role);
	json_bool(j, "strong", w->strong);
	json_bool(j, "totp", w->has_totp);
	json_bool(j, "must_change", w->must_change);
	json_strz(j, "csrf", csrf);
	json_num(j, "idle_seconds", limits.idle);
	json_time(j, "absolute_until", w->made_at + limits.absolute);
	return reply_json_end(rp);
}

/* Six digits; a field problem otherwise. */
static struct str code_of(struct request *rq, bool must)
{
	struct str code = json_text(rq, "code", must, 6);

	for (size_t i = 0; i < code.n; i++)
		if (code.n != 6 || code.p[i] < '0' || code.p[i] > '9') {
			request_problem(
				rq, "code", "动态验证码是 6 位数字", "a code has six digits");
			break;
		}
	return code;
}

int session_answer(struct request *rq, struct reply *rp, int status, const char *secret)
{
	struct login_limits limits = service_limits(rq->service);
	struct who w;
	int rc = session_verify(rq->env.store, rq->env.county, &limits, str_of(secret),
		env_wall(&rq->env), rq->arena, &w);

	if (rc < 0)
		return rc;
	if (rc == 0)
		return reply_problem(rq, rp, PROBLEM_WRONG_LOGIN, NULL);
	return put_session(rq, rp, status, &w, str_of(secret));
}

int http_session_open(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "login", "password", "code", NULL };
	const struct login_ask ask = { .login = json_text(rq, "login", true, 64),
		.password = json_text(rq, "password", true, 200),
		.code = code_of(rq, false) };
	struct login_limits limits = service_limits(rq->service);
	char secret[SESSION_SECRET_TEXT + 1];
	int rc;

	json_only(rq, names);
	if (request_invalid(rq, rp))
		return 0;
	rc = login_password(&rq->env, &limits, &ask, secret);
	if (rc < 0)
		return rc;
	if (rc != LOGIN_FINE)
		return reply_problem(rq, rp, PROBLEM_WRONG_LOGIN, NULL);
	rc = session_answer(rq, rp, 201, secret);
	if (rc == 0 && rp->status == 201)
		session_cookie(rq, rp, secret);
	return rc;
}

void session_cookie(struct request *rq, struct reply *rp, const char *secret)
{
	struct login_limits limits = service_limits(rq->service);
	struct str text = arena_str(rq->arena, str_of(secret));

	if (text.p)
		reply_cookie(rq, rp, SESSION_COOKIE, text, limits.absolute);
	else
		rp->body.bad = true;
}

int http_session_read(struct request *rq, struct reply *rp)
{
	return put_session(rq, rp, 200, rq->caller.who, request_cookie(rq, SESSION_COOKIE));
}

int http_session_close(struct request *rq, struct reply *rp)
{
	int rc = session_end(&rq->env, rq->caller.session);

	if (rc < 0)
		return rc;
	reply_cookie(rq, rp, SESSION_COOKIE, STR(""), 0);
	return reply_nothing(rp);
}

/* What a log-in ruling other than LOGIN_FINE is to who is logged in. */
static int refuse(struct request *rq, struct reply *rp, int ruling)
{
	switch ((enum login_ruling)ruling) {
	case LOGIN_STATE:
		return reply_problem(rq, rp, PROBLEM_STATE,
			"还没有设置动态验证码 / no second factor is set up or offered yet");
	case LOGIN_NEED_STRONG:
		return reply_problem(rq, rp, PROBLEM_SECOND_FACTOR, NULL);
	case LOGIN_WRONG:
	case LOGIN_FINE:
		break;
	}
	return reply_problem(rq, rp, PROBLEM_WRONG_LOGIN, NULL);
}

int http_password_change(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "old", "new", NULL };
	struct str old = json_text(rq, "old", true, 200), fresh = json_text(rq, "new", true, 200);
	struct login_limits limits = service_limits(rq->service);
	enum password_flaw flaw;
	int rc;

	json_only(rq, names);
	if (request_invalid(rq, rp))
		return 0;
	rc = login_change_password(&rq->env, &limits, rq->caller.who, old, fresh, &flaw);
	if (rc < 0)
		return rc;
	if (rc != LOGIN_FINE)
		return refuse(rq, rp, rc);
	if (flaw == PASSWORD_FINE)
		return reply_nothing(rp);
	request_problem(rq, "new", password_flaw_zh(flaw), password_flaw_en(flaw));
	(void)request_invalid(rq, rp);
	return 0;
}

int http_totp_begin(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "password", NULL };
	struct str password = json_text(rq, "password", true, 200);
	struct login_limits limits = service_limits(rq->service);
	struct totp_offer offer;
	struct json_out *j;
	int rc;

	json_only(rq, names);
	if (request_invalid(rq, rp))
		return 0;
	rc = login_totp_begin(&rq->env, &limits, rq->caller.who, password, rq->arena, &offer);
	if (rc < 0)
		return rc;
	if (rc != LOGIN_FINE)
		return refuse(rq, rp, rc);
	j = reply_json(rp, 200);
	json_str(j, "secret", offer.secret);
	json_str(j, "uri", offer.uri);
	return reply_json_end(rp);
}

/* Both take one code and answer 204. */
static int with_code(struct request *rq, struct reply *rp,
	int (*act)(const struct env *env, const struct login_limits *limits, const struct who *who,
		struct str code))
{
	static const char *const names[] = { "code", NULL };
	struct str code = code_of(rq, true);
	struct login_limits limits = service_limits(rq->service);
	int rc;

	json_only(rq, names);
	if (request_invalid(rq, rp))
		return 0;
	rc = act(&rq->env, &limits, rq->caller.who, code);
	if (rc < 0)
		return rc;
	return rc == LOGIN_FINE ? reply_nothing(rp) : refuse(rq, rp, rc);
}

int http_totp_confirm(struct request *rq, struct reply *rp)
{
	return with_code(rq, rp, login_totp_confirm);
}

int http_session_strong(struct request *rq, struct reply *rp)
{
	return with_code(rq, rp, login_strong);
}
