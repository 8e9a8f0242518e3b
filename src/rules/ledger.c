/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/ledger.h"

#include "base/err.h"
#include "base/utf8.h"
#include "rules/ytree.h"

/* One load: where nodes come from and findings go. */
struct load {
	struct arena *arena;
	struct diags *diags;
	struct ledger *ledger;
	size_t figures_cap;
	bool memory; /* ran out */
};

static const char *const root_keys[] = { "台账", "代码", "文号", "标题", "印发", "条" };
static const char *const clause_keys[] = { "号", "概要", "续", "年度", "日期", "期限", "金额",
	"比例", "数量", "引文", "部门", "资金" };
static const char *const figure_keys[] = { "年度", "日期", "期限", "金额", "比例", "数量", "引文" };

static bool listed(struct str word, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_is(word, list[i]))
			return true;
	return false;
}

static void refuse_unknown(
	struct load *l, const struct ynode *map, const char *const *keys, size_t n)
{
	struct buf names;

	buf_init(&names, 1024);
	for (size_t i = 0; i < n; i++) {
		buf_addz(&names, i ? "、" : "");
		buf_addz(&names, keys[i]);
	}
	for (size_t i = 0; i < map->n; i++)
		if (!listed(map->items[i]->key, keys, n))
			diag_error(l->diags, map->items[i]->key_mark,
				"不认识的键“%.*s”，只能是：%s / unknown key",
				STR_ARG(map->items[i]->key), buf_str(&names).p);
	buf_release(&names);
}

/* The text of scalar `key`; an empty str after reporting when it is missing or no scalar. */
static struct str need_text(struct load *l, const struct ynode *map, const char *key)
{
	const struct ynode *n = ynode_get(map, key);

	if (n && n->kind == YNODE_SCALAR && str_trim(n->text).n)
		return n->text;
	diag_error(l->diags, n ? n->mark : map->mark, "“%s”应是一段文字 / \"%s\" must be a text",
		key, key);
	return (struct str){ "", 0 };
}

/* Call `each` with every scalar of list `key`, which may be absent. */
static void each_scalar(struct load *l, const struct ynode *map, const char *key,
	void (*each)(struct load *, const char *key, const struct ynode *, void *), void *arg)
{
	const struct ynode *list = ynode_get(map, key);

	if (!list)
		return;
	if (list->kind != YNODE_SEQ) {
		diag_error(l->diags, list->mark, "“%s”应是列表 [ … ] / \"%s\" must be a list", key,
			key);
		return;
	}
	for (size_t i = 0; i < list->n; i++) {
		if (list->items[i]->kind == YNODE_SCALAR && list->items[i]->text.n)
			each(l, key, list->items[i], arg);
		else
			diag_error(l->diags, list->items[i]->mark,
				"“%s”里应是一个个词 / \"%s\" holds plain words", key, key);
	}
}

static void add_figure(struct load *l, const char *key, const struct ynode *n, void *arg)
{
	struct ledger_clause *c = arg;
	struct figure f, *figures;

	if (!figure_parse(n->text, &f)) {
		diag_error(l->diags, n->mark, "“%.*s”不是能识别的数字或日期 / not a figure or date",
			STR_ARG(n->text));
		return;
	}
	if (!str_is(str_of(figure_kind_key(f.kind)), key)) {
		diag_error(l->diags, n->mark,
			"“%.*s”应列在“%s”里，不在“%s” / listed under the wrong key",
			STR_ARG(n->text), figure_kind_key(f.kind), key);
		return;
	}
	if (l->ledger->n_figures >= LEDGER_FIGURES_MAX) {
		diag_error(l->diags, n->mark, "数字超过 %d 个 / more than %d figures",
			LEDGER_FIGURES_MAX, LEDGER_FIGURES_MAX);
		return;
	}
	figures = arena_grow(l->arena, c->figures, c->n_figures, &l->figures_cap, sizeof(f));
	if (!figures) {
		l->memory = true;
		return;
	}
	f.id = l->ledger->n_figures++;
	f.text = n->text;
	f.mark = n->mark;
	c->figures = figures;
	figures[c->n_figures++] = f;
}

static void add_word(struct load *l, const char *key, const struct ynode *n, void *arg)
{
	struct ledger_words *w = arg;
	struct ledger_word *items = ARENA_ARRAY(l->arena, struct ledger_word, w->n + 1);

	(void)key;
	if (!items) {
		l->memory = true;
		return;
	}
	for (size_t i = 0; i < w->n; i++)
		items[i] = w->items[i];
	items[w->n++] = (struct ledger_word){ n->text, n->mark };
	w->items = items;
}

