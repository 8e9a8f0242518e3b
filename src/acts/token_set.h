/* SPDX-License-Identifier: Apache-2.0 */
/* Which documents a file has named already: a set of blind-index tokens, 16 bytes each. */
#ifndef CANBAO_ACTS_TOKEN_SET_H
#define CANBAO_ACTS_TOKEN_SET_H

#include "store/vault.h"

#define TOKEN_SET_MAX 20000000u

struct token_slot {
	unsigned char token[TOKEN_BYTES];
};
struct token_set {
	struct token_slot *slots; /* all-zero: free */
	uint32_t *rows;           /* row that brought it */
	size_t cap, n;
};

/* Add a token; 1 when it is new, 0 when it was there (*ret_row: the row that brought it),
 * FAULT_MEMORY, FAULT_LIMIT.  A zeroed set is empty. */
MUST_USE int token_set_add(struct token_set *s, const unsigned char token[TOKEN_BYTES],
	uint32_t row, uint32_t *ret_row);
void token_set_release(struct token_set *s);

#endif
