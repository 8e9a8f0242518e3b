/* SPDX-License-Identifier: Apache-2.0 */
/* One job at work: its request read, its act called, its end told. */
#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <unistd.h>

#include "acts/ask_import.h"
#include "acts/assess.h"
#include "acts/export.h"
#include "doors/http/jobs.h"

static struct str text_of(const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);

	return json_is_string(v) ? (struct str){ json_string_value(v), json_string_length(v) }
				 : (struct str){ NULL, 0 };
}

static int64_t number_of(const json_t *o, const char *key)
{
	return json_integer_value(json_object_get(o, key));
}

static struct str kept(struct job_work *w, struct buf *b)
{
	struct str s = buf_bad(b) ? (struct str){ NULL, 0 } : arena_str(w->arena, buf_str(b));

	buf_release(b);
	return s;
}

static void tell_import(struct job_work *w, const struct import_report *r)
{
	struct buf b;

	buf_init(&b, 4096);
	buf_addf(&b,
		"{\"rows\":%" PRId64 ",\"added\":%" PRId64 ",\"changed\":%" PRId64
		",\"unchanged\":%" PRId64 ",\"rejected\":%" PRId64 ",\"ended\":%" PRId64
		",\"skipped\":%" PRId64 ",\"warned\":%" PRId64 ",\"posted\":%" PRId64
		",\"posted_fen\":%" PRId64 ",\"suspended\":%" PRId64 ",\"suspended_fen\":%" PRId64
		",\"asks_ended\":%" PRId64 ",\"file\":%" PRId64 ",\"nobody_taken_off\":%s}",
		r->rows, r->added, r->changed, r->unchanged, r->rejected, r->ended, r->skipped,
		r->warned, r->posted, r->fen_posted, r->suspended, r->fen_suspense, r->asks_ended,
		r->file, r->cancelled_none ? "true" : "false");
	w->result = kept(w, &b);
}

static int failed(struct job_work *w, int rc, const char *text)
{
	w->message = arena_str(w->arena, str_of(text[0] ? text : fault_text(rc)));
	return rc;
}

/* It was at work before, and its file is known: the program ended after the last part, before it
 * could say so. */
static bool over_before(const struct job_work *w, int rc)
{
	return rc == FAULT_CONFLICT && str_is(w->job->state, "running");
}

static int run_import(struct job_work *w, const json_t *o)
{
	const struct import_offer *offer = import_offer_named(text_of(o, "kind"));
	char path[JOB_PATH_MAX], errors[JOB_PATH_MAX];
	struct import_request q = { .path = path,
		.errors_path = errors,
		.department = text_of(o, "department"),
		.channel = text_of(o, "channel"),
		.shown = text_of(o, "name").p,
		.full = json_is_true(json_object_get(o, "full")),
		.confirm_ended = number_of(o, "confirm_ended"),
		.policy = &w->service->policy };
	struct import_report *r = ARENA_NEW(w->arena, struct import_report);
	int rc;

	if (!offer || !r || !day_parse(text_of(o, "as_of"), &q.as_of))
		return failed(w, FAULT_FORMAT, "");
	spool_path(w->service, "upload", number_of(o, "upload"), path);
	spool_path(w->service, "returned", w->job->id, errors);
	if (access(path, R_OK) != 0)
		return failed(w, FAULT_MISSING,
			"上传的文件已过期，请重新上传 / the upload is gone; send the file again");
	w->env.scope.division = number_of(o, "division");
	w->env.scope.school = text_of(o, "school");
	rc = import_run(&w->env, &q, offer->kind, r);
	if (over_before(w, rc)) {
		w->message = STR("文件在服务重启之前已全部导入 / it was all in before the restart");
		return 0;
	}
	w->stopped = r->stopped;
	tell_import(w, r);
	return rc < 0 ? failed(w, rc, r->err.text) : 0;
}

