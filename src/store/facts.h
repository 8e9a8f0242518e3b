/* SPDX-License-Identifier: Apache-2.0 */
/* A chunk of persons with everything the rules ask about them, read in a handful of statements.
 * Assessing, taking payments, explaining and auditing all read through here or beside it. */
#ifndef CANBAO_STORE_FACTS_H
#define CANBAO_STORE_FACTS_H

#include "base/arena.h"
#include "base/day.h"
#include "store/db.h"
#include "store/vault.h"

#define FACTS_CHUNK_MAX 16384

struct facts_membership {
	struct str category, department;
	day_t certified, ended; /* `ended` DAY_NONE: open */
};
struct facts_coverage {
	struct str scheme; /* "310" employee insurance, "390" residents' insurance elsewhere */
	day_t since, ended;
	int64_t months; /* -1: not known */
};
struct facts_circumstance {
	struct str kind;
	day_t happened;
	int64_t months;
};
struct facts_bill {
	struct str state; /* {NULL,0}: no bill */
	struct str route, category, payer, fund;
	int64_t standard_fen, subsidy_fen, payable_fen, version;
};
struct facts_enrolment {
	struct str policy; /* {NULL,0}: not enrolled this benefit year */
	struct str category;
	int64_t personal_fen, standard_fen, town, village;
	day_t enrolled_on;
};
/* A payment that bore the same channel serial before. */
struct facts_serial {
	int64_t payment; /* 0: none */
	int64_t fen, paid_at;
	struct str payer_ref, state;
};

struct facts {
	int64_t seq;    /* the key's */
	int64_t person; /* 0: nobody has this document or bill number */
	unsigned char token[TOKEN_BYTES];
	day_t birth, died_on;
	bool registered, resident;
	struct str doc_kind;
	int64_t town, village;
	struct str student_level; /* {NULL,0}: none */
	bool student_local;
	struct facts_bill bill;
	struct str refusal; /* reason of the last assessment, {NULL,0}: none */
	struct facts_enrolment enrolment;
	const struct facts_membership *memberships;
	size_t n_memberships;
	const struct facts_coverage *coverages;
	size_t n_coverages;
	const struct facts_circumstance *circumstances;
	size_t n_circumstances;
	struct facts_serial serial;
	int64_t elsewhere; /* county where the document is enrolled this benefit year; 0: none */
};

/* Whom a chunk is about: by document, by person, or (for payments) with the channel's serial. */
struct facts_key {
	const unsigned char *token; /* TOKEN_BYTES, or NULL */
	int64_t person;             /* used when token is NULL; 0: unknown */
	struct str serial;          /* {NULL,0} when there is none */
};

struct facts_scope {
	int64_t county;
	struct str policy;
	int benefit_year;
	struct str channel; /* of the serials; {NULL,0} when there are none */
};

/* Make the temporary tables.  Once a transaction. */
MUST_USE int facts_prepare(struct db *db);
/* Facts for `n` keys (<= FACTS_CHUNK_MAX), ret_facts[i] for keys[i].  All strings live in `a`. */
MUST_USE int facts_load(struct db *db, struct arena *a, const struct facts_scope *scope,
	const struct facts_key *keys, size_t n, struct facts **ret_facts);
/* Facts of all persons with after < id <= upto (at most FACTS_CHUNK_MAX ids apart). */
MUST_USE int facts_load_range(struct db *db, struct arena *a, const struct facts_scope *scope,
	int64_t after, int64_t upto, struct facts **ret_facts, size_t *ret_n);

#endif
