/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/take_payment.h"

#include <inttypes.h>
#include <string.h>

#include "acts/holder.h"
#include "acts/person_facts.h"
#include "rules/posting.h"
#include "store/money_rows.h"
#include "store/place.h"

static const struct {
	const char *code, *zh, *en;
} reasons[SUSPENSE_REASON_COUNT] = {
#define X(name, code, zh, en) { code, zh, en },
	SUSPENSE_REASONS(X)
#undef X
};

const char *suspense_code(enum suspense_reason r)
{
	BUG_IF(r >= SUSPENSE_REASON_COUNT);
	return reasons[r].code;
}

const char *suspense_zh(enum suspense_reason r)
{
	BUG_IF(r >= SUSPENSE_REASON_COUNT);
	return reasons[r].zh;
}

const char *suspense_en(enum suspense_reason r)
{
	BUG_IF(r >= SUSPENSE_REASON_COUNT);
	return reasons[r].en;
}

/* The work on one chunk: what was judged, then what is written. */
struct take {
	struct db *db;
	struct arena *a;
	const struct env *env;
	const struct take_batch *batch;
	const struct pack *pack;
	const struct pack_channel *channel;
	const struct take_line *lines;
	struct take_result *results;
	struct ruling *rulings; /* of the lines that are posted */
	struct dossier *dossiers;
	size_t n, n_new, n_posted, n_suspended;
	struct map serials; /* serial → line of this chunk that brought it */
	struct map persons; /* person of a line of this chunk that is posted */
	struct person_facts facts;
};

static bool same_content(const struct dossier_serial *s, const struct take_line *l)
{
	return s->fen == l->amount.fen && s->paid_at == l->paid_at &&
	       str_eq(s->payer_ref, l->payer_ref);
}

/* Seen before, in the store or in this chunk?  1 with the result set, 0 when new. */
static int seen(struct take *t, size_t i, struct take_result *r)
{
	const struct dossier_serial *s = &t->dossiers[i].serial;
	const struct take_line *l = &t->lines[i], *first;
	int64_t at;
	int rc;

	if (s->payment) {
		*r = (struct take_result){ .outcome = same_content(s, l) ? TAKE_REPEATED
									 : TAKE_DIFFERS,
			.payment = s->payment,
			.expected_fen = -1 };
		return 1;
	}
	if (map_get(&t->serials, l->serial, &at)) {
		first = &t->lines[at];
		*r = (struct take_result){ .expected_fen = -1,
			.outcome = first->amount.fen == l->amount.fen &&
						   first->paid_at == l->paid_at &&
						   str_eq(first->payer_ref, l->payer_ref)
					   ? TAKE_REPEATED
					   : TAKE_DIFFERS };
		return 1;
	}
	rc = map_put(&t->serials, l->serial, (int64_t)i);
	return rc < 0 ? rc : 0;
}

static bool posted_in_chunk(struct take *t, const struct dossier *d)
{
	int64_t ignored;

	return map_get(
		&t->persons, (struct str){ (const char *)&d->person, sizeof(d->person) }, &ignored);
}

static enum take_outcome suspend(struct take_result *r, enum suspense_reason why, int64_t expected)
{
	*r = (struct take_result){
		.outcome = TAKE_SUSPENDED, .reason = why, .expected_fen = expected
	};
	return TAKE_SUSPENDED;
}

static bool channel_open(const struct pack_channel *c, day_t day)
{
	return c->open.from == DAY_NONE || (day >= c->open.from && day <= c->open.to);
}

/* What the notice says to this money, once the person is known. */
static enum take_outcome judge_ruling(struct take *t, size_t i, struct take_result *r)
{
	const struct take_line *l = &t->lines[i];
	const struct dossier *d = &t->dossiers[i];
	struct ruling *ruling = &t->rulings[i];

