/* SPDX-License-Identifier: Apache-2.0 */
/* canbao audit: re-derive the books and name what does not agree. */
#include <inttypes.h>

#include "acts/audit_books.h"
#include "doors/cli/commands.h"
#include "doors/cli/season.h"

static const char usage[] =
	"用法：canbao audit [--policy 代码] [选项]\n"
	"  只读地重算账目：缴费对分录、参保对缴费和资助、应缴单对政策、计数对明细、凭证号是否连续。\n"
	"  全部相符退出码 0；有不符逐条写出，退出码 1。\n" SEASON_USAGE_ZH "\n"
	"Usage: canbao audit [--policy CODE] [OPTIONS]\n"
	"  Re-derives the books, reading only.  Exit status 0: all agree; 1: names what does not.\n" SEASON_USAGE_EN;

static void tell_json(struct cli *c, const struct audit_report *r)
{
	struct buf b;

	buf_init(&b, 4u << 20);
	buf_addf(&b, "{\"checks\":%zu,\"findings\":[", r->checks);
	for (size_t i = 0; i < r->n; i++) {
		buf_addz(&b, i ? ",{\"check\":" : "{\"check\":");
		buf_add_json(&b, str_of(r->items[i].check));
		buf_addz(&b, ",\"subject\":");
		buf_add_json(&b, r->items[i].subject);
		buf_addf(&b, ",\"expected\":%" PRId64 ",\"found\":%" PRId64 "}",
			r->items[i].expected, r->items[i].found);
	}
	buf_addz(&b, "]}\n");
	fputs(buf_str(&b).p, c->out);
	buf_release(&b);
}

static void tell(struct cli *c, const struct audit_report *r)
{
	for (size_t i = 0; i < r->n; i++)
		fprintf(c->out,
			c->english ? "%s: %.*s: %s: expected %" PRId64 ", found %" PRId64 "\n"
				   : "%s：%.*s：%s：应为 %" PRId64 "，实为 %" PRId64 "\n",
			r->items[i].check, STR_ARG(r->items[i].subject),
			c->english ? r->items[i].en : r->items[i].zh, r->items[i].expected,
			r->items[i].found);
	fprintf(c->out, c->english ? "%zu checks, %zu findings\n" : "核对 %zu 项，不符 %zu 处\n",
		r->checks, r->n);
}

static int audit(struct cli *c, struct season *s, const struct packs *packs)
{
	struct policy *policies = ARENA_ARRAY(&s->arena, struct policy, packs->n ? packs->n : 1);
	struct audit_report r;
	struct err err = { "" };

	if (!policies)
		return cli_fail_text(c, fault_text(FAULT_MEMORY));
	for (size_t i = 0; i < packs->n; i++)
		policies[i].pack = packs->items[i];
	if (audit_books(&s->env, policies, packs->n, &s->arena, &r, &err) < 0)
		return cli_fail_text(c, err.text);
	if (s->json)
		tell_json(c, &r);
	else
		tell(c, &r);
	return r.n ? CLI_FINDINGS : CLI_OK;
}

static int run(struct cli *c, int argc, char **argv)
{
	struct season s = { 0 };
	const struct cli_option options[] = { SEASON_OPTIONS(&s) };
	struct packs packs = { 0 };
	int status;

	if (cli_options(c, &command_audit, argc, argv, options, ARRAY_LEN(options), NULL, 0) < 0)
		return CLI_FAILED;
	status = season_open(&s, c, &command_audit, false);
	if (status == CLI_OK)
		status = packs_load_all(c, s.packs ? s.packs : packs_default_folder(), &packs);
	if (status == CLI_OK)
		status = audit(c, &s, &packs);
	packs_release(&packs);
	season_close(&s);
	return status;
}

const struct command command_audit = {
	.verb = "audit",
	.zh = "核对账目，写出每一处不符",
	.en = "re-derive the books and name what does not agree",
	.usage = usage,
	.run = run,
};
