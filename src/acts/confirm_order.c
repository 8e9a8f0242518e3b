/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/confirm_order.h"

#include <inttypes.h>
#include <string.h>

#include "store/person.h"
#include "store/place.h"
#include "store/quote.h"

#define CHINA_SECONDS (8 * 3600)

struct call {
	const struct env *env;
	const struct policy *policy;
	const struct notification *q;
	int channel;
	struct arena *a; /* outlives the transaction */
	enum notify_outcome outcome;
	struct order_view *view;
};

struct work {
	struct call *c;
	struct db *db;
	struct arena *a;
	struct take_batch batch;
	struct order order;
	bool known; /* the order is there and of this channel */
	struct order_line *lines;
	size_t n;
	int64_t last_payment;
};

bool notify_serial_good(struct str serial)
{
	if (serial.n == 0 || serial.n > NOTIFY_SERIAL_MAX)
		return false;
	for (size_t i = 0; i < serial.n; i++) {
		char c = serial.p[i];

		if (!(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'Z') && !(c >= 'a' && c <= 'z') &&
			c != '_' && c != '-' && c != '.' && c != ':')
			return false;
	}
	return true;
}

static struct take_line line_base(const struct notification *q)
{
	return (struct take_line){ .serial = q->serial,
		.payer_ref = q->order,
		.amount = q->amount,
		.paid_at = q->paid_at,
		.paid_on = (day_t)((q->paid_at + CHINA_SECONDS) / 86400) };
}

static int take_one(struct work *w, const struct take_line *l)
{
	struct take_result r;
	int rc = take_lines(w->db, w->a, w->c->env, &w->batch, l, 1, &r);

	if (rc < 0)
		return rc;
	/* The channel's file may have brought the same money before its notification came: then it
	 * is that payment.  With other content nothing of this may stand. */
	if (r.outcome == TAKE_DIFFERS)
		return FAULT_CONFLICT;
	w->last_payment = r.payment;
	return 0;
}

/* The whole sum waits. */
static int hold(struct work *w, enum suspense_reason why)
{
	struct take_line l = line_base(w->c->q);

	l.held = true;
	l.held_for = why;
	l.person = w->known && w->n ? w->lines[0].person : 0;
	return take_one(w, &l);
}

static int token_of(struct work *w, int64_t person, unsigned char ret_token[TOKEN_BYTES])
{
	struct quote_person row;
	int rc = quote_person(w->db, w->a, w->c->env->county, person, &row);

	if (rc != 1)
		return rc < 0 ? rc : FAULT_MISSING;
	memcpy(ret_token, row.token, TOKEN_BYTES);
	return 0;
}

/* Each line by itself: one look-up by key each, no staging. */
static int take_all(struct work *w)
{
	const struct notification *q = w->c->q;
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < w->n; i++) {
		struct take_line l = line_base(q);
		unsigned char token[TOKEN_BYTES];

		rc = token_of(w, w->lines[i].person, token);
		if (rc < 0)
			return rc;
		l.token = token;
		l.payer_ref = arena_str(w->a, (struct str){ (const char *)token, TOKEN_BYTES });
		l.line = w->lines[i].line;
		l.amount.fen = w->lines[i].fen;
		if (w->n > 1)
			l.serial = arena_printf(w->a, "%.*s#%" PRId64, STR_ARG(q->serial), l.line);
		if (!l.serial.p || !l.payer_ref.p)
			return FAULT_MEMORY;
		rc = take_one(w, &l);
		if (rc == 0)
			rc = order_line_paid(
				w->db, w->c->env->county, q->order, l.line, w->last_payment);
	}
	return rc < 0 ? rc
		      : order_paid(w->db, w->c->env->county, w->batch.audit, q->order, q->paid_at,
				q->serial);
}

/* Is this the very notification that `s` was taken from? */
static bool same_notification(const struct work *w, const struct order_serial *s)
{
	const struct notification *q = w->c->q;

	if (w->known && w->order.serial.p && str_eq(w->order.serial, q->serial))
		return w->order.fen == q->amount.fen && w->order.paid_at == q->paid_at;
	return str_eq(s->payer_ref, q->order) && s->fen == q->amount.fen &&
	       s->paid_at == q->paid_at;
}

/* Did a file of the channel bring the money of this open order before the notification?  Its first
 * part is then for the first person; take_lines compares the rest. */
static int brought_by_file(struct work *w, const struct order_serial *s)
{
	unsigned char token[TOKEN_BYTES];
	int rc;

	if (!w->known || str_is(w->order.state, "paid") || w->order.fen != w->c->q->amount.fen ||
		s->fen != w->lines[0].fen || str_eq(s->serial, w->c->q->serial) != (w->n == 1))
		return 0;
	rc = token_of(w, w->lines[0].person, token);
	if (rc < 0)
		return rc;
	return str_eq(s->payer_ref, (struct str){ (const char *)token, TOKEN_BYTES });
}