	person_facts_fill(t->pack, d, l->paid_on,
		targets_extended(t->batch->targets, t->batch->n_targets, d->town), &t->facts);
	if (t->facts.too_many)
		return suspend(r, SUSPENSE_NOT_ELIGIBLE, -1);
	decide_enrol(t->pack, &t->facts.facts, ruling);
	if (ruling->decision == RULING_REFUSE)
		return suspend(r,
			ruling->refusal == REFUSAL_OUTSIDE_WINDOW ||
					ruling->refusal == REFUSAL_BEFORE_WINDOW
				? SUSPENSE_OUTSIDE_WINDOW
				: SUSPENSE_NOT_ELIGIBLE,
			-1);
	if (ruling->payable.fen == 0)
		return suspend(r, SUSPENSE_NOTHING_DUE, 0);
	if (ruling->payable.fen != l->amount.fen)
		return suspend(r, SUSPENSE_WRONG_AMOUNT, ruling->payable.fen);
	*r = (struct take_result){ .outcome = TAKE_POSTED,
		.expected_fen = ruling->payable.fen,
		.benefit_from = ruling->benefit_from };
	return TAKE_POSTED;
}

static enum take_outcome judge(struct take *t, size_t i, struct take_result *r)
{
	const struct dossier *d = &t->dossiers[i];
	const struct take_line *l = &t->lines[i];

	if (l->held)
		return suspend(r, l->held_for, -1);
	if (d->person == 0)
		return suspend(r, SUSPENSE_UNKNOWN_PERSON, -1);
	if (l->bill_person && l->bill_person != d->person)
		return suspend(r, SUSPENSE_BILL_MISMATCH, -1);
	if (l->name.n && !holder_same_name(l->name, d->name))
		return suspend(r, SUSPENSE_NAME_MISMATCH, -1);
	if (d->enrolment.policy.p || posted_in_chunk(t, d))
		return suspend(r, SUSPENSE_ALREADY_PAID, 0);
	if (d->elsewhere)
		return suspend(r, SUSPENSE_ENROLLED_ELSEWHERE, 0);
	if (d->died_on != DAY_NONE && d->died_on < l->paid_on)
		return suspend(r, SUSPENSE_DECEASED, 0);
	if (!channel_open(t->channel, l->paid_on))
		return suspend(r, SUSPENSE_CHANNEL_CLOSED, -1);
	if (d->birth > l->paid_on)
		return suspend(r, SUSPENSE_NOT_ELIGIBLE, -1);
	return judge_ruling(t, i, r);
}

static int judge_all(struct take *t)
{
	for (size_t i = 0; i < t->n; i++) {
		const struct dossier *d = &t->dossiers[i];
		int rc = seen(t, i, &t->results[i]);

		if (rc < 0)
			return rc;
		if (rc == 1)
			continue;
		t->n_new++;
		if (judge(t, i, &t->results[i]) == TAKE_SUSPENDED) {
			t->n_suspended++;
			continue;
		}
		t->n_posted++;
		rc = map_put(&t->persons,
			(struct str){ (const char *)&d->person, sizeof(d->person) }, 1);
		if (rc < 0)
			return rc;
	}
	return 0;
}

static bool is_new(const struct take_result *r)
{
	return r->outcome == TAKE_POSTED || r->outcome == TAKE_SUSPENDED;
}

static int write_payments(struct take *t)
{
	struct payment *rows = ARENA_ARRAY(t->a, struct payment, t->n_new ? t->n_new : 1);
	int64_t id = 0;
	size_t k = 0;
	int rc;

	if (!rows)
		return FAULT_MEMORY;
	rc = t->n_new ? counter_take(t->db, t->env->county, "payment", (int64_t)t->n_new, &id) : 0;
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < t->n; i++) {
		if (!is_new(&t->results[i]))
			continue;
		t->results[i].payment = id;
		rows[k++] = (struct payment){ .id = id++,
			.channel = t->channel->code,
			.serial = t->lines[i].serial,
			.file = t->batch->file,
			.line = t->lines[i].line,
			.payer_ref = t->lines[i].payer_ref,
			.person = t->dossiers[i].person,
			.policy = t->pack->code,
			.amount = t->lines[i].amount,
			.paid_at = t->lines[i].paid_at,
			.suspense = t->results[i].outcome == TAKE_SUSPENDED };
	}
	BUG_IF(k != t->n_new);
	return payment_add_all(t->db, t->env->county, t->batch->audit, rows, k);
}

