/* SPDX-License-Identifier: Apache-2.0 */
/* 一分钟内的数 figures that take a scan of the population, kept for a minute: dashboards ask them
 * again and again, and never scan.  One a process; whoever comes while a figure is being made waits
 * for it instead of making it too.  Only readers that say `recent` get them. */
#ifndef CANBAO_ACTS_RECENT_H
#define CANBAO_ACTS_RECENT_H

#include "acts/report.h"
#include "store/progress.h"

#define RECENT_SECONDS 60
#define RECENT_TALLY_SECONDS 5 /* sums of tallies: no scan of persons, but dear when asked by all \
				*/

/* employees_by_town, at most a minute old. */
MUST_USE int employees_recent(struct db *db, struct arena *a, const struct progress_scope *s,
	struct town_count **ret_items, size_t *ret_n);

/* progress_by_town, progress_by_village and progress_by_day, at most five seconds old. */
MUST_USE int towns_recent(struct db *db, struct arena *a, const struct progress_scope *s,
	struct progress_town **ret_items, size_t *ret_n);
MUST_USE int villages_recent(struct db *db, struct arena *a, const struct progress_scope *s,
	int64_t town, struct progress_village **ret_items, size_t *ret_n);
MUST_USE int days_recent(struct db *db, struct arena *a, const struct progress_scope *s,
	int64_t town, struct progress_day **ret_items, size_t *ret_n);

/* One of the groups that must be covered completely. */
struct special_sum {
	int category; /* of the pack */
	int64_t total, enrolled, covered;
};
/* By category in the pack's order, categories that must be covered only; `area` a town or village,
 * 0: the county. */
MUST_USE int special_recent(const struct env *env, const struct policy *policy, day_t on,
	int64_t area, struct arena *a, struct special_sum **ret_items, size_t *ret_n);
/* How many people of the area are in one of `categories` (a bit each in the pack's order) and have
 * no cover on the day: heads, where special_recent counts somebody of two groups twice. */
MUST_USE int special_people_recent(const struct env *env, const struct policy *policy, day_t on,
	int64_t area, uint64_t categories, int64_t *ret_people);

/* Tests and a store that is closed: forget everything. */
void recent_forget(void);

#endif
