/* SPDX-License-Identifier: Apache-2.0 */
/* Whole files of payments, and many payments at once. */
#include "county.h"

#include <pthread.h>

static int64_t count(struct county *c, const char *table)
{
	return county_ask(c, "SELECT count(*) FROM %s", table);
}

static void sent_back(struct county *c, const char *path, const char *because)
{
	assert_int_equal(TRIES(c, payments, .channel = STR("alipay"), .path = path), FAULT_FORMAT);
	if (!strstr(c->report.err.text, because))
		fail_row("%s does not say %s", c->report.err.text, because);
	assert_int_equal(count(c, "payment") + count(c, "posting") + count(c, "enrolment") +
				 count(c, "suspense"),
		0);
	assert_int_equal(
		county_ask(c, "SELECT count(*) FROM import_file WHERE kind = 'payments'"), 0);
}

/* A file whose first row or whose lines cannot be trusted is sent back whole: nothing is posted. */
static void whole_or_not_at_all(void **state)
{
	static const char *const cols = "流水号,证件号码,金额,缴费时间\n";
	struct county *c = county_make(state, "sunan-2024");
	const char **n = county_crowd(c, "皇城镇", 2, 0);

	c->env.today = day("2023-09-15");
	sent_back(c,
		csv(c, "批次号,B1,笔数,3,金额合计,760.00,日期,2023-09-11\n%sS1,%s,380,2023-09-11\nS2,%s,380,2023-09-11\n",
			cols, n[0], n[1]),
		"3 笔");
	sent_back(c,
		csv(c, "批次号,B1,笔数,2,金额合计,760.01,日期,2023-09-11\n%sS1,%s,380,2023-09-11\nS2,%s,380,2023-09-11\n",
			cols, n[0], n[1]),
		"760.01 元");
	sent_back(c,
		csv(c, "批次号,B1,笔数,2,金额合计,760,日期,2023-09-11\n%sS1,%s,380,2023-09-11\n,%s,380,2023-09-11\n",
			cols, n[0], n[1]),
		"流水号为空");
	sent_back(c,
		csv(c, "批次号,B1,笔数,2,金额合计,760,日期,2023-09-11\n%sS1,%s,380,2023-09-11\nS2,,380,2023-09-11\n",
			cols, n[0]),
		"都为空");
	sent_back(c,
		csv(c, "批次号,B1,笔数,2,金额合计,760,日期,2023-09-11\n%sS1,%s,380,2023-09-11\nS2,%s,380.001,2023-09-11\n",
			cols, n[0], n[1]),
		"金额");
	sent_back(c,
		csv(c, "批次号,B1,笔数,2,金额合计,760,日期,2023-09-11\n%sS1,%s,380,2023-09-11\nS2,%s,-380,2023-09-11\n",
			cols, n[0], n[1]),
		"金额");
	sent_back(c,
		csv(c, "批次号,B1,笔数,2,金额合计,760,日期,2023-09-11\n%sS1,%s,380,2023-09-11\nS2,%s,380,2023-09-17\n",
			cols, n[0], n[1]),
		"缴费时间");
	sent_back(c, csv(c, "%sS1,%s,380,2023-09-11\n", cols, n[0]), "第一行");
	assert_int_equal(
		TRIES(c, payments, .channel = STR("telepathy"),
			.path = csv(c, "批次号,B1,笔数,1,金额合计,380\n%sS1,%s,380,2023-09-11\n",
				cols, n[0])),
		FAULT_FORMAT);
	/* A serial that could be mistaken for a serial with its part. */
	sent_back(c,
		csv(c, "批次号,B1,笔数,1,金额合计,380,日期,2023-09-11\n%sS1#2,%s,380,2023-09-11\n",
			cols, n[0]),
		"不能有 #");
	/* Mended, it is taken; twice it is not. */
	TAKES(c, payments, .channel = STR("alipay"),
		.path = csv(c,
			"批次号,B1,笔数,2,金额合计,760.00,日期,2023-09-11\n%sS1,%s,380,2023-09-11\nS2,%s,￥380.00,2023/9/11 12:30\n",
			cols, n[0], n[1]));
	assert_int_equal(c->report.posted, 2);
	county_clean(c);
}

