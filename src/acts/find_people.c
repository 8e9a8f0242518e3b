/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/find_people.h"

#include <inttypes.h>

#include "acts/holder.h"
#include "base/utf8.h"

const char *standing_code(enum standing s)
{
	static const char *const codes[] = { "enrolled", "open", "refused", "none" };

	BUG_IF((size_t)s >= ARRAY_LEN(codes));
	return codes[s];
}

struct call {
	const struct env *env;
	const struct find_request *q;
	struct season_key season;
	struct arena *a; /* outlives the transaction */
	unsigned char token[TOKEN_BYTES];
	struct found *items;
	size_t n;
	bool cut;
};

static int read_tx(struct db *db, struct arena *scratch, void *arg)
{
	struct call *c = arg;
	struct scope_bind scope = env_scope(c->env);

	(void)scratch;
	if (c->q->number.p)
		return search_by_token(db, c->a, &scope, &c->season, c->token, &c->items, &c->n);
	return search_by_name(db, c->a, &scope, &c->season, c->q->name,
		utf8_count(c->q->name) >= FIND_PREFIX_MIN, c->q->division, FIND_MAX + 1, &c->items,
		&c->n, &c->cut);
}

/* Counts only: whom somebody was looking for is nobody's business. */
static int record_tx(struct db *db, struct arena *a, void *arg)
{
	const struct call *c = arg;
	struct str detail = arena_printf(a, "{\"by\":\"%s\",\"found\":%zu}",
		c->q->number.p ? "number" : "name", c->n < FIND_MAX ? c->n : FIND_MAX);
	int64_t id;
	int rc = detail.p ? audit_open(db, c->env->county, &id) : FAULT_MEMORY;

	return rc < 0 ? rc
		      : env_audit(db, c->env, id, "find_people", (struct str){ NULL, 0 }, detail);
}

static int lines_of(struct call *c, struct vault *v, struct found_people *ret)
{
	size_t n = c->n < FIND_MAX ? c->n : FIND_MAX;
	struct found_line *lines = ARENA_ARRAY(c->a, struct found_line, n ? n : 1);

	if (!lines)
		return FAULT_MEMORY;
	for (size_t i = 0; i < n; i++) {
		char plain[SEAL_PLAIN_MAX];
		size_t length;
		int rc = vault_open(v, SEAL_DOCUMENT, c->items[i].doc_seal, plain, &length);

		if (rc < 0)
			return rc;
		lines[i].who = c->items[i];
		document_mask((struct str){ plain, length }, lines[i].masked);
	}
	*ret = (struct found_people){ lines, n, c->n > n || c->cut };
	return 0;
}

/* Read outside the writer's queue, record before anything is told. */
static int search(struct call *c, struct vault *v, struct found_people *ret)
{
	struct document d;
	bool known = true;
	int rc = 0;

	if (c->q->number.p) {
		known = document_check(document_guess(c->q->number), c->q->number, &d) ==
			DOCUMENT_FINE;
		if (known)
			holder_token(v, &d, c->token);
	}
	if (known)
		rc = store_read(c->env->store, read_tx, c);
	if (rc >= 0)
		rc = store_act(c->env->store, record_tx, c);
	return rc < 0 ? rc : lines_of(c, v, ret);
}

int find_people(const struct env *env, const struct policy *policy, const struct find_request *q,
	struct arena *a, struct found_people *ret_people, struct err *err)
{
	struct call c = { .env = env,
		.q = q,
		.season = { policy->pack->code, policy->pack->benefit_year },
		.a = a };
	struct vault *v;
	int rc = vault_new(store_keys(env->store), &v);

	BUG_IF(!q->number.p == !q->name.p);
	if (rc == 0)
		rc = search(&c, v, ret_people);
	vault_free(v);
	return rc < 0 ? err_set(err, (enum fault)rc, "%s", fault_text(rc)) : 0;
}
