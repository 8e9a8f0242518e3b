/* SPDX-License-Identifier: Apache-2.0 */
/* Papers, registrations and tickets: whose they are, who decides, what a sibling town sees. */
#include "county.h"

#include "acts/answer_ticket.h"
#include "acts/ask_registration.h"
#include "acts/decide_registration.h"
#include "acts/file_evidence.h"
#include "acts/open_ticket.h"
#include "acts/quote_resident.h"

#define HUANGCHENG 620721101000
#define SIBLING 620721102000

static const char jpeg[] = "\xff\xd8\xff\xe0 a made up picture of a birth certificate";

static void at(struct county *c, const char *on)
{
	c->env.today = day(on);
	c->env.now = (int64_t)c->env.today * 86400;
}

static int file(struct county *c, const char *code, const char *media, struct str bytes)
{
	struct evidence_paper_new q = { str_of(code), STR("birth_certificate"), str_of(media),
		bytes };
	struct err err;

	return file_evidence(&c->env, &q, &err);
}

static void filed(struct county *c, const char *code)
{
	assert_int_equal(file(c, code, "image/jpeg", (struct str){ jpeg, sizeof(jpeg) }), 0);
}

/* Only what the bytes are; sealed at rest; unclaimed for two days at most. */
static void papers(void **state)
{
	struct county *c = county_make(state, "sunan-2024");

	at(c, "2023-10-10");
	filed(c, "one");
	assert_int_equal(
		file(c, "x", "image/png", (struct str){ jpeg, sizeof(jpeg) }), FAULT_FORMAT);
	assert_int_equal(file(c, "x", "image/jpeg", STR("GIF89a………")), FAULT_FORMAT);
	assert_int_equal(file(c, "x", "application/pdf", STR("")), FAULT_FORMAT);
	assert_int_equal(file(c, "x", "text/html", STR("<script>")), FAULT_FORMAT);
	assert_int_equal(
		file(c, "one", "image/jpeg", (struct str){ jpeg, sizeof(jpeg) }), FAULT_CONFLICT);
	assert_int_equal(county_ask(c, "SELECT bytes FROM evidence"), sizeof(jpeg));
	assert_int_equal(
		county_ask(c, "SELECT length(sealed) FROM evidence"), sizeof(jpeg) + SEAL_OVERHEAD);
	c->env.now += EVIDENCE_LOOSE_SECONDS;
	filed(c, "two");
	assert_int_equal(county_ask(c, "SELECT count(*) FROM evidence"), 2);
	c->env.now += 1;
	filed(c, "three");
	assert_int_equal(county_ask(c, "SELECT count(*) FROM evidence WHERE code = 'one'"), 0);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM evidence"), 2);
}

struct asked {
	struct county *c;
	struct document document;
	unsigned char token[TOKEN_BYTES];
	struct registration_ask q;
	struct str codes[2];
	struct registration_state state;
	struct err err;
};

static int ask(struct asked *a, struct county *c, const char *code, const char *name,
	const char *number, const char *birth)
{
	enum document_fault wrong;

	a->c = c;
	assert_int_equal(
		quote_document(&c->env, str_of(number), &a->document, a->token, &wrong), 0);
	a->q.code = str_of(code);
	a->q.name = str_of(name);
	a->q.document = &a->document;
	a->q.token = a->token;
	a->q.sex = 1;
	a->q.birth = day(birth);
	a->q.evidence = a->codes;
	a->err.text[0] = '\0';
	return ask_registration(&c->env, &c->policy, &a->q, &c->arena, &a->state, &a->err);
}

static size_t seen(struct county *c, int64_t division, const char *wanted)
{
	struct registration_view *items;
	struct env env = c->env;
	size_t n;

	env.scope.division = division;
	assert_int_equal(list_registrations(&env, str_of(wanted), 0, 10, &c->arena, &items, &n), 0);
	return n;
}

static int decide(struct county *c, int64_t division, int64_t id, bool accept, const char *reason,
	struct registration_view *ret)
{
	struct env env = c->env;
	struct err err;

	env.scope.division = division;
	env.actor = STR("town");
	return decide_registration(&env, id, accept, str_of(reason), &c->arena, ret, &err);
}

/* LB-07, SN-14, SQ-17: a newborn joins the guardian's village, register and household, under its
 * own name and number; only the guardian's town decides, and a paper counts once. */
