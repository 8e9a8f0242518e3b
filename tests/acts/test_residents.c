/* SPDX-License-Identifier: Apache-2.0 */
/* The register comes in: headers, encodings, bad rows, changes (SN-13, LB-39, LB-49). */
#include "county.h"

#include <xlsxwriter.h>

static struct person person_of(struct county *c, const char *number)
{
	return county_explain(c, number, "2023-10-01")->person;
}

/* SN-13: the header may stand on any row and under the names offices give it. */
static void header_on_second_row(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char *a = citizen(c, "19800215", 11);

	TAKES(c, residents,
		.path = csv(c,
			"皇城镇户籍人口花名册,,,,\n参保人姓名,公民身份号码,镇(街),村(居),手机号\n"
			"张三,%s,皇城镇,一村,13800138000\n合计,,,,\n",
			a));
	assert_report(c, 1, 1, 0, 0, 0);
	assert_int_equal(c->report.skipped, 1);
	assert_str(person_of(c, a).name, "张三");
	assert_str(county_explain(c, a, "2023-10-01")->town, "皇城镇");
	assert_str(county_explain(c, a, "2023-10-01")->village, "一村");
	assert_int_equal(person_of(c, a).birth, day("1980-02-15"));
	assert_int_equal(person_of(c, a).sex, 1);
	assert_true(person_of(c, a).registered && person_of(c, a).resident);
}

static void missing_columns_are_named(void **state)
{
	struct county *c = county_make(state, "sunan-2024");

	assert_int_equal(
		TRIES(c, residents, .path = csv(c, "姓名,乡镇\n张三,皇城镇\n")), FAULT_FORMAT);
	assert_non_null(strstr(c->report.err.text, "证件号码"));
	assert_int_equal(county_ask(c, "SELECT count(*) FROM person"), 0);
}

/* LB-49: rare characters are the same bytes from the sender's GB18030 to every report. */
static void rare_characters_round_trip(void **state)
{
	static const char *const names[] = { "𠅤一", "䶮", "㛃娃", "阿依古丽·买买提" };
	struct county *c = county_make(state, "sunan-2024");
	const char *n[4], *path;
	struct report *r;

	for (int i = 0; i < 4; i++)
		n[i] = citizen(c, "19750505", 100 + i);
	path = gb18030(c,
		"姓名,证件号码,乡镇,村,民族\n%s,%s,皇城镇,一村,裕固族\n%s,%s,皇城镇,一村,汉\n"
		"%s,%s,皇城镇,二村,汉\n%s,%s,皇城镇,二村,维吾尔\n%s,1234,皇城镇,一村,汉\n",
		names[0], n[0], names[1], n[1], names[2], n[2], names[3], n[3], names[0]);
	TAKES(c, residents, .path = path);
	assert_report(c, 5, 4, 0, 0, 1);
	r = county_read(c, report_unenrolled, "2023-10-01");
	assert_int_equal(r->n_rows, 4);
	for (int i = 0; i < 4; i++) {
		assert_str(person_of(c, n[i]).name, names[i]);
		assert_int_equal(report_count(r, names[i]), 1);
	}
	assert_true(str_find(county_file(c, c->report.errors_path), STR("𠅤一")) > 0);
}

/* SN-13: bad rows come back in the sender's own columns with what is wrong, and the mended file
 * goes in. */