/* The instant of payment is the channel's, however it writes the hour. */
static void hours_of_the_day(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char **n = county_crowd(c, "皇城镇", 4, 0);
	const struct slip slips[] = {
		{ "1", n[0], "380", "2023-09-11 08:05:09", NULL, NULL },
		{ "2", n[1], "380", "2023/9/11 8:05:09", NULL, NULL },
		{ "3", n[2], "380", "2023-09-11 23:59", NULL, NULL },
		{ "4", n[3], "380", "20230911", NULL, NULL },
	};
	/* Midnight in China is 16:00 the day before in UTC. */
	int64_t midnight = (int64_t)day("2023-09-11") * 86400 - 8 * 3600;

	c->env.today = day("2023-09-12");
	TAKES(c, payments, .channel = STR("alipay"), .path = county_batch(c, slips, 4));
	assert_int_equal(county_ask(c, "SELECT count(*) FROM payment WHERE paid_at = %lld",
				 (long long)midnight + 8 * 3600 + 5 * 60 + 9),
		2);
	assert_int_equal(
		county_ask(c, "SELECT paid_at FROM payment WHERE serial = '3'"), midnight + 86340);
	assert_int_equal(county_ask(c, "SELECT paid_at FROM payment WHERE serial = '4'"), midnight);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM enrolment WHERE enrolled_on = %d",
				 day("2023-09-11")),
		4);
}

/* LB-21: an organisation or a household pays for many in one order; serial and part are one
 * payment. */
static void one_order_for_many(void **state)
{
	struct county *c = county_make(state, "shuangqing-2023");
	const char **n = county_crowd(c, "兴隆街道", 4, 0);
	const struct slip school[] = {
		{ "ORDER9", n[0], "350", "2022-10-08", "1", NULL },
		{ "ORDER9", n[1], "350", "2022-10-08", "2", NULL },
		{ "ORDER9", n[2], "350", "2022-10-08", "3", NULL },
		{ "ORDER9", n[2], "350", "2022-10-08", "3", NULL },
		{ "ORDER9", n[3], "350", "2022-10-08", "3", NULL },
	};

	c->env.today = day("2022-10-10");
	TAKES(c, payments, .channel = STR("college"), .path = county_batch(c, school, 5));
	assert_report(c, 5, 3, 0, 0, 2);
	assert_int_equal(c->report.posted, 3);
	assert_int_equal(count(c, "enrolment"), 3);
	assert_int_equal(county_ask(c, "SELECT max(number) FROM receipt"), 3);
	county_clean(c);
}

/* What waits comes back to the channel with its reason and what was due, and is counted apart. */
static void the_channel_is_told(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char **n = county_crowd(c, "皇城镇", 2, 0);
	const struct slip slips[] = {
		{ "1", n[0], "380", "2023-09-11", NULL, NULL },
		{ "2", n[1], "350", "2023-09-11", NULL, NULL },
		{ "3", citizen(c, "19990909", 777), "380", "2023-09-11", NULL, NULL },
		{ "4", n[0], "380", "2023-09-11", NULL, NULL },
		{ "5", "不是号码", "380", "2023-09-11", NULL, NULL },
	};
	struct str text;

	c->env.today = day("2023-09-12");
	TAKES(c, payments, .channel = STR("alipay"), .path = county_batch(c, slips, 5));
	assert_int_equal(c->report.posted, 1);
	assert_int_equal(c->report.suspended, 4);
	assert_int_equal(c->report.fen_posted, 38000);
	assert_int_equal(c->report.fen_suspense, 35000 + 3 * 38000);
	text = county_file(c, c->report.errors_path);
	assert_true(str_find(text, STR("第4行：已入待查：金额与应缴不符，应缴 380.00 元")) > 0);
	assert_true(str_find(text, STR("第5行：已入待查：查无此人")) > 0);
	assert_true(str_find(text, STR("第6行：已入待查：本年度已参保，重复缴费")) > 0);
	assert_true(str_find(text, STR("第7行：已入待查：查无此人")) > 0);
	county_clean(c);
}

