/* SPDX-License-Identifier: Apache-2.0 */
/* From what the store holds of a person to what the rules ask. */
#ifndef CANBAO_ACTS_PERSON_FACTS_H
#define CANBAO_ACTS_PERSON_FACTS_H

#include "rules/decide.h"
#include "store/dossier.h"

#define HOLDINGS_MAX 64
#define HAPPENINGS_MAX 32

/* Room for one person's lists; reused from person to person. */
struct person_facts {
	struct facts facts; /* borrows the arrays below */
	struct holding holdings[HOLDINGS_MAX];
	struct happening happenings[HAPPENINGS_MAX];
	bool too_many; /* more memberships or circumstances than fit: refer to a person */
};

/* Facts of the person on `on`.  Memberships in categories the pack does not know are left out, as
 * are those certified after `on`. */
void person_facts_fill(const struct pack *p, const struct dossier *d, day_t on, bool town_extended,
	struct person_facts *ret);

/* "二(三)2 二(五) J4": clauses and readings of a ruling, space between, into `b`. */
void person_facts_cites(const struct pack *p, const struct ruling *r, struct buf *b);

#endif
