/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/http/json_out.h"

#include <inttypes.h>
#include <stdio.h>

#define CHINA_SECONDS (8 * 3600) /* one zone, no summer time */

void json_begin(struct json_out *j, struct buf *b)
{
	*j = (struct json_out){ .b = b };
}

/* The comma and the key in front of a value: exactly one value stands outermost. */
static void lead(struct json_out *j, const char *key)
{
	if (j->depth == 0) {
		BUG_IF(key || j->kind[0]);
		return;
	}
	BUG_IF((j->kind[j->depth - 1] == '{') != (key != NULL));
	if (!j->first[j->depth - 1])
		buf_addc(j->b, ',');
	j->first[j->depth - 1] = false;
	if (key) {
		buf_add_json(j->b, str_of(key));
		buf_addc(j->b, ':');
	}
}

static void open_kind(struct json_out *j, const char *key, char kind)
{
	lead(j, key);
	BUG_IF(j->depth == JSON_DEPTH_MAX);
	j->kind[j->depth] = kind;
	j->first[j->depth] = true;
	j->depth++;
	buf_addc(j->b, kind);
}

void json_object(struct json_out *j, const char *key)
{
	open_kind(j, key, '{');
}

void json_array(struct json_out *j, const char *key)
{
	open_kind(j, key, '[');
}

void json_close(struct json_out *j)
{
	BUG_IF(j->depth == 0);
	j->depth--;
	buf_addc(j->b, j->kind[j->depth] == '{' ? '}' : ']');
}

void json_str(struct json_out *j, const char *key, struct str v)
{
	if (!v.p) {
		json_null(j, key);
		return;
	}
	lead(j, key);
	buf_add_json(j->b, v);
}

void json_strz(struct json_out *j, const char *key, const char *v)
{
	json_str(j, key, v ? str_of(v) : (struct str){ NULL, 0 });
}

void json_num(struct json_out *j, const char *key, int64_t v)
{
	lead(j, key);
	buf_addi(j->b, v);
}

void json_bool(struct json_out *j, const char *key, bool v)
{
	lead(j, key);
	buf_addz(j->b, v ? "true" : "false");
}

void json_null(struct json_out *j, const char *key)
{
	lead(j, key);
	buf_addz(j->b, "null");
}

void json_date(struct json_out *j, const char *key, day_t v)
{
	char text[11];

	if (v == DAY_NONE) {
		json_null(j, key);
		return;
	}
	day_text(v, text);
	json_strz(j, key, text);
}

void json_time(struct json_out *j, const char *key, int64_t seconds)
{
	int64_t local = seconds + CHINA_SECONDS, day = local / 86400, rest = local % 86400;
	char date[11], text[40];

	if (seconds == 0) {
		json_null(j, key);
		return;
	}
	if (rest < 0) {
		rest += 86400;
		day--;
	}
	BUG_IF(day < DAY_MIN || day > DAY_MAX);
	day_text((day_t)day, date);
	snprintf(text, sizeof(text), "%sT%02d:%02d:%02d+08:00", date, (int)(rest / 3600),
		(int)(rest / 60 % 60), (int)(rest % 60));
	json_strz(j, key, text);
}

void json_code(struct json_out *j, const char *key, int64_t code)
{
	char text[24];

	if (code == 0) {
		json_null(j, key);
		return;
	}
	snprintf(text, sizeof(text), "%" PRId64, code);
	json_strz(j, key, text);
}

void json_raw(struct json_out *j, const char *key, struct str v)
{
	lead(j, key);
	buf_add(j->b, v);
}