/* A file and what came one by one at the same time are one season: no line counts twice. */
static void a_file_after_single_payments(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char **n = county_crowd(c, "皇城镇", 40, 0);
	struct slip slips[40];

	c->env.today = day("2023-09-12");
	for (int i = 0; i < 40; i++) {
		slips[i] = (struct slip){ county_text(c, "S%d", i), n[i], "380", "2023-09-11", NULL,
			NULL };
		if (i % 4 == 0)
			assert_int_equal(
				county_pay(c, "rcu_app", slips[i].serial, n[i], 38000, "2023-09-11")
					.outcome,
				TAKE_POSTED);
	}
	TAKES(c, payments, .channel = STR("rcu_app"), .path = county_batch(c, slips, 40));
	assert_report(c, 40, 30, 0, 10, 0);
	assert_int_equal(c->report.posted, 30);
	assert_int_equal(count(c, "payment"), 40);
	assert_int_equal(count(c, "enrolment"), 40);
	county_clean(c);
}

#define THREADS 16

struct racer {
	struct county *c;
	char serial[16], channel[16];
	const char *number;
	int rc;
	struct take_result result;
};

static void *race(void *arg)
{
	struct racer *r = arg;

	/* A store too busy says so after ten tries; a client asks again with the same serial. */
	for (int i = 0; i < 5; i++) {
		r->rc = county_pay_raw(
			r->c, r->channel, r->serial, r->number, 38000, "2023-09-11", &r->result);
		if (r->rc != FAULT_RETRY)
			break;
	}
	return NULL;
}

static void run_race(struct racer *racers)
{
	pthread_t threads[THREADS];

	for (int i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, race, &racers[i]), 0);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
}

static int outcomes(const struct racer *racers, enum take_outcome want)
{
	int n = 0;

	for (int i = 0; i < THREADS; i++) {
		if (racers[i].rc < 0)
			fail_row("thread %d: fault %d", i, racers[i].rc);
		n += racers[i].result.outcome == want;
	}
	return n;
}

/* Sixteen payments for one person at once: one enrols, fifteen wait, none is lost. */
static void sixteen_for_one_person(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char **n = county_crowd(c, "皇城镇", 1, 0);
	struct racer racers[THREADS];

	for (int i = 0; i < THREADS; i++) {
		racers[i] = (struct racer){ .c = c, .number = n[0] };
		snprintf(racers[i].serial, sizeof(racers[i].serial), "S%d", i);
		snprintf(racers[i].channel, sizeof(racers[i].channel), "%s",
			i % 2 ? "alipay" : "rcu_app");
	}
	run_race(racers);
	assert_int_equal(outcomes(racers, TAKE_POSTED), 1);
	assert_int_equal(outcomes(racers, TAKE_SUSPENDED), THREADS - 1);
	assert_int_equal(count(c, "enrolment"), 1);
	assert_int_equal(count(c, "payment"), THREADS);
	assert_int_equal(
		county_ask(c, "SELECT count(*) FROM suspense WHERE reason = 'already_paid'"),
		THREADS - 1);
	assert_int_equal(county_ask(c, "SELECT sum(enrolled) FROM tally"), 1);
	county_clean(c);
}

