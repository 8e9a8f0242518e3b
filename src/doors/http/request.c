/* SPDX-License-Identifier: Apache-2.0 */
/* What a handler reads of a request: headers, cookies, query and path parameters. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "doors/http/cursor.h"
#include "doors/http/exchange.h"

struct str request_header(const struct request *rq, const char *name)
{
	const struct exchange *x = rq->door;
	size_t n = strlen(name);

	for (size_t i = 0; i < x->n_headers; i++)
		if (x->headers[i].name.n == n && strncasecmp(x->headers[i].name.p, name, n) == 0)
			return x->headers[i].value;
	return (struct str){ NULL, 0 };
}

struct str request_cookie(const struct request *rq, const char *name)
{
	struct str rest = request_header(rq, "Cookie"), part, key;

	while (str_cut(&rest, STR(";"), &part)) {
		part = str_trim(part);
		if (str_find(part, STR("=")) < 0 || !str_cut(&part, STR("="), &key))
			continue;
		if (str_is(key, name))
			return part;
	}
	return (struct str){ NULL, 0 };
}

struct str request_query(const struct request *rq, const char *name)
{
	struct exchange *x = rq->door;

	for (size_t i = 0; i < x->n_query; i++)
		if (str_is(x->query[i].name, name)) {
			x->query[i].asked = true;
			return x->query[i].value;
		}
	return (struct str){ NULL, 0 };
}

static bool listed(struct str name, const char *const *names)
{
	for (; *names; names++)
		if (str_is(name, *names))
			return true;
	return false;
}

/* A foreign name goes into an answer shortened and without anything but letters. */
static void unknown_name(struct request *rq, struct str name)
{
	char text[48];
	size_t n = 0;

	for (size_t i = 0; i < name.n && n < sizeof(text) - 1; i++) {
		char c = name.p[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			     (c >= '0' && c <= '9') || c == '_' || c == '-';

		text[n++] = plain ? c : '?';
	}
	text[n] = '\0';
	request_problem(rq, text, "没有这一项", "there is no such parameter");
}

void request_query_only(struct request *rq, const char *const *names)
{
	struct exchange *x = rq->door;

	for (size_t i = 0; i < x->n_query; i++)
		if (listed(x->query[i].name, names))
			x->query[i].asked = true;
		else
			unknown_name(rq, x->query[i].name);
}

bool request_query_idle(struct request *rq)
{
	const struct exchange *x = rq->door;

	for (size_t i = 0; i < x->n_query; i++)
		if (!x->query[i].asked)
			unknown_name(rq, x->query[i].name);
	return rq->fields.n > 0;
}

void request_problem(struct request *rq, const char *field, const char *zh, const char *en)
{
	struct problem_fields *f = &rq->fields;

	if (f->n == PROBLEM_FIELDS_MAX)
		return;
	snprintf(f->items[f->n].field, sizeof(f->items[f->n].field), "%s", field);
	f->items[f->n].zh = zh;
	f->items[f->n].en = en;
	f->n++;
}

bool request_invalid(struct request *rq, struct reply *rp)
{
	if (rq->fields.n == 0)
		return false;
	reply_problem(rq, rp, PROBLEM_INVALID, NULL);
	return true;
}

int64_t query_int(struct request *rq, const char *name, int64_t low, int64_t high, int64_t fallback)
{
	struct str v = request_query(rq, name);
	int64_t value;

	if (!v.p)
		return fallback;
	if (str_int(v, &value) && value >= low && value <= high)
		return value;
	request_problem(rq, name, "不是范围内的整数", "not a whole number within its range");
	return fallback;
}

day_t query_day(struct request *rq, const char *name, day_t fallback)
{
	struct str v = request_query(rq, name);
	day_t day;

	if (!v.p)
		return fallback;
	if (day_parse(v, &day))
		return day;
	request_problem(rq, name, "要写成 2023-12-31 这样的日期", "takes a day like 2023-12-31");
	return fallback;
}

bool query_flag(struct request *rq, const char *name)
{
	struct str v = request_query(rq, name);

	if (!v.p || str_is(v, "false"))
		return false;
	if (!str_is(v, "true"))
		request_problem(rq, name, "要 true 或 false", "takes true or false");
	return str_is(v, "true");
}

/* Does a division lie in the caller's own?  A town's code ends in 000. */
static bool within(int64_t own, int64_t code)
{
	if (own == 0)
		return true;
	return own % 1000 == 0 ? code / 1000 == own / 1000 : code == own;
}

int64_t query_division(struct request *rq, const char *name)
{
	struct str v = request_query(rq, name);
	int64_t own = rq->env.scope.division, code;

	if (!v.p)
		return own;
	if (v.n != 12 || !str_int(v, &code) || code / 1000000 != rq->env.county) {
		request_problem(rq, name, "要本县的 12 位区划代码",
			"takes a twelve-digit division code of this county");
		return own;
	}
	if (code % 1000000 == 0)
		code = 0;
	if (!within(own, code)) {
		request_problem(rq, name, "不在您的管辖范围内", "outside your area");
		return own;
	}
	return code ? code : own;
}

bool param_id(struct request *rq, size_t i, int64_t *ret_id)
{
	int64_t id;

	if (i >= ROUTE_PARAMS_MAX || !str_int(rq->params[i], &id) || id < 1)
		return false;
	*ret_id = id;
	return true;
}

static void bad_cursor(struct request *rq)
{
	request_problem(rq, "cursor", "翻页标记无效，请从头查起",
		"the cursor is not of this list; start again");
}

struct page request_page(struct request *rq)
{
	struct page p = { .limit = query_int(rq, "limit", 1, PAGE_MAX, 50) };
	struct str v = request_query(rq, "cursor");

	if (v.p && !cursor_open(rq, v, &p.after))
		bad_cursor(rq);
	return p;
}

#define TURNED '~' /* before the text of a cursor of a turned list; no list's text begins so */

struct page request_page_sorted(struct request *rq, const char *key, bool falling)
{
	struct page p = request_page(rq);
	struct str v = request_query(rq, "sort"), word = v;

	p.falling = falling;
	if (v.p) {
		p.falling = v.n > 0 && v.p[0] == '-';
		if (p.falling)
			word = (struct str){ v.p + 1, v.n - 1 };
		if (!str_is(word, key))
			request_problem(
				rq, "sort", "不能按这个排序", "this list cannot be sorted by that");
	}
	rq->turned = p.falling != falling;
	if (!p.after.p)
		return p;
	if ((p.after.n > 0 && p.after.p[0] == TURNED) != rq->turned)
		bad_cursor(rq);
	else if (rq->turned)
		p.after = (struct str){ p.after.p + 1, p.after.n - 1 };
	return p;
}

int64_t page_number(struct request *rq, const struct page *page)
{
	int64_t n = 0;

	if (!page->after.p || (str_int(page->after, &n) && n > 0))
		return n;
	if (rq->fields.n == 0)
		bad_cursor(rq);
	return 0;
}

void json_next(struct request *rq, struct json_out *j, struct str after)
{
	if (after.p && rq->turned)
		after = arena_printf(rq->arena, "%c%.*s", TURNED, STR_ARG(after));
	if (after.p)
		after = cursor_seal(rq, after);
	json_str(j, "next", after);
}
