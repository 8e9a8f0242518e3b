/* SPDX-License-Identifier: Apache-2.0 */
/* The notice's own words, clause by clause, where the operator has its text: shown beside the
 * rules, never stored. */
#ifndef CANBAO_RULES_NOTICE_TEXT_H
#define CANBAO_RULES_NOTICE_TEXT_H

#include "rules/ledger.h"

/* ret_texts[i] for l->clauses[i], line breaks between paragraphs, {NULL,0} where the text has no
 * such clause.  Texts live in `a`.  0, FAULT_FORMAT when it is no UTF-8 or too long, FAULT_MEMORY.
 */
MUST_USE int notice_texts(
	const struct ledger *l, struct str text, struct arena *a, struct str *ret_texts);

#endif
