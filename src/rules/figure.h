/* SPDX-License-Identifier: Apache-2.0 */
/* A figure that a notice states: an amount, a share, a date, a term, a count, a year, another
 * notice's number.  Written in many ways ("90天内", "９０ 日", "10万元", "2022 年11月底前"),
 * compared by what it means. */
#ifndef CANBAO_RULES_FIGURE_H
#define CANBAO_RULES_FIGURE_H

#include "base/day.h"
#include "rules/diag.h"

/* X(name, key of the list in clauses.yaml, English) */
#define FIGURE_KINDS(X) \
	X(MONEY, "金额", "amount")  /* value: fen; "10万元" is 100000 yuan */ \
	X(PERCENT, "比例", "share") /* value: hundredths of a percent; "50%" is 5000 */ \
	X(DATE, "日期", "date")     /* value: day_t; a month's end ("11月底") is its last day */ \
	X(MONTH, "日期", "month")   /* value: year * 12 + month - 1, or DAY_NONE; "2023年9月" */ \
	X(TERM_DAYS, "期限", "term")   /* value: days; "两周" is 14 */ \
	X(TERM_MONTHS, "期限", "term") /* value: months; "2年" is 24 */ \
	X(COUNT, "数量", "count")      /* value: how many, whatever the unit; "109万人" */ \
	X(YEAR, "年度", "year")        /* value: the year of "2023年度" */ \
	X(REFERENCE, "引文", "document number") /* "〔2022〕41号": year * 100000 + number */

enum figure_kind {
#define X(name, key, en) FIGURE_##name,
	FIGURE_KINDS(X)
#undef X
		FIGURE_KIND_COUNT
};

struct figure {
	enum figure_kind kind;
	int64_t value;     /* as above; DAY_NONE for a date whose year nobody says */
	int32_t month_day; /* MMDD of a date written without its year (DD 99: a month's end, 00: a
			    * month); -1 for a day no month has; else 0 */
	size_t id;         /* in a ledger: its index among all of the ledger's figures */
	struct str text;  /* as written */
	struct mark mark; /* where */
};

/* Read one figure and nothing else: "380元", "50%", "90日", "3个月", "2年", "2022-12-31",
 * "2022年12月31日", "12月31日", "12月底", "29500人", "3", "2023年度", "张医保发〔2023〕31号".
 * Borrows `text`. */
MUST_USE bool figure_parse(struct str text, struct figure *ret_figure);
/* The same meaning: kind and value; a date without a year equals any that has its month and day. */
bool figure_equal(const struct figure *a, const struct figure *b);
/* The Chinese list key of a kind ("金额"). */
const char *figure_kind_key(enum figure_kind kind);

/* Append one code point's bytes folded for figures: as utf8_fold, but commas and points stay apart
 * from middle dots, so that "1,090,000" and "262.50" can be told from lists. */
void figure_fold(struct buf *b, struct str one);
/* The same for a whole text. */
void figure_fold_text(struct buf *b, struct str text);

/* Walk through the figures of a folded text.  A day and month without a year take the year of the
 * date before them in the same text. */
struct figure_scan {
	struct str text;
	size_t at;
	int year; /* of the last date that had one; 0 at first */
};

void figure_scan_init(struct figure_scan *s, struct str folded);
/* True with the next figure; its text is the part of the folded text it was read from. */
bool figure_next(struct figure_scan *s, struct figure *ret_figure);

#endif
