/* SPDX-License-Identifier: Apache-2.0 */
/* The three ledgers, their look-ups, and the notices they are held against.  The notices' text
 * is not in this tree: it is read from CANBAO_SHARED (default: ../shared beside the source), and
 * those tests are skipped with a message where it is not there. */
#include "../check.h"

#include "base/err.h"
#include "rules/ledger.h"

#define FILE_MAX (4u << 20)

static const char *const codes[] = { "lingbi-2023", "shuangqing-2023", "sunan-2024" };
static const char *const prefixes[] = { "LB-", "SQ-", "SN-" };

struct county {
	struct arena arena;
	struct diags diags;
	struct ledger *ledger;
	struct str notice; /* empty when the text is not at hand */
};

static struct county counties[ARRAY_LEN(codes)];

static struct str slurp(struct arena *a, const char *path)
{
	FILE *f = fopen(path, "rb");
	char *p;
	size_t n;

	if (!f)
		return (struct str){ "", 0 };
	p = arena_alloc(a, FILE_MAX);
	assert_non_null(p);
	n = fread(p, 1, FILE_MAX, f);
	fclose(f);
	return (struct str){ p, n };
}

static struct str source_file(struct arena *a, const char *path)
{
	const char *root = getenv("CANBAO_ROOT");

	return slurp(a, arena_printf(a, "%s/%s", root ? root : ".", path).p);
}

static struct str shared_file(struct arena *a, const char *path)
{
	const char *root = getenv("CANBAO_ROOT"), *shared = getenv("CANBAO_SHARED");

	if (shared)
		return slurp(a, arena_printf(a, "%s/%s", shared, path).p);
	return slurp(a, arena_printf(a, "%s/../shared/%s", root ? root : ".", path).p);
}

static void print_findings(const struct diags *d)
{
	struct buf b;

	buf_init(&b, 1u << 20);
	diags_print(&b, d);
	print_error("%s", buf_str(&b).n ? buf_str(&b).p : "");
	buf_release(&b);
}

static int load_counties(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(codes); i++) {
		struct county *c = &counties[i];
		struct str text;
		char path[128];

		arena_init(&c->arena, 256u << 20);
		diags_init(&c->diags, &c->arena);
		snprintf(path, sizeof(path), "packs/%s/clauses.yaml", codes[i]);
		text = source_file(&c->arena, path);
		if (ledger_load(&c->arena, STR("clauses.yaml"), text, &c->diags, &c->ledger) < 0) {
			print_findings(&c->diags);
			return -1;
		}
		snprintf(path, sizeof(path), "notices/%s.txt", codes[i]);
		c->notice = shared_file(&c->arena, path);
	}
	return 0;
}

static int free_counties(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(codes); i++)
		arena_release(&counties[i].arena);
	return 0;
}

/* Every clause that docs/clauses.tsv names is in its county's ledger. */
static void every_listed_clause_is_there(void **state)
{
	struct arena a;
	struct str rest, line, id, cell, one;
	size_t seen = 0;

	(void)state;
	arena_init(&a, 64u << 20);
	rest = source_file(&a, "docs/clauses.tsv");
	while (str_cut(&rest, STR("\n"), &line)) {
		if (!str_cut(&line, STR("\t"), &id) || !str_cut(&line, STR("\t"), &cell))
			continue;
		for (size_t i = 0; i < ARRAY_LEN(codes); i++) {
			struct str cells = cell;

			if (!str_starts(id, str_of(prefixes[i])))
				continue;
			while (str_cut(&cells, STR(" "), &one)) {
				if (!ledger_clause(counties[i].ledger, one))
					fail_row("%.*s: %s has no clause %.*s", STR_ARG(id),
						codes[i], STR_ARG(one));
				seen++;
			}
		}
	}
	assert_true(seen >= 131);
	arena_release(&a);
}

struct stated {
	size_t county;
	const char *clause, *figure;
	bool states;
};

