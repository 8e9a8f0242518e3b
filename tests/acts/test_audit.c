/* SPDX-License-Identifier: Apache-2.0 */
/* The auditor: silent over a clean season, and naming every single amount that was damaged
 * (LB-44). */
#include "county.h"

/* A small season with everything in it: bills open, paid, replaced, withdrawn and funded, money
 * posted and waiting, by two channels, in two villages, online and at a counter. */
static struct county *season(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char **a = county_crowd(c, "皇城镇", 8, 0), **b = county_crowd(c, "康乐镇", 4, 100);
	static const char *const head = "姓名,证件号码,身份类别,纳入资助时间,身份取消时间\n";

	TAKES(c, categories, .department = STR("civil_affairs"),
		.path = csv(c,
			"%s甲,%s,农村一类低保,2023-01-01,\n乙,%s,低保边缘,2023-01-01,\n丙,%s,特困,2023-01-01,\n"
			"居民100,%s,孤儿,2023-01-01,\n",
			head, a[0], a[1], a[2], b[0]));
	county_assess(c, "2023-09-10");
	c->env.today = day("2023-10-20");
	TAKES(c, categories, .department = STR("civil_affairs"),
		.path = csv(c, "%s乙,%s,低保边缘,,2023-10-01\n丁,%s,农村三类低保,2023-10-01,\n",
			head, a[1], a[3]));
	TAKES(c, coverage, .path = csv(c, "姓名,证件号码,参保日期\n辛,%s,2023-10-02\n", a[7]));
	county_assess(c, "2023-10-10");
	assert_int_equal(
		county_pay(c, "alipay", "1", a[0], 7000, "2023-10-11").outcome, TAKE_POSTED);
	assert_int_equal(
		county_pay(c, "alipay", "2", a[1], 38000, "2023-10-11").outcome, TAKE_POSTED);
	assert_int_equal(
		county_pay(c, "abc_counter", "1", a[3], 13000, "2023-10-12").outcome, TAKE_POSTED);
	assert_int_equal(
		county_pay(c, "alipay", "3", b[1], 38000, "2023-10-12").outcome, TAKE_POSTED);
	assert_int_equal(
		county_pay(c, "alipay", "4", b[1], 38000, "2023-10-12").outcome, TAKE_SUSPENDED);
	assert_int_equal(
		county_pay(c, "alipay", "5", a[4], 100, "2023-10-12").outcome, TAKE_SUSPENDED);
	county_clean(c);
	return c;
}

/* Does the auditor name this subject? */
static bool named(struct county *c, const char *subject)
{
	const struct audit_report *r = county_audit(c);

	for (size_t i = 0; i < r->n; i++) {
		struct str s = r->items[i].subject, want = str_of(subject);

		if (str_starts(s, want) &&
			(s.n == want.n || s.p[want.n] < '0' || s.p[want.n] > '9'))
			return true;
	}
	for (size_t i = 0; i < r->n; i++)
		print_message("%s: %.*s\n", r->items[i].check, STR_ARG(r->items[i].subject));
	return false;
}

struct wound {
	const char *table, *column;
	const char *which;   /* SQL that finds one row's id */
	const char *key;     /* the column that id is of */
	const char *subject; /* what the auditor calls it */
};

