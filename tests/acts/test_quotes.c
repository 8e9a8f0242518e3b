/* SPDX-License-Identifier: Apache-2.0 */
/* What a resident is told: every state and every refusal with what to do, steps that add up, and
 * nobody finding out who is in the register. */
#include "county.h"

#include "acts/holder.h"
#include "acts/name_mask.h"
#include "acts/quote_resident.h"

static const char *const head = "姓名,证件号码,身份类别,纳入资助时间,身份取消时间\n";

static void at(struct county *c, const char *on)
{
	c->env.today = day(on);
	c->env.now = (int64_t)c->env.today * 86400;
}

static int64_t identify(struct county *c, const char *name, const char *number)
{
	unsigned char token[TOKEN_BYTES];
	enum document_fault wrong;
	struct document d;
	int64_t person = -1;
	int rc;

	assert_int_equal(quote_document(&c->env, str_of(number), &d, token, &wrong), 0);
	rc = quote_identify(&c->env, str_of(name), token, &person);
	assert_int_equal(rc, person != 0);
	return person;
}

static const struct quote *quote(struct county *c, const char *number)
{
	int64_t id = county_explain(c, number, "2023-10-01")->person.id;
	struct quote_member *m;
	struct quote *q;
	size_t n;

	assert_int_equal(quote_people(&c->env, &c->policy, &id, 1, &c->arena, &q, &m, &n), 0);
	return q;
}

static void told(struct county *c, const char *number, enum quote_state state, const char *reason,
	const char *todo)
{
	const struct quote *q = quote(c, number);

	assert_string_equal(quote_state_code(q->state), quote_state_code(state));
	if (reason)
		assert_string_equal(q->reason ? q->reason : "", reason);
	else
		assert_null(q->reason);
	if (str_find(q->todo_zh, str_of(todo)) < 0)
		fail_row("%s is not in %.*s", todo, STR_ARG(q->todo_zh));
	assert_true(q->todo_en.n > 10);
	assert_int_equal(strlen(q->masked), 18);
	assert_int_equal(q->bill[0] != '\0', state == QUOTE_RENEW || state == QUOTE_FIRST);
}

/* LB-26: who showed name and number is known; nobody else is, and marks for characters that could
 * not be written prove nothing. */
static void who_somebody_is(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char **n = county_crowd(c, "皇城镇", 2, 0);

	assert_true(identify(c, "甲", n[0]) > 0);
	assert_true(identify(c, " 甲　", n[0]) > 0);
	assert_int_equal(identify(c, "乙", n[0]), 0);
	assert_int_equal(identify(c, "?", n[0]), 0);
	assert_int_equal(identify(c, "？", n[0]), 0);
	assert_int_equal(identify(c, "*", n[0]), 0);
	assert_int_equal(identify(c, "□", n[0]), 0);
	assert_int_equal(identify(c, "甲", citizen(c, "19900101", 5)), 0);
	assert_int_equal(identify(c, "〇", citizen(c, "19900101", 5)), 0);
}

/* LB-26, LB-40: each state with its words; the year before makes the difference between renewing
 * and beginning. */
static void every_state(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char **n = county_crowd(c, "皇城镇", 8, 0);

	at(c, "2023-09-15");
	TAKES(c, categories, .department = STR("civil_affairs"),
		.path = csv(c, "%s甲,%s,特困人员,2022-01-01,\n", head, n[0]));
	TAKES(c, coverage,
		.path = csv(c,
			"姓名,证件号码,险种,参保日期,停保日期\n乙,%s,职工医保,2020-01-01,\n"
			"丙,%s,职工医保,2020-01-01,2023-05-01\n",
			n[1], n[2]));
	told(c, n[0], QUOTE_FUNDED, NULL, "全额资助");
	told(c, n[1], QUOTE_REFUSED, "in_employee_insurance", "职工医保");
	told(c, n[2], QUOTE_RENEW, NULL, "网上就能缴");
	told(c, n[3], QUOTE_FIRST, NULL, "完成参保");
	county_pay(c, "alipay", "S1", n[3], 38000, "2023-09-15");
	told(c, n[3], QUOTE_ENROLLED, NULL, "不用再缴");
	county_assess(c, "2023-09-15");
	told(c, n[0], QUOTE_FUNDED, NULL, "不用再缴");
	county_damage(c, "UPDATE person SET died_on = 19600 WHERE name = '戊'");
	told(c, n[4], QUOTE_REFUSED, "deceased", "户口簿");
	county_damage(c, "UPDATE person SET register = 0 WHERE name = '己'");
	told(c, n[5], QUOTE_REFUSED, "not_local", "居住证");
	at(c, "2023-09-01");
	told(c, n[6], QUOTE_REFUSED, "before_window", "2023-09-10 至 2023-12-31");
	at(c, "2024-01-02");
	told(c, n[6], QUOTE_REFUSED, "outside_window", "新生儿");
	told(c, n[3], QUOTE_ENROLLED, NULL, "不用再缴");
}