static const struct stated stated[] = {
	/* 灵璧 */
	{ 0, "三(二)", "960元", true },
	{ 0, "三(二)", "90日", true },
	{ 0, "三(二)2", "300元", true },
	{ 0, "三(二)2", "350元", true }, /* of the clause above it */
	{ 0, "三(二)", "300元", true },  /* of the clause below it */
	{ 0, "三(二)1", "300元", false },
	{ 0, "三(二)2", "301元", false },
	{ 0, "三(三)", "6个月", true },
	{ 0, "三(三)", "6日", false },
	{ 0, "三(三)", "24个月", true },
	{ 0, "三(三)", "2023-12-31", true },
	{ 0, "三(四)", "2022-11-30", true },
	{ 0, "三(一)1-6", "350元", false },
	{ 0, "四(二)2", "100000元", true },
	{ 0, "四(二)2", "5名", true },
	{ 0, "四(二)1", "1元", true },
	{ 0, "五(六)", "14天", true },
	/* 双清 */
	{ 1, "一(一)", "95%", true },
	{ 1, "二(四)3", "50%", true },
	{ 1, "二(四)3", "175元", true },
	{ 1, "二(四)1", "175元", false },
	{ 1, "二(五)1", "90日", true },
	{ 1, "二(五)2", "90天", true }, /* 二(五) itself says so of others */
	{ 1, "二(二)", "2023-07-31", true },
	{ 1, "二(四)8", "2023-02-28", true },
	{ 1, "三(三)财政", "60%", true },
	{ 1, "三(三)民政等", "2022-10-01", true },
	{ 1, "三(三)税务", "2022-10-01", false },
	{ 1, "三(三)", "3元", true },
	{ 1, "文末", "2023-12-31", true },
	/* 肃南 */
	{ 2, "二(二)", "512元", true },
	{ 2, "二(三)2", "310元", true },
	{ 2, "二(三)2", "100元", false },
	{ 2, "二(三)3", "100元", true },
	{ 2, "二(四)", "70元", true },
	{ 2, "二(三)", "70元", false },
	{ 2, "二(五)", "2023-09-10", true },
	{ 2, "二(五)", "2024-12-31", true },
	{ 2, "二(五)", "2024-12-30", false },
	{ 2, "三(一)", "3个月", true },
	{ 2, "三(一)", "90日", false },
	{ 2, "一", "2699人", true },
	{ 2, "一", "2699元", false },
	{ 2, "一", "两千", false },
};

static void figures_stand_where_they_are_cited(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(stated); i++) {
		const struct stated *r = &stated[i];
		const struct ledger *l = counties[r->county].ledger;
		const struct ledger_clause *c = ledger_clause(l, str_of(r->clause));

		if (!c)
			fail_row("%s has no clause %s", codes[r->county], r->clause);
		if (ledger_states(l, c, str_of(r->figure)) != r->states)
			fail_row("%s %s %s", codes[r->county], r->clause, r->figure);
	}
}

static void found_figures_are_marked(void **state)
{
	const struct ledger *l = counties[0].ledger;
	unsigned char *seen = calloc(l->n_figures, 1);
	struct figure f;
	size_t marked = 0;

	(void)state;
	assert_non_null(seen);
	assert_true(figure_parse(STR("175元"), &f));
	assert_int_equal(ledger_find(l, ledger_clause(l, STR("三(二)2")), &f, seen), 2);
	for (size_t i = 0; i < l->n_clauses; i++)
		for (size_t k = 0; k < l->clauses[i].n_figures; k++)
			if (seen[l->clauses[i].figures[k].id]) {
				assert_str(l->clauses[i].number, "三(二)2");
				assert_int_equal(l->clauses[i].figures[k].value, 17500);
				marked++;
			}
	assert_int_equal(marked, 2);
	free(seen);
}

static bool names(size_t county, const char *clause, const char *name)
{
	const struct ledger *l = counties[county].ledger;

	return ledger_names(l, ledger_clause(l, str_of(clause)), str_of(name));
}

