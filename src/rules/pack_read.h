/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a pack's tree, shared by the pack_*.c files only: strict scalars, known keys, citations
 * that hold.  Every reader reports what is wrong and goes on, so that one run shows all errors;
 * callers get a harmless value then.  Running out of memory is remembered in `r->oom`. */
#ifndef CANBAO_RULES_PACK_READ_H
#define CANBAO_RULES_PACK_READ_H

#include "base/map.h"
#include "rules/ledger.h"
#include "rules/pack.h"
#include "rules/ytree.h"

struct pack_reader {
	struct arena *a;
	struct diags *d;
	struct pack *p;
	const struct ledger *ledger; /* NULL: citations are not checked */
	unsigned char *seen;         /* a flag for each figure of the ledger */
	struct str overlay;          /* file name of the overlay; its figures stand in no clause */
	struct str *cites;
	struct pack_reading *readings;
	struct pack_basis *bases;
	struct pack_tier *tiers; /* the tables still being filled */
	struct pack_band *bands;
	struct pack_category *categories;
	struct map names; /* folded names and aliases of categories */
	bool oom;
};

/* `n` zeroed items from the arena; NULL when n is 0 or memory is out (then r->oom). */
void *rd_array(struct pack_reader *r, size_t n, size_t size);
#define RD_ARRAY(r, type, n) ((type *)rd_array(r, n, sizeof(type)))

/* Is `n` a map with no other keys than `keys` (a NULL-terminated list; one that begins with '!'
 * must be there)?  Reports what is not so; true when n is a map at all. */
bool rd_keys(struct pack_reader *r, const struct ynode *n, const char *const *keys);
/* Is `n` a list of at most `max` items?  NULL is an empty one. */
size_t rd_list(struct pack_reader *r, const struct ynode *n, size_t max);
/* The i-th item when `n` is a list; `n` itself when it is a scalar and i is 0. */
const struct ynode *rd_item(const struct ynode *n, size_t i);
/* Number of items of a list, 1 for a scalar, 0 for NULL. */
size_t rd_items(const struct ynode *n);

/* Scalars.  A NULL node yields the absent value without complaint (it was optional). */
struct str rd_text(struct pack_reader *r, const struct ynode *n);
/* A code: lower-case letters, digits and underscores, at most 48. */
struct str rd_code(struct pack_reader *r, const struct ynode *n);
/* Report 代码 that two items of a list share. */
void rd_codes_differ(struct pack_reader *r, const struct ynode *list);
bool rd_yes(struct pack_reader *r, const struct ynode *n);  /* 是 or 否; false when absent */
int rd_local(struct pack_reader *r, const struct ynode *n); /* 本地 1, 外地 0, absent -1 */
int64_t rd_number(struct pack_reader *r, const struct ynode *n, const char *unit, int64_t max);
struct money rd_money(struct pack_reader *r, const struct ynode *n, uint16_t basis);
/* Hundredths of a percent: "50%" is 5000. */
int64_t rd_percent(struct pack_reader *r, const struct ynode *n, uint16_t basis);
day_t rd_day(
	struct pack_reader *r, const struct ynode *n, uint16_t basis); /* DAY_NONE when absent */
/* Last day that still counts: the day before the date under `before` (早于), or the one under
 * `by` (不晚于, 截止); DAY_NONE when neither is there. */
day_t rd_last_day(struct pack_reader *r, const struct ynode *n, const char *before, const char *by,
	uint16_t basis);
