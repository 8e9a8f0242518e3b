/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/cli/decide_value.h"

#include <stdio.h>

bool decide_wrong(struct decide_line *l, const char *field, const char *reason)
{
	if (l->field != field)
		snprintf(l->field, sizeof(l->field), "%s", field);
	l->reason = reason;
	return false;
}

/* The same at "list[i].member". */
bool decide_wrong_in(
	struct decide_line *l, const char *list, size_t i, const char *member, const char *reason)
{
	snprintf(l->field, sizeof(l->field), *member ? "%s[%zu].%s" : "%s[%zu]", list, i, member);
	l->reason = reason;
	return false;
}

struct str value_text(const json_t *v)
{
	return (struct str){ json_string_value(v), json_string_length(v) };
}

const char *json_read_day(const json_t *v, day_t *ret_day)
{
	if (!json_is_string(v))
		return "应是日期文字 / a date string is expected";
	if (!day_parse(value_text(v), ret_day))
		return "应是 1900 至 2199 年间的日期 YYYY-MM-DD / a date YYYY-MM-DD from 1900 to 2199 is expected";
	return NULL;
}

const char *json_read_bool(const json_t *v, bool *ret_yes)
{
	if (!json_is_boolean(v))
		return "应是 true 或 false / true or false is expected";
	*ret_yes = json_is_true(v);
	return NULL;
}

/* A whole number of at least 0; larger ones than the ceiling are cut to it. */
const char *json_read_count(const json_t *v, int64_t ceiling, int64_t *ret_count)
{
	if (!json_is_integer(v))
		return "应是整数 / a whole number is expected";
	if (json_integer_value(v) < 0)
		return "不能为负 / must not be negative";
	*ret_count = json_integer_value(v) < ceiling ? json_integer_value(v) : ceiling;
	return NULL;
}

const char *json_read_code(const json_t *v, const char *const *codes, size_t n, size_t *ret_index)
{
	if (!json_is_string(v))
		return "应是文字 / a string is expected";
	for (size_t i = 0; i < n; i++)
		if (str_is(value_text(v), codes[i])) {
			*ret_index = i;
			return NULL;
		}
	return "不认识的代码 / an unknown code";
}

const char *json_read_word(const json_t *v, const struct vocab *vocab, int *ret_index)
{
	if (!json_is_string(v))
		return "应是文字 / a string is expected";
	*ret_index = vocab_code(vocab, value_text(v));
	return *ret_index < 0 ? "不认识的代码 / an unknown code" : NULL;
}

/* local or elsewhere */
const char *json_read_place(const json_t *v, bool *ret_here)
{
	static const char *const codes[] = { "local", "elsewhere" };
	size_t i = 0;
	const char *reason = json_read_code(v, codes, ARRAY_LEN(codes), &i);

	if (!reason)
		*ret_here = i == 0;
	return reason;
}
