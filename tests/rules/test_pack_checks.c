/* SPDX-License-Identifier: Apache-2.0 */
/* Every check of the pack loader, each by one place of a good pack made wrong: the pack is
 * refused, and the finding says what is wrong.  A pack that cites wrongly or whose sums do not
 * meet cannot be used. */
#include "pack_fixture.h"

struct wrong {
	const char *what; /* provisions, or the check's name */
	const char *pack, *find, *put;
	const char *message; /* part of the finding */
};

static const struct wrong wrongs[] = {
	/* Figures that the cited clause does not state. */
	{ "SN-03 individual", "sunan-2024", "金额: 380元", "金额: 390元", "没有写“390元”" },
	{ "SN-03 fiscal", "sunan-2024", "金额: 640元", "金额: 641元", "没有写“641元”" },
	{ "SN-12 soldiers of 2023 or 2024: a reading's own figures", "sunan-2024",
		"发生: 2023-01-01..", "发生: 2022-01-01..", "和解释没有写“2022-01-01”" },
	{ "SN-11 window", "sunan-2024", "缴费日: 2023-09-10..2023-12-31",
		"缴费日: 2023-09-11..2023-12-31", "没有写“2023-09-11”" },
	{ "SN-14 term", "sunan-2024", "出生日起 3个月内", "出生日起 4个月内", "没有写“4个月”" },
	{ "LB-06 individual", "lingbi-2023", "个人缴费: { 金额: 350元", "个人缴费: { 金额: 360元",
		"没有写“360元”" },
	{ "LB-07 newborn's 90 days", "lingbi-2023", "出生日起 90日内", "出生日起 91日内",
		"没有写“91日”" },
	{ "LB-10 dibao", "lingbi-2023", "资助: 300元, 应缴: 50元", "资助: 310元, 应缴: 40元",
		"没有写“310元”" },
	{ "LB-16 last day", "lingbi-2023", "日期: 2023-02-28", "日期: 2023-03-31",
		"没有写“2023-03-31”" },
	{ "LB-17 window", "lingbi-2023", "缴费日: 2022-10-01..2022-12-31",
		"缴费日: 2022-10-01..2022-12-30", "没有写“2022-12-30”" },
	{ "LB-18 months", "lingbi-2023", "连续参保: 24个月以上", "连续参保: 25个月以上",
		"没有写“25个月”" },
	{ "LB-19 waiting", "lingbi-2023", "缴费次日起 6个月后", "缴费次日起 7个月后",
		"没有写“7个月”" },
	{ "LB-30 refund", "lingbi-2023", "申请早于: 2023-01-01", "申请早于: 2023-02-01", "没有写" },
	{ "SQ-07 individual", "shuangqing-2023", "个人缴费: { 金额: 350元",
		"个人缴费: { 金额: 340元", "没有写“340元”" },
	{ "SQ-10 half", "shuangqing-2023", "比例: 50%", "比例: 60%", "没有写“60%”" },
	{ "SQ-16 window", "shuangqing-2023", "缴费日: 2022-09-01..2022-12-31",
		"缴费日: 2022-09-02..2022-12-31", "没有写" },
	{ "SQ-19 days", "shuangqing-2023", "中断之日起 90天内", "中断之日起 80天内",
		"没有写“80天”" },
	{ "SQ-38 validity", "shuangqing-2023", "有效期: { 起止: 2022-09-01..2023-12-31",
		"有效期: { 起止: 2022-09-01..2023-12-30", "没有写" },
	{ "SQ-40 deadline", "shuangqing-2023", "截止: 2023-02-28, 责任: [财政",
		"截止: 2023-03-28, 责任: [财政", "没有写" },
	{ "SQ-08 certifier", "shuangqing-2023", "资助: 全额, 认定: 民政", "资助: 全额, 认定: 卫健",
		"没有提到“卫健”" },
	{ "SQ-09 fund", "shuangqing-2023", "资金: 财政资金, 重点: 是, 依据: 二(四)2",
		"资金: 医疗救助, 重点: 是, 依据: 二(四)2", "没有提到“医疗救助”" },
	{ "SQ-12 who pays for veterans", "shuangqing-2023", "资金: 退役军人部门", "资金: 卫健部门",
		"没有提到“卫健”" },
	{ "how terms are counted", "sunan-2024", "缺日: 取月末", "缺日: 取次月首日",
		"缺日 只能写“取月末”" },
	/* Clauses. */
	{ "no such clause", "sunan-2024", "依据: 二(三)4 }", "依据: 二(三)5 }",
		"通知里没有“二(三)5”" },
	{ "the nearest clause is named", "sunan-2024", "依据: 二(三)4 }", "依据: 二（三）4 }",
		"是不是“二(三)4”" },
	{ "neither clause nor reading", "sunan-2024", "{ 规则: 就高不重复, 依据: 二(三) }",
		"{ 规则: 就高不重复 }", "没有“依据”" },
	{ "a reading that is not there", "sunan-2024", "依据: 二(一), 解释: J5",
		"依据: 二(一), 解释: J55", "“解释”里没有 J55" },
	{ "a reading without its author", "sunan-2024", "视同居住证, 定: 县医保局,", "视同居住证,",
		"缺少“定”" },
	{ "a reading with a state of its own", "sunan-2024", "状态: 待确认 }\n  J2",
		"状态: 也许 }\n  J2", "解释状态里没有" },
	{ "an uncoded clause that is not there", "sunan-2024", "  四(四): 宣传", "  四(九): 宣传",
		"通知里没有“四(九)”" },
	/* Sums. */
	{ "640 = 512 + 112 + 16", "sunan-2024", "市县级: 16元", "市县级: 30元", "“其中”合计" },
	{ "380 - 310 = 70", "sunan-2024", "应缴: { 金额: 70元", "应缴: { 金额: 130元",
		"不等于“应缴”" },
	{ "960 = 610 + 350", "lingbi-2023", "合计: { 金额: 960元", "合计: { 金额: 350元",
		"合计应为 960.00元" },
	{ "50 % is 175", "shuangqing-2023", "应为: 175元", "应为: 174元", "与“应为”不符" },
	{ "SN-01 29,500 in eight towns", "sunan-2024", "皇城镇: 7326人", "皇城镇: 4427人",
		"不等于总数" },
	{ "a subsidy above the contribution", "sunan-2024", "资助: 100元, 应缴: { 金额: 280元",
		"资助: 512元, 应缴: { 金额: 280元", "资助超过个人缴费" },
	{ "60 % and 30 %", "yunhe-2025", "财政资金: 40%", "财政资金: 30%", "分担比例合计" },
	/* Words and keys. */
	{ "an unknown key", "sunan-2024",
		"全额代缴:", "全额代交:", "不认识的键“全额代交”，是不是“全额代缴”" },
	{ "a key of another map", "sunan-2024", "出生: 待遇期内,", "出身: 待遇期内,",
		"是不是“出生”" },
	{ "an unknown department", "sunan-2024", "部门: 民政", "部门: 民正",
		"部门里没有“民正”，是不是“民政”" },
	{ "an unknown fund", "lingbi-2023", "资金: 医疗救助", "资金: 医疗救济",
		"是不是“医疗救助”" },
	{ "an unknown price", "sunan-2024", "应缴: 个人缴费 - 资助", "应缴: 个人缴费 减 资助",
		"应缴算法里没有" },
	{ "an unknown start", "sunan-2024", "待遇起: 出生日", "待遇起: 出生时", "待遇起应写" },
	{ "an unknown circumstance", "sunan-2024", "情形: 退役军人", "情形: 退伍军人",
		"情形里没有" },
	{ "an unknown rule", "sunan-2024", "规则: 就高不重复", "规则: 就低", "不认识的规则" },
	{ "yes or no", "sunan-2024", "集中缴费: 是", "集中缴费: 对", "只能写“是”或“否”" },
	{ "a key twice", "sunan-2024", "征缴年度: 2023", "征缴年度: 2023\n征缴年度: 2023", "" },
	{ "a code twice", "sunan-2024", "代码: rural_dibao_2", "代码: rural_dibao_1", "用了两次" },
	{ "an alias two categories share", "sunan-2024", "别名: [农村低保二类,",
		"别名: [农村低保一类,", "已是 rural_dibao_1 的名称或别名" },
	{ "an alias that only differs in width", "sunan-2024", "别名: [农村低保二类,",
		"别名: [农村 低保一类,", "已是 rural_dibao_1" },
	{ "certifier and enterer the same (LB-12, LB-45)", "lingbi-2023",
		"认定: 乡村振兴, 代录: 民政", "认定: 民政, 代录: 民政", "不能既认定又代录" },
	{ "a subsidy without its fund", "lingbi-2023",
		"认定: 民政, 资金: 医疗救助, 重点: 是, 依据: 三(二)2",
		"认定: 民政, 重点: 是, 依据: 三(二)2", "有资助就要写“资金”" },
	{ "a refund reason forgotten", "sunan-2024", "异地参保, 死亡], 处理", "异地参保], 处理",
		"退费没有写“死亡”" },
	{ "a refund reason twice", "sunan-2024", "[重复参保, 参加", "[新增资助对象, 参加",
		"前面写过" },
	{ "no regular route", "sunan-2024", "集中缴费: 是, ", "", "没有一条途径标了" },
	/* Numbers as YAML would turn them. */
	{ "octal-looking", "sunan-2024", "征缴年度: 2023", "征缴年度: 02023", "八进制" },
	{ "an octal-looking amount", "sunan-2024", "金额: 380元", "金额: 0380元", "八进制" },
	{ "full-width digits", "sunan-2024", "金额: 380元", "金额: ３８０元", "全角数字" },
	{ "NO", "sunan-2024", "按户籍: 是", "按户籍: NO", "另有含义" },
	{ "yes", "sunan-2024", "按户籍: 是", "按户籍: yes", "另有含义" },
	{ "an amount without its unit", "sunan-2024", "金额: 380元", "金额: 380", "应写金额" },
	{ "an amount with three decimals", "sunan-2024", "金额: 380元", "金额: 380.001元",
		"应写金额" },
	{ "thousands marks", "sunan-2024", "总数: 29500人", "总数: 29,500人", "" },
	{ "a day that is none", "sunan-2024", "2023-09-10..2023-12-31", "2023-09-31..2023-12-31",
		"不是日期" },
	{ "days the wrong way round", "sunan-2024", "2023-09-10..2023-12-31",
		"2023-12-31..2023-09-10", "止日早于起日" },
	{ "a share of 101 %", "yunhe-2025", "医疗救助: 60%", "医疗救助: 160%", "0% 到 100%" },
	/* Shapes. */
	{ "version 2", "sunan-2024", "政策包: 1", "政策包: 2", "第 1 版" },
	{ "a region of five digits", "sunan-2024", "地区: 620721 ", "地区: 62072 ", "六位代码" },
	{ "a list where a map is due", "sunan-2024",
		"待遇期: { 起止: 2024-01-01..2024-12-31, 依据: 二(五) }", "待遇期: [2024]",
		"一组“键: 值”" },
	{ "another pack's ledger", "sunan-2024", "代码: sunan-2024", "代码: sunan-2025",
		"台账的代码是 sunan-2024" },
	{ "a section missing", "sunan-2024", "标准:\n", "标准二:\n", "缺少“标准”" },
	{ "not whole fen and no rounding", "yunhe-2025", "比例: 25%, 舍入: 四舍五入到分",
		"比例: 25.01%", "不是整分" },
	{ "a cell that no line fills", "yunhe-2025",
		"      - { 档次: basic, 年龄段: 老年人, 年: 1, 金额: 380元 }\n", "", "没有金额" },
	{ "a cell that two lines fill", "yunhe-2025", "年龄段: 老年人, 年: 1",
		"年龄段: 成年人, 年: 1", "重叠" },
	{ "age bands with a gap", "yunhe-2025", "年龄: 65..150", "年龄: 66..150", "前后相接" },
	{ "the first tier not open to all", "yunhe-2025", "名称: 一档, ",
		"名称: 一档, 可选: { 年龄: 18..150 }, ", "默认档" },
	{ "a wait without its rule", "sunan-2024", "集中缴费: 是,", "集中缴费: 是, 等待: 断保,",
		"先写“断保等待”" },
	{ "a term without an event", "sunan-2024", "缴费日: 2023-09-10..2023-12-31",
		"缴费日: 出生日起 3个月内", "要有“出生”或“情形”" },
	/* Examples. */
	{ "an example that comes out differently", "sunan-2024", "途径: regular, 标准: 380元",
		"途径: low_income, 标准: 380元", "例与规则不符：算得“regular”" },
	{ "an example's amount", "sunan-2024", "应缴: 70元, 适用身份", "应缴: 71元, 适用身份",
		"例与规则不符：算得“70”" },
	{ "an example born after it pays", "sunan-2024",
		"{ 情形: 新生儿满三个月当天, 出生: 2024-01-15",
		"{ 情形: 新生儿满三个月当天, 出生: 2025-01-15", "例里的日期或年数不合" },
	{ "an example that pays for too many years", "yunhe-2025", "缴费年数: 2, 缴费日",
		"缴费年数: 3, 缴费日", "例里的日期或年数不合" },
	{ "an example that repairs more than it missed", "yunhe-2025", "断保年数: 2, 补缴年数: 1",
		"断保年数: 2, 补缴年数: 3", "例里的日期或年数不合" },
	{ "an example's clause", "sunan-2024", "决定: 二(五) }", "决定: 二(二) }", "例与规则不符" },
};

