/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/token_set.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const struct token_slot empty;

/* Tokens are the output of a keyed hash: their first bytes are spread already. */
static size_t find(const struct token_set *s, const unsigned char token[TOKEN_BYTES])
{
	uint64_t h;
	size_t i;

	memcpy(&h, token, sizeof(h));
	i = (size_t)h & (s->cap - 1);
	while (memcmp(&s->slots[i], &empty, sizeof(empty)) != 0 &&
		memcmp(s->slots[i].token, token, TOKEN_BYTES) != 0)
		i = (i + 1) & (s->cap - 1);
	return i;
}

static int grow(struct token_set *s)
{
	struct token_set more = { .cap = s->cap ? s->cap * 2 : 4096, .n = s->n };

	more.slots = calloc(more.cap, sizeof(*more.slots));
	more.rows = calloc(more.cap, sizeof(*more.rows));
	if (!more.slots || !more.rows) {
		token_set_release(&more);
		return FAULT_MEMORY;
	}
	for (size_t i = 0; i < s->cap; i++) {
		size_t at;

		if (memcmp(&s->slots[i], &empty, sizeof(empty)) == 0)
			continue;
		at = find(&more, s->slots[i].token);
		more.slots[at] = s->slots[i];
		more.rows[at] = s->rows[i];
	}
	token_set_release(s);
	*s = more;
	return 0;
}

int token_set_add(struct token_set *s, const unsigned char token[TOKEN_BYTES], uint32_t row,
	uint32_t *ret_row)
{
	size_t at;

	if (s->n >= TOKEN_SET_MAX)
		return FAULT_LIMIT;
	if (s->n * 3 >= s->cap * 2 && grow(s) < 0)
		return FAULT_MEMORY;
	at = find(s, token);
	if (memcmp(&s->slots[at], &empty, sizeof(empty)) != 0) {
		*ret_row = s->rows[at];
		return 0;
	}
	memcpy(s->slots[at].token, token, TOKEN_BYTES);
	s->rows[at] = row;
	s->n++;
	return 1;
}

void token_set_release(struct token_set *s)
{
	free(s->slots);
	free(s->rows);
	*s = (struct token_set){ 0 };
}
