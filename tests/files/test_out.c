/* SPDX-License-Identifier: Apache-2.0 */
/* What is written comes back: every format, every awkward text. */
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "doors/files/xlsx.h"
#include "fixture.h"

static const struct str awkward[] = {
	{ "620721199901010043", 18 },
	{ "0012", 4 },
	{ "=1+1", 4 },
	{ "'=1+1", 5 },
	{ "''-x", 4 },
	{ "'abc", 4 },
	{ "-12.50", 6 },
	{ "+8613912345678", 14 },
	{ "@SUM(A1)", 8 },
	{ "\tx", 2 },
	{ "a\"b,c;d\te", 9 },
	{ "two\nlines", 9 },
	{ " space ", 7 },
	{ "=\"x\"", 4 },
	{ "𠅤䶮㛃·", 12 },
	{ "_x0041_", 7 },
	{ "a\rb\x01"
	  "c",
		5 },
	{ "\x1f", 1 },
	{ "350.00", 6 },
	{ "87.5", 4 },
	{ "1.10", 4 },
	{ "123456789012345", 15 },
	{ "1234567890123456", 16 },
	{ "0", 1 },
	{ "-", 1 },
	{ "1e5", 3 },
	{ "<&>", 3 },
	{ "", 0 },
	{ "end", 3 },
};

static void write_awkward(const char *path, enum sheet_format format)
{
	struct sheet_sink *k;
	struct err err = { "" };
	struct str header[ARRAY_LEN(awkward)];

	for (size_t i = 0; i < ARRAY_LEN(header); i++)
		header[i] = STR("列");
	assert_int_equal(files_sheets.create(path, format, "名单/一:二", &err, &k), 0);
	assert_int_equal(k->row(k, header, ARRAY_LEN(header), &err), 0);
	for (int i = 0; i < 3; i++)
		assert_int_equal(k->row(k, awkward, ARRAY_LEN(awkward), &err), 0);
	assert_int_equal(k->finish(k, &err), 0);
	k->close(k);
}

/* In XLSX "350.00" and "-12.50" are numbers: same value, shortest text. */
static bool same(struct str got, struct str want, unsigned char kind)
{
	char text[64];

	if (kind == CELL_NUMBER) {
		snprintf(text, sizeof(text), "%.*s", STR_ARG(got));
		return strtod(text, NULL) == strtod(want.p, NULL);
	}
	return str_eq(got, want);
}

static void check_awkward(const char *path, const char *encoding)
{
	struct sheet_source *s;
	struct sheet_row row;
	struct err err = { "" };

	assert_int_equal(files_sheets.open(path, &err, &s), 0);
	assert_string_equal(s->encoding, encoding);
	assert_int_equal(s->next(s, &row, &err), 1);
	for (int k = 0; k < 3; k++) {
		if (s->next(s, &row, &err) != 1)
			fail_msg("%s", err.text);
		assert_int_equal(row.n, ARRAY_LEN(awkward));
		for (size_t i = 0; i < row.n; i++)
			if (!same(row.cells[i], awkward[i], row.kinds ? row.kinds[i] : CELL_TEXT))
				fail_msg("cell %zu is '%.*s'", i, STR_ARG(row.cells[i]));
	}
	assert_int_equal(s->next(s, &row, &err), 0);
	assert_int_equal(s->bytes_read, s->bytes);
	s->close(s);
}

static void everything_comes_back(void **state)
{
	const char *path = fixture_path(state, "a.csv");

	write_awkward(path, SHEET_CSV);
	check_awkward(path, "UTF-8");
	path = fixture_path(state, "b.csv");
	write_awkward(path, SHEET_CSV_GB18030);
	check_awkward(path, "GB18030");
	path = fixture_path(state, "c.xlsx");
	write_awkward(path, SHEET_XLSX);
	check_awkward(path, "XLSX");
}

/* 18-digit numbers and leading zeros are text cells; short plain decimals are numbers. */
static void long_numbers_stay_text(void **state)
{
	const char *path = fixture_path(state, "kinds.xlsx");
	struct str cells[] = { STR("620721199901010043"), STR("007"), STR("380"), STR("380.00"),
		STR("12345678901234567"), STR("1.50"), STR("0.5"), STR("0.00"), STR("-0") };
	struct sheet_sink *k;
	struct err err;

	assert_int_equal(files_sheets.create(path, SHEET_XLSX, "t", &err, &k), 0);
	assert_int_equal(k->row(k, cells, 1, &err), 0);
	assert_int_equal(k->row(k, cells, ARRAY_LEN(cells), &err), 0);
	assert_int_equal(k->finish(k, &err), 0);
	k->close(k);
	fixture_reads(path, "620721199901010043\n"
			    "620721199901010043|007|n380|n380|12345678901234567|n1.5|n0.5|n0|-0\n");
}

