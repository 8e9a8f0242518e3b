/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/ask_registration.h"

#include <inttypes.h>
#include <string.h>

#include "acts/holder.h"
#include "acts/person_facts.h"
#include "store/evidence.h"
#include "store/place.h"
#include "store/quote.h"

struct call {
	const struct env *env;
	const struct registration_ask *q;
	struct arena *a; /* outlives the transaction */
	struct registration_new r;
	struct registration_state *state;
	struct err err;
};

int registration_hint(const struct policy *policy, day_t birth, bool registered, day_t today,
	struct arena *a, struct registration_hint *ret_hint)
{
	const struct pack *p = policy->pack;
	struct facts f = { .on = today > birth ? today : birth,
		.birth = birth,
		.resident_since = DAY_NONE,
		.registered = registered,
		.resident = true,
		.document = DOCUMENT_CITIZEN_ID,
		.student = STUDENT_NONE };
	struct ruling r;
	char by[11], from[11];
	struct buf b;

	decide_enrol(p, &f, &r);
	if (r.decision == RULING_REFUSE) {
		ret_hint->zh =
			arena_printf(a, "登记通过后现在还不能缴费：%s", refusal_zh(r.refusal));
		ret_hint->en = arena_printf(
			a, "Once accepted nothing can be paid yet: %s", refusal_en(r.refusal));
		return ret_hint->zh.p && ret_hint->en.p ? 0 : FAULT_MEMORY;
	}
	day_text(r.pay_to, by);
	day_text(r.benefit_from, from);
	buf_init(&b, 64);
	money_print(&b, r.payable, true);
	ret_hint->zh = arena_printf(a,
		"按“%.*s”办理：应缴 %.*s 元（另有资助身份的按资助后），请在 %s 前登记并缴费，待遇从 %s 起",
		STR_ARG(p->routes[r.route].name), STR_ARG(buf_str(&b)), by, from);
	ret_hint->en = arena_printf(a,
		"Route %.*s: %.*s yuan before any subsidy; register and pay by %s; covered from %s",
		STR_ARG(p->routes[r.route].name), STR_ARG(buf_str(&b)), by, from);
	buf_release(&b);
	return ret_hint->zh.p && ret_hint->en.p ? 0 : FAULT_MEMORY;
}

/* A newborn joins the guardian's place and register. */
static int by_guardian(struct call *c, struct db *db, struct arena *a)
{
	struct quote_person g;
	int rc = quote_person(db, a, c->env->county, c->q->guardian, &g);

	if (rc != 1)
		return rc < 0 ? rc : FAULT_MISSING;
	c->r.village = g.village;
	c->r.town = g.town;
	c->r.registered = g.registered;
	return 0;
}

static int by_division(struct call *c, struct db *db, struct arena *a)
{
	const struct place *at, *town;
	struct places places;
	int rc = places_load(db, a, c->env->county, &places);

	if (rc < 0)
		return rc;
	at = place_by_code(&places, c->q->division);
	town = at && at->level != PLACE_COUNTY
		       ? place_reporting(&places, at, place_town(&places, at))
		       : NULL;
	if (!town)
		return err_set(&c->err, FAULT_FORMAT,
			"请选择本县的乡镇和村 / choose a town and village of this county");
	c->r.village = at->code;
	c->r.town = town->code;
	c->r.registered = c->q->registered;
	return 0;
}

/* Says something only to who shows name and number of the same person. */
static int known_already(struct call *c, struct db *db, struct arena *a)
{
	struct str names[20], name = STR("");
	int64_t person;
	size_t n = 0;
	int rc = quote_by_token(db, a, c->env->county, c->q->token, &person, &name);

	if (rc < 0)
		return rc;
	if (rc == 1 && holder_same_name(c->q->name, name))
		return err_set(&c->err, FAULT_CONFLICT,
			"已经在册，不用登记，请直接查询缴费 / in the register already: look up and pay");
	rc = registration_waiting(db, a, c->env->county, c->q->token, names, &n);
	for (size_t i = 0; rc == 0 && i < n; i++)
		if (holder_same_name(c->q->name, names[i]))
			return err_set(&c->err, FAULT_CONFLICT,
				"已经登记过，正在审核，请用登记编号查询进度 / registered already; ask with the code you kept");
	return rc;
}

