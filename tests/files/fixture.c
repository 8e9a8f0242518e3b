/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"

#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>
#include <zip.h>

#define READ_CAP 65536

int fixture_folder(void **state)
{
	char *path = strdup("/tmp/canbao-test-XXXXXX");

	if (!path || !mkdtemp(path))
		return -1;
	*state = path;
	return 0;
}

int fixture_folder_gone(void **state)
{
	char path[512];
	struct dirent *e;
	DIR *d = opendir(*state);

	while (d && (e = readdir(d))) {
		snprintf(path, sizeof(path), "%s/%s", (char *)*state, e->d_name);
		unlink(path);
	}
	if (d)
		closedir(d);
	rmdir(*state);
	free(*state);
	return 0;
}

const char *fixture_path(void **state, const char *name)
{
	static char paths[4][512];
	static unsigned turn;
	char *p = paths[turn++ % 4];

	snprintf(p, sizeof(paths[0]), "%s/%s", (char *)*state, name);
	return p;
}

const char *fixture_write(void **state, const char *name, const void *bytes, size_t n)
{
	const char *path = fixture_path(state, name);
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
	return path;
}

size_t fixture_entries(void **state)
{
	DIR *d = opendir(*state);
	size_t n = 0;

	assert_non_null(d);
	while (readdir(d))
		n++;
	closedir(d);
	return n - 2;
}

const char *fixture_zip(void **state, const char *name, const struct part *parts, size_t n)
{
	const char *path = fixture_path(state, name);
	zip_t *za = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);

	assert_non_null(za);
	for (size_t i = 0; i < n; i++) {
		zip_source_t *s = zip_source_buffer(za, parts[i].text, strlen(parts[i].text), 0);

		assert_non_null(s);
		assert_true(zip_file_add(za, parts[i].name, s, ZIP_FL_OVERWRITE) >= 0);
	}
	assert_int_equal(zip_close(za), 0);
	return path;
}

#define REL "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>"

static const char root_rels[] =
	XML "<Relationships><Relationship Id=\"r1\" Type=\"" REL
	    "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";

const char *fixture_book(
	void **state, const char *name, const char *rows, const char *strings, const char *styles)
{
	static char sheet[READ_CAP], shared[READ_CAP];
	struct part parts[] = {
		{ "_rels/.rels", root_rels },
		{ "xl/workbook.xml", XML "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" REL
					 "\"><sheets><sheet name=\"一\" sheetId=\"7\" r:id=\"r1\"/>"
					 "</sheets></workbook>" },
		{ "xl/_rels/workbook.xml.rels",
			XML "<Relationships><Relationship Id=\"r1\" Type=\"" REL
			    "/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
			    "<Relationship Id=\"r2\" Type=\"" REL
			    "/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>"
			    "<Relationship Id=\"r3\" Type=\"" REL
			    "/styles\" Target=\"styles.xml\"/></Relationships>" },
		{ "xl/worksheets/sheet1.xml", sheet },
		{ "xl/sharedStrings.xml", shared },
		{ "xl/styles.xml", styles ? styles : XML "<styleSheet/>" },
	};

	snprintf(sheet, sizeof(sheet),
		XML "<worksheet xmlns=\"" MAIN "\"><sheetData>%s</sheetData></worksheet>", rows);
	snprintf(shared, sizeof(shared), XML "<sst xmlns=\"" MAIN "\">%s</sst>",
		strings ? strings : "");
	return fixture_zip(state, name, parts, ARRAY_LEN(parts));
}

