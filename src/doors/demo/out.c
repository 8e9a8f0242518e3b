/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/demo/out.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void tally_count(struct tally_of *tallies, const char *code, int64_t n)
{
	for (size_t i = 0; i < NOTE_CODES_MAX; i++) {
		if (!tallies[i].code)
			tallies[i].code = code;
		if (strcmp(tallies[i].code, code) != 0)
			continue;
		tallies[i].n += n;
		return;
	}
	BUG_IF("more kinds of mess than a note holds");
}

void tally_json(struct buf *b, const struct tally_of *tallies)
{
	buf_addc(b, '{');
	for (size_t i = 0; i < NOTE_CODES_MAX && tallies[i].code; i++)
		buf_addf(b, "%s\"%s\":%" PRId64, i ? "," : "", tallies[i].code, tallies[i].n);
	buf_addc(b, '}');
}

static int header_put(
	struct out *o, const char *title, const char *const *header, size_t n, struct err *err)
{
	struct str cells[OUT_COLUMNS_MAX], first = str_of(title);
	int rc = 0;

	BUG_IF(n > OUT_COLUMNS_MAX);
	for (size_t i = 0; i < n; i++)
		cells[i] = str_of(header[i]);
	if (title)
		rc = out_note_row(o, &first, 1, err);
	return rc < 0 || n == 0 ? rc : out_note_row(o, cells, n, err);
}

int out_open(struct out *o, const struct manifest *m, const char *name, const char *kind,
	enum sheet_format format, const char *title, const char *const *header, size_t n,
	struct err *err)
{
	static const char *const encodings[] = {
		[SHEET_CSV] = "UTF-8", [SHEET_XLSX] = "XLSX", [SHEET_CSV_GB18030] = "GB18030"
	};
	char path[4096];
	int rc;

	*o = (struct out){ .name = name, .kind = kind, .encoding = encodings[format] };
	buf_init(&o->rows, 4u << 20);
	if (snprintf(path, sizeof(path), "%s/%s", m->folder, name) >= (int)sizeof(path))
		return err_set(err, FAULT_LIMIT, "路径太长 / the path is too long");
	rc = m->sheets->create(path, format, kind, err, &o->sink);
	if (rc < 0)
		return rc;
	return header_put(o, title, header, n, err);
}

int out_note_row(struct out *o, const struct str *cells, size_t n, struct err *err)
{
	o->row++;
	return o->sink->row(o->sink, cells, n, err);
}

int out_row(struct out *o, const struct str *cells, size_t n, struct err *err)
{
	o->data++;
	return out_note_row(o, cells, n, err);
}

void out_rejected(struct out *o, const char *code)
{
	tally_count(o->rejected, code, 1);
	if (o->n_rows++ < NOTE_ROWS_MAX)
		buf_addf(&o->rows, "%s{\"row\":%u,\"code\":\"%s\"}", o->rows.n ? "," : "", o->row,
			code);
}

void out_tolerated(struct out *o, const char *code)
{
	tally_count(o->tolerated, code, 1);
}

static void note(const struct out *o, struct buf *b)
{
	if (b->n)
		buf_addz(b, ",\n    ");
	buf_addf(b, "{\"path\":\"%s\",\"kind\":\"%s\",\"encoding\":\"%s\",", o->name, o->kind,
		o->encoding);
	if (o->department)
		buf_addf(b, "\"department\":\"%s\",", o->department);
	buf_addf(b, "\"rows\":%" PRId64 ",\"must_abort\":%s,\"rejected\":", o->data,
		o->must_abort ? "true" : "false");
	tally_json(b, o->rejected);
	buf_addz(b, ",\"tolerated\":");
	tally_json(b, o->tolerated);
	buf_addf(b, ",\"rejected_rows\":[%s]}", o->rows.n ? o->rows.p : "");
}

int out_close(struct out *o, struct manifest *m, struct err *err)
{
	int rc = o->sink->finish(o->sink, err);

	if (rc == 0)
		note(o, &m->files);
	out_release(o);
	return rc;
}

void out_release(struct out *o)
{
	if (o->sink)
		o->sink->close(o->sink);
	o->sink = NULL;
	buf_release(&o->rows);
}