static void bad_rows_come_back(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char *a = citizen(c, "19800215", 11), *b = citizen(c, "19810215", 12);
	struct str text;

	TAKES(c, residents,
		.path = csv(c,
			"序号,姓名,身份证号,镇,村,备注二\n1,张三,%s,皇城镇,一村,甲\n2,,%s,皇城镇,一村,乙\n"
			"3,王五,62072119800215001,皇城镇,一村,丙\n4,赵六,%s,蓬莱镇,一村,丁\n"
			"5,孙七,%s,皇城镇,九十九村,戊\n",
			a, b, citizen(c, "19820101", 13), citizen(c, "19830101", 14)));
	assert_report(c, 5, 1, 0, 0, 4);
	text = county_file(c, c->report.errors_path);
	assert_true(str_find(text, STR("序号,姓名,身份证号,镇,村,备注二,问题（系统填写）")) >= 0);
	assert_true(str_find(text, STR("第3行：姓名为空")) > 0);
	assert_true(str_find(text, STR("位数不对")) > 0);
	assert_true(str_find(text, STR("乡镇不在区划表里")) > 0);
	assert_true(str_find(text, STR("村（社区）不在该乡镇")) > 0);
	assert_true(str_find(text, STR(",丁,")) > 0);
	assert_int_equal(str_find(text, STR("张三")), -1);
	/* No document number in the remark itself. */
	assert_int_equal(str_find(text, STR("62072119800215001不")), -1);
	text.p = county_text(c, "%.*s", STR_ARG(text));
	TAKES(c, residents,
		.path = csv(c, "%.*s2,李四,%s,皇城镇,一村,乙,第3行：姓名为空\n",
			(int)str_find(text, STR("\n")) + 1, text.p, b));
	assert_report(c, 1, 1, 0, 0, 0);
	assert_str(person_of(c, b).name, "李四");
}

static void bad_rows_of_a_workbook(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char *a = citizen(c, "19800215", 11);

	TAKES(c, residents,
		.path = xlsx(c,
			"姓名,证件号码,乡镇,村\n张三,%s,皇城镇,一村\n王五,%s9,皇城镇,一村\n", a,
			a));
	assert_report(c, 2, 1, 0, 0, 1);
	assert_non_null(strstr(c->report.errors_path, ".退回.xlsx"));
	/* What came back is a workbook this program reads, header and all. */
	TAKES(c, residents, .path = c->report.errors_path);
	assert_report(c, 1, 0, 0, 0, 1);
}

/* LB-49: the same bytes are refused by their digest; the same rows in other bytes change
 * nothing. */
static void the_same_again(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char *a = citizen(c, "19800215", 11), *path, *other;

	path = csv(c, "姓名,证件号码,乡镇,村,电话\n张三,%s,皇城镇,一村,13800138000\n", a);
	other = csv(c, "证件号码,姓名,村,乡镇,手机\n%s,张三,一村,皇城,138 0013 8000\n", a);
	TAKES(c, residents, .path = path);
	assert_int_equal(TRIES(c, residents, .path = path), FAULT_CONFLICT);
	assert_non_null(strstr(c->report.err.text, "已经导入过"));
	TAKES(c, residents, .path = other);
	assert_report(c, 1, 0, 0, 1, 0);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM person_history"), 0);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM person"), 1);
	assert_int_equal(
		county_ask(c, "SELECT count(*) FROM import_file WHERE kind = 'residents'"), 2);
}

/* LB-49, SN-13: what changed is kept as it was, with who changed it, when, why and from whose
 * file. */
static void a_change_keeps_its_history(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char *a = citizen(c, "19800215", 11);

	TAKES(c, residents, .path = csv(c, "姓名,证件号码,乡镇,村\n张三,%s,皇城镇,一村\n", a),
		.department = STR("public_security"));
	c->env.actor = STR("officer-li");
	c->env.on_behalf = STR("皇城镇");
	c->env.reason = STR("更名");
	c->env.now += 86400;
	TAKES(c, residents, .path = csv(c, "姓名,证件号码,乡镇,村\n张叁,%s,皇城镇,二村\n", a),
		.department = STR("public_security"));
	assert_report(c, 1, 0, 1, 0, 0);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM person_history"), 2);
	assert_string_equal(
		county_ask_text(c, "SELECT was FROM person_history WHERE field = 'name'"), "张三");
	assert_string_equal(
		county_ask_text(c, "SELECT became FROM person_history WHERE field = 'name'"),
		"张叁");
	assert_string_equal(
		county_ask_text(c, "SELECT was FROM person_history WHERE field = 'village'"),
		"620721101201");
	assert_string_equal(
		county_ask_text(c,
			"SELECT a.actor || ' ' || a.on_behalf || ' ' || a.reason || ' ' || a.act FROM audit a "
			"JOIN person_history h ON h.audit = a.id WHERE h.field = 'name'"),
		"officer-li 皇城镇 更名 import_residents");
	assert_int_equal(
		county_ask(c,
			"SELECT a.at FROM audit a JOIN person_history h ON h.audit = a.id LIMIT 1"),
		c->env.now);
	/* LB-39: which office the file came from. */
	assert_int_equal(
		county_ask(
			c, "SELECT count(*) FROM import_file WHERE department = 'public_security'"),
		2);
}