const char *fixture_sheets(void **state, const char *name, const struct part *sheets, size_t n)
{
	static char book[4096], rels[4096], paths[4][64], texts[4][4096];
	struct part parts[7] = {
		{ "_rels/.rels", root_rels },
		{ "xl/workbook.xml", book },
		{ "xl/_rels/workbook.xml.rels", rels },
	};
	int b, r;

	assert_true(n <= 4);
	b = snprintf(book, sizeof(book), XML "<workbook xmlns:r=\"" REL "\"><sheets>");
	r = snprintf(rels, sizeof(rels), XML "<Relationships>");
	for (size_t i = 0; i < n; i++) {
		b += snprintf(book + b, sizeof(book) - (size_t)b,
			"<sheet name=\"%s\" sheetId=\"%zu\" %s r:id=\"r%zu\"/>", sheets[i].name,
			i + 1, sheets[i].name[0] == '-' ? "state=\"hidden\"" : "", i);
		r += snprintf(rels + r, sizeof(rels) - (size_t)r,
			"<Relationship Id=\"r%zu\" Type=\"" REL
			"/worksheet\" Target=\"s%zu.xml\"/>",
			i, i);
		snprintf(paths[i], sizeof(paths[i]), "xl/s%zu.xml", i);
		snprintf(texts[i], sizeof(texts[i]),
			XML "<worksheet><sheetData>%s</sheetData></worksheet>", sheets[i].text);
		parts[3 + i] = (struct part){ paths[i], texts[i] };
	}
	snprintf(book + b, sizeof(book) - (size_t)b, "</sheets></workbook>");
	snprintf(rels + r, sizeof(rels) - (size_t)r, "</Relationships>");
	return fixture_zip(state, name, parts, 3 + n);
}

int fixture_read_source(
	struct sheet_source *s, bool numbers, char *ret, size_t cap, struct err *err)
{
	static const char letters[] = {
		[CELL_NUMBER] = 'n', [CELL_DATE] = 'd', [CELL_FORMULA] = 'f'
	};
	struct sheet_row row;
	size_t n = 0;
	int rc;

	ret[0] = '\0';
	while ((rc = s->next(s, &row, err)) == 1) {
		if (numbers)
			n += (size_t)snprintf(ret + n, cap - n, "%u:", row.number);
		for (size_t i = 0; i < row.n; i++) {
			char kind[2] = { row.kinds ? letters[row.kinds[i]] : 0, 0 };

			n += (size_t)snprintf(ret + n, cap - n, "%s%s%.*s", i ? "|" : "", kind,
				STR_ARG(row.cells[i]));
			assert_true(n < cap);
		}
		n += (size_t)snprintf(ret + n, cap - n, "\n");
		assert_true(n < cap);
	}
	return rc;
}

int fixture_read(const char *path, bool numbers, char *ret, size_t cap, struct err *err)
{
	struct sheet_source *s;
	int rc = files_sheets.open(path, err, &s);

	if (rc < 0)
		return rc;
	rc = fixture_read_source(s, numbers, ret, cap, err);
	s->close(s);
	return rc;
}

void fixture_reads(const char *path, const char *want)
{
	static char got[READ_CAP];
	struct err err = { "" };
	int rc = fixture_read(path, false, got, sizeof(got), &err);

	if (rc != 0)
		fail_msg("%s: %d %s", path, rc, err.text);
	assert_string_equal(got, want);
}

void fixture_csv(const void *bytes, size_t n, const char *want)
{
	static char got[READ_CAP];
	struct sheet_source *s;
	struct err err = { "" };
	int rc = files_open_memory(bytes, n, &err, &s);

	if (rc < 0)
		fail_msg("%d %s", rc, err.text);
	rc = fixture_read_source(s, false, got, sizeof(got), &err);
	if (rc < 0)
		fail_msg("%d %s", rc, err.text);
	s->close(s);
	assert_string_equal(got, want);
}

static void check_refusal(int rc, int fault, const struct err *err, const char *word)
{
	if (rc != fault)
		fail_msg("%d instead of %d: %s", rc, fault, err->text);
	if (!strstr(err->text, word))
		fail_msg("'%s' is not in '%s'", word, err->text);
}

void fixture_refused(const void *bytes, size_t n, int fault, const char *word)
{
	static char got[READ_CAP];
	struct sheet_source *s;
	struct err err = { "" };
	int rc = files_open_memory(bytes, n, &err, &s);

	if (rc == 0) {
		rc = fixture_read_source(s, false, got, sizeof(got), &err);
		s->close(s);
	}
	check_refusal(rc, fault, &err, word);
}

void fixture_file_refused(const char *path, int fault, const char *word)
{
	static char got[READ_CAP];
	struct err err = { "" };

	check_refusal(fixture_read(path, false, got, sizeof(got), &err), fault, &err, word);
}
