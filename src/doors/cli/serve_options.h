/* SPDX-License-Identifier: Apache-2.0 */
/* What `canbao serve` and `canbao config` read alike. */
#ifndef CANBAO_DOORS_CLI_SERVE_OPTIONS_H
#define CANBAO_DOORS_CLI_SERVE_OPTIONS_H

#include "doors/cli/options.h"

struct serve_options {
	struct serve_request q;
	const char *sets[SERVE_SETS_MAX];
};

/* --config, --set and the verb's own options.  CLI_OK, or CLI_FAILED after the message.  *ret must
 * stay where it is: `q.sets` points into it. */
MUST_USE int serve_options(struct cli *c, const struct command *cmd, int argc, char **argv,
	const struct cli_option *more, size_t n_more, struct serve_options *ret);

#endif
