/* SPDX-License-Identifier: Apache-2.0 */
/* Dossiers (卷): a chunk of persons with everything the rules ask about them, read in a handful
 * of statements. Assessing, taking payments, explaining and auditing all read through here or
 * beside it. */
#ifndef CANBAO_STORE_DOSSIER_H
#define CANBAO_STORE_DOSSIER_H

#include "base/arena.h"
#include "base/day.h"
#include "store/db.h"
#include "store/vault.h"

#define DOSSIER_CHUNK_MAX 65536

struct dossier_membership {
	struct str category, department;
	day_t certified, ended; /* `ended` DAY_NONE: open */
};
struct dossier_coverage {
	struct str scheme; /* "310" employee insurance, "390" residents' insurance elsewhere */
	day_t since, ended;
	int64_t months; /* -1: not known */
};
struct dossier_circumstance {
	struct str kind;
	day_t happened;
	int64_t months;
};
struct dossier_bill {
	struct str state; /* {NULL,0}: no bill */
	struct str route, category, payer, fund;
	int64_t standard_fen, subsidy_fen, payable_fen, version;
};
struct dossier_enrolment {
	struct str policy; /* {NULL,0}: not enrolled this benefit year */
	struct str category;
	int64_t personal_fen, standard_fen, town, village;
	day_t enrolled_on;
};
/* A payment that bore the same channel serial before. */
struct dossier_serial {
	int64_t payment; /* 0: none */
	int64_t fen, paid_at;
	struct str payer_ref, state;
};

struct dossier {
	int64_t seq;    /* the key's */
	int64_t person; /* 0: nobody has this document or bill number */
	unsigned char token[TOKEN_BYTES];
	day_t birth, died_on;
	bool registered, resident;
	struct str doc_kind;
	struct str name;
	int64_t town, village;
	struct str student_level; /* {NULL,0}: none */
	bool student_local;
	struct dossier_bill bill;
	struct str refusal; /* reason of the last assessment, {NULL,0}: none */
	struct dossier_enrolment enrolment;
	const struct dossier_membership *memberships;
	size_t n_memberships;
	const struct dossier_coverage *coverages;
	size_t n_coverages;
	const struct dossier_circumstance *circumstances;
	size_t n_circumstances;
	struct dossier_serial serial;
	int64_t elsewhere; /* county where the document is enrolled this benefit year; 0: none */
};

/* Whom a chunk is about: by document, by person, or (for payments) with the channel's serial. */
struct dossier_key {
	const unsigned char *token; /* TOKEN_BYTES, or NULL */
	int64_t person;             /* used when token is NULL; 0: unknown */
	struct str serial;          /* {NULL,0} when there is none */
};

struct dossier_scope {
	int64_t county;
	struct str policy;
	int benefit_year;
	struct str channel; /* of the serials; {NULL,0} when there are none */
};

/* Make the temporary tables.  Once a transaction that loads more than one dossier at once. */
MUST_USE int dossier_prepare(struct db *db);
/* Dossiers of `n` keys (<= DOSSIER_CHUNK_MAX), ret_dossiers[i] for keys[i].  All strings live in
 * `a`. */
MUST_USE int dossier_load(struct db *db, struct arena *a, const struct dossier_scope *scope,
	const struct dossier_key *keys, size_t n, struct dossier **ret_dossiers);
/* Dossiers of all persons with after < id <= upto (at most DOSSIER_CHUNK_MAX ids apart), rising,
 * without `elsewhere`, which hardly anybody needs there: dossier_load_elsewhere. */
MUST_USE int dossier_load_range(struct db *db, struct arena *a, const struct dossier_scope *scope,
	int64_t after, int64_t upto, struct dossier **ret_dossiers, size_t *ret_n);

/* Fill `elsewhere` of these. */
MUST_USE int dossier_load_elsewhere(struct db *db, struct arena *a,
	const struct dossier_scope *scope, struct dossier *const *items, size_t n);

#endif
