/* SPDX-License-Identifier: Apache-2.0 */
/* The queue of background work: its ceilings, whose turn it is, who sees and stops what; uploads
 * and what a file looks like before it is taken in. */
#include "county.h"

#include "acts/ask_assess.h"
#include "acts/ask_import.h"
#include "acts/job.h"
#include "acts/preview_import.h"
#include "acts/upload_file.h"

#define ME 7
#define OTHER 8

static const struct job_viewer me = { .account = ME }, other = { .account = OTHER },
			       all = { .account = OTHER, .all = true };

static int64_t ask(struct county *c, int64_t account)
{
	struct err err = { "" };
	int64_t id = 0;

	assert_int_equal(job_ask(&c->env, "assess", account, STR("{}"), &id, &err), 0);
	return id;
}

static struct job look(struct county *c, int64_t id)
{
	struct job j;

	assert_int_equal(job_read(&c->env, &all, id, &c->arena, &j), 1);
	return j;
}

static void the_queue_has_an_end(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	struct err err = { "" };
	int64_t id;

	for (int i = 0; i < JOBS_OF_ACCOUNT_MAX; i++)
		ask(c, ME);
	assert_int_equal(job_ask(&c->env, "assess", ME, STR("{}"), &id, &err), FAULT_LIMIT);
	assert_non_null(strstr(err.text, "排队的任务太多"));
	for (int i = JOBS_OF_ACCOUNT_MAX; i < JOBS_WAITING_MAX; i++)
		ask(c, 100 + i);
	assert_int_equal(job_ask(&c->env, "assess", OTHER, STR("{}"), &id, &err), FAULT_LIMIT);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM job"), JOBS_WAITING_MAX);
	/* The trail has each asking. */
	assert_int_equal(county_ask(c, "SELECT count(*) FROM audit WHERE act = 'job_ask'"),
		JOBS_WAITING_MAX);
}

static void one_after_the_other(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	int64_t first = ask(c, ME), second = ask(c, OTHER);
	struct job j;

	assert_int_equal(job_next(&c->env, &c->arena, &j), 1);
	assert_int_equal(j.id, first);
	assert_str(j.state, "queued");
	assert_str(look(c, first).state, "running");
	/* As after a restart: what was running goes first, and says so. */
	assert_int_equal(job_next(&c->env, &c->arena, &j), 1);
	assert_int_equal(j.id, first);
	assert_str(j.state, "running");
	assert_int_equal(job_tell(&c->env, first, 3, 10), 0);
	assert_int_equal(look(c, first).done, 3);
	assert_int_equal(
		job_over(&c->env, first, "done", STR("{\"rows\":1}"), (struct str){ NULL, 0 }), 0);
	assert_str(look(c, first).result, "{\"rows\":1}");
	assert_true(look(c, first).ended_at > 0);
	assert_int_equal(job_next(&c->env, &c->arena, &j), 1);
	assert_int_equal(j.id, second);
	assert_int_equal(
		job_over(&c->env, second, "failed", (struct str){ NULL, 0 }, STR("坏 / bad")), 0);
	assert_int_equal(job_next(&c->env, &c->arena, &j), 0);
}

static void stopping(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	int64_t runs = ask(c, ME), waits = ask(c, ME);
	struct job j;

	assert_int_equal(job_next(&c->env, &c->arena, &j), 1);
	assert_int_equal(job_stop(&c->env, &other, waits), 0);
	assert_int_equal(job_stop(&c->env, &me, waits), 1);
	assert_str(look(c, waits).state, "cancelled");
	assert_int_equal(job_stop(&c->env, &me, waits), FAULT_CONFLICT);
	/* Who runs is told between two parts. */
	assert_int_equal(job_tell(&c->env, runs, 1, 2), 0);
	assert_int_equal(job_stop(&c->env, &all, runs), 1);
	assert_int_equal(job_tell(&c->env, runs, 2, 2), 1);
	assert_str(look(c, runs).state, "running");
	assert_int_equal(county_ask(c, "SELECT count(*) FROM audit WHERE act = 'job_stop'"), 2);
}

