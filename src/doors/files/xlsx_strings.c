/* SPDX-License-Identifier: Apache-2.0 */
/* The shared strings: all bytes in one block, so that millions cost little more than their text. */
#include <stdlib.h>

#include "acts/sheet.h"
#include "doors/files/xlsx_book.h"
#include "doors/files/xlsx_cell.h"
#include "doors/files/xml.h"

struct strings {
	struct xlsx_book *book;
	size_t bytes_cap, ends_cap;
	size_t first;         /* where the string being read begins */
	size_t n;             /* bytes in use */
	bool inside, reading; /* <si>, <t> */
	unsigned phonetic;    /* depth of <rPh>: the reading aid is no text */
};

static void out_of_memory(struct xml *x)
{
	xml_stop(x,
		err_set(x->err, FAULT_MEMORY, "%s：内存不足 / out of memory", x->entry.zip->name));
}

static void *grown(void *p, size_t *cap, size_t need, size_t size)
{
	size_t more = *cap ? *cap : 4096;

	while (more < need)
		more += more / 2;
	p = realloc(p, more * size);
	if (p)
		*cap = more;
	return p;
}

static void on_start(struct xml *x, const char *name, const char **attributes)
{
	struct strings *s = x->arg;

	(void)attributes;
	if (xml_is(name, "si")) {
		s->inside = true;
		s->first = s->n;
	} else if (xml_is(name, "rPh")) {
		s->phonetic++;
	} else if (xml_is(name, "t")) {
		s->reading = s->inside && s->phonetic == 0;
	}
}

static void string_done(struct xml *x, struct strings *s)
{
	struct xlsx_book *b = s->book;
	uint32_t *p;

	s->inside = false;
	if (s->n > s->first)
		s->n = s->first + xlsx_unescape(b->bytes + s->first, s->n - s->first);
	if (b->strings_n == XLSX_STRINGS_MAX) {
		xml_stop(x,
			err_set(x->err, FAULT_LIMIT,
				"%s：不同的文字超过 2400 万个，请改用 CSV / more than 24 million "
				"strings: send CSV",
				x->entry.zip->name));
		return;
	}
	if (b->strings_n == s->ends_cap) {
		p = grown(b->ends, &s->ends_cap, b->strings_n + 1, sizeof(*p));
		if (!p) {
			out_of_memory(x);
			return;
		}
		b->ends = p;
	}
	b->ends[b->strings_n++] = (uint32_t)s->n;
}

static void on_end(struct xml *x, const char *name)
{
	struct strings *s = x->arg;

	if (xml_is(name, "t"))
		s->reading = false;
	else if (xml_is(name, "rPh"))
		s->phonetic -= s->phonetic > 0;
	else if (xml_is(name, "si") && s->inside)
		string_done(x, s);
}

static void on_text(struct xml *x, struct str t)
{
	struct strings *s = x->arg;
	char *p;

	/* An overlong string is kept one byte too long: the cell that uses it says so. */
	if (!s->reading || s->n - s->first > SHEET_CELL_MAX)
		return;
	if (t.n > SHEET_CELL_MAX + 1 - (s->n - s->first))
		t.n = SHEET_CELL_MAX + 1 - (s->n - s->first);
	if (s->n + t.n > XLSX_STRING_BYTES_MAX) {
		xml_stop(x,
			err_set(x->err, FAULT_LIMIT,
				"%s：文字总量超过 512 MB，请改用 CSV / more than 512 MB of text: "
				"send CSV",
				x->entry.zip->name));
		return;
	}
	if (s->n + t.n > s->bytes_cap) {
		p = grown(s->book->bytes, &s->bytes_cap, s->n + t.n, 1);
		if (!p) {
			out_of_memory(x);
			return;
		}
		s->book->bytes = p;
	}
	memcpy(s->book->bytes + s->n, t.p, t.n);
	s->n += t.n;
}

int xlsx_strings_load(struct xlsx_book *b, struct xlsx_zip *z, const char *path, struct err *err)
{
	struct strings s = { .book = b };
	struct xml x;
	int rc = xml_open(&x, z, path, err);

	if (rc != 1)
		return rc;
	x.start = on_start;
	x.end = on_end;
	x.text = on_text;
	x.arg = &s;
	rc = xml_run(&x, err);
	xml_close(&x);
	return rc;
}

bool xlsx_book_string(const struct xlsx_book *b, uint64_t i, struct str *ret)
{
	uint32_t first;

	if (i >= b->strings_n)
		return false;
	first = i ? b->ends[i - 1] : 0;
	*ret = (struct str){ b->bytes ? b->bytes + first : "", b->ends[i] - first };
	return true;
}
