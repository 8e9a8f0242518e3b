/* SPDX-License-Identifier: Apache-2.0 */
/* A notice's ledger (clauses.yaml): for each numbered clause a line in our words and every figure,
 * department and fund it states.  A pack's rules are checked against it, and it is checked against
 * the notice's text where the operator has that.
 *
 *   台账: 1
 *   代码: sunan-2024
 *   文号: 肃医保〔2023〕48号
 *   标题: …
 *   印发: 2023-09-25
 *   条:
 *     - { 号: 文首, 概要: …, 年度: [2023年度], 引文: [张医保发〔2023〕31号] }
 *     - { 号: 二(二), 概要: …, 年度: [2023年], 金额: [30元, 380元, 640元, 512元, 112元, 16元] }
 *     - { 号: 二(三), 概要: …, 续: [具有多重身份], 资金: [医疗救助] }
 *
 * `号` is the notice's own numbering as docs/clauses.tsv writes it: 二, 二(三), 二(三)2; 文首,
 * 文末 and 附件 for what stands outside the numbers; a word behind the number (三(三)税务) for
 * an unnumbered paragraph or a number used twice.  Each list of figures holds all of that kind
 * that the clause's own text states, in its order, repeats included.  `续` names the first words
 * of paragraphs that belong to this clause though they follow another one's number; a clause
 * whose number the notice does not print is found by them alone. */
#ifndef CANBAO_RULES_LEDGER_H
#define CANBAO_RULES_LEDGER_H

#include "rules/figure.h"

#define LEDGER_CLAUSES_MAX 500
#define LEDGER_FIGURES_MAX 5000

struct ledger_word {
	struct str text;
	struct mark mark;
};

struct ledger_words {
	struct ledger_word *items;
	size_t n;
};

struct ledger_clause {
	struct str number; /* "二(三)2" */
	struct str gist;   /* our line about it */
	struct mark mark;
	struct figure *figures; /* grouped by kind, each kind in the text's order */
	size_t n_figures;
	struct ledger_words departments, funds;
	struct ledger_words begins; /* 续 */
};

struct ledger {
	struct str code, document, title; /* 代码, 文号 (未载明 when it bears none), 标题 */
	day_t issued;                     /* 印发 */
	struct mark mark, document_mark, issued_mark;
	struct ledger_clause *clauses; /* in the notice's order */
	size_t n_clauses;
	size_t n_figures; /* of all clauses; figure ids run from 0 to n_figures - 1 */
};

/* Read clauses.yaml from memory; everything lives in `a` and borrows `file` and `text`.  0,
 * FAULT_FORMAT after reporting all that is wrong into `d`, FAULT_MEMORY. */
MUST_USE int ledger_load(struct arena *a, struct str file, struct str text, struct diags *d,
	struct ledger **ret_ledger);

/* The clause numbered `number`; a range ("三(一)1-6") is its parent when all its members are
 * there.  NULL when there is none. */
const struct ledger_clause *ledger_clause(const struct ledger *l, struct str number);
/* The clause that is numbered like `number` but for spaces and full-width brackets, else the
 * nearest one; for "did you mean".  NULL in an empty ledger. */
const struct ledger_clause *ledger_nearest(const struct ledger *l, struct str number);

/* Does this figure stand where `c` is cited: in `c` itself, in a clause below it, or in the own
 * text of one above it (二 and 二(三) for 二(三)2)?  Siblings do not count.  Text that is no
 * figure: false. */
bool ledger_states(const struct ledger *l, const struct ledger_clause *c, struct str figure);
/* The same for a figure already parsed; marks seen[id] of every place where it stands (seen has
 * l->n_figures flags; may be NULL).  Returns how many places. */
size_t ledger_find(const struct ledger *l, const struct ledger_clause *c, const struct figure *f,
	unsigned char *seen);
/* Does `c`, with those above and below it as before, name this department or fund?  A name
 * and a longer form of it are the same (民政 and 县民政局, 医疗救助 and 医疗救助资金). */
bool ledger_names(const struct ledger *l, const struct ledger_clause *c, struct str name);

/* Hold the ledger against the notice's text, clause by clause: every clause is there on both
 * sides, every figure, date and document number the same and in the same order, departments and
 * funds named. Line breaks and spaces inside numbers, full-width forms, page numbers, Markdown
 * marks and implied years are seen through.  Differences go to `d` with the place in the notice
 * and in the ledger; the number of errors added is returned, or FAULT_MEMORY. */
MUST_USE int ledger_check_notice(
	const struct ledger *l, struct str file, struct str text, struct arena *a, struct diags *d);

#endif
