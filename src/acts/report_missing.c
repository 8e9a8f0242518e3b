/* SPDX-License-Identifier: Apache-2.0 */
/* report unenrolled, report special: who is missing, by name, so that somebody can go and see them.
 */
#include <stdlib.h>
#include <string.h>

#include "acts/report.h"
#include "acts/take_payment.h"
#include "rules/document.h"
#include "store/person.h"
#include "store/place.h"
#include "store/progress.h"

#define PAGE 50000 /* persons a page of special groups */

/* What both reports carry while they read. */
struct reading {
	const struct env *env;
	const struct report_request *q;
	struct arena *a;
	struct places places;
	struct vault *vault;
	struct report *out;
	struct report *groups;
	struct progress_scope scope;
	/* special: one person's memberships are gathered into one row */
	int64_t *group_total, *group_enrolled, *group_covered; /* by category */
	int64_t person;
	struct report_cell *row;
};

static struct str name_of_place(const struct reading *r, int64_t code)
{
	const struct place *p = place_by_code(&r->places, code);

	return p ? p->name : (struct str){ NULL, 0 };
}

/* The document number, masked unless the reader may see it. */
static struct str number_of(struct reading *r, struct str seal)
{
	char plain[SEAL_PLAIN_MAX], masked[DOCUMENT_MAX + 1];
	size_t n = 0;

	if (vault_open(r->vault, SEAL_DOCUMENT, seal, plain, &n) < 0)
		return STR("?");
	if (r->q->unmask)
		return arena_str(r->a, (struct str){ plain, n });
	document_mask((struct str){ plain, n }, masked);
	return arena_str(r->a, str_of(masked));
}

static struct str refusal_text(struct str code)
{
	for (int i = 0; i < REFUSAL_COUNT; i++)
		if (str_is(code, refusal_code((enum refusal)i)))
			return str_of(refusal_zh((enum refusal)i));
	if (str_is(code, suspense_code(SUSPENSE_ENROLLED_ELSEWHERE)))
		return str_of(suspense_zh(SUSPENSE_ENROLLED_ELSEWHERE));
	return code;
}

static struct str category_name(const struct pack *p, struct str code)
{
	int c = code.p ? pack_category_by_code(p, code) : -1;

	return c < 0 ? code : p->categories[c].name;
}

enum {
	U_TOWN,
	U_VILLAGE,
	U_HOUSEHOLD,
	U_NAME,
	U_NUMBER,
	U_SEX,
	U_AGE,
	U_CATEGORY,
	U_DUE,
	U_REASON,
	U_COLUMNS
};

static const struct report_column unenrolled_columns[U_COLUMNS] = {
	[U_TOWN] = { "town", "乡镇", "Town", REPORT_TEXT },
	[U_VILLAGE] = { "village", "村（社区）", "Village", REPORT_TEXT },
	[U_HOUSEHOLD] = { "household", "户号", "Household", REPORT_TEXT },
	[U_NAME] = { "name", "姓名", "Name", REPORT_TEXT },
	[U_NUMBER] = { "document", "证件号码", "Document", REPORT_TEXT },
	[U_SEX] = { "sex", "性别", "Sex", REPORT_TEXT },
	[U_AGE] = { "age", "年龄", "Age", REPORT_COUNT },
	[U_CATEGORY] = { "category", "资助身份", "Category", REPORT_TEXT },
	[U_DUE] = { "payable_fen", "应缴", "Due", REPORT_FEN },
	[U_REASON] = { "reason", "不能缴费的原因", "Why not", REPORT_TEXT },
};

static int unenrolled_row(void *ctx, const struct missing *m)
{
	struct reading *r = ctx;
	struct report_cell *row;

	if (r->q->town && m->town != r->q->town)
		return 0;
	row = report_row(r->out);
	if (!row)
		return FAULT_MEMORY;
	row[U_TOWN].text = name_of_place(r, m->town);
	row[U_VILLAGE].text = name_of_place(r, m->village);
	row[U_HOUSEHOLD].text = m->household.p ? arena_str(r->a, m->household) : m->household;
	row[U_NAME].text = arena_str(r->a, m->name);
	row[U_NUMBER].text = number_of(r, m->doc_seal);
	row[U_SEX].text = m->sex == 1 ? STR("男") : m->sex == 2 ? STR("女") : STR("未说明");
	row[U_AGE].number = day_age(m->birth, r->q->on);
	row[U_CATEGORY].text =
		m->payable_fen >= 0 && m->category.p
			? category_name(r->q->policy->pack, arena_str(r->a, m->category))
			: (struct str){ NULL, 0 };
	row[U_DUE].number = m->payable_fen < 0 ? REPORT_NONE : m->payable_fen;
	row[U_REASON].text = m->payable_fen < 0 && m->refusal.p
				     ? refusal_text(arena_str(r->a, m->refusal))
				     : (struct str){ NULL, 0 };
	return 0;
}

