/* SPDX-License-Identifier: Apache-2.0 */
/* canbao client: other systems that call with signed requests. */
#include <openssl/crypto.h>
#include <string.h>

#include "acts/api_client.h"
#include "doors/cli/commands.h"
#include "doors/cli/season.h"

#define OVERLAP (24 * 3600) /* seconds an old key works on, as in the console */

static const char usage[] =
	"用法：canbao client add --id 代码 --name 名称 --role channel|platform [--unit 渠道代码]\n"
	"      canbao client rotate --id 代码\n"
	"      canbao client close --id 代码\n"
	"      canbao client list\n"
	"  开设、换钥、停用接口系统。密钥只显示这一次；换钥后旧密钥再用一天。\n"
	"  --db、--key、--county、--actor、--reason、--json 同 canbao import\n"
	"\n"
	"Usage: canbao client add --id ID --name NAME --role channel|platform [--unit CHANNEL]\n"
	"       canbao client rotate|close --id ID\n"
	"       canbao client list\n"
	"  Lets other systems in and out.  A key is shown this once; after a rotation the old one\n"
	"  works for a day more.\n"
	"  --db, --key, --county, --actor, --reason, --json as for canbao import\n";

struct ask {
	struct season s;
	const char *id, *name, *role, *unit;
};

static int failed(struct cli *c, int rc, const struct err *err)
{
	return cli_fail_text(c, err->text[0] ? err->text : fault_text(rc));
}

static void tell_key(struct cli *c, const struct ask *q, struct api_client_key *key)
{
	if (q->s.json)
		fprintf(c->out, "{\"id\":\"%s\",\"key\":\"%s\"}\n", q->id, key->text);
	else
		fprintf(c->out,
			c->english ? "client %s, key %s (shown this once)\n"
				   : "接口系统 %s，密钥 %s（只显示这一次）\n",
			q->id, key->text);
	OPENSSL_cleanse(key, sizeof(*key));
}

static int need_id(struct cli *c, const struct ask *q)
{
	return q->id ? CLI_OK
		     : cli_usage_error(c, &command_client, "要写明 --id", "--id is needed");
}

static int add(struct cli *c, struct ask *q)
{
	struct api_client_new n = { 0 };
	struct api_client_key key;
	struct err err = { "" };
	int rc;

	if (!q->id || !q->name || !q->role)
		return cli_usage_error(c, &command_client, "要写明 --id、--name、--role",
			"--id, --name and --role are needed");
	n.id = str_of(q->id);
	n.name = str_of(q->name);
	if (q->unit)
		n.unit = str_of(q->unit);
	if (!role_parse(str_of(q->role), &n.role))
		return cli_usage_error(c, &command_client, "--role 要写 channel 或 platform",
			"--role is channel or platform");
	rc = api_client_open(&q->s.env, &n, &key, &err);
	if (rc < 0)
		return failed(c, rc, &err);
	tell_key(c, q, &key);
	return CLI_OK;
}

static int rotate(struct cli *c, struct ask *q)
{
	struct api_client_key key;
	struct err err = { "" };
	int rc;

	if (need_id(c, q) != CLI_OK)
		return CLI_FAILED;
	rc = api_client_rotate(&q->s.env, str_of(q->id), OVERLAP, &key, &err);
	if (rc < 0)
		return failed(c, rc, &err);
	tell_key(c, q, &key);
	return CLI_OK;
}

static int close_client(struct cli *c, struct ask *q)
{
	struct err err = { "" };
	int rc;

	if (need_id(c, q) != CLI_OK)
		return CLI_FAILED;
	rc = api_client_close(&q->s.env, str_of(q->id), &err);
	return rc < 0 ? failed(c, rc, &err) : CLI_OK;
}

static int list(struct cli *c, struct ask *q)
{
	struct api_client_row *items;
	size_t n;

	if (api_client_list(&q->s.env, &q->s.arena, &items, &n) < 0)
		return cli_fail_text(c, store_message());
	for (size_t i = 0; i < n; i++)
		fprintf(c->out, "  %-22.*s %.*s · %.*s%s%.*s%s\n", STR_ARG(items[i].id),
			STR_ARG(items[i].name), STR_ARG(items[i].role),
			items[i].unit.n ? " · " : "", STR_ARG(items[i].unit),
			items[i].active ? ""
			: c->english    ? " · closed"
					: " · 已停用");
	return CLI_OK;
}

static int run(struct cli *c, int argc, char **argv)
{
	static const struct {
		const char *name;
		int (*run)(struct cli *c, struct ask *q);
	} verbs[] = { { "add", add }, { "rotate", rotate }, { "close", close_client },
		{ "list", list } };
	struct ask q = { 0 };
	const struct cli_option options[] = {
		SEASON_OPTIONS(&q.s),
		{ "id", &q.id, NULL },
		{ "name", &q.name, NULL },
		{ "role", &q.role, NULL },
		{ "unit", &q.unit, NULL },
	};
	const char *verb;
	int status, n = cli_options(
			    c, &command_client, argc, argv, options, ARRAY_LEN(options), &verb, 1);

	if (n < 0)
		return CLI_FAILED;
	for (size_t i = 0; n == 1 && i < ARRAY_LEN(verbs); i++) {
		if (strcmp(verb, verbs[i].name) != 0)
			continue;
		status = season_open(&q.s, c, &command_client, false);
		if (status == CLI_OK)
			status = verbs[i].run(c, &q);
		season_close(&q.s);
		return status;
	}
	return cli_usage_error(c, &command_client, "要写 add、rotate、close 或 list",
		"say add, rotate, close or list");
}

const struct command command_client = {
	.verb = "client",
	.zh = "接口系统：开设、换钥、停用、列出",
	.en = "other systems and their keys",
	.usage = usage,
	.run = run,
};
