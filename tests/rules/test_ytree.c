/* SPDX-License-Identifier: Apache-2.0 */
#include "../check.h"

#include "base/err.h"
#include "rules/ytree.h"

struct fixture {
	struct arena arena;
	struct diags diags;
	struct ynode *root;
};

static int setup(void **state)
{
	static struct fixture f;

	arena_init(&f.arena, 64u << 20);
	diags_init(&f.diags, &f.arena);
	f.root = NULL;
	*state = &f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	arena_release(&f->arena);
	return 0;
}

static int parse(struct fixture *f, struct str text)
{
	return ytree_parse(&f->arena, STR("pack.yaml"), text, &f->diags, &f->root);
}

static void a_pack_as_a_tree(void **state)
{
	struct fixture *f = *state;
	const struct ynode *list, *amount;

	assert_int_equal(parse(f, STR("政策包: 1\n"
				      "身份:\n"
				      "  - { 代码: dibao, 资助: 300元 }\n"
				      "  - { 代码: orphan, 资助: \"全额\" }\n"
				      "说明: |\n"
				      "  两行\n"
				      "  文字\n")),
		0);
	assert_int_equal(f->diags.errors, 0);
	assert_int_equal(f->root->kind, YNODE_MAP);
	assert_int_equal(f->root->n, 3);
	list = ynode_get(f->root, "身份");
	assert_non_null(list);
	assert_int_equal(list->kind, YNODE_SEQ);
	assert_int_equal(list->n, 2);
	amount = ynode_get(list->items[0], "资助");
	assert_str(amount->text, "300元");
	assert_false(amount->quoted);
	assert_str(amount->key, "资助");
	assert_int_equal(amount->mark.line, 3);
	assert_int_equal(amount->mark.col, 22);
	assert_int_equal(amount->key_mark.col, 18);
	assert_true(ynode_get(list->items[1], "资助")->quoted);
	assert_str(ynode_get(f->root, "说明")->text, "两行\n文字\n");
	assert_null(ynode_get(f->root, "例"));
	assert_null(ynode_get(list, "代码"));
	assert_null(ynode_get(NULL, "代码"));
}

static void scalars_stay_text(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(parse(f, STR("a: 010\nb: NO\nc: 1.50\nd: 2024-01-01\ne: ~\nf: ''\n")), 0);
	assert_int_equal(f->diags.errors, 0);
	assert_str(ynode_get(f->root, "a")->text, "010");
	assert_str(ynode_get(f->root, "b")->text, "NO");
	assert_str(ynode_get(f->root, "c")->text, "1.50");
	assert_str(ynode_get(f->root, "d")->text, "2024-01-01");
	assert_str(ynode_get(f->root, "e")->text, "~");
	assert_str(ynode_get(f->root, "f")->text, "");
}

struct row {
	const char *text;
	int rc;
	uint32_t line, col; /* of the first finding */
	const char *says;
};

static const struct row rows[] = {
	{ "a: 1\na: 2\n", 0, 2, 1, "already on line 1" },
	{ "标准: { 甲: 1, 甲: 2 }\n", 0, 1, 13, "already on line 1" },
	{ "a: &x 1\n", 0, 1, 4, "anchors" },
	{ "a: [&x 1]\n", 0, 1, 5, "anchors" },
	{ "a: &x [1]\n", 0, 1, 4, "anchors" },
	{ "a: 1\nb: *a\n", 0, 2, 4, "aliases" },
	{ "a: !!int 1\n", 0, 1, 4, "tags" },
	{ "a: !x {b: 1}\n", 0, 1, 4, "tags" },
	{ "<<: {b: 1}\n", 0, 1, 1, "merge" },
	{ "a:\nb: 1\n", 0, 1, 3, "missing" },
	{ "a: [1, , 2]\n", FAULT_FORMAT, 1, 8, "YAML" },
	{ "? [1]\n: 2\n", FAULT_FORMAT, 1, 3, "scalar" },
	{ "a: 1\n---\nb: 1\n", 0, 2, 1, "one document" },
	{ "%YAML 1.1\n---\na: 1\n", 0, 1, 1, "directives" },
	{ "", FAULT_FORMAT, 1, 1, "empty" },
	{ "# 只有注释\n", FAULT_FORMAT, 2, 1, "empty" },
	{ "a: \"x\\0y\"\n", 0, 1, 4, "NUL" },
	{ "a: [1\n", FAULT_FORMAT, 2, 1, "YAML" },
	{ "a:\n\tb: 1\n", FAULT_FORMAT, 2, 1, "YAML" },
	{ "a: b: c\n", FAULT_FORMAT, 1, 5, "YAML" },
	{ "标准: 一\n文: \xff\n", FAULT_FORMAT, 2, 4, "UTF-8" },
};

