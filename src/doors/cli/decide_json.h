/* SPDX-License-Identifier: Apache-2.0 */
/* One line of `canbao decide`: from JSON to facts, strictly, and from a ruling to JSON. */
#ifndef CANBAO_DOORS_CLI_DECIDE_JSON_H
#define CANBAO_DOORS_CLI_DECIDE_JSON_H

#include <jansson.h>

#include "base/buf.h"
#include "doors/cli/packs.h"
#include "rules/decide.h"

#define DECIDE_LINE_MAX 65536
#define DECIDE_LIST_MAX 2600 /* more items than a line of DECIDE_LINE_MAX can hold */
#define DECIDE_FIELD_MAX 256

enum decide_op { DECIDE_ENROL, DECIDE_REFUND };

/* A line understood, or what is wrong with it.  Large; keep one and use it again. */
struct decide_line {
	const struct packs *packs;
	bool with_town;  /* lines of a population may say "town" */
	struct str town; /* empty when not said */
	json_t *root;    /* borrowed texts below live as long as it does */
	bool has_id;
	struct str id;
	enum decide_op op;
	const struct pack *pack;
	struct facts facts;
	struct refund_facts refund;
	uint32_t given; /* bit i: field i of the table was there */
	size_t n_holdings, n_happenings;
	struct holding holdings[DECIDE_LIST_MAX];
	struct happening happenings[DECIDE_LIST_MAX];
	char field[DECIDE_FIELD_MAX]; /* where it is wrong: "categories[0].code" */
	const char *reason;           /* both languages; NULL: nothing is wrong */
};

/* Understand one line.  True when it is valid; else `field` and `reason` say what is not, and
 * `id` is set when it could be read.  Release in both cases before the next line. */
bool decide_line_read(struct decide_line *l, struct str text);
void decide_line_release(struct decide_line *l);
/* Decide what was read, or say what was wrong: one JSON object and a newline, added to `out`. */
void decide_line_answer(const struct decide_line *l, struct buf *out);

/* Where in the JSON text byte `at` lies: "categories[0].code", or "line" at the top. */
void json_path_at(struct str text, size_t at, char ret_path[DECIDE_FIELD_MAX]);

#endif
