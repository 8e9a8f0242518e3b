/* SPDX-License-Identifier: Apache-2.0 */
/* Long work by parts: stopped at every boundary it ends with the store and the files of an
 * uninterrupted run; cancelled, it says what is in; others write in between. */
#include "county.h"

#include <pthread.h>

#define DUMP_MAX (1u << 20)

/* How the work of a season is cut. */
struct cut {
	size_t rows;  /* of a part; 0: in one act */
	int stops;    /* 1: the program ends after every part and starts again */
	int asked;    /* since the last start */
	int cancel;   /* at this question, from 1; 0: never */
	int restarts; /* so far */
	int64_t job;
};

static enum parts_word asked(void *ctx)
{
	struct cut *cut = ctx;

	cut->asked++;
	if (cut->cancel && cut->asked >= cut->cancel)
		return PARTS_CANCEL;
	return cut->stops && cut->asked > 1 ? PARTS_PAUSE : PARTS_GO;
}

/* As a program that was killed and started again: another connection, nothing in memory. */
static void restart(struct county *c, struct cut *cut)
{
	fixture_close(c->f);
	fixture_open(c->f);
	c->env.store = c->f->st;
	cut->asked = 0;
	cut->restarts++;
	assert_true(cut->restarts < 1000);
}

static int take(
	struct county *c, struct cut *cut, const struct import_kind *kind, struct import_request q)
{
	struct parts parts = { .job = ++cut->job, .rows = cut->rows, .ask = asked, .ctx = cut };
	int rc;

	cut->asked = 0;
	c->env.parts = cut->rows ? &parts : NULL;
	while ((rc = county_import(c, kind, q, false, __FILE__, __LINE__)) == 0 &&
		c->report.stopped == PARTS_PAUSE)
		restart(c, cut);
	c->env.parts = NULL;
	return rc;
}

static struct assess_report judged;

static void judge(struct county *c, struct cut *cut)
{
	struct parts parts = { .job = ++cut->job, .rows = cut->rows, .ask = asked, .ctx = cut };

	cut->asked = 0;
	c->env.parts = cut->rows ? &parts : NULL;
	do {
		assert_int_equal(assess(&c->env, &c->policy, c->env.today, &judged), 0);
		if (judged.stopped == PARTS_PAUSE)
			restart(c, cut);
	} while (judged.stopped == PARTS_PAUSE);
	c->env.parts = NULL;
}

/* Everything that may not depend on how the work was cut: no audit ids, no seals, no tokens. */
static const struct {
	const char *table, *row, *order;
} dumped[] = {
	{ "counter", "name || next", "name" },
	{ "import_file",
		"id || kind || name || coalesce(department, '-') || as_of || ' ' || rows_read || ' ' || "
		"accepted || ' ' || unchanged || ' ' || rejected || state",
		"id" },
	{ "household", "number || village", "number" },
	{ "person",
		"id || doc_kind || name || sex || birth || coalesce(nation, '-') || coalesce(household, '-') || "
		"coalesce(relation, '-') || village || town || register || resident || coalesce(died_on, 0)",
		"id" },
	{ "person_history", "person || field || coalesce(was, '-') || coalesce(became, '-')",
		"person, field, was, became" },
	{ "membership",
		"person || category || certified || ' ' || coalesce(ended, 0) || department || entered_by || file",
		"person, category, certified" },
	{ "bill",
		"person || policy || state || route || coalesce(category, '-') || payable_fen || ' ' || "
		"subsidy_fen || cites || version",
		"person" },
	{ "refusal", "person || reason || cites", "person" },
	{ "enrolment", "person || policy || town || ' ' || village || ' ' || route || personal_fen",
		"person" },
	{ "payment",
		"id || channel || serial || coalesce(file, 0) || ' ' || coalesce(line, 0) || ' ' || "
		"coalesce(person, 0) || ' ' || fen || ' ' || paid_at || state",
		"id" },
	{ "tally",
		"day || ' ' || village || ' ' || town || ' ' || slot || ' ' || enrolled || ' ' || "
		"personal_fen || ' ' || subsidy_fen",
		"day, village, town, slot" },
	{ "assess_run",
		"id || policy || people || ' ' || billed || ' ' || funded || ' ' || refused",
		"id" },
	{ "import_part", "job || report", "job" },
	{ "import_remark", "job || remark", "job, n" },
	{ "import_listed", "job || category", "job, person" },
};

static const char *agg(const struct county *c)
{
	return c->f->engine == DB_PG ? "string_agg" : "group_concat";
}