/* SN-13: an empty cell, or a column the file lacks, erases nothing. */
static void empty_cells_erase_nothing(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char *a = citizen(c, "19800215", 11), *pass = "H12345678";

	TAKES(c, residents,
		.path = csv(c,
			"姓名,证件号码,证件类型,性别,出生日期,民族,户号,与户主关系,乡镇,村,户籍地,常住地,电话\n"
			"张三,%s,,男,,藏,H1,户主,皇城镇,二村,外县,外出,13800138000\n"
			"陈港生,%s,港澳居民来往内地通行证,男,1990-01-01,汉,H2,户主,皇城镇,一村,外县,,\n",
			a, pass));
	assert_report(c, 2, 2, 0, 0, 0);
	TAKES(c, residents,
		.path = csv(c,
			"姓名,证件号码,乡镇,出生日期,民族\n张三,%s,皇城镇,,\n陈港生,%s,皇城镇,1990-01-01,\n",
			a, pass));
	assert_report(c, 2, 0, 0, 2, 0);
	assert_str(person_of(c, a).household, "H1");
	assert_str(person_of(c, a).nation, "藏");
	assert_false(person_of(c, a).registered);
	assert_false(person_of(c, a).resident);
	assert_int_equal(person_of(c, a).village, 620721101202);
	assert_int_equal(person_of(c, pass).sex, 1);
	assert_int_equal(county_ask(c, "SELECT count(*) FROM person_history"), 0);
	/* Another town is another village: that is said, not left out. */
	TAKES(c, residents, .path = csv(c, "姓名,证件号码,乡镇\n张三,%s,康乐镇\n", a));
	assert_report(c, 1, 0, 1, 0, 0);
	assert_int_equal(person_of(c, a).town, 620721102000);
}

/* SN-13: the same for what a number would otherwise fill in: the kind of document and the day
 * of birth. */
static void a_number_fills_in_only_once(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char *a = citizen(c, "19800215", 11), *b = citizen(c, "19810215", 12);

	TAKES(c, residents,
		.path = csv(c,
			"姓名,证件号码,证件类型,性别,出生日期,乡镇,户籍地\n张三,%s,居住证,女,,皇城镇,外县\n"
			"李四,%s,,,1981-03-15,皇城镇,\n",
			a, b));
	TAKES(c, residents,
		.path = csv(c, "姓名,证件号码,乡镇\n张三,%s,皇城镇\n李四,%s,皇城镇\n", a, b));
	assert_report(c, 2, 0, 0, 2, 0);
	assert_str(person_of(c, a).doc_kind, "residence_permit");
	assert_int_equal(person_of(c, a).sex, 2);
	assert_int_equal(person_of(c, b).birth, day("1981-03-15"));
	/* SN-02: the permit is what lets somebody from elsewhere enrol. */
	assert_string_equal(county_ruling(c, a, "2023-10-01"), "regular");
}

