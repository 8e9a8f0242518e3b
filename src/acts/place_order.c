/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/place_order.h"

#include <inttypes.h>

#include "acts/quote_resident.h"

struct call {
	const struct env *env;
	const struct policy *policy;
	const struct place_order *q;
	struct arena *a; /* outlives the transaction */
	struct order_view *view;
	struct err err;
};

static struct str channel_name(const struct pack *p, struct str code)
{
	int c = pack_channel_by_code(p, code);

	return c < 0 ? code : p->channels[c].name;
}

int read_order_in(struct db *db, struct arena *a, const struct env *env,
	const struct policy *policy, struct str number, struct order_view *ret_view)
{
	struct order_view v = { 0 };
	struct order_line *lines;
	int rc = order_find(db, a, env->county, number, &v.order);

	if (rc != 1)
		return rc;
	rc = order_lines(db, a, env->county, number, policy->pack->benefit_year, &lines, &v.n);
	if (rc < 0)
		return rc;
	v.lines = lines;
	v.channel_name = channel_name(policy->pack, v.order.channel);
	v.open = str_is(v.order.state, "open") && env->now < v.order.expires_at;
	*ret_view = v;
	return 1;
}

struct read_call {
	const struct env *env;
	const struct policy *policy;
	struct str number;
	struct arena *a;
	struct order_view *view;
};

static int read_tx(struct db *db, struct arena *scratch, void *arg)
{
	struct read_call *c = arg;

	(void)scratch;
	return read_order_in(db, c->a, c->env, c->policy, c->number, c->view);
}

int read_order(const struct env *env, const struct policy *policy, struct str number,
	struct arena *a, struct order_view *ret_view)
{
	struct read_call c = { env, policy, number, a, ret_view };

	if (number.n == 0 || number.n > ORDER_NUMBER_MAX)
		return 0;
	return store_read(env->store, read_tx, &c);
}

/* What each one owes now. */
static int price_lines(struct call *c, struct db *db, struct order_line *lines, int64_t *ret_total)
{
	struct quote *q = ARENA_NEW(c->a, struct quote);
	int64_t total = 0;
	int rc;

	if (!q)
		return FAULT_MEMORY;
	for (size_t i = 0; i < c->q->n; i++) {
		rc = quote_person_in(db, c->a, c->env, c->policy, c->q->persons[i], q);
		if (rc < 0)
			return rc;
		if (q->state != QUOTE_RENEW && q->state != QUOTE_FIRST)
			return err_set(&c->err, FAULT_CONFLICT,
				"名单里有人现在不用缴或不能缴，请刷新后重新选择 / somebody in the list has nothing to pay now; reload and choose again");
		lines[i] = (struct order_line){
			.line = (int64_t)i + 1, .person = q->person, .fen = q->payable_fen
		};
		total += q->payable_fen;
	}
	*ret_total = total;
	return 0;
}

static int place_tx(struct db *db, struct arena *scratch, void *arg)
{
	struct call *c = arg;
	struct order_line lines[ORDER_LINES_MAX];
	struct order o = { .number = c->q->number,
		.policy = c->policy->pack->code,
		.channel = c->q->channel,
		.made_at = c->env->now,
		.expires_at = c->env->now + ORDER_OPEN_SECONDS };
	int64_t audit;
	int rc = audit_open(db, c->env->county, &audit);

	(void)scratch;
	c->err.text[0] = '\0';
	if (rc == 0)
		rc = price_lines(c, db, lines, &o.fen);
	if (rc < 0)
		return rc;
	if (o.fen != c->q->total_fen)
		return err_set(&c->err, FAULT_CONFLICT,
			"应缴金额已经变化，请刷新页面，核对新的金额再缴 / the amount has changed; reload the page and check it before paying");
	rc = order_add(db, c->env->county, audit, &o, lines, c->q->n);
	if (rc == 0)
		rc = env_audit(db, c->env, audit, "place_order", o.policy,
			arena_printf(c->a, "{\"people\":%zu,\"fen\":%" PRId64 "}", c->q->n, o.fen));
	if (rc == 0)
		rc = read_order_in(db, c->a, c->env, c->policy, o.number, c->view);
	return rc < 0 ? rc : 0;
}

static bool all_different(const int64_t *persons, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < i; k++)
			if (persons[i] == persons[k])
				return false;
	return true;
}

int place_order(const struct env *env, const struct policy *policy, const struct place_order *q,
	struct arena *a, struct order_view *ret_view, struct err *err)
{
	struct call c = { .env = env, .policy = policy, .q = q, .a = a, .view = ret_view };
	int index = pack_channel_by_code(policy->pack, q->channel), rc;
	const struct pack_channel *ch = index < 0 ? NULL : &policy->pack->channels[index];

	BUG_IF(q->n == 0 || q->n > ORDER_LINES_MAX);
	BUG_IF(q->number.n == 0 || q->number.n > ORDER_NUMBER_MAX);
	if (!ch || !ch->online ||
		(ch->open.from != DAY_NONE &&
			(env->today < ch->open.from || env->today > ch->open.to)))
		return err_set(err, FAULT_FORMAT,
			"这个缴费渠道现在不能网上缴费，请换一个 / this channel cannot be paid by online now; choose another");
	if (!all_different(q->persons, q->n))
		return err_set(err, FAULT_FORMAT,
			"同一个人不能在一张订单里出现两次 / nobody can be in an order twice");
	rc = store_act(env->store, place_tx, &c);
	if (rc >= 0)
		return 0;
	return err_set(err, (enum fault)rc, "%s", c.err.text[0] ? c.err.text : fault_text(rc));
}
