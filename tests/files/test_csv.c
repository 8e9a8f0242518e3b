/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "doors/files/csv.h"
#include "fixture.h"

static void quoting_follows_rfc_4180(void **state)
{
	(void)state;
	CSV_READS("a,b,c\r\n1,\"x,y\",3\r\n", "a|b|c\n1|x,y|3\n");
	CSV_READS("a,\"he said \"\"yes\"\"\"\n", "a|he said \"yes\"\n");
	CSV_READS("a,\"two\r\nlines\"\nb,c\n", "a|two\r\nlines\nb|c\n");
	CSV_READS("\"\",\"\"\"\",x\n", "|\"|x\n");
	CSV_READS("a,5\" pipe,c\n", "a|5\" pipe|c\n");
	CSV_REFUSED("a,b\nc,\"d\"e\n", FAULT_FORMAT, "第 2 行第 2 列");
	CSV_REFUSED("a,b\nc,\"d\ne,f\n", FAULT_FORMAT, "row 2, column 2: the quote is not closed");
}

static void line_ends_of_all_three_kinds(void **state)
{
	(void)state;
	CSV_READS("a,b\nc,d", "a|b\nc|d\n");
	CSV_READS("a,b\r\nc,d\r\n", "a|b\nc|d\n");
	CSV_READS("a,b\rc,d\r", "a|b\nc|d\n");
	CSV_READS("a,b,\nc,,d\n,,\n", "a|b|\nc||d\n||\n");
	CSV_READS("", "");
	CSV_READS("\n\n\n", "");
	CSV_READS("\xef\xbb\xbf", "");
}

static void row_numbers_count_blank_lines(void **state)
{
	static const char text[] = "h,i\n\n\"a\nb\",c\n\nd,e\n";
	struct sheet_source *s;
	char got[256];
	struct err err;

	(void)state;
	assert_int_equal(csv_open_memory(text, sizeof(text) - 1, &err, &s), 0);
	assert_int_equal(fixture_read_source(s, true, got, sizeof(got), &err), 0);
	s->close(s);
	assert_string_equal(got, "1:h|i\n3:a\nb|c\n5:d|e\n");
}

static void separators_are_recognised(void **state)
{
	(void)state;
	CSV_READS("姓名;证件号码;地址\n张三;1;甲,乙\n", "姓名|证件号码|地址\n张三|1|甲,乙\n");
	CSV_READS("姓名\t地址\n张三\t甲,乙\n李四\t丙,丁,戊\n",
		"姓名|地址\n张三|甲,乙\n李四|丙,丁,戊\n");
	CSV_READS("名单\n姓名,电话\n张三,1\n", "名单\n姓名|电话\n张三|1\n");
	CSV_READS("sep=;\r\na;b,c\r\n", "a|b,c\n");
	CSV_READS("\"a;b;c\",d\n\"e;f\",g\n", "a;b;c|d\ne;f|g\n");
}

/* The encoding is proven by the whole file: here the header is ASCII and 2 MB follow before the
 * first Chinese character. */
static void encoding_is_proven_on_the_whole_file(void **state)
{
	static char got[8u << 20];
	const size_t rows = 200000;
	size_t n = 0;
	char *text = malloc(rows * 12 + 64);
	struct sheet_source *s;
	struct err err;

	(void)state;
	assert_non_null(text);
	n += (size_t)snprintf(text, 64, "name,id\n");
	for (size_t i = 0; i < rows; i++)
		n += (size_t)snprintf(text + n, 32, "a,%07zu\n", i);
	memcpy(text + n, "\xd5\xc5\xc8\xfd,9\n", 7); /* 张三 in GB18030 */
	assert_int_equal(csv_open_memory(text, n + 7, &err, &s), 0);
	assert_string_equal(s->encoding, "GB18030");
	assert_int_equal(fixture_read_source(s, false, got, sizeof(got), &err), 0);
	s->close(s);
	assert_non_null(strstr(got, "\n张三|9\n"));
	memcpy(text + n, "\xe5\xbc\xa0\xe4\xb8\x89,9\n", 9);
	assert_int_equal(csv_open_memory(text, n + 9, &err, &s), 0);
	assert_string_equal(s->encoding, "UTF-8");
	s->close(s);
	free(text);
}

