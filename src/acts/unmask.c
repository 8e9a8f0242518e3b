/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/unmask.h"

#include <inttypes.h>

#include "base/utf8.h"
#include "store/look.h"
#include "store/search.h"

struct call {
	const struct env *env;
	int64_t id;
	struct str office;
	struct arena *a; /* outlives the transaction */
	struct person person;
};

static int unmask_tx(struct db *db, struct arena *a, void *arg)
{
	struct call *c = arg;
	const struct env *env = c->env;
	struct scope_bind scope = env_scope(env);
	const struct look look = { .person = c->id,
		.at = env->now,
		.actor = env->actor,
		.office = c->office,
		.what = LOOK_UNMASK,
		.reason = env->reason };
	int64_t audit;
	int rc = person_within(db, c->a, &scope, c->id, &c->person);

	if (rc != 1)
		return rc;
	rc = audit_open(db, env->county, &audit);
	if (rc == 0)
		rc = look_add(db, env->county, &look);
	if (rc == 0)
		rc = env_audit(db, env, audit, "unmask", arena_printf(a, "person %" PRId64, c->id),
			(struct str){ NULL, 0 });
	return rc < 0 ? rc : 1;
}

static int open_seal(
	struct vault *v, enum seal_kind kind, struct str seal, struct arena *a, struct str *ret)
{
	char plain[SEAL_PLAIN_MAX];
	size_t n;
	int rc = vault_open(v, kind, seal, plain, &n);

	if (rc < 0)
		return rc;
	*ret = arena_str(a, (struct str){ plain, n });
	return ret->p ? 0 : FAULT_MEMORY;
}

static int open_both(const struct call *c, struct unmasked *ret)
{
	struct unmasked u = { 0 };
	struct vault *v;
	int rc = vault_new(store_keys(c->env->store), &v);

	if (rc == 0)
		rc = open_seal(v, SEAL_DOCUMENT, c->person.doc_seal, c->a, &u.number);
	if (rc == 0 && c->person.phone_seal.p)
		rc = open_seal(v, SEAL_PHONE, c->person.phone_seal, c->a, &u.phone);
	vault_free(v);
	if (rc == 0)
		*ret = u;
	return rc;
}

bool reason_holds_number(struct str s)
{
	size_t run = 0;

	for (size_t i = 0; i < s.n; i++) {
		run = s.p[i] >= '0' && s.p[i] <= '9' ? run + 1 : 0;
		if (run >= 8)
			return true;
	}
	return false;
}

int unmask(const struct env *env, int64_t id, struct str office, struct arena *a,
	struct unmasked *ret, struct err *err)
{
	struct call c = { .env = env, .id = id, .office = office, .a = a };
	int rc;

	if (utf8_count(env->reason) < UNMASK_REASON_MIN)
		return err_set(err, FAULT_FORMAT,
			"请写明查看完整号码的原因 / say why the whole number is needed");
	if (reason_holds_number(env->reason))
		return err_set(err, FAULT_FORMAT,
			"原因里不要写证件号码或电话 / leave numbers out of the reason");
	rc = store_act(env->store, unmask_tx, &c);
	if (rc == 1) {
		int opened = open_both(&c, ret);

		rc = opened < 0 ? opened : 1;
	}
	return rc < 0 ? err_set(err, (enum fault)rc, "%s", fault_text(rc)) : rc;
}
