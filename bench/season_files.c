/* SPDX-License-Identifier: Apache-2.0 */
/* The county's files: a register as an office keeps it, the departments' lists, a year of payments.
 * Everything follows from a person's number in the county, so that one pass agrees with another. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "doors/demo/names.h"
#include "doors/demo/number.h"
#include "season.h"

#define SEED 20230101
#define BAD_ROW 500 /* one row in so many has a wrong check character */
#define LANDLINE 30 /* one phone in so many */
#define HOUSE_MAX 6
#define AGE_DAYS 33000
#define VILLAGE_PEOPLE 3500

/* Who is on which list, per 10,000 people: about one in five, one in fifty owes nothing. */
static const struct {
	const char *code;
	uint32_t share;
} lists[] = { { "extreme_poverty", 80 }, { "orphan", 10 }, { "unattended_child", 10 },
	{ "family_planning_one_child", 50 }, { "family_planning_two_daughters", 30 },
	{ "family_planning_hardship", 10 }, { "key_entitled", 20 }, { "dibao", 500 },
	{ "returned_to_poverty", 30 }, { "unstable_lifted", 70 }, { "marginal_at_risk", 70 },
	{ "sudden_hardship", 20 }, { "stable_lifted", 1100 } };

struct resident {
	char number[NUMBER_BYTES];
	uint32_t house;
	uint16_t village;
	int8_t category; /* of the pack, -1: on no list */
	bool head;
	bool spared; /* pays by no file */
};

struct county {
	const struct season *s;
	const struct county_profile *profile;
	struct resident *people;
	size_t n, n_villages;
	int8_t by_share[10000]; /* category of a draw */
};

static FILE *create(const char *path)
{
	FILE *f = fopen(path, "wb");

	season_must(f != NULL, "cannot write", path);
	setvbuf(f, NULL, _IOFBF, 1 << 20);
	return f;
}

static void finish(FILE *f, const char *path)
{
	bool fine = !ferror(f);

	season_must(fclose(f) == 0 && fine, "cannot write", path);
}

static size_t town_of(const struct county *c, size_t village)
{
	return village % c->profile->n_towns;
}

static int64_t village_code(const struct county *c, size_t village)
{
	int64_t town = 0;

	season_must(str_int(str_of(c->profile->towns[town_of(c, village)].code9), &town), "town",
		"code");
	return town * 1000 + 200 + (int64_t)(village / c->profile->n_towns);
}

static void village_name(const struct county *c, size_t village, char ret[NAME_BYTES])
{
	name_village(SEED, (uint32_t)town_of(c, village), (uint32_t)(village / c->profile->n_towns),
		false, ret);
}

static void plan_lists(struct county *c)
{
	size_t at = 0;

	memset(c->by_share, -1, sizeof(c->by_share));
	for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
		int category = pack_category_by_code(c->s->policy.pack, str_of(lists[i].code));

		season_must(category >= 0, "not a category of the pack", lists[i].code);
		for (uint32_t k = 0; k < lists[i].share; k++)
			c->by_share[at++] = (int8_t)category;
	}
}

static void make_people(struct county *c)
{
	struct numbers numbers;
	uint32_t house = 0, left = 0;

	season_must(
		numbers_init(&numbers, c->s->as_of - AGE_DAYS, c->s->as_of), "out of", "memory");
	for (size_t i = 0; i < c->n; i++) {
		struct rng r = rng_for(SEED, RNG_PERSON, i);
		struct resident *p = &c->people[i];
		bool female = rng_below(&r, 2);
		day_t birth;

		p->head = left == 0;
		if (left == 0) {
			left = 1 + rng_below(&r, HOUSE_MAX);
			house++;
		}
		left--;
		p->house = house;
		p->village = (uint16_t)(i * c->n_villages / c->n);
		p->category = c->by_share[rng_below(&r, 10000)];
		p->spared = rng_below(&r, SEASON_SPARED) == 0;
		do
			birth = c->s->as_of - 1 - (day_t)rng_below(&r, AGE_DAYS - 1);
		while (!number_make(&numbers, "341323", birth, female, p->number));
	}
	numbers_release(&numbers);
}

static void write_divisions(const struct county *c)
{
	const char *path = season_path(c->s, "divisions.csv");
	FILE *f = create(path);

	fprintf(f, "编码,名称,上级编码,级别,别名\r\n%s,%s,,county,\r\n", c->profile->region,
		c->profile->name);
	for (size_t i = 0; i < c->profile->n_towns; i++)
		fprintf(f, "%s,%s,%s,town,%s\r\n", c->profile->towns[i].code9,
			c->profile->towns[i].name, c->profile->region,
			c->profile->towns[i].aliases);
	for (size_t i = 0; i < c->n_villages; i++) {
		char name[NAME_BYTES];

		village_name(c, i, name);
		fprintf(f, "%" PRId64 ",%s,%s,village,\r\n", village_code(c, i), name,
			c->profile->towns[town_of(c, i)].code9);
	}
	finish(f, path);
}