static int attach(struct call *c, struct db *db)
{
	for (size_t i = 0; i < c->q->n_evidence; i++) {
		int rc = evidence_attach(db, c->env->county, c->q->evidence[i], c->r.id);

		if (rc < 0)
			return rc;
		if (rc == 0)
			return err_set(&c->err, FAULT_FORMAT,
				"有的材料找不到或已经用过，请重新上传 / a paper is unknown or was used; upload it again");
	}
	return 0;
}

static int ask_tx(struct db *db, struct arena *a, void *arg)
{
	struct call *c = arg;
	int64_t audit;
	int rc = audit_open(db, c->env->county, &audit);

	c->err.text[0] = '\0';
	if (rc == 0)
		rc = c->q->newborn ? by_guardian(c, db, a) : by_division(c, db, a);
	if (rc == 0)
		rc = known_already(c, db, a);
	if (rc == 0)
		rc = counter_take(db, c->env->county, "registration", 1, &c->r.id);
	if (rc == 0)
		rc = registration_add(db, c->env->county, audit, &c->r);
	if (rc == 0)
		rc = attach(c, db);
	if (rc == 0)
		rc = env_audit(db, c->env, audit, "ask_registration",
			arena_printf(a, "registration %" PRId64, c->r.id),
			c->q->newborn ? STR("{\"kind\":\"newborn\"}") : STR("{\"kind\":\"new\"}"));
	if (rc < 0)
		return rc;
	rc = registration_by_code(db, c->a, c->env->county, c->q->code, c->state);
	return rc < 0 ? rc : 0;
}

static int seal(
	struct vault *v, enum seal_kind kind, struct str plain, struct arena *a, struct str *ret)
{
	unsigned char space[SEAL_PLAIN_MAX + SEAL_OVERHEAD];
	size_t n;
	int rc = vault_seal(v, kind, plain, space, &n);

	if (rc < 0)
		return rc;
	*ret = arena_str(a, (struct str){ (const char *)space, n });
	return ret->p ? 0 : FAULT_MEMORY;
}

static int seal_all(struct call *c)
{
	struct vault *v;
	int rc = vault_new(store_keys(c->env->store), &v);

	if (rc < 0)
		return rc;
	rc = seal(v, SEAL_DOCUMENT, (struct str){ c->q->document->number, c->q->document->length },
		c->a, &c->r.doc_seal);
	if (rc == 0 && c->q->phone.p)
		rc = seal(v, SEAL_PHONE, c->q->phone, c->a, &c->r.phone_seal);
	vault_free(v);
	return rc;
}

int ask_registration(const struct env *env, const struct policy *policy,
	const struct registration_ask *q, struct arena *a, struct registration_state *ret_state,
	struct err *err)
{
	struct call c = { .env = env,
		.q = q,
		.a = a,
		.state = ret_state,
		.r = { .code = q->code,
			.kind = q->newborn ? STR("newborn") : STR("new"),
			.guardian = q->newborn ? q->guardian : 0,
			.doc_kind = str_of(document_kind_code(q->document->kind)),
			.name = q->name,
			.sex = q->sex,
			.birth = q->birth,
			.asked_at = env->now } };
	int rc;

	if (q->newborn && q->birth < policy->pack->newborn_birth_min)
		return err_set(err, FAULT_FORMAT,
			"出生太早，不属于本年度的新生儿，请按新参保登记 / born too early for a newborn of this year; register as new");
	memcpy(c.r.token, q->token, TOKEN_BYTES);
	rc = seal_all(&c);
	if (rc == 0)
		rc = store_act(env->store, ask_tx, &c);
	if (rc >= 0)
		return 0;
	return err_set(err, (enum fault)rc, "%s", c.err.text[0] ? c.err.text : fault_text(rc));
}

struct read_call {
	const struct env *env;
	struct str code;
	struct arena *a;
	struct registration_state *state;
};

static int read_tx(struct db *db, struct arena *scratch, void *arg)
{
	struct read_call *c = arg;

	(void)scratch;
	return registration_by_code(db, c->a, c->env->county, c->code, c->state);
}

int read_registration(const struct env *env, struct str code, struct arena *a,
	struct registration_state *ret_state)
{
	struct read_call c = { env, code, a, ret_state };

	return store_read(env->store, read_tx, &c);
}