/* Every amount the store holds.  `which` chooses a row in each state the column can be in. */
static const struct wound wounds[] = {
	{ "bill", "standard_fen", "SELECT min(person) FROM bill WHERE state = 'open'", "person",
		"bill" },
	{ "bill", "subsidy_fen", "SELECT min(person) FROM bill WHERE state = 'open'", "person",
		"bill" },
	{ "bill", "payable_fen", "SELECT min(person) FROM bill WHERE state = 'open'", "person",
		"bill" },
	{ "bill", "standard_fen", "SELECT max(person) FROM bill WHERE state = 'paid'", "person",
		"bill" },
	{ "bill", "subsidy_fen", "SELECT max(person) FROM bill WHERE state = 'paid'", "person",
		"bill" },
	{ "bill", "payable_fen", "SELECT max(person) FROM bill WHERE state = 'paid'", "person",
		"bill" },
	{ "bill", "standard_fen", "SELECT min(person) FROM bill WHERE state = 'funded'", "person",
		"bill" },
	{ "bill", "subsidy_fen", "SELECT min(person) FROM bill WHERE state = 'funded'", "person",
		"bill" },
	{ "bill", "payable_fen", "SELECT min(person) FROM bill WHERE state = 'funded'", "person",
		"bill" },
	{ "bill", "payable_fen", "SELECT min(person) FROM bill WHERE state = 'withdrawn'", "person",
		"bill" },
	{ "bill_history", "standard_fen", "SELECT min(person) FROM bill_history", "person",
		"bill_history" },
	{ "bill_history", "subsidy_fen", "SELECT max(person) FROM bill_history", "person",
		"bill_history" },
	{ "bill_history", "payable_fen", "SELECT min(person) FROM bill_history", "person",
		"bill_history" },
	{ "payment", "fen", "SELECT min(id) FROM payment WHERE state = 'posted'", "id", "payment" },
	{ "payment", "fen", "SELECT max(id) FROM payment WHERE state = 'suspense'", "id",
		"payment" },
	{ "suspense", "fen", "SELECT max(payment) FROM suspense", "payment", "payment" },
	{ "enrolment", "standard_fen", "SELECT min(person) FROM enrolment WHERE payment IS NULL",
		"person", "enrolment" },
	{ "enrolment", "personal_fen", "SELECT min(person) FROM enrolment WHERE payment IS NULL",
		"person", "enrolment" },
	{ "enrolment", "subsidy_fen", "SELECT min(person) FROM enrolment WHERE payment IS NULL",
		"person", "enrolment" },
	{ "enrolment", "standard_fen",
		"SELECT max(person) FROM enrolment WHERE payment IS NOT NULL", "person",
		"enrolment" },
	{ "enrolment", "personal_fen",
		"SELECT max(person) FROM enrolment WHERE payment IS NOT NULL", "person",
		"enrolment" },
	{ "enrolment", "subsidy_fen", "SELECT max(person) FROM enrolment WHERE payment IS NOT NULL",
		"person", "enrolment" },
	{ "tally", "enrolled", "SELECT min(village) FROM tally", "village", "tally" },
	{ "tally", "online", "SELECT max(village) FROM tally", "village", "tally" },
	{ "tally", "funded", "SELECT min(village) FROM tally", "village", "tally" },
	{ "tally", "personal_fen", "SELECT max(village) FROM tally", "village", "tally" },
	{ "tally", "subsidy_fen", "SELECT min(village) FROM tally", "village", "tally" },
};

/* LB-44: one fen more or less in any amount that is stored is found, and the right row is named. */
static void every_amount(void **state)
{
	struct county *c = season(state);

	for (size_t i = 0; i < ARRAY_LEN(wounds); i++)
		for (int way = 1; way >= -1; way -= 2) {
			const struct wound *w = &wounds[i];
			int64_t id = county_ask(c, "%s", w->which);
			/* One row, whichever other key it has beside the id. */
			const char *one = county_text(c,
				strcmp(w->table, "tally") == 0
					? " AND day = (SELECT min(day) FROM tally WHERE village = %lld)"
					: " AND %lld > 0",
				(long long)id);

			assert_true(id > 0);
			county_damage(c, "UPDATE %s SET %s = %s + %d WHERE %s = %lld%s", w->table,
				w->column, w->column, way, w->key, (long long)id, one);
			if (!named(c, county_text(c, "%s %lld", w->subject, (long long)id)))
				fail_row("%s.%s by %d: %s %lld is not named", w->table, w->column,
					way, w->subject, (long long)id);
			county_damage(c, "UPDATE %s SET %s = %s - %d WHERE %s = %lld%s", w->table,
				w->column, w->column, way, w->key, (long long)id, one);
		}
	county_clean(c);
}

