/* SPDX-License-Identifier: Apache-2.0 */
/* canbao account: the operator's own hand on accounts: the first administrators, a way back in for
 * them, a demonstration's. */
#include <openssl/crypto.h>
#include <string.h>

#include "acts/accounts.h"
#include "acts/totp.h"
#include "doors/cli/commands.h"
#include "doors/cli/season.h"

static const char usage[] =
	"用法：canbao account add --login 账号 --name 姓名 --staff 工号 --role 角色 [--subject 标识]\n"
	"      canbao account reset --login 账号\n"
	"      canbao account list\n"
	"      canbao account demo\n"
	"  add    开设管理员：system_admin、security_admin、audit_admin（同一工号只能任其一）。\n"
	"         初始密码只显示这一次，首次登录须修改。其他账号由系统管理员在页面上开、安全管理员授权。\n"
	"  reset  管理员忘了密码或丢了动态验证码：换新的初始密码，取消动态验证码，退出其登录。\n"
	"  list   列出账号。\n"
	"  demo   演示用：每个角色一个账号，密码和动态验证码密钥公开。只能用在没有其他账号的数据库里。\n"
	"  --db、--key、--county、--actor、--reason、--json 同 canbao import\n"
	"\n"
	"Usage: canbao account add --login LOGIN --name NAME --staff NUMBER --role ROLE [--subject ID]\n"
	"       canbao account reset --login LOGIN\n"
	"       canbao account list\n"
	"       canbao account demo\n"
	"  add    brings in an administrator: system_admin, security_admin, audit_admin (one of them\n"
	"         a staff number).  The first password is shown this once and must be changed.  Other\n"
	"         accounts are opened and granted in the console.\n"
	"  reset  a new first password for an administrator, without the second factor.\n"
	"  list   lists the accounts.\n"
	"  demo   for demonstrations: an account a role with a known password; only in a store that\n"
	"         has no other account.\n"
	"  --db, --key, --county, --actor, --reason, --json as for canbao import\n";

struct ask {
	struct season s;
	const char *login, *name, *staff, *role, *subject;
};

static int refuse(struct cli *c, enum account_ruling r)
{
	return cli_fail(c, "%s", "%s", c->english ? account_ruling_en(r) : account_ruling_zh(r));
}

/* Done, a ruling or a fault. */
static int outcome(struct cli *c, int rc)
{
	if (rc == ACCOUNT_DONE_RULING)
		return CLI_OK;
	if (rc < 0)
		return cli_fail_text(c, store_message()[0] ? store_message() : fault_text(rc));
	return refuse(c, (enum account_ruling)rc);
}

static void tell_first(
	struct cli *c, const struct ask *q, const char *login, struct account_first *first)
{
	if (q->s.json)
		fprintf(c->out, "{\"id\":%lld,\"login\":\"%s\",\"password\":\"%s\"}\n",
			(long long)first->id, login, first->password);
	else
		fprintf(c->out,
			c->english
				? "account %s, first password %s (shown this once; to be changed at the first log-in)\n"
				: "账号 %s，初始密码 %s（只显示这一次，首次登录须修改）\n",
			login, first->password);
	OPENSSL_cleanse(first, sizeof(*first));
}

static int add(struct cli *c, struct ask *q)
{
	struct account_new n = { 0 };
	struct account_first first;
	int status;

	if (!q->login || !q->name || !q->staff || !q->role)
		return cli_usage_error(c, &command_account,
			"要写明 --login、--name、--staff、--role",
			"--login, --name, --staff and --role are needed");
	n.login = str_of(q->login);
	n.name = str_of(q->name);
	n.staff_no = str_of(q->staff);
	if (q->subject)
		n.subject = str_of(q->subject);
	if (!role_parse(str_of(q->role), &n.place.role))
		return refuse(c, ACCOUNT_ROLE_RULING);
	status = outcome(c, account_operator_add(&q->s.env, &n, &first));
	if (status == CLI_OK)
		tell_first(c, q, q->login, &first);
	return status;
}

static int reset(struct cli *c, struct ask *q)
{
	struct account_first first;
	int status;

	if (!q->login)
		return cli_usage_error(c, &command_account, "要写明 --login", "--login is needed");
	status = outcome(c, account_operator_reset(&q->s.env, str_of(q->login), &first));
	if (status == CLI_OK)
		tell_first(c, q, q->login, &first);
	return status;
}

static void add_text(struct buf *b, const char *key, struct str v)
{
	buf_addf(b, ",\"%s\":", key);
	if (v.p)
		buf_add_json(b, v);
	else
		buf_addz(b, "null");
}

