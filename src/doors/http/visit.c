/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/http/visit.h"

#include <string.h>

#include "doors/http/seal.h"

#define FORM 1 /* first byte: how the rest is laid out */
#define HEAD (1 + 8 + 8)
#define VISIT_BYTES (HEAD + 8 * VISIT_PEOPLE_MAX)

bool visit_read(struct request *rq, struct visit *ret_visit)
{
	struct str text = request_cookie(rq, VISIT_COOKIE), plain;
	struct visit v = { .n = 0 };
	int64_t county;

	if (!text.p || !seal_open_text(rq->service, rq->arena, SEAL_VISIT, text, &plain))
		return false;
	if (plain.n < HEAD + 8 || plain.n > VISIT_BYTES || (plain.n - HEAD) % 8 != 0 ||
		plain.p[0] != FORM)
		return false;
	memcpy(&county, plain.p + 1, 8);
	memcpy(&v.opened_at, plain.p + 9, 8);
	v.n = (plain.n - HEAD) / 8;
	memcpy(v.people, plain.p + HEAD, 8 * v.n);
	if (county != rq->env.county || v.opened_at > rq->env.wall + 60 ||
		rq->env.wall - v.opened_at >= rq->service->settings.visit_for)
		return false;
	*ret_visit = v;
	return true;
}

void visit_write(struct request *rq, struct reply *rp, struct visit *v)
{
	char plain[VISIT_BYTES] = { FORM };
	int64_t left;
	struct str text;

	BUG_IF(v->n == 0 || v->n > VISIT_PEOPLE_MAX);
	if (v->opened_at == 0)
		v->opened_at = rq->env.wall;
	left = v->opened_at + rq->service->settings.visit_for - rq->env.wall;
	memcpy(plain + 1, &rq->env.county, 8);
	memcpy(plain + 9, &v->opened_at, 8);
	memcpy(plain + HEAD, v->people, 8 * v->n);
	text = seal_text(
		rq->service, rq->arena, SEAL_VISIT, (struct str){ plain, HEAD + 8 * v->n });
	if (text.p)
		reply_cookie(rq, rp, VISIT_COOKIE, text, left > 0 ? left : 0);
	else
		rp->body.bad = true;
}

void visit_end(struct request *rq, struct reply *rp)
{
	reply_cookie(rq, rp, VISIT_COOKIE, STR(""), 0);
}
