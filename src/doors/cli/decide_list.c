/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of a decide line: categories and circumstances. */
#include <stdio.h>
#include <string.h>

#include "doors/cli/decide_value.h"

#define COUNT_CEILING 1000000 /* more months than this change nothing */

/* Every key of object `v` is one of `members`; those marked '!' are there. */
static bool members_ok(struct decide_line *l, const char *list, size_t i, const json_t *v,
	const char *const *members)
{
	const char *key;
	json_t *member;

	if (!json_is_object(v))
		return decide_wrong_in(l, list, i, "", "应是一个对象 / an object is expected");
	json_object_foreach((json_t *)v, key, member)
	{
		size_t m = 0;

		while (members[m] && strcmp(key, members[m] + (*members[m] == '!')) != 0)
			m++;
		if (!members[m]) {
			char shown[160];

			snprintf(shown, sizeof(shown), "%.150s", key);
			return decide_wrong_in(
				l, list, i, shown, "不认识的字段 / an unknown field");
		}
	}
	for (size_t m = 0; members[m]; m++)
		if (*members[m] == '!' && !json_object_get(v, members[m] + 1))
			return decide_wrong_in(l, list, i, members[m] + 1, "缺少 / is missing");
	return true;
}

static bool take_category(struct decide_line *l, size_t i, const json_t *v)
{
	static const char *const members[] = { "!code", "!certified", "ended", NULL };
	const json_t *code = json_object_get(v, "code"), *ended = json_object_get(v, "ended");
	struct holding *h = &l->holdings[i];
	const char *reason;
	int category;

	if (!members_ok(l, "categories", i, v, members))
		return false;
	if (!json_is_string(code))
		return decide_wrong_in(
			l, "categories", i, "code", "应是文字 / a string is expected");
	category = pack_category_by_code(l->pack, value_text(code));
	if (category < 0)
		return decide_wrong_in(l, "categories", i, "code",
			"这个政策包没有这个身份 / this pack has no such category");
	h->category = (uint8_t)category;
	h->ended = DAY_NONE;
	reason = json_read_day(json_object_get(v, "certified"), &h->certified);
	if (reason)
		return decide_wrong_in(l, "categories", i, "certified", reason);
	if (!ended || json_is_null(ended))
		return true;
	reason = json_read_day(ended, &h->ended);
	if (!reason && h->ended < h->certified)
		reason = "早于认定日 / is before `certified`";
	return !reason || decide_wrong_in(l, "categories", i, "ended", reason);
}

bool decide_take_categories(struct decide_line *l, const json_t *v)
{
	if (!json_is_array(v))
		return decide_wrong(l, "categories", "应是列表 / a list is expected");
	if (json_array_size(v) > DECIDE_LIST_MAX)
		return decide_wrong(l, "categories", "太多 / too many");
	for (size_t i = 0; i < json_array_size(v); i++)
		if (!take_category(l, i, json_array_get(v, i)))
			return false;
	l->n_holdings = json_array_size(v);
	return true;
}

/* What each kind of circumstance carries beside its kind. */
struct carries {
	const char *members[4];
	const char *day; /* the one that is its day */
};
static const struct carries circumstance_carries[CIRCUMSTANCE_COUNT] = {
	[CIRCUMSTANCE_EMPLOYEE_LAPSE] = { { "!kind", "!ended", "!months" }, "ended" },
	[CIRCUMSTANCE_DISCHARGED_SOLDIER] = { { "!kind", "!on" }, "on" },
	[CIRCUMSTANCE_MILITARY_SPOUSE] = { { "!kind", "!on" }, "on" },
	[CIRCUMSTANCE_RELEASED_PRISONER] = { { "!kind", "!on" }, "on" },
	[CIRCUMSTANCE_LEFT_OTHER_SCHEME] = { { "!kind", "!on" }, "on" },
	[CIRCUMSTANCE_UNEMPLOYED_GRADUATE] = { { "!kind", "!on" }, "on" },
	[CIRCUMSTANCE_MOVED_IN] = { { "!kind", "!on" }, "on" },
	[CIRCUMSTANCE_RETURNING_MIGRANT] = { { "!kind" }, NULL },
	[CIRCUMSTANCE_WELFARE_INSTITUTION] = { { "!kind", "!entered" }, "entered" },
	[CIRCUMSTANCE_NEW_EMPLOYMENT] = { { "!kind", "!first" }, NULL },
	[CIRCUMSTANCE_OBJECTIVE_REASON] = { { "!kind" }, NULL },
};

static bool take_circumstance(struct decide_line *l, size_t i, const json_t *v)
{
	struct happening *h = &l->happenings[i];
	const json_t *kind = json_object_get(v, "kind");
	const struct carries *carries;
	const char *reason;
	int64_t months = 0;
	int k = -1;

	*h = (struct happening){ .on = DAY_NONE };
	if (!json_is_object(v))
		return decide_wrong_in(
			l, "circumstances", i, "", "应是一个对象 / an object is expected");
	if (!kind)
		return decide_wrong_in(l, "circumstances", i, "kind", "缺少 / is missing");
	reason = json_read_word(kind, &vocab_circumstance, &k);
	if (reason)
		return decide_wrong_in(l, "circumstances", i, "kind", reason);
	carries = &circumstance_carries[k];
	h->kind = (uint8_t)k;
	if (!members_ok(l, "circumstances", i, v, carries->members))
		return false;
	if (carries->day && (reason = json_read_day(json_object_get(v, carries->day), &h->on)))
		return decide_wrong_in(l, "circumstances", i, carries->day, reason);
	if (k == CIRCUMSTANCE_EMPLOYEE_LAPSE &&
		(reason = json_read_count(json_object_get(v, "months"), COUNT_CEILING, &months)))
		return decide_wrong_in(l, "circumstances", i, "months", reason);
	h->months = (int32_t)months;
	if (k == CIRCUMSTANCE_NEW_EMPLOYMENT &&
		(reason = json_read_bool(json_object_get(v, "first"), &h->first)))
		return decide_wrong_in(l, "circumstances", i, "first", reason);
	return true;
}

bool decide_take_circumstances(struct decide_line *l, const json_t *v)
{
	if (!json_is_array(v))
		return decide_wrong(l, "circumstances", "应是列表 / a list is expected");
	if (json_array_size(v) > DECIDE_LIST_MAX)
		return decide_wrong(l, "circumstances", "太多 / too many");
	for (size_t i = 0; i < json_array_size(v); i++)
		if (!take_circumstance(l, i, json_array_get(v, i)))
			return false;
	l->n_happenings = json_array_size(v);
	return true;
}
