/* SPDX-License-Identifier: Apache-2.0 */
/* import residents: the household register and the resident population (LB-39, SN-13): every field
 * checked, a change kept with its history, nothing erased by an empty cell. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "acts/holder.h"
#include "acts/imports.h"
#include "acts/resident_change.h"
#include "acts/token_set.h"
#include "base/utf8.h"

enum {
	NAME,
	NUMBER,
	KIND,
	SEX,
	NATION,
	BIRTH,
	HOUSEHOLD,
	RELATION,
	TOWN,
	VILLAGE,
	CODE,
	REGISTER,
	RESIDENCE,
	PHONE,
	DIED,
	COLUMNS
};

static const struct column columns[COLUMNS] = {
	[NAME] = { "姓名", HOLDER_NAME_ALIASES, true },
	[NUMBER] = { "证件号码", HOLDER_NUMBER_ALIASES, true },
	[KIND] = { "证件类型", HOLDER_KIND_ALIASES, false },
	[SEX] = { "性别", NULL, false },
	[NATION] = { "民族", NULL, false },
	[BIRTH] = { "出生日期", "出生年月日|生日", false },
	[HOUSEHOLD] = { "户号", "家庭编号|户编号|户口簿号", false },
	[RELATION] = { "与户主关系", "家庭关系|户主关系|与户主的关系", false },
	[TOWN] = { "乡镇", "镇(街)|镇街|乡(镇)|乡镇(街道)|所属乡镇|镇|乡镇街道", false },
	[VILLAGE] = { "村", "村(居)|村居|村(社区)|行政村|所属村|村委会|村社区", false },
	[CODE] = { "区划编码", "区划代码|村编码|统计用区划代码", false },
	[REGISTER] = { "户籍地", "户籍所在地|户口所在地|是否本县户籍|户籍", false },
	[RESIDENCE] = { "常住地", "居住地|现居住地|是否常住|居住状态", false },
	[PHONE] = { "联系电话", "电话|手机号|手机|联系方式|手机号码", false },
	[DIED] = { "死亡日期", "死亡时间", false },
};

/* What a row says itself; the rest is filled in for somebody new, and erases nothing. */
enum {
	SAID_KIND = 1,
	SAID_SEX = 2,
	SAID_BIRTH = 4,
	SAID_REGISTER = 8,
	SAID_RESIDENCE = 16,
	SAID_VILLAGE = 32
};

struct residents {
	struct person *rows;    /* IMPORT_CHUNK of them */
	struct person *asked;   /* by parts: the rows as the file has them, to try again */
	struct kept_row **kept; /* of a sender who speaks of one area only */
	unsigned char *said;    /* of each row, SAID_… */
	struct str *phones;     /* plain, for comparing with what is stored */
	struct token_set seen;
	bool nobody_known; /* the county had nobody before this file */
	const struct place *town_cache;
	struct str town_text; /* what the cache was found by */
	char town_space[256];
};

static int begin(struct import *im)
{
	struct residents *st = im->state;

	if (im->places.n == 0)
		return err_set(&im->report->err, FAULT_MISSING,
			"还没有区划数据，请先导入区划：canbao import divisions / no divisions yet; import them first");
	st->rows = ARENA_ARRAY(im->a, struct person, IMPORT_CHUNK);
	st->phones = ARENA_ARRAY(im->a, struct str, IMPORT_CHUNK);
	st->said = ARENA_ARRAY(im->a, unsigned char, IMPORT_CHUNK);
	st->kept = ARENA_ARRAY(im->a, struct kept_row *, IMPORT_CHUNK);
	st->asked = im->parts ? ARENA_ARRAY(im->a, struct person, IMPORT_CHUNK) : st->rows;
	return st->rows && st->phones && st->said && st->kept && st->asked ? 0 : FAULT_MEMORY;
}

static int open_chunks(struct import *im)
{
	struct residents *st = im->state;
	int64_t last = 0;
	int rc = person_last(im->db, im->env->county, &last);
	st->nobody_known = last == 0;
	return rc < 0 ? rc : person_stage_prepare(im->db);
}

static void release(struct import *im)
{
	struct residents *st = im->state;

	token_set_release(&st->seen);
}

