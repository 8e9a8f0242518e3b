/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/notice_text.h"

#include "base/err.h"

#include "base/utf8.h"
#include "rules/notice.h"

/* The line of the notice that begins at `source`, as it stands there. */
static struct str line_at(struct str text, size_t source)
{
	struct str rest = { text.p + source, text.n - source }, line;

	return str_cut(&rest, STR("\n"), &line) ? str_trim(line) : rest;
}

static int join(const struct notice *t, struct arena *a, struct str *ret_texts)
{
	for (size_t i = 0; i < t->n_lines; i++) {
		const struct notice_line *l = &t->lines[i];
		struct str line = line_at(t->text, l->source), *to;

		if (!l->clause || line.n == 0)
			continue;
		to = &ret_texts[l->clause - t->ledger->clauses];
		*to = to->p ? arena_printf(a, "%.*s\n%.*s", STR_ARG(*to), STR_ARG(line))
			    : arena_str(a, line);
		if (!to->p)
			return FAULT_MEMORY;
	}
	return 0;
}

int notice_texts(const struct ledger *l, struct str text, struct arena *a, struct str *ret_texts)
{
	struct notice t = { .ledger = l, .arena = a, .file = STR("notice"), .text = text };
	struct diags d;
	int rc;

	if (text.n > NOTICE_BYTES_MAX || !utf8_valid(text))
		return FAULT_FORMAT;
	diags_init(&d, a);
	t.diags = &d;
	for (size_t i = 0; i < l->n_clauses; i++)
		ret_texts[i] = (struct str){ NULL, 0 };
	buf_init(&t.folded, 2 * NOTICE_BYTES_MAX);
	t.origin = ARENA_ARRAY(a, uint32_t, text.n * 2 + 1);
	t.seen = ARENA_ARRAY(a, unsigned char, l->n_clauses + 1);
	rc = t.origin && t.seen ? notice_read(&t) : FAULT_MEMORY;
	buf_release(&t.folded);
	return rc < 0 ? rc : join(&t, a, ret_texts);
}
