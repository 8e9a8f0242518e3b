/* SPDX-License-Identifier: Apache-2.0 */
/* What the verbs share: reading options, and opening the store they name. */
#ifndef CANBAO_DOORS_CLI_OPTIONS_H
#define CANBAO_DOORS_CLI_OPTIONS_H

#include "doors/cli/cli.h"
#include "store/store.h"

/* One option of a verb: "--name VALUE" and "--name=VALUE" set *value, "--name" sets *flag.
 * Exactly one of the two is not NULL. */
struct cli_option {
	const char *name; /* without the dashes */
	const char **value;
	bool *flag;
};

/* For a verb's table of options: where its store and its key file are. */
#define CLI_STORE_OPTIONS(uri, key) \
	{ "db", uri, NULL }, \
	{ \
		"key", key, NULL \
	}

/* Read argv[1 …]: options in any order, the rest into args[0 … args_max - 1]; "--" ends the
 * options.  An unknown or doubled option, a missing value or one argument too many is a usage
 * error. Returns the number of arguments, or -1 after the message. */
MUST_USE int cli_options(struct cli *c, const struct command *cmd, int argc, char **argv,
	const struct cli_option *options, size_t n, const char **args, int args_max);

/* Where a store is, with what stands in for options that were not given: CANBAO_DB, then
 * canbao.db here; CANBAO_KEY, then the database file's name with .key behind it.  `uri` may hold
 * a password: show `shown` instead. */
struct cli_store {
	const char *uri;
	const char *key;
	const char *shown;
	char key_text[4096];
};

/* CLI_OK, or CLI_FAILED after the message: a PostgreSQL store has no place for a key by itself. */
MUST_USE int cli_find_store(struct cli *c, const char *uri, const char *key, struct cli_store *ret);

/* May a table be written to `path`?  Only to a new file or over a .csv or .xlsx: never over a
 * database, a key or a device.  False after the message. */
MUST_USE bool cli_may_write(struct cli *c, const char *path);

/* Find and open the store of a verb; both may be NULL (not given).  CLI_OK and *ret_store, to be
 * closed with store_close; CLI_FAILED after the message. */
MUST_USE int cli_open_store(
	struct cli *c, const char *uri, const char *key, struct store **ret_store);

#endif
