/* SPDX-License-Identifier: Apache-2.0 */
#include "store/money_list.h"

#include "store/bind.h"

int waiting_by_reason(struct db *db, struct arena *a, const struct scope_bind *scope,
	struct str policy, struct waiting_sum **ret_items, size_t *ret_n)
{
	struct waiting_sum *items = NULL;
	size_t n = 0, cap = 0;
	struct stmt *s;
	int rc = db_stmt(db, SQL_WAITING_BY_REASON_WITHIN, &s);

	if (rc < 0)
		return rc;
	scope_bind(s, scope);
	stmt_text(s, 7, policy);
	while ((rc = stmt_step(s)) == 1) {
		struct waiting_sum *more = arena_grow(a, items, n, &cap, sizeof(*more));

		if (!more) {
			rc = FAULT_MEMORY;
			break;
		}
		items = more;
		items[n++] = (struct waiting_sum){ stmt_col_text_in(s, a, 0), stmt_col_int(s, 1),
			stmt_col_int(s, 2) };
	}
	stmt_reset(s);
	if (rc < 0)
		return rc;
	*ret_items = items;
	*ret_n = n;
	return 0;
}