static void whose_they_are(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const struct way newest = { 0 };
	int64_t mine = ask(c, ME);
	struct job j, *items;
	size_t n;

	ask(c, OTHER);
	assert_int_equal(job_read(&c->env, &other, mine, &c->arena, &j), 0);
	assert_int_equal(job_read(&c->env, &me, mine, &c->arena, &j), 1);
	assert_int_equal(job_page(&c->env, &me, STR(""), newest, 10, &c->arena, &items, &n), 0);
	assert_int_equal(n, 1);
	assert_int_equal(items[0].id, mine);
	assert_int_equal(
		job_page(&c->env, &all, STR("queued"), newest, 10, &c->arena, &items, &n), 0);
	assert_int_equal(n, 2);
	assert_true(items[0].id > items[1].id);
	assert_int_equal(job_page(&c->env, &all, STR("queued"), (struct way){ .rising = true }, 10,
				 &c->arena, &items, &n),
		0);
	assert_int_equal(n, 2);
	assert_true(items[0].id < items[1].id);
	assert_int_equal(
		job_page(&c->env, &all, STR("done"), newest, 10, &c->arena, &items, &n), 0);
	assert_int_equal(n, 0);
}

static int64_t upload(struct county *c, int64_t account, const char *name)
{
	struct upload u = { .account = account, .name = str_of(name), .bytes = 5 };
	int64_t id;

	memset(u.digest, (int)account, sizeof(u.digest));
	assert_int_equal(upload_note(&c->env, &u, &id), 0);
	return id;
}

static void uploads_are_swept(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	int64_t old = upload(c, ME, "旧.csv"), ids[UPLOADS_SWEPT], young;
	struct upload u;

	assert_int_equal(upload_find(&c->env, OTHER, old, &c->arena, &u), 0);
	assert_int_equal(upload_find(&c->env, ME, old, &c->arena, &u), 1);
	assert_str(u.name, "旧.csv");
	c->env.now += UPLOAD_SECONDS;
	young = upload(c, ME, "新.csv");
	assert_int_equal(upload_sweep(&c->env, ids), 0);
	c->env.now++;
	assert_int_equal(upload_sweep(&c->env, ids), 1);
	assert_int_equal(ids[0], old);
	assert_int_equal(upload_find(&c->env, ME, old, &c->arena, &u), 0);
	assert_int_equal(upload_find(&c->env, ME, young, &c->arena, &u), 1);
}

static int wish(
	struct county *c, enum role role, struct import_wish w, int64_t *ret_job, struct err *err)
{
	if (w.as_of == 0)
		w.as_of = DAY_NONE;
	return ask_import(&c->env, &c->policy, role, ME, &w, &c->arena, ret_job, err);
}

/* LB-12, LB-53: an office's scope says whose list it is, whatever was asked. */
static void scope_overrides_the_wish(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const struct import_offer *categories = import_offer_named(STR("categories"));
	struct import_wish w = { .upload = upload(c, ME, "名单.csv"), .offer = categories };
	struct err err = { "" };
	int64_t job;

	assert_int_equal(wish(c, ROLE_INSURANCE, w, &job, &err), FAULT_FORMAT);
	assert_non_null(strstr(err.text, "哪个部门"));
	c->env.scope.department = STR("civil_affairs");
	w.department = STR("veterans");
	assert_int_equal(wish(c, ROLE_CIVIL_AFFAIRS, w, &job, &err), 0);
	assert_non_null(strstr(look(c, job).request.p, "\"department\":\"civil_affairs\""));
	c->env.scope = (struct scope){ .division = 620721101000 };
	w.full = true;
	assert_int_equal(wish(c, ROLE_TOWN_OFFICE, w, &job, &err), FAULT_FORMAT);
	w = (struct import_wish){ .upload = w.upload,
		.offer = import_offer_named(STR("divisions")) };
	assert_int_equal(wish(c, ROLE_TOWN_OFFICE, w, &job, &err), FAULT_FORMAT);
	w.upload = upload(c, OTHER, "别人的.csv");
	assert_int_equal(wish(c, ROLE_TOWN_OFFICE, w, &job, &err), FAULT_MISSING);
	c->env.scope = (struct scope){ 0 };
	w = (struct import_wish){ .upload = upload(c, ME, "缴费.csv"),
		.offer = import_offer_named(STR("payments")),
		.channel = STR("telepathy") };
	assert_int_equal(wish(c, ROLE_TAX, w, &job, &err), FAULT_FORMAT);
	w.channel = STR("alipay");
	w.as_of = c->env.today + 1;
	assert_int_equal(wish(c, ROLE_TAX, w, &job, &err), FAULT_FORMAT);
}