/* SN-13: a number of 15 digits is the same person's number of 18. */
static void old_numbers(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char *a = citizen(c, "19560304", 123);

	TAKES(c, residents,
		.path = csv(c, "姓名,证件号码,乡镇,村\n张三,%s,皇城镇,一村\n",
			citizen15(c, "19560304", 123)));
	assert_report(c, 1, 1, 0, 0, 0);
	TAKES(c, residents, .path = csv(c, "姓名,证件号码,乡镇,村\n张三,%s,皇城,一村\n", a));
	assert_report(c, 1, 0, 0, 1, 0);
	assert_int_equal(person_of(c, a).birth, day("1956-03-04"));
}

/* LB-05: permits of Hong Kong, Macao and Taiwan residents are documents as good as any. */
static void permits(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char *permit = "810000199408230021", *pass = "H0123456789";

	TAKES(c, residents,
		.path = csv(c,
			"姓名,证件类型,证件号码,出生日期,性别,乡镇,村\n陈大文,港澳台居民居住证,%s,,,皇城镇,一村\n"
			"李小龙,港澳居民来往内地通行证,%s,1990-01-31,男,皇城镇,一村\n"
			"无生日,港澳居民来往内地通行证,H9876543201,,男,皇城镇,一村\n",
			permit, pass));
	assert_report(c, 3, 2, 0, 0, 1);
	assert_str(person_of(c, permit).doc_kind, "hmt_residence_permit");
	assert_int_equal(person_of(c, permit).birth, day("1994-08-23"));
	assert_false(person_of(c, permit).registered);
	/* SN-02: who lives here on such a permit may enrol here, who has only the pass may not. */
	assert_string_equal(county_ruling(c, permit, "2023-10-01"), "regular");
	assert_string_equal(county_ruling(c, pass, "2023-10-01"), "not_local");
	assert_true(str_find(county_file(c, c->report.errors_path), STR("出生日期为空")) > 0);
}

/* LB-49: a number that Excel rounded is refused by that name, not as a typing error. */
static void ruined_numbers(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	struct str text;

	TAKES(c, residents,
		.path = csv(c,
			"姓名,证件号码,乡镇,村\n甲,6.20721E+17,皇城镇,一村\n乙,620721198002150000,皇城镇,一村\n"));
	assert_report(c, 2, 0, 0, 0, 2);
	text = county_file(c, c->report.errors_path);
	assert_true(str_find(text, STR("第2行：证件号码被表格软件改成了数字")) > 0);
	assert_true(str_find(text, STR("第3行：证件号码被表格软件改成了数字")) > 0);
}

/* A number of one man that ends in 000 and is right in all its digits. */
static const char *ends_in_zeros(struct county *c)
{
	for (int d = 1; d <= 28; d++) {
		const char *number = citizen(c, county_text(c, "198002%02d", d), 100);

		if (number[17] == '0')
			return number;
	}
	fail();
	return NULL;
}

/* LB-49: the same in a workbook, where a cell that is a number kept fifteen digits: whatever
 * stands behind them was not typed, even when it passes for somebody's. */
static void ruined_cells(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char *number = ends_in_zeros(c), *path = county_text(c, "%s/ruined.xlsx", c->f->dir);
	static const char *const heads[] = { "姓名", "证件号码", "乡镇" };
	lxw_workbook *book = workbook_new(path);
	lxw_worksheet *sheet = workbook_add_worksheet(book, NULL);

	for (uint16_t i = 0; i < 3; i++)
		worksheet_write_string(sheet, 0, i, heads[i], NULL);
	worksheet_write_string(sheet, 1, 0, "张三", NULL);
	worksheet_write_number(sheet, 1, 1, strtod(number, NULL), NULL);
	worksheet_write_string(sheet, 1, 2, "皇城镇", NULL);
	assert_int_equal(workbook_close(book), LXW_NO_ERROR);
	TAKES(c, residents, .path = path);
	assert_report(c, 1, 0, 0, 0, 1);
	/* As text it is a person. */
	TAKES(c, residents, .path = xlsx(c, "姓名,证件号码,乡镇\n张三,%s,皇城镇\n", number));
	assert_report(c, 1, 1, 0, 0, 0);
}

