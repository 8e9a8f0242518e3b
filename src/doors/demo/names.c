/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/demo/names.h"

#include <stdio.h>

#include "base/bug.h"

struct weighted {
	const char *text;
	uint16_t weight;
};

static const struct weighted surnames[] = {
	{ "王", 72 },
	{ "李", 72 },
	{ "张", 68 },
	{ "刘", 54 },
	{ "陈", 45 },
	{ "杨", 31 },
	{ "赵", 23 },
	{ "黄", 22 },
	{ "周", 21 },
	{ "吴", 20 },
	{ "徐", 17 },
	{ "孙", 16 },
	{ "胡", 14 },
	{ "朱", 14 },
	{ "高", 13 },
	{ "林", 11 },
	{ "何", 12 },
	{ "郭", 12 },
	{ "马", 12 },
	{ "罗", 10 },
	{ "梁", 9 },
	{ "宋", 9 },
	{ "郑", 9 },
	{ "谢", 8 },
	{ "韩", 8 },
	{ "唐", 7 },
	{ "冯", 7 },
	{ "于", 7 },
	{ "董", 7 },
	{ "萧", 1 },
	{ "程", 6 },
	{ "曹", 6 },
	{ "袁", 6 },
	{ "邓", 6 },
	{ "许", 6 },
	{ "傅", 4 },
	{ "沈", 5 },
	{ "曾", 5 },
	{ "彭", 5 },
	{ "吕", 5 },
	{ "苏", 5 },
	{ "卢", 5 },
	{ "蒋", 5 },
	{ "蔡", 5 },
	{ "贾", 5 },
	{ "丁", 4 },
	{ "魏", 5 },
	{ "薛", 4 },
	{ "叶", 4 },
	{ "阎", 2 },
	{ "余", 4 },
	{ "潘", 4 },
	{ "杜", 4 },
	{ "戴", 3 },
	{ "夏", 3 },
	{ "钟", 4 },
	{ "汪", 3 },
	{ "田", 4 },
	{ "任", 3 },
	{ "姜", 3 },
	{ "范", 3 },
	{ "方", 3 },
	{ "石", 3 },
	{ "姚", 3 },
	{ "谭", 3 },
	{ "廖", 3 },
	{ "邹", 3 },
	{ "熊", 3 },
	{ "金", 3 },
	{ "陆", 3 },
	{ "郝", 2 },
	{ "孔", 2 },
	{ "白", 3 },
	{ "崔", 3 },
	{ "康", 2 },
	{ "毛", 2 },
	{ "邱", 2 },
	{ "秦", 2 },
	{ "江", 2 },
	{ "史", 2 },
	{ "顾", 2 },
	{ "侯", 2 },
	{ "邵", 2 },
	{ "孟", 2 },
	{ "龙", 2 },
	{ "万", 2 },
	{ "段", 2 },
	{ "雷", 2 },
	{ "钱", 1 },
	{ "汤", 2 },
	{ "尹", 2 },
	{ "易", 1 },
	{ "黎", 1 },
	{ "常", 2 },
	{ "武", 2 },
	{ "乔", 1 },
	{ "贺", 2 },
	{ "赖", 1 },
	{ "龚", 1 },
	{ "文", 1 },
	{ "欧阳", 1 },
	{ "上官", 1 },
	{ "诸葛", 1 },
};
static const char *const rare_surnames[] = { "𠅤", "䶮", "亓", "仝", "逄", "訾" };
static const char *const yugur_surnames[] = { "安", "兰", "索", "钟", "贺", "郎", "白", "常", "杜",
	"巩", "妥", "柯", "屈", "葛", "强" };

static const char male[][4] = { "伟", "强", "军", "勇", "杰", "涛", "明", "超", "刚", "平", "辉",
	"鹏", "华", "飞", "鑫", "波", "斌", "宇", "浩", "凯", "健", "俊", "帆", "帅", "旭", "宁",
	"龙", "林", "欢", "峰", "建", "国", "文", "志", "海", "永", "春", "生", "福", "贵", "成",
	"德", "学", "光", "东", "正", "新", "玉", "振", "立" };
static const char female[][4] = { "芳", "娜", "敏", "静", "丽", "艳", "秀", "英", "霞", "红", "梅",
	"玲", "桂", "兰", "凤", "洁", "燕", "琴", "云", "莲", "真", "雪", "荣", "爱", "妹", "香",
	"月", "莺", "媛", "萍", "翠", "瑞", "凡", "佳", "嘉", "琼", "勤", "珍", "贞", "莉", "娣",
	"叶", "璧", "璐", "娅", "琦", "晶", "妍", "茜", "秋" };
