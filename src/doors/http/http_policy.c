/* SPDX-License-Identifier: Apache-2.0 */
/* Policy packs: which there are, one beside its notice. */
#include <stdio.h>

#include "doors/http/http_office.h"
#include "doors/http/http_policy.h"
#include "doors/http/service.h"
#include "rules/citing.h"
#include "rules/notice.h"
#include "rules/notice_text.h"

const struct pack *policy_of(const struct request *rq)
{
	const struct service *s = rq->service;

	for (size_t i = 0; i < s->n_packs; i++)
		if (str_eq(s->packs[i]->code, rq->params[0]))
			return s->packs[i];
	return NULL;
}

int http_policies(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { NULL };
	const struct service *s = rq->service;
	struct json_out *j;

	request_query_only(rq, names);
	if (request_invalid(rq, rp))
		return 0;
	j = reply_json(rp, 200);
	json_array(j, "items");
	for (size_t i = 0; i < s->n_packs; i++) {
		const struct pack *p = s->packs[i];

		json_object(j, NULL);
		json_str(j, "code", p->code);
		json_str(j, "label", p->label);
		json_str(j, "region", p->region_name);
		json_bool(j, "current", str_eq(p->code, s->policy.pack->code));
		json_close(j);
	}
	json_close(j);
	return reply_json_end(rp);
}

static void put_basis(struct json_out *j, const struct pack *p, uint16_t basis)
{
	json_array(j, "cites");
	if (basis != PACK_NONE) {
		const struct pack_basis *b = pack_basis(p, basis);

		for (size_t i = 0; i < b->n_cites; i++)
			json_str(j, NULL, p->cites[b->cites[i]]);
		for (size_t i = 0; i < b->n_readings; i++)
			json_str(j, NULL, p->readings[b->readings[i]].number);
	}
	json_close(j);
}

static void put_head(struct json_out *j, const struct pack *p)
{
	json_str(j, "code", p->code);
	json_str(j, "label", p->label);
	json_str(j, "region", p->region_name);
	json_date(j, "benefit_from", p->benefit.from);
	json_date(j, "benefit_to", p->benefit.to);
	json_num(j, "personal_fen", pack_individual(p).fen);
	json_num(j, "fiscal_fen", p->fiscal[0].fen);
}

static void put_categories(struct json_out *j, const struct pack *p)
{
	json_array(j, "categories");
	for (size_t i = 0; i < p->n_categories; i++) {
		const struct pack_category *c = &p->categories[i];
		int64_t subsidy = pack_category_subsidy(p, i).fen;

		json_object(j, NULL);
		json_str(j, "code", c->code);
		json_str(j, "name", c->name);
		json_num(j, "subsidy_fen", subsidy);
		json_num(j, "payable_fen", pack_individual(p).fen - subsidy);
		json_strz(j, "fund", c->fund < 0 ? NULL : vocab_fund.words[c->fund].code);
		put_basis(j, p, c->basis);
		json_close(j);
	}
	json_close(j);
}

static void put_routes(struct json_out *j, const struct pack *p)
{
	json_array(j, "routes");
	for (size_t i = 0; i < p->n_routes; i++) {
		const struct pack_route *r = &p->routes[i];

		json_object(j, NULL);
		json_str(j, "code", r->code);
		json_str(j, "name", r->name);
		json_date(j, "pay_from", r->not_stated ? DAY_NONE : r->pays.from);
		json_date(j, "pay_to", r->not_stated ? DAY_NONE : r->pays.to);
		put_basis(j, p, r->basis);
		json_close(j);
	}
	json_close(j);
	json_array(j, "readings");
	for (size_t i = 0; i < p->n_readings; i++) {
		const struct pack_reading *g = &p->readings[i];

		json_object(j, NULL);
		json_str(j, "number", g->number);
		json_str(j, "text", g->text);
		json_str(j, "author", g->author);
		json_strz(j, "state", vocab_reading.words[g->state].code);
		json_close(j);
	}
	json_close(j);
}

/* The operator's own copy of the notice, where the settings name a folder with one. */
static int read_notice(struct request *rq, const struct pack *p, struct str *ret_texts)
{
	const char *folder = rq->service->settings.notices;
	struct str path, text = { NULL, 0 };
	char *room;
	FILE *f;
	int rc;

	if (!folder[0])
		return 0;
	path = arena_printf(rq->arena, "%s/%.*s.txt", folder, STR_ARG(p->code));
	f = path.p ? fopen(path.p, "rb") : NULL;
	if (!f)
		return 0;
	room = arena_alloc(rq->arena, NOTICE_BYTES_MAX + 1);
	if (room)
		text = (struct str){ room, fread(room, 1, NOTICE_BYTES_MAX + 1, f) };
	fclose(f);
	rc = room ? notice_texts(p->ledger, text, rq->arena, ret_texts) : FAULT_MEMORY;
	/* A file that is no notice is shown as none. */
	return rc == FAULT_FORMAT ? 0 : rc;
}

static void put_clause(struct json_out *j, const struct pack *p, const struct ledger_clause *c,
	const struct citing_rule *rules, size_t n, struct str notice)
{
	json_object(j, NULL);
	json_str(j, "clause", c->number);
	json_str(j, "text", c->gist);
	json_array(j, "figures");
	for (size_t k = 0; k < c->n_figures; k++)
		json_str(j, NULL, c->figures[k].text);
	json_close(j);
	json_array(j, "cited_by");
	for (size_t k = 0; k < n; k++)
		if (citing_clause(p, &rules[k], c))
			json_str(j, NULL, rules[k].name);
	json_close(j);
	json_str(j, "notice", notice);
	json_close(j);
}

struct writing {
	struct json_out *j;
	struct arena *a;
};

static void left_out(void *ctx, const struct ledger_clause *clause, const struct figure *f)
{
	const struct writing *w = ctx;

	json_str(w->j, NULL,
		arena_printf(w->a, "%.*s %.*s", STR_ARG(clause->number), STR_ARG(f->text)));
}

static int put_ledger(struct request *rq, struct json_out *j, const struct pack *p)
{
	size_t n = 0, n_clauses = p->ledger ? p->ledger->n_clauses : 0;
	struct str *notice = ARENA_ARRAY(rq->arena, struct str, n_clauses + 1);
	struct writing w = { j, rq->arena };
	struct citing_rule *rules = NULL;
	int rc = notice ? citing_rules(p, rq->arena, &rules, &n) : FAULT_MEMORY;

	if (rc == 0 && n_clauses)
		rc = read_notice(rq, p, notice);
	if (rc < 0)
		return rc;
	json_array(j, "clauses");
	for (size_t i = 0; i < n_clauses; i++)
		put_clause(j, p, &p->ledger->clauses[i], rules, n, notice[i]);
	json_close(j);
	json_array(j, "uncited");
	citing_left_out(p, left_out, &w);
	json_close(j);
	return 0;
}

int http_policy_read(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { NULL };
	const struct pack *p = policy_of(rq);
	struct json_out *j;
	int rc;

	request_query_only(rq, names);
	if (request_invalid(rq, rp))
		return 0;
	if (!p)
		return reply_problem(rq, rp, PROBLEM_NOT_FOUND, NULL);
	j = reply_json(rp, 200);
	put_head(j, p);
	put_categories(j, p);
	put_routes(j, p);
	rc = put_ledger(rq, j, p);
	return rc < 0 ? rc : reply_json_end(rp);
}