static const char *const relations[] = { "配偶", "子", "女", "父亲", "母亲", "孙子" };

static void write_phone(FILE *f, struct rng *r)
{
	uint32_t kind = rng_below(r, LANDLINE);

	if (kind == 0)
		fprintf(f, "0557-%07u", 1000000 + rng_below(r, 8999999));
	else if (kind > 3)
		fprintf(f, "13%09u", rng_below(r, 1000000000));
}

static void write_resident(
	FILE *f, const struct county *c, size_t i, const char *number, const char *village)
{
	const struct resident *p = &c->people[i];
	struct rng r = rng_for(SEED, RNG_MESS, i);
	bool female = (p->number[16] - '0') % 2 == 0;
	char name[NAME_BYTES];

	name_person(&r, NATION_HAN, female, 1980, name_surname(&r), name);
	fprintf(f, "%s,%s,居民身份证,%s,汉族,%.4s-%.2s-%.2s,3413%08u,%s,%s,%s,,本县,%s,", name,
		number, female ? "女" : "男", p->number + 6, p->number + 10, p->number + 12,
		p->house, p->head ? "户主" : relations[rng_below(&r, ARRAY_LEN(relations))],
		c->profile->towns[town_of(c, p->village)].name, village,
		rng_below(&r, 5) ? "本县" : "外省");
	write_phone(f, &r);
	fputs(",\r\n", f);
}

/* `title` makes the same people another file. */
static int64_t write_residents(const struct county *c, const char *name, const char *title)
{
	const char *path = season_path(c->s, "%s", name);
	char village[NAME_BYTES] = "", wrong[NUMBER_BYTES];
	size_t at = SIZE_MAX;
	int64_t bad = 0;
	FILE *f = create(path);

	fprintf(f,
		"%s姓名,公民身份号码,证件类型,性别,民族,出生日期,户号,与户主关系,乡镇,村,区划编码,户籍地,常住地,"
		"联系电话,死亡日期\r\n",
		title);
	for (size_t i = 0; i < c->n; i++) {
		if (c->people[i].village != at) {
			at = c->people[i].village;
			village_name(c, at, village);
		}
		write_resident(f, c, i, c->people[i].number, village);
		if (i % BAD_ROW != 0)
			continue;
		memcpy(wrong, c->people[i].number, sizeof(wrong));
		wrong[17] = wrong[17] == '0' ? '1' : '0';
		write_resident(f, c, i, wrong, village);
		bad++;
	}
	finish(f, path);
	return bad;
}

static void write_lists(const struct county *c, struct season_files *ret)
{
	FILE *files[SEASON_LISTS_MAX] = { NULL };
	const struct pack *pack = c->s->policy.pack;

	for (size_t i = 0; i < c->n; i++) {
		const struct resident *p = &c->people[i];
		char name[NAME_BYTES];
		struct rng r = rng_for(SEED, RNG_MESS, i);
		int d;

		if (p->category < 0)
			continue;
		d = __builtin_ctz(pack->categories[p->category].certifiers);
		if (!files[d]) {
			files[d] = create(
				season_path(c->s, "list-%s.csv", vocab_department.words[d].code));
			fputs("姓名,身份证号,身份类别,认定时间\r\n", files[d]);
		}
		name_person(&r, NATION_HAN, (p->number[16] - '0') % 2 == 0, 1980, name_surname(&r),
			name);
		fprintf(files[d], "%s,%s,%.*s,2022-0%u-15\r\n", name, p->number,
			STR_ARG(pack->categories[p->category].name), 1 + rng_below(&r, 9));
		ret->list_rows[d]++;
	}
	for (size_t d = 0; d < SEASON_LISTS_MAX; d++)
		if (files[d])
			finish(files[d], vocab_department.words[d].code);
}

/* What a line of the payments is. */
enum line_kind { GOOD, SECOND, REPEATED, UNKNOWN };
struct line {
	uint64_t at; /* seconds since 1970, local */
	uint32_t person, serial;
	uint8_t kind;
};

static int64_t payable(const struct county *c, size_t i)
{
	const struct pack *p = c->s->policy.pack;
	int category = c->people[i].category;
	int64_t fen = pack_individual(p).fen;

	return category < 0 ? fen : fen - pack_category_subsidy(p, (size_t)category).fen;
}