static void every_wrong_is_found(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrongs); i++) {
		const struct wrong *w = &wrongs[i];
		struct fixture f;

		fixture_load(&f, w->pack, w->find, w->put, NULL);
		if (f.rc != FAULT_FORMAT || f.pack || !fixture_said(&f, w->message)) {
			fixture_print(&f);
			fail_row("%s: want \"%s\", rc %d", w->what, w->message, f.rc);
		}
		fixture_release(&f);
	}
}

static void the_packs_of_the_tree_are_clean(void **state)
{
	static const char *const codes[] = { "lingbi-2023", "shuangqing-2023", "sunan-2024",
		"yunhe-2025" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(codes); i++) {
		struct fixture f;

		fixture_load(&f, codes[i], NULL, NULL, NULL);
		if (f.rc != 0 || f.diags.n) {
			fixture_print(&f);
			fail_row("%s: rc %d", codes[i], f.rc);
		}
		fixture_release(&f);
	}
}

/* All errors of a file come out in one run, each at its line and column. */
static void all_errors_at_once_with_their_places(void **state)
{
	struct fixture f;
	struct arena a;
	struct diags d;
	const struct pack *pack = NULL;

	(void)state;
	fixture_load(&f, "sunan-2024", "征缴年度: 2023", "征缴年度: 2023\n怪键: 1", NULL);
	f.sources.text = fixture_change(&f.arena, f.sources.text, "部门: 民政", "部门: 民正");
	f.sources.text = fixture_change(&f.arena, f.sources.text, "金额: 380元", "金额: 381元");
	arena_init(&a, (size_t)64 << 20);
	diags_init(&d, &a);
	assert_int_equal(pack_load(&a, &f.sources, &d, &pack), FAULT_FORMAT);
	assert_true(d.errors >= 3);
	assert_null(pack);
	for (size_t i = 0; i < d.n; i++) {
		assert_str(d.items[i].at.file, "pack.yaml");
		if (str_find(d.items[i].message, STR("怪键")) >= 0) {
			assert_int_equal(d.items[i].at.line, 8); /* behind 征缴年度 */
			assert_int_equal(d.items[i].at.col, 1);
		}
		if (str_find(d.items[i].message, STR("381元")) >= 0)
			assert_int_equal(
				d.items[i].at.col, 15); /* after two blanks, 个人缴费: { 金额: */
	}
	arena_release(&a);
	fixture_release(&f);
}

