/* SPDX-License-Identifier: Apache-2.0 */
/* Trees of two packs: laying a what-if overlay over one, and telling how two differ. */
#ifndef CANBAO_RULES_OVERLAY_H
#define CANBAO_RULES_OVERLAY_H

#include "rules/ytree.h"

/* Lay `over` over `base`, which is changed in place: maps merge key by key, lists of items with
 * 代码 merge by that code (a new code is added at the end), anything else is replaced.  A line
 * that changes nothing is an error, and so is an empty overlay.  0, FAULT_FORMAT after reporting,
 * FAULT_MEMORY. */
MUST_USE int overlay_apply(
	struct arena *a, struct ynode *base, const struct ynode *over, struct diags *d);

/* One difference between two packs. */
struct difference {
	struct str path; /* 身份/rural_dibao_1/资助 */
	struct str a, b; /* as text; empty where one side has nothing */
	struct mark at_a, at_b;
	bool in_a, in_b;
};
struct differences {
	struct difference *items;
	size_t n, cap;
};
MUST_USE int overlay_differences(struct arena *a, const struct ynode *x, const struct ynode *y,
	struct differences *ret_differences);

#endif
