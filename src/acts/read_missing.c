/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/read_missing.h"

#include "acts/take_payment.h"

struct call {
	const struct env *env;
	const struct policy *policy;
	const struct missing_request *q;
	struct progress_scope scope;
	struct vault *vault;
	struct arena *a; /* outlives the transaction */
	struct db *db;
	struct missing_line *items;
	size_t n;
};

/* Chinese and English of a reason of the last assessment. */
static void reason(struct missing_line *l, struct str code)
{
	for (int i = 0; code.p && i < REFUSAL_COUNT; i++)
		if (str_is(code, refusal_code((enum refusal)i))) {
			l->refusal_zh = str_of(refusal_zh((enum refusal)i));
			l->refusal_en = str_of(refusal_en((enum refusal)i));
		}
	if (code.p && str_is(code, suspense_code(SUSPENSE_ENROLLED_ELSEWHERE))) {
		l->refusal_zh = str_of(suspense_zh(SUSPENSE_ENROLLED_ELSEWHERE));
		l->refusal_en = str_of(suspense_en(SUSPENSE_ENROLLED_ELSEWHERE));
	}
}

/* The first category that must be covered; {NULL,0}: none. */
static int special_of(struct call *c, int64_t person, struct str *ret_name)
{
	const struct pack *p = c->policy->pack;
	struct str *codes;
	size_t n;
	int rc = memberships_on(c->db, c->a, c->env->county, person, c->scope.on, &codes, &n);

	for (size_t i = 0; rc == 0 && i < n && !ret_name->p; i++) {
		int k = pack_category_by_code(p, codes[i]);

		if (k >= 0 && p->categories[k].special)
			*ret_name = p->categories[k].name;
	}
	return rc;
}

static struct str keep(struct call *c, struct str s)
{
	return s.p ? arena_str(c->a, s) : s;
}

static int line_of(struct call *c, const struct missing *m, struct str special)
{
	const struct pack *p = c->policy->pack;
	struct missing_line *l = &c->items[c->n];
	char plain[SEAL_PLAIN_MAX];
	int rc, k;
	size_t n;

	*l = (struct missing_line){ .who = *m, .category = special };
	rc = vault_open(c->vault, SEAL_DOCUMENT, m->doc_seal, plain, &n);
	if (rc < 0)
		return rc;
	document_mask((struct str){ plain, n }, l->masked);
	l->who.doc_seal = (struct str){ NULL, 0 };
	l->who.name = keep(c, m->name);
	l->who.household = keep(c, m->household);
	l->who.refusal = l->who.category = (struct str){ NULL, 0 };
	if (m->payable_fen < 0)
		reason(l, m->refusal);
	k = m->payable_fen >= 0 && m->category.p ? pack_category_by_code(p, m->category) : -1;
	if (k >= 0)
		l->category = p->categories[k].name;
	c->n++;
	return 0;
}

static int row(void *ctx, const struct missing *m)
{
	struct call *c = ctx;
	struct str special = { NULL, 0 };
	int rc = special_of(c, m->person, &special);

	if (rc < 0)
		return rc;
	if (c->q->special && !special.p)
		return 0;
	rc = line_of(c, m, special);
	return rc < 0 ? rc : c->n == c->q->max; /* 1: enough */
}

static int missing_tx(struct db *db, struct arena *scratch, void *arg)
{
	struct call *c = arg;
	const struct missing_key after = { c->q->after_household, c->q->after_person };
	struct scope_bind scope = env_scope(c->env);
	int rc = division_known(db, c->env->county, c->q->village);

	(void)scratch;
	c->n = 0;
	c->db = db;
	if (rc < 0)
		return rc;
	if (rc == 0)
		return FAULT_MISSING;
	return missing_page(db, &scope, &c->scope, c->q->village, &after, row, c);
}

int read_missing(const struct env *env, const struct policy *policy, day_t on,
	const struct missing_request *q, struct arena *a, struct missing_line **ret_items,
	size_t *ret_n)
{
	struct call c = { .env = env,
		.policy = policy,
		.q = q,
		.a = a,
		.scope = { env->county, policy->pack->code, policy->pack->benefit_year, on } };
	int rc = vault_new(store_keys(env->store), &c.vault);

	BUG_IF(q->max == 0);
	c.items = ARENA_ARRAY(a, struct missing_line, q->max);
	if (rc == 0)
		rc = c.items ? store_read(env->store, missing_tx, &c) : FAULT_MEMORY;
	vault_free(c.vault);
	if (rc < 0)
		return rc;
	*ret_items = c.items;
	*ret_n = c.n;
	return 0;
}