static void line_json(struct buf *b, const struct account_line *l)
{
	const struct account *acc = &l->account;

	buf_addf(b, "{\"id\":%lld", (long long)acc->id);
	add_text(b, "login", acc->login);
	add_text(b, "name", acc->name);
	add_text(b, "staff_no", acc->staff_no);
	add_text(b, "role", acc->role);
	add_text(b, "division", acc->division ? l->division_name : (struct str){ NULL, 0 });
	add_text(b, "unit", acc->unit);
	add_text(b, "state", str_of(account_state_code(acc->state)));
	buf_addf(b, ",\"second_factor\":%s,\"locked\":%s}", acc->totp_seal.p ? "true" : "false",
		l->locked ? "true" : "false");
}

static const char *role_name(struct cli *c, struct str code)
{
	enum role r;

	if (!role_parse(code, &r))
		return "?";
	return c->english ? role_en(r) : role_zh(r);
}

static void print_lines(struct cli *c, const struct account_line *items, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct account *acc = &items[i].account;
		struct str where = items[i].division_name.p ? items[i].division_name : acc->unit;

		fprintf(c->out, "  %-22.*s %s%s%.*s%s%s\n", STR_ARG(acc->login),
			role_name(c, acc->role), where.n ? " · " : "", STR_ARG(where),
			acc->state == ACCOUNT_ACTIVE ? "" : " · ",
			acc->state == ACCOUNT_ACTIVE ? "" : account_state_code(acc->state));
	}
}

#define PAGE 200

static int list(struct cli *c, struct ask *q)
{
	struct account_filter filter = { .max = PAGE };
	struct account_line *items;
	struct buf b;
	size_t n, all = 0;
	int rc;

	buf_init(&b, 16u << 20);
	buf_addc(&b, '[');
	do {
		rc = account_list(&q->s.env, &filter, &q->s.arena, &items, &n);
		if (rc < 0)
			break;
		if (!q->s.json)
			print_lines(c, items, n);
		for (size_t i = 0; q->s.json && i < n; i++) {
			buf_addz(&b, all++ ? "," : "");
			line_json(&b, &items[i]);
		}
		if (n)
			filter.after = items[n - 1].account.login;
	} while (n == PAGE);
	buf_addz(&b, "]\n");
	if (rc == 0 && q->s.json)
		fputs(buf_str(&b).p, c->out);
	buf_release(&b);
	return rc < 0 ? cli_fail_text(c, store_message()) : CLI_OK;
}

static int demo(struct cli *c, struct ask *q)
{
	struct account_demo d = { .channel = STR("bank") };
	char secret[TOTP_SECRET_TEXT + 1];
	struct buf b = { .p = secret, .cap = sizeof(secret), .ceiling = sizeof(secret) - 1 };
	int status;

	if (q->s.policy.pack && q->s.policy.pack->n_channels)
		d.channel = q->s.policy.pack->channels[0].code;
	status = outcome(c, account_demo(&q->s.env, &q->s.arena, &d));
	if (status != CLI_OK)
		return status;
	totp_base32((const unsigned char *)ACCOUNT_DEMO_SECRET, TOTP_SECRET_BYTES, &b);
	print_lines(c, d.items, d.n);
	fprintf(c->out,
		c->english
			? "  password of all: %s\n  one-time codes: secret %s in any authenticator program\n"
			: "  以上账号的密码都是 %s\n  动态验证码：在任何验证器程序里输入密钥 %s\n",
		ACCOUNT_DEMO_PASSWORD, secret);
	return CLI_OK;
}

static int run(struct cli *c, int argc, char **argv)
{
	static const struct {
		const char *name;
		int (*run)(struct cli *c, struct ask *q);
	} verbs[] = { { "add", add }, { "reset", reset }, { "list", list }, { "demo", demo } };
	struct ask q = { 0 };
	const struct cli_option options[] = {
		SEASON_OPTIONS(&q.s),
		{ "login", &q.login, NULL },
		{ "name", &q.name, NULL },
		{ "staff", &q.staff, NULL },
		{ "role", &q.role, NULL },
		{ "subject", &q.subject, NULL },
	};
	const char *verb;
	int status, n = cli_options(
			    c, &command_account, argc, argv, options, ARRAY_LEN(options), &verb, 1);

	if (n < 0)
		return CLI_FAILED;
	for (size_t i = 0; n == 1 && i < ARRAY_LEN(verbs); i++) {
		if (strcmp(verb, verbs[i].name) != 0)
			continue;
		status = season_open(&q.s, c, &command_account, false);
		if (status == CLI_OK)
			status = verbs[i].run(c, &q);
		season_close(&q.s);
		return status;
	}
	return cli_usage_error(c, &command_account, "要写 add、reset、list 或 demo",
		"say add, reset, list or demo");
}

const struct command command_account = {
	.verb = "account",
	.zh = "管理员账号：开设、重置、列出；演示账号",
	.en = "accounts: the first administrators, resets, demonstration",
	.usage = usage,
	.run = run,
};
