/* SPDX-License-Identifier: Apache-2.0 */
/* Sub-verbs of `canbao policy`, one function each; shared by the cmd_policy*.c files. */
#ifndef CANBAO_DOORS_CLI_POLICY_H
#define CANBAO_DOORS_CLI_POLICY_H

#include "doors/cli/packs.h"
#include "rules/decide.h"

/* A pack loaded for a person to look at, with its findings. */
struct policy_pack {
	struct arena arena;
	struct diags diags;
	const struct pack *pack;
};
/* Load `folder` (with `overlay`, or NULL) and print every finding on c->err.  CLI_OK, or
 * CLI_FAILED; release in both cases. */
MUST_USE int policy_load(
	struct cli *c, const char *folder, const char *overlay, struct policy_pack *ret);
void policy_release(struct policy_pack *p);

int policy_show(struct cli *c, const struct pack *p);
int policy_why(struct cli *c, const struct pack *p, const char *line);
int policy_cover(struct cli *c, const struct pack *p);
int policy_diff(struct cli *c, const struct pack *a, const struct pack *b);
/* Whom a what-if is tried on: everybody in a store, or lines of a file (NULL: standard input). */
struct try_people {
	const char *uri, *key, *county; /* store, when uri is not NULL */
	day_t on;                       /* as if paying on this day (store) */
	const char *file;
};
int policy_try(
	struct cli *c, const char *folder, const char *overlay, const struct try_people *from);

/* "三(三)、三(七)1-2；解释J4" into `out`. */
void policy_add_basis(struct buf *out, const struct pack *p, const uint16_t *bases, size_t n);
/* "380元" */
void policy_add_money(struct buf *out, struct money m);
void policy_add_day(struct buf *out, day_t day);
/* Write out and release a buffer.  CLI_OK or CLI_FAILED. */
int policy_flush(struct cli *c, struct buf *out);

#endif
