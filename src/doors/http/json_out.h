/* SPDX-License-Identifier: Apache-2.0 */
/* Writing JSON straight into a buffer: no tree, commas by itself, wrong nesting is a bug. */
#ifndef CANBAO_DOORS_HTTP_JSON_OUT_H
#define CANBAO_DOORS_HTTP_JSON_OUT_H

#include "base/buf.h"
#include "base/day.h"

#define JSON_DEPTH_MAX 16

struct json_out {
	struct buf *b;
	int depth;
	bool first[JSON_DEPTH_MAX];
	char kind[JSON_DEPTH_MAX]; /* '{' or '[' */
};

/* jansson, which reads what comes in, has functions of these three names: ours are other symbols,
 * or the linker would hand jansson ours.  A file that needs both includes <jansson.h> first. */
#define json_object json_out_object
#define json_array json_out_array
#define json_null json_out_null

void json_begin(struct json_out *j, struct buf *b);
/* key NULL inside an array or for the outermost value. */
void json_object(struct json_out *j, const char *key);
void json_array(struct json_out *j, const char *key);
void json_close(struct json_out *j); /* the innermost object or array */
/* A {NULL,0} text is null. */
void json_str(struct json_out *j, const char *key, struct str v);
void json_strz(struct json_out *j, const char *key, const char *v);
void json_num(struct json_out *j, const char *key, int64_t v);
void json_bool(struct json_out *j, const char *key, bool v);
void json_null(struct json_out *j, const char *key);
/* "2023-12-31", null for DAY_NONE. */
void json_date(struct json_out *j, const char *key, day_t v);
/* An instant as RFC 3339 in China time, "2023-12-31T10:00:00+08:00"; null for 0. */
void json_time(struct json_out *j, const char *key, int64_t seconds);
/* A 12-digit division code as text; null for 0. */
void json_code(struct json_out *j, const char *key, int64_t code);
/* Text that is JSON already. */
void json_raw(struct json_out *j, const char *key, struct str v);

#endif
