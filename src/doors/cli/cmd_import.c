/* SPDX-License-Identifier: Apache-2.0 */
/* canbao import: take in a file that an office sent. */
#include <inttypes.h>
#include <string.h>

#include "acts/imports.h"
#include "doors/cli/commands.h"
#include "doors/cli/season.h"

static const char usage[] =
	"用法：canbao import 种类 文件 [选项]\n"
	"  种类：divisions 区划    residents 居民      categories 困难群众名单  students 学生\n"
	"        targets 目标任务  coverage 职工、异地参保  circumstances 特殊情形  payments 缴费明细\n"
	"  CSV（UTF-8、GB18030）或 XLSX；表头在哪一行、叫什么都认得。好的行入库，坏的行连同原因\n"
	"  写进“文件名.退回.xlsx（或 csv）”，改好后再导入那个文件即可。同样的文件不会导入两次。\n"
	"  --department 部门  categories：哪个部门的名单，如 civil_affairs 或 民政\n"
	"  --full             categories：这是当月全量名单，不在名单上的人取消身份\n"
	"  --confirm-ended 数 categories --full：确认要取消这么多人次\n"
	"  --channel 代码     payments：哪个渠道\n"
	"  --as-of 日期       名单所说的日子（缺省今天）\n"
	"  --errors 文件      坏的行写到这里\n" SEASON_USAGE_ZH
	"  退出码：0 全部入库；1 有行退回或待查；2 没有导入。\n"
	"\n"
	"Usage: canbao import KIND FILE [OPTIONS]\n"
	"  KIND: divisions residents categories students targets coverage circumstances payments\n"
	"  CSV (UTF-8, GB18030) or XLSX; the header is found by itself.  Good rows go in; bad rows are\n"
	"  written to 'FILE.退回.xlsx (or .csv)' with the reasons: mend that file and import it.\n"
	"  --department D  categories: whose list it is, such as civil_affairs\n"
	"  --full          categories: a complete monthly list; who is not on it is taken off\n"
	"  --confirm-ended N  categories --full: yes, take so many off\n"
	"  --channel CODE  payments: which channel\n"
	"  --as-of DATE    the day the list speaks of (default: today)\n"
	"  --errors FILE   where bad rows go\n" SEASON_USAGE_EN
	"  Exit status: 0 all taken in; 1 some rows came back or wait in suspense; 2 not imported.\n";

static const struct kind {
	const struct import_kind *import;
	bool needs_policy, needs_channel;
} kinds[] = {
	{ &import_divisions, false, false },
	{ &import_residents, false, false },
	{ &import_categories, true, false },
	{ &import_students, false, false },
	{ &import_targets, true, false },
	{ &import_coverage, false, false },
	{ &import_circumstances, false, false },
	{ &import_payments, true, true },
};

static const struct kind *kind_named(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (strcmp(kinds[i].import->name, name) == 0)
			return &kinds[i];
	return NULL;
}

static void tell_json(struct cli *c, const char *path, const struct import_report *r)
{
	struct buf b;

	buf_init(&b, 1u << 16);
	buf_addz(&b, "{\"file\":");
	buf_add_json(&b, str_of(path));
	buf_addf(&b,
		",\"rows\":%" PRId64 ",\"added\":%" PRId64 ",\"changed\":%" PRId64
		",\"unchanged\":%" PRId64 ",\"ended\":%" PRId64 ",\"rejected\":%" PRId64
		",\"warned\":%" PRId64 ",\"skipped\":%" PRId64 ",\"posted\":%" PRId64
		",\"posted_fen\":%" PRId64 ",\"suspended\":%" PRId64 ",\"suspended_fen\":%" PRId64
		",\"errors\":",
		r->rows, r->added, r->changed, r->unchanged, r->ended, r->rejected, r->warned,
		r->skipped, r->posted, r->fen_posted, r->suspended, r->fen_suspense);
	if (r->errors_path[0])
		buf_add_json(&b, str_of(r->errors_path));
	else
		buf_addz(&b, "null");
	buf_addz(&b, "}\n");
	fputs(buf_str(&b).p, c->out);
	buf_release(&b);
}

static void tell_money(struct cli *c, const struct import_report *r)
{
	fprintf(c->out,
		c->english ? "  posted %" PRId64 " (%" PRId64 ".%02d yuan), in suspense %" PRId64
			     " (%" PRId64 ".%02d yuan)\n"
			   : "  入账 %" PRId64 " 笔 %" PRId64 ".%02d 元，待查 %" PRId64
			     " 笔 %" PRId64 ".%02d 元\n",
		r->posted, r->fen_posted / 100, (int)(r->fen_posted % 100), r->suspended,
		r->fen_suspense / 100, (int)(r->fen_suspense % 100));
}