/* The town of a text, remembered: rows of one town stand together. */
static const struct place *town_of(struct import *im, struct str text)
{
	struct residents *st = im->state;

	if (st->town_cache && str_eq(st->town_text, text))
		return st->town_cache;
	st->town_cache = place_by_name(&im->places, 0, text, &im->scratch);
	if (text.n < sizeof(st->town_space)) {
		memcpy(st->town_space, text.p, text.n);
		st->town_text = (struct str){ st->town_space, text.n };
	} else {
		st->town_cache = NULL;
	}
	return st->town_cache;
}

static const struct place *where(struct import *im)
{
	struct str code = table_cell(&im->table, CODE), town = table_cell(&im->table, TOWN),
		   village = table_cell(&im->table, VILLAGE);
	const struct place *p;
	int64_t n;

	if (code.n) {
		p = str_int(code, &n) ? place_by_code(&im->places, n) : NULL;
		if (!p)
			import_problem(im, "区划编码不在区划表里 / unknown division code");
		return p;
	}
	p = town.n ? town_of(im, town) : NULL;
	if (!p) {
		import_problem(im, town.n ? "乡镇不在区划表里，请核对名称 / unknown town"
					  : "乡镇为空 / the town is empty");
		return NULL;
	}
	if (village.n == 0)
		return p;
	p = place_by_name(&im->places, p->code, village, &im->scratch);
	if (!p)
		import_problem(im,
			"村（社区）不在该乡镇的区划表里，请核对名称 / unknown village in that town");
	return p;
}

enum { NOT_SAID = -1, ELSEWHERE, HERE };

/* What a 户籍地 or 常住地 cell says; a town or village of this county is here, and *ret_town tells
 * which. */
static int here(struct import *im, size_t column, const struct place **ret_town)
{
	static const char *const yes[] = { "本县", "本地", "本区", "是", "local", "常住", "在家",
		"本镇", "本乡" };
	static const char *const no[] = { "外县", "外地", "外省", "否", "elsewhere", "外出", "省外",
		"县外", "外市", "不在" };
	struct str s = table_cell(&im->table, column);
	const struct place *p;

	*ret_town = NULL;
	if (s.n == 0)
		return NOT_SAID;
	for (size_t i = 0; i < ARRAY_LEN(yes); i++)
		if (str_is(s, yes[i]))
			return HERE;
	for (size_t i = 0; i < ARRAY_LEN(no); i++)
		if (str_is(s, no[i]))
			return ELSEWHERE;
	p = place_by_name(&im->places, 0, s, &im->scratch);
	if (!p && im->places.n && str_find(s, im->places.items[0].name) == 0)
		return HERE;
	*ret_town = p;
	return p ? HERE : ELSEWHERE;
}

static void place_person(struct import *im, struct person *p)
{
	const struct place *at = where(im), *register_town, *ignored, *town;
	int registered = here(im, REGISTER, &register_town),
	    resident = here(im, RESIDENCE, &ignored);

	if (!at)
		return;
	p->registered =
		registered == NOT_SAID ? str_is(p->doc_kind, "citizen_id") : registered == HERE;
	p->resident = resident == NOT_SAID ? true : resident == HERE;
	town = place_reporting(&im->places, at, register_town);
	if (!town) {
		import_problem(im,
			at->level == PLACE_COUNTY
				? "只写到县，请写明乡镇 / name the town, not only the county"
				: "该单位按户籍归属乡镇，请在“户籍地”填写户籍所在乡镇（SN-18）/ this unit is counted by register; "
				  "give the town of the household register");
		return;
	}
	p->village = at->code;
	p->town = town->code;
	if (!import_in_scope(im, p->town, p->village))
		import_problem(im,
			"不属于本辖区，请由所在乡镇或县医保局导入 / not of your area; its own town or the bureau imports it");
}

static void birth_of(struct import *im, const struct document *d, struct person *p)
{
	day_t said = import_day(im, BIRTH);

	p->birth = said != DAY_NONE ? said : d->birth;
	if (p->birth == DAY_NONE)
		import_problem(im, "出生日期为空，而证件号码里也没有 / no date of birth");
	else if (p->birth > im->req->as_of)
		import_problem(im, "出生日期在名册日期之后 / born after the day of the list");
	else if (said != DAY_NONE && d->birth != DAY_NONE && said != d->birth)
		import_warn(im, "出生日期与证件号码不一致 / date of birth and number differ");
}

