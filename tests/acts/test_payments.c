/* SPDX-License-Identifier: Apache-2.0 */
/* Taking money: each line once, never lost, priced at the moment of payment. */
#include "county.h"

#include "acts/bill_number.h"

static const char *const head = "姓名,证件号码,身份类别,纳入资助时间,身份取消时间\n";

static int64_t count(struct county *c, const char *table)
{
	return county_ask(c, "SELECT count(*) FROM %s", table);
}

static const char *bill_number(struct county *c, const char *number)
{
	char *text = arena_alloc(&c->arena, BILL_NUMBER_LENGTH + 1);

	assert_non_null(text);
	bill_number_make(c->policy.pack->benefit_year,
		county_explain(c, number, "2023-10-01")->person.id, text);
	return text;
}

/* LB-29: money becomes an enrolment with its posting, its receipt and its bill, in one act. */
static void money_enrols(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char **n = county_crowd(c, "皇城镇", 2, 0);
	const struct explanation *x;
	struct take_result r;

	county_assess(c, "2023-09-10");
	r = county_pay(c, "alipay", "S1", n[0], 38000, "2023-09-11");
	assert_int_equal(r.outcome, TAKE_POSTED);
	assert_int_equal(r.expected_fen, 38000);
	assert_int_equal(r.benefit_from, day("2024-01-01"));
	assert_int_equal(r.receipt, 1);
	x = county_explain(c, n[0], "2023-10-01");
	assert_int_equal(x->n_payments, 1);
	assert_str(x->payments[0].serial, "S1");
	assert_str(x->payments[0].state, "posted");
	assert_int_equal(x->payments[0].receipt, 1);
	assert_int_equal(x->enrolments[0].personal_fen, 38000);
	assert_int_equal(x->enrolments[0].payment, r.payment);
	assert_true(x->enrolments[0].online);
	assert_str(x->dossier->bill.state, "paid");
	assert_int_equal(count(c, "posting"), 2);
	assert_int_equal(count(c, "enrolled_anywhere"), 1);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM audit WHERE act = 'take_payment'"), 1);
	/* Nobody is asked for a bill first: who never was assessed pays as well. */
	r = county_pay(c, "rcu_counter", "S1", n[1], 38000, "2023-09-11");
	assert_int_equal(r.outcome, TAKE_POSTED);
	assert_false(county_explain(c, n[1], "2023-10-01")->enrolments[0].online);
	county_clean(c);
}

/* The second call with the same serial gets the first one's answer; other content is refused by
 * name. */
static void the_same_serial_again(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char **n = county_crowd(c, "皇城镇", 3, 0);
	struct take_result first = county_pay(c, "alipay", "S1", n[0], 38000, "2023-09-11"), again;
	struct take_result wrong = county_pay(c, "alipay", "S2", n[1], 100, "2023-09-11");

	again = county_pay(c, "alipay", "S1", n[0], 38000, "2023-09-11");
	assert_int_equal(again.outcome, TAKE_REPEATED);
	assert_int_equal(again.payment, first.payment);
	again = county_pay(c, "alipay", "S2", n[1], 100, "2023-09-11");
	assert_int_equal(again.outcome, TAKE_REPEATED);
	assert_int_equal(again.payment, wrong.payment);
	/* Another amount, another person, another day. */
	again = county_pay(c, "alipay", "S1", n[0], 38100, "2023-09-11");
	assert_int_equal(again.outcome, TAKE_DIFFERS);
	assert_int_equal(again.payment, first.payment);
	assert_int_equal(
		county_pay(c, "alipay", "S1", n[2], 38000, "2023-09-11").outcome, TAKE_DIFFERS);
	assert_int_equal(
		county_pay(c, "alipay", "S1", n[0], 38000, "2023-09-12").outcome, TAKE_DIFFERS);
	assert_int_equal(count(c, "payment"), 2);
	assert_int_equal(count(c, "enrolment"), 1);
	/* A serial is a channel's own: another channel's is another payment. */
	assert_int_equal(
		county_pay(c, "gansu_tax", "S1", n[2], 38000, "2023-09-11").outcome, TAKE_POSTED);
	county_clean(c);
}

