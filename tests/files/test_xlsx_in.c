/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <zip.h>

#include "doors/files/xlsx_zip.h"
#include "fixture.h"

static const char styles[] =
	"<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"yyyy&quot;年&quot;m\"/>"
	"<numFmt numFmtId=\"171\" formatCode=\"0.00\"/></numFmts>"
	"<cellStyleXfs><xf numFmtId=\"14\"/><xf numFmtId=\"14\"/></cellStyleXfs>"
	"<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"170\"/><xf numFmtId=\"171\"/>"
	"</cellXfs></styleSheet>";

static void every_kind_of_cell(void **state)
{
	fixture_reads(
		fixture_book(state, "kinds.xlsx",
			"<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"s\"><v>1</v></c></row>"
			"<row r=\"3\"><c t=\"inlineStr\"><is><r><t>张</t></r><r><t xml:space=\"preserve\"> 三</t></r></is></c>"
			"<c><v>6.2072119900101E+17</v></c><c s=\"1\"><v>45260</v></c>"
			"<c s=\"2\"><v>45260</v></c><c s=\"3\"><v>87.5</v></c>"
			"<c><f>1+1</f><v>2</v></c><c t=\"str\"><f>A1</f><v>x</v></c>"
			"<c t=\"b\"><v>1</v></c><c t=\"e\"><v>#N/A</v></c>"
			"<c t=\"d\"><v>2023-11-30T08:00:00</v></c><c s=\"99\"><v>5</v></c></row>"
			"<row r=\"4\"><c r=\"A4\"/><c r=\"B4\" s=\"1\"/></row>",
			"<si><t>姓名</t></si><si><r><t>证</t></r><r><t>件</t></r><rPh><t>zj</t></rPh></si>",
			styles),
		"姓名||证件\n张 三|n620721199001010000|d2023-11-30|d2023-11-30|n87.5|f2|fx|TRUE|#N/A|"
		"d2023-11-30 08:00:00|n5\n");
}

static void row_numbers_are_the_sheets_own(void **state)
{
	const char *path = fixture_book(state, "rows.xlsx",
		"<row r=\"2\"><c r=\"B2\"><v>1</v></c></row><row><c><v>2</v></c></row>"
		"<row r=\"9\"><c r=\"A9\"><v>3</v></c></row>",
		NULL, NULL);
	char got[256];
	struct err err;

	assert_int_equal(fixture_read(path, true, got, sizeof(got), &err), 0);
	assert_string_equal(got, "2:|n1\n3:n2\n9:n3\n");
	fixture_file_refused(
		fixture_book(state, "back.xlsx",
			"<row r=\"5\"><c><v>1</v></c></row><row r=\"4\"><c><v>1</v></c></row>",
			NULL, NULL),
		FAULT_FORMAT, "out of order");
}

static void the_1904_system(void **state)
{
	struct part parts[] = {
		{ "_rels/.rels", "<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument\" "
				 "Target=\"/book/main.xml\"/></Relationships>" },
		{ "book/main.xml",
			"<x:workbook xmlns:x=\"u\" xmlns:r=\"v\"><x:workbookPr date1904=\"1\"/>"
			"<x:sheets><x:sheet name=\"s\" sheetId=\"1\" r:id=\"q\"/></x:sheets>"
			"</x:workbook>" },
		{ "book/_rels/main.xml.rels",
			"<Relationships><Relationship Id=\"q\" Type=\"x/worksheet\" Target=\"s.xml\"/>"
			"<Relationship Id=\"t\" Type=\"x/styles\" Target=\"t.xml\"/></Relationships>" },
		{ "book/s.xml",
			"<x:worksheet xmlns:x=\"u\"><x:sheetData><x:row><x:c s=\"1\"><x:v>43798</x:v>"
			"</x:c></x:row></x:sheetData></x:worksheet>" },
		{ "book/t.xml", styles },
	};

	fixture_reads(fixture_zip(state, "1904.xlsx", parts, ARRAY_LEN(parts)), "d2023-11-30\n");
}

#define TEXT(s) "<c t=\"str\"><v>" s "</v></c>"

static void hidden_and_empty_sheets_are_passed_over(void **state)
{
	struct part sheets[] = {
		{ "-藏", "<row>" TEXT("hidden") "</row>" },
		{ "空", "<row r=\"1\"><c r=\"A1\"/></row>" },
		{ "数", "<row>" TEXT("姓名") TEXT("号") "</row><row>" TEXT("张三")
				TEXT("1") "</row>" },
		{ "说明", "<row>" TEXT("填表说明") "</row><row>" TEXT("一") "</row>" },
	};

	fixture_reads(fixture_sheets(state, "hidden.xlsx", sheets, 4), "姓名|号\n张三|1\n");
}

