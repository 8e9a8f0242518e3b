/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/files/xlsx_book.h"

#include <stdlib.h>

#include "doors/files/xml.h"

#define BOOK_MAX (16u << 20)

struct relation {
	const char *id, *type, *target;
};

struct relations {
	struct arena *arena;
	const char *folder; /* of the part the relations belong to */
	struct relation *items;
	size_t n, cap;
};

static int no_workbook(const struct xlsx_zip *z, struct err *err)
{
	return err_set(err, FAULT_FORMAT,
		"%s：压缩包里没有 Excel 工作簿（.xlsx），请另存为 .xlsx / no .xlsx workbook inside: save "
		"it as .xlsx",
		z->name);
}

/* "../x" leads nowhere here: a target that tries is not resolved. */
static const char *resolve(struct relations *r, const char *target)
{
	struct str s;

	if (strstr(target, ".."))
		return NULL;
	if (target[0] == '/')
		s = arena_str(r->arena, str_of(target + 1));
	else
		s = arena_printf(r->arena, "%s%s", r->folder, target);
	return s.p;
}

static void on_relation(struct xml *x, const char *name, const char **attributes)
{
	struct relations *r = x->arg;
	const char *id = xml_attribute(attributes, "Id");
	const char *type = xml_attribute(attributes, "Type");
	const char *target = xml_attribute(attributes, "Target");
	const char *mode = xml_attribute(attributes, "TargetMode");
	struct relation *grown;

	if (!xml_is(name, "Relationship") || !id || !type || !target ||
		(mode && xml_is(mode, "External")) || r->n > XLSX_ENTRIES_MAX)
		return;
	grown = arena_grow(r->arena, r->items, r->n, &r->cap, sizeof(*r->items));
	if (!grown) {
		xml_stop(x, err_set(x->err, FAULT_MEMORY, "%s：内存不足 / out of memory",
				    x->entry.zip->name));
		return;
	}
	r->items = grown;
	type = strrchr(type, '/') ? strrchr(type, '/') + 1 : type;
	grown[r->n++] = (struct relation){ arena_str(r->arena, str_of(id)).p,
		arena_str(r->arena, str_of(type)).p, resolve(r, target) };
}

static void on_nothing(struct xml *x, const char *name)
{
	(void)x, (void)name;
}

/* The relations of the part at folder/base. */
static int relations_load(
	struct relations *r, struct xlsx_zip *z, const char *base, struct err *err)
{
	struct str path = arena_printf(r->arena, "%s_rels/%s.rels", r->folder, base);
	struct xml x;
	int rc;

	if (!path.p)
		return err_set(err, FAULT_MEMORY, "%s：内存不足 / out of memory", z->name);
	rc = xml_open(&x, z, path.p, err);
	if (rc != 1)
		return rc < 0 ? rc : no_workbook(z, err);
	x.start = on_relation;
	x.end = on_nothing;
	x.arg = r;
	rc = xml_run(&x, err);
	xml_close(&x);
	return rc;
}

static const char *by_type(const struct relations *r, const char *type)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->items[i].type && xml_is(r->items[i].type, type))
			return r->items[i].target;
	return NULL;
}

static const char *by_id(const struct relations *r, const char *id)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->items[i].id && xml_is(r->items[i].id, id))
			return r->items[i].target;
	return NULL;
}

struct workbook {
	struct xlsx_book *book;
	struct relations *relations;
	size_t cap;
};

static void on_sheet(struct xml *x, struct workbook *w, const char **attributes)
{
	const char *name = xml_attribute(attributes, "name");
	const char *state = xml_attribute(attributes, "state");
	const char *id = NULL, *path;
	struct xlsx_book *b = w->book;
	struct xlsx_sheet *grown;

	/* "sheetId" is a number of its own; the relation is the "id" with a prefix. */
	for (const char **a = attributes; a[0]; a += 2)
		if (strchr(a[0], ':') && xml_is(strchr(a[0], ':') + 1, "id"))
			id = a[1];
	path = id ? by_id(w->relations, id) : NULL;
	if (!path || b->sheets_n == XLSX_SHEETS_MAX)
		return;
	grown = arena_grow(&b->arena, b->sheets, b->sheets_n, &w->cap, sizeof(*grown));
	if (!grown) {
		xml_stop(x, err_set(x->err, FAULT_MEMORY, "%s：内存不足 / out of memory",
				    x->entry.zip->name));
		return;
	}
	b->sheets = grown;
	grown[b->sheets_n++] = (struct xlsx_sheet){ arena_str(&b->arena, str_of(name)).p, path,
		!state || xml_is(state, "visible") };
}

static void on_workbook(struct xml *x, const char *name, const char **attributes)
{
	struct workbook *w = x->arg;
	const char *v;

	if (xml_is(name, "workbookPr")) {
		v = xml_attribute(attributes, "date1904");
		w->book->since_1904 = v && (xml_is(v, "1") || xml_is(v, "true"));
	} else if (xml_is(name, "sheet")) {
		on_sheet(x, w, attributes);
	}
}

static int workbook_load(struct xlsx_book *b, struct xlsx_zip *z, const char *path,
	struct relations *relations, struct err *err)
{
	struct workbook w = { .book = b, .relations = relations };
	struct xml x;
	int rc = xml_open(&x, z, path, err);

	if (rc != 1)
		return rc < 0 ? rc : no_workbook(z, err);
	x.start = on_workbook;
	x.end = on_nothing;
	x.arg = &w;
	rc = xml_run(&x, err);
	xml_close(&x);
	return rc;
}

static int load(struct xlsx_book *b, struct xlsx_zip *z, struct err *err)
{
	struct relations root = { .arena = &b->arena, .folder = "" }, parts = root;
	const char *path, *slash, *part;
	int rc;

	rc = relations_load(&root, z, "", err);
	if (rc < 0)
		return rc;
	path = by_type(&root, "officeDocument");
	if (!path)
		return no_workbook(z, err);
	slash = strrchr(path, '/');
	parts.folder =
		arena_str(&b->arena, (struct str){ path, slash ? (size_t)(slash - path) + 1 : 0 })
			.p;
	if (!parts.folder)
		return err_set(err, FAULT_MEMORY, "%s：内存不足 / out of memory", z->name);
	rc = relations_load(&parts, z, slash ? slash + 1 : path, err);
	if (rc < 0)
		return rc;
	rc = workbook_load(b, z, path, &parts, err);
	part = by_type(&parts, "styles");
	if (rc == 0 && part)
		rc = xlsx_styles_load(b, z, part, err);
	part = by_type(&parts, "sharedStrings");
	if (rc == 0 && part)
		rc = xlsx_strings_load(b, z, part, err);
	return rc;
}

int xlsx_book_open(struct xlsx_book *b, struct xlsx_zip *z, struct err *err)
{
	int rc;

	*b = (struct xlsx_book){ 0 };
	arena_init(&b->arena, BOOK_MAX);
	rc = load(b, z, err);
	if (rc == 0 && b->sheets_n == 0)
		rc = no_workbook(z, err);
	if (rc < 0)
		xlsx_book_release(b);
	return rc;
}

void xlsx_book_release(struct xlsx_book *b)
{
	free(b->bytes);
	free(b->ends);
	b->bytes = NULL;
	b->ends = NULL;
	arena_release(&b->arena);
}
