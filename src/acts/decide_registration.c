/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/decide_registration.h"

#include <inttypes.h>
#include <string.h>

#include "store/person.h"

struct call {
	const struct env *env;
	struct arena *a; /* outlives the transaction */
	struct vault *vault;
	/* list */
	struct str state;
	int64_t after;
	size_t max;
	/* decide */
	int64_t id;
	bool accept;
	struct str reason;
	struct err err;
	struct registration_view *items;
	size_t n;
};

static int fill(struct call *c, struct db *db, const struct registration_row *row,
	struct registration_view *ret)
{
	struct evidence *papers;
	char plain[SEAL_PLAIN_MAX];
	size_t n = 0;
	int rc;

	*ret = (struct registration_view){ .row = *row };
	if (row->doc_seal.p && vault_open(c->vault, SEAL_DOCUMENT, row->doc_seal, plain, &n) == 0 &&
		n <= DOCUMENT_MAX)
		document_mask((struct str){ plain, n }, ret->masked);
	rc = evidence_of_registration(db, c->a, c->env->county, row->id, &papers, &ret->n_evidence);
	ret->evidence = rc == 0 ? papers : NULL;
	return rc;
}

static int fill_all(struct call *c, struct db *db, int64_t after, size_t max, struct str state)
{
	struct registration_row *rows;
	size_t n;
	int rc = registration_in_area(
		db, c->a, c->env->county, c->env->scope.division, state, after, max, &rows, &n);

	if (rc < 0)
		return rc;
	c->items = ARENA_ARRAY(c->a, struct registration_view, n ? n : 1);
	if (!c->items)
		return FAULT_MEMORY;
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = fill(c, db, &rows[i], &c->items[i]);
	c->n = n;
	return rc;
}

static int list_tx(struct db *db, struct arena *scratch, void *arg)
{
	struct call *c = arg;

	(void)scratch;
	return fill_all(c, db, c->after, c->max, c->state);
}

int list_registrations(const struct env *env, struct str state, int64_t after, size_t max,
	struct arena *a, struct registration_view **ret_items, size_t *ret_n)
{
	struct call c = { .env = env, .a = a, .state = state, .after = after, .max = max };
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

static int taken(void *ctx, size_t index, const struct person *stored)
{
	(void)ctx;
	(void)index;
	(void)stored;
	return FAULT_CONFLICT;
}

/* The person as the register will have it. */
static int add_person(struct call *c, struct db *db, struct arena *a, int64_t audit,
	const struct registration_case *k, int64_t *ret_person)
{
	struct person p = { .doc_kind = k->r.doc_kind,
		.doc_seal = k->r.doc_seal,
		.name = k->r.name,
		.sex = k->r.sex,
		.birth = k->r.birth,
		.phone_seal = k->r.phone_seal,
		.household = k->household,
		.village = k->r.village,
		.town = k->r.town,
		.registered = k->r.registered,
		.resident = true,
		.died_on = DAY_NONE };
	int64_t added;
	int rc = counter_take(db, c->env->county, "person", 1, &p.id);

	memcpy(p.token, k->r.token, TOKEN_BYTES);
	if (rc == 0)
		rc = person_stage_prepare(db);
	if (rc < 0)
		return rc;
	added = person_add_chunk(db, a, c->env->county, audit, &p, 1, false, taken, NULL);
	if (added == FAULT_CONFLICT)
		return err_set(&c->err, FAULT_CONFLICT,
			"这个证件号码已在册，姓名不同；请核实后退回或更正居民信息 / the number is in the register under another name");
	if (added < 0)
		return (int)added;
	*ret_person = p.id;
	return evidence_to_person(db, c->env->county, c->id, p.id);
}

static int decide_tx(struct db *db, struct arena *a, void *arg)
{
	struct call *c = arg;
	struct registration_case k;
	int64_t audit, person = 0;
	int rc = audit_open(db, c->env->county, &audit);

	c->err.text[0] = '\0';
	if (rc == 0)
		rc = registration_for_decision(
			db, a, c->env->county, c->id, c->env->scope.division, &k);
	if (rc != 1)
		return rc < 0 ? rc : FAULT_MISSING;
	if (!str_is(k.state, "asked"))
		return err_set(
			&c->err, FAULT_CONFLICT, "这份登记已经处理过了 / it was decided already");
	rc = c->accept ? add_person(c, db, a, audit, &k, &person) : 0;
	if (rc == 0)
		rc = registration_decide(db, c->env->county, audit, c->id, person,
			c->accept ? (struct str){ NULL, 0 } : c->reason, c->env->actor,
			c->env->now);
	if (rc < 0)
		return rc;
	rc = env_audit(db, c->env, audit, "decide_registration",
		arena_printf(a, "registration %" PRId64, c->id),
		c->accept ? arena_printf(a, "{\"person\":%" PRId64 "}", person)
			  : STR("{\"declined\":true}"));
	return rc < 0 ? rc : fill_all(c, db, c->id - 1, 1, STR(""));
}

int decide_registration(const struct env *env, int64_t id, bool accept, struct str reason,
	struct arena *a, struct registration_view *ret_view, struct err *err)
{
	struct call c = { .env = env, .a = a, .id = id, .accept = accept, .reason = reason };
	int rc;

	if (env->scope.nothing)
		return FAULT_MISSING;
	if (!accept && !reason.n)
		return err_set(err, FAULT_FORMAT,
			"退回要写明原因，申请人看得到 / say why: the applicant reads it");
	rc = vault_new(store_keys(env->store), &c.vault);
	if (rc < 0)
		return rc;
	rc = store_act(env->store, decide_tx, &c);
	vault_free(c.vault);
	if (rc < 0)
		return err_set(
			err, (enum fault)rc, "%s", c.err.text[0] ? c.err.text : fault_text(rc));
	BUG_IF(c.n != 1);
	*ret_view = c.items[0];
	return 0;
}
