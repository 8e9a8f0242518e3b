/* SPDX-License-Identifier: Apache-2.0 */
/* Holding a ledger against the text of its notice. */
#include "rules/notice.h"

#include "base/err.h"
#include "base/utf8.h"

#define SEQUENCE_MAX 1000 /* figures of one key in one clause */

struct figures {
	struct figure *items;
	size_t n, cap;
};

/* The own text of `c` in one run, and where each of its bytes came from. */
static int own_text(struct notice *t, const struct ledger_clause *c, struct buf *ret_text,
	uint32_t **ret_origin)
{
	size_t n = 0;
	uint32_t *origin;

	buf_reset(ret_text);
	for (size_t i = 0; i < t->n_lines; i++)
		n += t->lines[i].clause == c ? t->lines[i].until - t->lines[i].from : 0;
	origin = ARENA_ARRAY(t->arena, uint32_t, n + 1);
	if (!origin)
		return FAULT_MEMORY;
	n = 0;
	for (size_t i = 0; i < t->n_lines; i++) {
		const struct notice_line *l = &t->lines[i];

		if (l->clause != c)
			continue;
		buf_add(ret_text,
			(struct str){ buf_str(&t->folded).p + l->from, l->until - l->from });
		for (size_t k = l->from; k < l->until; k++)
			origin[n++] = t->origin[k];
	}
	*ret_origin = origin;
	return buf_bad(ret_text) ? FAULT_MEMORY : 0;
}

static int push(struct arena *a, struct figures *list, const struct figure *f)
{
	struct figure *items = arena_grow(a, list->items, list->n, &list->cap, sizeof(*f));

	if (!items)
		return FAULT_MEMORY;
	list->items = items;
	items[list->n++] = *f;
	return 0;
}

/* All figures of a clause's own text, marked with their places in the notice. */
static int text_figures(
	struct notice *t, struct str text, const uint32_t *origin, struct figures *ret_list)
{
	struct figure_scan scan;
	struct figure f;
	size_t from;
	int rc = 0;

	figure_scan_init(&scan, text);
	while (rc == 0 && figure_next(&scan, &f)) {
		from = origin[f.text.p - text.p];
		f.mark = notice_mark(t, from);
		f.text = arena_str(t->arena, f.text);
		rc = f.text.p ? push(t->arena, ret_list, &f) : FAULT_MEMORY;
	}
	return rc;
}

static bool of_key(const struct figure *f, const char *key)
{
	return str_is(str_of(figure_kind_key(f->kind)), key);
}

static int of_keys(struct arena *a, const struct figure *f, size_t n, const char *key,
	struct figures *ret_list)
{
	int rc = 0;

	for (size_t i = 0; i < n && rc == 0; i++)
		if (of_key(&f[i], key))
			rc = push(a, ret_list, &f[i]);
	return rc;
}

static void say_changed(struct notice *t, const struct ledger_clause *c, const char *key,
	const struct figure *ours, const struct figure *theirs)
{
	diag_error(t->diags, theirs->mark,
		"%.*s 的%s：通知写“%.*s”，台账写“%.*s”（%.*s:%u:%u）/ the notice and the ledger differ",
		STR_ARG(c->number), key, STR_ARG(theirs->text), STR_ARG(ours->text),
		STR_ARG(ours->mark.file), ours->mark.line, ours->mark.col);
}

static void say_lacking(struct notice *t, const struct ledger_clause *c, const char *key,
	const struct figure *ours, const struct figure *theirs)
{
	if (ours)
		diag_error(t->diags, ours->mark,
			"%.*s 的%s“%.*s”在通知的这一条里找不到 / not in the notice's clause",
			STR_ARG(c->number), key, STR_ARG(ours->text));
	else
		diag_error(t->diags, theirs->mark,
			"%.*s 的%s“%.*s”没有记入台账 / not in the ledger's clause",
			STR_ARG(c->number), key, STR_ARG(theirs->text));
}

/* Two sequences that should be one: find what they share in order and report the rest, a replaced
 * figure as one finding. */
static int compare(struct notice *t, const struct ledger_clause *c, const char *key,
	const struct figures *ours, const struct figures *theirs)
{
	size_t n = ours->n, m = theirs->n, i, k, w = m + 1;
	uint16_t *shared;

	if (n > SEQUENCE_MAX || m > SEQUENCE_MAX) {
		diag_error(t->diags, c->mark, "一条里的数字太多 / too many figures in a clause");
		return 0;
	}
	shared = ARENA_ARRAY(t->arena, uint16_t, (n + 1) * w);
	if (!shared)
		return FAULT_MEMORY;
	for (i = n; i-- > 0;)
		for (k = m; k-- > 0;) {
			uint16_t a = shared[(i + 1) * w + k], b = shared[i * w + k + 1];

			shared[i * w + k] = a > b ? a : b;
			if (figure_equal(&ours->items[i], &theirs->items[k]))
				shared[i * w + k] = (uint16_t)(shared[(i + 1) * w + k + 1] + 1);
		}
	for (i = k = 0; i < n || k < m;) {
		const struct figure *o = i < n ? &ours->items[i] : NULL;
		const struct figure *th = k < m ? &theirs->items[k] : NULL;

		if (o && th && figure_equal(o, th)) {
			i++, k++;
		} else if (o && th && shared[(i + 1) * w + k + 1] == shared[i * w + k]) {
			say_changed(t, c, key, o, th);
			i++, k++;
		} else if (o && (!th || shared[(i + 1) * w + k] == shared[i * w + k])) {
			say_lacking(t, c, key, o, NULL);
			i++;
		} else {
			say_lacking(t, c, key, NULL, th);
			k++;
		}
	}
	return 0;
}

