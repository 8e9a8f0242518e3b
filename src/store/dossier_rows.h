/* SPDX-License-Identifier: Apache-2.0 */
/* Reading the tables that make up dossiers.  Private to dossier.c and dossier_rows.c. */
#ifndef CANBAO_STORE_DOSSIER_ROWS_H
#define CANBAO_STORE_DOSSIER_ROWS_H

#include "store/dossier.h"

#define DOSSIER_COLUMNS_MAX 12

struct dossier_load {
	struct db *db;
	struct arena *a;
	const struct dossier_scope *scope;
	bool range; /* persons with after < id <= upto; else those staged in stage_who */
	bool all;   /* `by_person` is not known yet: every person read is added, from `room` */
	int64_t after, upto;
	struct dossier **by_person; /* rising person ids, each once */
	size_t n, cursor;
	struct dossier *room;
	size_t n_room;
	/* The last text of each column: neighbours mostly share theirs. */
	struct str last[DOSSIER_COLUMNS_MAX];
	bool bad; /* a text did not fit into the arena */
};

/* One row of a person's own columns (dossier_person_*, dossier_token*). */
void dossier_read_person(struct dossier_load *l, struct stmt *s, struct dossier *d);
/* Read everything about the load's persons into their dossiers. */
MUST_USE int dossier_read_all(struct dossier_load *l);

#endif
