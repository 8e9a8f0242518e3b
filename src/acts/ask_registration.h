/* SPDX-License-Identifier: Apache-2.0 */
/* 参保登记 asking to be taken into the register: a guardian for a newborn (LB-07, SQ-17, SN-14), or
 * somebody of whom nothing was found (LB-26).  An office decides (decide_registration.h). */
#ifndef CANBAO_ACTS_ASK_REGISTRATION_H
#define CANBAO_ACTS_ASK_REGISTRATION_H

#include "acts/env.h"
#include "rules/decide.h"
#include "rules/document.h"
#include "store/registration.h"

#define REGISTRATION_EVIDENCE_MAX 6

struct registration_ask {
	struct str code; /* unguessable, made by the door */
	bool newborn;
	int64_t guardian; /* newborn: person of the visit */
	struct str name;
	const struct document *document;
	const unsigned char *token; /* of the document */
	int sex;                    /* 1, 2 */
	day_t birth;
	int64_t division; /* village or town; not for a newborn */
	bool registered;  /* 户籍 here; a newborn's is the guardian's */
	struct str phone; /* {NULL,0}: none */
	const struct str *evidence;
	size_t n_evidence;
};

/* What a newborn's parents should know now: in time or late, and the price. */
struct registration_hint {
	struct str zh, en; /* {NULL,0}: nothing to say */
};
MUST_USE int registration_hint(const struct policy *policy, day_t birth, bool registered,
	day_t today, struct arena *a, struct registration_hint *ret_hint);

/* FAULT_FORMAT: a paper's code is unknown or taken, no such division.  FAULT_CONFLICT: this very
 * name and document are in the register, or wait already; said only to who shows both.  A number
 * that is somebody else's is accepted like any other, and the office sees it (LB-26). */
MUST_USE int ask_registration(const struct env *env, const struct policy *policy,
	const struct registration_ask *q, struct arena *a, struct registration_state *ret_state,
	struct err *err);

/* 1, 0 when there is none. */
MUST_USE int read_registration(const struct env *env, struct str code, struct arena *a,
	struct registration_state *ret_state);

#endif