/* Each row that moved money, and each proof of it, whatever event it was of. */
static void every_posting_and_receipt(void **state)
{
	struct county *c = season(state);
	int64_t postings = county_ask(c, "SELECT count(*) FROM posting");
	int64_t receipts = county_ask(c, "SELECT count(*) FROM receipt");

	assert_int_equal(postings, 4 * 2 + 2);
	assert_int_equal(receipts, 4);
	for (int64_t id = 1; id <= postings; id++) {
		int64_t payment =
			county_ask(c, "SELECT payment FROM posting WHERE id = %d", (int)id);

		county_damage(c, "UPDATE posting SET fen = fen + 1 WHERE id = %d", (int)id);
		assert_true(named(c, county_text(c, "payment %d", (int)payment)));
		county_damage(c, "UPDATE posting SET fen = fen - 1 WHERE id = %d", (int)id);
	}
	for (int64_t n = 1; n <= receipts; n++) {
		int64_t payment =
			county_ask(c, "SELECT payment FROM receipt WHERE number = %d", (int)n);

		county_damage(c, "UPDATE receipt SET fen = fen - 1 WHERE number = %d", (int)n);
		assert_true(named(c, county_text(c, "receipt %d", (int)payment)));
		county_damage(c, "UPDATE receipt SET fen = fen + 1 WHERE number = %d", (int)n);
	}
	county_clean(c);
}

static void lost(struct county *c, const char *subject, const char *sql)
{
	county_damage(c, "%s", sql);
	if (!named(c, subject))
		fail_row("%s: %s is not named", sql, subject);
}

/* A row that is gone is missed. */
static void rows_that_are_gone(void **state)
{
	struct county *c = season(state);
	int64_t payment = county_ask(c, "SELECT max(id) FROM payment WHERE state = 'posted'");
	int64_t person =
		county_ask(c, "SELECT min(person) FROM enrolment WHERE payment IS NOT NULL");
	int64_t waiting = county_ask(c, "SELECT min(payment) FROM suspense");

	lost(c, county_text(c, "receipt %d", (int)payment),
		county_text(c, "DELETE FROM receipt WHERE payment = %d", (int)payment));
	lost(c, county_text(c, "payment %d", (int)payment),
		county_text(c, "DELETE FROM posting WHERE payment = %d AND event = 'enrolled'",
			(int)payment));
	lost(c, county_text(c, "payment %d", (int)waiting),
		county_text(c, "DELETE FROM suspense WHERE payment = %d", (int)waiting));
	lost(c, county_text(c, "enrolled_anywhere %d", (int)person),
		county_text(c,
			"DELETE FROM enrolled_anywhere WHERE token = (SELECT token FROM person WHERE id = %d)",
			(int)person));
	lost(c, county_text(c, "bill %d", (int)person),
		county_text(c, "DELETE FROM enrolment WHERE person = %d", (int)person));
}

static void more_rows_that_are_gone(void **state)
{
	struct county *c = season(state);
	int64_t payment = county_ask(c, "SELECT min(id) FROM payment WHERE state = 'posted'");
	int64_t person = county_ask(c, "SELECT person FROM payment WHERE id = %d", (int)payment);
	int64_t funded = county_ask(c, "SELECT min(person) FROM enrolment WHERE payment IS NULL");

	lost(c, county_text(c, "enrolment %d", (int)person),
		county_text(c, "DELETE FROM payment WHERE id = %d", (int)payment));
	lost(c, county_text(c, "bill %d", (int)funded),
		county_text(c, "DELETE FROM bill WHERE person = %d", (int)funded));
	lost(c,
		county_text(c, "tally %lld",
			(long long)county_ask(c, "SELECT max(village) FROM tally")),
		"DELETE FROM tally WHERE village = (SELECT max(village) FROM tally) AND online = 1 AND funded = 0");
	lost(c,
		county_text(c, "bill %d",
			(int)county_ask(c, "SELECT max(person) FROM bill WHERE state = 'open'")),
		"DELETE FROM person WHERE id = (SELECT max(person) FROM bill WHERE state = 'open')");
}

/* Amounts that agree among themselves but that the notice does not know: the price check's own
 * find. */
