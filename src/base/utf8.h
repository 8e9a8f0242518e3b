/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8: decoding, validity, display width, and the folding that lets names and headers match. */
#ifndef CANBAO_BASE_UTF8_H
#define CANBAO_BASE_UTF8_H

#include "base/buf.h"

/* Decode the first code point of a non-empty `s`.  Returns its length in bytes (1..4), or 0 when
 * the bytes are not UTF-8 (overlong, surrogate, cut off). */
size_t utf8_next(struct str s, uint32_t *ret_cp);
bool utf8_valid(struct str s);
/* Number of code points; invalid bytes count one each. */
size_t utf8_count(struct str s);
/* Append one code point; a value that is none becomes U+FFFD. */
void utf8_put(struct buf *b, uint32_t cp);
/* Columns on a terminal: East Asian wide and full-width count two, combining and zero-width none.
 */
size_t utf8_width(struct str s);
/* Append `s` folded for comparison: full-width ASCII to ASCII, ASCII letters to lower case, every
 * white space and zero-width character dropped, the middle dots of names (. ・ • · ‧) to U+00B7,
 * bracket and comma variants to ASCII, and the variant 蔵 to 藏.  For matching only: what is stored
 * stays as it was written. */
void utf8_fold(struct buf *b, struct str s);

#endif
