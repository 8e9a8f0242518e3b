/* SPDX-License-Identifier: Apache-2.0 */
/* Orders: priced again when they are placed, paid once whatever the channel says how often, and
 * every fen of what it says is kept. */
#include "county.h"

#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "acts/confirm_order.h"
#include "acts/quote_resident.h"

static const char *const head = "姓名,证件号码,身份类别,纳入资助时间,身份取消时间\n";

#define PAID_AT ((int64_t)1695000000) /* 2023-09-18 in China */

static void at(struct county *c, const char *on)
{
	c->env.today = day(on);
	c->env.now = (int64_t)c->env.today * 86400 + 4 * 3600;
}

static int64_t person_of(struct county *c, const char *number)
{
	return county_explain(c, number, "2023-10-01")->person.id;
}

/* The number of an order, as a door would make it. */
static struct str order_name(struct county *c, int i)
{
	return str_of(county_text(c, "order-%08d-of-the-test", i));
}

static struct order_view placed(
	struct county *c, int i, const char *channel, const int64_t *persons, size_t n, int64_t fen)
{
	struct place_order q = { order_name(c, i), str_of(channel), persons, n, fen };
	struct err err = { "" };
	struct order_view v;

	if (place_order(&c->env, &c->policy, &q, &c->arena, &v, &err) < 0)
		fail_row("place_order: %s", err.text);
	return v;
}

static int refused(struct county *c, const char *channel, const int64_t *persons, size_t n,
	int64_t fen, struct err *err)
{
	struct place_order q = { order_name(c, 999), str_of(channel), persons, n, fen };
	struct order_view v;

	err->text[0] = '\0';
	return place_order(&c->env, &c->policy, &q, &c->arena, &v, err);
}

static enum notify_outcome told(struct county *c, struct str order, const char *channel,
	const char *serial, int64_t fen, int64_t paid_at, struct order_view *ret_view)
{
	struct notification q = { order, str_of(channel), str_of(serial), { fen }, paid_at };
	enum notify_outcome outcome;
	struct order_view view;
	struct err err = { "" };

	if (confirm_order(&c->env, &c->policy, &q, &c->arena, &outcome, ret_view ? ret_view : &view,
		    &err) < 0)
		fail_row("confirm_order: %s", err.text);
	return outcome;
}

/* LB-29, SQ-35: an order that is paid becomes an enrolment with its receipt, in one act. */
static void an_order_is_paid(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char **n = county_crowd(c, "皇城镇", 1, 0);
	int64_t who = person_of(c, n[0]);
	struct order_view v;

	at(c, "2023-09-18");
	v = placed(c, 1, "alipay", &who, 1, 38000);
	assert_true(v.open);
	assert_int_equal(v.n, 1);
	assert_int_equal(v.order.fen, 38000);
	assert_int_equal(v.lines[0].payment, 0);
	assert_int_equal(told(c, v.order.number, "alipay", "S1", 38000, PAID_AT, &v), NOTIFY_TAKEN);
	assert_str(v.order.state, "paid");
	assert_false(v.open);
	assert_int_equal(v.order.paid_at, PAID_AT);
	assert_str(v.lines[0].payment_state, "posted");
	assert_int_equal(v.lines[0].receipt, 1);
	assert_int_equal(v.lines[0].benefit_from, day("2024-01-01"));
	assert_string_equal(county_ask_text(c, "SELECT serial FROM payment"), "S1");
	assert_int_equal(
		county_ask(c, "SELECT count(*) FROM enrolment WHERE person = %d", (int)who), 1);
	assert_int_equal(
		county_ask(c, "SELECT count(*) FROM audit WHERE act = 'confirm_order'"), 1);
	county_clean(c);
}

/* SN-26, SN-07: a family of four with two kinds of subsidy pays once; each has a line, an enrolment
 * and a receipt of their own, and one audit id. */
