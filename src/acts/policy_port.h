/* SPDX-License-Identifier: Apache-2.0 */
/* 政策包 all policy packs of a folder, compiled, with their digests.  The command line implements
 * the port (it knows folders); the program's main() hands it over. */
#ifndef CANBAO_ACTS_POLICY_PORT_H
#define CANBAO_ACTS_POLICY_PORT_H

#include "acts/env.h"

struct policy_set {
	struct policy *items; /* ordered by the pack's code */
	size_t n;
	void *owner;
};

struct policy_port {
	/* Load every pack below `folder` ("" or NULL: the default one), or the one that it is.  0
	 * and *ret_set; FAULT_FORMAT after all findings were written to standard error in the
	 * language asked for. */
	int (*load)(const char *folder, bool english, struct policy_set *ret_set);
	/* Also of a zeroed set. */
	void (*release)(struct policy_set *set);
};

#endif