static void assessing_waits_for_the_window(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	struct err err = { "" };
	int64_t job;

	assert_int_equal(ask_assess(&c->env, &c->policy, ROLE_INSURANCE, ME,
				 c->policy.pack->regular_window.from - 1, &c->arena, &job, &err),
		FAULT_FORMAT);
	assert_int_equal(ask_assess(&c->env, &c->policy, ROLE_INSURANCE, ME,
				 c->policy.pack->regular_window.from, &c->arena, &job, &err),
		0);
}

static struct preview shown(struct county *c, const char *path, const char *kind)
{
	struct preview p;

	assert_int_equal(preview_import(&c->env, path, "名册.csv",
				 kind ? import_offer_named(str_of(kind)) : NULL, &c->arena, &p),
		0);
	return p;
}

static void what_a_file_looks_like(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char *n = citizen(c, "19800101", 1), *path;
	struct preview p;

	path = csv(c,
		"2024年名册,,,\n姓名,身份证号,乡镇,备注二,手机\n张三,%s,皇城镇,号%s,13912345678\n",
		n, n);
	p = shown(c, path, NULL);
	assert_true(p.guessed && p.offer == import_offer_named(STR("residents")));
	assert_int_equal(p.header_row, 2);
	assert_string_equal(p.means[1], "证件号码");
	assert_null(p.means[3]);
	assert_int_equal(p.n_rows, 1);
	for (size_t i = 0; i < p.cells[0]; i++) {
		assert_int_equal(str_find(p.rows[0][i], str_of(n)), -1);
		assert_int_equal(str_find(p.rows[0][i], STR("13912345678")), -1);
	}
	assert_false(p.repeated);
	TAKES(c, residents, .path = path);
	assert_true(shown(c, path, NULL).repeated);
	p = shown(c, path, "students");
	assert_false(p.guessed);
	assert_true(p.n_missing > 0 && p.n_problems > 0);
	/* The kind that asks for more columns is the better guess. */
	p = shown(c, csv(c, "姓名,证件号码,身份类别\n张三,%s,特困人员\n", n), NULL);
	assert_true(p.offer == import_offer_named(STR("categories")));
	p = shown(c, csv(c, "天气,温度\n晴,3\n"), NULL);
	assert_null(p.offer);
	assert_int_equal(p.header_row, 0);
	assert_true(p.n_problems > 0);
	p = shown(c, csv(c, "%%PDF-1.4 no table%c", 1), NULL);
	assert_true(p.n_problems > 0);
	p = shown(c, csv(c, "%s", ""), "residents");
	assert_true(p.n_problems > 0 && p.n_missing > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(the_queue_has_an_end),
		BOTH(one_after_the_other),
		BOTH(stopping),
		BOTH(whose_they_are),
		BOTH(uploads_are_swept),
		BOTH(scope_overrides_the_wish),
		BOTH(assessing_waits_for_the_window),
		BOTH(what_a_file_looks_like),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
