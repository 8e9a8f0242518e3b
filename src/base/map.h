/* SPDX-License-Identifier: Apache-2.0 */
/* From a string to a number (an index, a pointer offset), kept in an arena.  Keys are borrowed. */
#ifndef CANBAO_BASE_MAP_H
#define CANBAO_BASE_MAP_H

#include "base/arena.h"

struct map_slot {
	struct str key;
	int64_t value;
};
struct map {
	struct arena *arena;
	struct map_slot *slots;
	size_t cap, n;
};

/* An empty map whose storage comes from `a`, which must outlive it. */
void map_init(struct map *m, struct arena *a);
/* Value of `key`; false when absent. */
bool map_get(const struct map *m, struct str key, int64_t *ret_value);
/* Set `key`, which must stay valid as long as the map.  Returns 1 when it was new, 0 when an older
 * value was replaced, FAULT_MEMORY. */
MUST_USE int map_put(struct map *m, struct str key, int64_t value);

#endif