/* "2023-09-10..2023-12-31"; 待遇期首日 and 待遇期末日 may stand for a date. */
struct day_range rd_days(struct pack_reader *r, const struct ynode *n, uint16_t basis);
/* "90日", "3个月" at the start of *rest, which moves behind it. */
bool rd_span(struct str *rest, struct span *ret_span);
int64_t rd_count(struct pack_reader *r, const struct ynode *n, const char *unit, uint16_t basis);
/* Whole years "0..17". */
void rd_ages(struct pack_reader *r, const struct ynode *n, int16_t *ret_from, int16_t *ret_to);
/* A word of a closed vocabulary, or -1 (absent, or reported with the nearest one). */
int rd_word(struct pack_reader *r, const struct ynode *n, const struct vocab *v);
/* A scalar or list of words as a bit mask. */
uint32_t rd_words(struct pack_reader *r, const struct ynode *n, const struct vocab *v);

/* 依据 and 解释 of map `n`; without either, `inherited`, and where that is PACK_NONE an error. */
uint16_t rd_basis(struct pack_reader *r, const struct ynode *n, uint16_t inherited);
/* The same, but may be absent: PACK_NONE then. */
uint16_t rd_basis_optional(struct pack_reader *r, const struct ynode *n);
/* `figure`, written at `n`, must stand in a clause of `basis`, or in the words of one of its
 * readings. */
void rd_states(struct pack_reader *r, const struct ynode *n, struct str figure, uint16_t basis);

/* The department or fund `name`, written at `n`, must be named where `basis` cites. */
void rd_names(struct pack_reader *r, const struct ynode *n, struct str name, uint16_t basis);

/* Scalars no YAML author means as they stand: full-width digits, octal-looking numbers, NO. */
void rd_lint(struct pack_reader *r, const struct ynode *n);

/* Conditions on a person: 证件 年龄 学段 就学 户籍 常住 居住满 就业 身份 认定晚于 镇延期.  The
 * names of those keys go into the key lists of the maps that hold them. */
#define WHEN_KEYS \
	"证件", "年龄", "学段", "就学", "户籍", "常住", "居住满", "就业", "身份", "认定晚于", \
		"镇延期"
struct pack_when rd_when(struct pack_reader *r, const struct ynode *n, uint16_t basis);

/* The sections, one function each, each in the file of its subject. */
void pack_read_head(struct pack_reader *r, const struct ynode *root);     /* pack.c */
void pack_read_readings(struct pack_reader *r, const struct ynode *root); /* pack_basis.c */
void pack_read_categories(
	struct pack_reader *r, const struct ynode *root); /* pack_category.c: all but amounts */
void pack_read_standard(struct pack_reader *r, const struct ynode *root); /* pack_standard.c */
void pack_read_subsidies(
	struct pack_reader *r, const struct ynode *root); /* pack_subsidy.c: their amounts */
void pack_read_subsidy_rule(struct pack_reader *r, const struct ynode *root); /* pack_subsidy.c */
void pack_read_belonging(struct pack_reader *r, const struct ynode *root);    /* pack_who.c */
void pack_read_routes(struct pack_reader *r, const struct ynode *root);       /* pack_route.c */
void pack_read_refunds(struct pack_reader *r, const struct ynode *root);      /* pack_refund.c */
void pack_read_season(struct pack_reader *r, const struct ynode *root);       /* pack_season.c */
void pack_read_goals(struct pack_reader *r, const struct ynode *root);        /* pack_goal.c */

/* After all sections: compile the day table (pack_compile.c), report overlaps and gaps. */
void pack_compile(struct pack_reader *r);
void pack_check_routes(struct pack_reader *r, const struct ynode *root);

/* What one cell of the amounts rests on. */
struct pack_amounts {
	struct money *cells; /* n_tiers * n_bands * n_years, pack_price_index() */
	const struct money *
		of; /* the same shape: what 全额 and a percentage refer to; NULL: neither allowed */
	bool full, open; /* 全额 in every cell; 未定 */
};

/* Fill `amounts->cells` from `n`: a scalar, a map or a list of lines that name 档次, 年龄段 and
 * 年.  Every cell must come from exactly one line. */
void rd_amounts(struct pack_reader *r, const struct ynode *n, uint16_t basis,
	struct pack_amounts *amounts); /* pack_amount.c */

#endif
