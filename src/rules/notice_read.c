/* SPDX-License-Identifier: Apache-2.0 */
#include "base/err.h"
#include "base/utf8.h"
#include "rules/notice.h"

#define GAP_MAX 3   /* numbers a notice may skip (双清 goes from 3 to 5) */
#define CHAPTERS 20 /* 一 … 二十 */

static const char *const numerals[CHAPTERS] = { "一", "二", "三", "四", "五", "六", "七", "八",
	"九", "十", "十一", "十二", "十三", "十四", "十五", "十六", "十七", "十八", "十九",
	"二十" };

struct mark notice_mark(const struct notice *t, size_t source)
{
	struct mark m = { t->file, t->text, 1, 1 };
	struct str rest;
	size_t low = 0, high = t->n_lines;

	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (t->lines[mid].source <= source)
			low = mid;
		else
			high = mid;
	}
	m.line = (uint32_t)low + 1;
	if (low < t->n_lines) {
		rest = (struct str){ t->text.p + t->lines[low].source,
			source - t->lines[low].source };
		m.col = (uint32_t)utf8_count(rest) + 1;
	}
	return m;
}

/* "- 11 -": the number of a page. */
static bool page_number(struct str line)
{
	int64_t n;

	line = str_trim(line);
	if (line.n < 3 || line.p[0] != '-' || line.p[line.n - 1] != '-')
		return false;
	return str_int(str_trim((struct str){ line.p + 1, line.n - 2 }), &n);
}

/* Fold one line behind what is folded already, without Markdown's marks. */
static bool fold_line(struct notice *t, struct str line, size_t source)
{
	struct str rest = line;

	if (page_number(line))
		return true;
	while (rest.n) {
		uint32_t cp = 0;
		size_t step = utf8_next(rest, &cp), before = t->folded.n;

		if (step == 0)
			step = 1;
		else if (cp != '#' && cp != '*')
			figure_fold(&t->folded, (struct str){ rest.p, step });
		if (buf_bad(&t->folded))
			return false;
		for (size_t i = before; i < t->folded.n; i++)
			t->origin[i] = (uint32_t)(source + (size_t)(rest.p - line.p));
		rest.p += step;
		rest.n -= step;
	}
	return true;
}

static int numeral(struct str s, size_t *ret_length)
{
	int best = 0;

	for (int i = 0; i < CHAPTERS; i++) {
		if (str_starts(s, str_of(numerals[i])) &&
			(!best || str_of(numerals[i]).n > *ret_length)) {
			best = i + 1;
			*ret_length = str_of(numerals[i]).n;
		}
	}
	return best;
}

static bool follows(int n, int previous)
{
	return n > previous && n <= previous + GAP_MAX;
}

/* "三、" at the start of `s`: the number, and how long the mark is. */
static int chapter_mark(struct str s, size_t *ret_length)
{
	size_t n = 0;
	int v = numeral(s, &n);

	if (!v || !str_starts((struct str){ s.p + n, s.n - n }, STR("、")))
		return 0;
	*ret_length = n + STR("、").n;
	return v;
}

/* "(三)". */
static int section_mark(struct str s, size_t *ret_length)
{
	size_t n = 0;
	int v;

	if (!str_starts(s, STR("(")))
		return 0;
	v = numeral((struct str){ s.p + 1, s.n - 1 }, &n);
	if (!v || s.n < n + 2 || s.p[n + 1] != ')')
		return 0;
	*ret_length = n + 2;
	return v;
}

/* "3." and no digit behind it, which would make it a decimal. */
static int item_mark(struct str s, size_t *ret_length)
{
	size_t n = 0;
	int v = 0;

	while (n < s.n && n < 2 && s.p[n] >= '0' && s.p[n] <= '9')
		v = v * 10 + (s.p[n++] - '0');
	if (n == 0 || n >= s.n || s.p[n] != '.')
		return 0;
	if (n + 1 < s.n && s.p[n + 1] >= '0' && s.p[n + 1] <= '9')
		return 0;
	*ret_length = n + 1;
	return v;
}