/* The same inside one file and across files. */
static void serials_in_files(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char **n = county_crowd(c, "皇城镇", 4, 0);
	const struct slip first[] = {
		{ "S1", n[0], "380", "2023-09-11 08:00:00", NULL, NULL },
		{ "S2", n[1], "380", "2023-09-11 08:00:01", NULL, NULL },
		{ "S1", n[0], "380.00", "2023-09-11 08:00:00", NULL, NULL },
		{ "S2", n[2], "380", "2023-09-11 08:00:01", NULL, NULL },
	};
	const struct slip second[] = {
		{ "S1", n[0], "380", "2023-09-11 08:00:00", NULL, NULL },
		{ "S2", n[1], "370", "2023-09-11 08:00:01", NULL, NULL },
		{ "S3", n[3], "380", "2023-09-12 09:00", NULL, NULL },
	};
	struct str text;

	c->env.today = day("2023-09-15");
	TAKES(c, payments, .channel = STR("alipay"), .path = county_batch(c, first, 4));
	assert_report(c, 4, 2, 0, 0, 2);
	assert_int_equal(c->report.posted, 2);
	text = county_file(c, c->report.errors_path);
	assert_true(str_find(text, STR("第6行：同一流水号以前来过，内容不同")) > 0);
	assert_true(str_find(text, STR("第5行：流水号与本文件第 3 行相同")) > 0);
	TAKES(c, payments, .channel = STR("alipay"), .path = county_batch(c, second, 3));
	assert_report(c, 3, 1, 0, 1, 1);
	assert_int_equal(c->report.fen_posted, 38000);
	assert_int_equal(count(c, "payment"), 3);
	assert_int_equal(county_ask(c, "SELECT sum(fen) FROM payment"), 3 * 38000);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM enrolment WHERE person = %d",
				 (int)county_explain(c, n[2], "2023-10-01")->person.id),
		0);
	county_clean(c);
}

static void suspended(struct county *c, const char *channel, const char *serial, const char *number,
	int64_t fen, const char *on, enum suspense_reason want)
{
	struct take_result r = county_pay(c, channel, serial, number, fen, on);

	assert_int_equal(r.outcome, TAKE_SUSPENDED);
	assert_string_equal(suspense_code(r.reason), suspense_code(want));
	assert_string_equal(
		county_ask_text(c,
			"SELECT reason FROM suspense WHERE payment = %d AND fen = %d AND state = 'open'",
			(int)r.payment, (int)fen),
		suspense_code(want));
	assert_string_equal(
		county_ask_text(c,
			"SELECT serial FROM payment WHERE id = %d AND state = 'suspense'",
			(int)r.payment),
		serial);
}

/* LB-49: a right number with another's name gives that other neither the money nor the subsidy. */
static void names_must_agree(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char **n = county_crowd(c, "皇城镇", 2, 0);

	TAKES(c, categories, .department = STR("civil_affairs"),
		.path = csv(
			c, "%s丙,%s,特困,2023-01-01,\n甲,%s,特困,2023-01-01,\n", head, n[1], n[0]));
	assert_int_equal(c->report.rejected, 1);
	assert_int_equal(count(c, "membership"), 1);
	c->env.today = day("2023-10-01");
	TAKES(c, payments, .channel = STR("alipay"),
		.path = csv(c,
			"批次号,b,笔数,1,金额合计,380\n流水号,证件号码,姓名,金额,缴费时间\n"
			"N1,%s,丁,380,2023-09-12\n",
			n[1]));
	assert_int_equal(c->report.suspended, 1);
	assert_string_equal(county_ask_text(c, "SELECT reason FROM suspense"), "name_mismatch");
	assert_int_equal(count(c, "enrolment"), 0);
	/* A sign the sender could not write stands for any one (□ for a rare character). */
	TAKES(c, payments, .channel = STR("alipay"),
		.path = csv(c,
			"批次号,b2,笔数,1,金额合计,380\n流水号,证件号码,姓名,金额,缴费时间\n"
			"N2,%s,□,380,2023-09-12\n",
			n[1]));
	assert_int_equal(c->report.posted, 1);
	county_clean(c);
}