/* Two routes for everybody on the same days have no order of their own: a warning, not an error. */
static void overlaps_and_gaps_are_warned_of(void **state)
{
	struct fixture f;

	(void)state;
	fixture_load(&f, "sunan-2024", "  - { 代码: low_income,",
		"  - { 代码: second, 名称: 第二窗口, 缴费日: 2023-12-31..2024-01-01, 应缴: 个人缴费, "
		"待遇起: 缴费当日, 依据: 二(五) }\n  - { 代码: low_income,",
		NULL);
	assert_true(fixture_said(&f, "有重叠的缴费日"));
	fixture_release(&f);
	fixture_load(&f, "sunan-2024", "缴费日: 2023-09-10..2023-12-31",
		"缴费日: 2023-09-10..2023-09-10", NULL);
	assert_true(fixture_said(&f, "2023-09-11..2023-12-31 没有任何途径可缴费"));
	fixture_release(&f);
}

/* A pack loads without a ledger too, with its citations unchecked; the doors always give one. */
static void without_a_ledger_nothing_is_checked_against_it(void **state)
{
	struct fixture f;
	const struct pack *pack = NULL;

	(void)state;
	fixture_load(&f, "sunan-2024", NULL, NULL, NULL);
	f.sources.ledger_text = STR("");
	f.sources.text =
		fixture_change(&f.arena, f.sources.text, "依据: 二(三)4 }", "依据: 二(三)5 }");
	assert_int_equal(pack_load(&f.arena, &f.sources, &f.diags, &pack), 0);
	assert_null(pack->ledger);
	fixture_release(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_wrong_is_found),
		cmocka_unit_test(the_packs_of_the_tree_are_clean),
		cmocka_unit_test(all_errors_at_once_with_their_places),
		cmocka_unit_test(overlaps_and_gaps_are_warned_of),
		cmocka_unit_test(without_a_ledger_nothing_is_checked_against_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
