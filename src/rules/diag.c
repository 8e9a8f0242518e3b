/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/diag.h"

#include <stdarg.h>
#include <string.h>

#include "base/utf8.h"

#define QUOTE_COLUMNS 120 /* of a line shown; a longer one is shown around the caret */

void diags_init(struct diags *d, struct arena *a)
{
	*d = (struct diags){ .arena = a };
}

static bool later(const struct mark *a, const struct mark *b)
{
	return a->line > b->line || (a->line == b->line && a->col > b->col);
}

/* Findings of one file stand in the order of its lines, whoever found them first. */
static void insert(struct diags *d, struct diag item)
{
	size_t at = d->n;

	while (at > 0 && str_eq(d->items[at - 1].at.file, item.at.file) &&
		later(&d->items[at - 1].at, &item.at))
		at--;
	memmove(&d->items[at + 1], &d->items[at], (d->n - at) * sizeof(item));
	d->items[at] = item;
	d->n++;
}

static void add(struct diags *d, enum diag_level level, struct mark at, const char *fmt, va_list ap)
{
	struct diag item = { .level = level, .at = at };
	struct diag *items;

	if (level == DIAG_ERROR)
		d->errors++;
	else
		d->warnings++;
	if (d->n >= DIAG_MAX) {
		d->dropped++;
		return;
	}
	item.message = arena_vprintf(d->arena, fmt, ap);
	items = arena_grow(d->arena, d->items, d->n, &d->cap, sizeof(*items));
	if (!items || !item.message.p) {
		d->dropped++;
		return;
	}
	d->items = items;
	insert(d, item);
}

void diag_error(struct diags *d, struct mark at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add(d, DIAG_ERROR, at, fmt, ap);
	va_end(ap);
}

void diag_warn(struct diags *d, struct mark at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add(d, DIAG_WARNING, at, fmt, ap);
	va_end(ap);
}

/* Line `number` of `text`, without its end. */
static bool line_of(struct str text, uint32_t number, struct str *ret_line)
{
	struct str line = { NULL, 0 };

	for (uint32_t i = 0; i < number; i++)
		if (!str_cut(&text, STR("\n"), &line))
			return false;
	if (line.n && line.p[line.n - 1] == '\r')
		line.n--;
	*ret_line = line;
	return number > 0;
}

/* One character of a quoted line: a control character or a stray byte is shown as one that has a
 * width, so that the caret stays under its place.  Returns the columns it takes. */
static size_t put_shown(struct buf *out, struct str *line)
{
	uint32_t cp = 0;
	size_t n = utf8_next(*line, &cp);
	struct str one = { line->p, n };

	if (n == 0)
		one = STR("?");
	else if (cp < 0x20 || cp == 0x7f)
		one = STR(" ");
	line->p += n ? n : 1;
	line->n -= n ? n : 1;
	if (out)
		buf_add(out, one);
	return utf8_width(one);
}

static void print_quote(struct buf *out, const struct mark *at)
{
	size_t before = 0, left = 0, shown = 0;
	struct str line, rest;

	if (!at->text.p || !line_of(at->text, at->line, &line))
		return;
	rest = line;
	for (uint32_t i = 1; i < at->col && rest.n; i++)
		before += put_shown(NULL, &rest);
	rest = line;
	while (before - left > QUOTE_COLUMNS / 2 && rest.n)
		left += put_shown(NULL, &rest);
	buf_addz(out, left ? "  …" : "  ");
	while (rest.n && shown < QUOTE_COLUMNS)
		shown += put_shown(out, &rest);
	buf_addz(out, rest.n ? "…\n  " : "\n  ");
	for (size_t i = left ? 0 : 1; i < before - left + 1; i++)
		buf_addc(out, ' ');
	buf_addz(out, "^\n");
}

void diags_print(struct buf *out, const struct diags *d)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct diag *it = &d->items[i];

		buf_addf(out, "%.*s:", STR_ARG(it->at.file));
		if (it->at.line)
			buf_addf(out, "%u:%u:", it->at.line, it->at.col);
		buf_addf(out, " %s: %.*s\n", it->level == DIAG_ERROR ? "错误" : "警告",
			STR_ARG(it->message));
		print_quote(out, &it->at);
	}
	if (d->dropped)
		buf_addf(out, "另有 %zu 条未列出 / %zu more not listed\n", d->dropped, d->dropped);
}
