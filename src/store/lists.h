/* SPDX-License-Identifier: Apache-2.0 */
/* What departments say of persons: category memberships, students, insurance elsewhere,
 * circumstances. */
#ifndef CANBAO_STORE_LISTS_H
#define CANBAO_STORE_LISTS_H

#include "base/arena.h"
#include "base/day.h"
#include "store/db.h"

struct membership {
	int64_t person;
	struct str category;    /* stable code of the pack */
	day_t certified, ended; /* `ended`: first day without; DAY_NONE: open */
	struct str department;  /* who certified */
	struct str entered_by;  /* whose list carried it */
	int64_t file;
};
/* Add a membership, or set the end of the one that began the same day. */
MUST_USE int membership_put(
	struct db *db, int64_t county, const struct membership *m, int64_t audit);
/* End every open membership of `person` in `category` on `ended` (> its certification).  Returns
 * how many were ended. */
MUST_USE int64_t membership_end(struct db *db, int64_t county, int64_t person, struct str category,
	day_t ended, int64_t audit);

/* What a complete list carries, collected for comparison. */
MUST_USE int listed_begin(struct db *db);
MUST_USE int listed_add(struct db *db, int64_t person, struct str category);
/* A membership that the complete list of `entered_by` no longer carries. */
struct unlisted {
	int64_t person;
	struct str category;
};
MUST_USE int listed_missing(struct db *db, struct arena *a, int64_t county, struct str entered_by,
	day_t as_of, struct unlisted **ret_items, size_t *ret_n);

/* Read them off a statement that gives person and category, and reset it. */
MUST_USE int unlisted_read(
	struct stmt *s, struct arena *a, struct unlisted **ret_items, size_t *ret_n);

struct student {
	int64_t person;
	struct str level; /* college, school, nursery */
	bool local;       /* the school is in this county */
	struct str school;
};
/* 1: new, 2: changed, 0: as before; or a fault. */
/* The school somebody is a student of, into `a`; {NULL,0} when it is not named.  1, 0: no student;
 * a fault. */
MUST_USE int student_school(
	struct db *db, struct arena *a, int64_t county, int64_t person, struct str *ret_school);
MUST_USE int student_put(struct db *db, int64_t county, const struct student *st, int64_t audit);

struct coverage_row {
	int64_t person;
	struct str scheme; /* 310 employee insurance, 390 residents' insurance elsewhere */
	day_t since, ended;
	int64_t months; /* -1: not known */
	struct str place;
};
MUST_USE int coverage_put(
	struct db *db, int64_t county, const struct coverage_row *c, int64_t audit);

struct circumstance_row {
	int64_t person;
	struct str kind; /* stable code of pack_vocab.h */
	day_t happened;
	int64_t months;
	struct str evidence, evidence_no; /* {NULL,0} when none is filed */
};
MUST_USE int circumstance_put(
	struct db *db, int64_t county, const struct circumstance_row *c, int64_t audit);

#endif
