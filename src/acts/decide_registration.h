/* SPDX-License-Identifier: Apache-2.0 */
/* 审核登记 an office takes somebody into the register, or says why not. */
#ifndef CANBAO_ACTS_DECIDE_REGISTRATION_H
#define CANBAO_ACTS_DECIDE_REGISTRATION_H

#include "acts/env.h"
#include "rules/document.h"
#include "store/evidence.h"
#include "store/registration.h"

/* A registration as an office sees it. */
struct registration_view {
	struct registration_row row;
	char masked[DOCUMENT_MAX + 1];
	const struct evidence *evidence;
	size_t n_evidence;
};

/* Those of env->scope in `state` ("": any) with id above `after`, oldest first. */
MUST_USE int list_registrations(const struct env *env, struct str state, int64_t after, size_t max,
	struct arena *a, struct registration_view **ret_items, size_t *ret_n);

/* Decide one of env->scope.  Accepting adds the person with the papers; the newborn joins the
 * guardian's household.  FAULT_MISSING: none of theirs; FAULT_CONFLICT with `err`: decided already,
 * or the document is in the register; FAULT_FORMAT: declined without a reason. */
MUST_USE int decide_registration(const struct env *env, int64_t id, bool accept, struct str reason,
	struct arena *a, struct registration_view *ret_view, struct err *err);

#endif