static void prices_nobody_set(void **state)
{
	struct county *c = season(state);
	int64_t open = county_ask(c, "SELECT max(person) FROM bill WHERE state = 'open'");
	const struct audit_report *r;

	county_damage(c,
		"UPDATE bill SET standard_fen = standard_fen - 100, payable_fen = payable_fen - 100 WHERE person = %d",
		(int)open);
	assert_true(named(c, county_text(c, "bill %d", (int)open)));
	county_damage(c,
		"UPDATE bill SET standard_fen = standard_fen + 100, payable_fen = payable_fen + 100 WHERE person = %d",
		(int)open);
	county_damage(c,
		"UPDATE bill SET subsidy_fen = subsidy_fen + 100, payable_fen = payable_fen - 100 WHERE person = %d",
		(int)open);
	assert_true(named(c, county_text(c, "bill %d", (int)open)));
	r = county_audit(c);
	assert_string_equal(r->items[0].check, "prices");
}

/* Every kind of price a notice can set is one the auditor knows (SQ-18, SQ-22, SQ-41). */
static void every_kind_of_price(void **state)
{
	struct county *c = county_make(state, "shuangqing-2023");
	const char **n = county_crowd(c, "兴隆街道", 3, 0), *child = citizen(c, "20120101", 7);

	c->env.today = day("2023-05-01");
	TAKES(c, residents, .path = csv(c, "姓名,证件号码,乡镇\n孩,%s,兴隆街道\n", child));
	TAKES(c, circumstances,
		.path = csv(c,
			"姓名,证件号码,特殊情形,发生日期,佐证材料,留档编号\n甲,%s,新迁入,2023-03-01,户口簿,1\n"
			"乙,%s,退役军人,2023-03-01,退役证,2\n孩,%s,福利机构儿童,2023-04-04,接收书,3\n",
			n[0], n[1], child));
	assert_report(c, 3, 3, 0, 0, 0);
	assert_int_equal(county_assess(c, "2023-05-01")->payable_fen, 96000 + 35000 + 35000);
	assert_int_equal(county_pay(c, "wechat", "1", n[0], 96000, "2023-05-01").benefit_from,
		day("2023-06-01"));
	assert_int_equal(county_pay(c, "wechat", "2", n[1], 35000, "2023-05-01").benefit_from,
		day("2023-05-01"));
	assert_int_equal(county_pay(c, "wechat", "3", child, 35000, "2023-05-01").benefit_from,
		day("2023-04-04"));
	assert_string_equal(
		county_ask_text(
			c, "SELECT payer FROM enrolment WHERE route = 'welfare_institution'"),
		"institution");
	county_clean(c);
	c = county_beside(c, "yunhe-2025");
	TAKES(c, residents,
		.path = csv(c,
			"姓名,证件号码,乡镇\n少,%s,甲镇\n壮,%s,甲镇\n老,%s,乙镇\n残,%s,乙镇\n",
			citizen(c, "20120101", 1), citizen(c, "19800101", 2),
			citizen(c, "19500101", 3), citizen(c, "19810101", 4)));
	TAKES(c, categories, .department = STR("disabled_federation"),
		.path = csv(c, "姓名,证件号码,身份类别\n残,%s,重度残疾人\n",
			citizen(c, "19810101", 4)));
	assert_int_equal(
		county_assess(c, "2024-09-05")->payable_fen, 35000 + 40000 + 38000 + 30000);
	c->env.today = day("2025-07-02");
	assert_int_equal(
		county_pay(c, "phone", "1", citizen(c, "20120101", 1), 35000, "2024-09-05").outcome,
		TAKE_POSTED);
	assert_int_equal(
		county_pay(c, "phone", "2", citizen(c, "19800101", 2), 107000, "2025-07-01")
			.outcome,
		TAKE_POSTED);
	county_clean(c);
}

/* Money moved from one account to another, from one person to another, and states that do not
 * fit. */