/* Who certifies and who pays, as the clause says. */
static void departments_and_funds(void **state)
{
	(void)state;
	assert_true(names(0, "三(二)", "民政"));
	assert_true(names(0, "三(二)", "县民政局"));
	assert_true(names(0, "三(二)", "退役军人"));
	assert_false(names(0, "三(二)", "残联"));
	assert_true(names(0, "三(二)1", "医疗救助"));
	assert_true(names(1, "二(四)1", "民政局"));
	assert_true(names(1, "二(四)2", "财政"));
	assert_false(names(1, "二(四)2", "医疗救助"));
	assert_true(names(1, "二(四)6", "退役军人事务局"));
	assert_false(names(2, "二(三)", "财政"));
	assert_false(names(2, "二(三)", ""));
}

static void look_ups(void **state)
{
	const struct ledger *l = counties[0].ledger;

	(void)state;
	assert_str(ledger_clause(l, STR("三(二)2"))->number, "三(二)2");
	assert_str(ledger_clause(l, STR("三(一)1-6"))->number, "三(一)");
	assert_null(ledger_clause(l, STR("三(一)1-7")));
	assert_null(ledger_clause(l, STR("三(一)6-1")));
	assert_null(ledger_clause(l, STR("三(九)")));
	assert_null(ledger_clause(l, STR("")));
	assert_str(ledger_nearest(l, STR("三（二）2"))->number, "三(二)2");
	assert_str(ledger_nearest(l, STR("三 (二) 2"))->number, "三(二)2");
	assert_str(ledger_nearest(l, STR("三(二)9"))->number, "三(二)");
}

static bool need_notices(void)
{
	for (size_t i = 0; i < ARRAY_LEN(codes); i++)
		if (counties[i].notice.n == 0) {
			print_message(
				"SKIPPED: no text of %s; set CANBAO_SHARED to the folder that "
				"holds notices/\n",
				codes[i]);
			return false;
		}
	return true;
}

static int check(size_t county, struct str text, struct arena *a, struct diags *d)
{
	diags_init(d, a);
	return ledger_check_notice(counties[county].ledger, STR("notice.txt"), text, a, d);
}

static void ledgers_agree_with_their_notices(void **state)
{
	(void)state;
	if (!need_notices())
		skip();
	for (size_t i = 0; i < ARRAY_LEN(codes); i++) {
		struct arena a;
		struct diags d;
		int rc;

		arena_init(&a, 64u << 20);
		rc = check(i, counties[i].notice, &a, &d);
		if (rc != 0)
			print_findings(&d);
		assert_int_equal(rc, 0);
		arena_release(&a);
	}
}

/* Digits that are no figures: a page's number and the letter in "P0S机". */
static bool idle_digit(struct str text, size_t at)
{
	size_t from = at, to = at;

	if (text.p[at] == '0' && at > 0 && text.p[at - 1] == 'P')
		return true;
	while (from > 0 && text.p[from - 1] != '\n')
		from--;
	while (to < text.n && text.p[to] != '\n')
		to++;
	return to - from <= 10 && text.p[from] == '-' && text.p[to - 1] == '-';
}

/* Change every single digit of every notice in turn: no change goes unnamed. */
static void any_changed_digit_is_named(void **state)
{
	size_t tried = 0;

	(void)state;
	if (!need_notices())
		skip();
	for (size_t i = 0; i < ARRAY_LEN(codes); i++) {
		struct str text = counties[i].notice;
		char *copy = malloc(text.n);
		struct arena a;
		struct diags d;

		assert_non_null(copy);
		memcpy(copy, text.p, text.n);
		arena_init(&a, 64u << 20);
		for (size_t at = 0; at < text.n; at++) {
			if (copy[at] < '0' || copy[at] > '9' || idle_digit(text, at))
				continue;
			copy[at] = copy[at] == '9' ? '8' : (char)(copy[at] + 1);
			if (check(i, (struct str){ copy, text.n }, &a, &d) <= 0)
				fail_row("%s: a change at byte %zu is not seen", codes[i], at);
			copy[at] = text.p[at];
			arena_reset(&a);
			tried++;
		}
		arena_release(&a);
		free(copy);
	}
	print_message("%zu digits changed\n", tried);
	assert_true(tried > 500);
}

