/* SPDX-License-Identifier: Apache-2.0 */
/* libxlsxwriter does not look whether its temporary files took what it wrote: on a full disk it
 * reports success over a sheet with rows missing.  So what was written is counted in the
 * finished file. */
#include "doors/files/xlsx.h"

#include <string.h>
#include <zip.h>

#define CHUNK (256u * 1024u)
#define OVERLAP 8 /* longer than any mark, less one */

struct counts {
	uint64_t rows, cells;
};

static uint64_t occurrences(const char *p, size_t n, const char *mark)
{
	const char *end = p + n, *at = p;
	uint64_t found = 0;

	while ((at = memmem(at, (size_t)(end - at), mark, strlen(mark)))) {
		found++;
		at += strlen(mark);
	}
	return found;
}

/* Marks that begin before `from` were counted with the piece before. */
static void count(const char *p, size_t carried, size_t n, struct counts *c)
{
	static const char row[] = "</row>", cell[] = "<c r=";
	size_t row_from = carried > sizeof(row) - 2 ? carried - (sizeof(row) - 2) : 0;
	size_t cell_from = carried > sizeof(cell) - 2 ? carried - (sizeof(cell) - 2) : 0;

	c->rows += occurrences(p + row_from, n - row_from, row);
	c->cells += occurrences(p + cell_from, n - cell_from, cell);
}

static bool count_entry(zip_t *za, zip_uint64_t at, struct counts *c)
{
	static const char folder[] = "xl/worksheets/sheet";
	const char *name = zip_get_name(za, at, 0);
	char chunk[OVERLAP + CHUNK];
	size_t carried = 0;
	zip_int64_t n = -1;
	zip_file_t *f;

	if (!name)
		return false;
	if (strncmp(name, folder, sizeof(folder) - 1) != 0)
		return true;
	f = zip_fopen_index(za, at, 0);
	while (f && (n = zip_fread(f, chunk + carried, CHUNK)) > 0) {
		size_t held = carried + (size_t)n;

		count(chunk, carried, held, c);
		carried = held < OVERLAP ? held : OVERLAP;
		memmove(chunk, chunk + held - carried, carried);
	}
	if (f)
		zip_fclose(f);
	return f && n == 0;
}

int xlsx_verify(const char *path, uint64_t rows, uint64_t cells, struct err *err)
{
	zip_t *za = zip_open(path, ZIP_RDONLY, NULL);
	struct counts c = { 0 };
	bool sound = za != NULL;

	for (zip_int64_t i = 0; sound && i < zip_get_num_entries(za, 0); i++)
		sound = count_entry(za, (zip_uint64_t)i, &c);
	if (za)
		zip_discard(za);
	if (sound && c.rows == rows && c.cells == cells)
		return 0;
	return err_set(err, FAULT_IO,
		"XLSX 没有写完整，多半是磁盘已满 / the XLSX is not complete; the disk may be full");
}
