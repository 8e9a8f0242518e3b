/* SPDX-License-Identifier: Apache-2.0 */
/* canbao policy: check, show, explain and compare policy packs, and try changes on a population. */
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "doors/cli/commands.h"
#include "doors/cli/options.h"
#include "doors/cli/policy.h"
#include "doors/cli/season.h"
#include "rules/ledger.h"
#include "rules/ytree.h"

static const char usage[] =
	"用法：canbao policy check 政策包 [--notice 通知全文]\n"
	"      canbao policy show 政策包\n"
	"      canbao policy why 政策包 JSON行\n"
	"      canbao policy cover 政策包\n"
	"      canbao policy diff 政策包甲 政策包乙\n"
	"      canbao policy try 政策包 推演文件 [--population 人口.jsonl | --db URI --on 日期]\n"
	"  政策包是文件夹，如 packs/sunan-2024。\n"
	"  check  查出全部错误，逐条写明 文件:行:列；--notice 拿台账与通知原文核对\n"
	"  show   把政策包说成人话     why    解释一行 decide 的输入为什么这样裁定\n"
	"  cover  列出没有规则引用、也没写进“未编码”的数字；有则退出码 1\n"
	"  diff   两个政策包有什么不同 try    试改政策，看各资金、各乡镇多花少花多少\n"
	"\n"
	"Usage: canbao policy check PACK [--notice FILE]\n"
	"       canbao policy show|cover PACK\n"
	"       canbao policy why PACK JSON-LINE\n"
	"       canbao policy diff PACK-A PACK-B\n"
	"       canbao policy try PACK OVERLAY [--population FILE.jsonl | --db URI --on DATE]\n"
	"  PACK is a folder such as packs/sunan-2024.\n"
	"  Exit status: 0 fine; 1 findings (check: warnings or differences; cover: uncovered figures;\n"
	"  diff: the packs differ); 2 the pack cannot be used.\n";

static void print_findings(struct cli *c, const struct diags *d)
{
	struct buf out;

	buf_init(&out, 1 << 22);
	diags_print(&out, d);
	fwrite(out.p ? out.p : "", 1, out.n, c->err);
	buf_release(&out);
}

int policy_load(struct cli *c, const char *folder, const char *overlay, struct policy_pack *ret)
{
	struct err err = { "" };
	int rc;

	*ret = (struct policy_pack){ 0 };
	arena_init(&ret->arena, PACKS_BYTES_MAX);
	diags_init(&ret->diags, &ret->arena);
	if (!strchr(folder, '/') && access(folder, F_OK) != 0) {
		struct str named =
			arena_printf(&ret->arena, "%s/%s", packs_default_folder(), folder);

		if (named.p)
			folder = named.p; /* lingbi-2023 without its folder, as the other verbs take
					     it */
	}
	rc = packs_load_folder(&ret->arena, folder, overlay, &ret->diags, &err, &ret->pack);
	if (ret->diags.n)
		print_findings(c, &ret->diags);
	return rc < 0 ? cli_fail_text(c, err.text) : CLI_OK;
}

void policy_release(struct policy_pack *p)
{
	arena_release(&p->arena);
}

void policy_add_money(struct buf *out, struct money m)
{
	money_print(out, m, true);
	buf_addz(out, "元");
}

void policy_add_day(struct buf *out, day_t day)
{
	if (day == DAY_NONE)
		buf_addz(out, "未载明");
	else
		day_print(out, day);
}

void policy_add_basis(struct buf *out, const struct pack *p, const uint16_t *bases, size_t n)
{
	struct cites c;

	ruling_cites(p, bases, n, &c);
	for (size_t i = 0; i < c.n_cites; i++)
		buf_addf(out, "%s%s", i ? "、" : "", p->cites[c.cites[i]].p);
	for (size_t i = 0; i < c.n_readings; i++)
		buf_addf(out, "%s%s",
			i           ? "、"
			: c.n_cites ? "；解释"
				    : "解释",
			p->readings[c.readings[i]].number.p);
}

int policy_flush(struct cli *c, struct buf *out)
{
	bool good = !buf_bad(out) && fwrite(out->p ? out->p : "", 1, out->n, c->out) == out->n;

	buf_release(out);
	return good ? CLI_OK : cli_fail(c, "写不出去", "cannot write the answer");
}