/* In memory of its own: the county's is gone when the next one is made. */
static char *dump(struct county *c)
{
	struct buf b;
	char *text;

	buf_init(&b, DUMP_MAX);
	for (size_t i = 0; i < ARRAY_LEN(dumped); i++) {
		const char *where = strcmp(dumped[i].table, "counter") == 0
					    ? "WHERE name NOT IN ('audit', 'posting_group')"
					    : "";

		buf_addf(&b, "%s\n%s\n", dumped[i].table,
			county_ask_text(c,
				"SELECT %s(r, '\n') FROM (SELECT %s AS r FROM %s %s ORDER BY %s) x",
				agg(c), dumped[i].row, dumped[i].table, where, dumped[i].order));
	}
	assert_false(buf_bad(&b));
	text = strdup(buf_str(&b).p);
	buf_release(&b);
	assert_non_null(text);
	return text;
}

/* Twenty-three rows: good ones, bad ones of every kind, a number that comes twice with parts in
 * between, and a warning. */
static const char *register_file(struct county *c, const char *nation)
{
	struct buf b;
	const char *path;

	buf_init(&b, 1u << 16);
	buf_addz(&b, "姓名,证件号码,乡镇,村,户号,民族\n");
	for (int i = 0; i < 23; i++) {
		const char *number = citizen(c, "19800101", 1 + (i == 19 ? 2 : i));

		buf_addf(&b, "%s,%s,%s,%s,户%d,%s\n", i == 7 ? "" : "居民", i == 4 ? "123" : number,
			i == 12 ? "蓬莱镇" : "皇城镇", i % 2 ? "一村" : "二村", i,
			i % 3 ? "汉" : nation);
		if (i == 9)
			buf_addz(&b, "\n,,,,,\n");
	}
	buf_addz(&b, "合计,,,,,\n");
	path = csv(c, "%s", buf_str(&b).p);
	buf_release(&b);
	return path;
}

static const char *list_file(struct county *c, int from, int to)
{
	struct buf b;
	const char *path;

	buf_init(&b, 1u << 16);
	buf_addz(&b, "姓名,证件号码,身份类别,纳入资助时间\n");
	for (int i = from; i < to; i++)
		if (i != 4 && i != 7 && i != 12 && i != 19)
			buf_addf(&b, "居民,%s,%s,2023-06-01\n", citizen(c, "19800101", 1 + i),
				i % 2 ? "特困人员" : "农村二类低保");
	path = csv(c, "%s", buf_str(&b).p);
	buf_release(&b);
	return path;
}

static const char *money_file(struct county *c)
{
	static char serials[20][20];
	struct slip slips[20];
	size_t n = 0;

	for (int i = 0; i < 20; i++) {
		snprintf(serials[i], sizeof(serials[i]), "S%03d", i == 17 ? 3 : i);
		slips[n++] = (struct slip){ .serial = serials[i],
			.number = citizen(c, "19800101", 1 + i),
			.yuan = i == 5 ? "1.00" : "380.00",
			.at = "2023-09-20 10:00:00" };
	}
	return county_batch(c, slips, n);
}

#define CIVIL .department = STR("civil_affairs")

/* A season, cut as asked.  `ret_returned`: the files that came back. */
static char *season(void **state, struct cut *cut, char **ret_returned)
{
	struct county *c = county_make(state, "sunan-2024");
	char *text;
	struct str back;

	c->env.today = day("2023-09-25");
	assert_int_equal(take(c, cut, &import_residents,
				 (struct import_request){ .path = register_file(c, "裕固族") }),
		0);
	assert_report(c, 23, 19, 0, 0, 4);
	back = county_file(c, c->report.errors_path);
	assert_true(str_find(back, STR("第21行：")) < 0 || str_find(back, STR("重复")) > 0);
	text = strndup(back.p, back.n);
	assert_int_equal(take(c, cut, &import_residents,
				 (struct import_request){ .path = register_file(c, "藏族") }),
		0);
	assert_report(c, 23, 0, 7, 12, 4);
	assert_int_equal(take(c, cut, &import_categories,
				 (struct import_request){ CIVIL, .path = list_file(c, 0, 15) }),
		0);
	assert_int_equal(c->report.added, 12);
	assert_int_equal(take(c, cut, &import_categories,
				 (struct import_request){
					 CIVIL, .path = list_file(c, 5, 16), .full = true }),
		0);
	assert_int_equal(c->report.ended, 4);
	judge(c, cut);
	assert_int_equal(judged.people, 19);
	assert_int_equal(
		take(c, cut, &import_payments,
			(struct import_request){ .path = money_file(c), .channel = STR("alipay") }),
		0);
	assert_true(c->report.posted > 0 && c->report.suspended > 0);
	assert_int_equal(c->report.rejected, 1);
	county_clean(c);
	*ret_returned = text;
	text = dump(c);
	return text;
}