static int unenrolled_tx(struct db *db, struct arena *scratch, void *arg)
{
	struct reading *r = arg;
	int rc = places_load(db, r->a, r->env->county, &r->places);

	(void)scratch;
	report_begin(r->out, r->a, "unenrolled", unenrolled_columns, U_COLUMNS);
	for (size_t i = 0; rc == 0 && i < r->places.n; i++)
		if (r->places.items[i].level != PLACE_COUNTY)
			rc = unenrolled_of_village(
				db, &r->scope, r->places.items[i].code, unenrolled_row, r);
	return rc;
}

static int run(struct reading *r, act_fn fn, struct err *err)
{
	int rc = vault_new(store_keys(r->env->store), &r->vault);

	if (rc == 0)
		rc = store_read(r->env->store, fn, r);
	vault_free(r->vault);
	return rc < 0 ? err_set(err, (enum fault)rc, "%s（%s）", fault_text(rc), store_message())
		      : 0;
}

static struct reading reading_of(
	const struct env *env, const struct report_request *q, struct arena *a)
{
	return (struct reading){ .env = env,
		.q = q,
		.a = a,
		.scope = { env->county, q->policy->pack->code, q->policy->pack->benefit_year,
			q->on } };
}

int report_unenrolled(const struct env *env, const struct report_request *q, struct arena *a,
	struct report *ret, struct err *err)
{
	struct reading r = reading_of(env, q, a);
	int rc;

	r.out = ret;
	rc = run(&r, unenrolled_tx, err);
	report_titles(ret, a, q, q->on, "未参保人员台账", "people without cover");
	return rc;
}

enum { S_TOWN, S_VILLAGE, S_HOUSEHOLD, S_NAME, S_NUMBER, S_CATEGORIES, S_DUE, S_REASON, S_COLUMNS };

static const struct report_column special_columns[S_COLUMNS] = {
	[S_TOWN] = { "town", "乡镇", "Town", REPORT_TEXT },
	[S_VILLAGE] = { "village", "村（社区）", "Village", REPORT_TEXT },
	[S_HOUSEHOLD] = { "household", "户号", "Household", REPORT_TEXT },
	[S_NAME] = { "name", "姓名", "Name", REPORT_TEXT },
	[S_NUMBER] = { "document", "证件号码", "Document", REPORT_TEXT },
	[S_CATEGORIES] = { "categories", "身份类别", "Categories", REPORT_TEXT },
	[S_DUE] = { "payable_fen", "应缴", "Due", REPORT_FEN },
	[S_REASON] = { "reason", "不能缴费的原因", "Why not", REPORT_TEXT },
};

enum { G_CATEGORY, G_TOTAL, G_ENROLLED, G_COVERED, G_MISSING, G_RATE, G_COLUMNS };

static const struct report_column group_columns[G_COLUMNS] = {
	[G_CATEGORY] = { "category", "身份类别", "Category", REPORT_TEXT },
	[G_TOTAL] = { "total", "应保人数", "People", REPORT_COUNT },
	[G_ENROLLED] = { "enrolled", "居民医保", "Residents' insurance", REPORT_COUNT },
	[G_COVERED] = { "covered", "其他医保", "Other schemes", REPORT_COUNT },
	[G_MISSING] = { "missing", "未参保", "Missing", REPORT_COUNT },
	[G_RATE] = { "rate", "参保率", "Rate", REPORT_RATE },
};

static int missing_special(struct reading *r, const struct special *sp, struct str category)
{
	if (r->person == sp->who.person) {
		r->row[S_CATEGORIES].text = arena_printf(
			r->a, "%.*s、%.*s", STR_ARG(r->row[S_CATEGORIES].text), STR_ARG(category));
		return r->row[S_CATEGORIES].text.p ? 0 : FAULT_MEMORY;
	}
	r->row = report_row(r->out);
	if (!r->row)
		return FAULT_MEMORY;
	r->person = sp->who.person;
	r->row[S_TOWN].text = name_of_place(r, sp->who.town);
	r->row[S_VILLAGE].text = name_of_place(r, sp->who.village);
	r->row[S_HOUSEHOLD].text =
		sp->who.household.p ? arena_str(r->a, sp->who.household) : sp->who.household;
	r->row[S_NAME].text = arena_str(r->a, sp->who.name);
	r->row[S_NUMBER].text = number_of(r, sp->who.doc_seal);
	r->row[S_CATEGORIES].text = category;
	r->row[S_DUE].number = sp->who.payable_fen < 0 ? REPORT_NONE : sp->who.payable_fen;
	r->row[S_REASON].text = sp->who.refusal.p ? refusal_text(arena_str(r->a, sp->who.refusal))
						  : (struct str){ NULL, 0 };
	return 0;
}

