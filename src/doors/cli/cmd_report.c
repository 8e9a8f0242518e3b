/* SPDX-License-Identifier: Apache-2.0 */
/* canbao report: progress, ranking, who is missing, special groups. */
#include <string.h>

#include "doors/cli/commands.h"
#include "doors/cli/print.h"
#include "doors/cli/season.h"
#include "store/place.h"

static const char usage[] =
	"用法：canbao report 报表 --policy 代码 --on 日期 [选项]\n"
	"  报表：progress 进度  ranking 排名  unenrolled 未参保台账  special 困难群众  suspense 待查款项\n"
	"  --on 日期       截至这一天（缺省今天）\n"
	"  --format 格式   table（缺省）、json、csv、xlsx\n"
	"  --out 文件      csv、xlsx 写到这里\n"
	"  --town 名称     unenrolled、special、suspense：只看一个乡镇\n"
	"  --assessment    progress、ranking：只计到通知规定的考核截止日\n"
	"  --unmask        证件号码不打码；须写 --reason，记入操作日志\n" SEASON_USAGE_ZH "\n"
	"Usage: canbao report REPORT --policy CODE --on DATE [OPTIONS]\n"
	"  REPORT: progress ranking unenrolled special suspense\n"
	"  --on DATE       up to and including this day (default: today)\n"
	"  --format F      table (default), json, csv, xlsx\n"
	"  --out FILE      where csv and xlsx go\n"
	"  --town NAME     unenrolled, special, suspense: one town only\n"
	"  --assessment    progress, ranking: count only up to the notice's cut-off\n"
	"  --unmask        whole document numbers; needs --reason, which is recorded\n" SEASON_USAGE_EN;

struct options {
	const char *on, *format, *out, *town;
	bool assessment, unmask;
};

static int show(struct cli *c, const struct options *o, const struct report *r)
{
	if (!o->format || strcmp(o->format, "table") == 0)
		print_table(c, r);
	else if (strcmp(o->format, "json") == 0)
		print_json(c, r);
	else
		return print_file(
			c, r, strcmp(o->format, "csv") == 0 ? SHEET_CSV : SHEET_XLSX, o->out);
	return CLI_OK;
}

struct town_call {
	const struct season *s;
	const char *name;
	int64_t code;
};

static int town_tx(struct db *db, struct arena *a, void *arg)
{
	struct town_call *t = arg;
	const struct place *p;
	struct places places;
	struct buf b;
	int rc = places_load(db, a, t->s->env.county, &places);

	if (rc < 0)
		return rc;
	buf_init(&b, 4096);
	p = place_by_name(&places, 0, str_of(t->name), &b);
	buf_release(&b);
	t->code = p && p->level == PLACE_TOWN ? p->code : 0;
	return 0;
}

static int find_town(
	struct cli *c, const struct season *s, const struct options *o, struct report_request *q)
{
	struct town_call t = { s, o->town, 0 };

	if (!o->town)
		return CLI_OK;
	if (store_read(s->env.store, town_tx, &t) < 0)
		return cli_fail_text(c, store_message());
	q->town = t.code;
	return t.code ? CLI_OK : cli_fail(c, "没有“%s”这个乡镇", "no such town: '%s'", o->town);
}

static int special(
	struct cli *c, struct season *s, const struct options *o, const struct report_request *q)
{
	struct report groups, missing;
	struct err err = { "" };
	int status;

	if (report_special(&s->env, q, &s->arena, &groups, &missing, &err) < 0)
		return cli_fail_text(c, err.text);
	if (o->format && strcmp(o->format, "json") == 0) {
		fputs("{\"report\":\"special\",\"groups\":", c->out);
		print_json(c, &groups);
		fputs(",\"missing\":", c->out);
		print_json(c, &missing);
		fputs("}\n", c->out);
		return CLI_OK;
	}
	if (!o->format || strcmp(o->format, "table") == 0) {
		status = show(c, o, &groups);
		fputc('\n', c->out);
		return status == CLI_OK ? show(c, o, &missing) : status;
	}
	return show(c, o, &missing);
}

