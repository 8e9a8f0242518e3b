/* SPDX-License-Identifier: Apache-2.0 */
/* Long work by parts (分段): each part a short act of its own with the point to resume at written
 * in it, so that others may write in between and a machine that stops loses nothing.  docs/adr/005.
 */
#ifndef CANBAO_ACTS_PARTS_H
#define CANBAO_ACTS_PARTS_H

#include <stddef.h>
#include <stdint.h>

enum parts_word {
	PARTS_GO,
	PARTS_CANCEL, /* end here; what is in stays in */
	PARTS_PAUSE   /* the program stops; another run with the same job goes on */
};

struct parts {
	int64_t job; /* > 0; the resume point is kept under it */
	size_t rows; /* of a part: rows of a file, persons; 0: as measured for the work */
	/* Asked before each part and before the last step.  NULL: go. */
	enum parts_word (*ask)(void *ctx);
	void *ctx;
};

/* How often a part is tried again when others keep getting in its way (each time as often as
 * store_act tries). */
#define PARTS_PATIENCE 20

#endif