static void a_family_pays_once(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char **n = county_crowd(c, "皇城镇", 4, 0);
	int64_t who[4];
	struct order_view v;

	for (int i = 0; i < 4; i++)
		who[i] = person_of(c, n[i]);
	TAKES(c, categories, .department = STR("civil_affairs"),
		.path = csv(c, "%s甲,%s,农村二类低保,2022-01-01,\n乙,%s,农村三类低保,2022-01-01,\n",
			head, n[0], n[1]));
	at(c, "2023-09-18");
	v = placed(c, 1, "gansu_tax", who, 4, 7000 + 13000 + 38000 + 38000);
	assert_int_equal(
		told(c, v.order.number, "gansu_tax", "F9", 96000, PAID_AT, &v), NOTIFY_TAKEN);
	assert_int_equal(v.n, 4);
	assert_int_equal(v.lines[0].fen, 7000);
	assert_int_equal(v.lines[1].fen, 13000);
	assert_int_equal(v.lines[0].subsidy_fen, 31000);
	assert_int_equal(v.lines[1].subsidy_fen, 25000);
	for (int i = 0; i < 4; i++) {
		assert_str(v.lines[i].payment_state, "posted");
		assert_int_equal(v.lines[i].receipt, i + 1);
	}
	assert_int_equal(
		county_ask(c,
			"SELECT count(*) FROM payment WHERE serial IN ('F9#1', 'F9#2', 'F9#3', 'F9#4')"),
		4);
	assert_int_equal(county_ask(c, "SELECT count(DISTINCT audit) FROM payment"), 1);
	assert_int_equal(
		county_ask(c, "SELECT sum(fen) FROM posting WHERE event = 'enrolled'"), 96000);
	county_clean(c);
}

/* The same notification a hundred times gets the first answer; other content is refused by name. */
static void the_same_serial_again(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char **n = county_crowd(c, "皇城镇", 3, 0);
	int64_t who[3];
	struct order_view v, w;

	for (int i = 0; i < 3; i++)
		who[i] = person_of(c, n[i]);
	at(c, "2023-09-18");
	v = placed(c, 1, "alipay", who, 2, 76000);
	w = placed(c, 2, "alipay", &who[2], 1, 38000);
	assert_int_equal(
		told(c, v.order.number, "alipay", "S1", 76000, PAID_AT, NULL), NOTIFY_TAKEN);
	for (int i = 0; i < 100; i++) {
		struct order_view again;

		assert_int_equal(told(c, v.order.number, "alipay", "S1", 76000, PAID_AT, &again),
			NOTIFY_REPEATED);
		assert_int_equal(again.lines[1].receipt, 2);
	}
	assert_int_equal(
		told(c, v.order.number, "alipay", "S1", 76100, PAID_AT, NULL), NOTIFY_DIFFERS);
	assert_int_equal(
		told(c, v.order.number, "alipay", "S1", 76000, PAID_AT + 1, NULL), NOTIFY_DIFFERS);
	assert_int_equal(
		told(c, w.order.number, "alipay", "S1", 38000, PAID_AT, NULL), NOTIFY_DIFFERS);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM payment"), 2);
	assert_int_equal(county_ask(c, "SELECT sum(fen) FROM payment"), 76000);
	county_clean(c);
}

/* Every fen is kept: a wrong sum, a second payment of the same order, an order nobody made, an
 * order of another channel; each twice, each once in the books. */
static void money_that_does_not_fit(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char **n = county_crowd(c, "皇城镇", 2, 0);
	int64_t who[2];
	struct order_view v;

	for (int i = 0; i < 2; i++)
		who[i] = person_of(c, n[i]);
	at(c, "2023-09-18");
	v = placed(c, 1, "alipay", who, 2, 76000);
	for (int again = 0; again < 2; again++) {
		enum notify_outcome held = again ? NOTIFY_REPEATED : NOTIFY_HELD;

		assert_int_equal(
			told(c, v.order.number, "alipay", "W1", 75999, PAID_AT, NULL), held);
		assert_int_equal(
			told(c, str_of("nobody-made-this"), "alipay", "U1", 500, PAID_AT, NULL),
			NOTIFY_UNKNOWN);
		assert_int_equal(told(c, v.order.number, "gansu_tax", "X1", 76000, PAID_AT, NULL),
			NOTIFY_UNKNOWN);
	}
	assert_string_equal(county_ask_text(c, "SELECT state FROM pay_order"), "open");
	assert_int_equal(
		told(c, v.order.number, "alipay", "S1", 76000, PAID_AT, NULL), NOTIFY_TAKEN);
	for (int again = 0; again < 2; again++)
		assert_int_equal(told(c, v.order.number, "alipay", "S2", 76000, PAID_AT, NULL),
			again ? NOTIFY_REPEATED : NOTIFY_HELD);
	assert_int_equal(
		county_ask(c, "SELECT fen FROM suspense WHERE reason = 'wrong_amount'"), 75999);
	assert_int_equal(
		county_ask(c, "SELECT fen FROM suspense WHERE reason = 'already_paid'"), 76000);
	assert_int_equal(
		county_ask(c, "SELECT sum(fen) FROM suspense WHERE reason = 'unknown_order'"),
		500 + 76000);
	assert_int_equal(
		county_ask(c, "SELECT sum(fen) FROM payment"), 75999 + 500 + 76000 + 76000 + 76000);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM enrolment"), 2);
	county_clean(c);
}