static void a_damaged_byte_is_named(void **state)
{
	(void)state;
	/* UTF-8 throughout but for one cut character in row 3, at byte 24. */
	CSV_REFUSED("\xef\xbb\xbf姓名,号\n张三,1\n李\xe5,2\n王五,3\n", FAULT_FORMAT, "第 3 行");
	CSV_REFUSED("姓名,号\n张三,1\n李\xe5,2\n王五,3\n", FAULT_FORMAT, "byte 23");
	/* GB18030 by its mark, broken at its end. */
	CSV_REFUSED("\x84\x31\x95\x33"
		    "a,b\n\xd5",
		FAULT_FORMAT, "GB18030");
	CSV_REFUSED("a,b\nc,\0d\n", FAULT_FORMAT, "第 2 行第 2 列含有 NUL");
	CSV_REFUSED("a,b\nc,\"x\0y\"\n", FAULT_FORMAT, "NUL");
}

static void marks_of_every_encoding(void **state)
{
	(void)state;
	CSV_READS("\xef\xbb\xbf姓名,号\n", "姓名|号\n");
	CSV_READS("\x84\x31\x95\x33\xd5\xc5,1\n", "张|1\n");
	CSV_READS("\xff\xfe"
		  "a\0\t\0\x20\x5f\n\0",
		"a|张\n");
	CSV_READS("\xfe\xff"
		  "\0a\0,\x5f\x20\0\n",
		"a|张\n");
	CSV_REFUSED("\xff\xfe"
		    "a\0,\0\x20\xd8\n\0",
		FAULT_FORMAT, "UTF-16LE");
	CSV_REFUSED("\xff\xfe"
		    "a\0,",
		FAULT_FORMAT, "UTF-16LE");
}

/* domain §2.7's vectors, from GB18030 and from UTF-8. */
static void rare_characters_survive(void **state)
{
	(void)state;
	CSV_READS(
		"\x95\x32\xa6\x32\xfe\x9f\x82\x30\xb7\x31\x98\x38\xf5\x37\x99\x33\xc4\x35\xa1\xa4,1\n",
		"𠅤䶮㛃𫖯𬱟·|1\n");
	CSV_READS("𠅤䶮㛃𫖯𬱟·燚喆,1\n", "𠅤䶮㛃𫖯𬱟·燚喆|1\n");
}

static void private_code_points_become_characters(void **state)
{
	(void)state;
	/* U+E863 in UTF-8, and as four bytes of GB18030. */
	CSV_READS("\xee\xa1\xa3某,1\n", "䶮某|1\n");
	CSV_READS("\x83\x36\xcf\x39\xc4\xb3,1\n", "䶮某|1\n");
	/* A target outside the basic plane: three bytes become four. */
	CSV_READS("\xee\xa0\x96,1\n", "𠂇|1\n");
	/* An unknown private code point is kept: never dropped. */
	CSV_READS("\xee\x80\x80某,1\n", "\xee\x80\x80某|1\n");
}

static void invisible_characters_go(void **state)
{
	(void)state;
	CSV_READS("\xe2\x80\x8b张\xef\xbb\xbf三\xe2\x80\xad,\xe2\x81\xa0"
		  "1\n",
		"张三|1\n");
	CSV_READS("张—三,“x”\n", "张—三|“x”\n");
}

static void guards_of_excel_come_off(void **state)
{
	(void)state;
	CSV_READS("=\"620721199901010043\",'=1+1,'-x,'abc,''=1\n",
		"620721199901010043|=1+1|-x|'abc|'=1\n");
	CSV_READS("\"=\"\"341323198510120018\"\"\",x\n", "341323198510120018|x\n");
}

static void ceilings_name_row_and_column(void **state)
{
	char *text = malloc(200000);
	size_t n;

	(void)state;
	assert_non_null(text);
	n = (size_t)snprintf(text, 16, "a,b\nc,");
	memset(text + n, 'x', SHEET_CELL_MAX + 1);
	text[n + SHEET_CELL_MAX + 1] = '\n';
	fixture_refused(text, n + SHEET_CELL_MAX + 2, FAULT_LIMIT, "row 2, column 2");
	/* One byte less fits. */
	text[n + SHEET_CELL_MAX] = '\n';
	{
		struct sheet_source *s;
		struct sheet_row row;
		struct err err;

		assert_int_equal(csv_open_memory(text, n + SHEET_CELL_MAX + 1, &err, &s), 0);
		assert_int_equal(s->next(s, &row, &err), 1);
		assert_int_equal(s->next(s, &row, &err), 1);
		assert_int_equal(row.cells[1].n, SHEET_CELL_MAX);
		s->close(s);
	}
	memset(text, ',', 300);
	text[300] = '\n';
	fixture_csv(text, 301,
		"|||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||"
		"|||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||"
		"|||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||"
		"||||||||||||||||||||||||||||||||||||||||||||||||\n");
	text[299] = 'x';
	fixture_refused(text, 301, FAULT_LIMIT, "256");
	free(text);
}

