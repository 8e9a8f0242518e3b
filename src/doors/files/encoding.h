/* SPDX-License-Identifier: Apache-2.0 */
/* Which encoding a run of bytes is sound in. */
#ifndef CANBAO_DOORS_FILES_ENCODING_H
#define CANBAO_DOORS_FILES_ENCODING_H

#include "base/str.h"

/* Bytes at the start of `s` that are whole, valid UTF-8 sequences.  Sets *ret_odd (never clears it)
 * when one of them is a character that scrub.h changes. */
size_t utf8_sound(struct str s, bool *ret_odd);
/* The same for the structure of GB 18030 (one, two and four bytes). */
size_t gb18030_sound(struct str s);

/* A check of a stream in pieces.  A sequence may be cut between pieces. */
struct soundness {
	size_t (*check)(struct str s, bool *ret_odd);
	uint64_t sound; /* bytes from the start that are sound */
	bool broken;    /* an unsound byte was met; `sound` is its offset */
	bool odd;
	char carry[4]; /* the beginning of a cut sequence */
	size_t carried;
};
void soundness_init(struct soundness *s, bool gb18030);
void soundness_add(struct soundness *s, struct str piece);
/* No more pieces: a cut sequence is unsound. */
void soundness_end(struct soundness *s);

#endif
