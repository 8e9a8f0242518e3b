/* SPDX-License-Identifier: Apache-2.0 */
/* Who belongs here (对象), and conditions on a person wherever a pack states them. */
#include "rules/pack_read.h"

static int category_by_code(const struct pack_reader *r, struct str code)
{
	for (size_t i = 0; i < r->p->n_categories; i++)
		if (str_eq(r->categories[i].code, code))
			return (int)i;
	return -1;
}

/* 全部, or codes. */
static uint64_t read_category_mask(struct pack_reader *r, const struct ynode *n)
{
	uint64_t mask = 0;

	if (n && n->kind == YNODE_SCALAR && str_is(n->text, "全部")) {
		for (size_t i = 0; i < r->p->n_categories; i++)
			mask |= 1ull << i;
		return mask;
	}
	for (size_t i = 0; i < rd_items(n); i++) {
		const struct ynode *item = rd_item(n, i);
		int c = category_by_code(r, rd_text(r, item));

		if (c < 0)
			diag_error(r->d, item->mark, "没有身份代码“%.*s” / no such category",
				STR_ARG(rd_text(r, item)));
		else
			mask |= 1ull << c;
	}
	return mask;
}

static int tri(struct pack_reader *r, const struct ynode *n)
{
	return n ? rd_yes(r, n) : -1;
}

struct pack_when rd_when(struct pack_reader *r, const struct ynode *n, uint16_t basis)
{
	struct pack_when w = { .certified_after = DAY_NONE, .age_from = -1, .age_to = -1 };
	struct span span = { 0 };
	const struct ynode *lived = ynode_get(n, "居住满");
	struct str rest = rd_text(r, lived);

	w.documents = rd_words(r, ynode_get(n, "证件"), &vocab_document);
	w.students = rd_words(r, ynode_get(n, "学段"), &vocab_student);
	w.categories = read_category_mask(r, ynode_get(n, "身份"));
	w.certified_after = rd_day(r, ynode_get(n, "认定晚于"), basis);
	rd_ages(r, ynode_get(n, "年龄"), &w.age_from, &w.age_to);
	w.registered = (int8_t)rd_local(r, ynode_get(n, "户籍"));
	w.resident = (int8_t)rd_local(r, ynode_get(n, "常住"));
	w.student_here = (int8_t)rd_local(r, ynode_get(n, "就学"));
	w.working = (int8_t)tri(r, ynode_get(n, "就业"));
	w.town_extended = (int8_t)tri(r, ynode_get(n, "镇延期"));
	if (lived && (!rd_span(&rest, &span) || span.unit != SPAN_MONTH || rest.n))
		diag_error(r->d, lived->mark,
			"“居住满”应写月数，如 6个月 / months such as 6个月 expected");
	else if (lived)
		rd_states(r, lived, lived->text, basis);
	w.resident_months = (int16_t)span.count;
	if (w.certified_after != DAY_NONE && !w.categories)
		diag_error(r->d, n->mark, "“认定晚于”要同时写“身份” / 认定晚于 needs 身份");
	w.any = w.documents || w.students || w.categories || w.age_from >= 0 || w.registered >= 0 ||
		w.resident >= 0 || w.student_here >= 0 || w.working >= 0 || w.town_extended >= 0 ||
		w.resident_months;
	return w;
}

static void read_belongings(struct pack_reader *r, const struct ynode *n)
{
	static const char *const keys[] = { WHEN_KEYS, "依据", "解释", NULL };
	size_t count = rd_list(r, n, PACK_LIST_MAX);
	struct pack_belonging *b = RD_ARRAY(r, struct pack_belonging, count);

	for (size_t i = 0; b && i < count; i++) {
		rd_keys(r, n->items[i], keys);
		b[i].basis = rd_basis(r, n->items[i], PACK_NONE);
		b[i].when = rd_when(r, n->items[i], b[i].basis);
		if (!b[i].when.any)
			diag_error(r->d, n->items[i]->mark, "没有条件 / no condition");
	}
	r->p->belongings = b;
	r->p->n_belongings = b ? count : 0;
}

/* 职工医保, 异地大中专学生: refused or not. */
static bool read_refused(struct pack_reader *r, const struct ynode *n, uint16_t *ret_basis)
{
	static const char *const keys[] = { "!处理", "依据", "解释", NULL };
	const struct ynode *deal = ynode_get(n, "处理");

	*ret_basis = PACK_NONE;
	if (!n || !rd_keys(r, n, keys))
		return false;
	*ret_basis = rd_basis(r, n, PACK_NONE);
	if (deal && !str_is(rd_text(r, deal), "不予参保"))
		diag_error(r->d, deal->mark, "只能写“不予参保” / only 不予参保");
	return true;
}

void pack_read_belonging(struct pack_reader *r, const struct ynode *root)
{
	static const char *const keys[] = { "职工医保", "异地大中专学生", "!非本地", "!属地",
		NULL };
	static const char *const elsewhere_keys[] = { "依据", "解释", NULL };
	const struct ynode *n = ynode_get(root, "对象");

	if (!rd_keys(r, n, keys))
		return;
	r->p->refuses_employees = read_refused(r, ynode_get(n, "职工医保"), &r->p->employees_basis);
	r->p->refuses_college_elsewhere =
		read_refused(r, ynode_get(n, "异地大中专学生"), &r->p->college_basis);
	rd_keys(r, ynode_get(n, "非本地"), elsewhere_keys);
	r->p->not_local_basis = rd_basis(r, ynode_get(n, "非本地"), PACK_NONE);
	read_belongings(r, ynode_get(n, "属地"));
}
