/* SPDX-License-Identifier: Apache-2.0 */
/* A county made for one test: a store on either engine, a pack of the tree, divisions with a few
 * villages, and files written as offices send them.  Everything goes through the acts' own doors;
 * county_ask and county_damage look at the store from beside it.
 *
 * Texts live until the next county is made.  What cannot be made fails the test. */
#ifndef CANBAO_TESTS_ACTS_COUNTY_H
#define CANBAO_TESTS_ACTS_COUNTY_H

#include "check.h"

#include "acts/assess.h"
#include "acts/audit_books.h"
#include "acts/explain.h"
#include "acts/imports.h"
#include "acts/report.h"
#include "acts/take_payment.h"
#include "store/fixture.h"

struct county {
	struct fixture *f;
	struct arena arena;
	struct policy policy;
	struct env env; /* `today` and `reason` are the test's to set */
	struct import_report report;
	int files; /* written so far */
};

/* The county of pack `code` in the test's own store, its divisions taken in, `today` the first
 * day of the pack's window. */
struct county *county_make(void **state, const char *code);
/* Another county in the same store. */
struct county *county_beside(struct county *c, const char *code);

day_t day(const char *text);
/* A citizen number born on `ymd` ("19800131") with a good check digit; odd `seq` is a man. */
const char *citizen(const struct county *c, const char *ymd, int seq);
/* The same in the 15 digits of before 1999. */
const char *citizen15(const struct county *c, const char *ymd, int seq);

/* Write a file and give its path.  Text is what a CSV holds; the XLSX has its cells split at
 * commas and stores every cell as text. */
const char *csv(struct county *c, const char *fmt, ...) PRINTF_LIKE(2, 3);
const char *gb18030(struct county *c, const char *fmt, ...) PRINTF_LIKE(2, 3);
const char *xlsx(struct county *c, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* A file's bytes. */
struct str county_file(struct county *c, const char *path);
const char *county_text(struct county *c, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* Import.  `policy` and `as_of` (today) are filled in.  TAKES fails the test with the import's
 * own words, TRIES gives the status; c->report tells the rest. */
int county_import(struct county *c, const struct import_kind *kind, struct import_request q,
	bool must, const char *file, int line);
#define TAKES(c, kind, ...) \
	(void)county_import(c, &import_##kind, (struct import_request){ __VA_ARGS__ }, true, \
		__FILE__, __LINE__)
#define TRIES(c, kind, ...) \
	county_import(c, &import_##kind, (struct import_request){ __VA_ARGS__ }, false, __FILE__, \
		__LINE__)
/* rows, added, changed, unchanged, rejected of the last import. */
#define assert_report(c, rows, added, changed, unchanged, rejected) \
	county_report(c, rows, added, changed, unchanged, rejected, __FILE__, __LINE__)
void county_report(const struct county *c, int64_t rows, int64_t added, int64_t changed,
	int64_t unchanged, int64_t rejected, const char *file, int line);

/* `n` adults registered and living in `town` (in its 一村 where there is one), named 居民1 …; their
 * numbers, the same for the same `seq`. */
const char **county_crowd(struct county *c, const char *town, int n, int seq);

/* One line of a channel's batch. */
struct slip {
	const char *serial, *number, *yuan, *at;
	const char *part, *bill;
};
/* A payment file with a true first row. */
const char *county_batch(struct county *c, const struct slip *slips, size_t n);
/* Take one payment as an act of its own. */
struct take_result county_pay(struct county *c, const char *channel, const char *serial,
	const char *number, int64_t fen, const char *on);
/* The same without assertions, for threads: the act's status. */
int county_pay_raw(struct county *c, const char *channel, const char *serial, const char *number,
	int64_t fen, const char *on, struct take_result *ret_result);

const struct assess_report *county_assess(struct county *c, const char *on);
const struct explanation *county_explain(struct county *c, const char *number, const char *on);
/* What stands about a person: the ruling's route or refusal code. */
const char *county_ruling(struct county *c, const char *number, const char *on);

typedef int (*county_report_fn)(const struct env *env, const struct report_request *q,
	struct arena *a, struct report *ret, struct err *err);
struct report *county_read(struct county *c, county_report_fn fn, const char *on);
/* The cell of column `key` in the row that holds `text`; fails when there is none. */
const struct report_cell *report_at(const struct report *r, const char *text, const char *key);
/* How many rows hold `text`. */
size_t report_count(const struct report *r, const char *text);
const struct report_cell *report_total(const struct report *r, const char *key);

const struct audit_report *county_audit(struct county *c);
/* Fails with the findings when the books do not agree. */
void county_clean(struct county *c);

/* Look at the store from beside it: the first column of the only row (0 when it is NULL or there
 * is no row). */
int64_t county_ask(struct county *c, const char *fmt, ...) PRINTF_LIKE(2, 3);
const char *county_ask_text(struct county *c, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Change rows behind canbao's back, with every CHECK switched off.  Fails unless exactly one row
 * changed. */
void county_damage(struct county *c, const char *fmt, ...) PRINTF_LIKE(2, 3);

#endif
