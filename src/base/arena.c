/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A request that needs little takes little; each further block is twice the one before. */
#define BLOCK_FIRST (4u * 1024u)
#define BLOCK_MOST (64u * 1024u)

struct arena_block {
	struct arena_block *next;
	size_t cap, len;
	alignas(max_align_t) char data[];
};

void arena_init(struct arena *a, size_t ceiling)
{
	*a = (struct arena){ .ceiling = ceiling };
}

void arena_release(struct arena *a)
{
	struct arena_block *b, *next;

	if (!a)
		return;
	for (b = a->head; b; b = next) {
		next = b->next;
		free(b);
	}
	a->head = NULL;
	a->used = 0;
}

void arena_reset(struct arena *a)
{
	struct arena_block *keep = a->head;

	if (!keep)
		return;
	a->head = keep->next;
	arena_release(a);
	keep->next = NULL;
	keep->len = 0;
	a->head = keep;
	a->used = sizeof(*keep) + keep->cap;
}

static struct arena_block *block_add(struct arena *a, size_t n)
{
	size_t cap = a->head ? 2 * a->head->cap : BLOCK_FIRST;
	struct arena_block *b;

	if (cap > BLOCK_MOST)
		cap = BLOCK_MOST;
	if (cap < n)
		cap = n;
	if (cap > a->ceiling || a->used > a->ceiling - cap)
		cap = n;
	if (cap > a->ceiling || a->used > a->ceiling - cap)
		return NULL;
	b = malloc(sizeof(*b) + cap);
	if (!b)
		return NULL;
	b->cap = cap;
	b->len = 0;
	b->next = a->head;
	a->head = b;
	a->used += sizeof(*b) + cap;
	return b;
}

void *arena_alloc(struct arena *a, size_t n)
{
	const size_t align = alignof(max_align_t);
	struct arena_block *b = a->head;
	size_t take;
	void *p;

	if (n > SIZE_MAX - 2 * align)
		return NULL;
	take = (n + align - 1) / align * align;
	if (take == 0)
		take = align;
	if (!b || b->cap - b->len < take) {
		b = block_add(a, take);
		if (!b)
			return NULL;
	}
	p = b->data + b->len;
	b->len += take;
	memset(p, 0, take);
	return p;
}

void *arena_array(struct arena *a, size_t n, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(n, size, &bytes))
		return NULL;
	return arena_alloc(a, bytes);
}

struct str arena_str(struct arena *a, struct str s)
{
	char *p = s.n < SIZE_MAX ? arena_alloc(a, s.n + 1) : NULL;

	if (!p)
		return (struct str){ NULL, 0 };
	if (s.n)
		memcpy(p, s.p, s.n);
	return (struct str){ p, s.n };
}

struct str arena_vprintf(struct arena *a, const char *fmt, va_list ap)
{
	va_list again;
	int n;
	char *p;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	BUG_IF(n < 0);
	p = arena_alloc(a, (size_t)n + 1);
	if (!p)
		return (struct str){ NULL, 0 };
	vsnprintf(p, (size_t)n + 1, fmt, ap);
	return (struct str){ p, (size_t)n };
}

struct str arena_printf(struct arena *a, const char *fmt, ...)
{
	struct str s;
	va_list ap;

	va_start(ap, fmt);
	s = arena_vprintf(a, fmt, ap);
	va_end(ap);
	return s;
}

void *arena_grow(struct arena *a, void *items, size_t n, size_t *cap, size_t size)
{
	size_t more = *cap ? *cap * 2 : 8;
	void *p;

	BUG_IF(n > *cap);
	if (n < *cap)
		return items;
	if (more < *cap)
		return NULL;
	p = arena_array(a, more, size);
	if (!p)
		return NULL;
	if (n)
		memcpy(p, items, n * size);
	*cap = more;
	return p;
}