/* `text` with the first `from` replaced by `to`. */
static struct str replaced(struct arena *a, struct str text, const char *from, const char *to)
{
	ptrdiff_t at = str_find(text, str_of(from));

	if (at < 0)
		fail_row("the notice has no \"%s\"", from);
	return arena_printf(a, "%.*s%s%.*s", (int)at, text.p, to,
		(int)(text.n - (size_t)at - strlen(from)), text.p + at + strlen(from));
}

struct change {
	size_t county;
	const char *from, *to, *says; /* what a finding must contain */
};

static const struct change changes[] = {
	/* amounts and terms */
	{ 0, "标准为 960 元", "标准为 950 元", "三(二) 的金额：通知写“950元”，台账写“960元”" },
	{ 0, "各奖励 10\n万元", "各奖励 1\n万元", "通知写“1万元”，台账写“10万元”" },
	{ 0, "一等奖 3 名", "一等奖 4 名", "四(二)2 的数量" },
	{ 0, "90 日内", "90 个月内", "三(二) 的期限：通知写“90个月”，台账写“90日”" },
	{ 0, "连续两周", "连续三周", "通知写“三周”，台账写“两周”" },
	{ 2, "各级财政补助640元", "各级财政补助640元、10元", "“10元”没有记入台账" },
	/* dates, with their years said or implied */
	{ 0, "9 月 1 日—12 月 31 日", "9 月 1 日—12 月 30 日", "三(七)1 的日期" },
	{ 2, "2023 年 9 月 10 日至", "2022 年 9 月 10 日至", "二(五) 的日期" },
	{ 1, "2023年7月底前", "2023年6月底前", "二(二) 的日期：通知写“2023年6月底”" },
	/* shares */
	{ 1, "激活率60%", "激活率70%", "三(三)财政 的比例：通知写“70%”，台账写“60%”" },
	/* lost figures, clauses, names */
	{ 2, "市县级补助16元", "市县级补助", "的金额“16元”在通知的这一条里找不到" },
	{ 0, "（六）完善退费", "完善退费", "通知里找不到“三(六)”条" },
	{ 2, "（三）资助标准", "（四）资助标准", "通知里找不到“二(三)”条" },
	{ 2, "4. 已脱贫", "4. 另有规定。\n5. 已脱贫", "台账里没有“二(三)5”条" },
	{ 1, "区残疾人联合会审核", "区民政局审核", "二(四)2 里没有提到“残疾人联合会”" },
	{ 1, "湘医保发〔2021〕29号", "湘医保函〔2021〕29号", "没有提到文号" },
	{ 2, "肃医保〔2023〕48号", "肃医保〔2023〕49号", "通知里没有这个文号" },
};

static void changes_are_named(void **state)
{
	(void)state;
	if (!need_notices())
		skip();
	for (size_t i = 0; i < ARRAY_LEN(changes); i++) {
		const struct change *c = &changes[i];
		struct arena a;
		struct diags d;
		bool named = false;

		arena_init(&a, 64u << 20);
		assert_true(
			check(c->county, replaced(&a, counties[c->county].notice, c->from, c->to),
				&a, &d) > 0);
		for (size_t k = 0; k < d.n; k++)
			named |= str_find(d.items[k].message, str_of(c->says)) >= 0;
		if (!named) {
			print_findings(&d);
			fail_row("row %zu: not named: %s", i, c->says);
		}
		arena_release(&a);
	}
}

