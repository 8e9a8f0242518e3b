/* SPDX-License-Identifier: Apache-2.0 */
/* canbao decide: facts in, rulings out, one JSON object a line, any number of lines, constant
 * memory. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "doors/cli/commands.h"
#include "doors/cli/decide_json.h"
#include "doors/cli/options.h"

#define IN_BYTES (4 * DECIDE_LINE_MAX)
#define OUT_FLUSH ((size_t)1 << 16)
#define OUT_CEILING \
	((size_t)1 << 22) /* far above one flush and the longest answer (an id of 64 KiB escaped) */

static const char usage[] =
	"用法：canbao decide [--packs 文件夹]\n"
	"  从标准输入逐行读 JSON（一行一个人或一笔退费），逐行写出裁定；不开数据库。\n"
	"  --packs 文件夹  政策包所在（缺省 CANBAO_PACKS，再缺省 ./packs，再缺省安装的）\n"
	"  退出码：0 全部有效；1 有的行不合格；2 政策包不能用。\n"
	"\n"
	"Usage: canbao decide [--packs DIR]\n"
	"  Reads one JSON object a line on standard input (a person, or money asked back) and writes\n"
	"  the ruling on each; opens no database.\n"
	"  --packs DIR     the folder of packs (default: CANBAO_PACKS, ./packs, the installed ones)\n"
	"  Exit status: 0 all lines valid; 1 some were not; 2 a pack does not load.\n";

struct run {
	struct cli *cli;
	struct decide_line line;
	struct buf out;
	bool invalid; /* some line was an error */
	char in[IN_BYTES];
	size_t n;      /* bytes of `in` in use */
	bool overlong; /* dropping the rest of a line that is too long */
};

static bool flush(struct run *r)
{
	bool good = !buf_bad(&r->out) &&
		    fwrite(r->out.p ? r->out.p : "", 1, r->out.n, r->cli->out) == r->out.n &&
		    fflush(r->cli->out) == 0;

	buf_reset(&r->out);
	return good;
}

static bool one_line(struct run *r, struct str text)
{
	r->invalid |= !decide_line_read(&r->line, text);
	decide_line_answer(&r->line, &r->out);
	decide_line_release(&r->line);
	return r->out.n < OUT_FLUSH || flush(r);
}

/* Take all complete lines out of the buffer; at the end of input also the last, unfinished one. */
static bool take_lines(struct run *r, bool ended)
{
	char *at = r->in, *end = r->in + r->n, *newline;

	while ((newline = memchr(at, '\n', (size_t)(end - at))) != NULL) {
		if (!r->overlong && !one_line(r, (struct str){ at, (size_t)(newline - at) }))
			return false;
		r->overlong = false;
		at = newline + 1;
	}
	if ((size_t)(end - at) > DECIDE_LINE_MAX || (ended && end > at)) {
		if (!r->overlong && !one_line(r, (struct str){ at, (size_t)(end - at) }))
			return false;
		r->overlong = true;
		at = end;
	}
	r->n = (size_t)(end - at);
	memmove(r->in, at, r->n);
	return true;
}

/* Answers are written before waiting for more input, so that a partner may talk line by line. */
static int run_all(struct run *r)
{
	int fd = fileno(r->cli->in);
	ssize_t got = 1;

	while (got > 0) {
		if (!flush(r))
			return cli_fail(r->cli, "标准输出写不出去", "cannot write standard output");
		got = read(fd, r->in + r->n, sizeof(r->in) - r->n);
		if (got < 0 && errno == EINTR) {
			got = 1;
			continue;
		}
		if (got < 0)
			return cli_fail(r->cli, "标准输入读不出来", "cannot read standard input");
		r->n += (size_t)got;
		if (!take_lines(r, got == 0) || (got == 0 && !flush(r)))
			return cli_fail(r->cli, "标准输出写不出去", "cannot write standard output");
	}
	return r->invalid ? CLI_FINDINGS : CLI_OK;
}

static int run(struct cli *c, int argc, char **argv)
{
	const char *folder = NULL;
	const struct cli_option options[] = { { "packs", &folder, NULL } };
	struct packs packs;
	struct run *r;
	int status;

	if (cli_options(c, &command_decide, argc, argv, options, ARRAY_LEN(options), NULL, 0) < 0)
		return CLI_FAILED;
	status = packs_load_all(c, folder ? folder : packs_default_folder(), &packs);
	r = calloc(1, sizeof(*r));
	if (status == CLI_OK && !r)
		status = cli_fail(c, "内存不足", "out of memory");
	if (status == CLI_OK) {
		r->cli = c;
		r->line.packs = &packs;
		buf_init(&r->out, OUT_CEILING);
		status = run_all(r);
		buf_release(&r->out);
	}
	free(r);
	packs_release(&packs);
	return status;
}

const struct command command_decide = {
	.verb = "decide",
	.zh = "逐行裁定：能否参保、走哪条途径、交多少、何时享受；退多少",
	.en = "rule line by line: may enrol, by which route, at what price, from when; what goes back",
	.usage = usage,
	.run = run,
};