static int check_notice(struct cli *c, struct policy_pack *p, const char *notice)
{
	struct err err = { "" };
	struct diags d;
	struct str text;
	int rc;

	diags_init(&d, &p->arena);
	if (packs_read_file(&p->arena, notice, &err, &text) < 0)
		return cli_fail_text(c, err.text);
	rc = ledger_check_notice(p->pack->ledger, str_of(notice), text, &p->arena, &d);
	if (rc < 0)
		return cli_fail_text(c, fault_text(rc));
	print_findings(c, &d);
	if (rc > 0)
		fprintf(c->out,
			c->english ? "the ledger and the notice differ in %d places\n"
				   : "台账与通知有 %d 处不符\n",
			rc);
	return rc > 0 ? CLI_FINDINGS : CLI_OK;
}

static int check(struct cli *c, struct policy_pack *p, const char *notice)
{
	const struct ynode *examples = ynode_get(p->pack->root, "例");
	int status = notice ? check_notice(c, p, notice) : CLI_OK;

	if (status == CLI_FAILED)
		return status;
	fprintf(c->out,
		c->english ? "%s: %zu categories, %zu routes, %zu examples hold; %zu warnings\n"
			   : "%s：身份 %zu 类，途径 %zu 条，例 %zu 个全部相符；提醒 %zu 条\n",
		p->pack->code.p, p->pack->n_categories, p->pack->n_routes,
		examples ? examples->n : 0, p->diags.warnings);
	return status == CLI_OK && p->diags.warnings ? CLI_FINDINGS : status;
}

static int run_diff(struct cli *c, const struct pack *a, const char *folder)
{
	struct policy_pack b;
	int status = policy_load(c, folder, NULL, &b);

	if (status == CLI_OK)
		status = policy_diff(c, a, b.pack);
	policy_release(&b);
	return status;
}

/* The sub-verbs that look at one loaded pack. */
static int run_one(struct cli *c, const char *what, const char *const *args, const char *notice)
{
	struct policy_pack p;
	int status = policy_load(c, args[1], NULL, &p);

	if (status == CLI_OK && strcmp(what, "check") == 0)
		status = check(c, &p, notice);
	else if (status == CLI_OK && strcmp(what, "show") == 0)
		status = policy_show(c, p.pack);
	else if (status == CLI_OK && strcmp(what, "cover") == 0)
		status = policy_cover(c, p.pack);
	else if (status == CLI_OK && strcmp(what, "why") == 0)
		status = policy_why(c, p.pack, args[2]);
	else if (status == CLI_OK)
		status = run_diff(c, p.pack, args[2]);
	policy_release(&p);
	return status;
}

static int run(struct cli *c, int argc, char **argv)
{
	static const struct {
		const char *name;
		int args;
	} verbs[] = { { "check", 2 }, { "show", 2 }, { "cover", 2 }, { "why", 3 }, { "diff", 3 },
		{ "try", 3 } };
	const char *notice = NULL, *on = NULL, *args[3] = { NULL };
	struct try_people from = { 0 };
	const struct cli_option options[] = { CLI_STORE_OPTIONS(&from.uri, &from.key),
		{ "notice", &notice, NULL }, { "population", &from.file, NULL },
		{ "county", &from.county, NULL }, { "on", &on, NULL } };
	int n = cli_options(c, &command_policy, argc, argv, options, ARRAY_LEN(options), args, 3);

	if (n < 0 || !season_day(c, &command_policy, "--on", on, c->today, &from.on))
		return CLI_FAILED;
	for (size_t i = 0; n > 0 && i < ARRAY_LEN(verbs); i++) {
		if (strcmp(args[0], verbs[i].name) != 0)
			continue;
		if (n != verbs[i].args)
			return cli_usage_error(c, &command_policy, "%s 要 %d 个参数",
				"%s takes %d arguments", args[0], verbs[i].args - 1);
		if (strcmp(args[0], "try") == 0)
			return policy_try(c, args[1], args[2], &from);
		return run_one(c, args[0], args, notice);
	}
	return cli_usage_error(c, &command_policy, "要写明 check、show、why、cover、diff 或 try",
		"one of check, show, why, cover, diff, try is needed");
}

const struct command command_policy = {
	.verb = "policy",
	.zh = "检查、解释、比较政策包，试改政策",
	.en = "check, explain and compare policy packs; try a change on a population",
	.usage = usage,
	.run = run,
};
