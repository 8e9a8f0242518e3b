/* SPDX-License-Identifier: Apache-2.0 */
/* canbao serve: the service. */
#include <string.h>

#include "doors/cli/commands.h"
#include "doors/cli/packs.h"
#include "doors/cli/serve_options.h"

static const char usage[] =
	"用法：canbao serve [--config 文件] [--set 名称=值]…\n"
	"      canbao serve --routes\n"
	"  运行服务：居民页面、经办页面和接口。设置见 canbao config。\n"
	"  --config 文件   设置文件\n"
	"  --set 名称=值   一项设置，盖过设置文件；可写多次\n"
	"  --routes        以 JSON 列出全部接口地址和所需权限\n"
	"  SIGTERM 停止（在办的请求先办完），SIGHUP 重读设置。\n"
	"\n"
	"Usage: canbao serve [--config FILE] [--set NAME=VALUE]…\n"
	"       canbao serve --routes\n"
	"  Runs the service: the residents' page, the console and the API.  Settings: canbao config.\n"
	"  --config FILE     settings\n"
	"  --set NAME=VALUE  one setting, over the file; may be given again\n"
	"  --routes          list every route and its permission as JSON\n"
	"  SIGTERM stops after the requests at work, SIGHUP reads the settings again.\n";

int serve_options(struct cli *c, const struct command *cmd, int argc, char **argv,
	const struct cli_option *more, size_t n_more, struct serve_options *ret)
{
	struct cli_option options[8];
	char *rest[2 * SERVE_SETS_MAX + 16];
	int n = 0;

	*ret = (struct serve_options){
		.q = { .sheets = c->sheets, .policies = &packs_port, .english = c->english }
	};
	BUG_IF(n_more + 1 > ARRAY_LEN(options));
	memcpy(options, more, n_more * sizeof(*more));
	options[n_more] = (struct cli_option){ "config", &ret->q.config, NULL };
	/* --set may be given again, which the common reader takes for a slip: it is read here. */
	for (int i = 0; i < argc; i++) {
		const char *v = NULL;

		if (strcmp(argv[i], "--set") == 0 && i + 1 < argc)
			v = argv[++i];
		else if (strncmp(argv[i], "--set=", 6) == 0)
			v = argv[i] + 6;
		if ((v && ret->q.n_sets == SERVE_SETS_MAX) || n == (int)ARRAY_LEN(rest))
			return cli_usage_error(c, cmd, "选项太多", "too many options");
		if (v)
			ret->sets[ret->q.n_sets++] = v;
		else
			rest[n++] = argv[i];
	}
	ret->q.sets = ret->sets;
	return cli_options(c, cmd, n, rest, options, n_more + 1, NULL, 0) < 0 ? CLI_FAILED : CLI_OK;
}

static int run(struct cli *c, int argc, char **argv)
{
	bool routes = false;
	const struct cli_option own[] = { { "routes", NULL, &routes } };
	struct serve_options o;
	struct err err = { "" };
	struct buf b;

	if (serve_options(c, &command_serve, argc, argv, own, ARRAY_LEN(own), &o) != CLI_OK)
		return CLI_FAILED;
	if (routes) {
		buf_init(&b, 1u << 20);
		c->serve->routes(&b);
		fputs(buf_str(&b).p, c->out);
		buf_release(&b);
		return CLI_OK;
	}
	return c->serve->run(&o.q, &err) < 0 ? cli_fail_text(c, err.text) : CLI_OK;
}

const struct command command_serve = {
	.verb = "serve",
	.zh = "运行服务：居民页面、经办页面和接口",
	.en = "run the service: pages and API",
	.usage = usage,
	.run = run,
};
