/* SPDX-License-Identifier: Apache-2.0 */
/* The text of a notice cut into the clauses of its ledger.  Used by ledger_check_notice only. */
#ifndef CANBAO_RULES_NOTICE_H
#define CANBAO_RULES_NOTICE_H

#include "rules/ledger.h"

#define NOTICE_BYTES_MAX (4u * 1024u * 1024u)

/* One line of the notice: its folded content without number and marks, and whose text it is. */
struct notice_line {
	size_t source;      /* offset of the line in the notice */
	size_t from, until; /* folded bytes */
	const struct ledger_clause *clause;
};

struct notice {
	const struct ledger *ledger;
	struct arena *arena;
	struct diags *diags;
	struct str file, text;
	struct buf folded;
	uint32_t *origin; /* of each folded byte: its offset in the notice; 2 for a byte of text */
	struct notice_line *lines;
	size_t n_lines, lines_cap;
	int chapter, section, item; /* numbers of the place reached; 0 before the first */
	struct str stem; /* "三(二)" or "三": what the next item's number is put behind */
	const struct ledger_clause *now;
	unsigned char *seen; /* of each clause: the notice has it */
};

/* Cut the whole text; clauses that the ledger lacks are reported.  0 or FAULT_MEMORY. */
MUST_USE int notice_read(struct notice *t);
/* The place of a byte of the text that has been read. */
struct mark notice_mark(const struct notice *t, size_t source);

#endif
