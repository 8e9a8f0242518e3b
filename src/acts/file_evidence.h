/* SPDX-License-Identifier: Apache-2.0 */
/* 佐证材料 a resident's paper: checked to be the picture or PDF it says, sealed, kept; and read
 * again by an office whose area it concerns. */
#ifndef CANBAO_ACTS_FILE_EVIDENCE_H
#define CANBAO_ACTS_FILE_EVIDENCE_H

#include "acts/env.h"
#include "store/evidence.h"

#define EVIDENCE_BYTES_MAX (8u << 20)
#define EVIDENCE_LOOSE_SECONDS (2 * 86400)    /* unclaimed papers are deleted after that */
#define EVIDENCE_LOOSE_MAX ((int64_t)2 << 30) /* bytes of unclaimed papers in all */

/* X(NAME, stable code, Chinese, English) */
#define EVIDENCE_KINDS(X) \
	X(BIRTH_CERTIFICATE, "birth_certificate", "出生医学证明", "birth certificate") \
	X(HOUSEHOLD_BOOK, "household_book", "户口簿", "household book") \
	X(IDENTITY, "identity", "身份证件", "identity document") \
	X(RESIDENCE_PERMIT, "residence_permit", "居住证", "residence permit") \
	X(TERMINATION, "termination", "职工医保停保证明", "end of employee insurance") \
	X(DISCHARGE, "discharge", "退役证明", "discharge from service") \
	X(OTHER, "other", "其他材料", "other paper")

bool evidence_kind_known(struct str kind);
/* The media type that these first bytes are of: "image/jpeg", "image/png", "application/pdf", or
 * NULL. */
const char *evidence_media(struct str bytes);

struct evidence_paper_new {
	struct str code; /* unguessable, made by the door */
	struct str kind, media;
	struct str bytes;
};
/* Keep a paper.  FAULT_FORMAT: its bytes are not of the type said, or it is empty; FAULT_LIMIT:
 * above the ceiling, or too much waits unclaimed.  Unclaimed papers that are too old go with it. */
MUST_USE int file_evidence(
	const struct env *env, const struct evidence_paper_new *q, struct err *err);

/* The papers of a person within env->scope; FAULT_MISSING when the person is not theirs. */
MUST_USE int read_evidence_list(const struct env *env, int64_t person, struct arena *a,
	struct evidence **ret_items, size_t *ret_n);
/* One paper within env->scope, opened; the look is recorded with it (`office`: role code).
 * FAULT_MISSING when there is none of theirs. */
MUST_USE int read_evidence(const struct env *env, int64_t id, struct str office, struct arena *a,
	struct str *ret_media, struct str *ret_bytes);

#endif