static void a_newborn(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char *guardian = citizen(c, "19900101", 11), *number = citizen(c, "20240115", 13);
	struct asked a = { .q = { .newborn = true, .n_evidence = 1 }, .codes = { STR("paper") } };
	struct registration_view v;
	struct evidence *papers_;
	struct env env;
	size_t n;

	TAKES(c, residents,
		.path = csv(c, "姓名,证件号码,乡镇,村,户号\n母亲,%s,皇城镇,一村,H7\n", guardian));
	at(c, "2024-02-01");
	a.q.guardian = county_explain(c, guardian, "2023-10-01")->person.id;
	assert_int_equal(ask(&a, c, "r1", "小明", number, "2024-01-15"), FAULT_FORMAT);
	filed(c, "paper");
	assert_int_equal(ask(&a, c, "r1", "小明", number, "2024-01-15"), 0);
	assert_str(a.state.state, "asked");
	assert_int_equal(ask(&a, c, "r2", "小明", number, "2024-01-15"), FAULT_CONFLICT);
	assert_int_equal(ask(&a, c, "r2", "小红", number, "2024-01-15"), FAULT_FORMAT);
	assert_int_equal(ask(&a, c, "r3", "小明", number, "2013-01-15"), FAULT_FORMAT);
	assert_int_equal(seen(c, HUANGCHENG, "asked"), 1);
	assert_int_equal(seen(c, SIBLING, ""), 0);
	assert_int_equal(decide(c, SIBLING, a.state.id, true, "", &v), FAULT_MISSING);
	assert_int_equal(decide(c, HUANGCHENG, a.state.id, false, "", &v), FAULT_FORMAT);
	assert_int_equal(decide(c, HUANGCHENG, a.state.id, true, "", &v), 0);
	assert_str(v.row.state, "accepted");
	assert_str(v.row.decided_by, "town");
	assert_int_equal(decide(c, HUANGCHENG, a.state.id, false, "晚了", &v), FAULT_CONFLICT);
	assert_str(county_explain(c, number, "2024-02-01")->person.household, "H7");
	assert_string_equal(county_ruling(c, number, "2024-02-01"), "newborn");
	assert_int_equal(
		county_explain(c, number, "2024-02-01")->ruling.benefit_from, day("2024-01-15"));
	env = c->env;
	env.scope.division = SIBLING;
	assert_int_equal(
		read_evidence_list(&env, v.row.person, &c->arena, &papers_, &n), FAULT_MISSING);
	env.scope.division = HUANGCHENG;
	assert_int_equal(read_evidence_list(&env, v.row.person, &c->arena, &papers_, &n), 0);
	assert_int_equal(n, 1);
	county_clean(c);
}

/* A paper is opened by the office of its area, and the person learns of it. */
static void a_paper_is_read(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	struct asked a = { .q = { .division = 620721101201, .registered = true, .n_evidence = 1 },
		.codes = { STR("paper") } };
	struct registration_view v;
	struct str media, bytes;
	struct env env;

	at(c, "2023-10-10");
	filed(c, "paper");
	assert_int_equal(ask(&a, c, "r1", "王新", citizen(c, "19900101", 15), "1990-01-01"), 0);
	env = c->env;
	env.scope.division = SIBLING;
	assert_int_equal(read_evidence(&env, 1, STR("town_office"), &c->arena, &media, &bytes),
		FAULT_MISSING);
	env.scope.division = HUANGCHENG;
	assert_int_equal(read_evidence(&env, 1, STR("town_office"), &c->arena, &media, &bytes), 0);
	assert_str(media, "image/jpeg");
	assert_true(str_eq(bytes, (struct str){ jpeg, sizeof(jpeg) }));
	assert_int_equal(decide(c, HUANGCHENG, a.state.id, true, "", &v), 0);
	assert_int_equal(read_evidence(&env, 1, STR("town_office"), &c->arena, &media, &bytes), 0);
	assert_int_equal(
		county_ask(c, "SELECT count(*) FROM look WHERE what = 'evidence' AND person = %d",
			(int)v.row.person),
		1);
	county_damage(c, "UPDATE evidence SET sealed = substr(sealed, 1, length(sealed) - 1)");
	assert_int_equal(read_evidence(&env, 1, STR("town_office"), &c->arena, &media, &bytes),
		FAULT_FORMAT);
}

/* LB-26: somebody else's number is accepted like any other; the office sees it and cannot take it
 * in. */
static void a_known_number(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char *number = county_crowd(c, "皇城镇", 1, 0)[0];
	struct asked a = { .q = { .division = HUANGCHENG, .registered = true, .n_evidence = 1 },
		.codes = { STR("p1") } };
	struct registration_view *items, v;
	size_t n;

	at(c, "2023-10-10");
	filed(c, "p1");
	assert_int_equal(ask(&a, c, "r1", "甲", number, "1940-01-01"), FAULT_CONFLICT);
	assert_int_equal(ask(&a, c, "r1", "别人", number, "1940-01-01"), 0);
	assert_int_equal(list_registrations(&c->env, STR(""), 0, 10, &c->arena, &items, &n), 0);
	assert_true(items[0].row.in_register);
	assert_int_equal(decide(c, HUANGCHENG, a.state.id, true, "", &v), FAULT_CONFLICT);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM person"), 1);
	assert_int_equal(decide(c, HUANGCHENG, a.state.id, false, "号码不是本人的", &v), 0);
	assert_int_equal(read_registration(&c->env, STR("r1"), &c->arena, &a.state), 1);
	assert_str(a.state.reason, "号码不是本人的");
}

