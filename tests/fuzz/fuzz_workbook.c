/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as the parts of a workbook: worksheet, shared strings, styles and workbook, split at
 * bytes 0xFF, in a ZIP that is sound.  (fuzz_table breaks the ZIP itself.) */
#include "fuzz.h"

#include <zip.h>

#include "base/utf8.h"
#include "doors/files/files.h"

#define PARTS 4

static const char root[] = "<a><Relationship Id='r' Type='x/officeDocument' Target='w.xml'/></a>";
static const char relations[] = "<a><Relationship Id='r1' Type='x/worksheet' Target='s.xml'/>"
				"<Relationship Id='r2' Type='x/worksheet' Target='s.xml'/>"
				"<Relationship Id='r3' Type='x/sharedStrings' Target='t.xml'/>"
				"<Relationship Id='r4' Type='x/styles' Target='y.xml'/></a>";
static const char workbook[] = "<a><sheet name='1' r:id='r1'/><sheet name='2' r:id='r2'/></a>";

static void add(zip_t *za, const char *name, const void *bytes, size_t n)
{
	zip_source_t *s = zip_source_buffer(za, bytes, n, 0);
	zip_int64_t at = s ? zip_file_add(za, name, s, 0) : -1;

	BUG_IF(at < 0);
	BUG_IF(zip_set_file_compression(za, (zip_uint64_t)at, ZIP_CM_STORE, 0) != 0);
}

/* The ZIP's bytes in a source that keeps them. */
static zip_source_t *pack(const struct str parts[PARTS])
{
	zip_source_t *to = zip_source_buffer_create(NULL, 0, 0, NULL);
	zip_t *za = to ? zip_open_from_source(to, ZIP_TRUNCATE, NULL) : NULL;

	BUG_IF(!za);
	zip_source_keep(to);
	add(za, "_rels/.rels", root, sizeof(root) - 1);
	add(za, "_rels/w.xml.rels", relations, sizeof(relations) - 1);
	add(za, "s.xml", parts[0].p, parts[0].n);
	add(za, "t.xml", parts[1].p, parts[1].n);
	add(za, "y.xml", parts[2].p, parts[2].n);
	if (parts[3].n)
		add(za, "w.xml", parts[3].p, parts[3].n);
	else
		add(za, "w.xml", workbook, sizeof(workbook) - 1);
	BUG_IF(zip_close(za) != 0);
	return to;
}

static void read_all(struct sheet_source *s)
{
	struct sheet_row row;
	struct err err = { "" };
	int rc;

	while ((rc = s->next(s, &row, &err)) == 1) {
		BUG_IF(row.n == 0 || row.n > SHEET_COLUMNS_MAX);
		BUG_IF(row.number == 0 || row.number > SHEET_XLSX_ROWS);
		for (size_t i = 0; i < row.n; i++) {
			BUG_IF(row.cells[i].n > SHEET_CELL_MAX / 3 * 4 + 4);
			BUG_IF(row.kinds[i] > CELL_FORMULA);
			BUG_IF(!utf8_valid(row.cells[i]));
		}
	}
	BUG_IF(rc < 0 && err.text[0] == '\0');
	s->close(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str parts[PARTS] = { { "", 0 } }, rest = { (const char *)data, size };
	static unsigned char bytes[1 << 20];
	struct sheet_source *s;
	struct err err = { "" };
	zip_source_t *zip;
	zip_int64_t n;

	if (size > 200000)
		return 0;
	for (size_t i = 0; i < PARTS && rest.p; i++)
		if (!str_cut(&rest, STR("\xff"), &parts[i]))
			break;
	zip = pack(parts);
	BUG_IF(zip_source_open(zip) != 0);
	n = zip_source_read(zip, bytes, sizeof(bytes));
	BUG_IF(n <= 0);
	zip_source_close(zip);
	zip_source_free(zip);
	if (xlsx_open_memory(bytes, (size_t)n, &err, &s) == 0)
		read_all(s);
	else
		BUG_IF(err.text[0] == '\0');
	return 0;
}
