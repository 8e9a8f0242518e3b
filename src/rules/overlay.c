/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/overlay.h"

#include "base/err.h"

/* Same content, whatever the marks. */
static bool same(const struct ynode *x, const struct ynode *y)
{
	if (x->kind != y->kind || x->n != y->n)
		return false;
	if (x->kind == YNODE_SCALAR)
		return str_eq(x->text, y->text);
	for (size_t i = 0; i < x->n; i++) {
		const struct ynode *other = y->items[i];

		if (x->kind == YNODE_MAP) {
			other = ynode_get(y, x->items[i]->key.p);
			if (!other)
				return false;
		}
		if (!same(x->items[i], other))
			return false;
	}
	return true;
}

/* The text that names an item of a list: its 代码, else (for examples and the like) nothing. */
static struct str code_of(const struct ynode *n)
{
	const struct ynode *code = n->kind == YNODE_MAP ? ynode_get(n, "代码") : NULL;

	return code && code->kind == YNODE_SCALAR ? code->text : (struct str){ 0 };
}

static bool coded(const struct ynode *n)
{
	if (n->kind != YNODE_SEQ || n->n == 0)
		return false;
	for (size_t i = 0; i < n->n; i++)
		if (!code_of(n->items[i]).n)
			return false;
	return true;
}

static size_t find_code(const struct ynode *list, struct str code)
{
	size_t i = 0;

	while (i < list->n && !str_eq(code_of(list->items[i]), code))
		i++;
	return i;
}

static int append(struct arena *a, struct ynode *parent, struct ynode *child)
{
	struct ynode **items = ARENA_ARRAY(a, struct ynode *, parent->n + 1);

	if (!items)
		return FAULT_MEMORY;
	for (size_t i = 0; i < parent->n; i++)
		items[i] = parent->items[i];
	items[parent->n++] = child;
	parent->items = items;
	return 0;
}

static int merge(struct arena *a, struct ynode **base, struct ynode *over, struct diags *d);

static int merge_map(struct arena *a, struct ynode *base, const struct ynode *over, struct diags *d)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < over->n; i++) {
		size_t k = 0;

		while (k < base->n && !str_eq(base->items[k]->key, over->items[i]->key))
			k++;
		if (k == base->n)
			rc = append(a, base, over->items[i]);
		else
			rc = merge(a, &base->items[k], over->items[i], d);
	}
	return rc;
}

static int merge_coded(
	struct arena *a, struct ynode *base, const struct ynode *over, struct diags *d)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < over->n; i++) {
		size_t k = find_code(base, code_of(over->items[i]));

		if (k == base->n) {
			rc = append(a, base, over->items[i]);
		} else if (over->items[i]->n == 1) {
			diag_error(d, over->items[i]->mark,
				"只有代码，什么也没改 / this line changes nothing");
		} else {
			struct ynode *item = base->items[k];

			for (size_t m = 0; rc == 0 && m < over->items[i]->n; m++) {
				struct ynode one = *over->items[i];

				if (str_is(over->items[i]->items[m]->key, "代码"))
					continue;
				one.items = &over->items[i]->items[m];
				one.n = 1;
				rc = merge_map(a, item, &one, d);
			}
		}
	}
	return rc;
}

static int merge(struct arena *a, struct ynode **base, struct ynode *over, struct diags *d)
{
	if ((*base)->kind == YNODE_MAP && over->kind == YNODE_MAP)
		return merge_map(a, *base, over, d);
	if (coded(*base) && coded(over))
		return merge_coded(a, *base, over, d);
	if (same(*base, over))
		diag_error(d, over->mark, "与原政策包相同，什么也没改 / this line changes nothing");
	*base = over;
	return 0;
}

int overlay_apply(struct arena *a, struct ynode *base, const struct ynode *over, struct diags *d)
{
	size_t errors = d->errors;
	int rc;

	if (base->kind != YNODE_MAP || over->kind != YNODE_MAP || over->n == 0) {
		diag_error(d, over->mark,
			"推演文件应是政策包的若干键 / an overlay is a map of pack keys");
		return FAULT_FORMAT;
	}
	rc = merge_map(a, base, over, d);
	return rc < 0 ? rc : d->errors == errors ? 0 : FAULT_FORMAT;
}

