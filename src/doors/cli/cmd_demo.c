/* SPDX-License-Identifier: Apache-2.0 */
/* canbao demo: write a made-up county as the files its offices would send. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "doors/cli/commands.h"
#include "doors/cli/options.h"
#include "doors/cli/packs.h"

static const char usage[] =
	"用法：canbao demo --county 代码 [选项]\n"
	"  写一个虚构的县：公安户籍、各部门名单、学校、职工参保、任务分解、渠道缴费，\n"
	"  连同真实文件常有的毛病。人和村都是编的；同一个种子写出同样的内容。\n"
	"  manifest.json 记着埋了哪些问题。\n"
	"  --county 代码   620721 或 341323\n"
	"  --people 人数   职工医保以外应参保的人数（缺省为该县任务数）；户籍册约多六分之一\n"
	"  --seed 数       种子（缺省 1）\n"
	"  --out 文件夹    写到哪里（缺省 demo-代码）\n"
	"  --policy 代码   用哪个政策包算应缴额（缺省该县最近的一年）\n"
	"  --packs 文件夹  政策包所在（缺省 CANBAO_PACKS，再缺省 packs）\n"
	"  --clean         不埋问题\n"
	"\n"
	"Usage: canbao demo --county CODE [OPTIONS]\n"
	"  Writes a made-up county: the register of public security, departments' lists, schools,\n"
	"  employee insurance, targets and payments, with the mess that real files have.  People and\n"
	"  villages are invented; the same seed writes the same content.  manifest.json says what\n"
	"  was planted.\n"
	"  --county CODE   620721 or 341323\n"
	"  --people N      persons outside employee insurance (default: the county's target); the\n"
	"                  register holds about a sixth more\n"
	"  --seed N        seed (default 1)\n"
	"  --out DIR       where to write (default: demo-CODE)\n"
	"  --policy CODE   the pack whose prices are paid (default: the county's latest year)\n"
	"  --packs DIR     where the packs are (default: CANBAO_PACKS, then packs)\n"
	"  --clean         plant nothing\n";

struct options {
	const char *county, *people, *seed, *out, *policy, *packs;
	bool clean, messy;
};

/* The pack named, or the county's latest. */
static const struct pack *pack_of(const struct packs *packs, const struct options *o)
{
	const struct pack *best = NULL;

	if (o->policy)
		return packs_find(packs, str_of(o->policy));
	for (size_t i = 0; i < packs->n; i++) {
		const struct pack *p = packs->items[i];

		if (strcmp(p->region, o->county) == 0 &&
			(!best || p->benefit_year > best->benefit_year))
			best = p;
	}
	return best;
}

static bool count_of(const char *text, int64_t least, int64_t most, int64_t *ret)
{
	int64_t v;

	if (!text)
		return true;
	if (!str_int(str_of(text), &v) || v < least || v > most)
		return false;
	*ret = v;
	return true;
}

/* On a terminal, the share done in per cent. */
static void progress(void *ctx, uint64_t done, uint64_t total)
{
	struct cli *c = ctx;

	fprintf(c->err, "\r%3d%%", (int)(done * 100 / (total ? total : 1)));
}

static int tell(struct cli *c, const struct demo_request *q, const struct demo_report *r)
{
	if (q->progress)
		fputs("\r    \r", c->err);
	fprintf(c->out,
		c->english ? "%s: %" PRId64 " rows in the register, %" PRId64 " to insure, %" PRId64
			     " fully subsidised, %" PRId64 " paying in time; %" PRId64
			     " payment lines, %" PRId64 ".%02d yuan\n"
			   : "%s：户籍册 %" PRId64 " 行，应参保 %" PRId64
			     " 人，其中全额资助 %" PRId64 "、按时缴费 %" PRId64
			     "；缴费明细 %" PRId64 " 笔，%" PRId64 ".%02d 元\n",
		q->folder, r->rows, r->insurable, r->funded, r->paying, r->lines, r->fen / 100,
		(int)(r->fen % 100));
	return CLI_OK;
}

static int write_county(struct cli *c, const struct options *o, struct demo_request *q)
{
	const char *where = o->packs ? o->packs : packs_default_folder();
	char folder[64], divisions[4096];
	struct demo_report report;
	struct packs packs;
	struct err err = { "" };
	int status = packs_load_all(c, where, &packs);

	snprintf(folder, sizeof(folder), "demo-%.6s", o->county);
	q->folder = o->out ? o->out : folder;
	q->pack = status == CLI_OK ? pack_of(&packs, o) : NULL;
	if (q->pack && snprintf(divisions, sizeof(divisions), "%s/%.*s/divisions.csv", where,
			       STR_ARG(q->pack->code)) < (int)sizeof(divisions))
		q->divisions = divisions;
	if (status == CLI_OK && (!q->pack || strcmp(q->pack->region, o->county) != 0))
		status = cli_fail(
			c, "没有 %s 这个县的政策包", "no policy pack of county %s", o->county);
	else if (status == CLI_OK && mkdir(q->folder, 0750) != 0 && errno != EEXIST)
		status = cli_fail(c, "%s：无法建目录（%s）", "%s: cannot make the folder: %s",
			q->folder, strerror(errno));
	else if (status == CLI_OK)
		status = c->demo->write(q, &report, &err) < 0 ? cli_fail_text(c, err.text)
							      : tell(c, q, &report);
	packs_release(&packs);
	return status;
}

static int run(struct cli *c, int argc, char **argv)
{
	struct options o = { 0 };
	const struct cli_option options[] = { { "county", &o.county, NULL },
		{ "people", &o.people, NULL }, { "seed", &o.seed, NULL }, { "out", &o.out, NULL },
		{ "policy", &o.policy, NULL }, { "packs", &o.packs, NULL },
		{ "clean", NULL, &o.clean }, { "messy", NULL, &o.messy } };
	struct demo_request q = { .sheets = c->sheets, .ctx = c };
	int64_t seed = 1;

	if (cli_options(c, &command_demo, argc, argv, options, ARRAY_LEN(options), NULL, 0) < 0)
		return CLI_FAILED;
	if (!o.county || !c->demo->knows(o.county))
		return cli_usage_error(c, &command_demo,
			"请用 --county 写明演示哪个县：620721 或 341323",
			"say which county: --county 620721 or 341323");
	if (!count_of(o.people, 100, DEMO_PEOPLE_MAX, &q.people))
		return cli_usage_error(c, &command_demo, "--people 应为 100 到 4000000",
			"--people needs 100 to 4000000");
	if (!count_of(o.seed, 0, INT64_MAX, &seed))
		return cli_usage_error(
			c, &command_demo, "--seed 应为数字", "--seed needs a number");
	if (o.clean && o.messy)
		return cli_usage_error(c, &command_demo, "--clean 和 --messy 不能同时用",
			"--clean and --messy contradict each other");
	q.region = o.county;
	q.seed = (uint64_t)seed;
	q.messy = !o.clean;
	q.progress = isatty(fileno(c->err)) ? progress : NULL;
	return write_county(c, &o, &q);
}

const struct command command_demo = { "demo", "写一个虚构的县的全套文件",
	"write the files of a made-up county", usage, run };