static int report(struct cli *c, struct season *s, const char *name, const struct options *o,
	struct report_request *q)
{
	static const struct {
		const char *name;
		int (*build)(const struct env *env, const struct report_request *q, struct arena *a,
			struct report *ret, struct err *err);
	} reports[] = { { "progress", report_progress }, { "ranking", report_ranking },
		{ "unenrolled", report_unenrolled }, { "suspense", report_suspense } };
	struct err err = { "" };
	struct report r;

	if (strcmp(name, "special") == 0)
		return special(c, s, o, q);
	for (size_t i = 0; i < ARRAY_LEN(reports); i++)
		if (strcmp(name, reports[i].name) == 0)
			return reports[i].build(&s->env, q, &s->arena, &r, &err) < 0
				       ? cli_fail_text(c, err.text)
				       : show(c, o, &r);
	return cli_usage_error(
		c, &command_report, "没有“%s”这种报表", "no such report: '%s'", name);
}

/* Reading whole numbers is itself an act, with a reason. */
static int unmask_tx(struct db *db, struct arena *a, void *arg)
{
	const struct season *s = arg;
	int64_t id;
	int rc = audit_open(db, s->env.county, &id);

	(void)a;
	return rc < 0 ? rc
		      : env_audit(db, &s->env, id, "unmask_report", s->policy.pack->code,
				(struct str){ NULL, 0 });
}

static int checked(struct cli *c, const struct season *s, const struct options *o)
{
	static const char *const formats[] = { "table", "json", "csv", "xlsx" };
	bool known = !o->format;

	for (size_t i = 0; o->format && i < ARRAY_LEN(formats); i++)
		known = known || strcmp(o->format, formats[i]) == 0;
	if (!known)
		return cli_usage_error(
			c, &command_report, "没有“%s”这种格式", "no such format: '%s'", o->format);
	if (o->format && (o->format[0] == 'c' || o->format[0] == 'x') && !o->out)
		return cli_usage_error(
			c, &command_report, "请用 --out 写明文件", "where to?  --out FILE");
	if (o->out && (!o->format || o->format[0] == 't' || o->format[0] == 'j'))
		return cli_usage_error(c, &command_report, "--out 用于 --format csv 或 xlsx",
			"--out goes with --format csv or xlsx");
	if (o->out && !cli_may_write(c, o->out))
		return CLI_FAILED;
	if (o->unmask && !s->reason)
		return cli_usage_error(c, &command_report, "--unmask 须写 --reason 事由",
			"--unmask needs a --reason");
	return CLI_OK;
}

static int run(struct cli *c, int argc, char **argv)
{
	struct season s = { 0 };
	struct options o = { 0 };
	const char *args[1];
	const struct cli_option options[] = {
		SEASON_OPTIONS(&s),
		{ "on", &o.on, NULL },
		{ "format", &o.format, NULL },
		{ "out", &o.out, NULL },
		{ "town", &o.town, NULL },
		{ "assessment", NULL, &o.assessment },
		{ "unmask", NULL, &o.unmask },
	};
	struct report_request q = { 0 };
	int n = cli_options(c, &command_report, argc, argv, options, ARRAY_LEN(options), args, 1),
	    status;

	if (n < 0 || !season_day(c, &command_report, "--on", o.on, c->today, &q.on))
		return CLI_FAILED;
	if (n < 1)
		return cli_usage_error(c, &command_report, "请写明哪种报表", "which report?");
	if (s.json && !o.format)
		o.format = "json";
	if (checked(c, &s, &o) != CLI_OK)
		return CLI_FAILED;
	status = season_open(&s, c, &command_report, true);
	q.policy = &s.policy;
	q.assessment = o.assessment;
	q.unmask = o.unmask;
	if (status == CLI_OK)
		status = find_town(c, &s, &o, &q);
	if (status == CLI_OK && o.unmask && store_act(s.store, unmask_tx, &s) < 0)
		status = cli_fail_text(c, store_message());
	if (status == CLI_OK)
		status = report(c, &s, args[0], &o, &q);
	season_close(&s);
	return status;
}

const struct command command_report = {
	.verb = "report",
	.zh = "进度、排名、未参保台账、困难群众",
	.en = "progress, ranking, who is missing, special groups",
	.usage = usage,
	.run = run,
};
