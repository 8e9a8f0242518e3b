/* SPDX-License-Identifier: Apache-2.0 */
/* What the verbs of a season share: the store, the policy, who acts, how far a long act is. */
#ifndef CANBAO_DOORS_CLI_SEASON_H
#define CANBAO_DOORS_CLI_SEASON_H

#include "acts/env.h"
#include "doors/cli/options.h"
#include "doors/cli/packs.h"

struct season {
	/* Options; NULL when not given. */
	const char *uri, *key, *policy_name, *packs, *county_text, *actor, *reason;
	bool json;
	/* Opened. */
	struct arena arena;
	struct store *store;
	struct policy policy; /* .pack is NULL when the verb needs none */
	struct env env;
	/* The progress line on a terminal. */
	struct cli *cli;
	int64_t shown; /* per cent shown last, -1: nothing */
};

#define SEASON_OPTIONS(s) \
	CLI_STORE_OPTIONS(&(s)->uri, &(s)->key), { "policy", &(s)->policy_name, NULL }, \
		{ "packs", &(s)->packs, NULL }, { "county", &(s)->county_text, NULL }, \
		{ "actor", &(s)->actor, NULL }, { "reason", &(s)->reason, NULL }, \
	{ \
		"json", NULL, &(s)->json \
	}

#define SEASON_USAGE_ZH \
	"  --policy 代码   政策包，如 sunan-2024（或其文件夹）\n" \
	"  --packs 文件夹  政策包所在（缺省 CANBAO_PACKS，再缺省 packs）\n" \
	"  --db URI        SQLite 文件，或 postgresql://…（缺省 CANBAO_DB，再缺省 canbao.db）\n" \
	"  --key 文件      密钥文件（缺省同 canbao init）\n" \
	"  --county 代码   六位区划代码（缺省数据库或政策包所属的县）\n" \
	"  --actor 账号    经办人（缺省 CANBAO_ACTOR，再缺省系统登录名）\n" \
	"  --reason 文字   事由，记入操作日志\n" \
	"  --json          以 JSON 输出结果\n"
#define SEASON_USAGE_EN \
	"  --policy CODE   policy pack, such as sunan-2024 (or its folder)\n" \
	"  --packs DIR     where the packs are (default: CANBAO_PACKS, then packs)\n" \
	"  --db URI        SQLite file or postgresql://… (default: CANBAO_DB, then canbao.db)\n" \
	"  --key FILE      key file (default as for canbao init)\n" \
	"  --county CODE   six digits (default: the store's or the policy's county)\n" \
	"  --actor NAME    who acts (default: CANBAO_ACTOR, then the login name)\n" \
	"  --reason TEXT   why; goes into the audit trail\n" \
	"  --json          print the result as JSON\n"

/* Open what the options name.  `needs_policy`: --policy must be there.  CLI_OK, or CLI_FAILED after
 * the message; season_close in both cases. */
MUST_USE int season_open(
	struct season *s, struct cli *c, const struct command *cmd, bool needs_policy);
void season_close(struct season *s);
/* Wipe the progress line. */
void season_progress_end(struct season *s);

/* "2023-12-31" of an option, or `otherwise` when it is NULL.  False after the message. */
MUST_USE bool season_day(struct cli *c, const struct command *cmd, const char *option,
	const char *text, day_t otherwise, day_t *ret_day);

#endif