static void read_clause(struct load *l, const struct ynode *n, struct ledger_clause *c)
{
	*c = (struct ledger_clause){ .mark = n->mark };
	if (n->kind != YNODE_MAP) {
		diag_error(l->diags, n->mark, "每条应是 { 号: …, 概要: … } / a clause is a map");
		return;
	}
	refuse_unknown(l, n, clause_keys, ARRAY_LEN(clause_keys));
	c->number = need_text(l, n, "号");
	c->gist = need_text(l, n, "概要");
	if (ynode_get(n, "号"))
		c->mark = ynode_get(n, "号")->mark;
	l->figures_cap = 0;
	for (size_t i = 0; i < ARRAY_LEN(figure_keys); i++)
		each_scalar(l, n, figure_keys[i], add_figure, c);
	each_scalar(l, n, "续", add_word, &c->begins);
	each_scalar(l, n, "部门", add_word, &c->departments);
	each_scalar(l, n, "资金", add_word, &c->funds);
}

static void refuse_twins(struct load *l)
{
	const struct ledger *led = l->ledger;

	for (size_t i = 0; i < led->n_clauses; i++)
		for (size_t k = 0; k < i; k++)
			if (led->clauses[i].number.n &&
				str_eq(led->clauses[i].number, led->clauses[k].number))
				diag_error(l->diags, led->clauses[i].mark,
					"“%.*s”条重复 / this clause is there twice",
					STR_ARG(led->clauses[i].number));
}

static void read_clauses(struct load *l, const struct ynode *root)
{
	const struct ynode *list = ynode_get(root, "条");
	struct ledger *led = l->ledger;

	if (!list || list->kind != YNODE_SEQ || list->n == 0) {
		diag_error(l->diags, list ? list->mark : root->mark,
			"“条”应是列表 / \"条\" must be a list");
		return;
	}
	if (list->n > LEDGER_CLAUSES_MAX) {
		diag_error(l->diags, list->mark, "条文超过 %d 条 / more than %d clauses",
			LEDGER_CLAUSES_MAX, LEDGER_CLAUSES_MAX);
		return;
	}
	led->clauses = ARENA_ARRAY(l->arena, struct ledger_clause, list->n);
	if (!led->clauses) {
		l->memory = true;
		return;
	}
	for (size_t i = 0; i < list->n; i++)
		read_clause(l, list->items[i], &led->clauses[i]);
	led->n_clauses = list->n;
	refuse_twins(l);
}

static void read_head(struct load *l, const struct ynode *root)
{
	struct ledger *led = l->ledger;
	struct str issued;

	refuse_unknown(l, root, root_keys, ARRAY_LEN(root_keys));
	if (!str_is(need_text(l, root, "台账"), "1"))
		diag_error(l->diags, root->mark,
			"“台账”的版本应是 1 / the ledger's version must be 1");
	led->code = need_text(l, root, "代码");
	led->document = need_text(l, root, "文号");
	led->title = need_text(l, root, "标题");
	issued = need_text(l, root, "印发");
	if (issued.n && !day_parse(issued, &led->issued))
		diag_error(l->diags, ynode_get(root, "印发")->mark,
			"日期应写作 2023-09-25 / not a date");
	if (ynode_get(root, "文号"))
		led->document_mark = ynode_get(root, "文号")->mark;
	if (ynode_get(root, "印发"))
		led->issued_mark = ynode_get(root, "印发")->mark;
}

int ledger_load(struct arena *a, struct str file, struct str text, struct diags *d,
	struct ledger **ret_ledger)
{
	struct load l = { .arena = a, .diags = d };
	size_t before = d->errors;
	struct ynode *root;
	int rc = ytree_parse(a, file, text, d, &root);

	if (rc < 0)
		return rc;
	l.ledger = ARENA_NEW(a, struct ledger);
	if (!l.ledger)
		return FAULT_MEMORY;
	if (root->kind != YNODE_MAP) {
		diag_error(d, root->mark, "台账应是键值表 / the ledger must be a map");
		return FAULT_FORMAT;
	}
	l.ledger->mark = root->mark;
	read_head(&l, root);
	read_clauses(&l, root);
	if (l.memory)
		return FAULT_MEMORY;
	if (d->errors != before)
		return FAULT_FORMAT;
	*ret_ledger = l.ledger;
	return 0;
}

static const struct ledger_clause *exact(const struct ledger *l, struct str number)
{
	for (size_t i = 0; i < l->n_clauses; i++)
		if (str_eq(l->clauses[i].number, number))
			return &l->clauses[i];
	return NULL;
}

