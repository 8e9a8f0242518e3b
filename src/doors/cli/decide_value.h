/* SPDX-License-Identifier: Apache-2.0 */
/* Values of a decide line, for the decide_*.c files.  A reader returns NULL and its value, or the
 * reason in both languages why the value is wrong. */
#ifndef CANBAO_DOORS_CLI_DECIDE_VALUE_H
#define CANBAO_DOORS_CLI_DECIDE_VALUE_H

#include "doors/cli/decide_json.h"

/* Remember what is wrong at `field`, or at "list[i].member" (member may be empty).  Returns
 * false. */
bool decide_wrong(struct decide_line *l, const char *field, const char *reason);
bool decide_wrong_in(
	struct decide_line *l, const char *list, size_t i, const char *member, const char *reason);

struct str value_text(const json_t *v);
const char *json_read_day(const json_t *v, day_t *ret_day);
const char *json_read_bool(const json_t *v, bool *ret_yes);
/* A whole number of at least 0; larger ones than the ceiling are cut to it. */
const char *json_read_count(const json_t *v, int64_t ceiling, int64_t *ret_count);
const char *json_read_code(const json_t *v, const char *const *codes, size_t n, size_t *ret_index);
const char *json_read_word(const json_t *v, const struct vocab *vocab, int *ret_index);
/* "local" or "elsewhere" */
const char *json_read_place(const json_t *v, bool *ret_here);

bool decide_take_categories(struct decide_line *l, const json_t *v);
bool decide_take_circumstances(struct decide_line *l, const json_t *v);

#endif
