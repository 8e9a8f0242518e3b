/* SPDX-License-Identifier: Apache-2.0 */
/* Reports of a season as tables that any door can print: progress, ranking, who is missing, special
 * groups.  Reading only. */
#ifndef CANBAO_ACTS_REPORT_H
#define CANBAO_ACTS_REPORT_H

#include "acts/env.h"

#define REPORT_COLUMNS_MAX 20
#define REPORT_ROWS_MAX 2000000

enum report_type {
	REPORT_TEXT,
	REPORT_COUNT, /* whole number */
	REPORT_RATE,  /* hundredths of a per cent: 9512 is 95.12 % */
	REPORT_FEN    /* money */
};

struct report_column {
	const char *key; /* stable, for JSON */
	const char *zh, *en;
	enum report_type type;
};

struct report_cell {
	struct str text; /* REPORT_TEXT; {NULL,0}: empty */
	/* Other types; REPORT_NONE: empty, printed as "—".  Beside a text: the code of the division
	 * it names, REPORT_NONE when it names none. */
	int64_t number;
};
#define REPORT_NONE INT64_MIN

struct report {
	const char *name; /* "ranking" */
	struct str title_zh, title_en;
	struct report_column columns[REPORT_COLUMNS_MAX];
	size_t n_columns;
	struct report_cell *cells; /* rows × n_columns */
	size_t n_rows, cap_rows;
	bool has_total; /* the last row is the sum */
	struct arena *arena;
};

struct report_request {
	const struct policy *policy;
	day_t on;
	int64_t town;    /* 12 digits; 0: the whole county */
	bool assessment; /* count only up to the policy's cut-off (LB-36) */
	bool unmask;     /* whole document numbers: for who is allowed */
	bool recent;     /* what takes a scan may be a minute old: for dashboards */
};

/* Towns with target, enrolled, rate, the day's count, online share (LB-02), money. */
MUST_USE int report_progress(const struct env *env, const struct report_request *q, struct arena *a,
	struct report *ret, struct err *err);
/* The same by rate, with ranks; towns with equal rates share one (LB-43). */
MUST_USE int report_ranking(const struct env *env, const struct report_request *q, struct arena *a,
	struct report *ret, struct err *err);
/* The villages of q->town with what was enrolled in each, target and rate where the targets' file
 * goes down to villages.  FAULT_MISSING when there is no such town. */
MUST_USE int report_villages(const struct env *env, const struct report_request *q, struct arena *a,
	struct report *ret, struct err *err);
/* Enrolments and money day by day up to q->on, of q->town or the county. */
MUST_USE int report_days(const struct env *env, const struct report_request *q, struct arena *a,
	struct report *ret, struct err *err);
/* Everybody without cover, village by village, household by household (LB-41). */
MUST_USE int report_unenrolled(const struct env *env, const struct report_request *q,
	struct arena *a, struct report *ret, struct err *err);
/* Special groups by category, and everyone of them who is missing, by name (LB-04, SQ-02, SQ-03).
 */
MUST_USE int report_special(const struct env *env, const struct report_request *q, struct arena *a,
	struct report *ret_groups, struct report *ret_missing, struct err *err);

/* Special groups by category, without anybody's name, at most a minute old (recent.h). */
MUST_USE int report_groups(const struct env *env, const struct report_request *q, struct arena *a,
	struct report *ret, struct err *err);
/* Money in suspense within env->scope by reason, without anybody's name. */
MUST_USE int report_waiting(const struct env *env, const struct report_request *q, struct arena *a,
	struct report *ret, struct err *err);

/* Money in suspense with its reason: what somebody has to look into. */
MUST_USE int report_suspense(const struct env *env, const struct report_request *q, struct arena *a,
	struct report *ret, struct err *err);

/* Build a report by hand: begin, add rows of n_columns cells. */
void report_begin(struct report *r, struct arena *a, const char *name,
	const struct report_column *columns, size_t n_columns);
MUST_USE struct report_cell *report_row(struct report *r);

/* "肃南裕固族自治县 参保进度（截至 2023-12-31）" and the same in English. */
void report_titles(struct report *r, struct arena *a, const struct report_request *q, day_t on,
	const char *zh, const char *en);
/* The day up to which is counted: q->on, or the pack's cut-off where that is asked for. */
day_t report_counted_to(const struct report_request *q);

/* part / whole in hundredths of a per cent, rounded, but 100 % only when nobody is missing;
 * REPORT_NONE when the whole is not positive. */
int64_t report_rate(int64_t part, int64_t whole);

/* Code of the division that row `i` is about; 0 when it is about none. */
int64_t report_row_code(const struct report *r, size_t i);

#endif
