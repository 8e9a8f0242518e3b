/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/cli/season.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SEASON_ARENA_MAX ((size_t)2 << 30) /* a list of everybody missing in a large county */

static int load_policy(struct season *s, struct cli *c)
{
	const char *folder = s->packs ? s->packs : packs_default_folder();
	struct diags d;
	struct buf b;
	struct str path = strchr(s->policy_name, '/')
				  ? str_of(s->policy_name)
				  : arena_printf(&s->arena, "%s/%s", folder, s->policy_name);
	struct err err = { "" };
	int rc;

	if (!path.p)
		return cli_fail_text(c, fault_text(FAULT_MEMORY));
	diags_init(&d, &s->arena);
	rc = packs_load_folder(&s->arena, path.p, NULL, &d, &err, &s->policy.pack);
	if (rc == 0)
		rc = packs_digest(&s->arena, path.p, &err, s->policy.digest);
	if (rc == 0)
		return CLI_OK;
	buf_init(&b, 1u << 20);
	diags_print(&b, &d);
	fputs(buf_str(&b).p, c->err);
	buf_release(&b);
	return cli_fail_text(c, err.text);
}

static int find_county(struct season *s, struct cli *c, const struct command *cmd)
{
	int64_t county = 0, own = 0;
	int rc;

	if (s->county_text &&
		(!str_int(str_of(s->county_text), &county) || county < 100000 || county > 999999))
		return cli_usage_error(
			c, cmd, "--county 要六位区划代码", "--county takes six digits");
	rc = store_county(s->store, &own);
	if (rc < 0)
		return cli_fail_text(c, store_message());
	if (county == 0 && own == 0 && s->policy.pack &&
		!str_int(str_of(s->policy.pack->region), &county))
		county = 0;
	if (county == 0)
		county = own;
	if (county == 0)
		return cli_usage_error(c, cmd, "不知道是哪个县：请写 --county 或 --policy",
			"which county?  Give --county or --policy");
	if (s->policy.pack && !policy_fits(s->policy.pack, county))
		return cli_fail(c, "政策包 %s 是 %s 的，不能用于 %lld",
			"policy %s is %s's, not %lld's", s->policy.pack->code.p,
			s->policy.pack->region, (long long)county);
	if (own && own != county)
		return cli_fail(c, "这个数据库属于 %lld，不是 %lld",
			"this store is county %lld's, not %lld's", (long long)own,
			(long long)county);
	s->env.county = county;
	return CLI_OK;
}

static void progress(void *ctx, uint64_t done, uint64_t total)
{
	struct season *s = ctx;
	int64_t percent = total ? (int64_t)(done * 100 / total) : 0;

	if (percent == s->shown || percent > 100)
		return;
	s->shown = percent;
	fprintf(s->cli->err, "\r%3d %% ", (int)percent);
	fflush(s->cli->err);
}

void season_progress_end(struct season *s)
{
	if (s->shown >= 0)
		fputs("\r      \r", s->cli->err);
	s->shown = -1;
}

static const char *login(void)
{
	const char *v = getenv("CANBAO_ACTOR");

	if (!v || !*v)
		v = getenv("USER");
	if (!v || !*v)
		v = getenv("LOGNAME");
	return v && *v ? v : "cli";
}

int season_open(struct season *s, struct cli *c, const struct command *cmd, bool needs_policy)
{
	s->cli = c;
	s->shown = -1;
	arena_init(&s->arena, SEASON_ARENA_MAX);
	if (needs_policy && !s->policy_name)
		return cli_usage_error(c, cmd, "请用 --policy 写明政策包，如 --policy sunan-2024",
			"name the policy pack: --policy sunan-2024");
	if (s->policy_name && load_policy(s, c) != CLI_OK)
		return CLI_FAILED;
	if (cli_open_store(c, s->uri, s->key, &s->store) != CLI_OK)
		return CLI_FAILED;
	s->env = (struct env){ .store = s->store,
		.sheets = c->sheets,
		.actor = str_of(s->actor ? s->actor : login()),
		.now = c->now,
		.today = c->today };
	if (s->reason)
		s->env.reason = str_of(s->reason);
	if (isatty(STDERR_FILENO)) {
		s->env.progress = progress;
		s->env.progress_ctx = s;
	}
	return find_county(s, c, cmd);
}

void season_close(struct season *s)
{
	if (s->store)
		store_close(s->store);
	arena_release(&s->arena);
}

bool season_day(struct cli *c, const struct command *cmd, const char *option, const char *text,
	day_t otherwise, day_t *ret_day)
{
	*ret_day = otherwise;
	if (!text || day_parse(str_of(text), ret_day))
		return true;
	cli_usage_error(c, cmd, "%s 要写成 2023-12-31 这样的日期，不是“%s”",
		"%s takes a date like 2023-12-31, not '%s'", option, text);
	return false;
}
