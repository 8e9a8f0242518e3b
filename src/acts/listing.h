/* SPDX-License-Identifier: Apache-2.0 */
/* Files that speak of known persons: rows are collected with their document's token and handed out,
 * a chunk at a time, with what the store knows of each person. */
#ifndef CANBAO_ACTS_LISTING_H
#define CANBAO_ACTS_LISTING_H

#include "acts/holder.h"
#include "store/dossier.h"

struct listing_row {
	struct kept_row *kept;
	struct holder holder;
	struct str name;
	void *data; /* the kind's own, in im->chunk */
};

struct listing {
	struct listing_row *rows; /* IMPORT_CHUNK */
	struct dossier_key *keys;
};

MUST_USE int listing_begin(struct import *im, struct listing *l);
/* import_kind.open of kinds that list. */
MUST_USE int listing_open(struct import *im);
/* Add the current row.  Returns its slot, or NULL when out of memory. */
MUST_USE struct listing_row *listing_add(
	struct import *im, struct listing *l, const struct holder *h, struct str name, void *data);
/* Load the dossiers of the chunk; rows of unknown persons, of persons outside the sender's scope,
 * or of another name, are rejected and their dossier's person is 0. `policy` may be NULL. */
MUST_USE int listing_resolve(struct import *im, struct listing *l, const struct policy *policy,
	struct dossier **ret_dossiers);

#endif
