/* SPDX-License-Identifier: Apache-2.0 */
/* Who acts, where, when, with what: handed to every act by a door. */
#ifndef CANBAO_ACTS_ENV_H
#define CANBAO_ACTS_ENV_H

#include "acts/parts.h"
#include "acts/sheet.h"
#include "base/day.h"
#include "rules/pack.h"
#include "store/scope.h"
#include "store/store.h"
#include "store/trail.h"

/* How far somebody sees; every list and look-up asks it in SQL. */
struct scope {
	int64_t division;      /* 12 digits of a town or a village; 0: the whole county */
	struct str department; /* only persons on lists it certified or entered; {NULL,0}: all */
	struct str school;     /* only its students; {NULL,0}: all */
	struct str channel;    /* only its payments; {NULL,0}: all */
	bool nothing;          /* no business data at all */
};

struct env {
	struct store *store;
	const struct sheet_port *sheets;
	int64_t county;       /* six digits */
	struct str actor;     /* account, never empty */
	struct str on_behalf; /* of whom; {NULL,0}: oneself */
	struct str reason;    /* why, {NULL,0} when the act speaks for itself */
	struct scope scope;   /* zero: everything (the command line) */
	int64_t now;          /* seconds since 1970-01-01 UTC */
	/* The machine's own clock, when a demonstration fixes the day that `now` and `today` tell:
	 * one-time codes, signatures and log-ins keep to it.  0: `now`. */
	int64_t wall;
	day_t today;          /* local day */
	/* Told how far a long act is (bytes or persons); NULL: nobody listens. */
	void (*progress)(void *ctx, uint64_t done, uint64_t total);
	void *progress_ctx;
	const struct parts *parts; /* import, assess: by parts; NULL: in one act */
};

/* The scope as the store's `_within` statements take it; texts are borrowed. */
struct scope_bind env_scope(const struct env *env);

/* A pack as an act needs it: compiled, with the digest of its files. */
struct policy {
	const struct pack *pack;
	unsigned char digest[32];
};

/* Is this pack the county's: of the same six digits, or of the city or province above it (620700,
 * 620000)? */
bool policy_fits(const struct pack *p, int64_t county);

/* The machine's own clock. */
int64_t env_wall(const struct env *env);

/* Write the audit row of an act done under `env`. */
MUST_USE int env_audit(struct db *db, const struct env *env, int64_t id, const char *act,
	struct str subject, struct str detail);

#endif
