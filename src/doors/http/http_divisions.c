/* SPDX-License-Identifier: Apache-2.0 */
/* Divisions with their named person and grid staff (SQ-34, SN-25). */
#include "acts/name_grid.h"
#include "doors/http/http_office.h"
#include "doors/http/http.h"
#include "doors/http/service.h"

static void put_division(struct json_out *j, const struct grid_line *l)
{
	static const char *const levels[] = { "", "county", "town", "village" };
	const struct grid_division *d = &l->division;

	json_object(j, NULL);
	json_code(j, "code", d->code);
	json_str(j, "name", d->name);
	json_strz(j, "level", levels[d->level]);
	json_code(j, "parent", d->parent);
	json_str(j, "officer", d->officer);
	if (d->people < 0)
		json_null(j, "people");
	else
		json_num(j, "people", d->people);
	json_array(j, "grid");
	for (size_t i = 0; i < l->n_staff; i++) {
		json_object(j, NULL);
		json_str(j, "duty", l->staff[i].duty);
		json_str(j, "name", l->staff[i].name);
		json_str(j, "phone", l->staff[i].phone);
		json_close(j);
	}
	json_close(j);
	json_close(j);
}

static int send_file(struct request *rq, struct reply *rp, int64_t parent, enum sheet_format format)
{
	struct list_file f;
	struct err err = { "" };
	int64_t rows;
	int rc = list_file_begin(rq, rp, format, &f);

	if (rc <= 0)
		return rc;
	rc = list_file_divisions(&rq->env, &rq->service->policy, parent, &f, &rows, &err);
	return rc < 0 ? reply_fault(rq, rp, rc, &err)
		      : reply_table(rq, rp, f.path, "divisions", format);
}

int http_divisions(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "parent", "format", NULL };
	struct str asked = request_query(rq, "parent");
	int64_t parent = asked.p ? query_division(rq, "parent") : 0;
	struct grid_line *items;
	enum sheet_format format;
	bool file = query_format(rq, &format);
	struct json_out *j;
	size_t n;
	int rc;

	request_query_only(rq, names);
	if (request_invalid(rq, rp))
		return 0;
	if (file)
		return send_file(rq, rp, parent, format);
	rc = read_grid(&rq->env, &rq->service->policy, parent,
		role_may(rq->caller.role, MAY_MANAGE_GRID), rq->arena, &items, &n);
	if (rc < 0)
		return rc;
	j = reply_json(rp, 200);
	json_array(j, "items");
	for (size_t i = 0; i < n; i++)
		put_division(j, &items[i]);
	json_close(j);
	return reply_json_end(rp);
}

int http_grid_put(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "duty", "name", "phone", NULL };
	struct str duty = json_text(rq, "duty", true, 20), name = json_text(rq, "name", true, 50),
		   phone = json_text(rq, "phone", false, GRID_PHONE_MAX);
	struct err err = { "" };
	int64_t division;
	int rc;

	json_only(rq, names);
	if (duty.p && !str_is(duty, "tax") && !str_is(duty, "insurance") &&
		!str_is(duty, "collector"))
		request_problem(rq, "duty", "要 tax、insurance 或 collector",
			"takes tax, insurance or collector");
	if (request_invalid(rq, rp))
		return 0;
	if (!param_id(rq, 0, &division))
		return reply_problem(rq, rp, PROBLEM_NOT_FOUND, NULL);
	rc = name_grid(&rq->env, division, duty, name, phone, &err);
	if (rc == FAULT_MISSING)
		return reply_problem(rq, rp, PROBLEM_NOT_FOUND, NULL);
	return rc < 0 ? reply_fault(rq, rp, rc, &err) : reply_nothing(rp);
}