static const char modern[][4] = { "梓", "涵", "轩", "宸", "奕", "诺", "欣", "怡", "睿", "泽", "晨",
	"沐", "一", "博", "子", "雨", "若", "诗", "思", "语", "嘉", "皓", "铭", "昊", "辰", "佑",
	"乐", "熙", "然", "彤" };
/* Characters outside GBK or of the fourth plane that real registers hold. */
static const char *const rare_given[] = { "㛃", "䶮", "𫖯", "𬱟", "燚", "喆", "堃", "犇" };

static const char *const yugur_clans[] = { "安江", "亚拉格", "巴岳特", "妥鄂什", "苏勒都斯",
	"呼郎嘎特", "常曼", "杜曼", "斯那", "顾令" };
static const char *const plateau_male[] = { "才让", "多杰", "扎西", "尼玛", "达瓦", "索南", "桑吉",
	"东智", "贡布", "次仁", "丹增", "洛桑" };
static const char *const plateau_female[] = { "卓玛", "央金", "拉姆", "措吉", "娜姆", "白玛",
	"梅朵", "曲珍", "德吉", "银措", "斯琴", "其木格" };

#define PICK(r, list) list[rng_below(r, ARRAY_LEN(list))]

const char *name_surname(struct rng *r)
{
	static unsigned total;
	unsigned at, i = 0;

	if (rng_chance(r, 1250))
		return PICK(r, rare_surnames);
	if (total == 0)
		for (size_t k = 0; k < ARRAY_LEN(surnames); k++)
			total += surnames[k].weight;
	at = rng_below(r, total);
	while (at >= surnames[i].weight)
		at -= surnames[i++].weight;
	return surnames[i].text;
}

static const char *given(struct rng *r, bool is_female, int birth_year)
{
	if (birth_year >= 2005 && rng_chance(r, 800000))
		return PICK(r, modern);
	return is_female ? PICK(r, female) : PICK(r, male);
}

static void han_name(
	struct rng *r, bool is_female, int birth_year, const char *surname, char ret[NAME_BYTES])
{
	const char *first = given(r, is_female, birth_year),
		   *second = given(r, is_female, birth_year);

	if (rng_chance(r, 1500))
		second = PICK(r, rare_given);
	if (rng_chance(r, birth_year < 1995 ? 330000 : 180000))
		first = "";
	snprintf(ret, NAME_BYTES, "%s%s%s", surname, first, second);
}

static const char *plateau(struct rng *r, bool is_female)
{
	return is_female ? PICK(r, plateau_female) : PICK(r, plateau_male);
}

void name_person(struct rng *r, enum nation nation, bool is_female, int birth_year,
	const char *surname, char ret[NAME_BYTES])
{
	bool own = nation == NATION_YUGUR || nation == NATION_TIBETAN || nation == NATION_MONGOL;
	const char *first; /* drawn apart: the order of arguments is the compiler's */

	if (!own || rng_chance(r, nation == NATION_TIBETAN ? 250000 : 550000)) {
		if (nation == NATION_YUGUR && rng_chance(r, 700000))
			surname = PICK(r, yugur_surnames);
		han_name(r, is_female, birth_year, surname, ret);
	} else if (nation == NATION_YUGUR) {
		first = PICK(r, yugur_clans);
		snprintf(ret, NAME_BYTES, "%s·%s", first, plateau(r, is_female));
	} else {
		bool dot = rng_chance(r, 300000);

		first = plateau(r, false);
		snprintf(ret, NAME_BYTES, dot ? "%s·%s" : "%s%s", first, plateau(r, is_female));
	}
}

void name_village(uint64_t seed, uint32_t town, uint32_t i, bool community, char ret[NAME_BYTES])
{
	static const char *const front[] = { "大", "小", "上", "下", "东", "西", "南", "北", "新",
		"老", "前", "后", "长", "高", "红", "青", "白", "金", "双", "三" };
	static const char *const back[] = { "泉", "湾", "庄", "沟", "台", "岭", "桥", "集", "滩",
		"营", "寨", "坪", "河", "楼", "店", "山", "井", "园", "圩", "塘" };
	struct rng r = rng_for(seed, RNG_VILLAGE, town);
	uint32_t at = (rng_below(&r, 400) + i * 63) % 400; /* 63 and 400 share no factor */

	BUG_IF(i >= 400);
	snprintf(ret, NAME_BYTES, "%s%s%s", front[at / 20], back[at % 20],
		community ? "社区" : "村");
}
