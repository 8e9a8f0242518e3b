/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/read_trail.h"

struct reading {
	const struct env *env;
	const struct trail_query *q;
	struct arena *a; /* outlives the transaction */
	struct trail_page page;
};

static int read(struct db *db, struct arena *a, void *arg)
{
	struct reading *r = arg;
	const struct trail_query *q = r->q;
	const struct audit_filter f = { .act = q->act,
		.actor = q->actor,
		.from = q->from,
		.before = q->before,
		.way = q->way,
		.max = q->max };

	(void)a;
	return audit_page(db, r->env->county, &f, r->a, &r->page.items, &r->page.n, &r->page.next);
}

int read_trail(const struct env *env, const struct trail_query *q, struct arena *a,
	struct trail_page *ret_page)
{
	struct reading r = { .env = env, .q = q, .a = a };
	int rc = store_read(env->store, read, &r);

	if (rc == 0)
		*ret_page = r.page;
	return rc;
}
