/* SPDX-License-Identifier: Apache-2.0 */
/* A pack beside its notice, and the same pack with other amounts. */
#include "pack_fixture.h"

#include "rules/amounts.h"
#include "rules/citing.h"
#include "rules/notice_text.h"

static const char *const codes[] = { "lingbi-2023", "shuangqing-2023", "sunan-2024", "yunhe-2025" };

static bool cites(struct fixture *f, const char *rule, const char *clause)
{
	const struct ledger_clause *c = ledger_clause(f->pack->ledger, str_of(clause));
	struct citing_rule *rules;
	size_t n;

	assert_non_null(c);
	assert_int_equal(citing_rules(f->pack, &f->arena, &rules, &n), 0);
	for (size_t i = 0; i < n; i++)
		if (str_starts(rules[i].name, str_of(rule)) && citing_clause(f->pack, &rules[i], c))
			return true;
	return false;
}

static void who_cites_what(void **state)
{
	struct fixture f;

	(void)state;
	fixture_load(&f, "sunan-2024", NULL, NULL, NULL);
	assert_int_equal(f.rc, 0);
	assert_true(cites(&f, "身份：特困人员", "二(三)1"));
	assert_false(cites(&f, "身份：特困人员", "二(三)2"));
	assert_true(cites(&f, "途径：集中缴费", "二(五)"));
	assert_true(cites(&f, "标准：个人缴费", "二(二)"));
	assert_true(cites(&f, "渠道：农业银行", "二(四)"));
	assert_false(cites(&f, "渠道：农业银行", "二(二)"));
	fixture_release(&f);
}

/* Every pack of the tree accounts for every figure; one whose rule is gone is left out, by its
 * clause. */
static void remember(void *ctx, const struct ledger_clause *clause, const struct figure *figure)
{
	struct str *seen = ctx;

	seen[0] = clause->number;
	seen[1] = figure->text;
}

static void what_is_left_out(void **state)
{
	struct str seen[2];
	struct fixture f;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(codes); i++) {
		fixture_load(&f, codes[i], NULL, NULL, NULL);
		assert_int_equal(f.rc, 0);
		assert_int_equal(citing_left_out(f.pack, NULL, NULL), 0);
		fixture_release(&f);
	}
	fixture_load(&f, "sunan-2024",
		"  - { 代码: raise, 内容: 个人缴费和财政补助各比上年提高的数额, 数: [30元], 依据: 二(二) }\n",
		"", NULL);
	if (f.rc < 0)
		fixture_print(&f);
	assert_int_equal(f.rc, 0);
	assert_int_equal(citing_left_out(f.pack, remember, seen), 1);
	assert_str(seen[0], "二(二)");
	assert_str(seen[1], "30元");
	fixture_release(&f);
}

/* The text is cut where the notice's numbering says, and belongs to nobody else. */
static void words_of_the_notice(void **state)
{
	static const char text[] = "样例通知\n一、目标样句\n二、政策样句\n（一）自愿样句\n续句\n"
				   "（二）标准样句\n（三）资助样句\n1.甲类样句\n2.乙类样句\n";
	static const struct {
		const char *clause, *words;
	} rows[] = { { "一", "目标样句" }, { "二(一)", "自愿样句" }, { "二(一)", "续句" },
		{ "二(二)", "标准样句" }, { "二(三)1", "甲类样句" }, { "二(三)2", "乙类样句" } };
	struct fixture f;
	struct str *texts;

	(void)state;
	fixture_load(&f, "sunan-2024", NULL, NULL, NULL);
	texts = ARENA_ARRAY(&f.arena, struct str, f.pack->ledger->n_clauses);
	assert_int_equal(notice_texts(f.pack->ledger, str_of(text), &f.arena, texts), 0);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct ledger_clause *c =
			ledger_clause(f.pack->ledger, str_of(rows[i].clause));
		size_t holders = 0;

		if (str_find(texts[c - f.pack->ledger->clauses], str_of(rows[i].words)) < 0)
			fail_row("%s: no %s", rows[i].clause, rows[i].words);
		for (size_t k = 0; k < f.pack->ledger->n_clauses; k++)
			holders += texts[k].p && str_find(texts[k], str_of(rows[i].words)) >= 0;
		assert_int_equal(holders, 1);
	}
	assert_int_equal(notice_texts(f.pack->ledger, STR("\xff"), &f.arena, texts), FAULT_FORMAT);
	fixture_release(&f);
}

static int64_t subsidy_of(const struct pack *p, const char *code)
{
	int c = pack_category_by_code(p, str_of(code));

	assert_true(c >= 0);
	return pack_category_subsidy(p, (size_t)c).fen;
}

static void other_amounts(void **state)
{
	const struct pack *q;
	struct amount_change change;
	struct fixture f;

	(void)state;
	fixture_load(&f, "sunan-2024", NULL, NULL, NULL);
	assert_int_equal(amounts_change(f.pack, &f.arena, (struct money){ -1 }, NULL, 0, &q), 0);
	assert_int_equal(pack_individual(q).fen, 38000);
	assert_int_equal(q->paid_categories, f.pack->paid_categories);
	/* Fully subsidised means fully, whatever the standard; the others keep their amount. */
	assert_int_equal(amounts_change(f.pack, &f.arena, (struct money){ 40000 }, NULL, 0, &q), 0);
	assert_int_equal(pack_individual(q).fen, 40000);
	assert_int_equal(subsidy_of(q, "extreme_poverty"), 40000);
	assert_int_equal(subsidy_of(q, "rural_dibao_1"), 31000);
	assert_int_equal(pack_individual(f.pack).fen, 38000);
	assert_int_equal(subsidy_of(f.pack, "extreme_poverty"), 38000);
	/* No subsidy above the standard; none at all is none. */
	assert_int_equal(amounts_change(f.pack, &f.arena, (struct money){ 10000 }, NULL, 0, &q), 0);
	assert_int_equal(subsidy_of(q, "rural_dibao_1"), 10000);
	change = (struct amount_change){ pack_category_by_code(f.pack, STR("rural_dibao_1")),
		{ 0 } };
	assert_int_equal(amounts_change(f.pack, &f.arena, (struct money){ -1 }, &change, 1, &q), 0);
	assert_int_equal(subsidy_of(q, "rural_dibao_1"), 0);
	assert_int_equal(
		q->paid_categories, f.pack->paid_categories & ~((uint64_t)1 << change.category));
	fixture_release(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(who_cites_what),
		cmocka_unit_test(what_is_left_out), cmocka_unit_test(words_of_the_notice),
		cmocka_unit_test(other_amounts) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