/* Overflow sheets, and a sheet a town each, with its own title above the same header. */
static void sheets_with_the_same_header_go_on(void **state)
{
	struct part sheets[] = {
		{ "1", "<row>" TEXT("皇城镇") "</row><row>" TEXT("姓名")
				TEXT("号") "</row><row>" TEXT("张三") TEXT("1") "</row>" },
		{ "2", "<row>" TEXT("康乐镇") "</row><row>" TEXT("姓名")
				TEXT("号") "</row><row>" TEXT("李四") TEXT("2") "</row>" },
		{ "3", "<row>" TEXT("其他") TEXT("表") "</row><row>" TEXT("王五")
				TEXT("3") "</row>" },
		{ "4", "<row>" TEXT("姓名") TEXT("号") "</row><row>" TEXT("赵六")
				TEXT("4") "</row>" },
	};

	fixture_reads(fixture_sheets(state, "towns.xlsx", sheets, 4),
		"皇城镇\n姓名|号\n张三|1\n李四|2\n赵六|4\n");
}

static void private_and_invisible_characters(void **state)
{
	fixture_reads(fixture_book(state, "scrub.xlsx",
			      "<row><c t=\"s\"><v>0</v></c>" TEXT("&#x200B;𠅤") "</row>",
			      "<si><t>&#xE863;某</t></si>", NULL),
		"䶮某|𠅤\n");
}

static void damage_is_refused(void **state)
{
	const char *path =
		fixture_book(state, "whole.xlsx", "<row><c><v>1</v></c></row>", NULL, NULL);
	static char bytes[65536];
	FILE *f = fopen(path, "rb");
	size_t n = fread(bytes, 1, sizeof(bytes), f);
	unsigned refused = 0;

	fclose(f);
	for (size_t cut = 4; cut < n; cut += 7) {
		struct sheet_source *s;
		struct err err;

		refused += files_open_memory(bytes, cut, &err, &s) == FAULT_FORMAT;
	}
	assert_int_equal(refused, (n - 4 + 6) / 7);
	fixture_file_refused(fixture_book(state, "xml.xlsx", "<row><c><v>1</c></row>", NULL, NULL),
		FAULT_FORMAT, "损坏");
	fixture_file_refused(fixture_book(state, "index.xlsx", "<row><c t=\"s\"><v>1</v></c></row>",
				     "<si><t>a</t></si>", NULL),
		FAULT_FORMAT, "第 1 行第 1 列");
	fixture_file_refused(
		fixture_book(state, "number.xlsx", "<row><c><v>x</v></c></row>", NULL, NULL),
		FAULT_FORMAT, "malformed number");
	fixture_file_refused(fixture_book(state, "column.xlsx",
				     "<row><c r=\"IW1\"><v>1</v></c></row>", NULL, NULL),
		FAULT_LIMIT, "256");
}

/* A bit flipped in the packed data must not pass as content. */
static void a_flipped_bit_is_found(void **state)
{
	static char rows[32000], bytes[65536], got[65536];
	const char *path;
	size_t n = 0, wrong = 0, tried = 0;
	FILE *f;

	for (int i = 0; i < 300; i++)
		n += (size_t)snprintf(
			rows + n, sizeof(rows) - n, "<row><c><v>%d</v></c></row>", i * 7919);
	path = fixture_book(state, "flip.xlsx", rows, NULL, NULL);
	f = fopen(path, "rb");
	n = fread(bytes, 1, sizeof(bytes), f);
	fclose(f);
	for (size_t at = 700; at + 700 < n; at += 41, tried++) {
		struct sheet_source *s;
		struct err err;
		int rc;

		bytes[at] ^= 0x10;
		rc = files_open_memory(bytes, n, &err, &s);
		if (rc == 0) {
			rc = fixture_read_source(s, false, got, sizeof(got), &err);
			s->close(s);
		}
		wrong += rc < 0;
		bytes[at] ^= 0x10;
	}
	/* Flips in fields that nobody reads (dates of entries) are no damage. */
	assert_true(tried > 20 && wrong * 10 >= tried * 8);
}

static void no_dtd(void **state)
{
	struct part parts[] = {
		{ "_rels/.rels",
			"<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b SYSTEM \"file:///etc/passwd\">]>"
			"<Relationships>&b;</Relationships>" },
	};

	fixture_file_refused(fixture_zip(state, "dtd.xlsx", parts, 1), FAULT_FORMAT, "DTD");
}

