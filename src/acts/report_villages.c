/* SPDX-License-Identifier: Apache-2.0 */
/* report villages, report days: from the county down to the village, and along the season.  Reads
 * tallies only. */
#include "acts/recent.h"
#include "acts/report.h"
#include "store/place.h"
#include "store/progress.h"

enum { VILLAGE, TARGET, ENROLLED, RATE, TODAY, ONLINE, FUNDED, PERSONAL, SUBSIDY, COLUMNS };

static const struct report_column village_columns[COLUMNS] = {
	[VILLAGE] = { "village", "村（社区）", "Village", REPORT_TEXT },
	[TARGET] = { "target", "目标数", "Target", REPORT_COUNT },
	[ENROLLED] = { "enrolled", "参保人数", "Enrolled", REPORT_COUNT },
	[RATE] = { "rate", "参保率", "Rate", REPORT_RATE },
	[TODAY] = { "today", "当日新增", "That day", REPORT_COUNT },
	[ONLINE] = { "online_share", "线上占比", "Online", REPORT_RATE },
	[FUNDED] = { "funded", "全额资助", "Fully funded", REPORT_COUNT },
	[PERSONAL] = { "personal_fen", "个人缴费", "Personal", REPORT_FEN },
	[SUBSIDY] = { "subsidy_fen", "资助金额", "Subsidy", REPORT_FEN },
};

enum { D_DAY, D_ENROLLED, D_ONLINE, D_FUNDED, D_PERSONAL, D_SUBSIDY, D_COLUMNS };

static const struct report_column day_columns[D_COLUMNS] = {
	[D_DAY] = { "day", "日期", "Day", REPORT_TEXT },
	[D_ENROLLED] = { "enrolled", "参保人数", "Enrolled", REPORT_COUNT },
	[D_ONLINE] = { "online", "线上", "Online", REPORT_COUNT },
	[D_FUNDED] = { "funded", "全额资助", "Fully funded", REPORT_COUNT },
	[D_PERSONAL] = { "personal_fen", "个人缴费", "Personal", REPORT_FEN },
	[D_SUBSIDY] = { "subsidy_fen", "资助金额", "Subsidy", REPORT_FEN },
};

struct reading {
	const struct env *env;
	const struct report_request *q;
	struct progress_scope scope;
	struct arena *a; /* outlives the transaction */
	struct report *out;
	struct places places;
	struct target *targets;
	size_t n_targets;
	struct progress_village *counted;
	size_t n_counted;
};

static int64_t planned_of(const struct reading *r, int64_t code)
{
	for (size_t i = 0; i < r->n_targets; i++)
		if (r->targets[i].division == code)
			return r->targets[i].planned;
	return -1;
}

static const struct progress_village *counted_in(const struct reading *r, int64_t code)
{
	for (size_t i = 0; i < r->n_counted; i++)
		if (r->counted[i].village == code)
			return &r->counted[i];
	return NULL;
}

static void fill(struct report_cell *row, const struct progress_village *v, int64_t planned)
{
	row[TARGET].number = planned < 0 ? REPORT_NONE : planned;
	row[ENROLLED].number = v->enrolled;
	row[RATE].number = report_rate(v->enrolled, planned);
	row[TODAY].number = v->today;
	row[ONLINE].number = report_rate(v->online, v->enrolled - v->funded);
	row[FUNDED].number = v->funded;
	row[PERSONAL].number = v->personal_fen;
	row[SUBSIDY].number = v->subsidy_fen;
}

static int village_row(struct reading *r, struct str name, int64_t code)
{
	static const struct progress_village nothing = { 0 };
	const struct progress_village *v = counted_in(r, code);
	struct report_cell *row = report_row(r->out);

	if (!row)
		return FAULT_MEMORY;
	fill(row, v ? v : &nothing, planned_of(r, code));
	row[VILLAGE].text = name;
	row[VILLAGE].number = code;
	return 0;
}

/* The town's own villages, then others whose people are counted here (SN-18), or the town itself.
 */
