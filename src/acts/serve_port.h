/* SPDX-License-Identifier: Apache-2.0 */
/* 服务 running the service, and its settings.  The HTTP door implements the port; the program's
 * main() hands it to the command line. */
#ifndef CANBAO_ACTS_SERVE_PORT_H
#define CANBAO_ACTS_SERVE_PORT_H

#include "acts/policy_port.h"
#include "acts/sheet.h"
#include "base/buf.h"

#define SERVE_SETS_MAX 64

struct serve_request {
	const char *config;      /* path of canbao.conf; NULL: none */
	const char *const *sets; /* "name=value" of the command line */
	size_t n_sets;
	const struct sheet_port *sheets;
	const struct policy_port *policies;
	bool english; /* messages before the settings are read */
};

enum config_page {
	CONFIG_NOW,      /* the settings that `serve` would run with */
	CONFIG_DEFAULTS, /* as if nothing were set */
	CONFIG_MARKDOWN  /* docs/settings.md */
};

struct serve_port {
	/* Run until SIGTERM or SIGINT; prints one line with the address.  0 after an orderly stop,
	 * or a fault with `err`. */
	int (*run)(const struct serve_request *q, struct err *err);
	/* Read the settings of `q`, check them when `check`, and write the page. */
	int (*config)(const struct serve_request *q, enum config_page page, bool check,
		struct buf *b, struct err *err);
	/* The table of routes as JSON. */
	void (*routes)(struct buf *b);
};

#endif