/* A record larger than the first window, with every cell quoted and full. */
static void a_very_long_record(void **state)
{
	const size_t cells = 100, each = 30000;
	char *text = malloc(cells * (2 * each + 3) + 64), *p = text;
	struct sheet_source *s;
	struct sheet_row row;
	struct err err;

	(void)state;
	assert_non_null(text);
	for (size_t i = 0; i < cells; i++) {
		*p++ = '"';
		for (size_t k = 0; k < each; k++) {
			*p++ = '"';
			*p++ = '"';
		}
		*p++ = '"';
		*p++ = i + 1 < cells ? ',' : '\n';
	}
	p += snprintf(p, 16, "end,of,it\n");
	assert_int_equal(csv_open_memory(text, (size_t)(p - text), &err, &s), 0);
	assert_int_equal(s->next(s, &row, &err), 1);
	assert_int_equal(row.n, cells);
	for (size_t i = 0; i < cells; i++)
		assert_int_equal(row.cells[i].n, each);
	assert_int_equal(s->next(s, &row, &err), 1);
	assert_int_equal(row.n, 3);
	assert_memory_equal(row.cells[2].p, "it", 2);
	assert_int_equal(s->next(s, &row, &err), 0);
	s->close(s);
	free(text);
}

static void other_formats_are_refused_by_name(void **state)
{
	(void)state;
	CSV_REFUSED("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on", FAULT_FORMAT, "另存为 .xlsx");
	CSV_REFUSED("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
		    "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0",
		FAULT_FORMAT, "密码");
	CSV_REFUSED("<html><table>", FAULT_FORMAT, "HTML");
	CSV_REFUSED("%PDF-1.7", FAULT_FORMAT, "PDF");
}

static void the_digest_is_sm3_of_the_file(void **state)
{
	/* GB/T 32905's first example: SM3("abc"). */
	static const unsigned char want[32] = { 0x66, 0xc7, 0xf0, 0xf4, 0x62, 0xee, 0xed, 0xd9,
		0xd1, 0xf2, 0xd4, 0x6b, 0xdc, 0x10, 0xe4, 0xe2, 0x41, 0x67, 0xc4, 0x87, 0x5c, 0xf2,
		0xf7, 0xa2, 0x29, 0x7d, 0xa0, 0x2b, 0x8f, 0x4b, 0xa8, 0xe0 };
	const char *path = fixture_write(state, "abc.csv", "abc", 3);
	struct sheet_source *s;
	struct err err;

	assert_int_equal(files_sheets.open(path, &err, &s), 0);
	assert_memory_equal(s->digest, want, 32);
	assert_string_equal(s->name, "abc.csv");
	assert_int_equal(s->bytes, 3);
	s->close(s);
}

static void a_file_that_changes_is_refused(void **state)
{
	const char *path = fixture_write(state, "changing.csv", "a,b\nc,d\n", 8);
	struct sheet_source *s;
	struct sheet_row row;
	struct err err;

	assert_int_equal(files_sheets.open(path, &err, &s), 0);
	assert_int_equal(s->next(s, &row, &err), 1);
	fixture_write(state, "changing.csv", "a,b\nc,d\ne,f\n", 12);
	assert_int_equal(s->next(s, &row, &err), 1);
	assert_int_equal(s->next(s, &row, &err), FAULT_CONFLICT);
	s->close(s);
	fixture_file_refused(fixture_path(state, "absent.csv"), FAULT_MISSING, "absent.csv");
	fixture_file_refused("/dev/null", FAULT_FORMAT, "not a regular file");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quoting_follows_rfc_4180),
		cmocka_unit_test(line_ends_of_all_three_kinds),
		cmocka_unit_test(row_numbers_count_blank_lines),
		cmocka_unit_test(separators_are_recognised),
		cmocka_unit_test(encoding_is_proven_on_the_whole_file),
		cmocka_unit_test(a_damaged_byte_is_named),
		cmocka_unit_test(marks_of_every_encoding),
		cmocka_unit_test(rare_characters_survive),
		cmocka_unit_test(private_code_points_become_characters),
		cmocka_unit_test(invisible_characters_go),
		cmocka_unit_test(guards_of_excel_come_off),
		cmocka_unit_test(ceilings_name_row_and_column),
		cmocka_unit_test(a_very_long_record),
		cmocka_unit_test(other_formats_are_refused_by_name),
		cmocka_unit_test(the_digest_is_sm3_of_the_file),
		cmocka_unit_test(a_file_that_changes_is_refused),
	};

	return cmocka_run_group_tests(tests, fixture_folder, fixture_folder_gone);
}
