/* SPDX-License-Identifier: Apache-2.0 */
/* A made-up county, written as the files its offices would send: the register of public
 * security, each department's lists, schools, employee insurance, targets, the channels'
 * payments, with the mess that real files have.  The same seed gives the same bytes of text.
 * manifest.json says what was planted.
 *
 * Memory does not grow with the people: they are made household by household, twice.  The demo door
 * implements this port; the program's main() hands it over. */
#ifndef CANBAO_ACTS_DEMO_PORT_H
#define CANBAO_ACTS_DEMO_PORT_H

#include "acts/sheet.h"
#include "rules/pack.h"

struct demo_request {
	const struct sheet_port *sheets;
	const char *region; /* six digits of a county the demo knows */
	const char *folder; /* exists; files of the same names are replaced */
	const struct pack *pack;
	const char
		*divisions; /* the pack's own table of towns; NULL, or a path that need not exist */
	int64_t people;     /* persons outside employee insurance; 0: as many as the county has */
	uint64_t seed;
	bool messy;
	/* Told how far it is; NULL: nobody listens. */
	void (*progress)(void *ctx, uint64_t done, uint64_t total);
	void *ctx;
};

struct demo_report {
	int64_t rows; /* of the register */
	int64_t insurable, funded, paying;
	int64_t lines; /* of the payment files */
	int64_t fen;
};

#define DEMO_PEOPLE_MAX 4000000

struct demo_port {
	/* 0 and *ret_report; a fault with `err`.  Files already in place stay. */
	int (*write)(
		const struct demo_request *req, struct demo_report *ret_report, struct err *err);
	/* True when the demo knows the county (six digits). */
	bool (*knows)(const char *region);
};

#endif
