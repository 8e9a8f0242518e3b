/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/cli/cli.h"

#include <stdarg.h>
#include <string.h>

#include "doors/cli/commands.h"

static const struct command *const commands[] = {
	&command_init,
	&command_demo,
	&command_import,
	&command_assess,
	&command_why,
	&command_report,
	&command_audit,
	&command_serve,
	&command_config,
	&command_account,
	&command_client,
	&command_policy,
	&command_decide,
};

static void say(struct cli *c, const char *fmt, va_list ap)
{
	fprintf(c->err, "%s: ", c->prog);
	vfprintf(c->err, fmt, ap);
	fputc('\n', c->err);
}

int cli_fail(struct cli *c, const char *zh, const char *en, ...)
{
	va_list ap;

	va_start(ap, en);
	say(c, c->english ? en : zh, ap);
	va_end(ap);
	return CLI_FAILED;
}

int cli_fail_text(struct cli *c, const char *text)
{
	fprintf(c->err, "%s: %s\n", c->prog, text);
	return CLI_FAILED;
}

int cli_usage_error(struct cli *c, const struct command *cmd, const char *zh, const char *en, ...)
{
	va_list ap;

	va_start(ap, en);
	say(c, c->english ? en : zh, ap);
	va_end(ap);
	fprintf(c->err, c->english ? "Try '%s %s --help'.\n" : "用法见“%s %s --help”。\n", c->prog,
		cmd->verb);
	return CLI_FAILED;
}

static int help(struct cli *c)
{
	fprintf(c->out, "%s", c->english ? "canbao: runs the enrolment and contribution season of residents' "
					   "medical insurance\n\nUsage: canbao VERB [OPTIONS]\n\n"
					 : "参保：城乡居民基本医疗保险参保缴费系统\n\n用法：canbao 动词 [选项]\n\n");
	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		fprintf(c->out, "  %-10s %s\n", commands[i]->verb,
			c->english ? commands[i]->en : commands[i]->zh);
	fprintf(c->out, "%s", c->english ? "\n'canbao VERB --help' tells more.  Exit status: 0 done, 1 done with "
					   "findings, 2 not done.\n"
					 : "\n“canbao 动词 --help”有详细说明。退出码：0 完成；1 完成但有问题要看；2 未完成。\n");
	return CLI_OK;
}

/* --help anywhere behind the verb. */
static bool asks_help(int argc, char **argv)
{
	for (int i = 2; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strcmp(argv[i], "--help") == 0)
			return true;
	return false;
}

int cli_main(struct cli *c, int argc, char **argv)
{
	if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
		help(c);
		return argc < 2 ? CLI_FAILED : CLI_OK;
	}
	if (strcmp(argv[1], "--version") == 0) {
		fprintf(c->out, "canbao %s\n", CANBAO_VERSION);
		return CLI_OK;
	}
	for (size_t i = 0; i < ARRAY_LEN(commands); i++) {
		if (strcmp(argv[1], commands[i]->verb) != 0)
			continue;
		if (asks_help(argc, argv)) {
			fputs(commands[i]->usage, c->out);
			return CLI_OK;
		}
		return commands[i]->run(c, argc - 1, argv + 1);
	}
	return cli_fail(c, "没有“%s”这个动词；用 --help 看全部", "no verb '%s'; --help lists them",
		argv[1]);
}
