/* SPDX-License-Identifier: Apache-2.0 */
#include "store/scope.h"

static struct str text_or_empty(struct str v)
{
	return v.p ? v : STR("");
}

void scope_bind(struct stmt *s, const struct scope_bind *b)
{
	stmt_int(s, 1, b->county);
	/* No division has the code -1. */
	stmt_int(s, 2, b->nothing ? -1 : b->division);
	stmt_text(s, 3, text_or_empty(b->department));
	stmt_int(s, 4, b->today - SCOPE_LIST_DAYS);
	stmt_text(s, 5, text_or_empty(b->school));
	stmt_text(s, 6, text_or_empty(b->channel));
}
