/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/demo/profile.h"

#include <string.h>

#define YUGUR_TOWN \
	{ \
		430, 420, 110, 15, 15, 10 \
	}
#define TIBETAN_TOWN \
	{ \
		420, 60, 490, 10, 15, 5 \
	}
#define MONGOL_TOWN \
	{ \
		380, 90, 60, 450, 15, 5 \
	}
#define SEAT_TOWN \
	{ \
		560, 260, 130, 15, 15, 20 \
	}
#define HAN_TOWN \
	{ \
		994, 0, 0, 0, 0, 6 \
	}

static const struct town_profile sunan[] = {
	{ "620721100", "红湾寺镇", "红湾寺", 3432, 7, true, NULL, SEAT_TOWN },
	{ "620721101", "皇城镇", "皇城|皇城乡", 7086, 18, false, NULL, YUGUR_TOWN },
	{ "620721102", "康乐镇", "康乐|康乐乡", 3420, 15, false, NULL, YUGUR_TOWN },
	{ "620721200", "马蹄藏族乡", "马蹄乡|马蹄", 4427, 24, false, NULL, TIBETAN_TOWN },
	{ "620721202", "白银蒙古族乡", "白银乡|白银", 626, 4, false, NULL, MONGOL_TOWN },
	{ "620721203", "大河乡", "大河|大河区", 3960, 18, false, NULL, YUGUR_TOWN },
	{ "620721204", "明花乡", "明花", 3450, 11, false, NULL, YUGUR_TOWN },
	{ "620721205", "祁丰藏族乡", "祁丰乡|祁丰|祁丰蔵族乡", 2699, 8, false, NULL, TIBETAN_TOWN },
	{ "620721500", "甘肃省绵羊育种场", "甘肃省绵羊繁育技术推广站|绵羊育种场", 240, 1, false,
		"620721101", YUGUR_TOWN },
	{ "620721501", "张掖宝瓶河牧场", "甘肃省国营宝瓶河牧场|宝瓶河牧场", 160, 1, false, "户籍",
		SEAT_TOWN },
};

static const struct town_profile lingbi[] = {
	{ "341323100", "灵城镇", "灵城", 148000, 27, true, NULL, HAN_TOWN },
	{ "341323101", "韦集镇", "韦集", 49000, 15, false, NULL, HAN_TOWN },
	{ "341323102", "黄湾镇", "黄湾", 46500, 14, false, NULL, HAN_TOWN },
	{ "341323103", "娄庄镇", "娄庄", 71500, 20, false, NULL, HAN_TOWN },
	{ "341323104", "杨疃镇", "杨疃", 57500, 16, false, NULL, HAN_TOWN },
	{ "341323105", "尹集镇", "尹集", 58500, 17, false, NULL, HAN_TOWN },
	{ "341323106", "浍沟镇", "浍沟", 62000, 18, false, NULL, HAN_TOWN },
	{ "341323107", "游集镇", "游集", 44000, 13, false, NULL, HAN_TOWN },
	{ "341323108", "下楼镇", "下楼", 52500, 15, false, NULL, HAN_TOWN },
	{ "341323109", "朝阳镇", "朝阳", 54000, 16, false, NULL, HAN_TOWN },
	{ "341323110", "渔沟镇", "渔沟", 60500, 17, false, NULL, HAN_TOWN },
	{ "341323111", "高楼镇", "高楼", 53500, 15, false, NULL, HAN_TOWN },
	{ "341323112", "冯庙镇", "冯庙", 61500, 18, false, NULL, HAN_TOWN },
	{ "341323113", "禅堂镇", "禅堂|禅堂乡", 41500, 12, false, NULL, HAN_TOWN },
	{ "341323114", "虞姬镇", "虞姬|虞姬乡", 38500, 12, false, NULL, HAN_TOWN },
	{ "341323115", "向阳镇", "向阳|向阳乡", 36500, 12, false, NULL, HAN_TOWN },
	{ "341323116", "大庙镇", "大庙|大庙乡", 47500, 15, false, NULL, HAN_TOWN },
	{ "341323117", "朱集镇", "朱集|朱集乡", 42500, 14, false, NULL, HAN_TOWN },
	{ "341323118", "大路镇", "大路|大路乡", 40500, 13, false, NULL, HAN_TOWN },
	{ "341323400", "灵璧县经济开发区", "经济开发区|开发区|灵璧经开区", 24000, 13, false, NULL,
		HAN_TOWN },
};

static const struct county_profile counties[] = {
	{ "620721", "肃南裕固族自治县", "622222", 2002, "甘肃省", 70, true, 29500, sunan,
		ARRAY_LEN(sunan) },
	{ "341323", "灵璧县", "342224", 1998, "安徽省", 260, false, 1090000, lingbi,
		ARRAY_LEN(lingbi) },
};

const struct county_profile *profile_find(const char *region)
{
	for (size_t i = 0; i < ARRAY_LEN(counties); i++)
		if (strcmp(counties[i].region, region) == 0)
			return &counties[i];
	return NULL;
}

const char *nation_word(enum nation n)
{
	static const char *const words[NATION_COUNT] = { "汉族", "裕固族", "藏族", "蒙古族", "土族",
		"回族" };

	BUG_IF(n >= NATION_COUNT);
	return words[n];
}
