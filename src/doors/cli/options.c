/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/cli/options.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define DEFAULT_DB "canbao.db"

static const struct cli_option *find(const struct cli_option *options, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_is(name, options[i].name))
			return &options[i];
	return NULL;
}

/* Take one "--name…" at argv[*at].  False after the message. */
static bool take(struct cli *c, const struct command *cmd, int argc, char **argv, int *at,
	const struct cli_option *options, size_t n)
{
	struct str rest = str_of(argv[*at] + 2), name;
	bool inline_value = strchr(argv[*at], '=') != NULL;
	const struct cli_option *o;

	if (!str_cut(&rest, STR("="), &name))
		name = (struct str){ "", 0 };
	o = find(options, n, name);
	if (!o) {
		cli_usage_error(c, cmd, "没有选项 --%.*s", "no option --%.*s", STR_ARG(name));
		return false;
	}
	if (o->flag ? *o->flag : *o->value != NULL) {
		cli_usage_error(
			c, cmd, "选项 --%s 给了两次", "option --%s is given twice", o->name);
		return false;
	}
	if (o->flag && inline_value) {
		cli_usage_error(c, cmd, "选项 --%s 不带值", "option --%s takes no value", o->name);
		return false;
	}
	if (o->flag) {
		*o->flag = true;
		return true;
	}
	if (!inline_value && ++*at >= argc) {
		cli_usage_error(c, cmd, "选项 --%s 要带值", "option --%s needs a value", o->name);
		return false;
	}
	*o->value = inline_value ? rest.p : argv[*at];
	return true;
}

int cli_options(struct cli *c, const struct command *cmd, int argc, char **argv,
	const struct cli_option *options, size_t n, const char **args, int args_max)
{
	bool options_end = false;
	int count = 0;

	for (int at = 1; at < argc; at++) {
		if (!options_end && strcmp(argv[at], "--") == 0) {
			options_end = true;
		} else if (!options_end && strncmp(argv[at], "--", 2) == 0) {
			if (!take(c, cmd, argc, argv, &at, options, n))
				return -1;
		} else if (count >= args_max) {
			cli_usage_error(
				c, cmd, "多余的参数：%s", "one argument too many: %s", argv[at]);
			return -1;
		} else {
			args[count++] = argv[at];
		}
	}
	return count;
}

static const char *or_environment(const char *given, const char *name)
{
	const char *v = given ? given : getenv(name);

	return v && *v ? v : NULL;
}

int cli_find_store(struct cli *c, const char *uri, const char *key, struct cli_store *ret)
{
	const char *path;

	uri = or_environment(uri, "CANBAO_DB");
	key = or_environment(key, "CANBAO_KEY");
	ret->uri = uri ? uri : DEFAULT_DB;
	path = db_uri_path(ret->uri);
	if (!path) {
		if (!key)
			return cli_fail(c, "用 PostgreSQL 时要用 --key 指明密钥文件",
				"with PostgreSQL name the key file: --key FILE");
		ret->shown = "PostgreSQL";
		ret->key = key;
		return CLI_OK;
	}
	ret->shown = path;
	if (!key && snprintf(ret->key_text, sizeof(ret->key_text), "%s.key", path) >=
			    (int)sizeof(ret->key_text))
		return cli_fail(c, "数据库的路径太长", "the database's path is too long");
	ret->key = key ? key : ret->key_text;
	return CLI_OK;
}

int cli_open_store(struct cli *c, const char *uri, const char *key, struct store **ret_store)
{
	struct cli_store where;
	struct err err = { "" };
	int status = cli_find_store(c, uri, key, &where);

	if (status != CLI_OK)
		return status;
	if (store_open(where.uri, where.key, &err, ret_store) < 0)
		return cli_fail_text(c, err.text);
	return CLI_OK;
}

bool cli_may_write(struct cli *c, const char *path)
{
	struct str name = str_of(path);
	struct stat st;

	if (stat(path, &st) != 0)
		return true;
	if (S_ISREG(st.st_mode) && (str_ends(name, STR(".csv")) || str_ends(name, STR(".xlsx"))))
		return true;
	cli_fail(c, "%s 已经存在，又不是 csv 或 xlsx 文件，不能覆盖", "%s is there and no csv or xlsx file; it is left alone", path);
	return false;
}