/* Make the season again in a store of its own. */
static char *season_beside(void **state, struct cut *cut, char **ret_returned)
{
	struct fixture *f = need(state);
	void *other = NULL;
	char *text;

	assert_int_equal(f->engine == DB_PG ? fixture_pg(&other) : fixture_sqlite(&other), 0);
	text = season(&other, cut, ret_returned);
	assert_int_equal(fixture_free(&other), 0);
	return text;
}

static void the_same_however_cut(void **state)
{
	struct cut whole = { 0 }, parts = { .rows = 5 }, stops = { .rows = 5, .stops = 1 },
		   ones = { .rows = 1, .stops = 1 };
	char *back[4], *one = season_beside(state, &whole, &back[0]),
		       *many = season_beside(state, &parts, &back[1]),
		       *stopped = season_beside(state, &stops, &back[2]),
		       *each = season_beside(state, &ones, &back[3]);

	assert_string_equal(one, many);
	assert_string_equal(many, stopped);
	assert_string_equal(stopped, each);
	/* The file that returns has every bad row, each once, in order of rows. */
	assert_string_equal(back[1], back[2]);
	assert_string_equal(back[2], back[3]);
	assert_true(stops.restarts > 15 && ones.restarts > 80);
	for (size_t i = 0; i < ARRAY_LEN(back); i++)
		free(back[i]);
	free(one);
	free(many);
	free(stopped);
	free(each);
}

/* What went in stays in; the digest is free, and the same file finds its rows. */
static void cancelled_between_parts(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	struct cut cut = { .rows = 5, .cancel = 3 };
	const char *path = register_file(c, "汉");

	assert_int_equal(
		take(c, &cut, &import_residents, (struct import_request){ .path = path }), 0);
	assert_int_equal(c->report.stopped, PARTS_CANCEL);
	assert_report(c, 10, 8, 0, 0, 2);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM person"), 8);
	assert_string_equal(
		county_ask_text(c, "SELECT state FROM import_file WHERE kind = 'residents'"),
		"stopped");
	assert_true(str_find(county_file(c, c->report.errors_path), STR("第6行：")) > 0);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM import_part"), 0);
	cut = (struct cut){ .rows = 5, .job = 10 };
	assert_int_equal(
		take(c, &cut, &import_residents, (struct import_request){ .path = path }), 0);
	assert_report(c, 23, 11, 0, 8, 4);
	/* Complete, it is taken. */
	assert_int_equal(take(c, &cut, &import_residents, (struct import_request){ .path = path }),
		FAULT_CONFLICT);
}

static void cancelled_before_the_first(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	struct cut cut = { .rows = 5, .cancel = 1 };

	assert_int_equal(take(c, &cut, &import_residents,
				 (struct import_request){ .path = register_file(c, "汉") }),
		0);
	assert_int_equal(c->report.stopped, PARTS_CANCEL);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM person"), 0);
}

/* LB-46: of a payment file that does not add up not one line is posted, by parts too. */
static void money_is_counted_first(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	struct cut cut = { .rows = 2 };
	const char **n = county_crowd(c, "皇城镇", 8, 0);
	struct buf b;

	buf_init(&b, 1u << 16);
	buf_addz(&b,
		"批次号,B1,笔数,8,金额合计,3040.01,日期,2023-09-20\n流水号,证件号码,金额,缴费时间\n");
	for (int i = 0; i < 8; i++)
		buf_addf(&b, "S%d,%s,380,2023-09-20\n", i, n[i]);
	assert_int_equal(take(c, &cut, &import_payments,
				 (struct import_request){ .path = csv(c, "%s", buf_str(&b).p),
					 .channel = STR("alipay") }),
		FAULT_FORMAT);
	assert_non_null(strstr(c->report.err.text, "没有入账"));
	assert_int_equal(county_ask(c, "SELECT count(*) FROM payment"), 0);
	assert_int_equal(
		county_ask(c, "SELECT count(*) FROM import_file WHERE kind = 'payments'"), 0);
	buf_release(&b);
}

/* A complete list that would take off too many: its rows are in, nobody is off, and it may come
 * again with the number confirmed. */
static void a_question_at_the_end(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	struct cut cut = { .rows = 10 };
	const char **n = county_crowd(c, "皇城镇", 60, 0);
	struct import_request q = { CIVIL, .full = true };
	struct buf b;

	buf_init(&b, 1u << 16);
	buf_addz(&b, "姓名,证件号码,身份类别\n");
	for (int i = 0; i < 60; i++)
		buf_addf(&b, "%s,%s,特困人员\n",
			county_ask_text(c, "SELECT name FROM person WHERE id = %d", i + 1), n[i]);
	q.path = csv(c, "%s", buf_str(&b).p);
	assert_int_equal(take(c, &cut, &import_categories, q), 0);
	q.path = csv(c, "姓名,证件号码,身份类别\n%s,%s,特困人员\n",
		county_ask_text(c, "SELECT name FROM person WHERE id = 1"), n[0]);
	assert_int_equal(take(c, &cut, &import_categories, q), FAULT_FORMAT);
	assert_non_null(strstr(c->report.err.text, "确认取消 59 人次"));
	assert_int_equal(c->report.asks_ended, 59);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM membership WHERE ended IS NULL"), 60);
	q.confirm_ended = 59;
	c->env.today++;
	assert_int_equal(take(c, &cut, &import_categories, q), 0);
	assert_int_equal(c->report.ended, 59);
	buf_release(&b);
}

