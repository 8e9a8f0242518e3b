/* SPDX-License-Identifier: Apache-2.0 */
/* canbao assess: a bill for everybody who owes, an enrolment for the fully subsidised, a reason for
 * the rest. */
#include <inttypes.h>

#include "acts/assess.h"
#include "acts/bill_number.h"
#include "doors/cli/commands.h"
#include "doors/cli/season.h"

static const char usage[] =
	"用法：canbao assess --policy 代码 --on 日期 [选项]\n"
	"  核定全县：应缴的人出应缴单，全额资助的人由医保局直接参保，其余的人写明不能参保的原因和条款。\n"
	"  名单变动后再运行，只改变动的人，并说明改了什么。已参保的人不动。\n"
	"  --on 日期       按这一天缴费核定（必填）\n" SEASON_USAGE_ZH "\n"
	"Usage: canbao assess --policy CODE --on DATE [OPTIONS]\n"
	"  Assesses the whole county: bills, enrolments of the fully subsidised, reasoned refusals.\n"
	"  Run again after lists changed it changes only what changed and says what.\n"
	"  --on DATE       as if everybody paid on this day (needed)\n" SEASON_USAGE_EN;

static void fen_or_null(struct cli *c, const char *key, int64_t fen)
{
	if (fen < 0)
		fprintf(c->out, ",\"%s\":null", key);
	else
		fprintf(c->out, ",\"%s\":%" PRId64, key, fen);
}

/* Codes and numbers only: nothing in them needs escaping. */
static void change_json(struct cli *c, const struct season *s, const struct assess_change *ch)
{
	char number[BILL_NUMBER_LENGTH + 1];

	bill_number_make(s->policy.pack->benefit_year, ch->person, number);
	fprintf(c->out, "{\"bill\":\"%s\"", number);
	fen_or_null(c, "was_fen", ch->was_fen);
	fprintf(c->out, ",\"was_category\":\"%s\"", ch->was_category);
	fen_or_null(c, "now_fen", ch->now_fen);
	fprintf(c->out, ",\"now_category\":\"%s\",\"reason\":\"%s\"}", ch->now_category,
		ch->reason);
}

/* "changes" holds the first ASSESS_CHANGES_KEPT of them; "changed" counts all. */
static void tell_json(struct cli *c, const struct season *s, const struct assess_report *r)
{
	fprintf(c->out,
		"{\"people\":%" PRId64 ",\"enrolled\":%" PRId64 ",\"billed\":%" PRId64
		",\"funded\":%" PRId64 ",\"refused\":%" PRId64 ",\"changed\":%" PRId64
		",\"withdrawn\":%" PRId64 ",\"unchanged\":%" PRId64 ",\"deceased\":%" PRId64
		",\"lapsed\":%" PRId64 ",\"payable_fen\":%" PRId64 ",\"subsidy_fen\":%" PRId64
		",\"changes\":[",
		r->people, r->enrolled, r->billed, r->funded, r->refused, r->changed, r->withdrawn,
		r->unchanged, r->deceased, r->lapsed, r->payable_fen, r->subsidy_fen);
	for (size_t i = 0; i < r->n_changes; i++) {
		if (i)
			fputs(",\n", c->out);
		change_json(c, s, &r->changes[i]);
	}
	fputs("]}\n", c->out);
}

static struct str category_word(const struct season *s, const char *code)
{
	int k = pack_category_by_code(s->policy.pack, str_of(code));

	return k < 0 ? str_of(code) : s->policy.pack->categories[k].name;
}

static const char *refusal_word(const struct cli *c, const char *code)
{
	for (int i = 0; i < REFUSAL_COUNT; i++)
		if (str_is(str_of(code), refusal_code((enum refusal)i)))
			return c->english ? refusal_en((enum refusal)i)
					  : refusal_zh((enum refusal)i);
	return code;
}

