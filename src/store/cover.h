/* SPDX-License-Identifier: Apache-2.0 */
/* Cover (参保状态) as the insurance platform is told of it. */
#ifndef CANBAO_STORE_COVER_H
#define CANBAO_STORE_COVER_H

#include "store/explain.h"

struct cover_change {
	int64_t audit, person, at;
	struct str doc_seal, name;
	struct explain_enrolment enrolment;
};
/* Enrolments behind (audit, person), in the order of the acts that made them.  Audit ids rise with
 * commits, for every act takes its id from one counter row: nothing appears behind a cursor later.
 */
MUST_USE int cover_changes(struct db *db, struct arena *a, int64_t county, int64_t audit,
	int64_t person, size_t max, struct cover_change **ret_items, size_t *ret_n);

#endif
