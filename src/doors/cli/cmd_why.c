/* SPDX-License-Identifier: Apache-2.0 */
/* canbao why: explain one person. */
#include <inttypes.h>

#include "acts/bill_number.h"
#include "acts/explain.h"
#include "acts/take_payment.h"
#include "base/money.h"
#include "doors/cli/commands.h"
#include "doors/cli/season.h"

static const char usage[] =
	"用法：canbao why 证件号码 --policy 代码 [--on 日期] [选项]\n"
	"  说明一个人：事实、途径、持有的每种身份、适用哪一种、依据哪几条、应缴、缴费和待遇。\n"
	"  证件号码写 - 则从标准输入读（不留在命令历史里）。查看会记入操作日志。\n"
	"  --on 日期       按这一天缴费来说明（缺省今天）\n" SEASON_USAGE_ZH "\n"
	"Usage: canbao why NUMBER --policy CODE [--on DATE] [OPTIONS]\n"
	"  Explains one person: facts, route, every category held, which one counts, clauses, bill, cover.\n"
	"  NUMBER '-' reads it from standard input.  Looking is recorded.\n"
	"  --on DATE       as if paying on this day (default: today)\n" SEASON_USAGE_EN;

static struct str yuan(struct arena *a, int64_t fen)
{
	struct buf b;
	struct str s;

	buf_init(&b, 64);
	money_print(&b, (struct money){ fen }, true);
	s = arena_str(a, buf_str(&b));
	buf_release(&b);
	return s;
}

static const char *day_or(day_t day, char text[11])
{
	if (day == DAY_NONE)
		return "—";
	day_text(day, text);
	return text;
}

/* What a bill's or a payment's state is called. */
static const char *state_word(const struct cli *c, struct str state)
{
	static const struct {
		const char *code, *zh, *en;
	} words[] = { { "open", "待缴", "to be paid" }, { "paid", "已缴", "paid" },
		{ "funded", "全额资助，已由医保局参保", "fully funded" },
		{ "withdrawn", "已撤回", "withdrawn" }, { "posted", "已入账", "posted" },
		{ "suspense", "待查", "in suspense" } };

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_is(state, words[i].code))
			return c->english ? words[i].en : words[i].zh;
	return "?";
}

/* Why a payment waits, empty when it does not. */
static const char *reason_word(const struct cli *c, struct str reason)
{
	for (int i = 0; i < SUSPENSE_REASON_COUNT; i++)
		if (str_is(reason, suspense_code((enum suspense_reason)i)))
			return c->english ? suspense_en((enum suspense_reason)i)
					  : suspense_zh((enum suspense_reason)i);
	return "";
}

static const char *department_word(const struct cli *c, struct str code)
{
	int d = vocab_code(&vocab_department, code);

	return d < 0        ? "?"
	       : c->english ? vocab_department.words[d].code
			    : vocab_department.words[d].zh;
}

static void tell_person(struct cli *c, const struct explanation *x)
{
	char birth[11];

	day_text(x->person.birth, birth);
	fprintf(c->out,
		c->english ? "%.*s, %s, born %s, %.*s %.*s, %s, %s\n"
			   : "%.*s，%s，%s 出生，%.*s %.*s，%s，%s\n",
		STR_ARG(x->person.name), x->masked, birth, STR_ARG(x->town), STR_ARG(x->village),
		x->person.registered ? (c->english ? "registered here" : "本县户籍")
				     : (c->english ? "registered elsewhere" : "外县户籍"),
		x->person.resident ? (c->english ? "lives here" : "常住")
				   : (c->english ? "lives elsewhere" : "不常住"));
	if (x->facts.facts.employee_insured)
		fprintf(c->out, "%s", c->english ? "in employee insurance\n" : "参加职工医保\n");
	if (x->n_ceiling)
		fprintf(c->out,
			c->english
				? "%zu other cover in the same calendar year: yearly ceilings do not add up\n"
				: "同一自然年度另有 %zu 段其他医保，年度最高支付限额不叠加\n",
			x->n_ceiling);
}

static void tell_categories(
	struct cli *c, const struct season *s, struct arena *a, const struct explanation *x)
{
	const struct pack *p = s->policy.pack;

	for (size_t i = 0; i < x->dossier->n_memberships; i++) {
		const struct dossier_membership *m = &x->dossier->memberships[i];
		int k = pack_category_by_code(p, m->category);
		char from[11], to[11];
		bool wins = x->ruling.decision == RULING_ENROL && k >= 0 && x->ruling.category == k;
		struct str name = k < 0 ? m->category : p->categories[k].name;
		struct str amount =
			k < 0 ? STR("-") : yuan(a, pack_category_subsidy(p, (size_t)k).fen);

		fprintf(c->out,
			c->english ? "  %s%.*s: %.*s yuan, certified %s, ended %s, by %s\n"
				   : "  %s%.*s：资助 %.*s 元，认定 %s，取消 %s，%s认定\n",
			wins ? (c->english ? "[counts] " : "【适用】") : "", STR_ARG(name),
			STR_ARG(amount), day_or(m->certified, from), day_or(m->ended, to),
			department_word(c, m->department));
	}
}