/* Enrolled in another county this year: nothing to pay here, and it is said. */
static void enrolled_elsewhere(void **state)
{
	struct county *c = county_make(state, "sunan-2024"), *other;
	const char *number = county_crowd(c, "皇城镇", 1, 0)[0];

	other = county_beside(c, "yunhe-2025");
	(void)other;
	at(c, "2023-09-15");
	county_pay(c, "alipay", "S1", number, 38000, "2023-09-15");
	county_damage(c, "UPDATE enrolled_anywhere SET county = 999999");
	county_damage(c, "UPDATE enrolment SET ended = 1");
	told(c, number, QUOTE_REFUSED, "enrolled_elsewhere", "别的县");
}

/* SN-07: two categories at once, the higher one counts; the steps begin with the standard, add up
 * to what is left to pay, and each bears its clause with words. */
static void steps_add_up(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char *number = county_crowd(c, "皇城镇", 1, 0)[0];
	struct ruling_step *s;
	const struct quote *q;
	int64_t sum = 0;
	size_t n, clauses = 0;

	TAKES(c, categories, .department = STR("civil_affairs"),
		.path = csv(c, "%s甲,%s,农村三类低保,2022-01-01,\n", head, number));
	TAKES(c, categories, .department = STR("rural_revitalisation"),
		.path = csv(c, "%s甲,%s,已脱贫人口,2022-01-01,\n", head, number));
	at(c, "2023-09-15");
	q = quote(c, number);
	assert_int_equal(q->payable_fen, 13000);
	assert_str(q->category, "农村三类低保");
	assert_int_equal(ruling_steps(c->policy.pack, &q->facts, &q->ruling, &c->arena, &s, &n), 0);
	assert_int_equal(n, 7);
	assert_int_equal(s[0].fen, 38000);
	for (size_t i = 0; i < n; i++)
		if (i == 0 || s[i].fen < 0)
			sum += s[i].fen == STEP_NO_MONEY ? 0 : s[i].fen;
	assert_int_equal(sum, 13000);
	for (size_t i = 0; i < n; i++)
		clauses += s[i].clause.n > 0;
	assert_int_equal(clauses, n);
	for (size_t i = 0; i < q->n_cites; i++)
		assert_true(q->cites[i].text.n > 0);
	/* The same amount as the engine's own explanation. */
	assert_int_equal(county_explain(c, number, "2023-09-15")->ruling.payable.fen, 13000);
}

/* SN-26: the household is shown by masked names, without the dead and those asked about; the last
 * four of the number let one in, and nobody of another household. */
static void a_household(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char *a = citizen(c, "19800101", 11), *b = citizen(c, "19810101", 12),
		   *d = citizen(c, "19500101", 13), *e = citizen(c, "19820101", 14);
	struct quote_member *m;
	struct quote *q;
	int64_t first, got = 0;
	size_t n;

	TAKES(c, residents,
		.path = csv(c,
			"姓名,证件号码,乡镇,户号,与户主关系,死亡日期\n欧阳一,%s,皇城镇,H1,户主,\n"
			"司马二三,%s,皇城镇,H1,配偶,\n欧阳故,%s,皇城镇,H1,父,2020-01-01\n"
			"王外,%s,皇城镇,H2,户主,\n",
			a, b, d, e));
	first = identify(c, "欧阳一", a);
	assert_int_equal(quote_people(&c->env, &c->policy, &first, 1, &c->arena, &q, &m, &n), 0);
	assert_int_equal(n, 1);
	assert_str(m[0].name, "司马**");
	assert_str(m[0].relation, "配偶");
	assert_false(m[0].enrolled);
	assert_int_equal(
		quote_member_by_tail(&c->env, &c->policy, first, m[0].place, STR("0000"), &got), 0);
	assert_int_equal(
		quote_member_by_tail(&c->env, &c->policy, first, m[0].place, str_of(b + 14), &got),
		1);
	assert_int_equal(got, identify(c, "司马二三", b));
	/* The dead, and places nobody holds. */
	for (int place = -1; place < 6; place++)
		if (place != m[0].place && place != 1)
			assert_int_equal(quote_member_by_tail(&c->env, &c->policy, first, place,
						 str_of(d + 14), &got),
				0);
}

static void masks(void **state)
{
	static const char *const cases[][2] = { { "张三", "张*" }, { "欧阳修文", "欧阳**" },
		{ "欧阳", "欧*" }, { "才让卓玛吉祥", "才****" }, { "王", "*" }, { "", "*" },
		{ "Anna Maria Lopez", "A****" } };
	struct arena a;

	(void)state;
	arena_init(&a, 1u << 16);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_str(name_mask(&a, str_of(cases[i][0])), cases[i][1]);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(who_somebody_is),
		BOTH(every_state),
		BOTH(enrolled_elsewhere),
		BOTH(steps_add_up),
		BOTH(a_household),
		cmocka_unit_test(masks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