/* The letters before a document number count as well: 皖医保发〔2022〕6号 is not
 * 皖医保秘〔2022〕6号. */
static void check_references(struct notice *t, const struct ledger_clause *c, struct str text)
{
	struct buf name;

	buf_init(&name, 1024);
	for (size_t i = 0; i < c->n_figures; i++) {
		const struct figure *f = &c->figures[i];

		buf_reset(&name);
		figure_fold_text(&name, f->text);
		if (f->kind == FIGURE_REFERENCE && str_find(text, buf_str(&name)) < 0)
			diag_error(t->diags, f->mark,
				"%.*s 里没有提到文号“%.*s” / the notice's clause does not name it",
				STR_ARG(c->number), STR_ARG(f->text));
	}
	buf_release(&name);
}

static void check_words(struct notice *t, const struct ledger_clause *c,
	const struct ledger_words *words, struct str text)
{
	struct buf word;

	buf_init(&word, 1024);
	for (size_t i = 0; i < words->n; i++) {
		buf_reset(&word);
		figure_fold_text(&word, words->items[i].text);
		if (str_find(text, buf_str(&word)) < 0)
			diag_error(t->diags, words->items[i].mark,
				"%.*s 里没有提到“%.*s” / the notice's clause does not name it",
				STR_ARG(c->number), STR_ARG(words->items[i].text));
	}
	buf_release(&word);
}

static int check_clause(
	struct notice *t, const struct ledger_clause *c, struct buf *text, bool *issued)
{
	static const char *const keys[] = { "年度", "日期", "期限", "金额", "比例", "数量",
		"引文" };
	struct figures all = { 0 }, ours, theirs;
	uint32_t *origin;
	int rc = own_text(t, c, text, &origin);

	if (rc == 0)
		rc = text_figures(t, buf_str(text), origin, &all);
	for (size_t i = 0; i < ARRAY_LEN(keys) && rc == 0; i++) {
		ours = theirs = (struct figures){ 0 };
		rc = of_keys(t->arena, c->figures, c->n_figures, keys[i], &ours);
		if (rc == 0)
			rc = of_keys(t->arena, all.items, all.n, keys[i], &theirs);
		if (rc == 0)
			rc = compare(t, c, keys[i], &ours, &theirs);
	}
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < all.n; i++)
		*issued |=
			all.items[i].kind == FIGURE_DATE && all.items[i].value == t->ledger->issued;
	check_references(t, c, buf_str(text));
	check_words(t, c, &c->departments, buf_str(text));
	check_words(t, c, &c->funds, buf_str(text));
	return 0;
}

static int check_clauses(struct notice *t, struct buf *text)
{
	const struct ledger *l = t->ledger;
	bool issued = false;
	int rc = 0;

	for (size_t i = 0; i < l->n_clauses && rc == 0; i++) {
		if (t->seen[i])
			rc = check_clause(t, &l->clauses[i], text, &issued);
		else
			diag_error(t->diags, l->clauses[i].mark,
				"通知里找不到“%.*s”条 / the notice has no such clause",
				STR_ARG(l->clauses[i].number));
	}
	if (rc == 0 && !issued)
		diag_error(t->diags, l->issued_mark,
			"通知里没有这个印发日期 / the notice bears another date");
	return rc;
}

static void check_document_number(struct notice *t, struct buf *text)
{
	if (str_is(t->ledger->document, "未载明"))
		return;
	buf_reset(text);
	figure_fold_text(text, t->ledger->document);
	if (str_find(buf_str(&t->folded), buf_str(text)) < 0)
		diag_error(t->diags, t->ledger->document_mark,
			"通知里没有这个文号 / the notice bears another number");
}

int ledger_check_notice(
	const struct ledger *l, struct str file, struct str text, struct arena *a, struct diags *d)
{
	struct notice t = { .ledger = l, .arena = a, .diags = d, .file = file, .text = text };
	size_t before = d->errors;
	struct buf own;
	int rc;

	if (text.n > NOTICE_BYTES_MAX || !utf8_valid(text)) {
		diag_error(d, (struct mark){ .file = file },
			"通知文本应是 UTF-8，不超过 4 MB / the notice must be UTF-8 and at most 4 MB");
		return 1;
	}
	buf_init(&t.folded, 2 * NOTICE_BYTES_MAX);
	buf_init(&own, 2 * NOTICE_BYTES_MAX);
	t.origin = ARENA_ARRAY(a, uint32_t, text.n * 2 + 1);
	t.seen = ARENA_ARRAY(a, unsigned char, l->n_clauses + 1);
	rc = t.origin && t.seen ? notice_read(&t) : FAULT_MEMORY;
	if (rc == 0)
		rc = check_clauses(&t, &own);
	if (rc == 0)
		check_document_number(&t, &own);
	buf_release(&t.folded);
	buf_release(&own);
	return rc < 0 ? rc : (int)(d->errors - before);
}