/* Does the folded `line` begin with one of the words by which `c` is found? */
static bool begins(const struct ledger_clause *c, struct str line)
{
	struct buf word;
	bool found = false;

	buf_init(&word, 1024);
	for (size_t i = 0; i < c->begins.n && !found; i++) {
		buf_reset(&word);
		figure_fold_text(&word, c->begins.items[i].text);
		found = word.n > 0 && str_starts(line, buf_str(&word));
	}
	buf_release(&word);
	return found;
}

/* The clause whose words begin `line` and that belongs to the place reached: numbered inside
 * `stem`, or outside all numbers (附件, 文末) once the chapters have begun. */
static const struct ledger_clause *by_words(
	const struct notice *t, struct str stem, struct str line)
{
	for (size_t i = 0; i < t->ledger->n_clauses; i++) {
		const struct ledger_clause *c = &t->ledger->clauses[i];
		size_t n;

		if ((stem.n && str_starts(c->number, stem)) ||
			(t->chapter && !numeral(c->number, &n)))
			if (begins(c, line))
				return c;
	}
	return NULL;
}

static void enter(struct notice *t, struct str number, struct str rest, size_t source)
{
	const struct ledger_clause *c = by_words(t, number, rest);

	if (!c)
		c = ledger_clause(t->ledger, number);
	if (!c)
		diag_error(t->diags, notice_mark(t, source),
			"台账里没有“%.*s”条 / the ledger lacks clause %.*s", STR_ARG(number),
			STR_ARG(number));
	t->now = c;
}

/* See whether `line` opens another clause.  Returns the length of the number to leave out of its
 * text, or a fault. */
static int open_clause(struct notice *t, struct str line, size_t source)
{
	size_t n = 0;
	struct str number;
	const struct ledger_clause *c;
	int v;

	if ((v = chapter_mark(line, &n)) && follows(v, t->chapter)) {
		t->chapter = v;
		t->section = t->item = 0;
		t->stem = number = str_of(numerals[v - 1]);
	} else if (t->chapter && (v = section_mark(line, &n)) &&
		   (follows(v, t->section) || v == t->section)) {
		t->section = v;
		t->item = 0;
		number =
			arena_printf(t->arena, "%s(%s)", numerals[t->chapter - 1], numerals[v - 1]);
		t->stem = number;
	} else if (t->chapter && (v = item_mark(line, &n)) && follows(v, t->item)) {
		t->item = v;
		number = arena_printf(t->arena, "%.*s%d", STR_ARG(t->stem), v);
	} else {
		c = by_words(t, t->stem, line);
		t->now = c ? c : t->now;
		return 0;
	}
	if (!number.p)
		return FAULT_MEMORY;
	enter(t, number, (struct str){ line.p + n, line.n - n }, source);
	return (int)n;
}

static int read_line(struct notice *t, struct str line, size_t source)
{
	struct notice_line *lines =
		arena_grow(t->arena, t->lines, t->n_lines, &t->lines_cap, sizeof(*lines));
	struct notice_line *l;
	struct str folded;
	int skip;

	if (!lines)
		return FAULT_MEMORY;
	t->lines = lines;
	l = &lines[t->n_lines++];
	*l = (struct notice_line){ .source = source, .from = t->folded.n };
	if (!fold_line(t, line, source))
		return FAULT_MEMORY;
	folded = (struct str){ buf_str(&t->folded).p + l->from, t->folded.n - l->from };
	skip = open_clause(t, folded, source);
	if (skip < 0)
		return skip;
	l->from += (size_t)skip;
	l->until = t->folded.n;
	l->clause = t->now;
	if (t->now)
		t->seen[t->now - t->ledger->clauses] = 1;
	return 0;
}

int notice_read(struct notice *t)
{
	struct str rest = t->text, line;
	int rc = 0;

	t->now = ledger_clause(t->ledger, STR("文首"));
	while (rc == 0 && str_cut(&rest, STR("\n"), &line))
		rc = read_line(t, line, (size_t)(line.p - t->text.p));
	return rc;
}
