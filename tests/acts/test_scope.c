/* SPDX-License-Identifier: Apache-2.0 */
/* Who sees whom: sibling towns, departments, schools, channels; looks and masks. */
#include "county.h"

#include "acts/counter_payment.h"
#include "acts/find_people.h"
#include "acts/list_money.h"
#include "acts/look.h"
#include "acts/read_missing.h"
#include "acts/recent.h"
#include "acts/unmask.h"

#define LINGCHENG 341323100000
#define WEIJI 341323101000
#define VILLAGE 341323100201 /* 一村 of 灵城镇 */

/* Ten people in each of two towns; one of each on civil affairs' list, one at 县一小; bills made,
 * one paid in each town and one payment of nobody's. */
struct two {
	struct county *c;
	const char **here, **there;
};

static int64_t id_of(struct county *c, const char *name)
{
	return county_ask(c, "SELECT id FROM person WHERE name = '%s'", name);
}

static struct two two_towns(void **state)
{
	struct county *c = county_make(state, "lingbi-2023");
	struct two t = { c, county_crowd(c, "灵城镇", 10, 100),
		county_crowd(c, "韦集镇", 10, 200) };

	recent_forget();
	TAKES(c, categories, .department = STR("civil_affairs"),
		.path = csv(c, "姓名,证件号码,身份类别\n居民100,%s,特困\n居民200,%s,低保\n",
			t.here[0], t.there[0]));
	TAKES(c, categories, .department = STR("rural_revitalisation"),
		.path = csv(c, "姓名,证件号码,身份类别\n居民101,%s,脱贫人口\n", t.here[1]));
	TAKES(c, students,
		.path = csv(c,
			"学生姓名,身份证号,学校名称,学段,学校所在地\n居民102,%s,县一小,小学,本县\n居民202,%s,县二小,小学,本县\n",
			t.here[2], t.there[2]));
	c->env.today = day("2022-10-08");
	c->env.now = (int64_t)c->env.today * 86400;
	county_assess(c, "2022-10-01");
	assert_int_equal(
		county_pay(c, "wechat", "W1", t.here[3], 35000, "2022-10-08").outcome, TAKE_POSTED);
	assert_int_equal(county_pay(c, "alipay", "A1", t.there[3], 35000, "2022-10-08").outcome,
		TAKE_POSTED);
	assert_int_equal(county_pay(c, "wechat", "W2", t.here[4], 100, "2022-10-08").outcome,
		TAKE_SUSPENDED);
	return t;
}

static struct env env_in(struct county *c, struct scope scope)
{
	struct env env = c->env;

	env.scope = scope;
	env.actor = STR("clerk");
	return env;
}

static struct found_people find(struct county *c, struct scope scope, struct find_request q)
{
	struct env env = env_in(c, scope);
	struct found_people p;
	struct err err = { "" };

	if (find_people(&env, &c->policy, &q, &c->arena, &p, &err) < 0)
		fail_row("%s", err.text);
	return p;
}

static size_t found_by_name(struct county *c, struct scope scope, const char *name)
{
	return find(c, scope, (struct find_request){ .name = str_of(name) }).n;
}

static size_t found_by_number(struct county *c, struct scope scope, const char *number)
{
	return find(c, scope, (struct find_request){ .number = str_of(number) }).n;
}

/* SQ-33: each town looks into its own part of the register. */
static void searching(void **state)
{
	struct two t = two_towns(state);
	struct scope all = { 0 }, here = { .division = LINGCHENG }, there = { .division = WEIJI };
	struct found_people p;

	assert_int_equal(found_by_name(t.c, all, "居民"), 20);
	assert_int_equal(found_by_name(t.c, here, "居民"), 10);
	assert_int_equal(found_by_name(t.c, there, "居民"), 10);
	assert_int_equal(found_by_name(t.c, (struct scope){ .division = VILLAGE }, "居民"), 10);
	assert_int_equal(found_by_name(t.c, here, "居民200"), 0);
	assert_int_equal(found_by_number(t.c, here, t.there[0]), 0);
	assert_int_equal(found_by_number(t.c, there, t.there[0]), 1);
	assert_int_equal(found_by_number(t.c, all, "110101"), 0);
	/* One character is a whole name, not the beginning of one. */
	assert_int_equal(found_by_name(t.c, all, "居"), 0);
	assert_int_equal(found_by_name(t.c, (struct scope){ .nothing = true }, "居民"), 0);
	assert_int_equal(found_by_name(t.c, (struct scope){ .channel = STR("wechat") }, "居民"), 0);
	p = find(t.c, all, (struct find_request){ .name = STR("居民"), .division = WEIJI });
	assert_int_equal(p.n, 10);
	assert_str(p.items[0].who.town, "韦集镇");
	assert_non_null(strstr(p.items[0].masked, "****"));
	p = find(t.c, all, (struct find_request){ .number = str_of(t.here[3]) });
	assert_int_equal(p.items[0].who.standing, STANDING_ENROLLED);
	/* Counted in the trail, without whom it was about. */
	assert_int_equal(
		county_ask(t.c, "SELECT count(*) FROM audit WHERE act = 'find_people'"), 13);
	assert_int_equal(
		county_ask(t.c,
			"SELECT count(*) FROM audit WHERE act = 'find_people' AND (detail LIKE "
			"'%%居民%%' OR detail LIKE '%%3413%%' OR subject IS NOT NULL)"),
		0);
}