/* Pay for everybody of the crowd, while something else goes on. */
struct paying {
	struct county *c;
	const char **numbers;
	int n, posted;
};

static void *pay_all(void *arg)
{
	struct paying *p = arg;
	struct take_result r;
	char serial[20];

	for (int i = 0; i < p->n; i++) {
		int rc = FAULT_RETRY;

		/* In so small a county PostgreSQL sees conflicts everywhere; a clerk tries again.
		 */
		snprintf(serial, sizeof(serial), "P%d", i);
		for (int attempt = 0; attempt < 100 && rc == FAULT_RETRY; attempt++)
			rc = county_pay_raw(
				p->c, "alipay", serial, p->numbers[i], 38000, "2023-09-20", &r);
		if (rc == 0)
			p->posted += r.outcome == TAKE_POSTED;
	}
	return NULL;
}

/* Others write between two parts, about the same people: nothing of either is lost. */
static void others_write_between(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	struct paying p = { .c = c, .n = 60 };
	struct cut cut = { .rows = 3 };
	pthread_t thread;
	struct buf b;

	c->env.today = day("2023-09-25");
	p.numbers = county_crowd(c, "皇城镇", p.n, 300);
	buf_init(&b, 1u << 18);
	buf_addz(&b, "姓名,证件号码,乡镇,民族\n");
	for (int i = 0; i < p.n; i++)
		buf_addf(&b, "居民%d,%s,皇城镇,藏族\n", 300 + i, p.numbers[i]);
	assert_int_equal(pthread_create(&thread, NULL, pay_all, &p), 0);
	assert_int_equal(take(c, &cut, &import_residents,
				 (struct import_request){ .path = csv(c, "%s", buf_str(&b).p) }),
		0);
	assert_int_equal(pthread_join(thread, NULL), 0);
	assert_report(c, p.n, 0, p.n, 0, 0);
	judge(c, &cut);
	assert_int_equal(p.posted, p.n);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM enrolment"), p.n);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM person WHERE nation = '藏族'"), p.n);
	assert_int_equal(judged.enrolled, p.n);
	county_clean(c);
	buf_release(&b);
}

/* LB-53: a town's office speaks of its own town only, and learns nothing of others'. */
static void only_ones_own_town(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char **own = county_crowd(c, "皇城镇", 2, 0),
		   **other = county_crowd(c, "红湾寺镇", 2, 500);
	struct cut cut = { .rows = 2 };
	struct str back;

	(void)own;
	c->env.scope.division =
		county_ask(c, "SELECT code FROM division WHERE name = '皇城镇' AND level = 2");
	assert_int_equal(
		take(c, &cut, &import_residents,
			(struct import_request){
				.path = csv(c,
					"姓名,证件号码,乡镇,村\n新来,%s,皇城镇,一村\n别处,%s,红湾寺镇,\n"
					"居民500,%s,皇城镇,一村\n",
					citizen(c, "19900101", 901), citizen(c, "19900101", 902),
					other[0]) }),
		0);
	assert_report(c, 3, 1, 0, 0, 2);
	back = county_file(c, c->report.errors_path);
	assert_true(str_find(back, STR("不属于本辖区")) > 0);
	assert_true(str_find(back, STR("不能由本乡镇导入")) > 0);
	assert_int_equal(
		take(c, &cut, &import_coverage,
			(struct import_request){
				.path = csv(c,
					"姓名,证件号码,参保日期\n居民500,%s,2023-01-01\n居民500,%s,2023-01-01\n",
					other[0], citizen(c, "19900101", 903)) }),
		0);
	assert_report(c, 2, 0, 0, 0, 2);
	back = county_file(c, c->report.errors_path);
	/* Somebody else's resident and nobody at all: the same words. */
	assert_true(str_find(back, STR("第2行：本辖区居民库里没有")) > 0);
	assert_true(str_find(back, STR("第3行：本辖区居民库里没有")) > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(the_same_however_cut),
		BOTH(cancelled_between_parts),
		BOTH(cancelled_before_the_first),
		BOTH(money_is_counted_first),
		BOTH(a_question_at_the_end),
		BOTH(others_write_between),
		BOTH(only_ones_own_town),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