/* "三(一)1-6": cut into "三(一)", 1 and 6. */
static bool range_parts(struct str number, struct str *ret_stem, int *ret_from, int *ret_to)
{
	size_t dash = number.n, from;

	while (dash > 0 && number.p[dash - 1] != '-')
		dash--;
	if (dash < 2 || number.n - dash == 0 || number.n - dash > 2)
		return false;
	from = dash - 1;
	while (from > 0 && number.p[from - 1] >= '0' && number.p[from - 1] <= '9')
		from--;
	if (dash - 1 - from == 0 || dash - 1 - from > 2)
		return false;
	*ret_from = *ret_to = 0;
	for (size_t i = from; i < dash - 1; i++)
		*ret_from = *ret_from * 10 + (number.p[i] - '0');
	for (size_t i = dash; i < number.n; i++) {
		if (number.p[i] < '0' || number.p[i] > '9')
			return false;
		*ret_to = *ret_to * 10 + (number.p[i] - '0');
	}
	*ret_stem = (struct str){ number.p, from };
	return *ret_from < *ret_to;
}

static bool has_member(const struct ledger *l, struct str stem, int n)
{
	for (size_t i = 0; i < l->n_clauses; i++) {
		struct str s = l->clauses[i].number;
		int64_t v;

		if (str_starts(s, stem) &&
			str_int((struct str){ s.p + stem.n, s.n - stem.n }, &v) && v == n)
			return true;
	}
	return false;
}

const struct ledger_clause *ledger_clause(const struct ledger *l, struct str number)
{
	const struct ledger_clause *c = exact(l, number);
	struct str stem;
	int from, to;

	if (c || !range_parts(number, &stem, &from, &to))
		return c;
	for (int i = from; i <= to; i++)
		if (!has_member(l, stem, i))
			return NULL;
	return exact(l, stem);
}

const struct ledger_clause *ledger_nearest(const struct ledger *l, struct str number)
{
	const struct ledger_clause *best = NULL;
	size_t longest = 0, n;
	struct buf want, have;

	buf_init(&want, 256);
	buf_init(&have, 256);
	utf8_fold(&want, number);
	for (size_t i = 0; i < l->n_clauses; i++) {
		buf_reset(&have);
		utf8_fold(&have, l->clauses[i].number);
		for (n = 0; n < want.n && n < have.n && want.p[n] == have.p[n];)
			n++;
		if (!best || n > longest || (n == longest && have.n < best->number.n)) {
			best = &l->clauses[i];
			longest = n;
		}
	}
	buf_release(&want);
	buf_release(&have);
	return best;
}

/* Is `below` numbered inside `above`: 二(三)2 inside 二(三) inside 二, 三(三)税务 inside 三(三);
 * but 三(三)12 not inside 三(三)1, nor 十一 inside 十. */
static bool inside(struct str below, struct str above)
{
	char end, begin;

	if (above.n == 0 || below.n <= above.n || !str_starts(below, above))
		return false;
	end = above.p[above.n - 1];
	begin = below.p[above.n];
	if (end == ')')
		return true;
	return !(end >= '0' && end <= '9') && (begin == '(' || (begin >= '0' && begin <= '9'));
}

static bool reaches(const struct ledger_clause *cited, const struct ledger_clause *other)
{
	return cited == other || inside(cited->number, other->number) ||
	       inside(other->number, cited->number);
}

size_t ledger_find(const struct ledger *l, const struct ledger_clause *c, const struct figure *f,
	unsigned char *seen)
{
	size_t n = 0;

	for (size_t i = 0; i < l->n_clauses; i++) {
		const struct ledger_clause *other = &l->clauses[i];

		if (!reaches(c, other))
			continue;
		for (size_t k = 0; k < other->n_figures; k++) {
			if (!figure_equal(&other->figures[k], f))
				continue;
			if (seen)
				seen[other->figures[k].id] = 1;
			n++;
		}
	}
	return n;
}

bool ledger_states(const struct ledger *l, const struct ledger_clause *c, struct str figure)
{
	struct figure f;

	return figure_parse(figure, &f) && ledger_find(l, c, &f, NULL) > 0;
}

/* 民政 is known by 县民政局 and the other way round. */
static bool has_word(const struct ledger_words *w, struct str name)
{
	for (size_t i = 0; i < w->n; i++)
		if (str_find(w->items[i].text, name) >= 0 || str_find(name, w->items[i].text) >= 0)
			return true;
	return false;
}

bool ledger_names(const struct ledger *l, const struct ledger_clause *c, struct str name)
{
	if (name.n == 0)
		return false;
	for (size_t i = 0; i < l->n_clauses; i++)
		if (reaches(c, &l->clauses[i]) && (has_word(&l->clauses[i].departments, name) ||
							  has_word(&l->clauses[i].funds, name)))
			return true;
	return false;
}
