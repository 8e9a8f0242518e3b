/* SPDX-License-Identifier: Apache-2.0 */
/* import students: a school's roster.  Pupils at schools here may enrol wherever they are
 * registered (LB-05); college students enrol where their school is (SQ-42). */
#include "acts/imports.h"
#include "acts/listing.h"
#include "store/lists.h"

enum { NAME, NUMBER, KIND, SCHOOL, LEVEL, AT, COLUMNS };

static const struct column columns[COLUMNS] = {
	[NAME] = { "姓名", HOLDER_NAME_ALIASES, true },
	[NUMBER] = { "证件号码", HOLDER_NUMBER_ALIASES, true },
	[KIND] = { "证件类型", HOLDER_KIND_ALIASES, false },
	[SCHOOL] = { "学校", "学校名称|就读学校|学校（幼儿园）", false },
	[LEVEL] = { "学段", "年级|学历层次|就读阶段|学校类别|学校类型", true },
	[AT] = { "学校所在地", "学校地址|是否本县学校|学校所在县", false },
};

struct students {
	struct listing listing;
};

static int begin(struct import *im)
{
	struct students *st = im->state;

	return listing_begin(im, &st->listing);
}

/* 01..06 primary, 07..12 secondary, 20..25 college are the year codes school rosters bear. */
static const char *level_of(struct str s)
{
	static const struct {
		const char *word, *level;
	} words[] = { { "幼儿园", "nursery" }, { "托幼", "nursery" }, { "托育", "nursery" },
		{ "学前", "nursery" }, { "nursery", "nursery" }, { "小班", "nursery" },
		{ "中班", "nursery" }, { "大班", "nursery" }, { "大学", "college" },
		{ "大专", "college" }, { "中专", "college" }, { "大中专", "college" },
		{ "本科", "college" }, { "专科", "college" }, { "高职", "college" },
		{ "研究生", "college" }, { "college", "college" }, { "小学", "school" },
		{ "初中", "school" }, { "高中", "school" }, { "中小学", "school" },
		{ "中学", "school" }, { "中职", "school" }, { "职高", "school" },
		{ "年级", "school" }, { "初", "school" }, { "高", "school" },
		{ "school", "school" } };
	int64_t n;

	if (s.n == 2 && str_int(s, &n))
		return n >= 20 && n <= 25 ? "college" : n >= 1 && n <= 12 ? "school" : NULL;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_find(s, str_of(words[i].word)) >= 0)
			return words[i].level;
	return NULL;
}

static bool school_here(struct import *im)
{
	struct str s = table_cell(&im->table, AT);

	if (s.n == 0 || str_is(s, "本县") || str_is(s, "本区") || str_is(s, "是") ||
		str_is(s, "本地"))
		return true;
	if (im->places.n && str_find(s, im->places.items[0].name) >= 0)
		return true;
	return place_by_name(&im->places, 0, s, &im->scratch) != NULL;
}

static int row(struct import *im)
{
	struct students *st = im->state;
	struct student *s = ARENA_NEW(&im->chunk, struct student);
	struct str name = holder_name(im, NAME), school = table_cell(&im->table, SCHOOL);
	const char *level = level_of(table_cell(&im->table, LEVEL));
	struct holder h;

	if (!s)
		return FAULT_MEMORY;
	if (!level)
		import_problem(im,
			"学段不认识；请写 幼儿园、小学、初中、高中、中职 或 大中专 / unknown level of school");
	if (im->env->scope.school.p && school.n && !str_eq(school, im->env->scope.school))
		import_problem(im,
			"只能导入本校学生，学校名称应为本校或留空 / only your own school's students");
	if (school.n == 0 && im->env->scope.school.p)
		school = im->env->scope.school;
	if (school.n > 200)
		import_problem(im, "学校名称太长 / the name of the school is too long");
	if (!holder_read(im, NUMBER, table_has(&im->table, KIND) ? KIND : -1, &h) || im->n_problems)
		return 0;
	*s = (struct student){ .level = str_of(level), .local = school_here(im) };
	if (school.n)
		s->school = arena_str(&im->chunk, school);
	return listing_add(im, &st->listing, &h, name, s) ? 0 : FAULT_MEMORY;
}

/* Being on a school's roster lets the school see a person.  So a school alone cannot claim
 * another's pupil or somebody too old for it: the education bureau enters those. */
static int claim(struct import *im, const struct listing_row *r, const struct dossier *d)
{
	const struct student *s = r->data;
	const int oldest = str_is(s->level, "nursery") ? 7 : str_is(s->level, "school") ? 22 : 40;
	struct str school = { NULL, 0 };
	int rc = student_school(im->db, &im->chunk, im->env->county, d->person, &school);

	if (rc < 0)
		return rc;
	if (rc == 1 && school.p && !str_eq(school, im->env->scope.school))
		return import_reject_kept(im, r->kept,
			"已是其他学校的学生，转学请由教育局导入 / another school's student; the education bureau enters transfers");
	if (day_age(d->birth, im->env->today) > oldest)
		return import_reject_kept(im, r->kept,
			"年龄与学段不符，请由教育局核实后导入 / the age does not fit the level; ask the education bureau");
	return 1;
}

static int flush(struct import *im)
{
	struct students *st = im->state;
	struct dossier *d;
	int rc = listing_resolve(im, &st->listing, NULL, &d);

	for (size_t i = 0; rc >= 0 && i < im->chunk_rows; i++) {
		struct student *s = st->listing.rows[i].data;

		if (d[i].person == 0)
			continue;
		if (im->env->scope.school.p) {
			rc = claim(im, &st->listing.rows[i], &d[i]);
			if (rc != 1)
				continue;
		}
		s->person = d[i].person;
		rc = student_put(im->db, im->env->county, s, im->audit);
		im->report->unchanged += rc == 0;
		im->report->added += rc == 1;
		im->report->changed += rc == 2;
	}
	return rc < 0 ? rc : 0;
}

const struct import_kind import_students = {
	.name = "students",
	.act = "import_students",
	.columns = columns,
	.n_columns = COLUMNS,
	.key = NUMBER,
	.state_size = sizeof(struct students),
	.begin = begin,
	.open = listing_open,
	.row = row,
	.flush = flush,
};
