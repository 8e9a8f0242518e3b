/* SPDX-License-Identifier: Apache-2.0 */
/* What a handler reads of a JSON body; everything wrong is collected, nothing is guessed. */
#include <jansson.h>
#include <string.h>

#include "base/utf8.h"
#include "doors/http/http.h"

#define LINES_ABOVE 200 /* a text that may be longer than this may have line breaks */

/* The field, or NULL after a problem when it must be there; null counts as absent. */
static json_t *field(struct request *rq, const char *name, bool must)
{
	json_t *v = rq->json ? json_object_get(rq->json, name) : NULL;

	if (v && !json_is_null(v))
		return v;
	if (must)
		request_problem(rq, name, "必须填写", "is required");
	return NULL;
}

/* Marks that nobody sees: two texts that look the same must be the same.  Joiners (U+200C, U+200D)
 * stay, some scripts and emoji are written with them. */
static bool invisible(uint32_t cp)
{
	return cp == 0x200b || cp == 0x200e || cp == 0x200f || cp == 0x061c ||
	       (cp >= 0x2028 && cp <= 0x202e) || (cp >= 0x2060 && cp <= 0x206f) || cp == 0xfeff ||
	       (cp >= 0xfff9 && cp <= 0xfffb);
}

bool text_clean(struct str s, bool lines)
{
	while (s.n) {
		uint32_t cp;
		size_t used = utf8_next(s, &cp);

		if (used == 0)
			return false;
		if (cp < 0x20 && !(lines && (cp == '\n' || cp == '\r' || cp == '\t')))
			return false;
		if ((cp >= 0x7f && cp < 0xa0) || invisible(cp))
			return false;
		s.p += used;
		s.n -= used;
	}
	return true;
}

struct str json_text(struct request *rq, const char *name, bool must, size_t max)
{
	const struct str none = { NULL, 0 };
	json_t *v = field(rq, name, must);
	struct str s;

	if (!v)
		return none;
	if (!json_is_string(v)) {
		request_problem(rq, name, "要填文字", "takes text");
		return none;
	}
	s = str_trim((struct str){ json_string_value(v), json_string_length(v) });
	if (utf8_count(s) > max) {
		request_problem(rq, name, "太长", "is too long");
		return none;
	}
	if (!text_clean(s, max > LINES_ABOVE)) {
		request_problem(rq, name, "有不能用的字符", "has characters that cannot be used");
		return none;
	}
	if (s.n == 0 && must)
		request_problem(rq, name, "必须填写", "is required");
	return s.n ? s : none;
}

int64_t json_int(struct request *rq, const char *name, bool must, int64_t low, int64_t high,
	int64_t fallback)
{
	json_t *v = field(rq, name, must);

	if (!v)
		return fallback;
	if (json_is_integer(v) && json_integer_value(v) >= low && json_integer_value(v) <= high)
		return json_integer_value(v);
	request_problem(rq, name, "不是范围内的整数", "not a whole number within its range");
	return fallback;
}

day_t json_day(struct request *rq, const char *name, bool must)
{
	json_t *v = field(rq, name, must);
	day_t day;

	if (!v)
		return DAY_NONE;
	if (json_is_string(v) &&
		day_parse((struct str){ json_string_value(v), json_string_length(v) }, &day))
		return day;
	request_problem(rq, name, "要写成 2023-12-31 这样的日期", "takes a day like 2023-12-31");
	return DAY_NONE;
}

bool json_flag(struct request *rq, const char *name, bool fallback)
{
	json_t *v = field(rq, name, false);

	if (!v)
		return fallback;
	if (!json_is_boolean(v))
		request_problem(rq, name, "要 true 或 false", "takes true or false");
	return json_is_true(v);
}

size_t json_ints(struct request *rq, const char *name, bool must, int64_t low, int64_t high,
	int64_t *ret_values, size_t max)
{
	json_t *v = field(rq, name, must);
	size_t n;

	if (!v)
		return 0;
	n = json_is_array(v) ? json_array_size(v) : 0;
	if (!json_is_array(v) || n > max || (must && n == 0)) {
		request_problem(rq, name, "要填一组整数，不能空，也不能太多",
			"takes a list of whole numbers, neither empty nor too long");
		return 0;
	}
	for (size_t i = 0; i < n; i++) {
		json_t *item = json_array_get(v, i);

		if (!json_is_integer(item) || json_integer_value(item) < low ||
			json_integer_value(item) > high) {
			request_problem(rq, name, "不是范围内的整数",
				"not whole numbers within their range");
			return 0;
		}
	}
	for (size_t i = 0; i < n; i++)
		ret_values[i] = json_integer_value(json_array_get(v, i));
	return n;
}

void json_only(struct request *rq, const char *const *names)
{
	const char *key;
	json_t *value;

	if (!rq->json)
		return;
	json_object_foreach(rq->json, key, value)
	{
		bool known = false;

		for (const char *const *n = names; *n && !known; n++)
			known = strcmp(*n, key) == 0;
		if (!known)
			request_problem(
				rq, "body", "有多余的项", "has a field that does not exist");
	}
}
