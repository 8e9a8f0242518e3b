/* SPDX-License-Identifier: Apache-2.0 */
/* The path of a place in a JSON text that a parser could not finish. */
#include <stdio.h>
#include <string.h>

#include "doors/cli/decide_json.h"

#define PATH_DEPTH 32

struct level {
	bool object, in_value;
	struct str key; /* of the object's current member */
	size_t index;   /* of the array's current item */
};

/* The end of the string that begins at `i` (its opening quote), at most `at`. */
static size_t string_end(struct str text, size_t i, size_t at)
{
	for (i++; i < at && text.p[i] != '"'; i++)
		if (text.p[i] == '\\')
			i++;
	return i < at ? i : at;
}

static void print_path(const struct level *levels, size_t depth, char *ret_path)
{
	size_t n = 0;

	ret_path[0] = '\0';
	for (size_t i = 0; i < depth; i++) {
		const struct level *l = &levels[i];
		int k;

		if (l->object && l->key.n == 0)
			break;
		if (l->object)
			k = snprintf(ret_path + n, DECIDE_FIELD_MAX - n, "%s%.*s", n ? "." : "",
				(int)(l->key.n < 64 ? l->key.n : 64), l->key.p);
		else
			k = snprintf(ret_path + n, DECIDE_FIELD_MAX - n, "[%zu]", l->index);
		if (k < 0 || (size_t)k >= DECIDE_FIELD_MAX - n) {
			ret_path[n] = '\0';
			break;
		}
		n += (size_t)k;
	}
	if (n == 0)
		snprintf(ret_path, DECIDE_FIELD_MAX, "line");
}

void json_path_at(struct str text, size_t at, char ret_path[DECIDE_FIELD_MAX])
{
	struct level levels[PATH_DEPTH];
	size_t depth = 0;

	if (at > text.n)
		at = text.n;
	for (size_t i = 0; i < at; i++) {
		struct level *top = depth ? &levels[depth - 1] : NULL;
		char c = text.p[i];

		if (c == '"') {
			size_t end = string_end(text, i, at);

			if (top && top->object && !top->in_value)
				top->key =
					(struct str){ text.p + i + 1, end > i ? end - i - 1 : 0 };
			i = end;
		} else if ((c == '{' || c == '[') && depth < PATH_DEPTH) {
			levels[depth++] = (struct level){ .object = c == '{' };
		} else if ((c == '}' || c == ']') && depth) {
			depth--;
		} else if (c == ':' && top) {
			top->in_value = true;
		} else if (c == ',' && top) {
			top->in_value = false;
			top->index++;
			top->key.n = 0;
		}
	}
	print_path(levels, depth, ret_path);
}