/* A department sees who is on its lists, a school its own students. */
static void departments_and_schools(void **state)
{
	struct two t = two_towns(state);
	struct scope civil = { .department = STR("civil_affairs") },
		     rural = { .department = STR("rural_revitalisation") },
		     school = { .school = STR("县一小") };

	assert_int_equal(found_by_name(t.c, civil, "居民"), 2);
	assert_int_equal(found_by_name(t.c, rural, "居民"), 1);
	assert_int_equal(found_by_number(t.c, rural, t.here[0]), 0);
	assert_int_equal(found_by_name(t.c, school, "居民"), 1);
	assert_int_equal(found_by_number(t.c, school, t.there[2]), 0);
	/* Who left the list is still theirs for a year, and then no longer. */
	TAKES(t.c, categories, .department = STR("rural_revitalisation"),
		.path = csv(t.c,
			"姓名,证件号码,身份类别,取消日期\n居民101,%s,脱贫人口,2022-10-08\n",
			t.here[1]));
	assert_int_equal(found_by_name(t.c, rural, "居民"), 1);
	t.c->env.today = day("2023-10-09");
	assert_int_equal(found_by_name(t.c, rural, "居民"), 0);
}

static int read_record(struct county *c, struct scope scope, int64_t id, struct explanation *x)
{
	struct env env = env_in(c, scope);
	struct err err = { "" };

	if (explain_person(
		    &env, &c->policy, id, STR("town_office"), c->env.today, &c->arena, x, &err) < 0)
		fail_row("%s", err.text);
	return x->found;
}

/* A record is opened within the scope only, and the person can see by whom. */
static void records_and_looks(void **state)
{
	struct two t = two_towns(state);
	struct scope here = { .division = LINGCHENG }, there = { .division = WEIJI };
	struct explanation *x = ARENA_NEW(&t.c->arena, struct explanation);
	int64_t id = id_of(t.c, "居民103");
	struct env env = env_in(t.c, there);
	struct look *looks;
	size_t n;

	assert_int_equal(read_record(t.c, here, id, x), 1);
	assert_str(x->person.name, "居民103");
	assert_int_equal(x->n_payments, 1);
	assert_int_equal(strlen(x->masked), 18);
	assert_non_null(strstr(x->masked, "********"));
	assert_int_equal(read_record(t.c, there, id, x), 0);
	assert_int_equal(read_record(t.c, here, 999999, x), 0);
	assert_int_equal(read_record(t.c, (struct scope){ .nothing = true }, id, x), 0);
	assert_int_equal(look_list_within(&env, id, 0, 10, &t.c->arena, &looks, &n), 0);
	env = env_in(t.c, here);
	assert_int_equal(look_list_within(&env, id, 0, 10, &t.c->arena, &looks, &n), 1);
	assert_int_equal(n, 1);
	assert_int_equal(looks[0].what, LOOK_RECORD);
	assert_str(looks[0].actor, "clerk");
	assert_str(looks[0].office, "town_office");
}

