/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/answer_ticket.h"

#include <inttypes.h>

#include "store/vault.h"

struct call {
	const struct env *env;
	struct arena *a; /* outlives the transaction */
	struct vault *vault;
	struct str state;
	int64_t after_due, after_id;
	size_t max;
	struct ticket_view *items;
	size_t n;
	int64_t id;
	struct str answer;
	bool close;
	struct ticket_row row;
	struct err err;
};

static int fill(struct call *c, const struct ticket_row *row, struct ticket_view *ret)
{
	char plain[SEAL_PLAIN_MAX];
	size_t n = 0;

	*ret = (struct ticket_view){ .row = *row,
		.late = str_is(row->state, "open") && row->due_at < c->env->now };
	if (!row->phone_seal.p || vault_open(c->vault, SEAL_PHONE, row->phone_seal, plain, &n) < 0)
		return 0;
	ret->phone = arena_str(c->a, (struct str){ plain, n });
	return ret->phone.p ? 0 : FAULT_MEMORY;
}

static int list_tx(struct db *db, struct arena *scratch, void *arg)
{
	struct call *c = arg;
	struct ticket_row *rows;
	int rc = ticket_in_area(db, c->a, c->env->county, c->env->scope.division, c->state,
		c->after_due, c->after_id, c->max, &rows, &c->n);

	(void)scratch;
	if (rc < 0)
		return rc;
	c->items = ARENA_ARRAY(c->a, struct ticket_view, c->n ? c->n : 1);
	if (!c->items)
		return FAULT_MEMORY;
	for (size_t i = 0; rc == 0 && i < c->n; i++)
		rc = fill(c, &rows[i], &c->items[i]);
	return rc;
}

int list_tickets(const struct env *env, struct str state, int64_t after_due, int64_t after_id,
	size_t max, struct arena *a, struct ticket_view **ret_items, size_t *ret_n)
{
	struct call c = { .env = env,
		.a = a,
		.state = state,
		.after_due = after_due,
		.after_id = after_id,
		.max = max };
	int rc;

	*ret_n = 0;
	if (env->scope.nothing)
		return 0;
	rc = vault_new(store_keys(env->store), &c.vault);
	if (rc < 0)
		return rc;
	rc = store_read(env->store, list_tx, &c);
	vault_free(c.vault);
	if (rc < 0)
		return rc;
	*ret_items = c.items;
	*ret_n = c.n;
	return 0;
}

static int answer_tx(struct db *db, struct arena *a, void *arg)
{
	struct call *c = arg;
	int64_t county = c->env->county, audit;
	int rc = audit_open(db, county, &audit);

	c->err.text[0] = '\0';
	if (rc == 0)
		rc = ticket_one_in_area(db, a, county, c->env->scope.division, c->id, &c->row);
	if (rc != 1)
		return rc < 0 ? rc : FAULT_MISSING;
	rc = ticket_answer(
		db, county, audit, c->id, c->close, c->answer, c->env->actor, c->env->now);
	if (rc < 0)
		return rc;
	if (rc == 0)
		return err_set(&c->err, FAULT_CONFLICT, "已经办结了 / it was closed already");
	rc = env_audit(db, c->env, audit, "answer_ticket",
		arena_printf(a, "ticket %" PRId64, c->id),
		c->close ? STR("{\"closed\":true}") : STR("{\"closed\":false}"));
	if (rc < 0)
		return rc;
	rc = ticket_one_in_area(db, c->a, county, c->env->scope.division, c->id, &c->row);
	return rc < 0 ? rc : 0;
}

int answer_ticket(const struct env *env, int64_t id, struct str answer, bool close, struct arena *a,
	struct ticket_view *ret_view, struct err *err)
{
	struct call c = { .env = env, .a = a, .id = id, .answer = answer, .close = close };
	int rc;

	if (env->scope.nothing)
		return FAULT_MISSING;
	rc = store_act(env->store, answer_tx, &c);
	if (rc < 0)
		return err_set(
			err, (enum fault)rc, "%s", c.err.text[0] ? c.err.text : fault_text(rc));
	rc = vault_new(store_keys(env->store), &c.vault);
	if (rc < 0)
		return rc;
	rc = fill(&c, &c.row, ret_view);
	vault_free(c.vault);
	return rc;
}
