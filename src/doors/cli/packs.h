/* SPDX-License-Identifier: Apache-2.0 */
/* Policy packs on disk: a folder of pack.yaml and clauses.yaml each, found below one folder of
 * packs. */
#ifndef CANBAO_DOORS_CLI_PACKS_H
#define CANBAO_DOORS_CLI_PACKS_H

#include "acts/policy_port.h"
#include "doors/cli/cli.h"
#include "rules/pack.h"

#define PACKS_MAX 4096
#define PACKS_BYTES_MAX ((size_t)64 << 20) /* memory of one pack, its texts included */

/* A file's whole content in `a`, at most YTREE_BYTES_MAX bytes.  0, FAULT_IO, FAULT_LIMIT,
 * FAULT_MEMORY with `err` filled. */
MUST_USE int packs_read_file(
	struct arena *a, const char *path, struct err *err, struct str *ret_text);

/* Load the pack in `folder`; findings (also warnings) go to `d`, whose arena may be `a`.
 * `overlay` is a file laid over it, or NULL.  0 with *ret_pack, or a fault; `err` says what `d`
 * does not. */
MUST_USE int packs_load_folder(struct arena *a, const char *folder, const char *overlay,
	struct diags *d, struct err *err, const struct pack **ret_pack);

/* SM3 of the files of the pack in `folder`: what bills were decided by can be proved later. */
MUST_USE int packs_digest(
	struct arena *a, const char *folder, struct err *err, unsigned char ret_digest[32]);

/* All packs below a folder. */
struct packs {
	struct arena arena;
	const struct pack **items; /* ordered by code */
	struct policy *policies;   /* the same, each with its digest */
	size_t n;
};
/* The folder of packs when none is named: $CANBAO_PACKS, ./packs when there, else the installed
 * ones. */
const char *packs_default_folder(void);
/* Load every pack below `folder` (or the one that `folder` itself is).  CLI_OK, or CLI_FAILED
 * after all findings are on c->err; release in both cases. */
MUST_USE int packs_load_all(struct cli *c, const char *folder, struct packs *ret_packs);
void packs_release(struct packs *p);
/* NULL when there is none. */
const struct pack *packs_find(const struct packs *p, struct str code);

/* The same for other doors. */
extern const struct policy_port packs_port;

#endif
