/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <unistd.h>

#include "acts/take_payment.h"
#include "doors/http/http_office.h"
#include "doors/http/service.h"

struct str office_of(const struct request *rq)
{
	return str_of(role_code(rq->caller.role));
}

bool office_is_department(const struct request *rq)
{
	return role_reach(rq->caller.role) == REACH_DEPARTMENT;
}

struct str channel_label(const struct pack *p, struct str code)
{
	int c = code.p ? pack_channel_by_code(p, code) : -1;

	return c < 0 ? code : p->channels[c].name;
}

struct str category_label(const struct pack *p, struct str code)
{
	int c = code.p ? pack_category_by_code(p, code) : -1;

	return c < 0 ? code : p->categories[c].name;
}

struct str route_label(const struct pack *p, struct str code)
{
	int r = code.p ? pack_route_by_code(p, code) : -1;

	return r < 0 ? code : p->routes[r].name;
}

struct str receipt_label(struct arena *a, struct str series, int64_t number)
{
	struct str text;

	if (number == 0)
		return (struct str){ NULL, 0 };
	if (str_starts(series, STR("receipt_")))
		series = (struct str){ series.p + 8, series.n - 8 };
	text = arena_printf(a, "%.*s-%08" PRId64, STR_ARG(series), number);
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] == '_')
			((char *)(uintptr_t)text.p)[i] = '-';
	return text;
}

int json_cites(struct json_out *j, struct arena *a, const struct pack *p, const struct ruling *r)
{
	struct cited *items;
	size_t n;
	int rc = ruling_cited(p, r, a, &items, &n);

	if (rc < 0)
		return rc;
	json_array(j, "cites");
	for (size_t i = 0; i < n; i++) {
		json_object(j, NULL);
		json_str(j, "clause", items[i].clause);
		json_str(j, "text", items[i].text);
		json_close(j);
	}
	json_close(j);
	return 0;
}

int json_steps(struct json_out *j, struct arena *a, const struct pack *p,
	const struct person_facts *f, const struct ruling *r)
{
	struct ruling_step *items;
	size_t n;
	int rc = ruling_steps(p, f, r, a, &items, &n);

	if (rc < 0)
		return rc;
	json_array(j, "steps");
	for (size_t i = 0; i < n; i++) {
		json_object(j, NULL);
		json_str(j, "zh", items[i].zh);
		json_str(j, "en", items[i].en);
		if (items[i].fen == STEP_NO_MONEY)
			json_null(j, "fen");
		else
			json_num(j, "fen", items[i].fen);
		json_str(j, "clause", items[i].clause);
		json_close(j);
	}
	json_close(j);
	return 0;
}

void json_enrolment(struct json_out *j, const struct pack *p, const struct explain_enrolment *e)
{
	json_object(j, NULL);
	json_enrolment_fields(j, p, e);
	json_close(j);
}

void json_enrolment_fields(
	struct json_out *j, const struct pack *p, const struct explain_enrolment *e)
{
	json_str(j, "policy", e->policy);
	json_num(j, "benefit_year", e->benefit_year);
	json_str(j, "route", p ? route_label(p, e->route) : e->route);
	json_str(j, "category", p ? category_label(p, e->category) : e->category);
	json_num(j, "standard_fen", e->standard_fen);
	json_num(j, "personal_fen", e->personal_fen);
	json_num(j, "subsidy_fen", e->subsidy_fen);
	json_date(j, "benefit_from", e->benefit_from);
	json_date(j, "benefit_to", e->benefit_to);
	json_date(j, "enrolled_on", e->enrolled_on);
	json_bool(j, "online", e->online);
	json_bool(j, "active", e->active);
}

void json_suspense_reason(struct json_out *j, struct str code)
{
	const char *zh = NULL, *en = NULL;

	for (int i = 0; code.p && i < SUSPENSE_REASON_COUNT; i++)
		if (str_is(code, suspense_code((enum suspense_reason)i))) {
			zh = suspense_zh((enum suspense_reason)i);
			en = suspense_en((enum suspense_reason)i);
		}
	json_str(j, "reason", code);
	json_strz(j, "reason_zh", zh);
	json_strz(j, "reason_en", en);
}

void json_payment(struct json_out *j, struct arena *a, const struct pack *p,
	const struct explain_payment *y, int64_t person, struct str name)
{
	json_object(j, NULL);
	json_num(j, "id", y->id);
	json_str(j, "channel", y->channel);
	json_str(j, "channel_name", channel_label(p, y->channel));
	json_str(j, "serial", y->serial);
	if (person)
		json_num(j, "person", person);
	else
		json_null(j, "person");
	json_str(j, "name", name);
	json_num(j, "fen", y->fen);
	json_time(j, "paid_at", y->paid_at);
	json_str(j, "state", y->state);
	json_suspense_reason(j, y->reason);
	json_str(j, "receipt", receipt_label(a, y->receipt_series, y->receipt));
	json_close(j);
}

bool query_format(struct request *rq, enum sheet_format *ret_format)
{
	struct str v = request_query(rq, "format");

	*ret_format = v.p && str_is(v, "xlsx") ? SHEET_XLSX : SHEET_CSV;
	if (!v.p || str_is(v, "json"))
		return false;
	if (!str_is(v, "csv") && !str_is(v, "xlsx"))
		request_problem(rq, "format", "要 json、csv 或 xlsx", "takes json, csv or xlsx");
	return true;
}

static const char *ending(enum sheet_format format)
{
	return format == SHEET_XLSX ? "xlsx" : "csv";
}

const char *table_path(struct request *rq, enum sheet_format format)
{
	return arena_printf(
		rq->arena, "%s/table-%s.%s", rq->service->settings.spool, rq->id, ending(format))
		.p;
}

int reply_table(struct request *rq, struct reply *rp, const char *path, const char *name,
	enum sheet_format format)
{
	struct str said =
		arena_printf(rq->arena, "attachment; filename=\"%s.%s\"", name, ending(format));

	if (!said.p) {
		unlink(path);
		return FAULT_MEMORY;
	}
	rp->status = 200;
	rp->content_type =
		format == SHEET_XLSX
			? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
			: "text/csv; charset=utf-8";
	rp->file = path;
	rp->file_temp = true;
	reply_header(rp, "Content-Disposition", said);
	return 0;
}

int list_file_begin(
	struct request *rq, struct reply *rp, enum sheet_format format, struct list_file *ret_file)
{
	const char *path = table_path(rq, format);

	if (!rq->caller.strong)
		return reply_problem(rq, rp, PROBLEM_SECOND_FACTOR, NULL);
	if (!path)
		return FAULT_MEMORY;
	*ret_file = (struct list_file){ .path = path,
		.format = format,
		.english = rq->english,
		.rows_max = rq->service->settings.export_rows_max };
	return 1;
}
