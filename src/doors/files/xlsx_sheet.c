/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/files/xlsx_sheet.h"

#include <stdlib.h>

#include "doors/files/scrub.h"
#include "doors/files/xlsx_cell.h"

#define ROW_TEXT_MAX ((size_t)SHEET_COLUMNS_MAX * (SHEET_CELL_MAX + 1))

static void cell_stop(struct xlsx_reader *r, enum fault fault, const char *zh, const char *en)
{
	xml_stop(&r->xml,
		err_set(r->xml.err, fault, "%s：“%s”第 %u 行第 %zu 列%s / row %u, column %zu: %s",
			r->file, r->sheet, r->row, r->column + 1, zh, r->row, r->column + 1, en));
}

/* --- begin of row and cell --- */

static void row_start(struct xlsx_reader *r, const char **attributes)
{
	const char *number = xml_attribute(attributes, "r");
	unsigned long at = number ? strtoul(number, NULL, 10) : r->row + 1ul;

	r->column = 0;
	if (at <= r->row || at > SHEET_XLSX_ROWS) {
		cell_stop(r, FAULT_FORMAT, "后面的行号不对", "the row numbers are out of order");
		return;
	}
	r->row = (uint32_t)at;
	r->row_filled = false;
	r->n = 0;
	buf_reset(&r->text);
	arena_reset(&r->scratch);
}

/* The zero-based column of "AB12"; SIZE_MAX when there is none. */
static size_t column_of(const char *reference)
{
	size_t column = 0, i = 0;

	for (; reference[i] >= 'A' && reference[i] <= 'Z' && i < 4; i++)
		column = column * 26 + (size_t)(reference[i] - 'A' + 1);
	return i == 0 || i == 4 ? SIZE_MAX : column - 1;
}

static void cell_start(struct xlsx_reader *r, const char **attributes)
{
	const char *reference = xml_attribute(attributes, "r");
	const char *type = xml_attribute(attributes, "t");
	const char *style = xml_attribute(attributes, "s");
	size_t column = reference ? column_of(reference) : r->column;

	if (column == SIZE_MAX) {
		cell_stop(r, FAULT_FORMAT, "的坐标不对", "a cell's reference is malformed");
		return;
	}
	r->column = column;
	r->style = style ? (unsigned)strtoul(style, NULL, 10) : 0;
	r->formula = r->in_inline = r->reading = false;
	r->phonetic = 0;
	r->first = r->text.n;
	memset(r->type, 0, sizeof(r->type));
	if (type && strlen(type) < sizeof(r->type))
		memcpy(r->type, type, strlen(type));
}

static void on_start(struct xml *x, const char *name, const char **attributes)
{
	struct xlsx_reader *r = x->arg;

	if (xml_is(name, "c"))
		cell_start(r, attributes);
	else if (xml_is(name, "v"))
		r->reading = true;
	else if (xml_is(name, "row"))
		row_start(r, attributes);
	else if (xml_is(name, "f"))
		r->formula = true;
	else if (xml_is(name, "is"))
		r->in_inline = true;
	else if (xml_is(name, "rPh"))
		r->phonetic++;
	else if (xml_is(name, "t"))
		r->reading = r->in_inline && r->phonetic == 0;
}

static void on_text(struct xml *x, struct str s)
{
	struct xlsx_reader *r = x->arg;

	if (!r->reading)
		return;
	if (r->text.n - r->first + s.n > SHEET_CELL_MAX) {
		cell_stop(r, FAULT_LIMIT, "内容超过 32767 字节",
			"the cell is longer than 32767 bytes");
		return;
	}
	buf_add(&r->text, s);
	if (buf_bad(&r->text))
		cell_stop(r, FAULT_MEMORY, "：内存不足", "out of memory");
}

/* --- end of cell and row --- */

static struct str value_of(const struct xlsx_reader *r)
{
	return (struct str){ r->text.p ? r->text.p + r->first : "", r->text.n - r->first };
}

/* The cell's text becomes `s` (which may lie in r->text). */
static void replace_value(struct xlsx_reader *r, struct str s)
{
	char copy[XLSX_NUMBER_TEXT];

	BUG_IF(s.n > sizeof(copy));
	memcpy(copy, s.p, s.n);
	r->text.n = r->first;
	buf_add(&r->text, (struct str){ copy, s.n });
}

static bool shared_value(struct xlsx_reader *r, struct str *ret)
{
	int64_t i;

	if (!str_int(value_of(r), &i) || !xlsx_book_string(r->book, (uint64_t)i, ret)) {
		cell_stop(r, FAULT_FORMAT, "指向不存在的文字",
			"refers to a string that is not there");
		return false;
	}
	if (ret->n > SHEET_CELL_MAX) {
		cell_stop(r, FAULT_LIMIT, "内容超过 32767 字节",
			"the cell is longer than 32767 bytes");
		return false;
	}
	return true;
}