static void whole_numbers(void **state)
{
	struct two t = two_towns(state);
	struct env env = env_in(t.c, (struct scope){ .division = LINGCHENG });
	int64_t id = id_of(t.c, "居民103"), other = id_of(t.c, "居民203");
	struct err err = { "" };
	struct unmasked u;

	env.reason = STR("核对");
	assert_int_equal(unmask(&env, id, STR("town_office"), &t.c->arena, &u, &err), FAULT_FORMAT);
	env.reason = str_of(county_text(t.c, "核对证件%s", t.here[3]));
	assert_int_equal(unmask(&env, id, STR("town_office"), &t.c->arena, &u, &err), FAULT_FORMAT);
	assert_int_equal(county_ask(t.c, "SELECT count(*) FROM look"), 0);
	env.reason = STR("电话核实参保情况");
	assert_int_equal(unmask(&env, other, STR("town_office"), &t.c->arena, &u, &err), 0);
	assert_int_equal(county_ask(t.c, "SELECT count(*) FROM look"), 0);
	assert_int_equal(unmask(&env, id, STR("town_office"), &t.c->arena, &u, &err), 1);
	assert_str(u.number, t.here[3]);
	assert_null(u.phone.p);
	assert_int_equal(
		county_ask(t.c,
			"SELECT count(*) FROM look WHERE what = 'unmask' AND reason = '电话核实参保情况'"),
		1);
	assert_int_equal(
		county_ask(t.c,
			"SELECT count(*) FROM audit WHERE act = 'unmask' AND reason = '电话核实参保情况'"),
		1);
}

struct page_of {
	struct payment_line *items;
	size_t n;
	int64_t next;
};

static struct page_of payments(
	struct county *c, struct scope scope, struct payment_filter f, int64_t before, size_t max)
{
	struct env env = env_in(c, scope);
	struct page_of p;

	f.policy = c->policy.pack->code;
	if (!f.until)
		f.until = INT64_MAX;
	assert_int_equal(
		list_payments(&env, &f, before, max, &c->arena, &p.items, &p.n, &p.next), 0);
	return p;
}

static void lists_of_payments(void **state)
{
	struct two t = two_towns(state);
	struct scope all = { 0 }, here = { .division = LINGCHENG }, there = { .division = WEIJI };
	struct payment_filter any = { 0 }, wait = { .state = STR("suspense") },
			      village = { .division = VILLAGE };
	struct page_of p = payments(t.c, all, any, 0, 2);

	assert_int_equal(p.n, 2);
	assert_str(p.items[0].pay.serial, "W2");
	assert_str(p.items[0].pay.reason, "wrong_amount");
	p = payments(t.c, all, any, p.next, 2);
	assert_int_equal(p.n, 1);
	assert_str(p.items[0].pay.serial, "W1");
	assert_str(p.items[0].name, "居民103");
	assert_true(p.items[0].pay.receipt > 0);
	assert_int_equal(p.next, 0);
	p = payments(t.c, here, any, 0, 9);
	assert_int_equal(p.n, 2);
	p = payments(t.c, there, any, 0, 9);
	assert_int_equal(p.n, 1);
	assert_str(p.items[0].pay.serial, "A1");
	assert_int_equal(payments(t.c, here, wait, 0, 9).n, 1);
	assert_int_equal(payments(t.c, there, wait, 0, 9).n, 0);
	assert_int_equal(payments(t.c, here, village, 0, 9).n, 2);
	assert_int_equal(payments(t.c, there, village, 0, 9).n, 0);
	assert_int_equal(payments(t.c, (struct scope){ .channel = STR("alipay") }, any, 0, 9).n, 1);
	assert_int_equal(payments(t.c, (struct scope){ .school = STR("县一小") }, any, 0, 9).n, 0);
	assert_int_equal(payments(t.c, (struct scope){ .nothing = true }, any, 0, 9).n, 0);
	any.channel = STR("wechat");
	assert_int_equal(payments(t.c, all, any, 0, 9).n, 2);
	any.until = (int64_t)day("2022-10-07") * 86400;
	assert_int_equal(payments(t.c, all, any, 0, 9).n, 0);
}

static size_t bills(struct county *c, struct scope scope, struct bill_filter f, int64_t after,
	size_t max, struct bill_line **ret)
{
	struct env env = env_in(c, scope);
	size_t n;

	f.policy = c->policy.pack->code;
	assert_int_equal(list_bills(&env, &f, after, max, &c->arena, ret, &n), 0);
	return n;
}