/* Money that cannot be credited waits with its reason, and is never lost (SQ-16, SN-10, SN-02). */
static void every_reason_to_wait(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char **n = county_crowd(c, "皇城镇", 6, 0);

	TAKES(c, categories, .department = STR("civil_affairs"),
		.path = csv(c, "%s乙,%s,特困,2023-01-01,\n", head, n[1]));
	TAKES(c, coverage, .path = csv(c, "姓名,证件号码,参保日期\n丙,%s,2020-01-01\n", n[2]));
	c->env.today = day("2024-02-01");
	TAKES(c, residents,
		.path = csv(c, "姓名,证件号码,乡镇,死亡日期\n丁,%s,皇城镇,2023-09-20\n", n[3]));
	suspended(c, "alipay", "A", citizen(c, "19990909", 777), 38000, "2023-09-11",
		SUSPENSE_UNKNOWN_PERSON);
	assert_int_equal(
		county_pay(c, "alipay", "B", n[0], 38000, "2023-09-11").outcome, TAKE_POSTED);
	suspended(c, "alipay", "C", n[0], 38000, "2023-09-12", SUSPENSE_ALREADY_PAID);
	suspended(c, "alipay", "D", n[1], 38000, "2023-09-12", SUSPENSE_NOTHING_DUE);
	suspended(c, "alipay", "E", n[2], 38000, "2023-09-12", SUSPENSE_NOT_ELIGIBLE);
	suspended(c, "alipay", "F", n[3], 38000, "2023-09-21", SUSPENSE_DECEASED);
	suspended(c, "alipay", "G", n[4], 38000, "2023-09-09", SUSPENSE_OUTSIDE_WINDOW);
	suspended(c, "alipay", "H", n[4], 38000, "2024-01-01", SUSPENSE_OUTSIDE_WINDOW);
	suspended(c, "alipay", "I", n[4], 37999, "2023-12-31", SUSPENSE_WRONG_AMOUNT);
	suspended(c, "alipay", "J", n[4], 38001, "2023-12-31", SUSPENSE_WRONG_AMOUNT);
	/* Money of the living before they died was theirs to pay. */
	assert_int_equal(
		county_pay(c, "alipay", "K", n[3], 38000, "2023-09-19").outcome, TAKE_POSTED);
	assert_int_equal(count(c, "enrolment"), 2);
	assert_int_equal(county_ask(c, "SELECT sum(fen) FROM payment"),
		county_ask(c, "SELECT sum(fen) FROM posting WHERE event <> 'enrolled'"));
	assert_int_equal(count(c, "suspense"), 9);
	/* Each of them is on the list of what waits, up to its day. */
	assert_int_equal(county_read(c, report_suspense, "2024-02-01")->n_rows, 9 + 1);
	assert_int_equal(county_read(c, report_suspense, "2023-09-12")->n_rows, 5 + 1);
	county_clean(c);
}

/* Paid in one county already: the other county's money waits there. */
static void enrolled_elsewhere(void **state)
{
	struct county *c = county_make(state, "shuangqing-2023");
	struct county *other = county_beside(c, "lingbi-2023");
	const char *n = citizen(c, "19700101", 5);

	TAKES(c, residents, .path = csv(c, "姓名,证件号码,乡镇\n甲,%s,兴隆街道\n", n));
	TAKES(other, residents,
		.path = csv(other, "姓名,证件号码,乡镇,户籍地\n甲,%s,灵城镇,外县\n", n));
	assert_int_equal(
		county_pay(other, "wechat", "1", n, 35000, "2022-10-01").outcome, TAKE_POSTED);
	suspended(c, "wechat", "2", n, 35000, "2022-10-08", SUSPENSE_ENROLLED_ELSEWHERE);
	county_clean(c);
	county_clean(other);
}

/* LB-22: until the cut-over the bureau's own accounts take payments, and not a day longer; the
 * others go on.  What comes in late waits, and is not lost or doubled. */