static int run_assess(struct job_work *w, const json_t *o)
{
	struct assess_report *r = ARENA_NEW(w->arena, struct assess_report);
	struct buf b;
	day_t on;
	int rc;

	if (!r || !day_parse(text_of(o, "on"), &on))
		return failed(w, FAULT_FORMAT, "");
	rc = assess(&w->env, &w->service->policy, on, r);
	w->stopped = r->stopped;
	buf_init(&b, 4096);
	buf_addf(&b,
		"{\"people\":%" PRId64 ",\"enrolled\":%" PRId64 ",\"billed\":%" PRId64
		",\"funded\":%" PRId64 ",\"refused\":%" PRId64 ",\"changed\":%" PRId64
		",\"withdrawn\":%" PRId64 ",\"unchanged\":%" PRId64 ",\"deceased\":%" PRId64
		",\"lapsed\":%" PRId64 ",\"payable_fen\":%" PRId64 ",\"subsidy_fen\":%" PRId64 "}",
		r->people, r->enrolled, r->billed, r->funded, r->refused, r->changed, r->withdrawn,
		r->unchanged, r->deceased, r->lapsed, r->payable_fen, r->subsidy_fen);
	w->result = kept(w, &b);
	return rc < 0 ? failed(w, rc, r->err.text) : 0;
}

/* What was asked, with the asker's scope, from the text it was written down as. */
static bool read_filter(
	struct job_work *w, const struct export *e, const json_t *f, struct export_wish *ret_wish)
{
	*ret_wish = (struct export_wish){ .xlsx = str_is(e->format, "xlsx"),
		.whole = e->whole,
		.purpose = e->purpose,
		.division = number_of(f, "division") };
	w->env.scope = (struct scope){ .division = number_of(f, "scope"),
		.department = text_of(f, "department"),
		.school = text_of(f, "school"),
		.channel = text_of(f, "channel") };
	return f && export_list_parse(e->list, &ret_wish->list) &&
	       day_parse(text_of(f, "on"), &ret_wish->on);
}

static int write_export(struct job_work *w, const struct export *e, const json_t *f)
{
	char path[JOB_PATH_MAX];
	struct export_wish wish;
	struct err err = { "" };
	struct buf b;
	int64_t rows;
	bool cut;
	int rc;

	if (!read_filter(w, e, f, &wish))
		return failed(w, FAULT_FORMAT, "");
	spool_path(w->service, "export", e->id, path);
	rc = export_write(&w->env, &w->service->policy, text_of(f, "office"), e, &wish,
		w->service->settings.export_rows_max, path, &rows, &cut, &err);
	if (rc == FAULT_CANCELLED) {
		w->stopped = w->parts.ask(w->parts.ctx);
		return 0;
	}
	if (rc < 0)
		return failed(w, rc, err.text);
	buf_init(&b, 200);
	buf_addf(&b, "{\"rows\":%" PRId64 ",\"cut\":%s}", rows, cut ? "true" : "false");
	w->result = kept(w, &b);
	metrics_add(w->service->metrics, METRIC_EXPORTS, 1);
	return 0;
}

static int run_export(struct job_work *w, const json_t *o)
{
	const struct export_viewer v = { .account = w->job->account };
	struct export e;
	json_t *f;
	int rc = export_read(&w->env, &v, number_of(o, "export"), w->arena, &e);

	if (rc != 1)
		return failed(w, rc < 0 ? rc : FAULT_MISSING, "");
	f = json_loadb(e.filter.p, e.filter.n, 0, NULL);
	rc = write_export(w, &e, f);
	w->env.scope = (struct scope){ 0 };
	json_decref(f);
	return rc;
}

static const struct {
	const char *kind;
	int (*run)(struct job_work *w, const json_t *o);
} kinds[] = { { "import", run_import }, { "assess", run_assess }, { "export", run_export } };

int job_work(struct job_work *w)
{
	json_t *o = json_loadb(w->job->request.p, w->job->request.n, JSON_REJECT_DUPLICATES, NULL);
	struct str actor = text_of(o, "actor");
	int rc = FAULT_FORMAT;

	if (actor.n)
		w->env.actor = actor;
	for (size_t i = 0; o && i < ARRAY_LEN(kinds); i++)
		if (str_is(w->job->kind, kinds[i].kind))
			rc = kinds[i].run(w, o);
	/* The end is told after the request's text is gone. */
	w->env.actor = arena_str(w->arena, w->env.actor);
	w->env.scope = (struct scope){ 0 };
	json_decref(o);
	if (!w->env.actor.p)
		w->env.actor = STR("service");
	return rc;
}