static int village_rows(struct reading *r, const struct place *town)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < r->places.n; i++) {
		const struct place *p = &r->places.items[i];

		if (p->level == PLACE_VILLAGE && p->parent == town->code)
			rc = village_row(r, p->name, p->code);
	}
	for (size_t i = 0; rc == 0 && i < r->n_counted; i++) {
		const struct place *p = place_by_code(&r->places, r->counted[i].village);

		if (!p || p->level != PLACE_VILLAGE || p->parent != town->code)
			rc = village_row(r, p ? p->name : STR("?"), r->counted[i].village);
	}
	return rc;
}

static int total_row(struct reading *r)
{
	struct progress_village sum = { 0 };
	struct report_cell *row = report_row(r->out);

	if (!row)
		return FAULT_MEMORY;
	for (size_t i = 0; i < r->n_counted; i++) {
		const struct progress_village *v = &r->counted[i];

		sum.enrolled += v->enrolled;
		sum.today += v->today;
		sum.online += v->online;
		sum.funded += v->funded;
		sum.personal_fen += v->personal_fen;
		sum.subsidy_fen += v->subsidy_fen;
	}
	fill(row, &sum, planned_of(r, r->q->town));
	row[VILLAGE].text = STR("合计");
	r->out->has_total = true;
	return 0;
}

static int villages_tx(struct db *db, struct arena *scratch, void *arg)
{
	struct reading *r = arg;
	const struct place *town;
	int rc = places_load(db, r->a, r->env->county, &r->places);

	(void)scratch;
	report_begin(r->out, r->a, "villages", village_columns, COLUMNS);
	if (rc < 0)
		return rc;
	town = place_by_code(&r->places, r->q->town);
	if (!town || town->level != PLACE_TOWN)
		return FAULT_MISSING;
	rc = (r->q->recent ? villages_recent : progress_by_village)(
		db, r->a, &r->scope, town->code, &r->counted, &r->n_counted);
	if (rc == 0)
		rc = targets_load(
			db, r->a, r->env->county, r->scope.policy, &r->targets, &r->n_targets);
	if (rc == 0)
		rc = village_rows(r, town);
	return rc < 0 ? rc : total_row(r);
}

static int days_tx(struct db *db, struct arena *scratch, void *arg)
{
	struct reading *r = arg;
	struct progress_day *days;
	size_t n;
	int rc = (r->q->recent ? days_recent : progress_by_day)(
		db, r->a, &r->scope, r->q->town, &days, &n);

	(void)scratch;
	report_begin(r->out, r->a, "days", day_columns, D_COLUMNS);
	for (size_t i = 0; rc == 0 && i < n; i++) {
		struct report_cell *row = report_row(r->out);
		char day[11];

		if (!row)
			return FAULT_MEMORY;
		day_text(days[i].day, day);
		row[D_DAY].text = arena_str(r->a, str_of(day));
		row[D_ENROLLED].number = days[i].enrolled;
		row[D_ONLINE].number = days[i].online;
		row[D_FUNDED].number = days[i].funded;
		row[D_PERSONAL].number = days[i].personal_fen;
		row[D_SUBSIDY].number = days[i].subsidy_fen;
		if (!row[D_DAY].text.p)
			return FAULT_MEMORY;
	}
	return rc;
}

static int run(const struct env *env, const struct report_request *q, struct arena *a, act_fn fn,
	const char *zh, const char *en, struct report *ret, struct err *err)
{
	struct reading r = { .env = env,
		.q = q,
		.a = a,
		.out = ret,
		.scope = { env->county, q->policy->pack->code, q->policy->pack->benefit_year,
			report_counted_to(q) } };
	int rc = store_read(env->store, fn, &r);

	if (rc < 0)
		return err_set(err, (enum fault)rc, "%s", fault_text(rc));
	report_titles(ret, a, q, r.scope.on, zh, en);
	return 0;
}

int report_villages(const struct env *env, const struct report_request *q, struct arena *a,
	struct report *ret, struct err *err)
{
	return run(env, q, a, villages_tx, "各村参保进度", "progress by village", ret, err);
}

int report_days(const struct env *env, const struct report_request *q, struct arena *a,
	struct report *ret, struct err *err)
{
	return run(env, q, a, days_tx, "每日参保", "by day", ret, err);
}