static int special_row(void *ctx, const struct special *sp)
{
	struct reading *r = ctx;
	const struct pack *p = r->q->policy->pack;
	int c = pack_category_by_code(p, sp->category);

	if (c < 0 || !p->categories[c].special || sp->dead ||
		(r->q->town && sp->who.town != r->q->town))
		return 0;
	r->group_total[c]++;
	r->group_enrolled[c] += sp->enrolled;
	r->group_covered[c] += !sp->enrolled && sp->covered;
	return sp->enrolled || sp->covered ? 0 : missing_special(r, sp, p->categories[c].name);
}

static int special_tx(struct db *db, struct arena *scratch, void *arg)
{
	struct reading *r = arg;
	int64_t last;
	int rc = places_load(db, r->a, r->env->county, &r->places);

	(void)scratch;
	report_begin(r->out, r->a, "special", special_columns, S_COLUMNS);
	r->person = 0;
	memset(r->group_total, 0, PACK_CATEGORIES_MAX * sizeof(int64_t));
	memset(r->group_enrolled, 0, PACK_CATEGORIES_MAX * sizeof(int64_t));
	memset(r->group_covered, 0, PACK_CATEGORIES_MAX * sizeof(int64_t));
	if (rc == 0)
		rc = person_last(db, r->env->county, &last);
	for (int64_t at = 0; rc == 0 && at < last; at += PAGE)
		rc = special_page(db, &r->scope, at, at + PAGE, special_row, r);
	return rc;
}

static int fill_groups(const struct reading *r)
{
	const struct pack *p = r->q->policy->pack;

	report_begin(r->groups, r->a, "special_groups", group_columns, G_COLUMNS);
	for (size_t i = 0; i < p->n_categories; i++) {
		struct report_cell *row;
		int64_t in = r->group_enrolled[i] + r->group_covered[i];

		if (!p->categories[i].special)
			continue;
		row = report_row(r->groups);
		if (!row)
			return FAULT_MEMORY;
		row[G_CATEGORY].text = p->categories[i].name;
		row[G_TOTAL].number = r->group_total[i];
		row[G_ENROLLED].number = r->group_enrolled[i];
		row[G_COVERED].number = r->group_covered[i];
		row[G_MISSING].number = r->group_total[i] - in;
		row[G_RATE].number = report_rate(in, r->group_total[i]);
	}
	return 0;
}

/* Cells of a row are compared as bytes: towns, villages and households stand together. */
static int by_place(const void *a, const void *b)
{
	const struct report_cell *x = a, *y = b;

	for (size_t i = S_TOWN; i <= S_NAME; i++) {
		int c = str_cmp(x[i].text, y[i].text);

		if (c)
			return c;
	}
	return 0;
}

int report_special(const struct env *env, const struct report_request *q, struct arena *a,
	struct report *ret_groups, struct report *ret_missing, struct err *err)
{
	struct reading r = reading_of(env, q, a);
	int rc;

	r.out = ret_missing;
	r.groups = ret_groups;
	r.group_total = ARENA_ARRAY(a, int64_t, PACK_CATEGORIES_MAX);
	r.group_enrolled = ARENA_ARRAY(a, int64_t, PACK_CATEGORIES_MAX);
	r.group_covered = ARENA_ARRAY(a, int64_t, PACK_CATEGORIES_MAX);
	if (!r.group_total || !r.group_enrolled || !r.group_covered)
		return err_set(err, FAULT_MEMORY, "%s", fault_text(FAULT_MEMORY));
	rc = run(&r, special_tx, err);
	if (rc == 0)
		rc = fill_groups(&r);
	if (rc < 0)
		return rc;
	if (ret_missing->n_rows)
		qsort(ret_missing->cells, ret_missing->n_rows,
			S_COLUMNS * sizeof(*ret_missing->cells), by_place);
	report_titles(ret_groups, a, q, q->on, "困难群众参保情况", "special groups");
	report_titles(
		ret_missing, a, q, q->on, "困难群众未参保名单", "special groups: who is missing");
	return 0;
}
