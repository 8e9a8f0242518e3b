/* SPDX-License-Identifier: Apache-2.0 */
#include "base/map.h"

#include "base/err.h"

void map_init(struct map *m, struct arena *a)
{
	*m = (struct map){ .arena = a };
}

static struct map_slot *find(const struct map *m, struct str key)
{
	size_t i = (size_t)str_hash(key) & (m->cap - 1);

	while (m->slots[i].key.p && !str_eq(m->slots[i].key, key))
		i = (i + 1) & (m->cap - 1);
	return &m->slots[i];
}

bool map_get(const struct map *m, struct str key, int64_t *ret_value)
{
	const struct map_slot *s;

	if (!m->cap)
		return false;
	s = find(m, key);
	if (!s->key.p)
		return false;
	*ret_value = s->value;
	return true;
}

static int grow(struct map *m)
{
	struct map old = *m;

	m->cap = old.cap ? old.cap * 2 : 16;
	m->slots = ARENA_ARRAY(m->arena, struct map_slot, m->cap);
	if (!m->slots) {
		*m = old;
		return FAULT_MEMORY;
	}
	for (size_t i = 0; i < old.cap; i++)
		if (old.slots[i].key.p)
			*find(m, old.slots[i].key) = old.slots[i];
	return 0;
}

int map_put(struct map *m, struct str key, int64_t value)
{
	struct map_slot *s;
	bool fresh;

	BUG_IF(!key.p);
	if (m->n * 4 >= m->cap * 3 && grow(m) < 0)
		return FAULT_MEMORY;
	s = find(m, key);
	fresh = !s->key.p;
	*s = (struct map_slot){ key, value };
	m->n += fresh;
	return fresh;
}