/* A person in two orders is enrolled once; the other line waits and says why, its neighbours do
 * not. */
static void nobody_pays_twice(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char **n = county_crowd(c, "皇城镇", 2, 0);
	int64_t who[2];
	struct order_view first, second;

	for (int i = 0; i < 2; i++)
		who[i] = person_of(c, n[i]);
	at(c, "2023-09-18");
	first = placed(c, 1, "alipay", who, 2, 76000);
	second = placed(c, 2, "gansu_tax", &who[1], 1, 38000);
	assert_int_equal(told(c, second.order.number, "gansu_tax", "G1", 38000, PAID_AT, NULL),
		NOTIFY_TAKEN);
	assert_int_equal(
		told(c, first.order.number, "alipay", "A1", 76000, PAID_AT, &first), NOTIFY_TAKEN);
	assert_str(first.lines[0].payment_state, "posted");
	assert_str(first.lines[1].payment_state, "suspense");
	assert_str(first.lines[1].reason, "already_paid");
	assert_int_equal(first.lines[1].benefit_from, DAY_NONE);
	assert_int_equal(first.lines[1].receipt, 0);
	county_clean(c);
}

/* After the half hour an order is shown as closed; money for it is still taken. */
static void late_money_is_taken(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char **n = county_crowd(c, "皇城镇", 1, 0);
	int64_t who = person_of(c, n[0]);
	struct order_view v;

	at(c, "2023-09-18");
	v = placed(c, 1, "alipay", &who, 1, 38000);
	c->env.now += ORDER_OPEN_SECONDS;
	assert_int_equal(read_order(&c->env, &c->policy, v.order.number, &c->arena, &v), 1);
	assert_false(v.open);
	assert_int_equal(told(c, v.order.number, "alipay", "S1", 38000, PAID_AT, &v), NOTIFY_TAKEN);
	assert_str(v.lines[0].payment_state, "posted");
	county_clean(c);
}

/* The channel's daily file and its notification speak of the same money, whichever comes first. */
static void file_and_notification(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char **n = county_crowd(c, "皇城镇", 4, 0);
	int64_t who[4];
	struct order_view v, w;
	const struct slip slips[] = { { "A1", n[0], "380", "2023-09-18 09:20:00", "1", NULL },
		{ "A1", n[1], "380", "2023-09-18 09:20:00", "2", NULL },
		{ "B1", n[2], "380", "2023-09-18 09:20:00", NULL, NULL } };

	for (int i = 0; i < 4; i++)
		who[i] = person_of(c, n[i]);
	at(c, "2023-09-18");
	v = placed(c, 1, "alipay", who, 2, 76000);
	w = placed(c, 2, "alipay", &who[2], 1, 38000);
	assert_int_equal(
		told(c, v.order.number, "alipay", "A1", 76000, PAID_AT, NULL), NOTIFY_TAKEN);
	TAKES(c, payments, .channel = STR("alipay"), .path = county_batch(c, slips, 3));
	assert_report(c, 3, 1, 0, 2, 0);
	assert_int_equal(told(c, w.order.number, "alipay", "B1", 38000, PAID_AT, &w), NOTIFY_TAKEN);
	assert_str(w.order.state, "paid");
	assert_str(w.lines[0].payment_state, "posted");
	assert_int_equal(county_ask(c, "SELECT sum(fen) FROM payment"), 3 * 38000);
	county_clean(c);
}

/* What cannot be ordered: another amount than is due, nothing due, the same one twice, a counter, a
 * channel nobody knows. */