static void refusals_name_their_place(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct fixture *f;
		const struct diag *d;
		int rc;

		setup((void **)&f);
		rc = parse(f, str_of(rows[i].text));
		if (f->diags.n == 0)
			fail_row("row %zu \"%s\": nothing said", i, rows[i].text);
		d = &f->diags.items[0];
		if (rc != rows[i].rc || d->at.line != rows[i].line || d->at.col != rows[i].col ||
			str_find(d->message, str_of(rows[i].says)) < 0)
			fail_row("row %zu \"%s\": %d at %u:%u %.*s", i, rows[i].text, rc,
				d->at.line, d->at.col, STR_ARG(d->message));
		assert_true((rc == 0) == (f->root != NULL));
		teardown((void **)&f);
	}
}

/* What still leaves a tree is all reported in one run, and the first of twins is the one kept. */
static void all_errors_at_once(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(parse(f, STR("a: 1\na: 2\nb:\nc: &x 3\nd: *x\n")), 0);
	assert_int_equal(f->diags.errors, 4);
	assert_str(ynode_get(f->root, "a")->text, "1");
	assert_int_equal(f->root->n, 4);
}

static void twins_in_a_large_map(void **state)
{
	struct fixture *f = *state;
	struct buf b;

	buf_init(&b, 1u << 20);
	for (int i = 0; i < 1000; i++)
		buf_addf(&b, "键%d: %d\n", i, i);
	buf_addz(&b, "键777: 又\n");
	assert_int_equal(parse(f, buf_str(&b)), 0);
	assert_int_equal(f->diags.errors, 1);
	assert_int_equal(f->diags.items[0].at.line, 1001);
	assert_int_equal(f->root->n, 1000);
	assert_str(ynode_get(f->root, "键777")->text, "777");
	buf_release(&b);
}

static int nested(struct fixture *f, int depth)
{
	struct buf b;
	int rc;

	buf_init(&b, 1u << 20);
	for (int i = 0; i < depth; i++)
		buf_addc(&b, '[');
	for (int i = 0; i < depth; i++)
		buf_addc(&b, ']');
	rc = parse(f, buf_str(&b));
	buf_release(&b);
	return rc;
}

static void ceilings(void **state)
{
	struct fixture *f = *state;
	struct buf b;

	assert_int_equal(nested(f, 32), 0);
	assert_int_equal(nested(f, 33), FAULT_FORMAT);
	buf_init(&b, 2 * YTREE_BYTES_MAX);
	buf_addz(&b, "[");
	for (int i = 0; i < YTREE_NODES_MAX; i++)
		buf_addz(&b, "1,");
	buf_addz(&b, "1]");
	assert_int_equal(parse(f, buf_str(&b)), FAULT_FORMAT);
	while (b.n <= YTREE_BYTES_MAX)
		buf_addz(&b, "# ............................................................\n");
	assert_int_equal(parse(f, buf_str(&b)), FAULT_FORMAT);
	assert_int_equal(f->diags.errors, 3);
	buf_release(&b);
}

static void out_of_memory_is_a_fault(void **state)
{
	struct fixture *f = *state;
	struct arena small;

	arena_init(&small, 600);
	assert_int_equal(ytree_parse(&small, STR("x"), STR("a: [1, 2, 3, 4, 5, 6, 7, 8, 9]\n"),
				 &f->diags, &f->root),
		FAULT_MEMORY);
	assert_null(f->root);
	arena_release(&small);
}

static void a_byte_order_mark_is_passed_over(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(parse(f, STR("\xef\xbb\xbf"
				      "a: 1\n")),
		0);
	assert_str(ynode_get(f->root, "a")->text, "1");
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_pack_as_a_tree),
		CASE(scalars_stay_text),
		cmocka_unit_test(refusals_name_their_place),
		CASE(all_errors_at_once),
		CASE(twins_in_a_large_map),
		CASE(ceilings),
		CASE(out_of_memory_is_a_fault),
		CASE(a_byte_order_mark_is_passed_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
