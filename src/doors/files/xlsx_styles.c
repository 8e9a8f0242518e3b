/* SPDX-License-Identifier: Apache-2.0 */
/* Which cell styles show a date. */
#include <stdlib.h>

#include "doors/files/xlsx_book.h"
#include "doors/files/xlsx_cell.h"
#include "doors/files/xml.h"

#define FORMATS_MAX 4096

struct styles {
	struct xlsx_book *book;
	size_t cap;
	bool in_cell_xfs;
	struct {
		unsigned id;
		bool is_date;
	} formats[FORMATS_MAX];
	size_t formats_n;
};

static void number_format(struct styles *s, const char **attributes)
{
	const char *id = xml_attribute(attributes, "numFmtId");
	const char *code = xml_attribute(attributes, "formatCode");

	if (!id || !code || s->formats_n == FORMATS_MAX)
		return;
	s->formats[s->formats_n].id = (unsigned)strtoul(id, NULL, 10);
	s->formats[s->formats_n++].is_date = xlsx_code_is_date(str_of(code));
}

/* A custom code overrides what the id would mean. */
static bool is_date(const struct styles *s, unsigned id)
{
	for (size_t i = 0; i < s->formats_n; i++)
		if (s->formats[i].id == id)
			return s->formats[i].is_date;
	return xlsx_builtin_is_date(id);
}

static void cell_style(struct xml *x, struct styles *s, const char **attributes)
{
	const char *id = xml_attribute(attributes, "numFmtId");
	struct xlsx_book *b = s->book;
	bool *grown;

	if (b->styles_n == XLSX_STYLES_MAX) {
		xml_stop(
			x, err_set(x->err, FAULT_LIMIT, "%s：单元格样式过多 / too many cell styles",
				   x->entry.zip->name));
		return;
	}
	grown = arena_grow(&b->arena, b->date_style, b->styles_n, &s->cap, sizeof(bool));
	if (!grown) {
		xml_stop(x, err_set(x->err, FAULT_MEMORY, "%s：内存不足 / out of memory",
				    x->entry.zip->name));
		return;
	}
	b->date_style = grown;
	b->date_style[b->styles_n++] = id && is_date(s, (unsigned)strtoul(id, NULL, 10));
}

static void on_start(struct xml *x, const char *name, const char **attributes)
{
	struct styles *s = x->arg;

	if (xml_is(name, "numFmt"))
		number_format(s, attributes);
	else if (xml_is(name, "cellXfs"))
		s->in_cell_xfs = true;
	else if (s->in_cell_xfs && xml_is(name, "xf"))
		cell_style(x, s, attributes);
}

static void on_end(struct xml *x, const char *name)
{
	struct styles *s = x->arg;

	if (xml_is(name, "cellXfs"))
		s->in_cell_xfs = false;
}

int xlsx_styles_load(struct xlsx_book *b, struct xlsx_zip *z, const char *path, struct err *err)
{
	struct styles *s = calloc(1, sizeof(*s));
	struct xml x;
	int rc;

	if (!s)
		return err_set(err, FAULT_MEMORY, "%s：内存不足 / out of memory", z->name);
	s->book = b;
	rc = xml_open(&x, z, path, err);
	if (rc == 1) {
		x.start = on_start;
		x.end = on_end;
		x.arg = s;
		rc = xml_run(&x, err);
		xml_close(&x);
	}
	free(s);
	return rc;
}