static struct posting posting_of(
	const struct take *t, size_t i, int64_t id, enum posting_event event)
{
	struct posting_rule rule = posting_rule(event, t->channel->school_cash);
	bool from_channel = event != POST_ENROLLED;

	return (struct posting){ .id = id,
		.day = t->lines[i].paid_on,
		.event = rule.event,
		.debit = account_code(rule.debit),
		.debit_key = from_channel ? t->channel->code : t->pack->code,
		.credit = account_code(rule.credit),
		.credit_key = event == POST_SUSPENDED ? t->channel->code : t->pack->code,
		.amount = t->lines[i].amount,
		.payment = t->results[i].payment,
		.person = t->dossiers[i].person };
}

static int write_postings(struct take *t)
{
	size_t n = 2 * t->n_posted + t->n_suspended, k = 0;
	struct posting *rows = ARENA_ARRAY(t->a, struct posting, n ? n : 1);
	int64_t id = 0;
	int rc;

	if (!rows)
		return FAULT_MEMORY;
	rc = n ? counter_take(t->db, t->env->county, "posting", (int64_t)n, &id) : 0;
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < t->n; i++) {
		if (t->results[i].outcome == TAKE_SUSPENDED) {
			rows[k++] = posting_of(t, i, id++, POST_SUSPENDED);
		} else if (t->results[i].outcome == TAKE_POSTED) {
			rows[k++] = posting_of(t, i, id++, POST_RECEIVED);
			rows[k++] = posting_of(t, i, id++, POST_ENROLLED);
		}
	}
	BUG_IF(k != n);
	return posting_add_all(t->db, t->env->county, t->batch->audit, rows, n);
}

static int write_suspense(struct take *t)
{
	struct suspense *rows =
		ARENA_ARRAY(t->a, struct suspense, t->n_suspended ? t->n_suspended : 1);
	size_t k = 0;

	if (!rows)
		return FAULT_MEMORY;
	for (size_t i = 0; i < t->n; i++)
		if (t->results[i].outcome == TAKE_SUSPENDED)
			rows[k++] = (struct suspense){ .payment = t->results[i].payment,
				.reason = suspense_code(t->results[i].reason),
				.amount = t->lines[i].amount };
	return suspense_add_all(t->db, t->env->county, t->batch->audit, rows, k);
}

static int write_receipts(struct take *t)
{
	struct receipt *rows = ARENA_ARRAY(t->a, struct receipt, t->n_posted ? t->n_posted : 1);
	const char *kind =
		t->channel->receipt < 0 ? "receipt" : vocab_receipt.words[t->channel->receipt].code;
	int64_t number = 0;
	size_t k = 0;
	struct str series;
	int rc;

	series = arena_printf(t->a, "receipt_%s_%d", kind, t->pack->benefit_year);
	if (!rows || !series.p)
		return FAULT_MEMORY;
	rc = t->n_posted
		     ? counter_take(t->db, t->env->county, series.p, (int64_t)t->n_posted, &number)
		     : 0;
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < t->n; i++) {
		if (t->results[i].outcome != TAKE_POSTED)
			continue;
		t->results[i].receipt_kind = kind;
		t->results[i].receipt = number;
		rows[k++] = (struct receipt){ .series = series.p,
			.number = number++,
			.kind = kind,
			.payment = t->results[i].payment,
			.amount = t->lines[i].amount };
	}
	return receipt_add_all(t->db, t->env->county, rows, k);
}

static struct str category_code(const struct take *t, const struct ruling *r)
{
	return r->category < 0 ? (struct str){ NULL, 0 } : t->pack->categories[r->category].code;
}

static struct str fund_code(const struct ruling *r)
{
	return r->fund < 0 ? (struct str){ NULL, 0 } : str_of(vocab_fund.words[r->fund].code);
}

