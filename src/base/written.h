/* SPDX-License-Identifier: Apache-2.0 */
/* Codes that people write down and read out: Crockford's base 32, without I, L, O and U. */
#ifndef CANBAO_BASE_WRITTEN_H
#define CANBAO_BASE_WRITTEN_H

#include "base/str.h"

#define WRITTEN_BYTES 10  /* 80 random bits … */
#define WRITTEN_LENGTH 16 /* … as so many characters */

/* The characters and a NUL. */
void written_print(const unsigned char p[WRITTEN_BYTES], char ret_text[WRITTEN_LENGTH + 1]);
/* As somebody types it: small letters, blanks and hyphens anywhere, O for 0, I and L for 1.  False,
 * and nothing is changed, when it is no code. */
MUST_USE bool written_parse(struct str typed, char ret_text[WRITTEN_LENGTH + 1]);

#endif
