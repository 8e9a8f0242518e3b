/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a file of rows (CSV or XLSX by content): every row within its bounds, an end or a
 * fault. */
#include "fuzz.h"

#include "base/utf8.h"
#include "doors/files/files.h"

#define ROWS_READ 100000 /* a small input may unfold to many empty rows; enough is enough */

static void read_all(struct sheet_source *s)
{
	struct sheet_row row;
	struct err err = { "" };
	int rc = 1;

	for (int i = 0; i < ROWS_READ && rc > 0; i++) {
		rc = s->next(s, &row, &err);
		if (rc <= 0)
			break;
		BUG_IF(row.n > SHEET_COLUMNS_MAX);
		for (size_t c = 0; c < row.n; c++) {
			BUG_IF(row.cells[c].n > 4 * SHEET_CELL_MAX);
			BUG_IF(!utf8_valid(row.cells[c]));
		}
	}
	BUG_IF(rc < 0 && err.text[0] == '\0');
	s->close(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sheet_source *s = NULL;
	struct err err = { "" };
	int rc = files_open_memory(data, size, &err, &s);

	BUG_IF((rc == 0) != (s != NULL));
	BUG_IF(rc < 0 && err.text[0] == '\0');
	if (s)
		read_all(s);
	s = NULL;
	if (csv_open_memory(data, size, &err, &s) == 0)
		read_all(s);
	return 0;
}
