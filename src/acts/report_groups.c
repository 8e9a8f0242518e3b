/* SPDX-License-Identifier: Apache-2.0 */
/* Special groups and waiting money as sums, without anybody's name: for dashboards and for those
 * who may not see persons. */
#include "acts/recent.h"
#include "acts/take_payment.h"
#include "store/money_list.h"

enum { CATEGORY, TOTAL, ENROLLED, COVERED, MISSING, RATE, COLUMNS };

static const struct report_column group_columns[COLUMNS] = {
	[CATEGORY] = { "category", "身份类别", "Category", REPORT_TEXT },
	[TOTAL] = { "total", "应保人数", "People", REPORT_COUNT },
	[ENROLLED] = { "enrolled", "居民医保", "Residents' insurance", REPORT_COUNT },
	[COVERED] = { "covered", "其他医保", "Other schemes", REPORT_COUNT },
	[MISSING] = { "missing", "未参保", "Missing", REPORT_COUNT },
	[RATE] = { "rate", "参保率", "Rate", REPORT_RATE },
};

int report_groups(const struct env *env, const struct report_request *q, struct arena *a,
	struct report *ret, struct err *err)
{
	const struct pack *p = q->policy->pack;
	struct special_sum *sums;
	size_t n;
	int rc = special_recent(env, q->policy, q->on, q->town, a, &sums, &n);

	if (rc < 0)
		return err_set(err, (enum fault)rc, "%s", fault_text(rc));
	report_begin(ret, a, "special", group_columns, COLUMNS);
	for (size_t i = 0; i < n; i++) {
		struct report_cell *row = report_row(ret);
		int64_t in = sums[i].enrolled + sums[i].covered;

		if (!row)
			return err_set(err, FAULT_MEMORY, "%s", fault_text(FAULT_MEMORY));
		row[CATEGORY].text = p->categories[sums[i].category].name;
		row[TOTAL].number = sums[i].total;
		row[ENROLLED].number = sums[i].enrolled;
		row[COVERED].number = sums[i].covered;
		row[MISSING].number = sums[i].total - in;
		row[RATE].number = report_rate(in, sums[i].total);
	}
	report_titles(ret, a, q, q->on, "困难群众参保情况", "special groups");
	return 0;
}

enum { W_REASON, W_COUNT, W_AMOUNT, W_COLUMNS };

static const struct report_column waiting_columns[W_COLUMNS] = {
	[W_REASON] = { "reason", "待查原因", "Why it waits", REPORT_TEXT },
	[W_COUNT] = { "count", "笔数", "Payments", REPORT_COUNT },
	[W_AMOUNT] = { "amount_fen", "金额", "Amount", REPORT_FEN },
};

struct waiting_call {
	const struct env *env;
	const struct report_request *q;
	struct arena *a; /* outlives the transaction */
	struct report *out;
};

static struct str reason_text(struct str code)
{
	for (int i = 0; i < SUSPENSE_REASON_COUNT; i++)
		if (str_is(code, suspense_code((enum suspense_reason)i)))
			return str_of(suspense_zh((enum suspense_reason)i));
	return STR("?");
}

static int waiting_tx(struct db *db, struct arena *a, void *arg)
{
	struct waiting_call *c = arg;
	struct scope_bind scope = env_scope(c->env);
	struct waiting_sum *sums;
	struct report_cell *row;
	int64_t n_all = 0, fen = 0;
	size_t n;
	int rc;

	if (c->q->town)
		scope.division = c->q->town;
	rc = waiting_by_reason(db, a, &scope, c->q->policy->pack->code, &sums, &n);
	if (rc < 0)
		return rc;
	report_begin(c->out, c->a, "suspense", waiting_columns, W_COLUMNS);
	for (size_t i = 0; i <= n; i++) {
		row = report_row(c->out);
		if (!row)
			return FAULT_MEMORY;
		row[W_REASON].text = i < n ? reason_text(sums[i].reason) : STR("合计");
		row[W_COUNT].number = i < n ? sums[i].payments : n_all;
		row[W_AMOUNT].number = i < n ? sums[i].fen : fen;
		n_all += i < n ? sums[i].payments : 0;
		fen += i < n ? sums[i].fen : 0;
	}
	c->out->has_total = true;
	return 0;
}

int report_waiting(const struct env *env, const struct report_request *q, struct arena *a,
	struct report *ret, struct err *err)
{
	struct waiting_call c = { env, q, a, ret };
	int rc = store_read(env->store, waiting_tx, &c);

	if (rc < 0)
		return err_set(err, (enum fault)rc, "%s", fault_text(rc));
	report_titles(ret, a, q, q->on, "待查款项", "money in suspense");
	return 0;
}
