/* SPDX-License-Identifier: Apache-2.0 */
/* Bills and payments in both orders, by every way into the store. */
#include "county.h"

#include "acts/list_money.h"

#define LINGCHENG 341323100000
#define WEIJI 341323101000
#define VILLAGE 341323100201 /* 一村 of 灵城镇 */

struct page_of {
	struct payment_line *items;
	size_t n;
	int64_t next;
};

static struct page_of payments(
	struct county *c, struct scope scope, struct payment_filter f, int64_t from, size_t max)
{
	struct env env = c->env;
	struct page_of p;

	env.scope = scope;
	f.policy = c->policy.pack->code;
	f.until = INT64_MAX;
	assert_int_equal(list_payments(&env, &f, from, max, &c->arena, &p.items, &p.n, &p.next), 0);
	return p;
}

static size_t bills(struct county *c, struct scope scope, struct bill_filter f, int64_t from,
	size_t max, struct bill_line **ret)
{
	struct env env = c->env;
	size_t n;

	env.scope = scope;
	f.policy = c->policy.pack->code;
	assert_int_equal(list_bills(&env, &f, from, max, &c->arena, ret, &n), 0);
	return n;
}

/* Ids of all payments of a filter, `max` a page. */
static size_t walk_payments(struct county *c, struct scope scope, struct payment_filter f,
	size_t max, int64_t ret_ids[16])
{
	struct page_of p = { .next = 0 };
	size_t n = 0;

	do {
		p = payments(c, scope, f, p.next, max);
		for (size_t i = 0; i < p.n && n < 16; i++)
			ret_ids[n++] = p.items[i].pay.id;
	} while (p.next);
	return n;
}

static size_t payments_both_ways(struct county *c, struct scope scope, struct payment_filter f)
{
	int64_t newest[16], oldest[16];
	size_t n = walk_payments(c, scope, f, 1, newest);

	f.rising = true;
	assert_int_equal(walk_payments(c, scope, f, 2, oldest), n);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(newest[i], oldest[n - 1 - i]);
		assert_true(i == 0 || oldest[i] > oldest[i - 1]);
	}
	return n;
}

static size_t walk_bills(struct county *c, struct scope scope, struct bill_filter f, size_t max,
	int64_t ret_persons[64])
{
	struct bill_line *b;
	size_t n = 0, more;

	for (int64_t from = 0; (more = bills(c, scope, f, from, max, &b)) > 0;
		from = b[more - 1].person)
		for (size_t i = 0; i < more && n < 64; i++)
			ret_persons[n++] = b[i].person;
	return n;
}

static size_t bills_both_ways(struct county *c, struct scope scope, struct bill_filter f)
{
	int64_t first[64], last[64];
	size_t n = walk_bills(c, scope, f, 7, first);

	f.falling = true;
	assert_int_equal(walk_bills(c, scope, f, 6, last), n);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(first[i], last[n - 1 - i]);
		assert_true(i == 0 || first[i] > first[i - 1]);
	}
	return n;
}

/* Ten people in each of two towns; one is poor, one a pupil.  Five pay, far apart by their ids; one
 * of the five pays too little. */
static struct county *paying(void **state)
{
	struct county *c = county_make(state, "lingbi-2023");
	const char **here = county_crowd(c, "灵城镇", 10, 100);
	const char **there = county_crowd(c, "韦集镇", 10, 200);

	TAKES(c, categories, .department = STR("civil_affairs"),
		.path = csv(c, "姓名,证件号码,身份类别\n居民200,%s,低保\n", there[0]));
	TAKES(c, students,
		.path = csv(c,
			"学生姓名,身份证号,学校名称,学段,学校所在地\n居民102,%s,县一小,小学,本县\n",
			here[2]));
	c->env.today = day("2022-10-08");
	c->env.now = (int64_t)c->env.today * 86400;
	county_assess(c, "2022-10-01");
	(void)county_pay(c, "wechat", "W1", here[3], 35000, "2022-10-08");
	(void)county_pay(c, "alipay", "A1", there[3], 35000, "2022-10-08");
	(void)county_pay(c, "wechat", "W2", here[4], 100, "2022-10-08");
	/* Several windows of ids away. */
	county_damage(c, "UPDATE counter SET next = 20000 WHERE name = 'payment'");
	(void)county_pay(c, "wechat", "W3", here[5], 35000, "2022-10-08");
	(void)county_pay(c, "wechat", "W4", here[2], 35000, "2022-10-08");
	return c;
}

/* Every way in, in both orders: the same rows, none twice. */
static void lists_both_ways(void **state)
{
	struct county *c = paying(state);
	struct scope all = { 0 }, here = { .division = LINGCHENG },
		     school = { .school = STR("县一小") };
	struct payment_filter any = { 0 }, wait = { .state = STR("suspense") },
			      village = { .division = VILLAGE };
	struct bill_filter each = { 0 }, open = { .state = STR("open") },
			   poor = { .category = STR("dibao") },
			   of_village = { .division = VILLAGE }, of_town = { .division = WEIJI };

	assert_int_equal(payments_both_ways(c, all, any), 5);
	assert_int_equal(payments_both_ways(c, here, any), 4);
	assert_int_equal(payments_both_ways(c, all, wait), 1);
	assert_int_equal(payments_both_ways(c, all, village), 4);
	assert_int_equal(payments_both_ways(c, school, any), 1);
	assert_int_equal(bills_both_ways(c, all, each), 20);
	assert_int_equal(bills_both_ways(c, here, each), 10);
	assert_true(bills_both_ways(c, all, open) > 10);
	assert_int_equal(bills_both_ways(c, all, poor), 1);
	assert_int_equal(bills_both_ways(c, all, of_village), 10);
	assert_int_equal(bills_both_ways(c, all, of_town), 10);
	assert_int_equal(bills_both_ways(c, school, each), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = { BOTH(lists_both_ways) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
