/* SPDX-License-Identifier: Apache-2.0 */
/* A YAML document as a tree with a mark on every node, built from libyaml's events.
 *
 * Strict on purpose: one document, no anchors, aliases, tags or merge keys, no key twice in a
 * map, no empty scalar in plain style, depth at most 32, at most YTREE_NODES_MAX nodes and
 * YTREE_BYTES_MAX bytes.  Scalars stay text; nothing is turned into a number, a date or a
 * boolean here. */
#ifndef CANBAO_RULES_YTREE_H
#define CANBAO_RULES_YTREE_H

#include "rules/diag.h"

#define YTREE_NODES_MAX 200000
#define YTREE_BYTES_MAX (4u * 1024u * 1024u)

enum ynode_kind { YNODE_SCALAR, YNODE_SEQ, YNODE_MAP };

struct ynode {
	enum ynode_kind kind;
	struct mark mark;
	struct str text; /* scalar: its value, NUL behind it; else {NULL,0} */
	bool quoted;     /* scalar in '…' or "…" (or a block scalar) */
	struct str key;  /* name under which a map holds this node; {NULL,0} elsewhere */
	struct mark key_mark;
	struct ynode **items; /* seq: in order; map: values in order, each with its key */
	size_t n;
};

/* Parse `text`, named `file` in messages, into nodes that live in `a` and borrow both (which
 * must outlive them).  Returns 0 with *ret_root; FAULT_FORMAT when there is no tree, after
 * saying why into `d`; FAULT_MEMORY.  What breaks a rule above but still leaves a tree (a key
 * twice, an anchor, a missing value, a second document) is reported into `d` and reading goes
 * on, so that the caller can report all of a file's errors at once: look at d->errors as well as
 * at the result. */
MUST_USE int ytree_parse(struct arena *a, struct str file, struct str text, struct diags *d,
	struct ynode **ret_root);
/* The value of `key` in map `n`, or NULL (also when `n` is NULL or no map). */
struct ynode *ynode_get(const struct ynode *n, const char *key);

#endif
