/* SPDX-License-Identifier: Apache-2.0 */
#include "../check.h"

#include "rules/diag.h"

struct fixture {
	struct arena arena;
	struct diags diags;
	struct buf out;
};

static int setup(void **state)
{
	static struct fixture f;

	arena_init(&f.arena, 4u << 20);
	diags_init(&f.diags, &f.arena);
	buf_init(&f.out, 1u << 20);
	*state = &f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	arena_release(&f->arena);
	buf_release(&f->out);
	return 0;
}

static struct mark at(const char *text, uint32_t line, uint32_t col)
{
	return (struct mark){ STR("pack.yaml"), str_of(text), line, col };
}

static void caret_counts_columns(void **state)
{
	struct fixture *f = *state;

	diag_error(&f->diags, at("标准: 1\n  个人缴费: 38O元\n", 2, 9), "不是金额 / no amount");
	diags_print(&f->out, &f->diags);
	assert_str(buf_str(&f->out), "pack.yaml:2:9: 错误: 不是金额 / no amount\n"
				     "    个人缴费: 38O元\n"
				     "              ^\n");
}

static void tabs_and_stray_bytes_keep_their_width(void **state)
{
	struct fixture *f = *state;

	diag_warn(&f->diags, at("\ta\xff: b", 1, 6), "x");
	diags_print(&f->out, &f->diags);
	assert_str(buf_str(&f->out), "pack.yaml:1:6: 警告: x\n"
				     "   a?: b\n"
				     "       ^\n");
}

static void long_lines_are_shown_around_the_caret(void **state)
{
	struct fixture *f = *state;
	char text[1001];
	struct str out, first, quote, caret;

	memset(text, 'a', 1000);
	text[500] = '!';
	text[1000] = '\0';
	diag_error(&f->diags, at(text, 1, 501), "x");
	diags_print(&f->out, &f->diags);
	out = buf_str(&f->out);
	assert_true(str_cut(&out, STR("\n"), &first));
	assert_true(str_cut(&out, STR("\n"), &quote));
	assert_true(str_cut(&out, STR("\n"), &caret));
	assert_true(quote.n < 140);
	/* "…" is three bytes in one column */
	assert_int_equal(str_find(quote, STR("!")) - 2, str_find(caret, STR("^")));
}

static void findings_stand_in_the_order_of_lines(void **state)
{
	struct fixture *f = *state;
	const char *text = "a\nb\nc\n";

	diag_error(&f->diags, at(text, 3, 1), "third");
	diag_error(&f->diags, at(text, 1, 1), "first");
	diag_error(&f->diags, at(text, 2, 1), "second");
	diag_error(&f->diags, at(text, 1, 1), "first again");
	assert_str(f->diags.items[0].message, "first");
	assert_str(f->diags.items[1].message, "first again");
	assert_str(f->diags.items[2].message, "second");
	assert_str(f->diags.items[3].message, "third");
	assert_int_equal(f->diags.errors, 4);
	assert_int_equal(f->diags.warnings, 0);
}

static void a_flood_is_counted(void **state)
{
	struct fixture *f = *state;

	for (int i = 0; i < DIAG_MAX + 7; i++)
		diag_error(&f->diags, at("a\n", 1, 1), "n %d", i);
	assert_int_equal(f->diags.n, DIAG_MAX);
	assert_int_equal(f->diags.dropped, 7);
	assert_int_equal(f->diags.errors, DIAG_MAX + 7);
	diags_print(&f->out, &f->diags);
	assert_true(str_ends(buf_str(&f->out), STR("另有 7 条未列出 / 7 more not listed\n")));
}

static void a_place_outside_the_text_is_no_crash(void **state)
{
	struct fixture *f = *state;

	diag_error(&f->diags, at("a\n", 9, 3), "far below");
	diag_error(&f->diags, at("a\n", 1, 99), "far right");
	diag_error(&f->diags, (struct mark){ .file = STR("pack.yaml") }, "the file itself");
	diags_print(&f->out, &f->diags);
	assert_true(str_find(buf_str(&f->out), STR("pack.yaml: 错误: the file itself\n")) >= 0);
	assert_true(str_find(buf_str(&f->out), STR("far right\n  a\n   ^\n")) >= 0);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(caret_counts_columns),
		CASE(tabs_and_stray_bytes_keep_their_width),
		CASE(long_lines_are_shown_around_the_caret),
		CASE(findings_stand_in_the_order_of_lines),
		CASE(a_flood_is_counted),
		CASE(a_place_outside_the_text_is_no_crash),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