static void lists_of_bills(void **state)
{
	struct two t = two_towns(state);
	struct scope all = { 0 }, here = { .division = LINGCHENG }, there = { .division = WEIJI };
	struct bill_filter any = { 0 }, paid = { .state = STR("paid") },
			   poor = { .category = STR("dibao") }, village = { .division = VILLAGE },
			   town = { .division = WEIJI };
	struct bill_line *b;
	size_t n, sum = 0;

	for (int64_t after = 0; (n = bills(t.c, all, any, after, 7, &b)) > 0;
		after = b[n - 1].person)
		sum += n;
	assert_int_equal(sum, 20);
	assert_int_equal(bills(t.c, all, paid, 0, 9, &b), 2);
	assert_int_equal(bills(t.c, here, paid, 0, 9, &b), 1);
	assert_str(b[0].name, "居民103");
	assert_str(b[0].village, "一村");
	town.state = paid.state;
	assert_int_equal(bills(t.c, there, town, 0, 9, &b), 1);
	assert_str(b[0].name, "居民203");
	assert_int_equal(bills(t.c, here, town, 0, 9, &b), 0);
	village.state = paid.state;
	assert_int_equal(bills(t.c, here, village, 0, 9, &b), 1);
	assert_int_equal(bills(t.c, there, village, 0, 9, &b), 0);
	assert_int_equal(bills(t.c, all, poor, 0, 9, &b), 1);
	assert_int_equal(bills(t.c, here, poor, 0, 9, &b), 0);
	assert_int_equal(bills(t.c, (struct scope){ .school = STR("县一小") }, any, 0, 9, &b), 1);
	assert_str(b[0].name, "居民102");
	assert_int_equal(
		bills(t.c, (struct scope){ .department = STR("civil_affairs") }, any, 0, 9, &b), 2);
	assert_int_equal(bills(t.c, (struct scope){ .nothing = true }, any, 0, 9, &b), 0);
}

static size_t missing(
	struct county *c, struct scope scope, struct missing_request q, struct missing_line **ret)
{
	struct env env = env_in(c, scope);
	size_t n;

	if (!q.max)
		q.max = 50;
	assert_int_equal(read_missing(&env, &c->policy, c->env.today, &q, &c->arena, ret, &n), 0);
	return n;
}

/* LB-41: the village's ledger, page by page, masked; LB-04: those who must be covered, by name. */
static void villages_without_cover(void **state)
{
	struct two t = two_towns(state);
	struct scope here = { .division = LINGCHENG };
	struct missing_request q = { .village = VILLAGE, .max = 4 };
	struct missing_line *m;
	struct env env = env_in(t.c, here);
	size_t n, sum = 0;

	for (; (n = missing(t.c, here, q, &m)) > 0; sum += n) {
		assert_true(n <= 4);
		assert_non_null(strstr(m[0].masked, "********"));
		q.after_household = m[n - 1].who.household;
		q.after_person = m[n - 1].who.person;
	}
	/* Ten less the one who paid and the one the bureau enrolled. */
	assert_int_equal(sum, 8);
	q = (struct missing_request){ .village = VILLAGE };
	assert_int_equal(missing(t.c, (struct scope){ .division = WEIJI }, q, &m), 0);
	assert_int_equal(
		missing(t.c, (struct scope){ .department = STR("rural_revitalisation") }, q, &m),
		1);
	assert_str(m[0].who.name, "居民101");
	q.special = true;
	assert_int_equal(missing(t.c, here, q, &m), 1);
	assert_str(m[0].who.name, "居民101");
	assert_true(m[0].category.p != NULL);
	q.village = 341323999999;
	q.max = 9;
	assert_int_equal(read_missing(&env, &t.c->policy, t.c->env.today, &q, &t.c->arena, &m, &n),
		FAULT_MISSING);
}

static int take(struct county *c, struct scope scope, enum role role, int64_t person,
	const char *channel, const char *serial, int64_t fen, struct take_result *ret)
{
	struct env env = env_in(c, scope);
	struct counter_request q = { role, person, str_of(channel), str_of(serial), { fen } };
	struct err err = { "" };

	return counter_payment(&env, &c->policy, &q, ret, &err);
}

