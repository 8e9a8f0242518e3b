/* SPDX-License-Identifier: Apache-2.0 */
/* Memory that is freed all at once: one arena a request, a file, a pack. */
#ifndef CANBAO_BASE_ARENA_H
#define CANBAO_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

#include "base/str.h"

struct arena_block;
struct arena {
	struct arena_block *head;
	size_t used;    /* bytes taken from the system */
	size_t ceiling; /* bytes never to be exceeded */
};

/* An empty arena that will never take more than `ceiling` bytes from the system. */
void arena_init(struct arena *a, size_t ceiling);
/* Free everything; the arena may be used again.  NULL and zeroed arenas are fine. */
void arena_release(struct arena *a);
/* Forget everything but keep one block for the next round: for per-row work. */
void arena_reset(struct arena *a);
/* `n` zeroed bytes, aligned for any type; NULL when memory or the ceiling is reached. */
MUST_USE void *arena_alloc(struct arena *a, size_t n);
/* A copy of `s` with a NUL behind it; {NULL,0} when out of memory. */
MUST_USE struct str arena_str(struct arena *a, struct str s);
/* printf into the arena; {NULL,0} when out of memory. */
MUST_USE struct str arena_printf(struct arena *a, const char *fmt, ...) PRINTF_LIKE(2, 3);
MUST_USE struct str arena_vprintf(struct arena *a, const char *fmt, va_list ap);
/* Room for one more item of `size` bytes in an arena array of *cap slots holding n; doubles by
 * copying.  Returns the (moved) array, or NULL when out of memory (the old one stays good). */
MUST_USE void *arena_grow(struct arena *a, void *items, size_t n, size_t *cap, size_t size);

#define ARENA_NEW(a, type) ((type *)arena_alloc(a, sizeof(type)))
#define ARENA_ARRAY(a, type, n) ((type *)arena_array(a, n, sizeof(type)))
MUST_USE void *arena_array(struct arena *a, size_t n, size_t size);

#endif