static void orders_that_are_refused(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char **n = county_crowd(c, "皇城镇", 2, 0);
	int64_t who[2], twice[2];
	struct err err;

	for (int i = 0; i < 2; i++)
		who[i] = person_of(c, n[i]);
	twice[0] = twice[1] = who[0];
	at(c, "2023-09-18");
	assert_int_equal(refused(c, "alipay", who, 1, 37000, &err), FAULT_CONFLICT);
	assert_true(str_find(str_of(err.text), STR("金额已经变化")) >= 0);
	assert_int_equal(refused(c, "alipay", twice, 2, 76000, &err), FAULT_FORMAT);
	assert_int_equal(refused(c, "abc_counter", who, 1, 38000, &err), FAULT_FORMAT);
	assert_int_equal(refused(c, "nothing", who, 1, 38000, &err), FAULT_FORMAT);
	county_pay(c, "alipay", "S1", n[0], 38000, "2023-09-18");
	assert_int_equal(refused(c, "alipay", who, 2, 76000, &err), FAULT_CONFLICT);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM pay_order"), 0);
	county_clean(c);
}

struct teller {
	struct county *c;
	struct str order;
	const char *serial;
	int64_t fen;
	enum notify_outcome outcome;
	int rc;
};

static void *tell(void *arg)
{
	struct teller *t = arg;
	struct notification q = { t->order, STR("alipay"), str_of(t->serial), { t->fen }, PAID_AT };
	struct order_view v;
	struct arena a;
	struct err err;

	arena_init(&a, 1u << 24);
	t->rc = confirm_order(&t->c->env, &t->c->policy, &q, &a, &t->outcome, &v, &err);
	arena_release(&a);
	return NULL;
}

#define TELLERS 8

/* Eight at once, the same serial: one posts, seven get its answer. */
static void at_the_same_time(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char **n = county_crowd(c, "皇城镇", 4, 0);
	struct teller t[TELLERS];
	pthread_t threads[TELLERS];
	int64_t who[4];
	struct order_view v;

	for (int i = 0; i < 4; i++)
		who[i] = person_of(c, n[i]);
	at(c, "2023-09-18");
	v = placed(c, 1, "alipay", who, 4, 4 * 38000);
	for (int i = 0; i < TELLERS; i++) {
		t[i] = (struct teller){ c, v.order.number, "S1", 4 * 38000, NOTIFY_DIFFERS, -1 };
		assert_int_equal(pthread_create(&threads[i], NULL, tell, &t[i]), 0);
	}
	for (int i = 0; i < TELLERS; i++)
		assert_int_equal(pthread_join(threads[i], NULL), 0);
	for (int i = 0, taken = 0; i < TELLERS; i++) {
		assert_int_equal(t[i].rc, 0);
		taken += t[i].outcome == NOTIFY_TAKEN;
		assert_true(t[i].outcome == NOTIFY_TAKEN || t[i].outcome == NOTIFY_REPEATED);
		assert_true(i < TELLERS - 1 || taken == 1);
	}
	assert_int_equal(county_ask(c, "SELECT count(*) FROM payment"), 4);
	county_clean(c);
}

/* Killed between two notifications, or in the middle of one: what was answered is there, what was
 * not is whole or absent, and the channel's retry ends well. */
static void killed_in_between(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char **n = county_crowd(c, "皇城镇", 6, 0);
	struct order_view v[3];
	int64_t who[6];
	int status;
	pid_t child;

	for (int i = 0; i < 6; i++)
		who[i] = person_of(c, n[i]);
	at(c, "2023-09-18");
	for (int i = 0; i < 3; i++)
		v[i] = placed(c, i, "alipay", &who[2 * i], 2, 76000);
	fixture_close(c->f);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		fixture_open(c->f);
		c->env.store = c->f->st;
		for (int i = 0; i < 3; i++) {
			if (told(c, v[i].order.number, "alipay", county_text(c, "K%d", i), 76000,
				    PAID_AT, NULL) != NOTIFY_TAKEN)
				_exit(1);
			if (i == 1)
				kill(getpid(), SIGKILL);
		}
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	fixture_open(c->f);
	c->env.store = c->f->st;
	for (int i = 0; i < 3; i++)
		assert_int_equal(told(c, v[i].order.number, "alipay", county_text(c, "K%d", i),
					 76000, PAID_AT, NULL),
			i < 2 ? NOTIFY_REPEATED : NOTIFY_TAKEN);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM enrolment"), 6);
	assert_int_equal(county_ask(c, "SELECT sum(fen) FROM payment"), 6 * 38000);
	county_clean(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(an_order_is_paid),
		BOTH(a_family_pays_once),
		BOTH(the_same_serial_again),
		BOTH(money_that_does_not_fit),
		BOTH(nobody_pays_twice),
		BOTH(late_money_is_taken),
		BOTH(file_and_notification),
		BOTH(orders_that_are_refused),
		BOTH(at_the_same_time),
		BOTH(killed_in_between),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