static void channels_close(void **state)
{
	struct county *c = county_make(state, "lingbi-2023");
	const char **n = county_crowd(c, "灵城镇", 3, 0);
	struct take_result r;

	c->env.today = day("2022-12-20");
	assert_int_equal(
		county_pay(c, "suzhou_yibao", "1", n[0], 35000, "2022-11-30").outcome, TAKE_POSTED);
	r = county_pay(c, "suzhou_yibao", "2", n[1], 35000, "2022-12-01");
	assert_int_equal(r.outcome, TAKE_SUSPENDED);
	assert_int_equal(r.reason, SUSPENSE_CHANNEL_CLOSED);
	assert_int_equal(county_pay(c, "suzhou_tax", "3", n[1], 35000, "2022-12-01").reason,
		SUSPENSE_CHANNEL_CLOSED);
	assert_int_equal(
		county_pay(c, "wanshitong", "4", n[1], 35000, "2022-12-01").outcome, TAKE_POSTED);
	assert_int_equal(county_pay(c, "wechat", "5", n[0], 35000, "2022-12-21").reason,
		SUSPENSE_ALREADY_PAID);
	assert_int_equal(count(c, "enrolment"), 2);
	county_clean(c);
}

/* SQ-28: the mark current at the moment of payment decides, whatever the bill said before. */
static void priced_when_paid(void **state)
{
	struct county *c = county_make(state, "shuangqing-2023");
	const char **n = county_crowd(c, "兴隆街道", 3, 0);
	struct take_result r;

	county_assess(c, "2022-09-01");
	c->env.today = day("2022-12-20");
	TAKES(c, categories, .department = STR("civil_affairs"),
		.path = csv(c,
			"%s甲,%s,低保对象,2022-10-10,\n乙,%s,低保对象,2022-09-01,2022-10-10\n",
			head, n[0], n[1]));
	/* The day before it was certified the whole price, from that day on half of it. */
	r = county_pay(c, "wechat", "1", n[0], 17500, "2022-10-09");
	assert_int_equal(r.reason, SUSPENSE_WRONG_AMOUNT);
	assert_int_equal(r.expected_fen, 35000);
	assert_int_equal(
		county_pay(c, "wechat", "2", n[0], 17500, "2022-10-10").outcome, TAKE_POSTED);
	r = county_pay(c, "wechat", "3", n[1], 17500, "2022-10-10");
	assert_int_equal(r.reason, SUSPENSE_WRONG_AMOUNT);
	assert_int_equal(
		county_pay(c, "wechat", "4", n[1], 17500, "2022-10-09").outcome, TAKE_POSTED);
	/* The bill was brought in line and what it said is kept. */
	assert_int_equal(
		county_ask(c, "SELECT payable_fen FROM bill WHERE state = 'paid' LIMIT 1"), 17500);
	assert_int_equal(
		county_ask(c, "SELECT count(*) FROM bill_history WHERE payable_fen = 35000"), 2);
	assert_int_equal(county_explain(c, n[0], "2022-11-01")->enrolments[0].subsidy_fen, 17500);
	county_clean(c);
}

/* Refused when everybody was assessed, let in by a paper filed later: the refusal does not
 * outlive it. */
static void refused_then_paid(void **state)
{
	struct county *c = county_make(state, "lingbi-2023");
	const char **n = county_crowd(c, "灵城镇", 2, 0);

	c->env.today = day("2023-04-01");
	assert_int_equal(county_assess(c, "2023-03-05")->refused, 2);
	TAKES(c, circumstances,
		.path = csv(c,
			"姓名,证件号码,特殊情形,发生日期,佐证材料,留档编号\n甲,%s,退役军人,2023-03-01,退出现役证,1\n",
			n[0]));
	assert_int_equal(
		county_pay(c, "wechat", "1", n[0], 35000, "2023-03-20").outcome, TAKE_POSTED);
	assert_int_equal(
		county_pay(c, "wechat", "2", n[1], 35000, "2023-03-20").outcome, TAKE_SUSPENDED);
	assert_int_equal(count(c, "refusal"), 1);
	assert_true(county_explain(c, n[0], "2023-04-01")->dossier->refusal.p == NULL);
	county_clean(c);
}

