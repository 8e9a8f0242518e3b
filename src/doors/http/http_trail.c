/* SPDX-License-Identifier: Apache-2.0 */
/* The trail of acts, for who watches. */
#include <inttypes.h>

#include "acts/read_trail.h"
#include "doors/http/http_office.h"
#include "doors/http/http.h"

#define CHINA_SECONDS (8 * 3600)

static void put_line(struct json_out *j, const struct trail_line *l)
{
	json_object(j, NULL);
	json_num(j, "id", l->id);
	json_time(j, "at", l->row.at);
	json_str(j, "actor", l->row.actor);
	json_str(j, "on_behalf", l->row.on_behalf);
	json_str(j, "act", l->row.act);
	json_str(j, "subject", l->row.subject);
	json_str(j, "reason", l->row.reason);
	if (l->row.detail.n && l->row.detail.p[0] == '{')
		json_raw(j, "detail", l->row.detail);
	else
		json_null(j, "detail");
	json_close(j);
}

/* The first second of a day in China. */
static int64_t start_of(day_t day)
{
	return (int64_t)day * 86400 - CHINA_SECONDS;
}

static int send_file(
	struct request *rq, struct reply *rp, const struct trail_query *q, enum sheet_format format)
{
	struct list_file f;
	struct err err = { "" };
	int64_t rows;
	int rc = list_file_begin(rq, rp, format, &f);

	if (rc <= 0)
		return rc;
	rc = list_file_trail(&rq->env, q, &f, &rows, &err);
	return rc < 0 ? reply_fault(rq, rp, rc, &err)
		      : reply_table(rq, rp, f.path, "audit-trail", format);
}

int http_trail(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "act", "actor", "from", "to", "sort", "limit",
		"cursor", "format", NULL };
	struct page page = request_page_sorted(rq, "time", true);
	day_t from = query_day(rq, "from", DAY_NONE), to = query_day(rq, "to", DAY_NONE);
	struct trail_query q = { .act = request_query(rq, "act"),
		.actor = request_query(rq, "actor"),
		.from = from == DAY_NONE ? INT64_MIN : start_of(from),
		.before = to == DAY_NONE ? INT64_MAX : start_of(to + 1),
		.way = { page_number(rq, &page), !page.falling },
		.max = (size_t)page.limit };
	struct trail_page out;
	enum sheet_format format;
	bool file = query_format(rq, &format);
	struct json_out *j;
	int rc;

	request_query_only(rq, names);
	if (request_invalid(rq, rp))
		return 0;
	if (file)
		return send_file(rq, rp, &q, format);
	rc = read_trail(&rq->env, &q, rq->arena, &out);
	if (rc < 0)
		return rc;
	j = reply_json(rp, 200);
	json_array(j, "items");
	for (size_t i = 0; i < out.n; i++)
		put_line(j, &out.items[i]);
	json_close(j);
	json_next(rq, j,
		out.next ? arena_printf(rq->arena, "%" PRId64, out.next) : (struct str){ NULL, 0 });
	return reply_json_end(rp);
}