static void not_a_workbook(void **state)
{
	struct part ods[] = { { "mimetype", "application/vnd.oasis.opendocument.spreadsheet" } };
	struct part away[] = {
		{ "_rels/.rels", "<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument\" "
				 "Target=\"../../etc/passwd\"/></Relationships>" },
	};

	fixture_file_refused(
		fixture_zip(state, "ods.zip", ods, 1), FAULT_FORMAT, "没有 Excel 工作簿");
	fixture_file_refused(
		fixture_zip(state, "away.xlsx", away, 1), FAULT_FORMAT, "没有 Excel 工作簿");
}

/* 64 MB of the same byte in some 64 KB. */
static void zip_bombs_are_refused(void **state)
{
	const size_t n = 64u << 20;
	char *text = malloc(n + 1);
	struct part parts[] = { { "_rels/.rels", text } };

	assert_non_null(text);
	memset(text, ' ', n);
	memcpy(text, "<Relationships>", 15);
	text[n] = '\0';
	fixture_file_refused(fixture_zip(state, "bomb.xlsx", parts, 1), FAULT_LIMIT, "zip bomb");
	/* One token of 20 MB that does not compress as well is refused for its length. */
	for (size_t i = 0; i < (20u << 20); i++)
		text[i] = (char)('a' + ((uint32_t)i * 2654435761u >> 28));
	memcpy(text, "<a x=\"", 6);
	text[20u << 20] = '\0';
	fixture_file_refused(fixture_zip(state, "token.xlsx", parts, 1), FAULT_LIMIT, "token");
	free(text);
}

static void too_many_entries(void **state)
{
	const char *path = fixture_path(state, "many.xlsx");
	zip_t *za = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
	char name[32];

	for (int i = 0; i <= XLSX_ENTRIES_MAX; i++) {
		snprintf(name, sizeof(name), "e%d", i);
		assert_true(zip_file_add(za, name, zip_source_buffer(za, "", 0, 0), 0) >= 0);
	}
	assert_int_equal(zip_close(za), 0);
	fixture_file_refused(path, FAULT_LIMIT, "10000");
}

static void deep_nesting_and_long_cells(void **state)
{
	static char text[40000];
	size_t n = 0;

	for (int i = 0; i < 80; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n, "<a>");
	fixture_file_refused(
		fixture_book(state, "deep.xlsx", text, NULL, NULL), FAULT_LIMIT, "deep");
	n = (size_t)snprintf(text, sizeof(text), "<row><c t=\"str\"><v>");
	memset(text + n, 'x', SHEET_CELL_MAX + 1);
	snprintf(text + n + SHEET_CELL_MAX + 1, 100, "</v></c></row>");
	fixture_file_refused(
		fixture_book(state, "long.xlsx", text, NULL, NULL), FAULT_LIMIT, "32767");
	n = (size_t)snprintf(text, sizeof(text), "<si><t>");
	memset(text + n, 'x', SHEET_CELL_MAX + 1);
	snprintf(text + n + SHEET_CELL_MAX + 1, 100, "</t></si>");
	fixture_file_refused(
		fixture_book(state, "long2.xlsx", "<row><c t=\"s\"><v>0</v></c></row>", text, NULL),
		FAULT_LIMIT, "32767");
}

static void a_password_is_named(void **state)
{
	const char *path = fixture_path(state, "secret.xlsx");
	zip_t *za = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
	zip_int64_t at = zip_file_add(za, "_rels/.rels", zip_source_buffer(za, "<a/>", 4, 0), 0);

	assert_int_equal(zip_file_set_encryption(za, (zip_uint64_t)at, ZIP_EM_AES_256, "x"), 0);
	assert_int_equal(zip_close(za), 0);
	fixture_file_refused(path, FAULT_FORMAT, "密码");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_of_cell),
		cmocka_unit_test(row_numbers_are_the_sheets_own),
		cmocka_unit_test(the_1904_system),
		cmocka_unit_test(hidden_and_empty_sheets_are_passed_over),
		cmocka_unit_test(sheets_with_the_same_header_go_on),
		cmocka_unit_test(private_and_invisible_characters),
		cmocka_unit_test(damage_is_refused),
		cmocka_unit_test(a_flipped_bit_is_found),
		cmocka_unit_test(no_dtd),
		cmocka_unit_test(not_a_workbook),
		cmocka_unit_test(zip_bombs_are_refused),
		cmocka_unit_test(too_many_entries),
		cmocka_unit_test(deep_nesting_and_long_cells),
		cmocka_unit_test(a_password_is_named),
	};

	return cmocka_run_group_tests(tests, fixture_folder, fixture_folder_gone);
}
