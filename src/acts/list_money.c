/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/list_money.h"

struct call {
	const struct env *env;
	const struct payment_filter *payments; /* one of the two */
	const struct bill_filter *bills;
	int64_t from;
	size_t max;
	struct arena *a; /* outlives the transaction */
	struct payment_line *payment_items;
	struct bill_line *bill_items;
	size_t n;
	int64_t next;
};

/* A town's code ends in 000. */
static bool is_village(int64_t division)
{
	return division % 1000 != 0;
}

static int payments_tx(struct db *db, struct arena *scratch, void *arg)
{
	struct call *c = arg;
	struct scope_bind scope = env_scope(c->env);
	struct payment_filter f = *c->payments;

	(void)scratch;
	f.village = is_village(f.division);
	return payment_page(
		db, c->a, &scope, &f, c->from, c->max, &c->payment_items, &c->n, &c->next);
}

static int bills_tx(struct db *db, struct arena *scratch, void *arg)
{
	struct call *c = arg;
	struct scope_bind scope = env_scope(c->env);
	struct bill_filter f = *c->bills;

	(void)scratch;
	f.village = is_village(f.division);
	return bill_page(db, c->a, &scope, &f, c->from, c->max, &c->bill_items, &c->n);
}

int list_payments(const struct env *env, const struct payment_filter *f, int64_t from, size_t max,
	struct arena *a, struct payment_line **ret_items, size_t *ret_n, int64_t *ret_next)
{
	struct call c = { .env = env, .payments = f, .from = from, .max = max, .a = a };
	int rc = store_read(env->store, payments_tx, &c);

	if (rc < 0)
		return rc;
	*ret_items = c.payment_items;
	*ret_n = c.n;
	*ret_next = c.next;
	return 0;
}

int list_bills(const struct env *env, const struct bill_filter *f, int64_t after, size_t max,
	struct arena *a, struct bill_line **ret_items, size_t *ret_n)
{
	struct call c = { .env = env, .bills = f, .from = after, .max = max, .a = a };
	int rc = store_read(env->store, bills_tx, &c);

	if (rc < 0)
		return rc;
	*ret_items = c.bill_items;
	*ret_n = c.n;
	return 0;
}