/* SQ-35: each channel's kind of proof, numbered from 1 without a gap in its kind. */
static void receipts_by_channel(void **state)
{
	static const struct {
		const char *channel, *kind;
		int64_t number;
	} want[] = { { "wechat", "electronic_order", 1 }, { "bank_counter", "bank_receipt", 1 },
		{ "xiangshui", "electronic_order", 2 }, { "bank_pos", "machine_slip", 1 },
		{ "bank_self_service", "machine_slip", 2 }, { "college", "tax_certificate", 1 },
		{ "mobile_bank", "electronic_order", 3 } };
	struct county *c = county_make(state, "shuangqing-2023");
	const char **n = county_crowd(c, "兴隆街道", (int)ARRAY_LEN(want) + 1, 0);

	for (size_t i = 0; i < ARRAY_LEN(want); i++) {
		struct take_result r = county_pay(
			c, want[i].channel, county_text(c, "%zu", i), n[i], 35000, "2022-10-08");

		assert_string_equal(r.receipt_kind, want[i].kind);
		assert_int_equal(r.receipt, want[i].number);
		/* Money that waits has no proof, and takes no number. */
		assert_int_equal(county_pay(c, want[i].channel, county_text(c, "x%zu", i), n[7], 1,
					 "2022-10-08")
					 .outcome,
			TAKE_SUSPENDED);
	}
	assert_int_equal(count(c, "receipt"), ARRAY_LEN(want));
	assert_int_equal(county_ask(c, "SELECT count(DISTINCT series) FROM receipt"), 4);
	county_clean(c);
}

/* A household pays by its bills' numbers; a wrong or another year's number waits. */
static void by_bill_number(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char **n = county_crowd(c, "皇城镇", 3, 0);
	const char *good = bill_number(c, n[0]), *other = bill_number(c, n[1]);
	char year[BILL_NUMBER_LENGTH + 1], bad[BILL_NUMBER_LENGTH + 1];
	const struct slip slips[] = {
		{ "1", NULL, "380", "2023-09-11", NULL, good },
		{ "2", NULL, "380", "2023-09-11", NULL, year },
		{ "3", NULL, "380", "2023-09-11", NULL, bad },
		{ "4", n[2], "380", "2023-09-11", NULL,
			other }, /* document and bill are two persons' */
	};

	bill_number_make(2025, 1, year);
	snprintf(bad, sizeof(bad), "%s", good);
	bad[BILL_NUMBER_LENGTH - 1] =
		bad[BILL_NUMBER_LENGTH - 1] == '9' ? '0' : (char)(bad[BILL_NUMBER_LENGTH - 1] + 1);
	county_assess(c, "2023-09-10");
	c->env.today = day("2023-09-12");
	TAKES(c, payments, .channel = STR("alipay"), .path = county_batch(c, slips, 4));
	assert_int_equal(c->report.posted, 1);
	assert_int_equal(c->report.suspended, 3);
	assert_int_equal(
		county_ask(c, "SELECT count(*) FROM suspense WHERE reason = 'unknown_person'"), 2);
	assert_int_equal(county_explain(c, n[0], "2023-10-01")->n_enrolments, 1);
	assert_int_equal(county_explain(c, n[1], "2023-10-01")->n_enrolments, 0);
	assert_int_equal(county_explain(c, n[2], "2023-10-01")->n_enrolments, 0);
	assert_int_equal(
		county_ask(c, "SELECT count(*) FROM suspense WHERE reason = 'bill_mismatch'"), 1);
	county_clean(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(money_enrols),
		BOTH(the_same_serial_again),
		BOTH(serials_in_files),
		BOTH(names_must_agree),
		BOTH(every_reason_to_wait),
		BOTH(enrolled_elsewhere),
		BOTH(channels_close),
		BOTH(priced_when_paid),
		BOTH(refused_then_paid),
		BOTH(receipts_by_channel),
		BOTH(by_bill_number),
	};

	return cmocka_run_group_tests_name("payments", tests, NULL, NULL);
}