static void a_long_table_goes_on_in_the_next_sheet(void **state)
{
	const char *path = fixture_path(state, "over.xlsx");
	struct str header[] = { STR("姓名"), STR("号") }, cells[2] = { STR("某") };
	static char got[65536], want[65536];
	struct sheet_sink *k;
	struct err err;
	size_t n = 0;
	char number[16];

	assert_int_equal(xlsx_sink_rows(path, NULL, 10, &err, &k), 0);
	assert_int_equal(k->row(k, header, 2, &err), 0);
	n += (size_t)snprintf(want, sizeof(want), "1:姓名|号\n");
	for (int i = 0; i < 100; i++) {
		snprintf(number, sizeof(number), "号%d", i);
		cells[1] = str_of(number);
		assert_int_equal(k->row(k, cells, 2, &err), 0);
		n += (size_t)snprintf(want + n, sizeof(want) - n, "%d:某|号%d\n", i % 9 + 2, i);
	}
	assert_int_equal(k->finish(k, &err), 0);
	k->close(k);
	assert_int_equal(fixture_read(path, true, got, sizeof(got), &err), 0);
	assert_string_equal(got, want);
}

static void nothing_is_left_without_finish(void **state)
{
	struct str cell = STR("x"), bad = { "\xff", 1 };
	size_t before = fixture_entries(state);
	enum sheet_format formats[] = { SHEET_CSV, SHEET_XLSX, SHEET_CSV_GB18030 };
	struct sheet_sink *k;
	struct err err;

	for (size_t i = 0; i < ARRAY_LEN(formats); i++) {
		assert_int_equal(
			files_sheets.create(fixture_path(state, "gone"), formats[i], "t", &err, &k),
			0);
		assert_int_equal(k->row(k, &cell, 1, &err), 0);
		k->close(k);
		assert_int_equal(fixture_entries(state), before);
	}
	for (size_t i = 1; i < ARRAY_LEN(formats); i++) {
		assert_int_equal(
			files_sheets.create(fixture_path(state, "gone"), formats[i], "t", &err, &k),
			0);
		assert_int_equal(k->row(k, &bad, 1, &err), FAULT_FORMAT);
		k->close(k);
		assert_int_equal(fixture_entries(state), before);
	}
	assert_int_equal(
		files_sheets.create("/nowhere/at/all.csv", SHEET_CSV, "t", &err, &k), FAULT_IO);
	assert_int_equal(
		files_sheets.create("/nowhere/at/all.xlsx", SHEET_XLSX, "t", &err, &k), FAULT_IO);
}

/* The old file stays whole until the new one is complete. */
static void the_final_name_appears_at_once(void **state)
{
	const char *path = fixture_write(state, "final.csv", "old\n", 4);
	struct str cell = STR("new");
	struct sheet_sink *k;
	struct stat st;
	struct err err;

	assert_int_equal(files_sheets.create(path, SHEET_CSV, "t", &err, &k), 0);
	assert_int_equal(k->row(k, &cell, 1, &err), 0);
	fixture_reads(path, "old\n");
	assert_int_equal(k->finish(k, &err), 0);
	fixture_reads(path, "new\n");
	k->close(k);
	fixture_reads(path, "new\n");
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0007, 0);
}

/* A file that may not grow is as good as a full disk: whoever writes must hear of it, and the name
 * must not appear. */
static void a_full_disk_is_noticed(void **state)
{
	enum sheet_format formats[] = { SHEET_CSV, SHEET_XLSX, SHEET_CSV_GB18030 };
	size_t before = fixture_entries(state);
	struct rlimit old, small;
	struct str cells[2] = { { NULL, 0 }, STR("某") };
	char text[32];

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	signal(SIGXFSZ, SIG_IGN);
	small = (struct rlimit){ 100000, old.rlim_max };
	for (size_t i = 0; i < ARRAY_LEN(formats); i++) {
		struct err err = { "" };
		struct sheet_sink *k;
		int rc =
			files_sheets.create(fixture_path(state, "full"), formats[i], "t", &err, &k);

		assert_int_equal(rc, 0);
		assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
		for (int row = 0; rc == 0 && row < 60000; row++) {
			snprintf(text, sizeof(text), "x%d", row * 7919);
			cells[0] = str_of(text);
			rc = k->row(k, cells, 2, &err);
		}
		if (rc == 0)
			rc = k->finish(k, &err);
		assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
		assert_int_equal(rc, FAULT_IO);
		assert_string_not_equal(err.text, "");
		k->close(k);
		assert_int_equal(fixture_entries(state), before);
	}
}

static void one_empty_cell_is_no_blank_line(void **state)
{
	const char *path = fixture_path(state, "empty.csv");
	struct str cells[] = { STR(""), STR("") };
	struct sheet_sink *k;
	struct err err;

	assert_int_equal(files_sheets.create(path, SHEET_CSV, "t", &err, &k), 0);
	assert_int_equal(k->row(k, cells, 2, &err), 0);
	assert_int_equal(k->finish(k, &err), 0);
	k->close(k);
	fixture_reads(path, "|\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everything_comes_back),
		cmocka_unit_test(long_numbers_stay_text),
		cmocka_unit_test(a_long_table_goes_on_in_the_next_sheet),
		cmocka_unit_test(nothing_is_left_without_finish),
		cmocka_unit_test(the_final_name_appears_at_once),
		cmocka_unit_test(a_full_disk_is_noticed),
		cmocka_unit_test(one_empty_cell_is_no_blank_line),
	};

	return cmocka_run_group_tests(tests, fixture_folder, fixture_folder_gone);
}