static void tell_ruling(
	struct cli *c, const struct season *s, struct arena *a, const struct explanation *x)
{
	const struct ruling *r = &x->ruling;
	char from[11], to[11];

	if (r->decision == RULING_REFUSE && x->dossier->enrolment.policy.p)
		return; /* enrolled: what a late payer would hear does not concern this person */
	if (r->decision == RULING_REFUSE) {
		fprintf(c->out,
			c->english ? "may not enrol: %s (%.*s)\n" : "不能参保：%s（依据 %.*s）\n",
			c->english ? refusal_en(r->refusal) : refusal_zh(r->refusal),
			STR_ARG(x->cites));
		return;
	}
	day_text(r->benefit_from, from);
	day_text(r->benefit_to, to);
	fprintf(c->out,
		c->english
			? "route %.*s: standard %.*s − subsidy %.*s = pays %.*s yuan; covered %s to %s (%.*s)\n"
			: "途径 %.*s：标准 %.*s − 资助 %.*s = 应缴 %.*s 元；待遇 %s 至 %s（依据 %.*s）\n",
		STR_ARG(c->english ? s->policy.pack->routes[r->route].code
				   : s->policy.pack->routes[r->route].name),
		STR_ARG(yuan(a, r->standard.fen)), STR_ARG(yuan(a, r->subsidy.fen)),
		STR_ARG(yuan(a, r->payable.fen)), from, to, STR_ARG(x->cites));
}

static struct str channel_word(const struct season *s, struct str code)
{
	int k = pack_channel_by_code(s->policy.pack, code);

	return k < 0 ? code : s->policy.pack->channels[k].name;
}

static void tell_season(
	struct cli *c, const struct season *s, struct arena *a, const struct explanation *x)
{
	const struct dossier_bill *b = &x->dossier->bill;
	char number[BILL_NUMBER_LENGTH + 1], from[11], to[11], on[11];

	if (b->state.p) {
		bill_number_make(s->policy.pack->benefit_year, x->person.id, number);
		fprintf(c->out,
			c->english ? "bill %s: %.*s yuan, %s\n" : "应缴单 %s：%.*s 元，%s\n",
			number, STR_ARG(yuan(a, b->payable_fen)), state_word(c, b->state));
	}
	for (size_t i = 0; i < x->n_payments; i++) {
		const struct explain_payment *y = &x->payments[i];

		fprintf(c->out,
			c->english ? "payment %" PRId64 ": %.*s yuan by %.*s, %s %s\n"
				   : "缴费 %" PRId64 "：%.*s 元，渠道 %.*s，%s %s\n",
			y->id, STR_ARG(yuan(a, y->fen)), STR_ARG(channel_word(s, y->channel)),
			state_word(c, y->state), reason_word(c, y->reason));
	}
	for (size_t i = 0; i < x->n_enrolments; i++) {
		const struct explain_enrolment *e = &x->enrolments[i];

		fprintf(c->out,
			c->english ? "enrolled on %s, covered %s to %s%s\n"
				   : "%s 参保，待遇 %s 至 %s%s\n",
			day_or(e->enrolled_on, on), day_or(e->benefit_from, from),
			day_or(e->benefit_to, to),
			e->active ? "" : (c->english ? " (ended)" : "（已终止）"));
	}
}

static void tell_surroundings(struct cli *c, const struct explanation *x)
{
	if (x->n_members > 1)
		fputs(c->english ? "household:\n" : "同户：\n", c->out);
	for (size_t i = 0; x->n_members > 1 && i < x->n_members; i++) {
		const struct explain_member *m = &x->members[i];
		const char *state = m->died_on != DAY_NONE ? (c->english ? "dead" : "已死亡")
				    : m->enrolled          ? (c->english ? "enrolled" : "已参保")
						  : (c->english ? "not enrolled" : "未参保");

		fprintf(c->out, "  %.*s %.*s  %s\n", STR_ARG(m->name), STR_ARG(m->relation), state);
	}
	if (x->n_changes)
		fputs(c->english ? "changes, newest first:\n" : "变更，新的在前：\n", c->out);
	for (size_t i = 0; i < x->n_changes; i++) {
		const struct explain_change *h = &x->changes[i];
		char on[11];

		day_text((day_t)((h->at + 8 * 3600) / 86400), on);
		fprintf(c->out, "  %s %.*s  %.*s：%.*s → %.*s\n", on, STR_ARG(h->actor),
			STR_ARG(h->field), STR_ARG(h->was), STR_ARG(h->became));
	}
}

