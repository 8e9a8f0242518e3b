/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a season: how far each town is, who is missing. */
#ifndef CANBAO_STORE_PROGRESS_H
#define CANBAO_STORE_PROGRESS_H

#include "base/arena.h"
#include "base/day.h"
#include "store/db.h"
#include "store/scope.h"

struct progress_scope {
	int64_t county;
	struct str policy;
	int benefit_year;
	day_t on; /* counted up to the end of this day */
};

struct progress_town {
	int64_t town; /* 12 digits */
	int64_t enrolled, today, online, funded, personal_fen, subsidy_fen;
};
MUST_USE int progress_by_town(struct db *db, struct arena *a, const struct progress_scope *s,
	struct progress_town **ret_items, size_t *ret_n);

struct progress_village {
	int64_t village; /* 12 digits */
	int64_t enrolled, today, online, funded, personal_fen, subsidy_fen;
};
/* The same by village of those counted in `town`. */
MUST_USE int progress_by_village(struct db *db, struct arena *a, const struct progress_scope *s,
	int64_t town, struct progress_village **ret_items, size_t *ret_n);

struct progress_day {
	day_t day;
	int64_t enrolled, online, funded, personal_fen, subsidy_fen;
};
/* By day up to s->on, of `town` (0: the county); days without anything are left out. */
MUST_USE int progress_by_day(struct db *db, struct arena *a, const struct progress_scope *s,
	int64_t town, struct progress_day **ret_items, size_t *ret_n);

struct town_count {
	int64_t town, persons;
};
/* People in employee insurance on the day, by town. */
MUST_USE int employees_by_town(struct db *db, struct arena *a, const struct progress_scope *s,
	struct town_count **ret_items, size_t *ret_n);

/* Somebody without cover.  Texts live until the next row. */
struct missing {
	int64_t person, town, village;
	struct str name, doc_seal, household;
	int sex;
	day_t birth;
	int64_t payable_fen; /* -1: no bill stands */
	struct str category; /* of the bill */
	struct str refusal;  /* reason of the last assessment */
};
/* Call `fn` for each person of a village without cover on the day; a negative answer stops. */
MUST_USE int unenrolled_of_village(struct db *db, const struct progress_scope *s, int64_t village,
	int (*fn)(void *ctx, const struct missing *m), void *ctx);

/* Where a page of them ended. */
struct missing_key {
	struct str household; /* {NULL,0}: of none */
	int64_t person;       /* 0: from the start */
};
/* The same within somebody's scope, by household and person, going on behind `after`.  `fn` stops
 * with 1 (enough) or a fault. */
MUST_USE int missing_page(struct db *db, const struct scope_bind *within,
	const struct progress_scope *s, int64_t village, const struct missing_key *after,
	int (*fn)(void *ctx, const struct missing *m), void *ctx);
/* Codes of the categories somebody is in on a day. */
MUST_USE int memberships_on(struct db *db, struct arena *a, int64_t county, int64_t person,
	day_t on, struct str **ret_codes, size_t *ret_n);
/* 1 when the county has this town or village, 0, or a fault. */
MUST_USE int division_known(struct db *db, int64_t county, int64_t code);

struct special {
	struct missing who;
	struct str category;
	bool enrolled; /* in residents' insurance of this benefit year */
	bool covered;  /* by another scheme on the day */
	bool dead;
};
/* Call `fn` for each active membership of persons with after < id <= upto, by person. */
MUST_USE int special_page(struct db *db, const struct progress_scope *s, int64_t after,
	int64_t upto, int (*fn)(void *ctx, const struct special *sp), void *ctx);

/* Active memberships by place and category, the dead left out.  Texts live in `a`. */
struct special_count {
	int64_t town, village;
	struct str category;
	int64_t total;
	int64_t enrolled; /* in residents' insurance of this benefit year */
	int64_t covered;  /* not so, but by another scheme on the day */
};
MUST_USE int special_by_village(struct db *db, struct arena *a, const struct progress_scope *s,
	struct special_count **ret_items, size_t *ret_n);

/* An active membership of somebody living whom no insurance covers. */
struct special_gap {
	int64_t town, village, person;
	struct str category;
};
/* Call `fn` for each, a person's together, by place.  Texts live until the next row. */
MUST_USE int special_without(struct db *db, const struct progress_scope *s,
	int (*fn)(void *ctx, const struct special_gap *g), void *ctx);

/* Money that waits.  Texts live until the next row. */
struct waiting {
	int64_t payment, fen, paid_at, town; /* town 0: nobody is known */
	struct str channel, serial, reason, name;
};
/* Call `fn` for each open suspense of payments made up to the end of the day (China time). */
MUST_USE int suspense_open(struct db *db, const struct progress_scope *s,
	int (*fn)(void *ctx, const struct waiting *w), void *ctx);

#endif