static void death_of(struct import *im, struct person *p)
{
	p->died_on = import_day(im, DIED);
	if (p->died_on == DAY_NONE)
		return;
	if (p->died_on > im->req->as_of)
		import_problem(im, "死亡日期在名册日期之后 / died after the day of the list");
	else if (p->birth != DAY_NONE && p->died_on < p->birth)
		import_problem(im, "死亡日期早于出生日期 / died before being born");
}

static void sex_of(struct import *im, const struct document *d, struct person *p)
{
	struct str s = table_cell(&im->table, SEX);
	int said = str_is(s, "男") || str_is(s, "1")   ? SEX_MALE
		   : str_is(s, "女") || str_is(s, "2") ? SEX_FEMALE
						       : -1;

	if (s.n && said < 0 && !str_is(s, "9") && !str_is(s, "0") && !str_is(s, "未说明"))
		import_problem(im, "性别应为男、女、1 或 2 / sex: 男, 女, 1 or 2");
	p->sex = said >= 0 ? said : (int)d->sex;
	if (said >= 0 && d->sex != SEX_UNKNOWN && said != (int)d->sex)
		import_warn(im, "性别与证件号码不一致 / sex and number differ");
}

static struct str optional(struct import *im, size_t column, size_t max)
{
	struct str s = table_cell(&im->table, column);

	if (s.n == 0)
		return (struct str){ NULL, 0 };
	if (s.n > max) {
		import_problem(im, "%s太长 / too long", columns[column].name);
		return (struct str){ NULL, 0 };
	}
	return arena_str(&im->chunk, s);
}

/* Phones are optional: landlines are kept as written, "无" is nothing. */
static struct str phone_of(struct import *im)
{
	struct str s = table_cell(&im->table, PHONE);
	char mobile[12];
	size_t digits = 0;

	if (mobile_check(s, mobile))
		return arena_str(&im->chunk, str_of(mobile));
	for (size_t i = 0; i < s.n; i++)
		digits += s.p[i] >= '0' && s.p[i] <= '9';
	return digits >= 7 && s.n <= 40 ? arena_str(&im->chunk, s) : (struct str){ NULL, 0 };
}

static int seal(struct import *im, enum seal_kind kind, struct str plain, struct str *ret)
{
	unsigned char space[SEAL_PLAIN_MAX + SEAL_OVERHEAD];
	size_t n;
	int rc = vault_seal(im->vault, kind, plain, space, &n);

	if (rc < 0)
		return rc;
	*ret = arena_str(&im->chunk, (struct str){ (const char *)space, n });
	return ret->p ? 0 : FAULT_MEMORY;
}

static int once(struct import *im, const struct person *p)
{
	struct residents *st = im->state;
	uint32_t row = 0;
	int rc = token_set_add(&st->seen, p->token, im->table.row.number, &row);

	if (rc == 0)
		import_problem(im,
			"证件号码与第 %" PRIu32 " 行重复 / the same number stands in row %" PRIu32,
			row, row);
	return rc < 0 ? rc : 0;
}

static unsigned char said(const struct import *im)
{
	static const struct {
		size_t column;
		unsigned char flag;
	} told[] = { { KIND, SAID_KIND }, { SEX, SAID_SEX }, { BIRTH, SAID_BIRTH },
		{ REGISTER, SAID_REGISTER }, { RESIDENCE, SAID_RESIDENCE },
		{ VILLAGE, SAID_VILLAGE }, { CODE, SAID_VILLAGE } };
	unsigned char flags = 0;

	for (size_t i = 0; i < ARRAY_LEN(told); i++)
		if (table_cell(&im->table, told[i].column).n)
			flags |= told[i].flag;
	return flags;
}

