/* SPDX-License-Identifier: Apache-2.0 */
/* The command line: one table of verbs, one file a verb (cmd_<verb>.c). */
#ifndef CANBAO_DOORS_CLI_H
#define CANBAO_DOORS_CLI_H

#include <stdio.h>

#include "acts/demo_port.h"
#include "acts/serve_port.h"
#include "acts/sheet.h"
#include "base/version.h"
#include "base/day.h"


/* Exit statuses of every verb. */
enum { CLI_OK = 0, CLI_FINDINGS = 1, CLI_FAILED = 2 };

/* What main() hands to a verb.  The clock, randomness and files come in here and nowhere else. */
struct cli {
	FILE *in, *out, *err;
	const struct sheet_port *sheets;
	const struct demo_port *demo;
	const struct serve_port *serve;
	day_t today;  /* local calendar day */
	int64_t now;  /* seconds since 1970-01-01 UTC */
	bool english; /* language of messages: from LC_ALL, LC_MESSAGES, LANG; Chinese otherwise */
	const char *prog; /* "canbao" */
};

struct command {
	const char *verb;
	const char *zh, *en; /* one line each for `canbao --help` */
	const char
		*usage; /* printed by `canbao VERB --help`, both languages, ends with a newline */
	/* argv[0] is the verb.  Returns an exit status. */
	int (*run)(struct cli *c, int argc, char **argv);
};

/* Find the verb, answer --help and --version, run it. */
int cli_main(struct cli *c, int argc, char **argv);

/* "canbao VERB: message" on standard error; picks the language.  Returns CLI_FAILED. */
int cli_fail(struct cli *c, const char *zh, const char *en, ...);
/* `text` holds both languages already (struct err). */
int cli_fail_text(struct cli *c, const char *text);
/* A usage error: prints the message and "see canbao VERB --help".  Returns CLI_FAILED. */
int cli_usage_error(struct cli *c, const struct command *cmd, const char *zh, const char *en, ...);

#endif