static int write_enrolments(struct take *t)
{
	struct enrolment *rows = ARENA_ARRAY(t->a, struct enrolment, t->n_posted ? t->n_posted : 1);
	size_t k = 0;
	int rc = 0;

	if (!rows)
		return FAULT_MEMORY;
	for (size_t i = 0; rc == 0 && i < t->n; i++) {
		const struct ruling *r = &t->rulings[i];

		if (t->results[i].outcome != TAKE_POSTED)
			continue;
		rows[k] = (struct enrolment){ .person = t->dossiers[i].person,
			.token = t->dossiers[i].token,
			.benefit_year = t->pack->benefit_year,
			.policy = t->pack->code,
			.route = t->pack->routes[r->route].code,
			.category = category_code(t, r),
			.fund = fund_code(r),
			.payer = str_of(vocab_payer.words[r->payer].code),
			.town = t->dossiers[i].town,
			.village = t->dossiers[i].village,
			.standard_fen = r->standard.fen,
			.personal_fen = r->payable.fen,
			.subsidy_fen = r->subsidy.fen,
			.benefit_from = r->benefit_from,
			.benefit_to = r->benefit_to,
			.enrolled_on = t->lines[i].paid_on,
			.online = t->channel->online,
			.payment = t->results[i].payment };
		rc = tally_sum_add(t->batch->tallies, &rows[k++]);
	}
	return rc < 0 ? rc : enrolment_add_all(t->db, t->env->county, t->batch->audit, rows, k);
}

static bool bill_agrees(const struct take *t, const struct dossier *d, const struct ruling *r)
{
	return d->bill.state.p && str_is(d->bill.state, "open") &&
	       str_eq(d->bill.route, t->pack->routes[r->route].code) &&
	       str_eq(d->bill.category, category_code(t, r)) &&
	       d->bill.standard_fen == r->standard.fen && d->bill.subsidy_fen == r->subsidy.fen &&
	       d->bill.payable_fen == r->payable.fen;
}

static struct bill bill_as_paid(struct take *t, size_t i)
{
	const struct ruling *r = &t->rulings[i];
	const struct dossier *d = &t->dossiers[i];
	struct buf b;
	struct bill bill = { .policy = t->pack->code,
		.person = d->person,
		.state = "paid",
		.route = t->pack->routes[r->route].code,
		.category = category_code(t, r),
		.payer = str_of(vocab_payer.words[r->payer].code),
		.fund = fund_code(r),
		.standard_fen = r->standard.fen,
		.subsidy_fen = r->subsidy.fen,
		.payable_fen = r->payable.fen,
		.assessed_on = t->lines[i].paid_on,
		.version = d->bill.state.p ? d->bill.version + 1 : 1 };

	buf_init(&b, 4096);
	person_facts_cites(t->pack, r, &b);
	bill.cites = arena_str(t->a, buf_str(&b));
	buf_release(&b);
	return bill;
}

/* The bill as it stood is settled; where the price at the moment of payment was another (SQ-28),
 * or there was no bill, the bill is brought in line first. */
static int settle_bills(struct take *t)
{
	int64_t *persons = ARENA_ARRAY(t->a, int64_t, t->n_posted ? t->n_posted : 1);
	struct bill *fresh = ARENA_ARRAY(t->a, struct bill, t->n_posted ? t->n_posted : 1);
	size_t n = 0, n_fresh = 0;
	int rc = 0;

	if (!persons || !fresh)
		return FAULT_MEMORY;
	for (size_t i = 0; rc == 0 && i < t->n; i++) {
		const struct dossier *d = &t->dossiers[i];
		struct bill b;

		if (t->results[i].outcome != TAKE_POSTED)
			continue;
		if (bill_agrees(t, d, &t->rulings[i])) {
			persons[n++] = d->person;
			continue;
		}
		b = bill_as_paid(t, i);
		if (!d->bill.state.p)
			fresh[n_fresh++] = b;
		else
			rc = bill_replace(t->db, t->env->county, t->batch->audit, &b);
		if (rc == 0 && d->refusal.p)
			rc = refusal_drop(t->db, t->env->county, t->pack->code, d->person);
	}
	if (rc == 0)
		rc = bill_add_all(t->db, t->env->county, t->batch->audit, fresh, n_fresh);
	return rc < 0 ? rc
		      : bill_settle(
				t->db, t->env->county, t->batch->audit, t->pack->code, persons, n);
}

