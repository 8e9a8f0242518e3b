/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/counter_payment.h"

#include <inttypes.h>

#include "acts/bill_number.h"
#include "acts/person_ruling.h"
#include "store/search.h"

struct call {
	const struct env *env;
	const struct policy *policy;
	const struct counter_request *q;
	const struct pack_channel *channel;
	struct err *err;
	struct person_facts *facts;
	struct ruling ruling;
};

static bool may_use(enum role r, const struct pack_channel *c)
{
	if (c->online)
		return false;
	return r == ROLE_TAX || (r == ROLE_SCHOOL) == c->school_cash;
}

static bool open_on(const struct pack_channel *c, day_t day)
{
	return c->open.from == DAY_NONE || (day >= c->open.from && day <= c->open.to);
}

static int nothing_due(struct call *c, const char *zh, const char *en)
{
	return err_set(
		c->err, FAULT_CONFLICT, "现在不能收：%s / nothing can be taken now: %s", zh, en);
}

/* What is due agrees with what was asked for, or it is said why not. */
static int agree(struct call *c, const struct dossier *d)
{
	const struct ruling *r = &c->ruling;

	if (d->enrolment.policy.p)
		return nothing_due(
			c, suspense_zh(SUSPENSE_ALREADY_PAID), suspense_en(SUSPENSE_ALREADY_PAID));
	if (d->elsewhere)
		return nothing_due(c, suspense_zh(SUSPENSE_ENROLLED_ELSEWHERE),
			suspense_en(SUSPENSE_ENROLLED_ELSEWHERE));
	if (d->died_on != DAY_NONE)
		return nothing_due(
			c, suspense_zh(SUSPENSE_DECEASED), suspense_en(SUSPENSE_DECEASED));
	if (!open_on(c->channel, c->env->today))
		return nothing_due(c, suspense_zh(SUSPENSE_CHANNEL_CLOSED),
			suspense_en(SUSPENSE_CHANNEL_CLOSED));
	if (c->facts->too_many)
		return nothing_due(
			c, suspense_zh(SUSPENSE_NOT_ELIGIBLE), suspense_en(SUSPENSE_NOT_ELIGIBLE));
	if (r->decision == RULING_REFUSE)
		return nothing_due(c, refusal_zh(r->refusal), refusal_en(r->refusal));
	if (r->payable.fen == 0)
		return nothing_due(
			c, suspense_zh(SUSPENSE_NOTHING_DUE), suspense_en(SUSPENSE_NOTHING_DUE));
	if (r->payable.fen == c->q->amount.fen)
		return 0;
	return err_set(c->err, FAULT_CONFLICT,
		"应缴 %" PRId64 ".%02d 元 / %" PRId64 ".%02d yuan are due", r->payable.fen / 100,
		(int)(r->payable.fen % 100), r->payable.fen / 100, (int)(r->payable.fen % 100));
}

static int quote_tx(struct db *db, struct arena *a, void *arg)
{
	struct call *c = arg;
	const struct pack *p = c->policy->pack;
	struct scope_bind scope = env_scope(c->env);
	struct dossier_scope about = {
		.county = c->env->county, .policy = p->code, .benefit_year = p->benefit_year
	};
	struct person person;
	struct dossier_key key = { .token = person.token };
	struct dossier *d;
	int rc = person_within(db, a, &scope, c->q->person, &person);

	if (rc < 0)
		return rc;
	if (rc == 0)
		return FAULT_MISSING;
	rc = dossier_load(db, a, &about, &key, 1, &d);
	if (rc == 0)
		rc = person_rule(db, a, c->env->county, p, d, c->env->today, c->facts, &c->ruling);
	return rc < 0 ? rc : agree(c, d);
}

static int take(struct call *c, struct take_result *ret_result)
{
	char bill[BILL_NUMBER_LENGTH + 1];
	struct take_line line = { .serial = c->q->serial,
		.person = c->q->person,
		.amount = c->q->amount,
		.paid_at = c->env->now,
		.paid_on = c->env->today };
	int rc;

	bill_number_make(c->policy->pack->benefit_year, c->q->person, bill);
	line.payer_ref = str_of(bill);
	rc = take_payment(c->env, c->policy, c->q->channel, &line, ret_result, c->err);
	if (rc == 0 && ret_result->outcome == TAKE_DIFFERS)
		return err_set(c->err, FAULT_CONFLICT,
			"这个流水号已用于另一笔缴费 / this serial belongs to another payment");
	return rc;
}

int counter_payment(const struct env *env, const struct policy *policy,
	const struct counter_request *q, struct take_result *ret_result, struct err *err)
{
	int channel = pack_channel_by_code(policy->pack, q->channel), rc;
	struct call c = { .env = env, .policy = policy, .q = q, .err = err };
	struct arena a;

	if (channel < 0 || !may_use(q->role, &policy->pack->channels[channel]))
		return err_set(err, FAULT_FORMAT,
			"您不能用这个渠道代收 / this channel is not yours to take money by");
	if (q->serial.n == 0 || q->serial.n > TAKE_SERIAL_MAX)
		return err_set(err, FAULT_FORMAT, "流水号太长 / the serial is too long");
	c.channel = &policy->pack->channels[channel];
	arena_init(&a, 4u << 20);
	c.facts = ARENA_NEW(&a, struct person_facts);
	rc = c.facts ? store_read(env->store, quote_tx, &c) : FAULT_MEMORY;
	if (rc == 0)
		rc = take(&c, ret_result);
	arena_release(&a);
	return rc;
}