/* LB-21: a village agent takes what is due of its own people, and nothing else. */
static void at_the_counter(void **state)
{
	struct two t = two_towns(state);
	struct scope here = { .division = LINGCHENG };
	int64_t id = id_of(t.c, "居民105"), other = id_of(t.c, "居民205");
	int64_t before = county_ask(t.c, "SELECT count(*) FROM payment");
	struct take_result r;

	assert_int_equal(
		take(t.c, here, ROLE_VILLAGE_AGENT, other, "village_agent", "S1", 35000, &r),
		FAULT_MISSING);
	assert_int_equal(
		take(t.c, here, ROLE_VILLAGE_AGENT, id, "wechat", "S1", 35000, &r), FAULT_FORMAT);
	assert_int_equal(
		take(t.c, here, ROLE_SCHOOL, id, "village_agent", "S1", 35000, &r), FAULT_FORMAT);
	assert_int_equal(take(t.c, here, ROLE_VILLAGE_AGENT, id, "village_agent", "S1", 34000, &r),
		FAULT_CONFLICT);
	assert_int_equal(take(t.c, here, ROLE_VILLAGE_AGENT, id_of(t.c, "居民103"), "village_agent",
				 "S1", 35000, &r),
		FAULT_CONFLICT);
	assert_int_equal(county_ask(t.c, "SELECT count(*) FROM payment"), before);
	assert_int_equal(
		take(t.c, here, ROLE_VILLAGE_AGENT, id, "village_agent", "S1", 35000, &r), 0);
	assert_int_equal(r.outcome, TAKE_POSTED);
	assert_true(r.receipt > 0);
	assert_int_equal(take(t.c, here, ROLE_VILLAGE_AGENT, id, "village_agent", "S2", 35000, &r),
		FAULT_CONFLICT);
	assert_int_equal(county_ask(t.c, "SELECT count(*) FROM payment"), before + 1);
	county_clean(t.c);
}

/* SQ-37, LB-04: sums for everyone's dashboard name nobody; a town's waiting money is its own. */
static void sums_without_names(void **state)
{
	struct two t = two_towns(state);
	struct env env = env_in(t.c, (struct scope){ .division = WEIJI });
	struct report_request q = { .policy = &t.c->policy, .on = t.c->env.today };
	struct err err = { "" };
	struct report r;

	assert_int_equal(report_groups(&env, &q, &t.c->arena, &r, &err), 0);
	assert_int_equal(report_at(&r, "特困人员", "total")->number, 1);
	assert_int_equal(report_at(&r, "特困人员", "enrolled")->number, 1);
	q.town = WEIJI;
	assert_int_equal(report_groups(&env, &q, &t.c->arena, &r, &err), 0);
	assert_int_equal(report_at(&r, "特困人员", "total")->number, 0);
	q.town = 0;
	assert_int_equal(report_waiting(&env, &q, &t.c->arena, &r, &err), 0);
	assert_int_equal(report_total(&r, "count")->number, 0);
	env.scope.division = LINGCHENG;
	assert_int_equal(report_waiting(&env, &q, &t.c->arena, &r, &err), 0);
	assert_int_equal(report_total(&r, "count")->number, 1);
	assert_int_equal(report_total(&r, "amount_fen")->number, 100);
}

/* LB-43: from the county down to the village, and day by day; each adds up to the one above. */
static void drilling_down(void **state)
{
	struct two t = two_towns(state);
	struct report_request q = { .policy = &t.c->policy, .on = t.c->env.today, .recent = true };
	struct report *all = county_read(t.c, report_progress, "2022-10-08");
	struct err err = { "" };
	struct report r;
	int64_t sum = 0;

	assert_int_equal(report_at(all, "灵城镇", "town")->number, LINGCHENG);
	q.town = LINGCHENG;
	assert_int_equal(report_villages(&t.c->env, &q, &t.c->arena, &r, &err), 0);
	assert_int_equal(report_at(&r, "一村", "enrolled")->number,
		report_at(all, "灵城镇", "enrolled")->number);
	assert_int_equal(report_at(&r, "二村", "enrolled")->number, 0);
	assert_int_equal(report_at(&r, "一村", "village")->number, VILLAGE);
	assert_int_equal(report_days(&t.c->env, &q, &t.c->arena, &r, &err), 0);
	for (size_t i = 0; i < r.n_rows; i++)
		sum += r.cells[i * r.n_columns + 1].number;
	assert_int_equal(sum, report_at(all, "灵城镇", "enrolled")->number);
	q.town = VILLAGE;
	assert_int_equal(report_villages(&t.c->env, &q, &t.c->arena, &r, &err), FAULT_MISSING);
}

int main(void)
{
	const struct CMUnitTest tests[] = { BOTH(searching), BOTH(departments_and_schools),
		BOTH(records_and_looks), BOTH(whole_numbers), BOTH(lists_of_payments),
		BOTH(lists_of_bills), BOTH(villages_without_cover), BOTH(at_the_counter),
		BOTH(sums_without_names), BOTH(drilling_down) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
