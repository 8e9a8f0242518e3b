/* SPDX-License-Identifier: Apache-2.0 */
/* How far somebody sees (管辖范围), in SQL: every statement that reads persons or their money for
 * an account ends its name in `_within`, carries the text below and takes these parameters.  A row
 * outside is not found; nothing tells it from one that does not exist. */
#ifndef CANBAO_STORE_SCOPE_H
#define CANBAO_STORE_SCOPE_H

#include "base/day.h"
#include "store/db.h"

/* The text, with `p` for person; tests/store holds every `_within` statement against it.  ?1 is the
 * county.  A payment's statement says SCOPE_PAYMENT_SQL instead of the last line. */
#define SCOPE_PERSON_SQL \
	"AND (CAST(?2 AS BIGINT) = 0 OR p.town = ?2 OR p.village = ?2) " \
	"AND (?3 = '' OR EXISTS (SELECT 1 FROM membership w WHERE w.county = p.county AND w.person = p.id " \
	"AND (w.department = ?3 OR w.entered_by = ?3) AND (w.ended IS NULL OR w.ended > ?4))) " \
	"AND (?5 = '' OR EXISTS (SELECT 1 FROM student w WHERE w.county = p.county AND w.person = p.id " \
	"AND w.school = ?5))"
/* Persons are nothing to a channel; payments are its own. */
#define SCOPE_NO_CHANNEL_SQL "AND ?6 = ''"
#define SCOPE_PAYMENT_SQL "AND (?6 = '' OR y.channel = ?6)"

#define SCOPE_PARAMETERS 6  /* ?1 to ?6; a statement's own begin behind them */
#define SCOPE_LIST_DAYS 365 /* a department still sees whom its list carried a year ago */

struct scope_bind {
	int64_t county;        /* six digits */
	int64_t division;      /* town or village; 0: the whole county */
	struct str department; /* {NULL,0}: any */
	struct str school;     /* {NULL,0}: any */
	struct str channel;    /* {NULL,0}: any */
	day_t today;
	bool nothing; /* sees no business data at all */
};

/* Bind ?1 to ?6. */
void scope_bind(struct stmt *s, const struct scope_bind *b);

#endif