/* LB-49: a formula is refused by name, whatever it shows; one in a column nobody reads does
 * not matter. */
static void formulas(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char *path = county_text(c, "%s/formula.xlsx", c->f->dir),
		   *a = citizen(c, "19800215", 11);
	static const char *const heads[] = { "姓名", "证件号码", "乡镇", "年龄" };
	lxw_workbook *book = workbook_new(path);
	lxw_worksheet *sheet = workbook_add_worksheet(book, NULL);

	for (uint16_t i = 0; i < 4; i++)
		worksheet_write_string(sheet, 0, i, heads[i], NULL);
	for (uint32_t row = 1; row <= 2; row++) {
		worksheet_write_string(sheet, row, 0, "张三", NULL);
		worksheet_write_string(sheet, row, 2, "皇城镇", NULL);
		worksheet_write_formula_num(sheet, row, 3, "=1+42", NULL, 43);
	}
	worksheet_write_string(sheet, 1, 1, a, NULL);
	worksheet_write_formula_str(sheet, 2, 1, "=Sheet2!B2", NULL, citizen(c, "19810215", 12));
	assert_int_equal(workbook_close(book), LXW_NO_ERROR);
	TAKES(c, residents, .path = path);
	assert_report(c, 2, 1, 0, 0, 1);
	assert_str(person_of(c, a).name, "张三");
}

/* LB-49: one number twice in a file: the first row counts, the second names it. */
static void duplicates_in_a_file(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char *a = citizen(c, "19560304", 123);

	TAKES(c, residents,
		.path = csv(c,
			"姓名,证件号码,乡镇,村\n张三,%s,皇城镇,一村\n李四,%s,皇城镇,一村\n张三,%s,皇城镇,一村\n",
			a, citizen15(c, "19560304", 123), citizen(c, "19560304", 124)));
	assert_report(c, 3, 2, 0, 0, 1);
	assert_true(str_find(county_file(c, c->report.errors_path), STR("与第 2 行重复")) > 0);
	assert_str(person_of(c, a).name, "张三");
}

/* LB-49: birth and sex that the number contradicts go in as the register says, with a word to the
 * sender. */
static void contradictions_warn(void **state)
{
	struct county *c = county_make(state, "sunan-2024");
	const char *a = citizen(c, "19560304", 123), *b = citizen(c, "19570304", 124);
	struct str text;

	TAKES(c, residents,
		.path = csv(c,
			"姓名,证件号码,性别,出生日期,乡镇,村\n张三,%s,女,1956/3/4,皇城镇,一村\n"
			"李四,%s,女,1957年3月5日,皇城镇,一村\n王五,%s,女,1999-13-01,皇城镇,一村\n",
			a, b, citizen(c, "19990101", 125)));
	assert_report(c, 3, 2, 0, 0, 1);
	assert_int_equal(c->report.warned, 2);
	text = county_file(c, c->report.errors_path);
	assert_true(str_find(text, STR("第2行：（已导入，请核对）性别与证件号码不一致")) > 0);
	assert_true(str_find(text, STR("第3行：（已导入，请核对）出生日期与证件号码不一致")) > 0);
	assert_int_equal(person_of(c, b).birth, day("1957-03-05"));
	assert_int_equal(person_of(c, a).sex, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(header_on_second_row),
		BOTH(missing_columns_are_named),
		BOTH(rare_characters_round_trip),
		BOTH(bad_rows_come_back),
		BOTH(bad_rows_of_a_workbook),
		BOTH(the_same_again),
		BOTH(a_change_keeps_its_history),
		BOTH(empty_cells_erase_nothing),
		BOTH(a_number_fills_in_only_once),
		BOTH(old_numbers),
		BOTH(permits),
		BOTH(ruined_numbers),
		BOTH(ruined_cells),
		BOTH(formulas),
		BOTH(duplicates_in_a_file),
		BOTH(contradictions_warn),
	};

	return cmocka_run_group_tests_name("residents", tests, NULL, NULL);
}
