/* SPDX-License-Identifier: Apache-2.0 */
/* canbao init: make a store and its key file, or bring an older store up to date. */
#include <unistd.h>

#include "doors/cli/commands.h"
#include "doors/cli/options.h"
#include "store/vault.h"

static const char usage[] =
	"用法：canbao init [--db URI] [--key 文件] [--county 代码] [--rotate-key]\n"
	"  建数据库和密钥文件；已有的数据库升到本程序的版本，数据不动。\n"
	"  --db URI        SQLite 文件，或 postgresql://…（缺省 CANBAO_DB，再缺省 canbao.db）\n"
	"  --key 文件      密钥文件（缺省 CANBAO_KEY，再缺省数据库文件名加 .key；PostgreSQL 须写明）\n"
	"  --county 代码   本库所属县的六位区划代码；只管一个县时写明，以后不能改\n"
	"  --rotate-key    密钥文件加一代新密钥：今后用新的加密，旧的仍能解开\n"
	"\n"
	"Usage: canbao init [--db URI] [--key FILE] [--county CODE] [--rotate-key]\n"
	"  Makes a database and its key file; brings an existing one to this program's version.\n"
	"  --db URI        a SQLite file or postgresql://… (default: CANBAO_DB, then canbao.db)\n"
	"  --key FILE      key file (default: CANBAO_KEY, then the database file's name with .key\n"
	"                  behind it; PostgreSQL needs it named)\n"
	"  --county CODE   six digits of the one county this store is for; cannot be changed later\n"
	"  --rotate-key    add a generation of keys: new values use it, old ones stay readable\n";

static bool parse_county(const char *text, int64_t *ret_county)
{
	int64_t v;

	if (!str_int(str_of(text), &v) || v < 100000 || v > 999999)
		return false;
	*ret_county = v;
	return true;
}

static void tell(struct cli *c, const struct cli_store *where, int ran, bool new_key)
{
	size_t n = store_migration_count();

	if (ran == 0)
		fprintf(c->out,
			c->english ? "%s: up to date, version %zu\n" : "%s：已是最新，第 %zu 版\n",
			where->shown, n);
	else if ((size_t)ran == n)
		fprintf(c->out, c->english ? "%s: made, version %zu\n" : "%s：已建好，第 %zu 版\n",
			where->shown, n);
	else
		fprintf(c->out,
			c->english ? "%s: upgraded to version %zu\n" : "%s：已升到第 %zu 版\n",
			where->shown, n);
	for (size_t i = n - (size_t)ran; i < n; i++)
		fprintf(c->out, c->english ? "  ran %s\n" : "  运行 %s\n", store_migration_name(i));
	if (new_key)
		fprintf(c->out,
			c->english
				? "%s: new key file; keep a copy elsewhere, without it no number can be read\n"
				: "%s：新的密钥文件；请另存一份，没有它证件号码再也读不出来\n",
			where->key);
}

static int name_county(struct cli *c, const struct cli_store *where, int64_t county)
{
	struct err err = { "" };
	struct store *st;
	int rc = store_open(where->uri, where->key, &err, &st);

	if (rc < 0)
		return cli_fail_text(c, err.text);
	rc = store_set_county(st, county);
	store_close(st);
	if (rc == FAULT_CONFLICT)
		return cli_fail(
			c, "这个数据库已属于另一个县", "this store names another county already");
	if (rc < 0)
		return cli_fail_text(c, store_message());
	fprintf(c->out, c->english ? "county %lld\n" : "所属县 %lld\n", (long long)county);
	return CLI_OK;
}

static int run(struct cli *c, int argc, char **argv)
{
	const char *uri = NULL, *key = NULL, *county_text = NULL;
	bool rotate = false, had_key;
	const struct cli_option options[] = {
		CLI_STORE_OPTIONS(&uri, &key),
		{ "county", &county_text, NULL },
		{ "rotate-key", NULL, &rotate },
	};
	struct cli_store where;
	struct err err = { "" };
	int64_t county = 0;
	int ran;

	if (cli_options(c, &command_init, argc, argv, options, ARRAY_LEN(options), NULL, 0) < 0)
		return CLI_FAILED;
	if (county_text && !parse_county(county_text, &county))
		return cli_usage_error(c, &command_init, "--county 要六位区划代码，不是“%s”",
			"--county takes six digits, not '%s'", county_text);
	if (cli_find_store(c, uri, key, &where) != CLI_OK)
		return CLI_FAILED;
	had_key = access(where.key, F_OK) == 0;
	ran = store_create(where.uri, where.key, &err);
	if (ran < 0)
		return cli_fail_text(c, err.text);
	tell(c, &where, ran, !had_key);
	if (rotate && keys_rotate(where.key, &err) < 0)
		return cli_fail_text(c, err.text);
	if (rotate)
		fprintf(c->out,
			c->english ? "%s: a new generation of keys\n" : "%s：已加一代新密钥\n",
			where.key);
	return county ? name_county(c, &where, county) : CLI_OK;
}

const struct command command_init = {
	.verb = "init",
	.zh = "建数据库和密钥文件，或升级",
	.en = "make a store and its key file, or upgrade one",
	.usage = usage,
	.run = run,
};
