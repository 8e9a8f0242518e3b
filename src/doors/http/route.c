/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/http/table.h"

#include <string.h>

#include "base/utf8.h"
#include "doors/http/routes.h"

#define X(method, path, may, body, handle, flags) int handle(struct request *rq, struct reply *rp);
ROUTES(X)
#undef X

#define X(method, path, may, body, handle, flags) \
	{ #method, path, MAY_##may, BODY_##body, handle, flags },
const struct route route_table[] = { ROUTES(X) };
#undef X
const size_t route_count = ARRAY_LEN(route_table);

static const char *const method_names[] = { "GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS" };

enum method method_of(struct str name)
{
	for (size_t i = 0; i < ARRAY_LEN(method_names); i++)
		if (str_is(name, method_names[i]))
			return (enum method)i;
	return METHOD_NONE;
}

static int nibble(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool url_decode(struct arena *a, struct str s, bool plus, struct str *ret)
{
	char *out = arena_alloc(a, s.n + 1);
	size_t n = 0;

	if (!out)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == '%') {
			int hi = i + 2 < s.n ? nibble(s.p[i + 1]) : -1;
			int lo = i + 2 < s.n ? nibble(s.p[i + 2]) : -1;

			if (hi < 0 || lo < 0)
				return false;
			c = (char)(hi << 4 | lo);
			i += 2;
		} else if (c == '+' && plus) {
			c = ' ';
		}
		if (c == '\0')
			return false;
		out[n++] = c;
	}
	if (!utf8_valid((struct str){ out, n }))
		return false;
	*ret = (struct str){ out, n };
	return true;
}

/* How well a template fits: 0 not at all; a fixed part counts more than a name. */
static int fits(struct str pattern, struct str path, struct str *params)
{
	struct str want, have;
	int score = 1, n = 0;

	if (pattern.n == 0 || path.n == 0 || path.p[0] != '/')
		return 0;
	while (str_cut(&pattern, STR("/"), &want)) {
		if (!str_cut(&path, STR("/"), &have))
			return 0;
		if (want.n && want.p[0] == '{') {
			if (have.n == 0 || n == ROUTE_PARAMS_MAX)
				return 0;
			params[n++] = have;
			score *= 2;
		} else if (str_eq(want, have)) {
			score = score * 2 + 1;
		} else {
			return 0;
		}
	}
	return path.p ? 0 : score;
}

static bool decode_params(struct arena *a, struct str params[ROUTE_PARAMS_MAX])
{
	for (size_t i = 0; i < ROUTE_PARAMS_MAX; i++)
		if (params[i].p && !url_decode(a, params[i], false, &params[i]))
			return false;
	return true;
}

static enum method method_wanted(enum method m)
{
	return m == METHOD_HEAD ? METHOD_GET : m;
}

const struct route *route_find(enum method m, struct str path, struct arena *a,
	struct str ret_params[ROUTE_PARAMS_MAX], uint32_t *ret_allow)
{
	const struct route *best = NULL;
	int best_score = 0;

	*ret_allow = 0;
	for (size_t i = 0; i < route_count; i++) {
		const struct route *r = &route_table[i];
		struct str params[ROUTE_PARAMS_MAX] = { { NULL, 0 } };
		int score = fits(str_of(r->path), path, params);
		enum method own = method_of(str_of(r->method));

		if (score == 0)
			continue;
		*ret_allow |= 1u << own | 1u << METHOD_OPTIONS;
		if (own == METHOD_GET)
			*ret_allow |= 1u << METHOD_HEAD;
		if (own != method_wanted(m) || score <= best_score)
			continue;
		best = r;
		best_score = score;
		memcpy(ret_params, params, sizeof(params));
	}
	return best && decode_params(a, ret_params) ? best : NULL;
}

struct str route_allow_text(uint32_t allow, struct arena *a)
{
	struct str text = { NULL, 0 };

	for (size_t i = 0; i < ARRAY_LEN(method_names); i++)
		if (allow & 1u << i)
			text = text.p ? arena_printf(a, "%.*s, %s", STR_ARG(text), method_names[i])
				      : arena_printf(a, "%s", method_names[i]);
	return text.p ? text : STR("");
}

static const char *body_name(enum route_body b)
{
	return b == BODY_NONE ? "none" : b == BODY_JSON ? "json" : "file";
}

static const char *may_name(enum permission p)
{
	if (p == MAY_ANYBODY)
		return "anybody";
	return p == MAY_VISITOR ? "visitor" : permission_code(p);
}

void routes_print(struct buf *b)
{
	struct json_out j;

	json_begin(&j, b);
	json_array(&j, NULL);
	for (size_t i = 0; i < route_count; i++) {
		const struct route *r = &route_table[i];

		json_object(&j, NULL);
		json_strz(&j, "method", r->method);
		json_strz(&j, "path", r->path);
		json_strz(&j, "permission", may_name(r->may));
		json_bool(&j, "strong",
			r->may != MAY_ANYBODY && r->may != MAY_VISITOR &&
				permission_strong(r->may));
		json_strz(&j, "body", body_name(r->body));
		json_bool(&j, "idempotent", (r->flags & ROUTE_IDEMPOTENT) != 0);
		json_bool(&j, "stream", (r->flags & ROUTE_STREAM) != 0);
		json_close(&j);
	}
	json_close(&j);
	buf_addc(b, '\n');
}