static int by_time(const void *a, const void *b)
{
	const struct line *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->serial < y->serial ? -1 : x->serial > y->serial;
}

/* A line's instant follows from its serial, so that a repeated one is the same. */
static struct line line_of(
	const struct season *s, uint32_t person, uint32_t serial, enum line_kind kind)
{
	struct rng r = rng_for(SEED, RNG_PAY, 1 + (uint64_t)serial);
	uint32_t days = (uint32_t)(s->last_day - s->assess_on + 1);
	uint64_t day = (uint64_t)s->assess_on + rng_below(&r, days);

	return (struct line){ day * 86400 + rng_below(&r, 86400), person, serial, (uint8_t)kind };
}

/* Everybody who owes and is not spared pays once; what is missing to one line a person is the
 * mess that channels send: a second payment, the same line again, somebody unknown.  In order of
 * time, as a channel keeps them: in no order of persons. */
static struct line *plan_lines(const struct county *c, struct season_files *ret)
{
	struct line *lines = calloc(c->n, sizeof(*lines));
	struct rng r = rng_for(SEED, RNG_PAY, 0);
	size_t n = 0;

	season_must(lines != NULL, "out of", "memory");
	for (size_t i = 0; i < c->n; i++)
		if (!c->people[i].spared && payable(c, i) > 0) {
			lines[n] = line_of(c->s, (uint32_t)i, (uint32_t)n, GOOD);
			n++;
		}
	ret->good = (int64_t)n;
	for (; n < c->n; n++) {
		enum line_kind kind = 1 + (enum line_kind)(n % 3);
		struct line first = lines[rng_below(&r, (uint32_t)ret->good)];

		lines[n] = line_of(
			c->s, first.person, kind == REPEATED ? first.serial : (uint32_t)n, kind);
		ret->repeated += kind == REPEATED;
		ret->suspended += kind != REPEATED;
	}
	ret->lines = (int64_t)n;
	qsort(lines, n, sizeof(*lines), by_time);
	return lines;
}

static void write_line(FILE *f, const struct county *c, const struct line *l)
{
	const struct resident *p = &c->people[l->person];
	struct ymd d = day_to_ymd((day_t)(l->at / 86400));
	uint32_t second = (uint32_t)(l->at % 86400);
	char number[NUMBER_BYTES];
	int64_t fen = payable(c, l->person);

	memcpy(number, p->number, sizeof(number));
	if (l->kind == UNKNOWN) {
		/* Registered elsewhere: the same number with another county's prefix. */
		memcpy(number, "341324", 6);
		number[17] = number_check_char(number);
	}
	fprintf(f,
		"42000%04d%02d%02d%02u%02u%02u%07u,%s,%" PRId64
		".%02d,%04d-%02d-%02d %02u:%02u:%02u\r\n",
		d.year, d.month, d.day, second / 3600, second / 60 % 60, second % 60, l->serial,
		number, fen / 100, (int)(fen % 100), d.year, d.month, d.day, second / 3600,
		second / 60 % 60, second % 60);
}

static void write_payments(const struct county *c, struct season_files *ret)
{
	const char *path = season_path(c->s, "payments.csv");
	struct line *lines = plan_lines(c, ret);
	FILE *f = create(path);
	int64_t fen = 0;

	for (int64_t i = 0; i < ret->lines; i++)
		fen += payable(c, lines[i].person);
	ret->fen = fen;
	fprintf(f,
		"批次号,B20230101,笔数,%" PRId64 ",金额合计,%" PRId64 ".%02d,日期,2023-01-01\r\n"
		"流水号,证件号码,金额,缴费时间\r\n",
		ret->lines, fen / 100, (int)(fen % 100));
	for (int64_t i = 0; i < ret->lines; i++)
		write_line(f, c, &lines[i]);
	finish(f, path);
	free(lines);
}

void season_files_write(const struct season *s, void *arg, struct season_run *ret_ignored)
{
	struct season_files *ret = arg;
	struct county c = { .s = s, .profile = profile_find("341323"), .n = (size_t)s->people };

	(void)ret_ignored;
	season_must(c.profile != NULL, "no such county:", "341323");
	c.n_villages = c.n / VILLAGE_PEOPLE + c.profile->n_towns;
	c.people = calloc(c.n, sizeof(*c.people));
	season_must(c.people != NULL, "out of", "memory");
	plan_lists(&c);
	make_people(&c);
	write_divisions(&c);
	ret->bad_rows = write_residents(&c, "residents.csv", "");
	write_residents(&c, "residents-2.csv", "灵璧县居民名册（第二次报送）,,,,,,,,,,,,,,\r\n");
	write_lists(&c, ret);
	write_payments(&c, ret);
	free(c.people);
}