/* The same the other way round: a figure altered in a copy of the ledger is named. */
static void a_changed_ledger_is_named(void **state)
{
	static const struct change rows[] = {
		{ 0, "[960元, 610元, 350元]", "[960元, 620元, 350元]",
			"通知写“610元”，台账写“620元”" },
		{ 0, "[300元, 50元, 270元", "[270元, 50元, 300元", "三(二)2 的金额" },
		{ 2, "2023-09-10, 2023-12-31", "2023-09-10, 2023-12-30", "二(五) 的日期" },
		{ 2, "号: 四(五)", "号: 四(六)", "台账里没有“四(五)”条" },
		{ 1, "印发: 2022-09-27", "印发: 2022-09-26", "通知里没有这个印发日期" },
	};

	(void)state;
	if (!need_notices())
		skip();
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct change *c = &rows[i];
		struct ledger *l = NULL;
		struct arena a;
		struct diags d;
		char path[128];
		bool named = false;

		arena_init(&a, 64u << 20);
		diags_init(&d, &a);
		snprintf(path, sizeof(path), "packs/%s/clauses.yaml", codes[c->county]);
		assert_int_equal(
			ledger_load(&a, STR("clauses.yaml"),
				replaced(&a, source_file(&a, path), c->from, c->to), &d, &l),
			0);
		assert_true(ledger_check_notice(
				    l, STR("notice.txt"), counties[c->county].notice, &a, &d) > 0);
		for (size_t k = 0; k < d.n; k++)
			named |= str_find(d.items[k].message, str_of(c->says)) >= 0;
		if (!named) {
			print_findings(&d);
			fail_row("row %zu: not named: %s", i, c->says);
		}
		arena_release(&a);
	}
}

#define HEAD "台账: 1\n代码: a-1\n文号: 未载明\n标题: 甲\n印发: 2023-01-01\n"

struct broken {
	const char *text, *says;
};

static const struct broken brokens[] = {
	{ HEAD "条: [{ 号: 一, 概要: 乙, 金额: [90日] }]\n", "应列在“期限”里" },
	{ HEAD "条: [{ 号: 一, 概要: 乙, 金额: [38O元] }]\n", "不是能识别的数字" },
	{ HEAD "条: [{ 号: 一, 概要: 乙, 日期: [2023-02-30] }]\n", "不是能识别的数字" },
	{ HEAD "条: [{ 号: 一, 概要: 乙, 金额: 380元 }]\n", "应是列表" },
	{ HEAD "条: [{ 号: 一, 概要: 乙, 金客: [380元] }]\n", "不认识的键“金客”" },
	{ HEAD "条: [{ 号: 一 }]\n", "“概要”应是一段文字" },
	{ HEAD "条: [{ 号: 一, 概要: 乙 }, { 号: 一, 概要: 丙 }]\n", "重复" },
	{ HEAD "条: []\n", "“条”应是列表" },
	{ HEAD "条: [甲]\n", "每条应是" },
	{ "台账: 2\n代码: a\n文号: b\n标题: c\n印发: 今天\n条: [{ 号: 一, 概要: 乙 }]\n",
		"日期应写作" },
	{ "台账: 2\n代码: a\n文号: b\n标题: c\n印发: 2023-01-01\n条: [{ 号: 一, 概要: 乙 }]\n",
		"版本" },
	{ "[1]\n", "键值表" },
};

static void broken_ledgers_are_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(brokens); i++) {
		struct ledger *l = NULL;
		struct arena a;
		struct diags d;
		bool named = false;

		arena_init(&a, 4u << 20);
		diags_init(&d, &a);
		assert_int_equal(
			ledger_load(&a, STR("x"), str_of(brokens[i].text), &d, &l), FAULT_FORMAT);
		assert_null(l);
		for (size_t k = 0; k < d.n; k++)
			named |= str_find(d.items[k].message, str_of(brokens[i].says)) >= 0;
		if (!named)
			fail_row("row %zu: not named: %s", i, brokens[i].says);
		arena_release(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_listed_clause_is_there),
		cmocka_unit_test(figures_stand_where_they_are_cited),
		cmocka_unit_test(found_figures_are_marked),
		cmocka_unit_test(departments_and_funds),
		cmocka_unit_test(look_ups),
		cmocka_unit_test(ledgers_agree_with_their_notices),
		cmocka_unit_test(any_changed_digit_is_named),
		cmocka_unit_test(changes_are_named),
		cmocka_unit_test(a_changed_ledger_is_named),
		cmocka_unit_test(broken_ledgers_are_refused),
	};

	return cmocka_run_group_tests(tests, load_counties, free_counties);
}