static int load(struct take *t)
{
	struct dossier_scope scope = { .county = t->env->county,
		.policy = t->pack->code,
		.benefit_year = t->pack->benefit_year,
		.channel = t->channel->code };
	struct dossier_key *keys = ARENA_ARRAY(t->a, struct dossier_key, t->n);

	t->rulings = ARENA_ARRAY(t->a, struct ruling, t->n);
	if (!keys || !t->rulings)
		return FAULT_MEMORY;
	for (size_t i = 0; i < t->n; i++) {
		BUG_IF(t->lines[i].amount.fen <= 0);
		BUG_IF(t->lines[i].serial.n == 0 || t->lines[i].serial.n > TAKE_SERIAL_MAX);
		keys[i] = (struct dossier_key){ t->lines[i].token, t->lines[i].person,
			t->lines[i].serial };
	}
	return dossier_load(t->db, t->a, &scope, keys, t->n, &t->dossiers);
}

int take_lines(struct db *db, struct arena *a, const struct env *env, const struct take_batch *b,
	const struct take_line *lines, size_t n, struct take_result *ret_results)
{
	struct take *t = ARENA_NEW(a, struct take);
	int rc;

	BUG_IF(n > TAKE_CHUNK_MAX);
	if (!t)
		return FAULT_MEMORY;
	if (n == 0)
		return 0;
	*t = (struct take){ .db = db,
		.a = a,
		.env = env,
		.batch = b,
		.pack = b->policy->pack,
		.channel = &b->policy->pack->channels[b->channel],
		.lines = lines,
		.results = ret_results,
		.n = n };
	map_init(&t->serials, a);
	map_init(&t->persons, a);
	rc = load(t);
	if (rc == 0)
		rc = judge_all(t);
	if (rc == 0)
		rc = write_payments(t);
	if (rc == 0)
		rc = write_postings(t);
	if (rc == 0)
		rc = write_suspense(t);
	if (rc == 0)
		rc = write_receipts(t);
	if (rc == 0)
		rc = write_enrolments(t);
	return rc < 0 ? rc : settle_bills(t);
}

struct call {
	const struct env *env;
	const struct policy *policy;
	int channel;
	const struct take_line *line;
	struct take_result *result;
};

static int take_payment_tx(struct db *db, struct arena *a, void *arg)
{
	struct call *c = arg;
	struct take_batch b = { .policy = c->policy, .channel = c->channel };
	struct target *targets;
	struct tally_sum tallies;
	int rc = audit_open(db, c->env->county, &b.audit);

	tally_sum_init(&tallies, a);
	b.tallies = &tallies;
	if (rc == 0)
		rc = targets_load(
			db, a, c->env->county, c->policy->pack->code, &targets, &b.n_targets);
	if (rc < 0)
		return rc;
	b.targets = targets;
	rc = take_lines(db, a, c->env, &b, c->line, 1, c->result);
	if (rc == 0)
		rc = tally_sum_write(&tallies, db, c->env->county, c->policy->pack->code,
			(int)(c->result->payment & 15));
	return rc < 0 ? rc
		      : env_audit(db, c->env, b.audit, "take_payment", c->policy->pack->code,
				arena_printf(a, "{\"payment\":%" PRId64 ",\"outcome\":%d}",
					c->result->payment, (int)c->result->outcome));
}

int take_payment(const struct env *env, const struct policy *policy, struct str channel,
	const struct take_line *line, struct take_result *ret_result, struct err *err)
{
	struct call c = { .env = env, .policy = policy, .line = line, .result = ret_result };
	int rc;

	c.channel = pack_channel_by_code(policy->pack, channel);
	if (c.channel < 0)
		return err_set(err, FAULT_FORMAT,
			"政策包里没有渠道“%.*s” / no such channel in the policy", STR_ARG(channel));
	rc = store_act(env->store, take_payment_tx, &c);
	return rc < 0 ? err_set(err, (enum fault)rc, "%s（%s）", fault_text(rc), store_message())
		      : 0;
}