static void tell_change(struct cli *c, const struct season *s, const struct assess_change *ch)
{
	char number[BILL_NUMBER_LENGTH + 1];

	bill_number_make(s->policy.pack->benefit_year, ch->person, number);
	fprintf(c->out, "  %s  ", number);
	if (ch->was_fen < 0)
		fputs(c->english ? "no bill" : "无应缴单", c->out);
	else
		fprintf(c->out, "%" PRId64 ".%02d %.*s", ch->was_fen / 100,
			(int)(ch->was_fen % 100), STR_ARG(category_word(s, ch->was_category)));
	fputs(" → ", c->out);
	if (ch->now_fen < 0)
		fprintf(c->out, c->english ? "no bill (%s)\n" : "不再应缴（%s）\n",
			refusal_word(c, ch->reason));
	else
		fprintf(c->out, "%" PRId64 ".%02d %.*s\n", ch->now_fen / 100,
			(int)(ch->now_fen % 100), STR_ARG(category_word(s, ch->now_category)));
}

static void tell(struct cli *c, const struct season *s, const struct assess_report *r)
{
	fprintf(c->out,
		c->english ? "%" PRId64 " people: %" PRId64 " new bills, %" PRId64
			     " enrolled by the bureau, %" PRId64 " refused; %" PRId64
			     " enrolled before, %" PRId64 " as before, %" PRId64
			     " changed, %" PRId64 " withdrawn, %" PRId64 " deceased\n"
			   : "%" PRId64 " 人：新出应缴单 %" PRId64 "，医保局直接参保 %" PRId64
			     "，不能参保 %" PRId64 "；此前已参保 %" PRId64 "，未变 %" PRId64
			     "，有变动 %" PRId64 "，撤回应缴单 %" PRId64 "，已死亡 %" PRId64 "\n",
		r->people, r->billed, r->funded, r->refused, r->enrolled, r->unchanged, r->changed,
		r->withdrawn, r->deceased);
	fprintf(c->out,
		c->english ? "personal %" PRId64 ".%02d yuan, subsidies %" PRId64 ".%02d yuan\n"
			   : "个人应缴 %" PRId64 ".%02d 元，资助 %" PRId64 ".%02d 元\n",
		r->payable_fen / 100, (int)(r->payable_fen % 100), r->subsidy_fen / 100,
		(int)(r->subsidy_fen % 100));
	if (r->lapsed)
		fprintf(c->out,
			c->english
				? "%" PRId64
				  " bills were not paid before the window closed; they stand as they are\n"
				: "缴费期已过仍未缴的应缴单 %" PRId64 " 张，原样保留\n",
			r->lapsed);
	if (r->n_changes)
		fputs(c->english ? "changed (bill number, was → now):\n"
				 : "变动（应缴单号，原 → 现）：\n",
			c->out);
	for (size_t i = 0; i < r->n_changes; i++)
		tell_change(c, s, &r->changes[i]);
	if (r->changed > (int64_t)r->n_changes)
		fprintf(c->out,
			c->english ? "  … and %" PRId64 " more\n" : "  … 另有 %" PRId64 " 人\n",
			r->changed - (int64_t)r->n_changes);
}

static int run(struct cli *c, int argc, char **argv)
{
	static struct assess_report r; /* large; one run a process */
	struct season s = { 0 };
	const char *on_text = NULL;
	const struct cli_option options[] = { SEASON_OPTIONS(&s), { "on", &on_text, NULL } };
	day_t on;
	int status;

	if (cli_options(c, &command_assess, argc, argv, options, ARRAY_LEN(options), NULL, 0) < 0 ||
		!season_day(c, &command_assess, "--on", on_text, c->today, &on))
		return CLI_FAILED;
	if (!on_text)
		return cli_usage_error(c, &command_assess,
			"请用 --on 写明按哪一天核定，如 --on 2023-10-08",
			"as of which day?  --on 2023-10-08");
	status = season_open(&s, c, &command_assess, true);
	if (status == CLI_OK && assess(&s.env, &s.policy, on, &r) < 0)
		status = cli_fail_text(c, r.err.text);
	else if (status == CLI_OK) {
		season_progress_end(&s);
		if (s.json)
			tell_json(c, &s, &r);
		else
			tell(c, &s, &r);
	}
	season_close(&s);
	return status;
}

const struct command command_assess = {
	.verb = "assess",
	.zh = "核定：出应缴单，全额资助的直接参保，其余写明原因",
	.en = "assess what everybody owes",
	.usage = usage,
	.run = run,
};
