/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/name_mask.h"

#include "base/utf8.h"

static const char *const doubles[] = { "欧阳", "上官", "司马", "诸葛", "东方", "皇甫", "尉迟",
	"公孙", "慕容", "令狐", "司徒", "夏侯", "端木", "独孤", "南宫", "西门", "呼延", "长孙",
	"宇文", "轩辕", "申屠", "司空", "太史", "澹台", "百里", "闻人", "赫连", "完颜", "钟离",
	"公冶" };

#define STARS_MAX 4

static size_t shown_bytes(struct str name, size_t chars)
{
	uint32_t cp;
	size_t n;

	if (chars > 2)
		for (size_t i = 0; i < ARRAY_LEN(doubles); i++)
			if (str_starts(name, str_of(doubles[i])))
				return str_of(doubles[i]).n;
	n = chars > 1 ? utf8_next(name, &cp) : 0;
	return n;
}

struct str name_mask(struct arena *a, struct str name)
{
	size_t chars = utf8_count(name), shown = shown_bytes(name, chars);
	size_t stars = chars - utf8_count((struct str){ name.p, shown });

	stars = stars < 1 ? 1 : stars > STARS_MAX ? STARS_MAX : stars;
	return arena_printf(a, "%.*s%.*s", (int)shown, name.p, (int)stars, "****");
}