static void tell(
	struct cli *c, const char *path, const struct kind *k, const struct import_report *r)
{
	const char *slash = strrchr(path, '/');

	fprintf(c->out,
		c->english ? "%s: %" PRId64 " rows: %" PRId64 " new, %" PRId64 " changed, %" PRId64
			     " as before, %" PRId64 " sent back\n"
			   : "%s：读 %" PRId64 " 行，新增 %" PRId64 "，变更 %" PRId64
			     "，未变 %" PRId64 "，退回 %" PRId64 "\n",
		slash ? slash + 1 : path, r->rows, r->added, r->changed, r->unchanged, r->rejected);
	if (k->needs_channel)
		tell_money(c, r);
	if (r->ended)
		fprintf(c->out,
			c->english ? "  %" PRId64 " memberships ended\n"
				   : "  取消身份 %" PRId64 " 人次\n",
			r->ended);
	if (r->cancelled_none)
		fprintf(c->out, "%s",
			c->english
				? "  rows came back, so nobody was taken off; mend them and import again\n"
				: "  因为有退回的行，这次没有取消任何人的身份；改好后请重新导入全量名单\n");
	if (r->errors_path[0])
		fprintf(c->out, c->english ? "  look at: %s\n" : "  请看：%s\n", r->errors_path);
}

static int import(struct season *s, struct cli *c, const struct kind *k, struct import_request *q)
{
	struct import_report r;
	int rc;

	if (s->policy.pack)
		q->policy = &s->policy;
	rc = import_run(&s->env, q, k->import, &r);
	season_progress_end(s);
	if (rc < 0)
		return cli_fail_text(c, r.err.text);
	if (s->json)
		tell_json(c, q->path, &r);
	else
		tell(c, q->path, k, &r);
	return r.rejected || r.suspended || r.warned ? CLI_FINDINGS : CLI_OK;
}

static int run(struct cli *c, int argc, char **argv)
{
	struct season s = { 0 };
	const char *department = NULL, *channel = NULL, *as_of = NULL, *errors = NULL,
		   *confirm = NULL, *args[2];
	bool full = false;
	const struct cli_option options[] = {
		SEASON_OPTIONS(&s),
		{ "department", &department, NULL },
		{ "channel", &channel, NULL },
		{ "as-of", &as_of, NULL },
		{ "errors", &errors, NULL },
		{ "confirm-ended", &confirm, NULL },
		{ "full", NULL, &full },
	};
	struct import_request q = { 0 };
	const struct kind *k;
	int n = cli_options(c, &command_import, argc, argv, options, ARRAY_LEN(options), args, 2),
	    status;

	if (n < 0)
		return CLI_FAILED;
	if (n < 2)
		return cli_usage_error(
			c, &command_import, "请写明种类和文件", "which kind, which file?");
	k = kind_named(args[0]);
	if (!k)
		return cli_usage_error(c, &command_import, "没有“%s”这种文件",
			"no such kind of file: '%s'", args[0]);
	if (k->needs_channel && !channel)
		return cli_usage_error(c, &command_import, "请用 --channel 写明渠道",
			"which channel?  --channel CODE");
	if (!season_day(c, &command_import, "--as-of", as_of, c->today, &q.as_of))
		return CLI_FAILED;
	if (q.as_of > c->today)
		return cli_usage_error(
			c, &command_import, "--as-of 不能在今天之后", "--as-of lies ahead");
	if (confirm && (!str_int(str_of(confirm), &q.confirm_ended) || q.confirm_ended == 0))
		return cli_usage_error(c, &command_import, "--confirm-ended 要一个数",
			"--confirm-ended takes a number");
	if (errors && !cli_may_write(c, errors))
		return CLI_FAILED;
	q.path = args[1];
	q.errors_path = errors;
	q.full = full;
	if (department)
		q.department = str_of(department);
	if (channel)
		q.channel = str_of(channel);
	status = season_open(&s, c, &command_import, k->needs_policy);
	if (status == CLI_OK)
		status = import(&s, c, k, &q);
	season_close(&s);
	return status;
}

const struct command command_import = {
	.verb = "import",
	.zh = "导入区划、居民、名单、学生、目标、缴费等文件",
	.en = "take in divisions, residents, lists, students, targets, payments",
	.usage = usage,
	.run = run,
};