/* A number cell: its decimal text, or the day when the style shows one. */
static bool number_value(struct xlsx_reader *r, enum cell_kind *ret_kind)
{
	struct str v = value_of(r);
	char out[XLSX_NUMBER_TEXT];
	size_t n = 0;

	if (v.n == 0)
		return true;
	*ret_kind = CELL_NUMBER;
	if (r->style < r->book->styles_n && r->book->date_style[r->style]) {
		n = xlsx_date(v, r->book->since_1904, out);
		if (n)
			*ret_kind = CELL_DATE;
	}
	if (n == 0)
		n = xlsx_number(v, out);
	if (n == 0) {
		cell_stop(r, FAULT_FORMAT, "的数字写法不对", "a malformed number");
		return false;
	}
	replace_value(r, (struct str){ out, n });
	return true;
}

static void boolean_value(struct xlsx_reader *r)
{
	replace_value(r, str_is(value_of(r), "1") ? STR("TRUE") : STR("FALSE"));
}

/* ISO 8601: 2023-11-02T10:20:30 reads like the dates we print. */
static void iso_value(struct xlsx_reader *r)
{
	char *t = r->text.n > r->first ? memchr(r->text.p + r->first, 'T', r->text.n - r->first)
				       : NULL;

	if (t)
		*t = ' ';
}

/* Shared strings are returned in *ret; everything else stays in r->text. */
static bool cell_value(struct xlsx_reader *r, struct str *ret, enum cell_kind *ret_kind)
{
	*ret = (struct str){ NULL, 0 };
	*ret_kind = CELL_TEXT;
	if (xml_is(r->type, "s"))
		return value_of(r).n == 0 || shared_value(r, ret);
	if (xml_is(r->type, "b")) {
		boolean_value(r);
	} else if (xml_is(r->type, "d")) {
		iso_value(r);
		*ret_kind = CELL_DATE;
	} else if (r->type[0] == '\0' || xml_is(r->type, "n")) {
		return number_value(r, ret_kind);
	} else if (r->text.n > r->first) {
		r->text.n = r->first + xlsx_unescape(r->text.p + r->first, r->text.n - r->first);
	}
	return true;
}

/* Put the cell into the row; the columns it skipped become empty. */
static void place(struct xlsx_reader *r, struct str s, enum cell_kind kind)
{
	size_t n = s.p ? s.n : r->text.n - r->first;

	if (n == 0)
		return;
	if (r->column >= SHEET_COLUMNS_MAX) {
		cell_stop(r, FAULT_LIMIT, "超过 256 列", "more than 256 columns");
		return;
	}
	for (; r->n <= r->column; r->n++) {
		r->cells[r->n] = (struct str){ "", 0 };
		r->kinds[r->n] = CELL_TEXT;
	}
	if (s.p)
		r->text.n = r->first;
	r->cells[r->column] = (struct str){ s.p, n };
	r->at[r->column] = r->first;
	r->kinds[r->column] = (unsigned char)(r->formula ? CELL_FORMULA : kind);
	r->row_filled = true;
}

static void cell_end(struct xlsx_reader *r)
{
	enum cell_kind kind;
	struct str s;

	if (!cell_value(r, &s, &kind))
		return;
	place(r, s, kind);
	r->column++;
}

static void on_end(struct xml *x, const char *name)
{
	struct xlsx_reader *r = x->arg;

	if (xml_is(name, "c")) {
		cell_end(r);
	} else if (xml_is(name, "v") || xml_is(name, "t")) {
		r->reading = false;
	} else if (xml_is(name, "rPh")) {
		r->phonetic -= r->phonetic > 0;
	} else if (xml_is(name, "row") && r->row_filled) {
		xml_suspend(x);
	}
}

/* --- the reader --- */

int xlsx_reader_open(struct xlsx_reader *r, struct xlsx_zip *z, const struct xlsx_book *book,
	const struct xlsx_sheet *sheet, struct err *err)
{
	int rc = xml_open(&r->xml, z, sheet->path, err);

	if (rc != 1)
		return rc;
	r->xml.start = on_start;
	r->xml.end = on_end;
	r->xml.text = on_text;
	r->xml.arg = r;
	r->book = book;
	r->file = z->name;
	r->sheet = sheet->name ? sheet->name : "";
	r->row = 0;
	r->n = 0;
	r->column = 0;
	r->reading = false;
	r->first = 0;
	buf_init(&r->text, ROW_TEXT_MAX);
	arena_init(&r->scratch, 2 * ROW_TEXT_MAX);
	r->open = true;
	return 1;
}

int xlsx_reader_next(struct xlsx_reader *r, struct sheet_row *ret_row, struct err *err)
{
	int rc = xml_run(&r->xml, err);

	if (rc != 1)
		return rc;
	for (size_t i = 0; i < r->n; i++) {
		if (!r->cells[i].p)
			r->cells[i].p = r->text.p + r->at[i];
		if (r->kinds[i] == CELL_NUMBER || r->cells[i].n == 0)
			continue;
		r->cells[i] = scrub(&r->scratch, r->cells[i]);
		if (!r->cells[i].p)
			return err_set(err, FAULT_MEMORY, "%s：内存不足 / out of memory", r->file);
	}
	*ret_row = (struct sheet_row){
		.number = r->row, .n = r->n, .cells = r->cells, .kinds = r->kinds
	};
	return 1;
}

void xlsx_reader_close(struct xlsx_reader *r)
{
	if (!r->open)
		return;
	xml_close(&r->xml);
	buf_release(&r->text);
	arena_release(&r->scratch);
	r->open = false;
}
