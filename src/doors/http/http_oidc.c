/* SPDX-License-Identifier: Apache-2.0 */
/* Logging in at the county's identity provider.  It says who somebody is; an account must be there
 * for them, and money, accounts and exports still ask for our own second factor. */
#include <inttypes.h>
#include <openssl/crypto.h>
#include <string.h>

#include "acts/login.h"
#include "doors/http/http_accounts.h"
#include "doors/http/oidc.h"
#include "doors/http/seal.h"

#define TRY_COOKIE "canbao_oidc"
#define TRY_SECONDS 600
#define ADDRESS_MAX 4096

static bool provider_of(const struct request *rq, struct oidc_provider *ret)
{
	const struct settings *s = &rq->service->settings;

	*ret = (struct oidc_provider){ .issuer = s->oidc_issuer,
		.client_id = s->oidc_client_id,
		.redirect = s->oidc_redirect,
		.secret_file = s->oidc_client_secret_file };
	return s->oidc_issuer[0] && s->oidc_client_id[0] && s->oidc_redirect[0];
}

/* SameSite=Lax, unlike all others: the browser comes back from another site. */
static void try_cookie(struct request *rq, struct reply *rp, struct str value, int64_t max_age)
{
	struct str text = arena_printf(rq->arena,
		TRY_COOKIE "=%.*s; Path=/api/v1/oidc; HttpOnly; SameSite=Lax; Max-Age=%" PRId64
			   "%s",
		STR_ARG(value), max_age, rq->service->settings.cookie_secure ? "; Secure" : "");

	if (text.p)
		reply_header(rp, "Set-Cookie", text);
	else
		rp->body.bad = true;
}

static int go_to(struct reply *rp, struct str address)
{
	buf_reset(&rp->body);
	rp->status = 302;
	rp->content_type = NULL;
	reply_header(rp, "Location", address);
	return 0;
}

static int unreachable(struct request *rq, struct reply *rp)
{
	return reply_problem(rq, rp, PROBLEM_BUSY,
		"统一身份认证没有应答 / the identity provider does not answer");
}

int http_oidc_login(struct request *rq, struct reply *rp)
{
	struct oidc_provider p;
	struct oidc_try t;
	struct str sealed, address;
	struct buf b;
	int rc;

	if (!provider_of(rq, &p))
		return reply_problem(rq, rp, PROBLEM_NOT_FOUND, NULL);
	oidc_begin(env_wall(&rq->env), &t);
	sealed = seal_text(
		rq->service, rq->arena, SEAL_OIDC, (struct str){ (const char *)&t, sizeof(t) });
	buf_init(&b, ADDRESS_MAX);
	rc = oidc_address(&p, &t, env_wall(&rq->env), &b);
	address = rc == 0 ? arena_str(rq->arena, buf_str(&b)) : (struct str){ NULL, 0 };
	buf_release(&b);
	OPENSSL_cleanse(&t, sizeof(t));
	if (rc == FAULT_IO)
		return unreachable(rq, rp);
	if (rc < 0 || !sealed.p || !address.p)
		return rc < 0 ? rc : FAULT_MEMORY;
	try_cookie(rq, rp, sealed, TRY_SECONDS);
	return go_to(rp, address);
}

/* The try this browser began, not long ago, and that this answer belongs to. */
static bool find_try(struct request *rq, const struct oidc_provider *p, struct oidc_try *ret)
{
	struct str plain, cookie = request_cookie(rq, TRY_COOKIE);
	struct str state = request_query(rq, "state"), iss = request_query(rq, "iss");
	int64_t now = env_wall(&rq->env);

	if (!cookie.p || !seal_open_text(rq->service, rq->arena, SEAL_OIDC, cookie, &plain) ||
		plain.n != sizeof(*ret))
		return false;
	memcpy(ret, plain.p, sizeof(*ret));
	/* RFC 9207: an answer of another provider is not ours. */
	return now >= ret->at && now - ret->at < TRY_SECONDS && oidc_state_holds(ret, state) &&
	       (!iss.p || str_is(iss, p->issuer));
}

static int log_in(struct request *rq, struct reply *rp, const struct oidc_provider *p,
	const struct oidc_try *t)
{
	char secret[SESSION_SECRET_TEXT + 1];
	struct str subject;
	int rc = oidc_finish(
		p, t, request_query(rq, "code"), env_wall(&rq->env), rq->arena, &subject);

	if (rc == FAULT_IO)
		return unreachable(rq, rp);
	if (rc == 1)
		rc = login_subject(&rq->env, subject, secret);
	if (rc < 0)
		return rc;
	if (rc != LOGIN_FINE)
		return reply_problem(rq, rp, PROBLEM_WRONG_LOGIN, NULL);
	session_cookie(rq, rp, secret);
	OPENSSL_cleanse(secret, sizeof(secret));
	return go_to(rp, STR("/console/"));
}

int http_oidc_callback(struct request *rq, struct reply *rp)
{
	struct oidc_provider p;
	struct oidc_try t;
	int rc;

	if (!provider_of(rq, &p))
		return reply_problem(rq, rp, PROBLEM_NOT_FOUND, NULL);
	if (!find_try(rq, &p, &t) || request_query(rq, "error").p)
		rc = reply_problem(rq, rp, PROBLEM_WRONG_LOGIN, NULL);
	else
		rc = log_in(rq, rp, &p, &t);
	/* Each try once. */
	if (rc == 0)
		try_cookie(rq, rp, STR(""), 0);
	return rc;
}