static void rows_that_were_turned(void **state)
{
	struct county *c = season(state);
	int64_t payment = county_ask(c, "SELECT min(id) FROM payment WHERE state = 'posted'");
	int64_t waiting = county_ask(c, "SELECT min(payment) FROM suspense");
	int64_t person = county_ask(c, "SELECT person FROM payment WHERE id = %d", (int)payment);

	lost(c, "account 2",
		county_text(c,
			"UPDATE posting SET credit = 'L6' WHERE payment = %d AND event = 'enrolled'",
			(int)payment));
	assert_true(named(c, "account 6"));
	county_damage(c,
		"UPDATE posting SET credit = 'L2' WHERE payment = %d AND event = 'enrolled'",
		(int)payment);
	county_clean(c);
	lost(c, "account 6",
		county_text(c, "UPDATE suspense SET state = 'resolved' WHERE payment = %d",
			(int)waiting));
	county_damage(c, "UPDATE suspense SET state = 'open' WHERE payment = %d", (int)waiting);
	lost(c, county_text(c, "enrolment %d", (int)person),
		county_text(
			c, "UPDATE payment SET person = person + 1 WHERE id = %d", (int)payment));
	county_damage(c, "UPDATE payment SET person = person - 1 WHERE id = %d", (int)payment);
	county_clean(c);
}

/* Does this very check name this subject? */
static bool found(struct county *c, const char *check, const char *subject)
{
	const struct audit_report *r = county_audit(c);
	size_t n = strlen(subject);

	for (size_t i = 0; i < r->n; i++)
		if (strcmp(r->items[i].check, check) == 0 &&
			str_starts(r->items[i].subject, str_of(subject)) &&
			(r->items[i].subject.n == n ||
				strchr("0123456789", r->items[i].subject.p[n]) == NULL))
			return true;
	return false;
}

struct twist {
	const char *check, *kind; /* who should say it, and of what */
	const char *id;           /* SQL for the id it should name; NULL: the kind alone */
	const char *one, *back;   /* the damage and its undoing; "%lld" is the id */
};

