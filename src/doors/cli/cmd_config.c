/* SPDX-License-Identifier: Apache-2.0 */
/* canbao config: the settings of the service. */
#include "doors/cli/commands.h"
#include "doors/cli/serve_options.h"

static const char usage[] =
	"用法：canbao config [--config 文件] [--set 名称=值]… [--check]\n"
	"      canbao config --defaults | --markdown\n"
	"  打印服务将使用的设置，写法同设置文件。\n"
	"  --check         只检查，错误写明文件和行\n"
	"  --defaults      打印全部缺省值，可作设置文件的底稿\n"
	"  --markdown      打印设置的说明（docs/settings.md）\n"
	"\n"
	"Usage: canbao config [--config FILE] [--set NAME=VALUE]… [--check]\n"
	"       canbao config --defaults | --markdown\n"
	"  Prints the settings that the service would run with, as a settings file.\n"
	"  --check         only check; errors name file and line\n"
	"  --defaults      print all defaults, to begin a settings file with\n"
	"  --markdown      print the documentation of the settings (docs/settings.md)\n";

static int run(struct cli *c, int argc, char **argv)
{
	bool check = false, defaults = false, markdown = false;
	const struct cli_option own[] = {
		{ "check", NULL, &check },
		{ "defaults", NULL, &defaults },
		{ "markdown", NULL, &markdown },
	};
	struct serve_options o;
	struct err err = { "" };
	struct buf b;
	int rc;

	if (serve_options(c, &command_config, argc, argv, own, ARRAY_LEN(own), &o) != CLI_OK)
		return CLI_FAILED;
	if (check + defaults + markdown > 1)
		return cli_usage_error(c, &command_config,
			"--check、--defaults、--markdown 只能写一个",
			"--check, --defaults and --markdown exclude each other");
	buf_init(&b, 1u << 20);
	rc = c->serve->config(&o.q,
		markdown   ? CONFIG_MARKDOWN
		: defaults ? CONFIG_DEFAULTS
			   : CONFIG_NOW,
		check, &b, &err);
	if (rc < 0)
		cli_fail_text(c, err.text);
	else if (check)
		fputs(c->english ? "the settings are fine\n" : "设置没有问题\n", c->out);
	else
		fputs(buf_str(&b).p, c->out);
	buf_release(&b);
	return rc < 0 ? CLI_FAILED : CLI_OK;
}

const struct command command_config = {
	.verb = "config",
	.zh = "查看、检查服务的设置",
	.en = "show and check the settings of the service",
	.usage = usage,
	.run = run,
};
