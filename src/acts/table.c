/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/table.h"

#include <string.h>

#include "base/utf8.h"

#define FOLD_MAX 4096

/* Fold a heading: no space, no case, nothing from a bracket on ("姓名（必填）"), no asterisk. */
static struct str heading(struct buf *b, struct str s)
{
	struct str r;
	ptrdiff_t bracket;

	buf_reset(b);
	utf8_fold(b, s);
	r = buf_str(b);
	bracket = str_find(r, STR("("));
	if (bracket > 0)
		r.n = (size_t)bracket;
	while (r.n && (r.p[0] == '*' || r.p[0] == '\''))
		r = (struct str){ r.p + 1, r.n - 1 };
	while (r.n && (r.p[r.n - 1] == '*' || r.p[r.n - 1] == ':'))
		r.n--;
	return r;
}

static bool is_spelling(const struct column *c, struct str cell, struct buf *other)
{
	struct str rest = str_of(c->aliases), part;

	if (str_eq(heading(other, str_of(c->name)), cell))
		return true;
	if (!c->aliases)
		return false;
	while (str_cut(&rest, STR("|"), &part))
		if (str_eq(heading(other, part), cell))
			return true;
	return false;
}

size_t table_match(
	struct table *t, const struct sheet_row *row, struct buf *other, int at[TABLE_COLUMNS_MAX])
{
	size_t found = 0;

	for (size_t c = 0; c < t->n_columns; c++)
		at[c] = -1;
	for (size_t i = 0; i < row->n; i++) {
		struct str cell = heading(&t->scratch, row->cells[i]);

		if (cell.n == 0 || cell.n > FOLD_MAX / 2)
			continue;
		for (size_t c = 0; c < t->n_columns; c++) {
			if (at[c] >= 0 || !is_spelling(&t->columns[c], cell, other))
				continue;
			at[c] = (int)i;
			found++;
			break;
		}
	}
	return found;
}

static bool complete(const struct table *t, const int at[TABLE_COLUMNS_MAX])
{
	for (size_t c = 0; c < t->n_columns; c++)
		if (t->columns[c].required && at[c] < 0)
			return false;
	return true;
}

static int keep_header(struct table *t, struct arena *a, const struct sheet_row *row)
{
	t->header = ARENA_ARRAY(a, struct str, row->n ? row->n : 1);
	if (!t->header)
		return FAULT_MEMORY;
	for (size_t i = 0; i < row->n; i++) {
		t->header[i] = arena_str(a, row->cells[i]);
		if (!t->header[i].p)
			return FAULT_MEMORY;
	}
	t->n_header = row->n;
	t->header_row = row->number;
	return 0;
}

static int no_header(
	const struct table *t, const int best[TABLE_COLUMNS_MAX], size_t best_n, struct err *err)
{
	struct buf missing;
	int rc;

	buf_init(&missing, 600);
	for (size_t c = 0; c < t->n_columns; c++)
		if (t->columns[c].required && best[c] < 0) {
			if (missing.n)
				buf_addz(&missing, "、");
			buf_addz(&missing, t->columns[c].name);
		}
	rc = err_set(err, FAULT_FORMAT,
		best_n ? "%s：前 %d 行里没有完整的表头，缺少列：%s。请补上这些列的标题后重新导入 / no header row; "
			 "columns missing: %s"
		       : "%s：前 %d 行里找不到表头，需要的列：%s / no header row; columns needed: %s",
		t->source->name, TABLE_HEADER_ROWS, buf_str(&missing).p, buf_str(&missing).p);
	buf_release(&missing);
	return rc;
}

int table_open(struct table *t, struct arena *a, struct sheet_source *source,
	const struct column *columns, size_t n_columns,
	int (*title)(void *ctx, const struct sheet_row *row, struct err *err), void *ctx,
	struct err *err)
{
	int best[TABLE_COLUMNS_MAX];
	size_t best_n = 0;
	struct buf other;
	int rc = 0;