/* Damage that agrees with itself almost everywhere: each check stands on its own feet. */
static const struct twist twists[] = {
	{ "stray_postings", "posting", "SELECT max(id) FROM posting",
		"UPDATE posting SET payment = payment + 1000 WHERE id = %lld",
		"UPDATE posting SET payment = payment - 1000 WHERE id = %lld" },
	{ "payment_postings", "payment",
		"SELECT max(payment) FROM posting WHERE event = 'received'",
		"UPDATE posting SET event = 'suspended' WHERE payment = %lld AND event = 'received'",
		"UPDATE posting SET event = 'received' WHERE payment = %lld AND event = 'suspended'" },
	{ "payment_postings", "payment",
		"SELECT max(payment) FROM posting WHERE event = 'received'",
		"INSERT INTO posting (county, id, day, event, debit, debit_key, credit, credit_key, "
		"fen, payment, audit) SELECT county, 999, day, 'other', 'A8', debit_key, 'A9', "
		"credit_key, fen, payment, audit FROM posting "
		"WHERE payment = %lld AND event = 'received'",
		"DELETE FROM posting WHERE payment = %lld AND event = 'other'" },
	{ "suspense_postings", "payment",
		"SELECT max(payment) FROM posting WHERE event = 'suspended'",
		"UPDATE posting SET event = 'enrolled' WHERE payment = %lld AND event = 'suspended'",
		"UPDATE posting SET event = 'suspended' WHERE payment = %lld AND event = 'enrolled'" },
	{ "posting_shape", "posting", "SELECT max(id) FROM posting",
		"UPDATE posting SET day = day + 1 WHERE id = %lld",
		"UPDATE posting SET day = day - 1 WHERE id = %lld" },
	{ "posting_shape", "posting", "SELECT min(id) FROM posting",
		"UPDATE posting SET person = person + 1 WHERE id = %lld",
		"UPDATE posting SET person = person - 1 WHERE id = %lld" },
	{ "posting_shape", "posting", "SELECT min(id) FROM posting WHERE debit_key = 'alipay'",
		"UPDATE posting SET debit_key = 'abc_counter' WHERE id = %lld",
		"UPDATE posting SET debit_key = 'alipay' WHERE id = %lld" },
	{ "enrolment_bill", "bill", "SELECT max(person) FROM enrolment WHERE fund = 'medical_aid'",
		"UPDATE enrolment SET fund = 'fiscal' WHERE person = %lld",
		"UPDATE enrolment SET fund = 'medical_aid' WHERE person = %lld" },
	{ "enrolment_bill", "bill",
		"SELECT min(person) FROM enrolment WHERE category = 'rural_dibao_1'",
		"UPDATE enrolment SET category = 'rural_dibao_2' WHERE person = %lld",
		"UPDATE enrolment SET category = 'rural_dibao_1' WHERE person = %lld" },
	{ "enrolment_bill", "bill", "SELECT max(person) FROM enrolment WHERE payer = 'self'",
		"UPDATE enrolment SET payer = 'fund' WHERE person = %lld",
		"UPDATE enrolment SET payer = 'self' WHERE person = %lld" },
	{ "accounts", "account 1", "SELECT min(id) FROM posting WHERE event = 'enrolled'",
		"UPDATE posting SET debit = 'A9' WHERE id = %lld",
		"UPDATE posting SET debit = 'L1' WHERE id = %lld" },
	{ "enrolment_money", "enrolment",
		"SELECT max(person) FROM enrolment WHERE payment IS NOT NULL",
		"UPDATE enrolment SET standard_fen = standard_fen + 100, personal_fen = personal_fen + 100 WHERE person = %lld",
		"UPDATE enrolment SET standard_fen = standard_fen - 100, personal_fen = personal_fen - 100 WHERE person = %lld" },
	{ "enrolment_money", "enrolment", "SELECT max(person) FROM payment WHERE state = 'posted'",
		"UPDATE payment SET state = 'suspense' WHERE person = %lld AND state = 'posted' AND serial <> '4'",
		"UPDATE payment SET state = 'posted' WHERE person = %lld AND state = 'suspense' AND serial <> '4'" },
	{ "enrolment_money", "enrolment",
		"SELECT min(person) FROM enrolment WHERE payment IS NOT NULL",
		"UPDATE payment SET person = NULL WHERE person = %lld AND state = 'posted'",
		"UPDATE payment SET person = %lld WHERE person IS NULL" },
	{ "enrolment_bill", "bill", "SELECT max(person) FROM bill WHERE state = 'paid'",
		"UPDATE bill SET state = 'open' WHERE person = %lld",
		"UPDATE bill SET state = 'paid' WHERE person = %lld" },
	{ "enrolment_bill", "bill", "SELECT max(person) FROM bill WHERE state = 'paid'",
		"UPDATE bill SET standard_fen = standard_fen + 100, subsidy_fen = subsidy_fen + 100 WHERE person = %lld",
		"UPDATE bill SET standard_fen = standard_fen - 100, subsidy_fen = subsidy_fen - 100 WHERE person = %lld" },
	{ "bill_settled", "bill", "SELECT min(person) FROM bill WHERE state = 'open'",
		"UPDATE bill SET state = 'paid' WHERE person = %lld",
		"UPDATE bill SET state = 'open' WHERE person = %lld" },
	{ "receipts", "receipt", "SELECT min(payment) FROM receipt",
		"UPDATE receipt SET payment = payment + 1000 WHERE payment = %lld",
		"UPDATE receipt SET payment = payment - 1000 WHERE payment = %lld + 1000" },
	{ "receipt_numbers", "receipt_receipt_2024", "SELECT max(number) FROM receipt",
		"UPDATE receipt SET number = 99 WHERE number = %lld",
		"UPDATE receipt SET number = %lld WHERE number = 99" },
	{ "anywhere", "enrolled_anywhere 0",
		"SELECT max(id) FROM person WHERE id NOT IN (SELECT person FROM enrolment)",
		"INSERT INTO enrolled_anywhere SELECT token, 2024, county FROM person WHERE id = %lld",
		"DELETE FROM enrolled_anywhere WHERE token = (SELECT token FROM person WHERE id = %lld)" },
	{ "anywhere", "enrolled_anywhere", "SELECT min(person) FROM enrolment",
		"UPDATE enrolled_anywhere SET county = 1 WHERE token = (SELECT token FROM person WHERE id = %lld)",
		"UPDATE enrolled_anywhere SET county = 620721 WHERE token = (SELECT token FROM person WHERE id = %lld)" },
	{ "persons", "bill", "SELECT min(person) FROM bill WHERE state = 'open'",
		"UPDATE person SET id = -id WHERE id = %lld",
		"UPDATE person SET id = -id WHERE id = -%lld" },
};