/* The same message sixteen times at once: one payment, fifteen times its answer. */
static void one_serial_sixteen_times(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char **n = county_crowd(c, "皇城镇", 1, 0);
	struct racer racers[THREADS];
	int64_t payment = 0;

	for (int i = 0; i < THREADS; i++)
		racers[i] = (struct racer){
			.c = c, .number = n[0], .serial = "SAME", .channel = "alipay"
		};
	run_race(racers);
	assert_int_equal(outcomes(racers, TAKE_POSTED), 1);
	assert_int_equal(outcomes(racers, TAKE_REPEATED), THREADS - 1);
	payment = county_ask(c, "SELECT id FROM payment");
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(racers[i].result.payment, payment);
	assert_int_equal(count(c, "payment"), 1);
	assert_int_equal(count(c, "enrolment"), 1);
	county_clean(c);
}

struct batch_racer {
	struct county *c;
	const char *path;
	int rc;
};

static void *race_file(void *arg)
{
	struct batch_racer *r = arg;

	for (int i = 0; i < 5; i++) {
		struct import_request q = { .path = r->path,
			.policy = &r->c->policy,
			.as_of = r->c->env.today,
			.channel = STR("alipay") };

		r->rc = import_run(&r->c->env, &q, &import_payments, &r->c->report);
		if (r->rc != FAULT_RETRY)
			break;
	}
	return NULL;
}

/* The channel's file comes in while its own messages of the same payments do: each counts once. */
static void a_file_against_threads(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char **n = county_crowd(c, "皇城镇", 200, 0);
	struct racer racers[THREADS];
	struct batch_racer file = { .c = c };
	struct slip slips[200];
	pthread_t thread;

	c->env.today = day("2023-09-12");
	for (int i = 0; i < 200; i++)
		slips[i] = (struct slip){ county_text(c, "S%d", i), n[i], "380", "2023-09-11", NULL,
			NULL };
	for (int i = 0; i < THREADS; i++) {
		racers[i] = (struct racer){ .c = c, .number = n[i * 12], .channel = "alipay" };
		snprintf(racers[i].serial, sizeof(racers[i].serial), "S%d", i * 12);
	}
	file.path = county_batch(c, slips, 200);
	assert_int_equal(pthread_create(&thread, NULL, race_file, &file), 0);
	run_race(racers);
	pthread_join(thread, NULL);
	assert_int_equal(file.rc, 0);
	assert_int_equal(c->report.posted + outcomes(racers, TAKE_POSTED), 200);
	assert_int_equal(c->report.unchanged + outcomes(racers, TAKE_REPEATED), THREADS);
	assert_int_equal(count(c, "payment"), 200);
	assert_int_equal(count(c, "enrolment"), 200);
	county_clean(c);
}

/* SQ-35: sixteen people at once: sixteen receipts, numbered without a gap. */
static void sixteen_people(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char **n = county_crowd(c, "皇城镇", THREADS, 0);
	struct racer racers[THREADS];

	for (int i = 0; i < THREADS; i++) {
		racers[i] = (struct racer){ .c = c, .number = n[i], .channel = "alipay" };
		snprintf(racers[i].serial, sizeof(racers[i].serial), "S%d", i);
	}
	run_race(racers);
	assert_int_equal(outcomes(racers, TAKE_POSTED), THREADS);
	assert_int_equal(count(c, "enrolment"), THREADS);
	assert_int_equal(county_ask(c, "SELECT max(number) FROM receipt"), THREADS);
	assert_int_equal(county_ask(c, "SELECT sum(personal_fen) FROM tally"), THREADS * 38000);
	county_clean(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(whole_or_not_at_all),
		BOTH(hours_of_the_day),
		BOTH(one_order_for_many),
		BOTH(the_channel_is_told),
		BOTH(a_file_after_single_payments),
		BOTH(sixteen_for_one_person),
		BOTH(one_serial_sixteen_times),
		BOTH(a_file_against_threads),
		BOTH(sixteen_people),
	};

	return cmocka_run_group_tests_name("batches", tests, NULL, NULL);
}