static int load(struct work *w)
{
	const struct call *c = w->c;
	struct target *targets;
	int rc = order_find(w->db, c->a, c->env->county, c->q->order, &w->order);

	if (rc < 0)
		return rc;
	w->known = rc == 1 && str_eq(w->order.channel, c->q->channel) &&
		   str_eq(w->order.policy, c->policy->pack->code);
	if (w->known)
		rc = order_lines(w->db, c->a, c->env->county, c->q->order,
			c->policy->pack->benefit_year, &w->lines, &w->n);
	if (rc >= 0)
		rc = targets_load(w->db, w->a, c->env->county, c->policy->pack->code, &targets,
			&w->batch.n_targets);
	if (rc < 0)
		return rc;
	w->batch.targets = targets;
	return 0;
}

static int take(struct work *w)
{
	struct call *c = w->c;

	if (!w->known) {
		c->outcome = NOTIFY_UNKNOWN;
		return hold(w, SUSPENSE_UNKNOWN_ORDER);
	}
	if (str_is(w->order.state, "paid")) {
		c->outcome = NOTIFY_HELD;
		return hold(w, SUSPENSE_ALREADY_PAID);
	}
	if (w->order.fen != c->q->amount.fen) {
		c->outcome = NOTIFY_HELD;
		return hold(w, SUSPENSE_WRONG_AMOUNT);
	}
	c->outcome = NOTIFY_TAKEN;
	return take_all(w);
}

static int record(struct work *w)
{
	struct call *c = w->c;
	struct str code = c->policy->pack->code;
	int rc = tally_sum_write(
		w->batch.tallies, w->db, c->env->county, code, (int)(w->last_payment & 15));

	return rc < 0 ? rc
		      : env_audit(w->db, c->env, w->batch.audit, "confirm_order", code,
				arena_printf(w->a, "{\"payment\":%" PRId64 ",\"outcome\":%d}",
					w->last_payment, (int)c->outcome));
}

static int confirm_tx(struct db *db, struct arena *a, void *arg)
{
	struct call *c = arg;
	struct tally_sum tallies;
	struct work w = { .c = c,
		.db = db,
		.a = a,
		.batch = { .policy = c->policy, .channel = c->channel, .tallies = &tallies } };
	struct order_serial before;
	bool seen;
	struct str part = arena_printf(a, "%.*s#1", STR_ARG(c->q->serial));
	int rc = part.p ? audit_open(db, c->env->county, &w.batch.audit) : FAULT_MEMORY;

	tally_sum_init(&tallies, a);
	*c->view = (struct order_view){ 0 };
	if (rc == 0)
		rc = load(&w);
	if (rc == 0)
		rc = order_serial_find(
			db, a, c->env->county, c->q->channel, c->q->serial, part, &before);
	if (rc < 0)
		return rc;
	seen = rc == 1;
	rc = seen ? brought_by_file(&w, &before) : 1;
	if (rc == 1) {
		rc = take(&w);
	} else if (rc == 0) {
		c->outcome = !same_notification(&w, &before) ? NOTIFY_DIFFERS
			     : w.known                       ? NOTIFY_REPEATED
							     : NOTIFY_UNKNOWN;
		w.last_payment = before.payment;
	}
	/* A repeated notification leaves its trace as well: the audit id is taken. */
	if (rc >= 0)
		rc = record(&w);
	if (rc < 0 || !w.known || c->outcome == NOTIFY_DIFFERS)
		return rc;
	rc = read_order_in(db, c->a, c->env, c->policy, c->q->order, c->view);
	return rc < 0 ? rc : 0;
}

int confirm_order(const struct env *env, const struct policy *policy, const struct notification *q,
	struct arena *a, enum notify_outcome *ret_outcome, struct order_view *ret_view,
	struct err *err)
{
	struct call c = { .env = env, .policy = policy, .q = q, .a = a, .view = ret_view };
	int rc;

	c.channel = pack_channel_by_code(policy->pack, q->channel);
	if (c.channel < 0)
		return err_set(
			err, FAULT_FORMAT, "政策包里没有这个渠道 / no such channel in the policy");
	if (!notify_serial_good(q->serial) || q->amount.fen <= 0 || q->amount.fen > MONEY_MAX_FEN ||
		q->order.n > ORDER_NUMBER_MAX)
		return err_set(err, FAULT_FORMAT, "流水号或金额不对 / serial or amount is wrong");
	if (q->paid_at < 0 || q->paid_at > env->now + 86400)
		return err_set(err, FAULT_FORMAT,
			"支付时间在将来，请核对时钟 / paid in the future; check the clock");
	rc = store_act(env->store, confirm_tx, &c);
	if (rc < 0)
		return err_set(err, (enum fault)rc, "%s", fault_text(rc));
	*ret_outcome = c.outcome;
	return 0;
}
