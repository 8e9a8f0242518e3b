/* SPDX-License-Identifier: Apache-2.0 */
/* 申请导入 asking for a file to be taken in the background: who may send which kind, for whom; and
 * the job's request as text and back. */
#ifndef CANBAO_ACTS_ASK_IMPORT_H
#define CANBAO_ACTS_ASK_IMPORT_H

#include "acts/imports.h"
#include "acts/job.h"
#include "acts/roles.h"

/* A kind of file as the service offers it. */
struct import_offer {
	const struct import_kind *kind;
	enum permission may;
	bool needs_channel, needs_department;
	const char *zh, *en;
};
extern const struct import_offer import_offers[];
extern const size_t import_offer_count;
/* NULL when there is no such kind. */
const struct import_offer *import_offer_named(struct str name);

struct import_wish {
	int64_t upload;
	const struct import_offer *offer;
	struct str department, channel; /* {NULL,0}: not said */
	day_t as_of;                    /* DAY_NONE: today */
	bool full;
	int64_t confirm_ended;
};

/* Queue it.  What an account's scope fixes (department, school, channel) overrides the wish.
 * FAULT_MISSING: no such upload of this account; FAULT_CONFLICT: the same bytes were taken in
 * before; FAULT_FORMAT, FAULT_LIMIT; `err` says it.  The caller has checked the permission. */
MUST_USE int ask_import(const struct env *env, const struct policy *policy, enum role role,
	int64_t account, const struct import_wish *w, struct arena *a, int64_t *ret_job,
	struct err *err);

#endif