	BUG_IF(n_columns > TABLE_COLUMNS_MAX);
	*t = (struct table){ .source = source, .columns = columns, .n_columns = n_columns };
	buf_init(&t->scratch, FOLD_MAX);
	buf_init(&other, FOLD_MAX);
	memset(best, -1, sizeof(best));
	for (int i = 0; i < TABLE_HEADER_ROWS; i++) {
		size_t found;

		rc = source->next(source, &t->row, err);
		if (rc <= 0)
			break;
		found = table_match(t, &t->row, &other, t->at);
		if (found >= best_n && found > 0) {
			memcpy(best, t->at, sizeof(best));
			best_n = found;
		}
		if (complete(t, t->at) && found > 0) {
			rc = keep_header(t, a, &t->row);
			buf_release(&other);
			return rc;
		}
		if (title && (rc = title(ctx, &t->row, err)) < 0)
			break;
	}
	buf_release(&other);
	return rc < 0 ? rc : no_header(t, best, best_n, err);
}

int table_source(const struct sheet_port *sheets, const char *path, const char *shown,
	struct err *err, struct sheet_source **ret_source)
{
	const char *slash = strrchr(path, '/'), *own = slash ? slash + 1 : path;
	struct err said = { "" };
	size_t n = strlen(own);
	int rc = sheets->open(path, &said, ret_source);

	if (rc == 0) {
		if (shown)
			(*ret_source)->name = shown;
		return 0;
	}
	if (shown && strncmp(said.text, own, n) == 0)
		return err_set(err, (enum fault)rc, "%s%s", shown, said.text + n);
	return err_set(err, (enum fault)rc, "%s", said.text);
}

void table_release(struct table *t)
{
	if (t)
		buf_release(&t->scratch);
}

static bool blank(const struct sheet_row *row)
{
	for (size_t i = 0; i < row->n; i++)
		if (str_trim(row->cells[i]).n)
			return false;
	return true;
}

int table_next(struct table *t, struct err *err)
{
	int rc;

	do {
		rc = t->source->next(t->source, &t->row, err);
	} while (rc == 1 && blank(&t->row));
	return rc;
}

bool table_has(const struct table *t, size_t column)
{
	return t->at[column] >= 0;
}

struct str table_cell(const struct table *t, size_t column)
{
	int at = t->at[column];

	BUG_IF(column >= t->n_columns);
	if (at < 0 || (size_t)at >= t->row.n)
		return (struct str){ "", 0 };
	return str_trim(t->row.cells[at]);
}

enum cell_kind table_cell_kind(const struct table *t, size_t column)
{
	int at = t->at[column];

	if (at < 0 || (size_t)at >= t->row.n || !t->row.kinds)
		return CELL_TEXT;
	return (enum cell_kind)t->row.kinds[at];
}

/* Filled cells of the current row, of required columns among them, and the first one. */
struct filled {
	size_t cells, required;
	struct str first;
};

static struct filled filled_of(const struct table *t)
{
	struct filled f = { .first = { "", 0 } };

	for (size_t i = 0; i < t->row.n; i++) {
		struct str cell = str_trim(t->row.cells[i]);

		if (cell.n && f.cells++ == 0)
			f.first = cell;
	}
	for (size_t c = 0; c < t->n_columns; c++)
		f.required += t->columns[c].required && table_cell(t, c).n > 0;
	return f;
}

static bool begins(struct str folded, const struct str *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_starts(folded, words[i]))
			return true;
	return false;
}

bool table_is_note(struct table *t, size_t key)
{
	static const struct str sums[] = { STR("合计"), STR("总计"), STR("小计"), STR("共计") };
	static const struct str notes[] = { STR("制表"), STR("填表"), STR("审核"), STR("审批"),
		STR("负责人"), STR("备注"), STR("说明"), STR("注:"), STR("单位"), STR("经办人"),
		STR("填报") };
	struct str cell = table_cell(t, key), folded;
	struct filled f = filled_of(t);

	if (cell.n == 0 && f.required > 1)
		return false; /* data that lacks its key */
	if (cell.n == 0)
		cell = f.first;
	if (cell.n > 300)
		return false;
	buf_reset(&t->scratch);
	utf8_fold(&t->scratch, cell);
	folded = buf_str(&t->scratch);
	if (begins(folded, sums, ARRAY_LEN(sums)))
		return true;
	/* "单位：…" or a line by itself; with other cells filled it is somebody's name. */
	return begins(folded, notes, ARRAY_LEN(notes)) &&
	       (f.cells == 1 || str_find(folded, STR(":")) >= 0);
}