/* A node in one line: 380元, [a, b], { 键: 值 }. */
static void print_node(struct buf *b, const struct ynode *n)
{
	if (n->kind == YNODE_SCALAR) {
		buf_add(b, n->text);
		return;
	}
	buf_addz(b, n->kind == YNODE_SEQ ? "[" : "{ ");
	for (size_t i = 0; i < n->n; i++) {
		buf_addz(b, i ? ", " : "");
		if (n->kind == YNODE_MAP)
			buf_addf(b, "%.*s: ", STR_ARG(n->items[i]->key));
		print_node(b, n->items[i]);
	}
	buf_addz(b, n->kind == YNODE_SEQ ? "]" : " }");
}

struct differ {
	struct arena *a;
	struct differences *out;
	struct buf text;
	bool oom;
};

static struct str text_of(struct differ *w, const struct ynode *n)
{
	struct str s;

	if (!n)
		return STR("");
	buf_reset(&w->text);
	print_node(&w->text, n);
	s = arena_str(w->a, buf_str(&w->text));
	w->oom |= !s.p || buf_bad(&w->text);
	return s.p ? s : STR("");
}

static void differ_add(
	struct differ *w, struct str path, const struct ynode *x, const struct ynode *y)
{
	struct difference *items =
		arena_grow(w->a, w->out->items, w->out->n, &w->out->cap, sizeof(*items));
	struct difference *one;

	if (!items) {
		w->oom = true;
		return;
	}
	w->out->items = items;
	one = &items[w->out->n++];
	*one = (struct difference){ .path = path,
		.a = text_of(w, x),
		.b = text_of(w, y),
		.in_a = x != NULL,
		.in_b = y != NULL };
	if (x)
		one->at_a = x->mark;
	if (y)
		one->at_b = y->mark;
}

static void differ_walk(
	struct differ *w, struct str path, const struct ynode *x, const struct ynode *y);

static struct str below(struct differ *w, struct str path, struct str name)
{
	struct str s =
		arena_printf(w->a, "%.*s%s%.*s", STR_ARG(path), path.n ? "/" : "", STR_ARG(name));

	w->oom |= !s.p;
	return s.p ? s : path;
}

/* The item of `in` that answers to item `i` of `of`: by key in a map, by code in a list. */
static const struct ynode *partner(
	const struct ynode *in, const struct ynode *of, size_t i, struct str *ret_name)
{
	if (of->kind == YNODE_MAP) {
		*ret_name = of->items[i]->key;
		return ynode_get(in, of->items[i]->key.p);
	}
	*ret_name = code_of(of->items[i]);
	i = find_code(in, *ret_name);
	return i < in->n ? in->items[i] : NULL;
}

static void differ_walk(
	struct differ *w, struct str path, const struct ynode *x, const struct ynode *y)
{
	struct str name;

	if (same(x, y) || w->oom)
		return;
	if (!(x->kind == YNODE_MAP && y->kind == YNODE_MAP) && !(coded(x) && coded(y))) {
		differ_add(w, path, x, y);
		return;
	}
	for (size_t i = 0; i < x->n; i++) {
		const struct ynode *other = partner(y, x, i, &name);

		if (other)
			differ_walk(w, below(w, path, name), x->items[i], other);
		else
			differ_add(w, below(w, path, name), x->items[i], NULL);
	}
	for (size_t i = 0; i < y->n; i++)
		if (!partner(x, y, i, &name))
			differ_add(w, below(w, path, name), NULL, y->items[i]);
}

int overlay_differences(struct arena *a, const struct ynode *x, const struct ynode *y,
	struct differences *ret_differences)
{
	struct differences out = { 0 };
	struct differ w = { .a = a, .out = &out };

	buf_init(&w.text, 65536);
	differ_walk(&w, STR(""), x, y);
	buf_release(&w.text);
	if (w.oom)
		return FAULT_MEMORY;
	*ret_differences = out;
	return 0;
}
