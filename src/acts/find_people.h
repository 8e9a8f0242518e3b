/* SPDX-License-Identifier: Apache-2.0 */
/* 查询居民 looking residents up: by exact document number, or by name, within the caller's scope.
 * What was looked for is not kept; that somebody looked, and how much was found, is. */
#ifndef CANBAO_ACTS_FIND_PEOPLE_H
#define CANBAO_ACTS_FIND_PEOPLE_H

#include "acts/env.h"
#include "rules/document.h"
#include "store/search.h"

#define FIND_MAX 50       /* people in an answer */
#define FIND_PREFIX_MIN 2 /* characters from which on a name finds longer ones */

struct find_request {
	struct str number; /* as typed; {NULL,0}: by name */
	struct str name;   /* {NULL,0}: by number */
	int64_t division;  /* only below it; 0: anywhere in the scope */
};

struct found_line {
	struct found who;
	char masked[DOCUMENT_MAX + 1];
};

struct found_people {
	struct found_line *items;
	size_t n;
	bool more; /* there are others */
};

/* A number that is none is nobody's.  Texts live in `a`. */
MUST_USE int find_people(const struct env *env, const struct policy *policy,
	const struct find_request *q, struct arena *a, struct found_people *ret_people,
	struct err *err);

/* Stable code: enrolled, open, refused, none. */
const char *standing_code(enum standing s);

#endif