static void json_field(struct buf *b, const char *key, struct str v)
{
	buf_addf(b, ",\"%s\":", key);
	if (v.p)
		buf_add_json(b, v);
	else
		buf_addz(b, "null");
}

static void json_ruling(struct buf *b, const struct season *s, const struct explanation *x)
{
	const struct ruling *r = &x->ruling;
	char day[11];

	if (r->decision == RULING_REFUSE) {
		buf_addz(b, ",\"decision\":\"refuse\"");
		json_field(b, "reason", str_of(refusal_code(r->refusal)));
	} else {
		buf_addz(b, ",\"decision\":\"enrol\"");
		json_field(b, "route", s->policy.pack->routes[r->route].code);
		json_field(b, "category",
			r->category < 0 ? (struct str){ NULL, 0 }
					: s->policy.pack->categories[r->category].code);
		buf_addf(b,
			",\"standard_fen\":%" PRId64 ",\"subsidy_fen\":%" PRId64
			",\"payable_fen\":%" PRId64,
			r->standard.fen, r->subsidy.fen, r->payable.fen);
		day_text(r->benefit_from, day);
		json_field(b, "benefit_from", str_of(day));
	}
	json_field(b, "cites", x->cites);
}

static void tell_json(struct cli *c, const struct season *s, const struct explanation *x)
{
	struct buf b;
	char day[11];

	buf_init(&b, 1u << 20);
	buf_addz(&b, "{\"document\":");
	buf_add_json(&b, str_of(x->masked));
	json_field(&b, "name", x->person.name);
	json_field(&b, "town", x->town);
	json_field(&b, "village", x->village);
	buf_addz(&b, ",\"categories\":[");
	for (size_t i = 0; i < x->dossier->n_memberships; i++) {
		const struct dossier_membership *m = &x->dossier->memberships[i];

		buf_addz(&b, i ? ",{\"code\":" : "{\"code\":");
		buf_add_json(&b, m->category);
		day_text(m->certified, day);
		json_field(&b, "certified", str_of(day));
		json_field(&b, "department", m->department);
		json_field(&b, "ended",
			m->ended == DAY_NONE ? (struct str){ NULL, 0 }
					     : (day_text(m->ended, day), str_of(day)));
		buf_addc(&b, '}');
	}
	buf_addc(&b, ']');
	json_ruling(&b, s, x);
	json_field(&b, "bill_state", x->dossier->bill.state);
	buf_addf(&b,
		",\"payments\":%zu,\"enrolments\":%zu,\"other_cover\":%zu,\"household\":%zu,"
		"\"changes\":%zu}\n",
		x->n_payments, x->n_enrolments, x->n_ceiling, x->n_members, x->n_changes);
	fputs(buf_str(&b).p, c->out);
	buf_release(&b);
}

static int why(struct cli *c, struct season *s, struct str number, day_t on)
{
	struct explanation *x = ARENA_NEW(&s->arena, struct explanation);
	struct err err = { "" };

	if (!x)
		return cli_fail_text(c, fault_text(FAULT_MEMORY));
	if (explain(&s->env, &s->policy, number, on, &s->arena, x, &err) < 0)
		return cli_fail_text(c, err.text);
	if (!x->found)
		return cli_fail(c, "本县居民库里没有这个证件号码", "nobody here has this number"),
		       CLI_FINDINGS;
	if (s->json) {
		tell_json(c, s, x);
		return CLI_OK;
	}
	tell_person(c, x);
	tell_categories(c, s, &s->arena, x);
	tell_ruling(c, s, &s->arena, x);
	tell_season(c, s, &s->arena, x);
	tell_surroundings(c, x);
	return CLI_OK;
}

static int run(struct cli *c, int argc, char **argv)
{
	struct season s = { 0 };
	const char *on_text = NULL, *args[1];
	const struct cli_option options[] = { SEASON_OPTIONS(&s), { "on", &on_text, NULL } };
	char line[256];
	struct str number;
	day_t on;
	int n = cli_options(c, &command_why, argc, argv, options, ARRAY_LEN(options), args, 1),
	    status;

	if (n < 0 || !season_day(c, &command_why, "--on", on_text, c->today, &on))
		return CLI_FAILED;
	if (n < 1)
		return cli_usage_error(c, &command_why, "请写证件号码", "which document number?");
	number = str_of(args[0]);
	if (str_is(number, "-"))
		number = str_trim(str_of(fgets(line, sizeof(line), c->in)));
	status = season_open(&s, c, &command_why, true);
	if (status == CLI_OK)
		status = why(c, &s, number, on);
	season_close(&s);
	return status;
}

const struct command command_why = {
	.verb = "why",
	.zh = "说明一个人：身份、途径、应缴、依据",
	.en = "explain one person",
	.usage = usage,
	.run = run,
};