/* What parents are told: in time with the price, later that nothing can be paid. */
static void the_hint(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	struct registration_hint h;

	assert_int_equal(registration_hint(&c->policy, day("2024-01-15"), true, day("2024-04-15"),
				 &c->arena, &h),
		0);
	assert_true(str_find(h.zh, STR("应缴 380 元")) >= 0);
	assert_true(str_find(h.zh, STR("2024-04-15 前")) >= 0);
	assert_true(str_find(h.zh, STR("待遇从 2024-01-15 起")) >= 0);
	assert_int_equal(registration_hint(&c->policy, day("2024-01-15"), true, day("2024-04-16"),
				 &c->arena, &h),
		0);
	assert_true(str_find(h.zh, STR("还不能缴费")) >= 0);
}

/* LB-54: due in two working days, counted over weekends. */
static void due_days(void **state)
{
	static const char *const cases[][2] = { { "2023-12-11", "2023-12-13" },
		{ "2023-12-14", "2023-12-18" }, { "2023-12-15", "2023-12-19" },
		{ "2023-12-16", "2023-12-19" }, { "2023-12-17", "2023-12-19" } };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		int64_t noon = (int64_t)day(cases[i][0]) * 86400 + 4 * 3600;

		assert_int_equal(ticket_due(noon, TICKET_WORKING_DAYS),
			(int64_t)day(cases[i][1]) * 86400 + 4 * 3600);
	}
}

/* LB-54: the person's own town answers; a sibling sees nothing; the most urgent first. */
static void tickets(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	int64_t who =
		county_explain(c, county_crowd(c, "皇城镇", 1, 0)[0], "2023-10-01")->person.id;
	struct ticket_ask q = { .code = STR("t1"),
		.kind = STR("wrong_name"),
		.words = STR("姓名不对"),
		.phone = STR("13800000000"),
		.person = who };
	struct ticket_state t;
	struct ticket_view *items, v;
	struct env town, sibling;
	struct err err;
	size_t n;

	at(c, "2023-10-10");
	assert_int_equal(open_ticket(&c->env, &q, &c->arena, &t, &err), 0);
	c->env.now -= 3600;
	q.code = STR("t2");
	assert_int_equal(open_ticket(&c->env, &q, &c->arena, &t, &err), 0);
	q = (struct ticket_ask){ .code = STR("t3"),
		.kind = STR("other"),
		.words = STR("问"),
		.division = 620721999000 };
	assert_int_equal(open_ticket(&c->env, &q, &c->arena, &t, &err), FAULT_FORMAT);
	q.division = 0;
	q.kind = STR("nothing");
	assert_int_equal(open_ticket(&c->env, &q, &c->arena, &t, &err), FAULT_FORMAT);
	town = sibling = c->env;
	town.scope.division = HUANGCHENG;
	sibling.scope.division = SIBLING;
	town.actor = STR("town");
	assert_int_equal(list_tickets(&sibling, STR(""), -1, 0, 10, &c->arena, &items, &n), 0);
	assert_int_equal(n, 0);
	assert_int_equal(list_tickets(&town, STR("open"), -1, 0, 10, &c->arena, &items, &n), 0);
	assert_int_equal(n, 2);
	assert_int_equal(items[0].row.id, 2);
	assert_str(items[0].phone, "13800000000");
	assert_false(items[0].late);
	assert_int_equal(list_tickets(&town, STR(""), items[0].row.due_at, items[0].row.id, 10,
				 &c->arena, &items, &n),
		0);
	assert_int_equal(n, 1);
	assert_int_equal(
		answer_ticket(&sibling, 1, STR("已改"), true, &c->arena, &v, &err), FAULT_MISSING);
	town.now += 7 * 86400;
	assert_int_equal(list_tickets(&town, STR("open"), -1, 0, 10, &c->arena, &items, &n), 0);
	assert_true(items[0].late);
	assert_int_equal(answer_ticket(&town, 1, STR("已改"), true, &c->arena, &v, &err), 0);
	assert_str(v.row.answered_by, "town");
	assert_int_equal(
		answer_ticket(&town, 1, STR("再改"), true, &c->arena, &v, &err), FAULT_CONFLICT);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM ticket WHERE phone_seal IS NULL"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(papers),
		BOTH(a_newborn),
		BOTH(a_paper_is_read),
		BOTH(a_known_number),
		BOTH(the_hint),
		cmocka_unit_test(due_days),
		BOTH(tickets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
