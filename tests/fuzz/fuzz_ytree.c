/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as YAML: a tree within its bounds or a finding, never neither. */
#include "fuzz.h"

#include "base/err.h"
#include "rules/ytree.h"

static size_t walk(const struct ynode *n, int depth)
{
	size_t seen = 1;

	BUG_IF(depth > 33);
	BUG_IF(n->mark.line == 0 || n->mark.col == 0);
	if (n->kind == YNODE_SCALAR)
		BUG_IF(!n->text.p || n->text.p[n->text.n] != '\0');
	for (size_t i = 0; i < n->n; i++) {
		BUG_IF((n->kind == YNODE_MAP) != (n->items[i]->key.p != NULL));
		seen += walk(n->items[i], depth + 1);
	}
	return seen;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ynode *root = NULL;
	struct arena a;
	struct diags d;
	struct buf out;
	int rc;

	arena_init(&a, 256u << 20);
	diags_init(&d, &a);
	buf_init(&out, 64u << 20);
	rc = ytree_parse(&a, STR("fuzz"), (struct str){ (const char *)data, size }, &d, &root);
	BUG_IF((rc == 0) != (root != NULL));
	BUG_IF(rc < 0 && rc != FAULT_MEMORY && d.errors == 0);
	if (root)
		BUG_IF(walk(root, 0) > YTREE_NODES_MAX);
	diags_print(&out, &d);
	buf_release(&out);
	arena_release(&a);
	return 0;
}