static void each_check_alone(void **state)
{
	struct county *c = season(state);

	for (size_t i = 0; i < ARRAY_LEN(twists); i++) {
		const struct twist *t = &twists[i];
		int64_t id = county_ask(c, "%s", t->id);
		bool counted = strchr(t->kind, ' ') || strstr(t->kind, "receipt_");
		const char *subject =
			counted ? t->kind : county_text(c, "%s %lld", t->kind, (long long)id);

		county_damage(c, t->one, (long long)id);
		if (!found(c, t->check, subject))
			fail_row("%s does not name %s", t->check, subject);
		county_damage(c, t->back, (long long)id);
		county_clean(c);
	}
}

/* Nothing at all is left of what a payment did. */
static void payments_without_a_trace(void **state)
{
	struct county *c = season(state);
	int64_t payment = county_ask(c, "SELECT min(id) FROM payment WHERE state = 'posted'");
	const char *subject = county_text(c, "payment %d", (int)payment);

	county_damage(c, "DELETE FROM enrolment WHERE payment = %d", (int)payment);
	assert_true(found(c, "payment_enrolment", subject));
	assert_false(found(c, "payment_postings", subject));
	county_damage(
		c, "DELETE FROM posting WHERE payment = %d AND event = 'received'", (int)payment);
	county_damage(
		c, "DELETE FROM posting WHERE payment = %d AND event = 'enrolled'", (int)payment);
	assert_true(found(c, "payment_postings", subject));
	/* And when the payment itself is gone with them, its number is missing in the row. */
	county_damage(c, "DELETE FROM receipt WHERE payment = %d", (int)payment);
	county_damage(c, "DELETE FROM payment WHERE id = %d", (int)payment);
	assert_true(found(c, "numbers", "payment 6"));
	assert_true(found(c, "numbers", "posting 10"));
}

/* LB-44: every row that money or a price stands in carries the act that wrote it: who, when,
 * what. */
static void every_row_has_its_author(void **state)
{
	static const char *const tables[] = { "person", "membership", "coverage", "household",
		"bill", "bill_history", "refusal", "payment", "suspense", "posting", "enrolment",
		"import_file", "assess_run" };
	struct county *c = season(state);

	for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
		int64_t rows = county_ask(c, "SELECT count(*) FROM %s", tables[i]);
		int64_t signed_rows = county_ask(c,
			"SELECT count(*) FROM %s t JOIN audit a ON a.county = t.county AND a.id = t.audit "
			"WHERE a.actor = 'tester' AND a.at = %lld",
			tables[i], (long long)c->env.now);

		if (strcmp(tables[i], "household") != 0)
			assert_true(rows > 0);
		if (rows != signed_rows)
			fail_row("%s: %d rows, %d with an author", tables[i], (int)rows,
				(int)signed_rows);
	}
	assert_int_equal(
		county_ask(c, "SELECT count(*) FROM audit WHERE act = 'import_categories'"), 2);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM audit WHERE act = 'take_payment'"), 6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(every_amount),
		BOTH(every_posting_and_receipt),
		BOTH(rows_that_are_gone),
		BOTH(more_rows_that_are_gone),
		BOTH(prices_nobody_set),
		BOTH(every_kind_of_price),
		BOTH(rows_that_were_turned),
		BOTH(each_check_alone),
		BOTH(payments_without_a_trace),
		BOTH(every_row_has_its_author),
	};

	return cmocka_run_group_tests_name("audit", tests, NULL, NULL);
}