static int row(struct import *im)
{
	struct residents *st = im->state;
	struct person *p = &st->rows[im->chunk_rows];
	struct str name = holder_name(im, NAME), phone;
	struct holder h;
	int rc;

	if (!holder_read(im, NUMBER, table_has(&im->table, KIND) ? KIND : -1, &h))
		return 0;
	*p = (struct person){ .doc_kind = str_of(document_kind_code(h.document.kind)) };
	memcpy(p->token, h.token, TOKEN_BYTES);
	birth_of(im, &h.document, p);
	sex_of(im, &h.document, p);
	place_person(im, p);
	death_of(im, p);
	p->nation = optional(im, NATION, 60);
	p->household = optional(im, HOUSEHOLD, 60);
	p->relation = optional(im, RELATION, 60);
	phone = phone_of(im);
	rc = im->n_problems ? 0 : once(im, p);
	if (rc < 0 || im->n_problems)
		return rc;
	p->name = arena_str(&im->chunk, name);
	st->phones[im->chunk_rows] = phone;
	st->said[im->chunk_rows] = said(im);
	if (im->env->scope.division) {
		st->kept[im->chunk_rows] = import_keep(im);
		if (!st->kept[im->chunk_rows])
			return FAULT_MEMORY;
	}
	if (phone.p && (rc = seal(im, SEAL_PHONE, phone, &p->phone_seal)) < 0)
		return rc;
	return seal(im, SEAL_DOCUMENT, (struct str){ h.document.number, h.document.length },
		&p->doc_seal);
}

/* A row that names the town alone leaves its villager in the village. */
static bool same_town(const struct import *im, int64_t village, int64_t at)
{
	const struct place *was = place_by_code(&im->places, village);
	const struct place *now = place_by_code(&im->places, at);

	return was && now && place_town(&im->places, was) == place_town(&im->places, now);
}

static void keep_unsaid(const struct import *im, unsigned char said_flags,
	const struct person *stored, struct person *now)
{
	if (!(said_flags & SAID_KIND))
		now->doc_kind = stored->doc_kind;
	if (!(said_flags & SAID_SEX))
		now->sex = stored->sex;
	if (!(said_flags & SAID_BIRTH))
		now->birth = stored->birth;
	if (!(said_flags & SAID_REGISTER))
		now->registered = stored->registered;
	if (!(said_flags & SAID_RESIDENCE))
		now->resident = stored->resident;
	if (!(said_flags & SAID_VILLAGE) && same_town(im, stored->village, now->village))
		now->village = stored->village;
}

static int known(void *ctx, size_t index, const struct person *stored)
{
	struct import *im = ctx;
	struct residents *st = im->state;
	struct person *now = &st->rows[index];
	int rc;

	if (!import_in_scope(im, stored->town, stored->village))
		return import_reject_kept(im, st->kept[index],
			"此人不能由本乡镇导入，请报县医保局 / not yours to import; send it to the bureau");
	keep_unsaid(im, st->said[index], stored, now);
	rc = resident_change(im, stored, st->phones[index], now);
	im->report->unchanged += rc == 0;
	if (rc <= 0)
		return rc;
	im->report->changed++;
	now->id = stored->id;
	return person_change(im->db, im->env->county, im->audit, now);
}

static int flush(struct import *im)
{
	struct residents *st = im->state;
	int64_t first, added;
	int rc = counter_take(im->db, im->env->county, "person", (int64_t)im->chunk_rows, &first);

	if (rc < 0)
		return rc;
	if (im->parts)
		memcpy(im->again ? st->rows : st->asked, im->again ? st->asked : st->rows,
			im->chunk_rows * sizeof(*st->rows));
	for (size_t i = 0; i < im->chunk_rows; i++)
		st->rows[i].id = first + (int64_t)i;
	added = person_add_chunk(im->db, &im->chunk, im->env->county, im->audit, st->rows,
		im->chunk_rows, st->nobody_known, known, im);
	if (added < 0)
		return (int)added;
	im->report->added += added;
	return 0;
}

const struct import_kind import_residents = {
	.name = "residents",
	.act = "import_residents",
	.columns = columns,
	.n_columns = COLUMNS,
	.key = NUMBER,
	.state_size = sizeof(struct residents),
	.begin = begin,
	.open = open_chunks,
	.row = row,
	.flush = flush,
	.release = release,
};
