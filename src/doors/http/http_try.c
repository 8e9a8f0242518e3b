/* SPDX-License-Identifier: Apache-2.0 */
/* POST /policies/{code}/try: what if the amounts were others. */
#include <jansson.h>

#include "acts/try_policy.h"
#include "doors/http/http_policy.h"
#include "doors/http/service.h"

#define FEN_MAX 10000000

static void bad_subsidies(struct request *rq)
{
	request_problem(rq, "subsidies", "每项要一个身份代码和资助金额（分），身份不能重复",
		"takes a category's code and a subsidy in fen each, no category twice");
}

static bool read_change(const struct pack *p, json_t *item, struct amount_change *ret)
{
	const char *code = json_string_value(json_object_get(item, "category"));
	json_t *fen = json_object_get(item, "subsidy_fen");

	if (!json_is_object(item) || json_object_size(item) != 2 || !code || !json_is_integer(fen))
		return false;
	*ret = (struct amount_change){ pack_category_by_code(p, str_of(code)),
		{ json_integer_value(fen) } };
	return ret->category >= 0 && ret->subsidy.fen >= 0 && ret->subsidy.fen <= FEN_MAX;
}

/* How many changes were read; a problem is noted when one is no good. */
static size_t read_changes(struct request *rq, const struct pack *p, struct amount_change *changes)
{
	json_t *list = rq->json ? json_object_get(rq->json, "subsidies") : NULL;
	size_t n = json_is_array(list) ? json_array_size(list) : 0;

	if (!list || json_is_null(list))
		return 0;
	if (!json_is_array(list) || n > TRY_CHANGES_MAX) {
		bad_subsidies(rq);
		return 0;
	}
	for (size_t i = 0; i < n; i++) {
		bool fine = read_change(p, json_array_get(list, i), &changes[i]);

		for (size_t k = 0; fine && k < i; k++)
			fine = changes[k].category != changes[i].category;
		if (!fine) {
			bad_subsidies(rq);
			return 0;
		}
	}
	return n;
}

static int64_t subsidies(const struct cost *c)
{
	int64_t sum = 0;

	for (size_t i = 0; i <= FUND_COUNT; i++)
		sum += c->by_fund_fen[i];
	return sum;
}

static void put_sum(struct json_out *j, const char *key, const struct cost *c)
{
	json_object(j, key);
	json_num(j, "personal_fen", c->payable_fen);
	json_num(j, "subsidy_fen", subsidies(c));
	json_num(j, "eligible", c->enrolled);
	json_close(j);
}

static int put_result(struct reply *rp, day_t on, const struct try_result *t)
{
	struct json_out *j = reply_json(rp, 200);

	json_date(j, "on", on);
	json_num(j, "people", t->people);
	put_sum(j, "before", &t->before);
	put_sum(j, "after", &t->after);
	json_num(j, "pays_more", t->pays_more);
	json_num(j, "pays_less", t->pays_less);
	json_num(j, "falls_out", t->falls_out);
	json_num(j, "comes_in", t->comes_in);
	json_array(j, "by_fund");
	for (size_t i = 0; i <= FUND_COUNT; i++) {
		if (t->before.by_fund_fen[i] == 0 && t->after.by_fund_fen[i] == 0)
			continue;
		json_object(j, NULL);
		json_strz(j, "fund", i < FUND_COUNT ? vocab_fund.words[i].code : "not_stated");
		json_num(j, "before_fen", t->before.by_fund_fen[i]);
		json_num(j, "after_fen", t->after.by_fund_fen[i]);
		json_close(j);
	}
	json_close(j);
	return reply_json_end(rp);
}

int http_policy_try(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "on", "personal_fen", "subsidies", NULL };
	const struct pack *p = policy_of(rq);
	struct amount_change changes[TRY_CHANGES_MAX];
	struct try_request q = { .pack = p, .changes = changes };
	struct err err = { "" };
	struct try_result t;
	int rc;

	if (!p)
		return reply_problem(rq, rp, PROBLEM_NOT_FOUND, NULL);
	q.on = json_day(rq, "on", true);
	q.personal.fen = json_int(rq, "personal_fen", false, 0, FEN_MAX, -1);
	q.n_changes = read_changes(rq, p, changes);
	json_only(rq, names);
	if (!policy_fits(p, rq->env.county))
		request_problem(rq, "code", "这是别的县的政策包", "the pack is another county's");
	if (request_invalid(rq, rp))
		return 0;
	rc = try_policy(&rq->env, &q, &t, &err);
	if (rc == FAULT_RETRY)
		return reply_problem(rq, rp, PROBLEM_BUSY, err.text);
	return rc < 0 ? reply_fault(rq, rp, rc, &err) : put_result(rp, q.on, &t);
}
